import { RemovalPolicy } from 'aws-cdk-lib';
import { isKnown, show } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';

/** What a property takes, in words. */
export interface Expected {
  readonly id: string;
  /** As the caller names it. */
  readonly property: string;
  /** Of the kind of "a `VaultLock`". */
  readonly what: string;
  readonly fix?: string;
}

/** Whether a value, neither undefined nor null, is of the kind. */
type Fits = (value: never) => boolean;

/** The law of a property that takes one kind of thing and may be left out; callers without types pass anything. */
export function kindProblems(value: unknown, fits: Fits, expected: Expected): Problem[] {
  return value === undefined ? [] : requiredKindProblems(value, fits, expected);
}

/** The law of a property that takes one kind of thing and must be there. */
export function requiredKindProblems(value: unknown, fits: Fits, expected: Expected): Problem[] {
  if (value !== undefined && value !== null && fits(value as never)) return [];
  const { id, property, what, fix } = expected;
  return [
    {
      id,
      severity: 'error',
      property,
      message: `\`${property}\` must be ${what}, got ${show(value)}`,
      fix,
    },
  ];
}

/** The law of a list that may be left out, and whose elements are of one kind. */
export function listProblems(value: unknown, fits: Fits, expected: Expected): Problem[] {
  const { property, what } = expected;
  if (!Array.isArray(value))
    return kindProblems(value, () => false, { ...expected, what: `a list, each element ${what}` });
  return Array.from(value).flatMap((element, index) =>
    requiredKindProblems(element, fits, { ...expected, property: `${property}[${index}]` }),
  );
}

/** The law of a text. */
export function textProblems(id: string, property: string, value: unknown, max: number): Problem[] {
  const expected = { id, property, what: `a text of at most ${max} characters` };
  const problems = kindProblems(value, (text) => !isKnown(text) || typeof text === 'string', expected);
  if (problems.length > 0 || !isKnown(value) || typeof value !== 'string' || value.length <= max)
    return problems;
  const message = `\`${property}\` must be ${expected.what}, got ${value.length}`;
  return [{ id, severity: 'error', property, message, fix: 'shorten it' }];
}

/** The law of a flag. */
export function flagProblems(id: string, property: string, value: unknown): Problem[] {
  return kindProblems(value, (flag) => typeof flag === 'boolean' || !isKnown(flag), {
    id,
    property,
    what: 'true or false',
  });
}

/** The law of an object with properties: what a caller without types may leave out or mistake. */
export function propsProblems(id: string, props: unknown): Problem[] {
  return kindProblems(props, (given) => typeof given === 'object' && !Array.isArray(given), {
    id,
    property: 'props',
    what: 'an object with properties',
  });
}

const REMOVAL_POLICIES: readonly unknown[] = [
  RemovalPolicy.RETAIN,
  RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  RemovalPolicy.DESTROY,
];

/** The law of the removal policy of what has no snapshots: keys, roles and vaults. */
export function removalPolicyProblems(policy: unknown): Problem[] {
  return kindProblems(policy, (given) => REMOVAL_POLICIES.includes(given), {
    id: 'Backup-RemovalPolicy',
    property: 'removalPolicy',
    what: 'RemovalPolicy.RETAIN, RETAIN_ON_UPDATE_OR_DELETE or DESTROY',
  });
}
