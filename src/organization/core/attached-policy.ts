import { Lazy, Resource } from 'aws-cdk-lib';
import { CfnPolicy, type IPolicyRef, type PolicyReference } from 'aws-cdk-lib/aws-organizations';
import type { Construct } from 'constructs';
import { kindProblems } from '../../resources/core/argument-checks';
import { enforce } from '../../resources/core/enforce';
import { generatedName } from '../../resources/core/generated-name';
import { lazyRef } from '../../resources/core/lazy-ref';
import { isKnown } from '../../values/core/amounts';
import { type Problem, problem } from '../../values/core/problem';
import type { FindingId } from '../../values/findings/registry';
import type { OrganizationTarget } from './organization-target';
import { targetListProblems } from './organization-targets';
import { afterOtherPolicies } from './policy-order';

/** What an attached policy is made of. @internal */
export interface AttachedPolicyContent {
  /** Generated from the path of the construct where it is undefined. */
  readonly policyName?: string;
  readonly description?: string;
  readonly type: 'BACKUP_POLICY' | 'SERVICE_CONTROL_POLICY' | 'TAG_POLICY';
  readonly content: unknown;
  readonly targets: readonly OrganizationTarget[];
}

/** A policy of AWS Organizations and the targets that it is attached to: what our policies of all types share. @internal */
export abstract class AttachedPolicy extends Resource implements IPolicyRef {
  /** The name of the policy. */
  public readonly policyName: string;

  /** The policy of CloudFormation. @internal */
  protected readonly _resource: CfnPolicy;
  private readonly attachedTargets: OrganizationTarget[];

  /** @param contentOf called with the construct, to report problems on it */
  protected constructor(
    scope: Construct,
    id: string,
    contentOf: (construct: Construct) => AttachedPolicyContent,
  ) {
    super(scope, id);
    const { policyName, description, type, content, targets } = contentOf(this);
    this.policyName = policyName ?? generatedName(scope, id, { maxLength: 128, separator: '-' });
    this.attachedTargets = [...targets];
    this._resource = new CfnPolicy(this, 'Resource', {
      name: this.policyName,
      description,
      type,
      content,
      targetIds: Lazy.uncachedList(
        { produce: () => this.attachedTargets.map((target) => target.id) },
        { omitEmpty: true },
      ),
    });
    afterOtherPolicies(this._resource);
  }

  /** The ID of the policy. */
  public get policyId(): string {
    return this._resource.attrId;
  }

  /** The ARN of the policy. */
  public get policyArn(): string {
    return this._resource.attrArn;
  }

  /** How other constructs refer to this policy. */
  public get policyRef(): PolicyReference {
    return lazyRef({ policyId: () => this.policyId, policyArn: () => this.policyArn });
  }

  /** What the policy is attached to. */
  public get targets(): OrganizationTarget[] {
    return [...this.attachedTargets];
  }

  /** Attaches the policy to more targets. */
  public attachTo(...targets: OrganizationTarget[]): void {
    enforce(this, targetListProblems([...this.attachedTargets, ...targets]));
    this.attachedTargets.push(...targets);
  }
}

/** The law of the name of a policy of AWS Organizations. */
export function policyNameProblems(name: unknown): Problem[] {
  const fits = (given: unknown) =>
    typeof given === 'string' && (!isKnown(given) || (given.length >= 1 && given.length <= 128));
  return kindProblems(name, fits, {
    id: 'Backup-OrganizationPolicyName',
    property: 'policyName',
    what: 'a name of 1 to 128 characters',
  });
}

/** The law of the length of a policy. Source: AWS Organizations User Guide, "Quotas", 2026. */
export function policyLengthProblems(
  characters: number,
  max: number,
  { id, property, fix }: { readonly id: FindingId; readonly property: string; readonly fix: string },
): Problem[] {
  if (characters <= max) return [];
  const message = `the policy must be at most ${max} characters, got ${characters}`;
  return [problem({ id, property, message, fix })];
}
