import { planName } from '../../coverage/coverage';
import { organizationPlans } from '../../coverage/organization-plans';
import { DEFAULT_SCHEDULE } from '../../coverage/rule-facts';
import type { Link } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { ruleTitle } from '../../inventory/labels';
import { linkedVault } from '../../inventory/lookups';
import type { CopyItem, PlanItem, RuleItem } from '../../inventory/plan/plans';
import { showText } from '../../template/evaluation/text';
import { known } from '../../template/evaluation/unknown';
import { DEFAULT_START_WINDOW_MINUTES } from '../../values/plan/windows';
import type { Forecast, RuleForecast } from '../outlook/forecast';
import { retentionDaysOf } from '../points/lifecycles';
import { type Changes, coldText, contentOf, type Direction, moreIsStronger, retentionText } from './change';
import { pairUp } from './pairs';
import type { VaultPairs } from './vaults';

/** A version of a rule, with its plan. */
interface Version {
  readonly inventory: Inventory;
  readonly plan: PlanItem;
  readonly rule: RuleItem;
  readonly forecast?: RuleForecast;
  readonly vaults: VaultPairs;
}

/** What changes for the plans that exist in both versions, rule by rule. Returns the pairs of plans. */
export function compareRules(
  before: Forecast,
  after: Forecast,
  vaults: VaultPairs,
  changes: Changes,
): Map<PlanItem, PlanItem> {
  const all = ({ inventory }: Forecast) => [...inventory.plans, ...organizationPlans(inventory).plans];
  const { pairs } = pairUp(all(before), all(after), ({ name }) => name, true);
  const same = new Map<PlanItem, PlanItem>();
  for (const { before: old, after: now, by } of pairs) {
    same.set(old, now);
    if (by === 'place' && contentOf(old.name) !== contentOf(now.name))
      changes.add('renamed', 'neutral', now.place, {
        subject: `plan \`${planName(now)}\``,
        before: planName(old),
        after: planName(now),
        message: `plan \`${planName(old)}\` is renamed to \`${planName(now)}\``,
      });
    compareRulesOf(version(before, old, vaults), version(after, now, vaults), old, now, changes);
    for (const [key, label] of [
      ['advancedSettings', 'advanced settings'],
      ['scans', 'malware scans'],
    ] as const)
      if (contentOf(old[key]) !== contentOf(now[key]) && !(key === 'scans' && beginOrEndWithRules(old, now)))
        changes.add('settings', moreIsStronger(old[key].items.length, now[key].items.length), now.place, {
          subject: `plan \`${planName(now)}\``,
          message: `the ${label} of plan \`${planName(now)}\` change`,
        });
  }
  return same;
}

/** Whether scans begin or end in the settings of a plan and in its rules, which AWS allows only together: a rule tells it. */
function beginOrEndWithRules(old: PlanItem, now: PlanItem): boolean {
  const inSettings = ({ scans }: PlanItem) => scans.items.length > 0;
  const inRules = ({ rules }: PlanItem) =>
    rules.items.some(({ scanActions }) => scanActions.items.length > 0);
  return inSettings(old) !== inSettings(now) && inRules(old) !== inRules(now);
}

function version(forecast: Forecast, plan: PlanItem, vaults: VaultPairs): (rule: RuleItem) => Version {
  const own = forecast.rules.filter((one) => one.plan === plan);
  return (rule) => ({ inventory: forecast.inventory, plan, rule, forecast: own[rule.index], vaults });
}

function compareRulesOf(
  before: (rule: RuleItem) => Version,
  after: (rule: RuleItem) => Version,
  old: PlanItem,
  now: PlanItem,
  changes: Changes,
): void {
  let removed = old.rules.items.map(before);
  let added = now.rules.items.map(after);
  const match = (isSame: (a: Version, b: Version) => boolean, then: (a: Version, b: Version) => void) => {
    removed = removed.filter((a) => {
      const b = added.find((candidate) => isSame(a, candidate));
      if (!b) return true;
      added = added.filter((other) => other !== b);
      then(a, b);
      return false;
    });
  };
  match(
    (a, b) => a.rule.name !== undefined && contentOf(a.rule.name) === contentOf(b.rule.name),
    (a, b) => compareRule(a, b, changes),
  );
  match(
    (a, b) => contentOf({ ...a.rule, name: null }) === contentOf({ ...b.rule, name: null }),
    (a, b) => {
      if (a.rule.name !== undefined || b.rule.name !== undefined)
        changes.add('renamed', 'neutral', b.plan.place, {
          subject: label(b),
          before: nameOf(a),
          after: nameOf(b),
          message: `rule \`${nameOf(a)}\` of plan \`${planName(b.plan)}\` is renamed to \`${nameOf(b)}\``,
        });
    },
  );
  const rest = (of: readonly RuleItem[], not: readonly Version[]) =>
    of.filter((rule) => !not.some((v) => v.rule === rule));
  for (const one of removed) addOrRemove(one, rest(old.rules.items, [one]), 'weaker', changes);
  for (const one of added) addOrRemove(one, rest(now.rules.items, [one]), 'stronger', changes);
}

/** A rule that keeps longer than the others gives retention, another one gives a shorter RPO. */
function addOrRemove(
  one: Version,
  others: readonly RuleItem[],
  direction: Direction,
  changes: Changes,
): void {
  const own = retentionDaysOf(one.rule.lifecycle) ?? 0;
  const longest = others.every((rule) => (retentionDaysOf(rule.lifecycle) ?? 0) < own);
  const text = `kept ${retentionText(retentionDaysOf(one.rule.lifecycle))}`;
  const gone = direction === 'weaker';
  changes.add(longest && others.length > 0 ? 'retention' : 'rpo', direction, one.plan.place, {
    subject: label(one),
    before: gone ? text : null,
    after: gone ? null : text,
    message: `${label(one)} (${text}) is ${gone ? 'removed' : 'new'}`,
  });
}

function compareRule(old: Version, now: Version, changes: Changes): void {
  const subject = label(now);
  const add = (
    kind: Parameters<Changes['add']>[0],
    direction: Direction,
    before: string | null,
    after: string | null,
    what: string,
  ) =>
    changes.add(kind, direction, now.plan.place, {
      subject,
      before,
      after,
      message: `${what} of ${subject}: ${before ?? 'none'} before, ${after ?? 'none'} after`,
    });
  const [was, is] = [old.rule, now.rule];
  if (scheduleText(was) !== scheduleText(is)) {
    const gap = (one: Version) => one.forecast?.longestGapMinutes;
    const [a, b] = [gap(old), gap(now)];
    const direction = a === undefined || b === undefined ? byRuns(old, now) : moreIsStronger(b, a);
    add('rpo', direction, scheduleText(was), scheduleText(is), 'the schedule');
  }
  const [opens, open] = [was, is].map(
    (rule) => known(rule.startWindowMinutes) ?? DEFAULT_START_WINDOW_MINUTES,
  );
  if (opens !== open)
    add('rpo', moreIsStronger(open, opens), `${opens} minutes`, `${open} minutes`, 'the start window');
  const [kept, keep] = [was, is].map(({ lifecycle }) => retentionDaysOf(lifecycle));
  if (kept !== keep)
    add('retention', moreIsStronger(kept, keep), retentionText(kept), retentionText(keep), 'the retention');
  const [cold, colder] = [was, is].map(({ lifecycle }) => coldStorage(lifecycle));
  if (cold !== colder) add('cold-storage', 'neutral', cold, colder, 'the transition to cold storage');
  const [continuous, continues] = [was, is].map((rule) => rule.continuous === true);
  if (continuous !== continues)
    add(
      'continuous',
      continues ? 'stronger' : 'weaker',
      continuous ? 'on' : null,
      continues ? 'on' : null,
      'the continuous backup',
    );
  compareTargets(old, now, add);
  compareCopies(old, now, add);
  const scanned = moreIsStronger(was.scanActions.items.length, is.scanActions.items.length);
  const others = (rule: RuleItem) =>
    contentOf([
      rule.recoveryPointTags.items,
      rule.indexActions,
      rule.scanActions,
      rule.completionWindowMinutes,
    ]);
  if (others(was) !== others(is))
    changes.add('settings', scanned, now.plan.place, {
      subject,
      message: `tags, windows, indexes or scans of ${subject} change`,
    });
}

type Add = (
  kind: 'vault' | 'copy',
  direction: Direction,
  before: string | null,
  after: string | null,
  what: string,
) => void;

/** Another vault is weaker if its lock is. */
function compareTargets(old: Version, now: Version, add: Add): void {
  const standard = ({ rule }: Version) => rule.vault;
  const gap = ({ rule }: Version) => rule.airGappedVault;
  if (!sameVault(old, standard(old), now, standard(now))) {
    const direction = moreIsStronger(lockRank(old, standard(old)), lockRank(now, standard(now)));
    add(
      'vault',
      direction,
      vaultText(old, standard(old)),
      vaultText(now, standard(now)),
      'the vault (existing recovery points stay where they are)',
    );
  }
  if (!sameVault(old, gap(old), now, gap(now)))
    add(
      'vault',
      gap(old) ? (gap(now) ? 'neutral' : 'weaker') : 'stronger',
      gap(old) ? vaultText(old, gap(old)) : null,
      gap(now) ? vaultText(now, gap(now)) : null,
      'the logically air-gapped vault',
    );
}

function compareCopies(old: Version, now: Version, add: Add): void {
  const to = (one: Version, { vault }: CopyItem) => `the copy to vault \`${vaultText(one, vault)}\``;
  const kept = ({ lifecycle }: CopyItem) =>
    lifecycle ? retentionText(retentionDaysOf(lifecycle)) : 'as long as its source';
  const days = (one: Version, { lifecycle }: CopyItem) => retentionDaysOf(lifecycle ?? one.rule.lifecycle);
  let added = now.rule.copies.items;
  for (const copy of old.rule.copies.items) {
    const same = added.find(({ vault }) => sameVault(old, copy.vault, now, vault));
    added = added.filter((other) => other !== same);
    if (!same) {
      add('copy', 'weaker', `kept ${kept(copy)}`, null, to(old, copy));
      continue;
    }
    if (kept(copy) !== kept(same)) {
      const direction = moreIsStronger(days(old, copy), days(now, same));
      add('copy', direction, kept(copy), kept(same), `the retention of ${to(now, same)}`);
    }
    const [cold, colder] = [copy, same].map(({ lifecycle }) => coldStorage(lifecycle));
    if (cold !== colder)
      add('copy', 'neutral', cold, colder, `the transition to cold storage of ${to(now, same)}`);
  }
  for (const copy of added) add('copy', 'stronger', null, `kept ${kept(copy)}`, to(now, copy));
}

/** When recovery points move to cold storage; null if they never do. */
function coldStorage(lifecycle: RuleItem['lifecycle']): string | null {
  return `${coldText(lifecycle) ?? ''}${lifecycle?.optInToArchive === true ? ', EBS included' : ''}` || null;
}

function lockRank({ inventory }: Version, link: Link | undefined): number {
  const lock = linkedVault(inventory, link)?.lock;
  return !lock ? 0 : known(lock.mode) === 'compliance' ? 2 : 1;
}

/** Whether two versions name the same vault, also if it is replaced, which is reported with the vault. */
function sameVault(old: Version, a: Link | undefined, now: Version, b: Link | undefined): boolean {
  const [was, is] = [linkedVault(old.inventory, a), linkedVault(now.inventory, b)];
  if (was && is) return old.vaults.get(was.id) === is.id;
  return vaultText(old, a) === vaultText(now, b);
}

function vaultText({ inventory }: Version, link: Link | undefined): string {
  const item = linkedVault(inventory, link);
  if (!item) return link ? showText(link.text).replace(/^arn:.*:backup-vault:/, '') : 'none';
  return known(item.name) ?? item.place.logicalId;
}

function byRuns(old: Version, now: Version): Direction {
  return moreIsStronger(old.forecast?.runs, now.forecast?.runs);
}

function scheduleText({ schedule, timeZone }: RuleItem): string {
  const text = schedule === undefined ? DEFAULT_SCHEDULE : showText(schedule);
  return timeZone === undefined ? text : `${text} in ${showText(timeZone)}`;
}

function nameOf({ rule }: Version): string {
  return ruleTitle(rule);
}

function label(one: Version): string {
  return `rule \`${nameOf(one)}\` of plan \`${planName(one.plan)}\``;
}
