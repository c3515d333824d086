import { isKnown, show } from './amounts';
import type { Problem } from './problem';
import { problem } from './problem';

/** The resource types in ARNs of AWS Backup. */
export type BackupArnKind =
  | 'framework'
  | 'legal-hold'
  | 'report-plan'
  | 'restore-testing-plan'
  | 'tiering-configuration';

/**
 * The law for an ARN of AWS Backup: `arn:<partition>:backup:<region>:<account>:<kind>:<id>`.
 *
 * Source: Service Authorization Reference of AWS Backup, 2026-09.
 */
export function backupArnProblems(kind: BackupArnKind, arn: unknown, property: string): Problem[] {
  if (!isKnown(arn)) return [];
  if (
    typeof arn === 'string' &&
    new RegExp(`^arn:aws(-[a-z]+)*:backup:[a-z]{2,4}(-[a-z]+)+-\\d+:\\d{12}:${kind}:[\\w-]+$`).test(arn)
  )
    return [];
  return [
    problem({
      id: 'Backup-Arn',
      property,
      message: (label) =>
        `${label(property)} must be an ARN of the form \`arn:<partition>:backup:<region>:<account>:${kind}:<id>\`, got ${show(arn)}`,
    }),
  ];
}
