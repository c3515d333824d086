import type { FindingId } from '../values/findings/registry';

/**
 * Whom a finding leaves without recovery points:
 *
 * - `item`: AWS refuses the plan, selection or vault that it is about, so nothing that needs it is backed up
 * - `rule`: the rule makes none, but other rules of the plan do
 * - `resource`: the jobs of one resource fail, because of its own properties, its type, or the role and key they use
 */
export type FailureScope = 'item' | 'rule' | 'resource';

/**
 * The findings because of which no backup job succeeds, from the template alone. The only place that decides it: coverage
 * reads it, the checks report the same findings. What fails only sometimes, only copies, or only in some Regions isn't
 * here.
 */
export const CERTAIN_FAILURES = {
  // plans that AWS refuses
  'Backup-ActionUnsupported': 'item',
  'Backup-AdvancedSetting': 'item',
  'Backup-ColdStorageGap': 'item',
  'Backup-ColdStorageRange': 'item',
  'Backup-CompletionWindow': 'item',
  'Backup-ContinuousColdStorage': 'item',
  'Backup-ContinuousRetention': 'item',
  'Backup-DeleteAfterEvent': 'item',
  'Backup-IndexActions': 'item',
  'Backup-PlanName': 'item',
  'Backup-PlanWithoutRule': 'item',
  'Backup-RetentionRange': 'item',
  'Backup-RuleName': 'item',
  'Backup-ScanResourceType': 'item',
  'Backup-ScanSettingsMissing': 'item',
  'Backup-ScheduleExpression': 'item',
  'Backup-ScheduleTimeZone': 'item',
  'Backup-ScheduleTooOften': 'item',
  'Backup-StartWindow': 'item',
  'Backup-TagKey': 'item',
  'Backup-TagValue': 'item',
  'Backup-VaultArn': 'item',
  // selections that AWS refuses
  'Backup-AnyTagOperator': 'item',
  'Backup-ConditionPrefix': 'item',
  'Backup-ConditionsPerSelection': 'item',
  'Backup-EmptySelection': 'item',
  'Backup-RoleElsewhere': 'item',
  'Backup-SelectionArn': 'item',
  'Backup-SelectionName': 'item',
  'Backup-SelectionSize': 'item',
  'Backup-ServiceLinkedRole': 'item',
  // vaults that AWS refuses
  'Backup-AirGappedVaultRetention': 'item',
  'Backup-ApprovalTeamArn': 'item',
  'Backup-CrossAccountGrant': 'item',
  'Backup-LockConfiguration': 'item',
  'Backup-VaultKeyAlias': 'item',
  'Backup-VaultKeyRegion': 'item',
  'Backup-VaultName': 'item',
  'Backup-VaultPolicyStatement': 'item',
  'Backup-VaultPolicyWildcard': 'item',
  // what CloudFormation or IAM refuses before AWS Backup sees it
  'Backup-ManagedPolicyArn': 'item',
  'Backup-ManagedPolicyMissing': 'item',
  'Backup-ManagedPolicyServiceLinked': 'item',
  'Backup-MissingProperty': 'item',
  'Backup-PropertyType': 'item',
  'Backup-PropertyValue': 'item',
  'Backup-RoleArn': 'item',
  'Backup-UnknownAttribute': 'item',
  'Backup-UnknownProperty': 'item',
  'Backup-UnknownType': 'item',
  'Backup-UnresolvedName': 'item',
  // rules
  'Backup-LockRange': 'rule',
  'Backup-ReservedVault': 'rule',
  'Backup-RetentionConflict': 'rule',
  'Backup-ScheduleNeverRuns': 'rule',
  'Backup-VaultEnvironment': 'rule',
  // resources, with the role, rule and vault that back them up
  'Backup-AirGappedUnencrypted': 'resource',
  'Backup-BucketVersioning': 'resource',
  'Backup-EksAuthentication': 'resource',
  'Backup-KeyAccess': 'resource',
  'Backup-RecoveryPointTags': 'resource',
  'Backup-ResourceUnsupported': 'resource',
  'Backup-RolePolicies': 'resource',
  'Backup-RoleTrust': 'resource',
  'Backup-TypeOptedOut': 'resource',
  'Backup-VaultKeyDisabled': 'resource',
} as const satisfies Partial<Record<FindingId, FailureScope>>;

/** Whom a finding leaves without recovery points; undefined if it leaves nobody without. */
export function failureScope(id: string): FailureScope | undefined {
  return Object.hasOwn(CERTAIN_FAILURES, id)
    ? CERTAIN_FAILURES[id as keyof typeof CERTAIN_FAILURES]
    : undefined;
}
