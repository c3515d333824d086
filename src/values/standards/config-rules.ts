import type { ControlDemand } from './standard-controls';

/** The types in the names of AWS Config rules, by the name of the type in AWS Backup. */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  Aurora: 'AURORA',
  DynamoDB: 'DYNAMODB',
  EBS: 'EBS',
  EC2: 'EC2',
  EFS: 'EFS',
  FSx: 'FSX',
  RDS: 'RDS',
  S3: 'S3',
  'Storage Gateway': 'STORAGEGATEWAY',
  VirtualMachine: 'VIRTUALMACHINE',
};

/**
 * The types that have a rule of their own. Source: `ManagedRuleIdentifiers` of aws-cdk-lib, and the AWS Config Developer Guide,
 * 2026-11-28. Rules for isolation and restore times exist in fewer Regions, and aren't in conformance packs of this library.
 */
const TYPED_RULES: Readonly<Record<string, { readonly ending: string; readonly types: readonly string[] }>> =
  {
    BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN: {
      ending: 'RESOURCES_PROTECTED_BY_BACKUP_PLAN',
      types: ['Aurora', 'DynamoDB', 'EBS', 'EC2', 'EFS', 'FSx', 'RDS', 'S3', 'VirtualMachine'],
    },
    BACKUP_LAST_RECOVERY_POINT_CREATED: {
      ending: 'LAST_BACKUP_RECOVERY_POINT_CREATED',
      types: ['Aurora', 'DynamoDB', 'EC2', 'EFS', 'FSx', 'RDS', 'S3', 'Storage Gateway', 'VirtualMachine'],
    },
  };

/** Rules that are controls under the same name. */
const SAME_NAME: readonly string[] = [
  'BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK',
  'BACKUP_RECOVERY_POINT_ENCRYPTED',
  'BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED',
  'BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK',
];

/** A managed rule of AWS Config. */
export interface ConfigRuleDemand {
  /** Such as `DYNAMODB_RESOURCES_PROTECTED_BY_BACKUP_PLAN`. */
  readonly identifier: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The types that AWS Config has rules for. */
export const CONFIG_RULE_TYPES: readonly string[] = Object.keys(TYPE_NAMES);

/** The managed rules of AWS Config that evaluate the same as controls, for some types. */
export function configRulesOf(
  controls: readonly ControlDemand[],
  types: readonly string[],
): ConfigRuleDemand[] {
  // the lock is a parameter of the rule for plans, not a rule of its own
  const isLocked = controls.some(({ name }) => name === 'BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK');
  return controls.flatMap(({ name, parameters }): ConfigRuleDemand[] => {
    const texts = Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, String(value)]));
    if (SAME_NAME.includes(name)) return [{ identifier: name, parameters: texts }];
    const typed = TYPED_RULES[name];
    if (!typed) return [];
    const lock: Record<string, string> =
      isLocked && name === 'BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN'
        ? { backupVaultLockCheck: 'True' }
        : {};
    return typed.types
      .filter((type) => types.includes(type))
      .map((type) => ({
        identifier: `${TYPE_NAMES[type]}_${typed.ending}`,
        parameters: { ...texts, ...lock },
      }));
  });
}
