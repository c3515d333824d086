import type { ResourceType } from '../values/resource-type/resource-type';
import type { CheckSeverity } from './check-severity';
import type { FailOn } from './fail-on';

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
