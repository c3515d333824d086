import { DAY_MS } from '../../../src/forecast/core/period';
import { RunTimes } from '../../../src/forecast/core/run-times';
import { alternativesFor } from '../../../src/forecast/cost/cost-alternatives';
import type { Lineage } from '../../../src/forecast/points/resource-points';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { day, every, lineage, START } from '../support/lineages';

describe('alternatives', () => {
  const { DYNAMODB, EBS: VOLUMES, RDS } = ResourceType;
  const year = { retentionDays: 365, times: every(1, 60) };
  const changes = (more: Partial<Lineage>, type: ResourceType | undefined) =>
    alternativesFor([lineage(more)], type).map(({ change }) => change);
  const COLD = 'move backups of DynamoDB to cold storage after 30 days';
  const WEEKLY = 'after 31 days, keep one backup of DynamoDB a week';
  const monthly = { times: every(30, 3), schedule: { minimumGapMinutes: 28 * 1440 } as Lineage['schedule'] };

  test.each<[string, Partial<Lineage>, ResourceType | undefined, string[]]>([
    ['are cold storage, and fewer old backups', year, DYNAMODB, [COLD, WEEKLY]],
    ['are none for copies', { ...year, kind: 'copy' }, DYNAMODB, []],
    ['are none for continuous backups', { ...year, kind: 'continuous' }, DYNAMODB, []],
    ['are cold storage from 120 days on', { ...year, ...monthly, retentionDays: 120 }, DYNAMODB, [COLD]],
    ['are none below 120 days', { ...year, ...monthly, retentionDays: 119 }, DYNAMODB, []],
    ['are none for backups in cold storage', { ...year, ...monthly, coldAfterDays: 60 }, DYNAMODB, []],
    ['are none for types without cold storage', { ...year, ...monthly }, RDS, []],
    ['are none for an unknown type', { ...year, ...monthly }, undefined, []],
    [
      'are archives for monthly backups of EBS',
      { ...year, ...monthly },
      VOLUMES,
      ['archive backups of EBS after 30 days'],
    ],
    ['are no archives for weekly ones', { ...year, times: every(7, 9) }, VOLUMES, []],
    [
      'are fewer old backups from 39 days on',
      { ...year, retentionDays: 39 },
      RDS,
      [WEEKLY.replace('DynamoDB', 'RDS')],
    ],
    ['are the same backups below 39 days', { ...year, retentionDays: 38 }, RDS, []],
    ['are the same backups for a single one', { ...year, times: every(1, 1) }, RDS, []],
    ['are the same backups under a legal hold', { ...year, holds: [{ from: 0, to: 1 }] }, RDS, []],
  ])('%s', (_, more, type, expected) => {
    expect(changes(more, type)).toEqual(expected);
  });

  test('replace the backups of one rule alone', () => {
    const other = lineage({ rule: 'other', retentionDays: 7 });
    const own = lineage(year);
    const [cold, weekly, ...none] = alternativesFor([other, own], DYNAMODB);
    expect(none).toEqual([]);
    expect(cold).toMatchObject({ plan: 'p', rule: 'r', change: COLD });
    expect(cold.lineages).toEqual([other, { ...own, coldAfterDays: 30 }]);
    expect([weekly.lineages[0], weekly.lineages[1]]).toEqual([other, { ...own, retentionDays: 31 }]);
    expect(weekly.lineages[2]).toMatchObject({ retentionDays: 365, times: every(7, 9) });
    expect(weekly.lineages).toHaveLength(3);
  });

  test('keep one backup a week in spite of the clock', () => {
    // each seventh backup is an hour early, or late
    const times = new RunTimes(
      Float64Array.from({ length: 30 }, (_, i) => day(i) - (i === 7 ? DAY_MS / 24 : 0)),
    );
    const [, sparse] = alternativesFor([lineage({ ...year, times })], RDS)[0].lineages;
    const kept = Array.from({ length: sparse.times.length }, (_, i) => (sparse.times.at(i) - START) / DAY_MS);
    expect(kept).toEqual([0, 7 - 1 / 24, 14, 21, 28]);
  });
});
