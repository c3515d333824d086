import type { ReportPlanItem } from '../../inventory/audit/audits';
import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { DEPLOYMENTS, GUIDE, nameOf } from '../../inventory/labels';
import { type ReportWords, reportPrefixProblems, reportProblems } from '../../values/audit/report-laws';
import type { Check } from '../engine/check';
import { type CheckFacts, type Seen, subject, told } from '../engine/subject';
import { lawText } from '../facts/law-text';

const REPORTS = `${GUIDE}working-with-audit-reports.html`;
const SETTING = `${GUIDE}API_ReportSetting.html`;
const SOURCE = 'AWS Backup Developer Guide, Working with audit reports; API reference ReportSetting';
const asOf = '2026-09-24';

/** What is said of a list that must have items of some form. */
function listFact(id: string, what: string, fix: string): CheckFacts {
  const why = 'AWS Backup refuses the report plan.';
  return { id, severity: 'error', what, why, fix, docs: SETTING, source: SOURCE, asOf: '2026-08-31' };
}

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-ReportFrameworks',
    severity: 'error',
    what: 'A compliance report names no framework; a warning where a report on jobs names one.',
    why: 'AWS Backup refuses the report plan: "A collection of framework ARNs is required."',
    fix: 'name at least one framework in `FrameworkArns`',
    docs: REPORTS,
    source: DEPLOYMENTS,
    asOf,
  },
  {
    id: 'Backup-MultiAccountFramework',
    severity: 'warning',
    what: 'A report on several accounts names a framework.',
    why: 'AWS Backup is reported to refuse it.',
    fix: 'leave `FrameworkArns` out: the report covers the frameworks of these accounts',
    docs: REPORTS,
    source: 'hashicorp/terraform-provider-aws#32235',
    asOf: '2026-11-21',
  },
  {
    id: 'Backup-ReportTemplate',
    severity: 'error',
    what: 'The name of a report template is none, or, as a warning, not known.',
    why: 'AWS Backup refuses the report plan.',
    fix: 'use for example `BACKUP_JOB_REPORT`',
    docs: SETTING,
    source: 'API reference ReportSetting',
    asOf: '2026-08-31',
  },
  {
    id: 'Backup-ReportFormat',
    severity: 'error',
    what: 'A report is asked for in a format that there is not, or in JSON although it covers other accounts or Regions.',
    why: 'AWS Backup refuses the report plan.',
    fix: 'use `CSV`',
    docs: REPORTS,
    source: SOURCE,
    asOf,
  },
  listFact(
    'Backup-ReportAccounts',
    'A report covers something that is no account.',
    'use ids of 12 digits, or `ROOT` for the whole organization',
  ),
  listFact(
    'Backup-ReportOrganizationalUnits',
    'A report covers something that is no organizational unit.',
    'use ids such as `ou-ab12-34567890`',
  ),
  listFact(
    'Backup-ReportRegions',
    'A report covers something that is no Region.',
    'use Regions such as `eu-west-1`, or `*` for all of them',
  ),
  {
    id: 'Backup-ReportKeyPrefix',
    severity: 'error',
    what: 'The prefix of the keys of reports is empty or too long, or, as a warning, has slashes around it.',
    why: 'AWS Backup refuses the report plan, or the reports arrive below a folder without a name.',
    fix: 'use 1 to 512 characters without slashes around them',
    docs: `${GUIDE}create-report-plan-console.html`,
    source: 'AWS Backup Developer Guide, Creating report plans',
    asOf,
  },
];

const WORDS: ReportWords = {
  template: 'ReportTemplate',
  frameworks: 'FrameworkArns',
  accounts: 'Accounts',
  organizationalUnits: 'OrganizationUnits',
  regions: 'Regions',
  formats: 'Formats',
};

/** Report plans of AWS Backup Audit Manager. */
export const reportChecks: readonly Check[] = subject(FACTS, look);

function* look({ reportPlans }: Inventory): Iterable<Seen> {
  for (const report of reportPlans) {
    const { place, template, frameworks, accounts, organizationUnits, regions, formats, keyPrefix } = report;
    const of = () => `report plan ${nameOf(report.name, place)}`;
    const prefix = reportPrefixProblems(lawText(keyPrefix), 'S3KeyPrefix');
    yield* told(under(report, 'ReportDeliveryChannel/S3KeyPrefix'), prefix, of);
    if ([frameworks, accounts, organizationUnits, regions, formats].some(({ rest }) => rest)) continue;
    const problems = reportProblems(
      {
        template: lawText(template),
        frameworkArns: frameworks.items.map(({ text }) => lawText(text)),
        accounts: accounts.items.map((text) => lawText(text)),
        organizationUnits: organizationUnits.items.map((text) => lawText(text)),
        regions: regions.items.map((text) => lawText(text)),
        formats: formats.items.map((text) => lawText(text)),
      },
      place,
      WORDS,
    );
    for (const problem of problems) {
      const channel = problem.property === WORDS.formats ? 'ReportDeliveryChannel' : 'ReportSetting';
      // laws advise in the words of our constructs
      const ours = problem.id === 'Backup-ReportFrameworks' && problem.severity === 'error';
      const fix = ours ? undefined : problem.fix;
      yield* told(under(report, `${channel}/${problem.property}`), [{ ...problem, fix }], of);
    }
  }
}

function under({ place }: ReportPlanItem, path: string) {
  return at(place, `${place.pathInTemplate}/Properties/${path}`);
}
