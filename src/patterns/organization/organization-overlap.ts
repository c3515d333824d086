import type { Construct } from 'constructs';
import type { OrganizationTarget } from '../../organization/core/organization-target';
import { appMemory } from '../../resources/core/app-memory';
import { isInTree } from '../../resources/core/siblings-in-environment';
import { enumerateNames } from '../../values/core/enumeration';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';

/** What an `OrganizationBackup` creates in each of its accounts, by name, and what it selects by. */
export interface OrganizationReach {
  readonly owner: Construct;
  readonly organizationId: string;
  readonly targets: readonly OrganizationTarget[];
  /** Names of roles, vaults and aliases, which are unique in an account. */
  readonly names: readonly string[];
}

/**
 * Another `OrganizationBackup` that creates resources with the same names in the same accounts, which fails. Which unit
 * contains which is known only of the root.
 */
export function overlapProblems(reach: OrganizationReach): Problem[] {
  const all = appMemory<OrganizationReach[]>(reach.owner, 'organizationBackups');
  const others = (all.get('') ?? []).filter(({ owner }) => isInTree(owner));
  all.set('', [...others, reach]);
  return others.flatMap((other) => {
    const shared = reach.names.filter((name) => other.names.includes(name));
    const target = sharedTarget(reach, other);
    if (other.organizationId !== reach.organizationId || !target || shared.length === 0) return [];
    return [
      problem({
        id: 'Backup-OrganizationBackupTwice',
        property: 'targets',
        message: (label) =>
          `${label('targets')} has \`${target}\`, in whose accounts \`${other.owner.node.path}\` also creates ${enumerateNames(shared)}: the deployment fails, because these names exist`,
        fix: 'add the tiers to one `OrganizationBackup`, or use other targets',
      }),
    ];
  });
}

function sharedTarget(one: OrganizationReach, other: OrganizationReach): OrganizationTarget | undefined {
  return one.targets.find((target) =>
    other.targets.some(({ id, _kind }) => id === target.id || _kind === 'root' || target._kind === 'root'),
  );
}
