import { at, type Link } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { nameOf, ruleLabel } from '../../inventory/labels';
import type { RuleItem } from '../../inventory/plan/plans';
import type { RestoreTestingPlanItem } from '../../inventory/restore-testing/restore-testing';
import { eachRule, type PlanRule } from '../../inventory/traversal';
import type { VaultItem } from '../../inventory/vault/vaults';
import { type ArnFields, arnFields, arnMatches } from '../../template/evaluation/match';
import { known } from '../../template/evaluation/unknown';
import { dayCount } from '../../values/core/amounts';
import type { FindingId } from '../../values/findings/registry';
import { DEFAULT_START_WINDOW_MINUTES } from '../../values/plan/windows';
import { DEFAULT_SELECTION_WINDOW_DAYS } from '../../values/restore-testing/restore-testing-laws';
import { type Check, type CheckOptions, checksOf } from '../engine/check';
import type { Detection } from '../engine/detection';
import { daysOf } from '../facts/retention-demands';
import { Timetable } from '../facts/timetable';

/** Whether restore tests find recovery points in the vaults that they test. */
export const restoreTestWindowChecks: readonly Check[] = checksOf(
  [
    'Backup-RestoreTestWindowPossible',
    'Backup-RestoreTestWindow',
    'Backup-RestoreTestContinuous',
    'Backup-RestoreTestVaults',
    'Backup-RestoreTestInterval',
  ],
  findProblems,
);

/** What puts recovery points into a vault: a rule, or one of its copies. */
interface Source extends PlanRule {
  /** Copies are snapshots. */
  readonly isCopy: boolean;
  /** Infinity: forever; undefined if it isn't known. */
  readonly days?: number;
}

function* findProblems(inventory: Inventory, options: CheckOptions): Iterable<Detection> {
  if (inventory.restoreTestingPlans.length === 0) return;
  const timetable = new Timetable(options);
  const sources = sourcesByVault(inventory);
  const arns = inventory.vaults.map((vault) => ({ vault, arn: arnFields(vault.arn) }));
  for (const test of inventory.restoreTestingPlans) {
    const vaults = testedVaults(test, arns);
    if (!vaults) continue;
    const found = [...vaults].flatMap((id) => sources.get(id) ?? []);
    yield* ofTest(test, found, isClosed(test), timetable);
  }
}

function* ofTest(
  test: RestoreTestingPlanItem,
  sources: readonly Source[],
  closed: boolean,
  timetable: Timetable,
): Iterable<Detection> {
  const label = `restore testing plan ${nameOf(test.name, test.place)}`;
  const path = `${test.place.pathInTemplate}/Properties/RecoveryPointSelection`;
  const detection = (id: FindingId, property: string, message: string, fix?: string): Detection => ({
    id,
    place: at(test.place, `${path}/${property}`),
    message,
    fix,
  });
  if (sources.length === 0) {
    if (closed)
      yield detection(
        'Backup-RestoreTestVaults',
        'IncludeVaults',
        `\`IncludeVaults\` of ${label} names vaults into which no rule or copy of the app puts recovery points`,
      );
    return;
  }
  const types = test.recoveryPointTypes;
  const continuousOnly =
    !types.rest && types.items.length > 0 && types.items.every((type) => type === 'CONTINUOUS');
  if (continuousOnly && closed && sources.every(({ rule, isCopy }) => isCopy || isPeriodic(rule)))
    yield detection(
      'Backup-RestoreTestContinuous',
      'RecoveryPointTypes',
      `\`RecoveryPointTypes\` of ${label} is \`CONTINUOUS\`, but no rule creates continuous backups in its vaults`,
    );
  const window =
    test.selectionWindowDays === undefined ? DEFAULT_SELECTION_WINDOW_DAYS : known(test.selectionWindowDays);
  // a recovery point may be made as late as the end of the start window
  const gaps = sources.map((source) => {
    const gap = timetable.longestGap(source.rule.schedule);
    const start = known(source.rule.startWindowMinutes ?? DEFAULT_START_WINDOW_MINUTES) ?? 0;
    return { ...source, gap, needed: gap === undefined ? undefined : gap + start };
  });
  const [shortest] = gaps.sort((a, b) => (a.needed ?? 0) - (b.needed ?? 0));
  const { gap, needed } = shortest;
  if (window !== undefined && gap !== undefined && needed !== undefined && needed >= window * 1440)
    yield detection(
      // other vaults may get recovery points more often
      closed ? 'Backup-RestoreTestWindow' : 'Backup-RestoreTestWindowPossible',
      'SelectionWindowDays',
      `\`SelectionWindowDays\` of ${label} is ${dayCount(window)}${test.selectionWindowDays === undefined ? " (AWS Backup's default)" : ''}, but recovery points are created in its vaults at most ${everyText(gap)} and up to a start window later (${ruleLabel(shortest.plan, shortest.rule)}), so tests may find none`,
      Number.isFinite(needed) ? `use at least ${dayCount(Math.floor(needed / 1440) + 1)}` : undefined,
    );
  const interval = timetable.longestGap(test.schedule);
  const longest = sources.reduce<number | undefined>(
    (most, { days }) => (most === undefined || days === undefined ? undefined : Math.max(most, days)),
    0,
  );
  if (
    test.schedule !== undefined &&
    interval !== undefined &&
    longest !== undefined &&
    interval > longest * 1440
  )
    yield {
      ...detection(
        'Backup-RestoreTestInterval',
        '',
        `\`ScheduleExpression\` of ${label} tests ${everyText(interval)}, but recovery points in its vaults are kept for at most ${dayCount(longest)}`,
      ),
      place: at(test.place, `${test.place.pathInTemplate}/Properties/ScheduleExpression`),
    };
}

function everyText(minutes: number): string {
  return Number.isFinite(minutes) ? `every ${dayCount(Math.ceil(minutes / 1440))}` : 'once';
}

function isPeriodic({ continuous }: RuleItem): boolean {
  return continuous === undefined || continuous === false;
}

/** Whether only vaults of the inventory are tested: all by reference, none by a pattern. */
function isClosed({ includeVaults }: RestoreTestingPlanItem): boolean {
  return !includeVaults.rest && includeVaults.items.every(({ to }) => to !== undefined);
}

/** The ids of the vaults of the inventory that are tested; undefined if that isn't known. */
function testedVaults(
  { includeVaults, excludeVaults }: RestoreTestingPlanItem,
  vaults: readonly { readonly vault: VaultItem; readonly arn?: ArnFields }[],
): ReadonlySet<string> | undefined {
  if (includeVaults.rest || excludeVaults.rest) return undefined;
  const tested = new Set<string>();
  const verdicts = (links: readonly Link[], id: string, arn: ArnFields | undefined) =>
    links.map((link) => (link.to !== undefined ? link.to === id : selects(link, arn)));
  for (const { vault, arn } of vaults) {
    const included = verdicts(includeVaults.items, vault.id, arn);
    const excluded = verdicts(excludeVaults.items, vault.id, arn);
    if (included.includes(undefined) || excluded.includes(undefined)) return undefined;
    if (included.includes(true) && !excluded.includes(true)) tested.add(vault.id);
  }
  return tested;
}

function selects({ text }: Link, arn: ArnFields | undefined): boolean | undefined {
  if (text === '*') return true;
  const pattern = arnFields(text);
  return pattern && arn ? arnMatches(pattern, arn) : typeof text === 'string' && arn ? false : undefined;
}

function sourcesByVault(inventory: Inventory): ReadonlyMap<string, readonly Source[]> {
  const byVault = new Map<string, Source[]>();
  const add = (link: Link | undefined, source: Source) => {
    if (link?.to === undefined) return;
    const there = byVault.get(link.to);
    if (there) there.push(source);
    else byVault.set(link.to, [source]);
  };
  for (const { plan, rule } of eachRule(inventory)) {
    const days = daysOf(rule.lifecycle);
    add(rule.vault, { plan, rule, isCopy: false, days });
    add(rule.airGappedVault, { plan, rule, isCopy: false, days });
    for (const copy of rule.copies.items) {
      const own = copy.lifecycle?.deleteAfterDays === undefined ? days : daysOf(copy.lifecycle);
      add(copy.vault, { plan, rule, isCopy: true, days: own });
    }
  }
  return byVault;
}
