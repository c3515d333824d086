import type { ChildOperator } from '../language/operators';

/** Any part of a policy document can restrict what policies further down may do to it. */
export interface Controlled {
  /** Everything by default. */
  readonly childOperators?: readonly ChildOperator[];
}

/** A setting with a single value. */
export interface Setting<T> extends Controlled {
  readonly assign?: T;
}

/** A setting with a list of values. The operators apply in the order assign, append, remove. */
export interface ListSetting extends Controlled {
  readonly assign?: readonly string[];
  readonly append?: readonly string[];
  readonly remove?: readonly string[];
}

/** Parts with a name from the author of the policy: plans, rules, selections, copies, tags, conditions. */
export interface Entries<T> extends Controlled {
  readonly entries: ReadonlyMap<string, T>;
}

/** A document of the type BACKUP_POLICY, or a fragment that others complete. */
export interface PolicyDocument extends Controlled {
  readonly plans: Entries<PolicyPlan>;
}

export interface PolicyPlan extends Controlled {
  readonly regions?: ListSetting;
  readonly rules?: Entries<PolicyRule>;
  readonly selections?: PolicySelections;
  readonly advancedBackupSettings?: PolicyAdvancedSettings;
  readonly backupPlanTags?: Entries<PolicyTag>;
  readonly scanSettings?: PolicyScanSettings;
}

export interface PolicyRule extends Controlled {
  /** `cron(…)`, in UTC. */
  readonly scheduleExpression?: Setting<string>;
  readonly targetBackupVaultName?: Setting<string>;
  /** With `$region` and `$account`. */
  readonly targetLogicallyAirGappedBackupVaultArn?: Setting<string>;
  readonly startBackupWindowMinutes?: Setting<number>;
  readonly completeBackupWindowMinutes?: Setting<number>;
  readonly enableContinuousBackup?: Setting<boolean>;
  readonly lifecycle?: PolicyLifecycle;
  /** By the ARN of the vault, with `$account` for the account itself. */
  readonly copyActions?: Entries<PolicyCopyAction>;
  readonly recoveryPointTags?: Entries<PolicyTag>;
  readonly indexActions?: PolicyIndexActions;
  readonly scanActions?: PolicyScanActions;
}

export interface PolicyLifecycle extends Controlled {
  readonly moveToColdStorageAfterDays?: Setting<number>;
  readonly deleteAfterDays?: Setting<number>;
  readonly optInToArchiveForSupportedResources?: Setting<boolean>;
}

export interface PolicyCopyAction extends Controlled {
  /** Equal to the key of the copy action. */
  readonly targetBackupVaultArn?: Setting<string>;
  readonly lifecycle?: PolicyLifecycle;
}

/** By the key of the tag. */
export interface PolicyTag extends Controlled {
  readonly tagKey?: Setting<string>;
  readonly tagValue?: Setting<string>;
}

export interface PolicyIndexActions extends Controlled {
  readonly resourceTypes?: ListSetting;
}

export interface PolicyScanActions extends Controlled {
  readonly guardduty?: PolicyScanAction;
}

export interface PolicyScanAction extends Controlled {
  readonly scanMode?: Setting<string>;
}

export interface PolicySelections extends Controlled {
  readonly tags?: Entries<PolicyTagSelection>;
  readonly resources?: Entries<PolicyResourceSelection>;
}

export interface PolicyTagSelection extends Controlled {
  /** With `$account`. */
  readonly iamRoleArn?: Setting<string>;
  readonly tagKey?: Setting<string>;
  readonly tagValue?: ListSetting;
  readonly conditions?: PolicyConditions;
}

export interface PolicyResourceSelection extends Controlled {
  /** With `$account`. */
  readonly iamRoleArn?: Setting<string>;
  readonly resourceTypes?: ListSetting;
  readonly notResourceTypes?: ListSetting;
  readonly conditions?: PolicyConditions;
}

/** All of them must match. */
export interface PolicyConditions extends Controlled {
  readonly stringEquals?: Entries<PolicyCondition>;
  readonly stringNotEquals?: Entries<PolicyCondition>;
  readonly stringLike?: Entries<PolicyCondition>;
  readonly stringNotLike?: Entries<PolicyCondition>;
}

export interface PolicyCondition extends Controlled {
  /** `aws:ResourceTag/<key>` */
  readonly conditionKey?: Setting<string>;
  readonly conditionValue?: Setting<string>;
}

export interface PolicyAdvancedSettings extends Controlled {
  readonly ec2?: PolicyEc2Settings;
  readonly s3?: PolicyS3Settings;
}

export interface PolicyEc2Settings extends Controlled {
  /** `enabled` or `disabled` */
  readonly windowsVss?: Setting<string>;
}

export interface PolicyS3Settings extends Controlled {
  /** `enabled` or `disabled` */
  readonly backupAcls?: Setting<string>;
  /** `enabled` or `disabled` */
  readonly backupObjectTags?: Setting<string>;
}

export interface PolicyScanSettings extends Controlled {
  readonly guardduty?: PolicyScanner;
}

export interface PolicyScanner extends Controlled {
  readonly resourceTypes?: ListSetting;
  /** With `$account`. */
  readonly scannerRoleArn?: Setting<string>;
}
