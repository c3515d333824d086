import { DAY_MS } from '../../../src/forecast/core/period';
import { RunTimes } from '../../../src/forecast/core/run-times';
import type { Lineage } from '../../../src/forecast/points/resource-points';
import type { VaultPlace } from '../../../src/forecast/points/vault-place';

export const FOREVER = Number.POSITIVE_INFINITY;
export const START = Date.parse('2027-01-01');
export const day = (count: number) => START + count * DAY_MS;
export const every = (gap: number, count: number, first = 0) =>
  new RunTimes(Float64Array.from({ length: count }, (_, i) => day(first + i * gap)));
const GOLD: VaultPlace = { key: 'gold', name: 'gold', account: '1', region: 'us-east-1' };
export const vault = (key: string, more: Partial<VaultPlace> = {}): VaultPlace => ({
  ...GOLD,
  key,
  name: key,
  ...more,
});
export const GAP = vault('gap', { item: { kind: 'air-gapped' } as VaultPlace['item'] });
/** A backup at midnight of each of 20 days, kept 5 days. */
export const lineage = (more: Partial<Lineage> = {}): Lineage => ({
  kind: 'backup',
  plan: 'p',
  rule: 'r',
  vault: GOLD,
  times: every(1, 20),
  retentionDays: 5,
  coldAfterDays: FOREVER,
  holds: [],
  schedule: { minimumGapMinutes: 1440 } as Lineage['schedule'],
  ...more,
});
