import type { Problem } from '../core/problem';
import { problem } from '../core/problem';
import { BackupCapability, CapabilitySupport } from './capability';
import type { ResourceType } from './resource-type';
import { enumerateTypes, undocumented } from './type-lists';

/** What a rule requires of one copy. Undefined if unknown at synthesis, which requires nothing. */
export interface CopyAsk {
  readonly crossRegion?: boolean;
  readonly crossAccount?: boolean;
  /** Into a logically air-gapped vault. */
  readonly airGapped?: boolean;
}

/** The law for copies: whether backups of the types can be copied to where a rule copies them. */
export function copyProblems(
  types: readonly ResourceType[],
  copies: readonly CopyAsk[],
  property: string,
): Problem[] {
  if (copies.length === 0) return [];
  const never = types.filter(
    (t) =>
      t.supports(BackupCapability.CROSS_REGION_COPY) === CapabilitySupport.NO &&
      t.supports(BackupCapability.CROSS_ACCOUNT_COPY) === CapabilitySupport.NO,
  );
  const others = types.filter((t) => !never.includes(t));
  const problems: Problem[] = [];
  if (never.length > 0)
    problems.push(
      problem({
        id: 'Backup-CopyUnsupported',
        property,
        message: (label) =>
          `${label(property)} can't be made of ${enumerateTypes(never)}: AWS Backup doesn't copy these backups at all, not even within the Region and the account`,
        fix: 'protect them with a separate plan without copies',
      }),
    );
  const kinds = [
    { ask: 'crossRegion', capability: BackupCapability.CROSS_REGION_COPY, where: 'to other Regions' },
    { ask: 'crossAccount', capability: BackupCapability.CROSS_ACCOUNT_COPY, where: 'to other accounts' },
  ] as const;
  for (const { ask, capability, where } of kinds) {
    if (!copies.some((copy) => copy[ask])) continue;
    const refused = others.filter((t) => t.supports(capability) === CapabilitySupport.NO);
    if (refused.length > 0)
      problems.push(
        problem({
          id: 'Backup-CopyUnsupported',
          property,
          message: (label) =>
            `${label(property)} ${where} can't be made of ${enumerateTypes(refused)}: AWS Backup doesn't copy these backups ${where}`,
          fix: 'protect them with a separate plan without such copies',
        }),
      );
    problems.push(
      ...undocumented('Backup-CopyUndocumented', others, capability, property, `copies ${where}`),
    );
  }
  // AWS's table has no column for a copy within the Region and the account; it needs a tick in either of the two.
  if (copies.some((copy) => copy.crossRegion === false && copy.crossAccount === false)) {
    const unsure = others.filter(
      (t) =>
        t.supports(BackupCapability.CROSS_REGION_COPY) !== CapabilitySupport.YES &&
        t.supports(BackupCapability.CROSS_ACCOUNT_COPY) !== CapabilitySupport.YES,
    );
    if (unsure.length > 0)
      problems.push(
        problem({
          id: 'Backup-CopyUndocumented',
          property,
          message: (label) =>
            `${label(property)} of ${enumerateTypes(unsure)}: AWS doesn't document copies within the Region and the account`,
          fix: 'try it with one resource before relying on it',
        }),
      );
  }
  if (copies.some((copy) => copy.airGapped)) {
    const outside = others.filter(
      (t) => t.supports(BackupCapability.AIR_GAPPED_COPY) === CapabilitySupport.NO,
    );
    if (outside.length > 0)
      problems.push(
        problem({
          id: 'Backup-AirGappedVaultUnsupported',
          property,
          message: (label) =>
            `${label(property)} into a logically air-gapped vault can't be made of ${enumerateTypes(outside)}: these copy jobs will fail`,
          fix: 'copy them to a vault with a lock instead',
        }),
      );
    problems.push(
      ...undocumented(
        'Backup-AirGappedVaultUnsupported',
        others,
        BackupCapability.AIR_GAPPED_COPY,
        property,
        'copies into a logically air-gapped vault',
      ),
    );
  }
  return problems;
}
