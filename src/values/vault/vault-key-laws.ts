import { isKnown } from '../core/amounts';
import type { Problem } from '../core/problem';
import { problem } from '../core/problem';

/** The law for the key of a vault: not an alias. Source: CloudFormation documentation of `AWS::Backup::BackupVault`. */
export function vaultKeyAliasProblem(property: string): Problem {
  return problem({
    id: 'Backup-VaultKeyAlias',
    property,
    message: (label) =>
      `${label(property)} must be a key, got an alias, which AWS Backup rejects for a vault`,
    fix: 'refer to the key by its ARN',
  });
}

/** The law for the key of a vault: in the Region of the vault. Source: CloudFormation deployments of 2026-09-24. */
export function vaultKeyRegionProblems(here: unknown, there: unknown, property: string): Problem[] {
  if (!isKnown(here) || !isKnown(there) || here === there) return [];
  return [
    problem({
      id: 'Backup-VaultKeyRegion',
      property,
      message: (label) =>
        `${label(property)} must be a key in the Region of the vault (${here}), got one in ${there}`,
      fix: 'create a key in that Region, or a replica of a multi-Region key',
    }),
  ];
}

/**
 * The problem of a vault under the AWS-managed key: it accepts cross-account copies only of types with full AWS Backup
 * management. A warning, because the accounts that may copy don't reveal what they copy.
 *
 * Source: Developer Guide "Encryption for a backup copy to a different account or AWS Region" and "Creating backup copies
 * across AWS accounts" (2026), and the errors of "Job dashboards", 2026-04.
 *
 * @param must what the property must be, such as "must be a vault under a customer-managed key"
 */
export function awsManagedKeyProblem(property: string, must: string, got: string): Problem {
  return problem({
    id: 'Backup-CopyLikelyIntoAwsManagedKey',
    property,
    message: (label) =>
      `${label(property)} ${must}, since a vault under the AWS-managed key accepts cross-account copies only of fully managed types such as S3 and EFS, got ${got}`,
    fix: 'omit `encryption`, or use `VaultEncryption.key(…)`',
  });
}
