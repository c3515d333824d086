import { type Protections, protectionsOf } from '../../coverage/protections';
import type { Inventory } from '../../inventory/inventory';
import type { SelectionItem } from '../../inventory/plan/selections';
import type { ResourceTypes } from '../../inventory/resource-types';
import { iamMatches } from '../../template/evaluation/glob';
import { exampleOf } from '../../template/evaluation/text';
import { isUnknown, type Text } from '../../template/evaluation/unknown';
import { typesForArn } from '../../values/resource-type/cloudformation-resources';
import { ResourceType } from '../../values/resource-type/resource-type';

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

  /**
   * The types that a selection selects if there are such resources: by `*`, or by a pattern with conditions. Those that
   * `NotResources` leaves out don't count.
   */
  public likely(selection: SelectionItem): readonly ResourceType[] {
    const { resources, notResources } = selection;
    if (notResources.rest) return [];
    const certain = new Set(this.of(selection).map(({ name }) => name));
    const named = new Map<string, ResourceType>();
    for (const arn of resources.items)
      for (const type of arn === '*' ? ResourceType.all() : oneOf(typesForArn(exampleOf(arn))))
        named.set(type.name, type);
    return [...named.values()].filter(
      (type) =>
        !certain.has(type.name) &&
        !type.arnPatterns('aws').every((pattern) => excludes(notResources.items, pattern)),
    );
  }

  private find(selection: SelectionItem): ResourceType[] {
    const found = new Map<string, ResourceType>();
    for (const resource of this.protections.selectedBy(selection)) {
      const type = this.resourceTypes.of(resource);
      if (type) found.set(type.name, type);
    }
    for (const arn of selection.resources.items) {
      // tags in `ListOfTags` only add to what is selected
      const types = arn === '*' || filtersByTag(selection) ? [] : typesForArn(exampleOf(arn));
      if (types.length === 1) found.set(types[0].name, types[0]);
    }
    return [...found.values()];
  }
}

/** Whether tags decide what is selected. */
export function selectsByTag({ conditions, listOfTags }: SelectionItem): boolean {
  return conditions.items.length + listOfTags.items.length > 0;
}

/** Whether tags restrict what `Resources` names. */
function filtersByTag({ conditions }: SelectionItem): boolean {
  return conditions.items.length > 0 || conditions.rest !== undefined;
}

function oneOf<T>(types: readonly T[]): readonly T[] {
  return types.length === 1 ? types : [];
}

/** Whether `NotResources` names everything that a pattern names, in any partition, or perhaps does. */
function excludes(texts: readonly Text[], pattern: string): boolean {
  const [, , service, region, account, ...resource] = pattern.split(':');
  const subject = ['arn', '*', service, region, account, ...resource].join(':');
  return texts.some(
    (text) => isUnknown(text) || text === '*' || iamMatches(text.replace(/^arn:[^:]*:/, 'arn:*:'), subject),
  );
}
