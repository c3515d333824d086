import type { Item } from '../inventory/core/item';
import type { Inventory } from '../inventory/inventory';
import { type ParsedPolicy, parsedPolicies } from '../inventory/parsed-policies';
import type { PlanItem } from '../inventory/plan/plans';
import type { SelectionItem } from '../inventory/plan/selections';
import { type EffectiveObject, EffectivePrinter } from '../policy/effective/effective-document';
import { EffectiveLaw } from '../policy/effective/effective-errors';
import { TOKEN } from '../policy/language/policy-fragment';
import { mergeLevel, NOTHING } from '../policy/merge/policy-merge';
import { isUnknown, known, Unknown } from '../template/evaluation/unknown';
import { planItem, selectionItems } from './organization-plan-items';

/** Plans and selections that AWS Backup creates from backup policies. */
export interface OrganizationPlans {
  readonly plans: readonly PlanItem[];
  readonly selections: readonly SelectionItem[];
}

/** Policies that are attached to one target. */
interface Attached {
  /** Undefined for roots and units, whose accounts no template contains, and for accounts outside the app. */
  readonly account?: string;
  readonly policies: readonly ParsedPolicy[];
}

/** A name that no condition of a template can have. */
const CONDITION = 'AWS::Organizations';
const NOT_KNOWN = new Unknown('reference', 'which policies apply to the account can’t be determined');

const MEMO = new WeakMap<Inventory, OrganizationPlans>();

/**
 * The plans that AWS Backup creates from the backup policies of an inventory. Policies that are attached to an account
 * certainly create plans there if no policy from above can change them; policies that are attached to a root or unit may
 * create plans in any account.
 */
export function organizationPlans(inventory: Inventory): OrganizationPlans {
  let plans = MEMO.get(inventory);
  if (!plans) {
    plans =
      inventory.organizationPolicies.length === 0
        ? { plans: [], selections: [] }
        : new PlanBuilder(inventory).build();
    MEMO.set(inventory, plans);
  }
  return plans;
}

class PlanBuilder {
  private readonly plans: PlanItem[] = [];
  private readonly selections: SelectionItem[] = [];
  private readonly printer = new EffectivePrinter();
  private readonly merged = new Map<string, Merged>();
  private readonly law: EffectiveLaw;
  private readonly read: readonly ParsedPolicy[];
  /** The plans that a policy from above may contribute to; undefined: any plan. */
  private readonly fromAbove?: ReadonlySet<string>;
  private readonly vaults = new Map<string, string>();
  /** The accounts of the app. Other accounts have none of its resources. */
  private readonly accounts: ReadonlySet<string | undefined>;

  constructor(inventory: Inventory) {
    this.accounts = new Set(inventory.stacks.map(({ account }) => account));
    const { read, unread, library } = parsedPolicies(inventory);
    this.law = new EffectiveLaw(library.schedules);
    this.read = read.filter(({ problems }) => problems.every(({ severity }) => severity !== 'error'));
    const above = this.read.filter(
      ({ item: { targets } }) => targets.rest || !targets.items.every(isAccount),
    );
    this.fromAbove =
      unread > 0 ? undefined : new Set(above.flatMap(({ fragment }) => [...planKeys(fragment)]));
    for (const { id, name, place } of inventory.vaults)
      if (!isUnknown(name)) this.vaults.set(vaultKey(place.account, place.region, name), id);
  }

  public build(): OrganizationPlans {
    for (const attached of this.attachments()) this.add(attached);
    return { plans: this.plans, selections: this.selections };
  }

  /** The policies of each account, and each set of policies that a root or unit has. */
  private attachments(): Attached[] {
    const byTarget = new Map<string, ParsedPolicy[]>();
    const alone: Attached[] = [];
    for (const policy of this.read) {
      const { targets } = policy.item;
      if (targets.rest || targets.items.some(isUnknown)) alone.push({ policies: [policy] });
      for (const target of new Set(targets.items.flatMap((one) => known(one) ?? []))) {
        const own = byTarget.get(target);
        if (own) own.push(policy);
        else byTarget.set(target, [policy]);
      }
    }
    const seen = new Set<string>();
    for (const [target, policies] of byTarget)
      if (this.accounts.has(target)) alone.push({ account: target, policies });
      else if (isAccount(target) && !this.accounts.has(undefined)) continue;
      else if (!seen.has(keyOf(policies))) {
        seen.add(keyOf(policies));
        alone.push({ policies });
      }
    return alone;
  }

  private add({ account, policies }: Attached): void {
    const { plans, valid, conflicts } = this.merge(policies);
    const open = policies.some((policy) => policy.open);
    const perhapsMade = policies.some(({ item }) => item.condition && isUnknown(item.condition.holds));
    for (const [name, plan] of Object.entries(plans)) {
      if (!isWhole(plan, open)) continue; // other policies complete it, or it never exists
      const first = policies.find(({ fragment }) => planKeys(fragment).has(name)) as ParsedPolicy;
      const certain =
        account !== undefined && valid && !conflicts && !perhapsMade && this.fromAbove?.has(name) === false;
      const regions = Array.isArray(plan.regions) ? new Set<string>(plan.regions) : [TOKEN];
      for (const region of regions) this.addIn(region, name, plan, first, account, certain);
    }
  }

  private addIn(
    region: string,
    name: string,
    plan: EffectiveObject,
    { item }: ParsedPolicy,
    account: string | undefined,
    certain: boolean,
  ): void {
    const path = `${item.pathInTemplate}/plans/${name}`;
    const made: Item = {
      id: `${item.id}@${account ?? this.plans.length}/${name}/${region}`,
      type: item.type,
      place: { ...item.place, account, region: region === TOKEN ? undefined : region, pathInTemplate: path },
      condition: certain ? undefined : { name: CONDITION, holds: NOT_KNOWN },
      dependsOn: [],
    };
    const vault = (vaultName: string, there: string) =>
      account === undefined ? undefined : this.vaults.get(vaultKey(account, there, vaultName));
    const at = { item: made, path, account, region, vault };
    const owner = planItem(name, plan, at);
    this.plans.push(owner);
    this.selections.push(...selectionItems(plan, owner, at));
  }

  private merge(policies: readonly ParsedPolicy[]): Merged {
    const key = keyOf(policies);
    let merged = this.merged.get(key);
    if (!merged) {
      let conflicts = false;
      const observer = {
        conflict() {
          conflicts = true;
        },
        ignored() {},
      };
      const contributions = policies.map(({ item, fragment }) => ({ policy: item.id, fragment }));
      const node = mergeLevel(NOTHING, contributions, observer);
      const { plans = {} } = this.printer.document(node);
      merged = {
        plans: plans as Merged['plans'],
        valid: this.law.errors(node).length === 0,
        conflicts: conflicts || policies.some(({ open }) => open),
      };
      this.merged.set(key, merged);
    }
    return merged;
  }
}

interface Merged {
  readonly plans: Readonly<Record<string, EffectiveObject>>;
  readonly valid: boolean;
  /** Whether the result isn't certain, because of the order of attachment or of unknown values. */
  readonly conflicts: boolean;
}

/** @param open whether the Regions may be known only at deployment */
function isWhole({ regions, rules, selections }: EffectiveObject, open: boolean): boolean {
  return (open || Array.isArray(regions)) && rules !== undefined && selections !== undefined;
}

function planKeys(fragment: ParsedPolicy['fragment']): ReadonlySet<string> {
  return new Set(fragment.children?.get('plans')?.children?.keys());
}

function keyOf(policies: readonly ParsedPolicy[]): string {
  return policies.map(({ item }) => item.id).join('\0');
}

function vaultKey(account: string | undefined, region: string | undefined, name: string): string {
  return `${account}|${region}|${name}`;
}

function isAccount(target: unknown): boolean {
  return typeof target === 'string' && /^\d{12}$/.test(target);
}
