import { readFileSync } from 'node:fs';
import { CHECKS_PAGE, checksPage } from '../../../scripts/checks-doc';
import { ALL_CHECKS } from '../../../src/analysis/checks/all-checks';
import { UNPROTECTED } from '../../../src/analysis/checks/unprotected';

const documented = [...ALL_CHECKS, UNPROTECTED];

test('the ids of checks are public API: none goes, and what is new is listed here', () => {
  expect(ALL_CHECKS.map(({ id }) => id).sort()).toEqual(IDS);
});

test('every id belongs to one check', () => {
  const ids = documented.map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test.each(documented.map((check) => [check.id, check] as const))(
  '%s says what, why, the fix, the page, the source and its date',
  (id, check) => {
    expect(id).toMatch(/^Backup-([A-Z][a-z0-9]*)+$/);
    expect(['error', 'warning', 'note']).toContain(check.severity);
    expect(check.what).toMatch(/^[A-Z`].*\.$/s);
    expect(check.why).toMatch(/^[A-Z`].*\.$/s);
    expect(check.fix).toMatch(/^[a-z`].*[^.]$/s);
    expect(new URL(check.docs).hostname).toMatch(/(^|\.)aws\.amazon\.com$|^github\.com$/);
    expect(check.source).toMatch(/\S/);
    expect(check.asOf).toMatch(/^20\d\d-\d\d(-\d\d)?$/);
  },
);

test('docs/checks.md is what the table says; `npx projen checks-doc` writes it', () => {
  expect(readFileSync(CHECKS_PAGE, 'utf8')).toBe(checksPage());
});

const IDS: readonly string[] = [
  'Backup-ActionUnsupported',
  'Backup-ActionWithoutResources',
  'Backup-AirGappedContinuous',
  'Backup-AirGappedVaultUnsupported',
  'Backup-AnyTagOperator',
  'Backup-AnyTagUnion',
  'Backup-ArchiveFrequency',
  'Backup-ArchiveUnsupported',
  'Backup-ArchiveWithoutColdStorage',
  'Backup-AuditRetention',
  'Backup-ColdStorageGap',
  'Backup-ColdStorageRange',
  'Backup-ColdStorageUnsupported',
  'Backup-CompletionWindow',
  'Backup-ConditionPrefix',
  'Backup-ConditionsPerSelection',
  'Backup-ContinuousCadence',
  'Backup-ContinuousColdStorage',
  'Backup-ContinuousCopyUnsupported',
  'Backup-ContinuousRetention',
  'Backup-ContinuousUnsupported',
  'Backup-ContradictoryTags',
  'Backup-CopyRetentionMissing',
  'Backup-CopyUnsupported',
  'Backup-DefaultServiceRole',
  'Backup-DeleteAfterEvent',
  'Backup-DoubleBackup',
  'Backup-DuplicateContinuous',
  'Backup-DuplicateName',
  'Backup-DuplicatePlanName',
  'Backup-DuplicateRuleName',
  'Backup-EmptySelection',
  'Backup-ForeverCopy',
  'Backup-FrameworkName',
  'Backup-ImportedRole',
  'Backup-IndexPolicy',
  'Backup-LockRange',
  'Backup-LongWarmStorage',
  'Backup-NotRead',
  'Backup-PlanName',
  'Backup-ReportPlanName',
  'Backup-RestoreTestingPlanName',
  'Backup-RestoreTestingSelectionName',
  'Backup-RetentionConflict',
  'Backup-RetentionMissing',
  'Backup-RetentionRange',
  'Backup-RoleDependency',
  'Backup-RoleElsewhere',
  'Backup-RolePolicies',
  'Backup-RoleTagAccess',
  'Backup-RoleTrust',
  'Backup-RuleName',
  'Backup-S3SameVault',
  'Backup-ScannerRole',
  'Backup-ScheduleClockChange',
  'Backup-ScheduleExpression',
  'Backup-ScheduleNeverRuns',
  'Backup-ScheduleSkipsMonths',
  'Backup-ScheduleStepWithoutEffect',
  'Backup-ScheduleTimeZone',
  'Backup-ScheduleTooOften',
  'Backup-ScheduleUndocumentedSyntax',
  'Backup-SelectionArn',
  'Backup-SelectionContradiction',
  'Backup-SelectionElsewhere',
  'Backup-SelectionName',
  'Backup-SelectionSize',
  'Backup-SelectionType',
  'Backup-SelectionWildcard',
  'Backup-SelectionsPerPlan',
  'Backup-SelectsEverything',
  'Backup-SelectsNothing',
  'Backup-ServiceLinkedRole',
  'Backup-SharedArnPattern',
  'Backup-ShortRetention',
  'Backup-ShortWarmStorage',
  'Backup-StartWindow',
  'Backup-TagCase',
  'Backup-TieringConfigurationName',
  'Backup-VaultName',
  'Backup-WildcardInEquals',
];
