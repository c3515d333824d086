import type { Problem } from '../core/problem';
import { Capability, Support } from '../resource-type/capability';
import type { ResourceType } from '../resource-type/resource-type';

const SCANNED = 'ResourceType.EBS, EC2 or S3';

/** A type that a plan scans, by its name, and whether that is known to be scanned. */
export interface ScannedType {
  readonly name: string;
  readonly isScanned: boolean;
}

/** A type as the law takes it. */
export function scannedType(type: ResourceType): ScannedType {
  return { name: type.name, isScanned: type.supports(Capability.MALWARE_SCAN) === Support.YES };
}

/**
 * The law of what is scanned for malware.
 *
 * Source: `ScanSetting` and `ScanResourceType` of the API reference, 2026-08.
 */
export function scannedTypeProblems(
  types: readonly ScannedType[],
  property: string,
  fix = `use ${SCANNED}`,
): Problem[] {
  const names = types.map((type) => type.name);
  const problem = { id: 'Backup-ScanResourceType', property, fix };
  if (names.length === 0)
    return [
      {
        ...problem,
        severity: 'error',
        message: `\`${property}\` must name at least one resource type, got none`,
      },
    ];
  const twice = names.filter((name, index) => names.indexOf(name) < index);
  const unknown = types.filter((type) => !type.isScanned);
  return [
    ...unique(twice).map((name) => ({
      ...problem,
      severity: 'error' as const,
      message: `\`${property}\` must name each type once, got \`${name}\` several times`,
      fix: 'leave the others out',
    })),
    ...unique(unknown.map((type) => type.name)).map((name) => ({
      ...problem,
      severity: 'warning' as const,
      message: `\`${property}\` names \`${name}\`, which Amazon GuardDuty isn't known to scan in AWS Backup`,
    })),
  ];
}

/** How the caller names the properties of scans, and mends them. */
export interface ScanWords {
  readonly settings: string;
  readonly addSettings: string;
  readonly addScan: string;
}

const OUR_WORDS: ScanWords = {
  settings: 'scanSettings',
  addSettings: 'add for instance `scanSettings: { resourceTypes: [ResourceType.S3] }`',
  addScan: 'say `scan: ScanMode.FULL` in a rule, or leave it out',
};

/**
 * A plan scans where a rule asks for it and the settings say what; one is nothing without the other.
 *
 * Source: API reference of `BackupPlanInput`, 2026-08; Developer Guide "Malware protection", 2026-04.
 *
 * @param scanning the name of a rule that scans; undefined where none does
 */
export function scanPairProblems(
  scanning: string | undefined,
  hasSettings: boolean,
  { settings: property, addSettings, addScan }: ScanWords = OUR_WORDS,
): Problem[] {
  if (scanning !== undefined && !hasSettings)
    return [
      {
        id: 'Backup-ScanSettingsMissing',
        severity: 'error',
        property,
        message: `\`${property}\` must say what the rule \`${scanning}\` scans, got nothing`,
        fix: addSettings,
      },
    ];
  if (hasSettings && scanning === undefined)
    return [
      {
        id: 'Backup-ScanSettingsUnused',
        severity: 'warning',
        property,
        message: `\`${property}\` does nothing, since no rule of the plan scans`,
        fix: addScan,
      },
    ];
  return [];
}

/**
 * The law of index actions: one for a rule, of one type.
 *
 * Source: API reference of `BackupRuleInput` and `IndexAction`, 2026-08.
 *
 * @param types of each action how many types it names
 */
export function indexActionProblems(types: readonly number[], property: string): Problem[] {
  const problem = (message: string, fix: string): Problem[] => [
    { id: 'Backup-IndexActions', severity: 'error', property, message, fix },
  ];
  if (types.length > 1)
    return problem(
      `\`${property}\` can be one at most, got ${types.length}`,
      'index the other type by another rule',
    );
  if (types.length === 1 && types[0] > 1)
    return problem(
      `\`${property}\` can be of one resource type, got ${types[0]}`,
      'index the other type by another rule',
    );
  return [];
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
