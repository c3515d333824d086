import { Duration, Token } from 'aws-cdk-lib';
import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import { type IMetric, MathExpression, Metric, type MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { BackupPlan } from '../../resources/plan/backup-plan';
import { isVault } from '../../resources/vault/vault-reference';
import { show } from '../../values/core/amounts';
import {
  BACKUP_NAMESPACE,
  dimensionsOf,
  type MetricSubject,
  metricName,
} from '../../values/core/backup-metrics';
import { refuse } from '../../values/core/problem';
import { ResourceType } from '../../values/resource-type/resource-type';

/** What CloudWatch evaluates in one alarm. */
const MAX_METRICS = 10;

/** One time series for each value of a dimension, such as each vault; or a search for all of them. */
interface Series {
  readonly dimension: 'BackupVaultName' | 'ResourceType';
  /** The values of the dimension, each with the vault it belongs to; undefined: all of the Region. */
  readonly values?: readonly { readonly value: string; readonly vault?: IBackupVaultRef }[];
}

/**
 * The metrics that AWS Backup publishes to Amazon CloudWatch: counts of jobs and recovery points by state, summed over
 * vaults or over resource types.
 *
 * AWS Backup publishes every 5 minutes, and only values above zero: no data is the normal state. In an alarm on failures,
 * treat missing data as not breaching; in an alarm on backups that did not happen, as breaching.
 *
 * There are no metrics for jobs that completed with issues, partial copies, scans, the compliance of frameworks, or the
 * size of a vault; use `BackupEvents` for the first three.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/cloudwatch.html
 */
export class BackupMetrics {
  /**
   * The metrics of one vault, or the sum over several vaults of one account and Region.
   *
   * Copy jobs count for the vault that they copy to. Restore jobs have no vault; use `ofResourceTypes()`.
   *
   * @param vaults one to ten vaults
   * @throws if there are none, more than ten, or vaults in different accounts or Regions
   */
  public static ofVaults(...vaults: IBackupVaultRef[]): BackupMetrics {
    const distinct = [...new Set(vaults)];
    for (const vault of distinct)
      if (!isVault(vault))
        throw refuse(
          'Backup-MetricVaults',
          'vaults',
          (label) => `${label('vaults')} must be backup vaults, got ${show(vault)}`,
          'pass a `BackupVault` or a `LogicallyAirGappedVault`',
        );
    refuseCount('vaults', distinct.length);
    for (const what of ['account', 'region'] as const) {
      const places = distinct.map(({ env }) => env[what]).filter((place) => !Token.isUnresolved(place));
      if (new Set(places).size > 1)
        throw refuse(
          'Backup-MetricVaults',
          'vaults',
          (label) =>
            `${label('vaults')} must be in one ${what === 'region' ? 'Region' : 'account'}, got ${[...new Set(places)].join(' and ')}`,
          'make one `BackupMetrics` for each of them',
        );
    }
    const values = distinct.map((vault) => ({ value: vault.backupVaultRef.backupVaultName, vault }));
    return new BackupMetrics({ dimension: 'BackupVaultName', values });
  }

  /**
   * The sum over the vaults to which the rules of a plan back up. Other plans that use the same vaults count too: AWS
   * Backup publishes nothing by plan.
   *
   * @param plan a plan whose rules are all added
   * @throws if it is no plan, has no rules, or its rules back up to more than ten vaults
   */
  public static ofPlan(plan: BackupPlan): BackupMetrics {
    if (!Array.isArray(plan?.rules))
      throw refuse(
        'Backup-MetricSource',
        'plan',
        (label) => `${label('plan')} must be a \`BackupPlan\` of this library, got ${show(plan)}`,
        'for another plan, name its vaults with `BackupMetrics.ofVaults()`',
      );
    const vaults = plan.rules.map((rule) => rule.vault ?? plan.vault).filter((vault) => vault !== undefined);
    return BackupMetrics.ofVaults(...vaults);
  }

  /**
   * The metrics of one type of resource in the account and Region of the stack, or the sum over several types.
   *
   * @param types one to ten types
   * @throws if there are none, or more than ten
   */
  public static ofResourceTypes(...types: ResourceType[]): BackupMetrics {
    for (const type of types)
      if (!(type instanceof ResourceType))
        throw refuse(
          'Backup-MetricSource',
          'types',
          (label) => `${label('types')} must be resource types, got ${show(type)}`,
          'pass constants such as `ResourceType.EBS`',
        );
    const names = [...new Set(types.map(({ name }) => name))];
    refuseCount('types', names.length);
    return new BackupMetrics({ dimension: 'ResourceType', values: names.map((value) => ({ value })) });
  }

  /**
   * The sum over all resource types in the account and Region of the stack, found by a search. For dashboards only:
   * CloudWatch refuses alarms on a search.
   */
  public static ofRegion(): BackupMetrics {
    return new BackupMetrics({ dimension: 'ResourceType' });
  }

  private constructor(private readonly series: Series) {}

  /** Backup jobs that plans or calls created. */
  public backupJobsCreated(options?: MetricOptions): IMetric {
    return this.metric('BackupJobs', 'Created', options);
  }
  /** Backup jobs that wait to run. */
  public backupJobsPending(options?: MetricOptions): IMetric {
    return this.metric('BackupJobs', 'Pending', options);
  }
  /** Backup jobs that run. */
  public backupJobsRunning(options?: MetricOptions): IMetric {
    return this.metric('BackupJobs', 'Running', options);
  }
  /** Backup jobs that somebody canceled. */
  public backupJobsAborted(options?: MetricOptions): IMetric {
    return this.metric('BackupJobs', 'Aborted', options);
  }
  /** Backup jobs that completed, including those that completed with issues. */
  public backupJobsCompleted(options?: MetricOptions): IMetric {
    return this.metric('BackupJobs', 'Completed', options);
  }
  /** Backup jobs that failed. */
  public backupJobsFailed(options?: MetricOptions): IMetric {
    return this.metric('BackupJobs', 'Failed', options);
  }
  /** Backup jobs that did not start within their start window. */
  public backupJobsExpired(options?: MetricOptions): IMetric {
    return this.metric('BackupJobs', 'Expired', options);
  }

  /** Copy jobs that were created. */
  public copyJobsCreated(options?: MetricOptions): IMetric {
    return this.metric('CopyJobs', 'Created', options);
  }
  /** Copy jobs that run. */
  public copyJobsRunning(options?: MetricOptions): IMetric {
    return this.metric('CopyJobs', 'Running', options);
  }
  /** Copies that arrived. */
  public copyJobsCompleted(options?: MetricOptions): IMetric {
    return this.metric('CopyJobs', 'Completed', options);
  }
  /** Copy jobs that failed. */
  public copyJobsFailed(options?: MetricOptions): IMetric {
    return this.metric('CopyJobs', 'Failed', options);
  }

  /** Restore jobs that wait to run. Restore jobs are counted by resource type only. */
  public restoreJobsPending(options?: MetricOptions): IMetric {
    return this.metric('RestoreJobs', 'Pending', options);
  }
  /** Restore jobs that run. Restore jobs are counted by resource type only. */
  public restoreJobsRunning(options?: MetricOptions): IMetric {
    return this.metric('RestoreJobs', 'Running', options);
  }
  /** Restore jobs that completed, including those of restore testing. They are counted by resource type only. */
  public restoreJobsCompleted(options?: MetricOptions): IMetric {
    return this.metric('RestoreJobs', 'Completed', options);
  }
  /** Restore jobs that failed, including those of restore testing. They are counted by resource type only. */
  public restoreJobsFailed(options?: MetricOptions): IMetric {
    return this.metric('RestoreJobs', 'Failed', options);
  }

  /** Recovery points that are complete. */
  public recoveryPointsCompleted(options?: MetricOptions): IMetric {
    return this.metric('RecoveryPoints', 'Completed', options);
  }
  /** Recovery points whose creation started and never ended. */
  public recoveryPointsPartial(options?: MetricOptions): IMetric {
    return this.metric('RecoveryPoints', 'Partial', options);
  }
  /** Recovery points whose retention is over, and which AWS Backup could not delete. They are billed. */
  public recoveryPointsExpired(options?: MetricOptions): IMetric {
    return this.metric('RecoveryPoints', 'Expired', options);
  }
  /** Recovery points that are being deleted. */
  public recoveryPointsDeleting(options?: MetricOptions): IMetric {
    return this.metric('RecoveryPoints', 'Deleting', options);
  }
  /** Recovery points that moved to cold storage. */
  public recoveryPointsCold(options?: MetricOptions): IMetric {
    return this.metric('RecoveryPoints', 'Cold', options);
  }

  private metric(subject: MetricSubject, state: string, options: MetricOptions = {}): IMetric {
    const { dimension, values } = this.series;
    const name = metricName(subject, state);
    if (!dimensionsOf(name).includes(dimension))
      throw refuse(
        'Backup-MetricSource',
        name,
        (label) =>
          `${label(name)} must be requested by resource type, got vaults: restore jobs have no vault`,
        'use `BackupMetrics.ofResourceTypes(…)`',
      );
    const { period = Duration.minutes(5), statistic = Stats.SUM, label = name, color } = options;
    if (!values)
      return new MathExpression({
        expression: `SUM(SEARCH('{${BACKUP_NAMESPACE},${dimension}} MetricName="${name}"', '${statistic}', ${period.toSeconds()}))`,
        label,
        color,
        period,
        searchAccount: options.account,
        searchRegion: options.region,
      });
    const each = values.map(({ value, vault }) => {
      const metric = new Metric({
        ...options,
        namespace: BACKUP_NAMESPACE,
        metricName: name,
        dimensionsMap: { ...options.dimensionsMap, [dimension]: value },
        statistic,
        period,
        label: values.length === 1 ? options.label : undefined, // one with a label renders as an expression
      });
      return vault ? metric.attachTo(vault) : metric;
    });
    if (each.length === 1) return each[0];
    // several sums share a graph, where ids must differ
    const ids = values.map(({ value, vault }) => idOf(name, vault?.node.addr ?? value));
    return new MathExpression({
      expression: `SUM([${ids.join(', ')}])`,
      usingMetrics: Object.fromEntries(ids.map((id, index) => [id, each[index]])),
      label,
      color,
      period,
    });
  }
}

/** Such as `numberOfBackupJobsFailed_c8a1b2…`. */
function idOf(name: string, owner: string): string {
  return `${name[0].toLowerCase()}${name.slice(1)}_${owner.replace(/\W/g, '').slice(-12)}`;
}

function refuseCount(property: string, count: number): void {
  if (count >= 1 && count <= MAX_METRICS) return;
  throw refuse(
    'Backup-MetricVaults',
    property,
    (label) => `${label(property)} must be 1 to ${MAX_METRICS}, got ${count === 0 ? 'none' : count}`,
    count === 0 ? 'name at least one' : 'make several `BackupMetrics`',
  );
}
