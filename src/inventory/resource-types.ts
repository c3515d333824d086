import { known } from '../template/evaluation/unknown';
import { overridden } from '../values/resource-type/cloudformation-resources';
import { ResourceType } from '../values/resource-type/resource-type';
import type { ResourceItem } from './protected-resource/resource-item';

/** Finds the types of resources in the catalog, with what the user overrides. */
export class ResourceTypes {
  private readonly seen = new Map<string, ResourceType>();

  constructor(private readonly overrides: readonly ResourceType[] = []) {}

  /** The type, with its variant; undefined where it hangs on what isn't known. */
  public of({ resourceType, variant }: ResourceItem): ResourceType | undefined {
    const name = known(resourceType);
    if (name === undefined) return undefined;
    const key = `${name}|${variant ?? ''}`;
    let type = this.seen.get(key);
    if (!type) {
      const whole = ResourceType.of(name);
      const kind =
        variant !== undefined && whole.variantNames.includes(variant) ? whole.variant(variant) : whole;
      type = overridden(kind, this.overrides);
      this.seen.set(key, type);
    }
    return type;
  }
}
