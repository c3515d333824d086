import type { TagCondition } from '../../values/core/tag-condition';
import type { Retention } from '../../values/plan/retention';
import type { ResourceType } from '../../values/resource-type/resource-type';
import type { BackupSchedule } from '../../values/schedule/backup-schedule';

/**
 * What a backup policy is made of: the same rules and conditions that a backup plan of one account is made of. The
 * rules and copies of a plan have all that stands here, and can be given as they are.
 */
export interface PolicyPlanSource {
  readonly name: string;
  readonly regions: readonly string[];
  /** The vault of the rules that name none. `$region` in it stands for each Region. */
  readonly vaultName?: string;
  /** The role of the selections that name none: path and name in every account, without `role/`. */
  readonly roleName?: string;
  readonly rules: readonly PolicyRuleSource[];
  readonly selections: readonly PolicySelectionSource[];
  /** Tags of the plan itself. */
  readonly tags?: { readonly [key: string]: string };
  readonly windowsVss?: boolean;
  readonly s3BackupAcls?: boolean;
  readonly s3BackupObjectTags?: boolean;
  /** Which types the rules that scan for malware scan. */
  readonly scanTypes?: readonly ResourceType[];
  /** Path and name of the role of the scanner, without `role/`. */
  readonly scannerRoleName?: string;
  /** Whether child policies may not change the plan. */
  readonly locked?: boolean;
}

/** A rule, as `BackupRule` has it. */
export interface PolicyRuleSource {
  readonly name: string;
  readonly schedule: BackupSchedule;
  readonly retention: Retention;
  readonly coldStorageAfterDays?: number;
  readonly archive: boolean;
  readonly isContinuous: boolean;
  readonly startWindowMinutes?: number;
  readonly completionWindowMinutes?: number;
  readonly vault?: PolicyVaultSource;
  readonly airGappedVault?: PolicyAirGappedVaultSource;
  readonly copies: readonly PolicyCopySource[];
  readonly recoveryPointTags?: { readonly [key: string]: string };
  readonly index?: ResourceType;
  /** `FULL_SCAN` or `INCREMENTAL_SCAN` */
  readonly scan?: string;
}

/** A vault that exists under the same name in every account and Region. */
export interface PolicyVaultSource {
  readonly backupVaultRef: { readonly backupVaultName: string };
}

/** A logically air-gapped vault that exists under the same name in every account and Region. */
export interface PolicyAirGappedVaultSource {
  readonly logicallyAirGappedBackupVaultRef: { readonly backupVaultName: string };
}

/** A copy, as `CopyAction` has it. */
export interface PolicyCopySource {
  /**
   * With the account id, or `$account` for the account itself. `$region` stands for the Region of the plan.
   */
  readonly destinationVaultArn: string;
  readonly retention: Retention;
  readonly coldStorageAfterDays?: number;
  readonly archive: boolean;
}

/** What is backed up. Everything that is said must hold together, less the exclusions. */
export interface PolicySelectionSource {
  readonly name: string;
  readonly roleName?: string;
  readonly resourceTypes?: readonly ResourceType[];
  readonly excludeTypes?: readonly ResourceType[];
  /** All must hold. */
  readonly tags?: readonly TagCondition[];
  /** One is enough; `StringEquals` only. Types don't limit them, tags and exclusions do. */
  readonly anyTag?: readonly TagCondition[];
  readonly everything?: boolean;
  /** A backup policy can't name single resources: given, they are refused. */
  readonly arns?: readonly unknown[];
  readonly excludeArns?: readonly unknown[];
  readonly resources?: readonly unknown[];
  readonly exclude?: readonly unknown[];
}
