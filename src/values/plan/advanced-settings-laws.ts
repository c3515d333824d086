import { isKnown, show } from '../core/amounts';
import type { Problem } from '../core/problem';
import { problem } from '../core/problem';

/** An advanced backup setting in CloudFormation. */
export interface AdvancedSettingValues {
  readonly resourceType: unknown;
  readonly options: readonly { readonly key: unknown; readonly value: unknown }[];
}

/**
 * The law for advanced backup settings in CloudFormation: only Windows VSS of EC2.
 *
 * Sources: CloudFormation deployments of 2026-09-24, in which AWS's error blames the resource type for a wrong value; for
 * S3, aws-cloudformation/cloudformation-coverage-roadmap#2507.
 */
export function advancedSettingProblems({ resourceType, options }: AdvancedSettingValues): Problem[] {
  const error = (property: string, message: string, fix: string): Problem =>
    problem({
      id: 'Backup-AdvancedSetting',
      property,
      message: (label) => `${label(property)} ${message}`,
      fix,
    });
  if (!isKnown(resourceType)) return [];
  if (resourceType !== 'EC2')
    return [
      error(
        'ResourceType',
        `must be \`EC2\`, the only type whose advanced settings CloudFormation accepts, got ${show(resourceType)}`,
        resourceType === 'S3'
          ? 'omit it, and set the S3 options with `aws backup update-backup-plan` after the deployment'
          : 'omit it',
      ),
    ];
  return options.flatMap(({ key, value }) => {
    if (!isKnown(key)) return [];
    if (key !== 'WindowsVSS')
      return [error('BackupOptions', `can only contain \`WindowsVSS\`, got ${show(key)}`, 'omit it')];
    if (!isKnown(value) || value === 'enabled' || value === 'disabled') return [];
    return [
      error(
        'BackupOptions',
        `must set \`WindowsVSS\` to \`enabled\` or \`disabled\`, got ${show(value)}`,
        'use `enabled`',
      ),
    ];
  });
}
