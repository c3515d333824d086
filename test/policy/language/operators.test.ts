import { Token } from 'aws-cdk-lib';
import { readChildControl } from '../../../src/policy/language/child-control';
import { NumberText } from '../../../src/policy/language/json-text';
import {
  ALL,
  APPEND,
  ASSIGN,
  allowedBy,
  type ChildOperator,
  isChildOperator,
  isValueOperator,
  NONE,
  operatorsFor,
  REMOVE,
} from '../../../src/policy/language/operators';
import {
  assigned,
  type Fragment,
  fragmentAt,
  scalarText,
} from '../../../src/policy/language/policy-fragment';
import { join, PolicyProblems } from '../../../src/policy/language/policy-problems';
import {
  DOCUMENT,
  type EntriesShape,
  type FieldsShape,
  fieldOf,
  PLAN,
} from '../../../src/policy/language/policy-shape';
import { unknownKeyFix } from '../../../src/policy/language/unknown-keys';
import { sentence } from '../../../src/values/core/problem';

test.each<[number, ChildOperator[]]>([
  [NONE, ['@@none']],
  [ASSIGN, ['@@assign']],
  [APPEND, ['@@append']],
  [REMOVE, ['@@remove']],
  [ASSIGN | APPEND, ['@@assign', '@@append']],
  [ASSIGN | REMOVE, ['@@assign', '@@remove']],
  [APPEND | REMOVE, ['@@append', '@@remove']],
  [ALL, ['@@all']],
])('%d is what child policies may do with %j, and the shortest list for it', (allowed, operators) => {
  expect(operatorsFor(allowed)).toEqual(operators);
  expect(allowedBy(operators)).toBe(allowed);
});

test('operators add up, and `@@none` adds nothing', () => {
  expect(allowedBy([])).toBe(NONE);
  expect(allowedBy(['@@assign', '@@append', '@@remove'])).toBe(ALL);
  expect(allowedBy(['@@all', '@@assign'])).toBe(ALL);
  expect(allowedBy(['@@none', '@@assign'])).toBe(ASSIGN);
});

test.each([
  ['@@all', true, false],
  ['@@none', true, false],
  ['@@assign', true, true],
  ['@@append', true, true],
  ['@@remove', true, true],
  ['@@Assign', false, false],
  ['assign', false, false],
  ['toString', false, false],
  ['', false, false],
])('%j is an operator of child policies: %p, and one of values: %p', (text, ofChildren, ofValues) => {
  expect(isChildOperator(text)).toBe(ofChildren);
  expect(isValueOperator(text)).toBe(ofValues);
});

describe('a control of child policies', () => {
  const read = (value: unknown) => {
    const problems = new PolicyProblems();
    const allowed = readChildControl('Backup-PolicyOperator', value, 'here', problems);
    return [allowed, ...problems.all.map(sentence)];
  };
  const ANY = '`here` must be `@@all`, `@@none`, or some of `@@assign`, `@@append` and `@@remove`, got';
  const LIST = '`here` must be a list of at least one operator, got';
  const ONCE = '`here` must list each operator once; remove one of them';
  const ALONE = '`here` must not combine `@@none` with other operators; remove `@@none` or the others';

  test.each<[string, unknown, unknown[]]>([
    ['of one', ['@@assign'], [ASSIGN]],
    ['of several', ['@@assign', '@@remove'], [ASSIGN | REMOVE]],
    ['of none', ['@@none'], [NONE]],
    ['of all beside another', ['@@all', '@@assign'], [ALL]],
    ['in any case', ['@@Assign', '@@APPEND'], [ASSIGN | APPEND]],
    ['of one in two cases', ['@@assign', '@@Assign'], [ASSIGN]],
    ['that is a token', Token.asList({ Ref: 'X' }), [ALL]],
    ['of a token', [Token.asString({ Ref: 'X' })], [ALL]],
    ['of a token beside one', ['@@append', Token.asString({ Ref: 'X' })], [APPEND]],
    ['that is empty', [], [ALL, `${LIST} an empty list`]],
    ['that is no list', '@@none', [ALL, `${LIST} \`@@none\``]],
    ['that is nothing', null, [ALL, `${LIST} null`]],
    ['of something else', ['@@set'], [ALL, `${ANY} \`@@set\``]],
    ['of something else beside one', ['@@assign', '@@set'], [ASSIGN, `${ANY} \`@@set\``]],
    ['of a number', [1], [ALL, `${ANY} 1`]],
    ['of one twice', ['@@assign', '@@assign'], [ASSIGN, ONCE]],
    ['of none beside another', ['@@none', '@@assign'], [ASSIGN, ALONE]],
    ['of none twice', ['@@none', '@@none'], [NONE, ONCE, ALONE]],
  ])('%s', (_, value, expected) => {
    expect(read(value)).toEqual(expected);
  });
});

test('a problem names its path, or the document', () => {
  const problems = new PolicyProblems();
  problems.add('Backup-PolicyStructure', '', 'must be an object', 'write one');
  problems.add('Backup-PolicyStructure', 'plans/a', 'must be an object');
  expect(problems.all.map((one) => [one.property, sentence(one)])).toEqual([
    ['the document', 'the document must be an object; write one'],
    ['plans/a', '`plans/a` must be an object'],
  ]);
  expect([join('', 'a'), join('a', 'b'), join('a', 0)]).toEqual(['a', 'a/b', 'a/0']);
});

test('a fragment is found by a path of keys, and what it assigns if that is a text', () => {
  const days: Fragment = { name: 'days', assign: '35' };
  const regions: Fragment = { name: 'regions', assign: ['eu-west-1'] };
  const rule: Fragment = {
    name: 'rule',
    children: new Map([
      ['days', days],
      ['regions', regions],
      ['append', { name: 'append', append: ['x'] }],
    ]),
  };
  const root: Fragment = { name: '', children: new Map([['rule', rule]]) };
  expect(fragmentAt(root)).toBe(root);
  expect(fragmentAt(root, 'rule', 'days')).toBe(days);
  expect([
    fragmentAt(root, 'days'),
    fragmentAt(root, 'rule', 'days', 'more'),
    fragmentAt(undefined, 'x'),
  ]).toEqual([undefined, undefined, undefined]);
  expect(assigned(root, 'rule', 'days')).toBe('35');
  expect(['regions', 'append', 'none'].map((key) => assigned(rule, key))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test.each<[unknown, string | undefined]>([
  ['x', 'x'],
  ['', ''],
  [true, 'true'],
  [false, 'false'],
  [60, '60'],
  [1.5, '1.5'],
  [new NumberText('60.0'), '60.0'],
  [Number.NaN, undefined],
  [Number.POSITIVE_INFINITY, undefined],
  [null, undefined],
  [undefined, undefined],
  [{}, undefined],
  [['x'], undefined],
])('AWS Organizations stores %p as %p', (value, text) => {
  expect(scalarText(value)).toBe(text);
});

describe('a key that a backup policy does not have', () => {
  const rules = PLAN.fields.rules as EntriesShape;
  const rule = rules.each as FieldsShape;

  test.each<[string, string | undefined]>([
    ['scheduleExpression', 'write `schedule_expression`'],
    ['Schedule-Expression', 'write `schedule_expression`'],
    ['StartWindowMinutes', 'write `start_backup_window_minutes`'],
    ['CompletionWindowMinutes', 'write `complete_backup_window_minutes`'],
    ['TargetBackupVault', 'write `target_backup_vault_name`'],
    ['DestinationBackupVaultArn', 'write `target_backup_vault_arn`'],
    ['RuleName', 'omit it: the key of the rule is its name'],
    ['PlanName', 'omit it: the key of the plan is its name'],
    ['schedule_expression_timezone', 'omit it: schedules of a backup policy are in UTC'],
    ['IamRoleArn', 'move it into a selection, below `tags` or `resources`'],
    ['nothing', undefined],
    ['toString', undefined],
    ['', undefined],
  ])('in a rule: %j', (key, fix) => {
    expect(unknownKeyFix(rule, key)).toBe(fix);
  });

  test('in a plan', () => {
    expect(unknownKeyFix(PLAN, 'lifecycle')).toBe('move it into a rule or a copy action');
    expect(unknownKeyFix(PLAN, 'ScanSettings')).toBe('write `scan_settings`');
  });
});

test('a key is found by its lowercase form, with the spelling of AWS', () => {
  const { shape } = fieldOf(PLAN, 'scan_settings') as { shape: FieldsShape };
  expect(fieldOf(shape, 'guardduty')?.name).toBe('GUARDDUTY');
  expect(fieldOf(DOCUMENT, 'plans')?.name).toBe('plans');
  expect([fieldOf(DOCUMENT, 'Plans'), fieldOf(DOCUMENT, 'rules'), fieldOf(PLAN, 'tostring')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
