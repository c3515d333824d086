import {
  type App,
  BootstraplessSynthesizer,
  Duration,
  LegacyStackSynthesizer,
  NestedStack,
  Stack,
} from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  CentralVault,
  type CentralVaultProps,
  CopySource,
  DeletionDenial,
  type LogicallyAirGappedVaultProps,
  VaultLock,
} from '../../../src';
import { testApp } from '../../support/app';
import { refusal } from '../../support/refusal';
import { schemaProblems } from '../../support/schema';
import { propertiesOf, synthesize } from '../../support/synthesis';
import { warningsOf } from '../../support/warnings';

const ACCOUNT = '444455556666';
const WORKLOADS = '111122223333';
const ORGANIZATION = 'o-a1b2c3d4e5';
const UNIT = 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111';
const PROPS: CentralVaultProps = { copyFrom: [CopySource.account(WORKLOADS)] };
const VAULT = 'AWS::Backup::BackupVault';
const KEY = 'AWS::KMS::Key';
const REPLICA = 'AWS::KMS::ReplicaKey';

let app: App;
let stack: Stack;
beforeEach(() => {
  app = testApp();
  stack = stackIn('eu-west-1', 'Central');
});

const stackIn = (region: string, id: string = region) =>
  new Stack(app, id, { env: { account: ACCOUNT, region } });

type Statement = Record<string, unknown>;

/** The statements of the only policy of a kind in a stack. */
function statements(type: string, property: string, of = stack): Statement[] {
  const [properties] = propertiesOf(of, type) as Record<string, { Statement: Statement[] }>[];
  return properties[property].Statement;
}

const USES = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];
const GRANTS = ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'];
const FOR_AWS_RESOURCES = { Bool: { 'kms:GrantIsForAWSResource': 'true' } };

describe('one line makes', () => {
  test('a locked vault with its own key', () => {
    new CentralVault(stack, 'Central', PROPS);
    expect(propertiesOf(stack, VAULT)).toEqual([
      expect.objectContaining({
        EncryptionKeyArn: { 'Fn::GetAtt': [expect.stringMatching(/^CentralKey/), 'Arn'] },
        LockConfiguration: { MinRetentionDays: 7 },
      }),
    ]);
    expect(schemaProblems(synthesize(stack).toJSON())).toEqual([]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('an access policy that lets the account copy to it, and only required roles delete', () => {
    new CentralVault(stack, 'Central', PROPS);
    expect(statements(VAULT, 'AccessPolicy')).toEqual([
      {
        Sid: 'DenyDeletionOfRecoveryPoints',
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: [
          'backup:DeleteRecoveryPoint',
          'backup:PutBackupVaultAccessPolicy',
          'backup:UpdateRecoveryPointLifecycle',
        ],
        Resource: '*',
        Condition: {
          ArnNotEquals: {
            'aws:PrincipalArn': [
              {
                'Fn::Sub': `arn:\${AWS::Partition}:iam::${ACCOUNT}:role/cdk-hnb659fds-cfn-exec-role-${ACCOUNT}-eu-west-1`,
              },
              `arn:aws:iam::${ACCOUNT}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`,
            ],
          },
        },
      },
      expect.objectContaining({ Sid: 'DenyCircumvention', Effect: 'Deny' }),
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${WORKLOADS}:root` },
        Action: 'backup:CopyIntoBackupVault',
        Resource: '*',
      },
    ]);
  });

  test.each<[string, CopySource, object, object]>([
    ['an account', CopySource.account(WORKLOADS), { AWS: `arn:aws:iam::${WORKLOADS}:root` }, {}],
    [
      'an organization',
      CopySource.organization(ORGANIZATION),
      { AWS: '*' },
      { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION } },
    ],
    [
      'an organizational unit',
      CopySource.organizationalUnit(UNIT),
      { AWS: '*' },
      { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': [`${UNIT}/*`] } },
    ],
  ])(
    'a key that %s can encrypt with, and make grants on for AWS resources only',
    (_, source, Principal, condition) => {
      new CentralVault(stack, 'Central', { copyFrom: [source] });
      const use = { Effect: 'Allow', Principal, Action: USES, Resource: '*' };
      expect(statements(KEY, 'KeyPolicy').slice(-2)).toEqual([
        Object.keys(condition).length > 0 ? { ...use, Condition: condition } : use,
        { ...use, Action: GRANTS, Condition: { ...condition, ...FOR_AWS_RESOURCES } },
      ]);
    },
  );
});

test('everything can be configured: name, lock, denial, key options', () => {
  const deployer = iam.Role.fromRoleArn(stack, 'Deployer', `arn:aws:iam::${ACCOUNT}:role/Deployer`);
  const central = new CentralVault(stack, 'Central', {
    ...PROPS,
    backupVaultName: 'central',
    lock: VaultLock.governance({ minRetention: Duration.days(30), maxRetention: Duration.days(400) }),
    deletionDenial: DeletionDenial.exceptFor(deployer),
    keyOptions: { alias: 'central', rotationPeriod: Duration.days(90) },
  });
  expect(central.region).toBe('eu-west-1');
  expect(propertiesOf(stack, VAULT)).toEqual([
    expect.objectContaining({
      BackupVaultName: 'central',
      LockConfiguration: { MinRetentionDays: 30, MaxRetentionDays: 400 },
    }),
  ]);
  expect(statements(VAULT, 'AccessPolicy')[0].Condition).toEqual({
    ArnNotEquals: { 'aws:PrincipalArn': [`arn:aws:iam::${ACCOUNT}:role/Deployer`] },
  });
  expect(propertiesOf(stack, KEY)).toEqual([expect.objectContaining({ RotationPeriodInDays: 90 })]);
  expect(propertiesOf(stack, 'AWS::KMS::Alias')).toEqual([
    expect.objectContaining({ AliasName: 'alias/central' }),
  ]);
});

test('another account can be allowed later, for the air-gapped vault and in every Region too', () => {
  const there = stackIn('eu-central-1');
  const central = new CentralVault(stack, 'Central', {
    ...PROPS,
    airGappedVault: AIR_GAPPED,
    replicas: [there],
  });
  central.allowCopyFrom(CopySource.account('777788889999'));
  for (const each of [stack, there]) {
    for (const type of [VAULT, 'AWS::Backup::LogicallyAirGappedBackupVault'])
      expect(statements(type, 'AccessPolicy', each).at(-1)?.Principal).toEqual({
        AWS: [`arn:aws:iam::${WORKLOADS}:root`, 'arn:aws:iam::777788889999:root'],
      });
    expect(statements(KEY, 'KeyPolicy', each).at(-1)).toEqual({
      Effect: 'Allow',
      Principal: { AWS: [`arn:aws:iam::${WORKLOADS}:root`, 'arn:aws:iam::777788889999:root'] },
      Action: GRANTS,
      Resource: '*',
      Condition: FOR_AWS_RESOURCES,
    });
  }
});

const AIR_GAPPED: LogicallyAirGappedVaultProps = {
  minRetention: Duration.days(7),
  maxRetention: Duration.days(365),
  generation: '7to365',
  acknowledgeIrreversible: true,
};

test('an additional air-gapped vault, which the same accounts copy to and given ones restore from', () => {
  const central = new CentralVault(stack, 'Central', {
    ...PROPS,
    airGappedVault: { ...AIR_GAPPED, sharedWith: [WORKLOADS] },
  });
  expect(central.airGappedVault?.maxRetentionDays).toBe(365);
  expect(statements('AWS::Backup::LogicallyAirGappedBackupVault', 'AccessPolicy')).toEqual([
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${WORKLOADS}:root` },
      Action: 'backup:CopyIntoBackupVault',
      Resource: '*',
    },
  ]);
  expect(propertiesOf(stack, 'AWS::RAM::ResourceShare')).toEqual([
    expect.objectContaining({ AllowExternalPrincipals: false, Principals: [WORKLOADS] }),
  ]);
});

test('the air-gapped vault may be open to others than the vault', () => {
  const copyFrom = [CopySource.account('777788889999')];
  new CentralVault(stack, 'Central', { ...PROPS, airGappedVault: { ...AIR_GAPPED, copyFrom } });
  expect(statements('AWS::Backup::LogicallyAirGappedBackupVault', 'AccessPolicy')).toEqual([
    expect.objectContaining({ Principal: { AWS: 'arn:aws:iam::777788889999:root' } }),
  ]);
});

describe('events', () => {
  const EVENTS = {
    Notifications: expect.objectContaining({ SNSTopicArn: { Ref: expect.stringMatching(/^Topic/) } }),
  };
  const LOCKED = 'AWS::Backup::LogicallyAirGappedBackupVault';

  test('of both vaults go to a topic', () => {
    const topic = new sns.Topic(stack, 'Topic');
    new CentralVault(stack, 'Central', { ...PROPS, airGappedVault: AIR_GAPPED, notifications: { topic } });
    for (const type of [VAULT, LOCKED])
      expect(propertiesOf(stack, type)).toEqual([expect.objectContaining(EVENTS)]);
  });

  test('go to a topic that is added later, Region by Region', () => {
    const there = stackIn('eu-central-1');
    const central = new CentralVault(stack, 'Central', {
      ...PROPS,
      airGappedVault: AIR_GAPPED,
      replicas: [there],
    });
    central.inRegion('eu-central-1').notify({ topic: new sns.Topic(there, 'Topic') });
    for (const type of [VAULT, LOCKED]) {
      expect(propertiesOf(there, type)).toEqual([expect.objectContaining(EVENTS)]);
      expect(propertiesOf(stack, type)).toEqual([
        expect.not.objectContaining({ Notifications: expect.anything() }),
      ]);
    }
  });
});

describe('several Regions', () => {
  test('get the same resources from one declaration, each with its own key', () => {
    const others = [stackIn('eu-central-1'), stackIn('us-east-1')];
    const central = new CentralVault(stack, 'Central', {
      ...PROPS,
      backupVaultName: 'central',
      replicas: others,
    });
    expect(central.replicas.map(({ region }) => region)).toEqual(['eu-central-1', 'us-east-1']);
    expect(central.inRegion('eu-west-1')).toBe(central);
    expect(central.inRegion('us-east-1')).toBe(central.replicas[1]);
    for (const each of [stack, ...others]) {
      expect(propertiesOf(each, VAULT)).toEqual([
        expect.objectContaining({ BackupVaultName: 'central', LockConfiguration: { MinRetentionDays: 7 } }),
      ]);
      expect(propertiesOf(each, KEY)).toHaveLength(1);
      expect(statements(VAULT, 'AccessPolicy', each)).toHaveLength(3);
      expect(schemaProblems(synthesize(each).toJSON())).toEqual([]);
    }
    expect(others.map(({ dependencies }) => dependencies)).toEqual([[], []]);
  });

  test('share a multi-Region key, whose replicas have the same policy and come after it', () => {
    const other = stackIn('eu-central-1');
    const central = new CentralVault(stack, 'Central', {
      ...PROPS,
      keyOptions: {
        multiRegion: true,
        alias: 'central',
        admins: [new iam.ArnPrincipal(`arn:aws:iam::${ACCOUNT}:role/Admin`)],
      },
      replicas: [other],
    });
    expect(propertiesOf(stack, KEY)).toEqual([expect.objectContaining({ MultiRegion: true })]);
    expect(propertiesOf(other, KEY)).toEqual([]);
    expect(propertiesOf(other, REPLICA)).toHaveLength(1);
    expect(propertiesOf(other, 'AWS::KMS::Alias')).toEqual([
      {
        AliasName: 'alias/central',
        TargetKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^CentralKey/), 'Arn'] },
      },
    ]);
    const toRegion = (text: string) => text.replaceAll('eu-west-1', 'eu-central-1');
    const sorted = (of: Statement[]) => of.map((one) => JSON.stringify(one)).sort();
    expect(sorted(statements(REPLICA, 'KeyPolicy', other))).toEqual(
      sorted(statements(KEY, 'KeyPolicy')).map(toRegion),
    );
    expect(propertiesOf(other, VAULT)).toEqual([
      expect.objectContaining({
        EncryptionKeyArn: { 'Fn::GetAtt': [expect.stringMatching(/^CentralKey/), 'Arn'] },
      }),
    ]);
    expect(other.dependencies).toEqual([stack]);
    expect(central.inRegion('eu-central-1').encryptionKey).not.toBe(central.encryptionKey);
    expect(schemaProblems(synthesize(other).toJSON())).toEqual([]);
  });

  test('include only the given Regions', () => {
    const central = new CentralVault(stack, 'Central', { ...PROPS, replicas: [stackIn('eu-central-1')] });
    expect(refusal(() => central.inRegion('us-east-1'))).toBe(
      '`region` must be a Region of the central vault `Central/Central` (eu-west-1, eu-central-1), got `us-east-1`; add a stack in that Region to `replicas`',
    );
  });
});

test.each([
  ['cn-north-1', 'cn-northwest-1', 'aws-cn'],
  ['us-gov-west-1', 'us-gov-east-1', 'aws-us-gov'],
])('in the partition of %s all principals are those of the partition', (here, there, partition) => {
  const [one, other] = [stackIn(here), stackIn(there)];
  new CentralVault(one, 'Central', { ...PROPS, keyOptions: { multiRegion: true }, replicas: [other] });
  for (const each of [one, other]) {
    const text = JSON.stringify(synthesize(each).toJSON().Resources);
    expect(text).toContain(`arn:${partition}:iam::${WORKLOADS}:root`);
    expect(text).toContain(`arn:${partition}:iam::${ACCOUNT}:role/aws-service-role/backup.amazonaws.com/`);
    expect(text).not.toContain('arn:aws:');
  }
});

describe('without a known deployment role', () => {
  const warning =
    'Backup-CentralVaultDenial: `deletionDenial` is not set, and the stack has no known deployment role to exempt; use `DeletionDenial.exceptFor(role)` with the deployment role';

  test.each([
    ['LegacyStackSynthesizer', () => new LegacyStackSynthesizer()],
    ['BootstraplessSynthesizer', () => new BootstraplessSynthesizer()],
  ])('(%s) nothing is denied, with a warning', (id, synthesizer) => {
    const bare = new Stack(app, id, { synthesizer: synthesizer() });
    new CentralVault(bare, 'Central', PROPS);
    expect(statements(VAULT, 'AccessPolicy', bare)).toHaveLength(1);
    expect(warningsOf(bare)).toEqual([warning]);
  });
});

test('a nested stack is deployed by the role of its parent', () => {
  const nested = new NestedStack(stack, 'Nested');
  new CentralVault(nested, 'Central', PROPS);
  expect(JSON.stringify(statements(VAULT, 'AccessPolicy', nested))).toContain('cfn-exec-role');
});

test('a stack without an environment works too, with an account that is known at deployment', () => {
  const agnostic = new Stack(app, 'Agnostic');
  new CentralVault(agnostic, 'Central', PROPS);
  expect(JSON.stringify(statements(VAULT, 'AccessPolicy', agnostic))).toContain(
    `cdk-hnb659fds-cfn-exec-role-\${AWS::AccountId}-\${AWS::Region}`,
  );
});

describe('an existing key', () => {
  test('that is created in the app gets the statements', () => {
    const key = new kms.Key(stack, 'Key');
    const central = new CentralVault(stack, 'Central', { ...PROPS, encryptionKey: key });
    expect(central.encryptionKey).toBe(key);
    expect(statements(KEY, 'KeyPolicy').map(({ Action }) => Action)).toEqual(['kms:*', USES, GRANTS]);
  });

  test('that is imported doesn’t, and a warning says what is missing', () => {
    const arn = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/12345678-1234-1234-1234-123456789012`;
    const key = kms.Key.fromKeyArn(stack, 'Key', arn);
    new CentralVault(stack, 'Central', { ...PROPS, encryptionKey: key });
    const principal = `"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::${WORKLOADS}:root"},"Resource":"*"`;
    expect(warningsOf(stack)).toEqual([
      `Backup-KeyPath: \`key\` must let account ${WORKLOADS} copy, but its policy can't be changed in this app; add to it {"Action":["kms:Decrypt","kms:DescribeKey","kms:Encrypt","kms:GenerateDataKey*","kms:ReEncrypt*"],${principal}},{"Action":["kms:CreateGrant","kms:ListGrants","kms:RevokeGrant"],"Condition":{"Bool":{"kms:GrantIsForAWSResource":"true"}},${principal}}`,
    ]);
  });
});

describe('an invalid central vault is refused', () => {
  const make = (props: unknown, scope: Stack = stack) =>
    refusal(() => new CentralVault(scope, 'Bad', props as CentralVaultProps));

  test.each<[string, unknown, string]>([
    ['no properties', undefined, '`props` must be an object with properties, got nothing'],
    [
      'nobody who copies in',
      { copyFrom: [] },
      "`copyFrom` must contain at least one account, organizational unit or organization, got none; for example, use `CopySource.account('111122223333')`",
    ],
    [
      'no list of who copies in',
      {},
      "`copyFrom` must be a list, each element a `CopySource`, got nothing; for example, use `CopySource.account('111122223333')`",
    ],
    [
      'an account in place of a source',
      { copyFrom: [WORKLOADS] },
      `\`copyFrom[0]\` must be a \`CopySource\`, got \`${WORKLOADS}\`; for example, use \`CopySource.account('111122223333')\``,
    ],
    [
      'a replica that is no stack',
      { ...PROPS, replicas: ['eu-west-1'] },
      '`replicas[0]` must be a stack, got `eu-west-1`',
    ],
  ])('with %s', (_, props, message) => {
    expect(make(props)).toBe(`${message} (in \`Central/Bad\`)`);
  });

  test('with replicas in the same Region, in another account or without a Region', () => {
    const replicas = [
      stackIn('eu-west-1', 'Same'),
      stackIn('eu-central-1'),
      stackIn('eu-central-1', 'Twice'),
      new Stack(app, 'Account', { env: { account: WORKLOADS, region: 'us-east-1' } }),
      new Stack(app, 'Agnostic'),
    ];
    expect(make({ ...PROPS, replicas })).toBe(
      [
        '4 problems of `Central/Bad`:',
        '`replicas[0]` must be in a Region of its own, got eu-west-1, that of the central vault itself; omit it',
        '`replicas[2]` must be in a Region of its own, got eu-central-1, that of `replicas[1]`; omit it',
        `\`replicas[3]\` must be in the account of the central vault (${ACCOUNT}), got ${WORKLOADS}; create a separate central vault in that account`,
        "`replicas[4]` must be in a Region other than that of the central vault, but the Region of the stack `Agnostic` isn't known; set the environment of the stack: `env: { account: '111122223333', region: 'eu-west-1' }`",
      ].join('\n  - '),
    );
  });

  test('with replicas of a stack without a Region', () => {
    const agnostic = new Stack(app, 'Agnostic');
    expect(make({ ...PROPS, replicas: [stack] }, agnostic)).toBe(
      "`replicas[0]` must be in a Region other than that of the central vault, but the Region of the stack `Agnostic` isn't known; set the environment of the stack: `env: { account: '111122223333', region: 'eu-west-1' }` (in `Agnostic/Bad`)",
    );
  });

  test('with what can’t be the same in all Regions', () => {
    const key = new kms.Key(stack, 'Key');
    const topic = new sns.Topic(stack, 'Topic');
    const replicas = [stackIn('eu-central-1')];
    expect(make({ ...PROPS, encryptionKey: key, keyOptions: {}, notifications: { topic }, replicas })).toBe(
      [
        '3 problems of `Central/Bad`:',
        "`encryptionKey` is an existing key that `keyOptions` can't change, got both; omit one of them",
        "`encryptionKey` is in one Region and can't encrypt the vaults of `replicas`, got both; use `keyOptions: { multiRegion: true }` for a key that all Regions share, or one central vault per Region",
        "`notifications` has a topic in one Region, which the vaults of `replicas` can't use, got both; set it for each Region: `central.inRegion(…).notify({ topic })`",
      ].join('\n  - '),
    );
  });
});
