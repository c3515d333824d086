import { Capability, Support } from '../values/capability';
import type { Problem } from '../values/problem';
import { ResourceType } from '../values/resource-type';
import type { BackupRule } from './backup-rule';
import { kindProblems, listProblems, requiredKindProblems } from './input';
import type { ScanSettings } from './scan-settings';
import { isRole } from './selection-role';

const SCANNED = 'ResourceType.EBS, EC2 or S3';

/** Whether scan settings are of the right kinds; callers without types pass anything. */
export function scanSettingsKindProblems(settings: unknown): Problem[] {
  const wrong = kindProblems(settings, (given) => typeof given === 'object', {
    id: 'Backup-ScanSettings',
    property: 'scanSettings',
    what: 'an object such as `{ resourceTypes: [ResourceType.S3] }`',
  });
  if (settings === undefined || wrong.length > 0) return wrong;
  const { resourceTypes, scannerRole } = settings as Partial<ScanSettings>;
  const expected = {
    id: 'Backup-ScanSettings',
    property: 'scanSettings.resourceTypes',
    what: 'a `ResourceType`',
    fix: `use ${SCANNED}`,
  };
  return [
    ...(resourceTypes === undefined
      ? requiredKindProblems(resourceTypes, () => false, { ...expected, what: 'a list of types' })
      : listProblems(resourceTypes, (type: unknown) => type instanceof ResourceType, expected)),
    ...kindProblems(scannerRole, isRole, {
      id: 'Backup-ScanSettings',
      property: 'scanSettings.scannerRole',
      what: 'a role',
      fix: 'leave it out, and a `BackupScannerRole` is made',
    }),
  ];
}

/** The law of what is scanned. Source: `ScanSetting` and `ScanResourceType` of the API, 2026-08. */
export function scanSettingsProblems({ resourceTypes }: ScanSettings): Problem[] {
  const property = 'scanSettings.resourceTypes';
  const names = resourceTypes.map((type) => type.name);
  const problem = { id: 'Backup-ScanResourceType', property, fix: `use ${SCANNED}` };
  if (names.length === 0)
    return [
      {
        ...problem,
        severity: 'error',
        message: `\`${property}\` must name at least one resource type, got none`,
      },
    ];
  const twice = names.filter((name, index) => names.indexOf(name) < index);
  const unknown = resourceTypes.filter((type) => type.supports(Capability.MALWARE_SCAN) !== Support.YES);
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

/** A plan scans where a rule asks for it and the settings say what; one is nothing without the other. */
export function scanningProblems(
  rules: readonly BackupRule[],
  settings: ScanSettings | undefined,
): Problem[] {
  const scanning = rules.find((rule) => rule.scan !== undefined);
  const property = 'scanSettings';
  if (scanning && !settings)
    return [
      {
        id: 'Backup-ScanSettingsMissing',
        severity: 'error',
        property,
        message: `\`${property}\` of the plan must say what the rule \`${scanning.name}\` scans, got nothing`,
        fix: 'add for instance `scanSettings: { resourceTypes: [ResourceType.S3] }`',
      },
    ];
  if (settings && !scanning)
    return [
      {
        id: 'Backup-ScanSettingsUnused',
        severity: 'warning',
        property,
        message: `\`${property}\` does nothing, since no rule of the plan scans`,
        fix: 'say `scan: ScanMode.FULL` in a rule, or leave it out',
      },
    ];
  return [];
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
