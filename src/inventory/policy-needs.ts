import { assigned, type Fragment, fragmentAt, TOKEN } from '../policy/language/policy-fragment';
import type { PolicyReadings, ReadPolicy } from './policy-readings';

/** A vault that a policy expects in every account that it applies to. */
export interface NeededVault {
  readonly kind: 'standard' | 'air-gapped' | 'any';
  readonly name: string;
  readonly regions: readonly string[];
  /** The setting that names it. */
  readonly path: string;
}

/** A role that a policy expects in every account that it applies to. */
export interface NeededRole {
  /** Path and name, without the first `/`: `service-role/Backup`. */
  readonly name: string;
  readonly path: string;
}

/** What a policy expects in every account. */
export interface PolicyNeeds {
  readonly policy: ReadPolicy;
  readonly vaults: readonly NeededVault[];
  readonly roles: readonly NeededRole[];
  /** Where its plans run, by the path of the setting. */
  readonly regions: ReadonlyMap<string, readonly string[]>;
}

/** What policies expect in the accounts that they apply to, as far as it is known. */
export function policyNeeds({ read }: PolicyReadings): PolicyNeeds[] {
  const valid = read.filter(({ problems }) => problems.every(({ severity }) => severity !== 'error'));
  const regionsByPlan = new Map<string, Set<string>>();
  for (const { fragment } of valid)
    for (const [key, plan] of entries(fragment, 'plans')) {
      const known = regionsByPlan.get(key) ?? new Set();
      for (const region of regionsOf(plan)) known.add(region);
      regionsByPlan.set(key, known);
    }
  return valid.map((policy) => needsOf(policy, regionsByPlan));
}

function needsOf(policy: ReadPolicy, regionsByPlan: ReadonlyMap<string, ReadonlySet<string>>): PolicyNeeds {
  const vaults: NeededVault[] = [];
  const roles: NeededRole[] = [];
  const regions = new Map<string, readonly string[]>();
  const role = (owner: Fragment | undefined, setting: string, path: string) => {
    const name = /^arn:[^:]+:iam::\$account:role\/(.+)$/.exec(assigned(owner, setting) ?? '')?.[1];
    if (name !== undefined) roles.push({ name, path: `${path}/${setting}` });
  };
  for (const [key, plan] of entries(policy.fragment, 'plans')) {
    const place = `plans/${plan.name}`;
    const own = regionsOf(plan);
    if (own.length > 0) regions.set(`${place}/regions`, own);
    // a policy that says no Regions takes those of the others
    const where = own.length > 0 ? own : [...(regionsByPlan.get(key) ?? [])];
    for (const [, rule] of entries(plan, 'rules'))
      vaults.push(...vaultsOf(rule, `${place}/rules/${rule.name}`, where));
    for (const kind of ['tags', 'resources'])
      for (const [, selection] of entries(plan, 'selections', kind))
        role(selection, 'iam_role_arn', `${place}/selections/${kind}/${selection.name}`);
    role(
      fragmentAt(plan, 'scan_settings', 'guardduty'),
      'scanner_role_arn',
      `${place}/scan_settings/GUARDDUTY`,
    );
  }
  return { policy, vaults, roles, regions };
}

function vaultsOf(rule: Fragment, path: string, regions: readonly string[]): NeededVault[] {
  const vaults: NeededVault[] = [];
  const name = assigned(rule, 'target_backup_vault_name');
  if (name !== undefined && name !== TOKEN)
    vaults.push({ kind: 'standard', name, regions, path: `${path}/target_backup_vault_name` });
  const setting = 'target_logically_air_gapped_backup_vault_arn';
  const airGapped = /:backup-vault:(.+)$/.exec(assigned(rule, setting) ?? '')?.[1];
  if (airGapped !== undefined)
    vaults.push({ kind: 'air-gapped', name: airGapped, regions, path: `${path}/${setting}` });
  for (const [, copy] of entries(rule, 'copy_actions')) {
    const [, region, vault] = /^arn:[^:]+:backup:([^:]+):\$account:backup-vault:(.+)$/.exec(copy.name) ?? [];
    if (region !== undefined && vault !== undefined)
      vaults.push({ kind: 'any', name: vault, regions: [region], path: `${path}/copy_actions/${copy.name}` });
  }
  return vaults;
}

/** The Regions that a policy sets, without those that it takes away. */
function regionsOf(plan: Fragment): string[] {
  const regions = fragmentAt(plan, 'regions');
  const set = [...(Array.isArray(regions?.assign) ? regions.assign : []), ...(regions?.append ?? [])];
  const removed = new Set(regions?.remove);
  return [...new Set(set)].filter((region) => region !== TOKEN && !removed.has(region));
}

function entries(fragment: Fragment, ...keys: string[]): [string, Fragment][] {
  return [...(fragmentAt(fragment, ...keys)?.children ?? [])];
}
