import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { type PolicyReadings, policyReadings, type ReadPolicy } from '../../inventory/policy-readings';
import { ORGANIZATIONS, policyLabel, together } from '../../inventory/policy-words';
import { EffectiveLaw } from '../../policy/effective/effective-errors';
import { ORGANIZATION_QUOTAS } from '../../policy/effective/organization';
import { TOKEN } from '../../policy/language/policy-fragment';
import { type Contribution, type MergeObserver, mergeLevel, NOTHING } from '../../policy/merge/policy-merge';
import { isUnknown } from '../../template/evaluation/unknown';
import type { Check } from '../engine/check';
import { type CheckFacts, type Seen, subject } from '../engine/subject';

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-PolicyPeerConflict',
    severity: 'error',
    what: 'Several backup policies that are attached to one root, unit or account assign the same setting; a warning where they say the same.',
    why: 'The first attached one wins, and CloudFormation attaches them in any order: detaching and attaching one again changes what is backed up.',
    fix: 'assign it in one of them',
    docs: `${ORGANIZATIONS}orgs_manage_policies_inheritance_mgmt.html`,
    source: 'AWS Organizations User Guide, Inheritance examples; effective policies that were seen',
    asOf: '2026-09-13',
  },
  {
    id: 'Backup-PolicyTargetQuota',
    severity: 'warning',
    what: 'More than 10 backup policies are attached to one root, unit or account.',
    why: 'AWS Organizations refuses to attach more.',
    fix: 'merge some of them, or attach them further up or down',
    docs: `${ORGANIZATIONS}orgs_reference_limits.html`,
    source: 'AWS Organizations User Guide, Quotas',
    asOf: '2026-11-21',
  },
];

/** What backup policies do to each other, on one target and in the whole app. */
export const policyPeerChecks: readonly Check[] = subject(FACTS, look);

function* look(inventory: Inventory): Iterable<Seen> {
  const { read } = policyReadings(inventory);
  for (const [target, policies] of byTarget(read)) {
    const most = ORGANIZATION_QUOTAS.policiesPerEntity;
    if (policies.length > most)
      yield {
        id: 'Backup-PolicyTargetQuota',
        place: policies[most].item.place,
        message: `\`TargetIds\` of ${policyLabel(policies[most].item)} has \`${target}\`, to which at most ${most} backup policies should be attached, got ${policies.length}`,
      };
  }
  yield* conflicts(read);
}

/** The policies that certainly are attached to each target. */
function byTarget(read: readonly ReadPolicy[]): Map<string, ReadPolicy[]> {
  const targets = new Map<string, ReadPolicy[]>();
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

/** A setting that several policies assign, with the targets that they share. */
interface Conflict {
  readonly policies: readonly ReadPolicy[];
  readonly property: string;
  readonly same: boolean;
  readonly targets: string[];
}

function* conflicts(read: readonly ReadPolicy[]): Iterable<Seen> {
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
    const labels = together(policies.map(({ item }) => policyLabel(item)));
    const where = together(targets.map((target) => `\`${target}\``));
    yield {
      id: 'Backup-PolicyPeerConflict',
      place: at(last.place, last.pathInTemplate),
      message: `\`${property}\` is assigned by ${labels}, all attached to ${where}: ${same ? 'they say the same now' : 'which of them wins depends on the order in which they are attached'}`,
      severity: same ? 'warning' : 'error',
    };
  }
}

function conflictsOf(policies: readonly ReadPolicy[]): Conflict[] {
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

/** What isn't known may well be the same. */
function isSame({ fragment: a }: Contribution, { fragment: b }: Contribution): boolean {
  const texts = [a.assign, b.assign].flat();
  return texts.includes(TOKEN) || JSON.stringify(a.assign) === JSON.stringify(b.assign);
}

/** Plans that no policy of the app completes, by the policies that have a part in them: paths with what is missing. */
export function incompletePlans({ read, unread, library }: PolicyReadings): Map<ReadPolicy, string[]> {
  const found = new Map<ReadPolicy, string[]>();
  const broken = read.some(({ problems }) => problems.some(({ severity }) => severity === 'error'));
  if (unread > 0 || broken || read.some(({ open }) => open)) return found;
  const contributions = read.map(({ fragment }, index) => ({ policy: String(index), fragment }));
  const node = mergeLevel(NOTHING, contributions, { conflict() {}, ignored() {} });
  for (const { code, path, message, policies } of new EffectiveLaw(library.schedules).errors(node)) {
    const first = policies.length > 0 ? read[Number(policies[0])] : undefined;
    if (code !== 'KEY_REQUIRED' || !first) continue;
    const told = `\`${path}\`: ${message}`;
    found.set(first, [...(found.get(first) ?? []), told]);
  }
  return found;
}
