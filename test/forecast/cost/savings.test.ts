import { type CostBasis, type CostChain, NO_SIZES } from '../../../src/forecast/cost/cost-model';
import { savingsOf } from '../../../src/forecast/cost/cost-savings';
import { DEFAULT_PRICES, type Prices } from '../../../src/forecast/cost/prices';
import { basis, chain, SIZED, SPANS, state } from '../support/cost-basis';

const close = (amount: number) => expect.closeTo(amount, 9);

describe('a saving', () => {
  const before = [chain({ averages: SPANS.slice(-1).map(() => state(10)) })];
  const after = (warm: number, more: Partial<CostChain> = {}) => [
    chain({ averages: [state(warm)], ...more }),
  ];
  const alternative = (warm: number, more: Partial<CostChain> = {}) => ({
    group: 0,
    plan: 'p',
    rule: 'r',
    change: 'keep less',
    before,
    after: after(warm, more),
  });
  const savings = (alternatives: CostBasis['alternatives'], sizes = SIZED, prices = DEFAULT_PRICES) =>
    savingsOf(basis({ alternatives }, chain()), sizes, prices);
  const saving = { plan: 'p', rule: 'r', resourceType: 'EBS', change: 'keep less' };

  test('is what another way to keep backups costs less', () => {
    expect(savings([alternative(4)])).toEqual([{ ...saving, perMonth: close(6 * 5) }]);
  });

  test.each([
    [9.4, 1],
    [9.5, 0],
    [11, 0],
  ])('is reported from a twentieth on: %p instead of 10', (warm, count) => {
    expect(savings([alternative(warm)])).toHaveLength(count);
  });

  test('of several groups of a rule is one, and the largest one comes first', () => {
    const other = { ...alternative(2), rule: 'other' };
    expect(savings([alternative(8), other, alternative(7)])).toEqual([
      { ...saving, rule: 'other', perMonth: close(40) },
      { ...saving, perMonth: close(10 + 15) },
    ]);
  });

  test('is not told where a size, a rate or a price is missing', () => {
    const incremental = alternative(1, { storage: 'incremental' });
    expect(savings([alternative(4)], NO_SIZES)).toEqual([]);
    expect(savings([incremental], { ...NO_SIZES, types: { EBS: { sizeGiB: 100 } } })).toEqual([]);
    expect(savings([alternative(4)], { ...NO_SIZES, types: { EBS: { sizeGiB: 100 } } })).toHaveLength(1);
    const prices: Prices = { currency: 'USD', own: { '*': { 'EBS.cold': null } } };
    const cold = { ...alternative(4), after: [chain({ averages: [state(1, 3)] })] };
    expect(savings([cold])).toHaveLength(1);
    expect(savings([cold], SIZED, prices)).toEqual([]);
  });
});
