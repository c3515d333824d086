import type { Item } from './core/item';

/** How a resource is called: by its construct path, or its stack and logical id. */
export function resourceName({ place }: Item): string {
  return place.constructPath?.replace(/\/Resource$/, '') ?? `${place.stack}/${place.logicalId}`;
}
