import * as fc from 'fast-check';
import { Context } from '../../../src/inventory/core/context';
import { showText } from '../../../src/template/evaluation/text';
import { Unknown } from '../../../src/template/evaluation/unknown';
import { evaluate, shown, source } from '../../support/templates';

const TEMPLATE = {
  Parameters: {
    Days: { Type: 'Number', Default: 35 },
    Stage: { Type: 'String', Default: 'prod' },
    Name: { Type: 'String' },
    Subnets: { Type: 'CommaDelimitedList', Default: 'a, b,c' },
    Zones: { Type: 'List<AWS::EC2::AvailabilityZone::Name>' },
    Ami: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/aws/ami' },
    Odd: { Type: 'String', Default: { not: 'a text' } },
  },
  Mappings: {
    Regions: { 'us-east-1': { vault: 'gold', days: 7, list: ['a', 'b'], bad: { Ref: 'Name' } } },
    Odd: 'text',
  },
  Conditions: {
    Prod: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
    Open: { 'Fn::Equals': [{ Ref: 'Name' }, 'x'] },
  },
  Resources: {
    Vault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'gold' } },
    Unnamed: { Type: 'AWS::Backup::BackupVault' },
    Plan: { Type: 'AWS::Backup::BackupPlan' },
    Bucket: { Type: 'AWS::S3::Bucket' },
    Db: { Type: 'AWS::RDS::DBInstance', Properties: { DBInstanceIdentifier: 'Orders' } },
    Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: { Ref: 'Name' } } },
    Role: { Type: 'AWS::IAM::Role', Properties: { Path: '/backup/' } },
    Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { ManagedPolicyName: 'p' } },
    Table: { Type: 'AWS::Timestream::Table', Properties: { DatabaseName: 'd' } },
    Framework: { Type: 'AWS::Backup::Framework' },
    Queue: { Type: 'AWS::SQS::Queue' },
    Selfish: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::Sub': `x-\${Selfish}` } } },
    Wrong: { Type: 'AWS::S3::Bucket', Properties: { BucketName: ['a'] } },
    Conditional: { Type: 'AWS::S3::Bucket', Properties: { 'Fn::If': ['Open', {}, {}] } },
  },
};

describe('Ref and pseudo parameters', () => {
  test.each<[string, unknown, unknown]>([
    ['the default of a parameter', { Ref: 'Stage' }, 'prod'],
    ['the default of a number', { Ref: 'Days' }, '35'],
    ['a parameter without default', { Ref: 'Name' }, `\${Name}`],
    ['a list parameter', { Ref: 'Subnets' }, ['a', 'b', 'c']],
    ['a list parameter without default', { Ref: 'Zones' }, 'parameter: the parameter `Zones` has no default'],
    ['an SSM parameter, whose default is a name', { Ref: 'Ami' }, `\${Ami}`],
    ['a default that is no text', { Ref: 'Odd' }, undefined],
    ['the account', { Ref: 'AWS::AccountId' }, '111111111111'],
    ['the Region', { Ref: 'AWS::Region' }, 'us-east-1'],
    ['the partition', { Ref: 'AWS::Partition' }, 'aws'],
    ['the URL suffix', { Ref: 'AWS::URLSuffix' }, 'amazonaws.com'],
    ['the name of the stack', { Ref: 'AWS::StackName' }, 'App'],
    ['the id of the stack', { Ref: 'AWS::StackId' }, `\${AWS::StackId}`],
    ['no value', { Ref: 'AWS::NoValue' }, undefined],
    [
      'another pseudo parameter',
      { Ref: 'AWS::NotificationARNs' },
      'pseudo: `AWS::NotificationARNs` is not known before deployment',
    ],
    ['nothing', { Ref: 'Nowhere' }, 'reference: there is no parameter or resource `Nowhere`'],
    [
      'a name of the language',
      { Ref: 'constructor' },
      'reference: there is no parameter or resource `constructor`',
    ],
    ['no name', { Ref: { Ref: 'AWS::NoValue' } }, 'shape: the arguments of `Ref` are malformed'],
    ['a list', { Ref: [] }, 'shape: expected text, got a list'],
    ['a vault with a name', { Ref: 'Vault' }, 'gold'],
    ['a vault without a name', { Ref: 'Unnamed' }, `\${Unnamed}`],
    ['a database, whose name is in lower case', { Ref: 'Db' }, 'orders'],
    ['a topic, by its ARN', { Ref: 'Topic' }, `arn:aws:sns:us-east-1:111111111111:\${Name}`],
    ['a managed policy, by its ARN', { Ref: 'Policy' }, 'arn:aws:iam::111111111111:policy/p'],
    [
      'a framework, by its ARN',
      { Ref: 'Framework' },
      `arn:aws:backup:us-east-1:111111111111:framework:\${Framework.Arn}`,
    ],
    ['a type of which nothing is known', { Ref: 'Queue' }, `\${Queue}`],
    ['a bucket whose name refers to itself', { Ref: 'Selfish' }, `x-\${?}`],
    ['a bucket whose name is no text', { Ref: 'Wrong' }, `\${Wrong}`],
    [
      'a bucket whose properties hang on a condition',
      { Ref: 'Conditional' },
      expect.stringMatching(/^condition: it depends/),
    ],
  ])('%s', (_, value, expected) => {
    expect(evaluate(value, TEMPLATE)).toEqual(expected);
  });

  test.each([
    ['cn-north-1', 'aws-cn', 'amazonaws.com.cn'],
    ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'],
    ['eusc-de-east-1', 'aws-eusc', 'amazonaws.com'],
    ['eu-west-1', 'aws', 'amazonaws.com'],
  ])('the partition of %s is %s', (region, partition, suffix) => {
    expect(evaluate({ 'Fn::Sub': `\${AWS::Partition} \${AWS::URLSuffix}` }, {}, { region })).toBe(
      `${partition} ${suffix}`,
    );
  });

  test('a stack that leaves its place open has holes for it', () => {
    const open = { account: undefined, region: undefined, stackName: undefined };
    expect(
      evaluate(
        {
          'Fn::Sub': `\${AWS::Partition}:\${AWS::Region}:\${AWS::AccountId}:\${AWS::URLSuffix}:\${AWS::StackName}`,
        },
        {},
        open,
      ),
    ).toBe(`\${AWS::Partition}:\${AWS::Region}:\${AWS::AccountId}:\${AWS::URLSuffix}:\${AWS::StackName}`);
  });

  test('a parameter that the assembly fixes has that value', () => {
    const parameters = new Map<string, unknown>([
      ['Name', 'orders'],
      ['Zones', 'x,y'],
    ]);
    expect(evaluate({ Ref: 'Name' }, TEMPLATE, { parameters })).toBe('orders');
    expect(evaluate({ Ref: 'Zones' }, TEMPLATE, { parameters })).toEqual(['x', 'y']);
  });
});

describe('Fn::GetAtt', () => {
  test.each<[string, unknown, unknown]>([
    [
      'the ARN of a vault with a name',
      ['Vault', 'BackupVaultArn'],
      'arn:aws:backup:us-east-1:111111111111:backup-vault:gold',
    ],
    ['the name of a vault', ['Vault', 'BackupVaultName'], 'gold'],
    ['as one text', 'Vault.BackupVaultName', 'gold'],
    ['the id of a plan', ['Plan', 'BackupPlanId'], `\${Plan}`],
    ['the version of a plan', ['Plan', 'VersionId'], `\${Plan.VersionId}`],
    ['the ARN of a bucket without a name', ['Bucket', 'Arn'], `arn:aws:s3:::\${Bucket}`],
    ['the ARN of a role with a path', ['Role', 'Arn'], `arn:aws:iam::111111111111:role/backup/\${Role}`],
    [
      'an ARN of two names, one of them generated',
      ['Table', 'Arn'],
      `arn:aws:timestream:us-east-1:111111111111:database/d/table/\${Table.TableName}`,
    ],
    ['an attribute in parts', ['Db', 'Endpoint', 'Address'], `\${Db.Endpoint.Address}`],
    ['a type of which nothing is known', ['Queue', 'Arn'], `\${Queue.Arn}`],
    ['a resource that does not exist', ['Nowhere', 'Arn'], 'reference: there is no resource `Nowhere`'],
    ['an attribute from a parameter', ['Vault', { Ref: 'Name' }], `\${Name}`],
    ['a resource from a parameter', [{ Ref: 'Name' }, 'Arn'], `\${Name}`],
    ['too little', ['Vault'], 'shape: the arguments of `Fn::GetAtt` are malformed'],
    ['a text without a dot', 'Vault', 'shape: the arguments of `Fn::GetAtt` are malformed'],
    ['no resource', [{ Ref: 'AWS::NoValue' }, 'Arn'], 'shape: the arguments of `Fn::GetAtt` are malformed'],
  ])('%s', (_, value, expected) => {
    expect(evaluate({ 'Fn::GetAtt': value }, TEMPLATE)).toEqual(expected);
  });
});

describe('functions of texts and lists', () => {
  test.each<[string, unknown, unknown]>([
    ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'Stage' }, 3, true]] }, 'a-prod-3-true'],
    ['Join of a list parameter', { 'Fn::Join': [',', { Ref: 'Subnets' }] }, 'a,b,c'],
    ['Join leaves out what has no value', { 'Fn::Join': ['-', ['a', { Ref: 'AWS::NoValue' }, 'b']] }, 'a-b'],
    ['Join with a hole', { 'Fn::Join': ['-', ['a', { Ref: 'Name' }]] }, `a-\${Name}`],
    [
      'Join of what is not known',
      { 'Fn::Join': ['-', { Ref: 'Zones' }] },
      'parameter: the parameter `Zones` has no default',
    ],
    ['Join with a separator from a parameter', { 'Fn::Join': [{ Ref: 'Name' }, ['a']] }, `\${Name}`],
    ['Join without a list', { 'Fn::Join': 'a' }, 'shape: the arguments of `Fn::Join` are malformed'],
    [
      'Join without a separator',
      { 'Fn::Join': [{ Ref: 'AWS::NoValue' }, []] },
      'shape: the arguments of `Fn::Join` are malformed',
    ],
    ['Join of an object', { 'Fn::Join': ['', [{ a: 1 }]] }, `\${?}`],
    ['Split', { 'Fn::Split': [',', 'a,b'] }, ['a', 'b']],
    [
      'Split of an ARN with a hole',
      { 'Fn::Split': [':', { 'Fn::GetAtt': ['Bucket', 'Arn'] }] },
      ['arn', 'aws', 's3', '', '', `\${Bucket}`],
    ],
    [
      'Split of a parameter',
      { 'Fn::Split': [':', { Ref: 'Name' }] },
      'parameter: the parameter `Name` has no default',
    ],
    ['Split of nothing', { 'Fn::Split': [':'] }, 'shape: the arguments of `Fn::Split` are malformed'],
    [
      'Split by nothing',
      { 'Fn::Split': [{ Ref: 'AWS::NoValue' }, 'a'] },
      'shape: the arguments of `Fn::Split` are malformed',
    ],
    ['Select', { 'Fn::Select': [1, ['a', 'b']] }, 'b'],
    ['Select by text', { 'Fn::Select': ['1', { Ref: 'Subnets' }] }, 'b'],
    [
      'Select the name out of an ARN',
      { 'Fn::Select': [6, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Unnamed', 'BackupVaultArn'] }] }] },
      `\${Unnamed}`,
    ],
    ['Select beyond the end', { 'Fn::Select': [5, ['a']] }, 'reference: the list has no element 5'],
    ['Select by a parameter', { 'Fn::Select': [{ Ref: 'Name' }, ['a']] }, `\${Name}`],
    [
      'Select from what is not known',
      { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] },
      'function: `Fn::GetAZs` is not evaluated',
    ],
    [
      'Select by a word',
      { 'Fn::Select': ['x', ['a']] },
      'shape: the arguments of `Fn::Select` are malformed',
    ],
    ['Select from nothing', { 'Fn::Select': [] }, 'shape: the arguments of `Fn::Select` are malformed'],
    [
      'Sub',
      { 'Fn::Sub': `a-\${Stage}-\${Vault}-\${Vault.BackupVaultArn}` },
      'a-prod-gold-arn:aws:backup:us-east-1:111111111111:backup-vault:gold',
    ],
    ['Sub with variables', { 'Fn::Sub': [`\${a}/\${a}/\${ Stage }`, { a: { Ref: 'Days' } }] }, '35/35/prod'],
    ['Sub with a literal', { 'Fn::Sub': `\${!Stage} \${open` }, `\${Stage} \${open`],
    ['Sub with what has no value', { 'Fn::Sub': `\${AWS::NoValue}` }, `\${?}`],
    ['Sub of no text', { 'Fn::Sub': [3] }, 'shape: the text of `Fn::Sub` is malformed'],
    ['FindInMap', { 'Fn::FindInMap': ['Regions', { Ref: 'AWS::Region' }, 'vault'] }, 'gold'],
    ['FindInMap of a number', { 'Fn::FindInMap': ['Regions', 'us-east-1', 'days'] }, 7],
    ['FindInMap of a list', { 'Fn::FindInMap': ['Regions', 'us-east-1', 'list'] }, ['a', 'b']],
    [
      'FindInMap of what is not there',
      { 'Fn::FindInMap': ['Regions', 'eu-west-1', 'vault'] },
      'reference: the mapping `Regions` has no `eu-west-1`, `vault`',
    ],
    [
      'FindInMap with a default',
      { 'Fn::FindInMap': ['Regions', 'x', 'vault', { DefaultValue: { Ref: 'Stage' } }] },
      'prod',
    ],
    ['FindInMap by a parameter', { 'Fn::FindInMap': ['Regions', { Ref: 'Name' }, 'vault'] }, `\${Name}`],
    [
      'FindInMap of a function',
      { 'Fn::FindInMap': ['Regions', 'us-east-1', 'bad'] },
      'shape: the mapping `Regions` contains something other than text',
    ],
    [
      'FindInMap in a map that is none',
      { 'Fn::FindInMap': ['Odd', 'length', 'x'] },
      'reference: the mapping `Odd` has no `length`, `x`',
    ],
    [
      'FindInMap of too little',
      { 'Fn::FindInMap': ['Regions'] },
      'shape: the arguments of `Fn::FindInMap` are malformed',
    ],
    [
      'FindInMap of nothing',
      { 'Fn::FindInMap': ['Regions', { Ref: 'AWS::NoValue' }, 'x'] },
      'shape: the arguments of `Fn::FindInMap` are malformed',
    ],
    ['Base64', { 'Fn::Base64': 'gold' }, 'Z29sZA=='],
    ['Base64 of a parameter', { 'Fn::Base64': { Ref: 'Name' } }, `\${Name}`],
    [
      'Base64 of nothing',
      { 'Fn::Base64': { Ref: 'AWS::NoValue' } },
      'shape: the arguments of `Fn::Base64` are malformed',
    ],
    ['Length', { 'Fn::Length': { Ref: 'Subnets' } }, 3],
    [
      'Length of what is not known',
      { 'Fn::Length': { Ref: 'Zones' } },
      'parameter: the parameter `Zones` has no default',
    ],
    [
      'ToJsonString',
      { 'Fn::ToJsonString': { a: [{ Ref: 'Stage' }, 1, { Ref: 'AWS::NoValue' }], b: true } },
      '{"a":["prod",1],"b":true}',
    ],
    [
      'ToJsonString of what is not known',
      { 'Fn::ToJsonString': { a: [{ Ref: 'Name' }] } },
      'function: not all of the JSON is known',
    ],
    ['Transform', { 'Fn::Transform': { Name: 'X' } }, 'function: `Fn::Transform` is not evaluated'],
    [
      'Transform among other keys',
      { A: 1, 'Fn::Transform': {} },
      'function: `Fn::Transform` is not evaluated',
    ],
    [
      'Transform before other keys',
      { 'Fn::Transform': {}, A: 1 },
      'function: `Fn::Transform` is not evaluated',
    ],
    ['GetAZs', { 'Fn::GetAZs': '' }, 'function: `Fn::GetAZs` is not evaluated'],
    ['a function that does not exist', { 'Fn::Guess': 1 }, 'function: `Fn::Guess` is not evaluated'],
    ['a dynamic reference', 'a-{{resolve:ssm:/x}}-b', `a-\${{{resolve:ssm:/x}}}-b`],
    ['a dynamic reference without end', '{{resolve:ssm:/x', '{{resolve:ssm:/x'],
    ['null', null, undefined],
    ['an object with one more key', { Ref: 'Stage', Other: 1 }, { Ref: 'Stage', Other: 1 }],
  ])('%s', (_, value, expected) => {
    expect(evaluate(value, TEMPLATE)).toEqual(expected);
  });
});

describe('Fn::If', () => {
  test.each<[string, unknown, unknown]>([
    ['the branch of a condition that holds', ['Prod', 'a', 'b'], 'a'],
    ['no value', ['Prod', { Ref: 'AWS::NoValue' }, 'b'], undefined],
    [
      'a condition that is not known',
      ['Open', 'a', 'b'],
      'condition: it depends on the condition `Open`: the parameter `Name` has no default',
    ],
    ['what both branches agree on', ['Open', { Ref: 'Stage' }, 'prod'], 'prod'],
    [
      'what both branches agree on, a reference',
      ['Open', { Ref: 'Bucket' }, { 'Fn::Sub': `\${Bucket}` }],
      `\${Bucket}`,
    ],
    ['lists, which are not compared', ['Open', [], []], expect.stringContaining('depends on the condition')],
    [
      'a condition that does not exist',
      ['Nowhere', 'a', 'b'],
      'condition: it depends on the condition `Nowhere`: there is no condition `Nowhere`',
    ],
    ['no condition', [{ Ref: 'Stage' }, 'a', 'b'], 'shape: the arguments of `Fn::If` are malformed'],
    ['too little', ['Prod', 'a'], 'shape: the arguments of `Fn::If` are malformed'],
  ])('%s', (_, value, expected) => {
    expect(evaluate({ 'Fn::If': value }, TEMPLATE)).toEqual(expected);
  });
});

describe('conditions', () => {
  const holds = (condition: unknown) => {
    const context = new Context([
      source({
        ...TEMPLATE,
        Conditions: {
          It: condition,
          Yes: { 'Fn::Equals': ['a', 'a'] },
          No: { 'Fn::Equals': ['a', 'b'] },
          Open: { 'Fn::Equals': [{ Ref: 'Name' }, 'x'] },
          Circular: { 'Fn::Or': [{ Condition: 'Circular' }, { Condition: 'Yes' }] },
          Endless: { 'Fn::Not': [{ Condition: 'Endless' }] },
        },
      }),
    ]);
    return shown(context.literal.condition('It', context.stacks.all[0]));
  };
  const YES = { Condition: 'Yes' };
  const NO = { Condition: 'No' };
  const OPEN = { Condition: 'Open' };

  test.each<[string, unknown, unknown]>([
    ['Equals of equal texts', { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] }, true],
    ['Equals of a number and its text', { 'Fn::Equals': [35, { Ref: 'Days' }] }, true],
    ['Equals of other texts', { 'Fn::Equals': ['a', 'A'] }, false],
    ['Equals of the same unknown', { 'Fn::Equals': [{ Ref: 'Name' }, { 'Fn::Sub': `\${Name}` }] }, true],
    ['Equals of what can never be equal', { 'Fn::Equals': [{ 'Fn::Sub': `a\${Name}` }, 'b'] }, false],
    ['Equals of what is not known', { 'Fn::Equals': ['x', { Ref: 'Name' }] }, `\${Name}`],
    ['Equals of nothing', { 'Fn::Equals': [{ Ref: 'AWS::NoValue' }, 'x'] }, false],
    ['Equals of too little', { 'Fn::Equals': ['x'] }, 'shape: this is not a condition'],
    ['Not', { 'Fn::Not': [NO] }, true],
    ['Not of what is not known', { 'Fn::Not': [OPEN] }, `\${Name}`],
    ['And', { 'Fn::And': [YES, YES] }, true],
    ['And with one that does not hold, whatever the other', { 'Fn::And': [OPEN, NO] }, false],
    ['And with one that is not known', { 'Fn::And': [YES, OPEN] }, `\${Name}`],
    ['Or with one that holds, whatever the other', { 'Fn::Or': [OPEN, YES] }, true],
    ['Or with one that is not known', { 'Fn::Or': [NO, OPEN] }, `\${Name}`],
    ['Or', { 'Fn::Or': [NO, NO] }, false],
    ['a literal', true, true],
    ['a literal text', 'false', false],
    ['one that refers to itself but is decided elsewhere', { Condition: 'Circular' }, true],
    [
      'one that refers to itself',
      { Condition: 'Endless' },
      'cycle: the condition `Endless` refers to itself',
    ],
    ['one that does not exist', { Condition: 'Nowhere' }, 'reference: there is no condition `Nowhere`'],
    ['a condition without a name', { Condition: 3 }, 'shape: this is not a condition'],
    ['something else', { 'Fn::Contains': [['a'], 'a'] }, 'shape: this is not a condition'],
    ['a text', 'maybe', 'shape: this is not a condition'],
  ])('%s', (_, condition, expected) => {
    expect(holds(condition)).toEqual(expected);
  });

  test('one that is nested too deeply is not known', () => {
    let condition: unknown = YES;
    for (let i = 0; i < 400; i++) condition = { 'Fn::Not': [condition] };
    expect(holds(condition)).toBe('limit: it is nested more than 150 levels deep');
  });
});

describe('hostile templates', () => {
  test('functions that are nested too deeply are not known', () => {
    let value: unknown = 'a';
    for (let i = 0; i < 1_000; i++) value = { 'Fn::Join': ['', [value]] };
    expect(evaluate(value)).toBe(`\${?}`);
    let select: unknown = 'a';
    for (let i = 0; i < 1_000; i++) select = { 'Fn::Base64': select };
    expect(evaluate(select)).toBe('limit: it is nested more than 150 levels deep');
  });

  test('texts that double at each level end', () => {
    let value: unknown = 'x'.repeat(100);
    for (let i = 0; i < 60; i++) value = { 'Fn::Sub': [`\${a}\${a}`, { a: value }] };
    expect(evaluate(value)).toMatch(/^(\$\{\?\})+$/);
  });

  test('lists and objects that are too large are not known', () => {
    const huge = Array.from({ length: 5_000_001 }, () => 0);
    expect(evaluate({ 'Fn::Join': ['', huge] })).toBe('limit: the input is larger than can be read');
  });

  test('every value of JSON evaluates to something, in time and without a crash', () => {
    const names = fc.constantFrom(
      'Vault',
      'Name',
      'Stage',
      'Selfish',
      'Open',
      'Regions',
      '__proto__',
      'AWS::Region',
    );
    const keys = fc.constantFrom(
      'Ref',
      'Fn::Sub',
      'Fn::Join',
      'Fn::If',
      'Fn::Select',
      'Fn::Split',
      'Fn::GetAtt',
      'Fn::FindInMap',
      'Fn::ImportValue',
      'Fn::Base64',
      'Fn::ToJsonString',
      'Fn::Length',
      'Fn::GetStackOutput',
      'x',
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 6 },
        fc.oneof(
          names,
          fc.string(),
          fc.integer(),
          fc.boolean(),
          fc.constant(null),
          names.map((name) => `\${${name}}`),
        ),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(keys, tie('value'), { minKeys: 1, maxKeys: 2 }),
      ),
    }));
    fc.assert(
      fc.property(value, (raw) => {
        const context = new Context([source(TEMPLATE)]);
        const [stack] = context.stacks.all;
        const text = context.literal.text(raw, stack);
        if (text !== undefined && !(text instanceof Unknown)) expect(typeof text).toBe('string');
        else if (text) expect(typeof showText(text)).toBe('string');
      }),
      { numRuns: 2_000 },
    );
  });

  test('a text without functions evaluates to itself', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(evaluate(text)).toBe(text);
        expect(evaluate({ 'Fn::Join': ['', [text, text]] })).toBe(text + text);
      }),
    );
  });
});
