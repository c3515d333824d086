import type { BackupRule } from '../../resources/plan/backup-rule';
import { isKnown, show } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { sharedPatternProblems } from '../../values/resource-type/shared-pattern-laws';
import type { OrganizationBackupPlanOptions } from '../core/organization-backup-plan-options';
import { airGappedVaultNameOf, type NamedSelection, selectionsOf, vaultNameOf } from './plan-names';
import { copyLockProblems, copyTargetProblems } from './policy-copy-laws';
import { selectionNames } from './policy-selections';
import { LITERAL_FIX, targetError, targetUnknown, unsupported } from './policy-target';

/** Other names of UTC. */
const UTC = ['UTC', 'Etc/UTC', 'Etc/GMT', 'Etc/UCT', 'Etc/Universal', 'Etc/Zulu', 'GMT', 'Universal', 'Zulu'];

/** What a backup plan can express and an organization backup policy can't, and copies that certainly fail. */
export function policyTargetProblems(plan: OrganizationBackupPlanOptions): Problem[] {
  const selections = selectionsOf(plan);
  return [
    ...plan.rules.flatMap(copyLockProblems),
    ...selections.filter(({ role }) => role !== undefined).map(({ name }) => roleProblem(name)),
    ...plan.rules.flatMap((rule) => ruleProblems(rule, plan)),
    ...selections.flatMap(selectionProblems),
    ...(isKnown(plan.roleName) ? [] : [targetUnknown('roleName', plan.name, LITERAL_FIX)]),
    ...listProblems(plan, selections),
    ...scannerProblems(plan),
  ];
}

function roleProblem(selection: string): Problem {
  const why = 'whose role has the same name in every account';
  return unsupported('role', selection, why, 'set `roleName` on the plan');
}

/** Lists need elements, and names that AWS Organizations can tell apart. */
function listProblems(plan: OrganizationBackupPlanOptions, selections: readonly NamedSelection[]): Problem[] {
  const lists = { regions: plan.regions, rules: plan.rules, selections };
  const empty = Object.entries(lists)
    .filter(([, list]) => list.length === 0)
    .map(([property]) =>
      targetError(
        property,
        plan.name,
        'must have at least one element, got none',
        'add one, because the policy has no effect without it',
      ),
    );
  const names = { rules: plan.rules.map(({ name }) => name), selections: selectionNames(selections) };
  const twice = Object.entries(names).flatMap(([property, list]) =>
    repeated(list).map((name) =>
      targetError(
        property,
        plan.name,
        `must have unique names (case-insensitive), got ${show(name)} twice`,
        'rename one of them',
      ).with({ id: 'Backup-DuplicatePolicyKey' }),
    ),
  );
  return [...empty, ...twice];
}

function scannerProblems({ name, scanTypes, scannerRoleName }: OrganizationBackupPlanOptions): Problem[] {
  if (scanTypes !== undefined || scannerRoleName === undefined) return [];
  return [targetError('scannerRoleName', name, 'has no effect without `scanTypes`', 'set the types to scan')];
}

/** The names that occur before, in any case. */
function repeated(names: readonly string[]): string[] {
  const folded = names.map((name) => name.toLowerCase());
  return names.filter((_, index) => folded.indexOf(folded[index]) < index);
}

function ruleProblems(rule: BackupRule, plan: OrganizationBackupPlanOptions): Problem[] {
  const problems = [...scheduleProblems(rule), ...vaultProblems(rule, plan)];
  for (const [property, value] of [
    ['retention', rule.retention.inDays],
    ['coldStorageAfter', rule.coldStorageAfterDays],
    ['startWindow', rule.startWindowMinutes],
    ['completionWindow', rule.completionWindowMinutes],
    ['recoveryPointTags', rule.recoveryPointTags],
  ] as const)
    if (!isKnown(value)) problems.push(targetUnknown(property, rule.name, LITERAL_FIX));
  if (rule.scan !== undefined && plan.scanTypes === undefined)
    problems.push(
      targetError(
        'scan',
        rule.name,
        'requires `scanTypes` on the plan',
        'set the types to scan, and the role of the scanner',
      ),
    );
  problems.push(...copyTargetProblems(rule, plan));
  return problems;
}

function scheduleProblems({ name, schedule }: BackupRule): Problem[] {
  const { expressionString: expression, timeZone } = schedule;
  const problems: Problem[] = [];
  if (!isKnown(expression)) problems.push(targetUnknown('schedule', name, LITERAL_FIX));
  const zone = timeZone?.timezoneName;
  if (zone !== undefined && !UTC.includes(zone))
    problems.push(
      unsupported(
        'timeZone',
        name,
        `whose schedules are in UTC, got ${show(zone)}`,
        'omit it, and specify the time in UTC',
      ),
    );
  return problems;
}

function vaultProblems(rule: BackupRule, plan: OrganizationBackupPlanOptions): Problem[] {
  const problems: Problem[] = [];
  const vault = vaultNameOf(rule, plan);
  if (vault === undefined)
    problems.push(
      targetError(
        'vault',
        rule.name,
        'must be set for an organization backup policy, on the rule or on the plan, got neither',
        'set `vaultName` on the plan',
      ),
    );
  const airGapped = airGappedVaultNameOf(rule);
  for (const [property, name] of [
    ['vault', vault],
    ['airGappedVault', airGapped],
  ] as const)
    if (name !== undefined && !isKnown(name))
      problems.push(
        targetUnknown(property, rule.name, 'give the vault a literal name, the same in every account'),
      );
  if (isKnown(airGapped) && airGapped?.includes('$'))
    problems.push(
      targetError(
        'airGappedVault',
        rule.name,
        `must have the same name in every Region, got ${show(airGapped)}`,
        'remove the placeholder: AWS Backup fills in the Region of the ARN',
      ),
    );
  return problems;
}

function selectionProblems(selection: NamedSelection): Problem[] {
  const { name, tags = [], anyTag = [], resourceTypes, excludeTypes = [], everything } = selection;
  const problems: Problem[] = [];
  for (const property of ['arns', 'resources', 'excludeArns', 'exclude'] as const)
    if (selection[property] !== undefined)
      problems.push(
        unsupported(property, name, 'which apply to many accounts', 'select by `resourceTypes` and `tags`'),
      );
  if (!everything && tags.length === 0 && anyTag.length === 0 && !(resourceTypes && resourceTypes.length > 0))
    problems.push(
      targetError(
        'tags',
        name,
        'or `resourceTypes` must be set, got neither',
        'use `everything: true` to select all resources',
      ),
    );
  for (const tag of anyTag)
    if (tag.operator !== 'StringEquals')
      problems.push(
        targetError(
          'anyTag',
          name,
          `must use \`TagCondition.stringEquals\` only, got ${show(`${tag}`)}`,
          'use `tags` for other conditions',
        ),
      );
  for (const tag of [...tags, ...anyTag])
    if (!isKnown(tag.key) || !isKnown(tag.value)) problems.push(targetUnknown('tags', name, LITERAL_FIX));
  for (const [property, types] of [
    ['resourceTypes', resourceTypes ?? []],
    ['excludeTypes', excludeTypes],
  ] as const)
    for (const type of types)
      if (type.arnPatterns('aws').length === 0)
        problems.push(
          targetError(
            property,
            name,
            `contains ${type}, which can't be selected by type`,
            'select it by tag',
          ),
        );
  if (resourceTypes) problems.push(...sharedPatternProblems(resourceTypes, 'resourceTypes'));
  return problems;
}
