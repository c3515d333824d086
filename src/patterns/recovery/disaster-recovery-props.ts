import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { ResourceType } from '../../values/resource-type/resource-type';
import type { RecoveryHop } from './recovery-hop';

/** Properties of a `DisasterRecovery`. */
export interface DisasterRecoveryProps {
  /** The vault that plans back up into, in the account and Region of the workload. */
  readonly source: IBackupVaultRef;

  /** Where copies go, each vault once, in the order of the hops. */
  readonly hops: RecoveryHop[];

  /**
   * What is protected. Types that can't do a hop are refused where they are said, and where a plan with `copies` selects
   * them; hops after another one copy these types only.
   *
   * @default - what plans with `copies` select, as far as it is known; hops after another one copy all types
   */
  readonly resourceTypes?: ResourceType[];
}
