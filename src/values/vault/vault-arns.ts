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
  const fault = typeof arn === 'string' ? faultOf(arn.split(':'), property) : '';
  if (fault === undefined) return [];
  return [
    problem({
      id: 'Backup-VaultArn',
      property,
      message: (label) =>
        `${label(property)} must be the ARN of a backup vault, \`arn:<partition>:backup:<region>:<account>:backup-vault:<name>\`, got ${show(shown)}${fault}`,
    }),
  ];
}

/** What is wrong with the parts of an ARN, as the end of a sentence; undefined if nothing is. */
function faultOf(parts: readonly string[], property: string): string | undefined {
  if (parts.length < 6 || parts[0] !== 'arn') return '';
  const [, partition, service, region, account, kind, name] = parts;
  if (service !== 'backup') return `, which is an ARN of ${show(service)}`;
  if (!/^aws(-[a-z]+)*$/.test(partition)) return `, whose partition is ${show(partition)}`;
  if (!/^[a-z]{2,4}(-[a-z]+)+-\d$/.test(region)) return `, whose Region is ${show(region)}`;
  if (!/^\d{12}$/.test(account)) return `, whose account is ${show(account)}, not 12 digits`;
  if (kind !== 'backup-vault') return `, whose resource is ${show(kind)}, not \`backup-vault\` and a colon`;
  if (parts.length !== 7) return `, which has ${parts.length} parts between colons, not 7`;
  return nameProblems('vault', name, property).length === 0
    ? undefined
    : `, whose vault name is ${show(name)}`;
}
