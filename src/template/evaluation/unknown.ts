/**
 * Why a value isn't known.
 *
 * - `parameter`: of a template, without a default
 * - `pseudo`: account, Region, partition or stack id, which the assembly leaves open
 * - `resource`: what CloudFormation makes up at deployment: a generated name, an id, an attribute
 * - `reference`: leads to something that no template has
 * - `import`: of an export or output that no given stack has
 * - `condition`: one of several values, by a condition that isn't known
 * - `function`: an intrinsic function that isn't evaluated, such as `Fn::Transform`
 * - `dynamic`: a dynamic reference, such as `{{resolve:ssm:...}}`
 * - `cycle`: refers to itself
 * - `limit`: larger or deeper than what is read
 * - `shape`: the template says something else than what belongs there, such as a list in place of a text
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
  /** Holes with the same key have the same value. Without one, nothing can be said. */
  readonly key?: string;
  /** The id of the resource whose name, id or attribute it is. */
  readonly resource?: string;
  /** Has no `:` and no `/`: a text can be split there in spite of the hole. */
  readonly plain?: boolean;
}

/** A piece of a text that is known in part. */
export type Part = string | Hole;

/**
 * A value that isn't known, with the reason; never a guess. A check on it says so at most in a note.
 *
 * A class and not a shape, so that nothing in a template can be mistaken for it.
 */
export class Unknown {
  /**
   * @param kind why it isn't known
   * @param reason the same for people: lower case, no full stop
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

/** A text as far as it is known: whole, with holes (`Unknown` with `parts`), or not at all. */
export type Text = Maybe<string>;

/** A list as far as it is known. */
export interface Items<T> {
  readonly items: readonly T[];
  /** Why there may be more; undefined where the list is complete. */
  readonly rest?: Unknown;
}

export const NOTHING: Items<never> = Object.freeze({ items: Object.freeze([]) as readonly never[] });

export function isUnknown(value: unknown): value is Unknown {
  return value instanceof Unknown;
}

/** The value where it is known; undefined where it is absent or unknown. */
export function known<T>(value: Maybe<T> | undefined): T | undefined {
  return value instanceof Unknown ? undefined : value;
}
