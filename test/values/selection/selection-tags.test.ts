import { Fn } from 'aws-cdk-lib';
import { sentence } from '../../../src/values/core/problem';
import { TagCondition } from '../../../src/values/core/tag-condition';
import { contradictoryTagProblems } from '../../../src/values/selection/selection-tags';

const { stringEquals, stringNotEquals, stringLike, stringNotLike } = TagCondition;
const told = (...conditions: TagCondition[]) =>
  contradictoryTagProblems(conditions).map((problem) => `${problem.severity} ${sentence(problem)}`);
const GOLD = stringEquals('backup', 'gold');

test('a tag that has to have two values at once is told, with the way to say one of them', () => {
  expect(told(GOLD, stringEquals('stage', 'prod'), stringEquals('backup', 'silver'))).toEqual([
    'warning `tags` asks that the tag `backup` is `gold` and `silver` at once, which no resource fulfils; use `anyTag` where one of them is enough',
  ]);
});

test('a value that has to be and not to be is told', () => {
  expect(told(stringNotEquals('backup', 'gold'), GOLD)).toEqual([
    'warning `tags` asks that the tag `backup` is `gold` and that it is not, which no resource fulfils; leave one of them out',
  ]);
});

test('the property is named as the caller names it', () => {
  expect(contradictoryTagProblems([GOLD, stringEquals('backup', 'x')], 'Conditions')[0]).toMatchObject({
    property: 'Conditions',
    message: expect.stringMatching(/^`Conditions` asks /),
  });
});

test.each<[string, TagCondition[]]>([
  ['none at all', []],
  ['one', [GOLD]],
  ['the same one twice', [GOLD, GOLD]],
  ['different tags', [GOLD, stringEquals('stage', 'prod')]],
  ['keys that differ in case', [GOLD, stringEquals('Backup', 'silver')]],
  ['a value and another that must not be', [GOLD, stringNotEquals('backup', 'silver')]],
  ['several that must not be', [stringNotEquals('stage', 'dev'), stringNotEquals('stage', 'test')]],
  ['patterns', [GOLD, stringLike('backup', 's*'), stringNotLike('backup', 'gold')]],
  ['values that are known at deployment only', [GOLD, stringEquals('backup', Fn.ref('Tier'))]],
  ['keys that are known at deployment only', [GOLD, stringEquals(Fn.ref('Key'), 'silver')]],
])('conditions that can hold together are fine: %s', (_, conditions) => {
  expect(told(...conditions)).toEqual([]);
});
