import {
  CfnParameter,
  Duration,
  type IPropertyInjector,
  NestedStack,
  RemovalPolicy,
  Stack,
} from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { BackupPlan } from '../../../src/resources/plan/backup-plan';
import { BackupRule } from '../../../src/resources/plan/backup-rule';
import { BackupRole, type BackupRoleProps } from '../../../src/resources/role/backup-role';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import { VaultEncryption } from '../../../src/resources/vault/vault-encryption';
import { TagCondition } from '../../../src/values/core/tag-condition';
import { Retention } from '../../../src/values/plan/retention';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { testApp } from '../../support/app';
import { nagFindings } from '../../support/nag';
import { refusal } from '../../support/refusal';
import { schemaProblems } from '../../support/schema';

const ROLE = 'AWS::IAM::Role';
const BACKUP = 'service-role/AWSBackupServiceRolePolicyForBackup';
const RESTORES = 'service-role/AWSBackupServiceRolePolicyForRestores';
const S3_BACKUP = 'AWSBackupServiceRolePolicyForS3Backup';
const S3_RESTORE = 'AWSBackupServiceRolePolicyForS3Restore';
const INDEXING = 'AWSBackupServiceRolePolicyForIndexing';
const SCANS = 'AWSBackupServiceRolePolicyForScans';

let stack: Stack;
beforeEach(() => {
  stack = new Stack(testApp(), 'Stack');
});

function roleWith(props?: BackupRoleProps): BackupRole {
  return new BackupRole(stack, 'Role', props);
}

function hasProperties(properties: object) {
  Template.fromStack(stack).hasResourceProperties(ROLE, properties);
}

/** The names of the managed policies of the role, without partition. */
function policies(): string[] {
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources(ROLE));
  const arns: { 'Fn::Join': [string, [string, object, string]] }[] = Properties.ManagedPolicyArns ?? [];
  return arns.map((arn) => {
    const [before, partition, after] = arn['Fn::Join'][1];
    expect([before, partition]).toEqual(['arn:', { Ref: 'AWS::Partition' }]);
    return after.replace(':iam::aws:policy/', '');
  });
}

test('only AWS Backup can assume the role', () => {
  roleWith();
  hasProperties({
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ],
    },
    Description: 'Lets AWS Backup make recovery points',
    RoleName: Match.absent(),
    ManagedPolicyArns: Match.absent(),
    PermissionsBoundary: Match.absent(),
  });
  expect(schemaProblems(Template.fromStack(stack).toJSON())).toEqual([]);
});

describe('the role has permissions for', () => {
  const { S3, DYNAMODB, EBS, EFS } = ResourceType;
  test.each<[string, BackupRoleProps, string[]]>([
    ['nothing', {}, []],
    ['nothing yet, though it may restore', { restores: true }, []],
    ['back up most types', { resourceTypes: [DYNAMODB, EFS] }, [BACKUP]],
    ['back up and restore them', { resourceTypes: [DYNAMODB], restores: true }, [BACKUP, RESTORES]],
    ['back up buckets', { resourceTypes: [S3] }, [S3_BACKUP]],
    ['back up and restore buckets', { resourceTypes: [S3], restores: true }, [S3_BACKUP, S3_RESTORE]],
    ['back up both', { resourceTypes: [EBS, S3] }, [BACKUP, S3_BACKUP]],
  ])('%s', (_, props, names) => {
    roleWith(props);
    const expected = names.includes(S3_BACKUP) ? expect.arrayContaining(names) : names;
    expect(policies()).toEqual(expected);
    if (!names.some((name) => name.includes('Restore'))) expect(policies().join()).not.toContain('Restore');
  });

  test('every type, if the types are unknown', () => {
    roleWith().allowBackupOfEverything();
    expect(policies().sort()).toEqual([S3_BACKUP, BACKUP]);
  });

  test('every type, and restore it', () => {
    roleWith({ restores: true }).allowBackupOfEverything();
    expect(policies().sort()).toEqual(
      [...new Set(ResourceType.all().flatMap((t) => [...t.backupPolicies, ...t.restorePolicies]))].sort(),
    );
  });

  test('types added later, without duplicate policies', () => {
    const role = roleWith({ resourceTypes: [DYNAMODB] });
    role.allowBackupOf(EFS, EBS);
    role.allowBackupOf(DYNAMODB);
    expect(policies()).toEqual([BACKUP]);
  });

  test('EBS indexes; S3 indexes need no further policy', () => {
    const role = roleWith();
    role.allowIndexOf(S3);
    expect(policies()).toEqual([]);
    role.allowIndexOf(EBS);
    Template.fromStack(stack);
    expect(stack.resolve((role.node.defaultChild as iam.CfnRole).managedPolicyArns)).toHaveLength(1);
  });

  test('indexes and scans', () => {
    const role = roleWith();
    role.allowIndexOf(EBS);
    role.allowScans();
    role.allowScans();
    expect(policies()).toEqual([INDEXING, SCANS]);
  });

  test('a custom type', () => {
    const type = ResourceType.of('Quantum', {
      backupPolicies: ['QuantumBackup'],
      restorePolicies: ['QuantumRestore'],
    });
    roleWith({ resourceTypes: [type], restores: true });
    expect(policies()).toEqual(['QuantumBackup', 'QuantumRestore']);
  });
});

test('AWS managed policies are acknowledged for cdk-nag', () => {
  roleWith({ restores: true }).allowBackupOfEverything();
  expect(nagFindings(stack.node.root as never)).toEqual([]);
});

test('the role is retained, since AWS Backup deletes expired recovery points with it', () => {
  roleWith();
  Template.fromStack(stack).hasResource(ROLE, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
});

test('which can be changed', () => {
  roleWith({ removalPolicy: RemovalPolicy.DESTROY });
  Template.fromStack(stack).hasResource(ROLE, { DeletionPolicy: 'Delete' });
});

test('the role can have a permissions boundary', () => {
  const boundary = iam.ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess');
  roleWith({ permissionsBoundary: boundary });
  const arn = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/PowerUserAccess']] };
  hasProperties({ PermissionsBoundary: arn });
});

test('the role can get the permissions boundary of a scope', () => {
  roleWith();
  iam.PermissionsBoundary.of(stack).apply(
    iam.ManagedPolicy.fromManagedPolicyArn(stack, 'Boundary', 'arn:aws:iam::111122223333:policy/boundary'),
  );
  hasProperties({ PermissionsBoundary: 'arn:aws:iam::111122223333:policy/boundary' });
});

describe('the name', () => {
  test('that CloudFormation generates for the role of a plan matches what backup operators may pass', () => {
    const plan = new BackupPlan(stack, 'Plan', {
      vault: new BackupVault(stack, 'Vault'),
      rules: [BackupRule.daily({ retention: Retention.days(35) })],
    });
    plan.addSelection('Tagged', { tags: [TagCondition.stringEquals('backup', 'gold')] });
    const [logicalId] = Object.keys(Template.fromStack(stack).findResources(ROLE));
    expect(logicalId).toMatch(/^PlanAwsBackupRole/);
  });

  test('can be set, with a description', () => {
    roleWith({ roleName: 'AwsBackup-orders', description: 'Backs up orders' });
    hasProperties({ RoleName: 'AwsBackup-orders', Description: 'Backs up orders' });
  });

  test('can be known only at deployment', () => {
    const role = roleWith({ roleName: new CfnParameter(stack, 'Name').valueAsString });
    hasProperties({ RoleName: { Ref: 'Name' } });
    expect(stack.resolve(role.roleRef)).toEqual({
      roleArn: { 'Fn::GetAtt': ['Role1ABCC5F0', 'Arn'] },
      roleName: { Ref: 'Role1ABCC5F0' },
    });
  });
});

describe('the role works like any CDK role:', () => {
  test('it refers to itself by attributes', () => {
    const role = roleWith();
    expect(stack.resolve([role.roleArn, role.roleName, role.roleRef.roleArn, role.roleRef.roleName])).toEqual(
      [
        { 'Fn::GetAtt': ['Role1ABCC5F0', 'Arn'] },
        { Ref: 'Role1ABCC5F0' },
        { 'Fn::GetAtt': ['Role1ABCC5F0', 'Arn'] },
        { Ref: 'Role1ABCC5F0' },
      ],
    );
    expect([role.grantPrincipal, role.assumeRoleAction]).toEqual([role, 'sts:AssumeRole']);
    expect(role.principalAccount).toBe(stack.account);
  });

  test('a key can be granted to it', () => {
    new Key(stack, 'Key').grantEncryptDecrypt(roleWith());
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [Match.objectLike({ Action: Match.arrayWith(['kms:Decrypt']), Effect: 'Allow' })],
      },
      Roles: [{ Ref: 'Role1ABCC5F0' }],
    });
  });

  test('statements and policies can be added to it', () => {
    const role = roleWith();
    const statement = new iam.PolicyStatement({ actions: ['tag:GetResources'], resources: ['*'] });
    expect(role.addToPolicy(statement)).toBe(true);
    expect(role.addToPrincipalPolicy(statement).policyDependable).toBeDefined();
    const policy = new iam.Policy(stack, 'Policy', { statements: [statement] });
    role.attachInlinePolicy(policy);
    role.attachInlinePolicy(policy);
    role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('ReadOnlyAccess'));
    role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('ReadOnlyAccess'));
    Template.fromStack(stack).resourcePropertiesCountIs(
      'AWS::IAM::Policy',
      { Roles: [{ Ref: 'Role1ABCC5F0' }] },
      2,
    );
    expect(policies()).toEqual(['ReadOnlyAccess']);
  });

  test.each<[string, (role: BackupRole, grantee: iam.IPrincipal) => iam.Grant]>([
    ['iam:PassRole', (role, grantee) => role.grantPassRole(grantee)],
    ['sts:AssumeRole', (role, grantee) => role.grantAssumeRole(grantee)],
    ['iam:GetRole', (role, grantee) => role.grant(grantee, 'iam:GetRole')],
  ])('%s on it can be granted', (action, grant) => {
    const user = new iam.User(stack, 'User');
    grant(roleWith(), user);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [{ Action: action, Resource: { 'Fn::GetAtt': ['Role1ABCC5F0', 'Arn'] } }],
      },
    });
  });

  test('it can be passed to AWS Backup and to no other service', () => {
    roleWith().grantPassRole(new iam.User(stack, 'User'));
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [{ Condition: { StringEquals: { 'iam:PassedToService': 'backup.amazonaws.com' } } }],
      },
    });
  });

  test('AWS Backup assumes it for its own account', () => {
    roleWith();
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Principal: { Service: 'backup.amazonaws.com' },
            Condition: { StringEqualsIfExists: { 'aws:SourceAccount': stack.resolve(stack.account) } },
          },
        ],
      },
    });
  });

  test('the key policy of another account can refer to it by an explicit name', () => {
    const app = stack.node.root as never;
    const here = new Stack(app, 'Here', { env: { account: '111122223333', region: 'eu-west-1' } });
    const there = new Stack(app, 'There', { env: { account: '444455556666', region: 'eu-west-1' } });
    const role = new BackupRole(here, 'Role', { roleName: 'AwsBackup-orders' });
    const key = new Key(there, 'Key');
    key.addToResourcePolicy(
      new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: ['*'], principals: [role] }),
    );
    Template.fromStack(there).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({ Principal: { AWS: 'arn:aws:iam::111122223333:role/AwsBackup-orders' } }),
        ]),
      },
    });
  });

  test('a vault can be granted to it', () => {
    new BackupVault(stack, 'Vault', { encryption: VaultEncryption.awsManagedKey() }).grant(
      roleWith(),
      'backup:CopyIntoBackupVault',
    );
    Template.fromStack(stack).resourceCountIs('AWS::IAM::Policy', 1);
  });

  test('it can be in a nested stack', () => {
    const role = new BackupRole(new NestedStack(stack, 'Nested'), 'Role');
    new iam.User(stack, 'User');
    expect(() => role.grantPassRole(new iam.User(stack, 'Operator'))).not.toThrow();
    expect(() => Template.fromStack(stack)).not.toThrow();
  });
});

test('a selection depends on the inline policies of its role, including those attached later', () => {
  const role = roleWith();
  role.addToPolicy(new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: ['*'] }));
  const plan = new BackupPlan(stack, 'Plan', {
    role,
    vault: new BackupVault(stack, 'Vault'),
    rules: [BackupRule.daily({ retention: Retention.days(35), startWindow: Duration.hours(1) })],
  });
  plan.addSelection('Tagged', { tags: [TagCondition.stringEquals('backup', 'gold')] });
  role.attachInlinePolicy(
    new iam.Policy(stack, 'Later', {
      statements: [new iam.PolicyStatement({ actions: ['kms:Encrypt'], resources: ['*'] })],
    }),
  );
  Template.fromStack(stack).hasResource('AWS::Backup::BackupSelection', {
    DependsOn: [Match.stringLikeRegexp('^Later'), Match.stringLikeRegexp('^RoleDefaultPolicy')],
  });
});

const IN = ' (in `Stack/Role`)';
const NAME = '`roleName` must be 1 to 64 characters from `a-z`, `A-Z`, `0-9` and `+=,.@_-`';
test.each<[string, object, string]>([
  ['a name with a blank', { roleName: 'AWS Backup' }, `${NAME}, got \`AWS Backup\``],
  ['a name that is too long', { roleName: 'r'.repeat(65) }, `${NAME}, got \`${'r'.repeat(65)}\``],
  ['a name that is not a string', { roleName: 7 }, `${NAME}, got 7`],
  [
    'a description that is too long',
    { description: 'd'.repeat(1001) },
    '`description` must be a string of at most 1000 characters, got 1001; shorten it',
  ],
  [
    'a type by its name',
    { resourceTypes: ['S3'] },
    '`resourceTypes[0]` must be a `ResourceType`, got `S3`; for example, use `ResourceType.DYNAMODB`',
  ],
  [
    'one type instead of a list',
    { resourceTypes: 'S3' },
    '`resourceTypes` must be a list, each element a `ResourceType`, got `S3`; for example, use `ResourceType.DYNAMODB`',
  ],
  ['a word for yes', { restores: 'yes' }, '`restores` must be true or false, got `yes`'],
  [
    'a boundary by its ARN',
    { permissionsBoundary: 'arn:aws:iam::aws:policy/PowerUserAccess' },
    '`permissionsBoundary` must be a managed policy, got `arn:aws:iam::aws:policy/PowerUserAccess`; refer to an existing one with `ManagedPolicy.fromManagedPolicyArn`',
  ],
  [
    'another removal policy',
    { removalPolicy: RemovalPolicy.SNAPSHOT },
    '`removalPolicy` must be RemovalPolicy.RETAIN, RETAIN_ON_UPDATE_OR_DELETE or DESTROY, got `snapshot`',
  ],
])('%s is refused', (_, props, message) => {
  expect(refusal(() => roleWith(props))).toBe(message + IN);
});

test('types added later are checked too', () => {
  const role = roleWith();
  const message =
    '`resourceTypes[0]` must be a `ResourceType`, got `EBS`; for example, use `ResourceType.DYNAMODB`';
  expect(refusal(() => role.allowBackupOf('EBS' as never))).toBe(message + IN);
  expect(refusal(() => role.allowIndexOf('EBS' as never))).toBe(message + IN);
});

test('null is refused as properties', () => {
  expect(refusal(() => roleWith(null as never))).toBe(
    `\`props\` must be an object with properties, got null${IN}`,
  );
});

test('a property injector can set defaults', () => {
  const injector: IPropertyInjector = {
    constructUniqueId: BackupRole.PROPERTY_INJECTION_ID,
    inject: (props) => ({ ...props, description: 'Ours' }),
  };
  const scope = new Stack(testApp({ propertyInjectors: [injector] }), 'Stack');
  new BackupRole(scope, 'Role');
  Template.fromStack(scope).hasResourceProperties(ROLE, { Description: 'Ours' });
});
