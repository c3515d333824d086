import { DEPLOYMENTS, GUIDE } from '../../inventory/labels';
import { COPY_INTO_VAULT } from '../../values/vault/vault-policy-laws';
import type { CheckFacts } from '../engine/subject';

const CROSS_ACCOUNT = `${GUIDE}create-cross-account-backup.html`;
const DASHBOARDS = 'AWS Backup Developer Guide, Job dashboards: errors of jobs';
const asOf = '2026-04-13';

/** What is said of the destinations of copies. */
export const COPY_FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-VaultArn',
    severity: 'error',
    what: 'The destination of a copy is not the ARN of a backup vault.',
    why: 'AWS Backup refuses the plan: `Invalid backup vault ARN`.',
    fix: 'use the ARN of a vault, such as `!GetAtt Vault.BackupVaultArn`',
    docs: `${GUIDE}recov-point-create-a-copy.html`,
    source: DEPLOYMENTS,
    asOf: '2026-09-24',
  },
  {
    id: 'Backup-CopyIntoSource',
    severity: 'warning',
    what: 'A copy goes into the vault that the rule backs up into.',
    why: 'What AWS Backup does with it is not documented, and a second copy beside the first protects from nothing.',
    fix: 'copy into a vault of another Region or account, or leave the copy out',
    docs: `${GUIDE}recov-point-create-a-copy.html`,
    source: 'Inferred: no page of AWS speaks of it',
    asOf: '2026-11-21',
  },
  {
    id: 'Backup-DuplicateCopy',
    severity: 'warning',
    what: 'Two copies of a rule go into the same vault.',
    why: 'What AWS Backup does with the second one is not documented; at best it costs twice.',
    fix: 'leave one of them out',
    docs: `${GUIDE}recov-point-create-a-copy.html`,
    source: 'Inferred: no page of AWS speaks of it',
    asOf: '2026-11-21',
  },
  {
    id: 'Backup-CopyPartition',
    severity: 'error',
    what: 'A copy goes to another partition, such as from the commercial Regions to China.',
    why: 'AWS Backup copies nothing across partitions.',
    fix: 'copy into a vault of the same partition',
    docs: `${GUIDE}backup-feature-availability.html`,
    source: 'AWS Backup Developer Guide, Feature availability by AWS Region',
    asOf: '2026-09-24',
  },
  {
    id: 'Backup-CopyIntoAwsManagedKey',
    severity: 'error',
    what: 'A copy goes to another account, into a vault under the AWS-managed key or into its default vault.',
    why: 'Copy jobs of all that AWS Backup does not manage in full, such as EBS and RDS, fail: `the destination Backup vault is encrypted with the default Backup service managed key`. It is a warning where nothing of the kind is known to be protected.',
    fix: 'give the destination a customer-managed key, with `EncryptionKeyArn` of a new vault',
    docs: CROSS_ACCOUNT,
    source: DASHBOARDS,
    asOf,
  },
  {
    id: 'Backup-CopyAccess',
    severity: 'error',
    what: 'A copy goes to a vault of another account whose access policy does not let the account of the plan copy into it.',
    why: 'Every copy job fails: `Access Denied trying to call AWS Backup service`.',
    fix: `allow \`${COPY_INTO_VAULT}\` in the \`AccessPolicy\` of the destination`,
    docs: CROSS_ACCOUNT,
    source: DASHBOARDS,
    asOf,
  },
  {
    id: 'Backup-CrossAccountPrerequisites',
    severity: 'note',
    what: 'A plan copies to another account.',
    why: 'Copy jobs fail where the accounts are not members of the same organization, or where cross-account backup is not turned on for it.',
    fix: 'turn on cross-account backup in the management account, with `BackupGlobalSettings` or in the settings of AWS Backup',
    docs: CROSS_ACCOUNT,
    source: DASHBOARDS,
    asOf,
  },
];
