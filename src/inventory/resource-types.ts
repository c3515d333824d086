import { known } from '../template/evaluation/unknown';
import { overridden } from '../values/resource-type/cloudformation-resources';
import { ResourceType } from '../values/resource-type/resource-type';
import type { ResourceItem } from './protected-resource/resource-item';

/** Finds the types of resources in the catalog, with the overrides of the user. */
export class ResourceTypes {
  private readonly byName = new Map<string, ResourceType>();

  constructor(private readonly overrides: readonly ResourceType[] = []) {}

  /** The type with its variant; undefined if it isn't known. */
  public of({ resourceType, variant }: ResourceItem): ResourceType | undefined {
    const name = known(resourceType);
    if (name === undefined) return undefined;
    const key = `${name}|${variant ?? ''}`;
    let type = this.byName.get(key);
    if (!type) {
      const whole = ResourceType.of(name);
      const kind =
        variant !== undefined && whole.variantNames.includes(variant) ? whole.variant(variant) : whole;
      type = overridden(kind, this.overrides);
      this.byName.set(key, type);
    }
    return type;
  }
}
