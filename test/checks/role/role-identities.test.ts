import { roleIdentityChecks } from '../../../src/checks/role/role-identities';
import { plan, resource, selection, tags } from '../../support/backups';
import { findings, PARAMETERS, UNKNOWN } from '../../support/findings';

const HERE = 'Resources/S/Properties/BackupSelection/IamRoleArn';
const MUST = `error Backup-RoleArn at ${HERE}: \`IamRoleArn\` of selection \`some\` must be the ARN of a role, got`;
const USE = 'use the ARN, such as `!GetAtt Role.Arn`';
const IAM = 'arn:aws:iam::111111111111';

const role = (properties: object = {}) => resource('IAM::Role', { Tags: tags({}), ...properties });
const found = (IamRoleArn: unknown, properties?: object) =>
  findings(
    roleIdentityChecks,
    {
      Plan: plan('gold'),
      S: selection({ Resources: ['*'], IamRoleArn }, { Ref: 'Plan' }),
      Role: role(properties),
      Vault: resource('Backup::BackupVault', { BackupVaultName: 'main' }),
    },
    undefined,
    PARAMETERS,
  );

test.each<[string, unknown, string]>([
  [
    'the name of a role of the template',
    { Ref: 'Role' },
    'the name of the role `Role`; write `!GetAtt Role.Arn`',
  ],
  ['its name in a text', { 'Fn::Sub': `\${Role}` }, 'the name of the role `Role`; write `!GetAtt Role.Arn`'],
  ['its ID', { 'Fn::GetAtt': ['Role', 'RoleId'] }, '`Role.RoleId`; write `!GetAtt Role.Arn`'],
  ['a name', 'backup', `\`backup\`; ${USE}`],
  ['an empty text', '', `an empty string; ${USE}`],
  ['a user', `${IAM}:user/backup`, `\`${IAM}:user/backup\`; ${USE}`],
  ['a policy', `${IAM}:policy/backup`, `\`${IAM}:policy/backup\`; ${USE}`],
  ['the root user', `${IAM}:root`, `\`${IAM}:root\`; ${USE}`],
  [
    'a session',
    'arn:aws:sts::111111111111:assumed-role/backup/me',
    `\`arn:aws:sts::111111111111:assumed-role/backup/me\`; ${USE}`,
  ],
  ['a vault', { Ref: 'Vault' }, `\`main\`; ${USE}`],
  ['a role without a name', `${IAM}:role/`, `\`${IAM}:role/\`, which has no name; ${USE}`],
  [
    'a role in a Region',
    'arn:aws:iam:us-east-1:111111111111:role/backup',
    `\`arn:aws:iam:us-east-1:111111111111:role/backup\`, which has a Region; ${USE}`,
  ],
  [
    'a role whose account has 11 digits',
    'arn:aws:iam::11111111111:role/backup',
    '`arn:aws:iam::11111111111:role/backup`, which has no account; write the account between the last two colons',
  ],
])('the role of a selection is not %s', (_, arn, got) => {
  expect(found(arn)).toEqual([`${MUST} ${got}`]);
});

test('the path of a role is part of its ARN', () => {
  const properties = { RoleName: 'backup', Path: '/team/' };
  expect(found({ 'Fn::Sub': `arn:aws:iam::\${AWS::AccountId}:role/backup` }, properties)).toEqual([
    `${MUST} \`${IAM}:role/backup\`, but the path of the role \`Role\` is \`/team/\`; write \`!GetAtt Role.Arn\``,
  ]);
  expect(found(`${IAM}:role/team/backup`, properties)).toEqual([]);
});

test.each<[string, unknown]>([
  ['an attribute', { 'Fn::GetAtt': ['Role', 'Arn'] }],
  ['its parts', { 'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/\${Role}` }],
  ['a role of no template', `${IAM}:role/service/backup`],
  ['what is known only at deployment', UNKNOWN],
])('the role of a selection is its ARN, by %s', (_, arn) => {
  expect(found(arn)).toEqual([]);
});

describe('the AWS managed policies of a role', () => {
  const AWS = 'arn:aws:iam::aws:policy';
  const BASE = 'service-role/AWSBackupServiceRolePolicyForBackup';
  const lines = (policy: unknown) =>
    findings(roleIdentityChecks, { Role: role({ ManagedPolicyArns: [policy] }) }, undefined, PARAMETERS);
  const at = (id: string) => `${id} at Resources/Role/Properties/ManagedPolicyArns/0: role \`Role\` has`;

  test.each<[string, unknown, string]>([
    [
      'have their path',
      `${AWS}/AWSBackupServiceRolePolicyForBackup`,
      `${at('error Backup-ManagedPolicyMissing')} the AWS managed policy \`AWSBackupServiceRolePolicyForBackup\`, which does not exist; attach \`${AWS}/${BASE}\``,
    ],
    [
      'have their path in every partition',
      { 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/AWSBackupServiceRolePolicyForBackup` },
      `${at('error Backup-ManagedPolicyMissing')} the AWS managed policy \`AWSBackupServiceRolePolicyForBackup\`, which does not exist; attach \`${AWS}/${BASE}\``,
    ],
    [
      'have no path that is not theirs',
      `${AWS}/service-role/AWSBackupServiceRolePolicyForS3Backup`,
      `${at('error Backup-ManagedPolicyMissing')} the AWS managed policy \`service-role/AWSBackupServiceRolePolicyForS3Backup\`, which does not exist; attach \`${AWS}/AWSBackupServiceRolePolicyForS3Backup\``,
    ],
    [
      'are named by their ARNs',
      'AWSBackupServiceRolePolicyForBackup',
      `${at('error Backup-ManagedPolicyArn')} \`AWSBackupServiceRolePolicyForBackup\`, which is not the ARN of a managed policy; use the ARN of the policy, such as \`${AWS}/${BASE}\``,
    ],
    [
      'are not those of service-linked roles',
      `${AWS}/aws-service-role/AWSBackupServiceLinkedRolePolicyForBackup`,
      `${at('error Backup-ManagedPolicyServiceLinked')} the AWS managed policy \`aws-service-role/AWSBackupServiceLinkedRolePolicyForBackup\`, which can be attached only to service-linked roles; attach \`${AWS}/${BASE}\``,
    ],
    [
      'are known to exist',
      `${AWS}/service-role/AWSBackupServiceRolePolicyForTea`,
      `${at('warning Backup-ManagedPolicyUnknown')} the AWS managed policy \`service-role/AWSBackupServiceRolePolicyForTea\`, which is not known to exist; compare the ARN with the list of policies in the AWS Backup Developer Guide`,
    ],
  ])('%s', (_, policy, message) => {
    expect(lines(policy)).toEqual([message]);
  });

  test.each([`${AWS}/${BASE}`, `${AWS}/AdministratorAccess`, `${IAM}:policy/own`, UNKNOWN])(
    '%j is fine',
    (policy) => {
      expect(lines(policy)).toEqual([]);
    },
  );
});
