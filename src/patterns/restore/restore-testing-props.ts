import type { BackupPlan } from '../../resources/plan/backup-plan';
import type { PlanRestoreTestingOptions } from '../../resources/plan/plan-restore-testing-options';
import type { IsolatedRestoreNetwork } from '../../restore/core/isolated-restore-network';
import type { RestoreCheck } from '../../restore/validation/restore-check';
import type { RestoreValidationOptions } from '../../restore/validation/restore-validation-props';

/** Properties of a `RestoreTesting`. */
export interface RestoreTestingProps extends PlanRestoreTestingOptions, RestoreValidationOptions {
  /** The backup plan whose recovery points are tested: with all its rules and selections. */
  readonly backupPlan: BackupPlan;

  /**
   * How restored resources are validated. Types without a check here get the default check of their type.
   *
   * @default - the default check of each tested type
   */
  readonly checks?: RestoreCheck[];

  /**
   * Restores instances and databases into a network that nothing can leave. With `validationAccess`, the function that validates
   * runs in it, unless `subnets` is set.
   *
   * @default - the default VPC, or as in `metadata`
   */
  readonly network?: IsolatedRestoreNetwork;
}
