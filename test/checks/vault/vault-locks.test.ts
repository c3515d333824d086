import { vaultLockChecks } from '../../../src/checks/vault/vault-locks';
import { findings, ids, PARAMETERS, UNKNOWN, vault } from '../../support/findings';

const LOCK = 'Resources/Vault/Properties/LockConfiguration';
const PROPERTIES = 'Resources/Vault/Properties';
const locked = (LockConfiguration: object) => ({ Vault: vault({ LockConfiguration }) });
const airGapped = (properties: object) => ({
  Vault: {
    Type: 'AWS::Backup::LogicallyAirGappedBackupVault',
    Properties: { BackupVaultName: 'gap', ...properties },
  },
});
const errors = (template: object) =>
  findings(vaultLockChecks, template).filter((line) => line.startsWith('error'));

test.each<[string, object, object, string]>([
  [
    'its minimum is a day or more',
    locked({ MinRetentionDays: 0 }),
    locked({ MinRetentionDays: 1 }),
    `error Backup-LockConfiguration at ${LOCK}/MinRetentionDays: \`MinRetentionDays\` of vault \`vault\` must be a whole number from 1 to 36500 days, got 0; use 1 day or more`,
  ],
  [
    'its maximum is not below its minimum',
    locked({ MinRetentionDays: 36, MaxRetentionDays: 35 }),
    locked({ MinRetentionDays: 7, MaxRetentionDays: 36_500 }),
    `error Backup-LockConfiguration at ${LOCK}/MaxRetentionDays: \`MaxRetentionDays\` of vault \`vault\` must not be shorter than \`MinRetentionDays\` (36 days), got 35 days; use 36 days or more`,
  ],
  [
    'it can be changed for 3 days or more',
    locked({ MinRetentionDays: 1, ChangeableForDays: 2 }),
    locked({ MinRetentionDays: 1, ChangeableForDays: 3 }),
    `error Backup-LockConfiguration at ${LOCK}/ChangeableForDays: \`ChangeableForDays\` of vault \`vault\` must be a whole number from 3 to 36500 days, got 2; use 3 days or more`,
  ],
  [
    'that of a logically air-gapped vault begins with 7 days',
    airGapped({ MinRetentionDays: 6, MaxRetentionDays: 35 }),
    airGapped({ MinRetentionDays: 7, MaxRetentionDays: 7 }),
    `error Backup-AirGappedVaultRetention at ${PROPERTIES}/MinRetentionDays: \`MinRetentionDays\` of logically air-gapped vault \`gap\` must be a whole number from 7 to 36500 days, got 6; use 7 days or more`,
  ],
  [
    'the maximum of a logically air-gapped vault is not below its minimum',
    airGapped({ MinRetentionDays: 30, MaxRetentionDays: 29 }),
    airGapped({ MinRetentionDays: 7, MaxRetentionDays: 36_500 }),
    `error Backup-AirGappedVaultRetention at ${PROPERTIES}/MaxRetentionDays: \`MaxRetentionDays\` of logically air-gapped vault \`gap\` must not be shorter than \`MinRetentionDays\` (30 days), got 29 days; use 30 days or more`,
  ],
])('a lock has the numbers that AWS Backup accepts: %s', (_, bad, good, line) => {
  expect(errors(bad)).toEqual([line]);
  expect(errors(good)).toEqual([]);
});

test('a lock in compliance mode shows from when on nobody can undo it', () => {
  expect(findings(vaultLockChecks, locked({ MinRetentionDays: 7, ChangeableForDays: 10 }))).toEqual([
    `warning Backup-ComplianceLock at ${LOCK}: \`LockConfiguration\` of vault \`vault\` is a compliance lock: from 2026-12-01 on, if deployed today, nobody can change or remove it, or delete a recovery point before its retention ends; acknowledge this warning once the retention of every rule and copy into this vault is settled`,
  ]);
  expect(ids(vaultLockChecks, locked({ MinRetentionDays: 7 }))).toEqual([]);
});

test('a logically air-gapped vault is noted', () => {
  expect(findings(vaultLockChecks, airGapped({ MinRetentionDays: 7, MaxRetentionDays: 30 }))).toEqual([
    'note Backup-AirGappedVaultLock at Resources/Vault: logically air-gapped vault `gap` is locked in compliance mode from its creation, so nobody can delete a recovery point before its retention ends; check the retention of every rule and copy into the vault before you deploy it',
  ]);
});

test('numbers that aren’t known are not checked', () => {
  const open = { MinRetentionDays: UNKNOWN, MaxRetentionDays: UNKNOWN };
  expect(ids(vaultLockChecks, locked(open), PARAMETERS)).toEqual([]);
  expect(ids(vaultLockChecks, locked(UNKNOWN), PARAMETERS)).toEqual([]);
  const found = findings(
    vaultLockChecks,
    locked({ ...open, ChangeableForDays: UNKNOWN }),
    undefined,
    PARAMETERS,
  );
  expect(found).toEqual([
    `warning Backup-ComplianceLock at ${LOCK}: \`LockConfiguration\` of vault \`vault\` is a compliance lock: once the cooling-off period is over, nobody can change or remove it, or delete a recovery point before its retention ends; acknowledge this warning once the retention of every rule and copy into this vault is settled`,
  ]);
});
