import { Aws, CfnParameter, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import { CopySource } from '../../../src/resources/vault/copy-source';
import { DeletionDenial } from '../../../src/resources/vault/deletion-denial';
import { VaultEncryption } from '../../../src/resources/vault/vault-encryption';
import { testApp } from '../../support/app';
import { refusal } from '../../support/refusal';
import { warningsOf } from '../../support/warnings';

const HERE = '111122223333';
const OTHER = '444455556666';
const COPY = 'backup:CopyIntoBackupVault';
const VAULT_ARN = { 'Fn::GetAtt': [Match.stringLikeRegexp('^Vault'), 'BackupVaultArn'] };

let stack: Stack;
let vault: BackupVault;
beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(); // warnings at synthesis
  stack = new Stack(testApp(), 'Stack', { env: { account: HERE, region: 'eu-west-1' } });
  vault = new BackupVault(stack, 'Vault');
});

function accessPolicy(scope = stack) {
  const vaults = Template.fromStack(scope).findResources('AWS::Backup::BackupVault');
  return Object.values(vaults)[0].Properties.AccessPolicy?.Statement;
}

function hasPolicy(scope: Stack, statement: object) {
  Template.fromStack(scope).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: { Statement: [statement] },
  });
}

function roleIn(scope: Stack, id = 'Role') {
  return new iam.Role(scope, id, { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
}

function roleOf(account: string, scope = stack) {
  return iam.Role.fromRoleArn(scope, 'Imported', `arn:aws:iam::${account}:role/copier`);
}

const accountRoot = (account: unknown) => ({
  AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::${account}:root`]] },
});

test('a vault has no access policy by default', () => {
  expect(accessPolicy()).toBeUndefined();
});

describe('a copy source of a vault', () => {
  test('has its own statement', () => {
    const unit = 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111';
    const scope = new Stack(testApp(), 'Stack');
    new BackupVault(scope, 'Vault', {
      copyFrom: [CopySource.account(OTHER), CopySource.organizationalUnit(unit)],
    });
    expect(accessPolicy(scope)).toEqual([
      { Effect: 'Allow', Action: COPY, Principal: accountRoot(OTHER), Resource: '*' },
      {
        Effect: 'Allow',
        Action: COPY,
        Principal: { AWS: '*' },
        Resource: '*',
        Condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': [`${unit}/*`] } },
      },
    ]);
  });

  test('can be added later, together with a deletion denial', () => {
    vault.allowCopyFrom(CopySource.organization('o-a1b2c3d4e5'));
    vault.denyDeletion(DeletionDenial.exceptFor(roleIn(stack)));
    expect(accessPolicy()).toEqual([
      {
        Effect: 'Allow',
        Action: COPY,
        Principal: { AWS: '*' },
        Resource: '*',
        Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
      },
      expect.objectContaining({ Effect: 'Deny', Sid: 'DenyDeletionOfRecoveryPoints' }),
      expect.objectContaining({ Effect: 'Deny', Sid: 'DenyCircumvention' }),
    ]);
  });

  describe('can encrypt with the key of the vault', () => {
    const statements = (of: kms.IKeyRef) => {
      const template = Template.fromStack(Stack.of(of)).toJSON();
      const logicalId = Stack.of(of).getLogicalId(of.node.defaultChild as kms.CfnKey);
      return template.Resources[logicalId].Properties.KeyPolicy.Statement;
    };
    const LET_IN = [
      expect.objectContaining({
        Principal: { AWS: `arn:aws:iam::${OTHER}:root` },
        Action: expect.arrayContaining(['kms:GenerateDataKey*']),
      }),
      expect.objectContaining({
        Action: expect.arrayContaining(['kms:CreateGrant']),
        Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
      }),
    ];

    test('if it is created with the vault or elsewhere in the app', () => {
      vault.allowCopyFrom(CopySource.account(OTHER));
      const key = new kms.Key(new Stack(stack.node.root as Stack, 'Keys', { env: stack.env }), 'Key');
      const encryption = VaultEncryption.key(key);
      new BackupVault(stack, 'Other', { encryption, copyFrom: [CopySource.account(OTHER)] });
      expect(statements(vault.encryptionKey as kms.IKeyRef).slice(-2)).toEqual(LET_IN);
      expect(statements(key).slice(-2)).toEqual(LET_IN);
    });

    test('and the account of the vault can without a statement', () => {
      const before = new BackupVault(stack, 'Before').encryptionKey as kms.IKeyRef;
      const own = new BackupVault(stack, 'Own', { copyFrom: [CopySource.account(HERE)] });
      expect(statements(own.encryptionKey as kms.IKeyRef)).toEqual(statements(before));
    });

    test('and a warning lists the statements for an imported key', () => {
      const key = kms.Key.fromKeyArn(stack, 'Imported', `arn:aws:kms:eu-west-1:${HERE}:key/1-2`);
      const encryption = VaultEncryption.key(key);
      new BackupVault(stack, 'Foreign', { encryption, copyFrom: [CopySource.organization('o-a1b2c3d4e5')] });
      expect(warningsOf(stack)).toEqual([
        expect.stringMatching(
          /^Backup-KeyPath: `key` must let organization o-a1b2c3d4e5 copy, but its policy can't be changed in this app; add to it \{"Action":.*"aws:PrincipalOrgID":"o-a1b2c3d4e5".*\}$/,
        ),
      ]);
    });
  });

  test('gets a warning with the AWS-managed key, which prevents most cross-account copies', () => {
    const managed = { encryption: VaultEncryption.awsManagedKey() };
    const message =
      'Backup-CopyLikelyIntoAwsManagedKey: `copyFrom` needs a vault under a customer-managed key, since a vault under the AWS-managed key accepts cross-account copies only of fully managed types such as S3 and EFS, got account 444455556666; omit `encryption`, or use `VaultEncryption.key(…)`';
    const copyFrom = [CopySource.account(OTHER)];
    expect(warningsOf(new BackupVault(stack, 'Managed', { ...managed, copyFrom }))).toEqual([message]);
    const other = new BackupVault(stack, 'Later', managed);
    other.allowCopyFrom(CopySource.account(OTHER));
    expect(warningsOf(other)).toEqual([message.replace('copyFrom', 'source')]);
    other.allowCopyFrom(CopySource.account(HERE));
    expect(warningsOf(other)).toHaveLength(1);
  });

  test('must be in a list of sources', () => {
    expect(refusal(() => new BackupVault(stack, 'A', { copyFrom: OTHER as never }))).toBe(
      "`copyFrom` must be a list, each element a `CopySource`, got `444455556666`; for example, use `CopySource.account('111122223333')` (in `Stack/A`)",
    );
    expect(refusal(() => new BackupVault(stack, 'B', { copyFrom: [OTHER as never] }))).toBe(
      "`copyFrom[0]` must be a `CopySource`, got `444455556666`; for example, use `CopySource.account('111122223333')` (in `Stack/B`)",
    );
    expect(refusal(() => vault.allowCopyFrom(undefined as never))).toBe(
      "`source` must be a `CopySource`, got nothing; for example, use `CopySource.account('111122223333')` (in `Stack/Vault`)",
    );
  });
});

describe('a statement of the access policy', () => {
  const statement = (props: iam.PolicyStatementProps) =>
    new iam.PolicyStatement({ resources: ['*'], principals: [new iam.StarPrincipal()], ...props });

  test('can have any form that AWS Backup accepts', () => {
    const denial = statement({ effect: iam.Effect.DENY, actions: ['backup:StartRestoreJob'] });
    vault.addToAccessPolicy(denial);
    expect(accessPolicy()).toEqual([
      { Effect: 'Deny', Action: 'backup:StartRestoreJob', Principal: '*', Resource: '*' },
    ]);
    expect(warningsOf(vault)).toEqual([]);
  });

  test('must have complete action names: wildcards are refused', () => {
    const actions = ['backup:Delete*', '*'];
    expect(refusal(() => vault.addToAccessPolicy(statement({ effect: iam.Effect.DENY, actions })))).toBe(
      [
        '2 problems of `Stack/Vault`:',
        ...actions.map(
          (action) =>
            `  - \`actions\` on a vault must be complete action names, since a vault access policy accepts no wildcards, got \`${action}\`; name each action, such as \`backup:CopyIntoBackupVault\``,
        ),
      ].join('\n'),
    );
  });

  test('should list what it allows another account, not what it excepts', () => {
    vault.addToAccessPolicy(
      statement({
        notActions: ['backup:DeleteRecoveryPoint'],
        principals: [new iam.AccountPrincipal('444455556666')],
      }),
    );
    expect(warningsOf(vault)).toContain(
      'Backup-CrossAccountGrantExcept: `notActions` for account 444455556666 allows every other action, but AWS Backup allows only `backup:CopyIntoBackupVault` across accounts; allow only `backup:CopyIntoBackupVault`, and let the other account assume a role for the rest',
    );
  });

  test('must have complete action names in `NotAction` too', () => {
    expect(refusal(() => vault.addToAccessPolicy(statement({ notActions: ['backup:*'] })))).toBe(
      '`notActions` on a vault must be complete action names, since a vault access policy accepts no wildcards, got `backup:*`; name each action, such as `backup:CopyIntoBackupVault` (in `Stack/Vault`)',
    );
  });

  test('can have an action that is known only at deployment', () => {
    const { valueAsString } = new CfnParameter(stack, 'Action');
    vault.addToAccessPolicy(statement({ effect: iam.Effect.DENY, actions: [valueAsString] }));
    expect(accessPolicy()[0].Action).toEqual({ Ref: 'Action' });
  });

  test('must have a principal', () => {
    const nobody = new iam.PolicyStatement({ actions: [COPY], resources: ['*'] });
    expect(refusal(() => vault.addToAccessPolicy(nobody))).toBe(
      "`principals` of a statement in a vault's access policy must name at least one, got none; for example, add `new AccountPrincipal(…)`, or `new StarPrincipal()` to deny (in `Stack/Vault`)",
    );
  });

  test.each<[string, iam.IPrincipal]>([
    ['an account', new iam.AccountPrincipal(OTHER)],
    ['a role', new iam.ArnPrincipal(`arn:aws:iam::${OTHER}:role/copier`)],
    ['a session', new iam.ArnPrincipal(`arn:aws:sts::${OTHER}:assumed-role/copier/me`)],
  ])('allows only copies to %s in another account', (_, principal) => {
    vault.addToAccessPolicy(statement({ actions: [COPY], principals: [principal] }));
    const more = statement({ actions: [COPY, 'backup:DescribeBackupVault'], principals: [principal] });
    expect(refusal(() => vault.addToAccessPolicy(more))).toBe(
      '`actions` for account 444455556666 can only be `backup:CopyIntoBackupVault`, got `backup:DescribeBackupVault`: AWS Backup allows nothing else across accounts; let the other account assume a role in this account (in `Stack/Vault`)',
    );
  });

  test.each<[string, iam.IPrincipal]>([
    ['an account', new iam.AccountPrincipal(HERE)],
    ['a role', new iam.ArnPrincipal(`arn:aws:iam::${HERE}:role/operator`)],
    ['a service', new iam.ServicePrincipal('backup.amazonaws.com')],
  ])('allows any action to %s in the same account', (_, principal) => {
    vault.addToAccessPolicy(statement({ actions: ['backup:StartBackupJob'], principals: [principal] }));
    expect(warningsOf(vault)).toEqual([]);
  });

  test.each<[string, iam.IPrincipal]>([
    ['everyone', new iam.AnyPrincipal()],
    ['the star', new iam.StarPrincipal()],
  ])('that allows %s without a condition gets a warning', (_, principal) => {
    vault.addToAccessPolicy(statement({ actions: [COPY], principals: [principal] }));
    expect(warningsOf(vault)).toEqual([
      'Backup-PublicVaultPolicy: `principals` is everyone in every AWS account, without a condition to narrow it; use `allowCopyFrom()` with an account, an organization or an organizational unit',
    ]);
  });

  test.each<[string, unknown, string]>([
    ['JSON', { Effect: 'Allow' }, 'an object'],
    ['nothing', undefined, 'nothing'],
    ['an action', COPY, `\`${COPY}\``],
  ])('must be a `PolicyStatement`: %s is refused', (_, value, shown) => {
    expect(refusal(() => vault.addToAccessPolicy(value as never))).toBe(
      `\`statement\` must be a \`PolicyStatement\`, got ${shown} (in \`Stack/Vault\`)`,
    );
  });
});

describe('a grant', () => {
  test('in the account changes the policies of the grantee', () => {
    const grant = vault.grant(roleIn(stack), 'backup:StartBackupJob', 'backup:DescribeBackupVault');
    expect(grant.success).toBe(true);
    hasPolicy(stack, {
      Effect: 'Allow',
      Action: ['backup:DescribeBackupVault', 'backup:StartBackupJob'],
      Resource: VAULT_ARN,
    });
    expect(accessPolicy()).toBeUndefined();
  });

  test.each<[string, () => iam.IGrantable]>([
    ['an account', () => new iam.AccountPrincipal(HERE)],
    ['an ARN', () => new iam.ArnPrincipal(`arn:aws:iam::${HERE}:role/copier`)],
    ['a service', () => new iam.ServicePrincipal('backup.amazonaws.com')],
  ])("to %s, whose policies can't be changed, changes the access policy", (_, grantee) => {
    const grant = vault.grant(grantee(), 'backup:StartBackupJob');
    expect(grant.resourceStatement ?? grant.principalStatement).toBeDefined();
    expect(accessPolicy()).toEqual([
      expect.objectContaining({ Effect: 'Allow', Action: 'backup:StartBackupJob', Resource: '*' }),
    ]);
  });

  test('to another account changes both policies, with a literal ARN in that of the grantee', () => {
    const scope = new Stack(stack.node.root as never, 'Source', {
      env: { account: OTHER, region: 'eu-west-1' },
    });
    const role = new iam.Role(scope, 'Role', {
      assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
      roleName: 'copier',
    });
    vault.grant(role, COPY);
    hasPolicy(scope, {
      Effect: 'Allow',
      Action: COPY,
      Resource: `arn:aws:backup:eu-west-1:${HERE}:backup-vault:Stack-Vault-84f432e0`,
    });
    expect(accessPolicy()).toEqual([
      {
        Effect: 'Allow',
        Action: COPY,
        Resource: '*',
        Principal: { AWS: `arn:aws:iam::${OTHER}:role/copier` },
      },
    ]);
  });

  test('to another account principal changes the access policy', () => {
    vault.grant(new iam.AccountPrincipal(OTHER), COPY);
    expect(accessPolicy()).toEqual([
      { Effect: 'Allow', Action: COPY, Principal: { AWS: `arn:aws:iam::${OTHER}:root` }, Resource: '*' },
    ]);
  });

  test('to another account can only be for copies', () => {
    const refused = refusal(() => vault.grant(roleOf(OTHER), COPY, 'backup:StartRestoreJob'));
    expect(refused).toBe(
      '`actions` for account 444455556666 can only be `backup:CopyIntoBackupVault`, got `backup:StartRestoreJob`: AWS Backup allows nothing else across accounts; let the other account assume a role in this account (in `Stack/Vault`)',
    );
    expect(accessPolicy()).toBeUndefined();
  });

  test('to another account gets a warning with the AWS-managed key', () => {
    const managed = new BackupVault(stack, 'Managed', { encryption: VaultEncryption.awsManagedKey() });
    managed.grant(roleOf(OTHER), COPY);
    expect(warningsOf(managed)).toEqual([
      'Backup-CopyLikelyIntoAwsManagedKey: `grantee` needs a vault under a customer-managed key, since a vault under the AWS-managed key accepts cross-account copies only of fully managed types such as S3 and EFS, got one of account 444455556666; omit `encryption`, or use `VaultEncryption.key(…)`',
    ]);
  });

  test('to everyone in an organization changes the access policy', () => {
    vault.grant(new iam.OrganizationPrincipal('o-a1b2c3d4e5'), COPY);
    expect(accessPolicy()).toEqual([
      {
        Effect: 'Allow',
        Action: COPY,
        Principal: { AWS: '*' },
        Resource: '*',
        Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
      },
    ]);
  });

  describe('in an environment-agnostic stack', () => {
    let anywhere: Stack;
    beforeEach(() => {
      anywhere = new Stack(testApp(), 'Anywhere');
      vault = new BackupVault(anywhere, 'Vault');
    });

    test('to a role of the stack changes its policies', () => {
      vault.grant(roleIn(anywhere), COPY);
      hasPolicy(anywhere, { Effect: 'Allow', Action: COPY, Resource: VAULT_ARN });
      expect(accessPolicy(anywhere)).toBeUndefined();
    });

    test('for copies changes both policies, since the account may differ', () => {
      vault.grant(roleOf(OTHER, anywhere), COPY);
      hasPolicy(anywhere, { Effect: 'Allow', Action: COPY, Resource: VAULT_ARN });
      expect(accessPolicy(anywhere)).toEqual([
        expect.objectContaining({ Principal: { AWS: `arn:aws:iam::${OTHER}:role/copier` } }),
      ]);
    });

    test('for other actions changes the policies of the grantee', () => {
      vault.grant(roleOf(OTHER, anywhere), 'backup:StartBackupJob');
      hasPolicy(anywhere, { Effect: 'Allow', Action: 'backup:StartBackupJob', Resource: VAULT_ARN });
      expect(accessPolicy(anywhere)).toBeUndefined();
    });

    test('to the account of the stack changes the access policy', () => {
      vault.grant(new iam.AccountPrincipal(Aws.ACCOUNT_ID), 'backup:StartBackupJob');
      expect(accessPolicy(anywhere)).toHaveLength(1);
    });
  });

  describe('on an imported vault', () => {
    const imported = (account: string) =>
      BackupVault.fromBackupVaultArn(
        stack,
        'Other',
        `arn:aws:backup:eu-west-1:${account}:backup-vault:central`,
      );

    test('in the same account changes the policies of the grantee', () => {
      const other = imported(HERE);
      expect(other.grant(roleIn(stack), 'backup:StartBackupJob').success).toBe(true);
      hasPolicy(stack, { Action: 'backup:StartBackupJob', Resource: other.backupVaultArn });
      expect(warningsOf(other)).toEqual([]);
    });

    test('in another account changes the policies of the grantee, and a warning explains the rest', () => {
      const other = imported(OTHER);
      expect(other.grant(roleIn(stack), COPY).success).toBe(true);
      hasPolicy(stack, { Action: COPY, Resource: other.backupVaultArn });
      expect(warningsOf(other)).toEqual([
        "Backup-ImportedVaultGrant: `grantee` is in account 111122223333, so the access policy of the vault must also allow it, but this app can't change the policy of an imported vault; allow `backup:CopyIntoBackupVault` in the app that creates the vault",
      ]);
    });

    test('in another account can only be for copies', () => {
      expect(refusal(() => imported(OTHER).grant(roleIn(stack), 'backup:StartRestoreJob'))).toBe(
        '`actions` for account 111122223333 can only be `backup:CopyIntoBackupVault`, got `backup:StartRestoreJob`: AWS Backup allows nothing else across accounts; let the other account assume a role in this account (in `Stack/Other`)',
      );
    });

    test("to a grantee whose policies can't be changed has no effect and gets a warning", () => {
      const other = imported(HERE);
      expect(other.grant(new iam.AccountPrincipal(HERE), 'backup:StartBackupJob').success).toBe(false);
      expect(warningsOf(other)).toEqual([
        'Backup-GrantWithoutEffect: `grantee` gets no permissions, since this app can change neither its policies nor the access policy of an imported vault; allow the actions in the app that creates the grantee or the vault',
      ]);
    });
  });

  test('can be to a function that is imported without its role', () => {
    const imported = Lambda.fromFunctionArn(stack, 'Function', `arn:aws:lambda:eu-west-1:${HERE}:function:f`);
    expect(() => vault.grant(imported, 'backup:StartBackupJob')).not.toThrow();
    expect(accessPolicy()).toBeUndefined();
  });

  test.each<[string, unknown[], string]>([
    [
      'no action',
      [],
      '`actions` must contain at least one action, got none; pass an action such as `backup:CopyIntoBackupVault`',
    ],
    [
      'a wildcard',
      ['backup:*'],
      '`actions` on a vault must be complete action names, since a vault access policy accepts no wildcards, got `backup:*`; name each action, such as `backup:CopyIntoBackupVault`',
    ],
    [
      'a single wildcard',
      ['backup:DeleteRecoveryPoin?'],
      '`actions` on a vault must be complete action names, since a vault access policy accepts no wildcards, got `backup:DeleteRecoveryPoin?`; name each action, such as `backup:CopyIntoBackupVault`',
    ],
    [
      'a list',
      [[COPY]],
      '`actions` on a vault must be complete action names, since a vault access policy accepts no wildcards, got an array; name each action, such as `backup:CopyIntoBackupVault`',
    ],
  ])('of %s is refused', (_, actions, message) => {
    expect(refusal(() => vault.grant(roleIn(stack), ...(actions as string[])))).toBe(
      `${message} (in \`Stack/Vault\`)`,
    );
  });

  test.each<[unknown, string]>([
    [HERE, '`111122223333`'],
    [null, 'null'],
    [{}, 'an object'],
  ])('to %p is refused', (grantee, shown) => {
    expect(refusal(() => vault.grant(grantee as never, COPY))).toBe(
      `\`grantee\` must be an \`IGrantable\`, such as a role, got ${shown} (in \`Stack/Vault\`)`,
    );
  });
});
