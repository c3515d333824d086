import type { Problem } from '../../values/core/problem';
import { scannedType, scannedTypeProblems, scanPairProblems } from '../../values/plan/scan-laws';
import { ResourceType } from '../../values/resource-type/resource-type';
import { kindProblems, listProblems, requiredKindProblems } from '../core/argument-checks';
import { isRole } from '../role/selection-role';
import type { BackupRule } from './backup-rule';
import type { ScanSettings } from './scan-settings';

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

/** The law of what is scanned. */
export function scanSettingsProblems({ resourceTypes }: ScanSettings): Problem[] {
  return scannedTypeProblems(resourceTypes.map(scannedType), 'scanSettings.resourceTypes');
}

/** A plan scans where a rule asks for it and the settings say what. */
export function scanningProblems(
  rules: readonly BackupRule[],
  settings: ScanSettings | undefined,
): Problem[] {
  return scanPairProblems(rules.find((rule) => rule.scan !== undefined)?.name, settings !== undefined);
}
