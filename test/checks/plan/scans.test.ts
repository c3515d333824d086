import { scanChecks } from '../../../src/checks/plan/scan-checks';
import { resource, rule } from '../../support/backups';
import { findings, PARAMETERS, UNKNOWN } from '../../support/findings';

const SCAN = { ScanActions: [{ MalwareScanner: 'GUARDDUTY', ScanMode: 'FULL_SCAN' }] };
const settings = (...ResourceTypes: unknown[]) => ({
  ScanSettings: [{ MalwareScanner: 'GUARDDUTY', ResourceTypes }],
});

function lines(properties: object, plan: object = {}): string[] {
  const BackupPlan = { BackupPlanName: 'gold', BackupPlanRule: [rule('daily', { ...properties })], ...plan };
  return findings(
    scanChecks,
    { Plan: resource('Backup::BackupPlan', { BackupPlan }) },
    undefined,
    PARAMETERS,
  );
}

const PLAN = 'Resources/Plan/Properties/BackupPlan';

test.each<[string, object, object, string]>([
  [
    'scans, and doesn’t say what',
    SCAN,
    {},
    'error Backup-ScanSettingsMissing at Resources/Plan: `ScanSettings` of plan `gold` must list what the rule `daily` scans, got none; add `ScanSettings` to the plan',
  ],
  [
    'states what, and doesn’t scan',
    {},
    settings('S3'),
    `warning Backup-ScanSettingsUnused at ${PLAN}/ScanSettings: \`ScanSettings\` of plan \`gold\` has no effect, since no rule of the plan scans; add \`ScanActions\` to a rule, or remove \`ScanSettings\``,
  ],
  [
    'scans no type',
    SCAN,
    settings(),
    `error Backup-ScanResourceType at ${PLAN}/ScanSettings/0/ResourceTypes: \`ResourceTypes\` of plan \`gold\` must name at least one resource type, got none; use \`EBS\`, \`EC2\` or \`S3\``,
  ],
  [
    'scans a type twice',
    SCAN,
    settings('S3', 'S3'),
    `error Backup-ScanResourceType at ${PLAN}/ScanSettings/0/ResourceTypes: \`ResourceTypes\` of plan \`gold\` must name each type once, got \`S3\` more than once; remove the duplicates`,
  ],
  [
    'scans what GuardDuty doesn’t',
    SCAN,
    settings('RDS'),
    `warning Backup-ScanTypeUndocumented at ${PLAN}/ScanSettings/0/ResourceTypes: \`ResourceTypes\` of plan \`gold\` names \`RDS\`, which Amazon GuardDuty isn't known to scan in AWS Backup; use \`EBS\`, \`EC2\` or \`S3\``,
  ],
  [
    'indexes twice',
    { IndexActions: [{ ResourceTypes: ['EBS'] }, { ResourceTypes: ['S3'] }] },
    {},
    `error Backup-IndexActions at ${PLAN}/BackupPlanRule/0/IndexActions: \`IndexActions\` of rule \`daily\` of plan \`gold\` can have at most one item, got 2; index the other type with another rule`,
  ],
  [
    'indexes two types at once',
    { IndexActions: [{ ResourceTypes: ['EBS', 'S3'] }] },
    {},
    `error Backup-IndexActions at ${PLAN}/BackupPlanRule/0/IndexActions: \`IndexActions\` of rule \`daily\` of plan \`gold\` can name only one resource type, got 2; index the other type with another rule`,
  ],
])('a plan %s', (_, properties, plan, message) => {
  expect(lines(properties, plan)).toEqual([message]);
});

test('nothing is found of sound scans and indexes, and of what isn’t known', () => {
  for (const [properties, plan] of [
    [SCAN, settings('S3', 'EBS', 'EC2')],
    [SCAN, settings('ALL')],
    [SCAN, settings('S3', UNKNOWN)],
    [SCAN, { ScanSettings: UNKNOWN }],
    [{ ScanActions: UNKNOWN }, settings('S3')],
    [{ IndexActions: [{ ResourceTypes: ['EBS'] }] }, {}],
    [{ IndexActions: UNKNOWN }, {}],
    [{ IndexActions: [{ ResourceTypes: UNKNOWN }] }, {}],
  ] as const)
    expect(lines(properties, plan)).toEqual([]);
});
