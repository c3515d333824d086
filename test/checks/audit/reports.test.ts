import { reportChecks } from '../../../src/checks/audit/reports';
import { resource } from '../../support/backups';
import { findings, PARAMETERS, UNKNOWN } from '../../support/findings';

const FRAMEWORK = 'arn:aws:backup:us-east-1:111111111111:framework:audit-1';
const HERE = 'Resources/R/Properties';
const OF = 'of report plan `daily`';

function found(ReportSetting: object, channel: object = {}): string[] {
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
    `warning Backup-ReportFrameworksUnused at ${HERE}/ReportSetting/FrameworkArns: \`FrameworkArns\` ${OF} apply to compliance reports only, got 1 for \`BACKUP_JOB_REPORT\`; omit them`,
  ],
  [
    'a report on several accounts with a framework',
    { ReportTemplate: 'CONTROL_COMPLIANCE_REPORT', FrameworkArns: [FRAMEWORK], Accounts: ['ROOT'] },
    {},
    `warning Backup-MultiAccountFramework at ${HERE}/ReportSetting/FrameworkArns: \`FrameworkArns\` ${OF} are named in a report on several accounts, which AWS Backup reportedly rejects; omit them: the report covers the frameworks of these accounts`,
  ],
  [
    'an invalid template',
    { ReportTemplate: 'jobs' },
    {},
    `error Backup-ReportTemplate at ${HERE}/ReportSetting/ReportTemplate: \`ReportTemplate\` ${OF} must be the name of a report template such as \`BACKUP_JOB_REPORT\`, got \`jobs\`; use a template such as \`BACKUP_JOB_REPORT\``,
  ],
  [
    'a template by the name that the guide gives it',
    { ReportTemplate: 'MALWARE_JOB_REPORT' },
    {},
    `warning Backup-ReportTemplateUnknown at ${HERE}/ReportSetting/ReportTemplate: \`ReportTemplate\` ${OF} is \`MALWARE_JOB_REPORT\`, which is not a recognized report template; use \`SCAN_JOB_REPORT\``,
  ],
  [
    'JSON of other Regions',
    { Regions: ['*'] },
    { Formats: ['JSON'] },
    `error Backup-ReportFormat at ${HERE}/ReportDeliveryChannel/Formats: \`Formats\` ${OF} must be \`CSV\` for a report on other Regions, got \`JSON\`; use \`CSV\`, or make a report plan in each account and Region`,
  ],
  [
    'an invalid account',
    { Accounts: ['production'] },
    {},
    `error Backup-ReportAccounts at ${HERE}/ReportSetting/Accounts: \`Accounts\` ${OF} must be 12-digit account IDs, got \`production\`; use account IDs of 12 digits, or \`ROOT\` for the whole organization`,
  ],
  [
    'an invalid unit',
    { OrganizationUnits: ['production'] },
    {},
    `error Backup-ReportOrganizationalUnits at ${HERE}/ReportSetting/OrganizationUnits: \`OrganizationUnits\` ${OF} must be organizational unit IDs such as \`ou-ab12-34567890\`, got \`production\`; use IDs such as \`ou-ab12-34567890\``,
  ],
  [
    'an invalid Region',
    { Regions: ['Europe'] },
    {},
    `error Backup-ReportRegions at ${HERE}/ReportSetting/Regions: \`Regions\` ${OF} must be Regions such as \`eu-west-1\`, or \`*\`, got \`Europe\`; use Regions such as \`eu-west-1\`, or \`*\` for all Regions`,
  ],
  [
    'a prefix with a slash',
    {},
    { S3KeyPrefix: 'backup/' },
    `warning Backup-ReportKeyPrefixSlash at ${HERE}/ReportDeliveryChannel/S3KeyPrefix: \`S3KeyPrefix\` ${OF} is \`backup/\`, whose trailing slash creates a folder without a name; use \`backup\``,
  ],
])('%s is reported', (_, setting, channel, message) => {
  expect(found(setting, channel)).toEqual([message]);
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
  expect(found(setting, channel)).toEqual([]);
});
