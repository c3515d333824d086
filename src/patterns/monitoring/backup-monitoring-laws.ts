import { Stack } from 'aws-cdk-lib';
import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { Construct, IConstruct } from 'constructs';
import { BackupAlert } from '../../monitoring/alerts/backup-alert';
import { sinkProblems } from '../../monitoring/alerts/backup-observability-link';
import { listProblems } from '../../resources/core/argument-checks';
import { findNameConflict } from '../../resources/core/explicit-names';
import { isCertainlyShared } from '../../resources/core/siblings-in-environment';
import { BackupPlan } from '../../resources/plan/backup-plan';
import { differentEnvironment } from '../../resources/vault/vault-facts';
import { isKnown, show } from '../../values/core/amounts';
import { type Problem, problem } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { DisasterRecovery } from '../recovery/disaster-recovery';
import { CentralVault } from '../vault/central-vault';
import { WorkloadBackup } from '../workload/workload-backup';
import type { BackupMonitoringProps } from './backup-monitoring-props';
import { BackupSeverity } from './backup-severity';

/** Checks the properties of monitoring. Its parts check their own. */
export function monitoringProblems(scope: IConstruct, props: BackupMonitoringProps): Problem[] {
  const { plans, workloads, centralVaults, vaults, organization, recoveries, restoreTests } = props ?? {};
  const kinds: readonly (readonly [
    keyof BackupMonitoringProps,
    unknown,
    abstract new (...args: never[]) => unknown,
  ])[] = [
    ['plans', plans, BackupPlan],
    ['workloads', workloads, WorkloadBackup],
    ['centralVaults', centralVaults, CentralVault],
    ['recoveries', recoveries, DisasterRecovery],
  ];
  const lists: readonly (readonly unknown[] | undefined)[] = [
    plans,
    workloads,
    centralVaults,
    vaults,
    recoveries,
    restoreTests,
  ];
  const all = lists.flatMap((list) => list ?? []);
  return [
    ...unknownPropertyProblems(props, 'BackupMonitoringProps'),
    ...kinds.flatMap(([property, list, kind]) =>
      listProblems(list, (each: unknown) => each instanceof kind, {
        id: 'Backup-AbsencePlan',
        property,
        what: `a \`${kind.name}\` of this library`,
        fix: 'for what other apps create, use `vaults`',
      }),
    ),
    ...(all.length === 0 && !organization ? [nothingProblem()] : []),
    ...recoveryProblems(scope, props ?? {}),
    ...((centralVaults ?? []).length > 0 && props.copiesWithin === undefined ? [copiesProblem()] : []),
    ...severityProblems(props?.severities),
    ...trailProblems(props ?? {}),
    ...(props?.observabilitySinkArn === undefined
      ? []
      : sinkProblems(props.observabilitySinkArn, 'observabilitySinkArn')),
    ...(organization || props?.observability ? organizationProblems(scope, props) : []),
  ];
}

function nothingProblem(): Problem {
  return problem({
    id: 'Backup-MonitoringNothing',
    property: 'plans',
    message: (label) =>
      `${label('plans')}, \`workloads\`, \`centralVaults\`, \`recoveries\`, \`vaults\` or \`organization\` must name what to monitor, got none`,
    fix: 'for example, pass the plan whose backups matter',
  });
}

/** The destinations of recoveries in the account and Region of a scope. */
export function destinationsHere(
  scope: IConstruct,
  recoveries: readonly DisasterRecovery[] = [],
): IBackupVaultRef[] {
  return [...new Set(recoveries.flatMap(({ destinations }) => destinations))].filter(
    (vault) => !differentEnvironment(scope, vault),
  );
}

/** The sources of recoveries in the account and Region of a scope. */
export function sourcesHere(
  scope: IConstruct,
  recoveries: readonly DisasterRecovery[] = [],
): IBackupVaultRef[] {
  return [...new Set(recoveries.map(({ source }) => source))].filter(
    (vault) => !differentEnvironment(scope, vault),
  );
}

function recoveryProblems(
  scope: IConstruct,
  { recoveries, copiesWithin, copyTarget }: BackupMonitoringProps,
): Problem[] {
  const known = (Array.isArray(recoveries) ? recoveries : []).filter(
    (each) => each instanceof DisasterRecovery,
  );
  return known.flatMap((recovery): Problem[] => {
    const { path } = recovery.node;
    const one = (property: 'recoveries' | 'copiesWithin' | 'copyTarget', what: string, fix: string) => [
      problem({
        id: 'Backup-MonitoringCopies',
        property,
        message: (label) => `${label(property)} must ${what} of \`${path}\`, got none`,
        fix,
      }),
    ];
    const arrives = destinationsHere(scope, [recovery]).length > 0;
    const leaves = sourcesHere(scope, [recovery]).length > 0;
    if (!arrives && !leaves)
      return one(
        'recoveries',
        'be monitored in the account and Region of the source or of a destination',
        'create a `BackupMonitoring` in each of their stacks',
      );
    if (arrives && copiesWithin === undefined)
      return one(
        'copiesWithin',
        'be set for the destinations',
        'for daily backups, use `Duration.hours(36)`',
      );
    if (!arrives && copyTarget === undefined)
      return one('copyTarget', 'be set for the copies', 'for example, use `Duration.hours(12)`');
    return [];
  });
}

/** Who creates a trail, and says that there is none or another one, contradicts himself. */
function trailProblems({ hasTrail, auditTrail, trailLogGroup }: BackupMonitoringProps): Problem[] {
  const contradiction = (property: 'hasTrail' | 'trailLogGroup', what: string) => [
    problem({
      id: 'Backup-AuditTrail',
      property,
      message: (label) => `${label(property)} must be omitted with ${what}`,
      fix: 'omit one of them',
    }),
  ];
  return [
    ...(auditTrail && trailLogGroup ? contradiction('trailLogGroup', '`auditTrail`') : []),
    ...(hasTrail === false && (auditTrail || trailLogGroup)
      ? contradiction('hasTrail', `\`${auditTrail ? 'auditTrail' : 'trailLogGroup'}\` if it is false`)
      : []),
  ];
}

function copiesProblem(): Problem {
  return problem({
    id: 'Backup-MonitoringCopies',
    property: 'copiesWithin',
    message: (label) => `${label('copiesWithin')} must be set for \`centralVaults\`, got none`,
    fix: 'for daily backups, use `Duration.hours(36)`',
  });
}

function severityProblems(severities: unknown): Problem[] {
  const alerts: readonly string[] = Object.values(BackupAlert);
  const allowed: readonly unknown[] = Object.values(BackupSeverity);
  return Object.entries((severities ?? {}) as Record<string, unknown>).flatMap(([alert, severity]) => {
    const isAlert = alerts.includes(alert);
    if (isAlert && allowed.includes(severity)) return [];
    return [
      problem({
        id: 'Backup-MonitoringSeverity',
        property: 'severities',
        message: (label) =>
          isAlert
            ? `${label('severities')} must have a \`BackupSeverity\` for ${show(alert)}, got ${show(severity)}`
            : `${label('severities')} must have values of \`BackupAlert\` as keys, got ${show(alert)}`,
        fix: 'for example, use `{ [BackupAlert.COPY_FAILED]: BackupSeverity.CRITICAL }`',
      }),
    ];
  });
}

function organizationProblems(scope: IConstruct, { organizationId }: BackupMonitoringProps): Problem[] {
  const { account, region } = Stack.of(scope);
  const isOrganization = typeof organizationId === 'string' && /^o-[a-z0-9]{10,32}$/.test(organizationId);
  const one = (property: string, what: string, fix: string) =>
    problem({
      id: 'Backup-MonitoringOrganization',
      property,
      message: (label) => `${label(property)} ${what}`,
      fix,
    });
  return [
    ...(isKnown(account) && isKnown(region)
      ? []
      : [
          one(
            'organization',
            'must be monitored in a stack with an account and a Region, since member accounts send their events there',
            'set `env` on the stack',
          ),
        ]),
    ...(isOrganization
      ? []
      : [
          one(
            'organizationId',
            `must be the ID of the organization, got ${show(organizationId)}`,
            'for example, use `o-a1b2c3d4e5`',
          ),
        ]),
  ];
}

/** Alerts are about the whole account and Region, whatever is monitored. */
export function sharedAlertProblems(monitoring: Construct, alerts: readonly BackupAlert[]): Problem[] {
  const problems = alerts.flatMap((alert) =>
    findNameConflict(monitoring, 'monitoringAlerts', alert, (other) =>
      sharedAlertProblem(other, isCertainlyShared(monitoring, other)),
    ),
  );
  return problems.slice(0, 1); // whoever sends one of them twice usually sends all twice
}

function sharedAlertProblem(other: IConstruct, isCertain: boolean): Problem {
  return problem({
    id: 'Backup-MonitoringTwice',
    property: 'severities',
    message: (label) =>
      `${label('severities')} must send each alert of an account and Region from one place, but \`${other.node.path}\`${isCertain ? '' : ', which may be deployed to the same one,'} sends the same alerts: each event would send two messages`,
    fix: `add the plans to \`${other.node.path}\`, or set the severities of one of them to \`BackupSeverity.NONE\``,
  });
}
