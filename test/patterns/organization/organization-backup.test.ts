import { type App, Duration, Stack } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { OrganizationTarget } from '../../../src/organization/core/organization-target';
import { BackupTier } from '../../../src/patterns/core/backup-tier';
import { OrganizationBackup } from '../../../src/patterns/organization/organization-backup';
import type {
  OrganizationBackupProps,
  OrganizationTierOptions,
} from '../../../src/patterns/organization/organization-backup-props';
import { BackupRule } from '../../../src/resources/plan/backup-rule';
import { Retention } from '../../../src/values/plan/retention';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { VaultLock } from '../../../src/values/vault/vault-lock';
import { anything } from '../../support/anything';
import { testApp } from '../../support/app';
import { refusal, thrown } from '../../support/refusal';
import { rendered } from '../../support/rendered';
import { schemaProblems } from '../../support/schema';
import { synthesize } from '../../support/synthesis';
import { warningsOf } from '../../support/warnings';

const MANAGEMENT = '111111111111';
const PLATFORM = '222222222222';
const VAULTS = '333333333333';
const UNIT = OrganizationTarget.organizationalUnit('ou-ab12-11111111');

let app: App;
let management: Stack;
let platform: Stack;
let vaults: Stack;
beforeEach(() => {
  app = testApp();
  management = inAccount('Management', MANAGEMENT);
  platform = inAccount('Platform', PLATFORM);
  vaults = inAccount('Vaults', VAULTS);
});

const inAccount = (name: string, account: string, region = 'eu-west-1') =>
  new Stack(app, name, { env: { account, region } });
const organization = (props: Partial<OrganizationBackupProps> = {}, scope = management) =>
  new OrganizationBackup(scope, 'Backup', {
    organizationId: 'o-a1b2c3d4e5',
    targets: [UNIT],
    regions: ['eu-west-1', 'eu-central-1'],
    homeRegion: 'eu-west-1',
    tiers: [{ tier: BackupTier.GOLD }, { tier: BackupTier.BRONZE }],
    ...props,
  });
const typesOf = (stack: Stack) =>
  Object.values<{ Type: string }>(synthesize(stack).toJSON().Resources ?? {})
    .map(({ Type }) => Type)
    .sort();
const central = (inside: Partial<OrganizationBackupProps['central'] & object> = {}) => ({
  scope: vaults,
  retention: Retention.years(7),
  ...inside,
});
const set = (value: unknown) => ({ '@@assign': value });

describe('backups of an organization', () => {
  test('are one policy per tier and a baseline, all in the management account by default', () => {
    const given = organization();
    expect(typesOf(management)).toEqual([
      'AWS::CloudFormation::StackSet',
      'AWS::Organizations::Policy',
      'AWS::Organizations::Policy',
    ]);
    expect(given.baseline.vaultNames).toEqual(['gold', 'bronze']);
    expect(given.policies.map(({ document }) => document.vaultNames)).toEqual([['gold'], ['bronze']]);
    expect(given.policiesOf('bronze')).toEqual([given.policies[1]]);
    expect(given.policiesOf('platinum')).toEqual([]);
    expect([given.central, given.delegation, given.protection, given.tagPolicy]).toEqual(
      Array(4).fill(undefined),
    );
    expect(warningsOf(app)).toEqual([]);
  });

  test('protect resources with the tag of a tier', () => {
    const { policies } = organization({ tagKey: 'Protection', locked: false });
    const { gold } = rendered(policies[0]).Content.plans;
    expect(gold.regions).toEqual(set(['eu-west-1', 'eu-central-1']));
    expect(gold.selections.tags.gold).toEqual({
      iam_role_arn: set('arn:aws:iam::$account:role/AwsBackupOrganizationRole'),
      tag_key: set('Protection'),
      tag_value: set(['gold']),
    });
    expect(Object.keys(gold.rules)).toEqual(['continuous', 'monthly', 'weekly', 'yearly']);
  });

  test('have plans that child policies can not change by default', () => {
    const { policies } = organization();
    expect(rendered(policies[0]).Content.plans).toHaveProperty('@@operators_allowed_for_child_policies', [
      '@@none',
    ]);
    expect(policies[0].document.charactersLeft).toBeGreaterThan(0);
  });

  test('go to three accounts from one declaration, deployed in this order', () => {
    organization({
      delegatedAdmin: platform,
      central: central(),
      protection: { exemptRoles: ['BreakGlass'] },
      tagPolicy: true,
    });
    const template = synthesize(platform);
    template.resourceCountIs('AWS::Organizations::Policy', 2);
    template.hasResourceProperties('AWS::CloudFormation::StackSet', { CallAs: 'DELEGATED_ADMIN' });
    expect(typesOf(management).filter((type) => type.startsWith('AWS::Organizations'))).toEqual([
      'AWS::Organizations::Policy',
      'AWS::Organizations::Policy',
      'AWS::Organizations::ResourcePolicy',
    ]);
    expect(typesOf(vaults)).toEqual(['AWS::Backup::BackupVault', 'AWS::KMS::Key']);
    expect(platform.dependencies.map(({ stackName }) => stackName).sort()).toEqual(['Management', 'Vaults']);
    for (const stack of [management, platform, vaults])
      expect(schemaProblems(synthesize(stack).toJSON())).toEqual([]);
    expect(warningsOf(app)).toEqual([]);
  });

  test('let the delegated administrator manage backup policies, and turn on the required settings', () => {
    organization({ delegatedAdmin: platform, central: central() });
    const template = synthesize(management);
    template.hasResourceProperties('Custom::BackupGlobalSettings', {
      flags: { isCrossAccountBackupEnabled: true, isDelegatedAdministratorEnabled: true },
    });
    expect(JSON.stringify(template.findResources('AWS::Organizations::ResourcePolicy'))).toContain(PLATFORM);
  });

  test('leave the settings of the organization unchanged on request', () => {
    organization({ delegatedAdmin: platform, central: central(), managesGlobalSettings: false });
    expect(typesOf(management)).toEqual(['AWS::Organizations::ResourcePolicy']);
  });

  test('opt in to types, in each given Region of the management account', () => {
    const frankfurt = inAccount('Frankfurt', MANAGEMENT, 'eu-central-1');
    organization({ optIn: [ResourceType.EFS], optInScopes: [frankfurt] });
    for (const stack of [management, frankfurt])
      synthesize(stack).resourceCountIs('Custom::BackupRegionSettings', 1);
  });

  test('reach the management account too, if stacks are given for it', () => {
    organization({ managementScopes: [management] });
    expect(typesOf(management)).toEqual([
      'AWS::Backup::BackupVault',
      'AWS::Backup::BackupVault',
      'AWS::CloudFormation::StackSet',
      'AWS::IAM::Role',
      'AWS::KMS::Alias',
      'AWS::KMS::Key',
      'AWS::Organizations::Policy',
      'AWS::Organizations::Policy',
    ]);
  });

  test('can have air-gapped vaults in every account', () => {
    const { baseline } = organization({
      airGappedVaults: [
        {
          backupVaultName: 'safe',
          minRetention: Duration.days(7),
          maxRetention: Duration.days(90),
          acknowledgeIrreversible: true,
          generation: '7to90',
        },
      ],
    });
    expect(baseline.airGappedVaultNames).toEqual(['safe']);
  });

  test('can share a vault among tiers, and lock it', () => {
    const lock = VaultLock.governance({ minRetention: Duration.days(7) });
    const given = organization({
      tiers: [
        { tier: BackupTier.GOLD, vaultName: 'shared', lock },
        { tier: BackupTier.BRONZE, vaultName: 'shared' },
      ],
    });
    expect(given.baseline.vaultNames).toEqual(['shared']);
    const [{ Properties }] = Object.values(
      synthesize(management).findResources('AWS::CloudFormation::StackSet'),
    );
    expect(Properties.TemplateBody).toContain('"LockConfiguration":{"MinRetentionDays":7}');
  });
});

describe('the central vault', () => {
  const copiesOf = (given: OrganizationBackup, tier: string) =>
    Object.values<{ rules: Record<string, { copy_actions?: object }> }>(
      rendered(given.policiesOf(tier)[0]).Content.plans,
    ).flatMap(({ rules = {} }) =>
      Object.values(rules).flatMap(({ copy_actions }) =>
        Object.keys(copy_actions ?? {}).filter((key) => !key.startsWith('@@')),
      ),
    );

  test('gets a copy of every recovery point, except for tiers that are not copied', () => {
    const given = organization({
      central: central({ retention: Retention.days(400), coldStorageAfter: Duration.days(30) }),
      tiers: [{ tier: BackupTier.GOLD }, { tier: BackupTier.BRONZE, copies: false }],
      locked: false,
    });
    const arn = `arn:aws:backup:eu-west-1:${VAULTS}:backup-vault:organization-central`;
    expect(copiesOf(given, 'gold')).toEqual([arn, arn, arn, arn]);
    expect(copiesOf(given, 'bronze')).toEqual([]);
    const { continuous } = rendered(given.policies[0]).Content.plans.gold.rules;
    expect(continuous.copy_actions[arn].lifecycle).toEqual({
      move_to_cold_storage_after_days: set('30'),
      delete_after_days: set('400'),
    });
  });

  describe('keeps copies as long as you say', () => {
    const daysOf = (given: OrganizationBackup, tier: string) =>
      Object.fromEntries(
        Object.entries<{ copy_actions: object }>(
          rendered(given.policiesOf(tier)[0]).Content.plans[tier].rules,
        ).map(([name, { copy_actions }]) => [
          name,
          Number(Object.values(copy_actions)[0].lifecycle.delete_after_days['@@assign']),
        ]),
      );

    test('for all tiers, for a tier, or for a rule', () => {
      const given = organization({
        central: central({ retention: Retention.days(60) }),
        tiers: [
          {
            tier: BackupTier.GOLD,
            copyRetention: Retention.years(1),
            copyRetentions: { yearly: Retention.years(7), weekly: Retention.days(50) },
          },
          { tier: BackupTier.BRONZE },
        ],
        locked: false,
      });
      expect(daysOf(given, 'gold')).toEqual({ continuous: 365, weekly: 50, monthly: 365, yearly: 2555 });
      expect(daysOf(given, 'bronze')).toEqual({ daily: 60 });
      expect(warningsOf(app)).toEqual([]);
    });

    test('and warns of those that are kept less than half as long as their sources', () => {
      organization({ central: central({ retention: Retention.days(90) }), locked: false });
      const shorter = (rule: string, days: number) =>
        `Backup-CopyKeptShorter: \`central.retention\` keeps the copies of the rule \`${rule}\` of the tier \`gold\` 90 days, but their sources are kept ${days} days: after that, nothing survives the loss of the account; set \`copyRetentions: { ${rule}: … }\` of the tier, or acknowledge this`;
      expect(warningsOf(app)).toEqual([shorter('monthly', 365), shorter('yearly', 2555)]);
    });

    test('and warns of one that is kept shorter than forever', () => {
      const tier = BackupTier.of('ledger', [
        BackupRule.monthly({ name: 'month-end', retention: Retention.forever() }),
      ]);
      organization({ central: central(), tiers: [{ tier, copyRetention: Retention.years(10) }] });
      expect(warningsOf(app)).toEqual([
        "Backup-CopyKeptShorter: `tiers[0].copyRetention` keeps the copies of the rule `month-end` of the tier `ledger` 3650 days, but their sources are kept forever: after that, nothing survives the loss of the account; set `copyRetentions: { 'month-end': … }` of the tier, or acknowledge this",
      ]);
    });

    test.each<[string, Partial<OrganizationBackupProps>, string]>([
      [
        'outside of the lock of the central vault',
        { tiers: [{ tier: BackupTier.BRONZE, copyRetentions: { daily: Retention.days(5) } }] },
        '`tiers[0].copyRetentions.daily` must lie within the lock of the central vault (7 days or more), got 5 days: every such job would fail; use 7 days or more',
      ],
      [
        'of a rule that the tier does not have',
        { tiers: [{ tier: BackupTier.GOLD, copyRetentions: { yearlly: Retention.years(7) } }] },
        '`tiers[0].copyRetentions` must name rules of the tier `gold` (`continuous`, `weekly`, `monthly` and `yearly`), got `yearlly`; use `yearly`',
      ],
      [
        'of a tier that is not copied',
        { tiers: [{ tier: BackupTier.GOLD, copies: false, copyRetention: Retention.years(7) }] },
        '`tiers[0].copyRetention` has no effect, because the tier `gold` is not copied; remove it, or `copies: false`',
      ],
      [
        'without a central vault',
        { central: undefined, tiers: [{ tier: BackupTier.GOLD, copyRetention: Retention.years(7) }] },
        '`tiers[0].copyRetention` has no effect, because the tier `gold` is not copied; set `central`, or remove it',
      ],
      [
        'that is none',
        { tiers: [{ tier: BackupTier.GOLD, copyRetention: 90 as unknown as Retention }] },
        '`tiers[0].copyRetention` must be a `Retention`, got 90; for example, use `Retention.days(90)`',
      ],
    ])('but not %s', (_, props, message) => {
      expect(refusal(() => organization({ central: central(), ...props }))).toBe(
        `${message} (in \`Management/Backup\`)`,
      );
    });
  });

  test.each<[string, number, Partial<OrganizationTierOptions>, string]>([
    [
      'of a rule',
      400,
      { copyRetentions: { daily: Retention.days(60) } },
      '`tiers[0].copyRetentions.daily` must be at least 90 days after `central.coldStorageAfter` (30 days), got 60 days; use 120 days or more, or omit `central.coldStorageAfter`',
    ],
    [
      'of a tier',
      400,
      { copyRetention: Retention.days(100) },
      '`tiers[0].copyRetention` must be at least 90 days after `central.coldStorageAfter` (30 days), got 100 days; use 120 days or more',
    ],
    [
      'of all tiers',
      100,
      {},
      '`central.retention` must be at least 90 days after `central.coldStorageAfter` (30 days), got 100 days; use 120 days or more',
    ],
  ])('keeps no copies %s shorter than cold storage allows', (_, days, options, message) => {
    const props = {
      central: central({ retention: Retention.days(days), coldStorageAfter: Duration.days(30) }),
      tiers: [{ tier: BackupTier.SILVER, ...options }],
    };
    expect(refusal(() => organization(props))).toBe(`${message} (in \`Management/Backup\`)`);
  });

  test('lets exactly the organization copy to it, and the key of the members lets it read', () => {
    const given = organization({ central: central() });
    synthesize(vaults).hasResourceProperties('AWS::Backup::BackupVault', {
      BackupVaultName: 'organization-central',
      LockConfiguration: { MinRetentionDays: 7 },
    });
    expect(JSON.stringify(synthesize(vaults).toJSON())).toContain(
      '"StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}',
    );
    expect(JSON.stringify(rendered(given.baseline.encryptionKey))).toContain(VAULTS);
  });

  test('is in every Region if there is a stack for each, and copies stay in their Region', () => {
    const frankfurt = inAccount('Frankfurt', VAULTS, 'eu-central-1');
    const given = organization({ central: central({ replicas: [frankfurt] }), locked: false });
    expect(given.central?.replicas).toHaveLength(1);
    expect([...new Set(copiesOf(given, 'gold'))]).toEqual([
      `arn:aws:backup:eu-central-1:${VAULTS}:backup-vault:organization-central`,
      `arn:aws:backup:eu-west-1:${VAULTS}:backup-vault:organization-central`,
    ]);
    expect(Object.keys(rendered(given.policies[1]).Content.plans)).toEqual([
      'bronze-eu-central-1',
      'bronze-eu-west-1',
    ]);
    synthesize(management);
    expect(management.dependencies.map(({ stackName }) => stackName).sort()).toEqual(['Frankfurt', 'Vaults']);
  });

  test('in the only Region that is backed up gets the copies of that Region', () => {
    const given = organization({
      regions: ['eu-central-1'],
      homeRegion: undefined,
      central: central({
        replicas: [inAccount('Frankfurt', VAULTS, 'eu-central-1')],
        backupVaultName: 'safe',
      }),
    });
    expect([...new Set(copiesOf(given, 'bronze'))]).toEqual([
      `arn:aws:backup:eu-central-1:${VAULTS}:backup-vault:safe`,
    ]);
  });
});

describe('plans per Region that are too long for one policy', () => {
  const REGIONS = ['eu-west-1', 'eu-central-1', 'eu-north-1', 'eu-west-3', 'eu-south-1'];
  const wide = (count: number, props: Partial<OrganizationBackupProps> = {}) => {
    const regions = REGIONS.slice(0, count);
    const [scope, ...replicas] = regions.map((region) => inAccount(`Vaults-${region}`, VAULTS, region));
    return organization({ regions, central: central({ scope, replicas }), ...props });
  };

  test('become several policies', () => {
    const given = wide(5);
    expect(given.policiesOf('gold').map(({ document }) => document.regions)).toEqual([
      ['eu-central-1', 'eu-west-1'],
      ['eu-north-1', 'eu-west-3'],
      ['eu-south-1'],
    ]);
    expect(given.policiesOf('gold').map(({ node }) => node.id)).toEqual([
      'Policy-gold',
      'Policy-gold-2',
      'Policy-gold-3',
    ]);
    for (const { document } of given.policies) expect(document.charactersLeft).toBeGreaterThanOrEqual(0);
  });

  test('do not change when a Region is added', () => {
    const first = rendered(wide(3).policies[0]).Content;
    expect(first).toHaveProperty('plans.gold-eu-central-1');
    beforeAnother();
    expect(rendered(wide(4).policies[0]).Content).toEqual(first);
  });

  test('are refused if a target accepts fewer', () => {
    const tiers = ['a1', 'a2', 'a3', 'a4'].map((name) => ({
      tier: BackupTier.of(name, BackupTier.GOLD.rules),
    }));
    expect(refusal(() => wide(5, { tiers }))).toBe(
      '`tiers` must fit into 10 policies, the most that a target accepts, but their plans per Region need 12; set `locked: false`, which makes plans less than half as long, or create several `OrganizationBackup` constructs for different targets (in `Management/Backup`)',
    );
  });

  function beforeAnother() {
    app = testApp();
    management = inAccount('Management', MANAGEMENT);
  }
});

describe('what protects the backups', () => {
  test('prevents members from changing the vaults, the role and the key of the baseline', () => {
    const given = organization({
      tiers: [{ tier: BackupTier.GOLD, vaultName: 'gold-$region' }],
      roleName: 'service-role/Backup',
      protection: { exemptRoles: ['BreakGlass'] },
    });
    const { Statement } = rendered(given.protection as never).Content;
    const bySid = Object.fromEntries(Statement.map((each: { Sid: string }) => [each.Sid, each]));
    expect(bySid.Vaults.Resource).toBe('arn:*:backup:*:*:backup-vault:gold-*');
    expect(bySid.Vaults.Condition.ArnNotLike['aws:PrincipalArn']).toEqual([
      'arn:*:iam::*:role/stacksets-exec-*',
      'arn:*:iam::*:role/service-role/Backup',
      'arn:*:iam::*:role/BreakGlass',
    ]);
    expect(bySid.Keys.Condition['ForAnyValue:StringEquals']).toEqual({
      'kms:ResourceAliases': 'alias/organization-backup',
    });
    const template = synthesize(management);
    const [[stackSet]] = Object.entries(template.findResources('AWS::CloudFormation::StackSet'));
    const [protection] = Object.values(template.findResources('AWS::Organizations::Policy')).filter(
      ({ Properties }) => Properties.Type === 'SERVICE_CONTROL_POLICY',
    );
    expect(protection.DependsOn).toContain(stackSet);
    const body = template.toJSON().Resources[stackSet].Properties.TemplateBody;
    expect(body).toContain('/BreakGlass');
    expect(body).toContain(':role/stacksets-exec-*'); // nobody else can create such a role
  });

  test.each([
    ['without a service control policy, any administrator could create such a role', {}, false],
    ['in the management account, which service control policies do not apply to', { protection: {} }, true],
  ])('does not exempt the role of StackSets %s', (_, props, inManagement) => {
    const given = organization({ ...props, managementScopes: [management] });
    const template = synthesize(management);
    const [vault] = Object.values(template.findResources('AWS::Backup::BackupVault'));
    const [stackSet] = Object.values(template.findResources('AWS::CloudFormation::StackSet'));
    const shown = JSON.stringify(inManagement ? vault : [vault, stackSet]);
    expect(given.baseline.vaultNames).toContain('gold');
    expect(shown).toContain('DenyCircumvention');
    expect(shown).not.toContain('stacksets-exec');
  });

  test('defines how the tag is written', () => {
    const given = organization({ tagPolicy: true, tagKey: 'Backup' });
    expect(rendered(given.tagPolicy as never).Content).toEqual({
      tags: { backup: { tag_key: set('Backup'), tag_value: set(['gold', 'bronze']) } },
    });
  });
});

describe('invalid organizations are refused', () => {
  const IN = ' (in `Management/Backup`)';

  test.each<[() => Partial<OrganizationBackupProps>, string]>([
    [
      () => ({ organizationId: 'r-ab12' }),
      '`organizationId` must be an organization ID such as `o-a1b2c3d4e5`, got `r-ab12`',
    ],
    [
      () => ({ tiers: [] }),
      '`tiers` must be 1 to 10, because each is a policy and a target accepts 10, got 0',
    ],
    [
      () => ({ tiers: [BackupTier.GOLD as never] }),
      '`tiers[0]` must be a tier, got an instance of `BackupTier`; for example, use `{ tier: BackupTier.GOLD }`',
    ],
    [
      () => ({ tiers: [{ tier: BackupTier.GOLD }, { tier: BackupTier.of('Gold', BackupTier.GOLD.rules) }] }),
      '`tiers` must have unique names (case-insensitive), got `Gold` twice; rename one of them',
    ],
    [
      () => ({ tiers: [{ tier: BackupTier.of('very good', BackupTier.GOLD.rules) }] }),
      '`tiers[0].vaultName` must be set for the tier `very good`, whose name is not a valid vault name; use 2 to 50 letters, digits, `-` and `_`',
    ],
    [
      () => ({ tiers: [{ tier: BackupTier.GOLD, lock: 7 as never }] }),
      '`tiers[0].lock` must be a `VaultLock`, got 7',
    ],
    [
      () => ({ delegatedAdmin: inAccount('Other', MANAGEMENT) }),
      '`delegatedAdmin` must be in a member account, got one in 111111111111, the management account; omit it to create everything in the management account',
    ],
    [
      () => ({ delegatedAdmin: new Stack(app, 'Open') }),
      "`delegatedAdmin` must be in a known account, since the delegation policy contains it, but the account of the stack `Open` isn't known; set `env` on the stack",
    ],
    [
      () => ({ central: central({ scope: new Stack(app, 'Open', { env: { account: VAULTS } }) }) }),
      "`central.scope` must be in a known Region, since the policies contain it, but the Region of the stack `Open` isn't known; set `env` on the stack",
    ],
    [
      () => ({ central: { scope: vaults } as never }),
      '`central.retention` must be a `Retention`, got nothing; for example, use `Retention.days(90)`',
    ],
    [
      () => ({ central: central({ retention: Retention.days(3) }) }),
      '`central.retention` must lie within the lock of the central vault (7 days or more), got 3 days: every such job would fail; use 7 days or more',
    ],
    [
      () => ({ optInScopes: [management] }),
      '`optInScopes` has no effect without `optIn`; set the types to protect',
    ],
    [
      () => ({ optIn: [ResourceType.EFS], optInScopes: [vaults] }),
      '`optInScopes[0]` must be in the management account (111111111111), got one in 333333333333',
    ],
    [
      () => ({ optIn: [ResourceType.EFS], optInScopes: [inAccount('Again', MANAGEMENT)] }),
      '`optInScopes[0]` must be in different Regions, got a second one in eu-west-1',
    ],
    [() => ({ protection: true as never }), '`protection` must be an object with properties, got true'],
  ])('%#', (props, message) => {
    const given = props();
    expect(refusal(() => organization(given))).toBe(`${message}${IN}`);
  });

  test('a lock that makes the jobs of its tier fail is refused', () => {
    const lock = VaultLock.governance({ minRetention: Duration.days(7), maxRetention: Duration.days(90) });
    const tier = BackupTier.of('long', [BackupRule.daily({ retention: Retention.years(1) })]);
    expect(refusal(() => organization({ tiers: [{ tier, lock }] }))).toBe(
      '`retention` of the rule `daily` of the plan `long` must lie within the lock of the vault `long` of `Management/Backup/Baseline` (7 to 90 days), got 365 days: every such job would fail; use 90 days or less (in `Management/Backup/Policy-long`)',
    );
  });

  test('callers without static types get our errors', () => {
    const keys = [
      'organizationId',
      'targets',
      'regions',
      'homeRegion',
      'tiers',
      'tagKey',
      'delegatedAdmin',
      'central',
      'roleName',
      'keyAlias',
      'preferences',
      'locked',
      'protection',
      'tagPolicy',
      'optIn',
      'optInScopes',
    ];
    fc.assert(
      fc.property(anything, fc.constantFrom(...keys), (value, key) => {
        const make = (props: object) =>
          thrown(() =>
            organization(
              props,
              new Stack(testApp(), 'Stack', { env: { account: MANAGEMENT, region: 'eu-west-1' } }),
            ),
          );
        make({ [key]: value });
        make({ [key]: [value] });
        thrown(() => new OrganizationBackup(new Stack(testApp(), 'Stack'), 'Backup', value as never));
      }),
      { numRuns: 80 },
    );
  });
});
