import { show } from '../values/core/amounts';
import { at, type Place } from './core/item';
import { nameOf } from './labels';
import type { SelectionItem } from './plan/selections';

export const ASSIGNING = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html';
export const ASSIGNING_JSON =
  'https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources-json.html';

/** `selection `orders``; by its logical id where the name isn't known. */
export function selectionLabel({ name, place }: SelectionItem): string {
  return `selection ${nameOf(name, place)}`;
}

/** Where a property of a selection stands. */
export function inSelection({ place, pathInTemplate }: SelectionItem, path: string): Place {
  return at(place, `${pathInTemplate}/${path}`);
}

/** `2 resources`, or the names of a few: `` `Orders` and `Users` ``. */
export function few(names: readonly string[], what: string): string {
  if (names.length > 3) return `${names.length} ${what}`;
  const quoted = names.map((name) => show(name));
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`;
}
