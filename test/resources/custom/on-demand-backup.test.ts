import { type App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import { LogicallyAirGappedVault } from '../../../src/resources/air-gapped-vault/logically-air-gapped-vault';
import { OnDemandBackup } from '../../../src/resources/custom/on-demand-backup';
import { OnDemandFailure } from '../../../src/resources/custom/on-demand-laws';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import { Retention } from '../../../src/values/plan/retention';
import { VaultLock } from '../../../src/values/vault/vault-lock';
import { testApp } from '../../support/app';
import { nagFindings } from '../../support/nag';
import { refusal } from '../../support/refusal';

const ENV = { account: '111122223333', region: 'eu-west-1' };
const retention = Retention.days(35);
const BUCKET = 'arn:aws:s3:::orders';
const ROLE = 'arn:aws:iam::111122223333:role/Backup';

function place(app: App = testApp()) {
  const stack = new Stack(app, 'Stack', { env: ENV });
  const vault = BackupVault.fromBackupVaultName(stack, 'Vault', 'gold');
  const role = iam.Role.fromRoleArn(stack, 'Existing', ROLE);
  return { stack, vault, role };
}

describe('OnDemandBackup', () => {
  test('tells its function what to back up, where to, and how long to wait', () => {
    const { stack, vault, role } = place();
    const airGappedVault = LogicallyAirGappedVault.fromBackupVaultName(stack, 'Air', 'air');
    new OnDemandBackup(stack, 'Backup', {
      vault,
      airGappedVault,
      role,
      resourceArn: BUCKET,
      retention: Retention.days(365),
      coldStorageAfter: Duration.days(30),
      archive: true,
      windowsVss: true,
      timeout: Duration.minutes(40),
      onFailure: OnDemandFailure.WARN,
      trigger: 'release 7',
    });
    Template.fromStack(stack).hasResource('Custom::OnDemandBackup', {
      Properties: {
        ServiceTimeout: '3600',
        vaultName: 'gold',
        resourceArn: BUCKET,
        roleArn: ROLE,
        airGappedVaultArn: expectedVault('air'),
        deleteAfterDays: 365,
        coldStorageAfterDays: 30,
        archives: true,
        options: { WindowsVSS: 'enabled' },
        timeoutMinutes: 40,
        onlyWarns: true,
        trigger: 'release 7',
      },
      DeletionPolicy: 'Delete',
    });
  });

  test('waits half an hour, and fails the deployment, where nothing else is said', () => {
    const { stack, vault, role } = place();
    new OnDemandBackup(stack, 'Backup', { vault, role, resourceArn: BUCKET, retention: Retention.forever() });
    Template.fromStack(stack).hasResourceProperties('Custom::OnDemandBackup', {
      timeoutMinutes: 30,
      onlyWarns: false,
    });
  });

  test('lets its function start backups into the vault, see jobs, and hand over the role to AWS Backup alone', () => {
    const { stack, vault, role } = place();
    new OnDemandBackup(stack, 'Backup', { vault, role, resourceArn: BUCKET, retention });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: ['backup:StartBackupJob'],
            Resource: expectedVault('gold'),
          },
          {
            Effect: 'Allow',
            Action: ['iam:PassRole'],
            Resource: ROLE,
            Condition: { StringEquals: { 'iam:PassedToService': 'backup.amazonaws.com' } },
          },
        ],
      },
    });
    template.hasResourceProperties('AWS::IAM::Role', {
      Policies: [
        {
          PolicyDocument: {
            Statement: [
              { Effect: 'Allow', Action: ['backup:DescribeBackupJob'], Resource: '*' },
              {
                Effect: 'Allow',
                Action: ['cloudformation:DescribeStackResource'],
                Resource: { Ref: 'AWS::StackId' },
              },
            ],
          },
        },
      ],
    });
    template.hasResourceProperties('AWS::Lambda::Function', { Timeout: 900 });
  });

  test('makes a role for the type of a construct, or of an ARN, or for every type where that is not known', () => {
    const { stack, vault } = place();
    const table = new dynamodb.Table(stack, 'Table', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    });
    const backup = new OnDemandBackup(stack, 'Backup', { vault, resource: table, retention });
    new OnDemandBackup(stack, 'Bucket', { vault, resourceArn: BUCKET, retention });
    const template = Template.fromStack(stack);
    const policies = (name: string) =>
      Object.entries(template.findResources('AWS::IAM::Role'))
        .filter(([id]) => id.startsWith(name))
        .map(([, { Properties }]) => JSON.stringify(Properties.ManagedPolicyArns));
    expect(policies('BackupRole')[0]).not.toContain('S3');
    expect(policies('BucketRole')[0]).toContain('AWSBackupServiceRolePolicyForS3Backup');
    template.hasResourceProperties('Custom::OnDemandBackup', {
      resourceArn: stack.resolve(table.tableArn),
      roleArn: stack.resolve(backup.role.roleRef.roleArn),
    });
  });

  test('tells at deployment the recovery point, the job, and how it went', () => {
    const { stack, vault, role } = place();
    const backup = new OnDemandBackup(stack, 'Backup', { vault, role, resourceArn: BUCKET, retention });
    const told = [backup.recoveryPointArn, backup.backupJobId, backup.state, backup.message];
    expect(stack.resolve(told)).toEqual(
      ['RecoveryPointArn', 'JobId', 'State', 'Message'].map((attribute) => ({
        'Fn::GetAtt': [expect.stringMatching(/^Backup/), attribute],
      })),
    );
  });

  const IN = ' (in `Stack/Backup`)';
  test.each([
    [undefined, '`props` must be an object with properties, got null'],
    [
      { resourceArn: BUCKET, resource: new Stack(testApp()) },
      'one of `resource` and `resourceArn` must say what is backed up, got both',
    ],
    [{}, 'one of `resource` and `resourceArn` must say what is backed up, got neither'],
    [
      { resourceArn: 'arn:aws:s3:::*' },
      '`resourceArn` must be the ARN of one resource, such as `arn:aws:s3:::orders`, got `arn:aws:s3:::*`',
    ],
    [
      { resource: 'orders' },
      '`resource` must be a resource that AWS Backup protects, got `orders`; name the resource itself, or its ARN in `resourceArn`',
    ],
    [
      { resourceArn: BUCKET, retention: 35 },
      '`retention` must be a `Retention`, since there is no default, got 35; use `Retention.days(35)`, or `Retention.forever()` to keep recovery points forever',
    ],
    [
      { resourceArn: BUCKET, timeout: Duration.hours(2) },
      '`timeout` must be a whole number from 1 to 40 minutes, got 120; use 40 minutes or less',
    ],
    [
      { resourceArn: BUCKET, onFailure: 'IGNORE' },
      '`onFailure` must be `OnDemandFailure.FAIL_DEPLOYMENT` or `OnDemandFailure.WARN`, got `IGNORE`',
    ],
    [
      { resourceArn: BUCKET, vault: 'gold' },
      '`vault` must be a backup vault, got `gold`; refer to an existing one with `BackupVault.fromBackupVaultName`',
    ],
    [
      { resourceArn: BUCKET, airGappedVault: 'gold' },
      '`airGappedVault` must be a logically air-gapped vault, got `gold`',
    ],
    [{ resourceArn: BUCKET, windowsVss: 1 }, '`windowsVss` must be true or false, got 1'],
    [
      { resourceArn: BUCKET, trigger: 'x'.repeat(257) },
      '`trigger` must be a string of at most 256 characters, got 257; shorten it',
    ],
  ])('refuses %j', (props, message) => {
    const { stack, vault } = place();
    const given = props && { vault, retention, ...props };
    expect(refusal(() => new OnDemandBackup(stack, 'Backup', given as never))).toBe(`${message}${IN}`);
  });

  test('refuses a vault of another Region, and a retention that the lock of the vault refuses', () => {
    const { stack } = place();
    const far = BackupVault.fromBackupVaultArn(
      stack,
      'Far',
      'arn:aws:backup:us-east-1:111122223333:backup-vault:far',
    );
    const locked = BackupVault.fromBackupVaultAttributes(stack, 'Locked', {
      backupVaultName: 'locked',
      lock: VaultLock.governance({ minRetention: Duration.days(90) }),
    });
    const options = { resourceArn: BUCKET, retention };
    expect(refusal(() => new OnDemandBackup(stack, 'A', { ...options, vault: far }))).toBe(
      '`vault` must be in the Region of the stack (eu-west-1), got us-east-1; back up into a vault beside the resource, and copy with a plan (in `Stack/A`)',
    );
    expect(refusal(() => new OnDemandBackup(stack, 'B', { ...options, vault: locked }))).toBe(
      '`retention` must lie within the lock of `Stack/Locked` (90 days or more), got 35 days: every such job would fail; use 90 days or more (in `Stack/B`)',
    );
  });

  test('AwsSolutions, HIPAA, NIST and PCI mind nothing', () => {
    const app = testApp();
    const { stack, vault } = place(app);
    new OnDemandBackup(stack, 'Backup', { vault, resourceArn: BUCKET, retention });
    expect(nagFindings(app)).toEqual([]);
  });
});

function expectedVault(name: string): string {
  return `arn:aws:backup:eu-west-1:111122223333:backup-vault:${name}`;
}
