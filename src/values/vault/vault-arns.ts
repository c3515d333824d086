import { isKnown, show } from '../core/amounts';
import { nameProblems } from '../core/names';
import type { Problem } from '../core/problem';

/** The law of a vault's ARN. Account and Region of an ARN may be tokens; then the rest is left unjudged. */
export function vaultArnProblems(arn: unknown, property: string): Problem[] {
  if (!isKnown(arn)) return [];
  const parts = typeof arn === 'string' ? arn.split(':') : [];
  const sound =
    parts.length === 7 &&
    parts[0] === 'arn' &&
    /^aws(-[a-z]+)*$/.test(parts[1]) &&
    parts[2] === 'backup' &&
    /^[a-z]{2,4}(-[a-z]+)+-\d$/.test(parts[3]) &&
    /^\d{12}$/.test(parts[4]) &&
    parts[5] === 'backup-vault' &&
    nameProblems('vault', parts[6], property).length === 0;
  if (sound) return [];
  return [
    {
      id: 'Backup-VaultArn',
      severity: 'error',
      property,
      message: `\`${property}\` must be the ARN of a backup vault, \`arn:<partition>:backup:<region>:<account>:backup-vault:<name>\`, got ${show(arn)}`,
    },
  ];
}
