import { Duration, Fn, Lazy, Stack } from 'aws-cdk-lib';
import {
  CfnBackupVault,
  CfnLogicallyAirGappedBackupVault,
  BackupVault as CoreBackupVault,
  type IBackupVaultRef,
} from 'aws-cdk-lib/aws-backup';
import { Key } from 'aws-cdk-lib/aws-kms';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import {
  differentEnvironment,
  isAirGapped,
  lockOf,
  vaultLabel,
} from '../../../src/resources/vault/vault-facts';
import { VaultLock } from '../../../src/values/vault/vault-lock';
import { testApp } from '../../support/app';

const LOCK = VaultLock.governance({ minRetention: Duration.days(7), maxRetention: Duration.days(70) });
const DAYS = { minRetentionDays: 7, maxRetentionDays: 70 };

let stack: Stack;
beforeEach(() => {
  stack = new Stack(testApp(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
});

describe('the lock of a vault is found', () => {
  test.each<[string, () => IBackupVaultRef]>([
    ['ours', () => new BackupVault(stack, 'Vault', { lock: LOCK })],
    [
      'an imported one',
      () => BackupVault.fromBackupVaultAttributes(stack, 'Vault', { backupVaultName: 'central', lock: LOCK }),
    ],
    [
      'the one of aws-cdk-lib',
      () =>
        new CoreBackupVault(stack, 'Vault', {
          lockConfiguration: { minRetention: Duration.days(7), maxRetention: Duration.days(70) },
        }),
    ],
    [
      'an L1',
      () => new CfnBackupVault(stack, 'Vault', { backupVaultName: 'central', lockConfiguration: DAYS }),
    ],
  ])('for %s', (_, vault) => {
    expect(lockOf(vault())).toMatchObject(DAYS);
  });

  test('for a logically air-gapped one', () => {
    const vault = new CfnLogicallyAirGappedBackupVault(stack, 'Vault', { backupVaultName: 'gap', ...DAYS });
    expect(lockOf(vault)).toMatchObject(DAYS);
    expect(isAirGapped(vault)).toBe(true);
  });
});

describe('no lock is found', () => {
  test.each<[string, () => IBackupVaultRef]>([
    ['for ours without one', () => new BackupVault(stack, 'Vault')],
    ['for an imported one', () => BackupVault.fromBackupVaultName(stack, 'Vault', 'central')],
    [
      'for a vault imported by aws-cdk-lib',
      () => CoreBackupVault.fromBackupVaultName(stack, 'Vault', 'central'),
    ],
    ['for an L1 without one', () => new CfnBackupVault(stack, 'Vault', { backupVaultName: 'central' })],
    [
      'for an L1 whose lock is set later',
      () =>
        new CfnBackupVault(stack, 'Vault', {
          backupVaultName: 'central',
          lockConfiguration: Lazy.any({ produce: () => DAYS }),
        }),
    ],
    ['for a hand-written reference', () => ({ backupVaultRef: { backupVaultName: 'central' } }) as never],
    ['for a value that is not a vault', () => new Key(stack, 'Key') as never],
  ])('%s', (_, vault) => {
    const made = vault();
    expect([lockOf(made), isAirGapped(made)]).toEqual([undefined, false]);
  });
});

test.each([undefined, null, 'central'])('%p is not an air-gapped vault', (vault) => {
  expect(isAirGapped(vault as never)).toBe(false);
});

test('messages identify a vault by its path', () => {
  expect(vaultLabel(new BackupVault(stack, 'Vault'))).toBe('`Stack/Vault`');
});

test.each<[string, string, object | undefined]>([
  ['111122223333', 'eu-west-1', undefined],
  ['444455556666', 'eu-west-1', { what: 'account', here: '111122223333', there: '444455556666' }],
  ['111122223333', 'eu-west-2', { what: 'Region', here: 'eu-west-1', there: 'eu-west-2' }],
  [Fn.ref('Account'), 'eu-west-1', undefined],
  [Fn.ref('Account'), 'eu-west-2', { what: 'Region', here: 'eu-west-1', there: 'eu-west-2' }],
])('environments are compared as far as they are known (%s, %s)', (account, region, difference) => {
  expect(differentEnvironment(stack, { env: { account, region } })).toEqual(difference);
  expect(differentEnvironment(new Stack(), { env: { account, region } })).toBeUndefined();
});
