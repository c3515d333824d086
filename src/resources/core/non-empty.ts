/** The list, or undefined if it is empty, since CloudFormation distinguishes an empty list from none. */
export function nonEmpty<T>(items: T[]): T[] | undefined {
  return items.length > 0 ? items : undefined;
}
