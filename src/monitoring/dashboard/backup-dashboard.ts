import { Duration, Stack } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Color,
  Dashboard,
  GraphWidget,
  type IAlarm,
  type IMetric,
  type IWidget,
  LogQueryVisualizationType,
  LogQueryWidget,
  Row,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { kindProblems, listProblems, textProblems } from '../../resources/core/argument-checks';
import { enforce } from '../../resources/core/enforce';
import { isVault } from '../../resources/vault/vault-reference';
import type { Problem } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { BackupFreshnessCheck } from '../absence/backup-freshness-check';
import { BackupActivityLog } from '../activity/backup-activity-log';
import { BackupMetrics } from '../core/backup-metrics';
import { consoleOf } from '../core/console';
import type { BackupDashboardProps } from './backup-dashboard-props';
import { DASHBOARD_QUERIES } from './dashboard-queries';

const WIDTH = 24;
const HOUR = Duration.hours(1);

/**
 * A dashboard of CloudWatch about backups, the most important first: how old the newest backups are, which alarms are on,
 * and then jobs, copies, restores and recovery points.
 *
 * AWS Backup has no metric for the size of vaults: how much was backed up comes from the log of events. CloudWatch bills a
 * dashboard, but for the first three of an account; a query of logs is billed by what it scans, each time it is shown.
 */
@propertyInjectable
export class BackupDashboard extends Construct {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupDashboard';

  /** The dashboard; add widgets of your own. */
  public readonly dashboard: Dashboard;

  private readonly rows: Rows;

  constructor(scope: Construct, id: string, props: BackupDashboardProps = {}) {
    super(scope, id);
    enforce(this, [...unknownPropertyProblems(props, 'BackupDashboardProps'), ...dashboardProblems(props)]);
    this.dashboard = new Dashboard(this, 'Dashboard', {
      dashboardName: props.dashboardName,
      defaultInterval: Duration.days(7),
    });
    this.rows = widgetsFor(Stack.of(this), props);
    for (const row of [...this.rows.heading, ...this.rows.ages, ...this.rows.alarms, ...this.rows.details])
      this.dashboard.addWidgets(...row);
  }

  /** All widgets but the heading, for a dashboard of your own: `facade.addSegment(dashboard)` of cdk-monitoring-constructs. */
  public widgets(): IWidget[] {
    return [...this.rows.ages, ...this.rows.details].map((row) => new Row(...row));
  }

  /** The age of the newest backups. */
  public summaryWidgets(): IWidget[] {
    return this.rows.ages.map((row) => new Row(...row));
  }

  /** The state of the alarms. */
  public alarmWidgets(): IWidget[] {
    return this.rows.alarms.map((row) => new Row(...row));
  }
}

function dashboardProblems({
  dashboardName,
  vaults,
  checks,
  activityLog,
  alarms,
  runbook,
}: BackupDashboardProps): Problem[] {
  return [
    ...textProblems('Backup-Dashboard', 'dashboardName', dashboardName, 255),
    ...listProblems(vaults, isVault, {
      id: 'Backup-AlertVaults',
      property: 'vaults',
      what: 'a backup vault',
      fix: 'pass a `BackupVault` or a `LogicallyAirGappedVault`',
    }),
    ...listProblems(checks, (check: unknown) => check instanceof BackupFreshnessCheck, {
      id: 'Backup-Dashboard',
      property: 'checks',
      what: 'a `BackupFreshnessCheck`',
    }),
    ...listProblems(alarms, (alarm: IAlarm) => typeof alarm.alarmArn === 'string', {
      id: 'Backup-Dashboard',
      property: 'alarms',
      what: 'an alarm',
    }),
    ...kindProblems(activityLog, (log: unknown) => log instanceof BackupActivityLog, {
      id: 'Backup-Dashboard',
      property: 'activityLog',
      what: 'a `BackupActivityLog`',
    }),
    ...textProblems('Backup-AlertRunbook', 'runbook', runbook, 500),
  ];
}

/** The widgets, row by row. */
interface Rows {
  readonly heading: IWidget[][];
  readonly ages: IWidget[][];
  readonly alarms: IWidget[][];
  readonly details: IWidget[][];
}

function widgetsFor(stack: Stack, props: BackupDashboardProps): Rows {
  const { vaults, checks = [], activityLog, runbook } = props;
  const metrics = vaults ? BackupMetrics.ofVaults(...vaults) : BackupMetrics.ofRegion();
  const region = BackupMetrics.ofRegion();
  const alarms = props.alarms ?? checks.flatMap(({ alarm, silenceAlarm }) => [alarm, silenceAlarm]);
  const links = [
    ...(runbook === undefined ? [] : [`[Runbook](${runbook})`]),
    ...[consoleOf(stack, stack.region)].flatMap((url) => (url ? [`[AWS Backup](${url})`] : [])),
  ];
  const issues = activityLog
    ? [activityLog.metricCompletedWithIssues({ ...SUM, label: 'with issues', color: Color.ORANGE })]
    : [];
  const details = [
    [
      graph('Backup jobs', [
        metrics.backupJobsCompleted({ ...SUM, label: 'completed', color: Color.GREEN }),
        ...issues,
        metrics.backupJobsFailed({ ...SUM, label: 'failed', color: Color.RED }),
        metrics.backupJobsExpired({ ...SUM, label: 'expired', color: Color.PURPLE }),
        metrics.backupJobsAborted({ ...SUM, label: 'canceled', color: Color.GREY }),
      ]),
      graph('Copies that arrive', [
        metrics.copyJobsCompleted({ ...SUM, label: 'completed', color: Color.GREEN }),
        metrics.copyJobsFailed({ ...SUM, label: 'failed', color: Color.RED }),
      ]),
      graph('Restores and restore tests, all of the Region', [
        region.restoreJobsCompleted({ ...SUM, label: 'completed', color: Color.GREEN }),
        region.restoreJobsFailed({ ...SUM, label: 'failed', color: Color.RED }),
      ]),
    ],
    [
      graph(
        'Recovery points that are billed and useless',
        [
          metrics.recoveryPointsExpired({ ...MAX, label: 'not deleted', color: Color.RED }),
          metrics.recoveryPointsPartial({ ...MAX, label: 'incomplete', color: Color.ORANGE }),
        ],
        WIDTH / 2,
      ),
      graph(
        'Jobs that wait or run',
        [
          metrics.backupJobsPending({ ...MAX, label: 'waiting', color: Color.GREY }),
          metrics.backupJobsRunning({ ...MAX, label: 'running', color: Color.BLUE }),
          metrics.copyJobsRunning({ ...MAX, label: 'copying', color: Color.BROWN }),
        ],
        WIDTH / 2,
      ),
    ],
    ...(activityLog ? [queryRow(activityLog)] : []),
  ];
  const markdown = `# Backups\n${links.join(' · ')}`;
  return {
    heading: [[new TextWidget({ markdown, width: WIDTH, height: 2 })]],
    ages: checks.flatMap((check) => [ageRow(check), ...durationRow(check)]),
    alarms:
      alarms.length === 0
        ? []
        : [[new AlarmStatusWidget({ title: 'Alarms', alarms, width: WIDTH, height: 3 })]],
    details,
  };
}

const SUM = { period: HOUR, statistic: 'Sum' };
const LONGEST = { period: HOUR, label: 'longest', color: Color.BLUE };
const MAX = { period: HOUR, statistic: 'Maximum' };

function graph(title: string, left: IMetric[], width = WIDTH / 3): GraphWidget {
  return new GraphWidget({
    title,
    left,
    width,
    height: 6,
    leftYAxis: { label: 'Count', min: 0, showUnits: false },
  });
}

function ageRow(check: BackupFreshnessCheck): IWidget[] {
  const ages = new GraphWidget({
    title: 'Age of the newest backup against its objective',
    left: [check.metricAges()],
    width: WIDTH / 2,
    height: 7,
    leftYAxis: { label: 'Percent', min: 0, showUnits: false },
    leftAnnotations: [{ value: 100, label: 'objective', color: Color.RED }],
  });
  const late = new GraphWidget({
    title: 'Resources out of objective',
    left: [check.metricResourcesOutOfObjective({ period: HOUR, label: 'late', color: Color.RED })],
    width: WIDTH / 4,
    height: 7,
    leftYAxis: { label: 'Count', min: 0, showUnits: false },
  });
  const locks = new GraphWidget({
    title: 'Days until locks become final',
    left: [check.metricLocks()],
    width: WIDTH / 4,
    height: 7,
    leftYAxis: { label: 'Days', min: 0, showUnits: false },
  });
  return [ages, late, locks];
}

/** Copies and restore tests against their targets, where a check has any. */
function durationRow(check: BackupFreshnessCheck): IWidget[][] {
  const { copies, restoreTests } = check._targetSeconds;
  const shown = [
    ...(copies === undefined
      ? []
      : [
          {
            title: 'Longest copies against their target',
            metric: check.metricCopyDuration(LONGEST),
            target: copies,
          },
        ]),
    ...(restoreTests === undefined
      ? []
      : [
          {
            title: 'Longest restore tests against their target',
            metric: check.metricRestoreTestDuration(LONGEST),
            target: restoreTests,
          },
        ]),
  ];
  if (shown.length === 0) return [];
  return [
    shown.map(
      ({ title, metric, target }) =>
        new GraphWidget({
          title,
          left: [metric],
          width: WIDTH / shown.length,
          height: 6,
          leftYAxis: { label: 'Seconds', min: 0, showUnits: false },
          leftAnnotations: [{ value: target, label: 'target', color: Color.RED }],
        }),
    ),
  ];
}

function queryRow({ logGroupName }: BackupActivityLog): IWidget[] {
  return DASHBOARD_QUERIES.map(
    ({ name, text }) =>
      new LogQueryWidget({
        title: name,
        logGroupNames: [logGroupName],
        queryLines: text.split('\n').map((line) => line.replace(/^\| /, '')),
        view: LogQueryVisualizationType.TABLE,
        width: WIDTH / DASHBOARD_QUERIES.length,
        height: 6,
      }),
  );
}
