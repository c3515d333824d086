import { type App, Aspects, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { CfnReportPlan, type IFrameworkRef } from 'aws-cdk-lib/aws-backup';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, CfnBucket, type IBucketRef } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import * as fc from 'fast-check';
import { BackupFramework } from '../../../src/resources/audit/backup-framework';
import {
  BackupReportBucket,
  type BackupReportBucketProps,
} from '../../../src/resources/audit/backup-report-bucket';
import {
  BackupReportPlan,
  type BackupReportPlanProps,
  ReportFormat,
} from '../../../src/resources/audit/backup-report-plan';
import { ReportTemplate } from '../../../src/resources/audit/report-template';
import { ReportCoverage } from '../../../src/values/audit/report-coverage';
import { sentence } from '../../../src/values/core/problem';
import { anything } from '../../support/anything';
import { nagFindings } from '../../support/nag';
import { refusal, thrown } from '../../support/refusal';
import { schemaProblems } from '../../support/schema';
import { propertiesOf, synthesize, testStack } from '../../support/synthesis';
import { warningsOf } from '../../support/warnings';

const JOBS = ReportTemplate.backupJobs();
const ROLE =
  'arn:aws:iam::111122223333:role/aws-service-role/reports.backup.amazonaws.com/AWSServiceRoleForBackupReports';
const framework = (stack: Stack, name = 'gold') =>
  BackupFramework.fromFrameworkArn(
    stack,
    name,
    `arn:aws:backup:eu-west-1:111122223333:framework:${name}-ce7655ae`,
  );

describe('a report template', () => {
  const stack = testStack();
  const gold = framework(stack);
  const silver = framework(stack, 'silver');

  test.each<[string, ReportTemplate, string, number]>([
    ['backupJobs', ReportTemplate.backupJobs(), 'BACKUP_JOB_REPORT', 0],
    ['copyJobs', ReportTemplate.copyJobs(), 'COPY_JOB_REPORT', 0],
    ['restoreJobs', ReportTemplate.restoreJobs(), 'RESTORE_JOB_REPORT', 0],
    ['scanJobs', ReportTemplate.scanJobs(), 'SCAN_JOB_REPORT', 0],
    ['controlCompliance', ReportTemplate.controlCompliance(gold, silver), 'CONTROL_COMPLIANCE_REPORT', 2],
    [
      'resourceCompliance, a framework twice',
      ReportTemplate.resourceCompliance(gold, gold),
      'RESOURCE_COMPLIANCE_REPORT',
      1,
    ],
    ['of another name', ReportTemplate.of('TIERING_REPORT', gold), 'TIERING_REPORT', 1],
  ])('%s', (_title, template, name, frameworks) => {
    expect(template.templateName).toBe(name);
    expect(String(template)).toBe(name);
    expect(template.frameworkArns).toHaveLength(frameworks);
  });

  test.each<[string, () => ReportTemplate, string]>([
    [
      'without a name',
      () => ReportTemplate.of(''),
      '`name` must be the name of a report template such as `BACKUP_JOB_REPORT`, got an empty string (in `ReportTemplate.of`)',
    ],
    [
      'with an ARN instead of a framework',
      () => ReportTemplate.controlCompliance('arn:aws:backup:…' as unknown as IFrameworkRef),
      '`frameworks` must contain only frameworks, got `arn:aws:backup:…`; refer to an existing one with `BackupFramework.fromFrameworkArn`',
    ],
  ])('%s is refused', (_title, make, message) => {
    expect(refusal(make)).toBe(message);
  });
});

describe('a report plan', () => {
  test('has a name without hyphens, the CSV format, and its own bucket', () => {
    const stack = testStack('My-App');
    const plan = new BackupReportPlan(stack, 'Daily-Jobs', { template: JOBS });
    expect(plan.reportPlanName).toMatch(/^My_App_Daily_Jobs_[0-9a-f]{8}$/);
    expect(plan.bucket).toBeInstanceOf(BackupReportBucket);
    expect(propertiesOf(stack, 'AWS::Backup::ReportPlan')).toEqual([
      {
        ReportPlanName: plan.reportPlanName,
        ReportSetting: { ReportTemplate: 'BACKUP_JOB_REPORT' },
        ReportDeliveryChannel: {
          S3BucketName: { Ref: stack.getLogicalId(plan.bucket.node.defaultChild as CfnBucket) },
          Formats: ['CSV'],
        },
      },
    ]);
    expect(warningsOf(stack)).toEqual([]);
    expect(schemaProblems(synthesize(stack).toJSON())).toEqual([]);
  });

  test('accepts all properties', () => {
    const stack = testStack();
    const plan = new BackupReportPlan(stack, 'Compliance', {
      reportPlanName: 'gold_compliance',
      description: 'Evidence for the auditors',
      template: ReportTemplate.controlCompliance(framework(stack)),
      coverage: ReportCoverage.thisAccount({ regions: ['eu-west-1', 'us-east-1'] }),
      formats: [ReportFormat.CSV],
      keyPrefix: 'audit',
    });
    Tags.of(plan).add('team', 'audit');
    expect(propertiesOf(stack, 'AWS::Backup::ReportPlan')).toEqual([
      {
        ReportPlanName: 'gold_compliance',
        ReportPlanDescription: 'Evidence for the auditors',
        ReportSetting: {
          ReportTemplate: 'CONTROL_COMPLIANCE_REPORT',
          FrameworkArns: ['arn:aws:backup:eu-west-1:111122223333:framework:gold-ce7655ae'],
          Regions: ['eu-west-1', 'us-east-1'],
        },
        ReportDeliveryChannel: { S3BucketName: expect.anything(), S3KeyPrefix: 'audit', Formats: ['CSV'] },
        ReportPlanTags: [{ Key: 'team', Value: 'audit' }],
      },
    ]);
  });

  test('covers the organization', () => {
    const stack = testStack();
    new BackupReportPlan(stack, 'Jobs', {
      template: JOBS,
      coverage: ReportCoverage.organization({ regions: [ReportCoverage.ALL_REGIONS] }),
    });
    synthesize(stack).hasResourceProperties('AWS::Backup::ReportPlan', {
      ReportSetting: { Accounts: ['ROOT'], Regions: ['*'], OrganizationUnits: Match.absent() },
    });
  });

  test('covers some accounts and organizational units', () => {
    const stack = testStack();
    new BackupReportPlan(stack, 'Jobs', {
      template: JOBS,
      coverage: ReportCoverage.members({
        accounts: ['444455556666'],
        organizationalUnits: ['ou-ab12-34567890'],
      }),
    });
    synthesize(stack).hasResourceProperties('AWS::Backup::ReportPlan', {
      ReportSetting: { Accounts: ['444455556666'], OrganizationUnits: ['ou-ab12-34567890'] },
    });
  });

  test('can be referred to', () => {
    const stack = testStack();
    const plan = new BackupReportPlan(stack, 'Jobs', { template: JOBS });
    const id = stack.getLogicalId(plan.node.defaultChild as CfnReportPlan);
    expect(stack.resolve(plan.reportPlanRef)).toEqual({
      reportPlanArn: { 'Fn::GetAtt': [id, 'ReportPlanArn'] },
    });
    expect(CfnReportPlan.arnForReportPlan(plan)).toBe(plan.reportPlanArn);
  });

  test('can be imported by its ARN', () => {
    const arn = 'arn:aws:backup:us-east-1:444455556666:report-plan:jobs-ce7655ae';
    const plan = BackupReportPlan.fromReportPlanArn(testStack(), 'Jobs', arn);
    expect(plan.reportPlanRef).toEqual({ reportPlanArn: arn });
    expect(plan.env).toEqual({ account: '444455556666', region: 'us-east-1' });
  });
});

describe('the bucket of a report plan', () => {
  test('is encrypted, versioned, private, TLS only and retained', () => {
    const stack = testStack();
    new BackupReportPlan(stack, 'Jobs', { template: JOBS });
    const template = synthesize(stack);
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            { BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } },
          ],
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        VersioningConfiguration: { Status: 'Enabled' },
      },
    });
    template.hasResource('AWS::KMS::Key', {
      DeletionPolicy: 'Retain',
      Properties: { EnableKeyRotation: true },
    });
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Deny',
            Action: 's3:*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ]),
      },
    });
  });

  test('lets AWS Backup write reports, as documented, after the report plan has created the role', () => {
    const stack = testStack();
    const plan = new BackupReportPlan(stack, 'Jobs', { template: JOBS });
    const bucketId = stack.getLogicalId(plan.bucket.node.defaultChild as CfnBucket);
    synthesize(stack).hasResource('AWS::S3::BucketPolicy', {
      Properties: {
        PolicyDocument: {
          Statement: Match.arrayWith([
            {
              Sid: 'AllowBackupReports',
              Effect: 'Allow',
              Principal: { AWS: ROLE },
              Action: 's3:PutObject',
              Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [bucketId, 'Arn'] }, '/*']] },
              Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
            },
          ]),
        },
      },
      DependsOn: [stack.getLogicalId(plan.node.defaultChild as CfnReportPlan)],
    });
  });

  test('has a key that AWS Backup can use, even before the role exists', () => {
    const stack = testStack();
    new BackupReportPlan(stack, 'Jobs', { template: JOBS });
    synthesize(stack).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          {
            Sid: 'AllowBackupReports',
            Effect: 'Allow',
            Principal: { AWS: '*' },
            Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
            Resource: '*',
            Condition: {
              StringEquals: { 'kms:CallerAccount': '111122223333' },
              ArnEquals: { 'aws:PrincipalArn': ROLE },
            },
          },
        ]),
      },
    });
  });

  test('can be shared by report plans, with one policy statement', () => {
    const stack = testStack();
    const bucket = new BackupReportBucket(stack, 'Reports');
    for (const id of ['Jobs', 'Copies']) new BackupReportPlan(stack, id, { template: JOBS, bucket });
    const template = synthesize(stack);
    template.resourceCountIs('AWS::S3::Bucket', 1);
    const [policy] = Object.values(template.findResources('AWS::S3::BucketPolicy'));
    expect(policy.DependsOn).toHaveLength(2);
    const sids = policy.Properties.PolicyDocument.Statement.map(({ Sid }: { Sid?: string }) => Sid);
    expect(sids.filter((sid?: string) => sid === 'AllowBackupReports')).toHaveLength(1);
  });

  test('can be a bucket of aws-cdk-lib with its key', () => {
    const stack = testStack();
    const encryptionKey = new Key(stack, 'Key');
    const bucket = new Bucket(stack, 'Mine', { encryptionKey });
    new BackupReportPlan(stack, 'Jobs', { template: JOBS, bucket });
    const template = synthesize(stack);
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: { Statement: [Match.objectLike({ Sid: 'AllowBackupReports' })] },
    });
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Sid: 'AllowBackupReports' })]) },
    });
    expect(warningsOf(stack)).toEqual([]);
  });

  const fix =
    'allow `AWSServiceRoleForBackupReports` `s3:PutObject` in the bucket policy, and `kms:GenerateDataKey` and `kms:Decrypt` in the key policy';
  const closed = `Backup-ReportBucketPolicy: \`bucket\` must let AWS Backup write reports, but the bucket policy can't be changed in this app; ${fix}`;

  test.each<[string, (stack: Stack) => IBucketRef]>([
    ['is imported', (stack) => Bucket.fromBucketName(stack, 'Mine', 'my-reports')],
    ['is an L1', (stack) => new CfnBucket(stack, 'Mine')],
  ])('gets a warning if the bucket %s', (_title, make) => {
    const stack = testStack();
    new BackupReportPlan(stack, 'Jobs', { template: JOBS, bucket: make(stack) });
    expect(warningsOf(stack)).toEqual([closed]);
  });

  test('gets a warning if the key is imported', () => {
    const stack = testStack();
    const encryptionKey = Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1234');
    new BackupReportPlan(stack, 'Jobs', {
      template: JOBS,
      bucket: new Bucket(stack, 'Mine', { encryptionKey }),
    });
    expect(warningsOf(stack)).toEqual([
      `Backup-ReportBucketPolicy: \`bucket\` must let AWS Backup use its key, but the key policy can't be changed in this app; ${fix}`,
    ]);
  });

  test('gets a warning if the bucket is deployed before the role exists', () => {
    const stack = testStack();
    const app = stack.node.root as App;
    const before = new Stack(app, 'Before', { env: stack.env as { account: string; region: string } });
    new BackupReportPlan(stack, 'Jobs', { template: JOBS, bucket: new Bucket(before, 'Mine') });
    expect(warningsOf(app)).toEqual([
      'Backup-ReportBucketStack: `bucket` is in another stack, which is deployed before AWS Backup creates `AWSServiceRoleForBackupReports` with the first report plan of the account, so Amazon S3 may reject the bucket policy; create the bucket in the stack of the report plan, or create the role first with `aws iam create-service-linked-role --aws-service-name reports.backup.amazonaws.com`',
    ]);
    expect(() => synthesize(stack)).not.toThrow();
  });

  test('accepts a key, a log bucket, a name and a removal policy', () => {
    const stack = testStack();
    new BackupReportBucket(stack, 'Reports', {
      bucketName: 'my-reports',
      encryptionKey: new Key(stack, 'Key'),
      serverAccessLogsBucket: new Bucket(stack, 'Logs'),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const template = synthesize(stack);
    template.resourceCountIs('AWS::KMS::Key', 1);
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Delete',
      Properties: {
        BucketName: 'my-reports',
        LoggingConfiguration: { DestinationBucketName: Match.anyValue() },
      },
    });
  });

  test('passes AwsSolutions, HIPAA, NIST 800-53 R5 and PCI if access logs are enabled', () => {
    const stack = testStack();
    const logs = new Bucket(stack, 'Logs');
    const bucket = new BackupReportBucket(stack, 'Reports', { serverAccessLogsBucket: logs });
    const plan = new BackupReportPlan(stack, 'Jobs', { template: JOBS, bucket });
    const ours = [bucket, plan].map(({ node }) => ` ${node.path}`);
    const findings = nagFindings(stack.node.root as App);
    expect(findings.filter((finding) => ours.some((path) => finding.includes(path)))).toEqual([]);
  });

  test.each<[string, object, string]>([
    [
      'with props that are not an object',
      [],
      '`props` must be an object with properties, got an array (in `BackupReportBucket`)',
    ],
    [
      "with a removal policy that buckets don't support",
      { removalPolicy: RemovalPolicy.SNAPSHOT },
      '`removalPolicy` must be RemovalPolicy.RETAIN, RETAIN_ON_UPDATE_OR_DELETE or DESTROY, got `snapshot` (in `BackupReportBucket`)',
    ],
  ])('is refused %s', (_title, props, message) => {
    expect(
      refusal(() => new BackupReportBucket(testStack(), 'Reports', props as BackupReportBucketProps)),
    ).toBe(message);
  });
});

describe('a report plan is refused', () => {
  const make = (props: object) => () =>
    new BackupReportPlan(testStack(), 'Jobs', props as BackupReportPlanProps);

  test.each<[string, () => unknown, string]>([
    [
      'without a template',
      make({}),
      '`template` must be a `ReportTemplate`, got nothing; for example, use `ReportTemplate.backupJobs()` (in `Stack/Jobs`)',
    ],
    [
      'without props',
      make(undefined as unknown as object),
      '`template` must be a `ReportTemplate`, got nothing; for example, use `ReportTemplate.backupJobs()` (in `Stack/Jobs`)',
    ],
    [
      'with a template name and no format',
      make({ template: 'BACKUP_JOB_REPORT', formats: [], coverage: 'ROOT', bucket: 'my-reports' }),
      `4 problems of \`Stack/Jobs\`:
  - \`template\` must be a \`ReportTemplate\`, got \`BACKUP_JOB_REPORT\`; for example, use \`ReportTemplate.backupJobs()\`
  - \`coverage\` must be a \`ReportCoverage\`, got \`ROOT\`; for example, use \`ReportCoverage.thisAccount()\`
  - \`formats\` must be a list of \`ReportFormat\`, at least one, got an array; omit it for CSV
  - \`bucket\` must be a bucket, got \`my-reports\`; refer to an existing one with \`Bucket.fromBucketName\``,
    ],
    [
      'with a hyphen in its name',
      make({ template: JOBS, reportPlanName: 'daily-jobs' }),
      '`reportPlanName` must be 1 to 256 characters from `a-z`, `A-Z`, `0-9` and `_`, starting with a letter, got `daily-jobs`; use `daily_jobs` (in `Stack/Jobs`)',
    ],
    [
      'for compliance without a framework',
      make({ template: ReportTemplate.controlCompliance() }),
      '`frameworks` must have at least one framework for `CONTROL_COMPLIANCE_REPORT`, got none; make one with `new BackupFramework(this, …)` (in `Stack/Jobs`)',
    ],
    [
      'in JSON on the organization',
      make({ template: JOBS, coverage: ReportCoverage.organization(), formats: [ReportFormat.JSON] }),
      '`formats` must be `CSV` for a report on other accounts, got `JSON`; use `CSV`, or make a report plan in each account and Region (in `Stack/Jobs`)',
    ],
    [
      'with several things wrong at once',
      make({ template: JOBS, keyPrefix: '', description: '' }),
      `2 problems of \`Stack/Jobs\`:
  - \`description\` must be a non-blank string of at most 1024 characters, got an empty string; omit it if there is nothing to say
  - \`keyPrefix\` must be text that is not empty, got an empty string; omit it`,
    ],
    [
      'with a bucket in another account',
      () => {
        const stack = testStack();
        const there = new Stack(stack.node.root as App, 'There', {
          env: { account: '444455556666', region: 'eu-west-1' },
        });
        new BackupReportPlan(stack, 'Jobs', {
          template: JOBS,
          bucket: new Bucket(there, 'Mine', { bucketName: 'my-reports' }),
        });
      },
      '`bucket` must be in the account of the report plan (111122223333), got 444455556666; deliver to a bucket in the account of the report plan and replicate it (in `Stack/Jobs`)',
    ],
    [
      'by an ARN of something else',
      () => BackupReportPlan.fromReportPlanArn(testStack(), 'Jobs', 'jobs'),
      '`reportPlanArn` must be an ARN of the form `arn:<partition>:backup:<region>:<account>:report-plan:<id>`, got `jobs` (in `Stack/Jobs`)',
    ],
  ])('%s', (_title, action, message) => {
    expect(refusal(action)).toBe(message);
  });
});

describe('a report plan gets a warning', () => {
  test('about a framework in a report that covers several accounts', () => {
    const stack = testStack();
    new BackupReportPlan(stack, 'Compliance', {
      template: ReportTemplate.resourceCompliance(framework(stack)),
      coverage: ReportCoverage.organization(),
    });
    expect(warningsOf(stack)).toEqual([
      'Backup-MultiAccountFramework: `frameworks` are named in a report on several accounts, which AWS Backup reportedly rejects; omit them: the report covers the frameworks of these accounts',
    ]);
  });

  test('in a Region without AWS Backup Audit Manager', () => {
    const stack = testStack('Stack', 'ca-west-1');
    new BackupReportPlan(stack, 'Jobs', { template: JOBS });
    expect(warningsOf(stack)).toEqual([
      "Backup-AuditManagerRegion: `region` is ca-west-1, where AWS Backup Audit Manager isn't known to be available; deploy it in another Region",
    ]);
  });

  test('as the twenty-first report plan in an account and Region', () => {
    const stack = testStack();
    const bucket = new BackupReportBucket(stack, 'Reports');
    for (let i = 1; i <= 20; i++) new BackupReportPlan(stack, `Jobs${i}`, { template: JOBS, bucket });
    expect(warningsOf(stack)).toEqual([]);
    new BackupReportPlan(stack, 'Last', { template: JOBS, bucket });
    expect(warningsOf(stack)).toEqual([
      "Backup-ReportPlanQuota: `report plans` should be at most 20 in an account and Region, got 21 in this app, which exceeds AWS Backup's quota; request a quota increase from AWS, then acknowledge this warning",
    ]);
  });
});

test('aspects can change the L1, which is the default child', () => {
  const stack = testStack();
  new BackupReportPlan(stack, 'Jobs', { template: JOBS });
  Aspects.of(stack).add({
    visit: (construct: IConstruct) => {
      if (construct instanceof CfnReportPlan) construct.reportPlanDescription = 'said by an aspect';
    },
  });
  synthesize(stack).hasResourceProperties('AWS::Backup::ReportPlan', {
    ReportPlanDescription: 'said by an aspect',
  });
});

test('untyped callers get a report plan or an error message', () => {
  const props = fc.oneof(
    anything,
    fc.record(
      {
        template: fc.oneof(fc.constant(JOBS), anything),
        reportPlanName: anything,
        description: anything,
        coverage: fc.oneof(fc.constant(ReportCoverage.organization()), anything),
        formats: fc.oneof(anything, fc.array(anything, { maxLength: 2 })),
        bucket: anything,
        keyPrefix: anything,
      },
      { requiredKeys: [] },
    ),
  );
  fc.assert(
    fc.property(props, (given) => {
      const error = thrown(() => new BackupReportPlan(new Stack(), 'Jobs', given as never));
      for (const problem of error?.problems ?? []) expect(sentence(problem)).toMatch(/^`.+` [^\n]+[^.]$/);
    }),
  );
});
