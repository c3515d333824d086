import { Token } from 'aws-cdk-lib';
import { PolicyLibrary } from '../../../src/policy/admission/policy-library';
import { evaluateOrganization } from '../../../src/policy/effective/effective-policy';
import type { OrganizationUnit } from '../../../src/policy/effective/organization';
import { sentence } from '../../../src/values/core/problem';
import { COPY, complete, control, lifecycle, plan, ROLE, resourceSelection, rule, set } from '../documents';

const ACCOUNT = '222222222222';
const attached = (content: unknown, index: number) => ({ name: `P${index}`, content });

/** One account under the root, with a policy at each level. */
function account(parent: unknown, child?: unknown, policies?: PolicyLibrary) {
  const root: OrganizationUnit = {
    id: 'r-root',
    policies: [attached(parent, 1)],
    accounts: [{ id: ACCOUNT, policies: child === undefined ? [] : [attached(child, 2)] }],
  };
  const [only] = evaluateOrganization({ root }, { policies }).accounts;
  return only;
}

const daily = (inside: object) => complete({ daily: { target_backup_vault_name: set('vault'), ...inside } });
const MONTHLY = set('cron(0 5 1 * ? *)');
const DAILY = set('cron(0 5 ? * * *)');
const toArchive = { lifecycle: lifecycle(30, 120, true) };
const archiveCopy = {
  schedule_expression: MONTHLY,
  copy_actions: { [COPY]: { target_backup_vault_arn: set(COPY), ...toArchive } },
};
const retainCopy = (days: number) => ({
  copy_actions: {
    [COPY]: { target_backup_vault_arn: set(COPY), lifecycle: lifecycle(undefined, days) },
  },
});
const dependent = (fields: string, policies: readonly string[]) => ({
  code: 'CROSS_ATTRIBUTE_VALIDATION',
  message: `Dependent fields ${fields} in policy block daily are invalid when used together`,
  path: 'plans/daily/rules/daily',
  policies,
});

describe('effective policies that AWS Organizations was observed to publish', () => {
  test.each<[string, ...[unknown, unknown?]]>([
    ['a rule without a schedule', complete()],
    ['nothing changed further down', complete(), plan({})],
    [
      'a selection of conditions alone',
      plan({
        ...complete().plans.daily,
        selections: {
          resources: {
            all: {
              iam_role_arn: set(ROLE),
              conditions: {
                string_equals: {
                  tag: { condition_key: set('aws:ResourceTag/cost'), condition_value: set('one') },
                },
              },
            },
          },
        },
      }),
    ],
    [
      'a scanner without types',
      plan({ ...complete().plans.daily, scan_settings: { GUARDDUTY: { scanner_role_arn: set(ROLE) } } }),
    ],
    [
      'a scanner without a rule that scans',
      plan({
        ...complete().plans.daily,
        scan_settings: { GUARDDUTY: { scanner_role_arn: set(ROLE), resource_types: set(['EBS']) } },
      }),
    ],
    [
      'continuous backup',
      daily({ enable_continuous_backup: set(true), lifecycle: lifecycle(undefined, 35) }),
    ],
    [
      'continuous backup and cold storage from different policies',
      daily({ enable_continuous_backup: set(true), lifecycle: lifecycle(undefined, 35) }),
      rule({ lifecycle: lifecycle(1) }),
    ],
    ['the archive', daily({ schedule_expression: MONTHLY, ...toArchive })],
    ['a copy to the archive', daily(archiveCopy)],
    [
      'a copy to the archive that becomes yearly',
      daily(archiveCopy),
      rule({ schedule_expression: set('cron(0 5 1 JAN ? *)') }),
    ],
    [
      'an index of nothing',
      daily({ index_actions: { resource_types: set(['EBS']) } }),
      rule({ index_actions: { resource_types: { '@@remove': ['EBS'] } } }),
    ],
    ['cold storage for less than 90 days', daily({ lifecycle: lifecycle(30, 60) })],
  ])('%s', (_title, ...[parent, child]) => {
    const effect = account(parent, child);
    expect(effect.errors).toEqual([]);
    expect(effect.inForce).toEqual(effect.policy);
  });
});

describe('effective policies that AWS Organizations was observed to withhold', () => {
  test.each<[string, unknown, unknown, unknown[]]>([
    [
      'no Regions',
      plan({ ...complete().plans.daily, regions: set([]) }),
      undefined,
      [
        {
          code: 'ELEMENTS_TOO_FEW',
          message: "'regions' is less than the allowed minimum limit 1",
          path: 'plans/daily/regions',
          policies: ['P1'],
        },
      ],
    ],
    [
      'a value that is removed and was never there',
      plan({
        ...complete().plans.daily,
        selections: {
          tags: {
            Cost: {
              iam_role_arn: set(ROLE),
              tag_key: set('cost'),
              tag_value: { '@@remove': ['one'] },
            },
          },
        },
      }),
      undefined,
      [
        {
          code: 'KEY_REQUIRED',
          message: "'tag_value' is missing",
          path: 'plans/daily/selections/tags/cost',
          policies: ['P1'],
        },
      ],
    ],
    [
      'continuous backup that is kept for longer further down',
      daily({ enable_continuous_backup: set(true), lifecycle: lifecycle(undefined, 35) }),
      rule({ lifecycle: lifecycle(undefined, 45) }),
      [dependent('enable_continuous_backup=true,delete_after_days=45', ['P1', 'P2'])],
    ],
    [
      'the archive that becomes daily',
      daily({ schedule_expression: MONTHLY, ...toArchive }),
      rule({ schedule_expression: DAILY }),
      [
        dependent('opt_in_to_archive_for_supported_resources=true,schedule_expression=cron(0 5 ? * * *)', [
          'P1',
          'P2',
        ]),
      ],
    ],
    [
      'the archive that ends sooner',
      daily({ schedule_expression: MONTHLY, ...toArchive }),
      rule({ lifecycle: lifecycle(undefined, 60) }),
      [
        dependent(
          'opt_in_to_archive_for_supported_resources=true,delete_after_days=60,move_to_cold_storage_after_days=30',
          ['P1', 'P2'],
        ),
      ],
    ],
    [
      'the archive that begins later',
      daily({ schedule_expression: MONTHLY, ...toArchive }),
      rule({ lifecycle: lifecycle(90) }),
      [
        dependent(
          'opt_in_to_archive_for_supported_resources=true,delete_after_days=120,move_to_cold_storage_after_days=90',
          ['P1', 'P2'],
        ),
      ],
    ],
    [
      'a copy to the archive that becomes daily and ends sooner',
      daily(archiveCopy),
      rule({ schedule_expression: DAILY, ...retainCopy(60) }),
      [
        dependent('opt_in_to_archive_for_supported_resources=true,schedule_expression=cron(0 5 ? * * *)', [
          'P1',
          'P2',
        ]),
        dependent(
          'opt_in_to_archive_for_supported_resources=true,delete_after_days=60,move_to_cold_storage_after_days=30',
          ['P1', 'P2'],
        ),
      ],
    ],
    [
      'two copies to the archive that become daily, told once',
      daily({
        schedule_expression: MONTHLY,
        copy_actions: Object.fromEntries(
          [COPY, `${COPY}2`].map((arn) => [arn, { target_backup_vault_arn: set(arn), ...toArchive }]),
        ),
      }),
      rule({ schedule_expression: DAILY }),
      [
        dependent('opt_in_to_archive_for_supported_resources=true,schedule_expression=cron(0 5 ? * * *)', [
          'P1',
          'P2',
        ]),
      ],
    ],
    [
      'continuous backup without retention',
      daily({}),
      { plans: { daily: { rules: { daily: { enable_continuous_backup: set(true) } } } } },
      [dependent('enable_continuous_backup=true,delete_after_days=undefined', ['P2'])],
    ],
    [
      'the archive without anything that it needs',
      daily({}),
      rule({ lifecycle: lifecycle(undefined, undefined, true) }),
      [
        dependent('opt_in_to_archive_for_supported_resources=true,schedule_expression=undefined', ['P2']),
        dependent(
          'opt_in_to_archive_for_supported_resources=true,delete_after_days=undefined,move_to_cold_storage_after_days=undefined',
          ['P2'],
        ),
      ],
    ],
    [
      'a scan without a scanner',
      daily({ scan_actions: { GUARDDUTY: { scan_mode: set('FULL_SCAN') } } }),
      undefined,
      [dependent('scan_actions(undefined),scan_settings(undefined)', ['P1'])],
    ],
    [
      'a plan without anything that it needs',
      plan({ backup_plan_tags: { cost: { tag_key: set('cost'), tag_value: set('one') } } }),
      undefined,
      ['rules', 'regions', 'selections'].map((key) => ({
        code: 'KEY_REQUIRED',
        message: `'${key}' is missing`,
        path: 'plans/daily',
        policies: ['P1'],
      })),
    ],
    [
      'a rule without a vault, and a selection without a role',
      plan({
        regions: set(['us-east-1']),
        rules: { Daily: { schedule_expression: DAILY } },
        selections: { tags: { cost: { tag_key: set('cost'), tag_value: set(['one']) } } },
      }),
      undefined,
      [
        {
          code: 'KEY_REQUIRED',
          message: "'target_backup_vault_name' is missing",
          path: 'plans/daily/rules/daily',
          policies: ['P1'],
        },
        {
          code: 'KEY_REQUIRED',
          message: "'iam_role_arn' is missing",
          path: 'plans/daily/selections/tags/cost',
          policies: ['P1'],
        },
      ],
    ],
    [
      'a selection of resources of which all types are removed',
      plan({
        ...complete().plans.daily,
        ...resourceSelection({ iam_role_arn: set(ROLE), resource_types: set(['*']) }).plans.daily,
      }),
      resourceSelection({ resource_types: { '@@remove': ['*'] } }),
      [
        {
          code: 'ELEMENTS_TOO_FEW',
          message: "'resource_types' is less than the allowed minimum limit 1",
          path: 'plans/daily/selections/resources/some/resource_types',
          policies: ['P1', 'P2'],
        },
      ],
    ],
    [
      'a selection of resources that says none',
      plan({
        ...complete().plans.daily,
        ...resourceSelection({ iam_role_arn: set(ROLE), resource_types: { '@@remove': ['*'] } }).plans.daily,
      }),
      undefined,
      [
        {
          code: 'KEY_REQUIRED',
          message: "'resource_types' is missing",
          path: 'plans/daily/selections/resources/some',
          policies: ['P1'],
        },
      ],
    ],
    [
      'eleven rules of two policies',
      complete(
        Object.fromEntries(
          Array.from({ length: 6 }, (_, i) => [`a${i}`, { target_backup_vault_name: set('vault') }]),
        ),
      ),
      plan({
        rules: Object.fromEntries(
          Array.from({ length: 5 }, (_, i) => [`b${i}`, { target_backup_vault_name: set('vault') }]),
        ),
      }),
      [
        {
          code: 'ELEMENTS_TOO_MANY',
          message: "'rules' exceeds the allowed maximum limit 10",
          path: 'plans/daily/rules',
          policies: ['P1', 'P2'],
        },
      ],
    ],
  ])('%s', (_title, parent, child, expected) => {
    expect(account(parent, child).errors).toEqual(expected);
  });
});

test('values known only at deployment are not checked', () => {
  const open = Token.asString({ known: 'at deployment' });
  const archive = 'opt_in_to_archive_for_supported_resources';
  for (const inside of [
    {
      schedule_expression: DAILY,
      enable_continuous_backup: set(true),
      lifecycle: { delete_after_days: set(open) },
    },
    { schedule_expression: set(open), ...toArchive },
    {
      schedule_expression: MONTHLY,
      lifecycle: {
        move_to_cold_storage_after_days: set(open),
        delete_after_days: set(open),
        [archive]: set(true),
      },
    },
    {
      schedule_expression: DAILY,
      start_backup_window_minutes: set(open),
      lifecycle: { move_to_cold_storage_after_days: set(30), delete_after_days: set(open) },
    },
  ]) {
    const { errors, problems } = account(daily(inside));
    expect([errors, problems]).toEqual([[], []]);
  }
});

test('the schedule of the archive is evaluated at the given instant', () => {
  const parent = daily({ schedule_expression: MONTHLY, ...toArchive });
  const child = rule({ schedule_expression: set('cron(0 5 1,29 JAN,FEB ? *)') });
  expect(account(parent, child, new PolicyLibrary(new Date('2026-09-13T07:00:00Z'))).errors).toEqual([]);
  expect(account(parent, child, new PolicyLibrary(new Date('2027-01-15T07:00:00Z'))).errors).toHaveLength(1);
  expect(account(parent, child).errors).toHaveLength(1);
});

describe('if policies do not merge into a valid one', () => {
  const good = complete();
  const bad = plan({ regions: { '@@remove': ['us-east-1'] } });
  const organization = (content: unknown) => ({
    root: {
      id: 'r-root',
      policies: [attached(good, 1)],
      accounts: [{ id: ACCOUNT, policies: [attached(content, 2)] }],
    },
  });

  test('the last valid one stays in force, for all plans', () => {
    const before = evaluateOrganization(organization(plan({})));
    const now = evaluateOrganization(organization(bad), { before });
    expect(now.accounts[0].errors.map(({ code }) => code)).toEqual(['ELEMENTS_TOO_FEW']);
    expect(now.accounts[0].policy).toMatchObject({ plans: { daily: { regions: [] } } });
    expect(now.accounts[0].inForce).toEqual(before.accounts[0].policy);

    const later = evaluateOrganization(organization({ plans: { ...bad.plans, more: {} } }), { before: now });
    expect(later.accounts[0].inForce).toEqual(before.accounts[0].policy);
    const repaired = evaluateOrganization(organization(plan({ regions: set(['eu-west-1']) })), {
      before: later,
    });
    expect(repaired.accounts[0].inForce).toMatchObject({ plans: { daily: { regions: ['eu-west-1'] } } });
  });

  test('the policy in force is unknown if the previous state is unknown', () => {
    expect(evaluateOrganization(organization(bad)).accounts[0].inForce).toBeUndefined();
  });
});

describe('an organization', () => {
  const region = (name: string) => plan({ regions: { '@@append': [name] } });
  const policy = (name: string, content: unknown) => ({ name, content });
  const organization = {
    root: {
      id: 'r-root',
      policies: [policy('base', complete())],
      accounts: [{ id: '000000000001' }],
      children: [
        {
          id: 'ou-a',
          policies: [policy('europe', region('eu-west-1')), policy('more', region('eu-west-2'))],
          accounts: [{ id: '000000000002', policies: [policy('own', region('eu-west-3'))] }],
          children: [{ id: 'ou-b', accounts: [{ id: '000000000003' }] }],
        },
        { id: 'ou-c', accounts: [{ id: '000000000004' }] },
      ],
    },
  };
  const { accounts, findings } = evaluateOrganization(organization);

  test('merges the policies on the path from the root to each account', () => {
    expect(
      accounts.map(({ id, path, policy: { plans } }) => [
        id,
        path.join(' '),
        (plans as { daily: { regions: string[] } }).daily.regions.join(' '),
      ]),
    ).toEqual([
      ['000000000001', 'r-root 000000000001', 'us-east-1'],
      ['000000000002', 'r-root ou-a 000000000002', 'us-east-1 eu-west-1 eu-west-2 eu-west-3'],
      ['000000000003', 'r-root ou-a ou-b 000000000003', 'us-east-1 eu-west-1 eu-west-2'],
      ['000000000004', 'r-root ou-c 000000000004', 'us-east-1'],
    ]);
    expect(findings).toEqual([]);
  });

  test('reports which policies contributed to each value', () => {
    expect(accounts[1].settings).toEqual([
      {
        path: 'plans/daily/regions',
        value: ['us-east-1', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
        policies: ['base', 'europe', 'more', 'own'],
      },
      { path: 'plans/daily/rules/daily/target_backup_vault_name', value: 'vault', policies: ['base'] },
      { path: 'plans/daily/selections/tags/cost/iam_role_arn', value: ROLE, policies: ['base'] },
      { path: 'plans/daily/selections/tags/cost/tag_key', value: 'cost', policies: ['base'] },
      { path: 'plans/daily/selections/tags/cost/tag_value', value: ['one'], policies: ['base'] },
    ]);
  });

  test('gives accounts with the same policies the same document', () => {
    expect(accounts[0].policy).toBe(accounts[3].policy);
    expect(accounts[0].policy.plans?.daily).not.toBe(accounts[1].policy.plans?.daily);
    const rules = ({ policy }: (typeof accounts)[0]) =>
      (policy as { plans: { daily: { rules: unknown } } }).plans.daily.rules;
    expect(rules(accounts[0])).toBe(rules(accounts[1]));
  });

  test('without policies leaves every account without a policy', () => {
    const [only] = evaluateOrganization({ root: { id: 'r', accounts: [{ id: ACCOUNT }] } }).accounts;
    expect(only.policy).toEqual({});
    expect(only.errors).toEqual([]);
    expect(only.problems).toEqual([]);
    expect(only.settings).toEqual([]);
    expect(only.regions).toEqual([]);
    expect(evaluateOrganization({ root: { id: 'r' } }).accounts).toEqual([]);
  });
});

describe('findings', () => {
  const findingsOf = (root: OrganizationUnit) =>
    evaluateOrganization({ root }).findings.map(({ problem, entity, policies }) => [
      problem.id,
      problem.severity,
      entity,
      policies,
      sentence(problem),
    ]);

  test('two policies of one entity that assign the same setting: the first attached one wins', () => {
    const [one, two] = [
      rule({ lifecycle: lifecycle(undefined, 30) }),
      rule({ lifecycle: lifecycle(undefined, 60) }),
    ];
    expect(findingsOf({ id: 'r-root', policies: [attached(one, 1), attached(two, 2)] })).toEqual([
      [
        'Backup-PolicyPeerConflict',
        'error',
        'r-root',
        ['P1', 'P2'],
        '`plans/daily/rules/daily/lifecycle/delete_after_days` is assigned by `P1` and `P2`, all attached to `r-root`: `P1` wins while it is the first one attached; assign it in one of them',
      ],
    ]);
  });

  test('two policies of one entity that assign the same value', () => {
    const policies = [1, 2, 3].map((index) => attached(plan({ regions: set(['us-east-1']) }), index));
    expect(findingsOf({ id: 'r-root', accounts: [{ id: ACCOUNT, policies }] })).toEqual([
      [
        'Backup-PolicyPeerDuplicate',
        'warning',
        ACCOUNT,
        ['P1', 'P2', 'P3'],
        `\`plans/daily/regions\` is assigned by \`P1\`, \`P2\` and \`P3\`, all attached to \`${ACCOUNT}\`: they set the same value now; assign it in one of them`,
      ],
    ]);
  });

  test('what a policy above does not allow', () => {
    const above = {
      plans: { ...control('@@none'), daily: { regions: { ...set(['us-east-1']), ...control('@@append') } } },
    };
    const below = {
      plans: { daily: { regions: set(['eu-west-1']) }, weekly: { regions: set(['eu-west-1']) } },
    };
    const root = {
      id: 'r-root',
      policies: [attached(above, 1)],
      children: [{ id: 'ou-a', policies: [attached(below, 2)] }],
    };
    expect(findingsOf(root)).toEqual([
      [
        'Backup-PolicyOverrideIgnored',
        'warning',
        'ou-a',
        ['P2'],
        "`plans/daily/regions` in `P2` of `ou-a` is ignored, because a policy above doesn't allow `@@assign` there; omit it, or allow it above",
      ],
      [
        'Backup-PolicyOverrideIgnored',
        'warning',
        'ou-a',
        ['P2'],
        "`plans/weekly` in `P2` of `ou-a` is ignored, because a policy above doesn't allow a new key there; omit it, or allow it above",
      ],
    ]);
  });
});

describe('the plans that AWS Backup creates from an effective policy', () => {
  test('is a plan in each Region, with the account and the Region filled in where ARNs are', () => {
    const content = plan({
      regions: set(['us-east-1', 'eu-west-1']),
      rules: {
        daily: {
          target_backup_vault_name: set('vault'),
          target_logically_air_gapped_backup_vault_arn: set(
            'arn:aws:backup:$region:$account:backup-vault:safe',
          ),
          copy_actions: { [COPY]: { target_backup_vault_arn: set(COPY) } },
          recovery_point_tags: { owner: { tag_key: set('owner'), tag_value: set('$account') } },
        },
      },
      selections: {
        tags: { cost: { iam_role_arn: set(ROLE), tag_key: set('cost'), tag_value: set(['$region']) } },
      },
    });
    const more = { plans: { weekly: { ...complete().plans.daily } } };
    const inRegion = (region: string) => ({
      rules: {
        daily: {
          target_backup_vault_name: 'vault',
          target_logically_air_gapped_backup_vault_arn: `arn:aws:backup:${region}:222222222222:backup-vault:safe`,
          copy_actions: {
            'arn:aws:backup:us-east-1:222222222222:backup-vault:vault': {
              target_backup_vault_arn: 'arn:aws:backup:us-east-1:222222222222:backup-vault:Vault',
            },
          },
          recovery_point_tags: { owner: { tag_key: 'owner', tag_value: '$account' } },
        },
      },
      selections: {
        tags: {
          cost: {
            iam_role_arn: 'arn:aws:iam::222222222222:role/Backup',
            tag_key: 'cost',
            tag_value: ['$region'],
          },
        },
      },
    });
    expect(account(content, more).regions).toEqual([
      { region: 'eu-west-1', plans: { daily: inRegion('eu-west-1') } },
      {
        region: 'us-east-1',
        plans: {
          daily: inRegion('us-east-1'),
          weekly: {
            rules: { daily: { target_backup_vault_name: 'vault' } },
            selections: {
              tags: {
                cost: {
                  iam_role_arn: 'arn:aws:iam::222222222222:role/Backup',
                  tag_key: 'cost',
                  tag_value: ['one'],
                },
              },
            },
          },
        },
      },
    ]);
  });

  test.each<[string, object, string[]]>([
    ['nothing to say', { schedule_expression: DAILY }, []],
    [
      'no schedule',
      {},
      [
        'warning: `plans/daily/rules/daily/schedule_expression` should be set: AWS documents it as required, although AWS Organizations accepts a rule without it; set when the rule runs',
      ],
    ],
    [
      'a schedule that AWS Backup does not document',
      { schedule_expression: set('cron(0 5 L-3 * ? *)') },
      [
        'warning: `plans/daily/rules/daily/schedule_expression` should use the syntax that AWS Backup documents, got `cron(0 5 L-3 * ? *)`, which AWS Organizations accepts and AWS Backup does not document; name the day (`28`), or use `L`, `LW` or a day with `W` (`15W`)',
      ],
    ],
    [
      'cold storage for less than 90 days, in the vault and in a copy',
      {
        schedule_expression: DAILY,
        lifecycle: lifecycle(30, 60),
        copy_actions: { [COPY]: { target_backup_vault_arn: set(COPY), lifecycle: lifecycle(30, 61) } },
      },
      [
        'error: `plans/daily/rules/daily/lifecycle/delete_after_days` must be at least 90 days after `plans/daily/rules/daily/lifecycle/move_to_cold_storage_after_days` (30 days), got 60 days; use 120 days or more, or omit `plans/daily/rules/daily/lifecycle/move_to_cold_storage_after_days`',
        `error: \`plans/daily/rules/daily/copy_actions/${COPY.toLowerCase()}/lifecycle/delete_after_days\` must be at least 90 days after \`plans/daily/rules/daily/copy_actions/${COPY.toLowerCase()}/lifecycle/move_to_cold_storage_after_days\` (30 days), got 61 days; use 120 days or more, or omit \`plans/daily/rules/daily/copy_actions/${COPY.toLowerCase()}/lifecycle/move_to_cold_storage_after_days\``,
      ],
    ],
    [
      'windows that are too close',
      {
        schedule_expression: DAILY,
        start_backup_window_minutes: set(60),
        complete_backup_window_minutes: set(60),
      },
      [
        'error: `plans/daily/rules/daily/complete_backup_window_minutes` must be at least 60 minutes longer than `plans/daily/rules/daily/start_backup_window_minutes` (60 minutes), got 60 minutes; use 120 minutes or more',
      ],
    ],
    [
      'the archive, which AWS Organizations looks at itself',
      { schedule_expression: MONTHLY, lifecycle: lifecycle(8, 120, true) },
      [],
    ],
    [
      'more copies and tags than the quotas',
      {
        schedule_expression: DAILY,
        copy_actions: Object.fromEntries(
          Array.from({ length: 6 }, (_, i) => [
            `${COPY}${i}`,
            { target_backup_vault_arn: set(`${COPY}${i}`) },
          ]),
        ),
        recovery_point_tags: Object.fromEntries(
          Array.from({ length: 11 }, (_, i) => [`t${i}`, { tag_key: set(`t${i}`), tag_value: set('') }]),
        ),
      },
      [
        "warning: `plans/daily/rules/daily/copy_actions` should be at most 5 copies, got 6, which exceeds AWS Backup's quota for a rule; split the rule",
        "warning: `plans/daily/rules/daily/recovery_point_tags` should be at most 10 tags, got 11, which exceeds AWS Backup's quota for a rule; remove some",
      ],
    ],
  ])('is reported although AWS Organizations accepts it: %s', (_title, inside, expected) => {
    const { problems } = account(daily(inside));
    expect(problems.map((problem) => `${problem.severity}: ${sentence(problem)}`)).toEqual(expected);
  });

  test.each<[string, readonly string[], object, object, string[]]>([
    ['a plan for the partition of its ARNs', ['us-east-1'], {}, {}, []],
    [
      'a role in another partition',
      ['us-gov-west-1'],
      {},
      {},
      [
        '`plans/daily/selections/tags/cost/iam_role_arn` should be in the partition `aws-us-gov`, to which us-gov-west-1 belongs, got `arn:aws:iam::$account:role/Backup`; write `arn:aws-us-gov:iam::$account:role/Backup`',
      ],
    ],
    [
      'a copy into another partition',
      ['us-gov-west-1'],
      { copy_actions: { [COPY]: { target_backup_vault_arn: set(COPY) } } },
      { tags: { cost: { iam_role_arn: set(ROLE.replace('aws', 'aws-us-gov')) } } },
      [
        `\`plans/daily/rules/daily/copy_actions/${COPY.toLowerCase()}/target_backup_vault_arn\` should be in the partition \`aws-us-gov\`, to which us-gov-west-1 belongs, got \`${COPY}\`; copy into a Region of the partition \`aws-us-gov\`, since AWS Backup copies nothing across partitions`,
      ],
    ],
    [
      'Regions of two partitions',
      ['us-east-1', 'us-gov-west-1'],
      {},
      {},
      [
        '`plans/daily/selections/tags/cost/iam_role_arn` should be in the partition `aws-us-gov`, to which us-gov-west-1 belongs, got `arn:aws:iam::$account:role/Backup`; write one plan for each partition',
      ],
    ],
    [
      'resources of another partition, but not values of tags',
      ['us-east-1'],
      {},
      {
        tags: { cost: { tag_value: set(['arn:aws-cn:iam::111122223333:role/Owner']) } },
        resources: {
          some: {
            iam_role_arn: set(ROLE),
            resource_types: set(['*', 'arn:aws-cn:ec2:*:*:volume/*']),
            not_resource_types: set(['arn:aws-us-gov:s3:::logs']),
            conditions: {
              string_equals: {
                owner: {
                  condition_key: set('aws:ResourceTag/owner'),
                  condition_value: set('arn:aws-cn:iam::111122223333:role/Owner'),
                },
              },
            },
          },
        },
      },
      [
        '`plans/daily/selections/resources/some/resource_types` should be in the partition `aws`, to which us-east-1 belongs, got `arn:aws-cn:ec2:*:*:volume/*`; write `arn:aws:ec2:*:*:volume/*`',
        '`plans/daily/selections/resources/some/not_resource_types` should be in the partition `aws`, to which us-east-1 belongs, got `arn:aws-us-gov:s3:::logs`; write `arn:aws:s3:::logs`',
      ],
    ],
    [
      'a tag key as conditions spell it',
      ['us-east-1'],
      {},
      { tags: { cost: { tag_key: set('aws:ResourceTag/cost') } } },
      [
        '`plans/daily/selections/tags/cost/tag_key` should be a bare tag key, got `aws:ResourceTag/cost`, which no resource has; write `cost`',
      ],
    ],
    [
      'the default role without its path',
      ['us-east-1'],
      {},
      { tags: { cost: { iam_role_arn: set('arn:aws:iam::$account:role/AWSBackupDefaultServiceRole') } } },
      [
        '`plans/daily/selections/tags/cost/iam_role_arn` is `arn:aws:iam::$account:role/AWSBackupDefaultServiceRole`, but the default role of AWS Backup has the path `service-role/`; write `arn:aws:iam::$account:role/service-role/AWSBackupDefaultServiceRole`',
      ],
    ],
  ])('is reported although no plan works with it: %s', (_title, regions, inside, selections, expected) => {
    const parent = daily({ schedule_expression: DAILY, ...inside });
    const { problems } = account(parent, plan({ regions: set(regions), selections }));
    expect(problems.map((problem) => sentence(problem))).toEqual(expected);
  });

  test('continuous backup with cold storage from another policy, and an empty index', () => {
    const parent = daily({
      schedule_expression: DAILY,
      enable_continuous_backup: set(true),
      lifecycle: lifecycle(undefined, 35),
      index_actions: { resource_types: set(['EBS']) },
    });
    const child = rule({
      lifecycle: lifecycle(8),
      index_actions: { resource_types: { '@@remove': ['EBS'] } },
    });
    const effect = account(parent, child);
    expect(effect.problems.map(({ id }) => id)).toEqual([
      'Backup-ContinuousColdStorage',
      'Backup-PolicyEmptyIndex',
    ]);
    expect(effect.problems).toEqual(effect.problems);
    expect(sentence(effect.problems[1])).toBe(
      '`plans/daily/rules/daily/index_actions/resource_types` is empty in the effective policy, which AWS Organizations accepts: nothing is indexed; keep at least one type',
    );
  });
});

test('an organization as deep as a file can be is evaluated', () => {
  let unit: OrganizationUnit = { id: 'last', accounts: [{ id: ACCOUNT }] };
  for (let depth = 0; depth < 20_000; depth++) unit = { id: `ou-${depth}`, children: [unit] };
  const { accounts } = evaluateOrganization({ root: { ...unit, policies: [attached(complete(), 1)] } });
  expect(accounts[0].path).toHaveLength(20_002);
  expect(accounts[0].errors).toEqual([]);
});

test('policies may be JSON strings', () => {
  expect(account(JSON.stringify(complete())).policy).toEqual(account(complete()).policy);
  expect(account('no JSON').policy).toEqual({});
  expect(account(undefined).policy).toEqual({});
});
