import {
  type Coverage,
  type CoverageOptions,
  coverageOf,
  coverageRatio,
  planName,
} from '../../src/coverage/coverage';
import { coverageJson } from '../../src/coverage/coverage-json';
import { type Inventory, inventoryOf } from '../../src/inventory/inventory';
import { ResourceType } from '../../src/values/resource-type/resource-type';
import {
  choice,
  condition,
  plan,
  backupReady as resource,
  rule,
  selection,
  stack,
  tags,
} from '../support/backups';
import { inventory, inventoryOfResources, source } from '../support/templates';

const NOW = new Date('2026-11-21T00:00:00Z');

function coverage(of: Inventory, options: Partial<CoverageOptions> = {}): Coverage {
  return coverageOf(of, { now: NOW, ...options });
}

/** The verdict on each resource: the names of its plans, with `?` where that is open. */
function verdicts(of: Inventory): Record<string, string> {
  return Object.fromEntries(
    coverage(of).resources.map(({ resource: { place }, status, plans, perhaps }) => [
      place.stack === 'App' ? place.logicalId : `${place.stack}/${place.logicalId}`,
      [status, ...plans.map(({ name }) => name), ...perhaps.map(({ name }) => `${name}?`)].join(' '),
    ]),
  );
}

/** The verdict on a single resource `X` beside one plan with one selection. */
function verdict(x: object, body: Record<string, unknown>, template: object = {}): string {
  return verdicts(
    inventory({ ...template, Resources: { X: x, Plan: plan('gold'), Selection: selection(body) } }),
  ).X;
}

const gold = (type = 'S3::Bucket', properties = {}) =>
  resource(type, { Tags: tags({ backup: 'gold' }), ...properties });
const everything = { Resources: ['*'] };
const YES = 'protected gold';
const NO = 'unprotected';
const MAYBE = 'unprotected gold?';

describe('a tag of `ListOfTags`', () => {
  test.each([
    ['is enough', { backup: 'gold', stage: 'dev' }, [choice('backup', 'gold')], YES],
    ['is enough, whichever of them', { b: '2' }, [choice('a', '1'), choice('b', '2')], YES],
    ['has a value with case', { backup: 'Gold' }, [choice('backup', 'gold')], NO],
    ['has a key with case', { Backup: 'gold' }, [choice('backup', 'gold')], NO],
    ['has no wildcards', { backup: 'gold' }, [choice('backup', 'g*')], NO],
    ['without a value is not one that is missing', { a: '1', b: '2' }, [choice('backup', '')], NO],
    ['with an operator that AWS refuses selects nothing', { a: '1' }, [choice('a', '1', 'STRINGLIKE')], NO],
  ])('%s', (_, pairs, ListOfTags, expected) => {
    expect(verdict(resource('S3::Bucket', { Tags: tags(pairs) }), { ListOfTags })).toBe(expected);
  });

  test('may be a tag of the stack, or one that CloudFormation adds', () => {
    const bucket = { X: resource('S3::Bucket'), Plan: plan('gold') };
    const ofStack = { tags: new Map([['backup', 'gold']]) };
    const tagged = (key: string, value: string) => selection({ ListOfTags: [choice(key, value)] });
    expect(verdicts(inventoryOfResources({ ...bucket, S: tagged('backup', 'gold') }, ofStack))).toEqual({
      X: YES,
    });
    expect(
      verdicts(inventoryOfResources({ ...bucket, S: tagged('aws:cloudformation:stack-name', 'App') })),
    ).toEqual({ X: YES });
  });
});

describe('`Conditions`', () => {
  const holds = (pairs: Record<string, string>, ...conditions: object[]) =>
    verdict(resource('S3::Bucket', { Tags: tags(pairs) }), {
      ...everything,
      Conditions: Object.assign({}, ...conditions),
    });

  test.each([
    ['StringEquals', 'gold', { backup: 'gold' }, YES],
    ['StringEquals', 'gold', { backup: 'GOLD' }, NO],
    ['StringEquals', 'gold', {}, NO],
    ['StringEquals', '', { backup: '' }, YES],
    ['StringEquals', 'g*', { backup: 'gold' }, NO],
    ['StringNotEquals', 'gold', { backup: 'gold' }, NO],
    ['StringNotEquals', 'gold', { backup: 'silver' }, YES],
    ['StringNotEquals', 'gold', {}, YES],
    ['StringLike', 'g*', { backup: 'gold' }, YES],
    ['StringLike', '*ol*', { backup: 'gold' }, YES],
    ['StringLike', '*', { backup: '' }, YES],
    ['StringLike', 'g*', { backup: 'g old' }, NO],
    ['StringLike', 'g o*', { backup: 'g old' }, YES],
    ['StringLike', 'g*', {}, NO],
    ['StringNotLike', 'g*', { backup: 'gold' }, NO],
    ['StringNotLike', 'g*', { backup: 'silver' }, YES],
  ])('%s %j of a resource with %j: %s', (operator, value, pairs, expected) => {
    expect(holds(pairs as Record<string, string>, condition(operator, 'backup', value))).toBe(expected);
  });

  test('must all hold', () => {
    const both = [condition('StringEquals', 'backup', 'gold'), condition('StringNotEquals', 'stage', 'dev')];
    expect(holds({ backup: 'gold', stage: 'prod' }, ...both)).toBe(YES);
    expect(holds({ backup: 'gold', stage: 'dev' }, ...both)).toBe(NO);
    expect(holds({ stage: 'prod' }, ...both)).toBe(NO);
  });

  test('hold for what `ListOfTags` selects, too', () => {
    const body = {
      ListOfTags: [choice('backup', 'gold')],
      Conditions: condition('StringEquals', 'stage', 'prod'),
    };
    expect(verdict(gold(), body)).toBe(NO);
    expect(verdict(gold('S3::Bucket', { Tags: tags({ backup: 'gold', stage: 'prod' }) }), body)).toBe(YES);
  });

  test('alone, or without their prefix, are refused by AWS and select nothing', () => {
    expect(verdict(gold(), { Conditions: condition('StringEquals', 'backup', 'gold') })).toBe(NO);
    const bare = { StringEquals: [{ ConditionKey: 'backup', ConditionValue: 'gold' }] };
    expect(verdict(gold(), { ...everything, Conditions: bare })).toBe(NO);
    const twice = condition('StringEquals', 'aws:ResourceTag/backup', 'gold');
    expect(verdict(gold(), { ...everything, Conditions: twice })).toBe(NO);
  });

  test.each<[string, object, object]>([
    ['a condition without a key', { ConditionValue: 'gold' }, {}],
    ['a condition without a value', { ConditionKey: 'aws:ResourceTag/backup' }, {}],
    ['a tag without a key', {}, { ConditionType: 'STRINGEQUALS', ConditionValue: 'gold' }],
    ['a tag without a value', {}, { ConditionType: 'STRINGEQUALS', ConditionKey: 'backup' }],
    ['a tag with an operator of conditions', {}, choice('backup', 'gold', 'StringEquals')],
  ])('%s beside others keeps the selection from being created', (_, ofCondition, ofTag) => {
    const Conditions = {
      StringEquals: [
        { ConditionKey: 'aws:ResourceTag/backup', ConditionValue: 'gold' },
        ...(Object.keys(ofCondition).length > 0 ? [ofCondition] : []),
      ],
    };
    const ListOfTags = [choice('backup', 'gold'), ...(Object.keys(ofTag).length > 0 ? [ofTag] : [])];
    expect(verdict(gold(), { ListOfTags, Conditions })).toBe(NO);
    expect(
      verdict(gold(), {
        ListOfTags: ListOfTags.slice(0, 1),
        Conditions: { StringEquals: Conditions.StringEquals.slice(0, 1) },
      }),
    ).toBe(YES);
  });
});

describe('`Resources`', () => {
  const table = resource('DynamoDB::Table', { TableName: 'orders' });
  const arn = (resource: string, region = 'us-east-1', account = '111111111111') =>
    `arn:aws:dynamodb:${region}:${account}:${resource}`;

  test.each([
    ['*', YES],
    [arn('table/orders'), YES],
    [arn('table/Orders'), NO],
    [arn('table/orders-2'), NO],
    [arn('table/*'), YES],
    [arn('table/*', '*', '*'), YES],
    [arn('table/ord*'), YES],
    [arn('table/prod*'), NO],
    ['arn:aws:dynamodb:*', YES],
    ['arn:aws:s3:::*', NO],
    [arn('table/orders', 'eu-west-1'), NO],
    [arn('table/orders', 'us-east-1', '222222222222'), NO],
    [arn('table/*').replace('aws', 'aws-cn'), NO],
    [arn('table/*ers'), MAYBE],
    [arn('table/*x'), NO],
    ['orders', NO],
    ['orders*', NO],
    ['not:an:arn:at:all:*', NO],
    ['not:the:arn:of:any:thing:*', NO],
    [arn('table/*rd*s'), MAYBE],
    [arn('table/*rd*x'), NO],
  ])('%s for a table with a name: %s', (pattern, expected) => {
    expect(verdict(table, { Resources: [pattern] })).toBe(expected);
  });

  test('a reference to a resource is that resource and no other', () => {
    const tables = { X: resource('DynamoDB::Table'), Y: resource('DynamoDB::Table'), Plan: plan('gold') };
    const reference = { 'Fn::GetAtt': ['X', 'Arn'] };
    const pieces = {
      'Fn::Sub': `arn:\${AWS::Partition}:dynamodb:\${AWS::Region}:\${AWS::AccountId}:table/\${X}`,
    };
    for (const one of [reference, pieces])
      for (const environment of [{}, { account: undefined, region: undefined }])
        expect(
          verdicts(inventoryOfResources({ ...tables, S: selection({ Resources: [one] }) }, environment)),
        ).toEqual({ X: YES, Y: NO });
  });

  test('a name that CloudFormation generates is no name that a template says, but may begin like one', () => {
    const unnamed = resource('DynamoDB::Table');
    expect(verdict(unnamed, { Resources: [arn('table/orders')] })).toBe(NO);
    expect(verdict(unnamed, { Resources: [arn('table/orders*')] })).toBe(NO);
    expect(verdict(unnamed, { Resources: [arn('table/Ap*')] })).toBe(MAYBE);
    expect(verdict(unnamed, { Resources: [arn('table/App-X*')] })).toBe(MAYBE);
    expect(verdict(gold(), { Resources: ['arn:aws:s3:::app-*'] })).toBe(MAYBE);
    expect(verdict(gold(), { Resources: ['arn:aws:s3:::App-*'] })).toBe(NO);
    expect(verdict(resource('EKS::Cluster'), { Resources: ['arn:aws:eks:*:*:cluster/x*'] })).toBe(MAYBE);
    expect(verdict(unnamed, { Resources: [arn('table/*')] })).toBe(YES);
    expect(verdict(unnamed, { Resources: [arn('index/*')] })).toBe(NO);
  });

  test.each<[string, string, Record<string, unknown>, string, string]>([
    ['DynamoDB::Table', 'Long-Stack-Name-Indeed', {}, arn('table/Long-Stack-Name-*'), MAYBE],
    ['DynamoDB::Table', 'Long-Stack-Name-Indeed', {}, arn('table/Long-Stack-Name-X*'), MAYBE],
    ['DynamoDB::Table', 'Long-Stack-Name-Indeed', {}, arn('table/Long-Stack-NamX*'), NO],
    ['DynamoDB::Table', 'Long-Stack-Name-Indeed', {}, arn('table/long*'), NO],
    ['DynamoDB::GlobalTable', 'Shop', { Replicas: [{ Region: 'us-east-1' }] }, arn('table/Shop-*'), MAYBE],
    ['DynamoDB::GlobalTable', 'Shop', { Replicas: [{ Region: 'us-east-1' }] }, arn('table/Stop*'), NO],
    ['RDS::DBInstance', 'Shop', { Engine: 'mysql' }, 'arn:aws:rds:*:*:db:shop-*', MAYBE],
    ['RDS::DBInstance', 'Shop', { Engine: 'mysql' }, 'arn:aws:rds:*:*:db:Shop-*', NO],
    ['RDS::DBCluster', 'Shop', { Engine: 'aurora-mysql' }, 'arn:aws:rds:*:*:cluster:shop-*', MAYBE],
    ['RDS::DBCluster', 'Shop', { Engine: 'aurora-mysql' }, 'arn:aws:rds:*:*:cluster:stop*', NO],
    ['S3::Bucket', 'Shop', {}, 'arn:aws:s3:::sh*', MAYBE],
    ['S3::Bucket', 'Shop', {}, 'arn:aws:s3:::st*', NO],
    ['S3::Bucket', 'Shop', { BucketName: 'orders' }, 'arn:aws:s3:::shop*', NO],
    ['EKS::Cluster', 'Shop', {}, 'arn:aws:eks:*:*:cluster/Stop*', MAYBE],
  ])(
    'a generated name of %s in stack %s begins like the stack, for the pattern %j %s',
    (type, stackName, properties, pattern, expected) => {
      const resources = {
        X: resource(type, properties),
        Plan: plan('gold'),
        S: selection({ Resources: [pattern] }),
      };
      expect(verdicts(inventoryOfResources(resources, { stackName })).X).toBe(expected);
    },
  );

  test('a generated name begins with anything if the name of the stack is not known', () => {
    const resources = {
      X: resource('S3::Bucket'),
      Plan: plan('gold'),
      S: selection({ Resources: ['arn:aws:s3:::st*'] }),
    };
    expect(verdicts(inventoryOfResources(resources, { stackName: undefined })).X).toBe(MAYBE);
  });

  test('a name that a parameter says is open, as far as what is beside it fits', () => {
    const template = { Parameters: { Stage: { Type: 'String' } } };
    const named = resource('DynamoDB::Table', { TableName: { 'Fn::Sub': `\${Stage}-orders` } });
    const sub = (text: string) => ({ 'Fn::Sub': arn(`table/\${Stage}${text}`) });
    const open = (pattern: unknown) => verdict(named, { Resources: [pattern] }, template);
    expect(open(arn('table/prod-orders'))).toBe(MAYBE);
    expect(open(arn('table/prod-users'))).toBe(NO);
    expect(open(arn('table/prod*'))).toBe(MAYBE);
    expect(open(sub('-orders'))).toBe(YES);
    expect(open(sub('-orders-2'))).toBe(NO);
    expect(open(sub('-users'))).toBe(NO);
    expect(open(sub('-*'))).toBe(YES);
  });

  test('a generated name beside a parameter is no name that a template says either', () => {
    const template = { Parameters: { Stage: { Type: 'String' } } };
    const open = (TableName: string, pattern: string) =>
      verdicts(
        inventory({
          ...template,
          Resources: {
            X: resource('DynamoDB::Table', { TableName: { 'Fn::Sub': TableName } }),
            Y: resource('DynamoDB::Table'),
            Plan: plan('gold'),
            S: selection({ Resources: [{ 'Fn::Sub': arn(pattern) }] }),
          },
        }),
      ).X;
    const [stage, other] = [`\${Stage}`, `\${Y}`];
    expect(open(`${other}-${stage}`, 'table/orders-prod')).toBe(NO);
    expect(open(`${other}-${stage}`, 'table/ord*')).toBe(MAYBE);
    expect(open(`${other}-${stage}`, `table/${other}-*`)).toBe(YES);
    expect(open(`orders-${stage}`, `table/${other}`)).toBe(NO);
    expect(open(`orders-${stage}`, `table/${other}*`)).toBe(NO);
  });

  test('a name with a parameter in it is not one that contradicts what is beside the parameter', () => {
    const template = { Parameters: { Stage: { Type: 'String' }, Team: { Type: 'String' } } };
    const open = (name: string, pattern: string) =>
      verdict(
        resource('DynamoDB::Table', { TableName: { 'Fn::Sub': name } }),
        { Resources: [{ 'Fn::Sub': arn(pattern) }] },
        template,
      );
    const [stage, team] = [`\${Stage}`, `\${Team}`];
    expect(open(`${stage}-orders-${team}`, 'table/prod-orders-a')).toBe(MAYBE);
    expect(open(`${stage}-orders-${team}`, 'table/prod-users-a')).toBe(NO);
    expect(open(`users-${stage}`, 'table/users-*')).toBe(YES);
    expect(open(`users-${stage}`, 'table/us*')).toBe(YES);
    expect(open(`users-${stage}`, 'table/users-prod*')).toBe(MAYBE);
    expect(open(`users-${stage}`, 'table/users.*')).toBe(NO);
    expect(open(`users-${stage}`, 'table/orders*')).toBe(NO);
    expect(open('prod-users', `table/${stage}-users*`)).toBe(MAYBE);
    expect(open('prod-users', `table/${stage}-orders*`)).toBe(NO);
    expect(open('prod-users', `table/${stage}-users`)).toBe(MAYBE);
    expect(open('prod-users', `table/${stage}-orders-${team}`)).toBe(NO);
  });

  test('an ARN that is not known may be any', () => {
    const template = { Parameters: { Arn: { Type: 'String' } } };
    expect(verdict(table, { Resources: [{ Ref: 'Arn' }] }, template)).toBe(MAYBE);
    expect(verdict(table, { Resources: { 'Fn::GetAZs': '' } }, template)).toBe(MAYBE);
  });

  test('with `ListOfTags` form a union', () => {
    const body = { Resources: ['arn:aws:dynamodb:*:*:table/*'], ListOfTags: [choice('backup', 'gold')] };
    expect(verdict(table, body)).toBe(YES);
    expect(verdict(gold(), body)).toBe(YES);
    expect(verdict(resource('S3::Bucket'), body)).toBe(NO);
  });

  test('of `rds:*:*:cluster:*` are Aurora, DocumentDB, Neptune and Multi-AZ clusters of RDS', () => {
    const body = { Resources: ['arn:aws:rds:*:*:cluster:*'] };
    for (const cluster of [
      resource('RDS::DBCluster', { Engine: 'aurora-mysql' }),
      resource('RDS::DBCluster', { Engine: 'postgres' }),
      resource('DocDB::DBCluster'),
      resource('Neptune::DBCluster'),
    ])
      expect(verdict(cluster, body)).toBe(YES);
    expect(verdict(resource('RDS::DBInstance', { Engine: 'postgres' }), body)).toBe(NO);
  });

  test('the databases of an application of SAP are selected with it', () => {
    const application = resource('SystemsManagerSAP::Application', {
      ApplicationId: 'erp',
      ApplicationType: 'HANA',
    });
    const below = { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['X', 'Arn'] }, '/*']] };
    expect(verdict(application, { Resources: [below] })).toBe(YES);
    expect(verdict(application, { Resources: ['arn:aws:ssm-sap:*:*:HANA/*'] })).toBe(YES);
    expect(verdict(application, { Resources: ['arn:aws:ssm-sap:*:*:HANA/crm/*'] })).toBe(NO);
    const template = { Parameters: { Arn: { Type: 'String' } } };
    const itself = { 'Fn::GetAtt': ['X', 'Arn'] };
    const perhaps = { 'Fn::Join': ['', [itself, '/DB/', { Ref: 'Arn' }]] };
    expect(verdict(application, { Resources: [itself, perhaps] }, template)).toBe(YES);
    expect(verdict(application, { Resources: [below, { Ref: 'Arn' }] }, template)).toBe(YES);
    expect(verdict(application, { Resources: [{ Ref: 'Arn' }] }, template)).toBe(MAYBE);
  });

  test('the tables of a database of Timestream are selected with it', () => {
    const all = {
      Db: resource('Timestream::Database'),
      X: resource('Timestream::Table', { DatabaseName: { Ref: 'Db' } }),
      Plan: plan('gold'),
      S: selection({ Resources: [{ 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Db', 'Arn'] }, '/*']] }] }),
    };
    expect(verdicts(inventoryOfResources(all))).toEqual({ X: YES });
  });
});

describe('`NotResources`', () => {
  const body = (...NotResources: unknown[]) => ({ ...everything, NotResources });

  test('take out what they name', () => {
    expect(verdict(gold(), body('arn:aws:s3:::*'))).toBe(NO);
    expect(verdict(gold(), body({ 'Fn::GetAtt': ['X', 'Arn'] }))).toBe(NO);
    expect(verdict(gold(), body('arn:aws:dynamodb:*:*:table/*'))).toBe(YES);
    expect(verdict(gold('S3::Bucket', { BucketName: 'logs' }), body('arn:aws:s3:::logs'))).toBe(NO);
  });

  test('take out what one of them names, whatever else may', () => {
    const named = { 'Fn::GetAtt': ['X', 'Arn'] };
    const perhaps = 'arn:aws:s3:::app-*';
    expect(verdict(gold(), body(perhaps))).toBe(MAYBE);
    expect(verdict(gold(), body(named, perhaps))).toBe(NO);
    expect(verdict(gold(), body(perhaps, named))).toBe(NO);
  });

  test('leave it open where they are not known', () => {
    const template = { Parameters: { Arn: { Type: 'String' } } };
    expect(verdict(gold(), body({ Ref: 'Arn' }), template)).toBe(MAYBE);
    expect(verdict(gold(), body({ Ref: 'Arn' }, 'arn:aws:s3:::*'), template)).toBe(NO);
  });

  test('take out of `ListOfTags`, too', () => {
    const tagged = { ListOfTags: [choice('backup', 'gold')], NotResources: ['arn:aws:s3:::*'] };
    expect(verdict(gold(), tagged)).toBe(NO);
    expect(verdict(gold('DynamoDB::Table'), tagged)).toBe(YES);
  });
});

describe('what is not known of tags', () => {
  const template = { Parameters: { Tier: { Type: 'String' }, Stage: { Type: 'String', Default: 'prod' } } };
  const tagged = { ListOfTags: [choice('backup', 'gold')] };
  const all = { ...everything, Conditions: condition('StringEquals', 'backup', 'gold') };
  const bucket = (value: unknown, key: unknown = 'backup') =>
    resource('S3::Bucket', { Tags: [{ Key: key, Value: value }] });

  test('leaves it open, and is no reason for a yes', () => {
    for (const body of [tagged, all]) {
      expect(verdict(bucket({ Ref: 'Tier' }), body, template)).toBe(MAYBE);
      expect(verdict(bucket({ 'Fn::Sub': `\${Tier}-x` }), body, template)).toBe(NO);
      expect(verdict(bucket({ Ref: 'Tier' }, 'stage'), body, template)).toBe(NO);
      expect(verdict(bucket('gold', { Ref: 'Tier' }), body, template)).toBe(MAYBE);
      expect(verdict(resource('S3::Bucket', { Tags: { 'Fn::GetAZs': '' } }), body, template)).toBe(MAYBE);
    }
  });

  test('is no reason for a perhaps beside a tag with another value', () => {
    const beside = (value: unknown) =>
      resource('S3::Bucket', {
        Tags: [
          { Key: 'backup', Value: value },
          { Key: { Ref: 'Tier' }, Value: 'gold' },
        ],
      });
    expect(verdict(beside('silver'), tagged, template)).toBe(NO);
    expect(verdict(beside({ 'Fn::Sub': `\${Tier}-x` }), tagged, template)).toBe(NO);
    expect(verdict(beside('gold'), tagged, template)).toBe(YES);
  });

  test('is a yes where both sides say the same parameter', () => {
    const same = { ListOfTags: [choice('backup', { Ref: 'Tier' })] };
    expect(verdict(bucket({ Ref: 'Tier' }), same, template)).toBe(YES);
    expect(verdict(bucket('gold'), same, template)).toBe(MAYBE);
    const conditions = { ...everything, Conditions: condition('StringEquals', 'backup', { Ref: 'Tier' }) };
    expect(verdict(bucket({ Ref: 'Tier' }), conditions, template)).toBe(YES);
    expect(verdict(bucket('gold'), conditions, template)).toBe(MAYBE);
  });

  test('a parameter with a default has that value', () => {
    const stage = { ListOfTags: [choice('backup', { Ref: 'Stage' })] };
    expect(verdict(bucket('prod'), stage, template)).toBe(YES);
    expect(verdict(bucket('dev'), stage, template)).toBe(NO);
  });

  test('a pattern that is not known is open', () => {
    const like = { ...everything, Conditions: condition('StringLike', 'backup', { Ref: 'Tier' }) };
    expect(verdict(bucket('gold'), like, template)).toBe(MAYBE);
    const prefix = { ...everything, Conditions: condition('StringLike', 'backup', 's*') };
    expect(verdict(bucket({ 'Fn::Sub': `g\${Tier}` }), prefix, template)).toBe(NO);
    expect(verdict(bucket({ 'Fn::Sub': `s\${Tier}` }), prefix, template)).toBe(MAYBE);
  });

  test('a selection whose tags are not known selects perhaps', () => {
    expect(verdict(bucket('gold'), { ListOfTags: { 'Fn::GetAZs': '' } }, template)).toBe(MAYBE);
    expect(verdict(bucket('gold'), { ListOfTags: [choice({ Ref: 'Tier' }, 'gold')] }, template)).toBe(MAYBE);
    for (const ListOfTags of [
      [choice('backup', 'gold', { Ref: 'Tier' })],
      [choice('backup', { Ref: 'Tier' }, { Ref: 'Tier' })],
    ])
      expect(verdict(bucket(ListOfTags[0].ConditionValue), { ListOfTags }, template)).toBe(MAYBE);
    const open = { StringEquals: [{ ConditionKey: { Ref: 'Tier' }, ConditionValue: 'gold' }] };
    expect(verdict(bucket('gold'), { ...everything, Conditions: open }, template)).toBe(MAYBE);
    const unread = { ...everything, Conditions: { 'Fn::GetAZs': '' } };
    expect(verdict(bucket('gold'), unread, template)).toBe(MAYBE);
  });

  test('conditions of the template leave it open, unless they are those of the resource', () => {
    const conditions = { Conditions: { Prod: { 'Fn::Equals': [{ Ref: 'Tier' }, 'prod'] } }, ...template };
    const made = (rest: object, x = gold()) =>
      verdicts(
        inventory({
          ...conditions,
          Resources: { X: x, Plan: plan('gold'), S: selection(tagged, { Ref: 'Plan' }, { ...rest }) },
        }),
      ).X;
    expect(made({ Condition: 'Prod' })).toBe(MAYBE);
    expect(made({ Condition: 'Prod' }, { ...gold(), ...{ Condition: 'Prod' } })).toBe(YES);
    expect(made({}, { ...gold(), ...{ Condition: 'Prod' } })).toBe(YES);
  });
});

describe('accounts, Regions, stages and stacks', () => {
  const backup = (options = {}) =>
    stack(
      'Backup',
      { Plan: plan('gold'), S: selection({ ListOfTags: [choice('backup', 'gold')] }) },
      options,
    );
  const data = (options = {}) => stack('Data', { X: gold() }, options);
  const EUROPE = { region: 'eu-west-1' };
  const OTHER = { account: '222222222222' };
  const OPEN = { account: undefined, region: undefined };

  test.each([
    ['of the same account and Region', {}, {}, YES],
    ['of other Regions', {}, EUROPE, NO],
    ['of other accounts', {}, OTHER, NO],
    ['that all leave account and Region open', OPEN, OPEN, YES],
    ['of which one leaves them open', {}, OPEN, MAYBE],
    ['of which one leaves the account open', { account: undefined }, {}, MAYBE],
    ['of other Regions, with the account open', { account: undefined }, EUROPE, NO],
  ])('stacks %s', (_, one, other, expected) => {
    expect(verdicts(inventoryOf([backup(one), data(other)]))).toEqual({ 'Data/X': expected });
  });

  test('stages of one app', () => {
    expect(verdicts(inventoryOf([backup({ id: 'Shared/Backup' }), data({ id: 'Prod/Data' })]))).toEqual({
      'Data/X': YES,
    });
  });

  test('a replica of a global table is protected in its own Region', () => {
    const replicas = ['us-east-1', 'eu-west-1', { Ref: 'Region' }].map((Region) => ({
      Region,
      Tags: tags({ backup: 'gold' }),
    }));
    const { resources } = coverage(
      inventoryOf([
        backup(),
        source(
          {
            Parameters: { Region: { Type: 'String' } },
            Resources: { T: resource('DynamoDB::GlobalTable', { Replicas: replicas }) },
          },
          { assembly: 'cdk.out' },
        ),
      ]),
    );
    expect(
      resources.map(({ resource: { place }, status, perhaps }) => [place.region, status, perhaps.length]),
    ).toEqual([
      ['us-east-1', 'protected', 0],
      ['eu-west-1', 'unprotected', 0],
      [undefined, 'unprotected', 1],
    ]);
  });

  test('a replica in a Region that is not known is perhaps protected, also where no stack has a Region', () => {
    const Replicas = [{ Region: { Ref: 'AWS::NotificationARNs' }, Tags: tags({ backup: 'gold' }) }];
    const of = inventoryOf([
      backup(OPEN),
      stack('Data', { X: resource('DynamoDB::GlobalTable', { Replicas }) }, OPEN),
    ]);
    expect(verdicts(of)).toEqual({ 'Data/X': MAYBE });
  });

  test('a stack that is backed up whole protects what is in it, without point-in-time recovery', () => {
    const continuous = plan('gold', rule('pitr', { EnableContinuousBackup: true }));
    const own = stack('Whole', {
      X: resource('S3::Bucket'),
      Plan: continuous,
      S: selection({ Resources: [{ Ref: 'AWS::StackId' }] }),
    });
    const of = inventoryOf([own, data()]);
    expect(verdicts(of)).toEqual({ 'Whole/X': YES, 'Data/X': NO });
    expect(coverage(of).resources[0]).toMatchObject({
      objectiveMinutes: 1440,
      worstCaseMinutes: 1440 + 60,
      plans: [{ throughStack: true }],
    });
  });

  test('a nested stack that is backed up whole does too', () => {
    const template = { Resources: { X: resource('S3::Bucket') } };
    const parent = stack(
      'Parent',
      {
        Plan: plan('gold'),
        S: selection({ Resources: [{ Ref: 'Child' }] }),
        Child: resource('CloudFormation::Stack'),
        Y: resource('S3::Bucket'),
      },
      { nested: () => ({ template, file: 'child.json' }) },
    );
    expect(verdicts(inventoryOf([parent]))).toEqual({ 'Parent/Y': NO, 'Parent/Child/X': YES });
    const whole = stack(
      'Whole',
      {
        Plan: plan('gold'),
        S: selection({ Resources: [{ Ref: 'AWS::StackId' }] }),
        Child: resource('CloudFormation::Stack'),
      },
      { nested: () => ({ template, file: 'child.json' }) },
    );
    expect(verdicts(inventoryOf([whole]))).toEqual({ 'Whole/Child/X': YES });
    const all = stack('All', {
      Plan: plan('gold'),
      S: selection({ Resources: ['arn:aws:cloudformation:*:*:stack/*'] }),
    });
    expect(verdicts(inventoryOf([all, data()]))).toEqual({ 'Data/X': YES });
  });

  test.each([
    ['of every account and Region', 'arn:aws:cloudformation:*:*:stack/*', YES],
    ['of one account', 'arn:aws:cloudformation:*:111111111111:stack/*', MAYBE],
    ['of one Region', 'arn:aws:cloudformation:us-east-1:*:stack/*', MAYBE],
    ['that are something else', 'arn:aws:cloudformation:us-east-1:*:type/*', NO],
  ])('a stack that leaves its account and Region open, and the ARNs of stacks %s', (_, arn, expected) => {
    const body = { Plan: plan('gold'), S: selection({ Resources: [arn] }) };
    expect(verdicts(inventoryOf([stack('All', body, OPEN), data(OPEN)]))).toEqual({ 'Data/X': expected });
  });
});

describe('plans', () => {
  test('that are not in the input protect, with what they do unknown', () => {
    const of = inventoryOfResources({ X: gold(), S: selection(everything, 'plan-id') });
    expect(verdicts(of)).toEqual({ X: 'protected plan-id' });
    expect(coverage(of).resources[0]).toMatchObject({ plans: [{ rules: [] }], objectiveMinutes: undefined });
  });

  test('without rules protect nothing', () => {
    const empty = resource('Backup::BackupPlan', {
      BackupPlan: { BackupPlanName: 'empty', BackupPlanRule: [] },
    });
    expect(verdicts(inventoryOfResources({ X: gold(), Plan: empty, S: selection(everything) }))).toEqual({
      X: NO,
    });
  });

  test('that no template has can be given', () => {
    const elsewhere = inventoryOfResources({ Plan: plan('organization'), S: selection(everything) });
    const given = coverage(inventoryOfResources({ X: gold() }), { more: elsewhere });
    expect(given.resources[0].plans.map(({ name }) => name)).toEqual(['organization']);
  });

  test('that are not in the input protect nothing with a selection that AWS refuses', () => {
    const refused = selection({ ...everything, IamRoleArn: 'backup' }, 'plan-id');
    const of = inventoryOfResources({ X: gold(), S: refused });
    expect(verdicts(of)).toEqual({ X: NO });
    expect(coverage(of).resources[0].reasons).toEqual(['Backup-RoleArn']);
  });

  test('that have one name are two plans, and those without a name have their logical ids', () => {
    const named = (Ref: string) => selection(everything, { Ref });
    const unnamed = resource('Backup::BackupPlan', { BackupPlan: { BackupPlanRule: [rule()] } });
    const two = { Plan: plan('gold'), Second: plan('gold'), S: named('Plan'), T: named('Second') };
    expect(verdicts(inventoryOfResources({ X: gold(), ...two }))).toEqual({ X: 'protected gold gold' });
    const [{ failing }] = coverage(
      inventoryOfResources({ X: gold(), Mine: unnamed, S: named('Mine') }),
    ).resources;
    expect(failing.map((one) => [planName(one.plan), ...one.reasons])).toEqual([
      ['Mine', 'Backup-MissingProperty'],
    ]);
  });

  test('each are counted once, with all their selections', () => {
    const of = inventoryOfResources({
      X: gold(),
      Plan: plan('gold'),
      S: selection(everything),
      T: selection(everything),
    });
    const [{ plans }] = coverage(of).resources;
    expect(plans.map(({ name, selections, rules }) => [name, selections.length, rules.length])).toEqual([
      ['gold', 2, 1],
    ]);
  });
});

test('a rule that works with one of several selections does not fail, in whichever order they are', () => {
  const failing = (...bodies: Record<string, unknown>[]) => {
    const [x] = coverage(
      inventoryOfResources({
        X: gold(),
        Plan: plan('gold'),
        ...Object.fromEntries(
          bodies.map((body, i) => [`S${i}`, selection({ SelectionName: `s${i}`, ...body })]),
        ),
      }),
    ).resources;
    return { status: x.status, failing: x.failing, reasons: x.reasons };
  };
  const roleless = { ...everything, IamRoleArn: 'backup' };
  for (const bodies of [
    [everything, roleless],
    [roleless, everything],
  ])
    expect(failing(...bodies)).toEqual({ status: 'protected', failing: [], reasons: [] });
});

test('a rule that fails with each of several selections fails for all their reasons', () => {
  const roleless = { ...everything, IamRoleArn: 'backup' };
  const failing = (...bodies: Record<string, unknown>[]) => {
    const [{ status, failing: rules, reasons }] = coverage(
      inventoryOfResources({
        X: gold(),
        Vault: resource('Backup::BackupVault', {
          BackupVaultName: 'gold',
          LockConfiguration: { MinRetentionDays: 7 },
        }),
        Plan: plan('gold', rule('short', { Lifecycle: { DeleteAfterDays: 5 } })),
        ...Object.fromEntries(
          bodies.map((body, i) => [`S${i}`, selection({ SelectionName: `s${i}`, ...body })]),
        ),
      }),
    ).resources;
    return [status, rules.map(({ name, reasons }) => [name, ...reasons]), reasons];
  };
  const both = ['Backup-LockRange', 'Backup-RoleArn'];
  for (const bodies of [
    [everything, roleless],
    [roleless, everything],
    [roleless, roleless],
  ])
    expect(failing(...bodies)).toEqual(['unprotected', [['short', ...both]], both]);
  expect(failing(everything, everything)).toEqual(['unprotected', [['short', both[0]]], [both[0]]]);
});

describe('a plan with rules that are known only at deployment', () => {
  const failing = rule('short', { Lifecycle: { DeleteAfterDays: 5 } });
  const locked = {
    Vault: resource('Backup::BackupVault', {
      BackupVaultName: 'gold',
      LockConfiguration: { MinRetentionDays: 7 },
    }),
  };
  const open = { 'Fn::If': ['Prod', rule('perhaps'), { Ref: 'AWS::NoValue' }] };
  const Parameters = { Stage: { Type: 'String' } };
  const Conditions = { Prod: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } };

  const judged = (rules: unknown, bucket: object = gold()) => {
    const of = inventory({
      Parameters,
      Conditions,
      Resources: {
        X: bucket,
        Plan: resource('Backup::BackupPlan', {
          BackupPlan: { BackupPlanName: 'gold', BackupPlanRule: rules },
        }),
        Selection: selection(everything),
        ...locked,
      },
    });
    const { resources, summary } = coverage(of);
    return { verdict: verdicts(of).X, unknown: summary.unknown, reasons: resources[0].reasons };
  };

  test('is unknown, not unprotected, beside a rule that fails', () => {
    expect(judged([failing, open])).toEqual({ verdict: MAYBE, unknown: 1, reasons: ['Backup-LockRange'] });
  });

  test('is unknown if no rule is known', () => {
    expect(judged([open])).toEqual({ verdict: MAYBE, unknown: 1, reasons: [] });
  });

  test('protects if a known rule does', () => {
    expect(judged([rule(), open])).toEqual({
      verdict: YES,
      unknown: 0,
      reasons: [],
    });
  });

  test('does not protect what no rule can back up', () => {
    const bucket = gold('S3::Bucket', { VersioningConfiguration: { Status: 'Suspended' } });
    expect(judged([failing, open], bucket)).toEqual({
      verdict: NO,
      unknown: 0,
      reasons: ['Backup-BucketVersioning', 'Backup-LockRange'],
    });
  });
});

describe('the result', () => {
  const result = (x: object, rules: object[], more: object = {}, options: Partial<CoverageOptions> = {}) => {
    const Resources = {
      X: x,
      Plan: plan('gold', ...(rules as Record<string, unknown>[])),
      S: selection(everything),
      ...more,
    };
    const [{ objectiveMinutes, shortestRetentionDays, longestRetentionDays, copies, immutability }] =
      coverage(inventoryOfResources(Resources), options).resources;
    return {
      objective: objectiveMinutes,
      retention: [shortestRetentionDays, longestRetentionDays],
      copies: copies.map(({ account, region, retentionDays }) => [account, region, retentionDays]),
      immutability,
    };
  };
  const bucket = resource('S3::Bucket');
  const none = { copies: [], immutability: 'unknown' };

  test.each([
    ['daily', 'cron(0 5 ? * * *)', 1440],
    ['hourly', 'cron(0 * ? * * *)', 60],
    ['at two times of the day', 'cron(0 6,18 ? * * *)', 720],
    ['on working days', 'cron(0 5 ? * MON-FRI *)', 3 * 1440],
    ['monthly', 'cron(0 5 1 * ? *)', 31 * 1440],
    ['once only', 'cron(0 5 1 1 ? 2030)', undefined],
    ['by AWS Backup’s default', { Ref: 'AWS::NoValue' }, 1440],
    ['at a time that is generated', { 'Fn::GetAtt': ['X', 'Schedule'] }, undefined],
  ])('of a rule that runs %s', (_, ScheduleExpression, objective) => {
    expect(result(bucket, [rule('x', { ScheduleExpression })])).toEqual({
      objective,
      retention: [35, 35],
      ...none,
    });
  });

  test('of a continuous rule depends on the type', () => {
    const continuous = [rule('x', { EnableContinuousBackup: true })];
    expect(result(bucket, continuous).objective).toBe(15);
    expect(result(resource('RDS::DBInstance', { Engine: 'mysql' }), continuous).objective).toBe(5);
    expect(result(resource('DynamoDB::Table'), continuous).objective).toBe(1440);
    const capable = ResourceType.DYNAMODB.withCapabilities({ continuous: true });
    expect(result(resource('DynamoDB::Table'), continuous, {}, { resourceTypes: [capable] }).objective).toBe(
      undefined,
    );
    expect(result(bucket, [rule('x', { EnableContinuousBackup: { Ref: 'Flag' } })]).objective).toBe(
      undefined,
    );
  });

  test('of a rule with a choice of `Fn::If` whose condition is not known claims neither', () => {
    const of = inventory({
      Parameters: { Stage: { Type: 'String' } },
      Conditions: { Prod: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
      Resources: {
        X: bucket,
        Plan: plan(
          'gold',
          rule('x', {
            Lifecycle: { DeleteAfterDays: { 'Fn::If': ['Prod', 35, 7] } },
            ScheduleExpression: { 'Fn::If': ['Prod', 'cron(0 5 ? * * *)', 'cron(0 5 ? * SUN *)'] },
          }),
        ),
        S: selection(everything),
      },
    });
    const [{ status, objectiveMinutes, shortestRetentionDays, longestRetentionDays }] =
      coverage(of).resources;
    expect({ status, objectiveMinutes, shortestRetentionDays, longestRetentionDays }).toEqual({
      status: 'protected',
      objectiveMinutes: undefined,
      shortestRetentionDays: undefined,
      longestRetentionDays: undefined,
    });
  });

  test('of a selection with such a choice is unknown', () => {
    const choiceOf = { 'Fn::If': ['Prod', ['*'], ['arn:aws:s3:::other']] };
    const of = inventory({
      Parameters: { Stage: { Type: 'String' } },
      Conditions: { Prod: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
      Resources: { X: bucket, Plan: plan('gold'), S: selection({ Resources: choiceOf }) },
    });
    expect(verdicts(of).X).toBe(MAYBE);
    expect(coverage(of).summary).toMatchObject({ protected: 0, unknown: 1 });
  });

  test('of several rules: the least loss, the shortest and the longest retention', () => {
    const monthly = rule('monthly', {
      ScheduleExpression: 'cron(0 5 1 * ? *)',
      Lifecycle: { DeleteAfterDays: 365 },
    });
    expect(result(bucket, [rule(), monthly])).toEqual({ objective: 1440, retention: [35, 365], ...none });
    expect(result(bucket, [rule(), rule('forever', { Lifecycle: undefined })]).retention).toEqual([
      35,
      Number.POSITIVE_INFINITY,
    ]);
  });

  test('names copies, and locks of the vaults', () => {
    const CopyActions = [
      {
        DestinationBackupVaultArn: 'arn:aws:backup:eu-west-1:222222222222:backup-vault:central',
        Lifecycle: { DeleteAfterDays: 90 },
      },
    ];
    const vault = (LockConfiguration?: object) => ({
      Vault: resource('Backup::BackupVault', { BackupVaultName: 'gold', LockConfiguration }),
    });
    const rules = [rule('x', { CopyActions })];
    expect(result(bucket, rules, vault())).toEqual({
      objective: 1440,
      retention: [35, 90],
      copies: [['222222222222', 'eu-west-1', 90]],
      immutability: 'unknown',
    });
    expect(result(bucket, [rule()], vault()).immutability).toBe('none');
    expect(result(bucket, [rule()], vault({ MinRetentionDays: 7 })).immutability).toBe('governance');
    expect(result(bucket, [rule()], vault({ MinRetentionDays: 7, ChangeableForDays: 3 })).immutability).toBe(
      'compliance',
    );
    expect(result(resource('Redshift::Cluster'), rules, vault()).copies).toEqual([]);
  });

  test('of an air-gapped vault is a lock in compliance mode, for types that can go there', () => {
    const airGapped = [
      rule('x', {
        TargetLogicallyAirGappedBackupVaultArn: 'arn:aws:backup:us-east-1:111111111111:backup-vault:safe',
      }),
    ];
    expect(result(bucket, airGapped).immutability).toBe('compliance');
    expect(result(resource('Redshift::Cluster'), airGapped).immutability).toBe('unknown');
  });
});

describe('an opt-out', () => {
  const out = (pairs: Record<string, unknown>) => resource('S3::Bucket', { Tags: tags(pairs) });
  const REASON = { 'backup:opt-out-reason': 'cache' };
  const until = (day: unknown) => ({ ...REASON, 'backup:opt-out-until': day });
  const template = { Parameters: { Day: { Type: 'String' } } };
  const first = (x: object, more = {}) =>
    coverage(inventory({ ...template, Resources: { X: x, ...more } })).resources[0];

  test.each([
    ['with a reason holds for good', REASON, 'opted-out', []],
    ['holds to the end of its day', until('2026-11-21'), 'opted-out', []],
    [
      'is over after its day',
      until('2026-11-20'),
      'unprotected',
      ['the opt-out (cache) was valid until 2026-11-20 and has expired'],
    ],
    [
      'of which the day is none has ended',
      until('2026-02-31'),
      'unprotected',
      ['the opt-out (cache) was valid until 2026-02-31 and has expired'],
    ],
    ['of which the day is not known holds', until({ Ref: 'Day' }), 'opted-out', []],
    ['without a reason does not count', { 'backup:opt-out-reason': ' ' }, 'unprotected', []],
    ['of which the reason is not known holds', { 'backup:opt-out-reason': { Ref: 'Day' } }, 'opted-out', []],
  ])('%s', (_, pairs, status, notes) => {
    expect(first(out(pairs))).toMatchObject({ status, notes });
  });

  test('has no last day if no tag of the template sets one, whichever other tags there may be', () => {
    const Tags = [...tags(REASON), { Key: { Ref: 'Day' }, Value: '2026-01-01' }];
    expect(first(resource('S3::Bucket', { Tags }))).toMatchObject({
      status: 'opted-out',
      optOut: { reason: 'cache', until: undefined, expired: false },
    });
  });

  test('of a protected resource is reported', () => {
    expect(first(out(REASON), { Plan: plan('gold'), S: selection(everything) })).toMatchObject({
      status: 'protected',
      notes: ['opted out (cache), but a plan selects it'],
    });
  });
});

describe('the summary', () => {
  const summary = (resources: object) => coverage(inventoryOfResources(resources)).summary;
  const template = {
    A: gold(),
    B: resource('S3::Bucket', { Tags: tags({ 'backup:opt-out-reason': 'cache' }) }),
    C: resource('S3::Bucket'),
    D: resource('S3::Bucket', { Tags: tags({ backup: { 'Fn::GetAZs': '' } }) }),
    Plan: plan('gold'),
    S: selection({ ListOfTags: [choice('backup', 'gold')] }),
  };

  test('counts each resource once; what is perhaps protected is not protected', () => {
    expect(summary(template)).toEqual({ total: 4, protected: 1, optedOut: 1, unprotected: 2, unknown: 1 });
    expect(coverageRatio(summary(template))).toBe(0.5);
  });

  test('of nothing is full', () => {
    expect(coverageRatio(summary({}))).toBe(1);
  });

  test('names in JSON why the jobs of a resource certainly fail', () => {
    const unversioned = { ...template, A: gold('S3::Bucket', { VersioningConfiguration: {} }) };
    const json = JSON.parse(JSON.stringify(coverageJson(coverage(inventoryOfResources(unversioned)))));
    expect(json.summary).toEqual({ total: 4, protected: 0, optedOut: 1, unprotected: 3, unknown: 1 });
    expect(json.resources[0]).toMatchObject({
      protected: false,
      plans: [],
      rules: [],
      reasons: ['Backup-BucketVersioning'],
    });
  });

  test('prints the opt-out of what is not protected alone, as long as it holds', () => {
    const out = (until: string, more = {}) =>
      resource('S3::Bucket', {
        Tags: tags({ 'backup:opt-out-reason': 'cache', 'backup:opt-out-until': until, ...more }),
      });
    const { resources } = coverageJson(
      coverage(
        inventoryOfResources({
          ...template,
          A: out('2030-01-01'),
          B: out('2030-01-01', { backup: 'gold' }),
          C: out('2020-01-01'),
        }),
      ),
    );
    expect(resources.map(({ optedOut }) => optedOut).slice(0, 3)).toEqual([
      { reason: 'cache', until: '2030-01-01' },
      undefined,
      undefined,
    ]);
  });

  test.each<[string, unknown, unknown, object | undefined]>([
    ['of a rule', 35, undefined, { shortest: 35, longest: 35 }],
    ['that is forever', -1, undefined, { shortest: 'forever', longest: 'forever' }],
    ['of a rule and a copy', 35, 90, { shortest: 35, longest: 90 }],
    ['of a copy alone', { Ref: 'AWS::NotificationARNs' }, 90, { longest: 90 }],
    ['of which nothing is known', { Ref: 'AWS::NotificationARNs' }, undefined, undefined],
  ])('prints the retention %s', (_, DeleteAfterDays, copied, retention) => {
    const CopyActions = [
      {
        DestinationBackupVaultArn: 'arn:aws:backup:eu-west-1:222222222222:backup-vault:central',
        Lifecycle: { DeleteAfterDays: copied },
      },
    ];
    const more = { Lifecycle: { DeleteAfterDays }, ...(copied !== undefined && { CopyActions }) };
    const of = inventoryOfResources({
      X: gold(),
      Plan: plan('gold', rule('daily', more)),
      S: selection(everything),
    });
    const [{ retention: printed }] = coverageJson(coverage(of)).resources;
    expect(printed).toEqual(retention);
  });

  test('is printed as JSON with each resource', () => {
    const json = JSON.parse(JSON.stringify(coverageJson(coverage(inventoryOfResources(template)))));
    expect(json.summary).toEqual({ total: 4, protected: 1, optedOut: 1, unprotected: 2, unknown: 1 });
    expect(json.resources).toEqual([
      {
        stack: 'App',
        logicalId: 'A',
        account: '111111111111',
        region: 'us-east-1',
        type: 'AWS::S3::Bucket',
        resourceType: 'S3',
        protected: true,
        plans: [{ name: 'gold', rules: ['daily'] }],
        reasons: [],
        tested: false,
        rules: [{ plan: 'gold', rule: 'daily', continuous: false, intervalMinutes: 1440, retention: 35 }],
        recoveryPointObjectiveMinutes: 1440,
        worstCaseMinutes: 1500,
        retention: { shortest: 35, longest: 35 },
        immutability: 'unknown',
      },
      expect.objectContaining({ logicalId: 'B', protected: false, plans: [], optedOut: { reason: 'cache' } }),
      expect.objectContaining({ logicalId: 'C', protected: false, plans: [], rules: [] }),
      expect.objectContaining({
        logicalId: 'D',
        protected: false,
        perhaps: ['gold'],
        notes: ["perhaps protected by `gold`: this can't be determined before deployment"],
      }),
    ]);
  });
});
