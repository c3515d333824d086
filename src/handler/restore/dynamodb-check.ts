import type { AttributeValue, KeySchemaElement, TableDescription } from '@aws-sdk/client-dynamodb';
import { NotYet, nameOfError, type Tools } from './aws-calls';
import { type Check, compareCounts, fail, nameOfArn, pass, type Step, type Subject } from './check';
import { compareSamples, hashOf } from './samples';

/** A table must be this small, or the time this long, for every item to be counted. */
const MAX_COUNT_PAGES = 2_000;
const MAX_SEGMENTS = 1_000;

type Item = Record<string, AttributeValue>;

/** The restored table, its keys, the number of its items, and some of its items. */
export async function* checkTable(subject: Subject, check: Check, tools: Tools): AsyncGenerator<Step> {
  const TableName = nameOfArn(subject.restoredArn);
  const table = (await tools.call('dynamodb:DescribeTable', { TableName })).Table;
  if (table?.TableStatus === 'CREATING' || table?.TableStatus === 'UPDATING')
    throw new NotYet(`the table is ${table.TableStatus}`);
  if (table?.TableStatus !== 'ACTIVE')
    return yield fail('restored', `the table is ${table?.TableStatus ?? 'not there'}, expected ACTIVE`);
  yield pass('restored', 'the table is ACTIVE');

  const source = await sourceTable(subject, tools);
  await tools.call('dynamodb:Scan', { TableName, Limit: 1 });
  const [keys, wanted] = [keysOf(table), source && keysOf(source)];
  if (wanted !== undefined && keys !== wanted)
    return yield fail('opens', `the keys are ${keys}, those of the source are ${wanted}`);
  yield pass('opens', `the table can be read, with the keys ${keys}`);

  const counted = await countItems(TableName, tools);
  yield compareCounts(
    counted.complete ? 'items' : 'items (counted in part)',
    counted.count,
    source?.ItemCount,
    {
      ...check,
      // a part of the items says nothing about the share
      share: counted.complete ? check.share : 0,
    },
  );

  const segment = { Segment: 0, TotalSegments: 1 };
  if (counted.count > 10_000) {
    segment.TotalSegments = Math.min(MAX_SEGMENTS, Math.ceil(counted.count / 1_000));
    segment.Segment = Math.floor(tools.random() * segment.TotalSegments);
  }
  const { Items = [] } = await tools.call('dynamodb:Scan', { TableName, Limit: 1_000, ...segment });
  yield* compareSamples(Items, check, tools, {
    what: 'items',
    hash: async (item) => hashOf(canonical(item)),
    sourceHash: source && ((item) => sourceHashOf(item, source, tools)),
  });
}

/** The source; undefined if it doesn't exist any more. */
async function sourceTable({ sourceArn }: Subject, tools: Tools): Promise<TableDescription | undefined> {
  if (sourceArn === undefined) return undefined;
  try {
    return (await tools.call('dynamodb:DescribeTable', { TableName: nameOfArn(sourceArn) })).Table;
  } catch (error) {
    if (nameOfError(error) === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

async function countItems(TableName: string, tools: Tools): Promise<{ count: number; complete: boolean }> {
  let count = 0;
  let ExclusiveStartKey: Item | undefined;
  for (let page = 0; page < MAX_COUNT_PAGES && tools.now() < tools.deadline; page++) {
    const found = await tools.call('dynamodb:Scan', { TableName, Select: 'COUNT', ExclusiveStartKey });
    count += found.Count ?? 0;
    ExclusiveStartKey = found.LastEvaluatedKey;
    if (!ExclusiveStartKey) return { count, complete: true };
  }
  return { count, complete: false };
}

async function sourceHashOf(item: Item, source: TableDescription, tools: Tools): Promise<string | undefined> {
  const names = (source.KeySchema ?? []).map(({ AttributeName }) => AttributeName as string);
  const Key = Object.fromEntries(names.map((name) => [name, item[name]]));
  const { Item: found } = await tools.call('dynamodb:GetItem', { TableName: source.TableName, Key });
  return found && hashOf(canonical(found));
}

/** `id HASH string, at RANGE number`. */
function keysOf(table: TableDescription): string {
  const types = new Map(table.AttributeDefinitions?.map((each) => [each.AttributeName, each.AttributeType]));
  const text = ({ AttributeName, KeyType }: KeySchemaElement) =>
    `${AttributeName} ${KeyType} ${types.get(AttributeName)}`;
  return (table.KeySchema ?? []).map(text).join(', ');
}

/** The same text for equal items: attributes and sets have no order, lists have one. */
function canonical(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .map(
      ([key, inner]) =>
        `${JSON.stringify(key)}:${isSet(key, inner) ? canonicalSet(inner) : canonical(inner)}`,
    )
    .sort()
    .join(',')}}`;
}

/** Only sets and lists are arrays. */
function isSet(key: string, value: unknown): value is unknown[] {
  return Array.isArray(value) && key !== 'L';
}

function canonicalSet(elements: readonly unknown[]): string {
  return elements.map(canonical).sort().join(',');
}
