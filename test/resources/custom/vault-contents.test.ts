import { type App, CfnDeletionPolicy, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnBackupVault } from 'aws-cdk-lib/aws-backup';
import { LogicallyAirGappedVault } from '../../../src/resources/air-gapped-vault/logically-air-gapped-vault';
import { VaultContents } from '../../../src/resources/custom/vault-contents';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import { VaultLock } from '../../../src/values/vault/vault-lock';
import { testApp } from '../../support/app';
import { nagFindings } from '../../support/nag';
import { refusal } from '../../support/refusal';

function stack(app: App = testApp(), id = 'Stack'): Stack {
  return new Stack(app, id, { env: { account: '111122223333', region: 'eu-west-1' } });
}

const removalPolicy = RemovalPolicy.DESTROY;
const acknowledgeDataLoss = true;

describe('VaultContents', () => {
  test('is deleted before its vault, which has a tag that says so', () => {
    const scope = stack();
    const vault = new BackupVault(scope, 'Vault', { removalPolicy });
    new VaultContents(scope, 'Contents', { vault, acknowledgeDataLoss });
    const template = Template.fromStack(scope);
    const [logicalId] = Object.keys(template.findResources('AWS::Backup::BackupVault'));
    const [contentsId] = Object.keys(template.findResources('Custom::BackupVaultContents'));
    template.hasResource('Custom::BackupVaultContents', {
      Properties: {
        ServiceTimeout: '3600',
        vaultName: { Ref: logicalId },
        tag: 'cdk-backup-constructs:contents',
        vaultLogicalId: logicalId,
        deletionPolicy: 'Delete',
        updateReplacePolicy: 'Delete',
      },
      DeletionPolicy: 'Delete',
    });
    template.hasResourceProperties('AWS::Backup::BackupVault', {
      BackupVaultTags: {
        'cdk-backup-constructs:contents': {
          'Fn::Join': [
            '',
            [{ 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }, `-${contentsId}`],
          ],
        },
      },
    });
    template.hasResourceProperties('AWS::Lambda::Function', { Timeout: 900 });
  });

  test('lets its function look into this vault only, and delete recovery points, whose ARNs are of many services', () => {
    const scope = stack();
    const vault = new CfnBackupVault(scope, 'Vault', { backupVaultName: 'test' });
    vault.applyRemovalPolicy(removalPolicy);
    new VaultContents(scope, 'Contents', { vault, acknowledgeDataLoss });
    const template = Template.fromStack(scope);
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: [
              'backup:DescribeBackupVault',
              'backup:ListRecoveryPointsByBackupVault',
              'backup:ListTags',
            ],
            Resource: { 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] },
          },
        ],
      },
    });
    template.hasResourceProperties('AWS::IAM::Role', {
      Policies: [
        {
          PolicyDocument: {
            Statement: [
              { Effect: 'Allow', Action: ['backup:ListBackupVaults'], Resource: '*' },
              {
                Effect: 'Allow',
                Action: [
                  'backup:DeleteRecoveryPoint',
                  'backup:DisassociateRecoveryPoint',
                  'backup:DisassociateRecoveryPointFromParent',
                ],
                Resource: Match.arrayWith([
                  'arn:aws:backup:eu-west-1:111122223333:recovery-point:*',
                  'arn:aws:ec2:eu-west-1::snapshot/*',
                  'arn:aws:rds:eu-west-1:111122223333:snapshot:awsbackup:*',
                ]),
              },
              {
                Effect: 'Allow',
                Action: ['cloudformation:DescribeStacks', 'cloudformation:GetTemplate'],
                Resource: { Ref: 'AWS::StackId' },
              },
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
  });

  test.each<[string, (scope: Stack) => unknown, string]>([
    ['no properties', () => undefined, '`props` must be an object with properties, got null'],
    [
      'no acknowledgement',
      (scope) => ({ vault: new BackupVault(scope, 'Vault', { removalPolicy }) }),
      '`acknowledgeDataLoss` must be true, since all recovery points are deleted with the vault, got nothing; set it to true, or omit `VaultContents`',
    ],
    [
      'the name of a vault',
      () => ({ vault: 'gold', acknowledgeDataLoss }),
      '`vault` must be a backup vault that this stack makes, got `gold`',
    ],
    [
      'a vault that exists already',
      (scope) => ({
        vault: BackupVault.fromBackupVaultName(scope, 'Vault', 'Default'),
        acknowledgeDataLoss,
      }),
      '`vault` must be an ordinary vault that this stack makes, got `Stack/Vault`, which is made elsewhere; delete its recovery points by hand',
    ],
    [
      'a vault of another stack',
      (scope) => ({
        vault: new BackupVault(stack(scope.node.root as App, 'Other'), 'Vault', { removalPolicy }),
        acknowledgeDataLoss,
      }),
      '`vault` must be an ordinary vault that this stack makes, got `Other/Vault` of another stack; make `VaultContents` in the stack of the vault',
    ],
    [
      'a logically air-gapped vault',
      (scope) => ({
        vault: new LogicallyAirGappedVault(scope, 'Vault', {
          minRetention: Duration.days(7),
          maxRetention: Duration.days(30),
          acknowledgeIrreversible: true,
        }),
        acknowledgeDataLoss,
      }),
      '`vault` must be an ordinary vault that this stack makes, got `Stack/Vault`, which is logically air-gapped; wait until its recovery points expire: nobody can delete them before',
    ],
    [
      'a locked vault',
      (scope) => ({
        vault: new BackupVault(scope, 'Vault', {
          lock: VaultLock.governance({ minRetention: Duration.days(7) }),
        }),
        acknowledgeDataLoss,
      }),
      '`vault` must have no lock, since nobody can delete recovery points under one, got `Stack/Vault`; leave the lock out, or `VaultContents`',
    ],
  ])('refuses %s', (_, propsOf, message) => {
    const scope = stack();
    const props = propsOf(scope);
    expect(refusal(() => new VaultContents(scope, 'Contents', props as never))).toBe(
      `${message} (in \`Stack/Contents\`)`,
    );
  });

  test('refuses a vault that another empties already', () => {
    const scope = stack();
    const vault = new BackupVault(scope, 'Vault', { removalPolicy });
    new VaultContents(scope, 'One', { vault, acknowledgeDataLoss });
    expect(refusal(() => new VaultContents(scope, 'Two', { vault, acknowledgeDataLoss }))).toBe(
      '`vault` must be one that nothing else empties, got `Stack/Vault`, which `Stack/One` empties; remove one of them (in `Stack/Two`)',
    );
  });

  test('refuses at synthesis a vault that stays, or got a lock since', () => {
    const app = testApp();
    const scope = stack(app);
    const vault = new BackupVault(scope, 'Vault');
    new VaultContents(scope, 'Contents', { vault, acknowledgeDataLoss });
    expect(() => app.synth()).toThrow(
      '[Stack/Contents] `vault` must have `RemovalPolicy.DESTROY`, since it would stay without its recovery points, got `RETAIN`; set `removalPolicy: RemovalPolicy.DESTROY` on the vault',
    );
    vault.applyRemovalPolicy(removalPolicy);
    (vault.node.defaultChild as CfnBackupVault).lockConfiguration = { minRetentionDays: 7 };
    expect(() => app.synth({ force: true })).toThrow(
      '[Stack/Contents] `vault` must have no lock, since nobody can delete recovery points under one, got `Stack/Vault`; leave the lock out, or `VaultContents`',
    );
  });

  test('refuses at synthesis a vault that stays when it is replaced', () => {
    const app = testApp();
    const scope = stack(app);
    const vault = new BackupVault(scope, 'Vault', { removalPolicy });
    new VaultContents(scope, 'Contents', { vault, acknowledgeDataLoss });
    (vault.node.defaultChild as CfnBackupVault).cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
    expect(() => app.synth()).toThrow('since it would stay without its recovery points, got `RETAIN`');
  });

  test('AwsSolutions, HIPAA, NIST and PCI mind nothing', () => {
    const app = testApp();
    const scope = stack(app);
    new VaultContents(scope, 'Contents', {
      vault: new BackupVault(scope, 'Vault', { removalPolicy }),
      acknowledgeDataLoss,
    });
    expect(nagFindings(app)).toEqual([]);
  });
});
