import type { Duration } from 'aws-cdk-lib';
import type { IBackupVaultRef, IRestoreTestingPlanRef } from 'aws-cdk-lib/aws-backup';
import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { BackupPlan } from '../../resources/plan/backup-plan';

/** A vault whose newest recovery points have a greatest age, whichever plan makes them. */
export interface FreshnessVaultOptions {
  /** The vault, in the account and Region of the stack. */
  readonly vault: IBackupVaultRef;
  /** The greatest age of the newest recovery point of each resource: whole minutes, at least an hour. */
  readonly maxAge: Duration;
  /**
   * The dimension `Tier` of the metrics.
   *
   * @default - the name of the vault
   */
  readonly tier?: string;
}

/** A plan of restore testing whose restores have a target. */
export interface FreshnessRestoreTestOptions {
  /** The plan, in the account and Region of the stack. */
  readonly restoreTestingPlan: IRestoreTestingPlanRef;
  /** How long a restore may take, from the start of the job to its end: whole minutes. */
  readonly target: Duration;
}

/** Properties of `BackupFreshnessCheck`. */
export interface BackupFreshnessCheckProps {
  /**
   * The plans of the account and Region whose rules are checked, each by its schedule and its windows. Rules that are added
   * later are checked too.
   *
   * @default - none
   */
  readonly plans?: BackupPlan[];
  /**
   * Vaults that are checked by age: those of other apps, and central vaults that copies arrive in.
   *
   * @default - none
   */
  readonly vaults?: FreshnessVaultOptions[];
  /**
   * Whether to find resources that the plans select and that were never backed up: those that a selection names, and those
   * with a tag that it selects by, as AWS Backup has the selections at the time of the check.
   *
   * @default true
   */
  readonly neverBackedUp?: boolean;
  /**
   * The longest that a copy from one of the vaults takes, from the start of the job to its end: whole minutes. A message has
   * the names of the copies that take longer.
   *
   * @default - copies may take any time
   */
  readonly copyTarget?: Duration;
  /**
   * The vaults in the account and Region of the stack whose copies have the `copyTarget`.
   *
   * @default - the vaults of `plans`, and `vaults`
   */
  readonly copySources?: IBackupVaultRef[];
  /**
   * Plans of restore testing whose restores have a target. A message has the names of the restores that take longer. A
   * `RestoreValidation` with a `recoveryTimeTarget` has an alarm of its own: use one of the two.
   *
   * @default - restore tests may take any time
   */
  readonly restoreTests?: FreshnessRestoreTestOptions[];
  /**
   * The longest that a backup takes after it has started. The completion window of a rule counts if it ends earlier.
   *
   * @default Duration.hours(4)
   */
  readonly longestBackup?: Duration;
  /**
   * How often to check: 1 to 12 whole hours.
   *
   * @default Duration.hours(1)
   */
  readonly interval?: Duration;
  /**
   * A resource that is late for this long, and has no new recovery point at all, is taken for deleted: AWS Backup lists
   * deleted resources as long as they have recovery points. Whole hours.
   *
   * @default Duration.days(7)
   */
  readonly forgetAfter?: Duration;
  /**
   * How long before the lock of a checked vault becomes final to send a message: whole days. Vaults with a `VaultLock` in
   * compliance mode have a cooling-off period, in which the lock can still be removed.
   *
   * @default Duration.days(3)
   */
  readonly lockNotice?: Duration;
  /**
   * The topic that gets one message with the names of all resources that became late since the last check, and is notified
   * if the check itself is silent: a standard topic in the account and Region of the stack.
   *
   * @default - a topic that only takes encrypted connections, with a key of its own
   */
  readonly topic?: ITopic;
  /**
   * Whether messages are custom notifications of Amazon Q Developer in chat applications (AWS Chatbot), for channels of Slack
   * and Microsoft Teams, which drop messages of other kinds.
   *
   * @default false: text, for e-mail
   */
  readonly chat?: boolean;
  /**
   * Where the reader of a message finds what to do, such as the URL of a runbook.
   *
   * @default - no line about it
   */
  readonly runbook?: string;
  /**
   * The key that encrypts the log of the function. Its policy must let `logs.<Region>.amazonaws.com` use it.
   *
   * @default - a key of CloudWatch Logs
   */
  readonly logKey?: IKeyRef;
}
