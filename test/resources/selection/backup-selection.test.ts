import {
  type App,
  CfnParameter,
  aws_dynamodb as dynamodb,
  aws_ec2 as ec2,
  aws_efs as efs,
  Fn,
  aws_rds as rds,
  Stack,
  Stage,
  aws_s3 as s3,
  Tags,
  Validations,
} from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { BackupResource } from 'aws-cdk-lib/aws-backup';
import { CfnRole, Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { BackupPlan } from '../../../src/resources/plan/backup-plan';
import { BackupRule } from '../../../src/resources/plan/backup-rule';
import { BackupRole } from '../../../src/resources/role/backup-role';
import { BackupSelection } from '../../../src/resources/selection/backup-selection';
import type {
  BackupSelectionOptions,
  BackupSelectionProps,
} from '../../../src/resources/selection/backup-selection-options';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import { TagCondition } from '../../../src/values/core/tag-condition';
import { Retention } from '../../../src/values/plan/retention';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { anything } from '../../support/anything';
import { testApp } from '../../support/app';
import { refusal, thrown } from '../../support/refusal';
import { rendered } from '../../support/rendered';
import { schemaProblems } from '../../support/schema';
import { synthesisRefusal, synthesize, testStack } from '../../support/synthesis';
import { infosOf, warningsOf } from '../../support/warnings';

const { stringEquals, stringNotEquals, stringLike, stringNotLike } = TagCondition;
const GOLD = stringEquals('backup', 'gold');
const ORDERS = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders';
const { AURORA, DYNAMODB, EBS, EC2, EFS, NEPTUNE, DOCUMENTDB, RDS, REDSHIFT, S3 } = ResourceType;

let stack: Stack;
let plan: BackupPlan;
beforeEach(() => {
  stack = testStack();
  plan = planIn(stack);
});

function planIn(scope: Construct): BackupPlan {
  return new BackupPlan(scope, 'Plan', {
    vault: BackupVault.fromBackupVaultName(scope, 'Vault', 'vault'),
    rules: [BackupRule.daily({ retention: Retention.days(35) })],
  });
}

let count = 0;
const select = (options: BackupSelectionOptions) => plan.addSelection(`Selection${count++}`, options);
/** The selection in the template, without its name and role. */
function inTemplate(options: BackupSelectionOptions): Record<string, unknown> {
  const { SelectionName, IamRoleArn, ...rest } = rendered(select(options)).BackupSelection;
  return rest;
}
const refused = (options: unknown) => {
  plan.node.tryRemoveChild('Refused');
  const message = refusal(() => plan.addSelection('Refused', options as BackupSelectionOptions));
  return message.replace(/ \(in `Stack\/Plan\/Refused`\)$/, '');
};
/** The ARN pattern of a type. */
const pattern = (rest: string) => `arn:aws${rest}`;
const table = (scope: Construct = stack, id = 'Table') =>
  new dynamodb.TableV2(scope, id, { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });

describe('a selection', () => {
  test('has a plan and a role, and satisfies the CloudFormation schema', () => {
    const selection = select({ selectionName: 'gold', tags: [GOLD] });
    const template = synthesize(stack);
    template.hasResourceProperties('AWS::Backup::BackupSelection', {
      BackupPlanId: { 'Fn::GetAtt': [stack.getLogicalId(plan.node.defaultChild as never), 'BackupPlanId'] },
      BackupSelection: {
        SelectionName: 'gold',
        IamRoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^PlanAwsBackupRole'), 'Arn'] },
      },
    });
    expect(schemaProblems(template.toJSON())).toEqual([]);
    expect(stack.resolve([selection.selectionId, selection.backupPlanId])).toEqual([
      { 'Fn::GetAtt': [expect.any(String), 'SelectionId'] },
      { 'Fn::GetAtt': [expect.any(String), 'BackupPlanId'] },
    ]);
  });

  test.each([
    ['Gold', 'Gold'],
    ['Gold tables: all', 'Gold-tables-all'],
    ['x'.repeat(60), 'x'.repeat(50)],
    ['표', '-'],
  ])('is named after the construct id by default: %s', (id, name) => {
    expect(rendered(plan.addSelection(id, { tags: [GOLD] })).BackupSelection.SelectionName).toBe(name);
  });

  test('has a name that AWS accepts', () => {
    expect(refused({ selectionName: 'a:b', tags: [GOLD] })).toBe(
      '`selectionName` must be 1 to 50 characters from `a-z`, `A-Z`, `0-9`, `-`, `_` and `.`, got `a:b`; use `a-b`',
    );
  });
});

describe('all criteria must match', () => {
  test('tags are rendered as conditions, with the prefix that AWS requires, on all resources', () => {
    expect(
      inTemplate({
        tags: [
          GOLD,
          stringNotEquals('stage', 'dev'),
          stringLike('team', 'web-*'),
          stringNotLike('name', 'tmp*'),
        ],
      }),
    ).toEqual({
      Resources: ['*'],
      Conditions: {
        StringEquals: [{ ConditionKey: 'aws:ResourceTag/backup', ConditionValue: 'gold' }],
        StringNotEquals: [{ ConditionKey: 'aws:ResourceTag/stage', ConditionValue: 'dev' }],
        StringLike: [{ ConditionKey: 'aws:ResourceTag/team', ConditionValue: 'web-*' }],
        StringNotLike: [{ ConditionKey: 'aws:ResourceTag/name', ConditionValue: 'tmp*' }],
      },
    });
  });

  test('several conditions with one operator are rendered as one list', () => {
    expect(inTemplate({ tags: [GOLD, stringEquals('stage', 'prod')] })).toEqual({
      Resources: ['*'],
      Conditions: {
        StringEquals: [
          { ConditionKey: 'aws:ResourceTag/backup', ConditionValue: 'gold' },
          { ConditionKey: 'aws:ResourceTag/stage', ConditionValue: 'prod' },
        ],
      },
    });
  });

  test('types, ARNs and constructs form one list; tags and exclusions limit it', () => {
    const orders = table();
    expect(
      inTemplate({
        resources: [orders],
        arns: [ORDERS],
        resourceTypes: [S3],
        tags: [GOLD],
        exclude: [table(stack, 'Scratch')],
        excludeArns: ['arn:aws:s3:::scratch-*'],
        excludeTypes: [EFS],
      }),
    ).toEqual({
      Resources: [{ 'Fn::GetAtt': [expect.stringMatching(/^Table/), 'Arn'] }, ORDERS, pattern(':s3:::*')],
      NotResources: [
        { 'Fn::GetAtt': [expect.stringMatching(/^Scratch/), 'Arn'] },
        'arn:aws:s3:::scratch-*',
        pattern(':elasticfilesystem:*:*:file-system/*'),
      ],
      Conditions: { StringEquals: [{ ConditionKey: 'aws:ResourceTag/backup', ConditionValue: 'gold' }] },
    });
  });

  test('duplicates are rendered once', () => {
    const orders = table();
    expect(
      inTemplate({ resources: [orders, orders.node.defaultChild as Construct], arns: [ORDERS, ORDERS] }),
    ).toEqual({
      Resources: [{ 'Fn::GetAtt': [expect.stringMatching(/^Table/), 'Arn'] }, ORDERS],
    });
  });

  test('types are selected in the partition of the stack', () => {
    const anywhere = new Stack(new (stack.node.root.constructor as typeof App)(), 'Stack');
    const selection = planIn(anywhere).addSelection('Types', { resourceTypes: [DYNAMODB, REDSHIFT] });
    const partition = { Ref: 'AWS::Partition' };
    expect(rendered(selection).BackupSelection.Resources).toEqual([
      { 'Fn::Join': ['', ['arn:', partition, ':dynamodb:*:*:table/*']] },
      { 'Fn::Join': ['', ['arn:', partition, ':redshift:*:*:cluster:*']] },
    ]);
  });
});

describe('`anyTag`', () => {
  const anyTag = [GOLD, stringEquals('backup', 'silver')];

  test('is a separate property, since AWS would add its matches to the resources', () => {
    expect(inTemplate({ anyTag, tags: [stringNotEquals('stage', 'dev')], excludeTypes: [S3] })).toEqual({
      ListOfTags: [
        { ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: 'gold' },
        { ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: 'silver' },
      ],
      Conditions: { StringNotEquals: [{ ConditionKey: 'aws:ResourceTag/stage', ConditionValue: 'dev' }] },
      NotResources: [pattern(':s3:::*')],
    });
  });

  test.each<[string, BackupSelectionOptions]>([
    ['constructs', { anyTag, resources: [new Stack(testApp(), 'Any')] }],
    ['ARNs', { anyTag, arns: [ORDERS] }],
    ['types', { anyTag, resourceTypes: [S3] }],
  ])('is refused together with %s', (_, options) => {
    expect(refused(options)).toContain(
      '`anyTag` must not be combined with `resources`, `arns` or `resourceTypes`, since AWS Backup would select both these and everything with one of the tags; create one selection per tag with `tags`, or remove the resources',
    );
  });

  test('supports only equality', () => {
    expect(refused({ anyTag: [stringLike('backup', 'g*'), GOLD] })).toBe(
      '`anyTag` must contain only `TagCondition.stringEquals` conditions, got `backup like g*`; move it to `tags`, or create a separate selection for it',
    );
  });
});

describe('everything', () => {
  test('is selected only with its own property, with a warning about the cost', () => {
    const selection = select({ everything: true, excludeTypes: [S3] });
    expect(rendered(selection).BackupSelection).toMatchObject({
      Resources: ['*'],
      NotResources: [pattern(':s3:::*')],
    });
    expect(warningsOf(selection)).toEqual([
      "Backup-SelectsEverything: `everything` selects every resource of every type that the Region has opted in to, including those created later, at a cost that can't be estimated here; select by a tag that resources have",
    ]);
  });

  test('together with tags selects the same as the tags alone', () => {
    expect(warningsOf(select({ everything: true, tags: [GOLD] }))).toEqual([
      "Backup-SelectsEverything: `everything` selects every resource that satisfies `tags` of every type that the Region has opted in to, including those created later, at a cost that can't be estimated here; omit it, since `tags` alone selects the same",
    ]);
  });

  test('is almost what negative conditions alone select', () => {
    expect(
      warningsOf(select({ tags: [stringNotEquals('stage', 'dev'), stringNotLike('name', 'tmp*')] })),
    ).toEqual([
      'Backup-SelectsEverything: `tags` has only negative conditions, which every resource without these tags also satisfies: the selection takes nearly everything in the Region, at a cost that cannot be estimated here; add a tag that resources must have, or set `everything: true` to select everything else',
    ]);
    for (const more of [
      { resourceTypes: [S3] },
      { anyTag: [GOLD] },
      { tags: [GOLD, stringNotEquals('a', 'b')] },
    ])
      expect(warningsOf(select({ tags: [stringNotEquals('stage', 'dev')], ...more }))).toEqual([]);
  });

  test("can't be combined with narrower criteria, or set with an asterisk as an ARN", () => {
    const message =
      '`everything` must not be combined with `resources`, `arns`, `resourceTypes` or `anyTag`, which select less; set only one of them';
    for (const less of [
      { resourceTypes: [S3] },
      { arns: [ORDERS] },
      { anyTag: [GOLD] },
      { resources: [stack] },
    ])
      expect(refused({ everything: true, ...less })).toContain(message);
    expect(refused({ arns: ['*'], tags: [GOLD] })).toBe(
      '`arns` must contain ARNs, got `*`, which matches every resource in the Region; use `everything: true`, or only `tags` to select by tag',
    );
  });

  test('is not selected by omitting all criteria', () => {
    const message =
      '`tags`, `anyTag`, `resources`, `arns` or `resourceTypes` must be set, got none of them; set one of them, or use `everything: true` to select every resource in the Region';
    const empties = [
      {},
      undefined,
      null,
      { everything: false },
      { tags: [], resources: [] },
      { exclude: [table()] },
    ];
    for (const nothing of [...empties, { excludeTypes: [S3] }]) expect(refused(nothing)).toBe(message);
  });

  test('is not selected by an empty list', () => {
    for (const property of ['resources', 'arns', 'resourceTypes', 'anyTag'])
      expect(refused({ tags: [GOLD], [property]: [] })).toBe(
        `\`${property}\` must contain at least one element, got an empty list, which selects nothing; omit it to leave the selection unrestricted`,
      );
    expect(inTemplate({ resourceTypes: [S3], tags: [], exclude: [], excludeArns: [] })).toEqual({
      Resources: [pattern(':s3:::*')],
    });
  });
});

describe('constructs', () => {
  test('are rendered as their ARN: L2s, L1s and imported ones', () => {
    const vpc = new ec2.Vpc(stack, 'Vpc');
    expect(
      inTemplate({
        resources: [
          new s3.Bucket(stack, 'Bucket'),
          new efs.CfnFileSystem(stack, 'Files'),
          dynamodb.Table.fromTableArn(stack, 'Imported', ORDERS),
          new rds.DatabaseInstance(stack, 'Database', {
            engine: rds.DatabaseInstanceEngine.POSTGRES,
            vpc,
          }),
        ],
      }).Resources,
    ).toEqual([
      { 'Fn::GetAtt': [expect.stringMatching(/^Bucket/), 'Arn'] },
      { 'Fn::GetAtt': ['Files', 'Arn'] },
      ORDERS,
      {
        'Fn::Join': [
          '',
          ['arn:aws:rds:eu-west-1:111122223333:db:', { Ref: expect.stringMatching(/^Database/) }],
        ],
      },
    ]);
  });

  test('that are scopes select all resources below them that AWS Backup can protect, including those added later', () => {
    const app = new Construct(stack, 'App');
    const scratch = new Construct(app, 'Scratch');
    table(app, 'Orders');
    const selection = select({ resources: [app], exclude: [scratch] });
    new s3.Bucket(app, 'Bucket');
    table(scratch, 'Temporary');
    synthesize(stack);
    expect(rendered(selection).BackupSelection).toMatchObject({
      Resources: [
        { 'Fn::GetAtt': [expect.stringMatching(/^AppScratchTemporary/), 'Arn'] },
        { 'Fn::GetAtt': [expect.stringMatching(/^AppOrders/), 'Arn'] },
        { 'Fn::GetAtt': [expect.stringMatching(/^AppBucket/), 'Arn'] },
      ],
      NotResources: [{ 'Fn::GetAtt': [expect.stringMatching(/^AppScratchTemporary/), 'Arn'] }],
    });
  });

  test('that are stacks select the stack as a whole', () => {
    const selection = select({ resources: [stack] });
    expect(rendered(selection).BackupSelection.Resources).toEqual([{ Ref: 'AWS::StackId' }]);
  });

  test('without resources to protect are refused at synthesis', () => {
    const empty = new Construct(stack, 'Empty');
    plan.addSelection('Gold', { resources: [empty] });
    expect(synthesisRefusal(stack)).toContain(
      '[Stack/Plan/Gold] `resources` contains `Stack/Empty`, which is not a resource that AWS Backup can protect and has none below it; remove it, or pass the resource itself',
    );
  });

  test('without resources to exclude get a warning', () => {
    const selection = select({ tags: [GOLD], exclude: [new Construct(stack, 'Empty')] });
    synthesize(stack);
    expect(warningsOf(selection)).toEqual([
      'Backup-ExcludedEmptyScope: `exclude` contains `Stack/Empty`, which is not a resource that AWS Backup can protect and has none below it; remove it, or pass the resource itself',
    ]);
    expect(rendered(selection).BackupSelection).not.toHaveProperty('NotResources');
  });

  test("that AWS Backup can't protect are refused at synthesis", () => {
    plan.addSelection('Gold', {
      resources: [LambdaFunction.fromFunctionName(stack, 'Function', 'function')],
    });
    expect(synthesisRefusal(stack)).toContain(
      '`resources` contains `Stack/Function`, which is not a resource',
    );
  });
});

describe("resources in another account or Region can't be selected", () => {
  let far: Stack;
  beforeEach(() => {
    far = new Stack(stack.node.root as App, 'Far', { env: { account: '111122223333', region: 'us-east-1' } });
  });
  const message = (path: string, place = 'Region us-east-1') =>
    `\`resources\` has \`${path}\` in ${place}, but a selection protects only resources in its own account and Region; create a plan there`;

  test('a construct, or an imported one', () => {
    expect(refused({ resources: [table(far)] })).toBe(message('Far/Table'));
    const imported = dynamodb.Table.fromTableArn(
      stack,
      'Imported',
      ORDERS.replace('111122223333', '444455556666'),
    );
    expect(refused({ resources: [imported] })).toBe(message('Stack/Imported', 'account 444455556666'));
  });

  test('a scope that contains one, at synthesis', () => {
    table();
    table(far);
    plan.addSelection('All', { resources: [stack.node.root] });
    expect(synthesisRefusal(stack)).toContain(`[Stack/Plan/All] ${message('Far/Table')}`);
  });

  test("but can be excluded, since they aren't selected anyway", () => {
    const selection = select({ resourceTypes: [DYNAMODB], exclude: [table(far)] });
    expect(rendered(selection).BackupSelection).not.toHaveProperty('NotResources');
  });

  test('an ARN there gets a warning, since AWS Backup ignores it', () => {
    const there = (region: string, account: string) => `arn:aws:dynamodb:${region}:${account}:table/x`;
    expect(
      warningsOf(
        select({
          arns: [
            there('us-east-1', '*'),
            there('*', '444455556666'),
            there('eu-west-1', '111122223333'),
            there('*', '*'),
            'arn:aws:s3:::bucket',
          ],
        }),
      ),
    ).toEqual([
      'Backup-SelectionElsewhere: `arns` has `arn:aws:dynamodb:us-east-1:*:table/x` in Region us-east-1, but a selection protects only resources in its own Region (eu-west-1); create a plan there',
      'Backup-SelectionElsewhere: `arns` has `arn:aws:dynamodb:*:444455556666:table/x` in account 444455556666, but a selection protects only resources in its own account (111122223333); create a plan there',
    ]);
  });

  test('a plan there is refused too', () => {
    const there = BackupPlan.fromBackupPlanArn(
      stack,
      'Imported',
      'arn:aws:backup:us-east-1:111122223333:backup-plan:abcd',
    );
    expect(refusal(() => new BackupSelection(stack, 'Selection', { backupPlan: there, tags: [GOLD] }))).toBe(
      '`backupPlan` must be in the Region of the selection (eu-west-1), got us-east-1; create a plan in each account and Region; several plans can use the same rules (in `Stack/Selection`)',
    );
  });

  test('in a stage, everything works as in the app', () => {
    const prod = new Stack(new Stage(stack.node.root, 'Prod'), 'Stack', {
      env: { account: '111122223333', region: 'eu-west-1' },
    });
    table(prod);
    const selection = planIn(prod).addSelection('All', { resources: [prod.node.scope as Stage] });
    expect(rendered(selection).BackupSelection.Resources).toHaveLength(1);
  });
});

describe('limits', () => {
  const arns = (length: number, suffix = '') =>
    Array.from({ length }, (_, i) => `arn:aws:dynamodb:eu-west-1:111122223333:table/t${i}${suffix}`);
  const fix = 'select by tag, or create several selections';

  test('500 ARNs', () => {
    expect(inTemplate({ arns: arns(500) }).Resources).toHaveLength(500);
    expect(refused({ arns: arns(501) })).toBe(
      `\`arns\` can be at most 500 ARNs in a selection, got 501; ${fix}`,
    );
    expect(refused({ tags: [GOLD], excludeArns: arns(501) })).toBe(
      `\`excludeArns\` can be at most 500 ARNs in a selection, got 501; ${fix}`,
    );
  });

  test('30 ARNs with a wildcard, including one per type', () => {
    expect(inTemplate({ arns: arns(30, '*') }).Resources).toHaveLength(30);
    expect(refused({ arns: arns(31, '*') })).toBe(
      `\`arns\` can be at most 30 ARNs with a wildcard in a selection, got 31; ${fix}`,
    );
    expect(refused({ arns: arns(30, '*'), resourceTypes: [S3] })).toBe(
      `\`arns\` and \`resourceTypes\` can be at most 30 ARNs with a wildcard in a selection, got 31; ${fix}`,
    );
    expect(refused({ tags: [GOLD], excludeArns: arns(31, '*') })).toBe(
      `\`excludeArns\` can be at most 30 ARNs with a wildcard in a selection, got 31; ${fix}`,
    );
  });

  test('resources in a scope count too, at synthesis', () => {
    const app = new Construct(stack, 'App');
    table(app);
    plan.addSelection('All', { resources: [app], arns: arns(500) });
    expect(synthesisRefusal(stack)).toContain(
      `[Stack/Plan/All] \`resources\` and \`arns\` can be at most 500 ARNs in a selection, got 501; ${fix}`,
    );
  });

  test('30 conditions in `tags`, and 30 in `anyTag`', () => {
    const tags = (length: number) => Array.from({ length }, (_, i) => stringEquals(`k${i}`, 'v'));
    expect(inTemplate({ tags: tags(30), anyTag: tags(30) }).ListOfTags).toHaveLength(30);
    expect(refused({ tags: tags(31) })).toBe(
      '`tags` can be at most 30 in a selection, got 31; create several selections',
    );
    expect(refused({ anyTag: tags(31) })).toBe(
      '`anyTag` can be at most 30 in a selection, got 31; create several selections',
    );
  });
});

describe('a selection gets a warning about', () => {
  test.each<[string, BackupSelectionOptions, string[]]>([
    [
      'types that share their ARNs with others',
      { resourceTypes: [AURORA] },
      [
        'Backup-SharedArnPattern: `resourceTypes` selects Aurora by `arn:aws:rds:*:*:cluster:*`, which also selects DocumentDB, Neptune and RDS (Multi-AZ cluster); add a tag condition, or select by ARN',
      ],
    ],
    [
      'instances with their volumes, which are backed up twice',
      { resourceTypes: [EC2, EBS] },
      [
        'Backup-DoubleBackup: `resourceTypes` has EC2 and EBS: the backup of an instance already includes its volumes, so they are backed up twice; omit EBS, or select unattached volumes by tag',
      ],
    ],
    [
      'wildcards within an ARN',
      { arns: ['arn:aws:s3:::*-logs'] },
      [
        "Backup-SelectionWildcard: `arns` has a wildcard before the end of `arn:aws:s3:::*-logs`, which AWS Backup isn't known to support: it may select nothing; put one `*` at the end, or select by tag",
      ],
    ],
    [
      'an asterisk that is not a wildcard',
      { tags: [stringEquals('team', 'web-*')] },
      [
        'Backup-WildcardInEquals: `tags` compares the tag `team` with `web-*` literally, so `*` is not a wildcard; use `TagCondition.stringLike` for a pattern',
      ],
    ],
    [
      'an asterisk that is not a wildcard, in `anyTag`',
      { anyTag: [stringEquals('team', 'web-*')] },
      [
        'Backup-WildcardInEquals: `anyTag` compares the tag `team` with `web-*` literally, so `*` is not a wildcard; use `TagCondition.stringLike` for a pattern',
      ],
    ],
    [
      'two required values of one tag, which no resource has',
      { tags: [GOLD, stringEquals('backup', 'silver')] },
      [
        'Backup-ContradictoryTags: `tags` requires the tag `backup` to be both `gold` and `silver`, which no resource satisfies; use `anyTag` if one of them is enough',
      ],
    ],
    [
      'a value that must and must not be',
      { tags: [GOLD, stringNotEquals('backup', 'gold')] },
      [
        'Backup-ContradictoryTags: `tags` requires the tag `backup` to be `gold` and not to be `gold`, which no resource satisfies; omit one of them',
      ],
    ],
  ])('%s', (_, options, warnings) => {
    expect(warningsOf(select(options))).toEqual(warnings);
  });

  test('nothing else', () => {
    const fine: BackupSelectionOptions[] = [
      { tags: [GOLD, stringEquals('stage', 'prod'), stringNotEquals('backup', 'silver')] },
      { resourceTypes: [AURORA, NEPTUNE, DOCUMENTDB, RDS.variant('Multi-AZ cluster')] },
      { arns: ['arn:aws:ec2:*:*:volume/*', 'arn:aws:ec2:*', ORDERS] },
      { resourceTypes: [EC2], tags: [GOLD] },
    ];
    for (const options of fine) expect(warningsOf(select(options))).toEqual([]);
  });
});

describe('exclusions must not exclude everything', () => {
  const message = (words: string, arn: string) =>
    `${words} must not exclude everything that is selected, but excludes all of ${arn}; remove it from one of the two; for types that share an ARN pattern, select by ARN or tag instead`;

  test.each<[BackupSelectionOptions, string]>([
    [{ resourceTypes: [S3], excludeTypes: [S3] }, message('`excludeTypes`', '`arn:aws:s3:::*`')],
    [
      { resourceTypes: [AURORA], excludeTypes: [NEPTUNE] },
      message('`excludeTypes`', '`arn:aws:rds:*:*:cluster:*`'),
    ],
    [{ arns: [ORDERS], excludeArns: [ORDERS] }, message('`excludeArns`', `\`${ORDERS}\``)],
  ])('%j', (options, expected) => {
    expect(refused(options)).toBe(expected);
  });

  test('including constructs', () => {
    const orders = table();
    expect(refused({ resources: [orders], exclude: [orders] })).toBe(
      message('`exclude`', 'a resource of this app'),
    );
  });
});

describe('the role', () => {
  const BASE = 'service-role/AWSBackupServiceRolePolicyForBackup';
  const S3_POLICY = 'AWSBackupServiceRolePolicyForS3Backup';
  const policies = (selection: BackupSelection): string[] => {
    const { ManagedPolicyArns = [] } = rendered(selection.role as BackupRole);
    return ManagedPolicyArns.map((arn: unknown) =>
      JSON.stringify(arn).replace(/^.*iam::aws:policy\/([^"]+)".*$/, '$1'),
    ).sort();
  };

  test.each<[string, () => BackupSelectionOptions, string[]]>([
    ['tables', () => ({ resourceTypes: [DYNAMODB] }), [BASE]],
    ['buckets', () => ({ resourceTypes: [S3] }), [S3_POLICY, BASE]],
    ['tables and buckets', () => ({ resourceTypes: [S3], arns: [ORDERS] }), [S3_POLICY, BASE]],
    ['a bucket', () => ({ resources: [new s3.Bucket(stack, 'Bucket')] }), [S3_POLICY, BASE]],
    ['the ARN of a bucket', () => ({ arns: ['arn:aws:s3:::bucket'] }), [S3_POLICY, BASE]],
    ['ARNs of all buckets', () => ({ arns: ['arn:aws:s3:::*'] }), [S3_POLICY, BASE]],
    ['the ARN of a cluster of any engine', () => ({ arns: ['arn:aws:rds:*:*:cluster:x'] }), [BASE]],
  ])('can back up only the selected types: %s', (_, options, expected) => {
    expect(policies(select(options()))).toEqual(expected);
  });

  test.each<[string, () => BackupSelectionOptions]>([
    ['only tags', () => ({ tags: [GOLD] })],
    ['`anyTag`', () => ({ anyTag: [GOLD] })],
    ['everything', () => ({ everything: true })],
    ['a scope that can grow', () => ({ resources: [new Construct(stack, 'Scope')] })],
    ['an ARN of a service', () => ({ arns: ['arn:aws:ec2:*'] })],
    ['an ARN of an unknown type', () => ({ arns: ['arn:aws:new:*:*:thing/*'] })],
    ['an ARN that is known only at deployment', () => ({ arns: [Fn.importValue('Arn')] })],
  ])('can back up every type if any type can be selected: %s', (_, options) => {
    expect(policies(select(options()))).toEqual(expect.arrayContaining([BASE, S3_POLICY]));
  });

  test('is the role of the plan, or a new one if the plan is not from this library', () => {
    const beside = new BackupSelection(stack, 'Beside', { backupPlan: plan, tags: [GOLD] });
    expect(beside.role).toBe(plan.role);
    expect(plan.selections).toEqual([beside]);
    const imported = BackupPlan.fromBackupPlanId(stack, 'Imported', 'abcd');
    const other = new BackupSelection(stack, 'Other', { backupPlan: imported, tags: [GOLD] });
    expect(other.role.node.path).toBe('Stack/Other/AwsBackupRole');
  });

  test('can be set: a `BackupRole` gets its policies, others are not changed', () => {
    const ours = new BackupRole(stack, 'Ours');
    expect(policies(select({ resourceTypes: [S3], role: ours }))).toEqual([S3_POLICY, BASE]);
    const theirs = new Role(stack, 'Theirs', { assumedBy: new ServicePrincipal('backup.amazonaws.com') });
    const l1 = new CfnRole(stack, 'L1', { assumeRolePolicyDocument: {} });
    const imported = Role.fromRoleArn(stack, 'ImportedRole', 'arn:aws:iam::111122223333:role/backup');
    expect(
      [theirs, l1, imported].map(
        (role) => rendered(select({ tags: [GOLD], role })).BackupSelection.IamRoleArn,
      ),
    ).toEqual([
      { 'Fn::GetAtt': [expect.stringMatching(/^Theirs/), 'Arn'] },
      { 'Fn::GetAtt': ['L1', 'Arn'] },
      'arn:aws:iam::111122223333:role/backup',
    ]);
    expect(rendered(theirs)).not.toHaveProperty('ManagedPolicyArns');
  });

  test('has its policies before AWS Backup looks for resources', () => {
    const ours = new BackupRole(stack, 'Ours');
    const theirs = new Role(stack, 'Theirs', { assumedBy: new ServicePrincipal('backup.amazonaws.com') });
    const statement = () => new PolicyStatement({ actions: ['kms:Decrypt'], resources: ['*'] });
    const selections = [ours, theirs].map((role) => select({ tags: [GOLD], role }));
    ours.addToPrincipalPolicy(statement());
    theirs.addToPrincipalPolicy(statement());
    new Policy(stack, 'Later', { statements: [statement()] }).attachToRole(ours);
    const resources = synthesize(stack).toJSON().Resources;
    for (const [index, selection] of selections.entries())
      expect(resources[stack.getLogicalId(selection.node.defaultChild as never)].DependsOn).toEqual(
        expect.arrayContaining([
          expect.stringMatching(index === 0 ? /^OursDefaultPolicy/ : /^TheirsDefaultPolicy/),
        ]),
      );
  });

  test.each([
    [
      'by ARN',
      () =>
        Role.fromRoleArn(
          stack,
          'Linked',
          'arn:aws:iam::111122223333:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup',
        ),
    ],
    ['by name', () => Role.fromRoleName(stack, 'Linked', 'AWSServiceRoleForBackup')],
  ])('must not be the service-linked role of AWS Backup: %s', (_, role) => {
    expect(refused({ tags: [GOLD], role: role() })).toBe(
      "`role` must not be a service-linked role, which AWS Backup can't assume for a selection; omit it to have a `BackupRole` created",
    );
  });
});

describe('a value that is known only at deployment', () => {
  const list = () => new CfnParameter(stack, 'Arns', { type: 'CommaDelimitedList' }).valueAsList;

  test('is passed to the template', () => {
    const text = Fn.importValue('Text');
    expect(
      inTemplate({
        arns: [Fn.importValue('Arn'), `arn:aws:s3:::${text}`],
        excludeArns: [`${text}*`],
        tags: [stringEquals(text, text)],
      }),
    ).toEqual({
      Resources: [
        { 'Fn::ImportValue': 'Arn' },
        { 'Fn::Join': ['', ['arn:aws:s3:::', { 'Fn::ImportValue': 'Text' }]] },
      ],
      NotResources: [{ 'Fn::Join': ['', [{ 'Fn::ImportValue': 'Text' }, '*']] }],
      Conditions: {
        StringEquals: [
          {
            ConditionKey: { 'Fn::Join': ['', ['aws:ResourceTag/', { 'Fn::ImportValue': 'Text' }]] },
            ConditionValue: { 'Fn::ImportValue': 'Text' },
          },
        ],
      },
    });
  });

  test('can be a whole list', () => {
    const arns = list();
    expect(inTemplate({ arns, tags: [GOLD] }).Resources).toEqual({ Ref: 'Arns' });
    expect(inTemplate({ tags: [GOLD], excludeArns: arns }).NotResources).toEqual({ Ref: 'Arns' });
  });

  test("can't be a part of a list, which CloudFormation can't concatenate", () => {
    const arns = list();
    const message = (property: string) =>
      `\`${property}\` contains a list that is known only at deployment, which can't be combined with other ARNs, constructs or types; create a separate selection for it`;
    expect(refused({ arns: [...arns, ORDERS] })).toBe(message('arns'));
    plan = planIn(new Construct(stack, 'A'));
    expect(refused({ arns, resourceTypes: [S3] })).toContain(message('arns'));
    plan = planIn(new Construct(stack, 'B'));
    expect(refused({ arns, resources: [new Construct(stack, 'Scope')] })).toContain(message('arns'));
    plan = planIn(new Construct(stack, 'C'));
    expect(refused({ tags: [GOLD], excludeArns: arns, excludeTypes: [S3] })).toContain(
      message('excludeArns'),
    );
  });
});

describe('values of the wrong type are refused with a message', () => {
  test.each<[object, string]>([
    [
      { tags: GOLD },
      "`tags` must be a list, each element a `TagCondition`, got an instance of `TagCondition`; for example, use `TagCondition.stringEquals('backup', 'gold')`",
    ],
    [
      { tags: [{ key: 'backup', value: 'gold' }] },
      "`tags[0]` must be a `TagCondition`, got an object; for example, use `TagCondition.stringEquals('backup', 'gold')`",
    ],
    [
      { tags: null },
      "`tags` must be a list, each element a `TagCondition`, got null; for example, use `TagCondition.stringEquals('backup', 'gold')`",
    ],
    [
      { anyTag: 'backup' },
      "`anyTag` must be a list, each element a `TagCondition`, got `backup`; for example, use `TagCondition.stringEquals('backup', 'gold')`",
    ],
    [
      { resources: ORDERS },
      `\`resources\` must be a list, each element a construct, got \`${ORDERS}\`; use \`arns\` for ARNs`,
    ],
    [
      { resources: [ORDERS] },
      `\`resources[0]\` must be a construct, got \`${ORDERS}\`; use \`arns\` for ARNs`,
    ],
    [
      { arns: ORDERS },
      `\`arns\` must be a list, each element an ARN, got \`${ORDERS}\`; use \`resources\` for constructs`,
    ],
    [{ arns: [5] }, '`arns[0]` must be an ARN, got 5; use `resources` for constructs'],
    [{ arns: ['orders'] }, '`arns` must be ARNs such as `arn:aws:dynamodb:*:*:table/orders`, got `orders`'],
    [
      { resourceTypes: ['S3'] },
      '`resourceTypes[0]` must be a `ResourceType`, got `S3`; for example, use `ResourceType.DYNAMODB`',
    ],
    [
      { excludeTypes: [null] },
      '`excludeTypes[0]` must be a `ResourceType`, got null; for example, use `ResourceType.DYNAMODB`',
    ],
    [{ exclude: [5] }, '`exclude[0]` must be a construct, got 5; use `excludeArns` for ARNs'],
    [
      { excludeArns: {} },
      '`excludeArns` must be a list, each element an ARN, got an object; use `exclude` for constructs',
    ],
    [{ everything: 'yes' }, '`everything` must be true or false, got `yes`'],
    [
      { tags: [GOLD], role: 'AWSBackupDefaultServiceRole' },
      '`role` must be a role, got `AWSBackupDefaultServiceRole`',
    ],
    [
      { resourceTypes: [ResourceType.of('New')] },
      "`resourceTypes` contains `New`, which has no known ARN pattern; define one with `ResourceType.of(name, { arnPatterns: ['arn:{partition}:…'] })`",
    ],
  ])('%j', (options, message) => {
    expect(refused(options)).toContain(message);
  });

  test('a plan that is not a plan, or no properties at all', () => {
    const make = (props: unknown) =>
      refusal(() => new BackupSelection(stack, 'Selection', props as BackupSelectionProps));
    expect(make({ backupPlan: 'plan', tags: [GOLD] })).toBe(
      '`backupPlan` must be a backup plan, got `plan`; refer to an existing one with `BackupPlan.fromBackupPlanId` (in `Stack/Selection`)',
    );
    stack.node.tryRemoveChild('Selection');
    expect(make(undefined)).toBe(
      '`props` must be an object with properties, got nothing (in `Stack/Selection`)',
    );
  });

  test('whatever they are', () => {
    const keys = ['resources', 'arns', 'resourceTypes', 'tags', 'anyTag', 'everything', 'role'] as const;
    const more = ['exclude', 'excludeArns', 'excludeTypes', 'selectionName'] as const;
    const imported = BackupPlan.fromBackupPlanId(stack, 'Imported', 'abcd');
    let made = 0;
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(...keys, ...more),
          fc.oneof(anything, fc.array(anything, { maxLength: 3 })),
          {
            maxKeys: 3,
          },
        ),
        (options) => {
          made += 1;
          const props = { tags: [GOLD], ...options, backupPlan: imported } as BackupSelectionProps;
          const error = thrown(() => new BackupSelection(stack, `Any${made}`, props));
          if (error) expect(error.message).toMatch(/must|can't|has `/);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('a `BackupResource` of aws-cdk-lib', () => {
  const refused = (options: object) => {
    const existing = BackupPlan.fromBackupPlanId(
      stack,
      `Existing${count++}`,
      '0f5b8a2e-3c1d-4e6f-9a7b-1c2d3e4f5a6b',
    );
    return refusal(() => new BackupSelection(testStack(), 'Selection', { ...options, backupPlan: existing }));
  };

  test('by tag points to `tags`', () => {
    expect(refused({ resources: [BackupResource.fromTag('backup', 'gold')] })).toBe(
      "`resources[0]` must be a construct, got an instance of `BackupResource`; use `tags: [TagCondition.stringEquals('backup', 'gold')]` instead of a `BackupResource` of aws-cdk-lib (in `Stack/Selection`)",
    );
    expect(refused({ everything: true, exclude: [BackupResource.fromTag('stage', 'dev')] })).toContain(
      "use `tags: [TagCondition.stringNotEquals('stage', 'dev')]` instead",
    );
  });

  test('by ARN or construct points to the construct, or to `arns`', () => {
    const arn = BackupResource.fromArn('arn:aws:s3:::orders');
    expect(refused({ resources: [arn] })).toContain(
      'pass the construct itself, or its ARN in `arns`, instead of a `BackupResource` of aws-cdk-lib',
    );
    expect(refused({ everything: true, exclude: [arn] })).toContain('its ARN in `excludeArns`, instead');
  });

  test('each gets its own fix, and other things the usual one', () => {
    expect(refused({ resources: [BackupResource.fromTag('a', 'b'), 'arn:aws:s3:::orders'] })).toBe(
      [
        '2 problems of `Stack/Selection`:',
        "  - `resources[0]` must be a construct, got an instance of `BackupResource`; use `tags: [TagCondition.stringEquals('a', 'b')]` instead of a `BackupResource` of aws-cdk-lib",
        '  - `resources[1]` must be a construct, got `arn:aws:s3:::orders`; use `arns` for ARNs',
      ].join('\n'),
    );
  });
});

describe('a selection by tag that selects nothing of the app', () => {
  const bucketWith = (tags: Record<string, string>) => {
    const bucket = new s3.Bucket(stack, 'Bucket', { versioned: true });
    for (const [key, value] of Object.entries(tags)) Tags.of(bucket).add(key, value);
    return bucket;
  };
  const nothing = (got: string, fix: string) => [
    `Backup-SelectsNothing: \`tags\` must match a resource of the app in this account and Region to back it up, got ${got}, which none of 1 has; ${fix}`,
  ];
  const OTHERS = 'tag the resources, or acknowledge this if other apps create them';
  const warned = () => {
    synthesize(stack);
    return warningsOf(stack);
  };

  test.each<[string, Record<string, string>, TagCondition[], string, string]>([
    [
      'a typo in the value',
      { backup: 'golld' },
      [GOLD],
      '`backup = gold`',
      'compare it with `backup = golld` of `Stack/Bucket`',
    ],
    [
      'a typo in the key',
      { bakcup: 'gold' },
      [GOLD],
      '`backup = gold`',
      'compare it with `bakcup = gold` of `Stack/Bucket`',
    ],
    ['another value', { backup: 'silver' }, [GOLD], '`backup = gold`', OTHERS],
    ['no tags', {}, [GOLD], '`backup = gold`', OTHERS],
    [
      'an excluded value',
      { stage: 'dev' },
      [stringLike('stage', 'd*'), stringNotEquals('stage', 'dev')],
      '`stage like d*` and `stage ≠ dev`',
      OTHERS,
    ],
  ])('warns of %s', (_, has, tags, got, fix) => {
    bucketWith(has);
    select({ tags });
    expect(warned()).toEqual(nothing(got, fix));
  });

  test('warns of several tags of which none is there', () => {
    bucketWith({ backup: 'bronze' });
    select({ anyTag: [GOLD, stringEquals('backup', 'silver')] });
    expect(warned()).toEqual([
      `Backup-SelectsNothing: \`anyTag\` must match a resource of the app in this account and Region to back it up, got \`backup = gold\` or \`backup = silver\`, which none of 1 has; ${OTHERS}`,
    ]);
  });

  test.each<[string, () => void]>([
    ['it selects something', () => void bucketWith({ backup: 'gold' })],
    ['the app has nothing that AWS Backup can protect', () => undefined],
    ['the app opts everything else out', () => void bucketWith({ 'backup:opt-out-reason': 'cache' })],
    [
      'a tag is known only at deployment',
      () => void bucketWith({ backup: new CfnParameter(stack, 'Tier').valueAsString }),
    ],
    [
      'the resources are in another Region',
      () =>
        void new s3.Bucket(
          new Stack(stack.node.root as App, 'Far', {
            env: { account: '111122223333', region: 'eu-central-1' },
          }),
          'Bucket',
        ),
    ],
  ])('does not warn if %s', (_, prepare) => {
    prepare();
    select({ tags: [GOLD] });
    expect(warningsOf(stack)).toEqual([]);
    expect(warned()).toEqual([]);
  });

  test('does not warn if it excludes everything else', () => {
    select({ tags: [GOLD], exclude: [bucketWith({})] });
    expect(warned()).toEqual([]);
  });

  test('sees what was added after an earlier synthesis', () => {
    select({ tags: [GOLD] });
    synthesize(stack);
    bucketWith({ backup: 'golld' });
    const quiet = jest.spyOn(console, 'error').mockImplementation(() => {});
    (stack.node.root as App).synth({ force: true });
    quiet.mockRestore();
    expect(warningsOf(stack)).toHaveLength(1);
  });

  test('can be acknowledged', () => {
    bucketWith({});
    Validations.of(select({ tags: [GOLD] })).acknowledge({
      id: 'Backup-SelectsNothing',
      reason: 'of other apps',
    });
    expect(warned()).toEqual([]);
  });
});

test('a plan without a selection is a note', () => {
  synthesize(stack);
  expect(infosOf(stack)).toEqual([
    'Backup-PlanWithoutSelection: `selections` must have at least one selection to back up anything, got none in this app; add one with `addSelection()`',
  ]);
});
