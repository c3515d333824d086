import { QUOTAS } from '../../values/core/quotas';
import { MAX_CONTINUOUS_DAYS, MIN_COLD_DAYS } from '../../values/plan/lifecycle';
import { TOKEN } from '../language/policy-fragment';
import type { ScheduleLaw } from '../language/policy-schedule';
import type { EffectiveNode } from '../merge/policy-merge';

/** The codes of `ListEffectivePolicyValidationErrors` that were observed for backup policies. */
export type EffectiveErrorCode =
  | 'KEY_REQUIRED'
  | 'ELEMENTS_TOO_FEW'
  | 'ELEMENTS_TOO_MANY'
  | 'CROSS_ATTRIBUTE_VALIDATION';

/** Why AWS Organizations doesn't publish an effective policy, in the words of AWS. */
export interface EffectiveError {
  readonly code: EffectiveErrorCode;
  readonly message: string;
  /** Such as `plans/gold/rules/daily`. */
  readonly path: string;
  /** The names of the policies that contribute to it. */
  readonly policies: readonly string[];
}

/**
 * The law of a merged policy: what AWS Organizations was observed to report in 2026-09. A single error withholds the whole
 * policy of the account, and the last valid one stays in force.
 */
export class EffectiveLaw {
  private readonly plans = new Map<EffectiveNode, readonly EffectiveError[]>();

  constructor(private readonly schedules: ScheduleLaw) {}

  public errors(policy: EffectiveNode): EffectiveError[] {
    const plans = policy.children.get('plans')?.children ?? new Map<string, EffectiveNode>();
    return [...plans]
      .filter(([, plan]) => !isEmpty(plan))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([name, plan]) => this.planErrors(name, plan));
  }

  private planErrors(name: string, plan: EffectiveNode): readonly EffectiveError[] {
    const known = this.plans.get(plan);
    if (known) return known;
    const validator = new PlanValidator(this.schedules);
    validator.plan(plan, `plans/${name}`);
    this.plans.set(plan, validator.errors);
    return validator.errors;
  }
}

/** A single value, as a string. */
function textOf(node: EffectiveNode | undefined, ...keys: string[]): string | undefined {
  const value = nodeAt(node, ...keys)?.value;
  return typeof value === 'string' ? value : undefined;
}

/** NaN if not set. */
function daysOf(node: EffectiveNode | undefined): number {
  return Number(textOf(node) ?? Number.NaN);
}

/** Whether it is set, but known only at deployment. */
function isOpen(node: EffectiveNode | undefined): boolean {
  return textOf(node) === TOKEN;
}

function nodeAt(node: EffectiveNode | undefined, ...keys: string[]): EffectiveNode | undefined {
  return keys.reduce((at: EffectiveNode | undefined, key) => at?.children.get(key), node);
}

/** Whether nothing is set in it: AWS Organizations omits it. */
export function isEmpty(node: EffectiveNode | undefined): boolean {
  if (!node) return true;
  if (node.value !== undefined) return false;
  for (const child of node.children.values()) if (!isEmpty(child)) return false;
  return true;
}

class PlanValidator {
  public readonly errors: EffectiveError[] = [];

  constructor(private readonly schedules: ScheduleLaw) {}

  public plan(plan: EffectiveNode, path: string): void {
    this.required(plan, path, 'rules', 'regions', 'selections');
    this.notEmpty(plan, path, 'regions');
    const rules = this.filled(plan, 'rules');
    const most = QUOTAS.rulesPerPlan.max;
    if (rules.length > most)
      this.add(
        'ELEMENTS_TOO_MANY',
        `'rules' exceeds the allowed maximum limit ${most}`,
        `${path}/rules`,
        nodeAt(plan, 'rules'),
      );
    for (const [name, rule] of rules) this.rule(plan, rule, name, `${path}/rules/${name}`);
    for (const kind of ['tags', 'resources'])
      for (const [name, selection] of this.filled(plan, 'selections', kind))
        this.selection(kind, selection, `${path}/selections/${kind}/${name}`);
  }

  private rule(plan: EffectiveNode, rule: EffectiveNode, name: string, path: string): void {
    this.required(rule, path, 'target_backup_vault_name');
    const continuous = nodeAt(rule, 'enable_continuous_backup');
    const kept = nodeAt(rule, 'lifecycle', 'delete_after_days');
    if (textOf(continuous) === 'true' && !isOpen(kept) && !(daysOf(kept) <= MAX_CONTINUOUS_DAYS))
      this.invalidTogether(name, path, [
        ['enable_continuous_backup', continuous],
        ['delete_after_days', kept],
      ]);
    this.archive(rule, rule, name, path);
    for (const [, copy] of this.filled(rule, 'copy_actions')) this.archive(rule, copy, name, path);
    const scans = nodeAt(rule, 'scan_actions');
    if (!isEmpty(scans) && isEmpty(nodeAt(plan, 'scan_settings')))
      this.add(
        'CROSS_ATTRIBUTE_VALIDATION',
        dependent(name, 'scan_actions(undefined),scan_settings(undefined)'),
        path,
        scans,
      );
  }

  private archive(rule: EffectiveNode, owner: EffectiveNode, name: string, path: string): void {
    const key = 'opt_in_to_archive_for_supported_resources';
    const archive = nodeAt(owner, 'lifecycle', key);
    if (textOf(archive) !== 'true') return;
    const schedule = nodeAt(rule, 'schedule_expression');
    const expression = textOf(schedule);
    if (
      !isOpen(schedule) &&
      (expression === undefined || this.schedules.isMonthlyOrRarer(expression) === false)
    )
      this.invalidTogether(name, path, [
        [key, archive],
        ['schedule_expression', schedule],
      ]);
    const kept = nodeAt(owner, 'lifecycle', 'delete_after_days');
    const cold = nodeAt(owner, 'lifecycle', 'move_to_cold_storage_after_days');
    if (!isOpen(kept) && !isOpen(cold) && !(daysOf(kept) - daysOf(cold) >= MIN_COLD_DAYS))
      this.invalidTogether(name, path, [
        [key, archive],
        ['delete_after_days', kept],
        ['move_to_cold_storage_after_days', cold],
      ]);
  }

  private selection(kind: string, selection: EffectiveNode, path: string): void {
    this.required(selection, path, 'iam_role_arn');
    if (kind === 'tags') this.required(selection, path, 'tag_key', 'tag_value');
    else if (isEmpty(nodeAt(selection, 'conditions'))) this.required(selection, path, 'resource_types');
    this.notEmpty(selection, path, kind === 'tags' ? 'tag_value' : 'resource_types');
  }

  /** The entries that are not empty. */
  private filled(node: EffectiveNode, ...keys: string[]): [string, EffectiveNode][] {
    return [...(nodeAt(node, ...keys)?.children ?? [])]
      .filter(([, entry]) => !isEmpty(entry))
      .sort(([a], [b]) => (a < b ? -1 : 1));
  }

  private required(node: EffectiveNode, path: string, ...keys: string[]): void {
    for (const key of keys)
      if (isEmpty(node.children.get(key))) this.add('KEY_REQUIRED', `'${key}' is missing`, path, node);
  }

  private notEmpty(node: EffectiveNode, path: string, key: string): void {
    const list = node.children.get(key);
    if (Array.isArray(list?.value) && list.value.length === 0)
      this.add(
        'ELEMENTS_TOO_FEW',
        `'${key}' is less than the allowed minimum limit 1`,
        `${path}/${key}`,
        list,
      );
  }

  private invalidTogether(
    name: string,
    path: string,
    settings: readonly (readonly [string, EffectiveNode | undefined])[],
  ): void {
    const fields = settings.map(([key, node]) => `${key}=${textOf(node)}`).join(',');
    const nodes = settings.map(([, node]) => node);
    this.add('CROSS_ATTRIBUTE_VALIDATION', dependent(name, fields), path, ...nodes);
  }

  /** Reports the same error of several copy actions once. */
  private add(
    code: EffectiveErrorCode,
    message: string,
    path: string,
    ...nodes: (EffectiveNode | undefined)[]
  ): void {
    const policies = new Set<string>();
    for (const node of nodes) contributors(node, policies);
    const twin = this.errors.findIndex((e) => e.code === code && e.message === message && e.path === path);
    if (twin < 0) this.errors.push({ code, message, path, policies: [...policies] });
    else
      this.errors[twin] = {
        ...this.errors[twin],
        policies: [...new Set([...this.errors[twin].policies, ...policies])],
      };
  }
}

function dependent(name: string, fields: string): string {
  return `Dependent fields ${fields} in policy block ${name} are invalid when used together`;
}

/** Collects the policies that set anything at or below a node. */
function contributors(node: EffectiveNode | undefined, policies: Set<string>): void {
  if (!node) return;
  for (const policy of node.policies) policies.add(policy);
  for (const child of node.children.values()) contributors(child, policies);
}
