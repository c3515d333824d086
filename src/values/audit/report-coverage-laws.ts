import { isKnown } from '../core/amounts';
import { itemProblems } from '../core/list-checks';
import type { Problem } from '../core/problem';

/** Which accounts and Regions a report covers, as CloudFormation has it. */
export interface CoverageValues {
  readonly accounts: readonly unknown[];
  readonly organizationUnits: readonly unknown[];
  readonly regions: readonly unknown[];
}

/** Every account of the organization. */
export const ROOT = 'ROOT';
/** Every Region, those that are added later included. */
export const ALL_REGIONS = '*';

const ACCOUNT = /^\d{12}$/;
const UNIT = /^(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}|r-[0-9a-z]{4,32})$/;
const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d+$/;

/**
 * The law of what a report covers.
 *
 * Source: API reference `ReportSetting`, 2026-08; the patterns of ids are those of AWS Organizations.
 */
export function coverageProblems(
  { accounts, organizationUnits, regions }: CoverageValues,
  words: { readonly accounts: string; readonly organizationalUnits: string; readonly regions: string },
): Problem[] {
  return [
    ...accountProblems(accounts, words.accounts),
    ...unitProblems(organizationUnits, words.organizationalUnits),
    ...regionListProblems(regions, words.regions),
  ];
}

/** Whether a report is of other accounts too; undefined where that can't be told. */
export function ofOtherAccounts({ accounts, organizationUnits }: CoverageValues, own: string | undefined) {
  if (organizationUnits.length > 0 || accounts.includes(ROOT) || accounts.length > 1) return true;
  if (accounts.length === 0) return false;
  return isKnown(accounts[0]) && own !== undefined && isKnown(own) ? accounts[0] !== own : undefined;
}

/** Whether a report is of other Regions too; undefined where that can't be told. */
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
    'account ids of 12 digits',
    (account) => account === ROOT || ACCOUNT.test(account),
  );
  if (accounts.includes(ROOT) && accounts.length > 1)
    problems.push({
      id,
      severity: 'warning',
      property,
      message: `\`${property}\` has \`${ROOT}\`, the whole organization, and others beside it`,
      fix: `use \`${ROOT}\` alone`,
    });
  return problems;
}

function unitProblems(units: readonly unknown[], property: string): Problem[] {
  return itemProblems(
    'Backup-ReportOrganizationalUnits',
    property,
    units,
    'ids of organizational units such as `ou-ab12-34567890`',
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
    problems.push({
      id,
      severity: 'warning',
      property,
      message: `\`${property}\` has \`${ALL_REGIONS}\`, every Region, and others beside it`,
      fix: `use \`${ALL_REGIONS}\` alone`,
    });
  return problems;
}
