import { Duration, type Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { LogicallyAirGappedVault } from '../../../src/resources/air-gapped-vault/logically-air-gapped-vault';
import { BackupPlan, type BackupPlanProps } from '../../../src/resources/plan/backup-plan';
import { BackupRule } from '../../../src/resources/plan/backup-rule';
import { CopyAction } from '../../../src/resources/plan/copy-action';
import { ScanMode } from '../../../src/resources/plan/scan-settings';
import { BackupRole } from '../../../src/resources/role/backup-role';
import type { BackupSelectionOptions } from '../../../src/resources/selection/backup-selection-options';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import { TagCondition } from '../../../src/values/core/tag-condition';
import { Retention } from '../../../src/values/plan/retention';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { refusal } from '../../support/refusal';
import { testStack } from '../../support/synthesis';
import { warningsOf } from '../../support/warnings';

const PLAN = 'AWS::Backup::BackupPlan';
const SELECTION = 'AWS::Backup::BackupSelection';
const DAYS_35 = { retention: Retention.days(35) };
const GOLD = [TagCondition.stringEquals('backup', 'gold')];
const { AURORA, DOCUMENTDB, DYNAMODB, EBS, NEPTUNE, RDS, REDSHIFT, S3, SAP_HANA } = ResourceType;

let stack: Stack;
let vault: BackupVault;
let gap: LogicallyAirGappedVault;
beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(); // warnings at synthesis
  stack = testStack();
  vault = new BackupVault(stack, 'Vault');
  gap = new LogicallyAirGappedVault(stack, 'Gap', {
    minRetention: Duration.days(7),
    maxRetention: Duration.days(365),
    acknowledgeIrreversible: true,
    generation: '7to365',
  });
});

function planWith(props: Partial<BackupPlanProps> = {}): BackupPlan {
  const rules = [BackupRule.daily({ ...DAYS_35, airGappedVault: gap })];
  return new BackupPlan(stack, 'Plan', { vault, rules, ...props });
}

/** What each plan selects, by the plan. */
function selected() {
  const template = Template.fromStack(stack);
  const of = (id: RegExp) =>
    Object.values(template.findResources(SELECTION))
      .filter(({ Properties }) => id.test(Properties.BackupPlanId['Fn::GetAtt'][0]))
      .map(({ Properties }) => Properties.BackupSelection);
  return { airGapped: of(/^Plan[0-9A-F]{8}$/), standard: of(/^PlanWithoutAirGap[0-9A-F]{8}$/) };
}

const pattern = (rest: string) => `arn:aws:${rest}`;
const RDS_DB = pattern('rds:*:*:db:*');
const TABLES = pattern('dynamodb:*:*:table/*');

describe('a selection of types', () => {
  test("is split into types that an air-gapped vault supports and types that it doesn't", () => {
    const plan = planWith();
    const { airGapped, standard } = plan.addSplitSelection('Data', {
      resourceTypes: [DYNAMODB, RDS, SAP_HANA],
    });
    expect(plan.selections).toEqual([airGapped]);
    expect(plan.withoutAirGap?.selections).toEqual([standard]);
    expect(selected()).toEqual({
      airGapped: [expect.objectContaining({ SelectionName: 'Data', Resources: [TABLES] })],
      standard: [
        expect.objectContaining({
          SelectionName: 'Data',
          Resources: [RDS_DB, pattern('ssm-sap:*:*:HANA/*')],
        }),
      ],
    });
    expect(warningsOf(stack)).toEqual([]);
  });

  test.each<[string, ResourceType[], 'airGapped' | 'standard']>([
    ['all can be held', [DYNAMODB, EBS, S3], 'airGapped'],
    ['none can be held', [RDS, REDSHIFT], 'standard'],
  ])('stays one selection if %s', (_, resourceTypes, half) => {
    const plan = planWith();
    const split = plan.addSplitSelection('Data', { resourceTypes });
    expect(
      Object.entries(split)
        .filter(([, selection]) => selection)
        .map(([name]) => name),
    ).toEqual([half]);
    expect(plan.withoutAirGap === undefined).toBe(half === 'airGapped');
  });

  test('keeps types together that share an ARN pattern', () => {
    const rules = [BackupRule.continuous({ ...DAYS_35, airGappedVault: gap })];
    planWith({ rules }).addSplitSelection('Data', { resourceTypes: [AURORA, DOCUMENTDB, NEPTUNE, S3] });
    expect(selected()).toEqual({
      airGapped: [expect.objectContaining({ Resources: [pattern('s3:::*')] })],
      standard: [expect.objectContaining({ Resources: [pattern('rds:*:*:cluster:*')] })],
    });
  });

  test('respects overridden capabilities of a type', () => {
    const resourceTypes = [DYNAMODB, RDS.withCapabilities({ airGappedPrimary: true })];
    expect(planWith().addSplitSelection('Data', { resourceTypes }).standard).toBeUndefined();
  });

  test('has the same conditions, exclusions and role in both halves', () => {
    const role = new BackupRole(stack, 'Role');
    const options: BackupSelectionOptions = {
      selectionName: 'data',
      resourceTypes: [DYNAMODB, RDS],
      tags: GOLD,
      excludeArns: ['arn:aws:dynamodb:eu-west-1:111122223333:table/scratch'],
      role,
    };
    planWith().addSplitSelection('Data', options);
    const { airGapped, standard } = selected();
    const { Resources: _tables, ...one } = airGapped[0];
    const { Resources: _databases, ...other } = standard[0];
    expect(one).toEqual(other);
    expect(one).toMatchObject({
      SelectionName: 'data',
      IamRoleArn: { 'Fn::GetAtt': [expect.stringMatching('^Role'), 'Arn'] },
      NotResources: ['arn:aws:dynamodb:eu-west-1:111122223333:table/scratch'],
      Conditions: { StringEquals: [{ ConditionKey: 'aws:ResourceTag/backup', ConditionValue: 'gold' }] },
    });
  });
});

test('a selection of resources and ARNs is split by their types', () => {
  const table = new TableV2(stack, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING } });
  const database = new CfnDBInstance(stack, 'Database', {
    engine: 'postgres',
    dbInstanceClass: 'db.t4g.small',
  });
  planWith().addSplitSelection('Data', {
    resources: [table, database, Bucket.fromBucketName(stack, 'Bucket', 'orders')],
    arns: ['arn:aws:redshift:eu-west-1:111122223333:cluster:sales', 'arn:aws:s3:::logs'],
  });
  expect(selected()).toEqual({
    airGapped: [
      expect.objectContaining({
        Resources: [
          { 'Fn::GetAtt': [expect.stringMatching('^Table'), 'Arn'] },
          'arn:aws:s3:::orders',
          'arn:aws:s3:::logs',
        ],
      }),
    ],
    standard: [
      expect.objectContaining({
        Resources: [
          { 'Fn::GetAtt': ['Database', 'DBInstanceArn'] },
          'arn:aws:redshift:eu-west-1:111122223333:cluster:sales',
        ],
      }),
    ],
  });
});

describe('a selection by tags', () => {
  test.each<[string, BackupSelectionOptions]>([
    ['of which all must hold', { tags: GOLD }],
    ['of which one is enough', { anyTag: GOLD }],
    ['of everything', { everything: true }],
  ])('%s excludes the types of the other half and still respects the opt-in', (_, options) => {
    planWith().addSplitSelection('Gold', options);
    const [
      {
        airGapped: [airGapped],
        standard: [standard],
      },
    ] = [selected()];
    const outside = [RDS_DB, pattern('redshift:*:*:cluster:*')];
    for (const arn of outside) expect(airGapped.NotResources).toContainEqual(arn);
    for (const arn of outside) expect(standard.NotResources).not.toContainEqual(arn);
    expect(standard.NotResources).toContainEqual(TABLES);
    const patterns = new Set(ResourceType.all().flatMap((type) => type.arnPatterns('aws')));
    expect(airGapped.NotResources.length + standard.NotResources.length).toBe(patterns.size);
    expect([airGapped.Resources, airGapped.ListOfTags, airGapped.Conditions]).toEqual([
      standard.Resources,
      standard.ListOfTags,
      standard.Conditions,
    ]);
  });

  test('keeps its own exclusions', () => {
    planWith().addSplitSelection('Gold', { tags: GOLD, excludeTypes: [S3] });
    const { airGapped, standard } = selected();
    for (const [half] of [airGapped, standard]) expect(half.NotResources).toContainEqual(pattern('s3:::*'));
  });
});

describe('the companion plan', () => {
  test('has the same rules, without air-gapped targets and copies', () => {
    const rules = [
      BackupRule.daily({
        ...DAYS_35,
        airGappedVault: gap,
        copies: [
          CopyAction.toAirGappedVault(gap, { retention: Retention.days(90) }),
          CopyAction.toVaultArn('arn:aws:backup:us-east-1:111122223333:backup-vault:far', DAYS_35),
        ],
        recoveryPointTags: { stage: 'prod' },
      }),
      BackupRule.monthly({ retention: Retention.years(1) }),
    ];
    const plan = planWith({ rules, windowsVss: true });
    plan.addSplitSelection('Data', { resourceTypes: [DYNAMODB, RDS] });
    plan.addRule(BackupRule.weekly({ retention: Retention.days(90), airGappedVault: gap }));

    const [whole, beside] = Object.values(Template.fromStack(stack).findResources(PLAN)).map(
      ({ Properties }) => Properties.BackupPlan,
    );
    expect(beside.BackupPlanName).toMatch(/^Stack-Plan-WithoutAirGap-[0-9a-f]{8}$/);
    expect(beside.AdvancedBackupSettings).toEqual(whole.AdvancedBackupSettings);
    expect(plan.withoutAirGap?.rules.map(({ name }) => name)).toEqual(['daily', 'monthly', 'weekly']);
    const [daily, monthly, weekly] = whole.BackupPlanRule;
    const { TargetLogicallyAirGappedBackupVaultArn: _daily, ...dailyBeside } = daily;
    const { TargetLogicallyAirGappedBackupVaultArn: _weekly, ...weeklyBeside } = weekly;
    expect(beside.BackupPlanRule).toEqual([
      { ...dailyBeside, CopyActions: [daily.CopyActions[1]] },
      monthly,
      weeklyBeside,
    ]);
  });

  test("has the role of the plan and doesn't repeat its warnings", () => {
    const rules = [
      BackupRule.hourly({
        retention: Retention.days(7),
        airGappedVault: gap,
        startWindow: Duration.hours(2),
      }),
    ];
    const plan = planWith({ rules });
    plan.addSplitSelection('Data', { resourceTypes: [DYNAMODB, RDS] });
    expect(plan.withoutAirGap?.role).toBe(plan.role);
    const warnings = warningsOf(stack);
    expect(new Set(warnings).size).toBe(warnings.length);
  });

  test('neither indexes nor scans types that an air-gapped vault supports', () => {
    const plan = planWith({
      rules: [BackupRule.daily({ ...DAYS_35, airGappedVault: gap, index: S3, scan: ScanMode.FULL })],
      scanSettings: { resourceTypes: [S3] },
    });
    plan.addSplitSelection('Data', { resourceTypes: [S3, RDS] });
    const [whole, beside] = Object.values(Template.fromStack(stack).findResources(PLAN)).map(
      ({ Properties }) => Properties.BackupPlan,
    );
    expect(whole.BackupPlanRule[0]).toMatchObject({ IndexActions: [{}], ScanActions: [{}] });
    for (const key of ['IndexActions', 'ScanActions'])
      expect(beside.BackupPlanRule[0]).not.toHaveProperty(key);
    expect(beside).not.toHaveProperty('ScanSettings');
    expect(warningsOf(stack)).toEqual([]);
  });

  test('indexes and scans types that are declared unsupported in the air-gapped vault', () => {
    const outside = S3.withCapabilities({ airGappedPrimary: false });
    const plan = planWith({
      rules: [BackupRule.daily({ ...DAYS_35, airGappedVault: gap, index: outside, scan: ScanMode.FULL })],
      scanSettings: { resourceTypes: [outside, EBS] },
    });
    plan.addSplitSelection('Data', { resourceTypes: [outside] });
    const [, beside] = Object.values(Template.fromStack(stack).findResources(PLAN)).map(
      ({ Properties }) => Properties.BackupPlan,
    );
    expect(beside.BackupPlanRule[0]).toMatchObject({ IndexActions: [{}], ScanActions: [{}] });
    expect(beside.ScanSettings).toEqual([expect.objectContaining({ ResourceTypes: ['S3'] })]);
  });

  test('is created once for all selections, and only if needed', () => {
    const plan = planWith();
    plan.addSplitSelection('Tables', { resourceTypes: [DYNAMODB] });
    expect(plan.withoutAirGap).toBeUndefined();
    plan.addSplitSelection('Databases', { resourceTypes: [RDS] });
    plan.addSplitSelection('Warehouses', { resourceTypes: [REDSHIFT] });
    expect(plan.withoutAirGap?.selections).toHaveLength(2);
    Template.fromStack(stack).resourceCountIs(PLAN, 2);
  });
});

test('a plan that only copies into an air-gapped vault can be split too', () => {
  const copies = [CopyAction.toVault(gap, { retention: Retention.days(90) })];
  planWith({ rules: [BackupRule.daily({ ...DAYS_35, copies })] }).addSplitSelection('Data', {
    resourceTypes: [DYNAMODB, RDS],
  });
  const [, beside] = Object.values(Template.fromStack(stack).findResources(PLAN));
  expect(beside.Properties.BackupPlan.BackupPlanRule[0]).not.toHaveProperty('CopyActions');
});

describe('a selection is not split', () => {
  const IN = ' (in `Stack/Plan`)';

  test('if no rule uses an air-gapped vault', () => {
    const plan = planWith({ rules: [BackupRule.daily(DAYS_35)] });
    expect(refusal(() => plan.addSplitSelection('Data', { tags: GOLD }))).toBe(
      `\`rules\` must contain a rule with \`airGappedVault\` or a copy into a logically air-gapped vault to split a selection, got none; use \`addSelection()\`, or add such a rule first${IN}`,
    );
  });

  const NAME_IT = 'pass the resource itself, its type in `resourceTypes`, or a tag';
  test.each<[string, () => unknown, string]>([
    [
      'a scope',
      () => ({ resources: [stack.node.root] }),
      `\`resources[0]\` must have a known type to be split, got an empty string; ${NAME_IT}`,
    ],
    [
      "a construct that AWS Backup doesn't protect",
      () => ({ resources: [new BackupRole(stack, 'Role')] }),
      `\`resources[0]\` must have a known type to be split, got \`Stack/Role\`; ${NAME_IT}`,
    ],
    [
      'any ARN',
      () => ({ arns: ['*'] }),
      `\`arns[0]\` must have a known type to be split, got \`*\`; ${NAME_IT}`,
    ],
    [
      'an ARN known at deployment',
      () => ({ arns: [Token.asString({ Ref: 'Arn' })] }),
      `\`arns[0]\` must have a known type to be split, got a token; ${NAME_IT}`,
    ],
    [
      'a text for types',
      () => ({ resourceTypes: ['RDS'] }),
      '`resourceTypes[0]` must be a `ResourceType`, got `RDS`; for example, use `ResourceType.DYNAMODB`',
    ],
    [
      'a value that is not a list',
      () => ({ arns: 'arn:aws:s3:::logs' }),
      '`arns` must be a list, each element an ARN, got `arn:aws:s3:::logs`; use `resources` for constructs',
    ],
  ])('by %s', (_, options, message) => {
    expect(refusal(() => planWith().addSplitSelection('Data', options() as never))).toBe(message + IN);
  });

  test('if it selects nothing', () => {
    const plan = planWith();
    for (const [index, options] of [{}, undefined, null].entries())
      expect(refusal(() => plan.addSplitSelection(`Data${index}`, options as never))).toMatch(
        /must be set, got none of them/,
      );
  });
});
