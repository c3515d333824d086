import type { Duration } from 'aws-cdk-lib';
import type { ResourceType } from '../resource-type/resource-type';
import type { ComplianceStandard } from '../standards/compliance-standard';
import type { BackupLoss } from './backup-loss';

/**
 * What the backups of some resources must achieve. It applies to the resources that match all of `tags`, `resourceTypes` and
 * `stacks`; without any of them, to every resource that AWS Backup supports. Resources that opt out are exempt.
 */
export interface BackupObjective {
  /**
   * A name for findings, such as `gold`.
   *
   * @default - the names of the standards, or the position in the list
   */
  readonly name?: string;

  /**
   * Tags that a resource must have for the objective to apply, with their values.
   *
   * @default - any tags
   */
  readonly tags?: { [key: string]: string };

  /**
   * The types of resources that it applies to.
   *
   * @default - every type
   */
  readonly resourceTypes?: ResourceType[];

  /**
   * The names of the stacks whose resources it applies to.
   *
   * @default - every stack
   */
  readonly stacks?: string[];

  /**
   * The longest time between two recovery points, or the RPO of the continuous backup. The time that a backup may start late is
   * not part of it. A rule in a time zone has 25 hours between two daily backups when clocks go back.
   *
   * @default - not checked
   */
  readonly maxRpo?: Duration;

  /**
   * How far back you must be able to go: the longest retention of any rule or copy.
   *
   * @default - not checked
   */
  readonly minRetention?: Duration;

  /**
   * The losses after which at least one recovery point must be left.
   *
   * @default - not checked
   */
  readonly survives?: BackupLoss[];

  /**
   * Compliance standards whose requirements apply too: how often backups are made, how long they are kept, whether they survive
   * the loss of the account and of the Region, and whether restores are tested. The strictest number applies. Clauses about audit
   * logs and records are left out; `standards` of `BackupChecks` checks every clause.
   *
   * @default - none
   */
  readonly standards?: ComplianceStandard[];

  /**
   * Whether restore tests must cover the recovery points.
   *
   * @default false
   */
  readonly tested?: boolean;

  /**
   * The longest time between two runs of restore tests that cover the recovery points: whole days or minutes, such as
   * `Duration.days(31)`. A schedule shows how often tests run, not whether they succeed.
   *
   * @default - not checked
   */
  readonly maxTestInterval?: Duration;
}
