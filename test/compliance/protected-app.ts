import { type Inventory, inventoryOf } from '../../src/inventory/inventory';
import { source } from '../support/templates';

export const MAIN = '111111111111';
export const BACKUP = '222222222222';

// biome-ignore lint/suspicious/noExplicitAny: tests change any part of a template
type Template = Record<string, any>;

/** What an app and its backup account have. Tests change it, so it is made anew for each. */
export interface Templates {
  readonly app: Template;
  readonly backup: Template;
}

/** A table that meets every key of the standards that a template can show: the account of the app, and that of its copies. */
export function protectedApp(): Templates {
  const app = {
    Resources: {
      Orders: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          TableName: 'orders',
          Tags: [{ Key: 'backup', Value: 'gold' }],
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        },
      },
      Key: { Type: 'AWS::KMS::Key', Properties: { EnableKeyRotation: true } },
      Vault: {
        Type: 'AWS::Backup::BackupVault',
        Properties: {
          BackupVaultName: 'main',
          EncryptionKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] },
          AccessPolicy: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Deny',
                Principal: { AWS: '*' },
                Action: [
                  'backup:DeleteRecoveryPoint',
                  'backup:UpdateRecoveryPointLifecycle',
                  'backup:PutBackupVaultAccessPolicy',
                ],
                Resource: '*',
                Condition: { ArnNotEquals: { 'aws:PrincipalArn': `arn:aws:iam::${MAIN}:role/deploy` } },
              },
            ],
          },
        },
      },
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: 'backup',
          AssumeRolePolicyDocument: {
            Statement: [
              { Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:AssumeRole' },
            ],
          },
          ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup'],
        },
      },
      Plan: {
        Type: 'AWS::Backup::BackupPlan',
        Properties: {
          BackupPlan: {
            BackupPlanName: 'gold',
            AdvancedBackupSettings: [],
            BackupPlanRule: [
              {
                RuleName: 'daily',
                TargetBackupVault: { Ref: 'Vault' },
                ScheduleExpression: 'cron(0 5 ? * * *)',
                Lifecycle: { DeleteAfterDays: 90 },
                CopyActions: [
                  {
                    DestinationBackupVaultArn: `arn:aws:backup:eu-central-1:${BACKUP}:backup-vault:central`,
                    Lifecycle: { DeleteAfterDays: 120 },
                  },
                ],
              },
            ],
          },
        },
      },
      Selection: {
        Type: 'AWS::Backup::BackupSelection',
        Properties: {
          BackupPlanId: { Ref: 'Plan' },
          BackupSelection: {
            SelectionName: 'gold',
            IamRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
            ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: 'gold' }],
          },
        },
      },
      Testing: {
        Type: 'AWS::Backup::RestoreTestingPlan',
        Properties: {
          RestoreTestingPlanName: 'testing',
          ScheduleExpression: 'cron(0 9 ? * SUN *)',
          RecoveryPointSelection: {
            Algorithm: 'RANDOM_WITHIN_WINDOW',
            IncludeVaults: ['*'],
            RecoveryPointTypes: ['SNAPSHOT'],
          },
        },
      },
      Tested: {
        Type: 'AWS::Backup::RestoreTestingSelection',
        Properties: {
          RestoreTestingPlanName: { Ref: 'Testing' },
          RestoreTestingSelectionName: 'tables',
          ProtectedResourceType: 'DynamoDB',
          ProtectedResourceArns: ['*'],
          IamRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
        },
      },
      Framework: {
        Type: 'AWS::Backup::Framework',
        Properties: {
          FrameworkControls: [
            {
              ControlName: 'RESTORE_TIME_FOR_RESOURCES_MEET_TARGET',
              ControlInputParameters: [{ ParameterName: 'maxRestoreTime', ParameterValue: '240' }],
            },
          ],
        },
      },
      Reports: {
        Type: 'AWS::S3::Bucket',
        Properties: {
          LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: 3650 }] },
          Tags: [{ Key: 'backup:opt-out-reason', Value: 'delivered again every day' }],
        },
      },
      Jobs: {
        Type: 'AWS::Backup::ReportPlan',
        Properties: {
          ReportPlanName: 'jobs',
          ReportSetting: { ReportTemplate: 'BACKUP_JOB_REPORT' },
          ReportDeliveryChannel: { S3BucketName: { Ref: 'Reports' } },
        },
      },
      Failed: {
        Type: 'AWS::Events::Rule',
        Properties: {
          EventPattern: {
            source: ['aws.backup'],
            'detail-type': ['Backup Job State Change'],
            detail: { state: ['FAILED', 'EXPIRED'] },
          },
          Targets: [{ Id: 'topic', Arn: `arn:aws:sns:eu-west-1:${MAIN}:alarms` }],
        },
      },
      Hold: {
        Type: 'AWS::Backup::LegalHold',
        Properties: { Title: 'case 1', Description: 'ask legal' },
      },
    },
  };
  const backup = {
    Resources: {
      Key: { Type: 'AWS::KMS::Key', Properties: { EnableKeyRotation: true } },
      Vault: {
        Type: 'AWS::Backup::BackupVault',
        Properties: {
          BackupVaultName: 'central',
          EncryptionKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] },
          LockConfiguration: { MinRetentionDays: 7, MaxRetentionDays: 365, ChangeableForDays: 3 },
          AccessPolicy: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { AWS: `arn:aws:iam::${MAIN}:root` },
                Action: 'backup:CopyIntoBackupVault',
                Resource: '*',
              },
            ],
          },
        },
      },
    },
  };
  return { app, backup };
}

export function inventoryOfTemplates({ app, backup }: Templates): Inventory {
  return inventoryOf([
    source(app, { account: MAIN, region: 'eu-west-1' }),
    source(backup, {
      id: 'Backup',
      name: 'Backup',
      stackName: 'Backup',
      file: 'Backup.json',
      account: BACKUP,
      region: 'eu-central-1',
    }),
  ]);
}
