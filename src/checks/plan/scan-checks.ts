import { shared } from '../../viability/core/find-detections';
import { findScanProblems } from '../../viability/plan/scan-problems';
import { type Check, checksOf } from '../engine/check';

/** What plans index and scan for malware. */
export const scanChecks: readonly Check[] = checksOf(
  [
    'Backup-ScanTypeUndocumented',
    'Backup-ScanSettingsMissing',
    'Backup-ScanSettingsUnused',
    'Backup-ScanResourceType',
    'Backup-IndexActions',
  ],
  shared(findScanProblems),
);
