import { Fn } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { AUDIT_QUOTAS } from '../../../src/values/audit/audit-quotas';
import { type ControlValues, frameworkProblems } from '../../../src/values/audit/framework-laws';
import { backupArnProblems } from '../../../src/values/core/backup-arns';
import { descriptionProblems } from '../../../src/values/core/descriptions';
import { type Problem, sentence } from '../../../src/values/core/problem';
import { REGIONAL_FEATURES, regionProblems } from '../../../src/values/core/service-regions';
import { anything } from '../../support/anything';

const told = (problems: Problem[]) => problems.map((p) => `${p.severity} ${p.id} ${sentence(p)}`);
const ENCRYPTED: ControlValues = { name: 'BACKUP_RECOVERY_POINT_ENCRYPTED', parameters: {} };
const LOCKED: ControlValues = { name: 'BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK', parameters: {} };

describe('the controls of a framework', () => {
  test('are at least one', () => {
    expect(told(frameworkProblems([]))).toEqual([
      'error Backup-FrameworkWithoutControl `controls` must have at least one control, got none; for example, add `FrameworkControl.resourcesProtectedByBackupPlan()`',
    ]);
    expect(frameworkProblems([ENCRYPTED])).toEqual([]);
    expect(frameworkProblems([ENCRYPTED, LOCKED])).toEqual([]);
  });

  test('are never exactly the same twice', () => {
    expect(told(frameworkProblems([ENCRYPTED, LOCKED, { ...ENCRYPTED, scope: {} }]))).toEqual([
      'error Backup-DuplicateControl `controls` must not contain the same control twice, got `BACKUP_RECOVERY_POINT_ENCRYPTED` twice; omit one of them',
    ]);
  });

  test.each([undefined, null, 1, {}])('that have no name (%j) are not the same control', (name) => {
    expect(
      frameworkProblems([
        { ...ENCRYPTED, name },
        { ...ENCRYPTED, name },
      ]),
    ).toEqual([]);
  });

  test.each<[string, ControlValues]>([
    ['another scope', { ...LOCKED, scope: { complianceResourceTypes: ['EFS'] } }],
    ['another parameter', { ...LOCKED, parameters: { minRetentionDays: '7' } }],
  ])('with %s are a warning, since nothing is known of it', (_title, other) => {
    expect(told(frameworkProblems([LOCKED, other], 'FrameworkControls'))).toEqual([
      "warning Backup-RepeatedControl `FrameworkControls` has `BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK` twice, which AWS Backup isn't known to accept; put one of them in another framework",
    ]);
  });

  test('known only at deployment are not compared', () => {
    const unknown = { name: Fn.ref('Control'), parameters: {} };
    expect(frameworkProblems([unknown, unknown])).toEqual([]);
  });
});

describe('a description', () => {
  test.each(['x', ' a ', 'x'.repeat(1024), undefined, Fn.ref('Text')])('%j is accepted', (description) => {
    expect(descriptionProblems('Backup-FrameworkDescription', description)).toEqual([]);
  });

  test.each<[string, unknown, string]>([
    ['nothing', '', 'got an empty string; omit it if there is nothing to say'],
    ['blanks', '  ', 'got `  `; omit it if there is nothing to say'],
    ['a number', 7, 'got 7; omit it if there is nothing to say'],
    ['1025 characters', 'x'.repeat(1025), 'got 1025 characters; shorten it'],
  ])('of %s is rejected', (_title, description, got) => {
    expect(told(descriptionProblems('Backup-FrameworkDescription', description))).toEqual([
      `error Backup-FrameworkDescription \`description\` must be a non-blank string of at most 1024 characters, ${got}`,
    ]);
  });

  test('of any kind gets a sentence', () => {
    fc.assert(
      fc.property(anything, (description) => {
        for (const problem of descriptionProblems('Backup-FrameworkDescription', description))
          expect(sentence(problem)).toMatch(/^`description` must be [^\n]+[^.]$/);
      }),
    );
  });
});

describe('Regions', () => {
  test.each([
    ['auditManager', 'us-east-1'],
    ['auditManager', 'us-gov-west-1'],
    ['auditManager', 'ca-central-1'],
    ['restoreTesting', 'ap-east-2'],
    ['restoreTesting', 'ca-west-1'],
    ['restoreTesting', Fn.ref('AWS::Region')],
    ['restoreTesting', 7],
  ] as const)('%s is available in %s', (feature, region) => {
    expect(regionProblems(feature, region)).toEqual([]);
  });

  test.each([
    ['auditManager', 'ca-west-1', 'AWS Backup Audit Manager'],
    ['auditManager', 'il-central-1', 'AWS Backup Audit Manager'],
    ['auditManager', 'cn-north-1', 'AWS Backup Audit Manager'],
    ['auditManager', 'eusc-de-east-1', 'AWS Backup Audit Manager'],
    ['restoreTesting', 'cn-northwest-1', 'restore testing'],
    ['restoreTesting', 'us-gov-east-1', 'restore testing'],
    ['restoreTesting', 'eusc-de-east-1', 'restore testing'],
  ] as const)('%s is missing in %s', (feature, region, label) => {
    expect(told(regionProblems(feature, region))).toEqual([
      `warning ${REGIONAL_FEATURES[feature].id} \`region\` is ${region}, where ${label} isn't known to be available; deploy it in another Region`,
    ]);
  });
});

describe('ARNs of AWS Backup', () => {
  test.each([
    [
      'framework',
      'arn:aws:backup:us-east-1:111122223333:framework:gold-ce7655ae-1e31-45cb-96a0-4f43d8c19642',
    ],
    ['report-plan', 'arn:aws-us-gov:backup:us-gov-west-1:111122223333:report-plan:jobs_daily-914d249e'],
    ['restore-testing-plan', 'arn:aws:backup:eu-west-1:111122223333:restore-testing-plan:weekly'],
    ['framework', Fn.importValue('Framework')],
  ] as const)('of a %s: %s', (kind, arn) => {
    expect(backupArnProblems(kind, arn, 'arn')).toEqual([]);
  });

  test.each<[unknown, string]>([
    ['gold', '`gold`'],
    [['arn:aws:backup:us-east-1:111122223333:framework:gold'], 'an array'],
    [undefined, 'nothing'],
    [
      'arn:aws:backup:us-east-1:111122223333:backup-plan:1234',
      '`arn:aws:backup:us-east-1:111122223333:backup-plan:1234`',
    ],
    ['arn:aws:backup:us-east-1:1111:framework:gold', '`arn:aws:backup:us-east-1:1111:framework:gold`'],
    [
      'an arn:aws:backup:us-east-1:111122223333:framework:gold',
      '`an arn:aws:backup:us-east-1:111122223333:framework:gold`',
    ],
    [
      'arn:aws:backup:us-east-1:111122223333:framework:gold silver',
      '`arn:aws:backup:us-east-1:111122223333:framework:gold silver`',
    ],
    [
      'arn:aws-:backup:us-east-1:111122223333:framework:gold',
      '`arn:aws-:backup:us-east-1:111122223333:framework:gold`',
    ],
    [
      'arn:aws:backup:useast1:111122223333:framework:gold',
      '`arn:aws:backup:useast1:111122223333:framework:gold`',
    ],
    [
      'arn:aws:backup:us-east-1:1111222233334:framework:gold',
      '`arn:aws:backup:us-east-1:1111222233334:framework:gold`',
    ],
    [
      'arn:aws:backup:us-east-1:111122223333:framework:',
      '`arn:aws:backup:us-east-1:111122223333:framework:`',
    ],
  ])('are not %s', (arn, got) => {
    expect(told(backupArnProblems('framework', arn, 'frameworkArn'))).toEqual([
      `error Backup-Arn \`frameworkArn\` must be an ARN of the form \`arn:<partition>:backup:<region>:<account>:framework:<id>\`, got ${got}`,
    ]);
  });
});

test('the quotas of AWS Backup Audit Manager are those of the guide', () => {
  expect(Object.entries(AUDIT_QUOTAS).map(([name, { max, severity }]) => [name, max, severity])).toEqual([
    ['frameworks', 15, 'warning'],
    ['controls', 50, 'warning'],
    ['reportPlans', 20, 'warning'],
    ['frameworksPerReportPlan', 1000, 'error'],
  ]);
});
