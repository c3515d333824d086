import { retentionChecks } from '../../../src/checks/plan/retention-checks';
import {
  findings,
  findingsIn,
  ids,
  PARAMETERS,
  plan,
  rulePath,
  UNKNOWN,
  vault,
} from '../../support/findings';
import { source } from '../../support/templates';

const CONTINUOUS = { EnableContinuousBackup: true };
const OF = 'of rule `rule-1` of plan `gold`';
const RETENTION = 'Lifecycle/DeleteAfterDays';
const VAULT_ARN = { 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] };

const rule = (Lifecycle: object, more: object = {}) => ({ Plan: plan({ Lifecycle, ...more }) });
const locked = (lock: object, Lifecycle: object, more: object = {}) => ({
  Plan: plan({ Lifecycle, TargetBackupVault: { Ref: 'Vault' }, ...more }),
  Vault: vault({ BackupVaultName: 'safe', LockConfiguration: lock }),
});
const copied = (
  lifecycle: object | undefined,
  more: object = {},
  lock: object = { MinRetentionDays: 7 },
) => ({
  Plan: plan({ CopyActions: [{ DestinationBackupVaultArn: VAULT_ARN, Lifecycle: lifecycle }], ...more }),
  Vault: vault({ BackupVaultName: 'copies', LockConfiguration: lock }),
});
const audited = (requiredRetentionDays: string | undefined, Lifecycle: object, more: object = {}) => ({
  ...rule(Lifecycle),
  Audit: {
    Type: 'AWS::Backup::Framework',
    Properties: {
      FrameworkName: 'audit',
      FrameworkControls: [
        {
          ControlName: 'BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK',
          ControlInputParameters: requiredRetentionDays && [
            { ParameterName: 'requiredRetentionDays', ParameterValue: requiredRetentionDays },
          ],
        },
      ],
    },
  },
  ...more,
});

test.each<[string, object, object, string]>([
  [
    'a rule deletes at the earliest 90 days after the move to cold storage',
    rule({ DeleteAfterDays: 119, MoveToColdStorageAfterDays: 30 }),
    rule({ DeleteAfterDays: 120, MoveToColdStorageAfterDays: 30 }),
    `error Backup-ColdStorageGap at ${rulePath(0, RETENTION)}: \`DeleteAfterDays\` ${OF} must be at least 90 days after \`MoveToColdStorageAfterDays\` (30 days), got 119 days; use 120 days or more`,
  ],
  [
    'so does a copy',
    copied({ DeleteAfterDays: 119, MoveToColdStorageAfterDays: 30 }),
    copied({ DeleteAfterDays: 120, MoveToColdStorageAfterDays: 30 }),
    `error Backup-ColdStorageGap at ${rulePath(0, `CopyActions/0/${RETENTION}`)}: \`DeleteAfterDays\` of the copy ${OF} must be at least 90 days after \`MoveToColdStorageAfterDays\` (30 days), got 119 days; use 120 days or more`,
  ],
  [
    'a continuous backup is kept for at most 35 days',
    rule({ DeleteAfterDays: 36 }, CONTINUOUS),
    rule({ DeleteAfterDays: 35 }, CONTINUOUS),
    `error Backup-ContinuousRetention at ${rulePath(0, RETENTION)}: \`DeleteAfterDays\` ${OF} of a continuous backup must be 1 to 35 days, got 36 days; use at most 35 days, and add a snapshot rule for anything you keep longer`,
  ],
  [
    'a continuous backup isn’t kept forever',
    { Plan: plan({ Lifecycle: undefined, ...CONTINUOUS }) },
    rule({ DeleteAfterDays: 1 }, CONTINUOUS),
    `error Backup-ContinuousRetention at ${rulePath(0)}: \`DeleteAfterDays\` ${OF} of a continuous backup must be 1 to 35 days, got forever; use at most 35 days, and add a snapshot rule for anything you keep longer`,
  ],
  [
    'a continuous backup is kept for whole days',
    rule({ DeleteAfterDays: 7.5 }, CONTINUOUS),
    rule({ DeleteAfterDays: 7 }, CONTINUOUS),
    `error Backup-ContinuousRetention at ${rulePath(0, RETENTION)}: \`DeleteAfterDays\` ${OF} of a continuous backup must be 1 to 35 days, got 7.5 days; use at most 35 days, and add a snapshot rule for anything you keep longer`,
  ],
  [
    'the retention of a rule is what the lock of its vault allows',
    locked({ MinRetentionDays: 7, MaxRetentionDays: 30 }, { DeleteAfterDays: 35 }),
    locked({ MinRetentionDays: 7, MaxRetentionDays: 35 }, { DeleteAfterDays: 35 }),
    `error Backup-LockRange at ${rulePath(0, RETENTION)}: \`DeleteAfterDays\` ${OF} must lie within the lock of vault \`safe\` (7 to 30 days), got 35 days: every such job would fail; use 30 days or less`,
  ],
  [
    'what is kept forever exceeds every maximum',
    locked({ MinRetentionDays: 7, MaxRetentionDays: 365 }, { DeleteAfterDays: -1 }),
    locked({ MinRetentionDays: 7 }, { DeleteAfterDays: -1 }),
    `warning Backup-LockRangeForever at ${rulePath(0, RETENTION)}: \`DeleteAfterDays\` ${OF} should lie within the lock of vault \`safe\` (7 to 365 days), got forever: such jobs may fail; use 365 days or less`,
  ],
  [
    'a lifecycle that is omitted exceeds it too',
    { ...locked({ MinRetentionDays: 7, MaxRetentionDays: 365 }, {}, { Lifecycle: undefined }) },
    locked({ MinRetentionDays: 7, MaxRetentionDays: 365 }, { DeleteAfterDays: 365 }),
    `warning Backup-LockRangeForever at ${rulePath(0)}: \`DeleteAfterDays\` ${OF} should lie within the lock of vault \`safe\` (7 to 365 days), got forever: such jobs may fail; use 365 days or less`,
  ],
  [
    'the retention of a copy is what the lock of its destination allows',
    copied({ DeleteAfterDays: 6 }),
    copied({ DeleteAfterDays: 7 }),
    `error Backup-LockRange at ${rulePath(0, `CopyActions/0/${RETENTION}`)}: \`DeleteAfterDays\` of the copy ${OF} must lie within the lock of vault \`copies\` (7 days or more), got 6 days: every such job would fail; use 7 days or more`,
  ],
  [
    'a retention that a control requires should be kept',
    audited('35', { DeleteAfterDays: 30 }),
    audited('30', { DeleteAfterDays: 30 }),
    `warning Backup-AuditRetention at ${rulePath(0, RETENTION)}: \`DeleteAfterDays\` ${OF} should be at least 35 days, as control \`BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK\` of framework \`audit\` requires; use 35 days or more`,
  ],
  [
    'a control requires 35 days by default',
    audited(undefined, { DeleteAfterDays: 34 }),
    audited(undefined, { DeleteAfterDays: 35 }),
    `warning Backup-AuditRetention at ${rulePath(0, RETENTION)}: \`DeleteAfterDays\` ${OF} should be at least 35 days, as control \`BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK\` of framework \`audit\` requires; use 35 days or more`,
  ],
  [
    'a rule should say how long recovery points are kept',
    { Plan: plan({ Lifecycle: undefined }) },
    rule({ DeleteAfterDays: -1 }),
    `warning Backup-RetentionMissing at ${rulePath(0)}: \`DeleteAfterDays\` ${OF} is not set, so recovery points are kept forever; set \`DeleteAfterDays\`, or use -1 to keep recovery points forever`,
  ],
  [
    'which is noted where they go to cold storage',
    rule({ MoveToColdStorageAfterDays: 30 }),
    rule({ MoveToColdStorageAfterDays: 30, DeleteAfterDays: 365 }),
    `note Backup-ColdStorageForever at ${rulePath(0, 'Lifecycle')}: \`DeleteAfterDays\` ${OF} is not set, so recovery points are kept forever; set \`DeleteAfterDays\`, at least 90 days after the transition to cold storage`,
  ],
  [
    'so should a copy',
    copied(undefined),
    copied({ DeleteAfterDays: 35 }),
    `warning Backup-CopyRetentionMissing at ${rulePath(0, 'CopyActions/0')}: \`DeleteAfterDays\` of the copy ${OF} is not set, so the copy is kept as long as its source, as AWS documents (35 days); set \`DeleteAfterDays\` in the \`Lifecycle\` of the copy, for example to 35`,
  ],
  [
    'a copy can’t be kept forever where its source isn’t',
    copied({ DeleteAfterDays: -1 }),
    copied({ DeleteAfterDays: -1 }, { Lifecycle: { DeleteAfterDays: -1 } }),
    `warning Backup-ForeverCopy at ${rulePath(0, `CopyActions/0/${RETENTION}`)}: \`DeleteAfterDays\` of the copy ${OF} is forever, but AWS Backup deletes such a copy when the retention of its source ends (35 days); set 36500 for the copy, or keep the source forever`,
  ],
])('%s', (_, bad, good, line) => {
  expect(findings(retentionChecks, bad)).toEqual([line]);
  expect(ids(retentionChecks, good)).toEqual([]);
});

describe('all that is asked of one retention gets one answer', () => {
  test('a way out fulfils the lock, cold storage and continuous backup at once', () => {
    const template = locked(
      { MinRetentionDays: 7, MaxRetentionDays: 365 },
      { DeleteAfterDays: 90, MoveToColdStorageAfterDays: 30 },
    );
    expect(findings(retentionChecks, template)).toEqual([
      `error Backup-ColdStorageGap at ${rulePath(0, RETENTION)}: \`DeleteAfterDays\` ${OF} must be at least 90 days after \`MoveToColdStorageAfterDays\` (30 days), got 90 days; use 120 to 365 days`,
    ]);
  });

  test('what several things require is reported together', () => {
    const template = locked(
      { MinRetentionDays: 7, MaxRetentionDays: 365 },
      { DeleteAfterDays: 5, MoveToColdStorageAfterDays: 30 },
    );
    expect(findings(retentionChecks, template)).toEqual([
      `error Backup-RetentionConflict at ${rulePath(0, RETENTION)}: \`DeleteAfterDays\` ${OF} is 5 days, but \`MoveToColdStorageAfterDays\` (30 days) requires at least 120 days, and the lock of vault \`safe\` allows 7 to 365 days; use 120 to 365 days`,
    ]);
  });

  test('what nothing can meet is reported with what would relax it', () => {
    const template = locked({ MinRetentionDays: 60 }, { DeleteAfterDays: 35 }, CONTINUOUS);
    expect(findings(retentionChecks, template)).toEqual([
      `error Backup-RetentionConflict at ${rulePath(0, RETENTION)}: \`DeleteAfterDays\` ${OF} is 35 days, but continuous backup allows 1 to 35 days, and the lock of vault \`safe\` allows 60 days or more: no retention satisfies all of these; choose another vault than vault \`safe\`, or remove \`EnableContinuousBackup\``,
    ]);
  });

  test('a lock that AWS refuses asks for nothing', () => {
    const template = locked({ MinRetentionDays: 7, MaxRetentionDays: 5 }, { DeleteAfterDays: 35 });
    expect(findings(retentionChecks, template)).toEqual([]);
  });

  test('a standard vault and the logically air-gapped vault beside it are asked both', () => {
    const template = {
      ...locked(
        { MinRetentionDays: 1, MaxRetentionDays: 90 },
        { DeleteAfterDays: 30 },
        { TargetLogicallyAirGappedBackupVaultArn: { 'Fn::GetAtt': ['Gap', 'BackupVaultArn'] } },
      ),
      Gap: {
        Type: 'AWS::Backup::LogicallyAirGappedBackupVault',
        Properties: { BackupVaultName: 'gap', MinRetentionDays: 60, MaxRetentionDays: 365 },
      },
    };
    expect(findings(retentionChecks, template)).toEqual([
      `error Backup-LockRange at ${rulePath(0, RETENTION)}: \`DeleteAfterDays\` ${OF} must lie within the lock of logically air-gapped vault \`gap\` (60 to 365 days), got 30 days: every such job would fail; use 60 to 90 days`,
    ]);
  });

  test('a control that a lock is in the way of is reported with that lock', () => {
    const template = audited(
      '35',
      {},
      locked({ MinRetentionDays: 7, MaxRetentionDays: 30 }, { DeleteAfterDays: 30 }),
    );
    expect(findings(retentionChecks, template)).toEqual([
      `warning Backup-RetentionGoalConflict at ${rulePath(0, RETENTION)}: \`DeleteAfterDays\` ${OF} is 30 days, but the lock of vault \`safe\` allows 7 to 30 days, and control \`BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK\` of framework \`audit\` requires at least 35 days: no retention satisfies all of these; lower \`requiredRetentionDays\` of control \`BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK\` of framework \`audit\`, or choose another vault than vault \`safe\``,
    ]);
  });

  test('a copy that takes the retention of its source is checked with that', () => {
    const template = copied(undefined, {}, { MinRetentionDays: 60 });
    expect(findings(retentionChecks, template)[0]).toBe(
      `error Backup-LockRange at ${rulePath(0, 'CopyActions/0')}: \`DeleteAfterDays\` of the copy ${OF}, which it takes from its source, must lie within the lock of vault \`copies\` (60 days or more), got 35 days: every such job would fail; use 60 days or more`,
    );
  });
});

test('a control of another Region requires nothing', () => {
  const { Plan, Audit } = audited('35', { DeleteAfterDays: 30 });
  const both = (region: string) =>
    findingsIn(retentionChecks, [
      source({ Resources: { Plan } }, { id: 'One' }),
      source({ Resources: { Audit } }, { id: 'Two', region }),
    ]);
  expect(both('us-east-1')).toHaveLength(1);
  expect(both('eu-west-1')).toEqual([]);
});

test.each<[string, object]>([
  ['a retention', locked({ MinRetentionDays: 60 }, { DeleteAfterDays: UNKNOWN })],
  ['a lock', locked({ MinRetentionDays: UNKNOWN, MaxRetentionDays: UNKNOWN }, { DeleteAfterDays: 35 })],
  ['a vault', rule({ DeleteAfterDays: 35 }, { TargetBackupVault: UNKNOWN })],
  ['what is continuous', rule({ DeleteAfterDays: 90 }, { EnableContinuousBackup: UNKNOWN })],
  ['a move to cold storage', rule({ DeleteAfterDays: 90, MoveToColdStorageAfterDays: UNKNOWN })],
  ['a control', audited(UNKNOWN as never, { DeleteAfterDays: 1 })],
  ['a lifecycle', rule(UNKNOWN)],
  ['a copy', copied(UNKNOWN)],
])('%s that isn’t known is not checked', (_, template) => {
  expect(ids(retentionChecks, template, PARAMETERS)).toEqual([]);
});
