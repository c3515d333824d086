// The only public entry point, and the table of contents. Named exports: what is not named here is internal.

// forecast: what plans will do
export { BackupForecast, type BackupForecastOptions } from './forecast/outlook/backup-forecast';
export type { BackupPrice, BackupSize } from './forecast/outlook/backup-size';
// monitoring: metrics and events of AWS Backup
export { BackupAbsenceAlarm } from './monitoring/absence/backup-absence-alarm';
export type { BackupAbsenceAlarmProps } from './monitoring/absence/backup-absence-alarm-props';
export { BackupFreshnessCheck } from './monitoring/absence/backup-freshness-check';
export type {
  BackupFreshnessCheckProps,
  FreshnessRestoreTestOptions,
  FreshnessVaultOptions,
} from './monitoring/absence/backup-freshness-check-props';
export { BackupActivityLog } from './monitoring/activity/backup-activity-log';
export type { BackupActivityLogProps } from './monitoring/activity/backup-activity-log-props';
export { BackupAuditTrail } from './monitoring/activity/backup-audit-trail';
export type { BackupAuditTrailProps } from './monitoring/activity/backup-audit-trail-props';
export { BackupAlert } from './monitoring/alerts/backup-alert';
export { BackupAlerts } from './monitoring/alerts/backup-alerts';
export type { BackupAlertsProps } from './monitoring/alerts/backup-alerts-props';
export {
  BackupEventForwarding,
  type BackupEventForwardingProps,
} from './monitoring/alerts/backup-event-forwarding';
export {
  BackupObservabilityLink,
  type BackupObservabilityLinkProps,
} from './monitoring/alerts/backup-observability-link';
export type {
  BackupEventOptions,
  BackupJobEventOptions,
  CopyJobEventOptions,
  RestoreJobEventOptions,
  VaultEventOptions,
} from './monitoring/core/backup-event-options';
export { BackupEvents } from './monitoring/core/backup-events';
export { BackupJobState } from './monitoring/core/backup-job-state';
export { BackupMetrics } from './monitoring/core/backup-metrics';
export { ChangeState } from './monitoring/core/change-state';
export { CopyJobState } from './monitoring/core/copy-job-state';
export { RecoveryPointState } from './monitoring/core/recovery-point-state';
export { RestoreJobState } from './monitoring/core/restore-job-state';
export { ScanJobState } from './monitoring/core/scan-job-state';
export { BackupDashboard } from './monitoring/dashboard/backup-dashboard';
export type { BackupDashboardProps } from './monitoring/dashboard/backup-dashboard-props';
export { MemberBaseline } from './organization/baseline/member-baseline';
export type {
  BaselineNotificationOptions,
  BaselineVaultOptions,
  MemberBaselineProps,
  RolloutPreferenceOptions,
} from './organization/baseline/member-baseline-props';
export type { OrganizationBackupPlanOptions } from './organization/core/organization-backup-plan-options';
export { OrganizationTarget } from './organization/core/organization-target';
// organization: the reach over many accounts
export {
  BackupPolicyDelegation,
  type BackupPolicyDelegationProps,
} from './organization/delegation/backup-policy-delegation';
export {
  BackupPolicyDocument,
  type BackupPolicyDocumentOptions,
} from './organization/policy/backup-policy-document';
export { OrganizationBackupPolicy } from './organization/policy/organization-backup-policy';
export type { OrganizationBackupPolicyProps } from './organization/policy/organization-backup-policy-props';
export type { BackupProtectionOptions } from './organization/protection/backup-protection-options';
export { BackupProtectionPolicy } from './organization/protection/backup-protection-policy';
export type { BackupProtectionPolicyProps } from './organization/protection/backup-protection-policy-props';
export { BackupTagPolicy, type BackupTagPolicyProps } from './organization/protection/backup-tag-policy';
export { AccountBackup, type AccountBackupProps } from './patterns/account/account-backup';
export { BackupCompliance } from './patterns/compliance/backup-compliance';
export type { BackupComplianceProps } from './patterns/compliance/backup-compliance-props';
export { CopyOnArrival, type CopyOnArrivalProps } from './patterns/copy/copy-on-arrival';
export { CopyOnDemand, type CopyOnDemandProps } from './patterns/copy/copy-on-demand';
export { BackupTier } from './patterns/core/backup-tier';
export type { MeetingTierOptions } from './patterns/core/meeting-tier';
export { BackupMonitoring } from './patterns/monitoring/backup-monitoring';
export type { BackupMonitoringProps } from './patterns/monitoring/backup-monitoring-props';
export { BackupSeverity } from './patterns/monitoring/backup-severity';
export { OrganizationBackup } from './patterns/organization/organization-backup';
export type {
  OrganizationBackupProps,
  OrganizationCentralOptions,
  OrganizationProtectionOptions,
  OrganizationTierOptions,
} from './patterns/organization/organization-backup-props';
export { DisasterRecovery } from './patterns/recovery/disaster-recovery';
export type { DisasterRecoveryProps } from './patterns/recovery/disaster-recovery-props';
export { RecoveryHop, type RecoveryHopOptions } from './patterns/recovery/recovery-hop';
// patterns: whole solutions
export { RestoreTesting, type RestoreTestingProps } from './patterns/restore/restore-testing';
export { BackupPrerequisites, type BackupPrerequisitesProps } from './patterns/settings/backup-prerequisites';
export { CentralVault } from './patterns/vault/central-vault';
export type { CentralVaultProps } from './patterns/vault/central-vault-props';
export { WorkloadBackup, type WorkloadBackupProps } from './patterns/workload/workload-backup';
// analysis: what is wrong, and what is protected
export { BackupChecks } from './plugin/backup-checks';
export type { BackupChecksProps } from './plugin/backup-checks-props';
export { CheckSeverity } from './plugin/check-severity';
export { ChecksFailOn } from './plugin/checks-fail-on';
export { Preflight, type PreflightOptions } from './preflight/preflight';

// resources: one AWS resource each
export type { AirGappedVaultGeneration } from './resources/air-gapped-vault/air-gapped-generation';
export { LogicallyAirGappedVault } from './resources/air-gapped-vault/logically-air-gapped-vault';
export type {
  ILogicallyAirGappedVault,
  LogicallyAirGappedVaultAttributes,
} from './resources/air-gapped-vault/logically-air-gapped-vault-import';
export type { LogicallyAirGappedVaultProps } from './resources/air-gapped-vault/logically-air-gapped-vault-props';
export type { VaultShareOptions } from './resources/air-gapped-vault/vault-share';
export {
  BackupConformancePack,
  type BackupConformancePackProps,
} from './resources/audit/backup-conformance-pack';
export { BackupFramework, type BackupFrameworkProps } from './resources/audit/backup-framework';
export { BackupReportBucket, type BackupReportBucketProps } from './resources/audit/backup-report-bucket';
export {
  BackupReportPlan,
  type BackupReportPlanProps,
  ReportFormat,
} from './resources/audit/backup-report-plan';
export { ControlScope } from './resources/audit/control-scope';
export { FrameworkControl } from './resources/audit/framework-control';
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
} from './resources/audit/framework-control-options';
export { ReportTemplate } from './resources/audit/report-template';
export {
  BackupDelegatedAdministrator,
  type BackupDelegatedAdministratorProps,
} from './resources/custom/backup-delegated-administrator';
export {
  BackupGlobalSettings,
  type BackupGlobalSettingsProps,
} from './resources/custom/backup-global-settings';
export {
  BackupOrganizationSettings,
  type BackupOrganizationSettingsProps,
} from './resources/custom/backup-organization-settings';
export {
  BackupPlanS3Settings,
  type BackupPlanS3SettingsProps,
} from './resources/custom/backup-plan-s3-settings';
export {
  BackupRegionSettings,
  type BackupRegionSettingsProps,
} from './resources/custom/backup-region-settings';
export {
  BackupServiceLinkedRole,
  type BackupServiceLinkedRoleProps,
  BackupServicePrincipal,
} from './resources/custom/backup-service-linked-role';
export {
  BackupVaultApprovalTeam,
  type BackupVaultApprovalTeamProps,
} from './resources/custom/backup-vault-approval-team';
export { BackupVaultSettings, type BackupVaultSettingsProps } from './resources/custom/backup-vault-settings';
export { OnDemandBackup, type OnDemandBackupProps } from './resources/custom/on-demand-backup';
export { OnDemandFailure } from './resources/custom/on-demand-laws';
export { RestoreAccessVault, type RestoreAccessVaultProps } from './resources/custom/restore-access-vault';
export { SettingsRemoval } from './resources/custom/settings-removal';
export { VaultContents, type VaultContentsProps } from './resources/custom/vault-contents';
export { Hypervisor, type HypervisorProps } from './resources/hypervisor/hypervisor';
export {
  HypervisorCredentials,
  type HypervisorSecretFields,
} from './resources/hypervisor/hypervisor-credentials';
export type { SplitSelection } from './resources/plan/air-gapped-split';
export { BackupPlan, type BackupPlanProps } from './resources/plan/backup-plan';
export { BackupRule } from './resources/plan/backup-rule';
export type {
  BackupRuleBaseOptions,
  BackupRuleOptions,
  ContinuousRuleOptions,
  DailyRuleOptions,
  HourlyRuleOptions,
  MonthlyRuleOptions,
  ScheduledRuleOptions,
  WeeklyRuleOptions,
  YearlyRuleOptions,
} from './resources/plan/backup-rule-options';
export { CopyAction, type CopyActionOptions } from './resources/plan/copy-action';
export type { PlanRestoreTestingOptions } from './resources/plan/plan-restore-testing-options';
export { ScanMode, type ScanSettings } from './resources/plan/scan-settings';
export { BackupReady, type BackupReadyProps } from './resources/ready/backup-ready';
export {
  RecoveryPointSelection,
  type RecoveryPointSelectionOptions,
  RecoveryPointType,
} from './resources/restore-testing/recovery-point-selection';
export type {
  DatabaseClusterRestoreOptions,
  DatabaseRestoreOptions,
  RdsInstanceRestoreOptions,
} from './resources/restore-testing/restore-database-options';
export type {
  FsxLustreRestoreOptions,
  FsxOntapRestoreOptions,
  FsxOpenZfsRestoreOptions,
  FsxWindowsRestoreOptions,
} from './resources/restore-testing/restore-fsx-options';
export { RestoreMetadata } from './resources/restore-testing/restore-metadata';
export type {
  DynamoDbRestoreOptions,
  EbsRestoreOptions,
  Ec2RestoreOptions,
  EfsRestoreOptions,
  EncryptedRestoreOptions,
  S3RestoreOptions,
} from './resources/restore-testing/restore-metadata-options';
export {
  RestoreTestingPlan,
  type RestoreTestingPlanAttributes,
  type RestoreTestingPlanProps,
} from './resources/restore-testing/restore-testing-plan';
export {
  RestoreTestingRole,
  type RestoreTestingRoleProps,
} from './resources/restore-testing/restore-testing-role';
export {
  RestoreTestingSelection,
  type RestoreTestingSelectionProps,
} from './resources/restore-testing/restore-testing-selection';
export type { RestoreTestingSelectionOptions } from './resources/restore-testing/restore-testing-selection-options';
export { BackupRole, type BackupRoleProps } from './resources/role/backup-role';
export { BackupOptOut, type BackupOptOutProps } from './resources/selection/backup-opt-out';
export { BackupSelection } from './resources/selection/backup-selection';
export type {
  BackupSelectionOptions,
  BackupSelectionProps,
} from './resources/selection/backup-selection-options';
export { BackupTag, type BackupTagOptions } from './resources/selection/backup-tag';
export {
  BackupAccessPoint,
  type BackupAccessPointProps,
  type IBackupAccessPoint,
} from './resources/vault/backup-access-point';
export { BackupKey, type BackupKeyProps } from './resources/vault/backup-key';
export { BackupReplicaKey, type BackupReplicaKeyProps } from './resources/vault/backup-replica-key';
export { BackupVault, type BackupVaultProps } from './resources/vault/backup-vault';
export type { BackupVaultAttributes } from './resources/vault/backup-vault-import';
export { CopySource } from './resources/vault/copy-source';
export { DeletionDenial } from './resources/vault/deletion-denial';
export { KeyPath } from './resources/vault/key-path';
export { LegalHold, type LegalHoldProps } from './resources/vault/legal-hold';
export {
  TieringConfiguration,
  type TieringConfigurationProps,
} from './resources/vault/tiering-configuration';
export { type TieringOptions, TieringSelection } from './resources/vault/tiering-selection';
export { VaultEncryption } from './resources/vault/vault-encryption';
export type { VaultNotifications } from './resources/vault/vault-notifications';
// restores: how they are validated and run
export {
  IsolatedRestoreNetwork,
  type IsolatedRestoreNetworkProps,
} from './restore/core/isolated-restore-network';
export {
  RestoreEvidenceBucket,
  type RestoreEvidenceBucketProps,
} from './restore/core/restore-evidence-bucket';
export {
  RestoreRunbook,
  type RestoreRunbookProps,
  type RunbookCopySourceOptions,
  type RunbookResource,
  type RunbookSharedVaultOptions,
} from './restore/runbook/restore-runbook';
export { RestoreCheck } from './restore/validation/restore-check';
export type {
  CountingCheckOptions,
  Ec2CheckOptions,
  EfsCheckOptions,
  RestoreCheckOptions,
  SamplingCheckOptions,
} from './restore/validation/restore-check-options';
export { RestoreMount, type RestoreMountProps } from './restore/validation/restore-mount';
export type {
  AuroraCheckOptions,
  DocumentDbCheckOptions,
  DocumentQuery,
  QueryingCheckOptions,
  RdsCheckOptions,
  RestoreQuery,
} from './restore/validation/restore-query-options';
export {
  RestoreValidation,
  type RestoreValidationOptions,
  type RestoreValidationProps,
} from './restore/validation/restore-validation';
export { ValidationLevel } from './restore/validation/validation-level';
export {
  ReportCoverage,
  type ReportCoverageOptions,
  type ReportMembersOptions,
} from './values/audit/report-coverage';
export { TagCondition } from './values/core/tag-condition';
export { BackupLoss } from './values/objectives/backup-loss';
export type { BackupObjective } from './values/objectives/backup-objective';
export { Retention } from './values/plan/retention';
export {
  BackupCapability,
  type CapabilityFact,
  CapabilitySupport,
  type ResourceCapabilities,
} from './values/resource-type/capability';
export { ResourceType } from './values/resource-type/resource-type';
export type { ResourceTypeOptions } from './values/resource-type/resource-type-options';

// values: the words, and the laws behind them
export { BackupSchedule } from './values/schedule/backup-schedule';
export type {
  CronScheduleOptions,
  DailyScheduleOptions,
  EveryHoursScheduleOptions,
  HourlyScheduleOptions,
  MonthlyScheduleOptions,
  WeeklyScheduleOptions,
  YearlyScheduleOptions,
} from './values/schedule/backup-schedule-options';
export { WeekDay } from './values/schedule/week-day';
// compliance standards
export { ComplianceStandard } from './values/standards/compliance-standard';
export type { CustomStandardOptions } from './values/standards/custom-standard';
export { RequirementKey } from './values/standards/requirement-key';
export {
  ClauseConfidence,
  DataClass,
  type StandardRequirement,
} from './values/standards/standard-requirement';
export { ImmutabilityLevel, type StandardThresholds } from './values/standards/standard-thresholds';
export { S3RecoveryPoint } from './values/vault/s3-recovery-point';
export { VaultEvent } from './values/vault/vault-event';
export { type ComplianceLockOptions, type GovernanceLockOptions, VaultLock } from './values/vault/vault-lock';
