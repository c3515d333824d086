import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { policyLabel } from '../../inventory/labels';
import { parsedPolicies } from '../../inventory/parsed-policies';
import {
  type PolicyRequirements,
  policyRequirements,
  type RequiredVault,
} from '../../inventory/policy-requirements';
import { show } from '../../values/core/amounts';
import { enumerate } from '../../values/core/enumeration';
import { type Check, checksOf } from '../engine/check';
import type { Detection } from '../engine/detection';
import { Baselines } from '../facts/baselines';

/** The vaults and roles that backup policies need in every account. */
export const policyBaselineChecks: readonly Check[] = checksOf(
  [
    'Backup-PolicyBaselineUnknown',
    'Backup-PolicyBaseline',
    'Backup-PolicyBaselineVault',
    'Backup-PolicyBaselineRole',
    'Backup-PolicyBaselineRegion',
  ],
  findProblems,
);

function* findProblems(inventory: Inventory): Iterable<Detection> {
  const needs = policyRequirements(parsedPolicies(inventory));
  if (needs.length === 0) return;
  const baselines = new Baselines(inventory);
  for (const need of needs) {
    if (baselines.sets.length === 0) yield* withoutBaseline(need, baselines);
    else {
      yield* findMissingRegions(need, baselines);
      yield* findMissingVaults(need, baselines);
      yield* findMissingRoles(need, baselines);
    }
  }
}

/** Without a stack set that creates vaults, what is in the accounts isn't known: one note for each policy. */
function* withoutBaseline(need: PolicyRequirements, baselines: Baselines): Iterable<Detection> {
  const missing = (one: RequiredVault) => one.regions.filter((region) => !baselines.hasVault(one, region));
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
    message: `no stack set that could be read creates what ${policyLabel(item)} needs in every account that it applies to: ${enumerate(things)}`,
  };
}

function count(what: string, names: readonly string[]): string {
  return `the ${what}${names.length === 1 ? '' : 's'} ${enumerate(names)}`;
}

function* findMissingRegions(
  { policy: { item }, regions }: PolicyRequirements,
  baselines: Baselines,
): Iterable<Detection> {
  const rolledOut = baselines.regions;
  if (!rolledOut) return;
  for (const [path, wanted] of regions) {
    const missing = wanted.filter((region) => !rolledOut.has(region));
    if (missing.length === 0) continue;
    yield {
      id: baselines.open ? 'Backup-PolicyBaselineUnknown' : 'Backup-PolicyBaselineRegion',
      place: at(item.place, item.pathInTemplate),
      message: `\`${path}\` of ${policyLabel(item)} has ${enumerate(missing)}, where no stack set rolls out a vault; vaults go to ${enumerate([...rolledOut].sort())}`,
    };
  }
}

function* findMissingVaults(
  { policy: { item }, vaults }: PolicyRequirements,
  baselines: Baselines,
): Iterable<Detection> {
  const rolledOut = baselines.regions;
  for (const vault of vaults) {
    // missing Regions are reported separately, except those of copies
    const asked = vault.regions.filter(
      (region) => vault.kind === 'any' || !rolledOut || rolledOut.has(region),
    );
    const missing = asked.filter((region) => !baselines.hasVault(vault, region));
    if (missing.length === 0) continue;
    const others = [...new Set(missing.flatMap((region) => baselines.vaultNames(region)))];
    const kind = vault.kind === 'air-gapped' ? 'logically air-gapped vault' : 'vault';
    yield {
      id: baselines.open ? 'Backup-PolicyBaselineUnknown' : 'Backup-PolicyBaselineVault',
      place: at(item.place, item.pathInTemplate),
      message: `\`${vault.path}\` of ${policyLabel(item)} is the ${kind} ${show(vault.name)}, which no stack set creates in ${enumerate(missing)}`,
      fix: `create it in the stack set that is deployed to all accounts of the policy${others.length > 0 ? `, or use one that exists there: ${enumerate(others.map(show))}` : ''}`,
    };
  }
}

function* findMissingRoles(
  { policy: { item }, roles }: PolicyRequirements,
  baselines: Baselines,
): Iterable<Detection> {
  for (const role of roles) {
    if (baselines.hasRole(role)) continue;
    const last = (name: string) => name.slice(name.lastIndexOf('/') + 1);
    const near = baselines.roleNames().find((name) => last(name) === last(role.name));
    yield {
      id: baselines.open ? 'Backup-PolicyBaselineUnknown' : 'Backup-PolicyBaselineRole',
      place: at(item.place, item.pathInTemplate),
      message: `\`${role.path}\` of ${policyLabel(item)} is the role ${show(role.name)}, which no stack set creates`,
      fix: near
        ? `use ${show(near)}, which exists: the path is part of the ARN`
        : 'create it with its path in the stack set that is deployed to all accounts of the policy',
    };
  }
}
