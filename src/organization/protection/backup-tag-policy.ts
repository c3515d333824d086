import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { kindProblems, listProblems, requiredKindProblems } from '../../resources/core/argument-checks';
import { enforce } from '../../resources/core/enforce';
import { BackupTag } from '../../resources/selection/backup-tag';
import { isKnown } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { ownTagKeyProblems, tagValueProblems } from '../../values/core/tag-condition';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { AttachedPolicy, policyLengthProblems, policyNameProblems } from '../core/attached-policy';
import type { OrganizationTarget } from '../core/organization-target';
import { requiredTargetProblems } from '../core/organization-targets';

/** Properties of a `BackupTagPolicy`. */
export interface BackupTagPolicyProps {
  /**
   * The name: 1 to 128 characters, unique among the tag policies of the organization.
   *
   * @default - generated from the construct path
   */
  readonly policyName?: string;

  /**
   * The tag key, with the capitalization that it must have.
   *
   * @default 'backup'
   */
  readonly tagKey?: string;

  /** The values that the tag may have, at least one. A value may end with the wildcard `*`. */
  readonly values: string[];

  /** What to attach the policy to: the root, organizational units or accounts. */
  readonly targets: OrganizationTarget[];

  /**
   * Resource types for which noncompliant tags are refused, such as `dynamodb:table` or `s3:bucket`. For all other types,
   * they are only reported.
   *
   * @default - none
   */
  readonly enforcedFor?: string[];
}

/** The longest tag policy. Source: AWS Organizations User Guide, "Quotas", 2026. */
const MAX_CHARACTERS = 10_000;
const ID = 'Backup-TagPolicy';

/**
 * A tag policy for the tag that selects resources for backup. Tags are case-sensitive: `Backup: Gold` protects nothing if
 * plans select `backup: gold`.
 *
 * The policy doesn't require resources to have the tag. Turn on tag policies in the organization first.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_tag-policies.html
 */
@propertyInjectable
export class BackupTagPolicy extends AttachedPolicy {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupTagPolicy';

  constructor(scope: Construct, id: string, props: BackupTagPolicyProps) {
    super(scope, id, (construct) => {
      enforce(construct, tagPolicyProblems(props));
      const content = tagPolicy(props);
      enforce(construct, lengthProblems(JSON.stringify(content).length));
      return {
        policyName: props.policyName,
        description: 'How the tag is written that decides how something is backed up',
        type: 'TAG_POLICY',
        content,
        targets: props.targets,
      };
    });
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
  const text = { id: ID, what: 'a string' } as const;
  const isType = (given: unknown) =>
    typeof given === 'string' && (!isKnown(given) || /^[a-z0-9-]+:[\w*/-]+$/.test(given));
  const kinds = [
    ...kindProblems(tagKey, isText, { ...text, property: 'tagKey' }),
    ...requiredKindProblems(values, Array.isArray, {
      ...text,
      property: 'values',
      what: 'a list of strings',
    }),
    ...(Array.isArray(values) ? listProblems(values, isText, { ...text, property: 'values' }) : []),
  ];
  const valueProblems =
    kinds.length > 0 ? kinds : values.flatMap((value, index) => tagValueProblems(value, `values[${index}]`));
  if (kinds.length === 0 && values.length === 0)
    valueProblems.push(
      problem({
        id: ID,
        property: 'values',
        message: (label) => `${label('values')} must contain at least one value, got none`,
        fix: "for example, use `values: ['gold']`",
      }),
    );
  return [
    ...unknownPropertyProblems(props, 'BackupTagPolicyProps'),
    ...policyNameProblems(policyName),
    ...(tagKey === undefined || kinds.length > 0 ? [] : ownTagKeyProblems(tagKey, 'tagKey')),
    ...valueProblems,
    ...requiredTargetProblems(targets),
    ...listProblems(enforcedFor, isType, {
      id: ID,
      property: 'enforcedFor',
      what: 'a resource type such as `dynamodb:table`',
    }),
  ];
}

function lengthProblems(characters: number): Problem[] {
  return policyLengthProblems(characters, MAX_CHARACTERS, {
    id: ID,
    property: 'values',
    fix: 'use `*` at the end of values',
  });
}
