import type { ProtectedResource, RecoveryPointByBackupVault } from '@aws-sdk/client-backup';
import type { MetricDatum } from '@aws-sdk/client-cloudwatch';
import type { PublishInput } from '@aws-sdk/client-sns';
import type { FreshnessClient } from '../../../src/handler/freshness/freshness-check';
import { Faults } from '../support/fakes';

const ARN = 'arn:aws:backup:eu-west-1:111122223333:backup-vault:';

/** An account with recovery points, the metrics that were published, and the messages that were sent. */
export class FakeAccount implements FreshnessClient {
  readonly vaults = new Map<string, RecoveryPointByBackupVault[]>();
  readonly metrics: (MetricDatum & { Timestamp: Date })[] = [];
  readonly messages: PublishInput[] = [];
  /** Vaults whose recovery points nobody may read. */
  readonly closed = new Set<string>();
  /** When locks become final. */
  readonly lockDates = new Map<string, Date>();
  pageSize = 1_000;

  constructor(readonly faults = new Faults()) {}

  /** Adds a recovery point. */
  backUp(
    vault: string,
    arn: string,
    at: number,
    keep: number | undefined,
    more: RecoveryPointByBackupVault = {},
  ) {
    const points = this.vaults.get(vault) ?? [];
    this.vaults.set(vault, points);
    points.push({
      ResourceArn: arn,
      ResourceType: 'EBS',
      CreationDate: new Date(at),
      Status: 'COMPLETED',
      Lifecycle: { DeleteAfterDays: keep },
      ...more,
    });
  }

  listProtectedResources: FreshnessClient['listProtectedResources'] = ({ NextToken }) =>
    this.faults.around('backup:ListProtectedResources', () => {
      const newest = new Map<string, ProtectedResource>();
      for (const [vault, points] of this.vaults)
        for (const { ResourceArn = '', ResourceType, CreationDate = new Date(0) } of points)
          if (CreationDate > (newest.get(ResourceArn)?.LastBackupTime ?? new Date(0)))
            newest.set(ResourceArn, {
              ResourceArn,
              ResourceType,
              LastBackupTime: CreationDate,
              LastBackupVaultArn: ARN + vault,
            });
      const { page, next } = this.paged([...newest.values()], NextToken);
      return { Results: page, NextToken: next };
    });

  listRecoveryPoints: FreshnessClient['listRecoveryPoints'] = ({ BackupVaultName = '', NextToken }) =>
    this.faults.around('backup:ListRecoveryPointsByBackupVault', () => {
      if (this.closed.has(BackupVaultName))
        throw Object.assign(new Error('no'), {
          name: 'AccessDeniedException',
          $metadata: { httpStatusCode: 403 },
        });
      const { page, next } = this.paged(this.vaults.get(BackupVaultName) ?? [], NextToken);
      return { RecoveryPoints: page, NextToken: next };
    });

  describeBackupVault: FreshnessClient['describeBackupVault'] = ({ BackupVaultName = '' }) =>
    this.faults.around('backup:DescribeBackupVault', () => ({
      LockDate: this.lockDates.get(BackupVaultName),
    }));

  getMetricData: FreshnessClient['getMetricData'] = ({ MetricDataQueries = [] }) =>
    this.faults.around('cloudwatch:GetMetricData', () => ({
      MetricDataResults: MetricDataQueries.map(({ Id, MetricStat }) => {
        const { MetricName, Dimensions } = MetricStat?.Metric ?? {};
        const days = new Map<number, number[]>();
        for (const metric of this.metrics) {
          if (metric.MetricName !== MetricName) continue;
          if (JSON.stringify(metric.Dimensions) !== JSON.stringify(Dimensions)) continue;
          const day = Math.floor(metric.Timestamp.getTime() / 86_400_000);
          days.set(day, [...(days.get(day) ?? []), metric.Value ?? 0]);
        }
        const statistic = MetricStat?.Stat === 'Minimum' ? Math.min : Math.max;
        return { Id, Values: [...days.values()].map((values) => statistic(...values)) };
      }),
    }));

  putMetricData: FreshnessClient['putMetricData'] = ({ MetricData = [] }) =>
    this.faults.around('cloudwatch:PutMetricData', () => {
      if (MetricData.length > 1_000) throw new Error('too many');
      this.metrics.push(...(MetricData as (MetricDatum & { Timestamp: Date })[]));
    });

  publish: FreshnessClient['publish'] = (input) =>
    this.faults.around('sns:Publish', () => {
      if (Buffer.byteLength(input.Message ?? '') > 262_144) throw new Error('too long');
      this.messages.push(input);
    });

  /** The last value of a metric, by the values of its dimensions after the check. */
  metric(name: string, ...dimensions: string[]): number | undefined {
    return this.metrics
      .filter(({ MetricName }) => MetricName === name)
      .filter(
        ({ Dimensions = [] }) =>
          Dimensions.slice(1)
            .map(({ Value }) => Value)
            .join() === dimensions.join(),
      )
      .at(-1)?.Value;
  }

  private paged<T>(all: readonly T[], token: string | undefined): { page: T[]; next?: string } {
    const start = Number(token ?? 0);
    const end = start + this.pageSize;
    return { page: all.slice(start, end), next: end < all.length ? String(end) : undefined };
  }
}
