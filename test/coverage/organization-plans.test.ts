import { coverageOf } from '../../src/coverage/coverage';
import { organizationPlans } from '../../src/coverage/organization-plans';
import { inventoryOf } from '../../src/inventory/inventory';
import { Unknown } from '../../src/template/evaluation/unknown';
import type { StackSource } from '../../src/template/input/source';
import { complete, plan, ROLE, resourceSelection, rule, set } from '../policy/documents';
import { resource, tags } from '../support/backups';
import { NOW, PARAMETERS, UNKNOWN } from '../support/findings';
import { source } from '../support/templates';

const ACCOUNT = '111111111111';
const YES = 'protected by daily';
const PERHAPS = 'perhaps by daily';
const NO = 'unprotected';

const base = (inside: object = {}) =>
  complete({
    daily: {
      target_backup_vault_name: set('vault'),
      schedule_expression: set('cron(0 5 ? * * *)'),
      ...inside,
    },
  });
const policy = (Content: unknown, TargetIds: unknown = [ACCOUNT], more: object = {}) =>
  resource('Organizations::Policy', { Name: 'p', Type: 'BACKUP_POLICY', Content, TargetIds }, { ...more });
const table = (pairs: Record<string, unknown> = { cost: 'one' }) =>
  resource('DynamoDB::Table', { Tags: tags(pairs) });

/** A stack of the management account with policies, and one with a table, in `aws://111111111111/us-east-1`. */
function coverage(
  policies: object,
  options: Partial<StackSource> = {},
  one: unknown = table(),
  sections: object = PARAMETERS,
) {
  const management = source(
    { ...sections, Resources: policies },
    { id: 'M', name: 'M', account: '999999999999', region: 'us-east-1' },
  );
  const work = source({ ...PARAMETERS, Resources: { X: one } }, { id: 'W', name: 'W', ...options });
  return coverageOf(inventoryOf([management, work]), { now: NOW }).resources[0];
}

function verdict(...args: Parameters<typeof coverage>): string {
  const { plans, perhaps, status } = coverage(...args);
  const names = (of: typeof plans) => [...new Set(of.map(({ name }) => name))].join();
  if (status === 'protected') return `protected by ${names(plans)}`;
  return perhaps.length > 0 ? `perhaps by ${names(perhaps)}` : status;
}

describe('a policy of the account', () => {
  test('protects what has the tag', () => {
    expect(verdict({ P: policy(base()) })).toBe(YES);
    expect(verdict({ P: policy(JSON.stringify(base())) })).toBe(YES);
    expect(verdict({ P: policy(base()) }, {}, table({ cost: 'two' }))).toBe(NO);
    expect(verdict({ P: policy(base()) }, {}, table({ cost: UNKNOWN }))).toBe(PERHAPS);
  });

  test.each<[string, Partial<StackSource>, string]>([
    ['of another account', { account: '222222222222' }, NO],
    ['of another Region', { region: 'eu-west-1' }, NO],
    ['of an account that is not known', { account: undefined }, PERHAPS],
    ['of a Region that is not known', { region: undefined }, PERHAPS],
  ])('leaves what is %s', (_, options, expected) => {
    expect(verdict({ P: policy(base()) }, options)).toBe(expected);
  });

  test.each<[string, unknown, string]>([
    ['that names the type', { resource_types: set(['arn:aws:dynamodb:*:*:table/*']) }, YES],
    ['that names another type', { resource_types: set(['arn:aws:ec2:*:*:volume/*']) }, NO],
    [
      'that names all but this type',
      { resource_types: set(['*']), not_resource_types: set(['arn:aws:dynamodb:*:*:table/*']) },
      NO,
    ],
    ['of everything', { resource_types: set(['*']) }, YES],
    ['of a condition that holds', condition('string_equals', 'one'), YES],
    ['of a condition that does not', condition('string_not_equals', 'one'), NO],
    ['of a pattern that fits', condition('string_like', 'o*'), YES],
    ['of a pattern that does not', condition('string_not_like', 'o*'), NO],
  ])('with a selection %s', (_, selection, expected) => {
    const content = base();
    const role = { iam_role_arn: set('arn:aws:iam::$account:role/Backup') };
    const { selections } = resourceSelection({ ...role, ...(selection as object) }).plans.daily as {
      selections: object;
    };
    Object.assign(content.plans.daily, { selections });
    expect(verdict({ P: policy(content) })).toBe(expected);
  });

  test('has conditions beside its tag', () => {
    const content = base();
    const { selections } = content.plans.daily as unknown as { selections: { tags: { cost: object } } };
    Object.assign(selections.tags.cost, condition('string_equals', 'prod', 'stage'));
    expect(verdict({ P: policy(content) })).toBe(NO);
    expect(verdict({ P: policy(content) }, {}, table({ cost: 'one', stage: 'prod' }))).toBe(YES);
  });

  test('is merged with its other policies', () => {
    const more = plan({ regions: { '@@append': ['eu-west-1'] } });
    expect(verdict({ P: policy(base()), Q: policy(more) }, { region: 'eu-west-1' })).toBe(YES);
    expect(verdict({ P: policy(more) }, { region: 'eu-west-1' })).toBe(NO);
  });

  test.each<[string, object]>([
    [
      'one of a unit may change it',
      { Q: policy(rule({ lifecycle: { delete_after_days: set(7) } }), ['ou-ab12-34567890']) },
    ],
    [
      'one of a unit whose ID ends like an account may change it',
      { Q: policy(rule({ lifecycle: { delete_after_days: set(7) } }), ['ou-ab12-222222222222']) },
    ],
    ['another assigns the same', { Q: policy(plan({ regions: set(['us-east-1', 'eu-west-1']) })) }],
    [
      'others keep it from being published',
      { Q: policy({ plans: { other: { regions: set(['us-east-1']) } } }) },
    ],
    ['one is not known', { Q: policy(UNKNOWN) }],
    [
      'one has targets that are not known',
      { Q: policy(rule({ lifecycle: { delete_after_days: set(7) } }), UNKNOWN) },
    ],
  ])('protects perhaps where %s', (_, others) => {
    expect(verdict({ P: policy(base()), ...others })).toBe(PERHAPS);
  });

  test('protects perhaps where it is perhaps not made, or in part not known', () => {
    const Open = { 'Fn::Equals': [UNKNOWN, 'x'] };
    const conditional = policy(base(), [ACCOUNT], { Condition: 'Open' });
    expect(verdict({ P: conditional }, {}, table(), { ...PARAMETERS, Conditions: { Open } })).toBe(PERHAPS);
    expect(verdict({ P: policy(base({ lifecycle: { delete_after_days: set(UNKNOWN) } })) })).toBe(PERHAPS);
    const regions = base();
    Object.assign(regions.plans.daily, { regions: set([UNKNOWN]) });
    expect(verdict({ P: policy(regions) })).toBe(PERHAPS);
    Object.assign(regions.plans.daily, { regions: set(UNKNOWN) });
    expect(verdict({ P: policy(regions) })).toBe(PERHAPS);
  });

  test('protects for certain under a condition that holds', () => {
    const Always = { 'Fn::Equals': ['x', 'x'] };
    const conditional = policy(base(), [ACCOUNT], { Condition: 'Always' });
    expect(verdict({ P: conditional }, {}, table(), { ...PARAMETERS, Conditions: { Always } })).toBe(YES);
  });

  test('protects perhaps if its targets, or those of another one, are a list that is not known', () => {
    const list = { 'Fn::GetAZs': '' };
    expect(verdict({ P: policy(base(), list) })).toBe(PERHAPS);
    const other = policy(rule({ lifecycle: { delete_after_days: set(7) } }), list);
    expect(verdict({ P: policy(base()), Q: other })).toBe(PERHAPS);
  });

  test('is open if one of its policies has Regions that are known only at deployment', () => {
    const content = base();
    Object.assign(content.plans.daily, { regions: set(UNKNOWN) });
    const more = rule({ lifecycle: { delete_after_days: set(7) } });
    expect(verdict({ P: policy(content), Q: policy(more) })).toBe(PERHAPS);
    expect(verdict({ P: policy(more), Q: policy(content) })).toBe(PERHAPS);
  });

  test('protects nothing where AWS refuses it, or where others have to complete it', () => {
    const refused = base({ start_backup_window_minutes: set(5) });
    expect(verdict({ P: policy(refused) })).toBe(NO);
    expect(verdict({ P: policy({ ...base(), more: {} }) })).toBe(NO);
    expect(verdict({ P: policy({ ...base(), more: {} }), Q: policy(base()) })).toBe(YES);
    expect(verdict({ P: policy(plan({ regions: set(['us-east-1']) })) })).toBe(NO);
    expect(verdict({ P: policy(base(), []) })).toBe(NO);
  });

  test.each(['regions', 'rules', 'selections'])('protects nothing without `%s`', (part) => {
    const content = base();
    expect(verdict({ P: policy(content) })).toBe(YES);
    delete (content.plans.daily as Record<string, unknown>)[part];
    expect(verdict({ P: policy(content) })).toBe(NO);
  });
});

test.each([['r-ab12'], ['ou-ab12-34567890'], [UNKNOWN]])(
  'a policy of %j protects perhaps, since nothing tells which accounts lie there',
  (target) => {
    for (const options of [{}, { account: undefined, region: undefined }])
      expect(verdict({ P: policy(base(), [target]) }, options)).toBe(PERHAPS);
    expect(verdict({ P: policy(base(), [target]) }, {}, table({ cost: 'two' }))).toBe(NO);
    expect(coverage({ P: policy(base(), [target]) }).notes).toEqual([
      "perhaps protected by `daily`: this can't be determined before deployment",
    ]);
  },
);

test('the same policies of several units count once', () => {
  const units = ['ou-ab12-11111111', 'ou-ab12-22222222'];
  const plans = (...Policies: unknown[]) => {
    const management = source(
      { Resources: Object.fromEntries(Policies.map((one, i) => [`P${i}`, one])) },
      { id: 'M', name: 'M', account: '999999999999', region: 'us-east-1' },
    );
    return organizationPlans(inventoryOf([management])).plans.map(({ place }) => place.logicalId);
  };
  expect(plans(policy(base(), units))).toEqual(['P0']);
  expect(plans(policy(base(), units), policy(base(), units.slice(1)))).toEqual(['P0', 'P0']); // P0 alone, and both
});

test('the advanced and scan settings of a plan of a policy are those of any plan', () => {
  const settings = {
    ec2: { windows_vss: set('enabled') },
    s3: { backup_acls: set('disabled'), backup_object_tags: set('enabled') },
  };
  const scan_settings = {
    GUARDDUTY: {
      resource_types: set(['EBS', 'S3']),
      scanner_role_arn: set('arn:aws:iam::$account:role/Scanner'),
    },
  };
  const { daily } = base().plans;
  const management = source(
    {
      Resources: {
        P: policy(plan({ ...daily, advanced_backup_settings: settings, scan_settings }), ['r-ab12']),
      },
    },
    { id: 'M', name: 'M', account: '999999999999' },
  );
  const [made] = organizationPlans(inventoryOf([management])).plans;
  expect(made.scans.items).toEqual([{ scanner: 'GUARDDUTY', resourceTypes: { items: ['EBS', 'S3'] } }]);
  expect(made.advancedSettings.items).toEqual([
    {
      resourceType: 'EC2',
      options: { items: [{ key: 'WindowsVSS', value: 'enabled', source: 'resource' }] },
    },
    {
      resourceType: 'S3',
      options: {
        items: [
          { key: 'BackupACLs', value: 'disabled', source: 'resource' },
          { key: 'BackupObjectTags', value: 'enabled', source: 'resource' },
        ],
      },
    },
  ]);
});

describe('a plan of a policy, read as one of a template', () => {
  const GAP = 'arn:aws:backup:$region:$account:backup-vault:gap';
  const FAR = 'arn:aws:backup:eu-west-1:$account:backup-vault:far';
  /** Every setting that a plan can have. */
  const everything = (value: (known: unknown) => unknown) =>
    plan({
      regions: set(['us-east-1']),
      rules: {
        daily: {
          schedule_expression: set(value('cron(0 5 1 * ? *)')),
          target_backup_vault_name: set(value('vault')),
          target_logically_air_gapped_backup_vault_arn: set(value(GAP)),
          start_backup_window_minutes: set(value('60')),
          complete_backup_window_minutes: set(value('120')),
          enable_continuous_backup: set(value('false')),
          lifecycle: {
            delete_after_days: set(value('365')),
            move_to_cold_storage_after_days: set(value('30')),
            opt_in_to_archive_for_supported_resources: set(value('true')),
          },
          copy_actions: {
            [FAR]: {
              target_backup_vault_arn: set(value(FAR)),
              lifecycle: { delete_after_days: set(value('90')) },
            },
          },
          recovery_point_tags: { team: { tag_key: set('team'), tag_value: set(value('a')) } },
          index_actions: { resource_types: set([value('EBS')]) },
          scan_actions: { GUARDDUTY: { scan_mode: set(value('FULL_SCAN')) } },
        },
      },
      selections: {
        tags: {
          cost: {
            iam_role_arn: set(ROLE),
            tag_key: set(value('cost')),
            tag_value: set([value('one'), 'two']),
            conditions: {
              string_like: {
                c: { condition_key: set('aws:ResourceTag/stage'), condition_value: set(value('p*')) },
              },
            },
          },
        },
        resources: {
          every: {
            iam_role_arn: set(ROLE),
            not_resource_types: set([value('arn:aws:s3:::*')]),
            conditions: {
              string_not_equals: {
                c: { condition_key: set('aws:ResourceTag/stage'), condition_value: set('dev') },
              },
            },
          },
          some: { iam_role_arn: set(ROLE), resource_types: set([value('arn:aws:s3:::*')]) },
        },
      },
      advanced_backup_settings: {
        ec2: { windows_vss: set(value('enabled')) },
        s3: { backup_acls: set('disabled') },
      },
      backup_plan_tags: { owner: { tag_key: set('owner'), tag_value: set(value('b')) } },
      scan_settings: { GUARDDUTY: { resource_types: set([value('EBS')]), scanner_role_arn: set(ROLE) } },
    });

  /** The plan and its selections, each value as it is shown. */
  function read(value: (known: unknown) => unknown) {
    const management = source(
      { ...PARAMETERS, Resources: { P: policy(everything(value)) } },
      { id: 'M', name: 'M', account: '999999999999', region: 'us-east-1' },
    );
    const Vaults = Object.fromEntries(
      ['vault', 'gap', 'far'].map((name) => [
        name,
        resource('Backup::BackupVault', { BackupVaultName: name }),
      ]),
    );
    const made = organizationPlans(
      inventoryOf([
        management,
        source({ Resources: Vaults }, { id: 'W', name: 'W' }),
        source({ Resources: { far: Vaults.far } }, { id: 'E', name: 'E', region: 'eu-west-1' }),
      ]),
    );
    return JSON.parse(JSON.stringify(made, (_, one) => (one instanceof Unknown ? `?${one.reason}` : one)));
  }

  const OPEN = '?it is known only at deployment';
  const at = 'Resources/P/Properties/Content/plans/daily';

  test.each([
    ['has every setting', true],
    ['has settings that are known only at deployment', false],
  ])('%s', (_title, isKnown) => {
    const v = <T>(known: T) => (isKnown ? known : OPEN);
    const tag = (key: string, value: unknown) => ({ items: [{ key, value, source: 'resource' }] });
    const link = (text: string, to: string) => (isKnown ? { text, to } : { text: OPEN });
    const vaultArn = (region: string, name: string) =>
      `arn:aws:backup:${region}:${ACCOUNT}:backup-vault:${name}`;
    const item = {
      type: 'AWS::Organizations::Policy',
      place: {
        account: ACCOUNT,
        region: 'us-east-1',
        file: 'App.template.json',
        stack: 'M',
        stackId: 'M',
        logicalId: 'P',
        pathInTemplate: at,
      },
      dependsOn: [],
      ...(!isKnown && {
        condition: {
          name: 'AWS::Organizations',
          holds: '?which policies apply to the account can’t be determined',
        },
      }),
    };
    const id = `M#P@${ACCOUNT}/daily/us-east-1`;
    const copyPath = `${at}/rules/daily/copy_actions/${FAR}`;
    const daily = {
      ...item,
      id,
      arn: '?AWS Backup generates the ARN',
      name: 'daily',
      rules: {
        items: [
          {
            index: 0,
            pathInTemplate: `${at}/rules/daily`,
            name: 'daily',
            schedule: v('cron(0 5 1 * ? *)'),
            startWindowMinutes: v(60),
            completionWindowMinutes: v(120),
            continuous: v(false),
            lifecycle: {
              pathInTemplate: `${at}/rules/daily/lifecycle`,
              deleteAfterDays: v(365),
              moveToColdStorageAfterDays: v(30),
              optInToArchive: v(true),
              otherKeys: [],
            },
            vault: link('vault', 'W#vault'),
            airGappedVault: link(vaultArn('us-east-1', 'gap'), 'W#gap'),
            copies: {
              items: [
                {
                  index: 0,
                  pathInTemplate: copyPath,
                  vault: link(vaultArn('eu-west-1', 'far'), 'E#far'),
                  lifecycle: {
                    pathInTemplate: `${copyPath}/lifecycle`,
                    deleteAfterDays: v(90),
                    otherKeys: [],
                  },
                },
              ],
            },
            recoveryPointTags: tag('team', v('a')),
            indexActions: { items: [{ items: [v('EBS')] }] },
            scanActions: { items: [{ scanner: 'GUARDDUTY', mode: v('FULL_SCAN') }] },
          },
        ],
      },
      advancedSettings: {
        items: [
          { resourceType: 'EC2', options: tag('WindowsVSS', v('enabled')) },
          { resourceType: 'S3', options: tag('BackupACLs', 'disabled') },
        ],
      },
      scans: { items: [{ scanner: 'GUARDDUTY', resourceTypes: { items: [v('EBS')] } }] },
      tags: tag('owner', v('b')),
    };
    const selectionOf = (name: string, more: object) => ({
      ...item,
      id: `${id}/${name}`,
      name: name.split('/')[1],
      pathInTemplate: `${at}/selections/${name}`,
      plan: { text: 'daily', to: id },
      role: { text: ROLE },
      resources: { items: [] },
      notResources: { items: [] },
      listOfTags: { items: [] },
      conditions: { items: [] },
      ...more,
    });
    const stage = (name: string, key: string, operator: string, value: unknown) => ({
      items: [
        {
          pathInTemplate: `${at}/selections/${name}/conditions/${key}/c`,
          operator,
          key: 'aws:ResourceTag/stage',
          value,
        },
      ],
    });
    const tagOf = (value: unknown) => ({
      pathInTemplate: `${at}/selections/tags/cost`,
      type: 'STRINGEQUALS',
      key: v('cost'),
      value,
    });
    const buckets = { items: [v('arn:aws:s3:::*')] };
    expect(read((known) => (isKnown ? known : UNKNOWN))).toEqual({
      plans: [daily],
      selections: [
        selectionOf('tags/cost', {
          listOfTags: { items: [tagOf(v('one')), tagOf('two')] },
          conditions: stage('tags/cost', 'string_like', 'StringLike', v('p*')),
        }),
        selectionOf('resources/every', {
          resources: { items: ['*'] },
          notResources: buckets,
          conditions: stage('resources/every', 'string_not_equals', 'StringNotEquals', 'dev'),
        }),
        selectionOf('resources/some', { resources: buckets }),
      ],
    });
  });
});

test('a plan of a policy has nothing that the policy leaves out', () => {
  const management = source(
    { Resources: { P: policy(base()) } },
    { id: 'M', name: 'M', account: '999999999999' },
  );
  const work = source({ Resources: {} }, { id: 'W', name: 'W' });
  const { plans, selections } = organizationPlans(inventoryOf([management, work]));
  expect(plans).toMatchObject([
    { advancedSettings: { items: [] }, scans: { items: [] }, tags: { items: [] }, condition: undefined },
  ]);
  expect(plans[0].rules.items).toEqual([
    {
      index: 0,
      pathInTemplate: 'Resources/P/Properties/Content/plans/daily/rules/daily',
      name: 'daily',
      schedule: 'cron(0 5 ? * * *)',
      vault: { text: 'vault' },
      copies: { items: [] },
      recoveryPointTags: { items: [] },
      indexActions: { items: [] },
      scanActions: { items: [] },
    },
  ]);
  expect(selections).toHaveLength(1);
});

test('what a plan of a policy does is known as of any plan', () => {
  const arn = 'arn:aws:backup:eu-west-1:$account:backup-vault:far';
  const content = base({
    enable_continuous_backup: set(true),
    lifecycle: { delete_after_days: set(35) },
    copy_actions: { [arn]: { target_backup_vault_arn: set(arn), lifecycle: { delete_after_days: set(90) } } },
  });
  const Vault = resource('Backup::BackupVault', {
    BackupVaultName: 'vault',
    LockConfiguration: { MinRetentionDays: 7 },
  });
  const vaults = source({ Resources: { Vault } }, { id: 'V', name: 'V' });
  const management = source(
    { Resources: { P: policy(content) } },
    { id: 'M', name: 'M', account: '999999999999' },
  );
  const work = source({ Resources: { X: table() } }, { id: 'W', name: 'W' });
  const [covered] = coverageOf(inventoryOf([management, vaults, work]), { now: NOW }).resources;
  expect(covered).toMatchObject({
    status: 'protected',
    shortestRetentionDays: 35,
    longestRetentionDays: 90,
    immutability: 'governance',
    copies: [
      {
        vault: 'arn:aws:backup:eu-west-1:111111111111:backup-vault:far',
        account: ACCOUNT,
        region: 'eu-west-1',
      },
    ],
  });
  expect(covered.plans[0].rules[0]).toMatchObject({ name: 'daily', intervalMinutes: 1440, continuous: true });
});

test('a copy into another account does not go into the vault of the same name here', () => {
  const copiesTo = (account: string) => {
    const arn = `arn:aws:backup:us-east-1:${account}:backup-vault:far`;
    const content = base({ copy_actions: { [arn]: { target_backup_vault_arn: set(arn) } } });
    const Vault = resource('Backup::BackupVault', { BackupVaultName: 'far' });
    const stacks = [
      source({ Resources: { P: policy(content) } }, { id: 'M', name: 'M', account: '999999999999' }),
      source({ Resources: { Vault, X: table() } }, { id: 'W', name: 'W' }),
    ];
    const [{ rules }] = organizationPlans(inventoryOf(stacks)).plans;
    return rules.items[0].copies.items[0].vault;
  };
  const elsewhere = 'arn:aws:backup:us-east-1:222222222222:backup-vault:far';
  expect(copiesTo('222222222222')).toEqual({ text: elsewhere });
  expect(copiesTo(ACCOUNT)?.to).toBeDefined();
});

test('the vault of a policy of a unit is in an account that is not known, in the Region of its plan', () => {
  const arn = 'arn:aws:backup:$region:$account:backup-vault:gap';
  const management = source(
    {
      Resources: {
        P: policy(base({ target_logically_air_gapped_backup_vault_arn: set(arn) }), ['ou-ab12-34567890']),
      },
    },
    { id: 'M', name: 'M', account: '999999999999' },
  );
  const Vault = resource('Backup::BackupVault', { BackupVaultName: 'vault' });
  const open = source({ Resources: { Vault } }, { id: 'V', name: 'V', account: undefined });
  const [{ rules }] = organizationPlans(inventoryOf([management, open])).plans;
  expect(rules.items[0].vault).toEqual({ text: 'vault' });
  expect(rules.items[0].airGappedVault).toEqual({
    text: 'arn:aws:backup:us-east-1:$account:backup-vault:gap',
  });
});

describe('a plan of a policy whose jobs certainly fail', () => {
  const arn = 'arn:aws:backup:us-east-1:$account:backup-vault:far';
  const locked = (name: string, LockConfiguration: object) =>
    source(
      { Resources: { Vault: resource('Backup::BackupVault', { BackupVaultName: name, LockConfiguration }) } },
      { id: name, name },
    );
  const management = (policies: object) =>
    source(
      { ...PARAMETERS, Resources: policies },
      { id: 'M', name: 'M', account: '999999999999', region: 'us-east-1' },
    );
  const work = source({ Resources: { X: table() } }, { id: 'W', name: 'W' });
  const judged = (content: object, ...vaults: StackSource[]) => {
    const sources = [management({ P: policy(content) }), ...vaults, work];
    const [{ status, reasons }] = coverageOf(inventoryOf(sources), { now: NOW }).resources;
    return [status, ...reasons];
  };
  const kept = (days: number) => base({ lifecycle: { delete_after_days: set(days) } });

  test.each<[string, number, object, string[]]>([
    [
      'above the maximum of the lock',
      90,
      { MinRetentionDays: 1, MaxRetentionDays: 35 },
      ['unprotected', 'Backup-LockRange'],
    ],
    ['below its minimum', 5, { MinRetentionDays: 7 }, ['unprotected', 'Backup-LockRange']],
    ['inside of it', 14, { MinRetentionDays: 7, MaxRetentionDays: 35 }, ['protected']],
  ])('protects nothing if the retention is %s', (_what, days, lock, expected) => {
    expect(judged(kept(days), locked('vault', lock))).toEqual(expected);
  });

  test('is judged by the lock of its own vault', () => {
    expect(judged(kept(90), locked('other', { MinRetentionDays: 1, MaxRetentionDays: 35 }))).toEqual([
      'protected',
    ]);
  });

  test('protects in spite of a copy that fails', () => {
    const content = base({
      lifecycle: { delete_after_days: set(35) },
      copy_actions: {
        [arn]: { target_backup_vault_arn: set(arn), lifecycle: { delete_after_days: set(90) } },
      },
    });
    expect(judged(content, locked('far', { MinRetentionDays: 1, MaxRetentionDays: 35 }))).toEqual([
      'protected',
    ]);
  });

  test('protects nothing if CloudFormation refuses the policy', () => {
    const refused = policy(base());
    const sources = [
      management({ P: { ...refused, Properties: { ...refused.Properties, Tags: 'team' } } }),
      work,
    ];
    const [{ status, reasons }] = coverageOf(inventoryOf(sources), { now: NOW }).resources;
    expect([status, ...reasons]).toEqual(['unprotected', 'Backup-PropertyType']);
  });

  test('is judged for each Region and account by itself', () => {
    const content = base({ lifecycle: { delete_after_days: set(90) } });
    const both = [ACCOUNT, '222222222222'];
    const other = source({ Resources: { X: table() } }, { id: 'O', name: 'O', account: '222222222222' });
    const inventory = inventoryOf([
      management({ P: policy(content, both) }),
      locked('vault', { MinRetentionDays: 1, MaxRetentionDays: 35 }),
      work,
      other,
    ]);
    expect(coverageOf(inventory, { now: NOW }).resources.map(({ status }) => status)).toEqual([
      'unprotected',
      'protected',
    ]);
  });
});

function condition(operator: string, value: string, key = 'cost') {
  return {
    conditions: {
      [operator]: { c: { condition_key: set(`aws:ResourceTag/${key}`), condition_value: set(value) } },
    },
  };
}
