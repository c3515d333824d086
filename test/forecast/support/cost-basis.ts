import {
  type ChainState,
  type CostBasis,
  type CostChain,
  type CostSizes,
  type CostSpan,
  MONTH_MS,
  NO_SIZES,
} from '../../../src/forecast/cost/cost-model';

/** Two months, and the last of them again. */
export const SPANS: CostSpan[] = [
  { from: 0, to: MONTH_MS },
  { from: MONTH_MS, to: 2 * MONTH_MS },
  { from: MONTH_MS, to: 2 * MONTH_MS },
];
export const VAULTS = ['gold', 'silver'].map((name) => ({
  name,
  account: '1',
  region: 'us-east-1',
  airGapped: false,
}));
export const state = (warm: number, cold = 0, more: Partial<ChainState> = {}): ChainState => ({
  presence: 1,
  warmPresence: 1,
  tiered: 0,
  layers: [{ warm, cold, warmDays: 0, days: 0 }],
  ...more,
});
/** Two points in warm and one in cold storage, each in full. */
export const chain = (more: Partial<CostChain> = {}): CostChain => ({
  item: 'EBS',
  coldItem: 'EBS.cold',
  region: 'us-east-1',
  airGapped: false,
  storage: 'full',
  fullInCold: false,
  freeSizes: 0,
  layers: [{ vault: 0, gapDays: 1, unusedColdDays: 0, created: [0, 0, 0], expired: [0, 0, 0] }],
  averages: [state(2, 1), state(2, 1), state(2, 1)],
  ends: [state(2, 1), state(3, 1), state(3, 1)],
  ...more,
});
export const basis = (more: Partial<CostBasis> = {}, ...chains: CostChain[]): CostBasis => ({
  spans: SPANS,
  resources: [{ id: 'S/A', resourceType: 'EBS' }],
  vaults: VAULTS,
  groups: chains.length === 0 ? [] : [{ resourceType: 'EBS', resources: [0], chains }],
  meters: [],
  alternatives: [],
  leftOut: ['what the basis leaves out'],
  assumptions: ['what the basis assumes'],
  ...more,
});
export const SIZED: CostSizes = { ...NO_SIZES, types: { EBS: { sizeGiB: 100, changePerDay: 0.1 } } };
