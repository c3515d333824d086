import { type Protections, protectionsOf } from '../../coverage/protections';
import type { Inventory } from '../../inventory/inventory';
import type { SelectionItem } from '../../inventory/plan/selections';
import type { ResourceTypes } from '../../inventory/resource-types';
import { typesForArn } from '../../values/resource-type/cloudformation-resources';
import type { ResourceType } from '../../values/resource-type/resource-type';

/** The types that selections are known to select: those of resources of the app, and those that ARNs name. */
export class SelectedTypes {
  private readonly bySelection = new Map<SelectionItem, readonly ResourceType[]>();
  private readonly protections: Protections;

  constructor(
    inventory: Inventory,
    private readonly resourceTypes: ResourceTypes,
  ) {
    this.protections = protectionsOf(inventory);
  }

  public of(selection: SelectionItem): readonly ResourceType[] {
    let types = this.bySelection.get(selection);
    if (!types) {
      types = this.find(selection);
      this.bySelection.set(selection, types);
    }
    return types;
  }

  public has(selection: SelectionItem, name: string): boolean {
    return this.of(selection).some((type) => type.name === name);
  }

  private find(selection: SelectionItem): ResourceType[] {
    const found = new Map<string, ResourceType>();
    for (const resource of this.protections.selectedBy(selection)) {
      const type = this.resourceTypes.of(resource);
      if (type) found.set(type.name, type);
    }
    for (const arn of selection.resources.items) {
      const types = arn === '*' || selectsByTag(selection) ? [] : typesForArn(arn);
      if (types.length === 1) found.set(types[0].name, types[0]);
    }
    return [...found.values()];
  }
}

/** Whether tags decide what is selected. */
export function selectsByTag({ conditions, listOfTags }: SelectionItem): boolean {
  return conditions.items.length + listOfTags.items.length > 0;
}
