import { vaultPolicyChecks } from '../../../src/checks/vault/vault-policy-checks';
import { findings, ids, PARAMETERS, UNKNOWN, vault } from '../../support/findings';

const HERE = 'Resources/Vault/Properties/AccessPolicy';
const OF = 'of the access policy of vault `vault`';
const OTHER = 'arn:aws:iam::222222222222:root';
const COPY = 'backup:CopyIntoBackupVault';
const ALL = [
  'backup:DeleteRecoveryPoint',
  'backup:UpdateRecoveryPointLifecycle',
  'backup:PutBackupVaultAccessPolicy',
];
const EXEMPT = { ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111111111111:role/deploy' } };

const policy = (...Statement: object[]) => ({
  Vault: vault({ AccessPolicy: { Version: '2012-10-17', Statement } }),
});
/** A denial in the form of AWS Config, and one that protects it. */
const denyAll = (more: object = {}) => {
  const first = { Effect: 'Deny', Principal: '*', Action: ALL, Resource: '*', Condition: EXEMPT, ...more };
  return policy(first, { ...first, Action: 'backup:DeleteBackupVaultAccessPolicy' });
};
const allow = (more: object) =>
  policy({ Effect: 'Allow', Principal: { AWS: OTHER }, Action: COPY, Resource: '*', ...more });
const deny = (more: object) =>
  policy({ Effect: 'Deny', Principal: '*', Action: ALL, Resource: '*', Condition: EXEMPT, ...more });

test.each<[string, object, object, string]>([
  [
    'names whole actions',
    allow({ Action: 'backup:Copy*', Principal: { AWS: '111111111111' } }),
    allow({ Principal: { AWS: '111111111111' } }),
    `error Backup-VaultPolicyWildcard at ${HERE}/Statement/0/Action: \`Action\` ${OF} on a vault must be complete action names, since a vault access policy accepts no wildcards, got \`backup:Copy*\`; name each action, such as \`backup:CopyIntoBackupVault\``,
  ],
  [
    'names somebody',
    allow({ Principal: undefined }),
    allow({}),
    `error Backup-VaultPolicyStatement at ${HERE}/Statement/0: \`Principal\` ${OF} of a statement in a vault's access policy must name at least one, got none; name an account or a role, or \`*\` in a statement that denies`,
  ],
  [
    'allows other accounts copies alone',
    allow({ Action: [COPY, 'backup:StartRestoreJob'] }),
    allow({
      Action: [COPY, 'backup:StartRestoreJob'],
      Principal: { AWS: 'arn:aws:iam::111111111111:role/admin' },
    }),
    `error Backup-CrossAccountGrant at ${HERE}/Statement/0/Action: \`Action\` ${OF} for account 222222222222 can only be \`backup:CopyIntoBackupVault\`, got \`backup:StartRestoreJob\`: AWS Backup allows nothing else across accounts; allow only \`backup:CopyIntoBackupVault\`, and let the other account assume a role for the rest`,
  ],
  [
    'lists what it allows other accounts',
    allow({ Action: undefined, NotAction: 'backup:DeleteRecoveryPoint' }),
    allow({
      Action: undefined,
      NotAction: 'backup:DeleteRecoveryPoint',
      Principal: { AWS: 'arn:aws:iam::111111111111:role/admin' },
    }),
    `warning Backup-CrossAccountGrantExcept at ${HERE}/Statement/0/NotAction: \`NotAction\` ${OF} for account 222222222222 allows every other action, but AWS Backup allows only \`backup:CopyIntoBackupVault\` across accounts; allow only \`backup:CopyIntoBackupVault\`, and let the other account assume a role for the rest`,
  ],
  [
    'isn’t for everybody',
    allow({ Principal: '*' }),
    allow({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }),
    `warning Backup-PublicVaultPolicy at ${HERE}/Statement/0/Principal: \`Principal\` ${OF} is everyone in every AWS account, without a condition to narrow it; name accounts, or add a condition on \`aws:PrincipalOrgID\` or \`aws:PrincipalOrgPaths\``,
  ],
  [
    'denies deletion as AWS Config accepts it',
    deny({ Action: ALL.slice(0, 2) }),
    denyAll(),
    `warning Backup-DeletionDenialIncomplete at ${HERE}/Statement/0: the access policy of vault \`vault\` denies \`backup:DeleteRecoveryPoint\`, but not \`backup:PutBackupVaultAccessPolicy\`; deny \`backup:DeleteRecoveryPoint\`, \`backup:UpdateRecoveryPointLifecycle\` and \`backup:PutBackupVaultAccessPolicy\` to the principal \`*\` on the resource \`*\``,
  ],
  [
    'denies deletion of everything',
    deny({ Resource: 'arn:aws:backup:us-east-1:111111111111:recovery-point:*' }),
    denyAll({ Principal: { AWS: '*' } }),
    `warning Backup-DeletionDenialIncomplete at ${HERE}/Statement/0: the access policy of vault \`vault\` denies \`backup:DeleteRecoveryPoint\`, but not for the resource \`*\`; deny \`backup:DeleteRecoveryPoint\`, \`backup:UpdateRecoveryPointLifecycle\` and \`backup:PutBackupVaultAccessPolicy\` to the principal \`*\` on the resource \`*\``,
  ],
  [
    'leaves somebody who can change it',
    denyAll({ Condition: undefined }),
    denyAll(),
    `warning Backup-DeletionDenialWithoutExemption at ${HERE}/Statement/0: \`AccessPolicy\` of vault \`vault\` prevents everyone, including CloudFormation, from changing the access policy of the vault: later deployments that change it will fail; exempt the deployment role with a condition on \`aws:PrincipalArn\``,
  ],
  [
    'denies what would undo the denial',
    deny({}),
    denyAll(),
    `warning Backup-DeletionDenialUndone at ${HERE}/Statement/0: the access policy of vault \`vault\` denies \`backup:DeleteRecoveryPoint\`, but not \`backup:DeleteBackupVaultAccessPolicy\`, which removes the denial; deny \`backup:DeleteBackupVaultAccessPolicy\` as well, in a statement of its own`,
  ],
])('the access policy of a vault %s', (_, bad, good, line) => {
  expect(findings(vaultPolicyChecks, bad)).toEqual([line]);
  expect(ids(vaultPolicyChecks, good)).toEqual([]);
});

describe('what a statement excludes counts as IAM evaluates it', () => {
  const denyBut = (more: object) =>
    policy({ Effect: 'Deny', Principal: '*', Resource: '*', Condition: EXEMPT, ...more });
  const RESOURCE = (got: string) =>
    `warning Backup-VaultPolicyResource at ${HERE}/Statement/0/NotResource: \`NotResource\` ${OF} should leave the vault itself, got \`${got}\`, so the statement never applies; write \`"Resource": "*"\`, which stands for the vault itself`;

  test.each<[string, object, string[]]>([
    ['denies everything but a copy', { NotAction: COPY }, []],
    ['denies everything but reading', { NotAction: ['backup:DescribeBackupVault', COPY] }, []],
    [
      'denies everything but the change of the policy',
      { NotAction: 'backup:PutBackupVaultAccessPolicy' },
      ['Backup-DeletionDenialIncomplete'],
    ],
    ['denies everything but deletion', { NotAction: ALL[0] }, []],
    ['denies everything but what is not known', { NotAction: [COPY, UNKNOWN] }, []],
  ])('`NotAction` that %s', (_, more, expected) => {
    expect(ids(vaultPolicyChecks, denyBut(more), PARAMETERS)).toEqual(expected);
  });

  test.each<[string, object, string[]]>([
    [
      'a wildcard',
      { NotAction: 'backup:Describe*' },
      ['Backup-VaultPolicyWildcard', 'Backup-CrossAccountGrantExcept'],
    ],
    [
      'other actions than copies, for another account',
      { NotAction: 'backup:StartRestoreJob' },
      ['Backup-CrossAccountGrantExcept'],
    ],
  ])('`NotAction` in a statement that allows %s', (_, more, expected) => {
    const allowed = { Effect: 'Allow', Principal: { AWS: OTHER }, Resource: '*' };
    expect(ids(vaultPolicyChecks, policy({ ...allowed, ...more }))).toEqual(expected);
  });

  test.each<[string, object, string[]]>([
    ['every resource', { NotResource: '*' }, [RESOURCE('*')]],
    ['every ARN', { NotResource: ['arn:*'] }, [RESOURCE('arn:*')]],
    ['another vault', { NotResource: 'arn:aws:backup:us-east-1:111111111111:backup-vault:other' }, []],
    ['the vault, but not its recovery points', { NotResource: 'arn:aws:backup:*:*:backup-vault:vault' }, []],
    ['what is not known', { NotResource: UNKNOWN }, []],
  ])('`NotResource` with %s', (_, more, expected) => {
    const statement = { Effect: 'Allow', Principal: { AWS: OTHER }, Action: COPY };
    expect(findings(vaultPolicyChecks, policy({ ...statement, ...more }), undefined, PARAMETERS)).toEqual(
      expected,
    );
  });

  const but = (Effect: string, NotPrincipal: unknown, more: object = {}) =>
    policy({ Effect, NotPrincipal, Action: COPY, Resource: '*', ...more });
  const PUBLIC = `warning Backup-PublicVaultPolicy at ${HERE}/Statement/0/NotPrincipal: \`NotPrincipal\` ${OF} in a statement that allows leaves everyone else in every AWS account, without a condition to narrow it; name accounts, or add a condition on \`aws:PrincipalOrgID\` or \`aws:PrincipalOrgPaths\``;

  test.each<[string, object, string[]]>([
    ['allows everyone else', but('Allow', { AWS: OTHER }), [PUBLIC]],
    ['denies everyone else', but('Deny', { AWS: OTHER }), []],
    [
      'allows everyone else in an organization',
      but('Allow', { AWS: OTHER }, { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }),
      [],
    ],
    [
      'allows others on a condition that is not known',
      but('Allow', { AWS: OTHER }, { Condition: UNKNOWN }),
      [],
    ],
    [
      'denies deletion to everyone else',
      but('Deny', { AWS: OTHER }, { Action: 'backup:UpdateRegionSettings' }),
      [],
    ],
  ])('`NotPrincipal` that %s', (_, template, expected) => {
    expect(findings(vaultPolicyChecks, template, undefined, PARAMETERS)).toEqual(expected);
  });
});

test('a role that creates backups can delete them when they expire', () => {
  const withRole = (principal: unknown) => ({
    ...deny({ Principal: { AWS: principal }, Action: ALL[0] }),
    Role: { Type: 'AWS::IAM::Role', Properties: {} },
    Selection: {
      Type: 'AWS::Backup::BackupSelection',
      Properties: {
        BackupSelection: { SelectionName: 'all', IamRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } },
      },
    },
  });
  expect(findings(vaultPolicyChecks, withRole({ 'Fn::GetAtt': ['Role', 'Arn'] }))).toEqual([
    `warning Backup-RoleDenied at ${HERE}/Statement/0/Principal: \`Principal\` ${OF} is a role that creates backups, which is denied \`backup:DeleteRecoveryPoint\`; exempt the role that creates the backups`,
  ]);
  expect(ids(vaultPolicyChecks, withRole('arn:aws:iam::111111111111:role/intern'))).toEqual([]);
});

test('an account is recognised where only the partition is open', () => {
  const Principal = { AWS: { 'Fn::Sub': `arn:\${AWS::Partition}:iam::222222222222:root` } };
  expect(findings(vaultPolicyChecks, allow({ Principal, Action: 'backup:StartCopyJob' }))).toHaveLength(1);
});

test.each<[string, object]>([
  ['a policy', { Vault: vault({ AccessPolicy: UNKNOWN }) }],
  ['a statement', policy(UNKNOWN)],
  ['an action', allow({ Action: UNKNOWN })],
  ['a principal', allow({ Principal: UNKNOWN, Action: 'backup:StartCopyJob' })],
  ['an account', allow({ Principal: { AWS: UNKNOWN }, Action: 'backup:StartCopyJob' })],
  ['a condition', allow({ Principal: '*', Condition: UNKNOWN })],
  ['a denied action', deny({ Action: [ALL[0], UNKNOWN] })],
  ['an effect', deny({ Effect: UNKNOWN, Action: ALL[0] })],
])('%s that isn’t known is not checked', (_, template) => {
  expect(ids(vaultPolicyChecks, template, PARAMETERS)).toEqual([]);
});
