import type { Problem } from '../core/problem';
import { problem } from '../core/problem';
import { BackupCapability, CapabilitySupport } from './capability';
import { type CopyAsk, copyProblems } from './copy-capability-laws';
import { ResourceType } from './resource-type';
import { capable, distinct, enumerateTypes, undocumented } from './type-lists';

export type { CopyAsk } from './copy-capability-laws';
export { sharedPatternProblems } from './shared-pattern-laws';

/** The capabilities that a rule needs of the resource types that it protects. */
export interface CapabilityAsks {
  readonly continuous?: boolean;
  readonly coldStorage?: boolean;
  /** The rule opts in to archive. */
  readonly archive?: boolean;
  readonly copies?: readonly CopyAsk[];
  /** A logically air-gapped vault as the primary target. */
  readonly airGappedPrimary?: boolean;
  /** The names of the types in the index action of the rule. */
  readonly index?: readonly string[];
  /** The names of the types in the scan action of the rule; `ALL` for all that can be scanned. */
  readonly scan?: readonly string[];
}

/**
 * The law for capabilities: whether the resource types that a plan protects support what one of its rules needs.
 *
 * A copy of a type that can't be copied at all is an error, because its copy jobs certainly fail. What AWS Backup
 * ignores or degrades (cold storage, continuous backup, air-gapped vaults) is a warning, and so is everything that AWS
 * doesn't document. Cold storage and continuous backup over mixed types work as AWS documents them, so they are a note
 * if at least one type has them. Each problem names all types that it is about.
 *
 * @param types the types that are known to be selected; empty for a selection only by tags
 */
export function capabilityProblems(types: readonly ResourceType[], asks: CapabilityAsks): Problem[] {
  const selected = distinct(types);
  return [
    ...copyProblems(selected, asks.copies ?? [], 'copies'),
    ...(asks.continuous ? continuousProblems(selected, asks) : []),
    ...(asks.coldStorage ? coldProblems(selected, asks.archive === true) : []),
    ...(asks.archive ? archiveProblems(selected) : []),
    ...(asks.airGappedPrimary ? primaryProblems(selected, asks) : []),
    ...actionProblems(selected, asks.index ?? [], BackupCapability.INDEX, 'index', 'indexed'),
    ...actionProblems(
      selected,
      asks.scan ?? [],
      BackupCapability.MALWARE_SCAN,
      'scan',
      'scanned for malware',
    ),
  ];
}

function continuousProblems(types: readonly ResourceType[], asks: CapabilityAsks): Problem[] {
  const property = 'continuous';
  const problems: Problem[] = [];
  const snapshots = types.filter((t) => t.supports(BackupCapability.CONTINUOUS) === CapabilitySupport.NO);
  const isMixed = types.some((t) => t.supports(BackupCapability.CONTINUOUS) === CapabilitySupport.YES);
  const id = isMixed ? 'Backup-ContinuousPartly' : 'Backup-ContinuousUnsupported';
  if (snapshots.length > 0)
    problems.push(
      problem({
        id,
        property,
        message: (label) =>
          `${label(property)} applies to ${enumerateTypes(capable(BackupCapability.CONTINUOUS))} only, got ${enumerateTypes(snapshots)}: these get scheduled snapshots instead, without point-in-time recovery`,
        fix: 'protect them with a snapshot rule',
      }),
    );
  problems.push(...undocumented(id, types, BackupCapability.CONTINUOUS, property, 'continuous backups'));
  const uncopied = types.filter(
    (t) =>
      t.supports(BackupCapability.CONTINUOUS) === CapabilitySupport.YES &&
      t.supports(BackupCapability.CONTINUOUS_COPY) === CapabilitySupport.NO,
  );
  if ((asks.copies ?? []).length > 0 && uncopied.length > 0)
    problems.push(
      problem({
        id: 'Backup-ContinuousCopyUnsupported',
        property: 'copies',
        message: (label) =>
          `${label('copies')} can't be made of continuous backups of ${enumerateTypes(uncopied)}`,
        fix: 'add a snapshot rule that copies them',
      }),
    );
  return problems;
}

function coldProblems(types: readonly ResourceType[], archive: boolean): Problem[] {
  const property = 'coldStorageAfter';
  const problems: Problem[] = [];
  const archivable = types.filter(
    (t) =>
      t.supports(BackupCapability.COLD_STORAGE) !== CapabilitySupport.YES &&
      t.supports(BackupCapability.ARCHIVE) === CapabilitySupport.YES,
  );
  const warm = types.filter(
    (t) => t.supports(BackupCapability.COLD_STORAGE) === CapabilitySupport.NO && !archivable.includes(t),
  );
  const isMixed = types.some(
    (t) =>
      t.supports(BackupCapability.COLD_STORAGE) === CapabilitySupport.YES ||
      (archive && archivable.includes(t)),
  );
  const id = isMixed ? 'Backup-ColdStoragePartly' : 'Backup-ColdStorageUnsupported';
  if (warm.length > 0)
    problems.push(
      problem({
        id,
        property,
        message: (label) =>
          `${label(property)} applies to ${enumerateTypes(capable(BackupCapability.COLD_STORAGE))} only, got ${enumerateTypes(warm)}: AWS Backup ignores it for these, and keeps their backups in warm storage`,
        fix: 'protect them with a rule without cold storage, and expect warm-storage prices',
      }),
    );
  if (archivable.length > 0 && !archive)
    problems.push(
      problem({
        id,
        property,
        message: (label) =>
          `${label(property)} moves ${enumerateTypes(archivable)} to the archive tier only with ${label('archive')}: without it, their backups stay in warm storage`,
        fix: (label) => `set ${label('archive')} in a rule that runs monthly or less often`,
      }),
    );
  problems.push(
    ...undocumented(
      id,
      types.filter((t) => !archivable.includes(t)),
      BackupCapability.COLD_STORAGE,
      property,
      'cold storage',
    ),
  );
  return problems;
}

function archiveProblems(types: readonly ResourceType[]): Problem[] {
  if (types.length === 0 || types.some((t) => t.supports(BackupCapability.ARCHIVE) !== CapabilitySupport.NO))
    return [];
  return [
    problem({
      id: 'Backup-ArchiveUnsupported',
      property: 'archive',
      message: (label) =>
        `${label('archive')} applies to ${enumerateTypes(capable(BackupCapability.ARCHIVE))} only, got ${enumerateTypes(types)}: it has no effect here`,
      fix: (label) => `omit ${label('archive')}`,
    }),
  ];
}

function primaryProblems(types: readonly ResourceType[], asks: CapabilityAsks): Problem[] {
  const property = 'airGappedVault';
  const problems: Problem[] = [];
  const outside = types.filter(
    (t) => t.supports(BackupCapability.AIR_GAPPED_PRIMARY) === CapabilitySupport.NO,
  );
  if (outside.length > 0)
    problems.push(
      problem({
        id: 'Backup-AirGappedVaultUnsupported',
        property,
        message: (label) =>
          `${label(property)} can't hold ${enumerateTypes(outside)}: their backups stay in the standard vault of the rule, although the jobs end as completed`,
        fix: 'protect them with a rule whose vault has a lock',
      }),
    );
  problems.push(
    ...undocumented(
      'Backup-AirGappedVaultUnsupported',
      types,
      BackupCapability.AIR_GAPPED_PRIMARY,
      property,
      'a logically air-gapped vault as the primary target',
    ),
  );
  if (asks.continuous) {
    const snapshotsOnly = types.filter(
      (t) =>
        t.supports(BackupCapability.CONTINUOUS) === CapabilitySupport.YES &&
        t.supports(BackupCapability.AIR_GAPPED_PRIMARY) === CapabilitySupport.YES &&
        t.supports(BackupCapability.AIR_GAPPED_CONTINUOUS) === CapabilitySupport.NO,
    );
    if (snapshotsOnly.length > 0)
      problems.push(
        problem({
          id: 'Backup-AirGappedContinuous',
          property,
          message: (label) =>
            `${label(property)} gets snapshots of ${enumerateTypes(snapshotsOnly)}: the continuous recovery points stay in the standard vault`,
          fix: 'use the standard vault to restore to a point in time',
        }),
      );
  }
  return problems;
}

function actionProblems(
  types: readonly ResourceType[],
  names: readonly string[],
  capability: BackupCapability,
  property: string,
  done: string,
): Problem[] {
  return names.flatMap((name): Problem[] => {
    if (name === 'ALL' && capability === BackupCapability.MALWARE_SCAN) return [];
    const named = types.find((t) => t.name === name);
    const type = named ?? ResourceType.all().find((t) => t.name === name);
    const support = type?.supports(capability) ?? CapabilitySupport.UNKNOWN;
    if (support === CapabilitySupport.NO)
      return [
        problem({
          id: 'Backup-ActionUnsupported',
          property,
          message: (label) =>
            `${label(property)} must be one of ${enumerateTypes(capable(capability))}, got ${name}`,
        }),
      ];
    if (support === CapabilitySupport.UNKNOWN)
      return [
        problem({
          id: 'Backup-ActionUndocumented',
          property,
          message: (label) =>
            `${label(property)} is documented only for ${enumerateTypes(capable(capability))}, got ${name}`,
        }),
      ];
    if (types.length > 0 && named === undefined)
      return [
        problem({
          id: 'Backup-ActionWithoutResources',
          property,
          message: (label) =>
            `${label(property)} requires ${name} to be ${done}, but the plan selects only ${enumerateTypes(types)}`,
          fix: (label) => `select ${name} as well, or omit it of ${label(property)}`,
        }),
      ];
    return [];
  });
}
