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
  if (byPartition.size === 0) return [];
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
        fix:
          byPartition.size === 1
            ? `write ${show(arn.replace(`arn:${partition}:`, `arn:${other}:`))}`
            : 'write one plan for each partition',
      }),
    ];
  });
}

/** The settings of a plan that are ARNs, with their paths. */
function arnsIn(object: EffectiveObject, path: string): [path: string, arn: string][] {
  return Object.entries(object).flatMap(([key, value]): [string, string][] => {
    const place = `${path}/${key}`;
    if (typeof value === 'string') return ARN.test(value) && key.endsWith('_arn') ? [[place, value]] : [];
    return Array.isArray(value) ? [] : arnsIn(value as EffectiveObject, place);
  });
}

const ARN = /^arn:aws[a-z-]*:/;
