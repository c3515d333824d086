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
import { synthesize, testStack } from '../../support/synthesis';
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
  jest.spyOn(console, 'error').mockImplementation(); // warnings at synthesis
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

test('by default, a vault has only a name and its own key', () => {
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

test('a vault can be tagged like any CDK construct', () => {
  Tags.of(vaultWith()).add('team', 'orders');
  hasProperties({ BackupVaultTags: { team: 'orders' } });
});

test('a vault with all properties passes cdk-nag', () => {
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
  test('can be set', () => {
    vaultWith({ backupVaultName: 'orders_2026' });
    hasProperties({ BackupVaultName: 'orders_2026' });
  });

  test('is generated from the path of the construct, even for `PhysicalName.GENERATE_IF_NEEDED`', () => {
    vaultWith({ backupVaultName: PhysicalName.GENERATE_IF_NEEDED });
    hasProperties({ BackupVaultName: 'Stack-Vault-84f432e0' });
  });

  test('can be known only at deployment', () => {
    vaultWith({ backupVaultName: new CfnParameter(stack, 'Name').valueAsString });
    hasProperties({ BackupVaultName: { Ref: 'Name' } });
  });

  const LAW = '`backupVaultName` must be 2 to 50 characters from `a-z`, `A-Z`, `0-9`, `-` and `_`';
  test.each<[string, unknown, string]>([
    ['too short', 'v', `${LAW}, got \`v\`; for example, use \`my-backups\``],
    ['with a dot', 'orders.eu', `${LAW}, got \`orders.eu\`; use \`orders-eu\``],
    [
      'too long',
      'v'.repeat(51),
      `${LAW}, got \`${'v'.repeat(51)}\` (51 characters); use at most 50 characters`,
    ],
    ['empty', '', `${LAW}, got an empty string; for example, use \`my-backups\``],
    ['null', null, `${LAW}, got null; for example, use \`my-backups\``],
    ['a number', 42, `${LAW}, got 42; for example, use \`my-backups\``],
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

  test('in compliance mode has one, and a warning says when it becomes irreversible', () => {
    const vault = vaultWith({ lock: COMPLIANCE });
    hasProperties({
      LockConfiguration: { MinRetentionDays: 7, MaxRetentionDays: 365, ChangeableForDays: 10 },
    });
    expect(warningsOf(vault)).toEqual([
      'Backup-ComplianceLock: `lock` is a compliance lock: from 2026-12-01 on, if deployed today, nobody can change or remove it, or delete a recovery point before its retention ends; acknowledge this warning once the retention of every rule and copy into this vault is settled',
    ]);
  });

  test('can allow a single retention', () => {
    const [minRetention, maxRetention] = [Duration.days(35), Duration.days(35)];
    vaultWith({ lock: VaultLock.governance({ minRetention, maxRetention }) });
    hasProperties({ LockConfiguration: { MinRetentionDays: 35, MaxRetentionDays: 35 } });
  });

  test('can be known only at deployment', () => {
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
      'Backup-ComplianceLock: `lock` is a compliance lock: once the cooling-off period is over, nobody can change or remove it, or delete a recovery point before its retention ends; acknowledge this warning once the retention of every rule and copy into this vault is settled',
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

  test('is silenced by an earlier acknowledgement on a parent', () => {
    Validations.of(stack).acknowledge({ id, reason });
    vaultWith({ lock: COMPLIANCE });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('is not silenced by the acknowledgement of another id', () => {
    Validations.of(vaultWith({ lock: COMPLIANCE })).acknowledge({ id: 'Backup-DestroyLockedVault', reason });
    expect(warningsOf(stack)).toHaveLength(1);
  });
});

describe('the removal policy', () => {
  const DELETE = { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' };
  const RETAIN = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };

  test('is to retain the vault and its key, when deleted or replaced', () => {
    vaultWith();
    const template = Template.fromStack(stack);
    for (const type of [VAULT, 'AWS::KMS::Key']) template.hasResource(type, RETAIN);
  });

  test.each<[RemovalPolicy, object, string[]]>([
    [
      RemovalPolicy.DESTROY,
      DELETE,
      [
        'Backup-VaultDeletion: `removalPolicy` should not be DESTROY: deleting the stack fails while the vault holds recovery points; use RemovalPolicy.RETAIN, or empty the vault with `VaultContents`',
      ],
    ],
    [RemovalPolicy.RETAIN, RETAIN, []],
    [
      RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' },
      [],
    ],
  ])('can be %s', (removalPolicy, attributes, warnings) => {
    vaultWith({ removalPolicy });
    synthesize(stack).hasResource(VAULT, attributes);
    expect(warningsOf(stack)).toEqual(warnings);
  });

  test('can be set later', () => {
    vaultWith().applyRemovalPolicy(RemovalPolicy.DESTROY);
    Template.fromStack(stack).hasResource(VAULT, DELETE);
  });

  test('can be set by `RemovalPolicies` for a whole scope', () => {
    vaultWith();
    RemovalPolicies.of(stack).destroy();
    Template.fromStack(stack).hasResource(VAULT, DELETE);
  });

  test('is never missing', () => {
    vaultWith();
    MissingRemovalPolicies.of(stack).destroy();
    Template.fromStack(stack).hasResource(VAULT, RETAIN);
  });

  test("can't be DESTROY for a vault in compliance mode", () => {
    const message =
      '`removalPolicy` must not be DESTROY for a vault under a compliance lock: deleting the stack fails while the vault holds recovery points; use RemovalPolicy.RETAIN';
    expect(refusal(() => vaultWith({ lock: COMPLIANCE, removalPolicy: RemovalPolicy.DESTROY }))).toBe(
      message + IN,
    );
    const vault = new BackupVault(stack, 'Other', { lock: COMPLIANCE });
    expect(refusal(() => vault.applyRemovalPolicy(RemovalPolicy.DESTROY))).toBe(
      `${message} (in \`Stack/Other\`)`,
    );
  });

  test('is refused at synthesis for a vault in compliance mode if `RemovalPolicies` sets it to DESTROY', () => {
    vaultWith({ lock: COMPLIANCE });
    RemovalPolicies.of(stack).destroy();
    expect(() => Template.fromStack(stack)).toThrow(
      '[Stack/Vault] `removalPolicy` must not be DESTROY for a vault under a compliance lock: deleting the stack fails while the vault holds recovery points; use RemovalPolicy.RETAIN',
    );
  });

  const WARNING =
    'Backup-DestroyGovernedVault: `removalPolicy` should not be DESTROY for a vault under a governance lock: deleting the stack fails while the vault holds recovery points; use RemovalPolicy.RETAIN';
  test('can be DESTROY for a vault in governance mode, with a warning', () => {
    const vault = vaultWith({ lock: GOVERNANCE, removalPolicy: RemovalPolicy.DESTROY });
    expect(warningsOf(vault)).toEqual([WARNING]);
    Template.fromStack(stack).hasResource(VAULT, DELETE);
    expect(warningsOf(vault)).toEqual([WARNING]);
  });

  test('gets the same warning if `RemovalPolicies` sets it', () => {
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
  ])("can't be another value: %p is refused", (removalPolicy, shown) => {
    const message = `\`removalPolicy\` must be RemovalPolicy.RETAIN, RETAIN_ON_UPDATE_OR_DELETE or DESTROY, got ${shown}`;
    expect(refusal(() => vaultWith({ removalPolicy: removalPolicy as RemovalPolicy }))).toBe(message + IN);
    const vault = new BackupVault(stack, 'Other');
    expect(refusal(() => vault.applyRemovalPolicy(removalPolicy as RemovalPolicy))).toBe(
      `${message} (in \`Stack/Other\`)`,
    );
  });
});

test('several problems of a vault are reported in one error, without warnings', () => {
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
      '  - `backupVaultName` must be 2 to 50 characters from `a-z`, `A-Z`, `0-9`, `-` and `_`, got `a b`; use `a-b`',
      '  - `encryption` must be a `VaultEncryption`, got `aws/backup`; use `VaultEncryption.key(…)` with your own key',
      "  - `copyFrom[0]` must be a `CopySource`, got `111122223333`; for example, use `CopySource.account('111122223333')`",
      '  - `deletionDenial` must be a `DeletionDenial`, got true; use `DeletionDenial.exceptFor(role)` with the deployment role',
      "  - `topic` must be a standard topic, got a FIFO topic, to which AWS Backup can't publish; use a topic without `fifo`",
      '  - `events` must name at least one event, got none; omit it to be notified of failures',
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
])('%s is refused as properties', (_, props, shown) => {
  expect(refusal(() => vaultWith(props as never))).toBe(
    `\`props\` must be an object with properties, got ${shown}${IN}`,
  );
});

test('denying deletion requires a `DeletionDenial`', () => {
  expect(refusal(() => vaultWith().denyDeletion(undefined as never))).toBe(
    '`deletionDenial` must be a `DeletionDenial`, got nothing; use `DeletionDenial.exceptFor(role)` with the deployment role' +
      IN,
  );
});

test('a property injector can set defaults', () => {
  const injector: IPropertyInjector = {
    constructUniqueId: BackupVault.PROPERTY_INJECTION_ID,
    inject: (props) => ({ lock: GOVERNANCE, ...props }),
  };
  const scope = new Stack(testApp({ propertyInjectors: [injector] }), 'Stack');
  expect(new BackupVault(scope, 'Vault').lock).toBe(GOVERNANCE);
  expect(new BackupVault(scope, 'Locked', { lock: COMPLIANCE }).lock).toBe(COMPLIANCE);
});

describe('a name that another vault of the app has in the same account and Region', () => {
  const message = (path: string) =>
    `\`backupVaultName\` \`gold\` is also the name of \`${path}\` in the same account and Region, and AWS Backup rejects a name that already exists; omit it, since generated names are unique within the app`;

  test('is refused, for standard and logically air-gapped vaults', () => {
    const app = testApp();
    const env = { account: '111122223333', region: 'eu-west-1' };
    const here = new Stack(app, 'Here', { env });
    const beside = new Stack(app, 'Beside', { env });
    new BackupVault(here, 'First', { backupVaultName: 'gold' });
    expect(refusal(() => new BackupVault(beside, 'Second', { backupVaultName: 'gold' }))).toBe(
      `${message('Here/First')} (in \`Beside/Second\`)`,
    );
    const airGapped = () =>
      new LogicallyAirGappedVault(here, 'Third', {
        backupVaultName: 'gold',
        minRetention: Duration.days(7),
        maxRetention: Duration.days(365),
        acknowledgeIrreversible: true,
        generation: '7to365',
      });
    expect(refusal(airGapped)).toContain(message('Beside/Second'));
  });

  test('is accepted after the other vault was removed from the construct tree', () => {
    const here = testStack();
    new BackupVault(here, 'First', { backupVaultName: 'gold' });
    here.node.tryRemoveChild('First');
    expect(warningsOf(new BackupVault(here, 'Second', { backupVaultName: 'gold' }))).toEqual([]);
  });

  test('is accepted in another Region, if it is generated, or in environment-agnostic stages', () => {
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
