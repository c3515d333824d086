import * as backup from '@aws-sdk/client-backup';
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
  jest.spyOn(console, 'error').mockImplementation(); // the warning at synthesis
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

test('the denial has the form that the AWS Config rule accepts: all three actions, for every principal and resource', () => {
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
      expect.objectContaining({ Sid: 'DenyCircumvention' }),
    ],
  });
});

test('a second statement denies what would undo the first: without the access policy there is no denial', () => {
  expect(accessPolicy(DeletionDenial.exceptFor(imported(DEPLOYER))).Statement[1]).toEqual({
    Sid: 'DenyCircumvention',
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: [
      'backup:DeleteBackupVaultAccessPolicy',
      'backup:DisassociateRecoveryPoint',
      'backup:DisassociateRecoveryPointFromParent',
    ],
    Resource: '*',
    Condition: { ArnNotEquals: { 'aws:PrincipalArn': [DEPLOYER] } },
  });
});

test('every denied action exists', () => {
  const { Statement } = accessPolicy(DeletionDenial.forEveryone()) as { Statement: { Action: string[] }[] };
  const commands: Record<string, unknown> = { ...backup };
  const unknown = Statement.flatMap(({ Action }) => Action)
    .map((action) => `${action.replace('backup:', '')}Command`)
    .filter((command) => !(command in commands));
  expect(unknown).toEqual([]);
});

test('roles can be exempt; principal and resource stay wildcards', () => {
  const exempt = expect.objectContaining({
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Resource: '*',
    Condition: { ArnNotEquals: { 'aws:PrincipalArn': [DEPLOYER, RESCUER] } },
  });
  const { Statement } = accessPolicy(DeletionDenial.exceptFor(imported(DEPLOYER), imported(RESCUER)));
  expect(Statement).toEqual([exempt, exempt]);
});

test('the ARNs of the exempt roles can be passed to the AWS Config rule', () => {
  expect(DeletionDenial.exceptFor(imported(DEPLOYER), imported(RESCUER)).exemptRoleArns).toEqual([
    DEPLOYER,
    RESCUER,
  ]);
  expect(DeletionDenial.forEveryone().exemptRoleArns).toEqual([]);
});

test('an exempt role can be created in the app, as an L2 or an L1', () => {
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
        Match.anyValue(),
      ],
    },
  });
});

test('without an exemption there is a warning, since CloudFormation is locked out too', () => {
  const vault = new BackupVault(stack, 'Vault', { deletionDenial: DeletionDenial.forEveryone() });
  expect(warningsOf(vault)).toEqual([
    'Backup-DeletionDenialWithoutExemption: `deletionDenial` prevents everyone, including CloudFormation, from changing the access policy of the vault: later deployments that change it will fail; name the deployment role with `DeletionDenial.exceptFor(role)`',
  ]);
});

test('with an exemption, there is no warning', () => {
  const vault = new BackupVault(stack, 'Vault');
  vault.denyDeletion(DeletionDenial.exceptFor(imported(DEPLOYER)));
  expect(warningsOf(vault)).toEqual([]);
});

test('deletion can be denied only once, since a second denial would deny the exempt roles of the first', () => {
  const vault = new BackupVault(stack, 'Vault', {
    deletionDenial: DeletionDenial.exceptFor(imported(DEPLOYER)),
  });
  expect(refusal(() => vault.denyDeletion(DeletionDenial.exceptFor(imported(RESCUER))))).toBe(
    '`deletionDenial` can be set only once, since a second denial would deny the roles that the first one exempts; pass all roles to one `DeletionDenial.exceptFor(…)` (in `Stack/Vault`)',
  );
});

test('exempting nobody has its own method', () => {
  expect(refusal(() => DeletionDenial.exceptFor())).toBe(
    '`roles` of `DeletionDenial.exceptFor` must contain at least one role, got none; use `DeletionDenial.forEveryone()` to exempt nobody',
  );
});

test('an ARN is not a role', () => {
  expect(
    refusal(() => DeletionDenial.exceptFor(imported(RESCUER), DEPLOYER as never, undefined as never)),
  ).toBe(
    [
      '2 problems of `DeletionDenial.exceptFor`:',
      `  - \`roles[1]\` must be a role, got \`${DEPLOYER}\`; refer to an existing one with \`Role.fromRoleArn\``,
      '  - `roles[2]` must be a role, got nothing; refer to an existing one with `Role.fromRoleArn`',
    ].join('\n'),
  );
});
