import type { BackupObjective } from '../values/objectives/backup-objective';
import type { ResourceType } from '../values/resource-type/resource-type';
import type { ComplianceStandard } from '../values/standards/compliance-standard';
import type { CheckSeverity } from './check-severity';
import type { ChecksFailOn } from './checks-fail-on';

/** Properties of `BackupChecks`. */
export interface BackupChecksProps {
  /**
   * The configuration file, which the command `cdk-backup` reads too: severities, disabled checks, accepted places, a baseline,
   * minimum coverage and resource types. Properties of `BackupChecks` override what it says, or add to it. A relative path is
   * relative to the working directory.
   *
   * @default - `.cdk-backup.json` in the working directory or the nearest folder above it, up to the root of the repository
   */
  readonly configurationFile?: string;

  /**
   * The share of resources, from 0 to 1, that must be protected by a backup plan or opted out with `BackupOptOut`, of all
   * resources of the app that AWS Backup supports. If fewer are, each unprotected resource is a `Backup-Unprotected`
   * finding. Resources with an acknowledged finding count as opted out.
   *
   * @default - as in the configuration file; otherwise coverage is not checked
   */
  readonly minimumCoverage?: number;

  /**
   * The findings that make synthesis fail. They are reported as errors, the others as warnings.
   *
   * @default - as in the configuration file; otherwise `ChecksFailOn.ERROR`
   */
  readonly failOn?: ChecksFailOn;

  /**
   * Severities of findings by check ID, such as `Backup-LockRange`, to override the documented ones.
   *
   * @default - as in the configuration file; otherwise the documented severities
   */
  readonly severities?: { [id: string]: CheckSeverity };

  /**
   * IDs of checks to disable in the whole app. To accept a finding in one place, acknowledge it there.
   *
   * @default - none in addition to those of the configuration file
   */
  readonly disabled?: string[];

  /**
   * Whether to also report notes: what can't be determined before deployment.
   *
   * @default false
   */
  readonly notes?: boolean;

  /**
   * The file of a report: a page that makes no requests, such as `backup-report.html`. A summary in Markdown is written beside
   * it, such as `backup-report.md`. They show the coverage, the findings, the topology, and the recovery points of the year from
   * today on. The CDK doesn't allow plugins to write into the cloud assembly. A relative path is relative to the working
   * directory.
   *
   * @default - no report
   */
  readonly reportFile?: string;

  /**
   * Resource types that override or extend the catalog of this library, as AWS Backup adds capabilities.
   *
   * @default - as in the configuration file; otherwise the types of the catalog
   */
  readonly resourceTypes?: ResourceType[];

  /**
   * What the backups must achieve, by tag, type or stack: RPO, retention, what survives a loss, restore tests. A forecast of the
   * coming year decides; each resource that misses an objective is a `Backup-Objective` finding, and each one for which that
   * can't be determined before deployment a `Backup-ObjectiveUnknown` finding.
   *
   * @default - none
   */
  readonly objectives?: BackupObjective[];

  /**
   * The compliance standards that the app must meet. Each resource, plan or vault that does not meet a requirement in the coming
   * year is a `Backup-Conformance` finding, which names the clauses. What no template shows is not a finding; `cdk-backup
   * conformance` lists it. Meeting a standard here proves no legal compliance.
   *
   * @default - none
   */
  readonly standards?: ComplianceStandard[];

  /**
   * Whether to acknowledge the cdk-nag rules `DynamoDBInBackupPlan`, `EC2EBSInBackupPlan`, `EFSInBackupPlan` and
   * `RDSInBackupPlan` for exactly those resources that a plan certainly protects. cdk-nag itself sees only resources that a
   * selection in the same stack names. Before aws-cdk-lib 2.271, add this plugin before the packs.
   *
   * @default false
   */
  readonly acknowledgeNagRules?: boolean;
}
