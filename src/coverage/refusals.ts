import type { Item } from '../inventory/core/item';
import type { Inventory } from '../inventory/inventory';
import { linkedRole, linkedVault } from '../inventory/lookups';
import type { RuleItem } from '../inventory/plan/plans';
import type { SelectionItem } from '../inventory/plan/selections';
import { isRefusedRole, roleArnFault } from '../inventory/role-identities';
import type { Protection } from './protections';

/** What CloudFormation or IAM certainly refuses, so that it protects nothing. */
export class Refusals {
  private readonly items: ReadonlySet<string>;
  private readonly stacks: ReadonlySet<string>;
  /** The selections of the templates: those of organization policies have roles with placeholders. */
  private readonly selections: ReadonlySet<SelectionItem>;

  constructor(private readonly inventory: Inventory) {
    const { faults } = inventory;
    const of = (refuses: string) => faults.filter((fault) => fault.refuses === refuses);
    this.items = new Set(of('resource').map(({ item }) => item));
    this.selections = new Set(inventory.selections);
    this.stacks = new Set(of('template').map(({ place }) => place.stackId));
  }

  /** Whether the plan, the selection, or its role is refused, or the vault of every rule. */
  public refuses({ plan, selection }: Protection): boolean {
    if (this.isRefused(selection) || (plan && this.isRefused(plan))) return true;
    const { role } = selection;
    const item = linkedRole(this.inventory, role);
    if (item && (this.isRefused(item) || isRefusedRole(item))) return true;
    if (role && this.selections.has(selection) && roleArnFault(this.inventory, role, selection.place)) return true;
    const { items = [], rest } = plan?.rules ?? {};
    return items.length > 0 && !rest && items.every((rule) => this.refusesRule(rule));
  }

  /** Whether the vault that a rule backs up to is refused. */
  private refusesRule({ vault }: RuleItem): boolean {
    const item = linkedVault(this.inventory, vault);
    return item !== undefined && this.isRefused(item);
  }

  private isRefused({ id, place }: Pick<Item, 'id' | 'place'>): boolean {
    return this.items.has(id) || this.stacks.has(place.stackId);
  }
}
