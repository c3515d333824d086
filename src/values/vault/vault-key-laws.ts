import { isKnown } from '../core/amounts';
import type { Problem } from '../core/problem';

/** The law of a vault's key: a key, not an alias. Source: CloudFormation documentation of `AWS::Backup::BackupVault`. */
export function vaultKeyAliasProblem(property: string): Problem {
  return {
    id: 'Backup-VaultKeyAlias',
    severity: 'error',
    property,
    message: `\`${property}\` must be a key, got an alias, which AWS Backup refuses for a vault`,
    fix: 'refer to the key by its ARN',
  };
}

/** The law of a vault's key: in the Region of the vault. Source: CloudFormation deployments of 2026-09-24. */
export function vaultKeyRegionProblems(here: unknown, there: unknown, property: string): Problem[] {
  if (!isKnown(here) || !isKnown(there) || here === there) return [];
  return [
    {
      id: 'Backup-VaultKeyRegion',
      severity: 'error',
      property,
      message: `\`${property}\` must be a key in the Region of the vault (${here}), got one in ${there}`,
      fix: 'make a key in that Region, or a replica of a multi-Region key',
    },
  ];
}

/**
 * The law of the AWS-managed key: of what comes from another account, only what AWS Backup manages in full arrives in a
 * vault under it. A warning, since who may copy doesn't tell what is copied.
 *
 * Source: Developer Guide "Encryption for a backup copy to a different account or AWS Region" and "Creating backup copies
 * across AWS accounts" (2026), and the errors of "Job dashboards", 2026-04.
 *
 * @param must what the property must be, such as "must be a vault under a customer-managed key"
 */
export function awsManagedKeyProblem(property: string, must: string, got: string): Problem {
  return {
    id: 'Backup-CopyIntoAwsManagedKey',
    severity: 'warning',
    property,
    message: `\`${property}\` ${must}, since of copies from another account only what AWS Backup manages in full, such as S3 and EFS, arrives under the AWS-managed key, got ${got}`,
    fix: 'leave `encryption` out, or use `VaultEncryption.key(…)`',
  };
}
