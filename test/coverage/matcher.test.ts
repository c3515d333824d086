import * as fc from 'fast-check';
import { Protections } from '../../src/coverage/protections';
import { inventoryOf } from '../../src/inventory/inventory';
import type { StackSource } from '../../src/template/input/source';
import {
  choice,
  inventoryOfStacks,
  plan,
  backupReady as resource,
  selection,
  stack,
  tags,
} from '../support/backups';

/** Texts in which `#` stands for a parameter without a default. */
const VALUES = ['gold', 'gold-#', '#', 'dev', 'dev 1', ''];
const PATTERNS = [...VALUES, 'g*', '*', '*-#', 'd*1', 'd* 1'];
const KEYS = ['backup', 'Backup', 'stage', '#'];
const NAMES = ['orders', 'orders-#', '#-orders', 'logs'];
const PARAMETERS = ['gold', 'orders', 'dev', 'x', 'logs-1'];

const TYPES = {
  'DynamoDB::Table': {
    name: 'TableName',
    arn: (name: string) => `arn:aws:dynamodb:us-east-1:1:table/${name}`,
  },
  'S3::Bucket': { name: 'BucketName', arn: (name: string) => `arn:aws:s3:::${name}` },
};
const ARNS = [
  '*',
  ...NAMES.flatMap((name) => Object.values(TYPES).map(({ arn }) => arn(name))),
  ...['o*', '#*', '*'].flatMap((name) => Object.values(TYPES).map(({ arn }) => arn(name))),
  'arn:aws:dynamodb:*:*:table/*',
  'arn:aws:s3:*',
  'arn:aws:dynamodb:eu-west-1:*:table/*',
  '#',
];
type Type = keyof typeof TYPES;

interface Resource {
  readonly type: Type;
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
}
interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly value: string;
}
interface Selection {
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  readonly anyTag: readonly (readonly [string, string])[];
  readonly conditions: readonly Condition[];
}

const resources: fc.Arbitrary<Resource> = fc.record({
  type: fc.constantFrom(...(Object.keys(TYPES) as Type[])),
  name: fc.constantFrom(...NAMES),
  tags: fc.dictionary(fc.constantFrom(...KEYS), fc.constantFrom(...VALUES), { maxKeys: 3 }),
});
const selections: fc.Arbitrary<Selection> = fc.record({
  resources: fc.array(fc.constantFrom(...ARNS), { maxLength: 3 }),
  notResources: fc.array(fc.constantFrom(...ARNS.slice(1)), { maxLength: 1 }),
  anyTag: fc.array(fc.tuple(fc.constantFrom(...KEYS), fc.constantFrom(...VALUES)), { maxLength: 2 }),
  conditions: fc.array(
    fc.record({
      operator: fc.constantFrom('StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike'),
      key: fc.constantFrom(...KEYS.slice(0, 3)),
      value: fc.constantFrom(...PATTERNS),
    }),
    { maxLength: 2 },
  ),
});

/** The same in a template. */
const rendered = (text: string) => (text.includes('#') ? { 'Fn::Sub': text.replaceAll('#', `\${P}`) } : text);

function template(all: readonly Resource[], choices: readonly Selection[]) {
  const Resources: Record<string, unknown> = { Plan: plan('gold') };
  for (const [i, { type, name, tags }] of all.entries())
    Resources[`R${i}`] = {
      Type: `AWS::${type}`,
      Properties: {
        [TYPES[type].name]: rendered(name),
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key: rendered(Key), Value: rendered(Value) })),
      },
    };
  for (const [i, chosen] of choices.entries())
    Resources[`S${i}`] = selection({
      SelectionName: `S${i}`,
      Resources: chosen.resources.map(rendered),
      NotResources: chosen.notResources.map(rendered),
      ListOfTags: chosen.anyTag.map(([key, value]) => ({
        ConditionType: 'STRINGEQUALS',
        ConditionKey: rendered(key),
        ConditionValue: rendered(value),
      })),
      Conditions: Object.fromEntries(
        ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike'].map((operator) => [
          operator,
          chosen.conditions
            .filter((condition) => condition.operator === operator)
            .map(({ key, value }) => ({
              ConditionKey: `aws:ResourceTag/${key}`,
              ConditionValue: rendered(value),
            })),
        ]),
      ),
    });
  return { Resources, Parameters: { P: { Type: 'String' } } };
}

/** What AWS Backup does, for one value of the parameter: each pair on its own, in the plainest words. */
function selects({ type, name, tags }: Resource, chosen: Selection, parameter: string): boolean {
  const said = (text: string) => text.replaceAll('#', parameter);
  const arn = TYPES[type].arn(said(name));
  // the first said of two equal keys wins
  const own = new Map(
    Object.entries(tags)
      .reverse()
      .map(([key, value]) => [said(key), said(value)]),
  );
  const like = (pattern: string, text: string, any: string) =>
    new RegExp(`^${pattern.split('*').map(literally).join(any)}$`).test(text);
  const matches = (pattern: string) =>
    like(pattern === 'arn:aws:s3:*' ? 'arn:aws:s3:::*' : said(pattern), arn, '.*');
  const included =
    chosen.resources.some(matches) ||
    chosen.anyTag.some(([key, value]) => own.get(said(key)) === said(value));
  const holds = chosen.conditions.every(({ operator, key, value }) => {
    const got = own.get(said(key));
    const equal =
      got !== undefined &&
      (operator.endsWith('Like') ? like(said(value), got, '[^ ]*') : got === said(value));
    return operator.startsWith('StringNot') ? !equal : equal;
  });
  return included && holds && !chosen.notResources.some(matches);
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** The verdicts of the matcher: resource by selection. */
function verdicts(all: readonly Resource[], choices: readonly Selection[], parameter?: string) {
  const inventory = inventoryOf([
    {
      ...stack('App', {}, { account: '1' }),
      template: template(all, choices),
      parameters: parameter === undefined ? undefined : new Map([['P', parameter]]),
    },
  ]);
  const protections = new Protections(inventory);
  return all.map((_, i) => {
    const resource = inventory.resources.find(({ place }) => place.logicalId === `R${i}`);
    const found = resource ? protections.of(resource) : [];
    return choices.map((_, j) => {
      const match = found.find(({ selection: { place } }) => place.logicalId === `S${j}`);
      return match ? (match.certain ? 'yes' : 'perhaps') : 'no';
    });
  });
}

const tables = fc.tuple(
  fc.array(resources, { minLength: 1, maxLength: 4 }),
  fc.array(selections, { minLength: 1, maxLength: 8 }),
);

test('selects what AWS Backup selects, where everything is known', () => {
  fc.assert(
    fc.property(tables, fc.constantFrom(...PARAMETERS), ([all, choices], parameter) => {
      expect(verdicts(all, choices, parameter)).toEqual(
        all.map((resource) => choices.map((chosen) => (selects(resource, chosen, parameter) ? 'yes' : 'no'))),
      );
    }),
    { numRuns: 400 },
  );
});

test('is certain only of what holds for every value of a parameter', () => {
  fc.assert(
    fc.property(tables, ([all, choices]) => {
      const lines = verdicts(all, choices);
      for (const [i, resource] of all.entries())
        for (const [j, chosen] of choices.entries()) {
          const real = new Set(PARAMETERS.map((parameter) => selects(resource, chosen, parameter)));
          if (lines[i][j] === 'yes') expect([...real]).toEqual([true]);
          if (lines[i][j] === 'no') expect([...real]).toEqual([false]);
        }
    }),
    { numRuns: 400 },
  );
});

test('is certain of all that no parameter decides', () => {
  const known = (text: string) => !text.includes('#');
  fc.assert(
    fc.property(tables, ([all, choices]) => {
      const plain = all.filter(({ name, tags }) => known(name) && Object.entries(tags).flat().every(known));
      const literal = choices.filter(
        ({ resources, notResources, anyTag, conditions }) =>
          [...resources, ...notResources, ...anyTag.flat()].every(known) &&
          conditions.every(({ value }) => known(value)),
      );
      expect(verdicts(plain, literal).flat()).not.toContain('perhaps');
    }),
    { numRuns: 200 },
  );
});

test('a pattern with many stars ends', () => {
  const pattern = `${'a*'.repeat(5_000)}b`;
  const resource = { type: 'S3::Bucket', name: 'x', tags: { backup: 'a'.repeat(5_000) } } as const;
  const chosen = {
    resources: ['*'],
    notResources: [`arn:aws:s3:::${'*x'.repeat(5_000)}`],
    anyTag: [],
    conditions: [{ operator: 'StringLike', key: 'backup', value: pattern }],
  };
  expect(verdicts([resource], [chosen])).toEqual([['no']]);
});

describe('a resource that several routes lead to', () => {
  const table = (Condition?: string) =>
    resource(
      'DynamoDB::Table',
      { TableName: 'orders', Tags: tags({ backup: 'gold' }) },
      Condition === undefined ? {} : { Condition },
    );
  const Parameters = { P: { Type: 'String' } };
  const gold = [choice('backup', 'gold')];
  const perhapsGold = [choice('backup', { Ref: 'P' })];
  const orders = 'arn:aws:dynamodb:us-east-1:1:table/orders';
  const perhapsOrders = { Ref: 'P' };

  /** How the table `X` of the first stack is selected: the logical ids, with `?` where that is open. */
  function routes(...stacks: readonly StackSource[]): string[] {
    const inventory = inventoryOfStacks(...stacks);
    const [x] = inventory.resources;
    return new Protections(inventory)
      .of(x)
      .map(({ selection: { place }, certain }) => `${place.logicalId}${certain ? '' : '?'}`);
  }
  const inApp = (Resources: Record<string, unknown>, options: Partial<StackSource> = {}) => ({
    ...stack('App', {}, { account: '1', ...options }),
    template: { Resources: { X: table(), Plan: plan('gold'), ...Resources }, Parameters },
  });

  test.each<[string, object, string[]]>([
    ['by ARN and by tag, is selected once', { Resources: [orders], ListOfTags: gold }, ['S']],
    ['by the same ARN twice, is selected once', { Resources: [orders, orders] }, ['S']],
    ['by two patterns, is selected once', { Resources: ['*', 'arn:aws:dynamodb:*:*:table/*'] }, ['S']],
    ['perhaps by ARN, certainly by tag, is certain', { Resources: [perhapsOrders], ListOfTags: gold }, ['S']],
    ['certainly by ARN, perhaps by tag, is certain', { Resources: [orders], ListOfTags: perhapsGold }, ['S']],
    ['perhaps by either, is uncertain once', { Resources: [perhapsOrders], ListOfTags: perhapsGold }, ['S?']],
  ])('%s', (_title, body, expected) => {
    expect(routes(inApp({ S: selection(body as Record<string, unknown>) }))).toEqual(expected);
  });

  test.each<[string, string[]]>([
    ['arn:aws:*:us-east-1:1:table/orders', ['S?']],
    ['arn:aws:*:*:*:*', ['S?']],
    ['arn:aws:dyn*:us-east-1:1:table/o*', ['S?']],
    ['arn:aws:*:us-east-1:1:table/users', []],
    ['arn:aws:*:eu-west-1:1:table/orders', []],
    ['arn:aws:*:us-east-1:2:table/orders', []],
    ['arn:aws-cn:*:us-east-1:1:table/orders', []],
    ['arn:aws:s3*:us-east-1:1:table/orders', []],
  ])('is perhaps selected by a pattern of services that it fits: %s', (pattern, expected) => {
    expect(routes(inApp({ S: selection({ Resources: [pattern] }) }))).toEqual(expected);
  });

  test.each<[string, object]>([
    [
      'with a condition without the prefix of tags',
      {
        Resources: ['*'],
        Conditions: { StringNotEquals: [{ ConditionKey: 'stage', ConditionValue: 'dev' }] },
      },
    ],
    [
      'with a condition without a key',
      { Resources: ['*'], Conditions: { StringNotEquals: [{ ConditionValue: 'dev' }] } },
    ],
    [
      'with a condition without a value',
      { Resources: ['*'], Conditions: { StringNotEquals: [{ ConditionKey: 'aws:ResourceTag/stage' }] } },
    ],
    [
      'with an operator that tags do not have',
      { Resources: ['*'], ListOfTags: [choice('backup', 'gold', 'STRINGNOTEQUALS')] },
    ],
    ['with a tag without a key', { Resources: ['*'], ListOfTags: [choice(undefined, 'gold')] }],
    ['with a tag without a value', { Resources: ['*'], ListOfTags: [choice('backup', undefined)] }],
    [
      'with conditions alone',
      { Conditions: { StringEquals: [{ ConditionKey: 'aws:ResourceTag/backup', ConditionValue: 'gold' }] } },
    ],
  ])('is not selected by what AWS refuses: %s', (_title, body) => {
    expect(routes(inApp({ S: selection(body as Record<string, unknown>) }))).toEqual([]);
  });

  test('that is a stack may be selected by a pattern of services', () => {
    const through = (pattern: string) => {
      const S = selection({ Resources: [pattern] });
      return routes(stack('App', { X: table(), Plan: plan('gold'), S }, { account: '1' }));
    };
    expect(through('arn:aws:cloudformation:*:*:stack/*')).toEqual(['S']);
    expect(through('arn:aws:cloudformation:*:*:stack/*/x')).toEqual(['S?']);
    expect(through('arn:aws:cloudformation:*:*:type/*')).toEqual([]);
  });

  test('is not selected through its stack by a tag of the stack', () => {
    const body = { Resources: ['arn:aws:cloudformation:eu-west-1:*:stack/*'], ListOfTags: gold };
    const all = { X: table(), Plan: plan('gold'), S: selection(body) };
    const ofStack = { account: '1', tags: new Map([['backup', 'gold']]) };
    expect(routes(stack('App', all, ofStack))).toEqual(['S']);
  });

  test('exists with its selection if both have the same condition, and that is one of the same template', () => {
    const Conditions = { Live: { 'Fn::Equals': [{ Ref: 'P' }, 'live'] } };
    const body = { Resources: [orders] };
    const live = (name: string, Resources: Record<string, unknown>) => ({
      ...stack(name, {}, { account: '1' }),
      template: { Resources, Parameters, Conditions },
    });
    const X = table('Live');
    const S = selection(body, { Ref: 'Plan' }, { Condition: 'Live' });
    expect(routes(live('App', { X, Plan: plan('gold'), S }))).toEqual(['S']);
    expect(routes(live('App', { X }), live('Other', { Plan: plan('gold'), S }))).toEqual(['S?']);
  });

  test('is selected by every certain selection, and by twenty uncertain ones at most', () => {
    const many = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, i) => [
          `U${i}`,
          selection({ SelectionName: `U${i}`, ListOfTags: perhapsGold }),
        ]),
      );
    const certain = selection({ SelectionName: 'S', Resources: [orders] });
    expect(routes(inApp(many(20)))).toHaveLength(20);
    expect(routes(inApp({ ...many(25), S: certain, T: certain }))).toEqual([
      'S',
      'T',
      ...Object.keys(many(20)).map((id) => `${id}?`),
    ]);
  });

  test('has the plans that certainly select it itself, each once', () => {
    const byPlan = (Plan: string, body: Record<string, unknown>) =>
      selection({ SelectionName: Plan, ...body }, { Ref: Plan });
    const inventory = inventoryOfStacks(
      inApp({
        Silver: plan('silver'),
        Bronze: plan('bronze'),
        Iron: plan('iron'),
        A: byPlan('Plan', { Resources: [orders] }),
        B: byPlan('Plan', { ListOfTags: gold }),
        C: byPlan('Silver', { Resources: ['*'] }),
        D: byPlan('Bronze', { ListOfTags: perhapsGold }),
        E: byPlan('Iron', { Resources: [{ Ref: 'AWS::StackId' }] }),
      }),
    );
    const protections = new Protections(inventory);
    const [x] = inventory.resources;
    const ids = protections.plansOf(x).map(({ place }) => place.logicalId);
    expect(ids.sort()).toEqual(['Plan', 'Silver']);
    expect(protections.of(x).map(({ selection: { place } }) => place.logicalId)).toEqual(
      expect.arrayContaining(['A', 'B', 'C', 'D', 'E']),
    );
  });

  test('is not selected by what an inventory without it has', () => {
    const S = selection({ Resources: ['*'] });
    const [x] = inventoryOfStacks(inApp({ S })).resources;
    const protections = new Protections(inventoryOfStacks(stack('Other', { Plan: plan('gold'), S })));
    expect([protections.of(x), protections.plansOf(x)]).toEqual([[], []]);
  });
});
