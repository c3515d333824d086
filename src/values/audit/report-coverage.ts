import { show } from '../core/amounts';
import { refuse, throwErrors } from '../core/problem';
import { unknownPropertyProblems } from '../core/unknown-properties';
import { ALL_REGIONS, ROOT } from './report-coverage-laws';

/** Which Regions a report covers. */
export interface ReportCoverageOptions {
  /**
   * Regions such as `eu-west-1`, or only `ReportCoverage.ALL_REGIONS` for every Region, including those that are added
   * later.
   *
   * @default - the Region of the report plan
   */
  readonly regions?: string[];
}

/** Which accounts a report covers. */
export interface ReportMembersOptions extends ReportCoverageOptions {
  /**
   * Account IDs, 12 digits each.
   *
   * @default - only those of `organizationalUnits`
   */
  readonly accounts?: string[];

  /**
   * Organizational unit IDs, such as `ou-ab12-34567890`.
   *
   * @default - only `accounts`
   */
  readonly organizationalUnits?: string[];
}

/**
 * Which accounts and Regions a report covers. The management account of the organization and the delegated
 * administrators of AWS Backup can report on other accounts, in CSV only.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/working-with-audit-reports.html
 */
export class ReportCoverage {
  /** Every Region, including those that are added later. */
  public static readonly ALL_REGIONS: string = ALL_REGIONS;

  /** The account of the report plan. */
  public static thisAccount(options: ReportCoverageOptions = {}): ReportCoverage {
    throwErrors(unknownPropertyProblems(options, 'ReportCoverageOptions'), 'ReportCoverage.thisAccount');
    return new ReportCoverage([], [], options);
  }

  /** Some accounts of the organization, by their IDs or their organizational units. */
  public static members(options: ReportMembersOptions): ReportCoverage {
    throwErrors(unknownPropertyProblems(options, 'ReportMembersOptions'), 'ReportCoverage.members');
    const accounts = list('accounts', options?.accounts);
    const units = list('organizationalUnits', options?.organizationalUnits);
    if (accounts.length + units.length === 0)
      throw refuse(
        'Backup-ReportAccounts',
        'accounts',
        '`accounts` or `organizationalUnits` must have at least one ID, got none',
        'use `ReportCoverage.organization()` to cover all accounts',
      );
    return new ReportCoverage(accounts, units, options);
  }

  /** Every account of the organization, including those that are added later. */
  public static organization(options: ReportCoverageOptions = {}): ReportCoverage {
    throwErrors(unknownPropertyProblems(options, 'ReportCoverageOptions'), 'ReportCoverage.organization');
    return new ReportCoverage([ROOT], [], options);
  }

  /** Account IDs; `ROOT` for the whole organization, empty for the account of the report plan. */
  public readonly accounts: string[];

  /** Organizational unit IDs. */
  public readonly organizationalUnits: string[];

  /** The Regions; empty for the Region of the report plan. */
  public readonly regions: string[];

  private constructor(accounts: string[], units: string[], options: ReportCoverageOptions | undefined) {
    this.accounts = accounts;
    this.organizationalUnits = units;
    this.regions = list('regions', options?.regions);
  }
}

function list(property: string, items: string[] | undefined): string[] {
  if (items === undefined) return [];
  if (!Array.isArray(items))
    throw refuse(
      'Backup-ReportCoverage',
      property,
      (label) => `${label(property)} must be an array, got ${show(items)}`,
    );
  return [...items];
}
