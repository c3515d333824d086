import type { Inventory } from '../../inventory/inventory';
import type { StackSetGroup, StackSetItem } from '../../inventory/organization/stack-sets';
import type { RequiredRole, RequiredVault } from '../../inventory/policy-requirements';
import type { VaultItem } from '../../inventory/vault/vaults';
import { isUnknown, known } from '../../template/evaluation/unknown';

/**
 * What the stack sets of an app roll out to member accounts. Vaults and roles whose names aren't known count as the
 * required ones: something is missing only if that is certain.
 */
export class Baselines {
  /** The stack sets that create vaults. */
  public readonly sets: readonly StackSetItem[];
  /** Whether some stack sets could not be read. */
  public readonly open: boolean;
  private readonly readable: readonly StackSetItem[];
  private readonly byRegion = new Map<string, Vaults>();
  private ofApp?: Vaults;
  private knownRoles?: Roles;

  constructor(private readonly inventory: Inventory) {
    const { stackSets } = inventory;
    this.readable = stackSets.filter(({ readable }) => readable);
    this.open = this.readable.length < stackSets.length;
    this.sets = this.readable.filter((set) => makesVaults(set));
  }

  /** The Regions that vaults are rolled out to; undefined if they aren't known. */
  public get regions(): ReadonlySet<string> | undefined {
    const all = new Set<string>();
    for (const { groups } of this.sets) {
      if (groups.rest) return undefined;
      for (const { regions } of groups.items) {
        if (regions.rest) return undefined;
        for (const region of regions.items) {
          if (isUnknown(region)) return undefined;
          all.add(region);
        }
      }
    }
    return all;
  }

  /** Whether a vault is rolled out to a Region, or is in a stack of the app there. */
  public hasVault({ name, kind }: RequiredVault, region: string): boolean {
    const fits = (vault: VaultItem) => kind === 'any' || vault.kind === kind;
    const { byName, open } = this.vaultsIn(region);
    if (open.some(fits) || byName.get(name)?.some(fits)) return true;
    this.ofApp ??= indexed(this.inventory.vaults);
    const here = ({ place }: VaultItem) => place.region === undefined || place.region === region;
    return this.ofApp.byName.get(name)?.some((vault) => fits(vault) && here(vault)) ?? false;
  }

  /** The names of the vaults that are rolled out to a Region, as far as they are known. */
  public vaultNames(region: string): string[] {
    return [...this.vaultsIn(region).byName.keys()];
  }

  /** Whether a role is rolled out to any Region, because roles are global, or is in the app. */
  public hasRole({ name }: RequiredRole): boolean {
    const { names, open } = this.roles();
    return open || names.has(name);
  }

  /** The roles that are rolled out, with their paths, as far as they are known. */
  public roleNames(): string[] {
    return [...this.roles().names];
  }

  private roles(): Roles {
    if (this.knownRoles) return this.knownRoles;
    const names = new Set<string>();
    let open = false;
    const rolledOut = this.readable.flatMap(({ groups }) =>
      groups.items.flatMap((group) => regionsOf(group).flatMap((region) => group.made(region).roles)),
    );
    for (const { path = '/', name } of rolledOut)
      if (isUnknown(path) || isUnknown(name)) open = true;
      else names.add(`${path.slice(1)}${name}`);
    for (const { path = '/', name } of this.inventory.roles)
      if (!isUnknown(path) && !isUnknown(name)) names.add(`${path.slice(1)}${name}`);
    this.knownRoles = { names, open };
    return this.knownRoles;
  }

  private vaultsIn(region: string): Vaults {
    let vaults = this.byRegion.get(region);
    if (!vaults) {
      const goesThere = ({ regions }: StackSetGroup) =>
        regions.rest || regions.items.some((one) => isUnknown(one) || one === region);
      vaults = indexed(
        this.sets.flatMap(({ groups }) =>
          groups.items.filter(goesThere).flatMap((group) => group.made(region).vaults),
        ),
      );
      this.byRegion.set(region, vaults);
    }
    return vaults;
  }
}

/** Vaults by name, and those whose names aren't known. */
interface Vaults {
  readonly byName: ReadonlyMap<string, readonly VaultItem[]>;
  readonly open: readonly VaultItem[];
}

interface Roles {
  readonly names: ReadonlySet<string>;
  readonly open: boolean;
}

function indexed(vaults: readonly VaultItem[]): Vaults {
  const byName = new Map<string, VaultItem[]>();
  const open: VaultItem[] = [];
  for (const vault of vaults) {
    const name = known(vault.name);
    if (name === undefined) open.push(vault);
    else if (byName.has(name)) byName.get(name)?.push(vault);
    else byName.set(name, [vault]);
  }
  return { byName, open };
}

/** The known Regions of a group, or any Region if none is known. */
function regionsOf({ regions }: StackSetGroup): string[] {
  const all = regions.items.flatMap((region) => known(region) ?? []);
  return all.length > 0 ? all : ['us-east-1'];
}

function makesVaults({ groups }: StackSetItem): boolean {
  return groups.items.some((group) =>
    regionsOf(group).some((region) => group.made(region).vaults.length > 0),
  );
}
