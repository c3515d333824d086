import { Fn } from 'aws-cdk-lib';
import { itemProblems } from '../../../src/values/core/list-checks';
import { sentence } from '../../../src/values/core/problem';

const told = (items: readonly unknown[]) =>
  itemProblems('Backup-ReportAccounts', 'accounts', items, 'account IDs', (item) => /^\d+$/.test(item)).map(
    (problem) => `${problem.id} ${sentence(problem)}`,
  );
const TOKEN = Fn.ref('Account');

test.each<[string, readonly unknown[]]>([
  ['nothing', []],
  ['items of the allowed form', ['1', '2']],
  ['what is known only at deployment, any number of times', [TOKEN, '1', TOKEN]],
])('a list can have %s', (_, items) => {
  expect(told(items)).toEqual([]);
});

test.each<[string, readonly unknown[], string[]]>([
  [
    'each item of another form',
    ['1', 'a', 7, null],
    ['must be account IDs, got `a`', 'must be account IDs, got 7', 'must be account IDs, got null'],
  ],
  ['a duplicate, the first one', ['1', '2', '1', '2'], ['must not contain duplicates, got `1` twice']],
  ['duplicates only once every item has its form', ['1', '1', 'a'], ['must be account IDs, got `a`']],
])('a list is refused for %s', (_, items, messages) => {
  expect(told(items)).toEqual(messages.map((message) => `Backup-ReportAccounts \`accounts\` ${message}`));
});
