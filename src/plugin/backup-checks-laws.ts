import { ALL_CHECKS } from '../checks/all-checks';
import { UNPROTECTED } from '../checks/engine/unprotected';
import { flagProblems, kindProblems, listProblems, propsProblems } from '../resources/core/argument-checks';
import { isKnown, show } from '../values/core/amounts';
import type { Problem } from '../values/core/problem';
import { problem } from '../values/core/problem';
import { ResourceType } from '../values/resource-type/resource-type';
import type { BackupChecksProps } from './backup-checks-props';
import { CheckSeverity } from './check-severity';
import { ChecksFailOn } from './checks-fail-on';

/** The law of the properties of `BackupChecks`. */
export function backupChecksProblems(props: BackupChecksProps): Problem[] {
  const wrong = propsProblems('Backup-ChecksProps', props ?? null, 'BackupChecksProps');
  if (wrong.length > 0) return wrong;
  return [
    ...minimumProblems(props.minimumCoverage),
    ...kindProblems(props.failOn, (value: ChecksFailOn) => Object.values(ChecksFailOn).includes(value), {
      id: 'Backup-FailOn',
      property: 'failOn',
      what: '`ChecksFailOn.ERROR`, `WARNING` or `NEVER`',
    }),
    ...severitiesProblems(props.severities),
    ...disabledProblems(props.disabled),
    ...flagProblems('Backup-ChecksNotes', 'notes', props.notes),
    ...listProblems(props.resourceTypes, (type: unknown) => type instanceof ResourceType, {
      id: 'Backup-ResourceTypes',
      property: 'resourceTypes',
      what: 'a `ResourceType`',
      fix: 'for example, use `ResourceType.of`',
    }),
    ...flagProblems('Backup-AcknowledgeNagRules', 'acknowledgeNagRules', props.acknowledgeNagRules),
  ];
}

function minimumProblems(minimum: unknown): Problem[] {
  const percent = typeof minimum === 'number' && minimum > 1 && minimum <= 100;
  return kindProblems(minimum, (share: number) => typeof share === 'number' && share >= 0 && share <= 1, {
    id: 'Backup-MinimumCoverage',
    property: 'minimumCoverage',
    what: 'a number from 0 to 1, known at synthesis',
    fix: percent ? `write ${minimum / 100} for ${minimum} %` : undefined,
  });
}

function severitiesProblems(severities: unknown): Problem[] {
  const id = 'Backup-CheckSeverity';
  const wrong = kindProblems(severities, (given) => typeof given === 'object' && !Array.isArray(given), {
    id,
    property: 'severities',
    what: 'an object with check IDs as keys',
  });
  if (wrong.length > 0 || severities === undefined) return wrong;
  return Object.entries(severities as object).flatMap(([check, severity]) => [
    ...idProblems('severities', check),
    ...kindProblems(
      severity ?? null,
      (given: CheckSeverity) => Object.values(CheckSeverity).includes(given),
      {
        id,
        property: `severities['${check}']`,
        what: '`CheckSeverity.ERROR`, `WARNING` or `NOTE`',
        fix: 'to disable the check, add it to `disabled`',
      },
    ),
  ]);
}

function disabledProblems(disabled: unknown): Problem[] {
  const wrong = listProblems(disabled, (id: unknown) => typeof id === 'string' && isKnown(id), {
    id: 'Backup-DisabledChecks',
    property: 'disabled',
    what: 'the ID of a check',
  });
  if (wrong.length > 0 || disabled === undefined) return wrong;
  return (disabled as string[]).flatMap((id) => idProblems('disabled', id));
}

function idProblems(property: string, given: string): Problem[] {
  const ids: string[] = [...ALL_CHECKS.map(({ id }) => id), UNPROTECTED];
  if (ids.includes(given)) return [];
  return [
    problem({
      id: 'Backup-CheckId',
      property,
      message: (label) => `${label(property)} must contain check IDs, got ${show(given)}`,
      fix: `use ${nearest(given, ids)}, or another ID from docs/checks.md`,
    }),
  ];
}

/** The ID that takes the fewest edits. */
function nearest(given: string, ids: readonly string[]): string {
  const changes = new Map(ids.map((id) => [id, distance(given.slice(0, 80), id)]));
  return ids.reduce((best, id) => ((changes.get(id) as number) < (changes.get(best) as number) ? id : best));
}

/** The number of characters to add, remove or replace. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length];
}
