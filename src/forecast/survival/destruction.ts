import { appliesToEveryone, covers, isEffect } from '../../inventory/iam-evaluation';
import type { Inventory } from '../../inventory/inventory';
import type { RoleItem } from '../../inventory/role/roles';
import { RolePermissions } from '../../inventory/role-permissions';
import { known } from '../../template/evaluation/unknown';
import { and, not, type Verdict } from '../../template/evaluation/verdict';
import { DAY_MS, type Period } from '../core/period';
import { ControlPolicies } from './control-policies';
import type { Holding } from './holding';

/** Something that is lost, or under the control of an attacker. */
export type Loss =
  | { readonly kind: 'stack'; readonly root: string }
  | { readonly kind: 'key'; readonly id: string }
  | { readonly kind: 'account'; readonly account?: string }
  | { readonly kind: 'region'; readonly region?: string }
  | { readonly kind: 'management' }
  | { readonly kind: 'role'; readonly role: RoleItem };

/** Whether recovery points are lost, and why: lower case, no full stop. */
export interface Fate {
  readonly lost: Verdict;
  readonly because: string;
}

const DELETE = 'backup:DeleteRecoveryPoint';
const UNLOCK = 'backup:DeleteBackupVaultLockConfiguration';
const DESTROY_KEY = ['kms:ScheduleKeyDeletion', 'kms:DisableKey'];

/** Decides what a loss does to recovery points. */
export class Destruction {
  private readonly policies: ControlPolicies;
  private readonly permissions = new Map<RoleItem, RolePermissions>();
  private readonly roots = new Map<string, string>();

  constructor(
    private readonly inventory: Inventory,
    private readonly period: Period,
  ) {
    this.policies = new ControlPolicies(inventory);
    const parents = new Map(inventory.stacks.map(({ id, parent }) => [id, parent]));
    for (const { id } of inventory.stacks) {
      let root = id;
      for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root)) root = parent;
      this.roots.set(id, root);
    }
  }

  /** The root of the stack that something is in. */
  public rootOf(stackId: string): string {
    return this.roots.get(stackId) ?? stackId;
  }

  public of(loss: Loss, holding: Holding): Fate {
    switch (loss.kind) {
      case 'stack':
        return this.withStack(loss.root, holding);
      case 'key':
        return withKey(loss.id, holding);
      case 'account':
        return this.withAccount(loss.account, holding);
      case 'region':
        return withRegion(loss.region, holding);
      case 'management':
        return this.withManagement(holding);
      case 'role':
        return this.withRole(loss.role, holding);
    }
  }

  private withStack(root: string, { vault, key }: Holding): Fate {
    const item = key.kind === 'customer' ? key.item : undefined;
    if (item && this.rootOf(item.place.stackId) === root && item.deletionPolicy !== 'Retain')
      return { lost: true, because: `the stack deletes the key \`${item.place.logicalId}\`` };
    const emptied = this.inventory.vaultContents.find(
      ({ vault: of, place }) => of?.to === vault.key && this.rootOf(place.stackId) === root,
    );
    if (emptied && vault.item?.lock === undefined)
      return { lost: true, because: `\`${emptied.place.logicalId}\` empties vault \`${vault.name}\`` };
    return { lost: false, because: 'AWS Backup keeps a vault that has recovery points' };
  }

  private withAccount(account: string | undefined, holding: Holding): Fate {
    const { vault, key } = holding;
    if (key.kind === 'customer') {
      const here = same(key.account, account);
      const lost = and(here, not(this.policies.deny(account, DESTROY_KEY)));
      if (lost !== false)
        return { lost, because: `whoever controls the account can delete the key \`${key.name}\`` };
    }
    const here = same(vault.account, account);
    if (here === false) return { lost: false, because: `vault \`${vault.name}\` is in another account` };
    const locked = this.isLocked(holding);
    if (locked) return { lost: false, because: lockText(holding) };
    const denied = this.policies.deny(account, [DELETE]);
    const lost = and(here, and(not(locked), not(denied)));
    if (lost === false) return { lost, because: 'a service control policy denies deleting recovery points' };
    if (lost === undefined && denied === undefined)
      return { lost, because: 'a service control policy denies deleting recovery points, under conditions' };
    return { lost, because: `${lost ? '' : 'decided by the lock of the vault: '}${unlockedText(holding)}` };
  }

  /** Whoever controls the management account controls every member account, and can close it. */
  private withManagement(holding: Holding): Fate {
    const { vault, key } = holding;
    if (key.kind === 'customer')
      return { lost: true, because: `whoever controls the organization can delete the key \`${key.name}\`` };
    const locked = this.isLocked(holding);
    if (locked === false) return { lost: true, because: unlockedText(holding) };
    if (vault.item?.approvalTeam !== undefined)
      return {
        lost: false,
        because: `the approval team of vault \`${vault.name}\` gives access from another account`,
      };
    return {
      lost: undefined,
      because: locked
        ? 'AWS deletes locked recovery points 90 days after an account is closed'
        : `the lock and the key of vault \`${vault.name}\` decide, which is in no template`,
    };
  }

  private withRole(role: RoleItem, holding: Holding): Fate {
    const { vault, key } = holding;
    const none = { lost: false, because: `the role can't delete what is in vault \`${vault.name}\`` };
    const may = (action: string) => this.may(role, action);
    if (key.kind === 'customer' && same(key.account, role.place.account) === true)
      if (
        DESTROY_KEY.some(
          (action) => may(action) === true && this.policies.deny(role.place.account, [action]) === false,
        )
      )
        return { lost: true, because: `the role may delete or disable the key \`${key.name}\`` };
    if (!vault.item || same(vault.account, role.place.account) !== true) return none;
    if (this.isLocked(holding) !== false || this.policies.deny(role.place.account, [DELETE]) !== false)
      return none;
    if (may(DELETE) !== true || isDenied(vault.item.accessPolicy)) return none;
    if (vault.item.lock && may(UNLOCK) !== true) return none;
    return { lost: true, because: `the role may delete recovery points in vault \`${vault.name}\`` };
  }

  private may(role: RoleItem, action: string): Verdict {
    let permissions = this.permissions.get(role);
    if (!permissions) {
      permissions = new RolePermissions(this.inventory, role);
      this.permissions.set(role, permissions);
    }
    return permissions.awsPolicies.has('AdministratorAccess') || permissions.may(action);
  }

  /** Whether nobody in the account can delete the points at the end of the period; undefined if that isn't known. */
  private isLocked({ vault: { item } }: Holding): Verdict {
    if (!item) return undefined;
    if (item.kind === 'air-gapped') return true;
    if (!item.lock) return false;
    const mode = known(item.lock.mode);
    if (mode !== 'compliance') return mode === undefined ? undefined : false;
    const days = known(item.lock.changeableForDays);
    return days === undefined ? undefined : this.period.from + days * DAY_MS <= this.period.to;
  }
}

function withKey(id: string, { key, vault }: Holding): Fate {
  if (key.kind === 'customer')
    return { lost: key.id === id, because: `the points are encrypted with the key \`${key.name}\`` };
  if (key.kind === 'none') return { lost: false, because: 'no customer managed key encrypts the points' };
  return { lost: undefined, because: `the key of vault \`${vault.name}\` decides, which is in no template` };
}

function withRegion(region: string | undefined, { vault }: Holding): Fate {
  const lost = same(vault.region, region);
  return {
    lost,
    because:
      lost === undefined
        ? `the Region of vault \`${vault.name}\` isn't known before deployment`
        : `vault \`${vault.name}\` is in ${lost ? 'that' : 'another'} Region`,
  };
}

/** Whether two places are the same. Stacks without an environment are deployed to one place. */
function same(a: string | undefined, b: string | undefined): Verdict {
  if (a === b) return true;
  return a === undefined || b === undefined ? undefined : false;
}

function isDenied(
  policy: { statements: { items: readonly Parameters<typeof covers>[0][]; rest?: unknown } } | undefined,
): boolean {
  if (!policy) return false;
  const { items, rest } = policy.statements;
  return (
    rest !== undefined ||
    items.some(
      (statement) =>
        isEffect(statement, 'Deny') !== false && covers(statement, DELETE) && appliesToEveryone(statement),
    )
  );
}

function lockText({ vault: { item, name } }: Holding): string {
  return item?.kind === 'air-gapped'
    ? `vault \`${name}\` is logically air-gapped: nobody can delete its points before they expire`
    : `the lock of vault \`${name}\` is in compliance mode: nobody can delete its points before they expire`;
}

function unlockedText({ vault: { item, name } }: Holding): string {
  if (!item) return `vault \`${name}\` is in no template`;
  if (!item.lock) return `vault \`${name}\` has no lock`;
  return known(item.lock.mode) === 'compliance'
    ? `the compliance lock of vault \`${name}\` is still in its cooling-off period`
    : `an administrator can remove the governance lock of vault \`${name}\``;
}
