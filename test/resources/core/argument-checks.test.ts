import { Fn, Lazy, RemovalPolicy } from 'aws-cdk-lib';
import {
  flagProblems,
  kindProblems,
  listProblems,
  propsProblems,
  removalPolicyProblems,
  requiredKindProblems,
  textProblems,
} from '../../../src/resources/core/argument-checks';
import { type Problem, sentence } from '../../../src/values/core/problem';

const EXPECTED = { id: 'Backup-Word', property: 'word', what: 'a word', fix: 'write one' };
const isWord = (value: unknown) => typeof value === 'string';

const sentences = (problems: Problem[]) => problems.map(sentence);

test('what is of the kind, or left out, has no problem', () => {
  expect([kindProblems('a', isWord, EXPECTED), kindProblems(undefined, isWord, EXPECTED)]).toEqual([[], []]);
});

test.each([
  [1, '1'],
  [null, 'null'],
  [{}, 'an object'],
])('what is of another kind is an error: %p', (value, shown) => {
  expect(kindProblems(value, isWord, EXPECTED)).toEqual([
    {
      id: 'Backup-Word',
      severity: 'error',
      property: 'word',
      message: `\`word\` must be a word, got ${shown}`,
      fix: 'write one',
    },
  ]);
});

test('what must be there can not be left out', () => {
  expect(sentences(requiredKindProblems(undefined, isWord, EXPECTED))).toEqual([
    '`word` must be a word, got undefined; write one',
  ]);
});

test('of a list each element is judged, those that are missing included', () => {
  const sparse = new Array(2);
  expect(listProblems(['a', 'b'], isWord, EXPECTED)).toEqual([]);
  expect(listProblems(undefined, isWord, EXPECTED)).toEqual([]);
  expect(sentences(listProblems(['a', 2, ...sparse], isWord, EXPECTED))).toEqual([
    '`word[1]` must be a word, got 2; write one',
    '`word[2]` must be a word, got undefined; write one',
    '`word[3]` must be a word, got undefined; write one',
  ]);
});

test('what is no list is refused as a whole', () => {
  expect(sentences(listProblems('a', isWord, EXPECTED))).toEqual([
    '`word` must be a list, each element a word, got `a`; write one',
  ]);
});

test.each<[unknown, string[]]>([
  ['abc', []],
  [undefined, []],
  [Fn.ref('Text'), []],
  ['abcd', ['`text` must be a text of at most 3 characters, got 4; shorten it']],
  [7, ['`text` must be a text of at most 3 characters, got 7']],
])('a text has an end: %p', (value, problems) => {
  expect(sentences(textProblems('Backup-Text', 'text', value, 3))).toEqual(problems);
});

test.each<[unknown, string[]]>([
  [true, []],
  [false, []],
  [undefined, []],
  [Lazy.any({ produce: () => true }), []],
  ['true', ['`flag` must be true or false, got `true`']],
])('a flag is true or false: %p', (value, problems) => {
  expect(sentences(flagProblems('Backup-Flag', 'flag', value))).toEqual(problems);
});

test.each<[unknown, string[]]>([
  [{}, []],
  [undefined, []],
  [[], ['`props` must be an object with properties, got an array']],
  ['a', ['`props` must be an object with properties, got `a`']],
  [null, ['`props` must be an object with properties, got null']],
])('properties come in an object: %p', (value, problems) => {
  expect(sentences(propsProblems('Backup-Props', value))).toEqual(problems);
});

test('what has no snapshots has three removal policies', () => {
  const refused = Object.values(RemovalPolicy).filter((policy) => removalPolicyProblems(policy).length > 0);
  expect(refused).toEqual([RemovalPolicy.SNAPSHOT]);
});
