import { type App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role } from 'aws-cdk-lib/aws-iam';
import { LogicallyAirGappedVault } from '../../../src/resources/air-gapped-vault/logically-air-gapped-vault';
import { BackupPlanS3Settings } from '../../../src/resources/custom/backup-plan-s3-settings';
import { BackupVaultApprovalTeam } from '../../../src/resources/custom/backup-vault-approval-team';
import { RestoreAccessVault } from '../../../src/resources/custom/restore-access-vault';
import { BackupPlan } from '../../../src/resources/plan/backup-plan';
import { BackupRule } from '../../../src/resources/plan/backup-rule';
import { ScanMode } from '../../../src/resources/plan/scan-settings';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import { Retention } from '../../../src/values/plan/retention';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { testApp } from '../../support/app';
import { nagFindings } from '../../support/nag';
import { refusal } from '../../support/refusal';
import { warningsOf } from '../../support/warnings';

const TEAM = 'arn:aws:mpa:us-east-1:111122223333:approval-team/recovery';
const SOURCE = 'arn:aws:backup:eu-west-1:444455556666:backup-vault:central';

function place(app: App = testApp()) {
  const stack = new Stack(app, 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  const vault = LogicallyAirGappedVault.fromBackupVaultName(stack, 'Air', 'air');
  const plan = new BackupPlan(stack, 'Plan', {
    vault: BackupVault.fromBackupVaultName(stack, 'Vault', 'Default'),
    rules: [BackupRule.daily({ retention: Retention.days(35) })],
  });
  return { stack, vault, plan };
}

test('an approval team is asked to join a vault, by a function that may change this vault and no other', () => {
  const { stack, vault } = place();
  const team = new BackupVaultApprovalTeam(stack, 'Team', {
    vault,
    approvalTeamArn: TEAM,
    comment: 'please',
  });
  expect(warningsOf(team)).toEqual([]);
  expect(stack.resolve(team.status)).toEqual({ 'Fn::GetAtt': [expect.anything(), 'Status'] });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('Custom::BackupApprovalTeam', {
    vaultName: 'air',
    teamArn: TEAM,
    comment: 'please',
  });
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: [
        {
          Action: [
            'backup:DescribeBackupVault',
            'backup:AssociateBackupVaultMpaApprovalTeam',
            'backup:DisassociateBackupVaultMpaApprovalTeam',
          ],
          Resource: 'arn:aws:backup:eu-west-1:111122223333:backup-vault:air',
        },
      ],
    },
  });
  template.hasResourceProperties('AWS::IAM::Role', {
    Policies: [
      {
        PolicyDocument: {
          Statement: [
            { Action: ['backup:ListBackupVaults'], Resource: '*' },
            { Action: ['ssm:GetParametersByPath', 'ssm:PutParameter', 'ssm:DeleteParameter'] },
            { Action: ['cloudformation:DescribeStackResource'], Resource: { Ref: 'AWS::StackId' } },
          ],
        },
      },
    ],
  });
});

test('a restore access vault is asked for', () => {
  const { stack } = place();
  const access = new RestoreAccessVault(stack, 'Access', {
    sourceVaultArn: SOURCE,
    backupVaultName: 'recovered',
  });
  expect(stack.resolve([access.backupVaultArn, access.backupVaultName])).toEqual(
    ['Arn', 'Name'].map((attribute) => ({ 'Fn::GetAtt': [expect.anything(), attribute] })),
  );
  const template = Template.fromStack(stack);
  template.hasResourceProperties('Custom::BackupRestoreAccessVault', {
    sourceVaultArn: SOURCE,
    vaultName: 'recovered',
  });
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: [{ Action: ['backup:RevokeRestoreAccessBackupVault'], Resource: SOURCE }],
    },
  });
  template.hasResourceProperties('AWS::IAM::Role', {
    Policies: [
      {
        PolicyDocument: {
          Statement: [
            { Action: ['backup:CreateRestoreAccessBackupVault'], Resource: '*' },
            { Action: ['cloudformation:DescribeStackResource'], Resource: { Ref: 'AWS::StackId' } },
          ],
        },
      },
    ],
  });
});

test('settings of a plan for S3 are merged again after each version of the plan', () => {
  const { stack, plan } = place();
  new BackupPlanS3Settings(stack, 'S3', { backupPlan: plan, backupAcls: false, backupObjectTags: true });
  Template.fromStack(stack).hasResourceProperties('Custom::BackupPlanS3Settings', {
    planId: stack.resolve(plan.backupPlanId),
    options: { BackupACLs: 'disabled', BackupObjectTags: 'enabled' },
    version: stack.resolve(plan.versionId),
  });
  expect(
    refusal(() => new BackupPlanS3Settings(stack, 'Again', { backupPlan: plan, backupAcls: true })),
  ).toBe(
    '`backupPlan` must be one whose settings for S3 nothing else sets, got `Stack/Plan`, which `Stack/S3` sets; set them in one place (in `Stack/Again`)',
  );
});

type Make = (here: ReturnType<typeof place>) => unknown;
const NO_PROPS = '`props` must be an object with properties, got null';
test.each<[string, Make, string]>([
  [
    'a team without properties',
    ({ stack }) => new BackupVaultApprovalTeam(stack, 'X', undefined as never),
    NO_PROPS,
  ],
  [
    'an access without properties',
    ({ stack }) => new RestoreAccessVault(stack, 'X', undefined as never),
    NO_PROPS,
  ],
  [
    'settings without properties',
    ({ stack }) => new BackupPlanS3Settings(stack, 'X', undefined as never),
    NO_PROPS,
  ],
  [
    'a team of an ordinary vault',
    ({ stack }) => new BackupVaultApprovalTeam(stack, 'X', { vault: 'gold' as never, approvalTeamArn: TEAM }),
    '`vault` must be a logically air-gapped vault, got `gold`',
  ],
  [
    'a team that is none',
    ({ stack, vault }) => new BackupVaultApprovalTeam(stack, 'X', { vault, approvalTeamArn: 'team' }),
    '`approvalTeamArn` must be the ARN of a multi-party approval team, `arn:<partition>:mpa:us-east-1:<account>:approval-team/<id>`, got `team`',
  ],
  [
    'a comment that is too long',
    ({ stack }) => new RestoreAccessVault(stack, 'X', { sourceVaultArn: SOURCE, comment: 'x'.repeat(201) }),
    '`comment` must be a string of at most 200 characters, got 201; shorten it',
  ],
  [
    'settings that say nothing',
    ({ stack, plan }) => new BackupPlanS3Settings(stack, 'X', { backupPlan: plan }),
    'one of `backupAcls`, `backupObjectTags` must be set, got none; for example, set `backupAcls: false`',
  ],
  [
    'settings of no plan',
    ({ stack }) => new BackupPlanS3Settings(stack, 'X', { backupPlan: 'p' as never, backupAcls: true }),
    '`backupPlan` must be a backup plan, got `p`',
  ],
])('refuses %s', (_, make, message) => {
  const here = place();
  expect(refusal(() => make(here))).toBe(`${message} (in \`Stack/X\`)`);
});

test.each([true, false])('whoever updates a plan passes the role that it scans with: %s', (scans) => {
  const { stack } = place();
  const scannerRole = Role.fromRoleArn(stack, 'Scanner', 'arn:aws:iam::111122223333:role/scanner');
  const backupPlan = new BackupPlan(stack, 'Scanned', {
    vault: BackupVault.fromBackupVaultName(stack, 'Target', 'Default'),
    scanSettings: scans ? { resourceTypes: [ResourceType.S3], scannerRole } : undefined,
    rules: [BackupRule.daily({ retention: Retention.days(35), scan: scans ? ScanMode.FULL : undefined })],
  });
  new BackupPlanS3Settings(stack, 'S3', { backupPlan, backupAcls: false });
  const passed = JSON.stringify(Template.fromStack(stack).toJSON()).includes(
    JSON.stringify({
      Action: ['iam:PassRole'],
      Resource: 'arn:aws:iam::111122223333:role/scanner',
      Condition: {
        StringEquals: { 'iam:PassedToService': 'malware-protection.guardduty.amazonaws.com' },
      },
    }).slice(1, -1),
  );
  expect(passed).toBe(scans);
});

test('AwsSolutions, HIPAA, NIST and PCI mind nothing', () => {
  const app = testApp();
  const { stack, vault, plan } = place(app);
  new BackupVaultApprovalTeam(stack, 'Team', { vault, approvalTeamArn: TEAM });
  new RestoreAccessVault(stack, 'Access', { sourceVaultArn: SOURCE });
  new BackupPlanS3Settings(stack, 'S3', { backupPlan: plan, backupAcls: false });
  expect(nagFindings(app)).toEqual([]);
});
