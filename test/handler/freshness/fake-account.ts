import type {
  BackupSelection,
  CopyJob,
  ProtectedResource,
  RecoveryPointByBackupVault,
  RestoreJobsListMember,
} from '@aws-sdk/client-backup';
import type { MetricDatum } from '@aws-sdk/client-cloudwatch';
import type { DBInstance } from '@aws-sdk/client-rds';
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
  /** What plans select. */
  readonly selections = new Map<string, BackupSelection[]>();
  /** The tags of resources, by ARN. */
  readonly tagged = new Map<string, Record<string, string>>();
  readonly optIn: Record<string, boolean> = {};
  readonly databases: DBInstance[] = [];
  readonly copyJobs: CopyJob[] = [];
  readonly restoreJobs: (RestoreJobsListMember & { readonly plan: string })[] = [];
  /** What the check remembers. */
  memory = '-';
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

  listBackupSelections: FreshnessClient['listBackupSelections'] = ({ BackupPlanId = '', NextToken }) =>
    this.faults.around('backup:ListBackupSelections', () => {
      const all = (this.selections.get(BackupPlanId) ?? []).map((_, index) => ({ SelectionId: `${index}` }));
      const { page, next } = this.paged(all, NextToken);
      return { BackupSelectionsList: page, NextToken: next };
    });

  getBackupSelection: FreshnessClient['getBackupSelection'] = ({ BackupPlanId = '', SelectionId }) =>
    this.faults.around('backup:GetBackupSelection', () => ({
      BackupSelection: this.selections.get(BackupPlanId)?.[Number(SelectionId)],
    }));

  describeRegionSettings: FreshnessClient['describeRegionSettings'] = () =>
    this.faults.around('backup:DescribeRegionSettings', () => ({ ResourceTypeOptInPreference: this.optIn }));

  getResources: FreshnessClient['getResources'] = ({ TagFilters, PaginationToken }) =>
    this.faults.around('tag:GetResources', () => {
      const found = [...this.tagged].filter(([, tags]) =>
        TagFilters.every(
          ({ Key, Values }) =>
            tags[Key] !== undefined && (Values === undefined || Values.includes(tags[Key])),
        ),
      );
      const { page, next } = this.paged(found, PaginationToken || undefined);
      return {
        ResourceTagMappingList: page.map(([ResourceARN, tags]) => ({
          ResourceARN,
          Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
        })),
        PaginationToken: next ?? '',
      };
    });

  describeDbInstances: FreshnessClient['describeDbInstances'] = ({ Marker }) =>
    this.faults.around('rds:DescribeDBInstances', () => {
      const { page, next } = this.paged(this.databases, Marker);
      return { DBInstances: page, Marker: next };
    });

  getParameter: FreshnessClient['getParameter'] = () =>
    this.faults.around('ssm:GetParameter', () => ({ Parameter: { Value: this.memory } }));

  putParameter: FreshnessClient['putParameter'] = ({ Value = '' }) =>
    this.faults.around('ssm:PutParameter', () => {
      if (Value === '' || Value.length > 4_096) throw new Error('not a value of a standard parameter');
      this.memory = Value;
    });

  listCopyJobs: FreshnessClient['listCopyJobs'] = ({ ByCreatedAfter, ByCreatedBefore, NextToken }) =>
    this.faults.around('backup:ListCopyJobs', () => {
      const all = this.copyJobs.filter(isBetween(ByCreatedAfter, ByCreatedBefore));
      const { page, next } = this.paged(all, NextToken);
      return { CopyJobs: page, NextToken: next };
    });

  listRestoreJobs: FreshnessClient['listRestoreJobs'] = (input) =>
    this.faults.around('backup:ListRestoreJobs', () => {
      const all = this.restoreJobs
        .filter(({ plan }) => plan === input.ByRestoreTestingPlanArn)
        .filter(isBetween(input.ByCreatedAfter, input.ByCreatedBefore));
      const { page, next } = this.paged(all, input.NextToken);
      return { RestoreJobs: page, NextToken: next };
    });

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

function isBetween(after = new Date(0), before = new Date(8e15)) {
  return ({ CreationDate = new Date(0) }: { readonly CreationDate?: Date }) =>
    CreationDate > after && CreationDate < before;
}
