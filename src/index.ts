// The only public door, and the table of contents. Named exports: what isn't named here is internal.

// analysis: what is wrong, and what is protected
export { BackupChecks, type BackupChecksProps } from './analysis/backup-checks';
export { CheckSeverity } from './analysis/check-severity';
export { FailOn } from './analysis/fail-on';
export { Preflight, type PreflightOptions } from './analysis/preflight';

// organization: the reach over many accounts
export {
  BackupPolicyDelegation,
  type BackupPolicyDelegationProps,
} from './organization/backup-policy-delegation';
export {
  BackupPolicyDocument,
  type BackupPolicyDocumentOptions,
} from './organization/backup-policy-document';
export {
  BackupProtectionPolicy,
  type BackupProtectionPolicyProps,
} from './organization/backup-protection-policy';
export { BackupTagPolicy, type BackupTagPolicyProps } from './organization/backup-tag-policy';
export { MemberBaseline } from './organization/member-baseline';
export type {
  BaselineNotifications,
  BaselineVault,
  MemberBaselineProps,
  RolloutPreferences,
} from './organization/member-baseline-props';
export type { OrganizationBackupPlan } from './organization/organization-backup-plan';
export {
  OrganizationBackupPolicy,
  type OrganizationBackupPolicyProps,
} from './organization/organization-backup-policy';
export { OrganizationTarget } from './organization/organization-target';

// patterns: whole solutions
export { BackupPrerequisites, type BackupPrerequisitesProps } from './patterns/backup-prerequisites';
export { BackupTier } from './patterns/backup-tier';
export { CentralVault } from './patterns/central-vault';
export type { CentralVaultProps } from './patterns/central-vault-props';
export { CopyOnArrival, type CopyOnArrivalProps } from './patterns/copy-on-arrival';
export { CopyOnDemand, type CopyOnDemandProps } from './patterns/copy-on-demand';
export { DisasterRecovery, type DisasterRecoveryProps } from './patterns/disaster-recovery';
export { OrganizationBackup } from './patterns/organization-backup';
export type {
  OrganizationBackupProps,
  OrganizationCentral,
  OrganizationProtection,
  OrganizationTier,
} from './patterns/organization-backup-props';
export { RecoveryHop, type RecoveryHopOptions } from './patterns/recovery-hop';
export { WorkloadBackup, type WorkloadBackupProps } from './patterns/workload-backup';

// resources: one AWS resource each
export type { PreviousGeneration } from './resources/air-gapped-generation';
export type { SplitSelection } from './resources/air-gapped-split';
export {
  BackupAccessPoint,
  type BackupAccessPointProps,
  type IBackupAccessPoint,
} from './resources/backup-access-point';
export {
  BackupDelegatedAdministrator,
  type BackupDelegatedAdministratorProps,
} from './resources/backup-delegated-administrator';
export { BackupFramework, type BackupFrameworkProps } from './resources/backup-framework';
export { BackupGlobalSettings, type BackupGlobalSettingsProps } from './resources/backup-global-settings';
export { BackupKey, type BackupKeyProps } from './resources/backup-key';
export { BackupOptOut, type BackupOptOutProps } from './resources/backup-opt-out';
export {
  BackupOrganizationSettings,
  type BackupOrganizationSettingsProps,
} from './resources/backup-organization-settings';
export { BackupPlan, type BackupPlanProps } from './resources/backup-plan';
export { BackupPlanS3Settings, type BackupPlanS3SettingsProps } from './resources/backup-plan-s3-settings';
export { BackupReady, type BackupReadyProps } from './resources/backup-ready';
export { BackupRegionSettings, type BackupRegionSettingsProps } from './resources/backup-region-settings';
export { BackupReplicaKey, type BackupReplicaKeyProps } from './resources/backup-replica-key';
export { BackupReportBucket, type BackupReportBucketProps } from './resources/backup-report-bucket';
export { BackupReportPlan, type BackupReportPlanProps, ReportFormat } from './resources/backup-report-plan';
export { BackupRole, type BackupRoleProps } from './resources/backup-role';
export { BackupRule } from './resources/backup-rule';
export type {
  BackupRuleOptions,
  CommonRuleOptions,
  ContinuousRuleOptions,
  DailyRuleOptions,
  HourlyRuleOptions,
  MonthlyRuleOptions,
  ScheduledRuleOptions,
  WeeklyRuleOptions,
  YearlyRuleOptions,
} from './resources/backup-rule-options';
export { BackupSelection, type BackupSelectionProps } from './resources/backup-selection';
export type { BackupSelectionOptions } from './resources/backup-selection-options';
export {
  BackupServiceLinkedRole,
  type BackupServiceLinkedRoleProps,
  BackupServicePrincipal,
} from './resources/backup-service-linked-role';
export { BackupTag, type BackupTagOptions } from './resources/backup-tag';
export { BackupVault, type BackupVaultProps } from './resources/backup-vault';
export {
  BackupVaultApprovalTeam,
  type BackupVaultApprovalTeamProps,
} from './resources/backup-vault-approval-team';
export type { BackupVaultAttributes } from './resources/backup-vault-import';
export { BackupVaultSettings, type BackupVaultSettingsProps } from './resources/backup-vault-settings';
export { ControlScope } from './resources/control-scope';
export { CopyAction, type CopyActionOptions } from './resources/copy-action';
export { CopySource } from './resources/copy-source';
export { DeletionDenial } from './resources/deletion-denial';
export { FrameworkControl } from './resources/framework-control';
export type {
  AirGappedControlOptions,
  CrossAccountControlOptions,
  CrossRegionControlOptions,
  CustomControlOptions,
  FrameworkControlOptions,
  LastRecoveryPointOptions,
  ManualDeletionDisabledOptions,
  MinFrequencyAndRetentionOptions,
  MinRetentionOptions,
  RestoreTimeOptions,
  VaultLockControlOptions,
} from './resources/framework-control-options';
export { Hypervisor, type HypervisorProps } from './resources/hypervisor';
export { HypervisorCredentials, type HypervisorSecretFields } from './resources/hypervisor-credentials';
export { HypervisorMetadataRole } from './resources/hypervisor-metadata-role';
export { KeyPath } from './resources/key-path';
export { LegalHold, type LegalHoldProps } from './resources/legal-hold';
export { LogicallyAirGappedVault } from './resources/logically-air-gapped-vault';
export type {
  ILogicallyAirGappedVault,
  LogicallyAirGappedVaultAttributes,
} from './resources/logically-air-gapped-vault-import';
export type { LogicallyAirGappedVaultProps } from './resources/logically-air-gapped-vault-props';
export { OnDemandBackup, type OnDemandBackupProps } from './resources/on-demand-backup';
export { OnDemandFailure } from './resources/on-demand-laws';
export {
  RecoveryPointSelection,
  type RecoveryPointSelectionOptions,
  RecoveryPointType,
} from './resources/recovery-point-selection';
export { ReportTemplate } from './resources/report-template';
export { RestoreAccessVault, type RestoreAccessVaultProps } from './resources/restore-access-vault';
export type {
  DatabaseClusterRestoreOptions,
  DatabaseRestoreOptions,
  RdsInstanceRestoreOptions,
} from './resources/restore-database-options';
export type {
  FsxLustreRestoreOptions,
  FsxOntapRestoreOptions,
  FsxOpenZfsRestoreOptions,
  FsxWindowsRestoreOptions,
} from './resources/restore-fsx-options';
export { RestoreMetadata } from './resources/restore-metadata';
export type {
  DynamoDbRestoreOptions,
  EbsRestoreOptions,
  Ec2RestoreOptions,
  EfsRestoreOptions,
  EncryptedRestoreOptions,
  S3RestoreOptions,
} from './resources/restore-metadata-options';
export {
  RestoreTestingPlan,
  type RestoreTestingPlanAttributes,
  type RestoreTestingPlanProps,
} from './resources/restore-testing-plan';
export { RestoreTestingRole, type RestoreTestingRoleProps } from './resources/restore-testing-role';
export {
  RestoreTestingSelection,
  type RestoreTestingSelectionProps,
} from './resources/restore-testing-selection';
export type { RestoreTestingSelectionOptions } from './resources/restore-testing-selection-options';
export { S3RecoveryPoint } from './resources/s3-recovery-point';
export { BackupScannerRole, ScanMode, type ScanSettings } from './resources/scan-settings';
export { SettingsRemoval } from './resources/settings-removal';
export { TieringConfiguration, type TieringConfigurationProps } from './resources/tiering-configuration';
export { type TieringOptions, TieringSelection } from './resources/tiering-selection';
export { VaultContents, type VaultContentsProps } from './resources/vault-contents';
export { VaultEncryption } from './resources/vault-encryption';
export { VaultEvent } from './resources/vault-event';
export type { VaultNotifications } from './resources/vault-notifications';
export type { VaultShareOptions } from './resources/vault-share';

// values: the words, and the laws behind them
export { BackupSchedule } from './values/backup-schedule';
export type {
  CronScheduleOptions,
  DailyScheduleOptions,
  EveryHoursScheduleOptions,
  HourlyScheduleOptions,
  MonthlyScheduleOptions,
  WeeklyScheduleOptions,
  YearlyScheduleOptions,
} from './values/backup-schedule-options';
export { Capability, type CapabilityFact, type ResourceCapabilities, Support } from './values/capability';
export {
  ReportCoverage,
  type ReportCoverageOptions,
  type ReportMembersOptions,
} from './values/report-coverage';
export { ResourceType, type ResourceTypeOptions } from './values/resource-type';
export { Retention } from './values/retention';
export { TagCondition } from './values/tag-condition';
export { type ComplianceLockOptions, type GovernanceLockOptions, VaultLock } from './values/vault-lock';
export { WeekDay } from './values/week-day';
