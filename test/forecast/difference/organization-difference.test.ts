import { join } from 'node:path';
import { cdkBackup, workFolder } from '../../cli/core/command';
import {
  COPY,
  complete,
  plan,
  ROLE,
  resourceSelection,
  rule,
  set,
  tagSelection,
} from '../../policy/documents';

const file = workFolder();
const FIRST = '111111111111';
const SECOND = '222222222222';
let number = 0;

/** An organization of two accounts with a base policy, in which some things differ. */
function organization(
  given: { root?: object[]; work?: object[]; moved?: boolean; second?: boolean } = {},
): string {
  const { root = [], work = [], moved = false, second = true } = given;
  const policies = (unit: string, contents: object[]) =>
    contents.map((content, i) => ({ name: `${unit}-${i}`, content }));
  const accounts = [{ id: FIRST, policies: [] }, ...(second ? [{ id: SECOND, policies: [] }] : [])];
  return file(
    `organization-${number++}.json`,
    JSON.stringify({
      root: {
        id: 'r-root',
        policies: policies('root', [BASE, ...root]),
        children: [
          { id: 'ou-work', policies: policies('work', work), accounts: moved ? accounts.slice(1) : accounts },
          {
            id: 'ou-free',
            policies: policies('free', [plan({ regions: { '@@append': ['eu-west-1'] } })]),
            accounts: moved ? [accounts[0]] : [],
          },
        ],
      },
    }),
  );
}

const BASE = complete({
  daily: {
    target_backup_vault_name: set('vault'),
    schedule_expression: set('cron(0 5 ? * * *)'),
    lifecycle: { delete_after_days: set('35') },
  },
});
const FAR = COPY.replace('us-east-1', 'eu-west-1');
const copy = (days: string, to = FAR) =>
  rule({
    copy_actions: { [to]: { target_backup_vault_arn: set(to), lifecycle: { delete_after_days: set(days) } } },
  });

interface Found {
  kind: string;
  direction: string;
  message: string;
  accounts: string[];
}

function changes(before: string, after: string): Found[] {
  const { code, stdout, stderr } = cdkBackup(['diff', before, after, '--format', 'json']);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout).changes;
}

const DAILY = 'rule `daily` of plan `daily`';
const BOTH = `, in 2 accounts: ${FIRST}, ${SECOND}`;

/** What is added to the unit of both accounts. */
const MUTATIONS: [string, object[], string, string][] = [
  [
    'a longer retention',
    [rule({ lifecycle: { delete_after_days: set('90') } })],
    'stronger',
    `the retention of ${DAILY}: 35 days before, 90 days after`,
  ],
  [
    'a shorter retention',
    [rule({ lifecycle: { delete_after_days: set('7') } })],
    'weaker',
    `the retention of ${DAILY}: 35 days before, 7 days after`,
  ],
  [
    'cold storage',
    [
      rule({ lifecycle: { delete_after_days: set('125'), move_to_cold_storage_after_days: set('30') } }),
      rule({ lifecycle: { delete_after_days: set('35') } }),
    ].slice(0, 1),
    'neutral',
    `the transition to cold storage of ${DAILY}: none before, at 30 days after`,
  ],
  [
    'a schedule that runs more often',
    [rule({ schedule_expression: set('cron(0 5/12 ? * * *)') })],
    'stronger',
    `the schedule of ${DAILY}: cron(0 5 ? * * *) before, cron(0 5/12 ? * * *) after`,
  ],
  [
    'a schedule that runs less often',
    [rule({ schedule_expression: set('cron(0 5 ? * SUN *)') })],
    'weaker',
    `the schedule of ${DAILY}: cron(0 5 ? * * *) before, cron(0 5 ? * SUN *) after`,
  ],
  [
    'another time of day',
    [rule({ schedule_expression: set('cron(0 6 ? * * *)') })],
    'neutral',
    `the schedule of ${DAILY}: cron(0 5 ? * * *) before, cron(0 6 ? * * *) after`,
  ],
  ['a copy', [copy('90')], 'stronger', 'the copy to vault `'],
  [
    'another vault',
    [rule({ target_backup_vault_name: set('other') })],
    'neutral',
    `the vault of ${DAILY}: vault before, other after`,
  ],
  [
    'continuous backup',
    [rule({ enable_continuous_backup: set('true'), lifecycle: { delete_after_days: set('35') } })],
    'stronger',
    `the continuous backup of ${DAILY}: none before, on after`,
  ],
  [
    'a Region more',
    [plan({ regions: { '@@append': ['eu-west-1'] } })],
    'stronger',
    'plan `daily` extends to Region eu-west-1',
  ],
  [
    'a second rule',
    [
      plan({
        rules: {
          weekly: { target_backup_vault_name: set('vault'), schedule_expression: set('cron(0 5 ? * SUN *)') },
        },
      }),
    ],
    'stronger',
    'rule `weekly` of plan `daily` is new',
  ],
  [
    'a second selection',
    [
      resourceSelection({
        iam_role_arn: set('arn:aws:iam::$account:role/B'),
        resource_types: set(['arn:aws:dynamodb:*:*:table/*']),
      }),
    ],
    'stronger',
    'selection `some` of plan `daily` is new',
  ],
  [
    'another selection',
    [tagSelection({ iam_role_arn: set(ROLE), tag_key: set('cost'), tag_value: set(['two']) })],
    'neutral',
    'selection `cost` of plan `daily`: other settings than before',
  ],
  [
    'another start window',
    [rule({ start_backup_window_minutes: set('120') })],
    'neutral',
    `settings of ${DAILY}: other settings than before`,
  ],
  [
    'a tag of the plan',
    [plan({ backup_plan_tags: { cost: { tag_key: set('cost'), tag_value: set('one') } } })],
    'neutral',
    'settings of plan `daily`: other settings than before',
  ],
  [
    'an air-gapped vault',
    [
      rule({
        target_logically_air_gapped_backup_vault_arn: set('arn:aws:backup:$region:$account:backup-vault:Gap'),
      }),
    ],
    'stronger',
    `the logically air-gapped vault of ${DAILY}: none before`,
  ],
];

test.each(MUTATIONS)(
  '%s is reported once, for all accounts, and the opposite way back',
  (name, work, direction, message) => {
    const [before, after] = [organization(), organization({ work })];
    const there = changes(before, after).filter(
      (one) => name !== 'cold storage' || one.message.includes('cold'),
    );
    expect(there).toMatchObject([{ kind: 'organization', direction, accounts: [FIRST, SECOND] }]);
    expect(there[0].message.slice(0, message.length)).toBe(message);
    expect(there[0].message.slice(-BOTH.length)).toBe(BOTH);
    const back = changes(after, before).filter(
      (one) => name !== 'cold storage' || one.message.includes('cold'),
    );
    const opposite = { weaker: 'stronger', stronger: 'weaker', neutral: 'neutral' }[direction];
    expect(back).toMatchObject([{ kind: 'organization', direction: opposite, accounts: [FIRST, SECOND] }]);
    expect(changes(after, after)).toEqual([]);
  },
);

test('an account that moves is reported with what the other unit changes', () => {
  expect(
    changes(organization(), organization({ moved: true })).map((one) => [one.direction, one.message]),
  ).toEqual([
    ['stronger', `plan \`daily\` extends to Region eu-west-1, in account ${FIRST}`],
    ['neutral', `an account moves from \`ou-work\` to \`ou-free\`, in account ${FIRST}`],
  ]);
});

test('accounts that join and leave, and policies that become invalid', () => {
  const [both, one] = [organization(), organization({ second: false })];
  expect(changes(both, one)).toMatchObject([
    {
      direction: 'weaker',
      message: `an account leaves \`ou-work\`, with the plans of its backup policies, in account ${SECOND}`,
    },
  ]);
  expect(changes(one, both)).toMatchObject([{ direction: 'stronger', accounts: [SECOND] }]);
  const broken = organization({ work: [plan({ regions: { '@@remove': ['us-east-1'] } })] });
  const [change, ...others] = changes(both, broken);
  expect(others).toEqual([]);
  expect(change).toMatchObject({
    direction: 'weaker',
    message: `the backup policies no longer merge into a valid one, so the last valid one stays in force${BOTH}`,
  });
});

test('two organizations or two apps are compared, and mistakes are named', () => {
  const app = join(__dirname, '../../support/everything.json');
  const before = organization();
  expect(cdkBackup(['diff', before, app])).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('BEFORE and AFTER must both be organizations or both be apps'),
  });
  const bad = file('bad.json', JSON.stringify({ root: { id: 'r-root', accounts: [{ id: '1' }] } }));
  const { code, stderr } = cdkBackup(['diff', before, bad]);
  expect(code).toBe(2);
  expect(stderr).toContain(`cdk-backup: ${bad}: \`root/accounts/0/id\`: must be 12 digits`);
  const weaker = organization({ work: [rule({ lifecycle: { delete_after_days: set('7') } })] });
  expect(cdkBackup(['diff', before, weaker, '--fail-on', 'weaker']).code).toBe(1);
  expect(cdkBackup(['diff', before, weaker, '--format', 'markdown']).stdout).toContain(
    '1 weaker, 0 stronger, 0 neutral',
  );
});
