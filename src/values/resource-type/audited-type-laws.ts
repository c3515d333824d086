import { type Problem, problem } from '../core/problem';
import { BackupCapability, CapabilitySupport } from './capability';
import type { ResourceType } from './resource-type';

/** The law for a type in the scope of a control: one that AWS Backup Audit Manager evaluates. */
export function auditedTypeProblems(type: ResourceType, property: string): Problem[] {
  const { support, note } = type.fact(BackupCapability.AUDIT_MANAGER);
  if (support === CapabilitySupport.YES) return [];
  return [
    problem({
      id: 'Backup-ControlTypeUnknown',
      property,
      message: (label) =>
        `${label(property)} names ${type}, which AWS Backup Audit Manager is not known to evaluate${note ? ` (${note})` : ''}`,
      fix: 'remove it, or declare the support that you verified with `ResourceType.withCapabilities()`',
    }),
  ];
}
