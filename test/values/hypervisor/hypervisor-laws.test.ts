import * as fc from 'fast-check';
import { type Problem, sentence } from '../../../src/values/core/problem';
import {
  hypervisorTextProblems,
  logGroupArn,
  logGroupProblems,
  passwordProblems,
} from '../../../src/values/hypervisor/hypervisor-laws';
import { anything, STRING_TOKENS } from '../../support/anything';

const said = (problems: readonly Problem[]) => problems.map(sentence);
type Property = Parameters<typeof hypervisorTextProblems>[0];

test.each<[Property, string]>([
  ['host', '10.0.0.7'],
  ['host', 'vcenter.example.com'],
  ['host', 'a'.repeat(128)],
  ['hypervisorName', 'V'],
  ['hypervisorName', '-a-1'],
  ['hypervisorName', 'a'.repeat(100)],
  ['username', 'backup@vsphere.local'],
  ['username', 'a b'],
  ['username', '!~['],
])('%s can be %s', (property, text) => {
  expect(hypervisorTextProblems(property, text)).toEqual([]);
});

test.each(STRING_TOKENS)('every text passes as %s', (_, token) => {
  for (const property of ['host', 'hypervisorName', 'username'] as const)
    expect(hypervisorTextProblems(property, token)).toEqual([]);
  expect(logGroupProblems(token)).toEqual([]);
});

const HOST = '`host` must be an IP address or a domain name of 3 to 128 characters';
const NAME = '`hypervisorName` must be 1 to 100 characters from `a-z`, `A-Z`, `0-9` and `-`';
const USER =
  '`username` must be 1 to 100 printable ASCII characters, without `/` and `\\`, that are not all spaces';
test.each<[Property, unknown, string]>([
  ['host', 'ab', `${HOST}, got \`ab\`; for example, write \`vcenter.example.com\``],
  [
    'host',
    'a'.repeat(129),
    `${HOST}, got \`${'a'.repeat(129)}\` (129 characters); for example, write \`vcenter.example.com\``,
  ],
  ['host', 'a\nb\nc', `${HOST}, got "a\\nb\\nc"; for example, write \`vcenter.example.com\``],
  ['host', undefined, `${HOST}, got nothing; for example, write \`vcenter.example.com\``],
  ['hypervisorName', 'my_host', `${NAME}, got \`my_host\`; omit it to have one generated`],
  ['hypervisorName', '', `${NAME}, got an empty string; omit it to have one generated`],
  ['hypervisorName', 'a'.repeat(101), `${NAME}, got \`${'a'.repeat(101)}\`; omit it to have one generated`],
  [
    'username',
    'DOMAIN\\backup',
    `${USER}, got \`DOMAIN\\backup\`; for example, write \`backup@vsphere.local\``,
  ],
  ['username', 'a/b', `${USER}, got \`a/b\`; for example, write \`backup@vsphere.local\``],
  ['username', '  ', `${USER}, got \`  \`; for example, write \`backup@vsphere.local\``],
  ['username', 'jürgen', `${USER}, got \`jürgen\`; for example, write \`backup@vsphere.local\``],
  ['username', null, `${USER}, got null; for example, write \`backup@vsphere.local\``],
])('%s is rejected when it is %p', (property, text, message) => {
  expect(said(hypervisorTextProblems(property, text))).toEqual([message]);
});

test('the accepted user names are those of the CloudFormation schema', () => {
  const schema = /^[ -.0-[\]-~]*[!-.0-[\]-~][ -.0-[\]-~]*$/;
  fc.assert(
    fc.property(fc.string({ maxLength: 110 }), (name) => {
      const accepted = name.length >= 1 && name.length <= 100 && schema.test(name);
      expect(hypervisorTextProblems('username', name).length === 0).toBe(accepted);
    }),
  );
});

describe('a log group', () => {
  const ARN = 'arn:aws:logs:eu-west-1:111122223333:log-group:/backup/gateway';

  test('has an ARN that ends with `:*`, whether or not that is included', () => {
    expect([logGroupArn(ARN), logGroupArn(`${ARN}:*`)]).toEqual([`${ARN}:*`, `${ARN}:*`]);
    expect([...logGroupProblems(ARN), ...logGroupProblems(`${ARN}:*`)]).toEqual([]);
  });

  test.each<[unknown, string]>([
    [`${ARN}#1`, `\`${ARN}#1\``],
    [`${ARN}:log-stream:x`, `\`${ARN}:log-stream:x\``],
    ['/backup/gateway', '`/backup/gateway`'],
    [42, '42'],
  ])('is rejected when its ARN is %p', (arn, shown) => {
    expect(said(logGroupProblems(arn))).toEqual([
      `\`logGroup\` must be a log group whose ARN is \`arn:<partition>:logs:<region>:<account>:log-group:<name>:*\`, got ${shown}; use only letters, digits and \`_-/.\` in its name`,
    ]);
  });
});

test('a password is never in a template', () => {
  expect(passwordProblems(false)).toEqual([]);
  expect(said(passwordProblems(true))).toEqual([
    "`password` must not be a literal in the template, where anyone who can view the stack can read it; use `SecretValue.secretsManager('…', { jsonField: 'password' })`",
  ]);
});

test('the laws return sentences for any input', () => {
  fc.assert(
    fc.property(anything, (value) => {
      const problems = [
        ...hypervisorTextProblems('host', value),
        ...hypervisorTextProblems('hypervisorName', value),
        ...hypervisorTextProblems('username', value),
        ...logGroupProblems(value),
      ];
      for (const problem of problems) expect(sentence(problem)).not.toContain('[object Object]');
    }),
  );
});
