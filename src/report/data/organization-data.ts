/** An organization, and what applies to its accounts. */
export interface OrganizationData {
  /** The root, units and accounts, as they are nested. */
  readonly nodes: readonly OrganizationNode[];
  readonly effects: readonly EffectData[];
}

export interface OrganizationNode {
  readonly kind: 'unit' | 'account';
  readonly id: string;
  readonly depth: number;
  /** The policies that are attached to it. */
  readonly policies: readonly string[];
  /** Of accounts: a position in `effects`. */
  readonly effect?: number;
}

/** What applies to an account: many have the same. */
export interface EffectData {
  readonly rows: readonly EffectRow[];
  /** What AWS Organizations reports about it. */
  readonly problems: readonly { readonly severity: string; readonly message: string }[];
}

/** A setting of an effective policy, or the headline of several. */
export interface EffectRow {
  readonly depth: number;
  readonly label: string;
  readonly value?: string;
  /** The policies that decide it. */
  readonly policies?: readonly string[];
}
