import { Fn } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { ReportCoverage } from '../../../src/values/audit/report-coverage';
import {
  type ReportPlace,
  type ReportValues,
  reportPrefixProblems,
  reportProblems,
  reportTemplateProblems,
} from '../../../src/values/audit/report-laws';
import { type Problem, sentence } from '../../../src/values/core/problem';
import { anything, STRING_TOKENS } from '../../support/anything';
import { inNames } from '../../support/in-names';
import { refusal, thrown } from '../../support/refusal';

const told = (problems: Problem[]) => problems.map((p) => `${p.severity} ${p.id} ${sentence(p)}`);
const HERE: ReportPlace = { account: '111122223333', region: 'eu-west-1' };
const OTHER = '444455556666';
const UNIT = 'ou-ab12-34567890';
const ARN = 'arn:aws:backup:eu-west-1:111122223333:framework:gold-ce7655ae';

function judge(report: Partial<ReportValues>, place: ReportPlace = HERE): string[] {
  return told(
    reportProblems(
      {
        template: 'BACKUP_JOB_REPORT',
        frameworkArns: [],
        accounts: [],
        organizationUnits: [],
        regions: [],
        formats: [],
        ...report,
      },
      place,
    ),
  );
}

describe('report templates', () => {
  test.each([
    'BACKUP_JOB_REPORT',
    'COPY_JOB_REPORT',
    'RESTORE_JOB_REPORT',
    'SCAN_JOB_REPORT',
    'CONTROL_COMPLIANCE_REPORT',
    'RESOURCE_COMPLIANCE_REPORT',
    Fn.ref('Template'),
  ])('%s is known', (template) => {
    expect(reportTemplateProblems(template)).toEqual([]);
  });

  test.each<[string, unknown, string]>([
    [
      'the name in the guide for scan jobs is a warning',
      'MALWARE_JOB_REPORT',
      'warning Backup-ReportTemplateUnknown `template` is `MALWARE_JOB_REPORT`, which is not a recognized report template; use `SCAN_JOB_REPORT`',
    ],
    [
      'a template of later is a warning',
      'TIERING_JOB_REPORT',
      'warning Backup-ReportTemplateUnknown `template` is `TIERING_JOB_REPORT`, which is not a recognized report template; acknowledge this warning if AWS supports it',
    ],
    [
      'words are an error',
      'backup jobs',
      'error Backup-ReportTemplate `template` must be the name of a report template such as `BACKUP_JOB_REPORT`, got `backup jobs`',
    ],
    [
      'a number is an error',
      1,
      'error Backup-ReportTemplate `template` must be the name of a report template such as `BACKUP_JOB_REPORT`, got 1',
    ],
    [
      'a list is an error, even of a known name',
      ['BACKUP_JOB_REPORT'],
      'error Backup-ReportTemplate `template` must be the name of a report template such as `BACKUP_JOB_REPORT`, got an array',
    ],
  ])('%s', (_title, template, message) => {
    expect(told(reportTemplateProblems(template))).toEqual([message]);
  });
});

describe('reports that AWS accepts', () => {
  test.each<[string, Partial<ReportValues>]>([
    ['jobs of this account', {}],
    ['jobs in both formats', { formats: ['CSV', 'JSON'] }],
    ['jobs in JSON of the own Region, said', { formats: ['JSON'], regions: ['eu-west-1'] }],
    ['jobs in JSON of the own account, said', { formats: ['JSON'], accounts: ['111122223333'] }],
    ['jobs of every Region', { regions: ['*'], formats: ['CSV'] }],
    ['jobs of Regions with long names', { regions: ['us-gov-west-1', 'eusc-de-east-10'] }],
    ['jobs of the organization', { accounts: ['ROOT'], regions: ['*'] }],
    ['jobs of units and accounts', { accounts: [OTHER], organizationUnits: [UNIT, 'r-ab12'] }],
    ['compliance with a framework', { template: 'CONTROL_COMPLIANCE_REPORT', frameworkArns: [ARN] }],
    [
      'compliance with a framework in several Regions',
      { template: 'RESOURCE_COMPLIANCE_REPORT', frameworkArns: [ARN], regions: ['*'] },
    ],
    [
      'compliance of several accounts without a framework',
      { template: 'RESOURCE_COMPLIANCE_REPORT', accounts: ['ROOT'] },
    ],
  ])('%s', (_title, report) => {
    expect(judge(report)).toEqual([]);
  });

  test.each(STRING_TOKENS)('any value of %s', (_form, token) => {
    expect(judge({ template: token, accounts: [token], regions: [token], formats: ['JSON', token] })).toEqual(
      [],
    );
    expect(judge({ organizationUnits: [token] })).toEqual([]);
    expect(judge({ template: 'CONTROL_COMPLIANCE_REPORT', accounts: [token], formats: ['JSON'] })).toEqual(
      [],
    );
  });

  test('one account in JSON, which may be the account of the report plan', () => {
    expect(judge({ accounts: [OTHER], regions: ['us-east-1'], formats: ['JSON'] }, {})).toEqual([]);
  });
});

describe('reports that AWS rejects', () => {
  test.each<[string, Partial<ReportValues>, string[]]>([
    [
      'compliance without a framework',
      { template: 'CONTROL_COMPLIANCE_REPORT' },
      [
        'error Backup-ReportFrameworks `frameworks` must have at least one framework for `CONTROL_COMPLIANCE_REPORT`, got none; make one with `new BackupFramework(this, …)`',
      ],
    ],
    [
      'compliance of the explicit own account, without a framework',
      { template: 'RESOURCE_COMPLIANCE_REPORT', accounts: ['111122223333'] },
      [
        'error Backup-ReportFrameworks `frameworks` must have at least one framework for `RESOURCE_COMPLIANCE_REPORT`, got none; make one with `new BackupFramework(this, …)`',
      ],
    ],
    [
      'more than 1000 frameworks',
      {
        template: 'RESOURCE_COMPLIANCE_REPORT',
        frameworkArns: Array.from({ length: 1001 }, (_each, i) => `${ARN}${i}`),
      },
      [
        'error Backup-ReportFrameworks `frameworks` can be at most 1000 in a report plan, got 1001; create a second report plan',
      ],
    ],
    [
      'JSON of another account',
      { accounts: [OTHER], formats: ['CSV', 'JSON'] },
      [
        'error Backup-ReportFormat `formats` must be `CSV` for a report on other accounts, got `JSON`; use `CSV`, or make a report plan in each account and Region',
      ],
    ],
    [
      'JSON of another Region',
      { regions: ['us-east-1'], formats: ['JSON'] },
      [
        'error Backup-ReportFormat `formats` must be `CSV` for a report on other Regions, got `JSON`; use `CSV`, or make a report plan in each account and Region',
      ],
    ],
    [
      'JSON of the organization in every Region',
      { accounts: ['ROOT'], regions: ['*'], formats: ['JSON'] },
      [
        'error Backup-ReportFormat `formats` must be `CSV` for a report on other accounts and Regions, got `JSON`; use `CSV`, or make a report plan in each account and Region',
      ],
    ],
    [
      'a format that is none',
      { formats: ['PDF'] },
      ['error Backup-ReportFormat `formats` must be `CSV` or `JSON`, got `PDF`'],
    ],
    [
      'a format twice',
      { formats: ['CSV', 'CSV'] },
      ['error Backup-ReportFormat `formats` must not contain duplicates, got `CSV` twice'],
    ],
    [
      'an account that is none',
      { accounts: ['root', 111122223333] },
      [
        'error Backup-ReportAccounts `accounts` must be 12-digit account IDs, got `root`',
        'error Backup-ReportAccounts `accounts` must be 12-digit account IDs, got 111122223333',
      ],
    ],
    [
      'a unit that is none',
      { organizationUnits: ['Workloads'] },
      [
        'error Backup-ReportOrganizationalUnits `organizationalUnits` must be organizational unit IDs such as `ou-ab12-34567890`, got `Workloads`',
      ],
    ],
    [
      'a Region that is none',
      { regions: ['eu-*'] },
      ['error Backup-ReportRegions `regions` must be Regions such as `eu-west-1`, or `*`, got `eu-*`'],
    ],
    [
      'a Region twice',
      { regions: ['us-east-1', 'us-east-1'] },
      ['error Backup-ReportRegions `regions` must not contain duplicates, got `us-east-1` twice'],
    ],
  ])('%s', (_title, report, messages) => {
    expect(judge(report)).toEqual(messages);
  });
});

describe('reports that are valid but probably not intended', () => {
  test.each<[string, Partial<ReportValues>, string]>([
    [
      'a framework in a report on several accounts',
      { template: 'CONTROL_COMPLIANCE_REPORT', frameworkArns: [ARN], organizationUnits: [UNIT] },
      'warning Backup-MultiAccountFramework `frameworks` are named in a report on several accounts, which AWS Backup reportedly rejects; omit them: the report covers the frameworks of these accounts',
    ],
    [
      'a framework in a report on jobs',
      { frameworkArns: [ARN] },
      'warning Backup-ReportFrameworksUnused `frameworks` apply to compliance reports only, got 1 for `BACKUP_JOB_REPORT`; omit them',
    ],
    [
      'the organization and an account in it',
      { accounts: ['ROOT', OTHER] },
      'warning Backup-ReportCoverageRedundant `accounts` has `ROOT`, the whole organization, along with other items; use `ROOT` alone',
    ],
    [
      'every Region and one of them',
      { regions: ['*', 'eu-west-1'] },
      'warning Backup-ReportCoverageRedundant `regions` has `*`, every Region, along with other items; use `*` alone',
    ],
  ])('%s', (_title, report, message) => {
    expect(judge(report)).toEqual([message]);
  });
});

test('the law uses the property names of the caller', () => {
  const words = {
    template: 'ReportTemplate',
    frameworks: 'FrameworkArns',
    accounts: 'Accounts',
    organizationalUnits: 'OrganizationUnits',
    regions: 'Regions',
    formats: 'Formats',
  };
  const wrong = {
    template: 1,
    frameworkArns: [],
    accounts: [1],
    organizationUnits: [1],
    regions: [1],
    formats: [1],
  };
  expect(inNames(reportProblems(wrong, {}), words).map(({ property }) => property)).toEqual([
    'ReportTemplate',
    'Accounts',
    'OrganizationUnits',
    'Regions',
    'Formats',
  ]);
});

describe('the prefix of reports', () => {
  test.each([undefined, 'reports', 'audit/2026', 'a'.repeat(512), Fn.ref('Prefix')])(
    '%j is accepted',
    (prefix) => {
      expect(reportPrefixProblems(prefix)).toEqual([]);
    },
  );

  test.each<[unknown, string]>([
    [
      '',
      'error Backup-ReportKeyPrefix `keyPrefix` must be text that is not empty, got an empty string; omit it',
    ],
    [7, 'error Backup-ReportKeyPrefix `keyPrefix` must be text that is not empty, got 7'],
    [
      'a'.repeat(513),
      'warning Backup-ReportKeyPrefixLong `keyPrefix` should be at most 512 characters, got 513 characters; shorten it',
    ],
    [
      '/reports',
      'warning Backup-ReportKeyPrefixSlash `keyPrefix` is `/reports`, whose leading slash creates a folder without a name; use `reports`',
    ],
    [
      'reports/',
      'warning Backup-ReportKeyPrefixSlash `keyPrefix` is `reports/`, whose trailing slash creates a folder without a name; use `reports`',
    ],
    [
      '/',
      'warning Backup-ReportKeyPrefixSlash `keyPrefix` is `/`, whose leading slash creates a folder without a name; omit it',
    ],
  ])('%j is reported', (prefix, message) => {
    expect(told(reportPrefixProblems(prefix))).toEqual([message]);
  });
});

describe('the coverage of a report', () => {
  test.each<[string, ReportCoverage, object]>([
    [
      'of this account has the Region of the report plan',
      ReportCoverage.thisAccount(),
      { accounts: [], organizationalUnits: [], regions: [] },
    ],
    [
      'of this account in every Region',
      ReportCoverage.thisAccount({ regions: [ReportCoverage.ALL_REGIONS] }),
      { accounts: [], organizationalUnits: [], regions: ['*'] },
    ],
    [
      'of some accounts and units',
      ReportCoverage.members({ accounts: [OTHER], organizationalUnits: [UNIT], regions: ['us-east-1'] }),
      { accounts: [OTHER], organizationalUnits: [UNIT], regions: ['us-east-1'] },
    ],
    [
      'of the organization',
      ReportCoverage.organization(),
      { accounts: ['ROOT'], organizationalUnits: [], regions: [] },
    ],
  ])('%s', (_title, coverage, parts) => {
    expect(coverage).toEqual(parts);
  });

  test.each<[string, () => ReportCoverage, string]>([
    [
      'of no member',
      () => ReportCoverage.members({}),
      '`accounts` or `organizationalUnits` must have at least one ID, got none; use `ReportCoverage.organization()` to cover all accounts',
    ],
    [
      'of one Region that is no list',
      () => ReportCoverage.thisAccount({ regions: 'eu-west-1' as unknown as string[] }),
      '`regions` must be an array, got `eu-west-1`',
    ],
  ])('%s is rejected', (_title, make, message) => {
    expect(refusal(make)).toBe(message);
  });

  test('of any kind is created, or rejected with a sentence', () => {
    fc.assert(
      fc.property(fc.constantFrom('thisAccount', 'members', 'organization'), anything, (factory, options) => {
        const error = thrown(() => ReportCoverage[factory as 'members'](options as never));
        for (const problem of error?.problems ?? [])
          expect(sentence(problem)).toMatch(/^`[^\n]+` [^\n]+[^.]$/);
      }),
    );
  });
});

test('the laws return sentences for any report plan', () => {
  const list = fc.array(anything, { maxLength: 3 });
  const report = fc.record({
    template: fc.oneof(anything, fc.constantFrom('BACKUP_JOB_REPORT', 'CONTROL_COMPLIANCE_REPORT')),
    frameworkArns: list,
    accounts: list,
    organizationUnits: list,
    regions: list,
    formats: list,
  });
  fc.assert(
    fc.property(report, anything, (values, prefix) => {
      for (const problem of [...reportProblems(values, HERE), ...reportPrefixProblems(prefix)])
        expect(sentence(problem)).toMatch(/^`\w+` [^\n]+[^.]$/);
    }),
  );
});
