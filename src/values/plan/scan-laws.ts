import type { Problem, Sentence } from '../core/problem';
import { problem } from '../core/problem';
import { BackupCapability, CapabilitySupport } from '../resource-type/capability';
import type { ResourceType } from '../resource-type/resource-type';

const SCANNED = '`ResourceType.EBS`, `ResourceType.EC2` or `ResourceType.S3`';

/** A type that a plan scans, and whether scans are known to support it. */
export interface ScannedType {
  readonly name: string;
  readonly isScanned: boolean;
}

/** The input of the law for a type. */
export function scannedType(type: ResourceType): ScannedType {
  return {
    name: type.name,
    isScanned: type.supports(BackupCapability.MALWARE_SCAN) === CapabilitySupport.YES,
  };
}

/**
 * The law for the types that are scanned for malware.
 *
 * Source: `ScanSetting` and `ScanResourceType` of the API reference, 2026-08.
 */
export function scannedTypeProblems(
  types: readonly ScannedType[],
  property: string,
  fix = `use ${SCANNED}`,
): Problem[] {
  const names = types.map((type) => type.name);
  const base = { id: 'Backup-ScanResourceType', property, fix } as const;
  if (names.length === 0)
    return [
      problem({
        ...base,
        message: (label) => `${label(property)} must name at least one resource type, got none`,
      }),
    ];
  const twice = names.filter((name, index) => names.indexOf(name) < index);
  const unknown = types.filter((type) => !type.isScanned);
  return [
    ...unique(twice).map((name) =>
      problem({
        ...base,
        message: (label) => `${label(property)} must name each type once, got \`${name}\` more than once`,
        fix: 'remove the duplicates',
      }),
    ),
    ...unique(unknown.map((type) => type.name)).map((name) =>
      problem({
        ...base,
        id: 'Backup-ScanTypeUndocumented',
        message: (label) =>
          `${label(property)} names \`${name}\`, which Amazon GuardDuty isn't known to scan in AWS Backup`,
      }),
    ),
  ];
}

/** The caller's name of the property, and its fixes. */
export interface ScanNaming {
  readonly settings: string;
  readonly addSettings: string;
  readonly addScan: string;
}

const CONSTRUCT_NAMING: ScanNaming = {
  settings: 'scanSettings',
  addSettings: 'for example, add `scanSettings: { resourceTypes: [ResourceType.S3] }`',
  addScan: 'set `scan: ScanMode.FULL` on a rule, or omit it',
};

/**
 * The law for malware scans: a rule must turn them on, and settings must list the types; neither works alone.
 *
 * Source: API reference of `BackupPlanInput`, 2026-08; Developer Guide "Malware protection", 2026-04.
 *
 * @param scanning the name of a rule that scans; undefined if there is none
 */
export function scanPairProblems(
  scanning: string | undefined,
  hasSettings: boolean,
  { settings: property, addSettings, addScan }: ScanNaming = CONSTRUCT_NAMING,
): Problem[] {
  if (scanning !== undefined && !hasSettings)
    return [
      problem({
        id: 'Backup-ScanSettingsMissing',
        property,
        message: (label) => `${label(property)} must list what the rule \`${scanning}\` scans, got none`,
        fix: addSettings,
      }),
    ];
  if (hasSettings && scanning === undefined)
    return [
      problem({
        id: 'Backup-ScanSettingsUnused',
        property,
        message: (label) => `${label(property)} has no effect, since no rule of the plan scans`,
        fix: addScan,
      }),
    ];
  return [];
}

/**
 * The law for index actions: one per rule, with one type.
 *
 * Source: API reference of `BackupRuleInput` and `IndexAction`, 2026-08.
 *
 * @param types the number of types in each action
 */
export function indexActionProblems(types: readonly number[], property: string): Problem[] {
  const refusal = (message: Sentence, fix: string): Problem[] => [
    problem({ id: 'Backup-IndexActions', property, message, fix }),
  ];
  if (types.length > 1)
    return refusal(
      (label) => `${label(property)} can have at most one item, got ${types.length}`,
      'index the other type with another rule',
    );
  if (types.length === 1 && types[0] > 1)
    return refusal(
      (label) => `${label(property)} can name only one resource type, got ${types[0]}`,
      'index the other type with another rule',
    );
  return [];
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
