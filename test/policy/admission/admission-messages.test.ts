import { Token } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { readPolicy } from '../../../src/policy/admission/admission';
import { PolicyLibrary } from '../../../src/policy/admission/policy-library';
import { sentence } from '../../../src/values/core/problem';
import { anything } from '../../support/anything';
import {
  COPY,
  control,
  copy,
  lifecycle,
  plan,
  planTag,
  resourceSelection,
  rule,
  set,
  tagSelection,
} from '../documents';

const judge = (content: unknown) =>
  new PolicyLibrary().problems(content).map((problem) => `${problem.severity}: ${sentence(problem)}`);

const RULE = 'plans/daily/rules/daily';
const cost = { tag_key: set('cost'), tag_value: set(['one']) };
const condition = (key: string, value = 'one') => ({ condition_key: set(key), condition_value: set(value) });
const conditions = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`c${i}`, condition(`aws:ResourceTag/${i}`)]));

test.each<[string, unknown, string[]]>([
  [
    'something that is no object',
    'plans',
    ['error: the document is not valid JSON: a value belongs at line 1, column 1, got something else'],
  ],
  ['a list', [], ['error: the document must be an object, got an array']],
  [
    'nothing',
    undefined,
    [
      'error: the document must be an object, got nothing',
      'error: the document must be an object that can be written as JSON',
    ],
  ],
  [
    'an empty document',
    {},
    ['error: `plans` is missing, but every backup policy requires it; wrap the document in `{"plans": {…}}`'],
  ],
  [
    'a plan beside plans',
    { plans: {}, gold: {} },
    ['error: `gold` is not an allowed key of a backup policy here, expected one of `plans`'],
  ],
  [
    'a key with a letter that is an ASCII one in small',
    { 'PLAN\u017f': {}, plans: { daily: { 'bac\u212aup_plan_tags': {} } } },
    [
      'error: `PLANſ` is not an allowed key of a backup policy here, expected one of `plans`',
      'error: `plans/daily/bac\u212aup_plan_tags` is not an allowed key of a backup policy here, expected one of `regions`, `rules`, `selections`, `advanced_backup_settings`, `backup_plan_tags`, `scan_settings`; write `backup_plan_tags`',
    ],
  ],
  [
    'a key in camel case',
    rule({ scheduleExpression: set('cron(0 5 ? * * *)') }),
    [
      `error: \`${RULE}/scheduleExpression\` is not an allowed key of a backup policy here, expected one of \`schedule_expression\`, \`target_backup_vault_name\`, \`target_logically_air_gapped_backup_vault_arn\`, \`start_backup_window_minutes\`, \`complete_backup_window_minutes\`, \`enable_continuous_backup\`, \`lifecycle\`, \`copy_actions\`, \`recovery_point_tags\`, \`index_actions\`, \`scan_actions\`; write \`schedule_expression\``,
    ],
  ],
  [
    'a time zone',
    rule({ schedule_expression_timezone: set('Asia/Seoul') }),
    [expect.stringMatching(/; omit it: schedules of a backup policy are in UTC$/) as unknown as string],
  ],
  [
    'a plan that is a list',
    { plans: { daily: [] } },
    ['error: `plans/daily` must be an object, got an array'],
  ],
  [
    'a setting without an operator',
    rule({ target_backup_vault_name: 'vault' }),
    [
      `error: \`${RULE}/target_backup_vault_name\` must be an object with an operator, got \`vault\`; write \`{"@@assign": …}\``,
    ],
  ],
  [
    'a list without an operator',
    plan({ regions: ['us-east-1'] }),
    [
      'error: `plans/daily/regions` must be an object with an operator, got an array; write `{"@@assign": […]}`',
    ],
  ],
  [
    'something else in a setting',
    plan({ regions: { value: ['us-east-1'] } }),
    [
      'error: `plans/daily/regions/value` is not an operator, and a setting contains only operators; write `{"@@assign": […]}`',
    ],
  ],
  [
    'an operator that is none',
    plan({ regions: { '@@set': ['us-east-1'] } }),
    [
      'error: `plans/daily/regions/@@set` is not an operator, expected one of `@@assign`, `@@append`, `@@remove`, `@@operators_allowed_for_child_policies`',
    ],
  ],
  [
    'an operator in an object',
    { plans: { '@@assign': {} } },
    [
      "error: `plans/@@assign` can't be used on an object, which has no value of its own; set the individual settings inside it",
    ],
  ],
  [
    'an operator beside plans',
    { plans: {}, '@@assign': 'x' },
    ['warning: `@@assign` is ignored by AWS Organizations beside `plans`; omit it'],
  ],
  [
    'an operator with a capital',
    plan({ regions: { '@@Assign': ['us-east-1'] } }),
    [
      'warning: `plans/daily/regions/@@Assign` should be lowercase, as AWS documents it, got `@@Assign`; write `@@assign`',
    ],
  ],
  [
    'an operator twice, with and without capitals',
    plan({ regions: { '@@assign': ['us-east-1'], '@@Assign': ['us-east-1'] } }),
    [
      'error: `plans/daily/regions/@@Assign` must occur once in its object, got `@@assign` too: AWS Organizations ignores the case of keys; remove one of them',
    ],
  ],
  [
    'names that differ in capitals',
    { plans: { Gold: {}, gold: {} } },
    [
      'error: `plans/gold` must occur once in its object, got `Gold` too: AWS Organizations ignores the case of keys; remove one of them',
    ],
  ],
  [
    'a key that stands twice in the text',
    '{"plans":{"daily":{"regions":{},"regions":{}}}}',
    ['error: `plans/daily/regions`: the key occurs twice in its object'],
  ],
  [
    '@@append to a single value',
    rule({ target_backup_vault_name: { '@@append': ['vault'] } }),
    [
      `error: \`${RULE}/target_backup_vault_name/@@append\` can't be used on a setting with a single value; use \`@@assign\``,
    ],
  ],
  [
    'a text for a list',
    plan({ regions: set('us-east-1') }),
    ['error: `plans/daily/regions/@@assign` must be a list, got `us-east-1`; wrap it in `[…]`'],
  ],
  [
    'an object for a text',
    rule({ target_backup_vault_name: set({}) }),
    [
      `error: \`${RULE}/target_backup_vault_name/@@assign\` must be a string, a number, true or false, got an object`,
    ],
  ],
  [
    'an object in a list',
    plan({ regions: set(['us-east-1', null]) }),
    ['error: `plans/daily/regions/@@assign/1` must be a string, a number, true or false, got null'],
  ],
  [
    'an empty list',
    resourceSelection({ resource_types: set([]) }),
    [
      'error: `plans/daily/selections/resources/some/resource_types/@@assign` must have at least one element, got an empty list',
    ],
  ],
  [
    'a control that is no list',
    { plans: { '@@operators_allowed_for_child_policies': '@@none' } },
    [
      'error: `plans/@@operators_allowed_for_child_policies` must be a list of at least one operator, got `@@none`',
    ],
  ],
  [
    'an empty control',
    { plans: control() },
    [
      'error: `plans/@@operators_allowed_for_child_policies` must be a list of at least one operator, got an empty list',
    ],
  ],
  [
    'a control with an operator that is none',
    { plans: control('@@some') },
    [
      'error: `plans/@@operators_allowed_for_child_policies` must be `@@all`, `@@none`, or some of `@@assign`, `@@append` and `@@remove`, got `@@some`',
    ],
  ],
  [
    'a control with an operator twice, and something beside @@none',
    { plans: control('@@none', '@@append', '@@append') },
    [
      'error: `plans/@@operators_allowed_for_child_policies` must list each operator once; remove one of them',
      'error: `plans/@@operators_allowed_for_child_policies` must not combine `@@none` with other operators; remove `@@none` or the others',
    ],
  ],
  [
    'a name with a blank',
    { plans: { 'my plan': {} } },
    ['error: `plans/my plan` must be a name of 1 to 50 letters, digits, `-`, `_` and `.`, got `my plan`'],
  ],
  [
    'a Region that is none',
    plan({ regions: set(['*', 'eu-west-9']) }),
    [
      'error: `plans/daily/regions/@@assign/0` must be Regions such as `eu-west-1`, got `*`; list each Region',
      'warning: `plans/daily/regions/@@assign/1` has `eu-west-9`, which is not a known Region, and AWS Organizations refuses names that are not Regions; check the name',
    ],
  ],
  [
    'several windows',
    rule({ start_backup_window_minutes: set(59), complete_backup_window_minutes: set('60.5') }),
    [
      `error: \`${RULE}/start_backup_window_minutes/@@assign\` must be a whole number from 60 to 9999999999999999, got \`59\`; use 60 or more`,
      `error: \`${RULE}/complete_backup_window_minutes/@@assign\` must be a whole number from 60 to 9999999999999999, got \`60.5\`; write 61`,
    ],
  ],
  [
    'a number with decimals that are nothing',
    '{"plans":{"daily":{"rules":{"daily":{"start_backup_window_minutes":{"@@assign":60.0}}}}}}',
    [
      `error: \`${RULE}/start_backup_window_minutes/@@assign\` must be a whole number from 60 to 9999999999999999, got \`60.0\`; write 60`,
    ],
  ],
  [
    'a flag in capitals',
    rule({ enable_continuous_backup: set('TRUE') }),
    [
      `error: \`${RULE}/enable_continuous_backup/@@assign\` must be one of \`true\`, \`false\`, got \`TRUE\`; write \`true\``,
    ],
  ],
  [
    'a flag that is none',
    rule({ enable_continuous_backup: set('yes') }),
    [`error: \`${RULE}/enable_continuous_backup/@@assign\` must be one of \`true\`, \`false\`, got \`yes\``],
  ],
  [
    'a vault by its ARN',
    rule({ target_backup_vault_name: set('arn:aws:backup:eu-west-1:111111111111:backup-vault:gold') }),
    [
      `error: \`${RULE}/target_backup_vault_name/@@assign\` must be the name of a vault: 1 to 50 letters, digits, \`-\` and \`_\`, got \`arn:aws:backup:eu-west-1:111111111111:backup-vault:gold\`; use the name alone, which is the last part of the ARN`,
    ],
  ],
  [
    'a text that is far too long',
    rule({ target_backup_vault_name: set('x'.repeat(301)) }),
    [
      `error: \`${RULE}/target_backup_vault_name/@@assign\` must be the name of a vault: 1 to 50 letters, digits, \`-\` and \`_\`, got 301 characters`,
    ],
  ],
  [
    'a role of one account',
    tagSelection({ ...cost, iam_role_arn: set('arn:aws:iam::111111111111:role/service-role/Backup') }),
    [
      'error: `plans/daily/selections/tags/cost/iam_role_arn/@@assign` must be the ARN of a role with `$account` for the account, such as `arn:aws:iam::$account:role/Backup`, got `arn:aws:iam::111111111111:role/service-role/Backup`; write `arn:aws:iam::$account:role/service-role/Backup`',
    ],
  ],
  [
    'an air-gapped vault of one Region',
    rule({
      target_logically_air_gapped_backup_vault_arn: set(
        'arn:aws:backup:eu-west-1:$account:backup-vault:safe',
      ),
    }),
    [
      `error: \`${RULE}/target_logically_air_gapped_backup_vault_arn/@@assign\` must be the ARN of a vault with \`$region\` and \`$account\`, such as \`arn:aws:backup:$region:$account:backup-vault:air-gapped\`, got \`arn:aws:backup:eu-west-1:$account:backup-vault:safe\`; write \`arn:aws:backup:$region:$account:backup-vault:safe\``,
    ],
  ],
  [
    'a copy into each Region',
    copy({ target_backup_vault_arn: set(COPY) }, 'arn:aws:backup:$region:$account:backup-vault:Vault'),
    [
      `error: \`${RULE}/copy_actions/arn:aws:backup:$region:$account:backup-vault:Vault\` must be the ARN of a vault, \`arn:<partition>:backup:<region>:<account>:backup-vault:<name>\`, with a Region, and with an account ID or \`$account\`, got \`arn:aws:backup:$region:$account:backup-vault:Vault\`; write the name of the Region; to copy within each Region, use one plan per Region`,
      `warning: \`${RULE}/copy_actions/arn:aws:backup:$region:$account:backup-vault:Vault/target_backup_vault_arn\` should equal the key of its copy action, got \`${COPY}\`; use the same ARN in both places`,
    ],
  ],
  [
    'a copy without its target',
    copy({ lifecycle: lifecycle(undefined, 30) }),
    [
      `error: \`${RULE}/copy_actions/${COPY}/target_backup_vault_arn\` is missing, but a policy must set it here even if it is inherited; repeat \`target_backup_vault_arn\``,
    ],
  ],
  [
    'a single resource',
    resourceSelection({ resource_types: set(['arn:aws:dynamodb:*:*:table/orders']) }),
    [
      'error: `plans/daily/selections/resources/some/resource_types/@@assign/0` must be `*` or an ARN pattern that backup policies support, such as `arn:aws:ec2:*:*:volume/*`, got `arn:aws:dynamodb:*:*:table/orders`; select other resources by tag: a backup policy selects types, never individual resources',
    ],
  ],
  [
    'a selection of resources that says none',
    resourceSelection({ not_resource_types: set(['arn:aws:s3:::*']) }),
    [
      'error: `plans/daily/selections/resources/some` must set `resource_types` or `conditions`, even if they are inherited; repeat the inherited criteria',
    ],
  ],
  [
    'a bare tag key in a condition',
    resourceSelection({ conditions: { string_equals: { one: condition('cost') } } }),
    [
      'warning: `plans/daily/selections/resources/some/conditions/string_equals/one/condition_key/@@assign` should be `aws:ResourceTag/` followed by a tag key, the only conditions that AWS Backup documents, got `cost`; for example, write `aws:ResourceTag/backup`',
    ],
  ],
  [
    'a condition key that is too long',
    resourceSelection({
      conditions: { string_equals: { one: condition(`aws:ResourceTag/${'x'.repeat(129)}`) } },
    }),
    [
      `error: \`plans/daily/selections/resources/some/conditions/string_equals/one/condition_key/@@assign\` must be a condition key of 1 to 144 characters, got \`aws:ResourceTag/${'x'.repeat(129)}\``,
    ],
  ],
  [
    'more than 30 conditions',
    resourceSelection({ conditions: { string_equals: conditions(20), string_like: conditions(11) } }),
    [
      'error: `plans/daily/selections/resources/some/conditions` must have at most 30 conditions, got 31; create several selections',
    ],
  ],
  [
    'tags and resources in one plan',
    plan({ selections: { tags: { cost }, resources: { all: { resource_types: set(['*']) } } } }),
    [
      'warning: `plans/daily/selections` should have either `tags` or `resources`, which AWS Organizations documents as mutually exclusive, got both; write the tags as `conditions` of `resources`',
    ],
  ],
  [
    'continuous backup without retention',
    rule({ enable_continuous_backup: set(true) }),
    [
      `error: \`${RULE}/enable_continuous_backup\` must not be true without \`lifecycle/delete_after_days\` in the same document, even if that is inherited; set \`lifecycle/delete_after_days\` to at most 35 in this document too`,
    ],
  ],
  [
    'continuous backup for too long, and in cold storage',
    rule({ enable_continuous_backup: set(true), lifecycle: lifecycle(8, 100) }),
    [
      `error: \`${RULE}/lifecycle/delete_after_days\` of a continuous backup must be 1 to 35, got \`100\`; use at most 35, and add a snapshot rule for anything you keep longer`,
      `error: \`${RULE}/lifecycle/move_to_cold_storage_after_days\` can't be combined with continuous backup, which has no cold storage; omit it, and add a snapshot rule for anything you move to cold storage`,
    ],
  ],
  [
    'the archive alone',
    rule({ lifecycle: lifecycle(undefined, undefined, true) }),
    [
      `error: \`${RULE}/lifecycle/opt_in_to_archive_for_supported_resources\` must not be true without \`move_to_cold_storage_after_days\` and \`delete_after_days\` in the same document; set both next to it`,
      `error: \`${RULE}/lifecycle/opt_in_to_archive_for_supported_resources\` must not be true without the \`schedule_expression\` of the rule in the same document; set the schedule too, monthly or less often`,
    ],
  ],
  [
    'the archive for too short, and too often',
    rule({ schedule_expression: set('cron(0 5 ? * * *)'), lifecycle: lifecycle(30, 60, true) }),
    [
      `error: \`${RULE}/lifecycle/delete_after_days\` must be at least 90 more than \`move_to_cold_storage_after_days\` (30) with the archive, got \`60\`; use 120 or more`,
      `error: \`${RULE}/lifecycle/opt_in_to_archive_for_supported_resources\` requires at least 28 days between runs, got \`schedule_expression\` \`cron(0 5 ? * * *)\`; use a monthly or yearly schedule for this rule`,
    ],
  ],
  [
    'a tag whose entry is called otherwise',
    planTag({ tag_key: set('stage'), tag_value: set('prod') }),
    [
      'error: `plans/daily/backup_plan_tags/cost/tag_key` must equal the name of its entry, `cost`, in any case, got `stage`; name the entry `stage`',
    ],
  ],
])('%s is reported with its path and the fix', (_title, content, expected) => {
  expect(judge(content)).toEqual(expected);
});

test('all problems are reported at once', () => {
  const problems = judge({
    plans: { 'a b': { regions: ['x'], rules: { r: { lifecycle: lifecycle(0, 0), nothing: {} } } } },
    more: 1,
  });
  expect(problems).toHaveLength(6);
});

test('values known only at deployment are not checked', () => {
  const text = Token.asString({ Ref: 'Text' });
  const number = Token.asNumber({ Ref: 'Days' });
  const list = Token.asList({ Ref: 'List' });
  const any = Token.asAny({ Ref: 'Any' });
  const content = {
    plans: {
      daily: {
        ...{ '@@operators_allowed_for_child_policies': any },
        regions: set(list),
        rules: {
          daily: {
            schedule_expression: set(text),
            target_backup_vault_name: set(text),
            start_backup_window_minutes: set(number),
            enable_continuous_backup: any,
            lifecycle: lifecycle(number, number, true),
            copy_actions: { [COPY]: { target_backup_vault_arn: set(text) } },
            recovery_point_tags: { stage: { tag_key: set(text), tag_value: set(any) } },
          },
          continuous: { enable_continuous_backup: set(true), lifecycle: lifecycle(undefined, number) },
        },
        selections: { tags: { cost: { tag_key: set(text), tag_value: set([text]) } } },
      },
    },
  };
  expect(readPolicy(content).problems).toEqual([]);
});

test('a key known only at deployment is refused', () => {
  const key = Token.asString({ Ref: 'Name' });
  expect(judge({ plans: { [key]: {} } })).toEqual([
    `error: \`plans/${key}\` must be known at synthesis, got a token, which can't be a JSON key`,
  ]);
});

test('undefined values are not in the document', () => {
  expect(judge({ plans: { daily: { regions: undefined } }, other: undefined })).toEqual([]);
});

test('any document is checked without throwing', () => {
  const keys = fc.constantFrom(
    ...['plans', 'gold', 'rules', 'regions', 'selections', 'tags', 'resources', 'lifecycle', 'copy_actions'],
    ...[
      'conditions',
      '@@assign',
      '@@append',
      '@@remove',
      '@@operators_allowed_for_child_policies',
      '__proto__',
    ],
  );
  const { node } = fc.letrec((tie) => ({
    node: fc.oneof({ maxDepth: 6 }, anything, fc.dictionary(keys, tie('node'))),
  }));
  fc.assert(
    fc.property(
      fc.oneof(
        node,
        node.map((plans) => ({ plans })),
      ),
      (content) => {
        for (const { message, severity } of new PolicyLibrary().problems(content)) {
          expect(message).not.toContain('[object');
          expect(['error', 'warning']).toContain(severity);
        }
      },
    ),
    { numRuns: 2000 },
  );
});

test('a document that contains itself is refused', () => {
  const plans: Record<string, unknown> = {};
  plans.daily = plans;
  expect(judge({ plans })).toEqual([
    expect.stringContaining('error: `plans/daily/daily` is not an allowed key of a backup policy here'),
    'error: the document must be an object that can be written as JSON',
  ]);
});

test('a policy is read once, however often it is attached', () => {
  const library = new PolicyLibrary();
  const content = plan({});
  expect(library.read(content)).toBe(library.read(content));
});

test('what can not be read is an empty document', () => {
  for (const content of [undefined, null, 5, [], 'plans', '{', '[]'])
    expect(new PolicyLibrary().read(content).fragment).toEqual({ name: '' });
  expect(readPolicy(undefined).fragment).toEqual({ name: '' });
});

test('what is read keeps the spelling of keys, and is found by their lowercase form', () => {
  const regions = {
    '@@Assign': ['us-east-1'],
    '@@append': ['eu-west-1'],
    '@@remove': [1, {}],
    ...control('@@append'),
  };
  const { fragment } = readPolicy({
    Plans: { Gold: { Regions: regions, SCAN_SETTINGS: { guardDuty: {} } } },
  });
  const scans = { name: 'scan_settings', children: new Map([['guardduty', { name: 'GUARDDUTY' }]]) };
  const gold = {
    name: 'Gold',
    children: new Map<string, unknown>([
      [
        'regions',
        { name: 'regions', assign: ['us-east-1'], append: ['eu-west-1'], remove: ['1'], allowed: 2 },
      ],
      ['scan_settings', scans],
    ]),
  };
  expect(fragment).toEqual({
    name: '',
    children: new Map([['plans', { name: 'plans', children: new Map([['gold', gold]]) }]]),
  });
});

const MONTHLY = 'cron(0 5 1 * ? *)';
const ARCHIVE = 'lifecycle/opt_in_to_archive_for_supported_resources';
const FAR = COPY.replace('Vault', 'Far');

describe('settings that depend on each other', () => {
  const inRule = (inside: object) => judge(rule(inside)).map((line) => line.replaceAll(RULE, 'R'));
  const continuous = (days?: unknown, cold?: unknown, on: unknown = true) =>
    inRule({ enable_continuous_backup: set(on), lifecycle: lifecycle(cold, days) });
  const archive = (
    cold: unknown,
    days: unknown,
    schedule: string | undefined = MONTHLY,
    on: unknown = true,
  ) =>
    inRule({
      ...(schedule !== '' && { schedule_expression: set(schedule) }),
      lifecycle: lifecycle(cold, days, on),
    });

  test('continuous backups are kept at most 35 days, and never cold', () => {
    const tooLong = (days: number) => [
      `error: \`R/lifecycle/delete_after_days\` of a continuous backup must be 1 to 35, got \`${days}\`; use at most 35, and add a snapshot rule for anything you keep longer`,
    ];
    expect([continuous(35), continuous(1), continuous(36, undefined, false)]).toEqual([[], [], []]);
    expect(continuous(36)).toEqual(tooLong(36));
    expect(continuous(36, 1)).toEqual([
      ...tooLong(36),
      "error: `R/lifecycle/move_to_cold_storage_after_days` can't be combined with continuous backup, which has no cold storage; omit it, and add a snapshot rule for anything you move to cold storage",
    ]);
    expect(continuous()).toEqual([
      'error: `R/enable_continuous_backup` must not be true without `lifecycle/delete_after_days` in the same document, even if that is inherited; set `lifecycle/delete_after_days` to at most 35 in this document too',
    ]);
    expect(inRule({ enable_continuous_backup: set(true) })).toHaveLength(1);
  });

  test('the archive needs 90 days, both numbers, and a schedule that is monthly', () => {
    const both = `error: \`R/${ARCHIVE}\` must not be true without \`move_to_cold_storage_after_days\` and \`delete_after_days\` in the same document; set both next to it`;
    expect(
      [archive(10, 100), archive(10, 20, MONTHLY, false), archive(10, 101, '0')].map((all) => all.length),
    ).toEqual([0, 0, 2]);
    expect(archive(10, 99)).toEqual([
      'error: `R/lifecycle/delete_after_days` must be at least 90 more than `move_to_cold_storage_after_days` (10) with the archive, got `99`; use 100 or more',
    ]);
    expect(archive(undefined, 100)).toEqual([both]);
    expect(archive(10, undefined)).toEqual([both]);
    expect(archive(10, 100, '')).toEqual([
      `error: \`R/${ARCHIVE}\` must not be true without the \`schedule_expression\` of the rule in the same document; set the schedule too, monthly or less often`,
    ]);
    const undecided = archive(10, 100, 'cron(0 5 L-3 * ? *)');
    expect(undecided).toEqual([
      expect.stringMatching(/^warning: `R\/schedule_expression\/@@assign` should use the syntax/),
    ]);
  });

  test('the archive of a copy has the schedule of its rule', () => {
    const copied = (schedule: string) =>
      inRule({
        schedule_expression: set(schedule),
        copy_actions: { [COPY]: { target_backup_vault_arn: set(COPY), lifecycle: lifecycle(10, 100, true) } },
      });
    expect(copied(MONTHLY)).toEqual([]);
    expect(copied('cron(0 5 ? * * *)')).toEqual([
      `error: \`R/copy_actions/${COPY}/${ARCHIVE}\` requires at least 28 days between runs, got \`schedule_expression\` \`cron(0 5 ? * * *)\`; use a monthly or yearly schedule for this rule`,
    ]);
  });

  test('the target of a copy is its key', () => {
    expect(judge(copy({ target_backup_vault_arn: set(FAR) }))).toEqual([
      `warning: \`${RULE}/copy_actions/${COPY}/target_backup_vault_arn\` should equal the key of its copy action, got \`${FAR}\`; use the same ARN in both places`,
    ]);
    expect(judge(copy({ target_backup_vault_arn: set(COPY) }))).toEqual([]);
  });

  test('the key of a tag is the name of its entry, in any case', () => {
    const tag = (key: string) => ({ Cost: { tag_key: set(key), tag_value: set('x') } });
    expect(judge(plan({ backup_plan_tags: tag('COST') }))).toEqual([]);
    expect(inRule({ recovery_point_tags: tag('cost') })).toEqual([]);
    expect(inRule({ recovery_point_tags: tag('costs') })).toEqual([
      'error: `R/recovery_point_tags/Cost/tag_key` must equal the name of its entry, `Cost`, in any case, got `costs`; name the entry `costs`',
    ]);
  });

  test('a selection has criteria, and at most 30 conditions', () => {
    const role = { iam_role_arn: set('arn:aws:iam::$account:role/Backup') };
    const some = `plans/daily/selections/resources/some`;
    const count = (n: number, more: object = {}) =>
      judge(resourceSelection({ ...role, conditions: { string_equals: conditions(n), ...more } }));
    const bare = [
      `error: \`${some}\` must set \`resource_types\` or \`conditions\`, even if they are inherited; repeat the inherited criteria`,
    ];
    expect(judge(resourceSelection(role))).toEqual(bare);
    expect(judge(resourceSelection({ ...role, not_resource_types: set(['arn:aws:s3:::*']) }))).toEqual(bare);
    expect(judge(resourceSelection({ ...role, resource_types: set(['*']) }))).toEqual([]);
    expect([count(1), count(30)]).toEqual([[], []]);
    const many = [
      `error: \`${some}/conditions\` must have at most 30 conditions, got 31; create several selections`,
    ];
    expect(count(31)).toEqual(many);
    expect(count(30, { string_like: conditions(1) })).toEqual(many);
    expect(judge(tagSelection({ ...role, ...cost, conditions: { string_like: conditions(31) } }))).toEqual([
      'error: `plans/daily/selections/tags/cost/conditions` must have at most 30 conditions, got 31; create several selections',
    ]);
  });

  test('a plan selects by tags or by resources', () => {
    const role = { iam_role_arn: set('arn:aws:iam::$account:role/Backup') };
    const tags = { cost: { ...role, ...cost } };
    const resources = { some: { ...role, resource_types: set(['*']) } };
    expect(judge(plan({ selections: { tags, resources: {} } }))).toEqual([]);
    expect(judge(plan({ selections: { tags: {}, resources } }))).toEqual([]);
    expect(judge(plan({ selections: { tags, resources } }))).toEqual([
      'warning: `plans/daily/selections` should have either `tags` or `resources`, which AWS Organizations documents as mutually exclusive, got both; write the tags as `conditions` of `resources`',
    ]);
  });
});
