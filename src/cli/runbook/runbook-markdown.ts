import { dayCount } from '../../values/core/amounts';
import { cell, markdownTable } from '../core/markdown';
import type { Runbook, RunbookPoints, RunbookResource } from './runbook';

const KINDS: Readonly<Record<RunbookPoints['kind'], string>> = {
  primary: 'backups',
  'air-gapped': 'backups, logically air-gapped',
  copy: 'copies',
};

const STAGES: Readonly<Record<number, string>> = {
  1: 'data: databases, tables, buckets, volumes and file systems',
  2: 'what reads the data: instances and clusters',
  3: 'whole stacks',
};

/** The runbook as the page that one prints before the bad day. */
export function runbookMarkdown({ resources, lost }: Runbook, now: Date): string {
  const parts = [
    '# Restore runbook',
    `Made on ${now.toISOString().slice(0, 10)} from templates alone: no account was read. Names that CloudFormation chooses are shown as references; look them up in the stack before the bad day, and write them here.`,
    before(),
    '## Order',
    resources.length === 0
      ? 'Nothing can be restored: no resource has recovery points.'
      : markdownTable(
          ['step', 'resource', 'type', 'stage', 'restore tests', 'expected duration'],
          resources.map((each) => [
            String(each.step),
            cell(each.resource),
            cell(typeOf(each)),
            cell(STAGES[each.order]),
            each.tested ? 'yes' : '**no**',
            'unknown',
          ]),
        ),
    'Durations are unknown until a restore measures them. `RestoreTesting` does, and keeps them as `recoveryTime`.',
    ...resources.map(section),
    ...(lost.length > 0
      ? [
          '## Not restorable',
          markdownTable(
            ['resource', 'type', 'why'],
            lost.map(({ resource, type, reason }) => [cell(resource), cell(type), cell(reason)]),
          ),
        ]
      : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

function before(): string {
  return [
    '## Before you restore',
    '',
    '- [ ] Stop what destroys data: attackers, faulty deployments, lifecycle rules.',
    '- [ ] Agree on the point in time. The newest recovery point may hold the damage already; use one that a malware scan found clean if there is one.',
    '- [ ] Check the network, the subnet groups and the security groups that restored resources go into.',
    '- [ ] Check that the KMS keys of the recovery points are enabled, and that the restore role can use them.',
    '- [ ] Have a role that can restore: `BackupRole` with `restores: true`.',
    '- [ ] If the account is lost, copy recovery points back first, or restore from a shared air-gapped vault.',
    '- [ ] Never restore over the source: what is left of it is evidence.',
  ].join('\n');
}

function section(each: RunbookResource): string {
  const { step, resource, points, commands, way, byHand, items, importType, runbooks, metadataKeys, source } =
    each;
  return [
    `## ${step}. ${cell(resource)}`,
    [
      `- Type: ${cell(typeOf(each))}`,
      `- ARN: ${cell(`\`${each.arn}\``)}`,
      `- Way back: ${cell(way)}.`,
      ...runbooks.map(
        (machine) => `- Restored by the state machine ${cell(`\`${machine}\``)} of a \`RestoreRunbook\`.`,
      ),
      ...(byHand ? [`- Restored by hand, not by \`RestoreRunbook\`: ${cell(byHand)}.`] : []),
      ...(items ? [`- In part: ${cell(items)}, with \`ItemsToRestore\`.`] : []),
      '- Expected duration: unknown until measured.',
      ...(metadataKeys === 'inferred'
        ? ['- The metadata keys are inferred: compare them with those of the recovery point, in a drill.']
        : []),
      importType
        ? `- Back into code: \`cdk import\` as \`${importType}\`.`
        : '- Back into code: CloudFormation can not import it; refer to it by its name.',
      `- [AWS documentation](${source})`,
    ].join('\n'),
    markdownTable(
      ['vault', 'holds', 'where', 'made by', 'at least every', 'kept'],
      points.map((point) => [
        cell(point.vault),
        KINDS[point.kind] + (point.continuous ? ', continuous where the type allows' : ''),
        cell(point.place),
        cell(point.rule),
        every(point.everyMinutes),
        kept(point.keptDays),
      ]),
    ),
    commands
      .map(
        ({ what, command }, index) =>
          `${index + 1}. ${cell(what)}:\n\n   \`\`\`shell\n   ${command}\n   \`\`\``,
      )
      .join('\n'),
  ].join('\n\n');
}

function typeOf({ type, variant }: RunbookResource): string {
  return variant ? `${type} (${variant})` : type;
}

function every(minutes: number | undefined): string {
  if (minutes === undefined) return 'unknown';
  if (!Number.isFinite(minutes)) return 'once';
  return minutes % 1_440 === 0 ? dayCount(minutes / 1_440) : `${Math.round((minutes / 60) * 10) / 10} hours`;
}

function kept(days: number | null | undefined): string {
  return days === null ? 'forever' : days === undefined ? 'unknown' : dayCount(days);
}
