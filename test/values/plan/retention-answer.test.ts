import * as fc from 'fast-check';
import { problem, sentence } from '../../../src/values/core/problem';
import {
  type RetentionDemand,
  retentionAnswer,
  retentionRange,
} from '../../../src/values/plan/retention-answer';

const lock = (min?: number, max?: number, severity: 'error' | 'warning' = 'error'): RetentionDemand => ({
  min,
  max,
  reason: `the lock asks for ${min ?? 1} to ${max ?? 'any'}`,
  relaxation: 'change the lock',
  problem: () =>
    problem({
      id: severity === 'error' ? 'Backup-LockRange' : 'Backup-AuditRetention',
      property: 'retention',
      message: 'the lock says no',
      fix: 'obey the lock',
    }),
});
const cold: RetentionDemand = {
  min: 120,
  reason: 'cold storage asks for 120 days or more',
  relaxation: 'leave cold storage out',
  problem: () =>
    problem({
      id: 'Backup-ColdStorageGap',
      property: 'retention',
      message: 'cold storage says no',
      fix: 'obey cold storage',
    }),
};
const told = (days: number, ...demands: RetentionDemand[]) =>
  retentionAnswer('retention', days, demands).map(
    (problem) => `${problem.severity} ${problem.id}: ${sentence(problem)}`,
  );

test('a retention that meets all requirements has no problem', () => {
  expect(told(120, cold, lock(7, 365))).toEqual([]);
  expect(told(Number.POSITIVE_INFINITY, cold, lock(7))).toEqual([]);
  expect(told(1)).toEqual([]);
});

test('a single requirement reports the problem of its law', () => {
  expect(told(30, cold)).toEqual(['error Backup-ColdStorageGap: cold storage says no; obey cold storage']);
  expect(told(30, cold, lock(7))).toEqual([
    'error Backup-ColdStorageGap: cold storage says no; obey cold storage',
  ]);
});

test('the fix meets the other requirements too', () => {
  expect(told(30, cold, lock(7, 365))).toEqual([
    'error Backup-ColdStorageGap: cold storage says no; use 120 to 365 days',
  ]);
  expect(told(400, cold, lock(7, 365))).toEqual([
    'error Backup-LockRange: the lock says no; use 120 to 365 days',
  ]);
  expect(told(400, cold, lock(7, 120))).toEqual(['error Backup-LockRange: the lock says no; use 120 days']);
  expect(told(400, lock(1, 90), lock(1, 365))).toEqual([
    'error Backup-RetentionConflict: `retention` is 400 days, but the lock asks for 1 to 90, and the lock asks for 1 to 365; use 90 days or less',
  ]);
});

test('several requirements are reported together', () => {
  expect(told(5, cold, lock(7, 365))).toEqual([
    'error Backup-RetentionConflict: `retention` is 5 days, but cold storage asks for 120 days or more, and the lock asks for 7 to 365; use 120 to 365 days',
  ]);
  expect(told(5, cold, lock(7))).toEqual([
    'error Backup-RetentionConflict: `retention` is 5 days, but cold storage asks for 120 days or more, and the lock asks for 7 to any; use 120 days or more',
  ]);
});

test('requirements that exclude each other are reported with what would relax them', () => {
  expect(told(100, cold, lock(7, 90))).toEqual([
    'error Backup-RetentionConflict: `retention` is 100 days, but cold storage asks for 120 days or more, and the lock asks for 7 to 90: no retention satisfies all of these; leave cold storage out, or change the lock',
  ]);
  expect(told(Number.POSITIVE_INFINITY, cold, lock(7, 90))).toEqual([
    'error Backup-RetentionConflict: `retention` is forever, but cold storage asks for 120 days or more, and the lock asks for 7 to 90: no retention satisfies all of these; leave cold storage out, or change the lock',
  ]);
});

test('it is a warning if the requirements are only warnings', () => {
  expect(told(20, lock(7, 30), lock(35, undefined, 'warning'))).toEqual([
    'warning Backup-RetentionGoalConflict: `retention` is 20 days, but the lock asks for 7 to 30, and the lock asks for 35 to any: no retention satisfies all of these; change the lock, or change the lock',
  ]);
});

test('there is a problem if and only if a requirement is not met, and the range meets all', () => {
  const demands = fc.array(
    fc.tuple(fc.nat(50), fc.option(fc.nat(50))).map(([min, max]) => lock(min, max ?? undefined)),
    { maxLength: 4 },
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), demands, (days, all) => {
      const { min, max } = retentionRange(all);
      expect(told(days, ...all).length).toBe(days >= min && days <= max ? 0 : 1);
    }),
  );
});
