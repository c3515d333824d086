import { PolicyLibrary } from '../../../src/policy/admission/policy-library';
import {
  COPY,
  control,
  copy,
  lifecycle,
  plan,
  planTag,
  ROLE,
  resourceSelection,
  rule,
  set,
  tagSelection,
} from '../documents';

/**
 * Documents that AWS Organizations was seen to take or to refuse in September 2026, whatever its reason; it gives
 * none. A text stands for a document that JavaScript can't hold as it is written.
 */
type Case = readonly [string, unknown];

const AT = new Date('2026-09-13T07:00:00Z');
const x = (count: number) => 'x'.repeat(count);
const cron = (fields: string) => set(`cron(${fields})`);
const start = (value: unknown) => rule({ start_backup_window_minutes: set(value) });
const complete = (value: unknown) => rule({ complete_backup_window_minutes: set(value) });
const text = (value: string) =>
  `{"plans":{"daily":{"rules":{"daily":{"start_backup_window_minutes":{"@@assign":${value}}}}}}}`;
const vault = (value: unknown) => rule({ target_backup_vault_name: set(value) });
const named = (name: string) => ({ plans: { [name]: { regions: set(['us-east-1']) } } });
const cost = { tag_key: set('cost'), tag_value: set(['one']) };
const tag = { tag_key: set('cost'), tag_value: set('one') };
const role = set(ROLE);
const target = set(COPY);
const scanner = (types: unknown) =>
  plan({ scan_settings: { GUARDDUTY: { resource_types: set(types), scanner_role_arn: role } } });
const vss = (value: unknown) => plan({ advanced_backup_settings: { ec2: { windows_vss: set(value) } } });
const s3 = (key: string, value: unknown) => plan({ advanced_backup_settings: { s3: { [key]: set(value) } } });
const rules = (count: number) =>
  plan({
    rules: Object.fromEntries(
      Array.from({ length: count }, (_, i) => [`r${i}`, { target_backup_vault_name: set('vault') }]),
    ),
  });
const key = (inside: object) => ({ plans: { Key: inside } });
const MONTHLY = cron('0 5 1 * ? *');
const DAILY = cron('0 5 ? * * *');

const TAKEN: readonly Case[] = [
  ['no plans', { plans: {} }],
  ['a plan without anything', plan({})],
  ['a control on plans', { plans: control('@@none') }],
  ['two operators in a control', { plans: control('@@assign', '@@append') }],
  ['@@append and @@remove in a control', { plans: control('@@append', '@@remove') }],
  ['three operators in a control', { plans: control('@@assign', '@@append', '@@remove') }],
  ['@@all beside another in a control', { plans: control('@@all', '@@assign') }],
  [
    'the same operator in two cases in a control',
    key({ regions: { ...set(['us-east-1']), ...control('@@assign', '@@Assign') } }),
  ],
  ['plans in capitals', { PLANS: { Key: { regions: set(['us-east-1']) } } }],
  ['a field in capitals', key({ REGIONS: set(['us-east-1']) })],
  ['an operator with a capital', key({ regions: { '@@Assign': ['us-east-1'] } })],
  [
    'a control with capitals',
    key({ regions: { ...set(['us-east-1']), '@@Operators_Allowed_For_Child_Policies': ['@@None'] } }),
  ],
  ...['@@assign', '@@append', '@@remove'].flatMap((operator) =>
    ['value', null, ['value'], [], 1].map(
      (value): Case => [
        `${operator} ${JSON.stringify(value)} beside plans`,
        { plans: {}, [operator]: value },
      ],
    ),
  ),
  ...['with.dot', 'A_-9', x(50)].map((name): Case => [`the plan name ${name}`, named(name)]),
  ['no Regions', plan({ regions: set([]) })],
  ['a Region', plan({ regions: set(['us-east-1']) })],
  ['a Region twice', plan({ regions: set(['us-east-1', 'us-east-1']) })],
  ['a Region appended', plan({ regions: { '@@append': ['us-east-1'] } })],
  ['a Region removed', plan({ regions: { '@@remove': ['us-east-1'] } })],
  ['Regions assigned and appended', plan({ regions: { ...set(['us-east-1']), '@@append': ['us-west-2'] } })],
  ...[
    '60',
    '10080',
    '52560000',
    60,
    '060',
    '2147483647',
    '2147483648',
    '9007199254740992',
    '9999999999999999',
  ].flatMap((value): Case[] => [
    [`a start window of ${JSON.stringify(value)}`, start(value)],
    [`a completion window of ${JSON.stringify(value)}`, complete(value)],
  ]),
  ['no continuous backup', rule({ enable_continuous_backup: set(false) })],
  ['no continuous backup, as a text', rule({ enable_continuous_backup: set('false') })],
  ...[true, 'true'].map(
    (value): Case => [
      `continuous backup (${typeof value}) kept for 35 days`,
      rule({ enable_continuous_backup: set(value), lifecycle: lifecycle(undefined, '35') }),
    ],
  ),
  [
    'snapshots kept for 36 days',
    rule({ enable_continuous_backup: set('false'), lifecycle: lifecycle(undefined, '36') }),
  ],
  ...['vault', 'a', x(50)].map((name): Case => [`the vault ${name}`, vault(name)]),
  ...['1', '36500', '36501', 1].flatMap((days): Case[] => [
    [`cold storage after ${JSON.stringify(days)}`, rule({ lifecycle: lifecycle(days) })],
    [`retention of ${JSON.stringify(days)}`, rule({ lifecycle: lifecycle(undefined, days) })],
  ]),
  ['cold storage 30 days before the end', rule({ lifecycle: lifecycle('30', '60') })],
  ['selections without any of tags', plan({ selections: { tags: {} } })],
  ['a selection of volumes', resourceSelection({ resource_types: set(['arn:aws:ec2:*:*:volume/*']) })],
  ['a selection of everything', resourceSelection({ resource_types: set(['*']) })],
  ['a tag selection', tagSelection({ iam_role_arn: role, ...cost })],
  ['a tag selection without a role', tagSelection(cost)],
  ...['Cost', 'other', x(128)].map(
    (name): Case => [`a selection of the tag ${name}`, tagSelection({ ...cost, tag_key: set(name) })],
  ),
  ...[['one'], [1], ['']].map(
    (values): Case => [
      `a selection of the values ${JSON.stringify(values)}`,
      tagSelection({ ...cost, tag_value: set(values) }),
    ],
  ),
  ['a tag value that is removed', tagSelection({ tag_key: set('cost'), tag_value: { '@@remove': ['one'] } })],
  ['ten rules', rules(10)],
  ['eleven rules', rules(11)],
  ...['enabled', 'disabled'].flatMap((value): Case[] => [
    [`Windows VSS ${value}`, vss(value)],
    [`ACLs ${value}`, s3('backup_acls', value)],
    [`object tags ${value}`, s3('backup_object_tags', value)],
  ]),
  ['no archive', rule({ lifecycle: lifecycle(undefined, undefined, false) })],
  ['no archive, as a text, with cold storage', rule({ lifecycle: lifecycle('30', undefined, 'false') })],
  [
    'the archive, monthly, for 90 days',
    rule({ schedule_expression: MONTHLY, lifecycle: lifecycle('30', '120', 'true') }),
  ],
  [
    'the archive, yearly',
    rule({ schedule_expression: cron('0 5 1 1 ? *'), lifecycle: lifecycle('30', '365', 'true') }),
  ],
  [
    'the archive, on two days that are 28 apart',
    rule({ schedule_expression: cron('0 5 1,29 JAN ? *'), lifecycle: lifecycle('30', '120', 'true') }),
  ],
  ...[['EBS'], ['S3'], ['EBS', 'S3']].map(
    (types): Case => [`an index of ${types}`, rule({ index_actions: { resource_types: set(types) } })],
  ),
  ['a copy', copy({ target_backup_vault_arn: target })],
  [
    'a copy to the archive, monthly',
    plan({
      rules: {
        daily: {
          schedule_expression: MONTHLY,
          copy_actions: {
            [COPY]: { target_backup_vault_arn: target, lifecycle: lifecycle('30', '120', 'true') },
          },
        },
      },
    }),
  ],
  [
    'a copy whose target is repeated to change its retention',
    copy({ target_backup_vault_arn: target, lifecycle: lifecycle(undefined, '60') }),
  ],
  [
    'an air-gapped vault',
    rule({
      target_logically_air_gapped_backup_vault_arn: set('arn:aws:backup:$region:$account:backup-vault:Vault'),
    }),
  ],
  ['an incremental scan', rule({ scan_actions: { GUARDDUTY: { scan_mode: set('INCREMENTAL_SCAN') } } })],
  ['a full scan', rule({ scan_actions: { GUARDDUTY: { scan_mode: set('FULL_SCAN') } } })],
  ...['EBS', 'EC2', 'S3', 'ALL'].map((type): Case => [`a scan of ${type}`, scanner([type])]),
  ['a scanner without types', plan({ scan_settings: { GUARDDUTY: { scanner_role_arn: role } } })],
  [
    'a condition',
    resourceSelection({
      conditions: {
        string_equals: { one: { condition_key: set('aws:ResourceTag/cost'), condition_value: set('one') } },
      },
    }),
  ],
  ['a tag of the plan', planTag(tag)],
  ['a tag of the plan in another case', planTag({ ...tag, tag_key: set('Cost') })],
  ...['', 12, true].map(
    (value): Case => [`a tag value of ${JSON.stringify(value)}`, planTag({ ...tag, tag_value: set(value) })],
  ),
  ['a daily schedule', rule({ schedule_expression: DAILY })],
];

const REFUSED: readonly Case[] = [
  ['an empty document', {}],
  ['something else than plans', { other: {} }],
  ['an unknown key in a plan', plan({ other: set('one') })],
  ['an unknown key in a rule', rule({ other: set('one') })],
  ['an unknown key in a lifecycle', rule({ lifecycle: { other: set('1') } })],
  ['plans twice', '{"plans":{},"plans":{}}'],
  ...['@@assign', '@@append', '@@remove'].flatMap((operator): Case[] => [
    [`${operator} {} beside plans`, { plans: {}, [operator]: {} }],
    ...['value', null, ['value'], [], {}, 1].map(
      (value): Case => [`${operator} ${JSON.stringify(value)} in plans`, { plans: { [operator]: value } }],
    ),
  ]),
  ['@@none beside another in a control', { plans: control('@@none', '@@remove') }],
  [
    '@@none beside another with a capital',
    key({ regions: { ...set(['us-east-1']), ...control('@@none', '@@Assign') } }),
  ],
  ['an operator twice in a control', { plans: control('@@assign', '@@assign') }],
  ...['with space', '\u00e9', x(51)].map((name): Case => [`the plan name ${name}`, named(name)]),
  ...[['wrong'], ['*'], 'us-east-1', [12]].map(
    (value): Case => [`the Regions ${JSON.stringify(value)}`, plan({ regions: set(value) })],
  ),
  ...[
    '0',
    '1',
    '30',
    '59',
    '60.5',
    true,
    'bad',
    '+60',
    ' 60',
    '1e2',
    '10000000000000000',
    '9223372036854775807',
    '9223372036854775808',
  ].flatMap((value): Case[] => [
    [`a start window of ${JSON.stringify(value)}`, start(value)],
    [`a completion window of ${JSON.stringify(value)}`, complete(value)],
  ]),
  ['a start window of 60.0', text('60.0')],
  ...['bad', 'rate(1 day)', 'cron(* * * * * *)', ''].map(
    (value): Case => [`the schedule ${value}`, rule({ schedule_expression: set(value) })],
  ),
  ...[true, 'true', 'TRUE', 1, 'yes'].map(
    (value): Case => [
      `continuous backup of ${JSON.stringify(value)} alone`,
      rule({ enable_continuous_backup: set(value) }),
    ],
  ),
  ...[true, 'true'].map(
    (value): Case => [
      `continuous backup (${typeof value}) kept for 36 days`,
      rule({ enable_continuous_backup: set(value), lifecycle: lifecycle(undefined, '36') }),
    ],
  ),
  ...['with space', 'with.dot', x(51), ''].map((name): Case => [`the vault ${name}`, vault(name)]),
  ...['-1', '0', 'bad'].flatMap((days): Case[] => [
    [`cold storage after ${days}`, rule({ lifecycle: lifecycle(days) })],
    [`retention of ${days}`, rule({ lifecycle: lifecycle(undefined, days) })],
  ]),
  ['a tag selection without anything', tagSelection({})],
  ...[[], ['one'], 'one', [1]].map(
    (values): Case => [`values alone, ${JSON.stringify(values)}`, tagSelection({ tag_value: set(values) })],
  ),
  ...[ROLE, 'arn:aws:iam::111111111111:role/Test', 'bad'].map(
    (arn): Case => [`the role ${arn} alone`, tagSelection({ iam_role_arn: set(arn) })],
  ),
  ['a selection of queues', resourceSelection({ resource_types: set(['arn:aws:sqs:*:*:*']) })],
  ['a selection of nothing', resourceSelection({ resource_types: set([]) })],
  ['a selection of resources with a role alone', resourceSelection({ iam_role_arn: role })],
  ['a tag selection without a key', tagSelection({ iam_role_arn: role, tag_value: set(['one']) })],
  ['a tag selection without values', tagSelection({ iam_role_arn: role, tag_key: set('cost') })],
  ...['', x(129)].map(
    (name): Case => [
      `a selection of a tag of ${name.length} characters`,
      tagSelection({ ...cost, tag_key: set(name) }),
    ],
  ),
  ...[[], 'one'].map(
    (values): Case => [
      `a selection of the values ${JSON.stringify(values)}`,
      tagSelection({ ...cost, tag_value: set(values) }),
    ],
  ),
  ['no values appended', tagSelection({ ...cost, tag_value: { '@@append': [] } })],
  ...['arn:aws:iam::111111111111:role/Test', 'bad'].map(
    (arn): Case => [`the role ${arn}`, tagSelection({ ...cost, iam_role_arn: set(arn) })],
  ),
  ['a vault appended', rule({ target_backup_vault_name: { '@@append': ['vault'] } })],
  ['a vault removed', rule({ target_backup_vault_name: { '@@remove': ['vault'] } })],
  ...['wrong', true].flatMap((value): Case[] => [
    [`Windows VSS ${value}`, vss(value)],
    [`ACLs ${value}`, s3('backup_acls', value)],
    [`object tags ${value}`, s3('backup_object_tags', value)],
  ]),
  [
    'advanced settings of something else',
    plan({ advanced_backup_settings: { other: { field: set('enabled') } } }),
  ],
  ...[true, 'true', 'enabled'].map(
    (value): Case => [
      `the archive ${JSON.stringify(value)} alone`,
      rule({ lifecycle: lifecycle(undefined, undefined, value) }),
    ],
  ),
  ['the archive with cold storage alone', rule({ lifecycle: lifecycle('1', undefined, 'true') })],
  ['the archive with retention alone', rule({ lifecycle: lifecycle(undefined, '120', 'true') })],
  ...[
    ['30', '60'],
    ['30', '119'],
    ['30', '120'],
    ['1', '91'],
    ['90', '180'],
  ].map(
    ([cold, kept]): Case => [
      `the archive from ${cold} to ${kept} without a schedule`,
      rule({ lifecycle: lifecycle(cold, kept, 'true') }),
    ],
  ),
  ['the archive every day', rule({ schedule_expression: DAILY, lifecycle: lifecycle('30', '120', 'true') })],
  [
    'the archive every week',
    rule({ schedule_expression: cron('0 5 ? * SUN *'), lifecycle: lifecycle('30', '120', 'true') }),
  ],
  [
    'the archive, monthly, for 30 days',
    rule({ schedule_expression: MONTHLY, lifecycle: lifecycle('30', '60', 'true') }),
  ],
  [
    'the archive twice a month',
    rule({ schedule_expression: cron('0 5 1,28 FEB ? *'), lifecycle: lifecycle('30', '120', 'true') }),
  ],
  ...[['WRONG'], []].map(
    (types): Case => [
      `an index of ${JSON.stringify(types)}`,
      rule({ index_actions: { resource_types: set(types) } }),
    ],
  ),
  ['a copy without anything', copy({})],
  ['a copy without its target', copy({ lifecycle: lifecycle(undefined, '120') })],
  ...['arn:aws:backup:$region:$account:backup-vault:Vault', 'bad'].map(
    (arn): Case => [`a copy to ${arn}`, copy({ target_backup_vault_arn: set(arn) }, arn)],
  ),
  [
    'a copy to the archive without a schedule',
    copy({ target_backup_vault_arn: target, lifecycle: lifecycle('30', '120', 'true') }),
  ],
  [
    'a copy to the archive every day',
    plan({
      rules: {
        daily: {
          schedule_expression: DAILY,
          copy_actions: {
            [COPY]: { target_backup_vault_arn: target, lifecycle: lifecycle('30', '120', 'true') },
          },
        },
      },
    }),
  ],
  ...[COPY, 'bad'].map(
    (arn): Case => [
      `the air-gapped vault ${arn}`,
      rule({ target_logically_air_gapped_backup_vault_arn: set(arn) }),
    ],
  ),
  ['another scan', rule({ scan_actions: { GUARDDUTY: { scan_mode: set('wrong') } } })],
  ...[['wrong'], []].map((types): Case => [`a scan of ${JSON.stringify(types)}`, scanner(types)]),
  [
    'a condition without a value',
    resourceSelection({
      conditions: { string_equals: { one: { condition_key: set('aws:ResourceTag/cost') } } },
    }),
  ],
  ...['x', 'other', 'aws:reserved', '', 12].map(
    (name): Case => [`the tag cost with the key ${name}`, planTag({ ...tag, tag_key: set(name) })],
  ),
  ['a list as tag value', planTag({ ...tag, tag_value: set(['one']) })],
  ['a tag without a key', planTag({ tag_value: set('one') })],
  ['a tag without a value', planTag({ tag_key: set('cost') })],
];

const errors = (content: unknown) =>
  new PolicyLibrary(AT).problems(content).filter(({ severity }) => severity === 'error');

describe('documents that AWS Organizations was observed to accept', () => {
  test.each(TAKEN)('%s', (_title, content) => {
    expect(errors(content)).toEqual([]);
    // the same as text
    expect(errors(typeof content === 'string' ? content : JSON.stringify(content))).toEqual([]);
  });
});

describe('documents that AWS Organizations was observed to refuse', () => {
  test.each(REFUSED)('%s', (_title, content) => {
    expect(errors(content)).not.toEqual([]);
    expect(errors(typeof content === 'string' ? content : JSON.stringify(content))).not.toEqual([]);
  });
});
