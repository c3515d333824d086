import { show } from '../../values/core/amounts';
import { DEFAULT_ROLE, OTHER_DEFAULT_ROLE } from '../../values/core/managed-policies';
import type { Label, Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { QUOTAS } from '../../values/core/quotas';
import { lifecycleProblems } from '../../values/plan/lifecycle';
import { windowProblems } from '../../values/plan/windows';
import { TOKEN } from '../language/policy-fragment';
import type { ScheduleLaw } from '../language/policy-schedule';
import type { EffectiveObject } from './effective-document';
import { partitionProblems } from './partition-laws';

/** What AWS Organizations reports itself, with a code. */
const REPORTED_BY_AWS = ['Backup-ContinuousRetention'];

/**
 * What AWS Organizations accepts in a merged plan, and AWS Backup refuses or ignores when it creates the plan. Nothing
 * reports an error; the plan just doesn't exist.
 *
 * @param path of the plan
 */
export function effectivePlanProblems(
  plan: EffectiveObject,
  path: string,
  schedules: ScheduleLaw,
): Problem[] {
  return [
    ...entries(plan.rules).flatMap(([name, rule]) =>
      ruleProblems(rule as EffectiveObject, `${path}/rules/${name}`, schedules),
    ),
    ...tagKeys(plan, path),
    ...roles(plan, path),
    ...partitionProblems(plan, path),
  ];
}

function ruleProblems(rule: EffectiveObject, path: string, schedules: ScheduleLaw): Problem[] {
  const continuous = rule.enable_continuous_backup === 'true';
  const copies = entries(rule.copy_actions);
  return [
    ...lifecycle(rule, path, continuous),
    ...copies.flatMap(([arn, copy]) =>
      lifecycle(copy as EffectiveObject, `${path}/copy_actions/${arn}`, false),
    ),
    ...windows(rule, path),
    ...schedule(rule, path, schedules),
    ...index(rule, path),
    ...tooMany(`${path}/copy_actions`, 'copies', copies.length, QUOTAS.copiesPerRule.max),
    ...tooMany(
      `${path}/recovery_point_tags`,
      'tags',
      entries(rule.recovery_point_tags).length,
      QUOTAS.tagsPerRule.max,
    ),
  ];
}

/** The names of our properties in the policy language. */
const POLICY_NAMES: Readonly<Record<string, string>> = {
  retention: 'delete_after_days',
  coldStorageAfter: 'move_to_cold_storage_after_days',
  archive: 'opt_in_to_archive_for_supported_resources',
  startWindow: 'start_backup_window_minutes',
  completionWindow: 'complete_backup_window_minutes',
};

function lifecycle(owner: EffectiveObject, path: string, continuous: boolean): Problem[] {
  const values = (owner.lifecycle ?? {}) as EffectiveObject;
  if (values.opt_in_to_archive_for_supported_resources === 'true') return []; // AWS Organizations checks it itself
  const place = `${path}/lifecycle`;
  return lifecycleProblems({
    deleteAfterDays: number(values.delete_after_days),
    moveToColdStorageAfterDays: number(values.move_to_cold_storage_after_days),
    continuous,
  })
    .filter(({ id }) => !REPORTED_BY_AWS.includes(id))
    .map((one) => one.as({ names: (property) => `${place}/${POLICY_NAMES[property] ?? property}` }));
}

function windows(rule: EffectiveObject, path: string): Problem[] {
  return windowProblems(
    number(rule.start_backup_window_minutes),
    number(rule.complete_backup_window_minutes),
  ).map((one) => one.as({ names: (property) => `${path}/${POLICY_NAMES[property] ?? property}` }));
}

function schedule(rule: EffectiveObject, path: string, schedules: ScheduleLaw): Problem[] {
  const place = `${path}/schedule_expression`;
  if (rule.schedule_expression === TOKEN) return [];
  if (typeof rule.schedule_expression === 'string')
    return schedules.problems(rule.schedule_expression, place).filter((p) => p.severity === 'warning');
  return [
    problem({
      id: 'Backup-PolicyScheduleMissing',
      property: place,
      message: (label) =>
        `${label(place)} should be set: AWS documents it as required, although AWS Organizations accepts a rule without it`,
      fix: 'set when the rule runs',
    }),
  ];
}

function index(rule: EffectiveObject, path: string): Problem[] {
  const types = (rule.index_actions as EffectiveObject | undefined)?.resource_types;
  if (!Array.isArray(types) || types.length > 0) return [];
  const place = `${path}/index_actions/resource_types`;
  return [
    problem({
      id: 'Backup-PolicyEmptyIndex',
      property: place,
      message: (label) =>
        `${label(place)} is empty in the effective policy, which AWS Organizations accepts: nothing is indexed`,
      fix: 'keep at least one type',
    }),
  ];
}

/** Tag keys with the prefix that only conditions need. */
function tagKeys({ selections }: EffectiveObject, path: string): Problem[] {
  return entries((selections as EffectiveObject | undefined)?.tags).flatMap(([name, selection]) => {
    const key = (selection as EffectiveObject).tag_key;
    if (typeof key !== 'string' || !TAG_PREFIX.test(key)) return [];
    const place = `${path}/selections/tags/${name}/tag_key`;
    const message = (label: Label) =>
      `${label(place)} should be a bare tag key, got ${show(key)}, which no resource has`;
    const fix = `write ${show(key.replace(TAG_PREFIX, ''))}`;
    return [problem({ id: 'Backup-PolicyTagPrefix', property: place, message, fix })];
  });
}

/** The default role, with another path than the one with which the console creates it. */
function roles({ selections }: EffectiveObject, path: string): Problem[] {
  return entries(selections).flatMap(([kind, named]) =>
    entries(named).flatMap(([name, selection]) => {
      const arn = (selection as EffectiveObject).iam_role_arn;
      if (typeof arn !== 'string' || !OTHER_DEFAULT_ROLE.test(arn)) return [];
      const place = `${path}/selections/${kind}/${name}/iam_role_arn`;
      const message = (label: Label) =>
        `${label(place)} is ${show(arn)}, but the default role of AWS Backup has the path \`service-role/\``;
      const fix = `write ${show(arn.replace(OTHER_DEFAULT_ROLE, `:${DEFAULT_ROLE}`))}`;
      return [problem({ id: 'Backup-DefaultRolePath', property: place, message, fix })];
    }),
  );
}

const TAG_PREFIX = /^aws:[a-z]+tag\//i;

function tooMany(path: string, what: string, count: number, max: number): Problem[] {
  if (count <= max) return [];
  return [
    problem({
      id: what === 'copies' ? 'Backup-CopiesPerRule' : 'Backup-TagsPerRule',
      property: path,
      message: (label) =>
        `${label(path)} should be at most ${max} ${what}, got ${count}, which exceeds AWS Backup's quota for a rule`,
      fix: what === 'copies' ? 'split the rule' : 'remove some',
    }),
  ];
}

function entries(value: EffectiveObject[string] | undefined): [string, EffectiveObject[string]][] {
  return typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : [];
}

function number(value: EffectiveObject[string] | undefined): number | undefined {
  return typeof value === 'string' && value !== TOKEN ? Number(value) : undefined;
}
