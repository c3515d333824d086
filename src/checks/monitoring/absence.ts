import type { Link } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { FRESHNESS_NAMESPACE } from '../../inventory/monitoring/freshness-checks';
import type { MetricItem } from '../../inventory/monitoring/metrics';
import type { PlanItem } from '../../inventory/plan/plans';
import { sameText } from '../../template/evaluation/match';
import { known, type Text } from '../../template/evaluation/unknown';
import { show } from '../../values/core/amounts';
import { BACKUP_NAMESPACE } from '../../values/core/backup-metrics';
import { type Check, checksOf } from '../engine/check';
import type { Detection } from '../engine/detection';

/** The control of AWS Backup Audit Manager that notices absence too. */
const LAST_RECOVERY_POINT = 'BACKUP_LAST_RECOVERY_POINT_CREATED';

/** Plans of an app that monitors backups, of which nothing notices that they back up nothing. */
export const absenceChecks: readonly Check[] = checksOf(['Backup-AbsenceUnwatched'], findUnwatchedPlans);

function* findUnwatchedPlans(inventory: Inventory): Iterable<Detection> {
  const { metrics, plans, frameworks, freshnessChecks } = inventory;
  const alarms = metrics.filter(({ alarm }) => alarm !== undefined);
  const checkAlarms = alarms.filter(({ namespace }) => namespace === FRESHNESS_NAMESPACE);
  if (checkAlarms.length === 0 && !alarms.some(({ namespace }) => namespace === BACKUP_NAMESPACE)) return;
  const controls = frameworks.flatMap((framework) => framework.controls.items);
  if (controls.some((control) => known(control.name) === LAST_RECOVERY_POINT)) return;
  // an alarm on a check of which nothing is known
  if (checkAlarms.length > 0 && freshnessChecks.length === 0) return;
  const absence = alarms.filter(noticesAbsence);
  for (const plan of plans) {
    if (absence.some((alarm) => isAbout(alarm, plan)) || isChecked(plan, inventory)) continue;
    yield {
      id: 'Backup-AbsenceUnwatched',
      place: plan.place,
      message: `nothing notices that plan ${show(known(plan.name) ?? plan.id)} backed up nothing, although the app has alarms on backups`,
    };
  }
}

/** An alarm on completed jobs that treats missing data as breaching. */
function noticesAbsence({ namespace, metric, alarm }: MetricItem): boolean {
  return (
    namespace === BACKUP_NAMESPACE &&
    known(metric) === 'NumberOfBackupJobsCompleted' &&
    known(alarm?.missingData) === 'breaching'
  );
}

/** Whether an alarm may be about a plan: on one of its vaults, or on no vault in particular. */
function isAbout({ vault }: MetricItem, plan: PlanItem): boolean {
  if (vault === undefined) return true;
  const own = vaultsOf(plan);
  return own === undefined || own.some((link) => isSame(link, vault));
}

function isSame(one: Link, other: Link): boolean {
  if (one.to !== undefined && other.to !== undefined) return one.to === other.to;
  return sameText(one.text, other.text) !== false;
}

/** Whether a check may compare the resources of a plan: with its rules, or by age in one of its vaults. */
function isChecked(plan: PlanItem, { freshnessChecks }: Inventory): boolean {
  const may = (one: Text | undefined, other: Text) => one === undefined || sameText(one, other) !== false;
  const own = vaultsOf(plan);
  return freshnessChecks.some(
    ({ plans, vaults }) =>
      plans.some((name) => may(plan.name, name)) ||
      vaults.some((vault) => own === undefined || own.some(({ text }) => may(text, vault))),
  );
}

/** The vaults of the rules; undefined if one isn't known. */
function vaultsOf({ rules }: PlanItem): Link[] | undefined {
  const links = rules.items.flatMap(({ vault }) => vault ?? []);
  return rules.rest !== undefined || links.length < rules.items.length ? undefined : links;
}
