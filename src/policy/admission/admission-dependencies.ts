import { show } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { MAX_CONTINUOUS_DAYS, MIN_COLD_DAYS } from '../../values/plan/lifecycle';
import { assigned, type Fragment, fragmentAt, TOKEN } from '../language/policy-fragment';
import type { ScheduleLaw } from '../language/policy-schedule';
import { MAX_CONDITIONS } from '../language/policy-values';

const DEPENDENCY = 'Backup-PolicyDependency';

/**
 * Settings that depend on each other must be in the same document, whatever the document inherits: what AWS Organizations
 * was observed to require in 2026-09.
 */
export function dependencyProblems(document: Fragment, schedules: ScheduleLaw): Problem[] {
  const problems: Problem[] = [];
  for (const plan of below(document, 'plans')) {
    const path = `plans/${plan.name}`;
    for (const rule of below(plan, 'rules'))
      problems.push(...ruleProblems(rule, `${path}/rules/${rule.name}`, schedules));
    problems.push(...tagProblems(plan, 'backup_plan_tags', path), ...selectionProblems(plan, path));
  }
  return problems;
}

function below(fragment: Fragment | undefined, ...keys: string[]): Fragment[] {
  return [...(fragmentAt(fragment, ...keys)?.children?.values() ?? [])];
}

function error(path: string, message: string, fix: string): Problem {
  return problem({ id: DEPENDENCY, property: path, message: (label) => `${label(path)} ${message}`, fix });
}

function warning(path: string, message: string, fix: string): Problem {
  return error(path, message, fix).with({ id: 'Backup-PolicyDependencyDoubt' });
}

function ruleProblems(rule: Fragment, path: string, schedules: ScheduleLaw): Problem[] {
  const problems = [
    ...continuousProblems(rule, path),
    ...archiveProblems(rule, rule, path, schedules),
    ...tagProblems(rule, 'recovery_point_tags', path),
  ];
  for (const copy of below(rule, 'copy_actions')) {
    const place = `${path}/copy_actions/${copy.name}`;
    problems.push(...archiveProblems(rule, copy, place, schedules));
    const target = assigned(copy, 'target_backup_vault_arn');
    if (target !== undefined && target !== TOKEN && target !== copy.name)
      problems.push(
        warning(
          `${place}/target_backup_vault_arn`,
          `should equal the key of its copy action, got ${show(target)}`,
          'use the same ARN in both places',
        ),
      );
  }
  return problems;
}

function continuousProblems(rule: Fragment, path: string): Problem[] {
  if (assigned(rule, 'enable_continuous_backup') !== 'true') return [];
  const problems: Problem[] = [];
  const kept = assigned(rule, 'lifecycle', 'delete_after_days');
  const setting = `${path}/enable_continuous_backup`;
  const fix = `set \`lifecycle/delete_after_days\` to at most ${MAX_CONTINUOUS_DAYS} in this document too`;
  if (kept === undefined)
    problems.push(
      error(
        setting,
        'must not be true without `lifecycle/delete_after_days` in the same document, even if that is inherited',
        fix,
      ),
    );
  else if (Number(kept) > MAX_CONTINUOUS_DAYS)
    problems.push(
      error(
        `${path}/lifecycle/delete_after_days`,
        `of a continuous backup must be 1 to ${MAX_CONTINUOUS_DAYS}, got ${show(kept)}`,
        `use at most ${MAX_CONTINUOUS_DAYS}, and add a snapshot rule for anything you keep longer`,
      ),
    );
  if (assigned(rule, 'lifecycle', 'move_to_cold_storage_after_days') !== undefined)
    problems.push(
      error(
        `${path}/lifecycle/move_to_cold_storage_after_days`,
        "can't be combined with continuous backup, which has no cold storage",
        'omit it, and add a snapshot rule for anything you move to cold storage',
      ),
    );
  return problems;
}

/** @param owner the rule or one of its copy actions */
function archiveProblems(rule: Fragment, owner: Fragment, path: string, schedules: ScheduleLaw): Problem[] {
  const lifecycle = fragmentAt(owner, 'lifecycle');
  const setting = 'opt_in_to_archive_for_supported_resources';
  if (assigned(lifecycle, setting) !== 'true') return [];
  const place = `${path}/lifecycle/${setting}`;
  const problems: Problem[] = [];
  const cold = assigned(lifecycle, 'move_to_cold_storage_after_days');
  const kept = assigned(lifecycle, 'delete_after_days');
  if (cold === undefined || kept === undefined)
    problems.push(
      error(
        place,
        'must not be true without `move_to_cold_storage_after_days` and `delete_after_days` in the same document',
        'set both next to it',
      ),
    );
  else if (Number(kept) - Number(cold) < MIN_COLD_DAYS)
    problems.push(
      error(
        `${path}/lifecycle/delete_after_days`,
        `must be at least ${MIN_COLD_DAYS} more than \`move_to_cold_storage_after_days\` (${cold}) with the archive, got ${show(kept)}`,
        `use ${Number(cold) + MIN_COLD_DAYS} or more`,
      ),
    );
  const schedule = assigned(rule, 'schedule_expression');
  if (schedule === undefined)
    problems.push(
      error(
        place,
        'must not be true without the `schedule_expression` of the rule in the same document',
        'set the schedule too, monthly or less often',
      ),
    );
  else if (schedule !== TOKEN && schedules.isMonthlyOrRarer(schedule) === false)
    problems.push(
      error(
        place,
        `requires at least 28 days between runs, got \`schedule_expression\` ${show(schedule)}`,
        'use a monthly or yearly schedule for this rule',
      ),
    );
  return problems;
}

/** AWS Organizations compares the ID of a tag with its key, case-insensitively. */
function tagProblems(owner: Fragment, field: string, path: string): Problem[] {
  return below(owner, field).flatMap((tag) => {
    const key = assigned(tag, 'tag_key');
    if (key === undefined || key === TOKEN || key.toLowerCase() === tag.name.toLowerCase()) return [];
    return [
      error(
        `${path}/${field}/${tag.name}/tag_key`,
        `must equal the name of its entry, ${show(tag.name)}, in any case, got ${show(key)}`,
        `name the entry ${show(key)}`,
      ),
    ];
  });
}

function selectionProblems(plan: Fragment, path: string): Problem[] {
  const problems: Problem[] = [];
  const selections = fragmentAt(plan, 'selections');
  for (const kind of ['tags', 'resources'])
    for (const selection of below(selections, kind)) {
      const place = `${path}/selections/${kind}/${selection.name}`;
      const conditions = below(selection, 'conditions').flatMap((operator) => below(operator)).length;
      if (conditions > MAX_CONDITIONS)
        problems.push(
          error(
            `${place}/conditions`,
            `must have at most ${MAX_CONDITIONS} conditions, got ${conditions}`,
            'create several selections',
          ),
        );
      if (kind === 'resources' && !isSet(selection, 'resource_types') && !isSet(selection, 'conditions'))
        problems.push(
          error(
            place,
            'must set `resource_types` or `conditions`, even if they are inherited',
            'repeat the inherited criteria',
          ),
        );
    }
  if (below(selections, 'tags').length > 0 && below(selections, 'resources').length > 0)
    problems.push(
      warning(
        `${path}/selections`,
        'should have either `tags` or `resources`, which AWS Organizations documents as mutually exclusive, got both',
        'write the tags as `conditions` of `resources`',
      ),
    );
  return problems;
}

function isSet(fragment: Fragment, key: string): boolean {
  return fragmentAt(fragment, key) !== undefined;
}
