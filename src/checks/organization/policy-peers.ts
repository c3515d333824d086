import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { policyLabel } from '../../inventory/labels';
import { type ParsedPolicy, parsedPolicies } from '../../inventory/parsed-policies';
import { ORGANIZATION_QUOTAS } from '../../policy/effective/organization';
import { TOKEN } from '../../policy/language/policy-fragment';
import { type Contribution, type MergeObserver, mergeLevel, NOTHING } from '../../policy/merge/policy-merge';
import { isUnknown } from '../../template/evaluation/unknown';
import { enumerate } from '../../values/core/enumeration';
import { type Check, checksOf } from '../engine/check';
import type { Detection } from '../engine/detection';

/** Backup policies that interfere with each other on one target. */
export const policyPeerChecks: readonly Check[] = checksOf(
  ['Backup-PolicyPeerDuplicate', 'Backup-PolicyPeerConflict', 'Backup-PolicyTargetQuota'],
  findProblems,
);

function* findProblems(inventory: Inventory): Iterable<Detection> {
  const { read } = parsedPolicies(inventory);
  for (const [target, policies] of byTarget(read)) {
    const most = ORGANIZATION_QUOTAS.policiesPerEntity;
    if (policies.length > most)
      yield {
        id: 'Backup-PolicyTargetQuota',
        place: policies[most].item.place,
        message: `\`TargetIds\` of ${policyLabel(policies[most].item)} includes \`${target}\`, to which at most ${most} backup policies can be attached, got ${policies.length}`,
      };
  }
  yield* findConflicts(read);
}

/** The policies that are certainly attached to each target. */
function byTarget(read: readonly ParsedPolicy[]): Map<string, ParsedPolicy[]> {
  const targets = new Map<string, ParsedPolicy[]>();
  for (const policy of read) {
    const { condition, targets: ids } = policy.item;
    if (condition && isUnknown(condition.holds)) continue;
    for (const id of new Set(ids.items)) {
      if (isUnknown(id)) continue;
      const own = targets.get(id);
      if (own) own.push(policy);
      else targets.set(id, [policy]);
    }
  }
  return targets;
}

/** A setting that several policies assign, with the targets that they have in common. */
interface Conflict {
  readonly policies: readonly ParsedPolicy[];
  readonly property: string;
  readonly same: boolean;
  readonly targets: string[];
}

function* findConflicts(read: readonly ParsedPolicy[]): Iterable<Detection> {
  const found = new Map<string, Conflict>();
  const valid = read.filter(({ problems }) => problems.every(({ severity }) => severity !== 'error'));
  const merged = new Set<string>();
  const known = new Map<string, Conflict[]>();
  for (const [target, policies] of byTarget(valid)) {
    if (policies.length < 2) continue;
    const group = policies.map(({ item }) => item.id).join('\0');
    if (!merged.has(group)) {
      merged.add(group);
      known.set(group, conflictsOf(policies));
    }
    for (const conflict of known.get(group) ?? []) {
      const key = [conflict.property, ...conflict.policies.map(({ item }) => item.id)].join('\0');
      const before = found.get(key);
      if (before) before.targets.push(target);
      else found.set(key, { ...conflict, targets: [target] });
    }
  }
  for (const { policies, property, same, targets } of found.values()) {
    const last = policies[policies.length - 1].item;
    const labels = enumerate(policies.map(({ item }) => policyLabel(item)));
    const where = enumerate(targets.map((target) => `\`${target}\``));
    yield {
      id: same ? 'Backup-PolicyPeerDuplicate' : 'Backup-PolicyPeerConflict',
      place: at(last.place, last.pathInTemplate),
      message: `\`${property}\` is assigned by ${labels}, all attached to ${where}: ${same ? 'they set the same value now' : 'which of them wins depends on the order in which they are attached'}`,
    };
  }
}

function conflictsOf(policies: readonly ParsedPolicy[]): Conflict[] {
  const all: Conflict[] = [];
  const observer: MergeObserver = {
    conflict(path, winner, losers) {
      const names = [winner, ...losers].map(({ policy }) => Number(policy));
      all.push({
        policies: names.map((index) => policies[index]),
        property: path.join('/'),
        same: losers.every((loser) => isSame(winner, loser)),
        targets: [],
      });
    },
    ignored() {},
  };
  const contributions = policies.map(({ fragment }, index) => ({ policy: String(index), fragment }));
  mergeLevel(NOTHING, contributions, observer);
  return all;
}

/** Whether two policies assign the same value. A value that isn't known may be the same. */
function isSame({ fragment: a }: Contribution, { fragment: b }: Contribution): boolean {
  const texts = [a.assign, b.assign].flat();
  return texts.includes(TOKEN) || JSON.stringify(a.assign) === JSON.stringify(b.assign);
}
