import { planChanges } from '../../../src/forecast/difference/organization-plans';
import type { EffectiveDocument } from '../../../src/policy/effective/effective-document';

// biome-ignore lint/suspicious/noExplicitAny: what is in a policy has no types
type Json = Record<string, any>;

const RULE = {
  schedule_expression: 'cron(0 5 ? * * *)',
  target_backup_vault_name: 'gold',
  lifecycle: { delete_after_days: '35' },
};
const COST = { iam_role_arn: 'role', tag_key: 'cost', tag_value: ['one'] };
const document = (rule: Json = RULE, more: Json = {}): EffectiveDocument =>
  ({
    plans: {
      daily: {
        regions: ['us-east-1'],
        rules: { night: rule },
        selections: { tags: { cost: COST } },
        ...more,
      },
    },
  }) as unknown as EffectiveDocument;
const changes = (before: EffectiveDocument | undefined, after: EffectiveDocument | undefined) =>
  planChanges(before, after).map(
    ({ direction, subject, before: was, after: is, what }) =>
      `${direction} ${subject}: ${what} (${was} -> ${is})`,
  );

const NIGHT = 'rule `night` of plan `daily`';
const FAR = 'arn:aws:backup:eu-west-1:$account:backup-vault:far';
const copy = (more: Json) => ({
  ...RULE,
  copy_actions: { [FAR]: { target_backup_vault_arn: FAR, ...more } },
});
const life = (lifecycle: Json) => ({ ...RULE, lifecycle });
const without = (key: keyof typeof RULE) => ({ ...RULE, [key]: undefined });

/** Two versions of a rule, and what changes from the first to the second, and back. */
const RULES: [title: string, before: Json, after: Json, there: string, back: string][] = [
  [
    'another time of day',
    RULE,
    { ...RULE, schedule_expression: 'cron(0 6 ? * * *)' },
    `neutral ${NIGHT}: the schedule of ${NIGHT}: cron(0 5 ? * * *) before, cron(0 6 ? * * *) after (cron(0 5 ? * * *) -> cron(0 6 ? * * *))`,
    `neutral ${NIGHT}: the schedule of ${NIGHT}: cron(0 6 ? * * *) before, cron(0 5 ? * * *) after (cron(0 6 ? * * *) -> cron(0 5 ? * * *))`,
  ],
  [
    'a time zone',
    RULE,
    { ...RULE, schedule_expression_timezone: 'Europe/Berlin' },
    `neutral ${NIGHT}: the schedule of ${NIGHT}: cron(0 5 ? * * *) before, cron(0 5 ? * * *) in Europe/Berlin after (cron(0 5 ? * * *) -> cron(0 5 ? * * *) in Europe/Berlin)`,
    `neutral ${NIGHT}: the schedule of ${NIGHT}: cron(0 5 ? * * *) in Europe/Berlin before, cron(0 5 ? * * *) after (cron(0 5 ? * * *) in Europe/Berlin -> cron(0 5 ? * * *))`,
  ],
  [
    'the default schedule',
    RULE,
    without('schedule_expression'),
    `neutral ${NIGHT}: the schedule of ${NIGHT}: cron(0 5 ? * * *) before, the default after (cron(0 5 ? * * *) -> the default)`,
    `neutral ${NIGHT}: the schedule of ${NIGHT}: the default before, cron(0 5 ? * * *) after (the default -> cron(0 5 ? * * *))`,
  ],
  [
    'fewer runs',
    RULE,
    { ...RULE, schedule_expression: 'cron(0 5 ? * SUN *)' },
    `weaker ${NIGHT}: the schedule of ${NIGHT}: cron(0 5 ? * * *) before, cron(0 5 ? * SUN *) after (cron(0 5 ? * * *) -> cron(0 5 ? * SUN *))`,
    `stronger ${NIGHT}: the schedule of ${NIGHT}: cron(0 5 ? * SUN *) before, cron(0 5 ? * * *) after (cron(0 5 ? * SUN *) -> cron(0 5 ? * * *))`,
  ],
  [
    'no end of the retention',
    RULE,
    without('lifecycle'),
    `stronger ${NIGHT}: the retention of ${NIGHT}: 35 days before, forever after (35 days -> forever)`,
    `weaker ${NIGHT}: the retention of ${NIGHT}: forever before, 35 days after (forever -> 35 days)`,
  ],
  [
    'a retention that is forever in words',
    RULE,
    life({ delete_after_days: '-1' }),
    `stronger ${NIGHT}: the retention of ${NIGHT}: 35 days before, forever after (35 days -> forever)`,
    `weaker ${NIGHT}: the retention of ${NIGHT}: forever before, 35 days after (forever -> 35 days)`,
  ],
  [
    'cold storage',
    RULE,
    life({ delete_after_days: '35', move_to_cold_storage_after_days: '1' }),
    `neutral ${NIGHT}: the transition to cold storage of ${NIGHT}: none before, at 1 day after (none -> at 1 day)`,
    `neutral ${NIGHT}: the transition to cold storage of ${NIGHT}: at 1 day before, none after (at 1 day -> none)`,
  ],
  [
    'continuous backup',
    { ...RULE, enable_continuous_backup: 'false' },
    { ...RULE, enable_continuous_backup: 'true' },
    `stronger ${NIGHT}: the continuous backup of ${NIGHT}: none before, on after (undefined -> on)`,
    `weaker ${NIGHT}: the continuous backup of ${NIGHT}: on before, none after (on -> undefined)`,
  ],
  [
    'another vault',
    RULE,
    { ...RULE, target_backup_vault_name: 'silver' },
    `neutral ${NIGHT}: the vault of ${NIGHT}: gold before, silver after (gold -> silver)`,
    `neutral ${NIGHT}: the vault of ${NIGHT}: silver before, gold after (silver -> gold)`,
  ],
  [
    'a logically air-gapped vault',
    RULE,
    { ...RULE, target_logically_air_gapped_backup_vault_arn: FAR },
    `stronger ${NIGHT}: the logically air-gapped vault of ${NIGHT}: none before, ${FAR} after (undefined -> ${FAR})`,
    `weaker ${NIGHT}: the logically air-gapped vault of ${NIGHT}: ${FAR} before, none after (${FAR} -> undefined)`,
  ],
  [
    'another logically air-gapped vault',
    { ...RULE, target_logically_air_gapped_backup_vault_arn: 'a' },
    { ...RULE, target_logically_air_gapped_backup_vault_arn: 'b' },
    `neutral ${NIGHT}: the logically air-gapped vault of ${NIGHT}: a before, b after (a -> b)`,
    `neutral ${NIGHT}: the logically air-gapped vault of ${NIGHT}: b before, a after (b -> a)`,
  ],
  [
    'a copy',
    RULE,
    copy({}),
    `stronger the copy to vault \`far\` in eu-west-1 of ${NIGHT}: the copy to vault \`far\` in eu-west-1 of ${NIGHT} is new (undefined -> ${FAR})`,
    `weaker the copy to vault \`far\` in eu-west-1 of ${NIGHT}: the copy to vault \`far\` in eu-west-1 of ${NIGHT} is gone (${FAR} -> undefined)`,
  ],
  [
    'a longer retention of a copy',
    copy({ lifecycle: { delete_after_days: '7' } }),
    copy({ lifecycle: { delete_after_days: '90' } }),
    `stronger the copy to vault \`far\` in eu-west-1 of ${NIGHT}: the retention of the copy to vault \`far\` in eu-west-1 of ${NIGHT}: 7 days before, 90 days after (7 days -> 90 days)`,
    `weaker the copy to vault \`far\` in eu-west-1 of ${NIGHT}: the retention of the copy to vault \`far\` in eu-west-1 of ${NIGHT}: 90 days before, 7 days after (90 days -> 7 days)`,
  ],
  [
    'a copy to something that is no vault',
    RULE,
    { ...RULE, copy_actions: { there: {} } },
    `stronger the copy to \`there\` of ${NIGHT}: the copy to \`there\` of ${NIGHT} is new (undefined -> there)`,
    `weaker the copy to \`there\` of ${NIGHT}: the copy to \`there\` of ${NIGHT} is gone (there -> undefined)`,
  ],
  [
    'another start window',
    { ...RULE, start_backup_window_minutes: '60' },
    { ...RULE, start_backup_window_minutes: '120' },
    `neutral settings of ${NIGHT}: settings of ${NIGHT}: other settings than before (undefined -> undefined)`,
    `neutral settings of ${NIGHT}: settings of ${NIGHT}: other settings than before (undefined -> undefined)`,
  ],
];

test.each(RULES)('a rule with %s', (_, before, after, there, back) => {
  expect(changes(document(before), document(after))).toEqual([there]);
  expect(changes(document(after), document(before))).toEqual([back]);
});

const plan = (more: Json) => document(RULE, more);
const PLANS: [
  title: string,
  before: EffectiveDocument,
  after: EffectiveDocument,
  there: string[],
  back: string[],
][] = [
  [
    'no plans',
    {} as EffectiveDocument,
    document(),
    ['stronger plan `daily`: plan `daily` is new (undefined -> daily)'],
    ['weaker plan `daily`: plan `daily` is gone (daily -> undefined)'],
  ],
  [
    'another Region',
    document(),
    plan({ regions: ['us-east-1', 'eu-west-1'] }),
    ['stronger plan `daily`: plan `daily` extends to Region eu-west-1 (undefined -> eu-west-1)'],
    ['weaker plan `daily`: plan `daily` leaves Region eu-west-1 (eu-west-1 -> undefined)'],
  ],
  [
    'Regions that are not known',
    plan({ regions: 'unknown' }),
    plan({ regions: ['us-east-1'] }),
    ['stronger plan `daily`: plan `daily` extends to Region us-east-1 (undefined -> us-east-1)'],
    ['weaker plan `daily`: plan `daily` leaves Region us-east-1 (us-east-1 -> undefined)'],
  ],
  [
    'a rule of another name',
    document(),
    plan({ rules: { day: RULE } }),
    [
      'weaker rule `night` of plan `daily`: rule `night` of plan `daily` is gone (night -> undefined)',
      'stronger rule `day` of plan `daily`: rule `day` of plan `daily` is new (undefined -> day)',
    ],
    [
      'weaker rule `day` of plan `daily`: rule `day` of plan `daily` is gone (day -> undefined)',
      'stronger rule `night` of plan `daily`: rule `night` of plan `daily` is new (undefined -> night)',
    ],
  ],
  [
    'a selection of resources instead of tags',
    document(),
    plan({ selections: { resources: { some: COST } } }),
    [
      'weaker selection `cost` of plan `daily`: selection `cost` of plan `daily` is gone (cost -> undefined)',
      'stronger selection `some` of plan `daily`: selection `some` of plan `daily` is new (undefined -> some)',
    ],
    [
      'stronger selection `cost` of plan `daily`: selection `cost` of plan `daily` is new (undefined -> cost)',
      'weaker selection `some` of plan `daily`: selection `some` of plan `daily` is gone (some -> undefined)',
    ],
  ],
  [
    'a selection of another tag',
    document(),
    plan({ selections: { tags: { cost: { ...COST, tag_value: ['one', 'two'] } } } }),
    [
      'neutral selection `cost` of plan `daily`: selection `cost` of plan `daily`: other settings than before (undefined -> undefined)',
    ],
    [
      'neutral selection `cost` of plan `daily`: selection `cost` of plan `daily`: other settings than before (undefined -> undefined)',
    ],
  ],
  [
    'other settings',
    plan({ advanced_backup_settings: { ec2: { windows_vss: 'enabled' } } }),
    plan({ advanced_backup_settings: { ec2: { windows_vss: 'disabled' } } }),
    [
      'neutral settings of plan `daily`: settings of plan `daily`: other settings than before (undefined -> undefined)',
    ],
    [
      'neutral settings of plan `daily`: settings of plan `daily`: other settings than before (undefined -> undefined)',
    ],
  ],
  [
    'its keys in another order',
    plan({ a: { x: '1', y: ['2'] }, b: '3' }),
    plan({ b: '3', a: { y: ['2'], x: '1' } }),
    [],
    [],
  ],
];

test.each(PLANS)('a plan with %s', (_, before, after, there, back) => {
  expect(changes(before, after)).toEqual(there);
  expect(changes(after, before)).toEqual(back);
});

test('what is not known on one side changes nothing', () => {
  expect(changes(undefined, document())).toEqual([]);
  expect(changes(document(), undefined)).toEqual([]);
});
