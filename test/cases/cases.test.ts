import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { ALL_CHECKS } from '../../src/checks/all-checks';
import { runChecks } from '../../src/checks/engine/check';
import { run } from '../../src/cli/run';
import { coverageOf } from '../../src/coverage/coverage';
import { inventoryOf } from '../../src/inventory/inventory';
import type { StackSource } from '../../src/template/input/source';
import { source } from '../support/templates';

/** Inputs from public reports, one or more of each kind, with neighbors of each kind, right and wrong. */

const now = new Date('2026-11-28T00:00:00Z');
const FOLDERS = readdirSync(__dirname).filter((name) => statSync(join(__dirname, name)).isDirectory());

// biome-ignore lint/suspicious/noExplicitAny: what is in a template has no types
type Any = any;

/** What the command prints. */
function command(...args: string[]): string {
  let printed = '';
  const write = (text: string) => {
    printed += text;
    return true;
  };
  const stream = { write, isTTY: false } as Any;
  run(args, { stdout: stream, stderr: stream, env: {}, cwd: __dirname, now } as Any);
  return printed;
}

const file = (name: string) => join(__dirname, name, 'input.json');
/** `severity id` of what `check` finds in a case, without notes on other subjects. */
const checked = (...paths: string[]): string[] =>
  (JSON.parse(command('check', ...paths, '--format', 'json')).findings as Any[]).map(
    ({ severity, id }) => `${severity} ${id}`,
  );

test('every folder with an input is answered here', () => {
  const text = readFileSync(__filename, 'utf8');
  expect(FOLDERS.filter((name) => !text.includes(`'${name}'`))).toEqual([]);
});

describe('the inputs of public reports', () => {
  test.each<[string, string[]]>([
    ['action-wildcard-1', []],
    ['effect-case-1', []],
    ['lot-or-1', ['note Backup-AnyTagKeys', 'warning Backup-SelectsNothing']],
    ['lot-prefix-1', ['warning Backup-AnyTagPrefix', 'warning Backup-SelectsNothing']],
    ['lustre-scratch-1', ['warning Backup-ResourceUnsupported']],
    ['managed-policy-arn-1', ['error Backup-ManagedPolicyMissing']],
    ['managed-policy-arn-3', ['error Backup-ManagedPolicyMissing']],
    ['no-selection-1', ['note Backup-PlanWithoutSelection']],
    ['past-year-1', ['error Backup-ScheduleNeverRuns']],
    [
      'pattern-role-1',
      ['error Backup-RolePolicies', 'warning Backup-AnyTagUnion', 'warning Backup-SelectsNothing'],
    ],
    ['pseudo-length-1', ['error Backup-RuleName']],
    ['role-arn-1', ['error Backup-RoleArn']],
    ['role-arn-3', ['warning Backup-DefaultRolePath']],
    ['scope-types-and-tag-1', ['note Backup-ConfigRecorder']],
    ['shape-1', ['error Backup-UnknownProperty']],
    ['shape-2', ['error Backup-MissingProperty']],
    ['shape-3', ['error Backup-UnknownProperty', 'error Backup-UnknownProperty']],
    ['shape-7', ['error Backup-UnknownProperty']],
    ['stackset-1', ['error Backup-LockConfiguration']],
    ['sub-string-1', ['error Backup-VaultKeyAlias']],
    ['unresolved-name-1', ['error Backup-UnresolvedName']],
    ['vault-policy-resource-1', ['warning Backup-VaultPolicyResource']],
    ['wording-3', ['error Backup-MissingProperty']],
  ])('%s', (name, expected) => {
    expect(checked(file(name)).sort()).toEqual([...expected].sort());
  });

  test.each([
    'managed-policy-arn-1',
    'managed-policy-arn-3',
    'role-arn-1',
    'shape-1',
    'shape-2',
    'shape-3',
    'shape-7',
    'unresolved-name-1',
  ])('%s: the table is not protected', (name) => {
    expect(command('coverage', file(name))).toContain('1 resource: 0 protected, 0 opted out, 1 unprotected');
  });

  test("the texts of 'shape-7', 'wording-3' and 'wording-1' are for people", () => {
    expect(command('check', file('shape-7'))).toMatch(
      /`Rules` is not a property of `BackupPlan`[\s\S]*write `BackupPlanRule`/,
    );
    expect(command('check', file('wording-3'))).toContain(
      '`MinRetentionDays` of `LockConfiguration` is required, but it is missing',
    );
    expect(command('check', file('wording-3'))).not.toContain('undefined');
    expect(command('preflight', file('wording-1'))).toContain(
      'plan `daily` copies to account 444455556666, eu-south-1, from an unspecified account, an unspecified Region',
    );
  });

  test("'sam-table-1': a table of SAM is listed as unprotected", () => {
    expect(command('coverage', file('sam-table-1'))).toMatch(/Unprotected[\s\S]*Orders\s+DynamoDB/);
  });

  test("'partition-1': a policy for GovCloud names a role of the partition `aws`", () => {
    expect(command('effective-policy', file('partition-1'))).toContain(
      'warning  `plans/daily/selections/tags/daily/iam_role_arn` should be in the partition `aws-us-gov`, to which us-gov-east-1 belongs, got `arn:aws:iam::$account:role/Backup`',
    );
  });

  test("'partition-3': an app in GovCloud selects ARNs of the partition `aws`", () => {
    const outdir = mkdtempSync(join(tmpdir(), 'partition-'));
    const app = new App({ outdir, analyticsReporting: false });
    const stack = new Stack(app, 'Backup', { env: { account: '111122223333', region: 'us-gov-west-1' } });
    for (const [id, body] of Object.entries(template().Resources as Record<string, Any>))
      new CfnResource(stack, id, { type: body.Type, properties: body.Properties }).overrideLogicalId(id);
    const selection = stack.node.findChild('Sel') as CfnResource;
    selection.addPropertyOverride('BackupSelection.Resources', ['arn:aws:ec2:*:*:volume/*']);
    app.synth();
    expect(checked(outdir)).toContain('warning Backup-ArnPartition');
    rmSync(outdir, { recursive: true });
  });
});

/** The template that the cases start from: a vault, a role, a table, a plan and a selection, without any finding. */
function template(): Any {
  const whole = JSON.parse(readFileSync(file('effect-case-1'), 'utf8'));
  whole.Resources.Role.Properties.AssumeRolePolicyDocument.Statement[0].Effect = 'Allow';
  return whole;
}

type Change = (resources: Record<string, Any>, whole: Any) => void;

/** `severity id` of the findings after a change, without notes that are about other things. */
function foundAfter(change: Change, options: Partial<StackSource> = {}): string[] {
  const whole = template();
  change(whole.Resources, whole);
  const inventory = inventoryOf([source(whole, { account: undefined, region: undefined, ...options })]);
  return runChecks(ALL_CHECKS, inventory, { now }).map(({ severity, id }) => `${severity} ${id}`);
}

function isProtected(change: Change): boolean {
  const whole = template();
  change(whole.Resources, whole);
  const inventory = inventoryOf([source(whole, { account: undefined, region: undefined })]);
  return coverageOf(inventory, { now }).summary.unprotected === 0;
}

const trust: (statement: object) => Change = (statement) => (r) =>
  Object.assign(r.Role.Properties.AssumeRolePolicyDocument.Statement[0], statement);
const policies: (...arns: unknown[]) => Change =
  (...arns) =>
  (r) => {
    r.Role.Properties.ManagedPolicyArns = arns;
  };
const aws = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const BASE = aws('service-role/AWSBackupServiceRolePolicyForBackup');
const S3 = aws('AWSBackupServiceRolePolicyForS3Backup');
const body: (properties: object) => Change = (properties) => (r) =>
  Object.assign(r.Sel.Properties.BackupSelection, properties);
const ofRule: (properties: object) => Change = (properties) => (r) =>
  Object.assign(r.Plan.Properties.BackupPlan.BackupPlanRule[0], properties);
const vault: (properties: object) => Change = (properties) => (r) =>
  Object.assign(r.Vault.Properties, properties);
const add: (id: string, Type: string, Properties?: object) => Change =
  (id, Type, Properties = {}) =>
  (r) => {
    r[id] = { Type, Properties };
  };
const both: (...changes: Change[]) => Change =
  (...changes) =>
  (r, whole) => {
    for (const change of changes) change(r, whole);
  };
const sub = (text: string) => ({ 'Fn::Sub': text });
const choice = (ConditionKey: string, ConditionValue = 'x') => ({
  ConditionType: 'STRINGEQUALS',
  ConditionKey,
  ConditionValue,
});
const lustre: (LustreConfiguration?: object) => Change = (LustreConfiguration) =>
  both(
    add('Fs', 'AWS::FSx::FileSystem', {
      FileSystemType: 'LUSTRE',
      SubnetIds: ['subnet-1'],
      StorageCapacity: 1200,
      LustreConfiguration,
    }),
    body({ Resources: [{ 'Fn::GetAtt': ['Fs', 'ResourceARN'] }] }),
  );
const grant: (Resource: unknown) => Change = (Resource) =>
  vault({
    AccessPolicy: {
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::444455556666:root' },
          Action: 'backup:CopyIntoBackupVault',
          Resource,
        },
      ],
    },
  });
const scope: (ControlScope: object) => Change = (ControlScope) =>
  add('F', 'AWS::Backup::Framework', {
    FrameworkControls: [{ ControlName: 'BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN', ControlScope }],
  });
const alarm: (properties: object) => Change = (properties) =>
  add('A', 'AWS::CloudWatch::Alarm', {
    Namespace: 'AWS/Backup',
    MetricName: 'NumberOfBackupJobsFailed',
    ComparisonOperator: 'GreaterThanThreshold',
    Threshold: 0,
    ...properties,
  });
const stackSet: (properties: object) => Change = (properties) =>
  add('Set', 'AWS::CloudFormation::StackSet', {
    StackSetName: 'set',
    PermissionModel: 'SERVICE_MANAGED',
    ...properties,
  });
/** Two tags, of which a control's scope takes one. */
const TWO_TAGS = [
  { Key: 'a', Value: 'b' },
  { Key: 'c', Value: 'd' },
];
const inBody = (properties: object) =>
  JSON.stringify({
    Resources: {
      V: {
        Type: 'AWS::Backup::BackupVault',
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
        Properties: properties,
      },
    },
  });
/** A condition that isn't known. */
const open: Change = (_, whole) => {
  whole.Parameters = { P: { Type: 'String' } };
  whole.Conditions = { C: { 'Fn::Equals': [{ Ref: 'P' }, 'x'] } };
};
const notified = (SNSTopicArn: unknown) =>
  vault({ Notifications: { BackupVaultEvents: ['COPY_JOB_FAILED'], SNSTopicArn } });
const restoreTest: (properties: object) => Change = (properties) =>
  add('T', 'AWS::Backup::RestoreTestingPlan', {
    RestoreTestingPlanName: 'weekly',
    ScheduleExpression: 'cron(0 8 ? * SAT *)',
    RecoveryPointSelection: {
      Algorithm: 'LATEST_WITHIN_WINDOW',
      IncludeVaults: ['*'],
      RecoveryPointTypes: ['SNAPSHOT'],
    },
    ...properties,
  });
const sam: Change = (_, whole) => {
  whole.Transform = 'AWS::Serverless-2016-10-31';
};

test('the template that the neighbors start from has no finding, and its table is protected', () => {
  expect(foundAfter(() => undefined)).toEqual([]);
  expect(isProtected(() => undefined)).toBe(true);
});

const KINDS: readonly [kind: string, id: string, wrong: [string, Change][], right: [string, Change][]][] = [
  [
    'action-wildcard and effect-case',
    'error Backup-RoleTrust',
    [
      ['another action with a wildcard', trust({ Action: 'sts:Tag*' })],
      ['a wildcard too short', trust({ Action: 'sts:AssumeRol' })],
      ['two jokers for one character', trust({ Action: 'sts:AssumeRole?' })],
      ['a denial', trust({ Effect: 'deny' })],
      [
        'a denial beside it',
        (r) =>
          r.Role.Properties.AssumeRolePolicyDocument.Statement.push({
            Effect: 'Deny',
            Principal: { Service: 'backup.amazonaws.com' },
            Action: 'sts:Assume*',
          }),
      ],
    ],
    [
      ['a wildcard', trust({ Action: 'sts:AssumeRole*' })],
      ['a joker', trust({ Action: 'sts:AssumeRol?' })],
      ['a wildcard in the middle', trust({ Action: 'sts:*Role' })],
      ['another case', trust({ Action: 'STS:assumerole', Effect: 'ALLOW' })],
      ['lower case', trust({ Effect: 'allow' })],
      ['everyone', trust({ Principal: { AWS: '*' } })],
      ['several services', trust({ Principal: { Service: ['ec2.amazonaws.com', 'backup.amazonaws.com'] } })],
    ],
  ],
  [
    'scope-types-and-tag',
    'error Backup-ControlScope',
    [
      [
        'two tags',
        scope({
          Tags: [
            { Key: 'a', Value: 'b' },
            { Key: 'c', Value: 'd' },
          ],
        }),
      ],
      ['an id without a type', scope({ ComplianceResourceIds: ['b'] })],
      ['two ids', scope({ ComplianceResourceTypes: ['S3'], ComplianceResourceIds: ['a', 'b'] })],
      ['a type and two tags', scope({ ComplianceResourceTypes: ['S3'], Tags: TWO_TAGS })],
      ['an id beside two tags', scope({ ComplianceResourceIds: ['b'], Tags: TWO_TAGS })],
    ],
    [
      ['one type and one tag', scope({ ComplianceResourceTypes: ['S3'], Tags: [{ Key: 'a', Value: 'b' }] })],
      [
        'types and a tag',
        scope({ ComplianceResourceTypes: ['S3', 'EBS'], Tags: [{ Key: 'a', Value: 'b' }] }),
      ],
      ['one tag', scope({ Tags: [{ Key: 'a', Value: 'b' }] })],
    ],
  ],
  [
    'role-arn',
    'error Backup-RoleArn',
    [
      ['the name of a role', body({ IamRoleArn: 'Backup' })],
      ['the ARN of a policy', body({ IamRoleArn: BASE })],
      ['the ARN of a user', body({ IamRoleArn: 'arn:aws:iam::111122223333:user/backup' })],
      ['an ARN without an account', body({ IamRoleArn: 'arn:aws:iam:::role/backup' })],
      ['the ARN of another service', body({ IamRoleArn: 'arn:aws:sts::111122223333:assumed-role/a/b' })],
      ['the id of a role', body({ IamRoleArn: { 'Fn::GetAtt': ['Role', 'RoleId'] } })],
      [
        'an instance profile',
        both(
          add('Profile', 'AWS::IAM::InstanceProfile', { Roles: [{ Ref: 'Role' }] }),
          body({ IamRoleArn: { 'Fn::GetAtt': ['Profile', 'Arn'] } }),
        ),
      ],
      [
        'a path that the role does not have',
        body({ IamRoleArn: sub(`arn:aws:iam::\${AWS::AccountId}:role/service-role/\${Role}`) }),
      ],
      [
        'an ARN that lacks a colon',
        body({ IamRoleArn: sub(`arn:aws:iam:\${AWS::AccountId}:role/\${Role}`) }),
      ],
      [
        'the name of a scanner role',
        (r) =>
          (r.Plan.Properties.BackupPlan.ScanSettings = [
            { MalwareScanner: 'GUARDDUTY', ResourceTypes: ['EBS'], ScannerRoleArn: { Ref: 'Role' } },
          ]),
      ],
      [
        'a literal name by reference',
        both(
          (r) => Object.assign(r.Role.Properties, { RoleName: 'b' }),
          body({ IamRoleArn: { Ref: 'Role' } }),
        ),
      ],
      [
        'a role of the template without its path',
        both(
          (r) => Object.assign(r.Role.Properties, { RoleName: 'b', Path: '/backup/' }),
          body({ IamRoleArn: sub(`arn:aws:iam::\${AWS::AccountId}:role/b`) }),
        ),
      ],
    ],
    [
      ['an ARN', body({ IamRoleArn: 'arn:aws:iam::111122223333:role/service-role/backup' })],
      [
        'the name of a role in an ARN',
        body({ IamRoleArn: sub(`arn:aws:iam::\${AWS::AccountId}:role/\${Role}`) }),
      ],
      [
        'an ARN with pseudo parameters',
        body({ IamRoleArn: sub(`arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/backup`) }),
      ],
      [
        'what is not known',
        both(
          (_, whole) => (whole.Parameters = { P: { Type: 'String' } }),
          body({ IamRoleArn: { Ref: 'P' } }),
        ),
      ],
    ],
  ],
  [
    'managed-policy-arn',
    'error Backup-ManagedPolicyMissing',
    [
      ['a path too much', policies(BASE, aws('service-role/AWSBackupServiceRolePolicyForS3Backup'))],
      ['a path too few', policies(aws('AWSBackupServiceRolePolicyForRestores'))],
      ['another path', policies(aws('job-function/AWSBackupServiceRolePolicyForBackup'))],
      ['a misprint of AWS', policies(aws('service-role/service-role'))],
      ['a letter too many', policies(aws('service-role/AWSBackupServiceRolePolicyForBackups'))],
      [
        'a policy of another service by another path',
        policies(BASE, aws('service-role/AdministratorAccess')),
      ],
      [
        'a permissions boundary',
        (r) => (r.Role.Properties.PermissionsBoundary = aws('AWSBackupServiceRolePolicyForBackup')),
      ],
      [
        'with the partition',
        policies(sub(`arn:\${AWS::Partition}:iam::aws:policy/AWSBackupServiceRolePolicyForBackup`)),
      ],
    ],
    [
      ['the policies of S3', policies(BASE, S3)],
      ['a policy of another service', policies(BASE, aws('ReadOnlyAccess'))],
      [
        'a policy of the account',
        policies(BASE, 'arn:aws:iam::111122223333:policy/AWSBackupServiceRolePolicyForBackup'),
      ],
    ],
  ],
  [
    'managed-policy-arn, no ARN',
    'error Backup-ManagedPolicyArn',
    [
      ['a name', policies('AWSBackupServiceRolePolicyForBackup')],
      ['the ARN of a role', policies('arn:aws:iam::111122223333:role/service-role/backup')],
      ['without an account', policies(BASE.replace('::aws:', ':::'))],
      ['a plural', policies(BASE.replace(':policy/', ':policies/'))],
    ],
    [
      ['of the account', policies(BASE, sub(`arn:aws:iam::\${AWS::AccountId}:policy/backup`))],
      [
        'what is not known',
        both((_, whole) => (whole.Parameters = { P: { Type: 'String' } }), policies(BASE, { Ref: 'P' })),
      ],
    ],
  ],
  [
    'role-arn, the default role',
    'warning Backup-DefaultRolePath',
    [
      [
        'without its path',
        body({ IamRoleArn: sub(`arn:aws:iam::\${AWS::AccountId}:role/AWSBackupDefaultServiceRole`) }),
      ],
      ['another path', body({ IamRoleArn: 'arn:aws:iam::111122223333:role/b/AWSBackupDefaultServiceRole' })],
      [
        'another case',
        body({ IamRoleArn: 'arn:aws:iam::111122223333:role/Service-Role/AWSBackupDefaultServiceRole' }),
      ],
    ],
    [
      [
        'with its path',
        body({ IamRoleArn: 'arn:aws:iam::111122223333:role/service-role/AWSBackupDefaultServiceRole' }),
      ],
      ['another role', body({ IamRoleArn: 'arn:aws:iam::111122223333:role/MyAWSBackupDefaultServiceRole' })],
    ],
  ],
  [
    'policies that are for no job',
    'error Backup-RolePolicies',
    [
      ['full access', policies(aws('AWSBackupFullAccess'))],
      ['an operator', policies(aws('AWSBackupOperatorAccess'))],
    ],
    [
      ['an administrator', policies(aws('AdministratorAccess'))],
      ['both', policies(BASE, aws('AWSBackupFullAccess'))],
    ],
  ],
  [
    'pattern-role',
    'error Backup-RolePolicies',
    [
      ['a pattern', body({ Resources: ['arn:aws:s3:::*'] })],
      ['a pattern with a tag beside it', body({ Resources: ['arn:aws:s3:::*'], ListOfTags: [choice('a')] })],
      ['a prefix', body({ Resources: ['arn:aws:s3:::logs-*'] })],
      ['a pseudo parameter', body({ Resources: [sub(`arn:\${AWS::Partition}:s3:::*`)] })],
      ['a name with the account', body({ Resources: [sub(`arn:aws:s3:::logs-\${AWS::AccountId}`)] })],
      ['among others', body({ Resources: ['arn:aws:dynamodb:*:*:table/*', 'arn:aws:s3:::*'] })],
    ],
    [
      ['with the policy', both(policies(BASE, S3), body({ Resources: ['arn:aws:s3:::*'] }))],
      ['another type', body({ Resources: ['arn:aws:ec2:*:*:volume/*'] })],
    ],
  ],
  [
    'pattern-role, likely',
    'warning Backup-RolePoliciesLikely',
    [
      ['everything', body({ Resources: ['*'] })],
      [
        'everything with a tag',
        body({
          Resources: ['*'],
          Conditions: { StringEquals: [{ ConditionKey: 'aws:ResourceTag/a', ConditionValue: 'b' }] },
        }),
      ],
      [
        'a pattern with a condition',
        body({
          Resources: ['arn:aws:s3:::*'],
          Conditions: { StringEquals: [{ ConditionKey: 'aws:ResourceTag/a', ConditionValue: 'b' }] },
        }),
      ],
    ],
    [
      ['everything but buckets', body({ Resources: ['*'], NotResources: ['arn:aws:s3:::*'] })],
      ['everything, with the policy', both(policies(BASE, S3), body({ Resources: ['*'] }))],
      ['tags alone', body({ Resources: undefined, ListOfTags: [choice('a')] })],
    ],
  ],
  [
    'lot-prefix',
    'warning Backup-AnyTagPrefix',
    [
      ['the prefix', body({ ListOfTags: [choice('aws:ResourceTag/a')] })],
      ['in another case', body({ ListOfTags: [choice('aws:resourcetag/a')] })],
      ['another prefix', body({ ListOfTags: [choice('aws:RequestTag/a')] })],
      ['one of two', body({ ListOfTags: [choice('a'), choice('aws:ResourceTag/b')] })],
      [
        'a key that is not known',
        both(
          (_, whole) => (whole.Parameters = { P: { Type: 'String' } }),
          body({ ListOfTags: [{ ...choice('a'), ConditionKey: sub(`aws:ResourceTag/\${P}`) }] }),
        ),
      ],
    ],
    [
      ['a bare key', body({ ListOfTags: [choice('a')] })],
      ['a key of CloudFormation', body({ ListOfTags: [choice('aws:cloudformation:stack-name')] })],
      [
        'a condition',
        body({ Conditions: { StringEquals: [{ ConditionKey: 'aws:ResourceTag/a', ConditionValue: 'b' }] } }),
      ],
    ],
  ],
  [
    'lot-or',
    'note Backup-AnyTagKeys',
    [
      ['two keys', body({ ListOfTags: [choice('a'), choice('b')] })],
      ['three keys', body({ ListOfTags: [choice('a'), choice('b'), choice('c')] })],
      ['two keys with the same value', body({ ListOfTags: [choice('a', 'yes'), choice('b', 'yes')] })],
      [
        'two keys, one of them twice',
        body({ ListOfTags: [choice('a', '1'), choice('a', '2'), choice('b')] }),
      ],
      ['keys that differ in case', body({ ListOfTags: [choice('backup'), choice('Backup')] })],
    ],
    [
      ['two values of one key', body({ ListOfTags: [choice('a', '1'), choice('a', '2')] })],
      ['one key', body({ ListOfTags: [choice('a')] })],
    ],
  ],
  [
    'no-selection',
    'note Backup-PlanWithoutSelection',
    [
      ['none', (r) => delete r.Sel],
      [
        'a selection of another plan',
        (r) => {
          r.Other = {
            ...r.Plan,
            Properties: { BackupPlan: { ...r.Plan.Properties.BackupPlan, BackupPlanName: 'other' } },
          };
          r.Sel.Properties.BackupPlanId = { Ref: 'Other' };
        },
      ],
      [
        'a second plan',
        (r) =>
          (r.Other = {
            ...r.Plan,
            Properties: { BackupPlan: { ...r.Plan.Properties.BackupPlan, BackupPlanName: 'other' } },
          }),
      ],
    ],
    [
      ['a selection', () => undefined],
      [
        'a selection of a plan that is not known',
        both(
          (_, whole) => (whole.Parameters = { P: { Type: 'String' } }),
          (r) => (r.Sel.Properties.BackupPlanId = { Ref: 'P' }),
        ),
      ],
    ],
  ],
  [
    'past-year',
    'error Backup-ScheduleNeverRuns',
    [
      ['a year that is over', ofRule({ ScheduleExpression: 'cron(0 5 1 1 ? 2020)' })],
      ['years that are over', ofRule({ ScheduleExpression: 'cron(0 5 ? * * 2020-2025)' })],
      ['earlier this year', ofRule({ ScheduleExpression: 'cron(0 5 1 1 ? 2026)' })],
      [
        'an hour that is not known',
        both(
          (_, whole) => (whole.Parameters = { H: { Type: 'String' } }),
          ofRule({ ScheduleExpression: sub(`cron(0 \${H} 1 1 ? 2019,2020)`) }),
        ),
      ],
      [
        'in a time zone',
        ofRule({ ScheduleExpression: 'cron(0 5 1 11 ? 2026)', ScheduleExpressionTimezone: 'Europe/Berlin' }),
      ],
    ],
    [
      ['this year', ofRule({ ScheduleExpression: 'cron(0 5 31 12 ? 2026)' })],
      ['next year', ofRule({ ScheduleExpression: 'cron(0 5 1 1 ? 2027)' })],
      [
        'a year that is not known',
        both(
          (_, whole) => (whole.Parameters = { Y: { Type: 'String' } }),
          ofRule({ ScheduleExpression: sub(`cron(0 5 1 1 ? \${Y})`) }),
        ),
      ],
      ['every year', ofRule({ ScheduleExpression: 'cron(0 5 1 1 ? *)' })],
    ],
  ],
  [
    'pseudo-length',
    'error Backup-RuleName',
    [
      [
        'an account and a Region',
        ofRule({ RuleName: sub(`\${AWS::AccountId}-\${AWS::Region}-${'x'.repeat(28)}`) }),
      ],
      ['a literal', ofRule({ RuleName: 'x'.repeat(51) })],
      ['a join', ofRule({ RuleName: { 'Fn::Join': ['-', [{ Ref: 'AWS::AccountId' }, 'x'.repeat(38)]] } })],
      ['the id of the stack', ofRule({ RuleName: { Ref: 'AWS::StackId' } })],
      [
        'the end of the id of the stack',
        ofRule({
          RuleName: {
            'Fn::Join': [
              '-',
              ['x'.repeat(14), { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }],
            ],
          },
        }),
      ],
      [
        'a parameter with a minimum',
        both(
          (_, whole) => (whole.Parameters = { P: { Type: 'String', MinLength: 12 } }),
          ofRule({ RuleName: sub(`\${P}-${'x'.repeat(38)}`) }),
        ),
      ],
      [
        'a parameter with allowed values',
        both(
          (_, whole) =>
            (whole.Parameters = { P: { Type: 'String', AllowedValues: ['production', 'staging'] } }),
          ofRule({ RuleName: sub(`\${P}-${'x'.repeat(43)}`) }),
        ),
      ],
    ],
    [
      [
        'just short enough',
        ofRule({ RuleName: sub(`\${AWS::AccountId}-\${AWS::Region}-${'x'.repeat(27)}`) }),
      ],
      ['a stack name', ofRule({ RuleName: sub(`\${AWS::StackName}-${'x'.repeat(40)}`) })],
      [
        'a piece of the id of the stack',
        ofRule({
          RuleName: {
            'Fn::Join': [
              '-',
              [
                'x'.repeat(37),
                {
                  'Fn::Select': [
                    4,
                    {
                      'Fn::Split': [
                        '-',
                        { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] },
                      ],
                    },
                  ],
                },
              ],
            ],
          },
        }),
      ],
    ],
  ],
  [
    'sub-string: keys',
    'error Backup-VaultKeyAlias',
    [
      [
        'Sub',
        vault({
          EncryptionKeyArn: sub(`arn:\${AWS::Partition}:kms:\${AWS::Region}:\${AWS::AccountId}:alias/b`),
        }),
      ],
      [
        'Join',
        vault({
          EncryptionKeyArn: {
            'Fn::Join': [':', ['arn:aws:kms', { Ref: 'AWS::Region' }, { Ref: 'AWS::AccountId' }, 'alias/b']],
          },
        }),
      ],
      ['a literal', vault({ EncryptionKeyArn: 'arn:aws:kms:eu-west-1:111122223333:alias/b' })],
      [
        'an alias by stack',
        vault({
          EncryptionKeyArn: sub(`arn:aws:kms:\${AWS::Region}:\${AWS::AccountId}:alias/\${AWS::StackName}`),
        }),
      ],
    ],
    [['a key', vault({ EncryptionKeyArn: sub(`arn:aws:kms:\${AWS::Region}:\${AWS::AccountId}:key/1`) })]],
  ],
  [
    'sub-string: topics',
    'error Backup-NotificationTopicFifo',
    [
      [
        'Sub',
        vault({
          Notifications: {
            BackupVaultEvents: ['COPY_JOB_FAILED'],
            SNSTopicArn: sub(`arn:aws:sns:\${AWS::Region}:\${AWS::AccountId}:b.fifo`),
          },
        }),
      ],
    ],
    [
      [
        'a standard topic',
        vault({
          Notifications: {
            BackupVaultEvents: ['COPY_JOB_FAILED'],
            SNSTopicArn: sub(`arn:aws:sns:\${AWS::Region}:\${AWS::AccountId}:b`),
          },
        }),
      ],
    ],
  ],
  [
    'sub-string: what is no topic',
    'warning Backup-NotificationTopicArn',
    [
      ['a name', notified(sub(`\${AWS::StackName}-topic`))],
      ['a queue', notified(sub(`arn:aws:sqs:\${AWS::Region}:\${AWS::AccountId}:q`))],
      [
        'the name of a topic',
        both(add('T', 'AWS::SNS::Topic'), notified({ 'Fn::GetAtt': ['T', 'TopicName'] })),
      ],
    ],
    [
      ['a topic', both(add('T', 'AWS::SNS::Topic'), notified({ Ref: 'T' }))],
      ['an ARN', notified(sub(`arn:aws:sns:\${AWS::Region}:\${AWS::AccountId}:b`))],
    ],
  ],
  [
    'sub-string: selected ARNs',
    'error Backup-SelectionArn',
    [
      ['the name of a table', body({ Resources: [{ Ref: 'Table' }] })],
      ['a text', body({ Resources: [sub(`\${AWS::AccountId}:volume/*`)] })],
    ],
    [['an ARN', body({ Resources: [sub(`arn:aws:dynamodb:\${AWS::Region}:\${AWS::AccountId}:table/*`)] })]],
  ],
  [
    'sub-string: selected types',
    'warning Backup-SelectionType',
    [
      [
        'a function',
        body({ Resources: [sub(`arn:aws:lambda:\${AWS::Region}:\${AWS::AccountId}:function:f`)] }),
      ],
      ['objects', body({ Resources: [sub(`arn:aws:s3:::b-\${AWS::AccountId}/*`)] })],
    ],
    [['volumes', body({ Resources: [sub(`arn:aws:ec2:\${AWS::Region}:\${AWS::AccountId}:volume/*`)] })]],
  ],
  [
    'sub-string: plans',
    'warning Backup-PlanId',
    [
      ['an ARN', (r) => (r.Sel.Properties.BackupPlanId = { 'Fn::GetAtt': ['Plan', 'BackupPlanArn'] })],
      ['a name', (r) => (r.Sel.Properties.BackupPlanId = 'daily')],
    ],
    [['an id', (r) => (r.Sel.Properties.BackupPlanId = { 'Fn::GetAtt': ['Plan', 'BackupPlanId'] })]],
  ],
  [
    'sub-string: vaults by ARN',
    'error Backup-VaultName',
    [
      ['an ARN', ofRule({ TargetBackupVault: { 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] } })],
      ['a pattern', ofRule({ TargetBackupVault: sub(`arn:aws:backup:\${AWS::Region}:*:backup-vault:main`) })],
    ],
    [['a name', ofRule({ TargetBackupVault: 'main' })]],
  ],
  [
    'sub-string: destinations',
    'error Backup-VaultArn',
    [
      [
        'the ARN of a key',
        ofRule({
          CopyActions: [{ DestinationBackupVaultArn: sub(`arn:aws:kms:eu-west-1:\${AWS::AccountId}:key/1`) }],
        }),
      ],
      ['a name', ofRule({ CopyActions: [{ DestinationBackupVaultArn: sub(`\${AWS::StackName}`) }] })],
      [
        'an air-gapped vault that is a key',
        ofRule({
          TargetLogicallyAirGappedBackupVaultArn: sub(`arn:aws:kms:\${AWS::Region}:\${AWS::AccountId}:key/1`),
        }),
      ],
    ],
    [
      [
        'the ARN of a vault',
        ofRule({
          CopyActions: [
            { DestinationBackupVaultArn: sub(`arn:aws:backup:eu-west-1:\${AWS::AccountId}:backup-vault:dr`) },
          ],
        }),
      ],
    ],
  ],
  [
    'vault-policy-resource',
    'warning Backup-VaultPolicyResource',
    [
      ['another vault', grant('arn:aws:backup:eu-west-1:444455556666:backup-vault:central')],
      ['another name', grant(sub(`arn:aws:backup:\${AWS::Region}:\${AWS::AccountId}:backup-vault:other`))],
      ['a slash instead of a colon', grant('arn:aws:backup:eu-west-1:111122223333:backup-vault/main')],
      ['a name alone', grant('main')],
      ['a pattern of others', grant('arn:aws:backup:*:*:backup-vault:central-*')],
      [
        'several others',
        grant([
          'arn:aws:backup:eu-west-1:444455556666:backup-vault:a',
          'arn:aws:backup:eu-west-1:444455556666:backup-vault:b',
        ]),
      ],
    ],
    [
      ['everything', grant('*')],
      ['the vault', grant(sub(`arn:aws:backup:\${AWS::Region}:\${AWS::AccountId}:backup-vault:main`))],
      ['a pattern', grant('arn:aws:backup:*:*:backup-vault:m*')],
      ['recovery points', grant('arn:aws:ec2:*::snapshot/*')],
      ['one of two', grant(['arn:aws:backup:eu-west-1:444455556666:backup-vault:a', '*'])],
    ],
  ],
  [
    'lustre-scratch',
    'warning Backup-ResourceUnsupported',
    [
      ['scratch 1', lustre({ DeploymentType: 'SCRATCH_1' })],
      ['scratch 2', lustre({ DeploymentType: 'SCRATCH_2' })],
      ['the default', lustre({})],
      ['no configuration', lustre()],
      ['a linked one', lustre({ DeploymentType: 'PERSISTENT_1', ImportPath: 's3://data' })],
      [
        'one with an association',
        both(
          lustre({ DeploymentType: 'PERSISTENT_2' }),
          add('A', 'AWS::FSx::DataRepositoryAssociation', {
            FileSystemId: { Ref: 'Fs' },
            DataRepositoryPath: 's3://data',
            FileSystemPath: '/data',
          }),
        ),
      ],
    ],
    [
      ['persistent', lustre({ DeploymentType: 'PERSISTENT_2' })],
      [
        'an association of another file system',
        both(
          lustre({ DeploymentType: 'PERSISTENT_2' }),
          add('A', 'AWS::FSx::DataRepositoryAssociation', {
            FileSystemId: 'fs-1',
            DataRepositoryPath: 's3://d',
          }),
        ),
      ],
      ['one that is restored from a backup', both(lustre(), (r) => (r.Fs.Properties.BackupId = 'backup-1'))],
      [
        'scratch that nothing selects',
        add('Fs', 'AWS::FSx::FileSystem', {
          FileSystemType: 'LUSTRE',
          LustreConfiguration: { DeploymentType: 'SCRATCH_2' },
        }),
      ],
    ],
  ],
  [
    'stackset',
    'error Backup-LockConfiguration',
    [
      [
        'JSON',
        stackSet({
          TemplateBody: inBody({
            BackupVaultName: 'a1',
            LockConfiguration: { MinRetentionDays: 9, MaxRetentionDays: 8 },
          }),
        }),
      ],
      [
        'YAML',
        stackSet({
          TemplateBody:
            'Resources:\n  V:\n    Type: AWS::Backup::BackupVault\n    Properties: { BackupVaultName: a1, LockConfiguration: { MinRetentionDays: 0 } }\n',
        }),
      ],
      [
        'with a parameter',
        stackSet({
          Parameters: [{ ParameterKey: 'Min', ParameterValue: '0' }],
          TemplateBody: JSON.stringify({
            Parameters: { Min: { Type: 'Number' } },
            Resources: {
              V: {
                Type: 'AWS::Backup::BackupVault',
                Properties: {
                  BackupVaultName: 'a1',
                  LockConfiguration: { MinRetentionDays: { Ref: 'Min' } },
                },
              },
            },
          }),
        }),
      ],
    ],
    [
      [
        'a sound lock',
        stackSet({
          TemplateBody: inBody({
            BackupVaultName: 'a1',
            LockConfiguration: { MinRetentionDays: 7, MaxRetentionDays: 8 },
          }),
        }),
      ],
    ],
  ],
  [
    'stackset without a template',
    'note Backup-UnreadInput',
    [
      ['elsewhere', stackSet({ TemplateURL: 'https://bucket.s3.amazonaws.com/t.yaml' })],
      ['that is not one', stackSet({ TemplateBody: 'nothing' })],
    ],
    [['read', stackSet({ TemplateBody: inBody({ BackupVaultName: 'a1' }) })]],
  ],
  [
    'shape',
    'error Backup-UnknownProperty',
    [
      ['a name of the API', ofRule({ TargetBackupVaultName: 'main' })],
      ['a name of Terraform', ofRule({ Lifecycle: { delete_after: 35 } })],
      ['in a selection', body({ Arns: ['*'] })],
      ['another case', vault({ accessPolicy: {} })],
      ['a key of another type', vault({ Rules: [] })],
      [
        'without the object around it',
        (r) => {
          r.Plan.Properties = r.Plan.Properties.BackupPlan;
        },
      ],
      [
        'in one branch of a condition',
        both(open, ofRule({ Lifecycle: { 'Fn::If': ['C', { Days: 1 }, { DeleteAfterDays: 1 }] } })),
      ],
    ],
    [
      ['metadata of the resource', (r) => (r.Vault.Metadata = { Any: 1 })],
      ['tags', vault({ BackupVaultTags: { any: 'key' } })],
    ],
  ],
  [
    'shape: types',
    'error Backup-UnknownType',
    [
      ['a short name', (r) => (r.Plan.Type = 'AWS::Backup::Plan')],
      ['another case', (r) => (r.Plan.Type = 'AWS::Backup::Backupplan')],
      ['of the gateway', add('H', 'AWS::BackupGateway::HyperVisor')],
    ],
    [
      ['a module', add('M', 'My::Backup::Plan::MODULE')],
      ['a custom resource', add('C', 'Custom::Backup', { ServiceToken: 'arn' })],
    ],
  ],
  [
    'shape: types of properties',
    'error Backup-PropertyType',
    [
      ['one ARN', body({ Resources: { 'Fn::GetAtt': ['Table', 'Arn'] } })],
      ['a text', body({ Resources: sub(`arn:\${AWS::Partition}:dynamodb:*:*:table/*`) })],
      ['a list as a map', vault({ BackupVaultTags: [{ Key: 'a', Value: 'b' }] })],
      ['a rule that is no list', (r) => (r.Plan.Properties.BackupPlan.BackupPlanRule = {})],
      ['conditions of IAM', body({ Conditions: { StringEquals: { 'aws:ResourceTag/a': 'b' } } })],
    ],
    [
      [
        'a parameter that is a list',
        both(
          (_, whole) => (whole.Parameters = { P: { Type: 'CommaDelimitedList' } }),
          body({ Resources: { Ref: 'P' } }),
        ),
      ],
      ['a number as text', ofRule({ Lifecycle: { DeleteAfterDays: '35' } })],
    ],
  ],
  [
    'shape: what a condition leaves out',
    'warning Backup-PropertyPossiblyMissing',
    [
      [
        'a vault',
        both(open, ofRule({ TargetBackupVault: { 'Fn::If': ['C', 'main', { Ref: 'AWS::NoValue' }] } })),
      ],
      [
        'a minimum',
        both(
          open,
          vault({ LockConfiguration: { MinRetentionDays: { 'Fn::If': ['C', { Ref: 'AWS::NoValue' }, 7] } } }),
        ),
      ],
    ],
    [
      [
        'what is optional',
        both(open, ofRule({ Lifecycle: { 'Fn::If': ['C', {}, { Ref: 'AWS::NoValue' }] } })),
      ],
      [
        'the whole lock',
        both(
          open,
          vault({ LockConfiguration: { 'Fn::If': ['C', { MinRetentionDays: 7 }, { Ref: 'AWS::NoValue' }] } }),
        ),
      ],
    ],
  ],
  [
    'shape: what samples of AWS have',
    'warning Backup-PropertyDisputed',
    [['the status of a schedule', restoreTest({ ScheduleStatus: 'ACTIVE' })]],
    [['nothing of it', restoreTest({})]],
  ],
  [
    'unresolved-name',
    'error Backup-UnresolvedName',
    [
      ['a resource', ofRule({ TargetBackupVault: { Ref: 'Valt' } })],
      ['an attribute of nothing', body({ IamRoleArn: { 'Fn::GetAtt': ['Rle', 'Arn'] } })],
      ['a name in a text', ofRule({ RuleName: sub(`\${Environment}-daily`) })],
      ['a condition', (r) => (r.Vault.Condition = 'IsProd')],
      ['a condition in a value', ofRule({ RuleName: { 'Fn::If': ['IsProd', 'a', 'b'] } })],
      ['a dependency', (r) => (r.Sel.DependsOn = 'Policy')],
      ['a mapping', ofRule({ StartWindowMinutes: { 'Fn::FindInMap': ['Windows', 'a', 'b'] } })],
      [
        'a key of a mapping',
        both(
          (_, whole) => (whole.Mappings = { Windows: { a: { b: 60 } } }),
          ofRule({ StartWindowMinutes: { 'Fn::FindInMap': ['Windows', 'a', 'c'] } }),
        ),
      ],
      [
        'a resource in a condition',
        (_, whole) => (whole.Conditions = { C: { 'Fn::Equals': [{ Ref: 'Vault' }, 'a'] } }),
      ],
      ['a pseudo parameter', ofRule({ RecoveryPointTags: { a: sub(`\${AWS::AccountID}`) } })],
      ['in an output', (_, whole) => (whole.Outputs = { O: { Value: { 'Fn::GetAtt': ['Plans', 'Arn'] } } })],
    ],
    [
      [
        'a parameter',
        both(
          (_, whole) => (whole.Parameters = { P: { Type: 'String' } }),
          ofRule({ RuleName: { Ref: 'P' } }),
        ),
      ],
      ['a known pseudo parameter', ofRule({ RuleName: sub(`\${AWS::Region}`) })],
      [
        'a mapping that is there',
        both(
          (_, whole) => (whole.Mappings = { Windows: { a: { b: 60 } } }),
          ofRule({ StartWindowMinutes: { 'Fn::FindInMap': ['Windows', 'a', 'b'] } }),
        ),
      ],
      ['a literal', ofRule({ RecoveryPointTags: { a: sub(`\${!Literal}`) } })],
      ['a variable', ofRule({ RecoveryPointTags: { a: { 'Fn::Sub': [`\${X}`, { X: 'x' }] } } })],
    ],
  ],
  [
    'unresolved-name: attributes',
    'error Backup-UnknownAttribute',
    [
      ['in another case', body({ Resources: [{ 'Fn::GetAtt': ['Table', 'ARN'] }] })],
      ['by another name', body({ IamRoleArn: sub(`\${Role.RoleArn}`) })],
      ['of a plan', (_, whole) => (whole.Outputs = { O: { Value: { 'Fn::GetAtt': 'Plan.Arn' } } })],
      [
        'of a topic',
        both(add('T', 'AWS::SNS::Topic'), ofRule({ RecoveryPointTags: { a: sub(`\${T.Arn}`) } })),
      ],
    ],
    [
      ['of a table', body({ Resources: [{ 'Fn::GetAtt': 'Table.Arn' }] })],
      [
        'of another type',
        both(add('Q', 'AWS::SQS::Queue'), ofRule({ RecoveryPointTags: { a: sub(`\${Q.Arn}`) } })),
      ],
    ],
  ],
  [
    'metrics',
    'warning Backup-MetricUnknown',
    [
      ['without a state', alarm({ MetricName: 'NumberOfBackupJobs' })],
      ['a size', alarm({ MetricName: 'BackupVaultBytes' })],
      [
        'in metric math',
        add('A', 'AWS::CloudWatch::Alarm', {
          Metrics: [
            { Id: 'm', MetricStat: { Metric: { Namespace: 'AWS/Backup', MetricName: 'BackupJobDuration' } } },
          ],
        }),
      ],
      [
        'in a dashboard',
        add('D', 'AWS::CloudWatch::Dashboard', {
          DashboardBody: sub(
            `{"widgets":[{"type":"metric","properties":{"metrics":[["AWS/Backup","NumberOfRecoveryPointsCreated"]],"region":"\${AWS::Region}"}}]}`,
          ),
        }),
      ],
      [
        'in a short row of a dashboard',
        add('D', 'AWS::CloudWatch::Dashboard', {
          DashboardBody:
            '{"widgets":[{"properties":{"metrics":[["AWS/Backup","NumberOfBackupJobsFailed"],[".","CopyJobDuration"]]}}]}',
        }),
      ],
    ],
    [
      ['failed jobs', alarm({})],
      ['of another namespace', alarm({ Namespace: 'Custom', MetricName: 'NumberOfBackupJobs' })],
      [
        'in a dashboard that is not known',
        both(
          (_, whole) => (whole.Parameters = { P: { Type: 'String' } }),
          add('D', 'AWS::CloudWatch::Dashboard', { DashboardBody: { Ref: 'P' } }),
        ),
      ],
    ],
  ],
  [
    'dimensions of metrics',
    'warning Backup-MetricDimension',
    [
      ['a wrong name', alarm({ Dimensions: [{ Name: 'VaultName', Value: 'a' }] })],
      [
        'a vault of restore jobs',
        alarm({
          MetricName: 'NumberOfRestoreJobsFailed',
          Dimensions: [{ Name: 'BackupVaultName', Value: 'a' }],
        }),
      ],
    ],
    [
      ['a vault', alarm({ Dimensions: [{ Name: 'BackupVaultName', Value: 'a' }] })],
      ['a type', alarm({ Dimensions: [{ Name: 'ResourceType', Value: 'EBS' }] })],
    ],
  ],
  [
    'alarms on absence',
    'warning Backup-AlarmNeverFires',
    [
      [
        'by default',
        alarm({
          MetricName: 'NumberOfBackupJobsCompleted',
          ComparisonOperator: 'LessThanThreshold',
          Threshold: 1,
        }),
      ],
      [
        'not breaching',
        alarm({
          MetricName: 'NumberOfBackupJobsCompleted',
          ComparisonOperator: 'LessThanOrEqualToThreshold',
          Threshold: 0,
          TreatMissingData: 'notBreaching',
        }),
      ],
    ],
    [
      [
        'breaching',
        alarm({
          MetricName: 'NumberOfBackupJobsCompleted',
          ComparisonOperator: 'LessThanThreshold',
          Threshold: 1,
          TreatMissingData: 'breaching',
        }),
      ],
      [
        'fewer than ten',
        alarm({
          MetricName: 'NumberOfBackupJobsCompleted',
          ComparisonOperator: 'LessThanThreshold',
          Threshold: 10,
        }),
      ],
      ['failures', alarm({ TreatMissingData: 'notBreaching' })],
    ],
  ],
];

/** Kinds whose neighbors have tables of their own, and are counted, below. */
const APART = ['partition', 'sam-table', 'wording'];

/** The neighbors of a kind of input, over all its tables. */
function neighborsOf(kind: string): { wrong: number; right: number } {
  const of = KINDS.filter(([name]) => name.split(/[:,] | and | without /).includes(kind));
  const count = (index: 2 | 3) => of.reduce((sum, table) => sum + table[index].length, 0);
  return { wrong: count(2), right: count(3) };
}

test.each(
  [...new Set(FOLDERS.map((name) => name.replace(/-\d+$/, '')))].filter((kind) => !APART.includes(kind)),
)('%s has at least five neighbors, right and wrong', (kind) => {
  const { wrong, right } = neighborsOf(kind);
  expect(wrong + right).toBeGreaterThanOrEqual(5);
  expect(wrong).toBeGreaterThanOrEqual(2);
  expect(right).toBeGreaterThanOrEqual(1);
});

describe.each(KINDS)('%s', (_kind, id, wrong, right) => {
  test.each(wrong)(`%s: ${id}`, (_, change) => {
    expect(foundAfter(change)).toContain(id);
  });

  test.each(right)('%s is fine', (_, change) => {
    expect(foundAfter(change)).not.toContain(id);
  });
});

describe('partition', () => {
  const gov = { account: '111122223333', region: 'us-gov-west-1' };
  const moved: Change = policies(BASE.replace('arn:aws:', 'arn:aws-us-gov:'));

  const leaving: [string, Change, Partial<StackSource>][] = [
    ['a selection in GovCloud', both(moved, body({ Resources: ['arn:aws:ec2:*:*:volume/*'] })), gov],
    ['a managed policy in GovCloud', () => undefined, gov],
    [
      'a role in China',
      both(moved, body({ IamRoleArn: 'arn:aws:iam::111122223333:role/b' })),
      { ...gov, region: 'cn-north-1' },
    ],
    [
      'a key in GovCloud',
      both(moved, vault({ EncryptionKeyArn: 'arn:aws:kms:us-gov-west-1:111122223333:key/1' })),
      gov,
    ],
    [
      'a selection of GovCloud elsewhere',
      body({ Resources: ['arn:aws-us-gov:ec2:*:*:volume/*'] }),
      { ...gov, region: 'eu-west-1' },
    ],
    ['a Region in the ARN', body({ Resources: ['arn:aws:ec2:us-gov-west-1:*:volume/*'] }), {}],
    ['a partition that AWS lacks', body({ Resources: ['arn:aws-gov:ec2:*:*:volume/*'] }), {}],
    [
      'a copy to China from anywhere',
      ofRule({
        CopyActions: [
          { DestinationBackupVaultArn: 'arn:aws:backup:cn-north-1:111122223333:backup-vault:dr' },
        ],
      }),
      {},
    ],
    [
      'a permissions boundary',
      both(moved, (r) => (r.Role.Properties.PermissionsBoundary = 'arn:aws:iam::111122223333:policy/b')),
      gov,
    ],
  ];
  test.each(leaving)('%s leaves it', (_, change, options) => {
    expect(foundAfter(change, options)).toContain('warning Backup-ArnPartition');
  });

  const staying: [string, Change, Partial<StackSource>][] = [
    [
      'a selection of GovCloud there',
      both(moved, body({ Resources: ['arn:aws-us-gov:ec2:*:*:volume/*'] })),
      gov,
    ],
    [
      'a pseudo parameter',
      both(moved, body({ Resources: [sub(`arn:\${AWS::Partition}:ec2:*:*:volume/*`)] })),
      gov,
    ],
    ['a stack for any Region', body({ Resources: ['arn:aws:ec2:*:*:volume/*'] }), {}],
    ['a Region of the partition', body({ Resources: ['arn:aws-cn:ec2:cn-north-1:*:volume/*'] }), {}],
  ];
  test('partition has at least five neighbors', () => {
    expect(leaving.length + staying.length).toBeGreaterThanOrEqual(5);
  });

  test.each(staying)('%s does not', (_, change, options) => {
    expect(foundAfter(change, options)).not.toContain('warning Backup-ArnPartition');
  });
});

describe('what is refused protects nothing', () => {
  test.each<[string, Change]>([
    ['a vault without a name', (r) => delete r.Vault.Properties.BackupVaultName],
    [
      'a rule without a vault',
      (r) => delete r.Plan.Properties.BackupPlan.BackupPlanRule[0].TargetBackupVault,
    ],
    ['a selection without a role', (r) => delete r.Sel.Properties.BackupSelection.IamRoleArn],
    ['a role by its name', body({ IamRoleArn: { Ref: 'Role' } })],
    ['a role with a policy that does not exist', policies(aws('AWSBackupServiceRolePolicyForBackup'))],
    [
      'a name that leads to nothing, anywhere in the template',
      add('T', 'AWS::SNS::Topic', { TopicName: { Ref: 'Nothing' } }),
    ],
  ])('%s', (_, change) => {
    expect(isProtected(change)).toBe(false);
  });
});

describe('SAM', () => {
  const simple: (properties: object) => Change = (properties) =>
    both(sam, add('Orders', 'AWS::Serverless::SimpleTable', properties));
  const tables = (change: Change) => {
    const whole = template();
    change(whole.Resources, whole);
    const { resources } = coverageOf(inventoryOf([source(whole)]), { now });
    return resources.map(({ resource, status }) => `${resource.place.logicalId} ${status}`);
  };

  const neighbors: [string, Change, string][] = [
    ['a simple table', simple({}), 'unprotected'],
    [
      'with a tag that the selection has',
      both(simple({ Tags: { backup: 'yes' } }), body({ ListOfTags: [choice('backup', 'yes')] })),
      'protected',
    ],
    [
      'with another tag',
      both(simple({ Tags: { backup: 'no' } }), body({ ListOfTags: [choice('backup', 'yes')] })),
      'unprotected',
    ],
    ['by its ARN', both(simple({}), body({ Resources: [{ 'Fn::GetAtt': ['Orders', 'Arn'] }] })), 'protected'],
    [
      'by its name',
      both(simple({ TableName: 'orders' }), body({ Resources: ['arn:aws:dynamodb:*:*:table/orders'] })),
      'protected',
    ],
  ];
  test('sam-table has at least five neighbors', () => {
    expect(neighbors.length).toBeGreaterThanOrEqual(5);
  });

  test.each(neighbors)('%s', (_, change, status) => {
    expect(tables(change)).toContain(`Orders ${status}`);
  });

  test('without the transform there is no table', () => {
    expect(tables(add('Orders', 'AWS::Serverless::SimpleTable'))).toEqual(['Table protected']);
  });
});

describe('wording', () => {
  const neighbors: [string, Change, string][] = [
    [
      'a lock without a minimum',
      vault({ LockConfiguration: { MaxRetentionDays: 90 } }),
      '`MinRetentionDays` of `LockConfiguration` is required, but it is missing',
    ],
    [
      'a rule without a vault',
      (r) => delete r.Plan.Properties.BackupPlan.BackupPlanRule[0].TargetBackupVault,
      '`TargetBackupVault` of an entry of `BackupPlanRule` is required, but it is missing',
    ],
    [
      'a rule without a name',
      (r) => delete r.Plan.Properties.BackupPlan.BackupPlanRule[0].RuleName,
      '`RuleName` of an entry of `BackupPlanRule` is required, but it is missing',
    ],
    [
      'a selection without a name',
      (r) => delete r.Sel.Properties.BackupSelection.SelectionName,
      '`SelectionName` of `BackupSelection` is required, but it is missing',
    ],
    [
      'a copy without a destination',
      ofRule({ CopyActions: [{}] }),
      '`DestinationBackupVaultArn` of an entry of `CopyActions` is required, but it is missing',
    ],
    ['nothing missing', () => undefined, ''],
  ];

  test('wording has at least five neighbors', () => {
    expect(neighbors.length).toBeGreaterThanOrEqual(5);
  });

  test.each(neighbors)('%s is put into words', (_, change, message) => {
    const whole = template();
    change(whole.Resources, whole);
    const inventory = inventoryOf([source(whole, { account: undefined, region: undefined })]);
    const text = runChecks(ALL_CHECKS, inventory, { now })
      .map((one) => one.message)
      .join('\n');
    expect(text).toContain(message);
    expect(text).not.toMatch(/undefined|null|NaN|\[object/);
  });
});
