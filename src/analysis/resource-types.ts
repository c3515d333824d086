import { ResourceType } from '../values/resource-type';
import type { ResourceItem } from './inventory/resource-item';
import { known } from './inventory/unknown';

/** Finds the types of resources in the catalog, with what the user overrides. */
export class ResourceTypes {
  private readonly byName = new Map<string, ResourceType>();
  private readonly seen = new Map<string, ResourceType>();

  constructor(overrides: readonly ResourceType[] = []) {
    for (const type of overrides) this.byName.set(type.name, type);
  }

  /** The type, with its variant; undefined where it hangs on what isn't known. */
  public of({ resourceType, variant }: ResourceItem): ResourceType | undefined {
    const name = known(resourceType);
    return name === undefined ? undefined : this.named(name, variant);
  }

  public named(name: string, variant?: string): ResourceType {
    const key = `${name}|${variant ?? ''}`;
    let type = this.seen.get(key);
    if (!type) {
      type = this.byName.get(name) ?? ResourceType.of(name);
      if (variant !== undefined && type.variantNames.includes(variant)) type = type.variant(variant);
      this.seen.set(key, type);
    }
    return type;
  }
}
