import type { Check } from '../engine/check';

/** What the reader of the inventory passed over, so that nobody takes silence for health. */
export const readingChecks: readonly Check[] = [
  {
    id: 'Backup-NotRead',
    severity: 'note',
    what: 'A part of a template was not read: a nested stack whose template is not there, or what a loop generates.',
    why: 'What is not read is not checked, and is missing in coverage.',
    fix: 'check the cloud assembly, which has the templates of nested stacks, or give their files beside the template',
    docs: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html',
    source: 'AWS CloudFormation User Guide, nested stacks',
    asOf: '2026-11-21',
    find: ({ notes }) => notes.map(({ place, message }) => ({ place, message })),
  },
];
