import { Lazy, Resource } from 'aws-cdk-lib';
import { CfnPolicy, type IPolicyRef, type PolicyReference } from 'aws-cdk-lib/aws-organizations';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { kindProblems, listProblems, requiredKindProblems } from '../../resources/core/argument-checks';
import { report } from '../../resources/core/enforce';
import { generatedName } from '../../resources/core/generated-name';
import { lazyRef } from '../../resources/core/lazy-ref';
import { BackupTag } from '../../resources/selection/backup-tag';
import { isKnown } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { ownTagKeyProblems, tagValueProblems } from '../../values/core/tag-condition';
import type { OrganizationTarget } from '../core/organization-target';
import { afterOtherPolicies } from '../core/policy-order';
import { policyNameProblems } from '../policy/organization-backup-policy-laws';
import { requiredTargetProblems } from './backup-protection-laws';

/** Properties of a `BackupTagPolicy`. */
export interface BackupTagPolicyProps {
  /**
   * The name, 1 to 128 characters, unique among the tag policies of the organization.
   *
   * @default - a name made from the path of the construct
   */
  readonly policyName?: string;

  /**
   * The key of the tag, in the capitals that it must have.
   *
   * @default 'backup'
   */
  readonly tagKey?: string;

  /** The values that the tag may have, at least one. `*` at the end of one stands for any characters. */
  readonly values: string[];

  /** What the policy is attached to: the root, organizational units or accounts. */
  readonly targets: OrganizationTarget[];

  /**
   * Types of resources that can't be tagged otherwise, such as `dynamodb:table` or `s3:bucket`. Of all others, what differs
   * is reported only.
   *
   * @default - none
   */
  readonly enforcedFor?: string[];
}

/** How long a tag policy may be. Source: AWS Organizations User Guide, "Quotas", 2026. */
const MAX_CHARACTERS = 10_000;
const ID = 'Backup-TagPolicy';

/**
 * A tag policy for the tag that decides how something is backed up: tags are case sensitive, so `Backup: Gold` protects
 * nothing where plans look for `backup: gold`.
 *
 * A policy doesn't demand that anything has the tag. Tag policies have to be turned on in the organization.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_tag-policies.html
 */
@propertyInjectable
export class BackupTagPolicy extends Resource implements IPolicyRef {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupTagPolicy';

  /** The name of the policy. */
  public readonly policyName: string;

  private readonly resource: CfnPolicy;
  private readonly allTargets: OrganizationTarget[];

  constructor(scope: Construct, id: string, props: BackupTagPolicyProps) {
    super(scope, id);
    report(this, tagPolicyProblems(props));
    const content = tagPolicy(props);
    report(this, sizeProblems(JSON.stringify(content).length));
    this.policyName = props.policyName ?? generatedName(scope, id, { maxLength: 128, separator: '-' });
    this.allTargets = [...props.targets];
    this.resource = new CfnPolicy(this, 'Resource', {
      name: this.policyName,
      description: 'How the tag is written that decides how something is backed up',
      type: 'TAG_POLICY',
      content,
      targetIds: Lazy.uncachedList({ produce: () => this.allTargets.map((target) => target.id) }),
    });
    afterOtherPolicies(this.resource);
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
}

/** Source: AWS Organizations User Guide, "Tag policy syntax and examples", 2026. */
function tagPolicy({
  tagKey = BackupTag.DEFAULT_KEY,
  values,
  enforcedFor = [],
}: BackupTagPolicyProps): object {
  const assign = (value: unknown) => ({ '@@assign': value });
  return {
    tags: {
      [tagKey.toLowerCase()]: {
        tag_key: assign(tagKey),
        tag_value: assign(values),
        ...(enforcedFor.length > 0 ? { enforced_for: assign(enforcedFor) } : {}),
      },
    },
  };
}

function tagPolicyProblems(props: BackupTagPolicyProps): Problem[] {
  const wrong = requiredKindProblems(props, (given: unknown) => typeof given === 'object', {
    id: ID,
    property: 'props',
    what: 'an object with properties',
  });
  if (wrong.length > 0) return wrong;
  const { policyName, tagKey, values, targets, enforcedFor } = props;
  const isText = (given: unknown) => typeof given === 'string';
  const text = { id: ID, what: 'a text' };
  const isType = (given: unknown) =>
    typeof given === 'string' && (!isKnown(given) || /^[a-z0-9-]+:[\w*/-]+$/.test(given));
  const kinds = [
    ...kindProblems(tagKey, isText, { ...text, property: 'tagKey' }),
    ...requiredKindProblems(values, Array.isArray, { ...text, property: 'values', what: 'a list of texts' }),
    ...(Array.isArray(values) ? listProblems(values, isText, { ...text, property: 'values' }) : []),
  ];
  const valueProblems =
    kinds.length > 0 ? kinds : values.flatMap((value, index) => tagValueProblems(value, `values[${index}]`));
  if (kinds.length === 0 && values.length === 0)
    valueProblems.push({
      id: ID,
      severity: 'error',
      property: 'values',
      message: '`values` must have at least one value, got none',
      fix: "write for instance `values: ['gold']`",
    });
  return [
    ...policyNameProblems(policyName),
    ...(tagKey === undefined || kinds.length > 0 ? [] : ownTagKeyProblems(tagKey, 'tagKey')),
    ...valueProblems,
    ...requiredTargetProblems(targets),
    ...listProblems(enforcedFor, isType, {
      id: ID,
      property: 'enforcedFor',
      what: 'a type of resources such as `dynamodb:table`',
    }),
  ];
}

function sizeProblems(characters: number): Problem[] {
  if (characters <= MAX_CHARACTERS) return [];
  return [
    {
      id: ID,
      severity: 'error',
      property: 'values',
      message: `the policy must be at most ${MAX_CHARACTERS} characters, got ${characters}`,
      fix: 'use `*` at the end of values',
    },
  ];
}
