import { Duration, Fn, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnLogicallyAirGappedBackupVault } from 'aws-cdk-lib/aws-backup';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogicallyAirGappedVault } from '../../../src/resources/air-gapped-vault/logically-air-gapped-vault';
import type {
  ILogicallyAirGappedVault,
  LogicallyAirGappedVaultAttributes,
} from '../../../src/resources/air-gapped-vault/logically-air-gapped-vault-import';
import { BackupPlan } from '../../../src/resources/plan/backup-plan';
import { BackupRule } from '../../../src/resources/plan/backup-rule';
import { CopyAction } from '../../../src/resources/plan/copy-action';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import { lockOf } from '../../../src/resources/vault/vault-facts';
import { Retention } from '../../../src/values/plan/retention';
import { refusal } from '../../support/refusal';
import { testStack } from '../../support/synthesis';
import { warningsOf } from '../../support/warnings';

const ARN = 'arn:aws:backup:us-east-1:444455556666:backup-vault:gap';
const LOCAL = 'arn:aws:backup:eu-west-1:111122223333:backup-vault:gap';
const days = (days: number) => Duration.days(days);
const RANGE = { minRetention: days(7), maxRetention: days(365) };

let stack: Stack;
beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(); // warnings at synthesis
  stack = testStack();
});

function imported(attributes: LogicallyAirGappedVaultAttributes): ILogicallyAirGappedVault {
  return LogicallyAirGappedVault.fromBackupVaultAttributes(stack, 'Gap', attributes);
}

describe('an existing vault', () => {
  test('can be referred to by its name', () => {
    const vault = LogicallyAirGappedVault.fromBackupVaultName(stack, 'Gap', 'gap');
    expect(vault.logicallyAirGappedBackupVaultRef).toEqual({ backupVaultName: 'gap' });
    expect(vault.backupVaultRef).toEqual({ backupVaultName: 'gap', backupVaultArn: LOCAL });
    expect([vault.minRetentionDays, vault.maxRetentionDays, lockOf(vault)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('can be referred to by its ARN, even in another account and Region', () => {
    const vault = LogicallyAirGappedVault.fromBackupVaultArn(stack, 'Gap', ARN);
    expect(vault.backupVaultRef).toEqual({ backupVaultName: 'gap', backupVaultArn: ARN });
    expect(vault.env).toEqual({ account: '444455556666', region: 'us-east-1' });
  });

  test('can be referred to by all its attributes', () => {
    const encryptionKey = Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-east-1:444455556666:key/1234');
    const vault = imported({ backupVaultArn: ARN, encryptionKey, ...RANGE });
    expect([vault.backupVaultName, vault.minRetentionDays, vault.maxRetentionDays]).toEqual(['gap', 7, 365]);
    expect((vault as { encryptionKey?: unknown }).encryptionKey).toBe(encryptionKey);
    expect(lockOf(vault)).toEqual({ minRetentionDays: 7, maxRetentionDays: 365 });
  });

  test('can be known only at deployment', () => {
    const arn = Fn.importValue('Gap');
    expect(stack.resolve(imported({ backupVaultArn: arn }).backupVaultArn)).toEqual({
      'Fn::ImportValue': 'Gap',
    });
  });

  test('grants like other imported vaults', () => {
    const role = new Role(stack, 'Role', {
      assumedBy: Role.fromRoleArn(stack, 'Other', 'arn:aws:iam::111122223333:role/other'),
    });
    imported({ backupVaultArn: LOCAL }).grant(role, 'backup:DescribeBackupVault');
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [{ Action: 'backup:DescribeBackupVault', Resource: LOCAL }] },
    });
  });

  test.each<[string, unknown, string]>([
    [
      'nothing',
      {},
      '`backupVaultName` or `backupVaultArn` must be set to refer to an existing vault, got neither',
    ],
    ['no attributes', null, '`attributes` must be an object with attributes, got null'],
    [
      'no name',
      { backupVaultName: 'g' },
      '`backupVaultName` must be 2 to 50 characters from `a-z`, `A-Z`, `0-9`, `-` and `_`, got `g`; for example, use `my-backups`',
    ],
    [
      'an ARN that is not a vault',
      { backupVaultArn: 'arn:aws:s3:::gap' },
      '`backupVaultArn` must be the ARN of a backup vault, `arn:<partition>:backup:<region>:<account>:backup-vault:<name>`, got `arn:aws:s3:::gap`',
    ],
    [
      'no range',
      { backupVaultName: 'gap', minRetention: 7 },
      '`minRetention` must be a `Duration`, got 7; write `Duration.days(7)`',
    ],
    [
      'a range that is invalid',
      { backupVaultName: 'gap', maxRetention: days(6) },
      '`maxRetention` must be a whole number from 7 to 36500 days, got 6; use 7 days or more',
    ],
    [
      'a range the wrong way round',
      { backupVaultName: 'gap', minRetention: days(9), maxRetention: days(8) },
      '`maxRetention` must not be shorter than `minRetention` (9 days), got 8 days; use 9 days or more',
    ],
    [
      'no key',
      { backupVaultName: 'gap', encryptionKey: 'key' },
      '`encryptionKey` must be a key, got `key`; refer to an existing one with `Key.fromKeyArn`',
    ],
  ])("can't be referred to with %s", (_, attributes, message) => {
    expect(refusal(() => imported(attributes as never))).toContain(message);
  });
});

describe('a rule and its copies', () => {
  const made = () =>
    new LogicallyAirGappedVault(stack, 'Gap', {
      ...RANGE,
      acknowledgeIrreversible: true,
      generation: '7to365',
    });
  const vaults: [string, () => ILogicallyAirGappedVault][] = [
    ['made in this app', made],
    ['imported', () => imported({ backupVaultName: 'gap', ...RANGE })],
  ];
  const planWith = (rule: BackupRule) =>
    new BackupPlan(stack, 'Plan', { vault: new BackupVault(stack, 'Vault'), rules: [rule] });

  test.each(vaults)('are stored in a vault %s as the primary target', (_, vault) => {
    planWith(BackupRule.daily({ retention: Retention.days(35), airGappedVault: vault() }));
    Template.fromStack(stack).hasResourceProperties('AWS::Backup::BackupPlan', {
      BackupPlan: {
        BackupPlanRule: [
          { TargetBackupVault: Match.anyValue(), TargetLogicallyAirGappedBackupVaultArn: Match.anyValue() },
        ],
      },
    });
    expect(warningsOf(stack)).toEqual([]);
  });

  test.each(vaults)('are copied to a vault %s', (_, vault) => {
    const gap = vault();
    const copies = [
      CopyAction.toVault(gap, { retention: Retention.days(90) }),
      CopyAction.toAirGappedVault(gap, { retention: Retention.days(100) }),
    ];
    planWith(BackupRule.daily({ retention: Retention.days(35), copies }));
    const [plan] = Object.values(Template.fromStack(stack).findResources('AWS::Backup::BackupPlan'));
    const arns = plan.Properties.BackupPlan.BackupPlanRule[0].CopyActions.map(
      (copy: { DestinationBackupVaultArn: unknown }) => copy.DestinationBackupVaultArn,
    );
    expect(arns).toEqual([stack.resolve(gap.backupVaultArn), stack.resolve(gap.backupVaultArn)]);
  });

  test.each(vaults)('must be within the range of a vault %s', (_, vault) => {
    const gap = vault();
    const label = '`Stack/Gap`';
    expect(
      refusal(() => planWith(BackupRule.daily({ retention: Retention.days(3), airGappedVault: gap }))),
    ).toContain(
      `\`retention\` of the rule \`daily\` must lie within the lock of ${label} (7 to 365 days), got 3 days: every such job would fail; use 7 days or more`,
    );
    stack.node.tryRemoveChild('Vault');
    stack.node.tryRemoveChild('Plan');
    const copies = [CopyAction.toVault(gap, { retention: Retention.years(2) })];
    expect(refusal(() => planWith(BackupRule.daily({ retention: Retention.days(35), copies })))).toContain(
      `\`retention\` of a copy of the rule \`daily\` must lie within the lock of ${label} (7 to 365 days), got 730 days: every such job would fail; use 365 days or less`,
    );
  });

  test('must respect the known end of the range', () => {
    const gap = imported({ backupVaultName: 'gap', maxRetention: days(365) });
    expect(
      refusal(() => planWith(BackupRule.daily({ retention: Retention.days(366), airGappedVault: gap }))),
    ).toContain('(1 to 365 days), got 366 days: every such job would fail; use 365 days or less');
  });

  test('need a standard vault in addition', () => {
    const message =
      '`vault` must be a backup vault, got an instance of `LogicallyAirGappedVault`; set it as `airGappedVault` of the rule, and a standard vault as `vault`';
    const gap = made();
    expect(refusal(() => BackupRule.daily({ retention: Retention.days(35), vault: gap }))).toContain(message);
    expect(refusal(() => new BackupPlan(stack, 'Plan', { vault: gap }))).toContain(message);
  });

  test("can't have a primary target in another Region", () => {
    const gap = imported({ backupVaultArn: LOCAL.replace('eu-west-1', 'us-east-1') });
    expect(
      refusal(() => planWith(BackupRule.daily({ retention: Retention.days(35), airGappedVault: gap }))),
    ).toContain(
      '`airGappedVault` of the rule `daily` must be in the Region of the plan (eu-west-1), got us-east-1',
    );
  });
});

test('the range of an L1 of aws-cdk-lib is respected too', () => {
  const gap = new CfnLogicallyAirGappedBackupVault(stack, 'Gap', {
    backupVaultName: 'gap',
    minRetentionDays: 7,
    maxRetentionDays: 70,
  });
  expect(lockOf(gap)).toEqual({ minRetentionDays: 7, maxRetentionDays: 70 });
});
