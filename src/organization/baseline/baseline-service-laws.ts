import type { Node } from 'constructs';
import { show } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import type { FindingId } from '../../values/findings/registry';
import { type LockValues, lockRangeProblems } from '../../values/vault/vault-lock';
import type { PolicyNeed } from '../core/policy-needs';

/** What a baseline creates in every member account. */
export interface BaselineFacts {
  readonly vaultNames: string[];
  readonly airGappedVaultNames: string[];
  readonly regions: string[];
  readonly roleName: string;
  readonly node: Node;
}

/** What a plan needs and a baseline lacks: AWS Backup reports no error, and backs nothing up. */
export function baselineServiceProblems(
  baseline: BaselineFacts,
  need: PolicyNeed,
  locks: ReadonlyMap<string, LockValues | undefined>,
  airGapped: ReadonlyMap<string, LockValues>,
): Problem[] {
  const { vaultNames, airGappedVaultNames, regions, roleName, node } = baseline;
  const missing = (
    id: FindingId,
    what: string,
    wanted: readonly string[],
    existing: readonly string[],
    fix: string,
  ): Problem[] =>
    wanted
      .filter((each) => !existing.includes(each))
      .map((each) =>
        problem({
          id,
          property: 'baseline',
          message: (label) =>
            `${label('baseline')} must have ${what} of the plan ${show(need.plan)}, but \`${node.path}\` has ${listed(existing)}, got ${show(each)}`,
          fix,
        }),
      );
  return [
    ...missing(
      'Backup-BaselineWithoutVault',
      'the vaults',
      need.vaults,
      inRegions(vaultNames, regions),
      'add it to the `vaults` of the baseline',
    ),
    ...missing(
      'Backup-BaselineWithoutVault',
      'the air-gapped vaults',
      need.airGappedVaults,
      airGappedVaultNames,
      'add it to the `airGappedVaults` of the baseline',
    ),
    ...missing(
      'Backup-BaselineWithoutRole',
      'the role',
      need.roles,
      [roleName],
      'use the same `roleName` for both',
    ),
    ...missing(
      'Backup-BaselineWithoutRegion',
      'the Regions',
      need.regions,
      regions,
      'add it to the `regions` of the baseline',
    ),
    ...copyProblems(baseline, need),
    ...need.retentions.flatMap(({ rule, vault, days }) => {
      const name = vaultNames.find((each) => inRegions([each], regions).includes(vault));
      const lock = locks.get(name ?? '') ?? airGapped.get(vault);
      if (!lock) return [];
      return lockRangeProblems(days, lock, 'retention', `the vault ${show(vault)} of \`${node.path}\``).map(
        (problem) => problem.as({ of: `the rule ${show(rule)} of the plan ${show(need.plan)}` }),
      );
    }),
  ];
}

/** Copies within the account need vaults that exist there. */
function copyProblems(
  { vaultNames, airGappedVaultNames, regions, node }: BaselineFacts,
  need: PolicyNeed,
): Problem[] {
  const existing = [...inRegions(vaultNames, regions), ...airGappedVaultNames];
  return need.copies
    .filter(({ region, vault }) => !regions.includes(region) || !existing.includes(vault))
    .map(({ region, vault }) =>
      problem({
        id: 'Backup-BaselineWithoutCopyVault',
        property: 'baseline',
        message: (label) =>
          `${label('baseline')} should have the vault that copies of the plan ${show(need.plan)} go into, but \`${node.path}\` has ${listed(existing)} in ${listed(regions)}, got ${show(vault)} in ${region}`,
        fix: 'add the vault and the Region to the baseline, or make sure that the vault exists in every account',
      }),
    );
}

/** The names with the Regions filled in. */
function inRegions(names: readonly string[], regions: readonly string[]): string[] {
  return names.flatMap((name) =>
    name.includes('$region') ? regions.map((region) => name.replaceAll('$region', region)) : [name],
  );
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.map((name) => `\`${name}\``).join(', ');
}
