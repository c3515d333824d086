import { Fn } from 'aws-cdk-lib';
import { sentence } from '../../../src/values/core/problem';
import { TagCondition } from '../../../src/values/core/tag-condition';
import { contradictoryTagProblems } from '../../../src/values/selection/selection-tags';

const { stringEquals, stringNotEquals, stringLike, stringNotLike } = TagCondition;
const told = (...conditions: TagCondition[]) =>
  contradictoryTagProblems(conditions).map((problem) => `${problem.severity} ${sentence(problem)}`);
const GOLD = stringEquals('backup', 'gold');

test('a tag that must have two values at once is reported, with the alternative', () => {
  expect(told(GOLD, stringEquals('stage', 'prod'), stringEquals('backup', 'silver'))).toEqual([
    'warning `tags` requires the tag `backup` to be both `gold` and `silver`, which no resource satisfies; use `anyTag` if one of them is enough',
  ]);
});

test('a value that must and must not match is reported', () => {
  expect(told(stringNotEquals('backup', 'gold'), GOLD)).toEqual([
    'warning `tags` requires the tag `backup` to be `gold` and not to be `gold`, which no resource satisfies; omit one of them',
  ]);
});

test('each tag that must have several values is reported with the next of them', () => {
  expect(told(GOLD, stringEquals('backup', 'silver'), stringEquals('backup', 'bronze'))).toEqual([
    'warning `tags` requires the tag `backup` to be both `gold` and `silver`, which no resource satisfies; use `anyTag` if one of them is enough',
    'warning `tags` requires the tag `backup` to be both `silver` and `bronze`, which no resource satisfies; use `anyTag` if one of them is enough',
  ]);
});

test('the property has the name that the caller uses', () => {
  expect(contradictoryTagProblems([GOLD, stringEquals('backup', 'x')], 'Conditions')[0]).toMatchObject({
    property: 'Conditions',
    message: expect.stringMatching(/^`Conditions` requires /),
  });
});

test.each<[string, TagCondition[]]>([
  ['none at all', []],
  ['one', [GOLD]],
  ['the same one twice', [GOLD, GOLD]],
  ['different tags', [GOLD, stringEquals('stage', 'prod')]],
  ['a value that another tag must not have', [GOLD, stringNotEquals('stage', 'gold')]],
  [
    'values that are known only at deployment, and must not be',
    [stringEquals('a', Fn.ref('T')), stringNotEquals('a', Fn.ref('T'))],
  ],
  ['keys that differ in case', [GOLD, stringEquals('Backup', 'silver')]],
  ['a value and another that must not be', [GOLD, stringNotEquals('backup', 'silver')]],
  ['several that must not be', [stringNotEquals('stage', 'dev'), stringNotEquals('stage', 'test')]],
  ['patterns', [GOLD, stringLike('backup', 's*'), stringNotLike('backup', 'gold')]],
  ['values that are known only at deployment', [GOLD, stringEquals('backup', Fn.ref('Tier'))]],
  ['keys that are known only at deployment', [GOLD, stringEquals(Fn.ref('Key'), 'silver')]],
])('conditions that can hold together are fine: %s', (_, conditions) => {
  expect(told(...conditions)).toEqual([]);
});
