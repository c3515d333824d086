import type { Duration } from 'aws-cdk-lib';
import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import type { ILogGroupRef } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type {
  FreshnessRestoreTestOptions,
  FreshnessVaultOptions,
} from '../../monitoring/absence/backup-freshness-check-props';
import type { BackupPlan } from '../../resources/plan/backup-plan';
import type { OrganizationBackup } from '../organization/organization-backup';
import type { DisasterRecovery } from '../recovery/disaster-recovery';
import type { CentralVault } from '../vault/central-vault';
import type { WorkloadBackup } from '../workload/workload-backup';
import type { BackupSeverity } from './backup-severity';

/** Properties of `BackupMonitoring`. */
export interface BackupMonitoringProps {
  /**
   * Plans in the account and Region of the stack.
   *
   * @default - none
   */
  readonly plans?: BackupPlan[];
  /**
   * Workloads in the account and Region of the stack.
   *
   * @default - none
   */
  readonly workloads?: WorkloadBackup[];
  /**
   * Central vaults in the account and Region of the stack. Needs `copiesWithin`.
   *
   * @default - none
   */
  readonly centralVaults?: CentralVault[];
  /**
   * Disaster recoveries: their destinations in the account and Region of the stack are watched by the age of the copies, and
   * copies that leave from here by `copyTarget`. Needs `copiesWithin` where there is a destination, and `copyTarget` where
   * there is only the source.
   *
   * @default - none
   */
  readonly recoveries?: DisasterRecovery[];
  /**
   * Further vaults by the greatest age of their recovery points, in the account and Region of the stack.
   *
   * @default - none
   */
  readonly vaults?: FreshnessVaultOptions[];
  /**
   * The organization whose member accounts send their events here. The stack needs an account and a Region, and
   * `organizationId` must be set.
   *
   * @default - only this account
   */
  readonly organization?: OrganizationBackup;
  /**
   * The ID of the organization, such as `o-a1b2c3d4e5`, whose accounts may send events here.
   *
   * @default - none; required with `organization`
   */
  readonly organizationId?: string;
  /**
   * Whether this account becomes an observability account of Amazon CloudWatch for the organization: a sink that its accounts
   * may link their metrics to. An account has one sink in a Region.
   *
   * @default false
   */
  readonly observability?: boolean;
  /**
   * The ARN of the sink of the observability account: the baseline of the member accounts links their metrics to it, in the
   * Region of the sink. With `observability`, deploy once without it, and copy the ARN.
   *
   * @default - metrics stay in their accounts
   */
  readonly observabilitySinkArn?: string;
  /**
   * The greatest age of the newest copy of each resource in central vaults and destinations: the time between two copies, and the time that
   * a backup and its copy take.
   *
   * @default - none; required with `centralVaults`
   */
  readonly copiesWithin?: Duration;
  /**
   * The longest that a copy takes, from the start of the job to its end. A message has the names of slower ones.
   *
   * @default - copies may take any time
   */
  readonly copyTarget?: Duration;
  /**
   * Plans of restore testing whose restores have a target. A message has the names of slower ones.
   *
   * @default - restore tests may take any time
   */
  readonly restoreTests?: FreshnessRestoreTestOptions[];
  /**
   * The longest that a backup takes after it has started.
   *
   * @default Duration.hours(4)
   */
  readonly longestBackup?: Duration;
  /**
   * Whether each resource is checked even where one alarm notices that a rule backed up nothing.
   *
   * @default false
   */
  readonly perResource?: boolean;
  /**
   * The topic of critical alerts.
   *
   * @default - a topic that only takes encrypted connections, with a key of its own
   */
  readonly criticalTopic?: ITopic;
  /**
   * The topic of warnings.
   *
   * @default - that of critical alerts
   */
  readonly warningTopic?: ITopic;
  /**
   * Other severities of alerts, by the value of `BackupAlert`.
   *
   * @default - threats, stopped continuous backups, failed restore tests and whatever weakens protection are critical; the
   * rest are warnings
   */
  readonly severities?: { [alert: string]: BackupSeverity };
  /**
   * Whether a trail of AWS CloudTrail records management events here, so that calls which weaken protection can be noticed.
   *
   * @default - whether there is an `auditTrail` or a `trailLogGroup`
   */
  readonly hasTrail?: boolean;
  /**
   * Whether to create a `BackupAuditTrail`, for an account that no trail records yet.
   *
   * @default false
   */
  readonly auditTrail?: boolean;
  /**
   * The log group of the trail that the account has, which gets saved queries for audits.
   *
   * @default - no queries
   */
  readonly trailLogGroup?: ILogGroupRef;
  /**
   * Whether messages are for channels of Slack and Microsoft Teams, which Amazon Q Developer in chat applications subscribes
   * to the topics.
   *
   * @default false: text, for e-mail
   */
  readonly chat?: boolean;
  /**
   * Whether all events are kept in a log group, for questions and audits.
   *
   * @default true
   */
  readonly activityLog?: boolean;
  /**
   * Whether to create a dashboard.
   *
   * @default true
   */
  readonly dashboard?: boolean;
  /**
   * The key that encrypts logs. Its policy must let `logs.<Region>.amazonaws.com` use it.
   *
   * @default - a key of CloudWatch Logs
   */
  readonly logKey?: IKeyRef;
  /**
   * Where the reader of a message finds what to do, such as the URL of a runbook.
   *
   * @default - no line about it
   */
  readonly runbook?: string;
}
