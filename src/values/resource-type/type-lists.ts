import { enumerate } from '../core/enumeration';
import type { Problem } from '../core/problem';
import { problem } from '../core/problem';
import type { FindingId } from '../findings/registry';
import { type BackupCapability, CapabilitySupport } from './capability';
import { ResourceType } from './resource-type';

/** `EBS`, `EBS and S3`, `EBS, EC2 and S3`. */
export function enumerateTypes(types: readonly ResourceType[]): string {
  return enumerate(types.map(String));
}

/** Each type once; a variant is distinct from its type. */
export function distinct(types: readonly ResourceType[]): ResourceType[] {
  return [...new Map(types.map((t) => [t.toString(), t])).values()];
}

/** The types of the catalog that have a capability. */
export function capable(capability: BackupCapability): ResourceType[] {
  return ResourceType.all().filter((t) => t.supports(capability) === CapabilitySupport.YES);
}

/** A problem if AWS documents nothing, or contradicts itself. */
export function undocumented(
  id: FindingId,
  types: readonly ResourceType[],
  capability: BackupCapability,
  property: string,
  what: string,
): Problem[] {
  const unsure = types.filter((t) => t.supports(capability) === CapabilitySupport.UNKNOWN);
  if (unsure.length === 0) return [];
  return [
    problem({
      id,
      property,
      message: (label) =>
        `${label(property)} asks for ${what} of ${enumerateTypes(unsure)}, which AWS doesn't document clearly`,
      fix: 'try it with one resource, and record the result with `ResourceType.withCapabilities()`',
    }),
  ];
}
