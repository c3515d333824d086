import type { Problem } from '../values/core/problem';

/** The CloudFormation names of properties that laws name by the props of this library. */
export const TEMPLATE_NAMES = {
  airGappedVault: 'TargetLogicallyAirGappedBackupVaultArn',
  archive: 'OptInToArchiveForSupportedResources',
  coldStorageAfter: 'MoveToColdStorageAfterDays',
  completionWindow: 'CompletionWindowMinutes',
  continuous: 'EnableContinuousBackup',
  coolingOff: 'ChangeableForDays',
  copies: 'CopyActions',
  fromDate: 'FromDate',
  index: 'IndexActions',
  maxRetention: 'MaxRetentionDays',
  minRetention: 'MinRetentionDays',
  retention: 'DeleteAfterDays',
  rules: 'BackupPlanRule',
  scan: 'ScanActions',
  startWindow: 'StartWindowMinutes',
  tags: 'ListOfTags',
  toDate: 'ToDate',
} as const;

const NAMES: Readonly<Record<string, string>> = TEMPLATE_NAMES;

/** The problems, with the names of properties in a template. */
export function inTemplate(problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => problem.as({ names: (property) => NAMES[property] }));
}
