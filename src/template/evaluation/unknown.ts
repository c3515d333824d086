/**
 * Why a value isn't known.
 *
 * - `parameter`: of a template, without a default
 * - `pseudo`: account, Region, partition or stack id of an environment-agnostic stack
 * - `resource`: generated at deployment: a name, an id, an attribute
 * - `reference`: refers to something that is in no template
 * - `import`: of an export or output of a stack outside the input
 * - `condition`: one of several values, depending on a condition that isn't known
 * - `function`: an intrinsic function that isn't evaluated, such as `Fn::Transform`
 * - `dynamic`: a dynamic reference, such as `{{resolve:ssm:...}}`
 * - `cycle`: refers to itself
 * - `limit`: larger or nested more deeply than what is read
 * - `shape`: the template contains something of the wrong type, such as a list instead of text
 */
export type UnknownKind =
  | 'parameter'
  | 'pseudo'
  | 'resource'
  | 'reference'
  | 'import'
  | 'condition'
  | 'function'
  | 'dynamic'
  | 'cycle'
  | 'limit'
  | 'shape';

/** A gap in a text. */
export interface Hole {
  readonly kind: UnknownKind;
  /** As it is shown: `AWS::Region`, `Vault.BackupVaultArn`. */
  readonly name: string;
  /** Holes with the same key have the same value. Without a key, that isn't known. */
  readonly key?: string;
  /** The id of the resource whose name, id or attribute it is. */
  readonly resource?: string;
  /** Whether it contains neither `:` nor `/`, so that a text can be split despite the hole. */
  readonly plain?: boolean;
  /** The fewest characters that it has; 0 if that isn't known. */
  readonly minLength?: number;
}

/** A part of partially known text. */
export type Part = string | Hole;

/**
 * A value that isn't known, with the reason; never a guess.
 *
 * It is a class, so that nothing in a template can be mistaken for it.
 */
export class Unknown {
  /**
   * @param kind why it isn't known
   * @param reason the same as text: lower case, no full stop
   * @param parts the text as far as it is known
   */
  constructor(
    public readonly kind: UnknownKind,
    public readonly reason: string,
    public readonly parts?: readonly Part[],
  ) {}
}

/** A value as far as it is known. */
export type Maybe<T> = T | Unknown;

/** Text as far as it is known: fully, with holes (`Unknown` with `parts`), or not at all. */
export type Text = Maybe<string>;

/** A list as far as it is known. */
export interface Items<T> {
  readonly items: readonly T[];
  /** Why there may be more; undefined if the list is complete. */
  readonly rest?: Unknown;
}

export const NOTHING: Items<never> = Object.freeze({ items: Object.freeze([]) as readonly never[] });

export function isUnknown(value: unknown): value is Unknown {
  return value instanceof Unknown;
}

/** The value if it is known; undefined if it is absent or unknown. */
export function known<T>(value: Maybe<T> | undefined): T | undefined {
  return value instanceof Unknown ? undefined : value;
}
