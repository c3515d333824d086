import { isKnown, show } from '../core/amounts';
import { nameProblems } from '../core/names';
import type { Problem } from '../core/problem';
import { problem } from '../core/problem';

/**
 * The law for the ARN of a vault. An ARN whose account or Region is a token isn't checked.
 *
 * @param shown what messages show instead of the ARN, if it has examples in it
 */
export function vaultArnProblems(arn: unknown, property: string, shown: unknown = arn): Problem[] {
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
    problem({
      id: 'Backup-VaultArn',
      property,
      message: (label) =>
        `${label(property)} must be the ARN of a backup vault, \`arn:<partition>:backup:<region>:<account>:backup-vault:<name>\`, got ${show(shown)}`,
    }),
  ];
}
