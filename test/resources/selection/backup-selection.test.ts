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
} from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
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
import { warningsOf } from '../../support/warnings';

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
/** The selection as in the template, without its name and role. */
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
  test('is of a plan, in a role, and satisfies the schema of CloudFormation', () => {
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
  ])('bears the id of the construct as its name: %s', (id, name) => {
    expect(rendered(plan.addSelection(id, { tags: [GOLD] })).BackupSelection.SelectionName).toBe(name);
  });

  test('has a name that AWS accepts', () => {
    expect(refused({ selectionName: 'a:b', tags: [GOLD] })).toBe(
      '`selectionName` must be 1 to 50 characters of `a-z`, `A-Z`, `0-9`, `-`, `_` and `.`, got `a:b`; use `a-b`',
    );
  });
});

describe('all that is said must hold', () => {
  test('tags are conditions, with the prefix that AWS wants, of every resource', () => {
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

  test('several conditions of one kind stand in one list', () => {
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

  test('types, ARNs and constructs are one list, of which one is enough; tags and exclusions limit it', () => {
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

  test('one thing that is said twice stands once in the template', () => {
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

describe('any of some tags', () => {
  const anyTag = [GOLD, stringEquals('backup', 'silver')];

  test('is its own property, and never stands beside resources, since AWS would take the union', () => {
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
  ])('is refused beside %s', (_, options) => {
    expect(refused(options)).toContain(
      "`anyTag` can't be limited to `resources`, `arns` or `resourceTypes`: AWS Backup would select these and, besides, everything with one of the tags; make one selection for each tag with `tags`, or leave the resources out",
    );
  });

  test('knows no operator but equality', () => {
    expect(refused({ anyTag: [stringLike('backup', 'g*'), GOLD] })).toBe(
      '`anyTag` takes `TagCondition.stringEquals` only, got `backup like g*`; put it into `tags`, or make a selection for it',
    );
  });
});

describe('everything', () => {
  test('is selected by its own word only, with a warning of what that costs', () => {
    const selection = select({ everything: true, excludeTypes: [S3] });
    expect(rendered(selection).BackupSelection).toMatchObject({
      Resources: ['*'],
      NotResources: [pattern(':s3:::*')],
    });
    expect(warningsOf(selection)).toEqual([
      "Backup-SelectsEverything: `everything` selects every resource of every type that the Region has opted in to, also those that are made later, at a cost that isn't known here; select by a tag that resources have",
    ]);
  });

  test('beside tags is the same as the tags alone', () => {
    expect(warningsOf(select({ everything: true, tags: [GOLD] }))).toEqual([
      "Backup-SelectsEverything: `everything` selects every resource that fulfils `tags` of every type that the Region has opted in to, also those that are made later, at a cost that isn't known here; leave it out: `tags` alone selects the same",
    ]);
  });

  test('is nearly what conditions select that only say what tags are not', () => {
    expect(
      warningsOf(select({ tags: [stringNotEquals('stage', 'dev'), stringNotLike('name', 'tmp*')] })),
    ).toEqual([
      'Backup-SelectsEverything: `tags` asks only for what tags are not, which every resource without these tags fulfils too: the selection takes nearly everything in the Region, at a cost that is not known here; add a tag that resources must have, or say `everything: true` where that is meant',
    ]);
    for (const more of [
      { resourceTypes: [S3] },
      { anyTag: [GOLD] },
      { tags: [GOLD, stringNotEquals('a', 'b')] },
    ])
      expect(warningsOf(select({ tags: [stringNotEquals('stage', 'dev')], ...more }))).toEqual([]);
  });

  test('can’t be said together with less, nor with an asterisk for an ARN', () => {
    const message =
      "`everything` can't be combined with `resources`, `arns`, `resourceTypes` or `anyTag`, which select less; say one of them";
    for (const less of [
      { resourceTypes: [S3] },
      { arns: [ORDERS] },
      { anyTag: [GOLD] },
      { resources: [stack] },
    ])
      expect(refused({ everything: true, ...less })).toContain(message);
    expect(refused({ arns: ['*'], tags: [GOLD] })).toBe(
      '`arns` must be ARNs, got `*`, which stands for every resource of the Region; say `everything: true`, or `tags` alone to select by tag',
    );
  });

  test('is not what nothing means', () => {
    const message =
      'a selection must say what it selects with `tags`, `anyTag`, `resources`, `arns` or `resourceTypes`, got none of them; use `everything: true` where every resource of the Region is meant';
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

  test('is not what an empty list means that was to limit the selection', () => {
    for (const property of ['resources', 'arns', 'resourceTypes', 'anyTag'])
      expect(refused({ tags: [GOLD], [property]: [] })).toBe(
        `\`${property}\` must have at least one element, got an empty list, of which nothing can be selected; leave it out where it shall not limit the selection`,
      );
    expect(inTemplate({ resourceTypes: [S3], tags: [], exclude: [], excludeArns: [] })).toEqual({
      Resources: [pattern(':s3:::*')],
    });
  });
});

describe('constructs', () => {
  test('stand for their ARN: L2s, L1s and imported ones', () => {
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

  test('that are scopes stand for what AWS Backup protects below them, later additions included', () => {
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

  test('that are stacks stand for the stack as a whole', () => {
    const selection = select({ resources: [stack] });
    expect(rendered(selection).BackupSelection.Resources).toEqual([{ Ref: 'AWS::StackId' }]);
  });

  test('that hold nothing to protect are refused at synthesis, where something was to be selected', () => {
    const empty = new Construct(stack, 'Empty');
    plan.addSelection('Gold', { resources: [empty] });
    expect(synthesisRefusal(stack)).toContain(
      '[Stack/Plan/Gold] `resources` has `Stack/Empty`, which is no resource that AWS Backup protects, and has none below it; leave it out, or name the resource itself',
    );
  });

  test('that hold nothing to exclude get a warning', () => {
    const selection = select({ tags: [GOLD], exclude: [new Construct(stack, 'Empty')] });
    synthesize(stack);
    expect(warningsOf(selection)).toEqual([
      'Backup-SelectionEmptyScope: `exclude` has `Stack/Empty`, which is no resource that AWS Backup protects, and has none below it; leave it out, or name the resource itself',
    ]);
    expect(rendered(selection).BackupSelection).not.toHaveProperty('NotResources');
  });

  test('that AWS Backup doesn’t protect are refused at synthesis', () => {
    plan.addSelection('Gold', {
      resources: [LambdaFunction.fromFunctionName(stack, 'Function', 'function')],
    });
    expect(synthesisRefusal(stack)).toContain('`resources` has `Stack/Function`, which is no resource');
  });
});

describe('what lies in another account or Region can’t be selected', () => {
  let far: Stack;
  beforeEach(() => {
    far = new Stack(stack.node.root as App, 'Far', { env: { account: '111122223333', region: 'us-east-1' } });
  });
  const message = (path: string, place = 'Region us-east-1') =>
    `\`resources\` has \`${path}\` in ${place}, but a selection protects what lies in its own account and Region; make a plan there for it`;

  test('a construct, or an imported one', () => {
    expect(refused({ resources: [table(far)] })).toBe(message('Far/Table'));
    const imported = dynamodb.Table.fromTableArn(
      stack,
      'Imported',
      ORDERS.replace('111122223333', '444455556666'),
    );
    expect(refused({ resources: [imported] })).toBe(message('Stack/Imported', 'account 444455556666'));
  });

  test('a scope that reaches there, at synthesis', () => {
    table();
    table(far);
    plan.addSelection('All', { resources: [stack.node.root] });
    expect(synthesisRefusal(stack)).toContain(`[Stack/Plan/All] ${message('Far/Table')}`);
  });

  test('but may be excluded, since it isn’t selected anyway', () => {
    const selection = select({ resourceTypes: [DYNAMODB], exclude: [table(far)] });
    expect(rendered(selection).BackupSelection).not.toHaveProperty('NotResources');
  });

  test('an ARN of there gets a warning, since AWS Backup ignores it', () => {
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
      'Backup-SelectionElsewhere: `arns` has `arn:aws:dynamodb:us-east-1:*:table/x` in Region us-east-1, but a selection protects what lies in its own Region (eu-west-1); make a plan there for it',
      'Backup-SelectionElsewhere: `arns` has `arn:aws:dynamodb:*:444455556666:table/x` in account 444455556666, but a selection protects what lies in its own account (111122223333); make a plan there for it',
    ]);
  });

  test('a plan of there neither', () => {
    const there = BackupPlan.fromBackupPlanArn(
      stack,
      'Imported',
      'arn:aws:backup:us-east-1:111122223333:backup-plan:abcd',
    );
    expect(refusal(() => new BackupSelection(stack, 'Selection', { backupPlan: there, tags: [GOLD] }))).toBe(
      '`backupPlan` must be in the Region of the selection (eu-west-1), got us-east-1; make a plan in each account and Region; the same rules can stand in several plans (in `Stack/Selection`)',
    );
  });

  test('in a stage of its own, everything is as in the app', () => {
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
  const fix = 'select by tag, or make several selections';

  test('500 ARNs', () => {
    expect(inTemplate({ arns: arns(500) }).Resources).toHaveLength(500);
    expect(refused({ arns: arns(501) })).toBe(
      `\`arns\` can be at most 500 ARNs in a selection, got 501; ${fix}`,
    );
    expect(refused({ tags: [GOLD], excludeArns: arns(501) })).toBe(
      `\`excludeArns\` can be at most 500 ARNs in a selection, got 501; ${fix}`,
    );
  });

  test('30 ARNs with a wildcard, of which types have one each', () => {
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

  test('what a scope holds counts too, at synthesis', () => {
    const app = new Construct(stack, 'App');
    table(app);
    plan.addSelection('All', { resources: [app], arns: arns(500) });
    expect(synthesisRefusal(stack)).toContain(
      `[Stack/Plan/All] \`resources\` and \`arns\` can be at most 500 ARNs in a selection, got 501; ${fix}`,
    );
  });

  test('30 conditions, and 30 tags of which any is enough', () => {
    const tags = (length: number) => Array.from({ length }, (_, i) => stringEquals(`k${i}`, 'v'));
    expect(inTemplate({ tags: tags(30), anyTag: tags(30) }).ListOfTags).toHaveLength(30);
    expect(refused({ tags: tags(31) })).toBe(
      '`tags` can be at most 30 in a selection, got 31; make several selections',
    );
    expect(refused({ anyTag: tags(31) })).toBe(
      '`anyTag` can be at most 30 in a selection, got 31; make several selections',
    );
  });
});

describe('a warning is given of', () => {
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
        'Backup-DoubleBackup: `resourceTypes` has EC2 and EBS: the backup of an instance holds its volumes already, so they are backed up twice; leave EBS out, or tag the volumes that belong to no instance',
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
      'an asterisk that is no wildcard',
      { tags: [stringEquals('team', 'web-*')] },
      [
        'Backup-WildcardInEquals: `tags` compares the tag `team` with `web-*` letter by letter, where `*` is no wildcard; use `TagCondition.stringLike` for a pattern',
      ],
    ],
    [
      'an asterisk that is no wildcard, among tags of which any is enough',
      { anyTag: [stringEquals('team', 'web-*')] },
      [
        'Backup-WildcardInEquals: `anyTag` compares the tag `team` with `web-*` letter by letter, where `*` is no wildcard; use `TagCondition.stringLike` for a pattern',
      ],
    ],
    [
      'two values of one tag, which no resource has at once',
      { tags: [GOLD, stringEquals('backup', 'silver')] },
      [
        'Backup-ContradictoryTags: `tags` asks that the tag `backup` is `gold` and `silver` at once, which no resource fulfils; use `anyTag` where one of them is enough',
      ],
    ],
    [
      'a value that must and must not be',
      { tags: [GOLD, stringNotEquals('backup', 'gold')] },
      [
        'Backup-ContradictoryTags: `tags` asks that the tag `backup` is `gold` and that it is not, which no resource fulfils; leave one of them out',
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

describe('exclusions must leave something', () => {
  const message = (words: string, arn: string) =>
    `${words} must leave something of what is selected, but takes away all of ${arn}; leave it out on one of the two sides; types that share a pattern can be told apart by ARN or tag only`;

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

  test('of constructs too', () => {
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
    ['the ARN of a cluster, of whichever engine', () => ({ arns: ['arn:aws:rds:*:*:cluster:x'] }), [BASE]],
  ])('may back up what is selected, and nothing else: %s', (_, options, expected) => {
    expect(policies(select(options()))).toEqual(expected);
  });

  test.each<[string, () => BackupSelectionOptions]>([
    ['tags alone', () => ({ tags: [GOLD] })],
    ['any of some tags', () => ({ anyTag: [GOLD] })],
    ['everything', () => ({ everything: true })],
    ['a scope, which may grow', () => ({ resources: [new Construct(stack, 'Scope')] })],
    ['an ARN of a service', () => ({ arns: ['arn:aws:ec2:*'] })],
    ['an ARN of an unknown type', () => ({ arns: ['arn:aws:new:*:*:thing/*'] })],
    ['an ARN that is known at deployment only', () => ({ arns: [Fn.importValue('Arn')] })],
  ])('may back up every type where anything can be selected: %s', (_, options) => {
    expect(policies(select(options()))).toEqual(expect.arrayContaining([BASE, S3_POLICY]));
  });

  test('is that of a plan of ours, wherever the selection stands, and its own otherwise', () => {
    const beside = new BackupSelection(stack, 'Beside', { backupPlan: plan, tags: [GOLD] });
    expect(beside.role).toBe(plan.role);
    expect(plan.selections).toEqual([beside]);
    const imported = BackupPlan.fromBackupPlanId(stack, 'Imported', 'abcd');
    const other = new BackupSelection(stack, 'Other', { backupPlan: imported, tags: [GOLD] });
    expect(other.role.node.path).toBe('Stack/Other/AwsBackupRole');
  });

  test('can be given: ours gets its policies, others stay as they are', () => {
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
      "`role` must not be a service-linked role, which AWS Backup can't assume for a selection; leave it out, and a `BackupRole` is made",
    );
  });
});

describe('what is known at deployment only', () => {
  const list = () => new CfnParameter(stack, 'Arns', { type: 'CommaDelimitedList' }).valueAsList;

  test('stands in the template as it is', () => {
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

  test('can’t be a part of a list, which CloudFormation can’t join', () => {
    const arns = list();
    const message = (property: string) =>
      `\`${property}\` has a list that is known at deployment only, which can't be joined with other ARNs, constructs or types; make a selection of its own for it`;
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

describe('what is of the wrong kind is refused in words', () => {
  test.each<[object, string]>([
    [
      { tags: GOLD },
      "`tags` must be a list, each element a `TagCondition`, got an instance of `TagCondition`; use for instance `TagCondition.stringEquals('backup', 'gold')`",
    ],
    [
      { tags: [{ key: 'backup', value: 'gold' }] },
      "`tags[0]` must be a `TagCondition`, got an object; use for instance `TagCondition.stringEquals('backup', 'gold')`",
    ],
    [
      { tags: null },
      "`tags` must be a list, each element a `TagCondition`, got null; use for instance `TagCondition.stringEquals('backup', 'gold')`",
    ],
    [
      { anyTag: 'backup' },
      "`anyTag` must be a list, each element a `TagCondition`, got `backup`; use for instance `TagCondition.stringEquals('backup', 'gold')`",
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
      '`resourceTypes[0]` must be a `ResourceType`, got `S3`; use for instance `ResourceType.DYNAMODB`',
    ],
    [
      { excludeTypes: [null] },
      '`excludeTypes[0]` must be a `ResourceType`, got null; use for instance `ResourceType.DYNAMODB`',
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
      "`resourceTypes` has `New`, of which no ARN pattern is known; say it with `ResourceType.of(name, { arnPatterns: ['arn:{partition}:…'] })`",
    ],
  ])('%j', (options, message) => {
    expect(refused(options)).toContain(message);
  });

  test('a plan that is none, or no properties at all', () => {
    const make = (props: unknown) =>
      refusal(() => new BackupSelection(stack, 'Selection', props as BackupSelectionProps));
    expect(make({ backupPlan: 'plan', tags: [GOLD] })).toBe(
      '`backupPlan` must be a backup plan, got `plan`; refer to an existing one with `BackupPlan.fromBackupPlanId` (in `Stack/Selection`)',
    );
    stack.node.tryRemoveChild('Selection');
    expect(make(undefined)).toBe(
      '`props` must be an object with properties, got undefined (in `Stack/Selection`)',
    );
  });

  test('whatever it is', () => {
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
