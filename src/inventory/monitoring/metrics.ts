import { documentOf } from '../../template/evaluation/documents';
import type { Plain } from '../../template/evaluation/plain';
import { known, type Text, Unknown } from '../../template/evaluation/unknown';
import { isObject, own } from '../../template/input/files';
import type { Context, Found } from '../core/context';
import type { Cursor } from '../core/cursor';
import type { Item, Link } from '../core/item';
import { VAULTS } from '../vault/vaults';

/** A metric that an alarm or a dashboard reads. */
export interface MetricItem extends Item {
  readonly pathInTemplate: string;
  readonly namespace?: Text;
  readonly metric?: Text;
  /** The names of the dimensions that are known. */
  readonly dimensions: readonly string[];
  /** The vault that an alarm is about; undefined if it names none. */
  readonly vault?: Link;
  /** The settings of the alarm; undefined for dashboards and metric math. */
  readonly alarm?: AlarmSettings;
}

export interface AlarmSettings {
  /** Such as `LessThanThreshold`. */
  readonly comparison?: Text;
  readonly threshold?: number;
  /** `breaching`, `notBreaching`, `ignore` or `missing`, the default. */
  readonly missingData?: Text;
}

export function readMetrics(context: Context): MetricItem[] {
  return [
    ...[...context.all('AWS::CloudWatch::Alarm')].flatMap(ofAlarm),
    ...[...context.all('AWS::CloudWatch::Dashboard')].flatMap((found) => ofDashboard(context, found)),
  ];
}

function ofAlarm({ item, properties }: Found): MetricItem[] {
  const one = (cursor: Cursor, alarm?: AlarmSettings): MetricItem => ({
    ...item,
    pathInTemplate: cursor.path,
    namespace: cursor.text('Namespace'),
    metric: cursor.text('MetricName'),
    dimensions: cursor.list('Dimensions').items.flatMap((dimension) => known(dimension.text('Name')) ?? []),
    vault: cursor
      .list('Dimensions')
      .items.find((dimension) => known(dimension.text('Name')) === 'BackupVaultName')
      ?.link('Value', VAULTS, 'name'),
    alarm,
  });
  const settings: AlarmSettings = {
    comparison: properties.text('ComparisonOperator'),
    threshold: known(properties.number('Threshold')),
    missingData: properties.text('TreatMissingData'),
  };
  const queries = properties.list('Metrics').items;
  const metrics = queries.flatMap((query) => {
    const metric = query.object('MetricStat')?.object('Metric');
    return metric ? [one(metric, queries.length === 1 ? settings : undefined)] : [];
  });
  return properties.text('MetricName') === undefined ? metrics : [one(properties, settings), ...metrics];
}

/** The metrics in the widgets of a dashboard: `["AWS/Backup", "NumberOfBackupJobsFailed", "ResourceType", "EBS"]`. */
function ofDashboard(context: Context, { item, properties, stack }: Found): MetricItem[] {
  const body = documentOf(context.literal, properties.raw('DashboardBody'), stack);
  const widgets = listIn(body, 'widgets');
  const pathInTemplate = `${properties.path}/DashboardBody`;
  return widgets.flatMap((widget) => {
    let previous: readonly Plain[] = [];
    return listIn(own(widget, 'properties'), 'metrics').flatMap((row): MetricItem[] => {
      if (!Array.isArray(row) || row[0] === '...') return [];
      const cells = (row as readonly Plain[]).filter((cell) => !isOptions(cell));
      const full = cells.map((cell, i) => (cell === '.' ? previous[i] : cell));
      previous = full;
      const [namespace, metric, ...dimensions] = full.map((cell) =>
        typeof cell === 'string' || cell instanceof Unknown ? cell : undefined,
      );
      const names = dimensions.filter((_, i) => i % 2 === 0).filter((name) => typeof name === 'string');
      return [{ ...item, pathInTemplate, namespace, metric, dimensions: names }];
    });
  });
}

function isOptions(cell: Plain): boolean {
  return isObject(cell) && !(cell instanceof Unknown);
}

function listIn(object: unknown, key: string): readonly unknown[] {
  const list = object instanceof Unknown ? undefined : own(object, key);
  return Array.isArray(list) ? list : [];
}
