import { at, type Link } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { GUIDE, nameOf, ruleLabel } from '../../inventory/labels';
import type { PlanItem, RuleItem } from '../../inventory/plan/plans';
import type { RestoreTestingPlanItem } from '../../inventory/restore-testing/restore-testing';
import type { VaultItem } from '../../inventory/vault/vaults';
import { type ArnFields, arnFields, arnMatches } from '../../template/evaluation/match';
import { known } from '../../template/evaluation/unknown';
import { dayCount } from '../../values/core/amounts';
import { span } from '../../values/plan/retention-answer';
import { DEFAULT_SELECTION_WINDOW_DAYS } from '../../values/restore-testing/restore-testing-laws';
import type { Check, CheckOptions } from '../engine/check';
import { type CheckFacts, type Seen, subject } from '../engine/subject';
import { daysOf } from '../facts/retention-demands';
import { Timetable } from '../facts/timetable';

const GUIDE_PAGE = 'AWS Backup Developer Guide, Restore testing';
const docs = `${GUIDE}restore-testing.html`;
const asOf = '2026-04-13';

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-RestoreTestWindow',
    severity: 'warning',
    what: 'A restore testing plan looks back for less time than lies between two backups.',
    why: 'Where no recovery point lies in the window, nothing is tested, and nobody is told.',
    fix: 'look back at least as long as the time between two backups',
    docs,
    source: GUIDE_PAGE,
    asOf,
  },
  {
    id: 'Backup-RestoreTestContinuous',
    severity: 'warning',
    what: 'A restore testing plan tests continuous backups alone, and no rule makes any in its vaults.',
    why: 'Nothing is tested, and nobody is told.',
    fix: 'add `SNAPSHOT` to `RecoveryPointTypes`, or a rule with continuous backup',
    docs,
    source: GUIDE_PAGE,
    asOf,
  },
  {
    id: 'Backup-RestoreTestVaults',
    severity: 'note',
    what: 'No rule and no copy of the templates puts recovery points into the vaults that are tested.',
    why: 'Unless others do, nothing is tested, and nobody is told.',
    fix: 'name the vaults that rules back up into, or copy to',
    docs,
    source: GUIDE_PAGE,
    asOf,
  },
  {
    id: 'Backup-RestoreTestInterval',
    severity: 'note',
    what: 'Recovery points live shorter than the time between two restore tests.',
    why: 'Those that are made and deleted between two tests are never tested.',
    fix: 'test more often, or keep recovery points longer',
    docs,
    source: 'Inferred from the lifecycle and the schedule of tests',
    asOf: '2026-11-21',
  },
];

/** Restore tests against what is made in the vaults that they look into. */
export const restoreTestWindowChecks: readonly Check[] = subject(FACTS, look);

/** What puts recovery points into a vault: a rule, or a copy of it. */
interface Source {
  readonly plan: PlanItem;
  readonly rule: RuleItem;
  /** Copies are snapshots. */
  readonly isCopy: boolean;
  /** Infinity: for ever; undefined where it isn't known. */
  readonly days?: number;
}

function* look(inventory: Inventory, options: CheckOptions): Iterable<Seen> {
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
): Iterable<Seen> {
  const label = `restore testing plan ${nameOf(test.name, test.place)}`;
  const path = `${test.place.pathInTemplate}/Properties/RecoveryPointSelection`;
  const seen = (id: string, property: string, message: string, fix?: string): Seen => ({
    id: `Backup-RestoreTest${id}`,
    place: at(test.place, `${path}/${property}`),
    message,
    fix,
  });
  if (sources.length === 0) {
    if (closed)
      yield seen(
        'Vaults',
        'IncludeVaults',
        `\`IncludeVaults\` of ${label} names vaults that no rule and no copy here puts recovery points into`,
      );
    return;
  }
  const types = test.recoveryPointTypes;
  const continuousOnly =
    !types.rest && types.items.length > 0 && types.items.every((type) => type === 'CONTINUOUS');
  if (continuousOnly && closed && sources.every(({ rule, isCopy }) => isCopy || isPeriodic(rule)))
    yield seen(
      'Continuous',
      'RecoveryPointTypes',
      `\`RecoveryPointTypes\` of ${label} is \`CONTINUOUS\`, but no rule makes continuous backups in its vaults`,
    );
  const window =
    test.selectionWindowDays === undefined ? DEFAULT_SELECTION_WINDOW_DAYS : known(test.selectionWindowDays);
  const gaps = sources.map((source) => ({ ...source, gap: timetable.longestGap(source.rule.schedule) }));
  const [shortest] = gaps.sort((a, b) => (a.gap ?? 0) - (b.gap ?? 0));
  if (window !== undefined && shortest.gap !== undefined && shortest.gap > window * 1440)
    yield {
      ...seen(
        'Window',
        'SelectionWindowDays',
        `\`SelectionWindowDays\` of ${label} is ${dayCount(window)}${test.selectionWindowDays === undefined ? " by AWS Backup's default" : ''}, but recovery points in its vaults are made ${everyText(shortest.gap)} at most (${ruleLabel(shortest.plan, shortest.rule)}): tests find nothing in between`,
        Number.isFinite(shortest.gap) ? `use ${dayCount(Math.ceil(shortest.gap / 1440))} or more` : undefined,
      ),
      // what others put into other vaults may come more often
      ...(closed ? {} : { severity: 'note' as const }),
    };
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
      ...seen(
        'Interval',
        '',
        `\`ScheduleExpression\` of ${label} tests ${everyText(interval)}, but recovery points in its vaults are kept ${span(longest)} at most`,
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

/** Whether only vaults of the inventory are tested: all are referred to, none by a pattern. */
function isClosed({ includeVaults }: RestoreTestingPlanItem): boolean {
  return !includeVaults.rest && includeVaults.items.every(({ to }) => to !== undefined);
}

/** The ids of the vaults of the inventory that are tested; undefined where that isn't known. */
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

function sourcesByVault({ plans }: Inventory): ReadonlyMap<string, readonly Source[]> {
  const byVault = new Map<string, Source[]>();
  const add = (link: Link | undefined, source: Source) => {
    if (link?.to === undefined) return;
    const there = byVault.get(link.to);
    if (there) there.push(source);
    else byVault.set(link.to, [source]);
  };
  for (const plan of plans)
    for (const rule of plan.rules.items) {
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
