import type { Problem } from '../core/problem';
import { type Capability, Support } from './capability';
import { ResourceType } from './resource-type';

/** `EBS`, `EBS and S3`, `EBS, EC2 and S3`. */
export function list(types: readonly ResourceType[]): string {
  const names = types.map(String);
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** Each type once, variants apart from their type. */
export function distinct(types: readonly ResourceType[]): ResourceType[] {
  return [...new Map(types.map((t) => [t.toString(), t])).values()];
}

/** The types of the catalog that support something. */
export function capable(capability: Capability): ResourceType[] {
  return ResourceType.all().filter((t) => t.supports(capability) === Support.YES);
}

/** A warning where AWS documents nothing, or contradicts itself. */
export function undocumented(
  id: string,
  types: readonly ResourceType[],
  capability: Capability,
  property: string,
  what: string,
): Problem[] {
  const unsure = types.filter((t) => t.supports(capability) === Support.UNKNOWN);
  if (unsure.length === 0) return [];
  return [
    {
      id,
      severity: 'warning',
      property,
      message: `\`${property}\` asks for ${what} of ${list(unsure)}, of which AWS documents nothing certain`,
      fix: 'try it with one resource, and say what you found with `ResourceType.withCapabilities()`',
    },
  ];
}
