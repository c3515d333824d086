import { CfnParameter, Duration, Fn, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { IBackupVault } from 'aws-cdk-lib/aws-backup';
import { Key } from 'aws-cdk-lib/aws-kms';
import * as fc from 'fast-check';
import { BackupPlan } from '../../../src/resources/plan/backup-plan';
import { BackupRule } from '../../../src/resources/plan/backup-rule';
import { CopyAction } from '../../../src/resources/plan/copy-action';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import { ImportedBackupVault } from '../../../src/resources/vault/backup-vault-import';
import { Retention } from '../../../src/values/plan/retention';
import { vaultArnProblems } from '../../../src/values/vault/vault-arns';
import { VaultLock } from '../../../src/values/vault/vault-lock';
import { anything } from '../../support/anything';
import { testApp } from '../../support/app';
import { refusal, thrown } from '../../support/refusal';

const ARN = 'arn:aws:backup:eu-west-1:444455556666:backup-vault:central';
const KEY_ARN = 'arn:aws:kms:eu-west-1:444455556666:key/1234';
const LOCK = VaultLock.governance({ minRetention: Duration.days(30), maxRetention: Duration.days(365) });

let stack: Stack;
beforeEach(() => {
  stack = new Stack(testApp(), 'Stack');
});

/** What a vault is in a template, and where it is. */
function resolved(vault: IBackupVault) {
  const { backupVaultName: name, backupVaultArn: arn } = vault.backupVaultRef;
  expect([vault.backupVaultName, vault.backupVaultArn]).toEqual([name, arn]);
  return stack.resolve({ name, arn, env: vault.env });
}

test('a vault imported by its name is in the account and Region of the stack', () => {
  const vault = BackupVault.fromBackupVaultName(stack, 'Vault', 'central');
  expect(resolved(vault)).toEqual({
    name: 'central',
    arn: {
      'Fn::Join': [
        '',
        [
          'arn:',
          { Ref: 'AWS::Partition' },
          ':backup:',
          { Ref: 'AWS::Region' },
          ':',
          { Ref: 'AWS::AccountId' },
          ':backup-vault:central',
        ],
      ],
    },
    env: { account: { Ref: 'AWS::AccountId' }, region: { Ref: 'AWS::Region' } },
  });
});

test('a vault imported by its ARN can be in another account or Region', () => {
  const vault = BackupVault.fromBackupVaultArn(stack, 'Vault', ARN);
  expect(resolved(vault)).toEqual({
    name: 'central',
    arn: ARN,
    env: { account: '444455556666', region: 'eu-west-1' },
  });
});

test('name and ARN can be known only at deployment', () => {
  const name = BackupVault.fromBackupVaultName(stack, 'Name', new CfnParameter(stack, 'N').valueAsString);
  expect(resolved(name).name).toEqual({ Ref: 'N' });
  const arn = BackupVault.fromBackupVaultArn(stack, 'Arn', Fn.importValue('VaultArn'));
  const part = (index: number) => ({
    'Fn::Select': [index, { 'Fn::Split': [':', { 'Fn::ImportValue': 'VaultArn' }] }],
  });
  expect(resolved(arn)).toEqual({
    name: part(6),
    arn: { 'Fn::ImportValue': 'VaultArn' },
    env: { region: part(3), account: part(4) },
  });
});

test.each<[string, string]>([
  ['account', `arn:aws:backup:eu-west-1:${Fn.ref('Account')}:backup-vault:central`],
  ['Region', `arn:aws:backup:${Fn.ref('Region')}:444455556666:backup-vault:central`],
  ['partition', `arn:${Fn.ref('AWS::Partition')}:backup:eu-west-1:444455556666:backup-vault:central`],
])('the %s of an ARN alone can be known only at deployment', (_, arn) => {
  const vault = BackupVault.fromBackupVaultArn(stack, 'Vault', arn);
  expect(vault.backupVaultArn).toBe(arn);
  expect(JSON.stringify(resolved(vault))).not.toContain('Token');
});

test('other attributes of a vault can be set', () => {
  const encryptionKey = Key.fromKeyArn(stack, 'Key', KEY_ARN);
  const vault = BackupVault.fromBackupVaultAttributes(stack, 'Vault', {
    backupVaultArn: ARN,
    backupVaultName: 'central',
    lock: LOCK,
    encryptionKey,
  }) as ImportedBackupVault;
  expect(vault).toBeInstanceOf(ImportedBackupVault);
  expect([vault.lock, vault.encryptionKey, vault.backupVaultName]).toEqual([LOCK, encryptionKey, 'central']);
});

test('an imported vault is not a resource of the stack', () => {
  BackupVault.fromBackupVaultName(stack, 'Vault', 'central');
  expect(Template.fromStack(stack).toJSON().Resources).toBeUndefined();
});

test('rules and copies respect the lock of an imported vault', () => {
  const vault = BackupVault.fromBackupVaultAttributes(stack, 'Vault', {
    backupVaultName: 'central',
    lock: LOCK,
  });
  const short = BackupRule.daily({ retention: Retention.days(7) });
  expect(refusal(() => new BackupPlan(stack, 'Plan', { vault, rules: [short] }))).toMatch(
    /must lie within the lock of `Stack\/Vault` \(30 to 365 days\), got 7 days/,
  );
  const own = new BackupVault(stack, 'Own');
  const copies = [CopyAction.toVault(vault, { retention: Retention.days(366) })];
  const rule = BackupRule.daily({ retention: Retention.days(35), copies });
  expect(refusal(() => new BackupPlan(stack, 'Other', { vault: own, rules: [rule] }))).toMatch(
    /must lie within the lock of `Stack\/Vault` \(30 to 365 days\), got 366 days/,
  );
});

describe('the ARN of a vault', () => {
  test.each([
    ARN,
    'arn:aws-cn:backup:cn-north-1:444455556666:backup-vault:central',
    'arn:aws-us-gov:backup:us-gov-east-1:444455556666:backup-vault:Central_2',
    'arn:aws-eusc:backup:eusc-de-east-1:444455556666:backup-vault:central',
    'arn:aws-iso-b:backup:us-isob-east-1:444455556666:backup-vault:central',
  ])('can be %s', (arn) => {
    expect(vaultArnProblems(arn, 'arn')).toEqual([]);
  });

  test.each([
    ['central', ''],
    [
      'arn:aws:backup:eu-west-1:444455556666:backup-plan:central',
      ', whose resource is `backup-plan`, not `backup-vault` and a colon',
    ],
    ['arn:aws:backup:eu-west-1:4444:backup-vault:central', ', whose account is `4444`, not 12 digits'],
    ['arn:aws:backup::444455556666:backup-vault:central', ', whose Region is an empty string'],
    ['arn:aws:backup:Ireland:444455556666:backup-vault:central', ', whose Region is `Ireland`'],
    ['arn:aws:backup:eu-west-1:444455556666:backup-vault:c', ', whose vault name is `c`'],
    [
      'arn:aws:backup:eu-west-1:444455556666:backup-vault:central:more',
      ', which has 8 parts between colons, not 7',
    ],
    ['arn:aws:s3:eu-west-1:444455556666:backup-vault:central', ', which is an ARN of `s3`'],
    ['urn:aws:backup:eu-west-1:444455556666:backup-vault:central', ''],
    ['arn:amazon:backup:eu-west-1:444455556666:backup-vault:central', ', whose partition is `amazon`'],
  ])('is not %s%s', (arn, fault) => {
    expect(refusal(() => BackupVault.fromBackupVaultArn(stack, 'Vault', arn))).toBe(
      `\`backupVaultArn\` must be the ARN of a backup vault, \`arn:<partition>:backup:<region>:<account>:backup-vault:<name>\`, got \`${arn}\`${fault} (in \`Stack/Vault\`)`,
    );
  });
});

const NEITHER =
  '`backupVaultName` or `backupVaultArn` must be set to refer to an existing vault, got neither (in `Stack/Vault`)';
test.each<[string, unknown, string]>([
  ['neither name nor ARN', {}, NEITHER],
  [
    'a name that differs from the one in the ARN',
    { backupVaultArn: ARN, backupVaultName: 'other' },
    '`backupVaultName` must be the name in `backupVaultArn` (`central`), got `other`; omit it (in `Stack/Vault`)',
  ],
  [
    'a value that is not a lock',
    { backupVaultArn: ARN, lock: { minRetentionDays: 7 } },
    '`lock` must be a `VaultLock`, got an object (in `Stack/Vault`)',
  ],
  [
    'a key by its ARN',
    { backupVaultArn: ARN, encryptionKey: KEY_ARN },
    `\`encryptionKey\` must be a key, got \`${KEY_ARN}\`; refer to an existing one with \`Key.fromKeyArn\` (in \`Stack/Vault\`)`,
  ],
  [
    'nothing at all',
    undefined,
    '`attributes` must be an object with attributes, got nothing (in `Stack/Vault`)',
  ],
  [
    'all of these',
    { backupVaultArn: 'central', backupVaultName: 'a b', lock: 7 },
    [
      '3 problems of `Stack/Vault`:',
      '  - `backupVaultName` must be 2 to 50 characters from `a-z`, `A-Z`, `0-9`, `-` and `_`, got `a b`; use `a-b`',
      '  - `backupVaultArn` must be the ARN of a backup vault, `arn:<partition>:backup:<region>:<account>:backup-vault:<name>`, got `central`',
      '  - `lock` must be a `VaultLock`, got 7',
    ].join('\n'),
  ],
])('%s is refused', (_, attributes, message) => {
  expect(refusal(() => BackupVault.fromBackupVaultAttributes(stack, 'Vault', attributes as never))).toBe(
    message,
  );
});

test('name and ARN are not compared if the ARN is unknown', () => {
  const vault = BackupVault.fromBackupVaultAttributes(stack, 'Vault', {
    backupVaultArn: Fn.importValue('VaultArn'),
    backupVaultName: 'central',
  });
  expect(vault.backupVaultName).toBe('central');
});

test('undefined and null are refused with a message', () => {
  expect(refusal(() => BackupVault.fromBackupVaultArn(stack, 'Vault', undefined as never))).toBe(
    '`backupVaultArn` must be the ARN of a backup vault, `arn:<partition>:backup:<region>:<account>:backup-vault:<name>`, got nothing (in `Stack/Vault`)',
  );
  expect(refusal(() => BackupVault.fromBackupVaultName(stack, 'Vault', null as never))).toBe(
    '`backupVaultName` must be 2 to 50 characters from `a-z`, `A-Z`, `0-9`, `-` and `_`, got null; for example, use `my-backups` (in `Stack/Vault`)',
  );
});

test('any attributes result in a vault or a message', () => {
  let count = 0;
  const make = (attributes: unknown) =>
    thrown(() => {
      const vault = BackupVault.fromBackupVaultAttributes(stack, `Vault${count++}`, attributes as never);
      stack.resolve(vault.backupVaultRef);
    });
  const attributes = fc.record(
    {
      backupVaultName: fc.oneof(fc.constantFrom('central', Fn.importValue('Name')), anything),
      backupVaultArn: fc.oneof(fc.constantFrom(ARN, Fn.importValue('Arn')), anything),
      lock: fc.oneof(fc.constant(LOCK), anything),
      encryptionKey: anything,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(attributes, anything), (value) => void make(value)),
    { numRuns: 500 },
  );
});
