import { readFileSync } from 'node:fs';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnVolume } from 'aws-cdk-lib/aws-ec2';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { PROPERTY_NAMES_FILE, propertyNames, publicStructs } from '../../../scripts/property-names';
import * as lib from '../../../src';
import { BackupPlan, BackupRule, BackupVault, CopyAction, Retention, VaultContents } from '../../../src';
import { PROPERTY_NAMES } from '../../../src/values/core/property-names';
import {
  likelyProperty,
  type StructName,
  unknownPropertyProblems,
} from '../../../src/values/core/unknown-properties';
import { testApp } from '../../support/app';
import { refusal, thrown } from '../../support/refusal';

const retention = Retention.days(35);
const STRUCTS = publicStructs();

test('the table of property names is up to date; `npx projen property-names` writes it', () => {
  expect(readFileSync(PROPERTY_NAMES_FILE, 'utf8')).toBe(propertyNames(STRUCTS));
});

test('properties that a construct does not have are reported together, with what was likely meant', () => {
  const stack = new Stack(testApp(), 'Stack');
  const props = { encryptionKey: 'key', removalPolcy: 'destroy', team: 'data' };
  expect(refusal(() => new BackupVault(stack, 'Vault', props as never))).toBe(
    [
      '3 problems of `Stack/Vault`:',
      '  - `encryptionKey` is not a property of `BackupVaultProps`; did you mean `encryption`?',
      '  - `removalPolcy` is not a property of `BackupVaultProps`; did you mean `removalPolicy`?',
      '  - `team` is not a property of `BackupVaultProps`; remove it',
    ].join('\n'),
  );
});

test('a class of the app that extends ours may pass its own properties on', () => {
  class TeamVault extends BackupVault {
    constructor(scope: Stack, id: string, props: { readonly team: string }) {
      super(scope, id, props as object);
    }
  }
  expect(() => new TeamVault(new Stack(testApp(), 'Stack'), 'Vault', { team: 'shop' })).not.toThrow();
});

test('a class of the app that extends ours is held to everything else', () => {
  class TeamContents extends VaultContents {
    constructor(scope: Stack, id: string, props: object) {
      super(scope, id, props as never);
    }
  }
  const stack = new Stack(testApp(), 'Stack');
  const vault = new BackupVault(stack, 'Vault', { removalPolicy: RemovalPolicy.DESTROY });
  const message = refusal(() => new TeamContents(stack, 'Contents', { vault, team: 'shop' }));
  expect(message).toContain('`acknowledgeDataLoss`');
  expect(message).not.toContain('team');
});

test('a property that is undefined counts as left out', () => {
  const stack = new Stack(testApp(), 'Stack');
  expect(() => new BackupVault(stack, 'Vault', { encryptionKey: undefined } as never)).not.toThrow();
});

test.each<[string, () => unknown, string]>([
  [
    'a rule',
    () => BackupRule.daily({ retention, coldStorage: Duration.days(30) } as never),
    '`coldStorage` is not a property of `DailyRuleOptions`; did you mean `coldStorageAfter`? (in `BackupRule.daily`)',
  ],
  [
    'a copy',
    () =>
      CopyAction.toVaultArn('arn:aws:backup:eu-west-1:111122223333:backup-vault:far', {
        retention,
        moveToCold: 1,
      } as never),
    '`moveToCold` is not a property of `CopyActionOptions`; remove it (in `CopyAction.toVaultArn`)',
  ],
  [
    'a plan',
    () => new BackupPlan(new Stack(testApp(), 'Stack'), 'Plan', { rule: [] } as never),
    '`rule` is not a property of `BackupPlanProps`; did you mean `rules`? (in `Stack/Plan`)',
  ],
])('%s reports a property that it does not have', (_, make, message) => {
  expect(refusal(make)).toBe(message);
});

test.each([
  ['encryptionKey', 'encryption'],
  ['LOCK', 'lock'],
  ['notifcations', 'notifications'],
  ['retentionDays', undefined],
])('the nearest name to %s is %s', (name, expected) => {
  expect(likelyProperty(name, ['encryption', 'lock', 'notifications'])).toBe(expected);
});

test('what is not an object has no properties', () => {
  for (const value of [undefined, null, 5, 'x', []])
    expect(unknownPropertyProblems(value, 'BackupVaultProps')).toEqual([]);
});

describe('every public struct', () => {
  const AIR_GAPPED = {
    minRetention: Duration.days(7),
    maxRetention: Duration.days(35),
    acknowledgeIrreversible: true,
  };
  const WRONG = { unknwon: true } as never;
  const FORECAST = { from: '2026-01-01', duration: 'P30D' };
  const stack = () => new Stack(testApp(), 'Stack');
  /** What receives a struct; a string is a class whose constructor does. */
  const RECEIVERS: Partial<Record<StructName, string | ((wrong: never) => unknown)>> = {
    AccountBackupProps: 'AccountBackup',
    AirGappedControlOptions: lib.FrameworkControl.resourcesInLogicallyAirGappedVault,
    BackupAccessPointProps: 'BackupAccessPoint',
    BackupActivityLogProps: 'BackupActivityLog',
    BackupAlertsProps: 'BackupAlerts',
    BackupChecksProps: (wrong) => new lib.BackupChecks(wrong),
    BackupDelegatedAdministratorProps: 'BackupDelegatedAdministrator',
    BackupEventOptions: lib.BackupEvents.regionSettings,
    BackupForecastOptions: (wrong) => lib.BackupForecast.of(stack(), wrong),
    BackupFrameworkProps: 'BackupFramework',
    BackupGlobalSettingsProps: 'BackupGlobalSettings',
    BackupJobEventOptions: lib.BackupEvents.backupJobsWithIssues,
    BackupKeyProps: 'BackupKey',
    BackupOptOutProps: (wrong) => new lib.BackupOptOut(wrong),
    BackupOrganizationSettingsProps: 'BackupOrganizationSettings',
    BackupPlanProps: 'BackupPlan',
    BackupPlanS3SettingsProps: 'BackupPlanS3Settings',
    BackupPolicyDelegationProps: 'BackupPolicyDelegation',
    BackupPolicyDocumentOptions: (wrong) => lib.BackupPolicyDocument.fromPlans([], wrong),
    BackupPrerequisitesProps: 'BackupPrerequisites',
    BackupProtectionPolicyProps: 'BackupProtectionPolicy',
    BackupReadyProps: (wrong) => new lib.BackupReady(wrong),
    BackupRegionSettingsProps: 'BackupRegionSettings',
    BackupReplicaKeyProps: 'BackupReplicaKey',
    BackupReportBucketProps: 'BackupReportBucket',
    BackupReportPlanProps: 'BackupReportPlan',
    BackupRoleProps: 'BackupRole',
    BackupSelectionOptions: (wrong) => new BackupPlan(stack(), 'Plan').addSelection('Selection', wrong),
    BackupSelectionProps: 'BackupSelection',
    BackupServiceLinkedRoleProps: 'BackupServiceLinkedRole',
    BackupTagOptions: (wrong) => new lib.BackupTag('gold', wrong),
    BackupTagPolicyProps: 'BackupTagPolicy',
    BackupVaultApprovalTeamProps: 'BackupVaultApprovalTeam',
    BackupVaultProps: 'BackupVault',
    BackupVaultSettingsProps: 'BackupVaultSettings',
    BaselineNotificationOptions: (notifications) =>
      new lib.MemberBaseline(stack(), 'Baseline', { notifications } as never),
    BaselineVaultOptions: (vault) =>
      new lib.MemberBaseline(stack(), 'Baseline', { vaults: [vault] } as never),
    CentralVaultProps: 'CentralVault',
    ComplianceLockOptions: lib.VaultLock.compliance,
    ContinuousRuleOptions: BackupRule.continuous,
    CopyActionOptions: (wrong) => CopyAction.toVaultArn('arn', wrong),
    CopyJobEventOptions: (wrong) => lib.BackupEvents.copyJobs([lib.CopyJobState.FAILED], wrong),
    CopyOnArrivalProps: (wrong: object) => copies('CopyOnArrival', wrong),
    CopyOnDemandProps: (wrong: object) => copies('CopyOnDemand', wrong),
    CronScheduleOptions: lib.BackupSchedule.cron,
    CrossAccountControlOptions: lib.FrameworkControl.resourcesProtectedByCrossAccount,
    CrossRegionControlOptions: lib.FrameworkControl.resourcesProtectedByCrossRegion,
    CustomControlOptions: (wrong) => lib.FrameworkControl.of('BACKUP_RECOVERY_POINT_ENCRYPTED', wrong),
    DailyRuleOptions: BackupRule.daily,
    DailyScheduleOptions: lib.BackupSchedule.daily,
    DatabaseClusterRestoreOptions: lib.RestoreMetadata.aurora,
    DisasterRecoveryProps: 'DisasterRecovery',
    DynamoDbRestoreOptions: lib.RestoreMetadata.dynamoDb,
    EbsRestoreOptions: lib.RestoreMetadata.ebs,
    Ec2RestoreOptions: lib.RestoreMetadata.ec2,
    EfsRestoreOptions: lib.RestoreMetadata.efs,
    EveryHoursScheduleOptions: (wrong) => lib.BackupSchedule.everyHours(4, wrong),
    FrameworkControlOptions: lib.FrameworkControl.resourcesProtectedByBackupPlan,
    FsxLustreRestoreOptions: lib.RestoreMetadata.fsxLustre,
    FsxOntapRestoreOptions: lib.RestoreMetadata.fsxOntap,
    FsxOpenZfsRestoreOptions: lib.RestoreMetadata.fsxOpenZfs,
    FsxWindowsRestoreOptions: lib.RestoreMetadata.fsxWindows,
    GovernanceLockOptions: lib.VaultLock.governance,
    HourlyRuleOptions: BackupRule.hourly,
    HourlyScheduleOptions: lib.BackupSchedule.hourly,
    HypervisorProps: 'Hypervisor',
    LastRecoveryPointOptions: lib.FrameworkControl.lastRecoveryPointCreated,
    LegalHoldProps: 'LegalHold',
    LogicallyAirGappedVaultProps: (wrong: object) =>
      new lib.LogicallyAirGappedVault(stack(), 'Vault', { ...AIR_GAPPED, ...wrong }),
    ManualDeletionDisabledOptions: lib.FrameworkControl.manualDeletionDisabled,
    MemberBaselineProps: 'MemberBaseline',
    MinFrequencyAndRetentionOptions: lib.FrameworkControl.minFrequencyAndRetention,
    MinRetentionOptions: lib.FrameworkControl.minRetention,
    MonthlyRuleOptions: BackupRule.monthly,
    MonthlyScheduleOptions: lib.BackupSchedule.monthly,
    OnDemandBackupProps: 'OnDemandBackup',
    OrganizationBackupPlanOptions: (wrong) => lib.BackupPolicyDocument.fromPlans([wrong]),
    OrganizationBackupPolicyProps: 'OrganizationBackupPolicy',
    OrganizationBackupProps: 'OrganizationBackup',
    OrganizationCentralOptions: (central) =>
      new lib.OrganizationBackup(stack(), 'Backup', { central } as never),
    OrganizationProtectionOptions: (protection) =>
      new lib.OrganizationBackup(stack(), 'Backup', { protection } as never),
    OrganizationTierOptions: (wrong: object) =>
      new lib.OrganizationBackup(stack(), 'Backup', {
        tiers: [{ tier: lib.BackupTier.GOLD, ...wrong }],
      } as never),
    PreflightOptions: (wrong) => lib.Preflight.of(stack(), wrong),
    RdsInstanceRestoreOptions: lib.RestoreMetadata.rdsInstance,
    RecoveryHopOptions: (wrong) =>
      lib.RecoveryHop.toVault(BackupVault.fromBackupVaultName(stack(), 'Far', 'far'), wrong),
    RecoveryPointSelectionOptions: lib.RecoveryPointSelection.latest,
    ReportCoverageOptions: lib.ReportCoverage.thisAccount,
    ReportMembersOptions: lib.ReportCoverage.members,
    ResourceTypeOptions: (wrong) => lib.ResourceType.of('New', wrong),
    RestoreAccessVaultProps: 'RestoreAccessVault',
    RestoreJobEventOptions: (wrong) => lib.BackupEvents.restoreJobs([lib.RestoreJobState.FAILED], wrong),
    RestoreTestingPlanProps: 'RestoreTestingPlan',
    RestoreTestingRoleProps: 'RestoreTestingRole',
    RestoreTestingSelectionProps: 'RestoreTestingSelection',
    RestoreTimeOptions: lib.FrameworkControl.restoreTimeMeetsTarget,
    RolloutPreferenceOptions: (preferences) =>
      new lib.MemberBaseline(stack(), 'Baseline', { preferences } as never),
    S3RestoreOptions: lib.RestoreMetadata.s3,
    ScheduledRuleOptions: BackupRule.scheduled,
    TieringConfigurationProps: 'TieringConfiguration',
    TieringOptions: lib.TieringSelection.allBuckets,
    VaultContentsProps: 'VaultContents',
    VaultEventOptions: lib.BackupEvents.threats,
    VaultLockControlOptions: lib.FrameworkControl.resourcesProtectedByVaultLock,
    VaultShareOptions: (wrong) =>
      new lib.LogicallyAirGappedVault(stack(), 'Vault', AIR_GAPPED).shareWith(['111122223333'], wrong),
    WeeklyRuleOptions: BackupRule.weekly,
    WeeklyScheduleOptions: lib.BackupSchedule.weekly,
    WorkloadBackupProps: 'WorkloadBackup',
    YearlyRuleOptions: BackupRule.yearly,
    YearlyScheduleOptions: lib.BackupSchedule.yearly,
    AuroraCheckOptions: lib.RestoreCheck.aurora,
    BackupAbsenceAlarmProps: 'BackupAbsenceAlarm',
    BackupComplianceProps: 'BackupCompliance',
    BackupAuditTrailProps: 'BackupAuditTrail',
    BackupObservabilityLinkProps: 'BackupObservabilityLink',
    BackupConformancePackProps: 'BackupConformancePack',
    BackupDashboardProps: 'BackupDashboard',
    BackupEventForwardingProps: 'BackupEventForwarding',
    BackupFreshnessCheckProps: 'BackupFreshnessCheck',
    BackupMonitoringProps: 'BackupMonitoring',
    CustomStandardOptions: lib.ComplianceStandard.custom,
    DocumentDbCheckOptions: lib.RestoreCheck.documentDb,
    Ec2CheckOptions: lib.RestoreCheck.ec2,
    EfsCheckOptions: lib.RestoreCheck.efs,
    RdsCheckOptions: lib.RestoreCheck.rds,
    FreshnessRestoreTestOptions: (test) =>
      new lib.BackupFreshnessCheck(stack(), 'Check', { restoreTests: [test] } as never),
    FreshnessVaultOptions: (vault) =>
      new lib.BackupFreshnessCheck(stack(), 'Check', { vaults: [vault] } as never),
    IsolatedRestoreNetworkProps: 'IsolatedRestoreNetwork',
    MeetingTierOptions: (wrong) => lib.BackupTier.meeting('gold', wrong),
    PlanRestoreTestingOptions: (wrong) => new BackupPlan(stack(), 'Plan').addRestoreTesting(wrong),
    RestoreCheckOptions: lib.RestoreCheck.neptune,
    RestoreEvidenceBucketProps: 'RestoreEvidenceBucket',
    RestoreMountProps: 'RestoreMount',
    RestoreTestingProps: 'RestoreTesting',
    RestoreRunbookProps: 'RestoreRunbook',
    RestoreValidationProps: 'RestoreValidation',
    RunbookCopySourceOptions: (wrong) => runbook({ copySources: [wrong] }),
    RunbookSharedVaultOptions: (wrong) => runbook({ sharedVaults: [wrong] }),
    SamplingCheckOptions: lib.RestoreCheck.s3,
    AirGappedVaultGeneration: (generation) =>
      new lib.LogicallyAirGappedVault(stack(), 'Vault', {
        ...AIR_GAPPED,
        previousGenerations: [generation],
      }),
    BackupObjective: (objective) => new lib.BackupChecks({ objectives: [objective] }),
    BackupPrice: (price) => lib.BackupForecast.of(stack(), { ...FORECAST, prices: [price] }),
    BackupSize: (size) => lib.BackupForecast.of(stack(), { ...FORECAST, sizes: [size] }),
    BackupVaultAttributes: (wrong) => BackupVault.fromBackupVaultAttributes(stack(), 'Vault', wrong),
    DocumentQuery: (query) => lib.RestoreCheck.documentDb({ queries: [query] }),
    HypervisorSecretFields: (wrong) =>
      lib.HypervisorCredentials.fromSecret(Secret.fromSecretNameV2(stack(), 'Secret', 's'), wrong),
    LogicallyAirGappedVaultAttributes: (wrong) =>
      lib.LogicallyAirGappedVault.fromBackupVaultAttributes(stack(), 'Vault', wrong),
    RestoreQuery: (query) => lib.RestoreCheck.aurora({ queries: [query] }),
    RestoreTestingPlanAttributes: (wrong) =>
      lib.RestoreTestingPlan.fromRestoreTestingPlanAttributes(stack(), 'Plan', wrong),
    RunbookResource: (resource) =>
      new lib.RestoreRunbook(stack(), 'Runbook', {
        resources: [resource],
        vaults: [BackupVault.fromBackupVaultName(stack(), 'Vault', 'vault')],
      } as never),
    ScanSettings: (scanSettings) =>
      new BackupPlan(stack(), 'Plan', { rules: [BackupRule.daily({ retention })], scanSettings }),
    StandardRequirement: (requirement) =>
      lib.ComplianceStandard.custom({ id: 'own', title: 'Own', version: '1', requirements: [requirement] }),
    StandardThresholds: (wrong) => lib.ComplianceStandard.HIPAA.withThresholds(wrong),
    VaultNotifications: (notifications) => new BackupVault(stack(), 'Vault', { notifications }),
  };

  /** Structs that others extend. */
  const NOT_RECEIVED = [
    'BackupProtectionOptions',
    'BackupRuleBaseOptions',
    'BackupRuleOptions',
    'CountingCheckOptions',
    'DatabaseRestoreOptions',
    'EncryptedRestoreOptions',
    'QueryingCheckOptions',
    'RestoreTestingSelectionOptions',
    'RestoreValidationOptions',
  ];

  function runbook(wrong: object): unknown {
    const own = stack();
    const resource = new CfnVolume(own, 'Volume', { availabilityZone: 'eu-west-1a', size: 1 });
    return new lib.RestoreRunbook(own, 'Runbook', { vaults: [], resources: [{ resource }], ...wrong });
  }

  function copies(name: 'CopyOnArrival' | 'CopyOnDemand', wrong: object): unknown {
    const own = stack();
    const vault = BackupVault.fromBackupVaultName(own, 'Vault', 'vault');
    const props = {
      vault,
      copy: CopyAction.toVaultArn('arn:aws:backup:eu-west-1:111122223333:backup-vault:far', { retention }),
      ...wrong,
    };
    return name === 'CopyOnArrival'
      ? new lib.CopyOnArrival(own, 'Copy', props)
      : new lib.CopyOnDemand(own, 'Copy', props);
  }

  test('is in this list', () => {
    const names = [...Object.keys(RECEIVERS), ...NOT_RECEIVED].sort();
    expect(names).toEqual(Object.keys(PROPERTY_NAMES).sort());
  });

  test.each(Object.entries(RECEIVERS))('%s has no other properties', (_struct, receiver) => {
    expect(refusal(passing(receiver, WRONG))).toMatch(/unknwon` is not a (property of |threshold)/);
  });

  /** What receives nothing, where `RECEIVERS` fill in what is required or leave out what surrounds it. */
  const RECEIVING_NOTHING: Partial<Record<StructName, Receiver>> = {
    CopyOnArrivalProps: 'CopyOnArrival',
    CopyOnDemandProps: 'CopyOnDemand',
    LogicallyAirGappedVaultProps: 'LogicallyAirGappedVault',
    OrganizationTierOptions: (tier) =>
      new lib.OrganizationBackup(stack(), 'Backup', {
        organizationId: 'o-a1b2c3d4e5',
        targets: [lib.OrganizationTarget.root('r-ab12')],
        regions: ['eu-west-1'],
        homeRegion: 'eu-west-1',
        tiers: [tier],
      }),
    PlanRestoreTestingOptions: (options) => {
      const own = stack();
      const vault = new BackupVault(own, 'Vault');
      const plan = new BackupPlan(own, 'Plan', { rules: [BackupRule.daily({ retention, vault })] });
      plan.addSelection('Tables', { resourceTypes: [lib.ResourceType.DYNAMODB] });
      return plan.addRestoreTesting(options);
    },
  };

  const LACKING = STRUCTS.filter(({ name, required }) => required.length > 0 && name in RECEIVERS);

  test.each(LACKING.map(({ name, required }) => [name, required] as const))(
    '%s names what is left out: %p',
    (name, required) => {
      const message = refusal(passing(receiverOfNothing(name as StructName), {} as never));
      const unnamed = required.filter((property) => !message.includes(property));
      expect({ message, unnamed }).toEqual({ message, unnamed: [] });
      expect(message).not.toContain('undefined');
    },
  );

  const receiverOfNothing = (name: StructName) => (RECEIVING_NOTHING[name] ?? RECEIVERS[name]) as Receiver;

  type Receiver = string | ((value: never) => unknown);

  function passing(receiver: Receiver, value: never): () => unknown {
    return typeof receiver === 'string'
      ? () => new (classOf(receiver))(stack(), 'It', value)
      : () => receiver(value);
  }

  /** Classes that refuse the properties of subclasses too. */
  const NOT_EXTENDED = [
    'BackupAccessPoint',
    'BackupDelegatedAdministrator',
    'BackupGlobalSettings',
    'BackupKey',
    'BackupOrganizationSettings',
    'BackupPrerequisites',
    'BackupReportBucket',
    'BackupReportPlan',
    'BackupRole',
    'BackupServiceLinkedRole',
    'DisasterRecovery',
    'Hypervisor',
    'LegalHold',
    'OrganizationBackupPolicy',
    'RestoreEvidenceBucket',
    'RestoreTestingPlan',
    'RestoreTestingRole',
    'RestoreTestingSelection',
    'TieringConfiguration',
  ];
  const EXTENDED = Object.values(RECEIVERS)
    .filter((receiver) => typeof receiver === 'string')
    .filter((name) => !NOT_EXTENDED.includes(name));

  test.each(EXTENDED)('a class that extends %s is held to everything but its own properties', (name) => {
    const ours = classOf(name);
    const own = class extends ours {};
    expect(outcome(() => new own(stack(), 'It', WRONG))).toBe(outcome(() => new ours(stack(), 'It', {})));
  });

  function classOf(name: string) {
    return (lib as never as Record<string, new (...args: unknown[]) => object>)[name];
  }

  /** The message with which an action is refused, or that it isn't. */
  function outcome(action: () => unknown): string {
    return thrown(action)?.message ?? 'accepted';
  }
});
