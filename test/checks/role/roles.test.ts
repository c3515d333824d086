import { roleArnChecks } from '../../../src/checks/role/role-arns';
import { roleChecks } from '../../../src/checks/role/roles';
import { scannerRoleChecks } from '../../../src/checks/role/scanner-roles';
import { choice, plan, resource, rule, selection, tags } from '../../support/backups';
import { findings, PARAMETERS, UNKNOWN } from '../../support/findings';

const CHECKS = [...roleArnChecks, ...roleChecks, ...scannerRoleChecks];

const TAGGED = { ListOfTags: [choice('backup', 'gold')] };
const GOLD = tags({ backup: 'gold' });
const BACKUP_POLICY = 'service-role/AWSBackupServiceRolePolicyForBackup';
const policy = (name: string) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/${name}` });
const trust = (Service: unknown = 'backup.amazonaws.com', more: object = {}) => ({
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service }, ...more }],
});
const role = (properties: object = {}) =>
  resource('IAM::Role', {
    RoleName: 'backup',
    AssumeRolePolicyDocument: trust(),
    ManagedPolicyArns: [policy(BACKUP_POLICY)],
    ...properties,
  });
const allow = (...Action: unknown[]) => ({
  PolicyName: 'p',
  PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource: '*' }] },
});
const bucket = resource('S3::Bucket', { Tags: GOLD });
const table = resource('DynamoDB::Table', { Tags: GOLD });
const OF_ROLE = 'the role `backup` of selection `some`';

function found(resources: object, body: object = TAGGED, rest: object = {}, rules = [rule()]): string[] {
  const IamRoleArn = 'Role' in resources ? { 'Fn::GetAtt': ['Role', 'Arn'] } : undefined;
  return findings(
    CHECKS,
    {
      Plan: plan('gold', ...rules),
      S: selection({ ...(IamRoleArn && { IamRoleArn }), ...body }, { Ref: 'Plan' }, { ...rest }),
      ...resources,
    },
    undefined,
    PARAMETERS,
  );
}

describe('the role of a selection trusts AWS Backup', () => {
  const STS = { Effect: 'Allow', Action: 'sts:*', Principal: { Service: 'backup.amazonaws.com' } };
  const REFUSED = `error Backup-RoleTrust at Resources/Role/Properties/AssumeRolePolicyDocument: ${OF_ROLE} must trust \`backup.amazonaws.com\`, but its trust policy does not let it assume the role; allow \`backup.amazonaws.com\` to assume the role with \`sts:AssumeRole\``;

  test.each<[string, object]>([
    ['another service', trust('lambda.amazonaws.com')],
    ['services of which none is it', trust(['lambda.amazonaws.com', 'ec2.amazonaws.com'])],
    ['another action', trust(undefined, { Action: 'sts:TagSession' })],
    ['all actions but those of AWS STS', trust(undefined, { Action: undefined, NotAction: 'sts:*' })],
    [
      'all actions of STS, and a denial',
      { Statement: [STS, { ...STS, Effect: 'Deny', NotAction: 'sts:TagSession', Action: undefined }] },
    ],
    ['a denial', trust(undefined, { Effect: 'Deny' })],
    ['another service of this partition', trust({ 'Fn::Sub': `ec2.\${AWS::URLSuffix}` })],
    ['no statement', { Statement: [] }],
    [
      'an account',
      { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '111111111111' } }] },
    ],
  ])('%s is not enough', (_, AssumeRolePolicyDocument) => {
    expect(found({ Role: role({ AssumeRolePolicyDocument }) })).toEqual([REFUSED]);
  });

  test.each<[string, object]>([
    ['it', trust()],
    ['it among others', trust(['ec2.amazonaws.com', 'backup.amazonaws.com'])],
    ['all actions', trust(undefined, { Action: 'sts:*' })],
    ['all actions but another', trust(undefined, { Action: undefined, NotAction: 'sts:TagSession' })],
    [
      'all actions but those that are not known',
      trust(undefined, { Action: undefined, NotAction: [UNKNOWN] }),
    ],
    ['all services but another', trust(undefined, { Principal: undefined, NotPrincipal: { Service: 'x' } })],
    ['it with the suffix of the partition', trust({ 'Fn::Sub': `backup.\${AWS::URLSuffix}` })],
    ['what is not known', trust(UNKNOWN)],
    ['an action that is not known', trust(undefined, { Action: UNKNOWN })],
    ['a document that is not known', { 'Fn::GetAZs': '' }],
  ])('%s is enough', (_, AssumeRolePolicyDocument) => {
    expect(found({ Role: role({ AssumeRolePolicyDocument }) })).toEqual([]);
  });

  test('a role of several selections is reported once', () => {
    const Other = selection({ ...TAGGED, IamRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } });
    expect(found({ Role: role({ AssumeRolePolicyDocument: trust('x') }), Other })).toEqual([REFUSED]);
  });
});

describe('the role may back up what is selected', () => {
  const S3_POLICY = 'AWSBackupServiceRolePolicyForS3Backup';
  const lacks = (name: string, type: string) =>
    `error Backup-RolePolicies at Resources/Role: ${OF_ROLE} lacks \`${name}\`, which backups of ${type} need; attach \`arn:aws:iam::aws:policy/${name}\`, or use a \`BackupRole\``;

  test('buckets need a policy of their own', () => {
    expect(found({ Role: role(), B: bucket })).toEqual([lacks(S3_POLICY, 'S3')]);
    expect(found({ Role: role() }, { Resources: ['arn:aws:s3:::orders'] })).toEqual([lacks(S3_POLICY, 'S3')]);
    const both = role({ ManagedPolicyArns: [policy(BACKUP_POLICY), policy(S3_POLICY)] });
    expect(found({ Role: both, B: bucket })).toEqual([]);
  });

  test('buckets that are not selected need nothing', () => {
    expect(found({ Role: role(), B: resource('S3::Bucket'), T: table })).toEqual([]);
    expect(found({ Role: role() }, { Resources: ['*'], NotResources: ['arn:aws:s3:::*'] })).toEqual([]);
  });

  test('other types need the base policy', () => {
    const none = role({ ManagedPolicyArns: [], Policies: [allow('tag:GetResources')] });
    expect(found({ Role: none, T: table })).toEqual([lacks(BACKUP_POLICY, 'DynamoDB')]);
  });

  test.each<[string, object]>([
    ['a policy of its own for S3', { Policies: [allow('s3:GetObject', 's3:GetObjectAcl')] }],
    ['a wildcard', { Policies: [allow('s3*')] }],
    ['everything', { Policies: [allow('*')] }],
    [
      'all but something',
      { Policies: [{ PolicyDocument: { Statement: [{ Effect: 'Allow', NotAction: 'iam:*' }] } }] },
    ],
    ['an administrator', { ManagedPolicyArns: [policy('AdministratorAccess')] }],
    ['another policy of AWS', { ManagedPolicyArns: [policy('AmazonS3FullAccess')] }],
    ['a policy that is not known', { ManagedPolicyArns: [UNKNOWN] }],
    ['policies that are not known', { ManagedPolicyArns: UNKNOWN }],
    ['actions that are not known', { Policies: [allow(UNKNOWN)] }],
  ])('%s is enough for buckets', (_, properties) => {
    expect(found({ Role: role(properties), B: bucket })).toEqual([]);
  });

  test('policies that name the role count', () => {
    const Roles = [{ Ref: 'Role' }];
    const inline = resource('IAM::Policy', { Roles, ...allow('s3:*') });
    const managed = resource('IAM::ManagedPolicy', { Roles, ...allow('s3:*') });
    const other = resource('IAM::ManagedPolicy', { Roles, ...allow('ec2:*') });
    expect(found({ Role: role(), B: bucket, Inline: inline })).toEqual([]);
    expect(found({ Role: role(), B: bucket, Managed: managed })).toEqual([]);
    expect(found({ Role: role(), B: bucket, Managed: other })).toEqual([lacks(S3_POLICY, 'S3')]);
  });
});

describe('a role by its ARN', () => {
  const HERE = 'Resources/S/Properties/BackupSelection/IamRoleArn';
  const arn = (name: string, account = '111111111111') => ({
    ...TAGGED,
    IamRoleArn: `arn:aws:iam::${account}:role/${name}`,
  });

  test('is not service-linked', () => {
    const linked = arn('aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup');
    expect(found({ B: bucket }, linked)).toEqual([
      `error Backup-ServiceLinkedRole at ${HERE}: \`IamRoleArn\` of selection \`some\` must be a role that AWS Backup can assume, got the service-linked role \`AWSServiceRoleForBackup\`; create a role that trusts \`backup.amazonaws.com\``,
    ]);
  });

  test('is one of the account', () => {
    expect(found({}, arn('backup', '222222222222'))).toEqual([
      `error Backup-RoleElsewhere at ${HERE}: \`IamRoleArn\` of selection \`some\` must be a role in its own account (111111111111), got one in 222222222222; create a role in the account of the selection`,
    ]);
    expect(found({}, arn('backup'))).toEqual([]);
    expect(found({}, { ...TAGGED, IamRoleArn: { 'Fn::Sub': `arn:aws:iam::\${Unknown}:role/x` } })).toEqual(
      [],
    );
  });

  test('should not be the default role, especially for buckets', () => {
    const byDefault = arn('service-role/AWSBackupDefaultServiceRole');
    const NOTE = `note Backup-DefaultServiceRole at ${HERE}: \`IamRoleArn\` of selection \`some\` is the default role of AWS Backup, which only the console creates; create a role in the app, such as a \`BackupRole\``;
    expect(found({ T: table }, byDefault)).toEqual([NOTE]);
    expect(found({ B: bucket }, byDefault)).toEqual([
      `warning Backup-DefaultRole at ${HERE}: selection \`some\` selects buckets with the default role of AWS Backup, which lacks the policies for S3; use a role with \`AWSBackupServiceRolePolicyForS3Backup\``,
      NOTE,
    ]);
  });

  test('must have the policies for buckets, which can’t be determined', () => {
    expect(found({ B: bucket }, arn('backup'))).toEqual([
      `note Backup-ImportedRole at ${HERE}: selection \`some\` selects buckets with the role \`arn:aws:iam::111111111111:role/backup\`, which is not in the app and must have the policies for S3; attach \`AWSBackupServiceRolePolicyForS3Backup\` to the role, or use a \`BackupRole\``,
    ]);
    expect(found({ T: table }, arn('backup'))).toEqual([]);
  });
});

describe('AWS Backup searches for what is selected by tag', () => {
  const custom = (...actions: string[]) =>
    role({ ManagedPolicyArns: [], Policies: actions.length > 0 ? [allow(...actions)] : [] });

  test('with a permission that the role must have', () => {
    expect(found({ Role: custom('dynamodb:CreateBackup'), T: table })).toEqual([
      `warning Backup-RoleTagAccess at Resources/Role: ${OF_ROLE} is not allowed to find resources by tag (\`tag:GetResources\`); allow \`tag:GetResources\`, or attach \`service-role/AWSBackupServiceRolePolicyForBackup\``,
    ]);
    expect(found({ Role: custom('dynamodb:CreateBackup', 'tag:GetResources'), T: table })).toEqual([]);
    const arn = { Resources: ['arn:aws:dynamodb:us-east-1:111111111111:table/orders'] };
    expect(found({ Role: custom('dynamodb:CreateBackup') }, arn)).toEqual([]);
  });

  test('as soon as the selection is made, so that it waits for the policy', () => {
    const Access = resource('IAM::Policy', { Roles: [{ Ref: 'Role' }], ...allow('tag:*', 'dynamodb:*') });
    const bare = custom();
    expect(found({ Role: bare, Access, T: table })).toEqual([
      `warning Backup-RoleDependency at Resources/S: selection \`some\` does not depend on \`Access\`, which grants its role \`backup\` the permissions; make the selection depend on the policy with \`DependsOn\``,
    ]);
    expect(found({ Role: bare, Access, T: table }, TAGGED, { DependsOn: 'Access' })).toEqual([]);
    expect(found({ Role: role(), Access, T: table })).toEqual([]);
  });
});

describe('indexes and scans', () => {
  const volume = resource('EC2::Volume', { Tags: GOLD });
  const INDEXING = 'AWSBackupServiceRolePolicyForIndexing';
  const indexed = [rule('daily', { IndexActions: [{ ResourceTypes: ['EBS'] }] })];

  test('an index of EBS needs a policy of its own', () => {
    expect(found({ Role: role(), V: volume }, TAGGED, {}, indexed)).toEqual([
      `warning Backup-IndexPolicy at Resources/Role: ${OF_ROLE} lacks \`${INDEXING}\`, which plan \`gold\` needs to index EBS; attach \`AWSBackupServiceRolePolicyForIndexing\``,
    ]);
    const both = role({ ManagedPolicyArns: [policy(BACKUP_POLICY), policy(INDEXING)] });
    expect(found({ Role: both, V: volume }, TAGGED, {}, indexed)).toEqual([]);
    expect(found({ Role: role(), V: volume })).toEqual([]);
  });

  test('the role of the scanner trusts GuardDuty and has its policy', () => {
    const scanned = (properties: object) =>
      findings(CHECKS, {
        Plan: resource('Backup::BackupPlan', {
          BackupPlan: {
            BackupPlanName: 'gold',
            BackupPlanRule: [rule()],
            ScanSettings: [
              { MalwareScanner: 'GUARDDUTY', ScannerRoleArn: { 'Fn::GetAtt': ['Scanner', 'Arn'] } },
            ],
          },
        }),
        Scanner: role({ RoleName: 'scanner', ...properties }),
      });
    const FIX =
      'allow `malware-protection.guardduty.amazonaws.com` to assume the role, and attach `AWSBackupGuardDutyRolePolicyForScans`';
    const SCANNER =
      'warning Backup-ScannerRole at Resources/Scanner: the malware scanner role `scanner` of plan `gold`';
    expect(scanned({})).toEqual([
      `${SCANNER} must trust \`malware-protection.guardduty.amazonaws.com\`; ${FIX}`,
      `${SCANNER} lacks \`AWSBackupGuardDutyRolePolicyForScans\`; ${FIX}`,
    ]);
    expect(
      scanned({
        AssumeRolePolicyDocument: trust('malware-protection.guardduty.amazonaws.com'),
        ManagedPolicyArns: [policy('AWSBackupGuardDutyRolePolicyForScans')],
      }),
    ).toEqual([]);
  });
});

describe('a role of its own for buckets', () => {
  const S3 = ['s3:GetObject', 's3:ListBucket', 'tag:GetResources'];
  const own = (...actions: unknown[]) =>
    found({ Role: role({ ManagedPolicyArns: [], Policies: [allow(...actions)] }), Bucket: bucket });

  test('reads the access control lists of objects', () => {
    expect(own(...S3)).toEqual([
      `warning Backup-RoleObjectAcl at Resources/Role: ${OF_ROLE} is not allowed to read the access control lists of objects (\`s3:GetObjectAcl\`); allow \`s3:GetObjectAcl\`, or attach \`AWSBackupServiceRolePolicyForS3Backup\``,
    ]);
  });

  test.each<[string, unknown[]]>([
    ['with the action', [...S3, 's3:GetObjectAcl']],
    ['with a wildcard', [...S3, 's3:GetObject*']],
    ['with all of S3', ['s3:*', 'tag:GetResources']],
    ['with what is not known', [...S3, UNKNOWN]],
  ])('%s is fine', (_, actions) => {
    expect(own(...actions)).toEqual([]);
  });
});

describe('a role of more than 1,000 buckets may list their tags', () => {
  const S3 = ['AWSBackupServiceRolePolicyForS3Backup', BACKUP_POLICY].map(policy);
  const buckets = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`B${i}`, bucket]));
  const of = (count: number, ManagedPolicyArns: unknown[], Policies: unknown[] = []) =>
    found({ Role: role({ ManagedPolicyArns, Policies }), ...buckets(count) }).filter((line) =>
      line.includes('BucketTags'),
    );

  test('one that may not is a warning', () => {
    expect(of(1_001, S3)).toEqual([
      `warning Backup-RoleBucketTags at Resources/Role: ${OF_ROLE}, which selects 1001 buckets, is not allowed to perform \`s3:ListTagsForResource\`; allow \`s3:ListTagsForResource\``,
    ]);
  });

  test.each<[string, string[]]>([
    ['1,000 buckets', of(1_000, S3)],
    ['the permission', of(1_001, S3, [allow('s3:ListTags*')])],
    ['an administrator', of(1_001, [policy('AdministratorAccess')])],
  ])('%s is fine', (_, lines) => {
    expect(lines).toEqual([]);
  });
});
