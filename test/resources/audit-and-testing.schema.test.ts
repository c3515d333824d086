import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { Duration, Tags, TimeZone } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BackupFramework } from '../../src/resources/backup-framework';
import { BackupReportPlan } from '../../src/resources/backup-report-plan';
import { ControlScope } from '../../src/resources/control-scope';
import { FrameworkControl } from '../../src/resources/framework-control';
import { RecoveryPointSelection } from '../../src/resources/recovery-point-selection';
import { ReportTemplate } from '../../src/resources/report-template';
import { RestoreMetadata } from '../../src/resources/restore-metadata';
import { RestoreTestingPlan } from '../../src/resources/restore-testing-plan';
import { BackupSchedule } from '../../src/values/backup-schedule';
import { ReportCoverage } from '../../src/values/report-coverage';
import { ResourceType } from '../../src/values/resource-type';
import { TagCondition } from '../../src/values/tag-condition';
import { schemaProblems } from '../support/schema';
import { synthesize, testStack } from '../support/synthesis';

/** A stack in which everything is said that these constructs can say. */
function everythingSaid() {
  const stack = testStack();
  const description = 'everything';
  const framework = new BackupFramework(stack, 'Framework', {
    description,
    controls: [
      FrameworkControl.resourcesProtectedByBackupPlan({
        scope: ControlScope.resource(ResourceType.EFS, 'fs-1'),
      }),
      FrameworkControl.minRetention({ scope: ControlScope.tag('backup', 'gold') }),
    ],
  });
  const bucket = Bucket.fromBucketName(stack, 'Bucket', 'reports');
  const jobs = new BackupReportPlan(stack, 'Jobs', {
    template: ReportTemplate.backupJobs(),
    coverage: ReportCoverage.members({
      accounts: ['444455556666'],
      organizationalUnits: ['ou-ab12-34567890'],
      regions: ['*'],
    }),
    bucket,
  });
  new BackupReportPlan(stack, 'Compliance', {
    template: ReportTemplate.controlCompliance(framework),
    description,
    bucket,
    keyPrefix: 'audit',
  });
  const plan = new RestoreTestingPlan(stack, 'Plan', {
    schedule: BackupSchedule.daily({ timeZone: TimeZone.ASIA_SEOUL }),
    startWindow: Duration.hours(8),
    recoveryPoints: RecoveryPointSelection.latest({
      allVaults: true,
      excludeVaultArns: ['arn:aws:backup:*:*:backup-vault:scratch'],
      window: Duration.days(7),
    }),
  });
  plan.addSelection('Named', {
    resourceType: ResourceType.S3,
    arns: ['arn:aws:s3:::documents'],
    metadata: RestoreMetadata.s3({ restoreAcls: false }),
    validationWindow: Duration.hours(1),
  });
  plan.addSelection('Tagged', {
    resourceType: ResourceType.S3,
    tags: [TagCondition.stringEquals('backup', 'gold'), TagCondition.stringNotEquals('stage', 'dev')],
  });
  for (const tagged of [framework, jobs, plan]) Tags.of(tagged).add('team', 'orders');
  return synthesize(stack);
}

/** The names of all keys, at any depth. */
function keysIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Array.isArray(value) ? [] : Object.keys(value);
  return [...own, ...Object.values(value).flatMap(keysIn)];
}

const schema = loadAwsServiceSpecSync();
const template = everythingSaid();

test.each([
  'AWS::Backup::Framework',
  'AWS::Backup::ReportPlan',
  'AWS::Backup::RestoreTestingPlan',
  'AWS::Backup::RestoreTestingSelection',
])('every property that the installed schema has of %s can be said', (type) => {
  const [resource] = schema.lookup('resource', 'cloudFormationType', 'equals', type);
  const parts = schema.follow('usesType', resource).map(({ entity }) => entity.properties);
  const known = [resource.properties, ...parts].flatMap((properties) => Object.keys(properties));
  const said = Object.values(template.findResources(type)).flatMap(({ Properties }) => keysIn(Properties));
  expect(known.filter((property) => !said.includes(property))).toEqual([]);
  expect(known.length).toBeGreaterThan(5);
});

test('what is said fits the schema', () => {
  expect(schemaProblems(template.toJSON())).toEqual([]);
});
