import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { complete, control, plan, rule, set } from '../policy/documents';
import { cdkBackup, workFolder } from './core/command';

const file = workFolder();
const json = (name: string, value: unknown) => file(name, JSON.stringify(value));
const policy = (name: string, content: unknown) => ({ name, content });
const organization = (inside: object) => ({ root: { id: 'r-root', ...inside } });
const days = (kept: number) => rule({ lifecycle: { delete_after_days: set(kept) } });

const FIRST = '111111111111';
const SECOND = '222222222222';

const base = complete({
  daily: { target_backup_vault_name: set('vault'), schedule_expression: set('cron(0 5 ? * * *)') },
});
const fine = json(
  'fine.json',
  organization({
    policies: [policy('base', base)],
    accounts: [{ id: FIRST }],
    children: [
      {
        id: 'ou-work',
        policies: [
          policy('longer', days(90)),
          policy('more', plan({ regions: { '@@append': ['eu-west-1'] } })),
        ],
        accounts: [{ id: SECOND, policies: [] }],
      },
    ],
  }),
);
/** The unit takes away what the root says. */
const cut = json(
  'cut.json',
  organization({
    policies: [policy('base', base)],
    accounts: [{ id: FIRST }],
    children: [
      {
        id: 'ou-work',
        policies: [policy('cut', plan({ regions: { '@@remove': ['us-east-1'] } }))],
        accounts: [{ id: SECOND }],
      },
    ],
  }),
);
const peers = json(
  'peers.json',
  organization({
    policies: [policy('base', base), policy('seven', days(7)), policy('eight', days(8))],
    accounts: [{ id: FIRST }],
  }),
);
const locked = json(
  'locked.json',
  organization({
    policies: [policy('base', base), policy('lock', plan({ regions: control('@@none') }))],
    accounts: [{ id: FIRST, policies: [policy('more', plan({ regions: { '@@append': ['eu-west-1'] } }))] }],
  }),
);

const COST = { iam_role_arn: 'arn:aws:iam::$account:role/Backup', tag_key: 'cost', tag_value: ['one'] };
const effective = (regions: string[], kept?: string) => ({
  plans: {
    daily: {
      regions,
      rules: {
        daily: {
          target_backup_vault_name: 'vault',
          schedule_expression: 'cron(0 5 ? * * *)',
          ...(kept === undefined ? {} : { lifecycle: { delete_after_days: kept } }),
        },
      },
      selections: { tags: { cost: COST } },
    },
  },
});
const MISSING = {
  code: 'ELEMENTS_TOO_FEW',
  path: 'plans/daily/regions',
  message: "'regions' is less than the allowed minimum limit 1",
  policies: ['base', 'cut'],
};

describe('as JSON', () => {
  const told = (...args: string[]) =>
    JSON.parse(cdkBackup(['effective-policy', ...args, '--format', 'json']).stdout);

  test('every account has its effective policy, and nothing else is printed', () => {
    const { code, stdout, stderr } = cdkBackup(['effective-policy', fine, '--format', 'json']);
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual({
      accounts: {
        [FIRST]: { policy: effective(['us-east-1']), errors: [] },
        [SECOND]: { policy: effective(['us-east-1', 'eu-west-1'], '90'), errors: [] },
      },
    });
  });

  test('an unpublished policy has its errors, with code, path and policies', () => {
    expect(cdkBackup(['effective-policy', cut, '--format', 'json']).code).toBe(1);
    expect(told(cut).accounts).toEqual({
      [FIRST]: { policy: effective(['us-east-1']), errors: [] },
      [SECOND]: { policy: effective([]), errors: [MISSING] },
    });
  });

  test('with a previous state, the policy that stays in force', () => {
    expect(told(cut, '--before', fine).accounts[SECOND]).toEqual({
      policy: effective([]),
      errors: [MISSING],
      inForce: effective(['us-east-1', 'eu-west-1'], '90'),
    });
    expect(told(cut, '--before', cut).accounts[SECOND].inForce).toBeNull();
    expect(told(fine, '--before', cut).accounts[SECOND]).not.toHaveProperty('inForce');
  });

  test('a single account', () => {
    expect(Object.keys(told(fine, '--account', SECOND).accounts)).toEqual([SECOND]);
  });

  test('the policies that decide each setting, on request', () => {
    const { settings } = told(fine, '--settings').accounts[SECOND];
    expect(settings).toContainEqual({
      path: 'plans/daily/regions',
      value: ['us-east-1', 'eu-west-1'],
      policies: ['base', 'more'],
    });
    expect(settings).toContainEqual({
      path: 'plans/daily/rules/daily/lifecycle/delete_after_days',
      value: '90',
      policies: ['longer'],
    });
  });

  test('what depends on the order of attachment is a finding', () => {
    const path = 'plans/daily/rules/daily/lifecycle/delete_after_days';
    expect(told(peers).findings).toEqual([
      {
        id: 'Backup-PolicyPeerConflict',
        severity: 'error',
        path,
        message: `\`${path}\` is assigned by \`seven\` and \`eight\`, all attached to \`r-root\`: \`seven\` wins while it is the first one attached`,
        fix: 'assign it in one of them',
        entity: 'r-root',
        policies: ['seven', 'eight'],
      },
    ]);
  });

  test('several files are several organizations', () => {
    const other = json('other.json', { root: { id: 'r-other', accounts: [{ id: '333333333333' }] } });
    expect(told(fine, other).accounts['333333333333']).toEqual({ policy: {}, errors: [] });
    expect(Object.keys(told(fine, other).accounts)).toEqual([FIRST, SECOND, '333333333333']);
  });
});

describe('as text', () => {
  test('every account has its plans and rules, and each setting the policies that decided it', () => {
    const { code, stdout } = cdkBackup(['effective-policy', fine]);
    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual([
      '111111111111 in r-root',
      '',
      '  setting                       value                              decided by',
      '  plan daily',
      '    regions                     us-east-1                          base',
      '    rule daily',
      '      target_backup_vault_name  vault                              base',
      '      schedule_expression       cron(0 5 ? * * *)                  base',
      '    selection cost by tags',
      '      iam_role_arn              arn:aws:iam::$account:role/Backup  base',
      '      tag_key                   cost                               base',
      '      tag_value                 one                                base',
      '',
      '222222222222 in r-root / ou-work',
      '',
      '  setting                          value                              decided by',
      '  plan daily',
      '    regions                        us-east-1, eu-west-1               base, more',
      '    rule daily',
      '      target_backup_vault_name     vault                              base',
      '      schedule_expression          cron(0 5 ? * * *)                  base',
      '      lifecycle/delete_after_days  90                                 longer',
      '    selection cost by tags',
      '      iam_role_arn                 arn:aws:iam::$account:role/Backup  base',
      '      tag_key                      cost                               base',
      '      tag_value                    one                                base',
      '',
      '2 accounts: 2 with a valid policy',
      '',
    ]);
  });

  test('copies are listed below their rule, by vault', () => {
    const arn = 'arn:aws:backup:eu-west-1:$account:backup-vault:far';
    const copies = rule({
      copy_actions: {
        [arn]: { target_backup_vault_arn: set(arn), lifecycle: { delete_after_days: set(7) } },
      },
    });
    const copied = json(
      'copied.json',
      organization({ policies: [policy('base', base), policy('copies', copies)], accounts: [{ id: FIRST }] }),
    );
    expect(cdkBackup(['effective-policy', copied]).stdout).toContain(
      [
        `      copy to ${arn}`,
        `        target_backup_vault_arn      ${arn}  copies`,
        `        lifecycle/delete_after_days  7                                                   copies`,
      ].join('\n'),
    );
  });

  test('an invalid merge is reported as such: the last valid policy stays in force', () => {
    const { code, stdout } = cdkBackup(['effective-policy', cut, '--account', SECOND]);
    expect(code).toBe(1);
    expect(stdout).toContain(
      `
    regions                     nothing                            base, cut
`,
    );
    expect(stdout).toContain(
      `
  not published: the last valid policy of the account stays in force, for all its plans

  error    ELEMENTS_TOO_FEW at plans/daily/regions: 'regions' is less than the allowed minimum limit 1
           decided by base, cut

1 account: 1 with an invalid policy; 1 error
`,
    );
  });

  test.each<[string, () => string, string]>([
    ['the plans that stay', () => fine, 'the last valid policy stays in force, with the plan `daily`'],
    [
      'that there was none',
      () => json('none.json', organization({ accounts: [{ id: SECOND }] })),
      'the account stays without a policy, as before',
    ],
    [
      'that it was not valid then either',
      () => cut,
      'the last valid policy, which is older than `--before`, stays in force',
    ],
  ])('with a previous state, %s', (_, before, text) => {
    expect(cdkBackup(['effective-policy', cut, '--before', before()]).stdout).toContain(
      `\n  not published: ${text}\n`,
    );
  });

  test('findings that AWS Organizations does not report come last', () => {
    const path = 'plans/daily/rules/daily/lifecycle/delete_after_days';
    expect(cdkBackup(['effective-policy', peers]).stdout).toContain(
      `
On the path to these accounts

  error    \`${path}\` is assigned by \`seven\` and \`eight\`, all attached to \`r-root\`: \`seven\` wins while it is the first one attached
           fix: assign it in one of them

1 account: 1 with a valid policy; 1 error
`,
    );
    expect(cdkBackup(['effective-policy', locked]).stdout).toContain(
      `
  warning  \`plans/daily/regions\` in \`more\` of \`${FIRST}\` is ignored, because a policy above doesn't allow \`@@append\` there
           fix: omit it, or allow it above

1 account: 1 with a valid policy; 1 warning
`,
    );
  });

  test('for one account, only the findings on its path', () => {
    const sides = json(
      'sides.json',
      organization({
        policies: [policy('base', base)],
        children: [
          { id: 'ou-a', accounts: [{ id: FIRST }] },
          {
            id: 'ou-b',
            policies: [policy('seven', days(7)), policy('eight', days(8))],
            accounts: [{ id: SECOND }],
          },
        ],
      }),
    );
    expect(cdkBackup(['effective-policy', sides, '--account', FIRST])).toMatchObject({ code: 0 });
    expect(cdkBackup(['effective-policy', sides, '--account', SECOND])).toMatchObject({ code: 1 });
  });

  test('what AWS Backup would refuse is an error of the account', () => {
    const cold = rule({
      lifecycle: { move_to_cold_storage_after_days: set(30), delete_after_days: set(60) },
    });
    const short = json(
      'short.json',
      organization({ policies: [policy('base', base), policy('cold', cold)], accounts: [{ id: FIRST }] }),
    );
    const place = 'plans/daily/rules/daily/lifecycle';
    const { code, stdout } = cdkBackup(['effective-policy', short]);
    expect(code).toBe(1);
    expect(stdout).toContain(
      `
  error    \`${place}/delete_after_days\` must be at least 90 days after \`${place}/move_to_cold_storage_after_days\` (30 days), got 60 days
           fix: use 120 days or more, or omit \`${place}/move_to_cold_storage_after_days\`
`,
    );
  });

  test('an account without a policy, and an organization without accounts, are reported', () => {
    const bare = json('bare.json', organization({ accounts: [{ id: FIRST }] }));
    expect(cdkBackup(['effective-policy', bare])).toEqual({
      code: 0,
      stdout: '111111111111 in r-root\n\n  no backup policy\n\n1 account: 1 without a policy\n',
      stderr: '',
    });
    expect(cdkBackup(['effective-policy', json('void.json', organization({}))]).stdout).toBe('0 accounts\n');
  });

  test('text from a file never reaches the terminal as a control sequence', () => {
    const ESC = '\u001b';
    const hostile = json(
      'hostile.json',
      organization({
        id: `r-${ESC}[2J`,
        policies: [policy(`b${ESC}\n`, base)],
        accounts: [{ id: FIRST }],
      }),
    );
    for (const format of ['text', 'markdown'])
      expect(cdkBackup(['effective-policy', hostile, '--format', format]).stdout).not.toContain(ESC);
    expect(cdkBackup(['effective-policy', fine], { tty: true }).stdout).toContain(ESC);
  });
});

test('docs/effective-policy.md shows what the command prints', () => {
  const page = readFileSync(join(__dirname, '../../docs/effective-policy.md'), 'utf8');
  const block = (language: string) =>
    new RegExp(`\\n\`\`\`${language}\\n(.*?)\\n\`\`\``, 's').exec(page)?.[1];
  const shown = file('page.json', block('json') ?? '');
  expect(cdkBackup(['effective-policy', shown])).toEqual({
    code: 1,
    stdout: `${block('text')}\n`,
    stderr: '',
  });
});

describe('as Markdown', () => {
  test('the settings of every account are a table, as are its errors', () => {
    const { code, stdout } = cdkBackup(['effective-policy', cut, '--format', 'markdown']);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^## AWS Backup: effective policies\n\n2 accounts: 1 with a valid policy, 1 with an invalid policy; 1 error\.\n\n### 111111111111\n\nIn r-root\.\n/,
    );
    expect(stdout).toContain(
      `
### 222222222222

In r-root / ou-work.

| setting | value | decided by |
| --- | --- | --- |
| **plan daily** |  |  |
| &nbsp;&nbsp;regions | nothing | base, cut |
`,
    );
    expect(stdout).toContain(
      `
| code | path | error | decided by |
| --- | --- | --- | --- |
| ELEMENTS\\_TOO\\_FEW | plans/daily/regions | 'regions' is less than the allowed minimum limit 1 | base, cut |
`,
    );
  });

  test('findings that AWS Organizations does not report are a table too', () => {
    expect(cdkBackup(['effective-policy', peers, '--format', 'markdown']).stdout).toContain(
      '\n### On the path to these accounts\n\n| severity | finding | fix |\n| --- | --- | --- |\n| error | `plans/',
    );
  });
});

describe('as SARIF', () => {
  const results = (path: string) => {
    const log = JSON.parse(
      cdkBackup(['effective-policy', path, '--format', 'sarif'], { cwd: dirname(path) }).stdout,
    );
    return log.runs[0].results.map(
      (result: {
        ruleId: string;
        level: string;
        message: { text: string };
        locations: {
          physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } };
        }[];
      }) => {
        const { artifactLocation, region } = result.locations[0].physicalLocation;
        return `${result.level} ${result.ruleId} in ${artifactLocation.uri}:${region.startLine}: ${result.message.text}`;
      },
    );
  };
  const pretty = (name: string, from: string) =>
    file(name, JSON.stringify(JSON.parse(readFileSync(from, 'utf8')), undefined, 1));

  test('an error of an effective policy is located where the last of its policies is attached', () => {
    const path = pretty('pretty-cut.json', cut);
    const line = readFileSync(path, 'utf8')
      .split('\n')
      .findIndex((text) => text.includes('"cut"'));
    expect(results(path)).toEqual([
      `error Backup-EffectivePolicyInvalid in pretty-cut.json:${line}: \`plans/daily/regions\`, ELEMENTS_TOO_FEW: 'regions' is less than the allowed minimum limit 1 (in 1 account); correct the setting in this policy, or in one above or below it`,
    ]);
  });

  test('findings that AWS Organizations does not report are located at the root, unit or account', () => {
    expect(results(pretty('pretty-peers.json', peers))).toEqual([
      expect.stringMatching(
        /^error Backup-PolicyPeerConflict in pretty-peers\.json:2: .*; assign it in one of them$/,
      ),
    ]);
    expect(results(pretty('pretty-locked.json', locked))).toEqual([
      expect.stringMatching(/^warning Backup-PolicyOverrideIgnored in pretty-locked\.json:\d+: /),
    ]);
  });

  test('what AWS Backup refuses is reported once for all accounts of a policy', () => {
    const cold = rule({
      lifecycle: { move_to_cold_storage_after_days: set(30), delete_after_days: set(60) },
    });
    const accounts = [{ id: FIRST }, { id: SECOND }];
    const path = json(
      'cold.json',
      organization({ policies: [policy('base', base), policy('cold', cold)], accounts }),
    );
    expect(results(path)).toEqual([
      expect.stringMatching(
        /^error Backup-ColdStorageGap in cold\.json:1: .*, got 60 days \(in 2 accounts\); use 120 days/,
      ),
    ]);
  });

  test('warnings about the input are located in the file', () => {
    const many = Array.from({ length: 11 }, (_, i) => policy(`p${i}`, { plans: {} }));
    expect(results(json('many-policies.json', organization({ policies: many })))).toEqual([
      'warning Backup-OrganizationQuota in many-policies.json:1: `root/policies` should be at most 10 policies, got 11, which exceeds the quota; merge policies, or flatten the units',
    ]);
    expect(results(fine)).toEqual([]);
  });
});

describe('the exit code', () => {
  test.each<[string, string[], number]>([
    ['0 where every policy is valid', [fine], 0],
    ['1 where one is not', [cut], 1],
    ['0 where another account is asked for', [cut, '--account', FIRST], 0],
    ['1 where two policies of one entity assign the same setting', [peers], 1],
    ['0 on a warning', [locked], 0],
    ['1 on a warning where it shall fail on that', [locked, '--fail-on', 'warning'], 1],
    ['0 where it shall never fail', [cut, '--fail-on', 'never'], 0],
  ])('is %s', (_, args, code) => {
    expect(cdkBackup(['effective-policy', ...args])).toMatchObject({ code, stderr: '' });
  });
});

describe('invalid input is reported on stderr, with exit code 2', () => {
  const refused = (args: string[], ...lines: string[]) =>
    expect(cdkBackup(['effective-policy', ...args])).toEqual({
      code: 2,
      stdout: '',
      stderr: lines.map((line) => `cdk-backup: ${line}\n`).join(''),
    });
  const HELP = 'see `cdk-backup effective-policy --help`';

  test('arguments', () => {
    refused([], `specify the file of an organization, or a cloud assembly (\`cdk.out\`); ${HELP}`);
    refused([fine, '--account', '1'], `\`--account\` must be 12 digits, got \`1\`; ${HELP}`);
    refused(
      [fine, '--account', '999999999999'],
      `\`--account\` must be one of ${fine}, got \`999999999999\`; ${HELP}`,
    );
  });

  test('all problems of a file in one run, each with file, path and reason', () => {
    const bad = file(
      'bad.json',
      `{"root":{"id":"r-root","accounts":[{"id":"1234"},{"id":"${FIRST}"},{"id":"${FIRST}"}],"policies":[
        {"name":"twice","content":{"plans":{"Gold":{},"GOLD":{}}}},
        {"name":"refused","content":{"plans":{"gold":{"regions":{"@@assign":["*"]}}}}},
        {"name":"text","content":"{\\"plans\\":"}],
        "children":[{"id":"ou-a","members":[],"children":[{"id":"ou-a"}]},{"id":"ou-b","id":"ou-c"}]}}`,
    );
    refused(
      [bad],
      `${bad}: \`root/children/1/id\`: the key occurs twice in its object`,
      `${bad}: \`root/policies/0/content/plans/GOLD\`: must occur once in its object, got \`Gold\` too: AWS Organizations ignores the case of keys; remove one of them`,
      `${bad}: \`root/policies/1/content/plans/gold/regions/@@assign/0\`: must be Regions such as \`eu-west-1\`, got \`*\`; list each Region`,
      `${bad}: \`root/policies/2/content\`: the document is not valid JSON: a value belongs at line 1, column 10, got the end`,
      `${bad}: \`root/accounts/0/id\`: must be 12 digits, got \`1234\``,
      `${bad}: \`root/accounts/2/id\`: is \`${FIRST}\`, which is already used at \`root/accounts/1/id\` already; use each ID once`,
      `${bad}: \`root/children/0/members\`: is not an allowed key here, expected one of \`id\`, \`policies\`, \`children\`, \`accounts\``,
      `${bad}: \`root/children/0/children/0/id\`: is \`ou-a\`, which contains this unit: a cycle`,
    );
  });

  test('all problems of several files', () => {
    const empty = file('empty.json', ' ');
    const broken = file('broken.json', '{"root":');
    refused(
      [fine, 'no/such.json', empty, broken, fine],
      'no/such.json: no such file',
      `${empty}: is empty`,
      `${broken}: is not valid JSON: a value belongs at line 1, column 9, got the end`,
      `${fine}: \`root/id\`: is \`r-root\`, which is also in ${fine}; use each ID once`,
      `${fine}: \`root/accounts/0/id\`: is \`${FIRST}\`, which is also in ${fine}; use each ID once`,
      `${fine}: \`root/children/0/id\`: is \`ou-work\`, which is also in ${fine}; use each ID once`,
      `${fine}: \`root/children/0/accounts/0/id\`: is \`${SECOND}\`, which is also in ${fine}; use each ID once`,
    );
  });

  test('problems of the previous state', () => {
    refused([fine, '--before', 'no/such.json'], 'no/such.json: no such file');
  });

  test.each([
    ['objects', '{"a":'.repeat(200_000)],
    ['lists', '['.repeat(1_000_000)],
    ['units', `{"root":${'{"id":"a","children":['.repeat(20_000)}`],
  ])('%s that are nested endlessly', (_, text) => {
    const { code, stdout, stderr } = cdkBackup(['effective-policy', file('deep.json', text)]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /^cdk-backup: [^\n]+deep\.json: nests more than 1000 levels deep at line 1, column \d+\n$/,
    );
  });

  test('a million problems do not flood the terminal', () => {
    const accounts = Array.from({ length: 100_000 }, (_, i) => ({ id: i }));
    const { stderr } = cdkBackup(['effective-policy', json('many.json', organization({ accounts }))]);
    const lines = stderr.trimEnd().split('\n');
    expect(lines).toHaveLength(1_001);
    expect(lines[1_000]).toBe('cdk-backup: and 99000 more problems');
  });
});

test('warnings about the input are reported, and leave it usable', () => {
  const many = Array.from({ length: 11 }, (_, i) => policy(`p${i}`, { plans: {} }));
  const crowded = json('crowded.json', organization({ policies: many, accounts: [{ id: FIRST }] }));
  const reason = 'should be at most 10 policies, got 11, which exceeds the quota';
  expect(JSON.parse(cdkBackup(['effective-policy', crowded, '--format', 'json']).stdout)).toEqual({
    accounts: { [FIRST]: { policy: {}, errors: [] } },
    warnings: [{ file: crowded, path: 'root/policies', message: reason }],
  });
  const { code, stdout } = cdkBackup(['effective-policy', crowded]);
  expect(code).toBe(0);
  expect(stdout).toContain(`\n  warning  ${crowded}: \`root/policies\`: ${reason}\n`);
  expect(cdkBackup(['effective-policy', crowded, '--format', 'markdown']).stdout).toContain('| warning | ');
});

test('plans may have names that are special in JavaScript', () => {
  const odd = file(
    'odd.json',
    `{"root":{"id":"__proto__","policies":[{"name":"constructor","content":{"plans":{"__proto__":{"regions":{"@@assign":["eu-west-1"]}}}}}],"accounts":[{"id":"${FIRST}"}]}}`,
  );
  const { stdout } = cdkBackup(['effective-policy', odd, '--format', 'json']);
  expect(stdout).toContain('"__proto__": {\n            "regions"');
  expect(({} as Record<string, unknown>).regions).toBeUndefined();
  expect(cdkBackup(['effective-policy', odd]).stdout).toContain('  plan __proto__\n');
});

test('for any file, the exit code is one of three, and refusals are reported line by line', () => {
  const template = JSON.stringify({
    root: { id: 'r', policies: [policy('base', base)], accounts: [{ id: FIRST }] },
  });
  const text = fc.oneof(
    fc.json(),
    fc.string({ unit: 'binary' }),
    fc
      .tuple(fc.nat(template.length), fc.nat(40), fc.string())
      .map(([at, length, put]) => template.slice(0, at) + put + template.slice(at + length)),
  );
  fc.assert(
    fc.property(text, fc.constantFrom('text', 'json', 'markdown', 'sarif'), (content, format) => {
      const { code, stdout, stderr } = cdkBackup([
        'effective-policy',
        file('mutant.json', content),
        '--format',
        format,
      ]);
      if (code === 2) {
        expect(stdout).toBe('');
        expect(stderr).toMatch(/^(cdk-backup: [^\n]*mutant\.json: [^\n]+\n)+$/);
        expect(stderr).not.toMatch(/unexpected failure/);
      } else {
        expect([0, 1]).toContain(code);
        expect(stderr).toBe('');
        if (format === 'json' || format === 'sarif') JSON.parse(stdout);
      }
    }),
    { numRuns: 500 },
  );
}, 60_000);
