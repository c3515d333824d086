import {
  CHANGE_KINDS,
  type Change,
  Changes,
  coldText,
  contentOf,
  moreIsStronger,
  retentionText,
} from '../../../src/forecast/difference/change';
import { pairUp } from '../../../src/forecast/difference/pairs';
import { Renaming } from '../../../src/forecast/difference/renaming';
import { differenceFrom, summaryOf } from '../../../src/forecast/difference/summary';
import type { Item } from '../../../src/inventory/core/item';
import type { LifecycleItem } from '../../../src/inventory/plan/plans';
import { type Text, Unknown } from '../../../src/template/evaluation/unknown';
import { resource } from '../../support/backups';
import { inventoryOfResources } from '../../support/templates';

const FOREVER = Number.POSITIVE_INFINITY;
const OPEN = new Unknown('parameter', 'open');
const named = new Unknown('parameter', 'open', ['a-', { kind: 'parameter', name: 'Stage' }]);
const change = (kind: Change['kind'], direction: Change['direction'], accepted?: string): Change => ({
  kind,
  direction,
  stack: 'S',
  logicalId: 'L',
  subject: 's',
  before: null,
  after: null,
  message: `${kind} ${direction}`,
  ...(accepted !== undefined && { accepted }),
});

test.each<[number | undefined, number | undefined, string]>([
  [1, 2, 'stronger'],
  [2, 1, 'weaker'],
  [1, 1, 'neutral'],
  [35, FOREVER, 'stronger'],
  [FOREVER, FOREVER, 'neutral'],
  [undefined, 1, 'neutral'],
  [1, undefined, 'neutral'],
])('of an amount that should be large, %p before and %p after is %s', (before, after, direction) => {
  expect(moreIsStronger(before, after)).toBe(direction);
});

test.each<[number | undefined, string]>([
  [undefined, 'not known before deployment'],
  [FOREVER, 'forever'],
  [0, '0 days'],
  [1, '1 day'],
  [35, '35 days'],
])('a retention of %p is printed as %s', (days, text) => {
  expect(retentionText(days)).toBe(text);
});

test.each<[Partial<LifecycleItem> | undefined, string | null]>([
  [undefined, null],
  [{}, null],
  [{ moveToColdStorageAfterDays: -1 }, null],
  [{ moveToColdStorageAfterDays: 0 }, 'at 0 days'],
  [{ moveToColdStorageAfterDays: 30 }, 'at 30 days'],
  [{ moveToColdStorageAfterDays: OPEN }, 'not known before deployment'],
])('a transition to cold storage of %j is printed as %j', (lifecycle, text) => {
  expect(coldText(lifecycle as LifecycleItem | undefined)).toBe(text);
});

describe('what an item says', () => {
  test.each<[string, unknown, unknown, boolean]>([
    ['in another order', { a: 1, b: 2 }, { b: 2, a: 1 }, true],
    ['elsewhere', { a: 1, id: 1, place: 1, pathInTemplate: 1, index: 1 }, { a: 1, id: 2, index: 2 }, true],
    [
      'under another name in the template',
      { a: { text: 't', to: 'x', arn: 'x' } },
      { a: { text: 't', to: 'y', arn: 'y' } },
      true,
    ],
    ['with another end', { from: '1', to: '2' }, { from: '1', to: '3' }, false],
    ['with other tags that it looks for', { scope: { tags: ['a'] } }, { scope: { tags: ['b'] } }, false],
    ['with the same values in another order', { a: new Set(['x', 'y']) }, { a: new Set(['y', 'x']) }, true],
    ['with other values', { a: new Set(['x']) }, { a: new Set(['x', 'y']) }, false],
    [
      'under another condition, with other tags',
      { condition: 1, tags: 1, dependsOn: 1, metadata: 1 },
      {},
      true,
    ],
    ['with another value', { a: 1 }, { a: 2 }, false],
    ['with another value in a list', { a: [1, 2] }, { a: [2, 1] }, false],
    ['with another value inside', { a: { b: { c: 'x' } } }, { a: { b: { c: 'y' } } }, false],
    ['with nothing instead of null', { a: undefined }, { a: null }, true],
    ['with a function', { a: () => 1 }, { a: null }, true],
    ['with a value that is not known', { a: OPEN }, { a: new Unknown('parameter', 'other') }, true],
    [
      'with a value that is not known for another reason',
      { a: OPEN },
      { a: new Unknown('import', 'open') },
      false,
    ],
    ['with a value that is partly known', { a: named }, { a: `a-\${Stage}` }, true],
    ['as a list instead of an object', { a: [] }, { a: {} }, false],
    ['as a text instead of a number', { a: '1' }, { a: 1 }, false],
  ])('%s', (_, before, after, isSame) => {
    expect(contentOf(before) === contentOf(after)).toBe(isSame);
  });

  test('ends where it contains itself, and is written twice where it occurs twice', () => {
    const endless: Record<string, unknown> = { a: 1 };
    endless.b = endless;
    expect(contentOf(endless)).toBe('{"a":1,"b":null}');
    const part = { c: 1 };
    expect(contentOf([part, part])).toBe('[{"c":1},{"c":1}]');
  });
});

describe('changes', () => {
  test('have a place, and no text before or after unless they are given', () => {
    const changes = new Changes();
    changes.add('lock', 'weaker', { stack: 'S', logicalId: 'L' }, { subject: 's', message: 'm' });
    changes.add(
      'key',
      'neutral',
      { stack: 'S', logicalId: 'K' },
      { subject: 's', message: 'm', before: 'b', after: 'a' },
    );
    expect(changes.all).toEqual([
      {
        kind: 'lock',
        direction: 'weaker',
        stack: 'S',
        logicalId: 'L',
        subject: 's',
        message: 'm',
        before: null,
        after: null,
      },
      {
        kind: 'key',
        direction: 'neutral',
        stack: 'S',
        logicalId: 'K',
        subject: 's',
        message: 'm',
        before: 'b',
        after: 'a',
      },
    ]);
  });

  test('are in the order of a report: by direction, then by kind, then as they were found', () => {
    const changes = new Changes();
    const found = [
      change('cost', 'neutral'),
      change('rpo', 'stronger'),
      change('cost', 'weaker'),
      change('protection', 'neutral'),
      change('rpo', 'weaker'),
      change('protection', 'weaker'),
    ];
    for (const { kind, direction, message } of found)
      changes.add(kind, direction, { stack: 'S', logicalId: 'L' }, { subject: 's', message });
    expect(differenceFrom(changes).changes.map(({ message }) => message)).toEqual([
      'protection weaker',
      'rpo weaker',
      'cost weaker',
      'rpo stronger',
      'protection neutral',
      'cost neutral',
    ]);
  });

  test('of every kind have a rank', () => {
    const changes = new Changes();
    for (const kind of CHANGE_KINDS)
      changes.add(kind, 'weaker', { stack: 'S', logicalId: 'L' }, { subject: 's', message: kind });
    const kinds = differenceFrom(changes).changes.map(({ kind }) => kind);
    expect([...kinds].sort()).toEqual([...CHANGE_KINDS].sort());
    expect([kinds[0], kinds[kinds.length - 1]]).toEqual(['protection', 'cost']);
  });

  test('that are accepted are listed, and not counted', () => {
    const all = [change('lock', 'weaker'), change('lock', 'weaker', 'on purpose'), change('key', 'stronger')];
    expect(summaryOf(all)).toEqual({ changes: all, summary: { weaker: 1, stronger: 1, neutral: 0 } });
  });
});

describe('the two versions of an item', () => {
  type Named = Item & { readonly name?: Text };
  const item = (logicalId: string, name?: Text, more: object = {}, id = `S#${logicalId}`): Named =>
    ({
      id,
      type: 'T',
      place: { stack: 'S', stackId: 'S', logicalId, account: '1', region: 'r', ...more },
      name,
    }) as unknown as Named;
  const paired = (before: Named[], after: Named[], byType = false) => {
    const { pairs, removed, added } = pairUp(before, after, ({ name }) => name, byType);
    return [
      ...pairs.map(({ before: a, after: b, by }) => `${a.place.logicalId}=${b.place.logicalId} by ${by}`),
      ...removed.map(({ place }) => `-${place.logicalId}`),
      ...added.map(({ place }) => `+${place.logicalId}`),
    ];
  };

  test.each<[string, Named[], Named[], boolean, string[]]>([
    ['with one logical id are one', [item('A')], [item('A')], false, ['A=A by place']],
    [
      'with one logical id and another name are one',
      [item('A', 'a')],
      [item('A', 'b')],
      false,
      ['A=A by place'],
    ],
    ['with one name are one', [item('A', 'x')], [item('B', 'x')], false, ['A=B by name']],
    [
      'with one name in two accounts are two',
      [item('A', 'x')],
      [item('B', 'x', { account: '2' })],
      true,
      ['-A', '+B'],
    ],
    [
      'with one name in two Regions are two',
      [item('A', 'x')],
      [item('B', 'x', { region: 'q' })],
      true,
      ['-A', '+B'],
    ],
    ['with two names are two', [item('A', 'x')], [item('B', 'y')], true, ['-A', '+B']],
    ['without a name are two', [item('A')], [item('B')], false, ['-A', '+B']],
    ['without a name are one by their type', [item('A')], [item('B')], true, ['A=B by type']],
    [
      'with a name that is not known are one by their type',
      [item('A', OPEN)],
      [item('B')],
      true,
      ['A=B by type'],
    ],
    ['in two stacks are two', [item('A')], [item('A', undefined, { stack: 'X' })], true, ['-A', '+A']],
    [
      'are those with the same logical id first',
      [item('A', 'x'), item('B', 'y')],
      [item('B', 'x'), item('A', 'y')],
      false,
      ['A=A by place', 'B=B by place'],
    ],
    [
      'are those in order',
      [item('A'), item('B')],
      [item('C'), item('D'), item('E')],
      true,
      ['A=C by type', 'B=D by type', '+E'],
    ],
    ['are one of several', [item('A', 'x'), item('B', 'x')], [item('C', 'x')], false, ['A=C by name', '-B']],
    [
      'of a replica are that replica',
      [item('A', undefined, {}, 'S#A@eu'), item('A', undefined, {}, 'S#A')],
      [item('A', undefined, {}, 'S#A')],
      false,
      ['A=A by place', '-A'],
    ],
  ])('%s', (_, before, after, byType, expected) => {
    expect(paired(before, after, byType)).toEqual(expected);
  });
});

describe('what refers to renamed vaults and resources', () => {
  const version = (vault: string, name: string, table: string) =>
    inventoryOfResources({
      [vault]: resource('Backup::BackupVault', { BackupVaultName: name }),
      [table]: resource('DynamoDB::Table'),
    });
  const isSame = (before: unknown, after: unknown, ...next: [string, string, string]) =>
    new Renaming(version('Vault', 'gold', 'Orders'), version(...next)).isSame(before, after);

  test.each<[string, boolean, unknown, unknown, [string, string, string]]>([
    ['is the same if it says the same', true, { a: 'gold' }, { a: 'gold' }, ['Vault', 'gold', 'Orders']],
    [
      'is the same but for the new name',
      true,
      { a: 'gold/x' },
      { a: 'silver/x' },
      ['Vault', 'silver', 'Orders'],
    ],
    [
      'is the same but for the new logical id',
      true,
      { a: 'Orders.Arn' },
      { a: 'Carts.Arn' },
      ['Vault', 'gold', 'Carts'],
    ],
    [
      'is the same but for both',
      true,
      { a: 'gold Orders' },
      { a: 'silver Carts' },
      ['Vault', 'silver', 'Carts'],
    ],
    ['differs if nothing is renamed', false, { a: 'gold' }, { a: 'silver' }, ['Vault', 'gold', 'Orders']],
    [
      'differs if it keeps the old name',
      false,
      { a: 'gold' },
      { a: 'gold', b: 1 },
      ['Vault', 'silver', 'Orders'],
    ],
    [
      'differs if the name is part of a word',
      false,
      { a: 'golden' },
      { a: 'silveren' },
      ['Vault', 'silver', 'Orders'],
    ],
    [
      'differs if the name is part of a name',
      false,
      { a: 'gold-2' },
      { a: 'silver-2' },
      ['Vault', 'silver', 'Orders'],
    ],
    [
      'is the same with a name that means something in patterns',
      true,
      { a: 'gold' },
      { a: '$&' },
      ['Vault', '$&', 'Orders'],
    ],
  ])('%s', (_, expected, before, after, next) => {
    expect(isSame(before, after, ...next)).toBe(expected);
  });
});
