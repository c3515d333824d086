import { protectionsOf } from '../../coverage/protections';
import { at, type Link } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { resourceName, ruleLabel } from '../../inventory/labels';
import type { PlanItem, RuleItem } from '../../inventory/plan/plans';
import type { ResourceItem } from '../../inventory/protected-resource/resource-item';
import { ResourceTypes } from '../../inventory/resource-types';
import { eachRule, type PlanRule } from '../../inventory/traversal';
import { sameText } from '../../template/evaluation/match';
import { summarizeNames } from '../../values/core/enumeration';
import type { FindingId } from '../../values/findings/registry';
import { BackupCapability, CapabilitySupport } from '../../values/resource-type/capability';
import type { ResourceType } from '../../values/resource-type/resource-type';
import { type Check, type CheckOptions, checksOf } from '../engine/check';
import type { Detection } from '../engine/detection';
import { SharedEnvironment } from '../facts/shared-environment';

/** Continuous rules that interfere with other rules. */
export const continuousChecks: readonly Check[] = checksOf(
  ['Backup-ContinuousAirGappedTwice', 'Backup-DuplicateContinuous', 'Backup-S3SameVault'],
  findProblems,
);

/** Two rules that interfere with each other on some resources. */
interface Conflict {
  readonly id: FindingId;
  readonly first: PlanRule;
  readonly second: PlanRule;
  readonly fails: boolean;
  readonly resources: ResourceItem[];
}

function* findProblems(inventory: Inventory, { resourceTypes }: CheckOptions): Iterable<Detection> {
  const conflicts = new Map<string, Conflict>();
  const types = new ResourceTypes(resourceTypes);
  const environment = new SharedEnvironment(inventory);
  const protections = protectionsOf(inventory);
  for (const resource of inventory.resources) {
    const type = types.of(resource);
    if (type?.supports(BackupCapability.CONTINUOUS) !== CapabilitySupport.YES) continue;
    const plans = new Set<PlanItem>();
    for (const { plan, certain, selection, throughStack } of protections.of(resource))
      if (plan && certain && !throughStack && environment.isCertain(selection.place, resource.place))
        plans.add(plan);
    const rules = [...eachRule({ plans: [...plans] })];
    for (const { id, first, second, fails } of conflictsOf(rules, type)) {
      const key = [id, idOf(first), idOf(second), fails].join('|');
      const existing = conflicts.get(key);
      if (existing) existing.resources.push(resource);
      else conflicts.set(key, { id, first, second, fails, resources: [resource] });
    }
  }
  for (const conflict of conflicts.values()) yield toDetection(conflict);
}

function idOf({ plan, rule }: PlanRule): string {
  return `${plan.id}/${rule.index}`;
}

function* conflictsOf(rules: readonly PlanRule[], type: ResourceType): Iterable<Omit<Conflict, 'resources'>> {
  const [first, ...others] = rules.filter(({ rule }) => rule.continuous === true);
  if (!first) return;
  for (const second of others) {
    const airGapped = [first, second].some(({ rule }) => rule.airGappedVault !== undefined);
    const fails = type.name === 'S3' && airGapped && differentVaults(first.rule, second.rule);
    yield {
      id: fails ? 'Backup-ContinuousAirGappedTwice' : 'Backup-DuplicateContinuous',
      first,
      second,
      fails,
    };
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

function toDetection({ id, first, second, fails, resources }: Conflict): Detection {
  const what = summarizeNames(resources.map(resourceName), 'resources');
  const both = `${ruleLabel(first.plan, first.rule)} and ${ruleLabel(second.plan, second.rule)}`;
  const place = at(second.plan.place, second.rule.pathInTemplate);
  if (id === 'Backup-S3SameVault')
    return {
      id,
      place,
      message: `${both} protect ${what} with continuous backups and with snapshots in different vaults`,
    };
  return {
    id,
    place,
    message: `${both} both protect ${what} with continuous backups${fails ? ', one of them in a logically air-gapped vault, so its jobs fail' : ''}`,
  };
}
