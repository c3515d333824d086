import type { ConformancePackFacts } from '../standard-requirement';

/** The rules on backups that several packs have. */
export const CORE_RULES: readonly string[] = [
  'AURORA_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
  'EC2_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
  'BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK',
  'BACKUP_RECOVERY_POINT_ENCRYPTED',
  'BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED',
];

/** The rules of older packs, one for each type. */
export const IN_PLAN_RULES: readonly string[] = [
  'DYNAMODB_IN_BACKUP_PLAN',
  'EBS_IN_BACKUP_PLAN',
  'EFS_IN_BACKUP_PLAN',
  'RDS_IN_BACKUP_PLAN',
];

/** A conformance pack that AWS publishes; without rules, those on backups were not read. */
export function conformancePack(
  name: string,
  rules: readonly string[],
  options: { readonly remark?: string; readonly asOf?: string } = {},
): ConformancePackFacts {
  const { remark = rules.length === 0 ? 'its rules on backups were not read' : undefined } = options;
  return {
    name,
    rules,
    source: `awslabs/aws-config-rules, conformance packs${remark === undefined ? '' : ` (${remark})`}`,
    asOf: options.asOf ?? '2026-04-09',
  };
}
