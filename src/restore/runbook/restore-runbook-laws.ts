import {
  kindProblems,
  listProblems,
  propsProblems,
  requiredKindProblems,
} from '../../resources/core/argument-checks';
import { resolveResource } from '../../resources/core/resource-arns';
import { isVault } from '../../resources/vault/vault-reference';
import { isKnown, readHours, readMinutes, wholeNumberProblems } from '../../values/core/amounts';
import { type Problem, problem } from '../../values/core/problem';
import { unknownPropertyProblems, unknownPropertyProblemsAt } from '../../values/core/unknown-properties';
import { RESTORE_WAYS } from '../../values/restore-testing/restore-ways';
import { BackupSchedule } from '../../values/schedule/backup-schedule';
import { RestoreCheck } from '../validation/restore-check';
import type { RestoreRunbookProps, RunbookResource } from './restore-runbook-props';

const ID = 'Backup-RestoreRunbook';

/** The problems of the properties of a runbook. */
export function runbookProblems(props: RestoreRunbookProps): Problem[] {
  const wrong = propsProblems(ID, props ?? null);
  if (wrong.length > 0) return wrong;
  const unknown = unknownPropertyProblems(props, 'RestoreRunbookProps');
  const filled = (value: unknown) => Array.isArray(value) && value.length > 0;
  const problems = [
    ...requiredKindProblems(props?.resources, filled, {
      id: ID,
      property: 'resources',
      what: 'a list of at least one resource',
    }),
    ...requiredKindProblems(props?.vaults, filled, {
      id: ID,
      property: 'vaults',
      what: 'a list of at least one vault',
    }),
  ];
  if (problems.length > 0) return [...unknown, ...problems];
  return [
    ...unknown,
    ...props.resources.flatMap((each, index) => resourceProblems(each, index, props.resources)),
    ...listProblems(props.vaults, isVault, { id: ID, property: 'vaults', what: 'a backup vault' }),
    ...listProblems(props.checks, (check: unknown) => check instanceof RestoreCheck, {
      id: ID,
      property: 'checks',
      what: 'a `RestoreCheck`',
    }),
    ...kindProblems(props.drillSchedule, (value: unknown) => value instanceof BackupSchedule, {
      id: ID,
      property: 'drillSchedule',
      what: 'a `BackupSchedule`',
    }),
    ...(props.maxParallel === undefined
      ? []
      : wholeNumberProblems(ID, 'maxParallel', props.maxParallel, { min: 1, max: 40, unit: 'restores' })),
    ...(props.drillSchedule?.timeZone === undefined
      ? []
      : [
          problem({
            id: ID,
            property: 'drillSchedule',
            message: (label) =>
              `${label('drillSchedule')} must be in UTC, the only time zone of EventBridge rules, got ${props.drillSchedule?.timeZone?.timezoneName}`,
            fix: 'remove `timeZone`',
          }),
        ]),
    ...(props.timeout ? readHours('timeout', props.timeout).problems : []),
    ...(props.approvalTimeout ? readMinutes('approvalTimeout', props.approvalTimeout).problems : []),
    ...(props.approvalTimeout && !props.approvalTopic
      ? [
          problem({
            id: ID,
            property: 'approvalTimeout',
            message: (label) => `${label('approvalTimeout')} is for \`approvalTopic\`, which is not set`,
            fix: 'set `approvalTopic`, or remove it',
          }),
        ]
      : []),
  ];
}

function resourceProblems(each: RunbookResource, index: number, all: readonly RunbookResource[]): Problem[] {
  const property = `resources[${index}]`;
  const of = (message: string, fix: string) =>
    problem({ id: ID, property, message: (label) => `${label(property)} ${message}`, fix });
  const unknown = unknownPropertyProblemsAt(property, each, 'RunbookResource');
  const resolved = each?.resource && resolveResource(each.resource);
  if (!resolved)
    return [
      ...unknown,
      of('must have a `resource` that AWS Backup can protect', 'pass the construct of the resource'),
    ];
  const { type, arn } = resolved;
  const way = RESTORE_WAYS[type.name];
  const found: Problem[] = [...unknown];
  if (!way || way.byHand !== undefined)
    found.push(
      of(
        `must be of a type that a runbook restores, got ${type}${way?.byHand ? `: ${way.byHand}` : ''}`,
        'restore it by hand; `cdk-backup runbook` prints how',
      ),
    );
  if (all.findIndex((other) => resolveResource(other?.resource)?.arn === arn) < index)
    found.push(of(`is \`${each.resource.node.path}\` again`, 'remove it'));
  if (each.order !== undefined)
    found.push(...wholeNumberProblems(ID, `${property}.order`, each.order, { min: 1, max: 100, unit: '' }));
  if (each.metadata !== undefined && isKnown(each.metadata))
    for (const [key, value] of Object.entries(each.metadata))
      if (typeof value !== 'string')
        found.push(
          of(`has the metadata \`${key}\`, which must be a string`, 'write lists and objects as JSON'),
        );
  return found;
}
