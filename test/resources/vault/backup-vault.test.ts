import {
  CfnDeletionPolicy,
  CfnParameter,
  Duration,
  type IPropertyInjector,
  MissingRemovalPolicies,
  PhysicalName,
  RemovalPolicies,
  RemovalPolicy,
  Stack,
  Stage,
  Tags,
  Validations,
} from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnBackupVault } from 'aws-cdk-lib/aws-backup';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LogicallyAirGappedVault } from '../../../src/resources/air-gapped-vault/logically-air-gapped-vault';
import { BackupKey } from '../../../src/resources/vault/backup-key';
import { BackupVault, type BackupVaultProps } from '../../../src/resources/vault/backup-vault';
import { CopySource } from '../../../src/resources/vault/copy-source';
import { DeletionDenial } from '../../../src/resources/vault/deletion-denial';
import { VaultLock } from '../../../src/values/vault/vault-lock';
import { testApp } from '../../support/app';
import { nagFindings } from '../../support/nag';
import { refusal } from '../../support/refusal';
import { schemaProblems } from '../../support/schema';
import { warningsOf } from '../../support/warnings';

const VAULT = 'AWS::Backup::BackupVault';
const GOVERNANCE = VaultLock.governance({ minRetention: Duration.days(7) });
const COMPLIANCE = VaultLock.compliance({
  minRetention: Duration.days(7),
  maxRetention: Duration.days(365),
  coolingOff: Duration.days(10),
  acknowledgeIrreversible: true,
});

let stack: Stack;
beforeEach(() => {
  jest.useFakeTimers({ now: new Date('2026-11-21T12:00:00Z'), doNotFake: ['nextTick', 'setImmediate'] });
  jest.spyOn(console, 'error').mockImplementation(); // warnings, told at synthesis
  stack = new Stack(testApp(), 'Stack');
});
afterEach(() => {
  jest.useRealTimers();
});

function vaultWith(props?: BackupVaultProps): BackupVault {
  return new BackupVault(stack, 'Vault', props);
}

function hasProperties(properties: object) {
  Template.fromStack(stack).hasResourceProperties(VAULT, properties);
}

const IN = ' (in `Stack/Vault`)';

test('without any property a vault has a name, a key of its own, and nothing else', () => {
  const vault = vaultWith();
  const template = Template.fromStack(stack);
  const [resource] = Object.values(template.findResources(VAULT));
  expect(resource.Properties).toEqual({
    BackupVaultName: 'Stack-Vault-84f432e0',
    EncryptionKeyArn: { 'Fn::GetAtt': [expect.stringMatching('^VaultKey'), 'Arn'] },
  });
  expect([vault.lock, vault.encryptionKey?.constructor.name]).toEqual([undefined, 'BackupKey']);
  expect(schemaProblems(template.toJSON())).toEqual([]);
});

test('the L1 is the default child, for escape hatches', () => {
  const resource = vaultWith().node.defaultChild as CfnBackupVault;
  expect(resource).toBeInstanceOf(CfnBackupVault);
  resource.addPropertyOverride('BackupVaultTags', { team: 'orders' });
  hasProperties({ BackupVaultTags: { team: 'orders' } });
});

test('a vault is tagged as everything else in the CDK', () => {
  Tags.of(vaultWith()).add('team', 'orders');
  hasProperties({ BackupVaultTags: { team: 'orders' } });
});

test('cdk-nag minds nothing about a vault with all that it can have', () => {
  const masterKey = new BackupKey(stack, 'TopicKey');
  const deployer = Role.fromRoleArn(stack, 'Deployer', 'arn:aws:iam::111122223333:role/deployer');
  vaultWith({
    lock: GOVERNANCE,
    copyFrom: [CopySource.account('444455556666')],
    deletionDenial: DeletionDenial.exceptFor(deployer),
    notifications: { topic: new Topic(stack, 'Topic', { masterKey, enforceSSL: true }) },
  });
  expect(nagFindings(stack.node.root as never)).toEqual([]);
  expect(schemaProblems(Template.fromStack(stack).toJSON())).toEqual([]);
});

test('references to the vault within its stack are attributes', () => {
  const vault = vaultWith({ backupVaultName: 'orders' });
  expect(stack.resolve([vault.backupVaultName, vault.backupVaultArn])).toEqual([
    { 'Fn::GetAtt': [expect.stringMatching('^Vault'), 'BackupVaultName'] },
    { 'Fn::GetAtt': [expect.stringMatching('^Vault'), 'BackupVaultArn'] },
  ]);
  expect(vault.backupVaultRef.backupVaultName).toBe(vault.backupVaultName);
  expect(vault.backupVaultRef.backupVaultArn).toBe(vault.backupVaultArn);
});

describe('the name', () => {
  test('can be said', () => {
    vaultWith({ backupVaultName: 'orders_2026' });
    hasProperties({ BackupVaultName: 'orders_2026' });
  });

  test('is made from the path of the construct, also where the CDK would make one when needed', () => {
    vaultWith({ backupVaultName: PhysicalName.GENERATE_IF_NEEDED });
    hasProperties({ BackupVaultName: 'Stack-Vault-84f432e0' });
  });

  test('may be known at deployment only', () => {
    vaultWith({ backupVaultName: new CfnParameter(stack, 'Name').valueAsString });
    hasProperties({ BackupVaultName: { Ref: 'Name' } });
  });

  const LAW = '`backupVaultName` must be 2 to 50 characters of `a-z`, `A-Z`, `0-9`, `-` and `_`';
  test.each<[string, unknown, string]>([
    ['too short', 'v', `${LAW}, got \`v\`; use for example \`my-backups\``],
    ['with a dot', 'orders.eu', `${LAW}, got \`orders.eu\`; use \`orders-eu\``],
    [
      'too long',
      'v'.repeat(51),
      `${LAW}, got \`${'v'.repeat(51)}\` (51 characters); use at most 50 characters`,
    ],
    ['empty', '', `${LAW}, got an empty string; use for example \`my-backups\``],
    ['null', null, `${LAW}, got null; use for example \`my-backups\``],
    ['a number', 42, `${LAW}, got 42; use for example \`my-backups\``],
  ])('that is %s is refused', (_, backupVaultName, message) => {
    expect(refusal(() => vaultWith({ backupVaultName: backupVaultName as string }))).toBe(`${message}${IN}`);
  });
});

describe('a lock', () => {
  test('in governance mode has no cooling-off period', () => {
    expect(vaultWith({ lock: GOVERNANCE }).lock).toBe(GOVERNANCE);
    hasProperties({
      LockConfiguration: {
        MinRetentionDays: 7,
        MaxRetentionDays: Match.absent(),
        ChangeableForDays: Match.absent(),
      },
    });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('in compliance mode has one, and a warning says from when on nobody can undo it', () => {
    const vault = vaultWith({ lock: COMPLIANCE });
    hasProperties({
      LockConfiguration: { MinRetentionDays: 7, MaxRetentionDays: 365, ChangeableForDays: 10 },
    });
    expect(warningsOf(vault)).toEqual([
      'Backup-ComplianceLock: `lock` is a compliance lock: from 2026-12-01 on, if deployed today, nobody can change or remove it, nor delete a recovery point before its retention ends; acknowledge this warning once the retention of every rule and copy into this vault is settled',
    ]);
  });

  test('may admit one retention only', () => {
    const [minRetention, maxRetention] = [Duration.days(35), Duration.days(35)];
    vaultWith({ lock: VaultLock.governance({ minRetention, maxRetention }) });
    hasProperties({ LockConfiguration: { MinRetentionDays: 35, MaxRetentionDays: 35 } });
  });

  test('may be known at deployment only', () => {
    const days = (id: string) => Duration.days(new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber);
    const vault = vaultWith({
      lock: VaultLock.compliance({
        minRetention: days('Min'),
        maxRetention: days('Max'),
        coolingOff: days('CoolingOff'),
        acknowledgeIrreversible: true,
      }),
    });
    hasProperties({
      LockConfiguration: {
        MinRetentionDays: { Ref: 'Min' },
        MaxRetentionDays: { Ref: 'Max' },
        ChangeableForDays: { Ref: 'CoolingOff' },
      },
    });
    expect(warningsOf(vault)).toEqual([
      'Backup-ComplianceLock: `lock` is a compliance lock: once the cooling-off period is over, nobody can change or remove it, nor delete a recovery point before its retention ends; acknowledge this warning once the retention of every rule and copy into this vault is settled',
    ]);
  });

  test('is a `VaultLock`', () => {
    const lock = { minRetention: Duration.days(7) } as never;
    expect(refusal(() => vaultWith({ lock }))).toBe(
      '`lock` must be a `VaultLock`, got an object; use `VaultLock.governance({ minRetention: Duration.days(…) })`' +
        IN,
    );
  });
});

describe('the warning of a compliance lock', () => {
  const id = 'Backup-ComplianceLock';
  const reason = 'retention is settled';

  test('is silenced once it is acknowledged on the vault', () => {
    Validations.of(vaultWith({ lock: COMPLIANCE })).acknowledge({ id, reason });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('is silenced by an acknowledgement above, made before', () => {
    Validations.of(stack).acknowledge({ id, reason });
    vaultWith({ lock: COMPLIANCE });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('is not silenced by that of another', () => {
    Validations.of(vaultWith({ lock: COMPLIANCE })).acknowledge({ id: 'Backup-DestroyLockedVault', reason });
    expect(warningsOf(stack)).toHaveLength(1);
  });
});

describe('the removal policy', () => {
  const DELETE = { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' };
  const RETAIN = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };

  test('is to stay, for the vault and its key, deleted or replaced', () => {
    vaultWith();
    const template = Template.fromStack(stack);
    for (const type of [VAULT, 'AWS::KMS::Key']) template.hasResource(type, RETAIN);
  });

  test.each<[RemovalPolicy, object]>([
    [RemovalPolicy.DESTROY, DELETE],
    [RemovalPolicy.RETAIN, RETAIN],
    [
      RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' },
    ],
  ])('can be %s', (removalPolicy, attributes) => {
    vaultWith({ removalPolicy });
    Template.fromStack(stack).hasResource(VAULT, attributes);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('can be said later', () => {
    vaultWith().applyRemovalPolicy(RemovalPolicy.DESTROY);
    Template.fromStack(stack).hasResource(VAULT, DELETE);
  });

  test('can be said by `RemovalPolicies` for a whole scope', () => {
    vaultWith();
    RemovalPolicies.of(stack).destroy();
    Template.fromStack(stack).hasResource(VAULT, DELETE);
  });

  test('is never missing', () => {
    vaultWith();
    MissingRemovalPolicies.of(stack).destroy();
    Template.fromStack(stack).hasResource(VAULT, RETAIN);
  });

  test('of a vault under a compliance lock is never to go', () => {
    const message =
      '`removalPolicy` must not be DESTROY for a vault under a compliance lock: while it holds recovery points the deletion of the stack fails; use RemovalPolicy.RETAIN';
    expect(refusal(() => vaultWith({ lock: COMPLIANCE, removalPolicy: RemovalPolicy.DESTROY }))).toBe(
      message + IN,
    );
    const vault = new BackupVault(stack, 'Other', { lock: COMPLIANCE });
    expect(refusal(() => vault.applyRemovalPolicy(RemovalPolicy.DESTROY))).toBe(
      `${message} (in \`Stack/Other\`)`,
    );
  });

  test('of a vault under a compliance lock is refused at synthesis where it came by `RemovalPolicies`', () => {
    vaultWith({ lock: COMPLIANCE });
    RemovalPolicies.of(stack).destroy();
    expect(() => Template.fromStack(stack)).toThrow(
      '[Stack/Vault] `removalPolicy` must not be DESTROY for a vault under a compliance lock: while it holds recovery points the deletion of the stack fails; use RemovalPolicy.RETAIN',
    );
  });

  const WARNING =
    'Backup-DestroyLockedVault: `removalPolicy` should not be DESTROY for a vault under a governance lock: while it holds recovery points the deletion of the stack fails; use RemovalPolicy.RETAIN';
  test('of a vault under a governance lock may be to go, with a warning', () => {
    const vault = vaultWith({ lock: GOVERNANCE, removalPolicy: RemovalPolicy.DESTROY });
    expect(warningsOf(vault)).toEqual([WARNING]);
    Template.fromStack(stack).hasResource(VAULT, DELETE);
    expect(warningsOf(vault)).toEqual([WARNING]);
  });

  test('that came by `RemovalPolicies` gets the same warning', () => {
    const vault = vaultWith({ lock: GOVERNANCE });
    RemovalPolicies.of(stack).destroy();
    Template.fromStack(stack);
    expect(warningsOf(vault)).toEqual([WARNING]);
    expect((vault.node.defaultChild as CfnBackupVault).cfnOptions.deletionPolicy).toBe(
      CfnDeletionPolicy.DELETE,
    );
  });

  test.each<[unknown, string]>([
    [RemovalPolicy.SNAPSHOT, '`snapshot`'],
    ['keep', '`keep`'],
    [null, 'null'],
  ])('can be no other: %p is refused', (removalPolicy, shown) => {
    const message = `\`removalPolicy\` must be RemovalPolicy.RETAIN, RETAIN_ON_UPDATE_OR_DELETE or DESTROY, got ${shown}`;
    expect(refusal(() => vaultWith({ removalPolicy: removalPolicy as RemovalPolicy }))).toBe(message + IN);
    const vault = new BackupVault(stack, 'Other');
    expect(refusal(() => vault.applyRemovalPolicy(removalPolicy as RemovalPolicy))).toBe(
      `${message} (in \`Stack/Other\`)`,
    );
  });
});

test('several problems of a vault come in one error, and nothing is warned of before they are mended', () => {
  const props = {
    backupVaultName: 'a b',
    encryption: 'aws/backup',
    lock: COMPLIANCE,
    copyFrom: ['111122223333'],
    deletionDenial: true,
    notifications: { topic: new Topic(stack, 'Topic', { fifo: true }), events: [] },
    removalPolicy: 'keep',
  } as never;
  expect(refusal(() => vaultWith(props))).toBe(
    [
      '7 problems of `Stack/Vault`:',
      '  - `backupVaultName` must be 2 to 50 characters of `a-z`, `A-Z`, `0-9`, `-` and `_`, got `a b`; use `a-b`',
      '  - `encryption` must be a `VaultEncryption`, got `aws/backup`; use `VaultEncryption.key(…)` with a key of yours',
      "  - `copyFrom[0]` must be a `CopySource`, got `111122223333`; use for instance `CopySource.account('111122223333')`",
      '  - `deletionDenial` must be a `DeletionDenial`, got true; use `DeletionDenial.exceptFor(role)` with the deployment role',
      "  - `topic` must be a standard topic, got a FIFO topic, to which AWS Backup can't publish; use a topic without `fifo`",
      '  - `events` must name at least one event, got none; leave it out to be told of failures',
      '  - `removalPolicy` must be RemovalPolicy.RETAIN, RETAIN_ON_UPDATE_OR_DELETE or DESTROY, got `keep`',
    ].join('\n'),
  );
  expect(warningsOf(stack)).toEqual([]);
  Template.fromStack(stack).resourceCountIs(VAULT, 0);
});

test.each<[string, unknown, string]>([
  ['null', null, 'null'],
  ['a name', 'orders', '`orders`'],
  ['a list', [], 'an array'],
])('%s is no set of properties', (_, props, shown) => {
  expect(refusal(() => vaultWith(props as never))).toBe(
    `\`props\` must be an object with properties, got ${shown}${IN}`,
  );
});

test('denying deletion asks for how', () => {
  expect(refusal(() => vaultWith().denyDeletion(undefined as never))).toBe(
    '`deletionDenial` must be a `DeletionDenial`, got undefined; use `DeletionDenial.exceptFor(role)` with the deployment role' +
      IN,
  );
});

test('an organization can set defaults of its own with a property injector', () => {
  const injector: IPropertyInjector = {
    constructUniqueId: BackupVault.PROPERTY_INJECTION_ID,
    inject: (props) => ({ lock: GOVERNANCE, ...props }),
  };
  const scope = new Stack(testApp({ propertyInjectors: [injector] }), 'Stack');
  expect(new BackupVault(scope, 'Vault').lock).toBe(GOVERNANCE);
  expect(new BackupVault(scope, 'Locked', { lock: COMPLIANCE }).lock).toBe(COMPLIANCE);
});

describe('a name that another vault of the app has in the same account and Region', () => {
  const WARNING = (path: string) =>
    `Backup-DuplicateName: \`backupVaultName\` \`gold\` is also the name of \`${path}\` in the same account and Region, and AWS Backup refuses a name that is there already; leave it out: generated names are unique in the app`;

  test('is warned of, whichever kinds the vaults are of', () => {
    const app = testApp();
    const env = { account: '111122223333', region: 'eu-west-1' };
    const here = new Stack(app, 'Here', { env });
    const beside = new Stack(app, 'Beside', { env });
    const first = new BackupVault(here, 'First', { backupVaultName: 'gold' });
    const second = new BackupVault(beside, 'Second', { backupVaultName: 'gold' });
    const third = new LogicallyAirGappedVault(here, 'Third', {
      backupVaultName: 'gold',
      minRetention: Duration.days(7),
      maxRetention: Duration.days(365),
      acknowledgeIrreversible: true,
      generation: '7to365',
    });
    expect(warningsOf(first)).toEqual([]);
    expect(warningsOf(second)).toEqual([WARNING('Here/First')]);
    expect(warningsOf(third)).toEqual([WARNING('Beside/Second')]);
  });

  test('is no matter in another Region, where it is generated, or in stages whose place is not known', () => {
    const app = testApp();
    for (const region of ['eu-west-1', 'eu-central-1'])
      new BackupVault(new Stack(app, region, { env: { account: '111122223333', region } }), 'Vault', {
        backupVaultName: 'gold',
      });
    for (const stage of ['Beta', 'Prod'])
      new BackupVault(new Stack(new Stage(app, stage), 'Stack'), 'Vault', { backupVaultName: 'gold' });
    for (const id of ['A', 'B']) new BackupVault(new Stack(app, id), 'Vault');
    expect(warningsOf(app)).toEqual([]);
  });
});
