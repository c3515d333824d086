import { type App, Duration, Stack, Stage } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { CfnLogicallyAirGappedBackupVault } from 'aws-cdk-lib/aws-backup';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as redshift from 'aws-cdk-lib/aws-redshift';
import {
  BackupPlan,
  BackupRule,
  BackupVault,
  CentralVault,
  CopySource,
  DisasterRecovery,
  type DisasterRecoveryProps,
  LogicallyAirGappedVault,
  RecoveryHop,
  type RecoveryHopOptions,
  ResourceType,
  Retention,
  VaultEncryption,
  VaultLock,
} from '../../../src';
import { testApp } from '../../support/app';
import { refusal } from '../../support/refusal';
import { schemaProblems } from '../../support/schema';
import { synthesisRefusal, synthesize } from '../../support/synthesis';
import { warningsOf } from '../../support/warnings';

const WORKLOAD = '111122223333';
const BACKUP = '444455556666';
const DAYS_35 = { retention: Retention.days(35) };
const MACHINE = 'AWS::StepFunctions::StateMachine';

let app: App;
let workload: Stack;
let source: BackupVault;
let second: BackupVault;
let central: CentralVault;

beforeEach(() => {
  app = testApp();
  workload = stackIn('Workload', WORKLOAD, 'eu-west-1');
  source = new BackupVault(workload, 'Vault');
  second = new BackupVault(stackIn('Second', WORKLOAD, 'eu-central-1'), 'Vault');
  central = new CentralVault(stackIn('Backup', BACKUP, 'eu-central-1'), 'Central', {
    copyFrom: [CopySource.account(WORKLOAD)],
  });
});

const stackIn = (id: string, account: string, region: string) =>
  new Stack(app, id, { env: { account, region } });

const recover = (hops: RecoveryHop[], more: Partial<DisasterRecoveryProps> = {}) =>
  new DisasterRecovery(workload, 'Recovery', { source, hops, ...more });

const into = (vault: BackupVault | LogicallyAirGappedVault, options: Partial<RecoveryHopOptions> = {}) =>
  RecoveryHop.toVault(vault, { ...DAYS_35, ...options });

/** A plan with the copies of a recovery, for some types. */
function plan(recovery: DisasterRecovery, resourceTypes: ResourceType[]): BackupPlan {
  const rules = [BackupRule.daily({ ...DAYS_35, copies: recovery.copies })];
  const made = new BackupPlan(workload, 'Plan', { vault: source, rules });
  made.addSelection('Types', { resourceTypes });
  return made;
}

describe('a hop', () => {
  test('is a copy action if possible, even to another Region and account at once', () => {
    const recovery = recover([into(second), into(central.vault)], { resourceTypes: [ResourceType.RDS] });
    plan(recovery, [ResourceType.RDS]);

    expect(recovery.copiesOnArrival).toEqual([]);
    synthesize(workload).hasResourceProperties('AWS::Backup::BackupPlan', {
      BackupPlan: {
        BackupPlanRule: [
          Match.objectLike({
            CopyActions: [
              {
                DestinationBackupVaultArn: `arn:aws:backup:eu-central-1:${WORKLOAD}:backup-vault:${name(second)}`,
                Lifecycle: { DeleteAfterDays: 35 },
              },
              {
                DestinationBackupVaultArn: `arn:aws:backup:eu-central-1:${BACKUP}:backup-vault:${name(central.vault)}`,
                Lifecycle: { DeleteAfterDays: 35 },
              },
            ],
          }),
        ],
      },
    });
    expect(warningsOf(app)).toEqual([]);
  });

  test('after another hop is a copy on arrival, in the stack of its source vault', () => {
    const recovery = recover([
      into(second),
      into(central.vault, { after: second, retention: Retention.days(90) }),
    ]);

    expect(recovery.copies).toHaveLength(1);
    expect(recovery.copiesOnArrival.map(({ node }) => node.path)).toEqual(['Second/WorkloadRecoveryHop2']);
    synthesize(workload).resourceCountIs(MACHINE, 0);
    const template = synthesize(Stack.of(second));
    template.resourceCountIs(MACHINE, 1);
    expect(schemaProblems(template.toJSON())).toEqual([]);
  });

  test('after another hop can be created elsewhere, for example for an existing vault', () => {
    const existing = BackupVault.fromBackupVaultArn(
      workload,
      'Existing',
      `arn:aws:backup:eu-central-1:${WORKLOAD}:backup-vault:existing`,
    );
    const there = Stack.of(second);
    recover([
      RecoveryHop.toVault(existing, DAYS_35),
      into(central.vault, { after: existing, scope: there, role: undefined, timeout: Duration.hours(6) }),
    ]);
    synthesize(there).resourceCountIs(MACHINE, 1);
  });

  test('that leaves the account lets the other account decrypt with the key of the vault', () => {
    recover([into(second), into(central.vault, { after: second })]);
    synthesize(Stack.of(second)).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: [
              'kms:Decrypt',
              'kms:DescribeKey',
              'kms:Encrypt',
              'kms:GenerateDataKey*',
              'kms:ReEncrypt*',
            ],
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${BACKUP}:root` },
          }),
        ]),
      },
    });
  });

  test('that stays in the account grants nothing on the key', () => {
    const third = new BackupVault(stackIn('Third', WORKLOAD, 'eu-north-1'), 'Vault');
    recover([into(second), into(third, { after: second })]);
    const [key] = Object.values(synthesize(Stack.of(second)).findResources('AWS::KMS::Key'));
    expect(JSON.stringify(key)).not.toContain(BACKUP);
  });

  test('with a key from elsewhere reports which statements it needs', () => {
    const stack = stackIn('Under', WORKLOAD, 'eu-north-1');
    const key = kms.Key.fromKeyArn(stack, 'Key', `arn:aws:kms:eu-north-1:${WORKLOAD}:key/12345678`);
    const vault = new BackupVault(stack, 'Vault', { encryption: VaultEncryption.key(key) });
    recover([into(vault), into(central.vault, { after: vault })]);
    expect(warningsOf(stack)).toEqual([
      expect.stringMatching(
        new RegExp(
          `^Backup-KeyPath: \`key\` must let account ${BACKUP} copy, but its policy can't be changed in this app; add`,
        ),
      ),
    ]);
  });

  test('goes to an air-gapped vault, whoever created it', () => {
    const there = Stack.of(central);
    const range = { minRetentionDays: 7, maxRetentionDays: 365, backupVaultName: 'lag' };
    const airGapped = new CfnLogicallyAirGappedBackupVault(there, 'AirGapped', range);
    const recovery = recover([
      into(second),
      into(central.vault, { after: second }),
      RecoveryHop.toAirGappedVault(airGapped, { ...DAYS_35, after: central.vault }),
    ]);
    expect(recovery.copiesOnArrival.map(({ node }) => node.path)).toEqual([
      'Second/WorkloadRecoveryHop2',
      'Backup/WorkloadRecoveryHop3',
    ]);
    synthesize(there).resourceCountIs(MACHINE, 1);
  });

  test('that a single copy action can not do continues from the first hop that can', () => {
    const home = stackIn('Bahrain', WORKLOAD, 'me-south-1');
    const vault = new BackupVault(home, 'Vault');
    const recovery = new DisasterRecovery(home, 'Recovery', {
      source: vault,
      hops: [into(second), into(central.vault)],
      resourceTypes: [ResourceType.NEPTUNE, ResourceType.EBS],
    });
    expect(recovery.copies).toHaveLength(1);
    expect(recovery.copiesOnArrival.map(({ node }) => node.path)).toEqual(['Second/BahrainRecoveryHop2']);
    synthesize(Stack.of(second)).hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { detail: { resourceType: ['Neptune', 'EBS'] } },
    });
    expect(warningsOf(app)).toEqual([expect.stringMatching(/^Backup-SilentAlarm: /)]);
  });

  test('that neither a single copy action nor an earlier hop can do is warned about', () => {
    const home = stackIn('Bahrain', WORKLOAD, 'me-south-1');
    const vault = new BackupVault(home, 'Vault');
    new DisasterRecovery(home, 'Recovery', {
      source: vault,
      hops: [into(central.vault), into(second)],
      resourceTypes: [ResourceType.NEPTUNE],
    });
    expect(warningsOf(home)).toEqual([
      'Backup-CopyRegion: `hops[0]` to other accounts may be unavailable for Neptune in me-south-1; copy through a vault of the same account in another Region, or protect them with a separate plan',
    ]);
  });
});

const name = (vault: BackupVault) =>
  (vault.node.defaultChild as unknown as { backupVaultName: string }).backupVaultName;

describe('what AWS would refuse is refused', () => {
  test('types that can not be copied, for each hop', () => {
    expect(
      refusal(() =>
        recover([into(second), into(central.vault, { after: second })], {
          resourceTypes: [ResourceType.REDSHIFT, ResourceType.DYNAMODB.variant('without advanced features')],
        }),
      ),
    ).toBe(
      [
        '2 problems of `Workload/Recovery`:',
        "  - `hops[0]` can't be made of Redshift and DynamoDB (without advanced features): AWS Backup doesn't copy these backups at all, not even within the Region and the account; protect them with a separate plan without copies",
        "  - `hops[1]` can't be made of Redshift and DynamoDB (without advanced features): AWS Backup doesn't copy these backups at all, not even within the Region and the account; protect them with a separate plan without copies",
      ].join('\n'),
    );
  });

  test('types that a plan selects, for the hops that are not copy actions', () => {
    const cluster = redshiftOf(workload);
    const recovery = recover([into(second), into(central.vault, { after: second })]);
    plan(recovery, [ResourceType.EBS]).addSelection('Cluster', { resources: [cluster] });
    expect(synthesisRefusal(workload)).toContain(
      "[Workload/Recovery] `hops[1]` can't be made of Redshift: AWS Backup doesn't copy these backups at all",
    );
  });

  test('a retention outside of the lock of a vault, at each hop', () => {
    const lock = VaultLock.governance({ minRetention: Duration.days(30), maxRetention: Duration.days(60) });
    const locked = new BackupVault(Stack.of(second), 'Locked', { lock });
    const airGapped = new LogicallyAirGappedVault(Stack.of(central), 'AirGapped', {
      minRetention: Duration.days(90),
      maxRetention: Duration.days(365),
      acknowledgeIrreversible: true,
    });
    expect(
      refusal(() =>
        recover([into(locked, { retention: Retention.days(61) }), into(airGapped, { after: locked })]),
      ),
    ).toBe(
      [
        '2 problems of `Workload/Recovery`:',
        '  - `retention` of `hops[0]` must lie within the lock of `Second/Locked` (30 to 60 days), got 61 days: every such job would fail; use 60 days or less',
        '  - `retention` of `hops[1]` must lie within the lock of `Backup/AirGapped` (90 to 365 days), got 35 days: every such job would fail; use 90 days or more',
      ].join('\n'),
    );
  });

  test('cold storage that is too short for its retention', () => {
    expect(refusal(() => into(second, { coldStorageAfter: Duration.days(30) }))).toBe(
      '`retention` must be at least 90 days after `coldStorageAfter` (30 days), got 35 days; use 120 days or more, or omit `coldStorageAfter` (in `CopyAction.toVault`)',
    );
  });

  test('a property that hops do not have', () => {
    const misspelled = { alarmTopics: [] } as Partial<RecoveryHopOptions>;
    expect(refusal(() => into(second, misspelled))).toBe(
      '`alarmTopics` is not a property of `RecoveryHopOptions`; did you mean `alarmTopic`? (in `RecoveryHop.toVault`)',
    );
  });

  test('a hop to another partition', () => {
    const china = new BackupVault(stackIn('China', BACKUP, 'cn-north-1'), 'Vault');
    expect(refusal(() => recover([into(china)]))).toBe(
      '`hops[0]` must stay in the partition of the source (aws), got a vault in aws-cn; copy into a vault in the same partition, since AWS Backup copies nothing across partitions (in `Workload/Recovery`)',
    );
  });

  test('a hop after a vault that no earlier hop copies to', () => {
    expect(refusal(() => recover([into(central.vault, { after: second }), into(second)]))).toBe(
      '`after` of `hops[0]` must be the vault of an earlier hop (there is none), got `Second/Vault`; add a hop to that vault before this one (in `Workload/Recovery`)',
    );
  });

  test('a hop after the source', () => {
    expect(refusal(() => recover([into(second), into(central.vault, { after: source })]))).toBe(
      '`after` of `hops[1]` must be the vault of an earlier hop (`Second/Vault`), got `Workload/Vault`; omit it: hops start at the source (in `Workload/Recovery`)',
    );
  });

  test('two hops to one vault', () => {
    expect(refusal(() => recover([into(second), into(second)]))).toBe(
      '`hops[1]` must go to a vault of its own, got `Second/Vault`, that of `hops[0]`; omit one of them (in `Workload/Recovery`)',
    );
  });

  test('a hop to the source is only a warning: AWS does not document what such a copy does', () => {
    expect(warningsOf(recover([into(second), into(source)]))).toContain(
      'Backup-CopyLoop: `hops[1]` should go to a vault other than `source`, got `Workload/Vault` for both; copy to a vault in another Region or account',
    );
  });

  test('a vault in a stack without an environment', () => {
    const open = new BackupVault(new Stack(app, 'Open'), 'Vault');
    const recovery = recover([into(open)]);
    expect(refusal(() => plan(recovery, [ResourceType.EBS]))).toContain(
      'must go to a vault whose account and Region are known at synthesis, got `Open/Vault` in the stack `Open`, which has no environment',
    );
    expect(
      refusal(
        () =>
          new DisasterRecovery(workload, 'Chain', {
            source,
            hops: [into(second), into(open, { after: second })],
          }),
      ),
    ).toContain(
      '`copy` must go to a vault whose account and Region are known at synthesis, got `Open/Vault` in the stack `Open`, which has no environment',
    );
  });

  test('a hop on arrival in another place than the vault', () => {
    const existing = BackupVault.fromBackupVaultArn(
      workload,
      'Existing',
      `arn:aws:backup:eu-central-1:${WORKLOAD}:backup-vault:existing`,
    );
    expect(
      refusal(() =>
        recover([RecoveryHop.toVault(existing, DAYS_35), into(central.vault, { after: existing })]),
      ),
    ).toBe(
      '`vault` must be in the Region of the stack (eu-west-1), got eu-central-1: a copy starts in the account and Region of its source; create it in a stack in Region eu-central-1 (in `Workload/WorkloadRecoveryHop2`)',
    );
  });

  test.each([
    [
      { source: 'vault', hops: 'hops', resourceTypes: ['RDS'] },
      [
        '3 problems of `Workload/Recovery`:',
        '  - `source` must be the backup vault that plans back up into, got `vault`; import an existing one with `BackupVault.fromBackupVaultName`',
        '  - `hops` must be a list, each element a `RecoveryHop`, got `hops`; for example, use `RecoveryHop.toVault(vault, { retention: Retention.days(35) })`',
        '  - `resourceTypes[0]` must be a `ResourceType`, got `RDS`; for example, use `ResourceType.RDS`',
      ].join('\n'),
    ],
    [
      { hops: [] },
      '`hops` must name at least one vault to copy into, got none; for example, use `RecoveryHop.toVault(vault, { retention: Retention.days(35) })` (in `Workload/Recovery`)',
    ],
    [
      { hops: [7] },
      '`hops[0]` must be a `RecoveryHop`, got 7; for example, use `RecoveryHop.toVault(vault, { retention: Retention.days(35) })` (in `Workload/Recovery`)',
    ],
  ])('props of a wrong type: %j', (props, message) => {
    expect(refusal(() => recover([], props as unknown as DisasterRecoveryProps))).toBe(message);
  });

  test.each([null, undefined, 'x', 5])('props that are %j', (props) => {
    expect(() =>
      refusal(() => new DisasterRecovery(workload, 'Recovery', props as unknown as DisasterRecoveryProps)),
    ).not.toThrow();
  });

  test('hop options of a wrong type', () => {
    const options = { ...DAYS_35, after: 'second', scope: 'Second' } as unknown as RecoveryHopOptions;
    expect(refusal(() => RecoveryHop.toVault(second, options))).toBe(
      [
        '2 problems of `RecoveryHop.toVault`:',
        '  - `after` must be the backup vault of an earlier hop, got `second`',
        '  - `scope` must be a stack, or a construct in one, got `Second`',
      ].join('\n'),
    );
  });
});

describe('risks are warned about', () => {
  test('a copy that may be deleted, or in cold storage, before it is copied on', () => {
    recover([into(second, { retention: Retention.days(3) }), into(central.vault, { after: second })]);
    expect(warningsOf(workload)).toEqual([
      'Backup-RecoveryHopStay: `retention` of `hops[0]` should be at least as long as copies from there can take (7 days), got 3 days; use 7 days or more, or a shorter `timeout` of `hops[1]`',
    ]);
  });

  test('a copy that goes to cold storage before it is copied on', () => {
    const retention = Retention.days(365);
    recover([
      into(second, { retention, coldStorageAfter: Duration.days(8) }),
      into(central.vault, { after: second, retention, timeout: Duration.days(10) }),
    ]);
    expect(warningsOf(workload)).toEqual([
      'Backup-RecoveryHopStay: `coldStorageAfter` of `hops[0]` should be at least as long as copies from there can take (10 days), got 8 days; use 10 days or more, or a shorter `timeout` of `hops[1]`',
    ]);
  });

  test('types that AWS does not document clearly, by hop', () => {
    recover([into(central.vault)], { resourceTypes: [ResourceType.CLOUDFORMATION] });
    expect(warningsOf(workload)).toEqual([
      "Backup-CopyUndocumented: `hops[0]` asks for copies to other accounts of CloudFormation, which AWS doesn't document clearly; try it with one resource, and record the result with `ResourceType.withCapabilities()`",
    ]);
  });

  test('types that no air-gapped vault can hold', () => {
    const airGapped = new LogicallyAirGappedVault(Stack.of(central), 'AirGapped', {
      minRetention: Duration.days(7),
      maxRetention: Duration.days(365),
      acknowledgeIrreversible: true,
    });
    recover(
      [into(second), into(central.vault, { after: second }), into(airGapped, { after: central.vault })],
      {
        resourceTypes: [ResourceType.RDS, ResourceType.EBS],
      },
    );
    expect(warningsOf(app).filter((each) => !each.includes('AirGappedGeneration'))).toEqual([
      "Backup-AirGappedVaultUnsupported: `hops[2]` into a logically air-gapped vault can't be made of RDS: these copy jobs will fail; copy them to a vault with a lock instead",
    ]);
  });
});

test('two recoveries of one app, and one in a stage, coexist', () => {
  recover([into(second), into(central.vault, { after: second })]);
  new DisasterRecovery(workload, 'Other', {
    source: new BackupVault(workload, 'OtherVault'),
    hops: [into(second), into(central.vault, { after: second })],
  });
  synthesize(Stack.of(second)).resourceCountIs(MACHINE, 2);

  const stage = new Stage(app, 'Stage', { env: { account: WORKLOAD, region: 'eu-west-1' } });
  const staged = new Stack(stage, 'Workload');
  const there = new Stack(stage, 'There', { env: { account: WORKLOAD, region: 'eu-north-1' } });
  const vault = new BackupVault(there, 'Vault');
  const recovery = new DisasterRecovery(staged, 'Recovery', {
    source: new BackupVault(staged, 'Vault'),
    hops: [into(vault), into(central.vault, { after: vault })],
  });
  expect(recovery.copiesOnArrival[0].node.path).toBe('Stage/There/StageWorkloadRecoveryHop2');
});

test('the destination of a copy on arrival is deployed first', () => {
  recover([into(second), into(central.vault, { after: second })]);
  const { stacks } = app.synth();
  const dependencies = stacks
    .find(({ stackName }) => stackName === 'Second')
    ?.dependencies.map(({ id }) => id);
  expect(dependencies).toContain('Backup');
});

function redshiftOf(stack: Stack) {
  return new redshift.CfnCluster(stack, 'Cluster', {
    clusterType: 'single-node',
    dbName: 'db',
    masterUsername: 'admin',
    nodeType: 'ra3.xlplus',
  });
}
