import { RequirementKey } from './requirement-key';
import type { StandardDemands } from './standard-demands';
import { ImmutabilityLevel } from './standard-thresholds';

/** A control of AWS Backup Audit Manager with its parameters, or the same as a rule of AWS Config. */
export interface ControlDemand {
  readonly name: string;
  readonly parameters: Readonly<Record<string, string | number>>;
}

const DAY = 24;
/** The start window, and the time that jobs take. */
const GRACE_HOURS = DAY;
const MAX_AGE_HOURS = 744;
const MAX_FREQUENCY_DAYS = 31;
const AIR_GAPPED_DAYS = 7;

/** The controls that evaluate what standards ask, each once, with the strictest numbers. */
export function controlsOf(demands: StandardDemands): ControlDemand[] {
  const { keys, numbers, immutability } = demands;
  const has = (...wanted: RequirementKey[]) => wanted.some((key) => keys.has(key));
  const control = (name: string, parameters: ControlDemand['parameters'] = {}) => [{ name, parameters }];
  const {
    maxBackupIntervalHours: interval,
    minRetentionDays: kept,
    maxRestoreTimeMinutes: restored,
  } = numbers;
  const isLocked = immutability !== ImmutabilityLevel.DENIAL;
  return [
    ...(has(RequirementKey.SCOPE) ? control('BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN') : []),
    ...(has(RequirementKey.FREQ, RequirementKey.RETMIN)
      ? control('BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK', {
          ...frequency(interval ?? MAX_FREQUENCY_DAYS * DAY),
          requiredRetentionDays: kept ?? 1,
        })
      : []),
    ...(interval === undefined
      ? []
      : control('BACKUP_LAST_RECOVERY_POINT_CREATED', {
          recoveryPointAgeUnit: 'hours',
          recoveryPointAgeValue: Math.min(MAX_AGE_HOURS, interval + GRACE_HOURS),
        })),
    ...(kept === undefined
      ? []
      : control('BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK', { requiredRetentionDays: kept })),
    ...(has(RequirementKey.IMM) && isLocked
      ? control('BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK')
      : []),
    ...(has(RequirementKey.ACC) || (has(RequirementKey.IMM) && !isLocked)
      ? control('BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED')
      : []),
    ...(has(RequirementKey.ENC) ? control('BACKUP_RECOVERY_POINT_ENCRYPTED') : []),
    ...(has(RequirementKey.XACC) ? control('BACKUP_RESOURCES_PROTECTED_BY_CROSS_ACCOUNT') : []),
    ...(has(RequirementKey.XREG) ? control('BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION') : []),
    ...(has(RequirementKey.ISO)
      ? control('RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT', {
          recoveryPointAgeUnit: 'days',
          recoveryPointAgeValue: AIR_GAPPED_DAYS,
        })
      : []),
    ...(restored === undefined
      ? []
      : control('RESTORE_TIME_FOR_RESOURCES_MEET_TARGET', { maxRestoreTime: restored })),
  ];
}

/** In whole days from a day on, since the control accepts at most 24 hours. */
function frequency(hours: number): ControlDemand['parameters'] {
  return hours < DAY
    ? { requiredFrequencyUnit: 'hours', requiredFrequencyValue: hours }
    : {
        requiredFrequencyUnit: 'days',
        requiredFrequencyValue: Math.min(MAX_FREQUENCY_DAYS, Math.floor(hours / DAY)),
      };
}

/** The report templates that show what standards ask; compliance reports only where frameworks are named. */
export function reportsOf({ keys }: StandardDemands, withFrameworks: boolean): string[] {
  const has = (...wanted: RequirementKey[]) => wanted.some((key) => keys.has(key));
  return [
    'BACKUP_JOB_REPORT',
    ...(has(RequirementKey.XACC, RequirementKey.XREG, RequirementKey.ISO) ? ['COPY_JOB_REPORT'] : []),
    ...(has(RequirementKey.TEST, RequirementKey.RTO) ? ['RESTORE_JOB_REPORT'] : []),
    ...(has(RequirementKey.SCAN) ? ['SCAN_JOB_REPORT'] : []),
    ...(withFrameworks ? ['CONTROL_COMPLIANCE_REPORT', 'RESOURCE_COMPLIANCE_REPORT'] : []),
  ];
}
