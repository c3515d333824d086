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

const EXPECTED = { id: 'Backup-PlanProps', property: 'word', what: 'a word', fix: 'write one' } as const;
const isWord = (value: unknown) => typeof value === 'string';

const sentences = (problems: Problem[]) => problems.map(sentence);

test('values of the right type, and omitted ones, have no problems', () => {
  expect([kindProblems('a', isWord, EXPECTED), kindProblems(undefined, isWord, EXPECTED)]).toEqual([[], []]);
});

test.each([
  [1, '1'],
  [null, 'null'],
  [{}, 'an object'],
])('a value of another type is an error: %p', (value, shown) => {
  expect(kindProblems(value, isWord, EXPECTED)).toEqual([
    {
      id: 'Backup-PlanProps',
      severity: 'error',
      property: 'word',
      message: `\`word\` must be a word, got ${shown}`,
      fix: 'write one',
    },
  ]);
});

test("a required value can't be omitted", () => {
  expect(sentences(requiredKindProblems(undefined, isWord, EXPECTED))).toEqual([
    '`word` must be a word, got nothing; write one',
  ]);
});

test('every element of a list is checked, including holes', () => {
  const sparse = new Array(2);
  expect(listProblems(['a', 'b'], isWord, EXPECTED)).toEqual([]);
  expect(listProblems(undefined, isWord, EXPECTED)).toEqual([]);
  expect(sentences(listProblems(['a', 2, ...sparse], isWord, EXPECTED))).toEqual([
    '`word[1]` must be a word, got 2; write one',
    '`word[2]` must be a word, got nothing; write one',
    '`word[3]` must be a word, got nothing; write one',
  ]);
});

test('a value that is not a list is refused as a whole', () => {
  expect(sentences(listProblems('a', isWord, EXPECTED))).toEqual([
    '`word` must be a list, each element a word, got `a`; write one',
  ]);
});

test.each<[unknown, string[]]>([
  ['abc', []],
  [undefined, []],
  [Fn.ref('Text'), []],
  ['abcd', ['`text` must be a string of at most 3 characters, got 4; shorten it']],
  [7, ['`text` must be a string of at most 3 characters, got 7']],
])('a string has a maximum length: %p', (value, problems) => {
  expect(sentences(textProblems('Backup-PlanProps', 'text', value, 3))).toEqual(problems);
});

test.each<[unknown, string[]]>([
  [true, []],
  [false, []],
  [undefined, []],
  [Lazy.any({ produce: () => true }), []],
  ['true', ['`flag` must be true or false, got `true`']],
])('a boolean is true or false: %p', (value, problems) => {
  expect(sentences(flagProblems('Backup-WindowsVss', 'flag', value))).toEqual(problems);
});

test.each<[unknown, string[]]>([
  [{}, []],
  [undefined, []],
  [[], ['`props` must be an object with properties, got an array']],
  ['a', ['`props` must be an object with properties, got `a`']],
  [null, ['`props` must be an object with properties, got null']],
])('properties must be an object: %p', (value, problems) => {
  expect(sentences(propsProblems('Backup-PlanProps', value))).toEqual(problems);
});

test('resources without snapshots have three removal policies', () => {
  const refused = Object.values(RemovalPolicy).filter((policy) => removalPolicyProblems(policy).length > 0);
  expect(refused).toEqual([RemovalPolicy.SNAPSHOT]);
});
