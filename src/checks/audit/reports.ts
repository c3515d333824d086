import { textOrToken } from '../../inventory/as-token';
import type { ReportPlanItem } from '../../inventory/audit/audits';
import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { nameOf } from '../../inventory/labels';
import { reportPrefixProblems, reportProblems } from '../../values/audit/report-laws';
import { type Check, checksOf } from '../engine/check';
import { type Detection, detectionsFrom } from '../engine/detection';

const NAMES: Readonly<Record<string, string>> = {
  template: 'ReportTemplate',
  frameworks: 'FrameworkArns',
  accounts: 'Accounts',
  organizationalUnits: 'OrganizationUnits',
  regions: 'Regions',
  formats: 'Formats',
};

/** Report plans of AWS Backup Audit Manager. */
export const reportChecks: readonly Check[] = checksOf(
  [
    'Backup-ReportCoverageRedundant',
    'Backup-ReportTemplateUnknown',
    'Backup-ReportFrameworksUnused',
    'Backup-ReportKeyPrefixSlash',
    'Backup-ReportFrameworks',
    'Backup-MultiAccountFramework',
    'Backup-ReportTemplate',
    'Backup-ReportFormat',
    'Backup-ReportAccounts',
    'Backup-ReportOrganizationalUnits',
    'Backup-ReportRegions',
    'Backup-ReportKeyPrefix',
    'Backup-ReportKeyPrefixLong',
  ],
  findProblems,
);

function* findProblems({ reportPlans }: Inventory): Iterable<Detection> {
  for (const report of reportPlans) {
    const { place, template, frameworks, accounts, organizationUnits, regions, formats, keyPrefix } = report;
    const of = () => `report plan ${nameOf(report.name, place)}`;
    const prefix = reportPrefixProblems(textOrToken(keyPrefix), 'S3KeyPrefix');
    yield* detectionsFrom(under(report, 'ReportDeliveryChannel/S3KeyPrefix'), prefix, of);
    if ([frameworks, accounts, organizationUnits, regions, formats].some(({ rest }) => rest)) continue;
    const problems = reportProblems(
      {
        template: textOrToken(template),
        frameworkArns: frameworks.items.map(({ text }) => textOrToken(text)),
        accounts: accounts.items.map((text) => textOrToken(text)),
        organizationUnits: organizationUnits.items.map((text) => textOrToken(text)),
        regions: regions.items.map((text) => textOrToken(text)),
        formats: formats.items.map((text) => textOrToken(text)),
      },
      place,
    );
    for (const one of problems) {
      const problem = one.as({ names: (property) => NAMES[property] });
      const channel = problem.property === NAMES.formats ? 'ReportDeliveryChannel' : 'ReportSetting';
      // the law's fix names a prop of our constructs
      const fix = problem.id === 'Backup-ReportFrameworks' ? undefined : problem.fix;
      yield* detectionsFrom(under(report, `${channel}/${problem.property}`), [problem.with({ fix })], of);
    }
  }
}

function under({ place }: ReportPlanItem, path: string) {
  return at(place, `${place.pathInTemplate}/Properties/${path}`);
}
