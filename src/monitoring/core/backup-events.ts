import type { IBackupPlanRef } from 'aws-cdk-lib/aws-backup';
import type { EventPattern } from 'aws-cdk-lib/aws-events';
import type { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { show } from '../../values/core/amounts';
import { refuse, throwErrors } from '../../values/core/problem';
import { type StructName, unknownPropertyProblems } from '../../values/core/unknown-properties';
import type { ResourceType } from '../../values/resource-type/resource-type';
import type {
  BackupEventOptions,
  BackupJobEventOptions,
  CopyJobEventOptions,
  RestoreJobEventOptions,
  VaultEventOptions,
} from './backup-event-options';
import { BackupJobState } from './backup-job-state';
import { ChangeState } from './change-state';
import { CopyJobState } from './copy-job-state';
import { RecoveryPointState } from './recovery-point-state';
import { RestoreJobState } from './restore-job-state';
import { ScanJobState } from './scan-job-state';
import {
  calls,
  NOT_BY_AWS_BACKUP,
  ORGANIZATION_CALLS,
  serviceEvents,
  WEAKENING_CALLS,
  withoutUnset,
} from './weakening-calls';

/** Matches a field that is there and not empty. */
const NOT_EMPTY = [{ 'anything-but': [''] }];

/**
 * Patterns for the events that AWS Backup sends to Amazon EventBridge, for `new events.Rule(…, { eventPattern })`.
 *
 * AWS Backup sends events on a best-effort basis, about every 5 minutes. No event says that a backup did not happen: use
 * an alarm on missing data for that.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html
 */
export class BackupEvents {
  /**
   * Backup jobs that changed to one of the states.
   *
   * @throws if `states` is empty, or a filter is set together with CREATED, whose events have no vault, type or plan
   */
  public static backupJobs(states: BackupJobState[], options: BackupJobEventOptions = {}): EventPattern {
    refuseUnknown('backupJobs', options, 'BackupJobEventOptions');
    refuseStates(states, Object.values(BackupJobState));
    refuseFilters(states, BackupJobState.CREATED, options, ['vault', 'resourceTypes', 'plan']);
    return pattern(['Backup Job State Change'], options, { state: [...states], ...jobDetail(options) });
  }

  /**
   * Backup jobs that completed with issues, such as objects of a bucket that could not be read. No metric counts them:
   * their state is COMPLETED.
   */
  public static backupJobsWithIssues(options: BackupJobEventOptions = {}): EventPattern {
    refuseUnknown('backupJobsWithIssues', options, 'BackupJobEventOptions');
    return pattern(['Backup Job State Change'], options, {
      state: [BackupJobState.COMPLETED],
      ...jobDetail(options),
      statusMessage: NOT_EMPTY,
    });
  }

  /**
   * Copy jobs that changed to one of the states.
   *
   * @throws if `states` is empty, or `resourceTypes` is set together with CREATED, whose events have no type
   */
  public static copyJobs(states: CopyJobState[], options: CopyJobEventOptions = {}): EventPattern {
    refuseUnknown('copyJobs', options, 'CopyJobEventOptions');
    refuseStates(states, Object.values(CopyJobState));
    refuseFilters(states, CopyJobState.CREATED, options, ['resourceTypes']);
    const { sourceVault, destinationVault, resourceTypes } = options;
    return pattern(['Copy Job State Change'], options, {
      state: [...states],
      sourceBackupVaultArn: sourceVault && [sourceVault.backupVaultRef.backupVaultArn],
      destinationBackupVaultArn: destinationVault && [destinationVault.backupVaultRef.backupVaultArn],
      resourceType: namesOf(resourceTypes),
    });
  }

  /** Restore jobs that changed to one of the states, whether somebody needs the data or restore testing does. */
  public static restoreJobs(states: RestoreJobState[], options: RestoreJobEventOptions = {}): EventPattern {
    refuseUnknown('restoreJobs', options, 'RestoreJobEventOptions');
    refuseStates(states, Object.values(RestoreJobState));
    const { isTest, restoreTestingPlan, resourceTypes } = options;
    if (isTest === false && restoreTestingPlan)
      throw refuse(
        'Backup-EventFilter',
        'restoreTestingPlan',
        (label) => `${label('restoreTestingPlan')} must not be set together with ${label('isTest')} false`,
        'omit one of them',
      );
    return pattern(['Restore Job State Change'], options, {
      status: [...states],
      restoreTestingPlanArn: restoreTestingPlan
        ? [restoreTestingPlan.restoreTestingPlanRef.restoreTestingPlanArn]
        : isTest === undefined
          ? undefined
          : [{ exists: isTest }],
      resourceType: namesOf(resourceTypes),
    });
  }

  /** Recovery points that changed to one of the states. */
  public static recoveryPoints(states: RecoveryPointState[], options: VaultEventOptions = {}): EventPattern {
    refuseUnknown('recoveryPoints', options, 'VaultEventOptions');
    refuseStates(states, Object.values(RecoveryPointState));
    // AWS documents both names
    return pattern(['Recovery Point State Change', 'Recovery Point Change'], options, {
      status: [...states],
      backupVaultName: options.vault && [options.vault.backupVaultRef.backupVaultName],
    });
  }

  /** Vaults that were created, changed or deleted; a change of the lock is a change of the vault. */
  public static vaults(changes: ChangeState[], options: VaultEventOptions = {}): EventPattern {
    refuseUnknown('vaults', options, 'VaultEventOptions');
    refuseStates(changes, Object.values(ChangeState));
    return pattern(['Backup Vault State Change'], options, {
      state: [...changes],
      backupVaultName: options.vault && [options.vault.backupVaultRef.backupVaultName],
    });
  }

  /**
   * Plans that were created, changed or deleted.
   *
   * @param plan the plan; by default any
   */
  public static plans(
    changes: ChangeState[],
    plan?: IBackupPlanRef,
    options: BackupEventOptions = {},
  ): EventPattern {
    refuseUnknown('plans', options, 'BackupEventOptions');
    refuseStates(changes, Object.values(ChangeState));
    return pattern(['Backup Plan State Change'], options, {
      state: [...changes],
      backupPlanId: plan && [plan.backupPlanRef.backupPlanId],
    });
  }

  /** Changes of the opt-in settings of a Region. */
  public static regionSettings(options: BackupEventOptions = {}): EventPattern {
    refuseUnknown('regionSettings', options, 'BackupEventOptions');
    return pattern(['Region Setting State Change'], options, { state: ['MODIFIED'] });
  }

  /** Malware scans that changed to one of the states. */
  public static scanJobs(states: ScanJobState[], options: VaultEventOptions = {}): EventPattern {
    refuseUnknown('scanJobs', options, 'VaultEventOptions');
    refuseStates(states, Object.values(ScanJobState));
    return pattern(['Scan Job State Change'], options, {
      state: [...states],
      backupVaultName: options.vault && [options.vault.backupVaultRef.backupVaultName],
    });
  }

  /** Malware scans that failed or could not read everything, and that found no threats. */
  public static failedScans(options: VaultEventOptions = {}): EventPattern {
    refuseUnknown('failedScans', options, 'VaultEventOptions');
    return pattern(['Scan Job State Change'], options, {
      state: [ScanJobState.FAILED, ScanJobState.COMPLETED_WITH_ISSUES],
      // most failed scans have no result
      scanResult: { scanResultStatus: [{ exists: false }, { 'anything-but': ['THREATS_FOUND'] }] },
      backupVaultName: options.vault && [options.vault.backupVaultRef.backupVaultName],
    });
  }

  /** Malware scans that found threats in a recovery point. */
  public static threats(options: VaultEventOptions = {}): EventPattern {
    refuseUnknown('threats', options, 'VaultEventOptions');
    return pattern(['Scan Job State Change'], options, {
      scanResult: { scanResultStatus: ['THREATS_FOUND'] },
      backupVaultName: options.vault && [options.vault.backupVaultRef.backupVaultName],
    });
  }

  /**
   * Calls of the AWS Backup API that delete recovery points or weaken their protection, from AWS CloudTrail: who deletes
   * recovery points, vaults, locks, policies, selections and legal holds, stops jobs, or changes settings. What AWS Backup
   * does by itself, such as deleting what expired, is no call.
   *
   * The account needs a trail that records management events. Deployments of your own match too.
   *
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/logging-using-cloudtrail.html
   */
  public static weakeningCalls(options: BackupEventOptions = {}): EventPattern {
    refuseUnknown('weakeningCalls', options, 'BackupEventOptions');
    return calls('backup', WEAKENING_CALLS, options, { userIdentity: NOT_BY_AWS_BACKUP });
  }

  /**
   * Calls of AWS Organizations that take backup policies away from accounts, or AWS Backup's access to the organization,
   * from AWS CloudTrail. They are recorded in the management account, in the home Region of AWS Organizations (us-east-1 in
   * the commercial partition).
   */
  public static organizationCalls(options: BackupEventOptions = {}): EventPattern {
    refuseUnknown('organizationCalls', options, 'BackupEventOptions');
    return calls('organizations', ORGANIZATION_CALLS, options);
  }

  /**
   * Accounts whose effective backup policy is invalid: AWS Backup keeps the plans from before, and nothing else says so.
   * From AWS CloudTrail in the member account.
   */
  public static invalidOrganizationPolicies(options: BackupEventOptions = {}): EventPattern {
    refuseUnknown('invalidOrganizationPolicies', options, 'BackupEventOptions');
    return serviceEvents(['InvalidOrganizationBackupPlan'], options);
  }

  /**
   * Calls that make the keys of vaults unusable: disable them, schedule their deletion, or change their policy. From AWS
   * CloudTrail, as `weakeningCalls()`.
   *
   * @param keys the keys; without keys, the pattern matches all keys
   */
  public static keyCalls(keys: IKeyRef[] = [], options: BackupEventOptions = {}): EventPattern {
    refuseUnknown('keyCalls', options, 'BackupEventOptions');
    if (!Array.isArray(keys)) throw refuseKind('keys', 'a list of keys', keys);
    const resources = keys.length > 0 ? { ARN: keys.map(({ keyRef }) => keyRef.keyArn) } : undefined;
    return calls('kms', ['DisableKey', 'ScheduleKeyDeletion', 'PutKeyPolicy'], options, { resources });
  }

  private constructor() {}
}

function jobDetail({ vault, resourceTypes, plan }: BackupJobEventOptions): Record<string, unknown> {
  return {
    backupVaultName: vault && [vault.backupVaultRef.backupVaultName],
    resourceType: namesOf(resourceTypes),
    createdBy: plan && { backupPlanId: [plan.backupPlanRef.backupPlanId] },
  };
}

function namesOf(types: readonly ResourceType[] | undefined): string[] | undefined {
  return types && [...new Set(types.map(({ name }) => name))];
}

/** A pattern without the fields that are not set, since EventBridge takes no empty ones. */
function pattern(
  detailType: string[],
  { accounts, regions }: BackupEventOptions,
  detail: Record<string, unknown>,
): EventPattern {
  return {
    source: ['aws.backup'],
    detailType,
    ...(accounts && { account: accounts }),
    ...(regions && { region: regions }),
    detail: withoutUnset(detail),
  };
}

/** A misspelled filter would match the events of everything. */
function refuseUnknown(method: string, options: BackupEventOptions, struct: StructName): void {
  if (typeof options !== 'object' || options === null) throw refuseKind('options', 'an object', options);
  throwErrors(unknownPropertyProblems(options, struct), `BackupEvents.${method}`);
}

function refuseKind(property: string, what: string, got: unknown): Error {
  return refuse(
    'Backup-EventOptions',
    property,
    (label) => `${label(property)} must be ${what}, got ${show(got)}`,
  );
}

function refuseStates(states: readonly string[], allowed: readonly string[]): void {
  const unknown = Array.isArray(states) ? states.find((state) => !allowed.includes(state)) : show(states);
  if (unknown === undefined && states.length > 0) return;
  throw refuse(
    'Backup-EventState',
    'states',
    (label) =>
      `${label('states')} must be one or more of ${allowed.map((state) => `\`${state}\``).join(', ')}, got ${unknown === undefined ? 'none' : show(unknown)}`,
    unknown === undefined ? 'list at least one' : undefined,
  );
}

function refuseFilters(
  states: readonly string[],
  bare: string,
  options: object,
  filters: readonly string[],
): void {
  const filter = filters.find((name) => (options as Record<string, unknown>)[name] !== undefined);
  if (filter === undefined || !states.includes(bare)) return;
  throw refuse(
    'Backup-EventFilter',
    filter,
    (label) => `${label(filter)} must not be set together with state \`${bare}\`, whose events don't have it`,
    `omit it, or omit \`${bare}\``,
  );
}
