import { type App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { BackupVaultSettings } from '../../../src/resources/custom/backup-vault-settings';
import { SettingsRemoval } from '../../../src/resources/custom/settings-removal';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import { CopySource } from '../../../src/resources/vault/copy-source';
import { DeletionDenial } from '../../../src/resources/vault/deletion-denial';
import { VaultEvent } from '../../../src/values/vault/vault-event';
import { VaultLock } from '../../../src/values/vault/vault-lock';
import { testApp } from '../../support/app';
import { nagFindings } from '../../support/nag';
import { refusal } from '../../support/refusal';
import { warningsOf } from '../../support/warnings';

function place(app: App = testApp()) {
  const stack = new Stack(app, 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  return { stack, vault: BackupVault.fromBackupVaultName(stack, 'Vault', 'Default') };
}

const lock = VaultLock.governance({ minRetention: Duration.days(7), maxRetention: Duration.days(90) });
const ADMIN = 'arn:aws:iam::111122223333:role/Admin';

describe('BackupVaultSettings', () => {
  test('tells its function what to set of the vault, and nothing else', () => {
    const { stack, vault } = place();
    const settings = new BackupVaultSettings(stack, 'Settings', { vault, lock, trigger: '7' });
    const template = Template.fromStack(stack);
    const [resource] = Object.values(template.findResources('Custom::BackupVaultSettings'));
    expect(resource.Properties).toEqual({
      ServiceToken: { 'Fn::GetAtt': [expect.stringMatching(/^CustomBackupVaultSettingsHandler/), 'Arn'] },
      ServiceTimeout: '900',
      vaultName: 'Default',
      lock: { minRetentionDays: 7, maxRetentionDays: 90 },
      restores: true,
      trigger: '7',
    });
    expect(stack.resolve([settings.changed, settings.drifted])).toEqual(
      ['Changed', 'Drifted'].map((attribute) => ({ 'Fn::GetAtt': [expect.anything(), attribute] })),
    );
  });

  test('sets an access policy of who may copy, who may not delete, and what else is said', () => {
    const { stack, vault } = place();
    const role = iam.Role.fromRoleArn(stack, 'Admin', ADMIN);
    const settings = new BackupVaultSettings(stack, 'Settings', {
      vault,
      copyFrom: [CopySource.account('444455556666')],
      deletionDenial: DeletionDenial.exceptFor(role),
      onRemoval: SettingsRemoval.KEEP,
    });
    settings.addToAccessPolicy(
      new iam.PolicyStatement({
        effect: iam.Effect.DENY,
        principals: [new iam.AnyPrincipal()],
        actions: ['backup:StartCopyJob'],
        resources: ['*'],
      }),
    );
    Template.fromStack(stack).hasResourceProperties('Custom::BackupVaultSettings', {
      accessPolicy: {
        Statement: [
          { Action: 'backup:CopyIntoBackupVault', Effect: 'Allow' },
          {
            Sid: 'DenyDeletionOfRecoveryPoints',
            // or the function could neither change the policy nor give it back
            Condition: {
              ArnNotEquals: {
                'aws:PrincipalArn': [
                  ADMIN,
                  { 'Fn::GetAtt': [Match.stringLikeRegexp('^CustomBackupVaultSettingsHandlerRole'), 'Arn'] },
                ],
              },
            },
          },
          { Sid: 'DenyCircumvention' },
          { Action: 'backup:StartCopyJob', Effect: 'Deny' },
        ],
      },
      restores: false,
      lock: Match.absent(),
      notifications: Match.absent(),
    });
  });

  test('sends events to a topic that AWS Backup may publish to', () => {
    const { stack, vault } = place();
    const topic = new sns.Topic(stack, 'Topic');
    new BackupVaultSettings(stack, 'Settings', {
      vault,
      notifications: { topic, events: [VaultEvent.COPY_JOB_FAILED] },
    });
    const template = Template.fromStack(stack);
    template.hasResource('Custom::BackupVaultSettings', {
      Properties: {
        notifications: { topicArn: stack.resolve(topic.topicArn), events: ['COPY_JOB_FAILED'] },
      },
      DependsOn: Match.arrayWith([Match.stringLikeRegexp('^TopicPolicy')]),
    });
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: { Statement: [Match.objectLike({ Action: 'sns:Publish' })] },
    });
  });

  test('lets its function set this vault and no other, and keep what was before', () => {
    const { stack, vault } = place();
    new BackupVaultSettings(stack, 'Settings', { vault, lock });
    const notes = 'arn:aws:ssm:eu-west-1:111122223333:parameter/cdk-backup-constructs/vault-settings';
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          {
            Action: Match.arrayWith(['backup:PutBackupVaultLockConfiguration']),
            Resource: 'arn:aws:backup:eu-west-1:111122223333:backup-vault:Default',
          },
        ],
      },
    });
    template.hasResourceProperties('AWS::IAM::Role', {
      Path: '/cdk-backup-constructs/',
      Policies: [
        {
          PolicyDocument: {
            Statement: [
              { Action: ['backup:ListBackupVaults'], Resource: '*' },
              {
                Action: ['ssm:GetParametersByPath', 'ssm:PutParameter', 'ssm:DeleteParameter'],
                Resource: [notes, `${notes}/*`],
              },
              { Action: ['cloudformation:DescribeStackResource'], Resource: { Ref: 'AWS::StackId' } },
            ],
          },
        },
      ],
    });
  });

  test('has a policy of its own, so that its permissions last until it is deleted, whatever else the stack keeps', () => {
    const { stack, vault } = place();
    const other = BackupVault.fromBackupVaultName(stack, 'Other', 'other');
    for (const [id, each] of Object.entries({ One: vault, Two: other }))
      new BackupVaultSettings(stack, id, { vault: each, lock });
    const { Resources } = Template.fromStack(stack).toJSON();
    const policies = Object.keys(Resources).filter((id) => Resources[id].Type === 'AWS::IAM::Policy');
    const settings = Object.values<{ Type: string; DependsOn: string[] }>(Resources).filter(
      ({ Type }) => Type === 'Custom::BackupVaultSettings',
    );
    const needed = settings.map(({ DependsOn }) => DependsOn.filter((id) => policies.includes(id)));
    expect(needed.map((ids) => ids.length)).toEqual([1, 1]);
    expect(needed.flat().sort()).toEqual([...policies].sort());
    const names = policies.map((id) => Resources[id].Properties.PolicyName);
    expect(new Set(names).size).toBe(2);
    const roles = policies.map((id) => Resources[id].Properties.Roles);
    expect(roles).toEqual(
      Array.from(policies, () => [{ Ref: expect.stringMatching(/^CustomBackupVaultSettingsHandlerRole/) }]),
    );
  });

  test('warns that a compliance lock stays forever', () => {
    const { stack, vault } = place();
    new BackupVaultSettings(stack, 'Settings', {
      vault,
      lock: VaultLock.compliance({
        minRetention: Duration.days(7),
        coolingOff: Duration.days(3),
        acknowledgeIrreversible: true,
      }),
    });
    expect(warningsOf(stack)).toEqual([expect.stringMatching(/^Backup-ComplianceLock/)]);
  });

  const NONE =
    'one of `lock`, `accessStatements`, `copyFrom`, `deletionDenial`, `notifications` must be set, got none; set at least one of them';
  test.each<[string, (scope: ReturnType<typeof place>) => unknown, string]>([
    ['no properties', () => undefined, '`props` must be an object with properties, got null'],
    ['nothing to set', ({ vault }) => ({ vault }), NONE],
    [
      'the name of a vault',
      () => ({ vault: 'Default', lock }),
      "`vault` must be a backup vault that exists already, got `Default`; refer to it with `BackupVault.fromBackupVaultName(this, 'Vault', 'Default')`",
    ],
    [
      'a vault that the app makes',
      ({ stack }) => ({ vault: new BackupVault(stack, 'New'), lock }),
      '`vault` must exist already, got `Stack/New`, which this app makes; set them where the vault is made',
    ],
    [
      'a vault of another Region',
      ({ stack }) => ({
        vault: BackupVault.fromBackupVaultArn(
          stack,
          'Far',
          'arn:aws:backup:us-east-1:111122223333:backup-vault:far',
        ),
        lock,
      }),
      '`vault` must be in the Region of the stack (eu-west-1), got us-east-1; set it in a stack of that place',
    ],
    [
      'a statement that is none',
      ({ vault }) => ({ vault, accessStatements: [{}] }),
      '`accessStatements[0]` must be a `PolicyStatement`, got an object',
    ],
    [
      'an unknown removal',
      ({ vault }) => ({ vault, lock, onRemoval: 'DELETE' }),
      '`onRemoval` must be `SettingsRemoval.RESTORE` or `SettingsRemoval.KEEP`, got `DELETE`',
    ],
  ])('refuses %s', (_, propsOf, message) => {
    const here = place();
    const props = propsOf(here);
    expect(refusal(() => new BackupVaultSettings(here.stack, 'Settings', props as never))).toBe(
      `${message} (in \`Stack/Settings\`)`,
    );
  });

  test('refuses a vault whose settings another sets', () => {
    const { stack, vault } = place();
    new BackupVaultSettings(stack, 'One', { vault, lock });
    expect(refusal(() => new BackupVaultSettings(stack, 'Two', { vault, lock }))).toBe(
      '`vault` must be one whose settings nothing else sets, got `Stack/Vault`, which `Stack/One` sets; set all settings of a vault in one place (in `Stack/Two`)',
    );
  });

  test('AwsSolutions, HIPAA, NIST and PCI mind nothing', () => {
    const app = testApp();
    const { stack, vault } = place(app);
    new BackupVaultSettings(stack, 'Settings', { vault, lock });
    expect(nagFindings(app)).toEqual([]);
  });
});
