import type { Node } from 'constructs';
import { show } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { type LockValues, lockRangeProblems } from '../../values/vault/vault-lock';
import type { PolicyNeed } from '../core/policy-needs';

/** What a baseline makes in every member account. */
export interface BaselineFacts {
  readonly vaultNames: string[];
  readonly airGappedVaultNames: string[];
  readonly regions: string[];
  readonly roleName: string;
  readonly node: Node;
}

/** What a plan needs and a baseline hasn't: AWS Backup says nothing, and backs nothing up. */
export function baselineServiceProblems(
  baseline: BaselineFacts,
  need: PolicyNeed,
  locks: ReadonlyMap<string, LockValues | undefined>,
  airGapped: ReadonlyMap<string, LockValues>,
): Problem[] {
  const { vaultNames, airGappedVaultNames, regions, roleName, node } = baseline;
  const missing = (
    id: string,
    what: string,
    wanted: readonly string[],
    there: readonly string[],
    fix: string,
  ): Problem[] =>
    wanted
      .filter((each) => !there.includes(each))
      .map((each) => ({
        id,
        severity: 'error',
        property: 'baseline',
        message: `\`baseline\` must have ${what} of the plan ${show(need.plan)}, but \`${node.path}\` has ${listed(there)}, got ${show(each)}`,
        fix,
      }));
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
      'say the same `roleName` for both',
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
        (problem) => ({
          ...problem,
          message: problem.message.replace(
            '`retention`',
            () => `\`retention\` of the rule ${show(rule)} of the plan ${show(need.plan)}`,
          ),
        }),
      );
    }),
  ];
}

/** Copies within the account go into vaults that are there too. */
function copyProblems(
  { vaultNames, airGappedVaultNames, regions, node }: BaselineFacts,
  need: PolicyNeed,
): Problem[] {
  const there = [...inRegions(vaultNames, regions), ...airGappedVaultNames];
  return need.copies
    .filter(({ region, vault }) => !regions.includes(region) || !there.includes(vault))
    .map(({ region, vault }) => ({
      id: 'Backup-BaselineWithoutCopyVault',
      severity: 'warning',
      property: 'baseline',
      message: `\`baseline\` should have the vault that copies of the plan ${show(need.plan)} go into, but \`${node.path}\` has ${listed(there)} in ${listed(regions)}, got ${show(vault)} in ${region}`,
      fix: 'add the vault and the Region to the baseline, or make sure that it is in every account',
    }));
}

/** The names as they are in the Regions. */
function inRegions(names: readonly string[], regions: readonly string[]): string[] {
  return names.flatMap((name) =>
    name.includes('$region') ? regions.map((region) => name.replaceAll('$region', region)) : [name],
  );
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.map((name) => `\`${name}\``).join(', ');
}
