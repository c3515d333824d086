import { Aws, CfnParameter, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Alias, CfnKey, type IKeyRef, Key } from 'aws-cdk-lib/aws-kms';
import { BackupKey } from '../../../src/resources/vault/backup-key';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import { VaultEncryption } from '../../../src/resources/vault/vault-encryption';
import { testApp } from '../../support/app';
import { refusal, thrown } from '../../support/refusal';

const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const EU = { account: '111122223333', region: 'eu-west-1' };

let stack: Stack;
beforeEach(() => {
  stack = new Stack(testApp(), 'Stack', { env: EU });
});

function vaultUnder(key: IKeyRef, scope = stack) {
  return new BackupVault(scope, 'Vault', { encryption: VaultEncryption.key(key) });
}

function hasKey(arn: unknown) {
  Template.fromStack(stack).hasResourceProperties('AWS::Backup::BackupVault', { EncryptionKeyArn: arn });
}

test('a vault has its own key by default', () => {
  const vault = new BackupVault(stack, 'Vault');
  expect(vault.encryptionKey).toBeInstanceOf(BackupKey);
  hasKey({ 'Fn::GetAtt': [Match.stringLikeRegexp('^VaultKey'), 'Arn'] });
});

test('which can be said', () => {
  new BackupVault(stack, 'Vault', { encryption: VaultEncryption.newKey() });
  Template.fromStack(stack).resourceCountIs('AWS::KMS::Key', 1);
});

test('with the AWS-managed key, no key is created', () => {
  const vault = new BackupVault(stack, 'Vault', { encryption: VaultEncryption.awsManagedKey() });
  expect(vault.encryptionKey).toBeUndefined();
  hasKey(Match.absent());
  Template.fromStack(stack).resourceCountIs('AWS::KMS::Key', 0);
});

describe('your own key can be', () => {
  test('an L2', () => {
    const key = new Key(stack, 'Key', { enableKeyRotation: true });
    expect(vaultUnder(key).encryptionKey).toBe(key);
    hasKey({ 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] });
  });

  test('an L1', () => {
    vaultUnder(new CfnKey(stack, 'Key', { keyPolicy: {} }));
    hasKey({ 'Fn::GetAtt': ['Key', 'Arn'] });
  });

  test('imported', () => {
    vaultUnder(Key.fromKeyArn(stack, 'Key', KEY_ARN));
    hasKey(KEY_ARN);
  });

  test('known only at deployment', () => {
    const parameter = new CfnParameter(stack, 'Parameter');
    vaultUnder(Key.fromKeyArn(stack, 'Key', parameter.valueAsString));
    hasKey({ Ref: 'Parameter' });
  });

  test('in another stack of the Region', () => {
    const keys = new Stack(stack.node.root as never, 'Keys', { env: EU });
    vaultUnder(new BackupKey(keys, 'Key'));
    const [{ Properties }] = Object.values(
      Template.fromStack(stack).findResources('AWS::Backup::BackupVault'),
    );
    expect(JSON.stringify(Properties.EncryptionKeyArn)).toMatch(/Fn::(ImportValue|GetStackOutput)/);
  });

  test('in a stack whose Region is known only at deployment', () => {
    const anywhere = new Stack(stack.node.root as never, 'Anywhere');
    vaultUnder(Key.fromKeyArn(anywhere, 'Key', KEY_ARN), anywhere);
    Template.fromStack(anywhere).hasResourceProperties('AWS::Backup::BackupVault', {
      EncryptionKeyArn: KEY_ARN,
    });
  });

  test('a hand-written reference', () => {
    vaultUnder({ keyRef: { keyArn: KEY_ARN, keyId: 'id' } } as never);
    hasKey(KEY_ARN);
  });
});

const NO_ALIAS =
  '`encryption` must be a key, got an alias, which AWS Backup rejects for a vault; refer to the key by its ARN (in `Stack/Vault`)';
test.each<[string, () => IKeyRef]>([
  [
    'made in the app',
    () => new Alias(stack, 'Alias', { aliasName: 'alias/backup', targetKey: new Key(stack, 'Key') }),
  ],
  ['imported by its name', () => Alias.fromAliasName(stack, 'Alias', 'alias/backup')],
  [
    'imported as if it were a key',
    () => Key.fromKeyArn(stack, 'Key', KEY_ARN.replace(/key\/.*/, 'alias/backup')),
  ],
  [
    'with a name known only at deployment',
    () => Alias.fromAliasName(stack, 'Alias', `alias/${new CfnParameter(stack, 'Name').valueAsString}`),
  ],
  ['of AWS', () => ({ keyRef: { keyArn: 'alias/aws/backup', keyId: 'alias/aws/backup' } }) as never],
])('an alias %s is refused', (_, alias) => {
  expect(refusal(() => vaultUnder(alias()))).toBe(NO_ALIAS);
});

test('a key in another Region is refused', () => {
  const frankfurt = new Stack(stack.node.root as never, 'Frankfurt', {
    env: { ...EU, region: 'eu-central-1' },
  });
  const message =
    '`encryption` must be a key in the Region of the vault (eu-west-1), got one in eu-central-1; create a key in that Region, or a replica of a multi-Region key (in `Stack/Vault`)';
  expect(refusal(() => vaultUnder(new BackupKey(frankfurt, 'Key')))).toBe(message);
  const imported = Key.fromKeyArn(stack, 'Key', KEY_ARN.replace('eu-west-1', 'eu-central-1'));
  expect(refusal(() => new BackupVault(stack, 'Other', { encryption: VaultEncryption.key(imported) }))).toBe(
    message.replace('Stack/Vault', 'Stack/Other'),
  );
});

test('an alias in another Region is refused for both reasons', () => {
  const alias = Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-east-1:111122223333:alias/backup');
  expect(thrown(() => vaultUnder(alias))?.problems.map(({ id }) => id)).toEqual([
    'Backup-VaultKeyAlias',
    'Backup-VaultKeyRegion',
  ]);
});

test.each<[string, unknown, string]>([
  ['an ARN', KEY_ARN, `\`${KEY_ARN}\``],
  ['nothing', undefined, 'nothing'],
  ['null', null, 'null'],
  ['a stack', Aws, 'a function'],
])('%s is not a key', (_, value, shown) => {
  expect(refusal(() => VaultEncryption.key(value as IKeyRef))).toBe(
    `\`key\` must be a key, got ${shown}; refer to an existing one with \`Key.fromKeyArn\` (in \`VaultEncryption.key\`)`,
  );
});

test('a key must be passed with `VaultEncryption.key`', () => {
  const encryption = new CfnKey(stack, 'Key', { keyPolicy: {} }) as never;
  expect(refusal(() => new BackupVault(stack, 'Vault', { encryption }))).toBe(
    '`encryption` must be a `VaultEncryption`, got an instance of `CfnKey`; use `VaultEncryption.key(…)` with your own key (in `Stack/Vault`)',
  );
});
