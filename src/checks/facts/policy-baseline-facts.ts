import { GUIDE } from '../../inventory/labels';
import { ORGANIZATIONS } from '../../inventory/policy-words';
import type { CheckFacts } from '../engine/subject';

const SILENT =
  'AWS Backup never asks whether it is there: the policy is in force, and nothing is ever backed up.';
const CROSS_ACCOUNT = `${GUIDE}manage-cross-account.html`;
const PREREQUISITES = `${ORGANIZATIONS}orgs_manage_policies_backup.html`;
const KNOWLEDGE_CENTER = 're:Post Knowledge Center, backup-policy-no-jobs-created';
const asOf = '2026-11-21';

/** What is said of what must exist in member accounts. */
export const POLICY_BASELINE_FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-PolicyBaseline',
    severity: 'note',
    what: 'No stack set of the app that could be read makes the vaults and roles that a backup policy expects in every account.',
    why: SILENT,
    fix: 'roll them out with `MemberBaseline`, or acknowledge this note where they are made elsewhere',
    docs: PREREQUISITES,
    source: KNOWLEDGE_CENTER,
    asOf,
  },
  {
    id: 'Backup-PolicyBaselineVault',
    severity: 'warning',
    what: 'A backup policy names a vault that no stack set of the app makes in a Region of the plan; a note where not all stack sets could be read.',
    why: SILENT,
    fix: 'make it in the stack set that goes to all accounts of the policy',
    docs: PREREQUISITES,
    source: KNOWLEDGE_CENTER,
    asOf,
  },
  {
    id: 'Backup-PolicyBaselineRole',
    severity: 'warning',
    what: 'A backup policy names a role that no stack set of the app makes at this path; a note where not all stack sets could be read.',
    why: 'AWS Backup can not assume it: jobs are never started, and only CloudTrail of the member tells.',
    fix: 'make it, path and all, in the stack set that goes to all accounts of the policy',
    docs: PREREQUISITES,
    source: `${KNOWLEDGE_CENTER}; awslabs/landing-zone-accelerator-on-aws#195`,
    asOf,
  },
  {
    id: 'Backup-PolicyBaselineRegion',
    severity: 'warning',
    what: 'A backup policy has a Region that no stack set of the app rolls out vaults to; a note where not all stack sets could be read.',
    why: SILENT,
    fix: 'add the Region to `StackInstancesGroup` of the stack set, or take it out of the policy',
    docs: PREREQUISITES,
    source: KNOWLEDGE_CENTER,
    asOf,
  },
  {
    id: 'Backup-PolicyBaselineTarget',
    severity: 'warning',
    what: 'A backup policy applies to accounts that the stack set with its vaults leaves out: those that join later, or that a filter excludes. A note where units differ, since one may lie in the other.',
    why: 'Policies go down to nested units and to every new account. Where vault and role are missing, nothing is backed up, and nobody is told.',
    fix: 'let the stack set go to the same units, managed by the service, with `AutoDeployment` and without a filter',
    docs: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-manage-auto-deployment.html',
    source: 'awslabs/landing-zone-accelerator-on-aws#898 and #1149; CloudFormation User Guide, StackSets',
    asOf,
  },
  {
    id: 'Backup-PolicyManagementAccount',
    severity: 'note',
    what: 'A backup policy depends on what the management account has: the service opt-in of its Regions, and vaults and role of its own where the policy is attached to the root.',
    why: 'The opt-in of the management account overrides that of the members: without it types are skipped without a word.',
    fix: 'set the opt-in in the management account, with `BackupRegionSettings` or `UpdateRegionSettings`',
    docs: CROSS_ACCOUNT,
    source:
      'AWS Backup Developer Guide, Managing backups across accounts; awslabs/landing-zone-accelerator-on-aws#302',
    asOf,
  },
];
