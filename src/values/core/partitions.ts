/** The partition of a Region, by the prefix of its name. */
const PARTITIONS: readonly (readonly [prefix: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['eusc-', 'aws-eusc'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['eu-isoe-', 'aws-iso-e'],
  ['us-isof-', 'aws-iso-f'],
];

/** The partition that a Region belongs to. */
export function partitionOf(region: string): string {
  return PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}

/** Whether AWS is known to have a partition. */
export function isPartition(name: string): boolean {
  return name === 'aws' || PARTITIONS.some(([, partition]) => partition === name);
}

/** What is wrong with the partition of an ARN. */
export interface PartitionFault {
  /** The partition that the ARN should have. */
  readonly own: string;
  /** The Region that belongs to it. */
  readonly region: string;
}

/**
 * Whether an ARN leaves the partition of the Region that it names, or of the Region that it is used in.
 *
 * @param own the Region in the ARN; empty or `*` if it names none
 * @param here the Region that it is used in
 */
export function partitionFault(
  partition: string,
  own: string | undefined,
  here: string | undefined,
): PartitionFault | undefined {
  const named = own !== undefined && /^[a-z]+(-[a-z]+)+-\d+$/.test(own) ? own : undefined;
  for (const region of [here, named])
    if (region !== undefined && partitionOf(region) !== partition)
      return { own: partitionOf(region), region };
  return undefined;
}
