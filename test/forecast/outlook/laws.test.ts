import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as fc from 'fast-check';
import { BackupTier, WorkloadBackup } from '../../../src';
import { forecastOf, type ResourceForecast } from '../../../src/forecast/outlook/forecast';
import { restorableAt } from '../../../src/forecast/points/resource-numbers';
import { testApp } from '../../support/app';
import { backupReady, plan, resource, rule, selection, tags } from '../../support/backups';
import { inventory, inventoryOfResources } from '../../support/templates';

// biome-ignore lint/suspicious/noExplicitAny: what is in a template has no types
type Json = Record<string, any>;

const DAY = 86_400_000;
const FROM = Date.parse('2027-01-01');

function points(rules: readonly object[], days: number) {
  const app = inventoryOfResources({
    Plan: plan('p', ...(rules as Record<string, unknown>[])),
    Selection: selection({ Resources: ['*'] }),
    Table: resource('DynamoDB::Table'),
  });
  return forecastOf(app, { period: { from: FROM, to: FROM + days * DAY } }).resources[0];
}

const daily = (name: string, hour: number, days: number) =>
  rule(name, { ScheduleExpression: `cron(0 ${hour} ? * * *)`, Lifecycle: { DeleteAfterDays: days } });
const period = fc.integer({ min: 1, max: 800 });
const retention = fc.integer({ min: 1, max: 400 });

test('a longer retention never leaves fewer points, nor a younger oldest one', () => {
  fc.assert(
    fc.property(period, retention, retention, (length, a, b) => {
      const [short, long] = [Math.min(a, b), Math.max(a, b)].map((days) =>
        points([daily('d', 5, days)], length),
      );
      expect(long.recoveryPoints.alive).toBeGreaterThanOrEqual(short.recoveryPoints.alive);
      expect(long.oldestAlive ?? 0).toBeLessThanOrEqual(short.oldestAlive ?? 0);
      expect(long.recoveryPoints.created).toBe(short.recoveryPoints.created);
    }),
    { numRuns: 100 },
  );
});

test('rules that do not overlap add up', () => {
  const hours = fc.uniqueArray(fc.integer({ min: 0, max: 22 }), { minLength: 2, maxLength: 4 });
  fc.assert(
    fc.property(hours, period, retention, (at, length, days) => {
      const rules = at.map((hour, i) => daily(`r${i}`, hour, days + i));
      const together = points(rules, length).recoveryPoints;
      const apart = rules.map((one) => points([one], length).recoveryPoints);
      for (const key of ['created', 'alive', 'warm', 'cold', 'expired'] as const)
        expect(together[key]).toBe(apart.reduce((sum, counts) => sum + counts[key], 0));
    }),
    { numRuns: 100 },
  );
});

describe('the presets', () => {
  const TYPES: Record<string, object> = {
    'DynamoDB::Table': {},
    'S3::Bucket': {},
    'EFS::FileSystem': {},
    'EC2::Volume': {},
    'RDS::DBInstance': {},
    'RDS::DBCluster': { Engine: 'aurora-mysql' },
    'Redshift::Cluster': {},
    'FSx::FileSystem': { FileSystemType: 'WINDOWS' },
    'Neptune::DBCluster': {},
    'DocDB::DBCluster': {},
  };
  const period = { from: Date.parse('2027-01-01'), to: Date.parse('2036-01-01') };

  /** The forecasts of one resource of each type, by its logical id. */
  function ofTier(tier: BackupTier): Map<string, ResourceForecast> {
    const stack = new Stack(testApp(), 'Tier', { env: { account: '111111111111', region: 'us-east-1' } });
    new WorkloadBackup(stack, 'Backup', { tier });
    const template = Template.fromStack(stack).toJSON();
    const [selected] = Object.values(
      template.Resources as Record<string, { Type: string; Properties: Json }>,
    ).filter(({ Type }) => Type === 'AWS::Backup::BackupSelection');
    const [{ ConditionKey, ConditionValue }] = selected.Properties.BackupSelection.Conditions.StringEquals;
    for (const [type, extra] of Object.entries(TYPES))
      template.Resources[type.replace('::', '')] = backupReady(type, {
        ...extra,
        [type === 'EFS::FileSystem' ? 'FileSystemTags' : 'Tags']: tags({
          [ConditionKey.replace('aws:ResourceTag/', '')]: ConditionValue,
        }),
      });
    return new Map(
      forecastOf(inventory(template), { period }).resources.map((one) => [
        one.coverage.resource.place.logicalId,
        one,
      ]),
    );
  }

  const [bronze, silver, gold] = [BackupTier.BRONZE, BackupTier.SILVER, BackupTier.GOLD].map(ofTier);
  const ids = Object.keys(TYPES).map((type) => type.replace('::', ''));
  const rpo = ({ continuousRpoMinutes, rpoMinutes }: ResourceForecast) =>
    continuousRpoMinutes ?? rpoMinutes ?? Number.POSITIVE_INFINITY;

  test.each(
    ids.flatMap((id) => [
      [id, 'SILVER', 'BRONZE', silver.get(id), bronze.get(id)] as const,
      [id, 'GOLD', 'SILVER', gold.get(id), silver.get(id)] as const,
    ]),
  )(
    '%s: %s reaches as far back as %s on every day, and loses no more',
    (_, _better, _worse, better, worse) => {
      if (!better || !worse) throw new Error('both tiers protect the resource');
      expect(worse.recoveryPoints.created).toBeGreaterThan(0);
      expect(rpo(better)).toBeLessThanOrEqual(rpo(worse));
      for (let at = period.from + 2 * DAY; at <= period.to; at += DAY) {
        const [more, less] = [better, worse].map((one) =>
          restorableAt(one.points.lineages, one.resourceType, at),
        );
        expect(more?.oldest).toBeLessThanOrEqual(less?.oldest ?? Number.POSITIVE_INFINITY);
        expect(at - (more?.newest ?? 0)).toBeLessThanOrEqual(at - (less?.newest ?? 0));
      }
    },
  );
});
