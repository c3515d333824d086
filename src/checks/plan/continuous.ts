import { protectionsOf } from '../../coverage/protections';
import { at, type Link } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { GUIDE, ruleLabel } from '../../inventory/labels';
import type { PlanItem, RuleItem } from '../../inventory/plan/plans';
import type { ResourceItem } from '../../inventory/protected-resource/resource-item';
import { resourceName } from '../../inventory/resource-labels';
import { ResourceTypes } from '../../inventory/resource-types';
import { few } from '../../inventory/selection-labels';
import { sameText } from '../../template/evaluation/match';
import { Capability, Support } from '../../values/resource-type/capability';
import type { ResourceType } from '../../values/resource-type/resource-type';
import type { Check, CheckOptions } from '../engine/check';
import { type CheckFacts, type Seen, subject } from '../engine/subject';
import { Together } from '../facts/together';

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-DuplicateContinuous',
    severity: 'error',
    what: 'Two continuous rules protect one resource; an error for buckets where one of them goes to a logically air-gapped vault.',
    why: 'A resource has one continuous recovery point. In one vault the longer retention wins; in two the second rule makes snapshots and ends as "Completed with issues", and for a bucket beside an air-gapped vault its jobs fail.',
    fix: 'keep one continuous rule, and let the other rule make snapshots',
    docs: `${GUIDE}point-in-time-recovery.html`,
    source: 'AWS Backup Developer Guide, Continuous backups and point-in-time recovery',
    asOf: '2026-09-24',
  },
  {
    id: 'Backup-S3SameVault',
    severity: 'warning',
    what: 'Continuous backups and snapshots of a bucket go to different vaults.',
    why: 'AWS Backup asks that both are in the same vault.',
    fix: 'let both rules use one vault, and copy from there',
    docs: `${GUIDE}s3-backups.html`,
    source: 'AWS Backup Developer Guide, Amazon S3 backups',
    asOf: '2026-09-24',
  },
];

/** Continuous rules that get in each other's way. */
export const continuousChecks: readonly Check[] = subject(FACTS, look);

interface PlannedRule {
  readonly plan: PlanItem;
  readonly rule: RuleItem;
}

/** Two rules that don't go together on some resources. */
interface Conflict {
  readonly id: string;
  readonly first: PlannedRule;
  readonly second: PlannedRule;
  readonly fails: boolean;
  readonly resources: ResourceItem[];
}

function* look(inventory: Inventory, { resourceTypes }: CheckOptions): Iterable<Seen> {
  const conflicts = new Map<string, Conflict>();
  const types = new ResourceTypes(resourceTypes);
  const together = new Together(inventory);
  const protections = protectionsOf(inventory);
  for (const resource of inventory.resources) {
    const type = types.of(resource);
    if (type?.supports(Capability.CONTINUOUS) !== Support.YES) continue;
    const plans = new Set<PlanItem>();
    for (const { plan, certain, selection, throughStack } of protections.of(resource))
      if (plan && certain && !throughStack && together.sure(selection.place, resource.place)) plans.add(plan);
    const rules = [...plans].flatMap((plan) => plan.rules.items.map((rule) => ({ plan, rule })));
    for (const { id, first, second, fails } of conflictsOf(rules, type)) {
      const key = [id, idOf(first), idOf(second), fails].join('|');
      const known = conflicts.get(key);
      if (known) known.resources.push(resource);
      else conflicts.set(key, { id, first, second, fails, resources: [resource] });
    }
  }
  for (const conflict of conflicts.values()) yield seen(conflict);
}

function idOf({ plan, rule }: PlannedRule): string {
  return `${plan.id}/${rule.index}`;
}

function* conflictsOf(
  rules: readonly PlannedRule[],
  type: ResourceType,
): Iterable<Omit<Conflict, 'resources'>> {
  const [first, ...others] = rules.filter(({ rule }) => rule.continuous === true);
  if (!first) return;
  for (const second of others) {
    const airGapped = [first, second].some(({ rule }) => rule.airGappedVault !== undefined);
    const fails = type.name === 'S3' && airGapped && differentVaults(first.rule, second.rule);
    yield { id: 'Backup-DuplicateContinuous', first, second, fails };
  }
  if (type.name !== 'S3') return;
  for (const second of rules)
    if ((second.rule.continuous ?? false) === false && differentVaults(first.rule, second.rule))
      yield { id: 'Backup-S3SameVault', first, second, fails: false };
}

/** Whether two rules certainly write to different vaults. */
function differentVaults(a: RuleItem, b: RuleItem): boolean {
  return different(a.vault, b.vault) || different(a.airGappedVault, b.airGappedVault);
}

function different(a: Link | undefined, b: Link | undefined): boolean {
  if (!a || !b) return a !== b;
  if (a.to !== undefined && b.to !== undefined) return a.to !== b.to;
  return sameText(a.text, b.text) === false;
}

function seen({ id, first, second, fails, resources }: Conflict): Seen {
  const what = few(resources.map(resourceName), 'resources');
  const both = `${ruleLabel(first.plan, first.rule)} and ${ruleLabel(second.plan, second.rule)}`;
  const place = at(second.plan.place, second.rule.pathInTemplate);
  if (id === 'Backup-S3SameVault')
    return {
      id,
      place,
      message: `${both} protect ${what} continuously and by snapshots in different vaults`,
    };
  return {
    id,
    place,
    severity: fails ? 'error' : 'warning',
    message: `${both} both protect ${what} continuously${fails ? ', one of them in a logically air-gapped vault: its jobs fail' : ''}`,
  };
}
