import { isKnown, show } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { sharedPatternProblems } from '../../values/resource-type/shared-pattern-laws';
import { copyTargetProblems } from './policy-copy-laws';
import { vaultOf } from './policy-plans';
import { selectionNames } from './policy-selections';
import type { PolicyPlanSource, PolicyRuleSource, PolicySelectionSource } from './policy-sources';
import { LITERAL_FIX, POLICY_TARGET, targetError, targetUnknown } from './policy-target';

/** Time zones that are UTC by another name. */
const UTC = ['UTC', 'Etc/UTC', 'Etc/GMT', 'Etc/UCT', 'Etc/Universal', 'Etc/Zulu', 'GMT', 'Universal', 'Zulu'];

/**
 * What a backup plan can say and an organization backup policy can't. With the property, and what to do.
 */
export function policyTargetProblems(plan: PolicyPlanSource): Problem[] {
  const problems = plan.rules.flatMap((rule) => ruleProblems(rule, plan));
  problems.push(...plan.selections.flatMap((selection) => selectionProblems(selection, plan)));
  for (const [property, value] of [
    ['regions', plan.regions],
    ['rules', plan.rules],
    ['selections', plan.selections],
  ] as const)
    if (value.length === 0)
      problems.push(
        targetError(
          property,
          plan.name,
          'must have at least one element',
          'add one, since the policy does nothing without',
        ),
      );
  for (const [property, names] of [
    ['rules', plan.rules.map(({ name }) => name)],
    ['selections', selectionNames(plan.selections)],
  ] as const)
    for (const name of repeated(names))
      problems.push(
        targetError(
          property,
          plan.name,
          `must have different names, whatever their capitals, got ${show(name)} twice`,
          'rename one of them',
        ),
      );
  if (plan.scanTypes === undefined && plan.scannerRoleName !== undefined)
    problems.push(
      targetError(
        'scannerRoleName',
        plan.name,
        'does nothing without `scanTypes`',
        'say which types are scanned',
      ),
    );
  return problems;
}

/** The names that stand there already in any case. */
function repeated(names: readonly string[]): string[] {
  const folded = names.map((name) => name.toLowerCase());
  return names.filter((_, index) => folded.indexOf(folded[index]) < index);
}

function ruleProblems(rule: PolicyRuleSource, plan: PolicyPlanSource): Problem[] {
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
        'needs `scanTypes` of the plan',
        'say which types are scanned, and the role of the scanner',
      ),
    );
  problems.push(...copyTargetProblems(rule, plan));
  return problems;
}

function scheduleProblems({ name, schedule }: PolicyRuleSource): Problem[] {
  const { expressionString: expression, timeZone } = schedule;
  const problems: Problem[] = [];
  if (!isKnown(expression)) problems.push(targetUnknown('schedule', name, LITERAL_FIX));
  const zone = timeZone?.timezoneName;
  if (zone !== undefined && !UTC.includes(zone))
    problems.push(
      targetError(
        'timeZone',
        name,
        `can't be said in ${POLICY_TARGET}, whose schedules are in UTC, got ${show(zone)}`,
        'leave it out, and say the time in UTC',
      ),
    );
  return problems;
}

function vaultProblems(rule: PolicyRuleSource, plan: PolicyPlanSource): Problem[] {
  const problems: Problem[] = [];
  const vault = vaultOf(rule, plan.vaultName);
  if (vault === undefined)
    problems.push(
      targetError(
        'vault',
        rule.name,
        `must be said in ${POLICY_TARGET}, for the rule or for the plan`,
        'say `vaultName` of the plan',
      ),
    );
  const airGapped = rule.airGappedVault?.logicallyAirGappedBackupVaultRef.backupVaultName;
  for (const [property, name] of [
    ['vault', vault],
    ['airGappedVault', airGapped],
  ] as const)
    if (name !== undefined && !isKnown(name))
      problems.push(
        targetUnknown(property, rule.name, 'give the vault a literal name: it is the same in every account'),
      );
  if (isKnown(airGapped) && airGapped?.includes('$'))
    problems.push(
      targetError(
        'airGappedVault',
        rule.name,
        `must have the same name in every Region, got ${show(airGapped)}`,
        'AWS fills in the Region of its ARN',
      ),
    );
  return problems;
}

function selectionProblems(selection: PolicySelectionSource, plan: PolicyPlanSource): Problem[] {
  const { name, tags = [], anyTag = [], resourceTypes, excludeTypes = [], everything } = selection;
  const problems: Problem[] = [];
  for (const property of ['arns', 'resources', 'excludeArns', 'exclude'] as const)
    if (selection[property] !== undefined)
      problems.push(
        targetError(
          property,
          name,
          `can't be said in ${POLICY_TARGET}, which is for many accounts`,
          'select by `resourceTypes` and `tags`',
        ),
      );
  const role = selection.roleName ?? plan.roleName;
  if (role === undefined)
    problems.push(
      targetError(
        'roleName',
        name,
        `must be said in ${POLICY_TARGET}, for the selection or for the plan`,
        'say `roleName` of the plan',
      ),
    );
  else if (!isKnown(role)) problems.push(targetUnknown('roleName', name, LITERAL_FIX));
  if (!everything && tags.length === 0 && anyTag.length === 0 && !(resourceTypes && resourceTypes.length > 0))
    problems.push(
      targetError(
        'tags',
        name,
        'or `resourceTypes` must say what is selected, got neither',
        'use `everything: true` where everything is meant',
      ),
    );
  for (const tag of anyTag)
    if (tag.operator !== 'StringEquals')
      problems.push(
        targetError(
          'anyTag',
          name,
          `takes \`TagCondition.stringEquals\` only, got ${show(`${tag}`)}`,
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
          targetError(property, name, `has ${type}, which can't be selected by type`, 'select it by tag'),
        );
  if (resourceTypes) problems.push(...sharedPatternProblems(resourceTypes, 'resourceTypes'));
  return problems;
}
