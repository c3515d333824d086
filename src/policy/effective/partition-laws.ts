import { show } from '../../values/core/amounts';
import { partitionOf } from '../../values/core/partitions';
import { type Problem, problem } from '../../values/core/problem';
import type { EffectiveObject } from './effective-document';

/**
 * ARNs of a plan that leave the partition of its Regions: there is no such role or vault, and no plan can run.
 *
 * Source: AWS General Reference, ARNs: those of GovCloud are `arn:aws-us-gov`, those of China `arn:aws-cn`.
 *
 * @param path of the plan
 */
export function partitionProblems(plan: EffectiveObject, path: string): Problem[] {
  const regions = Array.isArray(plan.regions) ? (plan.regions as readonly string[]) : [];
  const byPartition = new Map(regions.map((region) => [partitionOf(region), region]));
  return arnsIn(plan, path).flatMap(([place, arn]) => {
    const [, partition] = arn.split(':');
    const other = [...byPartition.keys()].find((each) => each !== partition);
    if (other === undefined) return [];
    return [
      problem({
        id: 'Backup-PolicyArnPartition',
        property: place,
        message: (label) =>
          `${label(place)} should be in the partition \`${other}\`, to which ${byPartition.get(other)} belongs, got ${show(arn)}`,
        fix: fixOf(arn, partition, other, byPartition.size),
      }),
    ];
  });
}

function fixOf(arn: string, partition: string, other: string, partitions: number): string {
  if (partitions > 1) return 'write one plan for each partition';
  const region = arn.split(':')[3];
  if (/^[a-z]+(-[a-z]+)+-\d$/.test(region) && partitionOf(region) !== other)
    return `copy into a Region of the partition \`${other}\`, since AWS Backup copies nothing across partitions`;
  return `write ${show(arn.replace(`arn:${partition}:`, `arn:${other}:`))}`;
}

/** The settings of a plan that are ARNs, with their paths. */
function arnsIn(object: EffectiveObject, path: string): [path: string, arn: string][] {
  return Object.entries(object).flatMap(([key, value]): [string, string][] => {
    const place = `${path}/${key}`;
    if (typeof value === 'string') return ARN.test(value) && key.endsWith('_arn') ? [[place, value]] : [];
    if (!Array.isArray(value)) return arnsIn(value as EffectiveObject, place);
    const arns = key.endsWith('resource_types') ? value : [];
    return arns.filter((arn) => ARN.test(arn)).map((arn) => [place, arn]);
  });
}

const ARN = /^arn:aws[a-z-]*:/;
