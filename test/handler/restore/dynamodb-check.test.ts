import { NotYet } from '../../../src/handler/restore/aws-calls';
import { checkTable } from '../../../src/handler/restore/dynamodb-check';
import { awsError, FakeAws, type FakeTable, type Item } from './fake-aws';
import { sayings } from './run-check';

let aws: FakeAws;
beforeEach(() => {
  aws = new FakeAws();
});
const fails = (name: string) => () => {
  throw awsError(name, 'as AWS says');
};
const inputsOf = (name: string) => aws.calls.filter((call) => call.name === name).map(({ input }) => input);

describe('a restored table', () => {
  const ARN = 'arn:aws:dynamodb:eu-west-1:111122223333:table';
  const run = (check = {}, sourceArn: string | undefined = `${ARN}/orders`) =>
    sayings(checkTable, { restoredArn: `${ARN}/restored`, sourceArn }, aws, check);
  const put = (name: string, items: Item[], more: Partial<FakeTable> = {}) =>
    aws.tables.set(name, { status: 'ACTIVE', keys: [['id', 'S']], items, ...more });
  const item = (id: string, more: Item = {}): Item => ({ id: { S: id }, ...more });
  const OPEN = ['restored: the table is ACTIVE', 'opens: the table can be read, with the keys id HASH S'];

  test.each(['CREATING', 'UPDATING'])('is waited for while it is %s', async (status) => {
    put('restored', [], { status });
    await expect(run()).rejects.toThrow(new NotYet(`the table is ${status}`));
  });

  test('fails if it is not there', async () => {
    aws.answers['dynamodb:DescribeTable'] = () => ({});
    expect(await run()).toEqual(['restored failed: the table is not there, expected ACTIVE']);
  });

  test('has the keys of its source, in their order and with their types', async () => {
    const keys: FakeTable['keys'] = [
      ['id', 'S'],
      ['at', 'N'],
    ];
    put('orders', [], { keys });
    put('restored', [item('a', { at: { N: '1' } })], { keys: [keys[0]] });
    expect((await run()).at(-1)).toBe(
      'opens failed: the keys are id HASH S, those of the source are id HASH S, at RANGE N',
    );
    put('restored', [item('a', { at: { N: '1' } })], { keys });
    expect((await run())[1]).toBe('opens: the table can be read, with the keys id HASH S, at RANGE N');
    aws.answers['dynamodb:DescribeTable'] = () => ({
      Table: { TableName: 'restored', TableStatus: 'ACTIVE' },
    });
    expect((await run())[1]).toBe('opens: the table can be read, with the keys ');
  });

  test('is read, counted and sampled page by page, and compared with the items of its source', async () => {
    put('orders', [item('a'), item('b', { n: { N: '1' } })]);
    put('restored', [item('a'), item('b', { n: { N: '2' } })]);
    expect(await run()).toEqual([
      ...OPEN,
      'counts: 2 items, the source has 2',
      'samples failed: 2 items read, 1 of 2 equal to the source, expected at least 2',
    ]);
    expect(inputsOf('dynamodb:Scan')).toEqual([
      { TableName: 'restored', Limit: 1 },
      { TableName: 'restored', Select: 'COUNT', ExclusiveStartKey: undefined },
      { TableName: 'restored', Limit: 1_000, Segment: 0, TotalSegments: 1 },
    ]);
    expect(inputsOf('dynamodb:GetItem')).toEqual([
      { TableName: 'orders', Key: { id: { S: 'b' } } },
      { TableName: 'orders', Key: { id: { S: 'a' } } },
    ]);
  });

  test.each<[string, Item, Item, boolean]>([
    ['attributes have no order', { a: { S: '1' }, b: { S: '2' } }, { b: { S: '2' }, a: { S: '1' } }, true],
    ['sets have no order', { s: { SS: ['x', 'y'] } }, { s: { SS: ['y', 'x'] } }, true],
    ['sets of numbers have no order', { s: { NS: ['1', '2'] } }, { s: { NS: ['2', '1'] } }, true],
    [
      'sets of bytes have no order',
      { s: { BS: [Buffer.from('a'), Buffer.from('b')] } },
      { s: { BS: [Buffer.from('b'), Buffer.from('a')] } },
      true,
    ],
    ['sets have elements', { s: { SS: ['x', 'y'] } }, { s: { SS: ['x', 'z'] } }, false],
    [
      'lists have an order',
      { l: { L: [{ S: 'x' }, { S: 'y' }] } },
      { l: { L: [{ S: 'y' }, { S: 'x' }] } },
      false,
    ],
    [
      'attributes that only contain the name of a set have an order',
      { l: { M: { aSSb: { L: [{ S: 'x' }, { S: 'y' }] } } } },
      { l: { M: { aSSb: { L: [{ S: 'y' }, { S: 'x' }] } } } },
      false,
    ],
    ['an attribute has the name of a set', { SS: { S: 'x' } }, { SS: { S: 'x' } }, true],
    ['bytes have a value', { b: { B: Buffer.from('a') } }, { b: { B: Buffer.from('b') } }, false],
    ['names have a value', { a: { S: '1' } }, { b: { S: '1' } }, false],
    ['types have a value', { a: { S: '1' } }, { a: { N: '1' } }, false],
    ['what is not set is not there', { a: { S: '1', N: undefined } as never }, { a: { S: '1' } }, true],
    ['null is a value', { a: { NULL: true } }, { a: { BOOL: true } }, false],
  ])('equals its source where %s', async (_, own, theirs, isEqual) => {
    put('orders', [item('a', theirs)]);
    put('restored', [item('a', own)]);
    expect((await run()).at(-1)).toBe(
      isEqual
        ? 'samples: 1 items read, 1 of 1 equal to the source'
        : 'samples failed: 1 items read, 0 of 1 equal to the source, expected at least 1',
    );
  });

  test('is compared with nothing where the source is unknown or gone', async () => {
    put('restored', [item('a')]);
    for (const sourceArn of [undefined, `${ARN}/gone`])
      expect(await sayings(checkTable, { restoredArn: `${ARN}/restored`, sourceArn }, aws)).toEqual([
        ...OPEN,
        'counts: 1 items',
        'samples: 1 items read, none compared: the source has none of them',
      ]);
    aws.instead.set('dynamodb:DescribeTable', [
      () => aws.call('dynamodb:DescribeTable', { TableName: 'restored' }),
      fails('AccessDenied'),
    ]);
    await expect(run()).rejects.toThrow(awsError('AccessDenied', 'as AWS says'));
  });

  test('that is large is sampled in a segment chosen by chance', async () => {
    put('orders', [], { counted: 0 });
    put('restored', [item('a')]);
    for (const [Count, TotalSegments] of [
      [10_000, 1],
      [10_001, 11],
      [5_000_000, 1_000],
    ]) {
      aws.calls.length = 0;
      aws.instead.set('dynamodb:Scan', [() => ({}), () => ({ Count })]);
      await run();
      expect(inputsOf('dynamodb:Scan').at(-1)).toMatchObject({
        TotalSegments,
        Segment: Math.floor(TotalSegments / 2),
      });
    }
  });

  test('that can not be counted in time says so, and is only held to the least number', async () => {
    put('orders', [], { counted: 1_000 });
    put('restored', [item('a')]);
    const first = inputsOf('dynamodb:Scan').length;
    aws.instead.set('dynamodb:Scan', [
      () => ({}),
      () => ({ Count: 5, LastEvaluatedKey: { id: { S: 'x' } } }),
      () => {
        aws.now += 14 * 60_000;
        return { Count: 2, LastEvaluatedKey: { id: { S: 'y' } } };
      },
    ]);
    expect((await run())[2]).toBe('counts: 7 items (counted in part), the source has 1000');
    expect(inputsOf('dynamodb:Scan').slice(first + 1, first + 3)).toEqual([
      { TableName: 'restored', Select: 'COUNT', ExclusiveStartKey: undefined },
      { TableName: 'restored', Select: 'COUNT', ExclusiveStartKey: { id: { S: 'x' } } },
    ]);
    aws.answers['dynamodb:Scan'] = () => ({ Count: 1, LastEvaluatedKey: { id: { S: 'x' } } });
    expect((await run({ atLeast: 5 }))[2]).toBe('counts: 2000 items (counted in part), the source has 1000');
    aws.answers['dynamodb:Scan'] = () => ({});
    expect((await run())[2]).toBe('counts failed: 0 items, expected at least 900, the source has 1000');
  });
});
