import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnRole, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import { DeletionDenial } from '../../../src/resources/vault/deletion-denial';
import { testApp } from '../../support/app';
import { refusal } from '../../support/refusal';
import { warningsOf } from '../../support/warnings';

const DEPLOYER = 'arn:aws:iam::111122223333:role/deployer';
const RESCUER = 'arn:aws:iam::111122223333:role/rescuer';

let stack: Stack;
beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(); // the warning, told at synthesis
  stack = new Stack(testApp(), 'Stack');
});

function imported(arn: string) {
  return Role.fromRoleArn(stack, arn.split('/')[1], arn);
}

function accessPolicy(denial: DeletionDenial) {
  new BackupVault(stack, 'Vault', { deletionDenial: denial });
  const vaults = Template.fromStack(stack).findResources('AWS::Backup::BackupVault');
  return Object.values(vaults)[0].Properties.AccessPolicy;
}

test('the denial is what the AWS Config rule looks for: all three actions, for every principal and resource', () => {
  expect(accessPolicy(DeletionDenial.forEveryone())).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'DenyDeletionOfRecoveryPoints',
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: [
          'backup:DeleteRecoveryPoint',
          'backup:PutBackupVaultAccessPolicy',
          'backup:UpdateRecoveryPointLifecycle',
        ],
        Resource: '*',
      },
    ],
  });
});

test('roles can be exempt; principal and resource stay wildcards', () => {
  expect(accessPolicy(DeletionDenial.exceptFor(imported(DEPLOYER), imported(RESCUER))).Statement).toEqual([
    expect.objectContaining({
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Resource: '*',
      Condition: { ArnNotEquals: { 'aws:PrincipalArn': [DEPLOYER, RESCUER] } },
    }),
  ]);
});

test('the ARNs of the exempt roles can be handed to the AWS Config rule', () => {
  expect(DeletionDenial.exceptFor(imported(DEPLOYER), imported(RESCUER)).exemptRoleArns).toEqual([
    DEPLOYER,
    RESCUER,
  ]);
  expect(DeletionDenial.forEveryone().exemptRoleArns).toEqual([]);
});

test('an exempt role may be made in the app, as an L2 or an L1', () => {
  const l2 = new Role(stack, 'L2', { assumedBy: new ServicePrincipal('cloudformation.amazonaws.com') });
  const l1 = new CfnRole(stack, 'L1', { assumeRolePolicyDocument: {} });
  new BackupVault(stack, 'Vault', { deletionDenial: DeletionDenial.exceptFor(l2, l1) });
  Template.fromStack(stack).hasResourceProperties('AWS::Backup::BackupVault', {
    AccessPolicy: {
      Statement: [
        {
          Condition: {
            ArnNotEquals: {
              'aws:PrincipalArn': [
                { 'Fn::GetAtt': [Match.stringLikeRegexp('^L2'), 'Arn'] },
                { 'Fn::GetAtt': ['L1', 'Arn'] },
              ],
            },
          },
        },
      ],
    },
  });
});

test('without an exemption there is a warning, since CloudFormation is locked out too', () => {
  const vault = new BackupVault(stack, 'Vault', { deletionDenial: DeletionDenial.forEveryone() });
  expect(warningsOf(vault)).toEqual([
    'Backup-DeletionDenialWithoutExemption: `deletionDenial` denies everyone to change the access policy of the vault, CloudFormation included: later deployments that change it will fail; name the deployment role with `DeletionDenial.exceptFor(role)`',
  ]);
});

test('with an exemption there is none', () => {
  const vault = new BackupVault(stack, 'Vault');
  vault.denyDeletion(DeletionDenial.exceptFor(imported(DEPLOYER)));
  expect(warningsOf(vault)).toEqual([]);
});

test('deletion is denied once, since a second denial would hit whom the first exempts', () => {
  const vault = new BackupVault(stack, 'Vault', {
    deletionDenial: DeletionDenial.exceptFor(imported(DEPLOYER)),
  });
  expect(refusal(() => vault.denyDeletion(DeletionDenial.exceptFor(imported(RESCUER))))).toBe(
    '`deletionDenial` can be said once, since a second one would deny whom the first exempts; name all roles in one `DeletionDenial.exceptFor(…)` (in `Stack/Vault`)',
  );
});

test('exempting nobody has its own word', () => {
  expect(refusal(() => DeletionDenial.exceptFor())).toBe(
    '`roles` of `DeletionDenial.exceptFor` must name at least one role, got none; use `DeletionDenial.forEveryone()` where nobody is exempt',
  );
});

test('an ARN is no role', () => {
  expect(
    refusal(() => DeletionDenial.exceptFor(imported(RESCUER), DEPLOYER as never, undefined as never)),
  ).toBe(
    [
      '2 problems of `DeletionDenial.exceptFor`:',
      `  - \`roles[1]\` must be a role, got \`${DEPLOYER}\`; refer to an existing one with \`Role.fromRoleArn\``,
      '  - `roles[2]` must be a role, got undefined; refer to an existing one with `Role.fromRoleArn`',
    ].join('\n'),
  );
});
