import { type FindingFacts, GUIDE } from './finding';

/** Findings and problems about templates. */
export const TEMPLATE_FINDINGS = {
  'Backup-UnreadInput': {
    severity: 'note',
    what: 'Part of a template was not read: a nested stack whose template is missing, or what a loop generates.',
    why: 'What is not read is not checked, and is missing from the coverage.',
    fix: 'check the cloud assembly, which includes the templates of nested stacks, or put their files next to the template',
    docs: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html',
    source: 'AWS CloudFormation User Guide, nested stacks',
    asOf: '2026-11-21',
  },
  'Backup-PossibleDuplicateName': {
    severity: 'note',
    what: 'Two vaults, frameworks, report plans, restore testing plans, tiering configurations or plans have the same name in stacks that may be deployed to the same account and Region.',
    why: 'Within one account and Region, AWS Backup rejects the second deployment.',
    fix: 'deploy them to different accounts or Regions, or rename one of them',
    docs: `${GUIDE}API_CreateBackupVault.html`,
    source: 'API reference CreateBackupVault',
    asOf: '2026-08-31',
  },
} as const satisfies Record<string, FindingFacts>;
