import { show } from '../core/amounts';
import { refuse } from '../core/problem';

/**
 * An event that a backup vault sends to an Amazon SNS topic.
 *
 * The API still accepts two events that never fire, and five on which AWS contradicts itself: the guide lists them as
 * supported, the API reference as deprecated. They are missing here; if you use one by name, you get a warning that names its
 * replacement.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-notifications.html
 */
export class VaultEvent {
  /** A backup job started. */
  public static readonly BACKUP_JOB_STARTED = new VaultEvent('BACKUP_JOB_STARTED');
  /** A backup job ended; the message attribute `State` is COMPLETED, FAILED or EXPIRED. */
  public static readonly BACKUP_JOB_COMPLETED = new VaultEvent('BACKUP_JOB_COMPLETED');
  /** Continuous backup of a resource stopped, for example because S3 no longer sends events to EventBridge. */
  public static readonly CONTINUOUS_BACKUP_INTERRUPTED = new VaultEvent('CONTINUOUS_BACKUP_INTERRUPTED');
  /** A copy job started. */
  public static readonly COPY_JOB_STARTED = new VaultEvent('COPY_JOB_STARTED');
  /** A copy arrived. */
  public static readonly COPY_JOB_SUCCESSFUL = new VaultEvent('COPY_JOB_SUCCESSFUL');
  /** A copy failed. */
  public static readonly COPY_JOB_FAILED = new VaultEvent('COPY_JOB_FAILED');
  /** A restore job started. */
  public static readonly RESTORE_JOB_STARTED = new VaultEvent('RESTORE_JOB_STARTED');
  /** A restore job ended; the message attribute `State` is the result. */
  public static readonly RESTORE_JOB_COMPLETED = new VaultEvent('RESTORE_JOB_COMPLETED');
  /** The state or the lifecycle of a recovery point changed. */
  public static readonly RECOVERY_POINT_MODIFIED = new VaultEvent('RECOVERY_POINT_MODIFIED');
  /** A backup index was created. */
  public static readonly RECOVERY_POINT_INDEX_COMPLETED = new VaultEvent('RECOVERY_POINT_INDEX_COMPLETED');
  /** A backup index was deleted. */
  public static readonly RECOVERY_POINT_INDEX_DELETED = new VaultEvent('RECOVERY_POINT_INDEX_DELETED');
  /** A backup index could not be created. */
  public static readonly RECOVERY_POINT_INDEXING_FAILED = new VaultEvent('RECOVERY_POINT_INDEXING_FAILED');
  /** An object in a bucket was not backed up. */
  public static readonly S3_BACKUP_OBJECT_FAILED = new VaultEvent('S3_BACKUP_OBJECT_FAILED');
  /** An object in a bucket was not restored. */
  public static readonly S3_RESTORE_OBJECT_FAILED = new VaultEvent('S3_RESTORE_OBJECT_FAILED');
  /** An object in a Kubernetes cluster was not backed up. */
  public static readonly EKS_BACKUP_OBJECT_FAILED = new VaultEvent('EKS_BACKUP_OBJECT_FAILED');
  /** An object in a Kubernetes cluster was not restored. */
  public static readonly EKS_RESTORE_OBJECT_FAILED = new VaultEvent('EKS_RESTORE_OBJECT_FAILED');
  /** An object in a Kubernetes cluster was skipped by a restore. */
  public static readonly EKS_RESTORE_OBJECT_SKIPPED = new VaultEvent('EKS_RESTORE_OBJECT_SKIPPED');
  /** Modifying resources of a Kubernetes cluster in a restore succeeded. */
  public static readonly EKS_RESTORE_MODIFICATION_SUCCESS = new VaultEvent(
    'EKS_RESTORE_MODIFICATION_SUCCESS',
  );
  /** Modifying resources of a Kubernetes cluster in a restore failed. */
  public static readonly EKS_RESTORE_MODIFICATION_FAILED = new VaultEvent('EKS_RESTORE_MODIFICATION_FAILED');
  /** An S3 access point on a recovery point is available. */
  public static readonly ACCESS_POINT_AVAILABLE = new VaultEvent('ACCESS_POINT_AVAILABLE');
  /** An S3 access point could not be created. */
  public static readonly ACCESS_POINT_CREATION_FAILED = new VaultEvent('ACCESS_POINT_CREATION_FAILED');
  /** An S3 access point was deleted. */
  public static readonly ACCESS_POINT_DELETED = new VaultEvent('ACCESS_POINT_DELETED');
  /** An S3 access point could not be deleted. */
  public static readonly ACCESS_POINT_DELETION_FAILED = new VaultEvent('ACCESS_POINT_DELETION_FAILED');
  /** The recovery point behind an S3 access point expired. */
  public static readonly ACCESS_POINT_EXPIRED = new VaultEvent('ACCESS_POINT_EXPIRED');
  /** An S3 access point lost its recovery point. */
  public static readonly ACCESS_POINT_DISASSOCIATED = new VaultEvent('ACCESS_POINT_DISASSOCIATED');

  /**
   * The events for failures, with little noise: ended backup and restore jobs (filter on the message attribute
   * `State`), failed copies, interrupted continuous backups, and objects that were not backed up or restored.
   */
  public static failures(): VaultEvent[] {
    return [
      VaultEvent.BACKUP_JOB_COMPLETED,
      VaultEvent.CONTINUOUS_BACKUP_INTERRUPTED,
      VaultEvent.COPY_JOB_FAILED,
      VaultEvent.RESTORE_JOB_COMPLETED,
      VaultEvent.S3_BACKUP_OBJECT_FAILED,
      VaultEvent.S3_RESTORE_OBJECT_FAILED,
      VaultEvent.EKS_BACKUP_OBJECT_FAILED,
      VaultEvent.EKS_RESTORE_OBJECT_FAILED,
    ];
  }

  /**
   * An event by its API name, for events that AWS adds after this release.
   *
   * @param name for example `BACKUP_JOB_COMPLETED`
   */
  public static of(name: string): VaultEvent {
    if (typeof name !== 'string' || !/^[A-Z][A-Z0-9_]{2,63}$/.test(name))
      throw refuse(
        'Backup-VaultEvent',
        'name',
        (label) =>
          `${label('name')} must be the API name of a vault event such as \`BACKUP_JOB_COMPLETED\`, got ${show(name)}`,
      );
    return new VaultEvent(name);
  }

  /** The name in the API. */
  public readonly name: string;

  private constructor(name: string) {
    this.name = name;
  }

  /** The name in the API. */
  public toString(): string {
    return this.name;
  }
}
