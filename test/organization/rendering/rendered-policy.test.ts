import { App, Duration, Lazy, Stack, TimeZone, Token } from 'aws-cdk-lib';
import type { IBackupVaultRef, ILogicallyAirGappedBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { OrganizationBackupPlanOptions } from '../../../src/organization/core/organization-backup-plan-options';
import { renderPolicy } from '../../../src/organization/rendering/rendered-policy';
import { PolicyLibrary } from '../../../src/policy/admission/policy-library';
import { BackupRule } from '../../../src/resources/plan/backup-rule';
import { CopyAction } from '../../../src/resources/plan/copy-action';
import { ScanMode } from '../../../src/resources/plan/scan-settings';
import type { BackupSelectionOptions } from '../../../src/resources/selection/backup-selection-options';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import { sentence } from '../../../src/values/core/problem';
import { TagCondition } from '../../../src/values/core/tag-condition';
import { Retention } from '../../../src/values/plan/retention';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { BackupSchedule } from '../../../src/values/schedule/backup-schedule';
import { control, ROLE, set } from '../../policy/documents';

const CENTRAL = 'arn:aws:backup:eu-west-1:111111111111:backup-vault:central';
const copyTo = (arn: string) => CopyAction.toVaultArn(arn, { retention: Retention.days(90) });
const copy = copyTo(CENTRAL);
const gold: BackupSelectionOptions = {
  selectionName: 'gold',
  tags: [TagCondition.stringEquals('backup', 'gold')],
};

/** A daily rule with some of its properties replaced. */
const daily = (inside: Partial<BackupRule> = {}): BackupRule =>
  Object.assign(BackupRule.daily({ retention: Retention.days(35) }), inside);
const vaultOf = (backupVaultName: string) => ({ backupVaultRef: { backupVaultName } }) as IBackupVaultRef;
const airGappedVaultOf = (backupVaultName: string) =>
  ({ logicallyAirGappedBackupVaultRef: { backupVaultName } }) as ILogicallyAirGappedBackupVaultRef;

const planOf = (inside: Partial<OrganizationBackupPlanOptions> = {}): OrganizationBackupPlanOptions => ({
  name: 'gold',
  regions: ['eu-west-1'],
  vaultName: 'gold',
  roleName: 'Backup',
  rules: [daily()],
  selections: [gold],
  ...inside,
});

const made = (inside: Partial<OrganizationBackupPlanOptions> = {}, locked = false) =>
  renderPolicy([planOf(inside)], locked);
const problems = (...plans: OrganizationBackupPlanOptions[]) =>
  renderPolicy(plans).problems.map((problem) => `${problem.severity}: ${sentence(problem)}`);
const refused = (inside: Partial<OrganizationBackupPlanOptions>) => problems(planOf(inside));

/** The plans in the document. */
const plansOf = ({ content }: ReturnType<typeof renderPolicy>) => content.plans as Record<string, object>;

/** The plan in the document. */
function planJson(inside: Partial<OrganizationBackupPlanOptions>) {
  const policy = made(inside);
  expect(policy.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const [plan] = Object.values(plansOf(policy));
  return plan as { rules: Record<string, unknown>; selections: unknown };
}

test('a plan with a daily rule and a tag is written in the syntax of AWS Organizations', () => {
  const { content, problems } = made();
  expect(problems).toEqual([]);
  expect(content).toEqual({
    plans: {
      gold: {
        regions: set(['eu-west-1']),
        rules: {
          daily: {
            schedule_expression: set('cron(0 5 ? * * *)'),
            target_backup_vault_name: set('gold'),
            lifecycle: { delete_after_days: set('35') },
          },
        },
        selections: {
          tags: { gold: { iam_role_arn: set(ROLE), tag_key: set('backup'), tag_value: set(['gold']) } },
        },
      },
    },
  });
});

test('all settings of a rule are in the policy', () => {
  const stack = new Stack(new App(), 'Stack');
  const rule = BackupRule.monthly({
    name: 'Monthly',
    retention: Retention.years(1),
    coldStorageAfter: Duration.days(30),
    archive: true,
    startWindow: Duration.hours(1),
    completionWindow: Duration.hours(12),
    vault: new BackupVault(stack, 'Vault', { backupVaultName: 'other' }),
    copies: [copy],
    recoveryPointTags: { stage: 'prod' },
    index: ResourceType.EBS,
    scan: ScanMode.FULL,
  });
  const plan = planJson({
    rules: [Object.assign(rule, { airGappedVault: airGappedVaultOf('safe') })],
    scanTypes: [ResourceType.EBS, ResourceType.S3],
    scannerRoleName: 'service-role/Scanner',
    windowsVss: true,
    s3BackupAcls: false,
    s3BackupObjectTags: true,
    planTags: { Owner: 'platform' },
  });
  expect(plan).toMatchObject({
    rules: {
      Monthly: {
        schedule_expression: set('cron(0 5 1 * ? *)'),
        target_backup_vault_name: set('other'),
        target_logically_air_gapped_backup_vault_arn: set(
          'arn:aws:backup:$region:$account:backup-vault:safe',
        ),
        start_backup_window_minutes: set('60'),
        complete_backup_window_minutes: set('720'),
        lifecycle: {
          move_to_cold_storage_after_days: set('30'),
          delete_after_days: set('365'),
          opt_in_to_archive_for_supported_resources: set('true'),
        },
        copy_actions: {
          [CENTRAL]: { target_backup_vault_arn: set(CENTRAL), lifecycle: { delete_after_days: set('90') } },
        },
        recovery_point_tags: { stage: { tag_key: set('stage'), tag_value: set('prod') } },
        index_actions: { resource_types: set(['EBS']) },
        scan_actions: { GUARDDUTY: { scan_mode: set('FULL_SCAN') } },
      },
    },
    advanced_backup_settings: {
      ec2: { windows_vss: set('enabled') },
      s3: { backup_acls: set('disabled'), backup_object_tags: set('enabled') },
    },
    backup_plan_tags: { Owner: { tag_key: set('Owner'), tag_value: set('platform') } },
    scan_settings: {
      GUARDDUTY: {
        resource_types: set(['EBS', 'S3']),
        scanner_role_arn: set('arn:aws:iam::$account:role/service-role/Scanner'),
      },
    },
  });
});

test('continuous backup has its retention, and keeping backups forever has none', () => {
  const { rules } = planJson({
    rules: [
      BackupRule.continuous({ retention: Retention.days(35) }),
      BackupRule.weekly({ retention: Retention.forever() }),
    ],
  });
  expect(rules).toEqual({
    continuous: {
      schedule_expression: set('cron(0 5 ? * * *)'),
      target_backup_vault_name: set('gold'),
      enable_continuous_backup: set('true'),
      lifecycle: { delete_after_days: set('35') },
    },
    weekly: {
      schedule_expression: expect.anything(),
      target_backup_vault_name: set('gold'),
    },
  });
});

test('ARNs use the partition', () => {
  expect(JSON.stringify(made({ regions: ['us-gov-west-1'] }).content)).toContain(
    'arn:aws-us-gov:iam::$account:role/Backup',
  );
});

describe('selections', () => {
  const tag = (key: string, value: string) => ({
    condition_key: set(`aws:ResourceTag/${key}`),
    condition_value: set(value),
  });
  const everything = { iam_role_arn: set(ROLE), resource_types: set(['*']) };

  test.each<[string, BackupSelectionOptions, object]>([
    [
      'tags of which all must hold',
      {
        tags: [
          TagCondition.stringNotEquals('stage', 'dev'),
          TagCondition.stringEquals('backup', 'gold'),
          TagCondition.stringLike('team', 'data*'),
          TagCondition.stringNotLike('team', 'data-test*'),
        ],
      },
      {
        tags: {
          some: {
            iam_role_arn: set(ROLE),
            tag_key: set('backup'),
            tag_value: set(['gold']),
            conditions: {
              string_not_equals: { stage: tag('stage', 'dev') },
              string_like: { team: tag('team', 'data*') },
              string_not_like: { team: tag('team', 'data-test*') },
            },
          },
        },
      },
    ],
    [
      'tags of which one is enough, with one key',
      {
        anyTag: [TagCondition.stringEquals('tier', 'gold'), TagCondition.stringEquals('tier', 'silver')],
        tags: [TagCondition.stringNotEquals('stage', 'dev')],
      },
      {
        tags: {
          some: {
            iam_role_arn: set(ROLE),
            tag_key: set('tier'),
            tag_value: set(['gold', 'silver']),
            conditions: { string_not_equals: { stage: tag('stage', 'dev') } },
          },
        },
      },
    ],
    [
      'tags of which one is enough, with several keys',
      { anyTag: [TagCondition.stringEquals('a', '1'), TagCondition.stringEquals('b', '2')] },
      {
        tags: {
          'some-1': { iam_role_arn: set(ROLE), tag_key: set('a'), tag_value: set(['1']) },
          'some-2': { iam_role_arn: set(ROLE), tag_key: set('b'), tag_value: set(['2']) },
        },
      },
    ],
    [
      'types and a tag, less a type',
      {
        resourceTypes: [ResourceType.EBS, ResourceType.EC2],
        excludeTypes: [ResourceType.S3],
        tags: [TagCondition.stringEquals('backup', 'gold')],
      },
      {
        resources: {
          some: {
            iam_role_arn: set(ROLE),
            resource_types: set(['arn:aws:ec2:*:*:volume/*', 'arn:aws:ec2:*:*:instance/*']),
            not_resource_types: set(['arn:aws:s3:::*']),
            conditions: { string_equals: { backup: tag('backup', 'gold') } },
          },
        },
      },
    ],
    ['everything', { everything: true }, { resources: { some: everything } }],
    [
      'what lacks a tag',
      { tags: [TagCondition.stringNotEquals('backup', 'none')] },
      {
        resources: {
          some: { ...everything, conditions: { string_not_equals: { backup: tag('backup', 'none') } } },
        },
      },
    ],
    [
      'any of some tags or some types',
      {
        resourceTypes: [ResourceType.DYNAMODB],
        anyTag: [TagCondition.stringEquals('backup', 'gold')],
        tags: [TagCondition.stringNotEquals('stage', 'dev')],
      },
      {
        resources: {
          some: {
            ...everything,
            resource_types: set(['arn:aws:dynamodb:*:*:table/*']),
            conditions: { string_not_equals: { stage: tag('stage', 'dev') } },
          },
          'some-1': {
            ...everything,
            conditions: {
              string_not_equals: { stage: tag('stage', 'dev') },
              string_equals: { backup: tag('backup', 'gold') },
            },
          },
        },
      },
    ],
    [
      'tags whose keys are no names, or the same',
      {
        tags: [
          TagCondition.stringNotEquals('team:name', 'a'),
          TagCondition.stringNotEquals('stage', 'b'),
          TagCondition.stringNotEquals('Stage', 'c'),
          TagCondition.stringNotEquals('condition-4', 'd'),
          TagCondition.stringNotEquals('my key', 'e'),
        ],
      },
      {
        resources: {
          some: {
            ...everything,
            conditions: {
              string_not_equals: {
                'condition-1': tag('team:name', 'a'),
                stage: tag('stage', 'b'),
                'condition-3': tag('Stage', 'c'),
                'condition-4': tag('condition-4', 'd'),
                'condition-5': tag('my key', 'e'),
              },
            },
          },
        },
      },
    ],
  ])('%s', (_title, selection, expected) => {
    expect(planJson({ selections: [{ selectionName: 'some', ...selection }] }).selections).toEqual(expected);
  });

  test('a plan has either tag selections or resource selections', () => {
    const { selections } = planJson({ selections: [gold, { selectionName: 'all', everything: true }] });
    expect(selections).toEqual({
      resources: {
        gold: { ...everything, conditions: { string_equals: { backup: tag('backup', 'gold') } } },
        all: everything,
      },
    });
  });
});

describe('Regions', () => {
  const regions = ['eu-west-1', 'eu-central-1'];
  const toOwnRegion = copyTo('arn:aws:backup:$region:$account:backup-vault:second');

  test('one plan covers all Regions if the names are the same', () => {
    const plans = plansOf(made({ regions }));
    expect(Object.keys(plans)).toEqual(['gold']);
    expect(plans.gold).toMatchObject({ regions: set(regions) });
  });

  test.each<[string, Partial<OrganizationBackupPlanOptions>, string, string]>([
    ['the vault of the plan', { vaultName: 'gold-$region' }, '"gold-eu-west-1"', '"gold-eu-central-1"'],
    [
      'the vault of a rule',
      { rules: [daily({ vault: vaultOf('my-$region') })] },
      '"my-eu-west-1"',
      '"my-eu-central-1"',
    ],
    [
      'a copy',
      { rules: [daily({ copies: [toOwnRegion] })] },
      '"arn:aws:backup:eu-west-1:$account:backup-vault:second"',
      '"arn:aws:backup:eu-central-1:$account:backup-vault:second"',
    ],
  ])('there is one plan per Region if $region is in the name of %s', (_title, inside, first, second) => {
    const policy = made({ regions, ...inside });
    expect(policy.problems).toEqual([]);
    const plans = plansOf(policy);
    expect(Object.keys(plans)).toEqual(['gold-eu-central-1', 'gold-eu-west-1']);
    expect(JSON.stringify(plans['gold-eu-west-1'])).toContain(first);
    expect(JSON.stringify(plans['gold-eu-central-1'])).toContain(second);
    expect(plans['gold-eu-west-1']).toMatchObject({ regions: set(['eu-west-1']) });
  });

  test('a copy to its source vault is warned about', () => {
    const own = copyTo('arn:aws:backup:eu-west-1:$account:backup-vault:gold');
    const message = (where: string, fix: string) => [
      `warning: \`copies\` of \`daily\` go to the vault they come from, in ${where}; use a separate plan for ${fix}`,
    ];
    expect(refused({ regions, rules: [daily({ copies: [own] })] })).toEqual(
      message('eu-west-1', 'this Region'),
    );
    expect(refused({ regions: ['eu-central-1'], rules: [daily({ copies: [own] })] })).toEqual([]);
    const each = copyTo('arn:aws:backup:$region:$account:backup-vault:gold');
    expect(refused({ regions, rules: [daily({ copies: [each] })] })).toEqual(
      message('eu-west-1, eu-central-1', 'these Regions'),
    );
  });
});

describe('locks', () => {
  const lockedPlan = { ...control('@@none'), regions: { ...set(['eu-west-1']), ...control('@@none') } };

  test('a plan can be locked', () => {
    const { content } = made({ locked: true });
    expect(content.plans).toMatchObject({ gold: lockedPlan });
    expect(content.plans).not.toHaveProperty(['@@operators_allowed_for_child_policies']);
  });

  test('a document can be locked, which also keeps child policies from adding plans', () => {
    const { content } = made({}, true);
    expect(JSON.stringify(content)).toContain(
      '{"plans":{"@@operators_allowed_for_child_policies":["@@none"],"gold":{',
    );
    expect(content).toMatchObject({ plans: { gold: lockedPlan } });
  });
});

describe('what a backup policy does not support', () => {
  const token = Token.asString({ Ref: 'Name' });
  const days = Token.asNumber({ Ref: 'Days' });
  const LITERAL = 'use a literal value: the policy is the same text for every account';
  const unknown = (property: string, owner: string, fix = LITERAL) =>
    `error: \`${property}\` of \`${owner}\` must be known at synthesis in an organization backup policy, got a token; ${fix}`;
  const rule = (inside: Partial<BackupRule>) => ({ rules: [daily(inside)] });
  const selection = (inside: object) => ({ selections: [{ ...gold, ...inside }] });

  test.each<[string, Partial<OrganizationBackupPlanOptions>, string[]]>([
    [
      'a time zone',
      rule({ schedule: BackupSchedule.daily({ timeZone: TimeZone.ASIA_SEOUL }) }),
      [
        'error: `timeZone` of `daily` is not supported by organization backup policies, whose schedules are in UTC, got `Asia/Seoul`; omit it, and specify the time in UTC',
      ],
    ],
    ['UTC, which it can', rule({ schedule: BackupSchedule.daily({ timeZone: TimeZone.ETC_UTC }) }), []],
    [
      'a schedule that is a token',
      rule({ schedule: BackupSchedule.expression(token) }),
      [unknown('schedule', 'daily')],
    ],
    [
      'days and minutes that are tokens',
      rule({
        retention: Retention.days(days),
        coldStorageAfterDays: days,
        startWindowMinutes: days,
        completionWindowMinutes: days,
      }),
      ['retention', 'coldStorageAfter', 'startWindow', 'completionWindow'].map((name) =>
        unknown(name, 'daily'),
      ),
    ],
    [
      'tags that are a token',
      rule({ recoveryPointTags: Token.asAny({ Ref: 'Tags' }) as never }),
      [unknown('recoveryPointTags', 'daily')],
    ],
    [
      'no vault',
      { vaultName: undefined },
      [
        'error: `vault` of `daily` must be set for an organization backup policy, on the rule or on the plan, got neither; set `vaultName` on the plan',
      ],
    ],
    [
      'vaults that are tokens',
      {
        vaultName: token,
        ...rule({ airGappedVault: airGappedVaultOf(token) }),
      },
      ['vault', 'airGappedVault'].map((name) =>
        unknown(name, 'daily', 'give the vault a literal name, the same in every account'),
      ),
    ],
    [
      'an air-gapped vault with another name in each Region',
      rule({ airGappedVault: airGappedVaultOf('safe-$region') }),
      [
        'error: `airGappedVault` of `daily` must have the same name in every Region, got `safe-$region`; remove the placeholder: AWS Backup fills in the Region of the ARN',
      ],
    ],
    [
      'a copy into a vault that is known at deployment',
      rule({ copies: [copyTo(Lazy.string({ produce: () => 'arn' }))] }),
      [
        unknown(
          'copies',
          'daily',
          'use `CopyAction.toVaultArn` with a literal ARN, which becomes a key in the policy',
        ),
      ],
    ],
    [
      'two copies into one vault',
      rule({ copies: [copy, copy] }),
      [
        'error: `copies` of `daily` must list each destination once, got `arn:aws:backup:eu-west-1:111111111111:backup-vault:central` twice; remove one of them',
      ],
    ],
    [
      'a copy whose days are tokens',
      rule({
        copies: [
          Object.assign(copyTo(CENTRAL), { retention: Retention.days(days), coldStorageAfterDays: days }),
        ],
      }),
      ['copies.retention', 'copies.coldStorageAfter'].map((name) => unknown(name, 'daily')),
    ],
    [
      'a scan without a scanner',
      rule({ scan: ScanMode.FULL }),
      [
        'error: `scan` of `daily` requires `scanTypes` on the plan; set the types to scan, and the role of the scanner',
      ],
    ],
    [
      'the role of a scanner that scans nothing',
      { scannerRoleName: 'Scanner' },
      ['error: `scannerRoleName` of `gold` has no effect without `scanTypes`; set the types to scan'],
    ],
    [
      'single resources',
      selection({ arns: [], resources: [], excludeArns: [], exclude: [] }),
      ['arns', 'resources', 'excludeArns', 'exclude'].map(
        (name) =>
          `error: \`${name}\` of \`gold\` is not supported by organization backup policies, which apply to many accounts; select by \`resourceTypes\` and \`tags\``,
      ),
    ],
    [
      'a selection of nothing',
      selection({ tags: [] }),
      [
        'error: `tags` of `gold` or `resourceTypes` must be set, got neither; use `everything: true` to select all resources',
      ],
    ],
    [
      'any of tags that are patterns',
      selection({ anyTag: [TagCondition.stringLike('a', 'b*')] }),
      [
        'error: `anyTag` of `gold` must use `TagCondition.stringEquals` only, got `a like b*`; use `tags` for other conditions',
      ],
    ],
    [
      'a tag that is a token',
      selection({ tags: [TagCondition.stringEquals('a', token)] }),
      [unknown('tags', 'gold')],
    ],
    [
      'a type without a pattern',
      selection({ resourceTypes: [ResourceType.of('New')], excludeTypes: [ResourceType.of('Other')] }),
      [
        "error: `resourceTypes` of `gold` contains New, which can't be selected by type; select it by tag",
        "error: `excludeTypes` of `gold` contains Other, which can't be selected by type; select it by tag",
      ],
    ],
    ['a role that is a token', { roleName: token }, [unknown('roleName', 'gold')]],
    [
      'nothing at all',
      { regions: [], rules: [], selections: [] },
      ['regions', 'rules', 'selections'].map(
        (name) =>
          `error: \`${name}\` of \`gold\` must have at least one element, got none; add one, because the policy has no effect without it`,
      ),
    ],
    [
      'names that differ in capitals',
      { rules: [daily(), daily({ name: 'Daily' })], selections: [gold, { ...gold, selectionName: 'GOLD' }] },
      [
        'error: `rules` of `gold` must have unique names (case-insensitive), got `Daily` twice; rename one of them',
        'error: `selections` of `gold` must have unique names (case-insensitive), got `GOLD` twice; rename one of them',
      ],
    ],
    [
      'clusters of Aurora without those of others, which is a warning',
      selection({ resourceTypes: [ResourceType.AURORA] }),
      [
        expect.stringMatching(
          /^warning: `resourceTypes` selects Aurora by `arn:aws:rds:\*:\*:cluster:\*`/,
        ) as unknown as string,
      ],
    ],
  ])('%s', (_title, inside, expected) => {
    expect(refused(inside)).toEqual(expected);
  });

  test('names that differ in capitals have an ID of their own, since plans outside of policies may have them', () => {
    const twice = planOf({ rules: [daily(), daily({ name: 'Daily' })] });
    expect(renderPolicy([twice]).problems.map(({ id }) => id)).toContain('Backup-DuplicatePolicyKey');
  });

  test('two plans whose names differ only in case', () => {
    expect(problems(planOf(), planOf({ name: 'GOLD' }))).toEqual([
      'error: `name` of a plan must be unique in a backup policy (case-insensitive), got `GOLD` twice; rename one of them',
    ]);
  });
});

describe('what AWS would refuse', () => {
  test('in the document', () => {
    expect(refused({ name: 'my plan' })).toEqual([
      'error: `plans/my plan` must be a name of 1 to 50 letters, digits, `-`, `_` and `.`, got `my plan`',
    ]);
    const archived = BackupRule.daily({
      retention: Retention.days(120),
      coldStorageAfter: Duration.days(30),
      archive: true,
    });
    expect(refused({ rules: [archived] })).toEqual([
      'error: `plans/gold/rules/daily/lifecycle/opt_in_to_archive_for_supported_resources` requires at least 28 days between runs, got `schedule_expression` `cron(0 5 ? * * *)`; use a monthly or yearly schedule for this rule',
    ]);
  });

  test('because of its length', () => {
    const selections = Array.from({ length: 120 }, (_, i) => ({ ...gold, selectionName: `selection-${i}` }));
    expect(refused({ selections })).toEqual([
      expect.stringMatching(/^error: the document must be at most 10000 characters, got \d+; split it/),
    ]);
  });

  test('of the effective policy', () => {
    const rules = Array.from({ length: 11 }, (_, i) => daily({ name: `rule-${i}` }));
    expect(refused({ rules })).toEqual([
      "error: `plans/gold/rules` would keep the policy from taking effect, ELEMENTS_TOO_MANY: 'rules' exceeds the allowed maximum limit 10",
    ]);
  });

  test('when AWS Backup creates the plan', () => {
    const rule = daily({ retention: Retention.days(60), coldStorageAfterDays: 30 });
    expect(refused({ rules: [rule] })).toEqual([
      expect.stringMatching(
        /^error: `plans\/gold\/rules\/daily\/lifecycle\/delete_after_days` must be at least 90 days after/,
      ),
    ]);
  });
});

test('AWS Organizations accepts a policy without errors', () => {
  const { content } = made({
    locked: true,
    regions: ['eu-west-1', 'us-east-1'],
    rules: [daily({ copies: [copy] })],
  });
  expect(new PolicyLibrary().problems(JSON.stringify(content))).toEqual([]);
});
