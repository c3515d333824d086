import { Duration, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import {
  BackupRule,
  BackupTier,
  CentralVault,
  CopyAction,
  CopySource,
  KeyPath,
  Retention,
  WorkloadBackup,
} from '../../src';
import { testApp } from '../support/app';
import {
  type Caller,
  deployedPolicies,
  evaluate,
  type Policy,
  type Verdict,
} from '../support/policy-evaluator';

// The policies that an app makes, simulated: who can do what on the way of a copy, and who can't.

const WORKLOAD = '111122223333';
const BACKUP = '444455556666';
const STRANGER = '333333333333';
const ORGANIZATION = 'o-a1b2c3d4e5';
const UNIT = `${ORGANIZATION}/r-ab12/ou-ab12-11111111`;

interface World {
  readonly partition: string;
  readonly here: string;
  readonly there: string;
}

const WORLDS: readonly World[] = [
  { partition: 'aws', here: 'eu-west-1', there: 'eu-central-1' },
  { partition: 'aws-cn', here: 'cn-north-1', there: 'cn-northwest-1' },
  { partition: 'aws-us-gov', here: 'us-gov-west-1', there: 'us-gov-east-1' },
];

/** The policies of an app that copies from one account to another: those that stand beside what they are about. */
interface Policies {
  readonly diskKey: Policy;
  readonly sourceVaultKey: Policy;
  readonly vault: Policy;
  readonly airGappedVault: Policy;
  readonly key: Policy;
  readonly replicaVault: Policy;
  readonly replicaKey: Policy;
}

function policiesOf({ here, there }: World, copyFrom: CopySource[]): Policies {
  const app = testApp();
  const workload = new Stack(app, 'Workload', { env: { account: WORKLOAD, region: here } });
  const backup = new Stack(app, 'Backup', { env: { account: BACKUP, region: here } });
  const second = new Stack(app, 'Second', { env: { account: BACKUP, region: there } });
  const central = new CentralVault(backup, 'Central', {
    copyFrom,
    keyOptions: { multiRegion: true },
    airGappedVault: {
      minRetention: Duration.days(7),
      maxRetention: Duration.days(365),
      generation: '7to365',
      acknowledgeIrreversible: true,
    },
    replicas: [second],
  });
  KeyPath.of(new kms.Key(workload, 'Disk')).allowCopiesTo(BACKUP);
  const copies = [CopyAction.toVault(central.vault, { retention: Retention.days(90) })];
  new WorkloadBackup(workload, 'Backup', {
    tier: BackupTier.of('copied', [BackupRule.daily({ retention: Retention.days(35), copies })]),
  });
  const console_ = jest.spyOn(console, 'error').mockImplementation(() => {});
  const [diskKey, sourceVaultKey] = deployedPolicies(workload, 'AWS::KMS::Key', 'KeyPolicy');
  const [key] = deployedPolicies(backup, 'AWS::KMS::Key', 'KeyPolicy');
  const [replicaKey] = deployedPolicies(second, 'AWS::KMS::ReplicaKey', 'KeyPolicy');
  const [vault] = deployedPolicies(backup, 'AWS::Backup::BackupVault', 'AccessPolicy');
  const [airGappedVault] = deployedPolicies(
    backup,
    'AWS::Backup::LogicallyAirGappedBackupVault',
    'AccessPolicy',
  );
  const [replicaVault] = deployedPolicies(second, 'AWS::Backup::BackupVault', 'AccessPolicy');
  console_.mockRestore();
  return { diskKey, sourceVaultKey, vault, airGappedVault, key, replicaVault, replicaKey };
}

const SOURCES: readonly (readonly [string, () => CopySource])[] = [
  ['an account', () => CopySource.account(WORKLOAD)],
  ['an organization', () => CopySource.organization(ORGANIZATION)],
  ['an organizational unit', () => CopySource.organizationalUnit(UNIT)],
];

const CASES = WORLDS.flatMap((world) =>
  SOURCES.map(([name, source]) => [world.partition, name, world, source] as const),
);

describe.each(CASES)('in the partition %s, a central vault open to %s', (partition, name, world, source) => {
  let policies: Policies;
  beforeAll(() => {
    policies = policiesOf(world, [source()]);
  });

  const caller = (account: string, role: string, more: Partial<Caller> = {}): Caller => ({
    arn: `arn:${partition}:iam::${account}:role/${role}`,
    account,
    organization: ORGANIZATION,
    organizationPath: `${UNIT}/`,
    ...more,
  });
  const SERVICE_LINKED = 'aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup';
  const suffix = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  const through = (service: string, region = world.here) => ({
    'kms:ViaService': `${service}.${region}.${suffix}`,
  });
  const grantFor = (service: string, region?: string) => ({
    ...through(service, region),
    'kms:GrantIsForAWSResource': 'true',
  });

  const verdict = (
    policy: keyof Policies,
    who: Caller,
    action: string,
    context?: Record<string, string>,
  ): Verdict => {
    const owner = policy === 'diskKey' || policy === 'sourceVaultKey' ? WORKLOAD : BACKUP;
    return evaluate(policies[policy], who, { action, owner, context });
  };

  /** What a hop calls: on what, who, which actions. */
  interface Calls {
    readonly on: keyof Policies;
    readonly role: readonly [account: string, name: string];
    readonly actions: readonly string[];
    readonly context?: Record<string, string>;
  }

  // Source: Developer Guide "Encryption for backups", "Creating backup copies across AWS accounts"; EBS User Guide
  // "Share the KMS key"; user reports of what the service-linked role of the other account calls.
  const REQUIRED: readonly (readonly [string, readonly Calls[]])[] = [
    [
      'the backup: the role reads what is under the key of the source, and encrypts with the key of the vault',
      [
        { on: 'diskKey', role: [WORKLOAD, 'AwsBackup'], actions: ['kms:DescribeKey', 'kms:Decrypt'] },
        {
          on: 'diskKey',
          role: [WORKLOAD, 'AwsBackup'],
          actions: ['kms:CreateGrant'],
          context: grantFor('ec2'),
        },
        {
          on: 'sourceVaultKey',
          role: [WORKLOAD, 'AwsBackup'],
          actions: ['kms:GenerateDataKey', 'kms:Decrypt', 'kms:DescribeKey', 'kms:RetireGrant'],
          context: through('backup'),
        },
        {
          on: 'sourceVaultKey',
          role: [WORKLOAD, 'AwsBackup'],
          actions: ['kms:CreateGrant'],
          context: grantFor('backup'),
        },
      ],
    ],
    [
      'the copy in: the role of the workload copies into the vaults of the backup account',
      (['vault', 'airGappedVault', 'replicaVault'] as const).map((on) => ({
        on,
        role: [WORKLOAD, 'AwsBackup'] as const,
        actions: ['backup:CopyIntoBackupVault'],
      })),
    ],
    [
      'the key of the source: the service-linked role of the backup account decrypts with it',
      [
        {
          on: 'diskKey',
          role: [BACKUP, SERVICE_LINKED],
          actions: [
            'kms:DescribeKey',
            'kms:Decrypt',
            'kms:ReEncryptFrom',
            'kms:GenerateDataKeyWithoutPlaintext',
          ],
        },
        {
          on: 'diskKey',
          role: [BACKUP, SERVICE_LINKED],
          actions: ['kms:CreateGrant'],
          context: grantFor('ec2'),
        },
      ],
    ],
    [
      'the key of the vault: roles of both accounts encrypt with it, and make grants for AWS resources',
      (['key', 'replicaKey'] as const).flatMap((on) =>
        (
          [
            [WORKLOAD, 'AwsBackup'],
            [WORKLOAD, SERVICE_LINKED],
            [BACKUP, SERVICE_LINKED],
          ] as const
        ).flatMap((role) => [
          {
            on,
            role,
            actions: [
              'kms:DescribeKey',
              'kms:GenerateDataKey',
              'kms:ReEncryptTo',
              'kms:Encrypt',
              'kms:Decrypt',
            ],
          },
          {
            on,
            role,
            actions: ['kms:CreateGrant'],
            context: grantFor('rds', on === 'key' ? world.here : world.there),
          },
        ]),
      ),
    ],
    [
      'the restore: a role of the backup account decrypts with the key of the vault',
      (['key', 'replicaKey'] as const).map((on) => ({
        on,
        role: [BACKUP, 'AwsBackupRestore'] as const,
        actions: ['kms:Decrypt', 'kms:DescribeKey'],
        context: through('backup', on === 'key' ? world.here : world.there),
      })),
    ],
    [
      'the end of a copy: AWS Backup deletes what has expired, and CloudFormation changes the access policy',
      [
        { on: 'vault', role: [BACKUP, SERVICE_LINKED], actions: ['backup:DeleteRecoveryPoint'] },
        {
          on: 'vault',
          role: [BACKUP, `cdk-hnb659fds-cfn-exec-role-${BACKUP}-${world.here}`],
          actions: ['backup:PutBackupVaultAccessPolicy'],
        },
        {
          on: 'replicaVault',
          role: [BACKUP, `cdk-hnb659fds-cfn-exec-role-${BACKUP}-${world.there}`],
          actions: ['backup:PutBackupVaultAccessPolicy'],
        },
      ],
    ],
  ];

  test.each(REQUIRED)('allows %s', (_hop, calls) => {
    for (const { on, role, actions, context } of calls)
      for (const action of actions)
        expect([on, ...role, action, verdict(on, caller(...role), action, context)]).toEqual([
          on,
          ...role,
          action,
          'allowed',
        ]);
  });

  const VAULTS = ['vault', 'airGappedVault', 'replicaVault'] as const;
  const KEYS = ['key', 'replicaKey', 'diskKey', 'sourceVaultKey'] as const;
  const USES = [
    'kms:Decrypt',
    'kms:DescribeKey',
    'kms:GenerateDataKey',
    'kms:ReEncryptFrom',
    'kms:CreateGrant',
  ];

  const STRANGERS: readonly (readonly [string, Caller])[] = [
    [
      'a stranger account',
      caller(STRANGER, 'Admin', { organization: 'o-zzzzzzzzzz', organizationPath: 'o-zzzzzzzzzz/r-zz12/' }),
    ],
    [
      'a stranger without an organization',
      caller(STRANGER, 'Admin', { organization: undefined, organizationPath: undefined }),
    ],
    [
      'the wrong organization, with a unit of the same name',
      caller(STRANGER, SERVICE_LINKED, {
        organization: 'o-zzzzzzzzzz',
        organizationPath: 'o-zzzzzzzzzz/r-ab12/ou-ab12-11111111/',
      }),
    ],
  ];

  test.each(STRANGERS)('keeps out %s', (_who, who) => {
    for (const on of VAULTS) expect(verdict(on, who, 'backup:CopyIntoBackupVault')).toBe('not allowed');
    for (const on of KEYS)
      for (const action of USES) {
        const made = verdict(on, who, action, { 'kms:GrantIsForAWSResource': 'true' });
        expect([on, action, made]).toEqual([on, action, 'not allowed']);
      }
  });

  test('lets in no more than is said: an account beside, in the organization or out of its unit', () => {
    const beside = caller(STRANGER, 'AwsBackup', {
      organizationPath: `${ORGANIZATION}/r-ab12/ou-ab12-22222222/`,
    });
    const open = name === 'an organization';
    for (const on of VAULTS)
      expect(verdict(on, beside, 'backup:CopyIntoBackupVault')).toBe(open ? 'allowed' : 'not allowed');
    expect(verdict('key', beside, 'kms:GenerateDataKey')).toBe(open ? 'allowed' : 'not allowed');
    expect(verdict('diskKey', beside, 'kms:Decrypt')).toBe('not allowed');
  });

  test.each([
    'backup:DeleteRecoveryPoint',
    'backup:UpdateRecoveryPointLifecycle',
    'backup:PutBackupVaultAccessPolicy',
  ])('denies %s to the administrators of the backup account, and to all others', (action) => {
    const who = [caller(BACKUP, 'Admin'), caller(WORKLOAD, 'Admin'), caller(STRANGER, 'Admin')];
    for (const on of ['vault', 'replicaVault'] as const)
      expect(who.map((each) => verdict(on, each, action))).toEqual(['denied', 'denied', 'denied']);
  });

  test('allows the other accounts nothing on the vaults but copies into them', () => {
    for (const on of VAULTS)
      for (const action of [
        'backup:StartRestoreJob',
        'backup:CopyFromBackupVault',
        'backup:DeleteBackupVault',
      ])
        expect(verdict(on, caller(WORKLOAD, 'Admin'), action)).toBe('not allowed');
  });

  test('makes no grants that aren’t for AWS resources', () => {
    const roles = [caller(WORKLOAD, 'Admin'), caller(BACKUP, 'Admin')];
    for (const on of ['key', 'replicaKey', 'sourceVaultKey'] as const)
      for (const who of roles)
        expect(verdict(on, who, 'kms:CreateGrant', { 'kms:GrantIsForAWSResource': 'false' })).toBe('denied');
    expect(verdict('diskKey', caller(BACKUP, 'Admin'), 'kms:CreateGrant')).toBe('not allowed');
  });

  test('leaves the keys to their accounts', () => {
    for (const [on, other] of [
      ['key', WORKLOAD],
      ['replicaKey', WORKLOAD],
      ['diskKey', BACKUP],
    ] as const)
      for (const action of ['kms:ScheduleKeyDeletion', 'kms:DisableKey', 'kms:PutKeyPolicy'])
        expect(verdict(on, caller(other, 'Admin'), action)).toBe('not allowed');
    expect(verdict('sourceVaultKey', caller(BACKUP, SERVICE_LINKED), 'kms:Decrypt')).toBe('not allowed');
  });

  test('leaves it to the policies of a role what it may do with the keys', () => {
    const idle = caller(WORKLOAD, 'Idle', { may: { Statement: [] } });
    for (const on of ['key', 'replicaKey', 'diskKey'] as const)
      expect(verdict(on, idle, 'kms:Decrypt')).toBe('not allowed');
    for (const on of VAULTS) expect(verdict(on, idle, 'backup:CopyIntoBackupVault')).toBe('not allowed');
  });
});
