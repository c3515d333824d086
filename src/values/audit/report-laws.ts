import { isKnown, show } from '../core/amounts';
import { itemProblems } from '../core/list-checks';
import { trimmed } from '../core/plain-text';
import type { Problem } from '../core/problem';
import { problem } from '../core/problem';
import { quotaProblems } from '../core/quotas';
import { AUDIT_QUOTAS } from './audit-quotas';
import {
  type CoverageValues,
  coverageProblems,
  ofOtherAccounts,
  ofOtherRegions,
} from './report-coverage-laws';

/** The checked parts of a report plan in CloudFormation. */
export interface ReportValues extends CoverageValues {
  readonly template: unknown;
  readonly frameworkArns: readonly unknown[];
  /** Empty: the default, CSV. */
  readonly formats: readonly unknown[];
}

/** The environment of the report plan, if known. */
export interface ReportPlace {
  readonly account?: string;
  readonly region?: string;
}

const COMPLIANCE = ['CONTROL_COMPLIANCE_REPORT', 'RESOURCE_COMPLIANCE_REPORT'];
const JOBS = ['BACKUP_JOB_REPORT', 'COPY_JOB_REPORT', 'RESTORE_JOB_REPORT', 'SCAN_JOB_REPORT'];
/** Names in the guide that differ from those in the API. */
const ALIASES: Readonly<Record<string, string>> = { MALWARE_JOB_REPORT: 'SCAN_JOB_REPORT' };

const FORMATS = ['CSV', 'JSON'];

/**
 * The law for the name of a report template. An unknown name is a warning, because AWS adds templates.
 *
 * Source: API reference `ReportSetting`, 2026-08.
 */
export function reportTemplateProblems(template: unknown, property = 'template'): Problem[] {
  if (!isKnown(template)) return [];
  const id = 'Backup-ReportTemplate';
  if (typeof template !== 'string' || !/^[A-Z][A-Z0-9_]{0,255}$/.test(template))
    return [
      problem({
        id,
        property,
        message: (label) =>
          `${label(property)} must be the name of a report template such as \`BACKUP_JOB_REPORT\`, got ${show(template)}`,
      }),
    ];
  if ([...COMPLIANCE, ...JOBS].includes(template)) return [];
  const alias = Object.hasOwn(ALIASES, template) ? ALIASES[template] : undefined;
  return [
    problem({
      id: 'Backup-ReportTemplateUnknown',
      property,
      message: (label) => `${label(property)} is \`${template}\`, which is not a recognized report template`,
      fix: alias ? `use \`${alias}\`` : 'acknowledge this warning if AWS supports it',
    }),
  ];
}

/**
 * The law for a report plan: what a template needs, which accounts and Regions it can cover, and in which formats.
 *
 * Sources: AWS's error about frameworks in a CloudFormation deployment of 2026-09-24; API reference `ReportSetting`
 * and Developer Guide "Working with audit reports", 2026-09. AWS doesn't document that a report on several
 * accounts accepts no framework; hashicorp/terraform-provider-aws#32235 reports it.
 */
export function reportProblems(report: ReportValues, place: ReportPlace = {}): Problem[] {
  return [
    ...reportTemplateProblems(report.template),
    ...coverageProblems(report),
    ...frameworkProblems(report, place),
    ...formatProblems(report, place),
  ];
}

function frameworkProblems(report: ReportValues, place: ReportPlace): Problem[] {
  const { template, frameworkArns } = report;
  const property = 'frameworks';
  if (!isKnown(template)) return [];
  const tooMany = quotaProblems(
    'Backup-ReportFrameworks',
    property,
    frameworkArns.length,
    AUDIT_QUOTAS.frameworksPerReportPlan,
    { whose: (label) => label(property), of: 'a report plan', fix: 'create a second report plan' },
  );
  if (tooMany.length > 0) return tooMany;
  if (JOBS.includes(template as string) && frameworkArns.length > 0)
    return [
      problem({
        id: 'Backup-ReportFrameworksUnused',
        property,
        message: (label) =>
          `${label(property)} apply to compliance reports only, got ${frameworkArns.length} for \`${template}\``,
        fix: 'omit them',
      }),
    ];
  if (!COMPLIANCE.includes(template as string)) return [];
  const others = ofOtherAccounts(report, place.account);
  if (frameworkArns.length === 0 && others === false)
    return [
      problem({
        id: 'Backup-ReportFrameworks',
        property,
        message: (label) =>
          `${label(property)} must have at least one framework for \`${template}\`, got none`,
        fix: 'make one with `new BackupFramework(this, …)`',
      }),
    ];
  if (frameworkArns.length === 0 || !others) return [];
  return [
    problem({
      id: 'Backup-MultiAccountFramework',
      property,
      message: (label) =>
        `${label(property)} are named in a report on several accounts, which AWS Backup reportedly rejects`,
      fix: 'omit them: the report covers the frameworks of these accounts',
    }),
  ];
}

function formatProblems(report: ReportValues, { account, region }: ReportPlace): Problem[] {
  const { formats } = report;
  const property = 'formats';
  const id = 'Backup-ReportFormat';
  const problems = itemProblems(id, property, formats, '`CSV` or `JSON`', (format) =>
    FORMATS.includes(format),
  );
  const beyond = [
    ...(ofOtherAccounts(report, account) ? ['accounts'] : []),
    ...(ofOtherRegions(report, region) ? ['Regions'] : []),
  ];
  if (problems.length === 0 && formats.includes('JSON') && beyond.length > 0)
    problems.push(
      problem({
        id,
        property,
        message: (label) =>
          `${label(property)} must be \`CSV\` for a report on other ${beyond.join(' and ')}, got \`JSON\``,
        fix: 'use `CSV`, or make a report plan in each account and Region',
      }),
    );
  return problems;
}

/** So that the keys of reports stay below 1024 bytes. Inferred: no source says what AWS Backup accepts. */
const MAX_PREFIX = 512;

/**
 * The law for the prefix of reports in their bucket: AWS Backup writes them to `<prefix>/Backup/<account>/<Region>/…`.
 *
 * Source: Developer Guide "Creating report plans", 2026-09; keys of Amazon S3 have at most 1024 bytes.
 */
export function reportPrefixProblems(prefix: unknown, property = 'keyPrefix'): Problem[] {
  if (prefix === undefined || !isKnown(prefix)) return [];
  const id = 'Backup-ReportKeyPrefix';
  if (typeof prefix === 'string' && prefix.length > MAX_PREFIX)
    return [
      problem({
        id: 'Backup-ReportKeyPrefixLong',
        property,
        message: (label) =>
          `${label(property)} should be at most ${MAX_PREFIX} characters, got ${prefix.length} characters`,
        fix: 'shorten it',
      }),
    ];
  if (typeof prefix !== 'string' || prefix === '')
    return [
      problem({
        id,
        property,
        message: (label) => `${label(property)} must be text that is not empty, got ${show(prefix)}`,
        fix: prefix === '' ? 'omit it' : undefined,
      }),
    ];
  const bare = trimmed(prefix, /\//);
  if (bare === prefix) return [];
  return [
    problem({
      id: 'Backup-ReportKeyPrefixSlash',
      property,
      message: (label) =>
        `${label(property)} is ${show(prefix)}, whose ${prefix.startsWith('/') ? 'leading' : 'trailing'} slash creates a folder without a name`,
      fix: bare ? `use ${show(bare)}` : 'omit it',
    }),
  ];
}
