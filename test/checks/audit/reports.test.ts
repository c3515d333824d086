import { reportChecks } from '../../../src/checks/audit/reports';
import { resource } from '../../support/backups';
import { findings, PARAMETERS, UNKNOWN } from '../../support/findings';

const FRAMEWORK = 'arn:aws:backup:us-east-1:111111111111:framework:audit-1';
const HERE = 'Resources/R/Properties';
const OF = 'of report plan `daily`';

function told(ReportSetting: object, channel: object = {}): string[] {
  const R = resource('Backup::ReportPlan', {
    ReportPlanName: 'daily',
    ReportSetting: { ReportTemplate: 'BACKUP_JOB_REPORT', ...ReportSetting },
    ReportDeliveryChannel: { S3BucketName: 'reports', ...channel },
  });
  return findings(reportChecks, { R }, undefined, PARAMETERS);
}

test.each<[string, object, object, string]>([
  ...['CONTROL_COMPLIANCE_REPORT', 'RESOURCE_COMPLIANCE_REPORT'].map(
    (ReportTemplate): [string, object, object, string] => [
      `${ReportTemplate} without a framework`,
      { ReportTemplate },
      {},
      `error Backup-ReportFrameworks at ${HERE}/ReportSetting/FrameworkArns: \`FrameworkArns\` ${OF} must have at least one framework for \`${ReportTemplate}\`, got none; name at least one framework in \`FrameworkArns\``,
    ],
  ),
  [
    'a report on jobs with a framework',
    { FrameworkArns: [FRAMEWORK] },
    {},
    `warning Backup-ReportFrameworks at ${HERE}/ReportSetting/FrameworkArns: \`FrameworkArns\` ${OF} are for reports on compliance, got 1 for \`BACKUP_JOB_REPORT\`; leave them out`,
  ],
  [
    'a report on several accounts with a framework',
    { ReportTemplate: 'CONTROL_COMPLIANCE_REPORT', FrameworkArns: [FRAMEWORK], Accounts: ['ROOT'] },
    {},
    `warning Backup-MultiAccountFramework at ${HERE}/ReportSetting/FrameworkArns: \`FrameworkArns\` ${OF} are named in a report on several accounts, which AWS Backup is reported to refuse; leave them out: the report covers the frameworks of these accounts`,
  ],
  [
    'a template that is none',
    { ReportTemplate: 'jobs' },
    {},
    `error Backup-ReportTemplate at ${HERE}/ReportSetting/ReportTemplate: \`ReportTemplate\` ${OF} must be the name of a report template such as \`BACKUP_JOB_REPORT\`, got \`jobs\`; use for example \`BACKUP_JOB_REPORT\``,
  ],
  [
    'a template by the name that the guide gives it',
    { ReportTemplate: 'MALWARE_JOB_REPORT' },
    {},
    `warning Backup-ReportTemplate at ${HERE}/ReportSetting/ReportTemplate: \`ReportTemplate\` ${OF} is \`MALWARE_JOB_REPORT\`, which isn't known to be a report template; use \`SCAN_JOB_REPORT\``,
  ],
  [
    'JSON of other Regions',
    { Regions: ['*'] },
    { Formats: ['JSON'] },
    `error Backup-ReportFormat at ${HERE}/ReportDeliveryChannel/Formats: \`Formats\` ${OF} must be \`CSV\` for a report on other Regions, got \`JSON\`; use \`CSV\`, or make a report plan in each account and Region`,
  ],
  [
    'an account that is none',
    { Accounts: ['production'] },
    {},
    `error Backup-ReportAccounts at ${HERE}/ReportSetting/Accounts: \`Accounts\` ${OF} must be account ids of 12 digits, got \`production\`; use ids of 12 digits, or \`ROOT\` for the whole organization`,
  ],
  [
    'a unit that is none',
    { OrganizationUnits: ['production'] },
    {},
    `error Backup-ReportOrganizationalUnits at ${HERE}/ReportSetting/OrganizationUnits: \`OrganizationUnits\` ${OF} must be ids of organizational units such as \`ou-ab12-34567890\`, got \`production\`; use ids such as \`ou-ab12-34567890\``,
  ],
  [
    'a Region that is none',
    { Regions: ['Europe'] },
    {},
    `error Backup-ReportRegions at ${HERE}/ReportSetting/Regions: \`Regions\` ${OF} must be Regions such as \`eu-west-1\`, or \`*\`, got \`Europe\`; use Regions such as \`eu-west-1\`, or \`*\` for all of them`,
  ],
  [
    'a prefix with a slash',
    {},
    { S3KeyPrefix: 'backup/' },
    `warning Backup-ReportKeyPrefix at ${HERE}/ReportDeliveryChannel/S3KeyPrefix: \`S3KeyPrefix\` ${OF} is \`backup/\`, whose slash at its end makes a folder without a name; use \`backup\``,
  ],
])('%s is told', (_, setting, channel, message) => {
  expect(told(setting, channel)).toEqual([message]);
});

test.each<[string, object, object]>([
  ['a report on jobs', {}, {}],
  [
    'a compliance report with a framework',
    { ReportTemplate: 'CONTROL_COMPLIANCE_REPORT', FrameworkArns: [UNKNOWN] },
    {},
  ],
  [
    'a compliance report on the organization',
    { ReportTemplate: 'CONTROL_COMPLIANCE_REPORT', Accounts: ['ROOT'] },
    {},
  ],
  [
    'JSON of the own account and Region',
    { Accounts: ['111111111111'], Regions: ['us-east-1'] },
    { Formats: ['JSON', 'CSV'] },
  ],
  ['JSON of an account that isn’t known', { Accounts: [UNKNOWN] }, { Formats: ['JSON'] }],
  ['a template that isn’t known', { ReportTemplate: UNKNOWN }, {}],
  [
    'frameworks that aren’t known',
    { ReportTemplate: 'CONTROL_COMPLIANCE_REPORT', FrameworkArns: { 'Fn::GetAZs': '' } },
    {},
  ],
  ['a prefix that isn’t known', {}, { S3KeyPrefix: UNKNOWN }],
])('%s is fine', (_, setting, channel) => {
  expect(told(setting, channel)).toEqual([]);
});
