/**
 * Where recovery points come from and where they go, as plain data: cards in boxes, and flows between cards. A box is one
 * account and Region, or several accounts that are set up in the same way.
 */
export interface Topology {
  readonly boxes: readonly Box[];
  readonly flows: readonly Flow[];
}

/** An account and a Region. */
export interface Box {
  readonly id: string;
  /** The accounts; more than one if they are set up in the same way; empty if the stacks are environment-agnostic. */
  readonly accounts: readonly string[];
  /** Undefined if the stacks are environment-agnostic. */
  readonly region?: string;
  readonly cards: readonly Card[];
}

/**
 * - `plan`: a backup plan with the resources that it selects
 * - `unprotected`, `opted-out`: resources without a plan
 * - `vault`, `air-gapped-vault`: a vault of a template
 * - `other-vault`: a vault that is in no template
 */
export type CardKind = 'plan' | 'unprotected' | 'opted-out' | 'vault' | 'air-gapped-vault' | 'other-vault';

export interface Card {
  readonly id: string;
  readonly kind: CardKind;
  /** 0: plans and resources; 1: the vaults of rules; from 2: copies, and copies of copies. */
  readonly lane: number;
  readonly title: string;
  /** What it holds, or how it is protected. */
  readonly details: readonly string[];
  /** What arrives in a vault, with its retention. */
  readonly arrivals: readonly Arrival[];
}

/** Recovery points that arrive in a vault: `daily · 35 days`. */
export interface Arrival {
  readonly text: string;
  /** The findings because of which they never arrive; empty if they do. */
  readonly refusedBy: readonly string[];
}

/** `daily · 35 days`, and that it never arrives, if so. */
export function arrivalText({ text, refusedBy }: Arrival): string {
  return refusedBy.length > 0 ? `${text} never arrives: ${refusedBy.join(', ')}` : text;
}

/** Recovery points that go from one card to another. */
export interface Flow {
  readonly from: string;
  readonly to: string;
  readonly kind: 'backup' | 'copy';
  readonly arrivals: readonly Arrival[];
  /** The findings because of which nothing arrives; empty if something does. */
  readonly refusedBy: readonly string[];
}

/** `111111111111 · eu-west-1`, `40 equal accounts · eu-west-1`. */
export function boxTitle({ accounts, region }: Pick<Box, 'accounts' | 'region'>): string {
  const who = accounts.length > 1 ? `${accounts.length} equal accounts` : (accounts[0] ?? 'any account');
  return `${who} · ${region ?? 'any Region'}`;
}

/** What the lanes are called. */
export function laneTitle(lane: number): string {
  return LANES[lane] ?? 'Further copies';
}

const LANES: readonly string[] = ['Backup plans', 'Backup vaults', 'Copies'];
