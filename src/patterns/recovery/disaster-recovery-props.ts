import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { ResourceType } from '../../values/resource-type/resource-type';
import type { RecoveryHop } from './recovery-hop';

/** Properties of a `DisasterRecovery`. */
export interface DisasterRecoveryProps {
  /** The vault that plans back up to, in the account and Region of the workload. */
  readonly source: IBackupVaultRef;

  /** The destinations of the copies, each vault once, in order. */
  readonly hops: RecoveryHop[];

  /**
   * The resource types to protect. Types that a hop doesn't support are refused, here and in plans that use `copies`. Hops
   * after another hop copy only these types.
   *
   * @default - the types that plans with `copies` select, as far as known; hops after another hop copy all types
   */
  readonly resourceTypes?: ResourceType[];
}
