import type { AccountEffect } from '../../policy/effective/effective-policy';
import type { FileProblem } from '../../policy/effective/organization-file';
import type { MergeFinding } from '../../policy/merge/merge-findings';
import type { Severity } from '../../values/findings/registry';
import { count } from '../core/style';

/** The requested effective policies, with problems. */
export interface EffectiveReport {
  readonly accounts: readonly AccountEffect[];
  /** Findings in the policies above these accounts. */
  readonly findings: readonly MergeFinding[];
  /** Problems that leave the input usable. */
  readonly warnings: readonly FileProblem[];
  /** Whether the previous state is known. */
  readonly compared: boolean;
}

/** The number of errors, including those of AWS Organizations, and of warnings. */
export function countSeverities({ accounts, findings, warnings }: EffectiveReport): {
  readonly errors: number;
  readonly warnings: number;
} {
  const counts = { errors: 0, warnings: warnings.length };
  const add = (severity: Severity) => {
    if (severity === 'error') counts.errors++;
    else counts.warnings++;
  };
  for (const account of accounts) {
    counts.errors += account.errors.length;
    for (const { severity } of account.problems) add(severity);
  }
  for (const { problem } of findings) add(problem.severity);
  return counts;
}

/** `3 accounts: 1 with a valid policy, 1 with an invalid policy, 1 without a policy; 2 errors`. */
export function summaryOf(report: EffectiveReport): string {
  const { accounts } = report;
  const invalid = accounts.filter(({ errors }) => errors.length > 0).length;
  const without = accounts.filter(({ policy }) => policy.plans === undefined).length;
  const { errors, warnings } = countSeverities(report);
  const some = (parts: readonly (readonly [number, string])[], before: string) => {
    const shown = parts.filter(([amount]) => amount > 0).map(([, text]) => text);
    return shown.length > 0 ? `${before}${shown.join(', ')}` : '';
  };
  const valid = accounts.length - invalid - without;
  const policies = some(
    [
      [valid, `${valid} with a valid policy`],
      [invalid, `${invalid} with an invalid policy`],
      [without, `${without} without a policy`],
    ],
    ': ',
  );
  const found = some(
    [
      [errors, count(errors, 'error')],
      [warnings, count(warnings, 'warning')],
    ],
    '; ',
  );
  return `${count(accounts.length, 'account')}${policies}${found}`;
}

/** What happens in an account whose policies don't merge into a valid one. */
export function withheld(account: AccountEffect, compared: boolean): string {
  const kept = account.inForce;
  if (kept !== undefined)
    return kept.plans === undefined
      ? 'not published: the account stays without a policy, as before'
      : `not published: the last valid policy stays in force, with ${plansOf(kept.plans)}`;
  return compared
    ? 'not published: the last valid policy, which is older than `--before`, stays in force'
    : 'not published: the last valid policy of the account stays in force, for all its plans';
}

function plansOf(plans: object): string {
  const names = Object.keys(plans).map((name) => `\`${name}\``);
  return `${names.length === 1 ? 'the plan' : 'the plans'} ${names.join(', ')}`;
}

/** The settings of an account, plan by plan, for a table. */
export interface SettingRow {
  /** The indentation: 0 for the title of a plan. */
  readonly depth: number;
  readonly label: string;
  /** Undefined for titles. */
  readonly value?: string;
  /** The policies that decided it. */
  readonly policies?: readonly string[];
}

/** Each plan with its own settings, then its rules, then its selections. */
export function settingRows(account: AccountEffect): SettingRow[] {
  const rows: SettingRow[] = [];
  for (const [plan, settings] of grouped(account.settings.map(inParts), 1)) {
    rows.push({ depth: 0, label: `plan ${plan}` });
    const within = (key: string) => settings.filter(({ parts }) => parts[2] === key);
    for (const one of settings)
      if (one.parts[2] !== 'rules' && one.parts[2] !== 'selections') rows.push(row(1, one, 2));
    for (const [name, own] of grouped(within('rules'), 3))
      rows.push({ depth: 1, label: `rule ${name}` }, ...ruleRows(own));
    for (const [kind, ofKind] of grouped(within('selections'), 3))
      for (const [name, own] of grouped(ofKind, 4))
        rows.push({ depth: 1, label: `selection ${name} by ${kind}` }, ...own.map((one) => row(2, one, 5)));
  }
  return rows;
}

/** The settings of a rule, then its copies, whose names are long. */
function ruleRows(settings: readonly Setting[]): SettingRow[] {
  const isOfCopy = ({ parts }: Setting) => parts[4] === 'copy_actions';
  const rows = settings.filter((one) => !isOfCopy(one)).map((one) => row(2, one, 4));
  for (const [arn, own] of grouped(settings.filter(isOfCopy), 5))
    rows.push({ depth: 2, label: `copy to ${arn}` }, ...own.map((one) => row(3, one, 6)));
  return rows;
}

type Setting = AccountEffect['settings'][number] & { readonly parts: readonly string[] };

function inParts(setting: AccountEffect['settings'][number]): Setting {
  return { ...setting, parts: setting.path.split('/') };
}

function grouped(settings: readonly Setting[], index: number): Map<string, Setting[]> {
  const groups = new Map<string, Setting[]>();
  for (const setting of settings) {
    const own = groups.get(setting.parts[index]);
    if (own) own.push(setting);
    else groups.set(setting.parts[index], [setting]);
  }
  return groups;
}

function row(depth: number, { parts, value, policies }: Setting, from: number): SettingRow {
  const text = typeof value === 'string' ? value : value.join(', ');
  return { depth, label: parts.slice(from).join('/'), value: text === '' ? 'nothing' : text, policies };
}
