import * as fc from 'fast-check';
import { sentence } from '../../../src/values/core/problem';
import { ComplianceStandard } from '../../../src/values/standards/compliance-standard';
import {
  conflictProblem,
  isVault,
  type RetentionDemands,
  type RetentionPlan,
  solveRetention,
} from '../../../src/values/standards/retention-solver';
import { standardConflicts } from '../../../src/values/standards/standard-conflicts';

const LOCK = 'the lock of vault `gold`';
const GAP = 'the logically air-gapped vault `gap`';
const solve = (demands: Partial<RetentionDemands>) =>
  solveRetention({ maxIntervalHours: 24, atLeast: [], atMost: [], ...demands });

describe('the smallest plan that meets all demands', () => {
  test.each<[string, Partial<RetentionDemands>, RetentionPlan]>([
    ['keeps a daily backup for a day', {}, { intervalHours: 24, retentionDays: 1 }],
    [
      'keeps a backup until there is the next one',
      { maxIntervalHours: 200 },
      { intervalHours: 168, retentionDays: 7 },
    ],
    ['runs at most monthly', { maxIntervalHours: 8_784 }, { intervalHours: 744, retentionDays: 31 }],
    ['runs as often as a schedule can', { maxIntervalHours: 11 }, { intervalHours: 8, retentionDays: 1 }],
    ['runs each hour', { maxIntervalHours: 1 }, { intervalHours: 1, retentionDays: 1 }],
    [
      'keeps it as long as the longest demand',
      {
        atLeast: [
          { days: 35, by: 'a' },
          { days: 90, by: 'b' },
          { days: 7, by: 'c' },
        ],
      },
      { intervalHours: 24, retentionDays: 90 },
    ],
    [
      'may keep it exactly as long as is allowed',
      {
        atLeast: [{ days: 35, by: 'a' }],
        atMost: [
          { days: 90, by: 'b' },
          { days: 35, by: 'c' },
        ],
      },
      { intervalHours: 24, retentionDays: 35 },
    ],
    [
      'keeps what moves to cold storage 90 days more',
      { coldAfterDays: 30 },
      { intervalHours: 24, retentionDays: 120 },
    ],
    [
      'has a continuous backup if any moment must be restorable',
      { continuousDays: 14, atLeast: [{ days: 365, by: '`sox` 802' }] },
      { intervalHours: 24, retentionDays: 365, continuousDays: 14 },
    ],
    [
      'keeps the continuous backup as long as its vaults demand',
      {
        continuousDays: 14,
        atLeast: [
          { days: 20, by: LOCK },
          { days: 21, by: GAP },
          { days: 99, by: 'x' },
        ],
      },
      { intervalHours: 24, retentionDays: 99, continuousDays: 21 },
    ],
    [
      'keeps a continuous backup for up to 35 days',
      { continuousDays: 35 },
      { intervalHours: 24, retentionDays: 1, continuousDays: 35 },
    ],
  ])('%s', (_, demands, plan) => {
    expect(solve(demands)).toEqual(plan);
  });

  test('keeps backups as long as each demand, no longer than any limit, and runs often enough', () => {
    const bounds = fc.array(fc.record({ days: fc.integer({ min: 1, max: 60 }), by: fc.constant('x') }), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 800 }), bounds, bounds, (maxIntervalHours, atLeast, atMost) => {
        const found = solve({ maxIntervalHours, atLeast, atMost });
        if ('demands' in found) {
          expect(found.demands.days).toBeGreaterThan(found.forbids.days);
          return;
        }
        expect(found.intervalHours).toBeLessThanOrEqual(maxIntervalHours);
        expect(found.retentionDays * 24).toBeGreaterThanOrEqual(found.intervalHours);
        for (const { days } of atLeast) expect(found.retentionDays).toBeGreaterThanOrEqual(days);
        for (const { days } of atMost) expect(found.retentionDays).toBeLessThanOrEqual(days);
      }),
    );
  });
});

describe('demands that contradict each other', () => {
  test.each<[string, Partial<RetentionDemands>, string]>([
    [
      'by the longest and the shortest retention',
      {
        atLeast: [
          { days: 365, by: '`sox` 802' },
          { days: 35, by: 'x' },
        ],
        atMost: [
          { days: 400, by: 'y' },
          { days: 30, by: '`gdpr` 17' },
        ],
      },
      '`sox` 802 demands at least 365 days, and `gdpr` 17 allows at most 30 days',
    ],
    [
      'by the time between two backups',
      { maxIntervalHours: 168, atMost: [{ days: 1, by: 'x' }] },
      'the time between two backups demands at least 7 days, and x allows at most 1 day',
    ],
    [
      'by cold storage',
      { coldAfterDays: 1, atMost: [{ days: 90, by: 'x' }] },
      'cold storage after 1 day demands at least 91 days, and x allows at most 90 days',
    ],
    [
      'by what AWS Backup allows',
      { atLeast: [{ days: 36_501, by: 'x' }] },
      'x demands at least 36501 days, and AWS Backup allows at most 36500 days',
    ],
    [
      'by point-in-time recovery',
      { continuousDays: 36 },
      'point-in-time recovery demands at least 36 days, and continuous backup allows at most 35 days',
    ],
    [
      'by a lock that a continuous backup cannot meet',
      { continuousDays: 7, atLeast: [{ days: 36, by: LOCK }] },
      'the lock of vault `gold` demands at least 36 days, and continuous backup allows at most 35 days',
    ],
    [
      'by a limit for continuous backups too',
      { continuousDays: 14, atMost: [{ days: 7, by: 'x' }] },
      'point-in-time recovery demands at least 14 days, and x allows at most 7 days',
    ],
  ])('are reported with both sides: %s', (_, demands, text) => {
    const found = solve(demands);
    if (!('demands' in found)) throw new Error('a plan was found');
    expect(sentence(conflictProblem(found, 'standards'))).toBe(
      `\`standards\` must leave a retention that all of them accept, but ${text}; change one of the two, or protect the data of each standard with its own plan`,
    );
  });

  test('are found between standards, for each class of data, once', () => {
    const erasing = ComplianceStandard.NIS2.withThresholds({ minRetentionDays: 35, maxRetentionDays: 90 });
    expect(standardConflicts([erasing])).toEqual([]);
    expect(standardConflicts([erasing, ComplianceStandard.PCI_DSS, ComplianceStandard.SOX])).toEqual([
      '`pci-dss` 10.5.1 demands at least 365 days, and `nis2` 4.2.2(f) allows at most 90 days',
      '`sox` 802 (18 USC 1519 and 1520, 17 CFR 210.2-06) demands at least 2557 days, and `nis2` 4.2.2(f) allows at most 90 days',
    ]);
  });
});

test.each([
  [LOCK, true],
  [GAP, true],
  ['`pci-dss` 10.5.1', false],
  ['AWS Backup', false],
])('%s is the bound of a vault: %s', (by, is) => {
  expect(isVault(by)).toBe(is);
});
