import { show } from '../core/amounts';
import { refuse } from '../core/problem';
import { ALL_REGIONS, ROOT } from './report-coverage-laws';

/** Which Regions a report covers. */
export interface ReportCoverageOptions {
  /**
   * Regions such as `eu-west-1`; `ReportCoverage.ALL_REGIONS` alone for all of them, those that are added later
   * included.
   *
   * @default - the Region of the report plan
   */
  readonly regions?: string[];
}

/** Which accounts a report covers. */
export interface ReportMembersOptions extends ReportCoverageOptions {
  /**
   * Ids of accounts, 12 digits each.
   *
   * @default - none but those of `organizationalUnits`
   */
  readonly accounts?: string[];

  /**
   * Ids of organizational units, such as `ou-ab12-34567890`.
   *
   * @default - none but `accounts`
   */
  readonly organizationalUnits?: string[];
}

/**
 * Which accounts and Regions a report covers. Reports on other accounts can be made in the management account of
 * the organization and in the accounts that are delegated administrators of AWS Backup; they are in CSV only.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/working-with-audit-reports.html
 */
export class ReportCoverage {
  /** Stands for every Region, those that are added later included. */
  public static readonly ALL_REGIONS: string = ALL_REGIONS;

  /** The account of the report plan. */
  public static thisAccount(options: ReportCoverageOptions = {}): ReportCoverage {
    return new ReportCoverage([], [], options);
  }

  /** Some accounts of the organization, by their ids or their organizational units. */
  public static members(options: ReportMembersOptions): ReportCoverage {
    const accounts = list('accounts', options?.accounts);
    const units = list('organizationalUnits', options?.organizationalUnits);
    if (accounts.length + units.length === 0)
      throw refuse(
        'Backup-ReportAccounts',
        'accounts',
        '`accounts` or `organizationalUnits` must have at least one id, got none',
        'use `ReportCoverage.organization()` where all accounts are meant',
      );
    return new ReportCoverage(accounts, units, options);
  }

  /** Every account of the organization, those that are added later included. */
  public static organization(options: ReportCoverageOptions = {}): ReportCoverage {
    return new ReportCoverage([ROOT], [], options);
  }

  /** Ids of accounts; `ROOT` for all of the organization, none for that of the report plan. */
  public readonly accounts: string[];

  /** Ids of organizational units. */
  public readonly organizationalUnits: string[];

  /** The Regions; none for that of the report plan. */
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
    throw refuse('Backup-ReportCoverage', property, `\`${property}\` must be an array, got ${show(items)}`);
  return [...items];
}
