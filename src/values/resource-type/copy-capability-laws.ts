import type { Problem } from '../core/problem';
import { Capability, Support } from './capability';
import type { ResourceType } from './resource-type';
import { list, undocumented } from './type-lists';

/** What a rule asks of one copy. What isn't known at synthesis is left undefined, and asks for nothing. */
export interface CopyAsk {
  readonly crossRegion?: boolean;
  readonly crossAccount?: boolean;
  /** Into a logically air-gapped vault. */
  readonly airGapped?: boolean;
}

/** The law of copies: whether backups of the types can be copied where a rule copies them. */
export function copyProblems(
  types: readonly ResourceType[],
  copies: readonly CopyAsk[],
  property: string,
): Problem[] {
  if (copies.length === 0) return [];
  const never = types.filter(
    (t) =>
      t.supports(Capability.CROSS_REGION_COPY) === Support.NO &&
      t.supports(Capability.CROSS_ACCOUNT_COPY) === Support.NO,
  );
  const others = types.filter((t) => !never.includes(t));
  const problems: Problem[] = [];
  if (never.length > 0)
    problems.push({
      id: 'Backup-CopyUnsupported',
      severity: 'error',
      property,
      message: `\`${property}\` can't be made of ${list(never)}: AWS Backup doesn't copy these backups at all, not even within the Region and the account`,
      fix: 'protect them with a plan of their own, without copies',
    });
  const kinds = [
    { ask: 'crossRegion', capability: Capability.CROSS_REGION_COPY, where: 'to other Regions' },
    { ask: 'crossAccount', capability: Capability.CROSS_ACCOUNT_COPY, where: 'to other accounts' },
  ] as const;
  for (const { ask, capability, where } of kinds) {
    if (!copies.some((copy) => copy[ask])) continue;
    const refused = others.filter((t) => t.supports(capability) === Support.NO);
    if (refused.length > 0)
      problems.push({
        id: 'Backup-CopyUnsupported',
        severity: 'error',
        property,
        message: `\`${property}\` ${where} can't be made of ${list(refused)}: AWS Backup doesn't copy these backups ${where}`,
        fix: 'protect them with a plan of their own, without such copies',
      });
    problems.push(...undocumented('Backup-CopyUnsupported', others, capability, property, `copies ${where}`));
  }
  // A copy within the Region and the account has no column of its own; it needs either tick.
  if (copies.some((copy) => copy.crossRegion === false && copy.crossAccount === false)) {
    const unsure = others.filter(
      (t) =>
        t.supports(Capability.CROSS_REGION_COPY) !== Support.YES &&
        t.supports(Capability.CROSS_ACCOUNT_COPY) !== Support.YES,
    );
    if (unsure.length > 0)
      problems.push({
        id: 'Backup-CopyUnsupported',
        severity: 'warning',
        property,
        message: `\`${property}\` of ${list(unsure)}: AWS doesn't document copies within the Region and the account`,
        fix: 'try it with one resource before relying on it',
      });
  }
  if (copies.some((copy) => copy.airGapped)) {
    const outside = others.filter((t) => t.supports(Capability.AIR_GAPPED_COPY) === Support.NO);
    if (outside.length > 0)
      problems.push({
        id: 'Backup-AirGappedVaultUnsupported',
        severity: 'warning',
        property,
        message: `\`${property}\` into a logically air-gapped vault can't be made of ${list(outside)}: these copy jobs will fail`,
        fix: 'copy them to a vault with a lock instead',
      });
    problems.push(
      ...undocumented(
        'Backup-AirGappedVaultUnsupported',
        others,
        Capability.AIR_GAPPED_COPY,
        property,
        'copies into a logically air-gapped vault',
      ),
    );
  }
  return problems;
}
