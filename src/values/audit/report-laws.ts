import { isKnown, show } from '../core/amounts';
import { itemProblems } from '../core/list-checks';
import type { Problem } from '../core/problem';
import { quotaProblems } from '../core/quotas';
import { AUDIT_QUOTAS } from './audit-quotas';
import {
  type CoverageValues,
  coverageProblems,
  ofOtherAccounts,
  ofOtherRegions,
} from './report-coverage-laws';

/** What CloudFormation has of a report plan, as far as laws hold between its parts. */
export interface ReportValues extends CoverageValues {
  readonly template: unknown;
  readonly frameworkArns: readonly unknown[];
  /** Empty for the default, CSV. */
  readonly formats: readonly unknown[];
}

/** Where the report plan is, as far as it is known. */
export interface ReportPlace {
  readonly account?: string;
  readonly region?: string;
}

/** How the caller names the properties: a prop of ours, or the path in a template. */
export interface ReportWords {
  readonly template: string;
  readonly frameworks: string;
  readonly accounts: string;
  readonly organizationalUnits: string;
  readonly regions: string;
  readonly formats: string;
}

const WORDS: ReportWords = {
  template: 'template',
  frameworks: 'frameworks',
  accounts: 'accounts',
  organizationalUnits: 'organizationalUnits',
  regions: 'regions',
  formats: 'formats',
};

const COMPLIANCE = ['CONTROL_COMPLIANCE_REPORT', 'RESOURCE_COMPLIANCE_REPORT'];
const JOBS = ['BACKUP_JOB_REPORT', 'COPY_JOB_REPORT', 'RESTORE_JOB_REPORT', 'SCAN_JOB_REPORT'];
/** How the guide calls what the API calls otherwise. */
const ALIASES: Readonly<Record<string, string>> = { MALWARE_JOB_REPORT: 'SCAN_JOB_REPORT' };

const FORMATS = ['CSV', 'JSON'];

/**
 * The law of the name of a report template. One that isn't known is a warning, since AWS adds templates.
 *
 * Source: API reference `ReportSetting`, 2026-08.
 */
export function reportTemplateProblems(template: unknown, property = WORDS.template): Problem[] {
  if (!isKnown(template)) return [];
  const id = 'Backup-ReportTemplate';
  if (typeof template !== 'string' || !/^[A-Z][A-Z0-9_]{0,255}$/.test(template))
    return [
      {
        id,
        severity: 'error',
        property,
        message: `\`${property}\` must be the name of a report template such as \`BACKUP_JOB_REPORT\`, got ${show(template)}`,
      },
    ];
  if ([...COMPLIANCE, ...JOBS].includes(template)) return [];
  const meant = Object.hasOwn(ALIASES, template) ? ALIASES[template] : undefined;
  return [
    {
      id,
      severity: 'warning',
      property,
      message: `\`${property}\` is \`${template}\`, which isn't known to be a report template`,
      fix: meant ? `use \`${meant}\`` : 'acknowledge this warning where AWS has it',
    },
  ];
}

/**
 * The law of a report plan: what a template needs, who and where it can cover, and in which formats.
 *
 * Sources: AWS's text on frameworks in a CloudFormation deployment of 2026-09-24; API reference `ReportSetting`
 * and Developer Guide "Working with audit reports", 2026-09. That a report on several accounts takes no framework is
 * undocumented, and reported in hashicorp/terraform-provider-aws#32235.
 */
export function reportProblems(
  report: ReportValues,
  place: ReportPlace = {},
  words: ReportWords = WORDS,
): Problem[] {
  return [
    ...reportTemplateProblems(report.template, words.template),
    ...coverageProblems(report, words),
    ...frameworkProblems(report, place, words),
    ...formatProblems(report, place, words),
  ];
}

function frameworkProblems(report: ReportValues, place: ReportPlace, words: ReportWords): Problem[] {
  const { template, frameworkArns } = report;
  const property = words.frameworks;
  if (!isKnown(template)) return [];
  const tooMany = quotaProblems(
    'Backup-ReportFrameworks',
    property,
    frameworkArns.length,
    AUDIT_QUOTAS.frameworksPerReportPlan,
    { whose: `\`${property}\``, of: 'a report plan', fix: 'make a second report plan' },
  );
  if (tooMany.length > 0) return tooMany;
  if (JOBS.includes(template as string) && frameworkArns.length > 0)
    return [
      {
        id: 'Backup-ReportFrameworks',
        severity: 'warning',
        property,
        message: `\`${property}\` are for reports on compliance, got ${frameworkArns.length} for \`${template}\``,
        fix: 'leave them out',
      },
    ];
  if (!COMPLIANCE.includes(template as string)) return [];
  const others = ofOtherAccounts(report, place.account);
  if (frameworkArns.length === 0 && others === false)
    return [
      {
        id: 'Backup-ReportFrameworks',
        severity: 'error',
        property,
        message: `\`${property}\` must have at least one framework for \`${template}\`, got none`,
        fix: 'make one with `new BackupFramework(this, …)`',
      },
    ];
  if (frameworkArns.length === 0 || !others) return [];
  return [
    {
      id: 'Backup-MultiAccountFramework',
      severity: 'warning',
      property,
      message: `\`${property}\` are named in a report on several accounts, which AWS Backup is reported to refuse`,
      fix: 'leave them out: the report covers the frameworks of these accounts',
    },
  ];
}

function formatProblems(
  report: ReportValues,
  { account, region }: ReportPlace,
  words: ReportWords,
): Problem[] {
  const { formats } = report;
  const property = words.formats;
  const id = 'Backup-ReportFormat';
  const problems = itemProblems(id, property, formats, '`CSV` or `JSON`', (format) =>
    FORMATS.includes(format),
  );
  const beyond = [
    ...(ofOtherAccounts(report, account) ? ['accounts'] : []),
    ...(ofOtherRegions(report, region) ? ['Regions'] : []),
  ];
  if (problems.length === 0 && formats.includes('JSON') && beyond.length > 0)
    problems.push({
      id,
      severity: 'error',
      property,
      message: `\`${property}\` must be \`CSV\` for a report on other ${beyond.join(' and ')}, got \`JSON\``,
      fix: 'use `CSV`, or make a report plan in each account and Region',
    });
  return problems;
}

const MAX_PREFIX = 512;

/**
 * The law of the prefix of reports in their bucket: they arrive at `<prefix>/Backup/<account>/<Region>/…`.
 *
 * Source: Developer Guide "Creating report plans", 2026-09; keys of Amazon S3 have at most 1024 bytes.
 */
export function reportPrefixProblems(prefix: unknown, property = 'keyPrefix'): Problem[] {
  if (prefix === undefined || !isKnown(prefix)) return [];
  const id = 'Backup-ReportKeyPrefix';
  if (typeof prefix !== 'string' || prefix === '' || prefix.length > MAX_PREFIX)
    return [
      {
        id,
        severity: 'error',
        property,
        message: `\`${property}\` must be 1 to ${MAX_PREFIX} characters, got ${typeof prefix === 'string' && prefix !== '' ? `${prefix.length} characters` : show(prefix)}`,
        fix: prefix === '' ? 'leave it out' : undefined,
      },
    ];
  const bare = prefix.replace(/^\/+|\/+$/g, '');
  if (bare === prefix) return [];
  return [
    {
      id,
      severity: 'warning',
      property,
      message: `\`${property}\` is ${show(prefix)}, whose slash at its ${prefix.startsWith('/') ? 'beginning' : 'end'} makes a folder without a name`,
      fix: bare ? `use ${show(bare)}` : 'leave it out',
    },
  ];
}
