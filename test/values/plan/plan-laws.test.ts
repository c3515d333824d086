import { Fn } from 'aws-cdk-lib';
import { type Problem, sentence } from '../../../src/values/core/problem';
import {
  type AdvancedSettingValues,
  advancedSettingProblems,
} from '../../../src/values/plan/advanced-settings-laws';
import {
  copiesPerRuleProblems,
  duplicateRuleNameProblems,
  planSizeProblems,
  tagsPerRuleProblems,
  unusedPlanProblems,
} from '../../../src/values/plan/plan-laws';
import {
  indexActionProblems,
  scannedType,
  scannedTypeProblems,
  scanPairProblems,
} from '../../../src/values/plan/scan-laws';
import { ResourceType } from '../../../src/values/resource-type/resource-type';

const told = (problems: Problem[]) => problems.map((p) => `${p.id} ${p.property}: ${sentence(p)}`);
const QUOTA = "which exceeds AWS Backup's quota";

describe('the size of a plan', () => {
  test.each<[number, number, string[]]>([
    [1, 0, []],
    [10, 10, []],
    [
      0,
      0,
      [
        'Backup-PlanWithoutRule rules: `rules` must have at least one rule, got none; add one with `addRule(BackupRule.daily({ retention: Retention.days(35) }))`',
      ],
    ],
    [
      11,
      11,
      [
        `Backup-RulesPerPlan rules: \`rules\` should be at most 10, got 11, ${QUOTA} for a plan; create a second plan`,
        `Backup-TagSelectionsPerPlan tags: a plan should have at most 10 selections that use tags, got 11, ${QUOTA}; use tags that more resources share`,
      ],
    ],
  ])('of %d rules and %d selections by tag', (rules, tagSelections, messages) => {
    expect(told(planSizeProblems(rules, tagSelections))).toEqual(messages);
  });

  test('is nothing without a selection', () => {
    expect(unusedPlanProblems(1)).toEqual([]);
    expect(told(unusedPlanProblems(0))).toEqual([
      'Backup-PlanWithoutSelection selections: `selections` must have at least one selection to back up anything, got none in this app; add one with `addSelection()`',
    ]);
  });
});

describe('the rules of a plan', () => {
  test('have unique names; each duplicate is reported once', () => {
    expect(duplicateRuleNameProblems([])).toEqual([]);
    expect(duplicateRuleNameProblems(['daily', 'weekly', 'Daily'])).toEqual([]);
    expect(told(duplicateRuleNameProblems(['a', 'b', 'a', 'b', 'a', 'c'], 'BackupPlanRule'))).toEqual(
      ['a', 'b'].map(
        (name) =>
          `Backup-DuplicateRuleName BackupPlanRule: \`BackupPlanRule\` should have unique names, got \`${name}\` twice; give one of them another \`name\``,
      ),
    );
  });

  test('add at most 10 tags, and make at most 5 copies', () => {
    expect([...tagsPerRuleProblems(10, 'tags'), ...copiesPerRuleProblems(5)]).toEqual([]);
    expect(told([...tagsPerRuleProblems(11, 'tags'), ...copiesPerRuleProblems(6)])).toEqual([
      `Backup-TagsPerRule tags: \`tags\` should be at most 10 tags, got 11, ${QUOTA} for a rule; leave out tags that the resources already have, since AWS Backup copies those too`,
      `Backup-CopiesPerRule copies: \`copies\` should be at most 5, got 6, ${QUOTA} for a rule; split the rule`,
    ]);
  });
});

describe('malware scans', () => {
  const { EBS, EC2, S3, EFS } = ResourceType;
  const ONE_OF = 'use `ResourceType.EBS`, `ResourceType.EC2` or `ResourceType.S3`';
  const scans = (...types: ResourceType[]) => told(scannedTypeProblems(types.map(scannedType), 'types'));
  const unknown = (name: string) =>
    `Backup-ScanTypeUndocumented types: \`types\` names \`${name}\`, which Amazon GuardDuty isn't known to scan in AWS Backup; ${ONE_OF}`;

  test('support three types, and those that the user has tried', () => {
    expect(scans(EBS, EC2, S3)).toEqual([]);
    expect(scans(EFS.withCapabilities({ malwareScan: true }))).toEqual([]);
    expect(scannedType(EFS)).toEqual({ name: 'EFS', isScanned: false });
  });

  test('name at least one type, each once', () => {
    expect(scans()).toEqual([
      `Backup-ScanResourceType types: \`types\` must name at least one resource type, got none; ${ONE_OF}`,
    ]);
    expect(scans(S3, EFS, S3, EFS, S3, ResourceType.of('New'))).toEqual([
      'Backup-ScanResourceType types: `types` must name each type once, got `S3` more than once; remove the duplicates',
      'Backup-ScanResourceType types: `types` must name each type once, got `EFS` more than once; remove the duplicates',
      unknown('EFS'),
      unknown('New'),
    ]);
    expect(told(scannedTypeProblems([], 'ResourceTypes', 'name one'))).toEqual([
      'Backup-ScanResourceType ResourceTypes: `ResourceTypes` must name at least one resource type, got none; name one',
    ]);
  });

  test('need a rule that scans, and settings that say what', () => {
    expect([...scanPairProblems('daily', true), ...scanPairProblems(undefined, false)]).toEqual([]);
    expect(told([...scanPairProblems('daily', false), ...scanPairProblems(undefined, true)])).toEqual([
      'Backup-ScanSettingsMissing scanSettings: `scanSettings` must list what the rule `daily` scans, got none; for example, add `scanSettings: { resourceTypes: [ResourceType.S3] }`',
      'Backup-ScanSettingsUnused scanSettings: `scanSettings` has no effect, since no rule of the plan scans; set `scan: ScanMode.FULL` on a rule, or omit it',
    ]);
    const names = { settings: 'ScanSettings', addSettings: 'add settings', addScan: 'add a scan' };
    expect(
      told([...scanPairProblems('', false, names), ...scanPairProblems(undefined, true, names)]),
    ).toEqual([
      'Backup-ScanSettingsMissing ScanSettings: `ScanSettings` must list what the rule `` scans, got none; add settings',
      'Backup-ScanSettingsUnused ScanSettings: `ScanSettings` has no effect, since no rule of the plan scans; add a scan',
    ]);
  });
});

test.each<[readonly number[], string[]]>([
  [[], []],
  [[0], []],
  [[1], []],
  [[1, 1], ['can have at most one item, got 2']],
  [[2, 1, 1], ['can have at most one item, got 3']],
  [[2], ['can name only one resource type, got 2']],
])('index actions of a rule are one with one type: %j types', (types, messages) => {
  expect(told(indexActionProblems(types, 'index'))).toEqual(
    messages.map(
      (message) => `Backup-IndexActions index: \`index\` ${message}; index the other type with another rule`,
    ),
  );
});

describe('advanced settings', () => {
  const option = (key: unknown, value: unknown) => ({ resourceType: 'EC2', options: [{ key, value }] });
  const token = Fn.ref('Value');

  test.each<AdvancedSettingValues>([
    { resourceType: 'EC2', options: [] },
    option('WindowsVSS', 'enabled'),
    option('WindowsVSS', 'disabled'),
    option('WindowsVSS', token),
    option(token, 'anything'),
    { resourceType: token, options: [{ key: 'VSS', value: 'on' }] },
  ])('can be Windows VSS of EC2: %j', (setting) => {
    expect(advancedSettingProblems(setting)).toEqual([]);
  });

  const ONLY = 'must be `EC2`, the only type whose advanced settings CloudFormation accepts, got';
  const EITHER = 'must set `WindowsVSS` to `enabled` or `disabled`, got';
  test.each<[AdvancedSettingValues, string, string]>([
    [
      { resourceType: 'S3', options: [] },
      'ResourceType',
      `${ONLY} \`S3\`; omit it, and set the S3 options with \`aws backup update-backup-plan\` after the deployment`,
    ],
    [
      { resourceType: 'EBS', options: [{ key: 'VSS', value: 1 }] },
      'ResourceType',
      `${ONLY} \`EBS\`; omit it`,
    ],
    [{ resourceType: undefined, options: [] }, 'ResourceType', `${ONLY} nothing; omit it`],
    [option('VSS', 'enabled'), 'BackupOptions', 'can only contain `WindowsVSS`, got `VSS`; omit it'],
    [option('WindowsVSS', 'on'), 'BackupOptions', `${EITHER} \`on\`; use \`enabled\``],
    [option('WindowsVSS', true), 'BackupOptions', `${EITHER} true; use \`enabled\``],
  ])('cannot be anything else: %j', (setting, property, message) => {
    expect(told(advancedSettingProblems(setting))).toEqual([
      `Backup-AdvancedSetting ${property}: \`${property}\` ${message}`,
    ]);
  });
});
