import { type PlanNeeds, planNeeds } from '../policy/document/plan-needs';
import type { ParsedPolicies, ParsedPolicy } from './parsed-policies';

/** A vault that a policy needs in every account that it applies to. */
export interface RequiredVault {
  readonly kind: 'standard' | 'air-gapped' | 'any';
  readonly name: string;
  readonly regions: readonly string[];
  /** The setting that names it. */
  readonly path: string;
}

/** A role that a policy needs in every account that it applies to. */
export interface RequiredRole {
  /** Path and name, without the first `/`: `service-role/Backup`. */
  readonly name: string;
  readonly path: string;
}

/** What a policy needs in every account. */
export interface PolicyRequirements {
  readonly policy: ParsedPolicy;
  readonly vaults: readonly RequiredVault[];
  readonly roles: readonly RequiredRole[];
  /** Where its plans run, by the path of the setting. */
  readonly regions: ReadonlyMap<string, readonly string[]>;
}

/** What policies need in the accounts that they apply to, as far as it is known. */
export function policyRequirements({ read }: ParsedPolicies): PolicyRequirements[] {
  const valid = read
    .filter(({ problems }) => problems.every(({ severity }) => severity !== 'error'))
    .map((policy) => ({ policy, plans: planNeeds(policy.fragment) }));
  const regionsByPlan = new Map<string, Set<string>>();
  for (const { plans } of valid)
    for (const [key, { regions }] of plans) {
      const known = regionsByPlan.get(key) ?? new Set();
      for (const region of regions) known.add(region);
      regionsByPlan.set(key, known);
    }
  return valid.map(({ policy, plans }) => requirementsOf(policy, plans, regionsByPlan));
}

function requirementsOf(
  policy: ParsedPolicy,
  plans: ReadonlyMap<string, PlanNeeds>,
  regionsByPlan: ReadonlyMap<string, ReadonlySet<string>>,
): PolicyRequirements {
  const vaults: RequiredVault[] = [];
  const roles: RequiredRole[] = [];
  const regions = new Map<string, readonly string[]>();
  for (const [key, plan] of plans) {
    if (plan.regions.length > 0) regions.set(`${plan.path}/regions`, plan.regions);
    // a policy without Regions takes those of the other policies
    const where = plan.regions.length > 0 ? plan.regions : [...(regionsByPlan.get(key) ?? [])];
    vaults.push(
      ...plan.vaults.map((vault): RequiredVault => ({ ...vault, kind: 'standard', regions: where })),
      ...plan.airGappedVaults.map(
        (vault): RequiredVault => ({ ...vault, kind: 'air-gapped', regions: where }),
      ),
      ...plan.copies
        .filter(({ account }) => account === '$account')
        .map(
          ({ vault, region, path }): RequiredVault => ({ kind: 'any', name: vault, regions: [region], path }),
        ),
    );
    roles.push(...plan.roles, ...(plan.scannerRole ? [plan.scannerRole] : []));
  }
  return { policy, vaults, roles, regions };
}
