import { show } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { MAX_CONTINUOUS_DAYS, MIN_COLD_DAYS } from '../../values/plan/lifecycle';
import { assigned, type Fragment, fragmentAt, TOKEN } from '../language/policy-fragment';
import type { ScheduleLaw } from '../language/policy-schedule';
import { MAX_CONDITIONS } from '../language/policy-values';

const DEPENDENCY = 'Backup-PolicyDependency';

/**
 * What AWS Organizations asks for within one document, whatever the document inherits: settings that go together
 * must be said together. Seen in 2026-09.
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
  return { id: DEPENDENCY, severity: 'error', property: path, message: `\`${path}\` ${message}`, fix };
}

function warning(path: string, message: string, fix: string): Problem {
  return { ...error(path, message, fix), severity: 'warning' };
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
          `should be the key of its copy action, got ${show(target)}`,
          'write the same ARN twice',
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
  const fix = `say \`lifecycle/delete_after_days\` of at most ${MAX_CONTINUOUS_DAYS} in this document too`;
  if (kept === undefined)
    problems.push(
      error(
        setting,
        'must not be true without `lifecycle/delete_after_days` in the same document, also where that is inherited',
        fix,
      ),
    );
  else if (Number(kept) > MAX_CONTINUOUS_DAYS)
    problems.push(
      error(
        `${path}/lifecycle/delete_after_days`,
        `of a continuous backup must be 1 to ${MAX_CONTINUOUS_DAYS}, got ${show(kept)}`,
        `use at most ${MAX_CONTINUOUS_DAYS}, and add a rule of snapshots for what shall be kept longer`,
      ),
    );
  if (assigned(rule, 'lifecycle', 'move_to_cold_storage_after_days') !== undefined)
    problems.push(
      error(
        `${path}/lifecycle/move_to_cold_storage_after_days`,
        "can't be combined with continuous backup, which has no cold storage",
        'leave it out, and add a rule of snapshots for what shall go to cold storage',
      ),
    );
  return problems;
}

/** @param owner the rule, or a copy action of it */
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
        'say both beside it',
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
        'say the schedule too, monthly or rarer',
      ),
    );
  else if (schedule !== TOKEN && schedules.isMonthlyOrRarer(schedule) === false)
    problems.push(
      error(
        place,
        `needs at least 28 days between two runs, got \`schedule_expression\` ${show(schedule)}`,
        'use a monthly or yearly schedule for this rule',
      ),
    );
  return problems;
}

/** Of tags that are set, AWS Organizations compares the id with the key, in any case. */
function tagProblems(owner: Fragment, field: string, path: string): Problem[] {
  return below(owner, field).flatMap((tag) => {
    const key = assigned(tag, 'tag_key');
    if (key === undefined || key === TOKEN || key.toLowerCase() === tag.name.toLowerCase()) return [];
    return [
      error(
        `${path}/${field}/${tag.name}/tag_key`,
        `must be the name of its entry, ${show(tag.name)}, but for capitals and small letters, got ${show(key)}`,
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
            `must be at most ${MAX_CONDITIONS} conditions, got ${conditions}`,
            'make several selections',
          ),
        );
      if (kind === 'resources' && !says(selection, 'resource_types') && !says(selection, 'conditions'))
        problems.push(
          error(
            place,
            'must say `resource_types` or `conditions`, also where these are inherited',
            'repeat what it selects',
          ),
        );
    }
  if (below(selections, 'tags').length > 0 && below(selections, 'resources').length > 0)
    problems.push(
      warning(
        `${path}/selections`,
        'should have `tags` or `resources`, which exclude each other as AWS Organizations documents',
        'say tags as `conditions` of `resources`',
      ),
    );
  return problems;
}

function says(fragment: Fragment, key: string): boolean {
  return fragmentAt(fragment, key) !== undefined;
}
