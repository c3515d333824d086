import type { Inventory } from '../inventory/inventory';
import { linkedVault } from '../inventory/lookups';
import type { RuleItem } from '../inventory/plan/plans';
import type { SelectionItem } from '../inventory/plan/selections';
import type { ResourceItem } from '../inventory/protected-resource/resource-item';
import type {
  RestoreTestingPlanItem,
  RestoreTestingSelectionItem,
} from '../inventory/restore-testing/restore-testing';
import { arnFields, arnMatches } from '../template/evaluation/match';
import { Matcher } from './matcher';
import { resourceSubjects } from './subjects';

/** A restore testing selection, with its plan if that is in the inventory. */
export interface RestoreTest {
  readonly selection: RestoreTestingSelectionItem;
  readonly plan?: RestoreTestingPlanItem;
}

/** Which resources restore tests cover. */
export class RestoreTests {
  private readonly matcher: Matcher;
  private readonly originals = new Map<SelectionItem, RestoreTestingSelectionItem>();

  constructor(private readonly inventory: Inventory) {
    for (const selection of inventory.restoreTestingSelections)
      this.originals.set(asSelection(selection), selection);
    this.matcher = new Matcher([...this.originals.keys()]);
  }

  /**
   * The restore testing selections that certainly cover a resource: its type, ARN or tags, and a vault that the rules fill.
   *
   * @param rules the rules that make recovery points of the resource
   */
  public of(resource: ResourceItem, rules: readonly RuleItem[]): RestoreTest[] {
    if (this.originals.size === 0) return [];
    return resourceSubjects(resource)
      .flatMap((subject) => this.matcher.matches(subject))
      .flatMap(({ selection, certain }) => {
        const original = this.originals.get(selection) as RestoreTestingSelectionItem;
        if (!certain || original.resourceType !== resource.resourceType) return [];
        const to = original.plan?.to;
        const plan = to === undefined ? undefined : this.inventory.byId.get(to);
        const owner = plan as RestoreTestingPlanItem | undefined;
        return !owner || this.reads(owner, rules) ? [{ selection: original, plan: owner }] : [];
      });
  }

  /** Whether a plan tests the recovery points of one of the rules, as far as that is known. */
  private reads(
    { includeVaults, excludeVaults }: RestoreTestingPlanItem,
    rules: readonly RuleItem[],
  ): boolean {
    const links = rules.flatMap((rule) => [
      rule.vault,
      rule.airGappedVault,
      ...rule.copies.items.map(({ vault }) => vault),
    ]);
    return links.some((link) => {
      const vault = linkedVault(this.inventory, link);
      if (!vault) return link !== undefined; // a vault that isn't in the app
      const arn = arnFields(vault.arn);
      const names = ({ to, text }: { readonly to?: string; readonly text: unknown }): boolean => {
        if (to !== undefined) return to === vault.id;
        // `*` is no ARN, and means all vaults
        const pattern = arnFields(text as string);
        return pattern === undefined || arn === undefined || arnMatches(pattern, arn) !== false;
      };
      const isIncluded = includeVaults.rest !== undefined || includeVaults.items.some(names);
      return isIncluded && !excludeVaults.items.some(({ to }) => to === vault.id);
    });
  }
}

/** A restore testing selection as a selection of backups, which has the same criteria. */
function asSelection(selection: RestoreTestingSelectionItem): SelectionItem {
  const { id, type, place, condition, dependsOn, resources, conditions } = selection;
  const isByTag = resources.items.length === 0 && resources.rest === undefined;
  return {
    id,
    type,
    place,
    condition,
    dependsOn,
    pathInTemplate: place.pathInTemplate,
    resources: isByTag && conditions.items.length > 0 ? { items: ['*'] } : resources,
    notResources: { items: [] },
    listOfTags: { items: [] },
    conditions,
  };
}
