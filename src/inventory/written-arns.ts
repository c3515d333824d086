import { beginningOf, holesOf, isNoArn, showText } from '../template/evaluation/text';
import { isUnknown, type Text } from '../template/evaluation/unknown';
import { arnExpression } from '../values/resource-type/arn-expression';
import { textOrToken } from './as-token';
import type { Place } from './core/item';
import type { Inventory } from './inventory';

/**
 * An ARN in a template, as laws judge it: the text, or a token if it is known only at deployment. A name or id that stands
 * where an ARN belongs isn't known before either, but certainly is no ARN: as it is shown.
 */
export function arnOrToken(text: Text): string {
  return isUnknown(text) && isNoArn(text) ? showText(text) : textOrToken(text);
}

/**
 * How to write the ARN of a resource in the same template whose name or id stands in its place, such as
 * `!GetAtt Orders.Arn`. Undefined if there is no such resource, or if AWS Backup doesn't protect its type.
 */
export function writtenArn({ resources, byId }: Inventory, place: Place, nameOrId: Text): string | undefined {
  if (beginningOf(nameOrId).includes(':')) return undefined;
  const [hole] = holesOf(nameOrId);
  const item =
    hole?.resource === undefined
      ? resources.find(({ name, place: { stackId } }) => name === nameOrId && stackId === place.stackId)
      : byId.get(hole.resource);
  return item && arnExpression(item.type, item.place.logicalId);
}
