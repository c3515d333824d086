import {
  CfnParameter,
  Duration,
  type IPropertyInjector,
  PhysicalName,
  RemovalPolicies,
  RemovalPolicy,
  Stack,
  Tags,
} from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnLogicallyAirGappedBackupVault } from 'aws-cdk-lib/aws-backup';
import { AccountPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Alias, Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LogicallyAirGappedVault } from '../../../src/resources/air-gapped-vault/logically-air-gapped-vault';
import type { LogicallyAirGappedVaultProps } from '../../../src/resources/air-gapped-vault/logically-air-gapped-vault-props';
import { CopySource } from '../../../src/resources/vault/copy-source';
import { VaultEvent } from '../../../src/values/vault/vault-event';
import { testApp } from '../../support/app';
import { refusal } from '../../support/refusal';
import { schemaProblems } from '../../support/schema';
import { testStack } from '../../support/synthesis';
import { infosOf, warningsOf } from '../../support/warnings';

const VAULT = 'AWS::Backup::LogicallyAirGappedBackupVault';
const RANGE = {
  minRetention: Duration.days(7),
  maxRetention: Duration.days(365),
  acknowledgeIrreversible: true,
  generation: '7to365',
};
const IN = ' (in `Stack/Vault`)';

let stack: Stack;
beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(); // warnings at synthesis
  stack = testStack();
});

function vaultWith(props: Partial<LogicallyAirGappedVaultProps> = {}): LogicallyAirGappedVault {
  return new LogicallyAirGappedVault(stack, 'Vault', { ...RANGE, ...props });
}

function hasProperties(properties: object) {
  Template.fromStack(stack).hasResourceProperties(VAULT, properties);
}

test('a vault has a range, a name that contains the range, and an AWS-owned key', () => {
  const vault = vaultWith();
  const template = Template.fromStack(stack);
  const [[logicalId, resource]] = Object.entries(template.findResources(VAULT));
  expect(logicalId).toMatch(/^Vault7to365/);
  expect(resource).toEqual({
    Type: VAULT,
    Properties: {
      BackupVaultName: expect.stringMatching(/^Stack-Vault-7to365-[0-9a-f]{8}$/),
      MinRetentionDays: 7,
      MaxRetentionDays: 365,
    },
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
  });
  expect([vault.minRetentionDays, vault.maxRetentionDays, vault.encryptionKey]).toEqual([7, 365, undefined]);
  expect(schemaProblems(template.toJSON())).toEqual([]);
  expect(warningsOf(stack)).toEqual([]);
});

test('the L1 is the default child, for escape hatches', () => {
  const resource = vaultWith().node.defaultChild as CfnLogicallyAirGappedBackupVault;
  expect(resource).toBeInstanceOf(CfnLogicallyAirGappedBackupVault);
  resource.addPropertyOverride('BackupVaultTags', { team: 'orders' });
  hasProperties({ BackupVaultTags: { team: 'orders' } });
});

test('a vault can be tagged like any CDK construct', () => {
  Tags.of(vaultWith()).add('team', 'orders');
  hasProperties({ BackupVaultTags: { team: 'orders' } });
});

test('a vault can be referred to as a backup vault and as a logically air-gapped vault', () => {
  const vault = vaultWith();
  expect(stack.resolve([vault.backupVaultRef, vault.logicallyAirGappedBackupVaultRef])).toEqual([
    {
      backupVaultName: { Ref: expect.stringMatching('^Vault7to365') },
      backupVaultArn: { 'Fn::GetAtt': [expect.stringMatching('^Vault7to365'), 'BackupVaultArn'] },
    },
    { backupVaultName: { Ref: expect.stringMatching('^Vault7to365') } },
  ]);
});

describe('the name', () => {
  test('can be set', () => {
    vaultWith({ backupVaultName: 'gap-7to365' });
    hasProperties({ BackupVaultName: 'gap-7to365' });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('is generated from the path and the range, even for `PhysicalName.GENERATE_IF_NEEDED`', () => {
    vaultWith({ backupVaultName: PhysicalName.GENERATE_IF_NEEDED });
    hasProperties({ BackupVaultName: Match.stringLikeRegexp('^Stack-Vault-7to365-') });
  });

  test('can be known only at deployment', () => {
    vaultWith({ backupVaultName: new CfnParameter(stack, 'Name').valueAsString });
    hasProperties({ BackupVaultName: { Ref: 'Name' } });
  });

  test('contains the range even if the path is long', () => {
    new LogicallyAirGappedVault(stack, 'TheVaultOfTheWholeCompanyForEverythingThatMustNotBeLost', RANGE);
    hasProperties({
      BackupVaultName: Match.stringLikeRegexp('^ForEverythingThatMustNotBeLost-7to365-[0-9a-f]{8}$'),
    });
  });

  test('that contains a different range gets a warning', () => {
    expect(warningsOf(vaultWith({ backupVaultName: 'gap-30to365' }))).toEqual([
      'Backup-AirGappedVaultName: `backupVaultName` contains `30to365`, but the retention is `7to365`; choose another name, since a vault with a different retention is a different vault',
    ]);
  });

  test.each<[string, unknown, string]>([
    ['with a dot', 'gap.eu', '`gap.eu`; use `gap-eu`'],
    ['null', null, 'null; for example, use `my-backups`'],
    ['a number', 42, '42; for example, use `my-backups`'],
  ])('that is %s is refused', (_, backupVaultName, shown) => {
    expect(refusal(() => vaultWith({ backupVaultName: backupVaultName as string }))).toBe(
      `\`backupVaultName\` must be 2 to 50 characters from \`a-z\`, \`A-Z\`, \`0-9\`, \`-\` and \`_\`, got ${shown}${IN}`,
    );
  });
});

describe('the key', () => {
  const keyArn = (account: string, region = 'eu-west-1') =>
    `arn:aws:kms:${region}:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

  test('can be customer-managed, preferably in another account, and is part of the name', () => {
    const encryptionKey = Key.fromKeyArn(stack, 'Key', keyArn('444455556666'));
    const vault = vaultWith({ encryptionKey, generation: '7to365-keyb29693' });
    expect(vault.encryptionKey).toBe(encryptionKey);
    hasProperties({
      EncryptionKeyArn: keyArn('444455556666'),
      BackupVaultName: Match.stringLikeRegexp('^Stack-Vault-7to365-key[0-9a-f]{6}-[0-9a-f]{8}$'),
    });
  });

  test('lets copy sources encrypt, with one set of statements for all generations', () => {
    const encryptionKey = new Key(stack, 'Key');
    const older = { minRetention: Duration.days(7), maxRetention: Duration.days(30), encryptionKey };
    vaultWith({
      generation: undefined,
      encryptionKey,
      previousGenerations: [older],
      copyFrom: [CopySource.account('444455556666')],
    });
    Template.fromStack(stack).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: [
          Match.anyValue(),
          Match.objectLike({
            Principal: { AWS: 'arn:aws:iam::444455556666:root' },
            Action: Match.arrayWith(['kms:GenerateDataKey*']),
          }),
          Match.objectLike({ Action: Match.arrayWith(['kms:CreateGrant']) }),
        ],
      },
    });
  });

  test('that is imported gets one warning with the statements that its policy needs', () => {
    const encryptionKey = Key.fromKeyArn(stack, 'Key', keyArn('777788889999'));
    const older = { minRetention: Duration.days(7), maxRetention: Duration.days(30), encryptionKey };
    vaultWith({
      generation: undefined,
      encryptionKey,
      previousGenerations: [older],
      copyFrom: [CopySource.account('444455556666')],
    });
    expect(warningsOf(stack).filter((line) => line.startsWith('Backup-KeyPath: '))).toHaveLength(1);
  });

  const BESIDE =
    'Backup-AirGappedVaultKey: `encryptionKey` is in the account of the vault, which AWS advises against: whoever can disable or delete the key there can make the recovery points unusable; omit it to use an AWS-owned key, or use a key in another account';
  test.each<[string, () => Key]>([
    ['made in the same stack', () => new Key(stack, 'Key')],
    ['imported', () => Key.fromKeyArn(stack, 'Key', keyArn('111122223333')) as Key],
  ])('in the account of the vault gets a warning: %s', (_, key) => {
    const [unrecorded, beside, ...more] = warningsOf(
      vaultWith({ encryptionKey: key(), generation: undefined }),
    );
    expect([beside, ...more]).toEqual([BESIDE]);
    expect(unrecorded).toMatch(/add `generation: '7to365-key[0-9a-f]{6}'`$/);
  });

  test('gets a warning even if the account of the vault is unknown', () => {
    stack = new Stack(testApp(), 'Stack');
    expect(warningsOf(vaultWith({ encryptionKey: new Key(stack, 'Key'), generation: undefined }))[1]).toBe(
      BESIDE,
    );
  });

  test.each<[string, () => unknown, string]>([
    [
      'an alias',
      () => Alias.fromAliasName(stack, 'Alias', 'alias/backup'),
      '`encryptionKey` must be a key, got an alias, which AWS Backup rejects for a vault; refer to the key by its ARN',
    ],
    [
      'in another Region',
      () => Key.fromKeyArn(stack, 'Key', keyArn('444455556666', 'us-east-1')),
      '`encryptionKey` must be a key in the Region of the vault (eu-west-1), got one in us-east-1; create a key in that Region, or a replica of a multi-Region key',
    ],
    [
      'an ARN',
      () => keyArn('444455556666'),
      `\`encryptionKey\` must be a key, got \`${keyArn('444455556666')}\`; refer to an existing one with \`Key.fromKeyArn\``,
    ],
  ])("can't be %s", (_, encryptionKey, message) => {
    const key = encryptionKey();
    expect(refusal(() => vaultWith({ encryptionKey: key as Key, generation: undefined }))).toBe(message + IN);
  });
});

describe('the access policy', () => {
  const COPY = (principal: object, condition?: object) => ({
    Effect: 'Allow',
    Action: 'backup:CopyIntoBackupVault',
    Principal: principal,
    Resource: '*',
    ...(condition && { Condition: condition }),
  });
  const ROOT = { AWS: 'arn:aws:iam::444455556666:root' };

  test('lets nobody copy into the vault by default', () => {
    vaultWith();
    hasProperties({ AccessPolicy: Match.absent() });
  });

  test('lets accounts and organizations copy into the vault, even with an AWS-owned key', () => {
    const vault = vaultWith({ copyFrom: [CopySource.account('444455556666')] });
    vault.allowCopyFrom(CopySource.organization('o-a1b2c3d4e5'));
    hasProperties({
      AccessPolicy: {
        Statement: [
          COPY(ROOT),
          COPY({ AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }),
        ],
      },
    });
  });

  test('accepts statements and grants', () => {
    const vault = vaultWith();
    vault.addToAccessPolicy(
      new PolicyStatement({
        actions: ['backup:CopyIntoBackupVault'],
        principals: [new AccountPrincipal('444455556666')],
        resources: ['*'],
      }),
    );
    vault.grant(
      Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/reader'),
      'backup:DescribeBackupVault',
    );
    hasProperties({ AccessPolicy: { Statement: [COPY(ROOT)] } });
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: 'backup:DescribeBackupVault',
            Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Vault7to365'), 'BackupVaultArn'] },
          },
        ],
      },
    });
  });

  test('allows other accounts only copies', () => {
    const statement = new PolicyStatement({
      actions: ['backup:DeleteRecoveryPoint'],
      principals: [new AccountPrincipal('444455556666')],
      resources: ['*'],
    });
    expect(refusal(() => vaultWith().addToAccessPolicy(statement))).toBe(
      '`actions` for account 444455556666 can only be `backup:CopyIntoBackupVault`, got `backup:DeleteRecoveryPoint`: AWS Backup allows nothing else across accounts; let the other account assume a role in this account' +
        IN,
    );
  });

  test('accepts only `CopySource` objects', () => {
    expect(refusal(() => vaultWith().allowCopyFrom('444455556666' as never))).toBe(
      "`source` must be a `CopySource`, got `444455556666`; for example, use `CopySource.account('111122223333')`" +
        IN,
    );
  });
});

describe('notifications', () => {
  test('send failures to a topic by default', () => {
    vaultWith({ notifications: { topic: new Topic(stack, 'Topic') } });
    hasProperties({
      Notifications: {
        SNSTopicArn: { Ref: Match.stringLikeRegexp('^Topic') },
        BackupVaultEvents: VaultEvent.failures().map(String),
      },
    });
    Template.fromStack(stack).hasResource(VAULT, { DependsOn: [Match.stringLikeRegexp('^TopicPolicy')] });
  });

  test('can be set later, but only once', () => {
    const vault = vaultWith();
    const topic = new Topic(stack, 'Topic');
    vault.notify({ topic, events: [VaultEvent.COPY_JOB_FAILED] });
    hasProperties({ Notifications: { BackupVaultEvents: ['COPY_JOB_FAILED'] } });
    expect(refusal(() => vault.notify({ topic }))).toBe(
      '`notifications` can be set only once, since a vault can have only one topic; subscribe more receivers to the existing topic' +
        IN,
    );
  });

  test('to a topic in another Region get a warning', () => {
    const topic = Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:us-east-1:111122223333:events');
    expect(warningsOf(vaultWith({ notifications: { topic } }))).toContain(
      'Backup-NotificationTopicRegion: `topic` should be in the Region of the vault (eu-west-1), got us-east-1; create a topic in the account and Region of the vault, or forward the EventBridge events of AWS Backup',
    );
  });
});

test('a note says that a Multi-party approval team can not be changed later', () => {
  const mpaApprovalTeamArn = 'arn:aws:mpa:us-east-1:111122223333:approval-team/recovery-ab12';
  const vault = vaultWith({ mpaApprovalTeamArn });
  expect(vault.mpaApprovalTeamArn).toBe(mpaApprovalTeamArn);
  hasProperties({ MpaApprovalTeamArn: mpaApprovalTeamArn });
  expect(infosOf(stack)).toEqual([
    "Backup-ApprovalTeamFixed: `mpaApprovalTeamArn` can't be changed or removed by CloudFormation once it is deployed; acknowledge this note once the team is final",
  ]);
});

describe('the removal policy', () => {
  const DESTROY =
    '`removalPolicy` must not be DESTROY for a vault under a compliance lock: deleting the stack fails while the vault holds recovery points; use RemovalPolicy.RETAIN';

  test('can delete a vault whose creation failed', () => {
    vaultWith({ removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE });
    Template.fromStack(stack).hasResource(VAULT, { DeletionPolicy: 'RetainExceptOnCreate' });
  });

  test("can't be DESTROY", () => {
    expect(refusal(() => vaultWith({ removalPolicy: RemovalPolicy.DESTROY }))).toBe(DESTROY + IN);
    const vault = new LogicallyAirGappedVault(stack, 'Other', RANGE);
    expect(refusal(() => vault.applyRemovalPolicy(RemovalPolicy.DESTROY))).toBe(
      `${DESTROY} (in \`Stack/Other\`)`,
    );
  });

  test('is refused at synthesis if `RemovalPolicies` sets it to DESTROY', () => {
    vaultWith();
    RemovalPolicies.of(stack).destroy();
    expect(() => Template.fromStack(stack)).toThrow(`[Stack/Vault] ${DESTROY}`);
  });

  test.each<[unknown, string]>([
    [RemovalPolicy.SNAPSHOT, '`snapshot`'],
    ['keep', '`keep`'],
  ])("can't be another value: %p is refused", (removalPolicy, shown) => {
    const message = `\`removalPolicy\` must be RemovalPolicy.RETAIN, RETAIN_ON_UPDATE_OR_DELETE or DESTROY, got ${shown}`;
    expect(refusal(() => vaultWith({ removalPolicy: removalPolicy as never }))).toBe(message + IN);
    const vault = new LogicallyAirGappedVault(stack, 'Other', RANGE);
    expect(refusal(() => vault.applyRemovalPolicy(removalPolicy as never))).toBe(
      `${message} (in \`Stack/Other\`)`,
    );
  });
});

test.each(['ca-west-1', 'us-gov-west-1', 'cn-north-1'])(
  'a vault in %s gets a warning that it may not be available there',
  (region) => {
    stack = testStack('Stack', region);
    expect(warningsOf(vaultWith())).toEqual([
      `Backup-AirGappedVaultRegion: \`region\` is ${region}, where the logically air-gapped vault isn't known to be available; deploy it in another Region`,
    ]);
  },
);

test('several problems of a vault are reported in one error, and nothing is created', () => {
  const props = {
    minRetention: Duration.days(3),
    maxRetention: 365,
    backupVaultName: 'a b',
    encryptionKey: 'alias/backup',
    copyFrom: ['444455556666'],
    notifications: { topic: new Topic(stack, 'Topic', { fifo: true }) },
    sharedWith: ['o-a1b2c3d4e5'],
    mpaApprovalTeamArn: 'recovery',
    previousGenerations: ['7to365'],
    removalPolicy: 'keep',
  } as never;
  expect(refusal(() => new LogicallyAirGappedVault(stack, 'Vault', props))).toBe(
    [
      '11 problems of `Stack/Vault`:',
      '  - `previousGenerations[0]` must be a generation, got `7to365`',
      '  - `maxRetention` must be a `Duration`, got 365; write `Duration.days(365)`',
      '  - `minRetention` must be a whole number from 7 to 36500 days, got 3; use 7 days or more',
      '  - `encryptionKey` must be a key, got `alias/backup`; refer to an existing one with `Key.fromKeyArn`',
      '  - `backupVaultName` must be 2 to 50 characters from `a-z`, `A-Z`, `0-9`, `-` and `_`, got `a b`; use `a-b`',
      '  - `acknowledgeIrreversible` must be true for a logically air-gapped vault, since nobody can change its retention or delete a recovery point early, got nothing; set it to true, or use a `BackupVault` with `VaultLock.governance`',
      "  - `copyFrom[0]` must be a `CopySource`, got `444455556666`; for example, use `CopySource.account('111122223333')`",
      "  - `topic` must be a standard topic, got a FIFO topic, to which AWS Backup can't publish; use a topic without `fifo`",
      '  - `sharedWith[0]` must be a 12-digit account ID, got `o-a1b2c3d4e5`; list the accounts one by one, since a vault can be shared with neither an organization nor an organizational unit',
      '  - `mpaApprovalTeamArn` must be the ARN of a multi-party approval team, `arn:<partition>:mpa:us-east-1:<account>:approval-team/<id>`, got `recovery`',
      '  - `removalPolicy` must be RemovalPolicy.RETAIN, RETAIN_ON_UPDATE_OR_DELETE or DESTROY, got `keep`',
    ].join('\n'),
  );
  expect(warningsOf(stack)).toEqual([]);
  Template.fromStack(stack).resourceCountIs(VAULT, 0);
});

test.each<[string, unknown, string]>([
  ['null', null, 'null'],
  ['a name', 'gap', '`gap`'],
  ['a list', [], 'an array'],
])('%s is refused as properties', (_, props, shown) => {
  expect(refusal(() => new LogicallyAirGappedVault(stack, 'Vault', props as never))).toBe(
    `\`props\` must be an object with properties, got ${shown}${IN}`,
  );
});

test('without properties, the error lists all that a vault needs', () => {
  expect(refusal(() => new LogicallyAirGappedVault(stack, 'Vault', undefined as never))).toMatch(
    /^3 problems of `Stack\/Vault`:\n {2}- `minRetention` .*\n {2}- `maxRetention` .*\n {2}- `acknowledgeIrreversible` /,
  );
});

test('a property injector can set defaults', () => {
  const injector: IPropertyInjector = {
    constructUniqueId: LogicallyAirGappedVault.PROPERTY_INJECTION_ID,
    inject: (props) => ({ sharedWith: ['444455556666'], ...props }),
  };
  const scope = new Stack(testApp({ propertyInjectors: [injector] }), 'Stack');
  new LogicallyAirGappedVault(scope, 'Vault', RANGE);
  Template.fromStack(scope).hasResourceProperties('AWS::RAM::ResourceShare', {
    Principals: ['444455556666'],
  });
});
