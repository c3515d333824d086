const { App, Stack, CfnResource } = require('aws-cdk-lib');
const app = new App({ outdir: 'cdk.out' });
const stack = new Stack(app, 'Backup', { env: { account: '111122223333', region: 'us-gov-west-1' } });
new CfnResource(stack, 'Vault', {
  type: 'AWS::Backup::BackupVault',
  properties: { BackupVaultName: 'main' },
});
new CfnResource(stack, 'Role', {
  type: 'AWS::IAM::Role',
  properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ],
    },
    ManagedPolicyArns: ['arn:aws-us-gov:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup'],
  },
});
new CfnResource(stack, 'Plan', {
  type: 'AWS::Backup::BackupPlan',
  properties: {
    BackupPlan: {
      BackupPlanName: 'daily',
      BackupPlanRule: [
        {
          RuleName: 'daily',
          TargetBackupVault: 'main',
          ScheduleExpression: 'cron(0 5 ? * * *)',
          Lifecycle: { DeleteAfterDays: 35 },
        },
      ],
    },
  },
});
new CfnResource(stack, 'Selection', {
  type: 'AWS::Backup::BackupSelection',
  properties: {
    BackupPlanId: { Ref: 'Plan' },
    BackupSelection: {
      SelectionName: 'volumes',
      IamRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
      Resources: ['arn:aws:ec2:*:*:volume/*'],
    },
  },
});
app.synth();
