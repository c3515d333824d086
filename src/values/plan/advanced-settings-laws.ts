import { isKnown, show } from '../core/amounts';
import type { Problem } from '../core/problem';

/** A setting as CloudFormation has it. */
export interface AdvancedSettingValues {
  readonly resourceType: unknown;
  readonly options: readonly { readonly key: unknown; readonly value: unknown }[];
}

/**
 * The law of advanced backup settings in CloudFormation: of EC2 alone, and of Windows VSS alone.
 *
 * Sources: CloudFormation deployments of 2026-09-24, where AWS's text blames the resource type for a wrong value; S3 in
 * aws-cloudformation/cloudformation-coverage-roadmap#2507.
 */
export function advancedSettingProblems(
  { resourceType, options }: AdvancedSettingValues,
  words: { readonly type: string; readonly options: string } = {
    type: 'ResourceType',
    options: 'BackupOptions',
  },
): Problem[] {
  const error = (property: string, message: string, fix: string): Problem => ({
    id: 'Backup-AdvancedSetting',
    severity: 'error',
    property,
    message: `\`${property}\` ${message}`,
    fix,
  });
  if (!isKnown(resourceType)) return [];
  if (resourceType !== 'EC2')
    return [
      error(
        words.type,
        `must be \`EC2\`, the one type that CloudFormation takes advanced settings of, got ${show(resourceType)}`,
        resourceType === 'S3'
          ? 'leave it out, and set the options of S3 with `aws backup update-backup-plan` after the deployment'
          : 'leave it out',
      ),
    ];
  return options.flatMap(({ key, value }) => {
    if (!isKnown(key)) return [];
    if (key !== 'WindowsVSS')
      return [error(words.options, `can only have \`WindowsVSS\`, got ${show(key)}`, 'leave it out')];
    if (!isKnown(value) || value === 'enabled' || value === 'disabled') return [];
    return [
      error(
        words.options,
        `must say \`enabled\` or \`disabled\` for \`WindowsVSS\`, got ${show(value)}`,
        'use `enabled`',
      ),
    ];
  });
}
