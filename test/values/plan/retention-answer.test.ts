import * as fc from 'fast-check';
import { sentence } from '../../../src/values/core/problem';
import {
  type RetentionDemand,
  retentionAnswer,
  retentionRange,
} from '../../../src/values/plan/retention-answer';

const lock = (min?: number, max?: number, severity: 'error' | 'warning' = 'error'): RetentionDemand => ({
  min,
  max,
  reason: `the lock asks for ${min ?? 1} to ${max ?? 'any'}`,
  ease: 'change the lock',
  problem: () => ({
    id: 'Backup-Lock',
    severity,
    property: 'retention',
    message: 'the lock says no',
    fix: 'obey the lock',
  }),
});
const cold: RetentionDemand = {
  min: 120,
  reason: 'cold storage asks for 120 days or more',
  ease: 'leave cold storage out',
  problem: () => ({
    id: 'Backup-Cold',
    severity: 'error',
    property: 'retention',
    message: 'cold storage says no',
    fix: 'obey cold storage',
  }),
};
const told = (days: number, ...demands: RetentionDemand[]) =>
  retentionAnswer('retention', days, demands).map(
    (problem) => `${problem.severity} ${problem.id}: ${sentence(problem)}`,
  );

test('what fulfils all demands has no problem', () => {
  expect(told(120, cold, lock(7, 365))).toEqual([]);
  expect(told(Number.POSITIVE_INFINITY, cold, lock(7))).toEqual([]);
  expect(told(1)).toEqual([]);
});

test('a single demand says what its law says', () => {
  expect(told(30, cold)).toEqual(['error Backup-Cold: cold storage says no; obey cold storage']);
  expect(told(30, cold, lock(7))).toEqual(['error Backup-Cold: cold storage says no; obey cold storage']);
});

test('the way out fulfils the other demands too', () => {
  expect(told(30, cold, lock(7, 365))).toEqual([
    'error Backup-Cold: cold storage says no; use 120 to 365 days',
  ]);
  expect(told(400, cold, lock(7, 365))).toEqual(['error Backup-Lock: the lock says no; use 120 to 365 days']);
  expect(told(400, cold, lock(7, 120))).toEqual(['error Backup-Lock: the lock says no; use 120 days']);
  expect(told(400, lock(1, 90), lock(1, 365))).toEqual([
    'error Backup-RetentionConflict: `retention` is 400 days, but the lock asks for 1 to 90, and the lock asks for 1 to 365; use 90 days or less',
  ]);
});

test('several demands are told together', () => {
  expect(told(5, cold, lock(7, 365))).toEqual([
    'error Backup-RetentionConflict: `retention` is 5 days, but cold storage asks for 120 days or more, and the lock asks for 7 to 365; use 120 to 365 days',
  ]);
  expect(told(5, cold, lock(7))).toEqual([
    'error Backup-RetentionConflict: `retention` is 5 days, but cold storage asks for 120 days or more, and the lock asks for 7 to any; use 120 days or more',
  ]);
});

test('demands that exclude each other are told with what would ease them', () => {
  expect(told(100, cold, lock(7, 90))).toEqual([
    'error Backup-RetentionConflict: `retention` is 100 days, but cold storage asks for 120 days or more, and the lock asks for 7 to 90: no retention fulfils that; leave cold storage out, or change the lock',
  ]);
  expect(told(Number.POSITIVE_INFINITY, cold, lock(7, 90))).toEqual([
    'error Backup-RetentionConflict: `retention` is for ever, but cold storage asks for 120 days or more, and the lock asks for 7 to 90: no retention fulfils that; leave cold storage out, or change the lock',
  ]);
});

test('it is a warning where only warnings are not heeded', () => {
  expect(told(20, lock(7, 30), lock(35, undefined, 'warning'))).toEqual([
    'warning Backup-RetentionConflict: `retention` is 20 days, but the lock asks for 7 to 30, and the lock asks for 35 to any: no retention fulfils that; change the lock, or change the lock',
  ]);
});

test('an answer comes where a demand is not fulfilled, and the range is what fulfils all', () => {
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
