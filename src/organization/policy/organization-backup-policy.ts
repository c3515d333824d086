import { Lazy, Resource } from 'aws-cdk-lib';
import { CfnPolicy, type IPolicyRef, type PolicyReference } from 'aws-cdk-lib/aws-organizations';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { kindProblems, propsProblems, textProblems } from '../../resources/core/argument-checks';
import { lateErrors, report } from '../../resources/core/enforce';
import { generatedName } from '../../resources/core/generated-name';
import { lazyRef } from '../../resources/core/lazy-ref';
import { type Problem, throwErrors } from '../../values/core/problem';
import { MemberBaseline } from '../baseline/member-baseline';
import type { OrganizationTarget } from '../core/organization-target';
import { targetListProblems } from '../core/organization-targets';
import { afterOtherPolicies } from '../core/policy-order';
import type { BackupPolicyDocument } from './backup-policy-document';
import { importPolicyByArn, importPolicyById } from './organization-backup-policy-import';
import { policyNameProblems, readDocument, rolloutProblems } from './organization-backup-policy-laws';
import type { OrganizationBackupPolicyProps } from './organization-backup-policy-props';

/**
 * A backup policy of AWS Organizations: the rules and selections of backup plans, for every account of an organization or
 * a part of it.
 *
 * It is deployed in the management account, or in one that `BackupPolicyDelegation` allows it. Backup policies have to be
 * turned on in the organization before. AWS Backup finds vaults and roles by their names only: make sure they are in every
 * account and Region (`MemberBaseline`), or nothing is ever backed up, and nobody is told.
 *
 * The policies of a stack are attached one after the other, in the order in which they are made: where two of them assign
 * the same setting to the same target, the first one wins.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_backup.html
 */
@propertyInjectable
export class OrganizationBackupPolicy extends Resource implements IPolicyRef {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.OrganizationBackupPolicy';

  /** Refers to an existing policy by its id, such as `p-0123456789`. Its ARN isn't known then. */
  public static fromOrganizationBackupPolicyId(scope: Construct, id: string, policyId: string): IPolicyRef {
    return importPolicyById(scope, id, policyId);
  }

  /** Refers to an existing policy by its ARN. */
  public static fromOrganizationBackupPolicyArn(scope: Construct, id: string, policyArn: string): IPolicyRef {
    return importPolicyByArn(scope, id, policyArn);
  }

  /** The name of the policy. */
  public readonly policyName: string;

  /** The document: its text, how many characters are left, the vaults, roles and Regions of the plans. */
  public readonly document: BackupPolicyDocument;

  private readonly resource: CfnPolicy;
  private readonly allTargets: OrganizationTarget[];
  private readonly baseline?: MemberBaseline;

  constructor(scope: Construct, id: string, props: OrganizationBackupPolicyProps) {
    throwErrors(propsProblems('Backup-OrganizationPolicyProps', props), `${scope.node.path}/${id}`);
    super(scope, id);
    const { document, problems } = readDocument(props ?? {});
    const { policyName, description, targets = [], baseline } = props ?? {};
    report(this, [
      ...policyNameProblems(policyName),
      ...textProblems('Backup-OrganizationPolicyDescription', 'description', description, 512),
      ...targetListProblems(targets),
      ...kindProblems(baseline, (given: unknown) => given instanceof MemberBaseline, {
        id: 'Backup-OrganizationPolicyBaseline',
        property: 'baseline',
        what: 'a `MemberBaseline`',
      }),
      ...problems,
    ]);
    this.policyName = policyName ?? generatedName(scope, id, { maxLength: 128, separator: '-' });
    this.document = document as BackupPolicyDocument;
    this.allTargets = [...targets];
    this.baseline = baseline;
    report(this, baseline?._serve(this.document._needs) ?? []);
    this.resource = new CfnPolicy(this, 'Resource', {
      name: this.policyName,
      description,
      type: 'BACKUP_POLICY',
      content: this.document._content,
      targetIds: Lazy.uncachedList(
        { produce: () => this.allTargets.map((each) => each.id) },
        { omitEmpty: true },
      ),
    });
    if (baseline) this.resource.node.addDependency(baseline);
    afterOtherPolicies(this.resource);
    this.node.addValidation({ validate: () => lateErrors(this, this.lateProblems()) });
  }

  /** The id of the policy. */
  public get policyId(): string {
    return this.resource.attrId;
  }

  /** The ARN of the policy. */
  public get policyArn(): string {
    return this.resource.attrArn;
  }

  /** How other constructs refer to this policy. */
  public get policyRef(): PolicyReference {
    return lazyRef({ policyId: () => this.policyId, policyArn: () => this.policyArn });
  }

  /** What the policy is attached to. */
  public get targets(): OrganizationTarget[] {
    return [...this.allTargets];
  }

  /** Attaches the policy to further targets. */
  public attachTo(...targets: OrganizationTarget[]): void {
    report(this, targetListProblems([...this.allTargets, ...targets]));
    this.allTargets.push(...targets);
  }

  private lateProblems(): Problem[] {
    if (this.allTargets.length === 0)
      return [
        {
          id: 'Backup-PolicyWithoutTarget',
          severity: 'warning',
          property: 'targets',
          message: '`targets` names nothing that the policy is attached to, so it does nothing',
          fix: "say for instance `targets: [OrganizationTarget.organizationalUnit('ou-ab12-11111111')]`",
        },
      ];
    return this.baseline ? rolloutProblems(this.allTargets, this.baseline) : [];
  }
}
