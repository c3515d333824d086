import type { Problem } from '../core/problem';
import { Capability, Support } from './capability';
import { type CopyAsk, copyProblems } from './copy-capability-laws';
import { ResourceType } from './resource-type';
import { capable, distinct, list, undocumented } from './type-lists';

export type { CopyAsk } from './copy-capability-laws';
export { sharedPatternProblems } from './shared-pattern-laws';

/** What a rule asks of the types of resources that it protects. */
export interface CapabilityAsks {
  readonly continuous?: boolean;
  readonly coldStorage?: boolean;
  /** With the opt-in to archive. */
  readonly archive?: boolean;
  readonly copies?: readonly CopyAsk[];
  /** A logically air-gapped vault as primary target. */
  readonly airGappedPrimary?: boolean;
  /** The names of the types that the index action of the rule gives. */
  readonly index?: readonly string[];
  /** The names of the types that the scan action of the rule gives; `ALL` for all that can be scanned. */
  readonly scan?: readonly string[];
}

/** How the caller names the properties: a prop of ours, or the path in a template. */
export interface CapabilityWords {
  readonly continuous: string;
  readonly cold: string;
  readonly archive: string;
  readonly copies: string;
  readonly airGappedPrimary: string;
  readonly index: string;
  readonly scan: string;
}

const OUR_WORDS: CapabilityWords = {
  continuous: 'continuous',
  cold: 'coldStorageAfter',
  archive: 'archive',
  copies: 'copies',
  airGappedPrimary: 'airGappedVault',
  index: 'index',
  scan: 'scan',
};

/**
 * The law of capabilities: whether the types of resources that a plan protects can do what one of its rules asks.
 *
 * A copy of a type that can't be copied at all is an error, since its copy jobs certainly fail. What AWS Backup
 * ignores or degrades (cold storage, continuous backup, air-gapped vaults) is a warning, and so is all that AWS
 * doesn't document. Each problem names all the types that it is about.
 *
 * @param types the types that are known to be selected; of a selection by tags alone there are none
 */
export function capabilityProblems(
  types: readonly ResourceType[],
  asks: CapabilityAsks,
  words: CapabilityWords = OUR_WORDS,
): Problem[] {
  const selected = distinct(types);
  return [
    ...copyProblems(selected, asks.copies ?? [], words.copies),
    ...(asks.continuous ? continuousProblems(selected, asks, words) : []),
    ...(asks.coldStorage ? coldProblems(selected, asks.archive === true, words) : []),
    ...(asks.archive ? archiveProblems(selected, words) : []),
    ...(asks.airGappedPrimary ? primaryProblems(selected, asks, words) : []),
    ...actionProblems(selected, asks.index ?? [], Capability.INDEX, words.index, 'indexed'),
    ...actionProblems(selected, asks.scan ?? [], Capability.MALWARE_SCAN, words.scan, 'scanned for malware'),
  ];
}

function continuousProblems(
  types: readonly ResourceType[],
  asks: CapabilityAsks,
  words: CapabilityWords,
): Problem[] {
  const property = words.continuous;
  const problems: Problem[] = [];
  const snapshots = types.filter((t) => t.supports(Capability.CONTINUOUS) === Support.NO);
  if (snapshots.length > 0)
    problems.push({
      id: 'Backup-ContinuousUnsupported',
      severity: 'warning',
      property,
      message: `\`${property}\` is for ${list(capable(Capability.CONTINUOUS))}, got ${list(snapshots)}: these get snapshots at the times of the schedule, and no point-in-time recovery`,
      fix: 'protect them with a rule of snapshots',
    });
  problems.push(
    ...undocumented(
      'Backup-ContinuousUnsupported',
      types,
      Capability.CONTINUOUS,
      property,
      'continuous backups',
    ),
  );
  const uncopied = types.filter(
    (t) =>
      t.supports(Capability.CONTINUOUS) === Support.YES &&
      t.supports(Capability.CONTINUOUS_COPY) === Support.NO,
  );
  if ((asks.copies ?? []).length > 0 && uncopied.length > 0)
    problems.push({
      id: 'Backup-ContinuousCopyUnsupported',
      severity: 'warning',
      property: words.copies,
      message: `\`${words.copies}\` can't be made of continuous backups of ${list(uncopied)}`,
      fix: 'add a rule of snapshots that copies them',
    });
  return problems;
}

function coldProblems(types: readonly ResourceType[], archive: boolean, words: CapabilityWords): Problem[] {
  const property = words.cold;
  const problems: Problem[] = [];
  const archivable = types.filter(
    (t) =>
      t.supports(Capability.COLD_STORAGE) !== Support.YES && t.supports(Capability.ARCHIVE) === Support.YES,
  );
  const warm = types.filter(
    (t) => t.supports(Capability.COLD_STORAGE) === Support.NO && !archivable.includes(t),
  );
  if (warm.length > 0)
    problems.push({
      id: 'Backup-ColdStorageUnsupported',
      severity: 'warning',
      property,
      message: `\`${property}\` is for ${list(capable(Capability.COLD_STORAGE))}, got ${list(warm)}: AWS Backup ignores it for these, and keeps their backups in warm storage`,
      fix: 'protect them with a rule without cold storage, and count on the price of warm storage',
    });
  if (archivable.length > 0 && !archive)
    problems.push({
      id: 'Backup-ColdStorageUnsupported',
      severity: 'warning',
      property,
      message: `\`${property}\` moves ${list(archivable)} to the archive tier only with \`${words.archive}\`: without it, their backups stay in warm storage`,
      fix: `set \`${words.archive}\` in a rule that runs monthly or more rarely`,
    });
  problems.push(
    ...undocumented(
      'Backup-ColdStorageUnsupported',
      types.filter((t) => !archivable.includes(t)),
      Capability.COLD_STORAGE,
      property,
      'cold storage',
    ),
  );
  return problems;
}

function archiveProblems(types: readonly ResourceType[], words: CapabilityWords): Problem[] {
  if (types.length === 0 || types.some((t) => t.supports(Capability.ARCHIVE) !== Support.NO)) return [];
  return [
    {
      id: 'Backup-ArchiveUnsupported',
      severity: 'warning',
      property: words.archive,
      message: `\`${words.archive}\` is for ${list(capable(Capability.ARCHIVE))}, got ${list(types)}: it does nothing here`,
      fix: `leave \`${words.archive}\` out`,
    },
  ];
}

function primaryProblems(
  types: readonly ResourceType[],
  asks: CapabilityAsks,
  words: CapabilityWords,
): Problem[] {
  const property = words.airGappedPrimary;
  const problems: Problem[] = [];
  const outside = types.filter((t) => t.supports(Capability.AIR_GAPPED_PRIMARY) === Support.NO);
  if (outside.length > 0)
    problems.push({
      id: 'Backup-AirGappedVaultUnsupported',
      severity: 'warning',
      property,
      message: `\`${property}\` can't hold ${list(outside)}: their backups stay in the standard vault of the rule, and the jobs end as completed`,
      fix: 'protect them with a rule whose vault has a lock',
    });
  problems.push(
    ...undocumented(
      'Backup-AirGappedVaultUnsupported',
      types,
      Capability.AIR_GAPPED_PRIMARY,
      property,
      'a logically air-gapped vault as primary target',
    ),
  );
  if (asks.continuous) {
    const snapshotsOnly = types.filter(
      (t) =>
        t.supports(Capability.CONTINUOUS) === Support.YES &&
        t.supports(Capability.AIR_GAPPED_PRIMARY) === Support.YES &&
        t.supports(Capability.AIR_GAPPED_CONTINUOUS) === Support.NO,
    );
    if (snapshotsOnly.length > 0)
      problems.push({
        id: 'Backup-AirGappedContinuous',
        severity: 'error',
        property,
        message: `\`${property}\` can't hold continuous backups of ${list(snapshotsOnly)}`,
        fix: 'protect them with a continuous rule into a standard vault, and copy snapshots to the air-gapped vault',
      });
  }
  return problems;
}

function actionProblems(
  types: readonly ResourceType[],
  names: readonly string[],
  capability: Capability,
  property: string,
  done: string,
): Problem[] {
  return names.flatMap((name): Problem[] => {
    if (name === 'ALL' && capability === Capability.MALWARE_SCAN) return [];
    const named = types.find((t) => t.name === name);
    const type = named ?? ResourceType.all().find((t) => t.name === name);
    const support = type?.supports(capability) ?? Support.UNKNOWN;
    if (support === Support.NO)
      return [
        {
          id: 'Backup-ActionUnsupported',
          severity: 'error',
          property,
          message: `\`${property}\` must be one of ${list(capable(capability))}, got ${name}`,
        },
      ];
    if (support === Support.UNKNOWN)
      return [
        {
          id: 'Backup-ActionUnsupported',
          severity: 'warning',
          property,
          message: `\`${property}\` is for ${list(capable(capability))} as far as AWS documents it, got ${name}`,
        },
      ];
    if (types.length > 0 && named === undefined)
      return [
        {
          id: 'Backup-ActionWithoutResources',
          severity: 'warning',
          property,
          message: `\`${property}\` asks that ${name} is ${done}, but the plan selects only ${list(types)}`,
          fix: `select ${name} as well, or leave it out of \`${property}\``,
        },
      ];
    return [];
  });
}
