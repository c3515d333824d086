import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
} from 'aws-cdk-lib';
import { throwErrors } from '../values/problem';
import type { ResourceType } from '../values/resource-type';
import { backupChecksProblems } from './backup-checks-laws';
import type { CheckSeverity } from './check-severity';
import { ALL_CHECKS } from './checks/all-checks';
import { UNPROTECTED } from './checks/unprotected';
import { FailOn } from './fail-on';
import { Judge } from './judge';
import { toViolations } from './violations';

/** Properties of `BackupChecks`. */
export interface BackupChecksProps {
  /**
   * The share of resources that must be protected by a backup plan or opted out with `BackupOptOut`, from 0 to 1, of
   * all resources of the app that AWS Backup can protect. Below it, each resource that isn't is a finding
   * `Backup-Unprotected`; resources on which that is acknowledged count as opted out.
   *
   * @default - coverage isn't judged
   */
  readonly minimumCoverage?: number;

  /**
   * Which findings make synthesis fail. They are reported as errors, the others as warnings.
   *
   * @default FailOn.ERROR
   */
  readonly failOn?: FailOn;

  /**
   * Severities of findings by the id of the check, such as `Backup-LockRange`, in place of those in its documentation.
   *
   * @default - each check's own
   */
  readonly severities?: { [id: string]: CheckSeverity };

  /**
   * Ids of checks that are not made, in the whole app. To pass over one place, acknowledge the finding there.
   *
   * @default - all checks are made
   */
  readonly disabled?: string[];

  /**
   * Whether notes are reported too: what can't be told before deployment.
   *
   * @default false
   */
  readonly notes?: boolean;

  /**
   * Types that differ from the catalog of this library, since AWS Backup learns.
   *
   * @default - the types of the catalog
   */
  readonly resourceTypes?: ResourceType[];

  /**
   * Whether the rules `DynamoDBInBackupPlan`, `EC2EBSInBackupPlan`, `EFSInBackupPlan` and `RDSInBackupPlan` of cdk-nag's
   * packs are acknowledged for exactly those resources that a plan certainly protects. cdk-nag itself sees only what a
   * selection of the same stack names. Before aws-cdk-lib 2.271, add this plugin before the packs.
   *
   * @default false
   */
  readonly acknowledgeNagRules?: boolean;
}

/**
 * Finds in all templates of an app what AWS Backup would refuse, or silently never back up: add it with
 * `Validations.of(app).addPlugins(new BackupChecks())`. It sees what aws-cdk-lib, this or any other library made.
 *
 * Findings stand in CDK's validation report. One is acknowledged with
 * `Validations.of(construct).acknowledge({ id: 'BackupChecks::Backup-…', reason: '…' })`, for the construct and all
 * below it; the reason stays in the report. An id alone, `Backup-…`, silences the warning of a construct as well.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html
 */
export class BackupChecks implements IPolicyValidationPlugin {
  /** What ids of findings begin with where they are acknowledged. */
  public static readonly PLUGIN_NAME: string = 'BackupChecks';

  /** The name in reports. */
  public readonly name: string = BackupChecks.PLUGIN_NAME;

  private readonly judge: Judge;
  private readonly failOn: FailOn;
  private readonly notes: boolean;

  constructor(props: BackupChecksProps = {}) {
    throwErrors(backupChecksProblems(props), BackupChecks.PLUGIN_NAME);
    this.failOn = props.failOn ?? FailOn.ERROR;
    this.notes = props.notes ?? false;
    this.judge = new Judge(this.name, props);
  }

  /** The version of this library. */
  public get version(): string | undefined {
    return (require('../../package.json') as { version: string }).version;
  }

  /** The ids of all checks. */
  public get ruleIds(): string[] | undefined {
    return [...ALL_CHECKS.map(({ id }) => id), UNPROTECTED.id];
  }

  /** Judges the templates of an app: called by the CDK. */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const violations = toViolations(this.judge.of(context), this.failOn, this.notes);
    return { success: violations.every(({ severity }) => severity !== 'error'), violations };
  }
}
