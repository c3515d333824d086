import { RemovalPolicy } from 'aws-cdk-lib';
import { isKnown, show } from '../../values/core/amounts';
import type { Problem, Sentence } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { type StructName, unknownPropertyProblems } from '../../values/core/unknown-properties';
import type { FindingId } from '../../values/findings/registry';

/** What a property accepts, as messages describe it. */
export interface Expected {
  readonly id: FindingId;
  /** The property, as the user names it. */
  readonly property: string;
  /** What is allowed, such as "a `VaultLock`". */
  readonly what: string;
  readonly fix?: string;
}

/** Whether a value other than undefined and null is allowed. */
type Fits = (value: never) => boolean;

/** Checks the type of an optional property, for untyped callers. */
export function kindProblems(value: unknown, fits: Fits, expected: Expected): Problem[] {
  return value === undefined ? [] : requiredKindProblems(value, fits, expected);
}

/** Checks the type of a required property, for untyped callers. */
export function requiredKindProblems(value: unknown, fits: Fits, expected: Expected): Problem[] {
  if (value !== undefined && value !== null && fits(value as never)) return [];
  const { id, property, what, fix } = expected;
  return [
    problem({
      id,
      property,
      message: (label) => `${label(property)} must be ${what}, got ${show(value)}`,
      fix,
    }),
  ];
}

/** Checks the types of the elements of an optional list. */
export function listProblems(value: unknown, fits: Fits, expected: Expected): Problem[] {
  const { property, what } = expected;
  if (!Array.isArray(value))
    return kindProblems(value, () => false, { ...expected, what: `a list, each element ${what}` });
  return Array.from(value).flatMap((element, index) =>
    requiredKindProblems(element, fits, { ...expected, property: `${property}[${index}]` }),
  );
}

/** Checks an optional string. */
export function textProblems(id: FindingId, property: string, value: unknown, max: number): Problem[] {
  const expected = { id, property, what: `a string of at most ${max} characters` };
  const problems = kindProblems(value, (text) => !isKnown(text) || typeof text === 'string', expected);
  if (problems.length > 0 || !isKnown(value) || typeof value !== 'string' || value.length <= max)
    return problems;
  const message: Sentence = (label) => `${label(property)} must be ${expected.what}, got ${value.length}`;
  return [problem({ id, property, message, fix: 'shorten it' })];
}

/** Checks an optional boolean. */
export function flagProblems(id: FindingId, property: string, value: unknown): Problem[] {
  return kindProblems(value, (flag) => typeof flag === 'boolean' || !isKnown(flag), {
    id,
    property,
    what: 'true or false',
  });
}

/** Checks an optional object with properties: only those that its struct has. */
export function propsProblems(id: FindingId, props: unknown, struct?: StructName): Problem[] {
  const problems = kindProblems(props, (value) => typeof value === 'object' && !Array.isArray(value), {
    id,
    property: 'props',
    what: 'an object with properties',
  });
  return problems.length > 0 || struct === undefined ? problems : unknownPropertyProblems(props, struct);
}

const REMOVAL_POLICIES: readonly unknown[] = [
  RemovalPolicy.RETAIN,
  RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  RemovalPolicy.DESTROY,
];

/** Checks an optional removal policy of a resource without snapshots: keys, roles and vaults. */
export function removalPolicyProblems(policy: unknown): Problem[] {
  return kindProblems(policy, (value) => REMOVAL_POLICIES.includes(value), {
    id: 'Backup-RemovalPolicy',
    property: 'removalPolicy',
    what: 'RemovalPolicy.RETAIN, RETAIN_ON_UPDATE_OR_DELETE or DESTROY',
  });
}
