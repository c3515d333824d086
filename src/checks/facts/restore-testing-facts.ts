import { DEPLOYMENTS, GUIDE, LIMITS } from '../../inventory/labels';
import type { CheckFacts } from '../engine/subject';

const docs = `${GUIDE}restore-testing.html`;
const SOURCE = 'AWS Backup Developer Guide, Restore testing';
const asOf = '2026-09-24';
const REFUSED = 'AWS Backup refuses it, and the deployment is rolled back.';

/** What AWS Backup was seen to refuse. */
function refused(id: string, what: string, fix: string): CheckFacts {
  return { id, severity: 'error', what, why: REFUSED, fix, docs, source: DEPLOYMENTS, asOf };
}

/** What is said of restore testing plans and their selections. */
export const RESTORE_TESTING_FACTS: readonly CheckFacts[] = [
  refused(
    'Backup-StartWindowHours',
    'The start window of a restore testing plan is not 1 to 168 hours.',
    'use 1 to 168 hours',
  ),
  refused(
    'Backup-SelectionWindow',
    'A restore testing plan looks back for other than 1 to 365 days.',
    'use 1 to 365 days',
  ),
  refused(
    'Backup-RestoreTestingAlgorithm',
    'The algorithm of a restore testing plan is none.',
    'use `LATEST_WITHIN_WINDOW` or `RANDOM_WITHIN_WINDOW`',
  ),
  refused(
    'Backup-RecoveryPointTypes',
    'A restore testing plan tests other types of recovery points than `CONTINUOUS` and `SNAPSHOT`, or none.',
    'use `SNAPSHOT`, `CONTINUOUS` or both',
  ),
  refused(
    'Backup-IncludeVaults',
    'A restore testing plan looks into no vault.',
    'name vaults in `IncludeVaults`, or `*` for every vault',
  ),
  refused(
    'Backup-VaultSelector',
    'A restore testing plan names something that is no vault, or too many vaults.',
    'use ARNs of vaults such as `arn:aws:backup:*:*:backup-vault:gold-*`, or `*` alone',
  ),
  refused(
    'Backup-RestoreTestingType',
    'A selection tests a type that restore testing does not support; a warning where that is not known.',
    'use Aurora, DocumentDB, DynamoDB, EBS, EC2, EFS, FSx, Neptune, RDS or S3',
  ),
  refused(
    'Backup-RestoreTestingArn',
    'A selection of a restore test names something that is no whole ARN of a resource of its type, or too many.',
    'name whole ARNs of one type, or `*` for every resource of the type',
  ),
  refused(
    'Backup-RestoreTestingChoice',
    'A selection of a restore test has ARNs and conditions, or neither.',
    'say one of `ProtectedResourceArns` and `ProtectedResourceConditions`',
  ),
  {
    id: 'Backup-RestoreTestingCondition',
    severity: 'error',
    what: 'A condition of a restore test has a key or a value that AWS Backup does not take.',
    why: REFUSED,
    fix: 'begin keys with `aws:ResourceTag/`, and compare whole values',
    docs,
    source: 'API reference ProtectedResourceConditions',
    asOf: '2026-08-31',
  },
  {
    id: 'Backup-ValidationWindow',
    severity: 'error',
    what: 'The validation window of a restore test is not 1 to 168 hours; a warning for 0, on which AWS contradicts itself.',
    why: REFUSED,
    fix: 'use 1 to 168 hours, or leave it out',
    docs,
    source: 'AWS Backup Developer Guide, Restore testing validation; API reference',
    asOf: '2026-08-31',
  },
  {
    id: 'Backup-RestoreTestingSelections',
    severity: 'error',
    what: 'A restore testing plan has more than 30 selections.',
    why: 'AWS Backup refuses what exceeds the quota, which can not be raised.',
    fix: 'select by tags that more resources share, or make a second plan',
    docs: LIMITS,
    source: 'AWS Backup Developer Guide, Quotas',
    asOf,
  },
  {
    id: 'Backup-RestoreMetadataMissing',
    severity: 'error',
    what: 'A restore test of a kind of FSx lacks metadata without which no restore succeeds.',
    why: 'Every test fails, whatever the recovery point.',
    fix: 'say it in `RestoreMetadataOverrides`',
    docs: `${GUIDE}restore-testing-inferred-metadata.html`,
    source: 'AWS Backup Developer Guide, Restore testing inferred metadata',
    asOf: '2026-04-13',
  },
  {
    id: 'Backup-RestoreRoleTrust',
    severity: 'error',
    what: 'The role of a restore test does not trust `backup.amazonaws.com`.',
    why: 'AWS Backup can not assume it: every test fails.',
    fix: 'let `backup.amazonaws.com` assume the role with `sts:AssumeRole`',
    docs,
    source: SOURCE,
    asOf: '2026-04-13',
  },
  {
    id: 'Backup-RestoreRolePolicies',
    severity: 'error',
    what: 'The role of a restore test lacks a policy that restores of its type need.',
    why: 'Every test fails for lack of permission.',
    fix: 'attach the managed policy of AWS, or use a `RestoreTestingRole`',
    docs,
    source: SOURCE,
    asOf: '2026-04-13',
  },
];
