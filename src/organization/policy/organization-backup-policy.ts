import type { IPolicyRef } from 'aws-cdk-lib/aws-organizations';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { kindProblems, propsProblems, textProblems } from '../../resources/core/argument-checks';
import { enforce, synthesisErrors } from '../../resources/core/enforce';
import { type Problem, problem, throwErrors } from '../../values/core/problem';
import { MemberBaseline } from '../baseline/member-baseline';
import { AttachedPolicy, policyNameProblems } from '../core/attached-policy';
import { targetListProblems } from '../core/organization-targets';
import type { BackupPolicyDocument } from './backup-policy-document';
import { importPolicyByArn, importPolicyById } from './organization-backup-policy-import';
import { readDocument, rolloutProblems } from './organization-backup-policy-laws';
import type { OrganizationBackupPolicyProps } from './organization-backup-policy-props';

/**
 * A backup policy of AWS Organizations: the rules and selections of backup plans, for all accounts of an organization or of
 * a part of it.
 *
 * Deploy it in the management account, or in an account that `BackupPolicyDelegation` allows to. Turn on backup policies in
 * the organization first. AWS Backup finds vaults and roles by name only: make sure that they exist in every account and
 * Region (`MemberBaseline`). Otherwise nothing is ever backed up, and nobody is notified.
 *
 * The policies of a stack are attached one after the other, in the order in which you create them: if two of them assign the
 * same setting for the same target, the first one wins.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_backup.html
 */
@propertyInjectable
export class OrganizationBackupPolicy extends AttachedPolicy {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.OrganizationBackupPolicy';

  /** Imports an existing policy by its ID, such as `p-0123456789`. Its ARN is then unknown. */
  public static fromOrganizationBackupPolicyId(scope: Construct, id: string, policyId: string): IPolicyRef {
    return importPolicyById(scope, id, policyId);
  }

  /** Imports an existing policy by its ARN. */
  public static fromOrganizationBackupPolicyArn(scope: Construct, id: string, policyArn: string): IPolicyRef {
    return importPolicyByArn(scope, id, policyArn);
  }

  /** The document: its text, how many characters are left, and the vaults, roles and Regions of the plans. */
  public readonly document: BackupPolicyDocument;

  private readonly baseline?: MemberBaseline;

  constructor(scope: Construct, id: string, props: OrganizationBackupPolicyProps) {
    throwErrors(
      propsProblems('Backup-OrganizationPolicyProps', props, 'OrganizationBackupPolicyProps'),
      `${scope.node.path}/${id}`,
    );
    const { policyName, description, targets = [], baseline } = props ?? {};
    const { document, problems } = readDocument(props ?? {});
    super(scope, id, (construct) => {
      enforce(construct, [
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
      const content = (document as BackupPolicyDocument)._content;
      return { policyName, description, type: 'BACKUP_POLICY', content, targets };
    });
    this.document = document as BackupPolicyDocument;
    this.baseline = baseline;
    enforce(this, baseline?._serve(this.document._needs) ?? []);
    if (baseline) this._resource.node.addDependency(baseline);
    this.node.addValidation({ validate: () => synthesisErrors(this, this.synthesisProblems()) });
  }

  private synthesisProblems(): Problem[] {
    if (this.targets.length === 0)
      return [
        problem({
          id: 'Backup-PolicyWithoutTarget',
          property: 'targets',
          message: (label) => `${label('targets')} is empty, so the policy is not attached and has no effect`,
          fix: "for example, set `targets: [OrganizationTarget.organizationalUnit('ou-ab12-11111111')]`",
        }),
      ];
    return this.baseline ? rolloutProblems(this.targets, this.baseline) : [];
  }
}
