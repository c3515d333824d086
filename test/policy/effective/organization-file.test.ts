import * as fc from 'fast-check';
import { PolicyLibrary } from '../../../src/policy/admission/policy-library';
import { evaluateOrganization } from '../../../src/policy/effective/effective-policy';
import { checkOrganization, readOrganization } from '../../../src/policy/effective/organization-file';
import { anything } from '../../support/anything';
import { complete, plan, set } from '../documents';

const FILE = 'organization.json';
const ACCOUNT = '111111111111';

const read = (value: unknown) =>
  readOrganization(typeof value === 'string' ? value : JSON.stringify(value), FILE);
const problems = (value: unknown) =>
  read(value).problems.map(
    ({ path, severity, reason, fix }) => `${severity}: ${path}: ${reason}${fix ? `; ${fix}` : ''}`,
  );
const root = (inside: object) => ({ root: { id: 'r-root', ...inside } });
const policy = (content: unknown, name = 'gold') => ({ name, content });

test('an organization is read with its units, accounts and policies', () => {
  const { organization, problems } = read(
    root({
      policies: [policy(complete())],
      accounts: [{ id: ACCOUNT }],
      children: [
        { id: 'ou-a', accounts: [{ id: '222222222222', policies: [] }], children: [{ id: 'ou-b' }] },
      ],
    }),
  );
  expect(problems).toEqual([]);
  expect(organization).toEqual({
    root: {
      id: 'r-root',
      policies: [policy(complete())],
      accounts: [{ id: ACCOUNT, policies: [] }],
      children: [
        {
          id: 'ou-a',
          policies: [],
          accounts: [{ id: '222222222222', policies: [] }],
          children: [{ id: 'ou-b', policies: [], accounts: [], children: [] }],
        },
      ],
    },
  });
});

test('a policy that was read for the check is not read again for the merge', () => {
  const policies = new PolicyLibrary();
  const text = JSON.stringify(root({ policies: [policy(complete())], accounts: [{ id: ACCOUNT }] }));
  const { organization } = readOrganization(text, FILE, policies);
  if (!organization) throw new Error('must be usable');
  const [account] = evaluateOrganization(organization, { policies }).accounts;
  expect(account.errors).toEqual([]);
  expect(Object.keys(account.policy.plans ?? {})).toEqual(['daily']);
});

test.each<[string, unknown, string[]]>([
  ['no JSON', '{"root": ', ['error: : is not valid JSON: a value belongs at line 1, column 10, got the end']],
  ['a list', [], ['error: : must be an object, got an array']],
  ['no root', {}, ['error: root: is missing; write `{"root": {"id": …}}`']],
  ['a root that is null', { root: null }, ['error: root: must be an object, got null']],
  [
    'a key beside the root',
    { ...root({}), name: 1 },
    ['error: name: is not an allowed key here, expected one of `root`'],
  ],
  [
    'unknown keys',
    root({ account: [], Children: [], tags: {} }),
    [
      'error: root/account: is not an allowed key here, expected one of `id`, `policies`, `children`, `accounts`; write `accounts`',
      'error: root/Children: is not an allowed key here, expected one of `id`, `policies`, `children`, `accounts`; write `children`',
      'error: root/tags: is not an allowed key here, expected one of `id`, `policies`, `children`, `accounts`',
    ],
  ],
  ['a unit without an id', root({ children: [{}] }), ['error: root/children/0/id: is missing']],
  ['an empty id', root({ children: [{ id: ' ' }] }), ['error: root/children/0/id: must be a text, got ` `']],
  [
    'an account that is a number',
    root({ accounts: [{ id: 111111111111 }] }),
    ['error: root/accounts/0/id: must be a text, got 111111111111; write it in quotes: "111111111111"'],
  ],
  [
    'an account of 11 digits',
    root({ accounts: [{ id: '11111111111' }] }),
    ['error: root/accounts/0/id: must be 12 digits, got `11111111111`'],
  ],
  [
    'an account that stands twice',
    root({ accounts: [{ id: ACCOUNT }], children: [{ id: 'ou-a', accounts: [{ id: ACCOUNT }] }] }),
    [
      `error: root/children/0/accounts/0/id: is \`${ACCOUNT}\`, which is already used at \`root/accounts/0/id\` already; use each ID once`,
    ],
  ],
  [
    'a unit that stands twice',
    root({ children: [{ id: 'ou-a' }, { id: 'ou-a' }] }),
    [
      'error: root/children/1/id: is `ou-a`, which is already used at `root/children/0/id` already; use each ID once',
    ],
  ],
  [
    'a unit that lies in itself',
    root({ children: [{ id: 'ou-a', children: [{ id: 'ou-b', children: [{ id: 'ou-a', accounts: 1 }] }] }] }),
    ['error: root/children/0/children/0/children/0/id: is `ou-a`, which contains this unit: a cycle'],
  ],
  [
    'lists that are none',
    root({ policies: {}, accounts: 'all', children: null }),
    [
      'error: root/policies: must be a list, got an object',
      'error: root/accounts: must be a list, got `all`',
      'error: root/children: must be a list, got null',
    ],
  ],
  [
    'elements that are no objects',
    root({ policies: ['gold'], accounts: [ACCOUNT], children: [[]] }),
    [
      'error: root/policies/0: must be an object, got `gold`',
      `error: root/accounts/0: must be an object, got \`${ACCOUNT}\``,
      'error: root/children/0: must be an object, got an array',
    ],
  ],
  [
    'policies without a name or a content',
    root({ policies: [{ name: 'a' }, { content: { plans: {} } }, { name: 7, content: { plans: {} } }] }),
    [
      'error: root/policies/0/content: is missing; write the policy document as an object',
      'error: root/policies/1/name: is missing',
      'error: root/policies/2/name: must be a text, got 7',
    ],
  ],
  [
    'a policy that is attached twice',
    root({ policies: [policy({ plans: {} }), policy({ plans: {} })] }),
    ['error: root/policies/1/name: is `gold`, which is already attached here; attach it once'],
  ],
  [
    'two policies of one name',
    root({ policies: [policy({ plans: {} })], accounts: [{ id: ACCOUNT, policies: [policy(plan({}))] }] }),
    [
      'error: root/accounts/0/policies/0/content: differs from that of policy `gold` at `root/policies/0`; rename one of them: policy names are unique in an organization',
    ],
  ],
  [
    'a policy that AWS would refuse',
    root({ accounts: [{ id: ACCOUNT, policies: [policy(plan({ regions: set(['*']) }))] }] }),
    [
      'error: root/accounts/0/policies/0/content/plans/daily/regions/@@assign/0: must be Regions such as `eu-west-1`, got `*`; list each Region',
    ],
  ],
  [
    'a policy that is empty',
    root({ policies: [policy({})] }),
    [
      'error: root/policies/0/content/plans: is missing, but every backup policy requires it; wrap the document in `{"plans": {…}}`',
    ],
  ],
  [
    'a policy that is no document',
    root({ policies: [policy(null)] }),
    ['error: root/policies/0/content: the document must be an object, got null'],
  ],
  [
    'a policy as text that is no JSON',
    root({ policies: [policy('plans')] }),
    [
      'error: root/policies/0/content: the document is not valid JSON: a value belongs at line 1, column 1, got something else',
    ],
  ],
  [
    'a policy that is too long',
    root({ policies: [policy({ plans: { a: { regions: set(Array(900).fill('eu-west-1')) } } })] }),
    [
      'error: root/policies/0/content: the document must be at most 10000 characters, got 10842; split it, and attach the parts to different organizational units',
    ],
  ],
  [
    'keys of a policy that differ in capitals',
    root({ policies: [policy({ plans: { Gold: {}, GOLD: {} } })] }),
    [
      'error: root/policies/0/content/plans/GOLD: must occur once in its object, got `Gold` too: AWS Organizations ignores the case of keys; remove one of them',
    ],
  ],
  [
    'keys that stand twice',
    `{"root":{"id":"r-root","id":"r-root","policies":[{"name":"gold","content":{"plans":{},"plans":{}}}]}}`,
    [
      'error: root/id: the key occurs twice in its object',
      'error: root/policies/0/content/plans: the key occurs twice in its object',
    ],
  ],
  [
    'more policies than the quota, which leaves the organization usable',
    root({ policies: Array.from({ length: 11 }, (_, i) => policy({ plans: {} }, `p${i}`)) }),
    ['warning: root/policies: should be at most 10 policies, got 11, which exceeds the quota'],
  ],
])('%s is reported with its path', (_title, value, expected) => {
  expect(problems(value)).toEqual(expected);
  expect(read(value).organization === undefined).toBe(expected.some((text) => text.startsWith('error')));
  for (const { file } of read(value).problems) expect(file).toBe(FILE);
});

test('units may be five levels deep', () => {
  const nested = (depth: number): object => ({
    id: `ou-${depth}`,
    children: depth === 1 ? [] : [nested(depth - 1)],
  });
  expect(problems(root({ children: [nested(5)] }))).toEqual([]);
  expect(problems(root({ children: [nested(7)] }))).toEqual([
    `warning: root${'/children/0'.repeat(6)}: is nested more than 5 units deep, which AWS Organizations doesn't allow`,
  ]);
});

test('a policy that is attached in several places is read once', () => {
  const content = complete();
  const { problems } = checkOrganization(
    root({ policies: [policy(content)], accounts: [{ id: ACCOUNT, policies: [policy(content)] }] }),
    FILE,
  );
  expect(problems).toEqual([]);
});

test('the problems of a policy are reported where it is first attached', () => {
  const wrong = () => policy(plan({ regions: set(['*']) }));
  const attached = root({ policies: [wrong()], accounts: [{ id: ACCOUNT, policies: [wrong()] }] });
  expect(problems(attached)).toEqual([
    'error: root/policies/0/content/plans/daily/regions/@@assign/0: must be Regions such as `eu-west-1`, got `*`; list each Region',
  ]);
});

test('policies that differ only in how a number is written are different', () => {
  const days = (text: string) =>
    `{"name":"gold","content":{"plans":{"a":{"rules":{"b":{"lifecycle":{"delete_after_days":{"@@assign":${text}}}}}}}}}`;
  const text = `{"root":{"id":"r-root","policies":[${days('60')}],"accounts":[{"id":"${ACCOUNT}","policies":[${days('60.0')}]}]}}`;
  expect(problems(text)).toEqual([
    'error: root/accounts/0/policies/0/content/plans/a/rules/b/lifecycle/delete_after_days/@@assign: must be a whole number from 1 to 9999999999999999, got `60.0`; write 60',
    'error: root/accounts/0/policies/0/content: differs from that of policy `gold` at `root/policies/0`; rename one of them: policy names are unique in an organization',
  ]);
});

test('a document that contains itself is refused, however often it is attached', () => {
  const endless: Record<string, unknown> = { plans: {} };
  endless.plans = { a: endless };
  const twin: Record<string, unknown> = { plans: { a: endless } };
  const { problems } = checkOrganization(
    root({ policies: [policy(endless)], accounts: [{ id: ACCOUNT, policies: [policy(twin)] }] }),
    FILE,
  );
  expect(problems.length).toBeGreaterThan(0);
  expect(problems.every(({ severity }) => severity === 'error')).toBe(true);
});

test('all problems are reported in one run', () => {
  const everything = {
    root: {
      id: 'r-root',
      extra: true,
      policies: [policy({ plans: { 'a b': {} } }), policy({ plan: {} }, 'other')],
      accounts: [{ id: '1' }, { id: ACCOUNT }, { id: ACCOUNT }],
      children: [{ id: 'r-root' }, { id: 'ou-a', children: 1 }],
    },
  };
  expect(read(everything).problems.map(({ path }) => path)).toEqual([
    'root/extra',
    'root/policies/0/content/plans/a b',
    'root/policies/1/content/plan',
    'root/policies/1/content/plans',
    'root/accounts/0/id',
    'root/accounts/2/id',
    'root/children/0/id',
    'root/children/1/children',
  ]);
});

test('any file is checked without throwing', () => {
  const keys = fc.constantFrom(
    'root',
    'id',
    'policies',
    'children',
    'accounts',
    'name',
    'content',
    '__proto__',
  );
  const { node } = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 6 },
      anything,
      fc.dictionary(keys, tie('node')),
      fc.array(tie('node'), { maxLength: 3 }),
    ),
  }));
  fc.assert(
    fc.property(
      fc.oneof(
        node,
        node.map((inner) => ({ root: inner })),
      ),
      (value) => {
        const { organization, problems } = checkOrganization(value, FILE);
        expect(organization === undefined).toBe(problems.some(({ severity }) => severity === 'error'));
        if (organization) evaluateOrganization(organization).accounts.flatMap(({ errors }) => errors);
      },
    ),
    { numRuns: 1000 },
  );
});

test('an object that contains itself is refused', () => {
  const endless: Record<string, unknown> = { id: 'ou-a' };
  endless.children = [endless];
  const { problems } = checkOrganization({ root: endless }, FILE);
  expect(problems.map(({ path, reason }) => `${path}: ${reason}`)).toEqual([
    'root/children/0/id: is `ou-a`, which contains this unit: a cycle',
  ]);

  const nameless: Record<string, unknown> = {};
  nameless.children = [nameless];
  const found = checkOrganization({ root: nameless }, FILE).problems;
  expect(found[found.length - 1].reason).toBe('is nested too deeply');
});
