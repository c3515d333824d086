import { optOutChecks } from '../../../src/checks/selection/opt-outs';
import { choice, plan, resource, selection, tags } from '../../support/backups';
import { findings, PARAMETERS, UNKNOWN } from '../../support/findings';

function found(resources: object, ...rules: Record<string, unknown>[]): string[] {
  const S = selection({ ListOfTags: [choice('backup', 'gold')] });
  return findings(optOutChecks, { Plan: plan('gold', ...rules), S, ...resources }, undefined, PARAMETERS);
}

describe('an opt-out', () => {
  const bucket = (pairs: Record<string, unknown>) => ({ X: resource('S3::Bucket', { Tags: tags(pairs) }) });
  const OUT = { 'backup:opt-out-reason': 'cache' };
  const until = (day: unknown) => ({ ...OUT, 'backup:opt-out-until': day });

  test('of what a plan protects is reported', () => {
    expect(found(bucket({ ...OUT, backup: 'gold' }))).toEqual([
      'warning Backup-OptOutSelected at Resources/X: this resource is opted out (`cache`), but plan `gold` protects it; exclude it from the selection, or remove the opt-out',
    ]);
    expect(found(bucket(OUT))).toEqual([]);
    expect(found(bucket({ ...OUT, backup: UNKNOWN }))).toEqual([]);
  });

  test('that is over is reported, unless a plan protects the resource now', () => {
    expect(found(bucket(until('2026-11-20')))).toEqual([
      'warning Backup-OptOutExpired at Resources/X: this resource was opted out until `2026-11-20` (`cache`), and no plan protects it; select it in a plan, or set a new date and reason',
    ]);
    expect(found(bucket(until('2026-11-21')))).toEqual([]);
    expect(found(bucket({ ...until('2026-11-20'), backup: 'gold' }))).toEqual([]);
  });

  test('has a day as its end', () => {
    expect(found(bucket(until('next year')))).toEqual([
      'warning Backup-OptOutUntil at Resources/X: `backup:opt-out-until` must be a day as `YYYY-MM-DD`, got `next year`; write the date as `YYYY-MM-DD`',
    ]);
    expect(found(bucket(until(UNKNOWN)))).toEqual([]);
  });
});
