import { percent } from '../../checks/engine/unprotected';
import {
  type Coverage,
  coverageRatio,
  type PlanCoverage,
  type ResourceCoverage,
} from '../../coverage/coverage';
import { known } from '../../template/evaluation/unknown';
import { layOutTable } from '../core/layout';
import { cell, markdownTable } from '../core/markdown';
import { count, plain, type Style } from '../core/style';

/** A table of resources with the same status. */
interface Section {
  readonly title: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Coverage as text: unprotected resources first. */
export function coverageText(coverage: Coverage, style: Style): string {
  const sections = sectionsOf(coverage).map(
    ({ title, header, rows }) =>
      `${style.bold(title)}\n\n${layOutTable(
        header,
        rows.map((row) => row.map(plain)),
        { width: style.width, header: style.dim },
      )}`,
  );
  const { unprotected } = coverage.summary;
  const closing = (unprotected > 0 ? style.red : style.green)(style.wrap(summaryLine(coverage)));
  return `${[...sections, closing].join('\n\n')}\n`;
}

/** Coverage for a pull request or a wiki. */
export function coverageMarkdown(coverage: Coverage): string {
  const sections = sectionsOf(coverage).map(
    ({ title, header, rows }) =>
      `### ${title}\n\n${markdownTable(
        header,
        rows.map((cells) => cells.map(cell)),
      )}`,
  );
  return `${['## AWS Backup: coverage', `${summaryLine(coverage)}.`, ...sections].join('\n\n')}\n`;
}

function summaryLine({ summary }: Coverage): string {
  const { total, optedOut, unprotected, unknown } = summary;
  if (total === 0) return 'no resources that AWS Backup supports';
  const perhaps = unknown > 0 ? ` (${unknown} of them possibly protected)` : '';
  const covered = percent(coverageRatio(summary));
  return `${count(total, 'resource')}: ${summary.protected} protected, ${optedOut} opted out, ${unprotected} unprotected${perhaps}; coverage ${covered}`;
}

function sectionsOf({ resources }: Coverage): Section[] {
  const of = (status: ResourceCoverage['status']) => resources.filter((one) => one.status === status);
  const sections: Section[] = [
    {
      title: 'Unprotected',
      header: ['stack', 'resource', 'type', 'notes'],
      rows: of('unprotected').map((one) => [...subject(one), one.notes.join('; ')]),
    },
    {
      title: 'Opted out',
      header: ['stack', 'resource', 'type', 'reason', 'until'],
      rows: of('opted-out').map((one) => [
        ...subject(one),
        one.optOut?.reason ?? '',
        one.optOut?.until ?? '',
      ]),
    },
    {
      title: 'Protected',
      header: [
        'stack',
        'resource',
        'type',
        'protected by',
        'RPO',
        'retention',
        'copies',
        'locked',
        'restore tests',
        'notes',
      ],
      rows: of('protected').map((one) => [
        ...subject(one),
        one.plans.map(byPlan).join('; '),
        one.objectiveMinutes === undefined ? '?' : time(one.objectiveMinutes),
        kept(one),
        one.copies.length === 0
          ? 'none'
          : [...new Set(one.copies.map(({ vault }) => vaultName(vault)))].join(', '),
        one.immutability ?? '?',
        tests(one),
        one.notes.join('; '),
      ]),
    },
  ];
  return sections.filter(({ rows }) => rows.length > 0).map(withoutEmptyColumns);
}

function withoutEmptyColumns({ title, header, rows }: Section): Section {
  const used = header.map((_, column) => rows.some((cells) => cells[column] !== ''));
  const keep = (cells: readonly string[]) => cells.filter((_, column) => used[column]);
  return { title, header: keep(header), rows: rows.map(keep) };
}

function subject({ resource: { place, type, resourceType, replicaRegion } }: ResourceCoverage): string[] {
  const replica = known(replicaRegion);
  const where = replica === undefined ? '' : ` in ${replica}`;
  return [place.stack, `${place.constructPath ?? place.logicalId}${where}`, known(resourceType) ?? type];
}

function byPlan({ name, rules }: PlanCoverage): string {
  const names = rules.map((rule) => rule.name).join(', ');
  return names === '' ? name : `${name}: ${names}`;
}

function kept({ shortestRetentionDays: shortest, longestRetentionDays: longest }: ResourceCoverage): string {
  if (shortest === undefined || longest === undefined) return '?';
  return shortest === longest ? days(shortest) : `${days(shortest)} to ${days(longest)}`;
}

function tests({ tested, testIntervalMinutes: minutes }: ResourceCoverage): string {
  if (!tested) return 'none';
  return minutes === undefined ? 'yes' : `every ${time(minutes)}`;
}

function days(amount: number): string {
  return amount === Number.POSITIVE_INFINITY ? 'forever' : count(amount, 'day');
}

function time(minutes: number): string {
  if (minutes % 1_440 === 0 && minutes > 1_440) return count(minutes / 1_440, 'day');
  return minutes % 60 === 0 ? count(minutes / 60, 'hour') : count(minutes, 'minute');
}

/** The name at the end of the ARN of a vault. */
function vaultName(arn: string): string {
  return arn.replace(/^.*backup-vault:/, '');
}
