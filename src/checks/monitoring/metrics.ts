import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import type { MetricItem } from '../../inventory/monitoring/metrics';
import { known } from '../../template/evaluation/unknown';
import { show } from '../../values/core/amounts';
import { BACKUP_METRICS, BACKUP_NAMESPACE, dimensionsOf } from '../../values/core/backup-metrics';
import { closestName } from '../../values/core/closest-name';
import { enumerate } from '../../values/core/enumeration';
import { type Check, checksOf } from '../engine/check';
import type { Detection } from '../engine/detection';

/** Alarms and dashboards on metrics of AWS Backup that never have data, and alarms that never fire. */
export const metricChecks: readonly Check[] = checksOf(
  ['Backup-MetricUnknown', 'Backup-MetricDimension', 'Backup-AlarmNeverFires'],
  findProblems,
);

function* findProblems({ metrics }: Inventory): Iterable<Detection> {
  const reported = new Set<string>();
  for (const item of metrics) {
    if (item.namespace !== BACKUP_NAMESPACE) continue;
    for (const detection of problemsOf(item)) {
      const key = `${item.id}|${detection.message}`;
      if (!reported.has(key)) yield detection;
      reported.add(key);
    }
  }
}

function* problemsOf(item: MetricItem): Iterable<Detection> {
  const metric = known(item.metric);
  if (metric === undefined) return;
  const kind = item.type === 'AWS::CloudWatch::Dashboard' ? 'dashboard' : 'alarm';
  const who = `${kind} ${show(item.place.logicalId)}`;
  const inAlarm = (property: string) =>
    at(item.place, kind === 'alarm' ? `${item.pathInTemplate}/${property}` : item.pathInTemplate);
  if (!BACKUP_METRICS.includes(metric)) {
    const meant = closestName(metric, BACKUP_METRICS);
    yield {
      id: 'Backup-MetricUnknown',
      place: inAlarm('MetricName'),
      message: `${who} is on the metric ${show(metric)}, which AWS Backup does not send`,
      fix: meant && `use \`${meant}\``,
    };
    return;
  }
  const dimensions = dimensionsOf(metric);
  for (const name of item.dimensions)
    if (!dimensions.includes(name))
      yield {
        id: 'Backup-MetricDimension',
        place: inAlarm('Dimensions'),
        message: `${who} reads \`${metric}\` by the dimension ${show(name)}, which this metric is not known to have`,
        fix: `use ${enumerate(
          dimensions.map((each) => `\`${each}\``),
          'or',
        )}`,
      };
  if (neverFires(item))
    yield {
      id: 'Backup-AlarmNeverFires',
      place: at(item.place, `${item.place.pathInTemplate}/Properties/TreatMissingData`),
      message: `${who} waits for \`${metric}\` to be 0, but AWS Backup sends nothing instead of 0, and missing data is ${missingData(item)}`,
    };
}

/** Whether an alarm fires only on values that are never sent: those below 1. */
function neverFires({ alarm }: MetricItem): boolean {
  const { comparison, threshold, missingData: treated = 'missing' } = alarm ?? {};
  if (threshold === undefined || typeof treated !== 'string' || treated === 'breaching') return false;
  return (
    (comparison === 'LessThanThreshold' && threshold <= 1) ||
    (comparison === 'LessThanOrEqualToThreshold' && threshold < 1)
  );
}

function missingData({ alarm }: MetricItem): string {
  return alarm?.missingData === undefined ? 'not breaching by default' : `\`${known(alarm.missingData)}\``;
}
