import type { Problem } from '../../values/core/problem';
import { unknownPropertyProblemsAt } from '../../values/core/unknown-properties';
import { scannedType, scannedTypeProblems, scanPairProblems } from '../../values/plan/scan-laws';
import { ResourceType } from '../../values/resource-type/resource-type';
import { kindProblems, listProblems, requiredKindProblems } from '../core/argument-checks';
import { isRole } from '../role/selection-role';
import type { BackupRule } from './backup-rule';
import type { ScanSettings } from './scan-settings';

/** Checks the types of scan settings, for untyped callers. */
export function scanSettingsKindProblems(settings: unknown): Problem[] {
  const wrong = kindProblems(settings, (value) => typeof value === 'object', {
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
    fix: 'use `ResourceType.EBS`, `ResourceType.EC2` or `ResourceType.S3`',
  } as const;
  return [
    ...unknownPropertyProblemsAt('scanSettings', settings, 'ScanSettings'),
    ...(resourceTypes === undefined
      ? requiredKindProblems(resourceTypes, () => false, { ...expected, what: 'a list of types' })
      : listProblems(resourceTypes, (type: unknown) => type instanceof ResourceType, expected)),
    ...kindProblems(scannerRole, isRole, {
      id: 'Backup-ScanSettings',
      property: 'scanSettings.scannerRole',
      what: 'a role',
      fix: 'omit it to have a role created',
    }),
  ];
}

/** What AWS Backup accepts as the types to scan. */
export function scanSettingsProblems({ resourceTypes }: ScanSettings): Problem[] {
  return scannedTypeProblems(resourceTypes.map(scannedType), 'scanSettings.resourceTypes');
}

/** A plan scans only if both a rule and the plan have scan settings. */
export function scanningProblems(
  rules: readonly BackupRule[],
  settings: ScanSettings | undefined,
): Problem[] {
  return scanPairProblems(rules.find((rule) => rule.scan !== undefined)?.name, settings !== undefined);
}
