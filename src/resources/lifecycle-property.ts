import type { CfnBackupPlan } from 'aws-cdk-lib/aws-backup';
import type { Retention } from '../values/retention';

/** The lifecycle of a rule or a copy as CloudFormation has it; undefined where everything is kept warm, for ever. */
export function lifecycleProperty(from: {
  readonly retention: Retention;
  readonly coldStorageAfterDays?: number;
  readonly archive: boolean;
}): CfnBackupPlan.LifecycleResourceTypeProperty | undefined {
  const deleteAfterDays = from.retention.inDays;
  const moveToColdStorageAfterDays = from.coldStorageAfterDays;
  if (deleteAfterDays === undefined && moveToColdStorageAfterDays === undefined) return undefined;
  return {
    deleteAfterDays,
    moveToColdStorageAfterDays,
    optInToArchiveForSupportedResources: from.archive || undefined,
  };
}
