/**
 * What CDK's own CloudFormation validation says in strict mode where the examples don't show it. Each file that starts
 * the engine costs 3 seconds, so that such tests stand here and not beside the constructs.
 */
import { Duration, RemovalPolicy, Stack, Tags, Validations } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import {
  BackupAccessPoint,
  BackupPlan,
  BackupPrerequisites,
  BackupRule,
  BackupVault,
  LegalHold,
  Retention,
  S3RecoveryPoint,
  TagCondition,
} from '../src';
import { testApp } from './support/app';
import { nagFindings } from './support/nag';
import { strictFindings } from './support/strict';

jest.setTimeout(60_000); // the engine

const HERE = { account: '111122223333', region: 'eu-west-1' };

test('resources of aws-cdk-lib have no finding', () => {
  const app = testApp();
  const stack = new Stack(app, 'Stack');
  const plan = backup.BackupPlan.daily35DayRetention(stack, 'Plan', new backup.BackupVault(stack, 'Vault'));
  plan.addSelection('Selection', { resources: [backup.BackupResource.fromTag('backup', 'gold')] });
  expect(strictFindings(app)).toEqual([]);
});

test('errors and warnings of the engine and warnings of constructs are found, except acknowledged ones', () => {
  const app = testApp();
  const stack = new Stack(app, 'Stack');
  const vault = new backup.CfnBackupVault(stack, 'Vault', { backupVaultName: 'a b' });
  vault.applyRemovalPolicy(RemovalPolicy.RETAIN);
  new backup.CfnBackupSelection(stack, 'Selection', {
    backupPlanId: 'id',
    backupSelection: {
      iamRoleArn: 'arn:aws:iam::111122223333:role/backup',
      selectionName: 'gold',
      listOfTags: [{ conditionKey: 'a', conditionType: 'STRINGLIKE', conditionValue: 'b' }],
    },
  });
  Validations.of(vault).addWarning('Backup-Careful', 'look twice');
  Validations.of(vault).addWarning('Backup-Known', 'look twice');
  Validations.of(vault).acknowledge({ id: 'Backup-Known', reason: 'looked twice' });

  expect(strictFindings(app)).toEqual([
    "F3031 Stack/Vault: BackupVaultName: 'a b' does not match pattern '^[a-zA-Z0-9\\-\\_]{2,50}$'",
    expect.stringMatching(
      /^W3030 Stack\/Selection: BackupSelection.ListOfTags.0.ConditionType: 'STRINGLIKE' is not/,
    ),
    'Annotation::Backup-Careful Stack/Vault: look twice',
  ]);
});

test('an app that fails for another reason fails here too', () => {
  const app = testApp();
  new Stack(app, 'Stack').node.addValidation({ validate: () => ['no rules'] });
  expect(() => strictFindings(app)).toThrow('[Stack] no rules');
  expect(process.env.CDK_VALIDATION).toBe('false');
});

test('`Retention.forever()` is accepted with cold storage and without', () => {
  const app = testApp();
  const stack = new Stack(app, 'Stack', { env: HERE });
  const plan = new BackupPlan(stack, 'Plan', {
    vault: BackupVault.fromBackupVaultName(stack, 'Vault', 'vault'),
    rules: [
      BackupRule.monthly({ retention: Retention.forever() }),
      BackupRule.yearly({ retention: Retention.forever(), coldStorageAfter: Duration.days(30) }),
    ],
  });
  plan.addSelection('Volumes', {
    arns: ['arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-1'],
  });
  expect(strictFindings(app)).toEqual([]);
});

test('an access point passes, although the engine does not know its type yet', () => {
  const app = testApp();
  const recoveryPoint = S3RecoveryPoint.snapshot(
    'arn:aws:backup:eu-west-1:111122223333:recovery-point:orders-20261121-0a1b2c3d',
  );
  new BackupAccessPoint(new Stack(app, 'Stack', { env: HERE }), 'Point', { recoveryPoint });
  expect(strictFindings(app)).toEqual([]);
});

test('a legal hold passes, and passes cdk-nag', () => {
  const app = testApp();
  new LegalHold(new Stack(app, 'Stack', { env: HERE }), 'Hold', {
    title: 'Case 1',
    description: 'Ask legal',
    resourceArns: ['arn:aws:s3:::orders'],
  });
  expect(strictFindings(app)).toEqual([]);
  expect(nagFindings(app)).toEqual([]);
});

test('prerequisites pass', () => {
  const app = testApp();
  new BackupPrerequisites(new Stack(app, 'Settings', { env: HERE }), 'Prerequisites');
  const stack = new Stack(app, 'Shop', { env: HERE });
  const table = new Table(stack, 'Orders', { partitionKey: { name: 'id', type: AttributeType.STRING } });
  const plan = new BackupPlan(stack, 'Plan', {
    vault: new BackupVault(stack, 'Vault'),
    rules: [BackupRule.daily({ retention: Retention.days(35) })],
  });
  plan.addSelection('Gold', { tags: [TagCondition.stringEquals('backup', 'gold')] });
  Tags.of(table).add('backup', 'gold');
  expect(strictFindings(app)).toEqual([]);
});
