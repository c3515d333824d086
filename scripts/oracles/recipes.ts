import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Subnet, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import * as library from 'cdk-backup-constructs';

const {
  BackupPlan,
  BackupRule,
  BackupSchedule,
  BackupTier,
  BackupVault,
  CopyAction,
  CopySource,
  FrameworkControl,
  LogicallyAirGappedVault,
  OrganizationTarget,
  RecoveryHop,
  RecoveryPointSelection,
  ReportTemplate,
  ResourceType,
  Retention,
  S3RecoveryPoint,
  TagCondition,
  TieringSelection,
  VaultLock,
} = library;

/** Puts one construct, with what it needs, into a stack. */
export type Recipe = (stack: Stack) => unknown;

const retention = Retention.days(35);
/** Another Region of the partition. */
const FAR: Readonly<Record<string, string>> = { 'aws-cn': 'cn-northwest-1', 'aws-us-gov': 'us-gov-east-1' };
const UNIT = 'ou-ab12-11111111';

const vaultIn = (stack: Stack) => new BackupVault(stack, 'Vault');
const tableIn = (stack: Stack, id = 'Table') =>
  new Table(stack, id, { partitionKey: { name: 'id', type: AttributeType.STRING } });
const topicIn = (stack: Stack) =>
  new Topic(stack, 'Topic', { masterKey: new Key(stack, 'Key', { enableKeyRotation: true }) });
const planIn = (stack: Stack) =>
  new BackupPlan(stack, 'Plan', { vault: vaultIn(stack), rules: [BackupRule.daily({ retention })] });
const airGappedIn = (stack: Stack) =>
  new LogicallyAirGappedVault(stack, 'AirGapped', {
    minRetention: Duration.days(7),
    maxRetention: Duration.days(365),
    acknowledgeIrreversible: true,
  });
const unit = () => [OrganizationTarget.organizationalUnit(UNIT)];
/** Copies go to another vault of the same partition. */
const farVault = (stack: Stack) =>
  BackupVault.fromBackupVaultArn(
    stack,
    'Far',
    `arn:${stack.partition}:backup:${FAR[stack.partition] ?? 'us-east-2'}:444455556666:backup-vault:far`,
  );

/** How each construct is made. One that is missing here fails the task. */
export const RECIPES: Readonly<Record<string, Recipe>> = {
  AccountBackup: (stack) => new library.AccountBackup(stack, 'It', { tiers: [BackupTier.BRONZE] }),
  BackupAbsenceAlarm: (stack) =>
    new library.BackupAbsenceAlarm(stack, 'It', {
      plan: new BackupPlan(stack, 'Plan', {
        vault: vaultIn(stack),
        rules: [BackupRule.daily({ retention, startWindow: Duration.hours(1) })],
      }),
      topic: topicIn(stack),
    }),
  BackupAccessPoint: (stack) =>
    new library.BackupAccessPoint(stack, 'It', {
      recoveryPoint: S3RecoveryPoint.snapshot(
        `arn:${stack.partition}:backup:${stack.region}:${stack.account}:recovery-point:orders-20261121-0a1b2c3d`,
      ),
    }),
  BackupAuditTrail: (stack) => new library.BackupAuditTrail(stack, 'It'),
  BackupObservabilityLink: (stack) =>
    new library.BackupObservabilityLink(stack, 'It', {
      sinkArn: 'arn:aws:oam:eu-west-1:444455556666:sink/1a2b3c4d-0000-1111-2222-333344445555',
    }),
  BackupActivityLog: (stack) => new library.BackupActivityLog(stack, 'It'),
  BackupAlerts: (stack) => new library.BackupAlerts(stack, 'It'),
  BackupCompliance: (stack) =>
    new library.BackupCompliance(stack, 'It', {
      standards: [library.ComplianceStandard.of('hipaa')],
      conformancePack: true,
    }),
  BackupDelegatedAdministrator: (stack) =>
    new library.BackupDelegatedAdministrator(stack, 'It', { accountId: '444455556666' }),
  BackupEventForwarding: (stack) =>
    new library.BackupEventForwarding(stack, 'It', {
      eventBusArn: `arn:${stack.partition}:events:${stack.region}:444455556666:event-bus/backup`,
    }),
  BackupFramework: (stack) =>
    new library.BackupFramework(stack, 'It', {
      controls: [
        FrameworkControl.resourcesProtectedByBackupPlan(),
        FrameworkControl.minFrequencyAndRetention({ retention: Duration.days(35) }),
      ],
    }),
  BackupGlobalSettings: (stack) =>
    new library.BackupGlobalSettings(stack, 'It', { crossAccountBackup: true }),
  BackupKey: (stack) => new library.BackupKey(stack, 'It'),
  BackupMonitoring: (stack) => new library.BackupMonitoring(stack, 'It', { plans: [planIn(stack)] }),
  BackupPlan: (stack) =>
    planIn(stack).addSelection('Gold', { tags: [TagCondition.stringEquals('backup', 'gold')] }),
  BackupPlanS3Settings: (stack) =>
    new library.BackupPlanS3Settings(stack, 'It', { backupPlan: planIn(stack), backupAcls: true }),
  BackupPrerequisites: (stack) => {
    new library.BackupPrerequisites(stack, 'It');
    return planIn(stack).addSelection('Table', { resources: [tableIn(stack)] });
  },
  BackupProtectionPolicy: (stack) => new library.BackupProtectionPolicy(stack, 'It', { targets: unit() }),
  BackupRegionSettings: (stack) =>
    new library.BackupRegionSettings(stack, 'It', { optIn: [ResourceType.DYNAMODB] }),
  BackupReportBucket: (stack) => new library.BackupReportBucket(stack, 'It'),
  BackupReportPlan: (stack) =>
    new library.BackupReportPlan(stack, 'It', { template: ReportTemplate.backupJobs() }),
  BackupRole: (stack) => new library.BackupRole(stack, 'It'),
  BackupServiceLinkedRole: (stack) => new library.BackupServiceLinkedRole(stack, 'It'),
  BackupVault: (stack) =>
    new BackupVault(stack, 'It', {
      lock: VaultLock.governance({ minRetention: Duration.days(30), maxRetention: Duration.days(400) }),
    }),
  CentralVault: (stack) =>
    new library.CentralVault(stack, 'It', { copyFrom: [CopySource.account('444455556666')] }),
  CopyOnArrival: (stack) =>
    new library.CopyOnArrival(stack, 'It', {
      vault: vaultIn(stack),
      copy: CopyAction.toVault(farVault(stack), { retention }),
      alarmTopic: topicIn(stack),
    }),
  CopyOnDemand: (stack) =>
    new library.CopyOnDemand(stack, 'It', {
      vault: vaultIn(stack),
      copy: CopyAction.toVault(farVault(stack), { retention }),
      resourceTypes: [ResourceType.DYNAMODB],
      restoreAccounts: ['444455556666'],
      restoreAccessName: 'copy-back',
      alarmTopic: topicIn(stack),
    }),
  DisasterRecovery: (stack) =>
    new library.DisasterRecovery(stack, 'It', {
      source: vaultIn(stack),
      hops: [RecoveryHop.toVault(farVault(stack), { retention })],
    }),
  Hypervisor: (stack) =>
    new library.Hypervisor(stack, 'It', {
      host: 'vcenter.example.com',
      credentials: library.HypervisorCredentials.fromSecret(
        Secret.fromSecretNameV2(stack, 'Credentials', 'vcenter/backup'),
      ),
      encryptionKey: new Key(stack, 'Key', { enableKeyRotation: true }),
    }),
  LegalHold: (stack) =>
    new library.LegalHold(stack, 'It', {
      title: 'Case 1',
      description: 'Ask legal',
      resourceArns: [tableIn(stack).tableArn],
    }),
  LogicallyAirGappedVault: (stack) => airGappedIn(stack),
  OnDemandBackup: (stack) =>
    new library.OnDemandBackup(stack, 'It', {
      vault: vaultIn(stack),
      resource: tableIn(stack),
      retention: Retention.days(14),
    }),
  OrganizationBackup: (stack) =>
    new library.OrganizationBackup(stack, 'It', {
      organizationId: 'o-a1b2c3d4e5',
      targets: unit(),
      regions: ['eu-west-1'],
      tiers: [{ tier: BackupTier.BRONZE }],
    }),
  RestoreRunbook: (stack) => {
    const table = tableIn(stack);
    const vault = vaultIn(stack);
    return new library.RestoreRunbook(stack, 'It', {
      vaults: [vault],
      resources: [{ resource: table }],
      sharedVaults: [{ backupVaultName: 'vaulted', account: '444455556666' }],
      copySources: [{ backupVaultName: 'central', account: '444455556666', accessName: 'copy-back' }],
      automationDocument: true,
      drillSchedule: BackupSchedule.monthly(),
      topic: topicIn(stack),
    });
  },
  RestoreMount: (stack) =>
    new library.RestoreMount(stack, 'It', {
      vpc: Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-0123456789abcdef0', availabilityZones: ['a'] }),
      subnets: [Subnet.fromSubnetId(stack, 'Subnet', 'subnet-0123456789abcdef0')],
    }),
  RestoreTesting: (stack) => {
    const plan = planIn(stack);
    plan.addSelection('Table', { resources: [tableIn(stack)] });
    return new library.RestoreTesting(stack, 'It', {
      backupPlan: plan,
      schedule: BackupSchedule.weekly(),
      network: new library.IsolatedRestoreNetwork(stack, 'Network', { validationAccess: true }),
      alarmTopic: topicIn(stack),
      lockEvidenceFor: Duration.days(365),
      removeLeftovers: true,
    });
  },
  RestoreTestingPlan: (stack) =>
    new library.RestoreTestingPlan(stack, 'It', {
      schedule: BackupSchedule.weekly(),
      recoveryPoints: RecoveryPointSelection.latest({ vaults: [vaultIn(stack)] }),
    }).addSelection('Tables', { resourceType: ResourceType.DYNAMODB, everything: true }),
  TieringConfiguration: (stack) =>
    new library.TieringConfiguration(stack, 'It', {
      vault: vaultIn(stack),
      selections: [TieringSelection.buckets([new Bucket(stack, 'Bucket')], { after: Duration.days(60) })],
    }),
  VaultContents: (stack) =>
    new library.VaultContents(stack, 'It', {
      vault: new BackupVault(stack, 'Vault', { removalPolicy: RemovalPolicy.DESTROY }),
      acknowledgeDataLoss: true,
    }),
  WorkloadBackup: (stack) =>
    new library.WorkloadBackup(stack, 'It', { tier: BackupTier.GOLD }).protect(tableIn(stack)),
};

/** Where each recipe is made: the commercial Regions, both other partitions, and anywhere. */
export const ENVIRONMENTS = [
  { name: 'us-east-1', account: '111122223333', region: 'us-east-1' },
  { name: 'eu-central-1', account: '111122223333', region: 'eu-central-1' },
  { name: 'cn-north-1', account: '111122223333', region: 'cn-north-1' },
  { name: 'us-gov-west-1', account: '111122223333', region: 'us-gov-west-1' },
  { name: 'agnostic', account: undefined, region: undefined },
] as const;
