import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import {
  BackupPlan,
  BackupResource,
  BackupVault,
  CfnBackupSelection,
  CfnBackupVault,
} from 'aws-cdk-lib/aws-backup';
import { testApp } from './app';
import { strictFindings } from './strict';

jest.setTimeout(60_000); // the engine

test('resources of aws-cdk-lib have no finding', () => {
  const app = testApp();
  const stack = new Stack(app, 'Stack');
  const plan = BackupPlan.daily35DayRetention(stack, 'Plan', new BackupVault(stack, 'Vault'));
  plan.addSelection('Selection', { resources: [BackupResource.fromTag('backup', 'gold')] });
  expect(strictFindings(app)).toEqual([]);
});

test('errors and warnings of the engine and warnings of constructs are found, except acknowledged ones', () => {
  const app = testApp();
  const stack = new Stack(app, 'Stack');
  const vault = new CfnBackupVault(stack, 'Vault', { backupVaultName: 'a b' });
  vault.applyRemovalPolicy(RemovalPolicy.RETAIN);
  new CfnBackupSelection(stack, 'Selection', {
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
