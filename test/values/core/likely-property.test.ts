import { sentence } from '../../../src/values/core/problem';
import {
  likelyProperty,
  unknownPropertyProblems,
  unknownPropertyProblemsAt,
} from '../../../src/values/core/unknown-properties';

test.each<[string, readonly string[], string | undefined]>([
  ['vaults', ['vault', 'role'], 'vault'],
  ['tierVault', ['vault', 'role'], 'vault'],
  ['vaul', ['vault', 'role'], 'vault'],
  ['arn', ['arns', 'role'], 'arns'],
  ['arn', ['arnPatterns', 'role'], undefined],
  ['arnPattern', ['arn', 'role'], undefined],
  ['roel', ['role'], 'role'],
  ['r', ['role'], undefined],
  ['retentions', ['retention', 'retentiond'], 'retention'],
  ['abcdefghijkl', ['abcdefghixyz'], 'abcdefghixyz'],
  ['abcdefghijk', ['abcdefghxyz'], undefined],
  ['abcdefghijkl', ['abcdefghwxyz'], undefined],
  ['anything', [], undefined],
])('by %s, of %j, %s was probably meant', (name, known, likely) => {
  expect(likelyProperty(name, known)).toBe(likely);
});

const told = (props: unknown) => unknownPropertyProblems(props, 'BackupTagPolicyProps').map(sentence);

test('a property that a struct does not have is reported with the one that was probably meant', () => {
  expect(told({ tagKeys: 'backup', color: 'red', 'a`\n': 1 })).toEqual([
    '`tagKeys` is not a property of `BackupTagPolicyProps`; did you mean `tagKey`?',
    '`color` is not a property of `BackupTagPolicyProps`; remove it',
    '`a??` is not a property of `BackupTagPolicyProps`; remove it',
  ]);
});

test('a property without a name or a value is passed over', () => {
  expect(told({ color: undefined, '': 1, ' ': 1, tagKey: 'backup' })).toEqual([]);
  for (const props of [undefined, null, 5, 'x', ['x']]) expect(told(props)).toEqual([]);
});

test('a property of another struct is passed over where that is refused elsewhere', () => {
  expect(unknownPropertyProblems({ lock: 1 }, 'BackupTagPolicyProps', 'BackupVaultProps')).toEqual([]);
  expect(
    unknownPropertyProblems({ locks: 1 }, 'BackupTagPolicyProps', 'BackupVaultProps').map(sentence),
  ).toEqual(['`locks` is not a property of `BackupTagPolicyProps`; did you mean `lock`?']);
});

test('a property within another one has the path before its name', () => {
  expect(unknownPropertyProblemsAt('tags[0]', { color: 1 }, 'BackupTagPolicyProps').map(sentence)).toEqual([
    '`tags[0].color` is not a property of `BackupTagPolicyProps`; remove it',
  ]);
});
