import { isKnown } from '../core/amounts';
import { itemProblems } from '../core/list-checks';
import type { Problem } from '../core/problem';
import { problem } from '../core/problem';

/** The accounts and Regions that a report covers, in CloudFormation. */
export interface CoverageValues {
  readonly accounts: readonly unknown[];
  readonly organizationUnits: readonly unknown[];
  readonly regions: readonly unknown[];
}

/** Every account of the organization. */
export const ROOT = 'ROOT';
/** Every Region, including those that are added later. */
export const ALL_REGIONS = '*';

const ACCOUNT = /^\d{12}$/;
const UNIT = /^(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}|r-[0-9a-z]{4,32})$/;
const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d+$/;

/**
 * The law for the coverage of a report.
 *
 * Source: API reference `ReportSetting`, 2026-08; the patterns of IDs are those of AWS Organizations.
 */
export function coverageProblems({ accounts, organizationUnits, regions }: CoverageValues): Problem[] {
  return [
    ...accountProblems(accounts, 'accounts'),
    ...unitProblems(organizationUnits, 'organizationalUnits'),
    ...regionListProblems(regions, 'regions'),
  ];
}

/** Whether a report covers other accounts too; undefined if unknown. */
export function ofOtherAccounts({ accounts, organizationUnits }: CoverageValues, own: string | undefined) {
  if (organizationUnits.length > 0 || accounts.includes(ROOT) || accounts.length > 1) return true;
  if (accounts.length === 0) return false;
  return isKnown(accounts[0]) && own !== undefined && isKnown(own) ? accounts[0] !== own : undefined;
}

/** Whether a report covers other Regions too; undefined if unknown. */
export function ofOtherRegions({ regions }: CoverageValues, own: string | undefined) {
  if (regions.includes(ALL_REGIONS) || regions.length > 1) return true;
  if (regions.length === 0) return false;
  return isKnown(regions[0]) && own !== undefined && isKnown(own) ? regions[0] !== own : undefined;
}

function accountProblems(accounts: readonly unknown[], property: string): Problem[] {
  const id = 'Backup-ReportAccounts';
  const problems = itemProblems(
    id,
    property,
    accounts,
    '12-digit account IDs',
    (account) => account === ROOT || ACCOUNT.test(account),
  );
  if (accounts.includes(ROOT) && accounts.length > 1)
    problems.push(
      problem({
        id: 'Backup-ReportCoverageRedundant',
        property,
        message: (label) =>
          `${label(property)} has \`${ROOT}\`, the whole organization, along with other items`,
        fix: `use \`${ROOT}\` alone`,
      }),
    );
  return problems;
}

function unitProblems(units: readonly unknown[], property: string): Problem[] {
  return itemProblems(
    'Backup-ReportOrganizationalUnits',
    property,
    units,
    'organizational unit IDs such as `ou-ab12-34567890`',
    (unit) => UNIT.test(unit),
  );
}

function regionListProblems(regions: readonly unknown[], property: string): Problem[] {
  const id = 'Backup-ReportRegions';
  const problems = itemProblems(
    id,
    property,
    regions,
    'Regions such as `eu-west-1`, or `*`',
    (region) => region === ALL_REGIONS || REGION.test(region),
  );
  if (regions.includes(ALL_REGIONS) && regions.length > 1)
    problems.push(
      problem({
        id: 'Backup-ReportCoverageRedundant',
        property,
        message: (label) => `${label(property)} has \`${ALL_REGIONS}\`, every Region, along with other items`,
        fix: `use \`${ALL_REGIONS}\` alone`,
      }),
    );
  return problems;
}
