import { isKnown } from './amounts';
import type { Problem } from './problem';

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
 * The law of the AWS-managed key: nothing comes from another account into a vault under it.
 *
 * Source: Developer Guide "Creating backup copies across AWS accounts" and the errors of "Job dashboards", 2026-04.
 *
 * @param message what is wrong, with the property, up to the reason
 */
export function awsManagedKeyProblem(property: string, message: string): Problem {
  return {
    id: 'Backup-CopyIntoAwsManagedKey',
    severity: 'error',
    property,
    message,
    fix: 'leave `encryption` out, or use `VaultEncryption.key(…)`',
  };
}
