import type { Inventory } from '../../inventory/inventory';
import type { MetricItem } from '../../inventory/monitoring/metrics';
import { known } from '../../template/evaluation/unknown';
import { show } from '../../values/core/amounts';
import { BACKUP_NAMESPACE } from '../../values/core/backup-metrics';
import { type Check, checksOf } from '../engine/check';
import type { Detection } from '../engine/detection';

/** The namespace of the metrics of `BackupFreshnessCheck`. */
const FRESHNESS_NAMESPACE = 'BackupFreshness';

/** The control of AWS Backup Audit Manager that notices absence too. */
const LAST_RECOVERY_POINT = 'BACKUP_LAST_RECOVERY_POINT_CREATED';

/** Plans of an app that has alarms on failures, and none on backups that did not happen. */
export const absenceChecks: readonly Check[] = checksOf(['Backup-AbsenceUnwatched'], findUnwatchedPlans);

function* findUnwatchedPlans({ metrics, plans, frameworks }: Inventory): Iterable<Detection> {
  const alarms = metrics.filter(({ alarm }) => alarm !== undefined);
  if (!alarms.some(({ namespace }) => namespace === BACKUP_NAMESPACE)) return;
  if (alarms.some(noticesAbsence)) return;
  const controls = frameworks.flatMap((framework) => framework.controls.items);
  if (controls.some((control) => known(control.name) === LAST_RECOVERY_POINT)) return;
  for (const { place, id, name } of plans)
    yield {
      id: 'Backup-AbsenceUnwatched',
      place,
      message: `no alarm notices that plan ${show(known(name) ?? id)} backed up nothing, although the app has alarms on metrics of AWS Backup`,
    };
}

/** An alarm on completed jobs that treats missing data as breaching, or on the check of this library. */
function noticesAbsence({ namespace, metric, alarm }: MetricItem): boolean {
  if (namespace === FRESHNESS_NAMESPACE) return true;
  return (
    namespace === BACKUP_NAMESPACE &&
    known(metric) === 'NumberOfBackupJobsCompleted' &&
    known(alarm?.missingData) === 'breaching'
  );
}
