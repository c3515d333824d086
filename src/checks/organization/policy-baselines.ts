import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { type NeededVault, type PolicyNeeds, policyNeeds } from '../../inventory/policy-needs';
import { policyReadings } from '../../inventory/policy-readings';
import { policyLabel, together } from '../../inventory/policy-words';
import { show } from '../../values/core/amounts';
import type { Check } from '../engine/check';
import { type Seen, subject } from '../engine/subject';
import { Baselines } from '../facts/baselines';
import { POLICY_BASELINE_FACTS } from '../facts/policy-baseline-facts';
import { managementAccountSeen, targetsSeen } from './policy-targets';

/** What must exist in every account for a backup policy to back anything up. */
export const policyBaselineChecks: readonly Check[] = subject(POLICY_BASELINE_FACTS, look);

function* look(inventory: Inventory): Iterable<Seen> {
  const needs = policyNeeds(policyReadings(inventory));
  if (needs.length === 0) return;
  const baselines = new Baselines(inventory);
  for (const need of needs) {
    if (baselines.sets.length === 0) yield* withoutBaseline(need, baselines);
    else {
      yield* regionsSeen(need, baselines);
      yield* vaultsSeen(need, baselines);
      yield* rolesSeen(need, baselines);
      yield* targetsSeen(need, baselines);
    }
  }
  yield* managementAccountSeen(needs, inventory);
}

/** Nothing tells what is in the accounts: one note for each policy. */
function* withoutBaseline(need: PolicyNeeds, baselines: Baselines): Iterable<Seen> {
  const missing = (one: NeededVault) => one.regions.filter((region) => !baselines.hasVault(one, region));
  const vaults = need.vaults.filter((one) => one.regions.length === 0 || missing(one).length > 0);
  const roles = need.roles.filter((role) => !baselines.hasRole(role));
  if (vaults.length + roles.length === 0) return;
  const names = (of: readonly { readonly name: string }[]) => [...new Set(of.map(({ name }) => show(name)))];
  const things = [
    ...(vaults.length > 0 ? [`${count('vault', names(vaults))} in each of its Regions`] : []),
    ...(roles.length > 0 ? [count('role', names(roles))] : []),
  ];
  const { item } = need.policy;
  yield {
    id: 'Backup-PolicyBaseline',
    place: item.place,
    message: `no stack set that could be read makes what ${policyLabel(item)} expects in every account that it applies to: ${together(things)}`,
  };
}

function count(what: string, names: readonly string[]): string {
  return `the ${what}${names.length === 1 ? '' : 's'} ${together(names)}`;
}

function* regionsSeen({ policy: { item }, regions }: PolicyNeeds, baselines: Baselines): Iterable<Seen> {
  const rolledOut = baselines.regions;
  if (!rolledOut) return;
  for (const [path, wanted] of regions) {
    const missing = wanted.filter((region) => !rolledOut.has(region));
    if (missing.length === 0) continue;
    yield {
      id: 'Backup-PolicyBaselineRegion',
      place: at(item.place, item.pathInTemplate),
      message: `\`${path}\` of ${policyLabel(item)} has ${together(missing)}, where no stack set rolls out a vault: they go to ${together([...rolledOut].sort())}`,
      severity: baselines.open ? 'note' : undefined,
    };
  }
}

function* vaultsSeen({ policy: { item }, vaults }: PolicyNeeds, baselines: Baselines): Iterable<Seen> {
  const rolledOut = baselines.regions;
  for (const vault of vaults) {
    // where nothing is rolled out at all, the Region is told; but for copies, whose Region is told nowhere else
    const asked = vault.regions.filter(
      (region) => vault.kind === 'any' || !rolledOut || rolledOut.has(region),
    );
    const missing = asked.filter((region) => !baselines.hasVault(vault, region));
    if (missing.length === 0) continue;
    const others = [...new Set(missing.flatMap((region) => baselines.vaultNames(region)))];
    const kind = vault.kind === 'air-gapped' ? 'logically air-gapped vault' : 'vault';
    yield {
      id: 'Backup-PolicyBaselineVault',
      place: at(item.place, item.pathInTemplate),
      message: `\`${vault.path}\` of ${policyLabel(item)} is the ${kind} ${show(vault.name)}, which no stack set makes in ${together(missing)}`,
      fix: `make it in the stack set that goes to all accounts of the policy${others.length > 0 ? `, or name one that is there: ${together(others.map(show))}` : ''}`,
      severity: baselines.open ? 'note' : undefined,
    };
  }
}

function* rolesSeen({ policy: { item }, roles }: PolicyNeeds, baselines: Baselines): Iterable<Seen> {
  for (const role of roles) {
    if (baselines.hasRole(role)) continue;
    const last = (name: string) => name.slice(name.lastIndexOf('/') + 1);
    const near = baselines.roleNames().find((name) => last(name) === last(role.name));
    yield {
      id: 'Backup-PolicyBaselineRole',
      place: at(item.place, item.pathInTemplate),
      message: `\`${role.path}\` of ${policyLabel(item)} is the role ${show(role.name)}, which no stack set makes`,
      fix: near
        ? `write ${show(near)}, which is there: the path is part of the ARN`
        : 'make it, path and all, in the stack set that goes to all accounts of the policy',
      severity: baselines.open ? 'note' : undefined,
    };
  }
}
