import type { Maybe, Text } from '../../template/evaluation/unknown';

/** Where something is. */
export interface Place {
  /** The name of the stack; that of a nested stack is `Parent/LogicalId`. */
  readonly stack: string;
  /** Distinct among all stacks of an inventory. */
  readonly stackId: string;
  readonly logicalId: string;
  readonly constructPath?: string;
  /** The template. */
  readonly file: string;
  /** Such as `Resources/Plan/Properties/BackupPlan/BackupPlanRule/0`. */
  readonly pathInTemplate: string;
  /** Undefined if the stack is environment-agnostic. */
  readonly account?: string;
  /** Undefined if the stack is environment-agnostic. */
  readonly region?: string;
}

/** What all resources of an inventory have in common. */
export interface Item {
  /** Distinct among all items of an inventory. */
  readonly id: string;
  /** The type in CloudFormation. */
  readonly type: string;
  readonly place: Place;
  /** The condition that it is created under. If the condition is known to be false, there is no item. */
  readonly condition?: { readonly name: string; readonly holds: Maybe<boolean> };
  readonly deletionPolicy?: Text;
  readonly updateReplacePolicy?: Text;
  /** Logical ids in the same stack. */
  readonly dependsOn: readonly string[];
}

/** A reference to something by its name or ARN. */
export interface Link {
  /** The name or ARN. */
  readonly text: Text;
  /** The id of the item that it leads to, if it is in the inventory. */
  readonly to?: string;
}

/** The same place, with another path in the template. */
export function at(place: Place, pathInTemplate: string): Place {
  return { ...place, pathInTemplate };
}

/** The path inside the resource: `Properties/BackupPlan/…`; empty for the resource itself. */
export function pathInResource({ pathInTemplate, logicalId }: Place): string {
  const resource = `Resources/${logicalId}`;
  if (pathInTemplate === resource) return '';
  return pathInTemplate.startsWith(`${resource}/`)
    ? pathInTemplate.slice(resource.length + 1)
    : pathInTemplate;
}
