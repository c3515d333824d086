import { CfnOutput, Duration, Fn, NestedStack, Stack, Stage, Tags, Validations } from 'aws-cdk-lib';
import {
  BackupPlan as CdkBackupPlan,
  BackupResource as CdkBackupResource,
  BackupSelection as CdkBackupSelection,
  BackupVault as CdkBackupVault,
  type CfnBackupPlan,
  CfnBackupSelection,
  CfnBackupVault,
  CfnLogicallyAirGappedBackupVault,
  type IBackupPlan,
  type IBackupVaultRef,
} from 'aws-cdk-lib/aws-backup';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { runChecks } from '../../../src/checks/engine/check';
import { retentionChecks } from '../../../src/checks/plan/retention-checks';
import { readInventory } from '../../../src/inventory/inventory';
import { BackupPlan, type BackupPlanProps } from '../../../src/resources/plan/backup-plan';
import { BackupRule } from '../../../src/resources/plan/backup-rule';
import { CopyAction } from '../../../src/resources/plan/copy-action';
import { ScanMode } from '../../../src/resources/plan/scan-settings';
import { BackupRole } from '../../../src/resources/role/backup-role';
import { BackupSelection } from '../../../src/resources/selection/backup-selection';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import { TagCondition } from '../../../src/values/core/tag-condition';
import { Retention } from '../../../src/values/plan/retention';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { VaultLock } from '../../../src/values/vault/vault-lock';
import { anything } from '../../support/anything';
import { testApp } from '../../support/app';
import { refusal, thrown } from '../../support/refusal';
import { rendered } from '../../support/rendered';
import { schemaProblems } from '../../support/schema';
import { synthesisRefusal, synthesize, testStack } from '../../support/synthesis';
import { warningsOf } from '../../support/warnings';

const HERE = { account: '111122223333', region: 'eu-west-1' };
const DAILY = BackupRule.daily({ retention: Retention.days(35) });
const GOLD = TagCondition.stringEquals('backup', 'gold');
const LOCK = VaultLock.governance({ minRetention: Duration.days(7), maxRetention: Duration.days(365) });

let stack: Stack;
let vault: IBackupVaultRef;
beforeEach(() => {
  stack = testStack();
  vault = BackupVault.fromBackupVaultName(stack, 'Vault', 'vault');
});

const plan = (props: BackupPlanProps = {}, scope: Construct = stack, id = 'Plan') =>
  new BackupPlan(scope, id, { vault, rules: [DAILY], ...props });
const rulesOf = (given: BackupPlan): Record<string, unknown>[] => rendered(given).BackupPlan.BackupPlanRule;
const IN_PLAN = ' (in `Stack/Plan`)';

/** The warnings of a plan in a separate stack, after synthesis. */
function warnedAtSynthesis(
  props: BackupPlanProps = {},
  build: (given: BackupPlan) => void = () => {},
): string[] {
  const own = testStack();
  build(plan({ vault: BackupVault.fromBackupVaultName(own, 'Vault', 'vault'), ...props }, own));
  synthesize(own);
  return warningsOf(own);
}

describe('a plan', () => {
  test('has a name and rules, and satisfies the CloudFormation schema', () => {
    plan({ backupPlanName: 'gold', rules: [DAILY, BackupRule.monthly({ retention: Retention.years(1) })] });
    const template = synthesize(stack);
    template.resourceCountIs('AWS::Backup::BackupPlan', 1);
    template.hasResourceProperties('AWS::Backup::BackupPlan', {
      BackupPlan: {
        BackupPlanName: 'gold',
        BackupPlanRule: [
          { RuleName: 'daily', TargetBackupVault: 'vault', Lifecycle: { DeleteAfterDays: 35 } },
          { RuleName: 'monthly', TargetBackupVault: 'vault', Lifecycle: { DeleteAfterDays: 365 } },
        ],
      },
    });
    expect(schemaProblems(template.toJSON())).toEqual([]);
    expect(Object.keys(template.toJSON().Resources)).toHaveLength(1);
  });

  test('creates application-consistent Windows backups with `windowsVss`', () => {
    expect(rendered(plan({ windowsVss: true })).BackupPlan.AdvancedBackupSettings).toEqual([
      { ResourceType: 'EC2', BackupOptions: { WindowsVSS: 'enabled' } },
    ]);
    expect(rendered(plan({ windowsVss: false }, stack, 'Other')).BackupPlan).not.toHaveProperty(
      'AdvancedBackupSettings',
    );
  });

  test('can be tagged like any CDK construct', () => {
    const tagged = plan();
    Tags.of(tagged).add('team', 'storage');
    synthesize(stack).hasResourceProperties('AWS::Backup::BackupPlan', {
      BackupPlanTags: { team: 'storage' },
    });
  });

  test('exposes its ID, ARN and version', () => {
    const given = plan();
    expect(stack.resolve([given.backupPlanId, given.backupPlanArn, given.versionId])).toEqual([
      { 'Fn::GetAtt': [stack.getLogicalId(given.node.defaultChild as CfnBackupPlan), 'BackupPlanId'] },
      { 'Fn::GetAtt': [expect.any(String), 'BackupPlanArn'] },
      { 'Fn::GetAtt': [expect.any(String), 'VersionId'] },
    ]);
    expect(given.backupPlanRef.backupPlanId).toBe(given.backupPlanId);
    expect(given.backupPlanRef.backupPlanArn).toBe(given.backupPlanArn);
  });

  test('can be changed through its L1', () => {
    const given = plan();
    const resource = given.node.defaultChild as CfnBackupPlan;
    resource.addPropertyOverride('BackupPlan.BackupPlanRule.0.StartWindowMinutes', 77);
    expect(rulesOf(given)[0]).toHaveProperty('StartWindowMinutes', 77);
  });

  test('supports property injection', () => {
    expect(BackupPlan.PROPERTY_INJECTION_ID).toBe('cdk-backup-constructs.BackupPlan');
    const app = testApp({
      propertyInjectors: [
        {
          constructUniqueId: BackupPlan.PROPERTY_INJECTION_ID,
          inject: (props) => ({ windowsVss: true, ...(props as BackupPlanProps) }),
        },
      ],
    });
    const injected = new Stack(app, 'Injected');
    const given = new BackupPlan(injected, 'Plan', {
      vault: BackupVault.fromBackupVaultName(injected, 'Vault', 'vault'),
      rules: [DAILY],
    });
    expect(rendered(given).BackupPlan).toHaveProperty('AdvancedBackupSettings');
  });
});

test('a copy with a placeholder of organization backup policies is refused in a backup plan', () => {
  const copy = CopyAction.toVaultArn('arn:aws:backup:eu-central-1:$account:backup-vault:second', {
    retention: Retention.days(90),
  });
  expect(
    refusal(() => plan({ rules: [BackupRule.daily({ retention: Retention.days(35), copies: [copy] })] })),
  ).toBe(
    `\`copies\` of the rule \`daily\` must contain the account and the Region of its destination, got \`$account\`, which is replaced only in organization backup policies; use the ARN with its account and Region${IN_PLAN}`,
  );
});

describe('the name of a plan', () => {
  test('is generated from its path', () => {
    expect(plan({}, stack, 'Gold').backupPlanName).toMatch(/^Stack-Gold-[0-9a-f]{8}$/);
  });

  test('is stable, and differs for every path of an app', () => {
    const names = () => {
      const app = testApp();
      const stacks = [
        new Stack(app, 'A'),
        new Stack(app, 'B'),
        new Stack(new Stage(app, 'Prod'), 'A'),
        new NestedStack(new Stack(app, 'C'), 'Nested'),
      ];
      return stacks.flatMap((scope) => [
        new BackupPlan(scope, 'Plan').backupPlanName,
        new BackupPlan(scope, 'plan').backupPlanName,
      ]);
    };
    expect(new Set(names()).size).toBe(8);
    expect(names()).toEqual(names());
  });

  test('is refused if AWS would reject it', () => {
    const refused = (backupPlanName: unknown) =>
      refusal(() => plan({ backupPlanName: backupPlanName as string }, stack, 'Plan'));
    expect(refused('gold plan')).toBe(
      `\`backupPlanName\` must be 1 to 200 characters from \`a-z\`, \`A-Z\`, \`0-9\`, \`-\`, \`_\` and \`.\`, got \`gold plan\`; use \`gold-plan\`${IN_PLAN}`,
    );
  });

  test('that is used twice in an account and Region gets a warning', () => {
    plan({ backupPlanName: 'gold' });
    plan({ backupPlanName: 'gold' }, stack, 'Other');
    expect(warningsOf(stack)).toEqual([
      'Backup-DuplicatePlanName: `backupPlanName` `gold` is also the name of `Stack/Plan` in the same account and Region, and AWS Backup rejects a plan that already exists; omit it, since generated names are unique within the app',
    ]);
  });

  test('can be the same in other accounts and Regions, or if it is a token', () => {
    const app = testApp();
    for (const env of [HERE, { ...HERE, region: 'us-east-1' }, { ...HERE, account: '444455556666' }]) {
      const scope = new Stack(app, `Stack${env.region}${env.account}`, { env });
      new BackupPlan(scope, 'Plan', { backupPlanName: 'gold' });
      new BackupPlan(scope, 'A', { backupPlanName: Fn.ref('Name') });
      new BackupPlan(scope, 'B', { backupPlanName: Fn.ref('Name') });
    }
    expect(warningsOf(app)).toEqual([]);
  });
});

describe('the vault of a rule', () => {
  test('is the vault of the rule, otherwise the vault of the plan', () => {
    const other = new CdkBackupVault(stack, 'Other', { backupVaultName: 'other' });
    const given = plan({
      rules: [DAILY, BackupRule.weekly({ retention: Retention.days(90), vault: other })],
    });
    expect(rulesOf(given).map((rule) => rule.TargetBackupVault)).toEqual([
      'vault',
      { 'Fn::GetAtt': [stack.getLogicalId(other.node.defaultChild as CfnBackupVault), 'BackupVaultName'] },
    ]);
  });

  test('can be one of this library, one of aws-cdk-lib, an L1, or an imported one', () => {
    const vaults: IBackupVaultRef[] = [
      new BackupVault(stack, 'Ours'),
      new CdkBackupVault(stack, 'Theirs'),
      new CfnBackupVault(stack, 'L1', { backupVaultName: 'l1' }),
      BackupVault.fromBackupVaultArn(
        stack,
        'Imported',
        'arn:aws:backup:eu-west-1:111122223333:backup-vault:imported',
      ),
      CdkBackupVault.fromBackupVaultName(stack, 'TheirImported', 'theirs'),
    ];
    const names = vaults.map(
      (each, index) => rulesOf(plan({ vault: each }, stack, `Plan${index}`))[0].TargetBackupVault,
    );
    expect(names).toEqual([
      { 'Fn::GetAtt': [expect.stringMatching(/^Ours/), 'BackupVaultName'] },
      { 'Fn::GetAtt': [expect.stringMatching(/^Theirs/), 'BackupVaultName'] },
      { Ref: 'L1' },
      'imported',
      'theirs',
    ]);
  });

  test('must be set on the rule or on the plan', () => {
    expect(refusal(() => new BackupPlan(stack, 'Plan', { rules: [DAILY] }))).toBe(
      `\`vault\` must be set on the rule \`daily\` or on the plan, got neither; create a vault with \`new BackupVault(this, …)\`${IN_PLAN}`,
    );
  });

  test('must be in the account and Region of the plan', () => {
    const there = (region: string, account: string) =>
      BackupVault.fromBackupVaultArn(
        stack,
        `${region}${account}`,
        `arn:aws:backup:${region}:${account}:backup-vault:there`,
      );
    const fix =
      'back up into a vault in the account and Region of the plan, and copy from there with `copies`';
    expect(refusal(() => plan({ vault: there('us-east-1', HERE.account) }))).toBe(
      `\`vault\` of the rule \`daily\` must be in the Region of the plan (eu-west-1), got us-east-1; ${fix}${IN_PLAN}`,
    );
    expect(refusal(() => plan({ vault: there(HERE.region, '444455556666') }, stack, 'Other'))).toBe(
      `\`vault\` of the rule \`daily\` must be in the account of the plan (111122223333), got 444455556666; ${fix} (in \`Stack/Other\`)`,
    );
    expect(plan({ vault: there(HERE.region, HERE.account) }, stack, 'Fine').rules).toEqual([DAILY]);
  });

  test('can be anywhere for a plan in an environment-agnostic stack', () => {
    const scope = new Stack(testApp(), 'Anywhere');
    const given = new BackupPlan(scope, 'Plan', {
      vault: BackupVault.fromBackupVaultArn(
        scope,
        'V',
        'arn:aws:backup:us-east-1:444455556666:backup-vault:v1',
      ),
      rules: [DAILY],
    });
    expect(rulesOf(given)).toHaveLength(1);
  });
});

describe('the retention of a rule must be within the range of the lock', () => {
  const airGapped = (maxRetentionDays: number) =>
    new CfnLogicallyAirGappedBackupVault(stack, 'AirGapped', {
      backupVaultName: 'air-gapped',
      minRetentionDays: 7,
      maxRetentionDays,
    });
  const rule = (retention: Retention, more: object = {}) => BackupRule.daily({ retention, ...more });
  const message = (label: string, got: string, fix: string, what = 'the rule `daily`') =>
    `\`retention\` of ${what} must lie within the lock of \`Stack/${label}\` (7 to 365 days), got ${got}: every such job would fail; ${fix}${IN_PLAN}`;

  const vaults: [string, () => IBackupVaultRef][] = [
    ['Ours', () => new BackupVault(stack, 'Ours', { lock: LOCK })],
    [
      'Theirs',
      () =>
        new CdkBackupVault(stack, 'Theirs', {
          lockConfiguration: { minRetention: Duration.days(7), maxRetention: Duration.days(365) },
        }),
    ],
    [
      'L1',
      () =>
        new CfnBackupVault(stack, 'L1', {
          backupVaultName: 'l1',
          lockConfiguration: { minRetentionDays: 7, maxRetentionDays: 365 },
        }),
    ],
    [
      'Imported',
      () =>
        BackupVault.fromBackupVaultAttributes(stack, 'Imported', { backupVaultName: 'imported', lock: LOCK }),
    ],
  ];

  test.each(vaults)('of its vault: %s', (label, make) => {
    const locked = make();
    const refused = (retention: Retention) =>
      refusal(() => new BackupPlan(stack, 'Plan', { vault: locked, rules: [rule(retention)] }));
    expect(refused(Retention.days(6))).toBe(message(label, '6 days', 'use 7 days or more'));
    stack.node.tryRemoveChild('Plan');
    expect(refused(Retention.days(366))).toBe(message(label, '366 days', 'use 365 days or less'));
    stack.node.tryRemoveChild('Plan');
    const open = new BackupPlan(stack, 'Plan', { vault: locked, rules: [rule(Retention.forever())] });
    expect(warningsOf(open)).toEqual([
      expect.stringMatching(
        /^Backup-LockRangeForever: .* got forever: such jobs may fail; use 365 days or less$/,
      ),
    ]);
    stack.node.tryRemoveChild('Plan');
    for (const days of [7, 365])
      expect(
        rulesOf(plan({ vault: locked, rules: [rule(Retention.days(days))] }, stack, `${days}`)),
      ).toHaveLength(1);
  });

  test.each(vaults)('of the vault of its copy: %s', (label, make) => {
    const copies = [CopyAction.toVault(make(), { retention: Retention.days(366) })];
    expect(refusal(() => plan({ rules: [rule(Retention.days(35), { copies })] }))).toBe(
      message(label, '366 days', 'use 365 days or less', 'a copy of the rule `daily`'),
    );
  });

  test('of an air-gapped vault, as the primary target and as a copy destination', () => {
    const airGappedVault = airGapped(365);
    expect(refusal(() => plan({ rules: [rule(Retention.days(6), { airGappedVault })] }))).toBe(
      message('AirGapped', '6 days', 'use 7 days or more'),
    );
    const copies = [CopyAction.toAirGappedVault(airGappedVault, { retention: Retention.days(1) })];
    stack.node.tryRemoveChild('Plan');
    expect(refusal(() => plan({ rules: [rule(Retention.days(35), { copies })] }))).toBe(
      message('AirGapped', '1 day', 'use 7 days or more', 'a copy of the rule `daily`'),
    );
  });
});

describe('rules', () => {
  test('can be added later, even after selections', () => {
    const given = plan();
    given.addSelection('Gold', { tags: [GOLD] });
    expect(rulesOf(given)).toHaveLength(1);
    given.addRule(BackupRule.weekly({ retention: Retention.days(90) }));
    expect(given.rules.map(({ name }) => name)).toEqual(['daily', 'weekly']);
    expect(rulesOf(given).map(({ RuleName }) => RuleName)).toEqual(['daily', 'weekly']);
  });

  test("can't be changed through the returned list", () => {
    const given = plan();
    given.rules.push(BackupRule.weekly({ retention: Retention.days(90) }));
    expect(given.rules).toHaveLength(1);
  });

  test('with the same name get a warning, whether passed together or added later', () => {
    const message =
      'Backup-DuplicateRuleName: `rules` should have unique names, got `daily` twice; give one of them another `name`';
    const again = BackupRule.daily({ hour: 12, retention: Retention.days(7) });
    expect(warningsOf(plan({ rules: [DAILY, again] }))).toEqual([message]);
    const other = plan({}, stack, 'Other');
    other.addRule(again);
    expect(warningsOf(other)).toEqual([message]);
  });

  test('must not be empty at synthesis', () => {
    plan({ rules: [] });
    expect(synthesisRefusal(stack)).toContain(
      '[Stack/Plan] `rules` must have at least one rule, got none; add one with `addRule(BackupRule.daily({ retention: Retention.days(35) }))`',
    );
  });

  test('get a warning above the quota of ten', () => {
    const rules = (count: number) =>
      Array.from({ length: count }, (_, minute) =>
        BackupRule.daily({ name: `r${minute}`, minute, retention: Retention.days(35) }),
      );
    expect(warnedAtSynthesis({ rules: rules(10) })).toEqual([]);
    expect(warnedAtSynthesis({ rules: rules(11) })).toEqual([
      "Backup-RulesPerPlan: `rules` should be at most 10, got 11, which exceeds AWS Backup's quota for a plan; create a second plan",
    ]);
  });

  test('get a warning if one of them never runs', () => {
    const message =
      'Backup-RuleNeverRuns: `rules` has `daily` (kept 35 days), which never runs: its start window always overlaps with the start window of `long` (kept 90 days), and AWS Backup runs only the rule with the longer retention; move the schedules further apart than their start windows (480 and 480 minutes), or shorten these windows';
    const long = BackupRule.daily({ name: 'long', hour: 6, retention: Retention.days(90) });
    expect(warnedAtSynthesis({}, (given) => given.addRule(long))).toEqual([message]);
  });

  test('that several plans share are checked in each plan', () => {
    const long = BackupRule.daily({ name: 'long', hour: 6, retention: Retention.days(90) });
    plan({ rules: [DAILY, long] });
    plan({ rules: [DAILY, long] }, stack, 'Other');
    synthesize(stack);
    expect(warningsOf(stack)).toHaveLength(2);
  });

  test('are refused if they are not rules', () => {
    const use = 'for example, use `BackupRule.daily({ retention: Retention.days(35) })`';
    expect(refusal(() => plan({ rules: DAILY as never }))).toBe(
      `\`rules\` must be a list, each element a \`BackupRule\`, got an instance of \`BackupRule\`; ${use}${IN_PLAN}`,
    );
    stack.node.tryRemoveChild('Plan');
    expect(refusal(() => plan({ rules: [DAILY, 'daily' as never, null as never] }))).toBe(
      `2 problems of \`Stack/Plan\`:\n  - \`rules[1]\` must be a \`BackupRule\`, got \`daily\`; ${use}\n  - \`rules[2]\` must be a \`BackupRule\`, got null; ${use}`,
    );
    const given = plan({}, stack, 'Other');
    expect(refusal(() => given.addRule(undefined as never))).toBe(
      `\`rule\` must be a \`BackupRule\`, got nothing; ${use} (in \`Stack/Other\`)`,
    );
  });

  test('are refused in one error with the path of the plan', () => {
    const far = BackupVault.fromBackupVaultArn(
      stack,
      'F',
      'arn:aws:backup:us-east-1:111122223333:backup-vault:v1',
    );
    expect(
      refusal(() =>
        plan({
          backupPlanName: '',
          rules: [DAILY, BackupRule.weekly({ name: 'daily', retention: Retention.days(90), vault: far })],
        }),
      ),
    ).toBe(
      [
        '2 problems of `Stack/Plan`:',
        '`backupPlanName` must be 1 to 200 characters from `a-z`, `A-Z`, `0-9`, `-`, `_` and `.`, got an empty string; for example, use `my-backups`',
        '`vault` of the rule `daily` must be in the Region of the plan (eu-west-1), got us-east-1; back up into a vault in the account and Region of the plan, and copy from there with `copies`',
      ].join('\n  - '),
    );
  });
});

describe('a plan gets a warning about copies into the vault of the rule', () => {
  const WARNING =
    'Backup-CopyIntoSource: `copies` of the rule `daily` copies into the vault that already holds the recovery points; copy to a vault in another Region or account, or leave the copy out';
  const retention = Retention.days(35);
  const warned = (source: IBackupVaultRef, copy: CopyAction) =>
    warningsOf(plan({ vault: source, rules: [BackupRule.daily({ retention, copies: [copy] })] }));
  const arn = (name: string, region = HERE.region, account = HERE.account) =>
    `arn:aws:backup:${region}:${account}:backup-vault:${name}`;

  test('by construct, L2 or L1', () => {
    const ours = new BackupVault(stack, 'Ours');
    expect(warned(ours, CopyAction.toVault(ours, { retention }))).toEqual([WARNING]);
    stack.node.tryRemoveChild('Plan');
    const theirs = new CdkBackupVault(stack, 'Theirs');
    const l1 = theirs.node.defaultChild as CfnBackupVault;
    expect(warned(theirs, CopyAction.toVault(l1, { retention }))).toEqual([WARNING]);
    stack.node.tryRemoveChild('Plan');
    expect(warned(theirs, CopyAction.toVault(ours, { retention }))).toEqual([]);
  });

  test('by ARN', () => {
    const ours = new BackupVault(stack, 'Ours');
    expect(warned(ours, CopyAction.toVaultArn(ours.backupVaultArn, { retention }))).toEqual([WARNING]);
  });

  test('by name', () => {
    const ours = new BackupVault(stack, 'Ours', { backupVaultName: 'ours' });
    const imported = BackupVault.fromBackupVaultName(stack, 'Imported', 'ours');
    const theirs = new CdkBackupVault(stack, 'Theirs', { backupVaultName: 'ours' });
    for (const source of [ours, imported, theirs]) {
      expect(warned(source, CopyAction.toVaultArn(arn('ours'), { retention }))).toEqual([WARNING]);
      stack.node.tryRemoveChild('Plan');
    }
    for (const other of [arn('other'), arn('ours', 'us-east-1'), arn('ours', HERE.region, '444455556666')]) {
      expect(warned(ours, CopyAction.toVaultArn(other, { retention }))).toEqual([]);
      stack.node.tryRemoveChild('Plan');
    }
  });

  test('by two imports of the same vault', () => {
    const [one, other] = ['One', 'Other'].map((id) => BackupVault.fromBackupVaultArn(stack, id, arn('same')));
    expect(warned(one, CopyAction.toVault(other, { retention }))).toEqual([WARNING]);
  });
});

describe("copies can't leave the partition", () => {
  const refused = (env: { account: string; region: string }, copyArn: string) => {
    const scope = new Stack(testApp(), 'Stack', { env });
    const copies = [CopyAction.toVaultArn(copyArn, { retention: Retention.days(35) })];
    return refusal(
      () =>
        new BackupPlan(scope, 'Plan', {
          vault: BackupVault.fromBackupVaultName(scope, 'Vault', 'vault'),
          rules: [BackupRule.daily({ retention: Retention.days(35), copies })],
        }),
    );
  };
  const message = (here: string, there: string) =>
    `\`copies\` of the rule \`daily\` must stay in the partition of the plan (${here}), got a vault in ${there}; copy into a vault in the same partition, since AWS Backup copies nothing across partitions${IN_PLAN}`;

  test('by the ARN of the vault', () => {
    expect(refused(HERE, 'arn:aws-cn:backup:cn-north-1:111122223333:backup-vault:cn')).toBe(
      message('aws', 'aws-cn'),
    );
    expect(
      refused(
        { ...HERE, region: 'us-gov-west-1' },
        'arn:aws:backup:us-west-2:111122223333:backup-vault:west',
      ),
    ).toBe(message('aws-us-gov', 'aws'));
  });

  test('by the Region of the construct', () => {
    const china = new Stack(stack.node.root as Stack, 'China', { env: { ...HERE, region: 'cn-north-1' } });
    const copies = [CopyAction.toVault(new BackupVault(china, 'Vault'), { retention: Retention.days(35) })];
    expect(
      refusal(() => plan({ rules: [BackupRule.daily({ retention: Retention.days(35), copies })] })),
    ).toBe(message('aws', 'aws-cn'));
  });
});

describe("features that the selected types don't support are reported at synthesis, with the rule", () => {
  const far = () =>
    CopyAction.toVaultArn('arn:aws:backup:us-east-1:111122223333:backup-vault:far', {
      retention: Retention.days(35),
    });
  const select =
    (...resourceTypes: ResourceType[]) =>
    (given: BackupPlan) => {
      given.addSelection('Types', { resourceTypes });
    };

  test('copies of Redshift are an error', () => {
    select(ResourceType.REDSHIFT)(
      plan({ rules: [BackupRule.daily({ retention: Retention.days(35), copies: [far()] })] }),
    );
    expect(synthesisRefusal(stack)).toContain(
      "[Stack/Plan] `copies` of the rule `daily` can't be made of Redshift: AWS Backup doesn't copy these backups at all, not even within the Region and the account; protect them with a separate plan without copies",
    );
  });

  test('cold storage of RDS is ignored by AWS Backup, which is a note if another type has it', () => {
    const cold = BackupRule.monthly({ retention: Retention.years(1), coldStorageAfter: Duration.days(30) });
    expect(warnedAtSynthesis({ rules: [cold] }, select(ResourceType.EFS, ResourceType.RDS))).toEqual([]);
    expect(warnedAtSynthesis({ rules: [cold] }, select(ResourceType.RDS))).toEqual([
      expect.stringMatching(
        /^Backup-ColdStorageUnsupported: `coldStorageAfter` of the rule `monthly` applies to .* only, got RDS: AWS Backup ignores it for these, and keeps their backups in warm storage; /,
      ),
    ]);
  });

  test('continuous backup of DynamoDB creates snapshots', () => {
    const continuous = BackupRule.continuous({ retention: Retention.days(35) });
    expect(warnedAtSynthesis({ rules: [continuous] }, select(ResourceType.DYNAMODB))).toEqual([
      expect.stringMatching(
        /^Backup-ContinuousUnsupported: `continuous` of the rule `continuous` applies to .* only, got DynamoDB: these get scheduled snapshots/,
      ),
    ]);
  });

  test("an index or a scan of types that the plan doesn't select has no effect", () => {
    const rule = BackupRule.daily({
      retention: Retention.days(35),
      index: ResourceType.S3,
      scan: ScanMode.FULL,
    });
    const props = { rules: [rule], scanSettings: { resourceTypes: [ResourceType.EC2] } };
    expect(warnedAtSynthesis(props, select(ResourceType.EBS))).toEqual([
      'Backup-ActionWithoutResources: `index` of the rule `daily` requires S3 to be indexed, but the plan selects only EBS; select S3 as well, or omit it of `index`',
      'Backup-ActionWithoutResources: `scan` of the rule `daily` requires EC2 to be scanned for malware, but the plan selects only EBS; select EC2 as well, or omit it of `scan`',
    ]);
  });

  test('which is unknown with tag selections, since they can select any type', () => {
    const rule = BackupRule.daily({ retention: Retention.days(35), index: ResourceType.S3 });
    expect(
      warnedAtSynthesis({ rules: [rule] }, (given) => {
        select(ResourceType.EBS)(given);
        given.addSelection('Tagged', { tags: [GOLD] });
      }),
    ).toEqual([]);
  });

  test('even if the selection is outside the plan and older than the rule', () => {
    const given = plan({ rules: [] });
    new BackupSelection(stack, 'Selection', { backupPlan: given, resourceTypes: [ResourceType.REDSHIFT] });
    given.addRule(BackupRule.daily({ retention: Retention.days(35), copies: [far()] }));
    expect(synthesisRefusal(stack)).toContain("`copies` of the rule `daily` can't be made of Redshift");
  });

  test('and can be acknowledged on the plan', () => {
    const cold = BackupRule.monthly({ retention: Retention.years(1), coldStorageAfter: Duration.days(30) });
    expect(
      warnedAtSynthesis({ rules: [cold] }, (given) => {
        select(ResourceType.RDS)(given);
        Validations.of(given).acknowledge({ id: 'Backup-ColdStorageUnsupported', reason: 'EFS comes later' });
      }),
    ).toEqual([]);
  });
});

describe('selections', () => {
  test('have the role of the plan, created with the first selection', () => {
    const given = plan();
    const [one, other] = ['A', 'B'].map((id) => given.addSelection(id, { tags: [GOLD] }));
    expect(one.role).toBe(other.role);
    expect(given.role).toBe(one.role);
    expect(given.selections).toEqual([one, other]);
    synthesize(stack).resourceCountIs('AWS::IAM::Role', 1);
  });

  test("don't create a role if the plan has one", () => {
    const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('backup.amazonaws.com') });
    expect(plan({ role }).addSelection('Gold', { tags: [GOLD] }).role).toBe(role);
    synthesize(stack).resourceCountIs('AWS::IAM::Role', 1);
  });

  test('that use tags get a warning above the quota of ten', () => {
    const tagged = (count: number) => (given: BackupPlan) => {
      for (let i = 0; i < count; i++)
        given.addSelection(`S${i}`, {
          [i % 2 ? 'tags' : 'anyTag']: [TagCondition.stringEquals('k', `${i}`)],
        });
      given.addSelection('Types', { resourceTypes: [ResourceType.S3] });
    };
    expect(warnedAtSynthesis({}, tagged(10))).toEqual([]);
    expect(warnedAtSynthesis({}, tagged(11))).toEqual([
      "Backup-TagSelectionsPerPlan: a plan should have at most 10 selections that use tags, got 11, which exceeds AWS Backup's quota; use tags that more resources share",
    ]);
  });

  test('must not exceed 100, wherever they are created', () => {
    const given = plan();
    for (let i = 0; i < 99; i++) given.addSelection(`S${i}`, { resourceTypes: [ResourceType.S3] });
    new BackupSelection(stack, 'S99', { backupPlan: given, resourceTypes: [ResourceType.S3] });
    const message =
      '`backupPlan` can have at most 100 selections, got 101; select by tags that more resources share, or create a second plan';
    expect(refusal(() => given.addSelection('More', { tags: [GOLD] }))).toBe(
      `${message} (in \`Stack/Plan/More\`)`,
    );
    expect(given.selections).toHaveLength(100);
  });
});

describe('the role of a plan', () => {
  const index = BackupRule.daily({ name: 'index', retention: Retention.days(35), index: ResourceType.EBS });
  const scan = BackupRule.daily({
    name: 'scan',
    hour: 9,
    retention: Retention.days(35),
    scan: ScanMode.FULL,
  });
  const policies = () => {
    const [{ Properties }] = Object.values(
      synthesize(stack).findResources('AWS::IAM::Role', {
        Properties: { Description: 'Lets AWS Backup make recovery points' },
      }),
    );
    return (Properties.ManagedPolicyArns as { 'Fn::Join': [string, string[]] }[])
      .map((arn) => arn['Fn::Join'][1].at(-1)?.replace(':iam::aws:policy/', ''))
      .sort();
  };
  const select = (given: BackupPlan) => given.addSelection('Volumes', { resourceTypes: [ResourceType.EBS] });
  const scanSettings = { resourceTypes: [ResourceType.EBS] };

  test.each<[string, () => void]>([
    ['rules are added before the selection', () => select(plan({ rules: [index, scan], scanSettings }))],
    [
      'rules are added after the selection',
      () => {
        const given = plan({ rules: [], scanSettings });
        select(given);
        given.addRule(index);
        given.addRule(scan);
      },
    ],
    [
      'the selection stands beside the plan',
      () => {
        const given = plan({ rules: [index], scanSettings });
        new BackupSelection(stack, 'Volumes', { backupPlan: given, resourceTypes: [ResourceType.EBS] });
        given.addRule(scan);
      },
    ],
    [
      'the role is set',
      () => select(plan({ rules: [index, scan], scanSettings, role: new BackupRole(stack, 'Role') })),
    ],
  ])('can index and scan if a rule requires it: %s', (_, build) => {
    build();
    expect(policies()).toEqual([
      'AWSBackupServiceRolePolicyForIndexing',
      'AWSBackupServiceRolePolicyForScans',
      'service-role/AWSBackupServiceRolePolicyForBackup',
    ]);
  });

  test('has no permissions for indexes and scans without such a rule', () => {
    select(plan());
    expect(policies()).toEqual(['service-role/AWSBackupServiceRolePolicyForBackup']);
  });
});

describe('an existing plan', () => {
  const ARN = 'arn:aws:backup:us-east-1:444455556666:backup-plan:abcd-1234';

  test('can be imported by its ID in the account and Region of the stack', () => {
    const given = BackupPlan.fromBackupPlanId(stack, 'Imported', 'abcd-1234');
    expect(given.backupPlanId).toBe('abcd-1234');
    expect(stack.resolve(given.backupPlanRef)).toEqual({
      backupPlanId: 'abcd-1234',
      backupPlanArn: 'arn:aws:backup:eu-west-1:111122223333:backup-plan:abcd-1234',
    });
    expect(given.env).toEqual(HERE);
  });

  test('can be imported by its ARN, with its account and Region', () => {
    const given = BackupPlan.fromBackupPlanArn(stack, 'Imported', ARN);
    expect(given.backupPlanRef).toEqual({ backupPlanId: 'abcd-1234', backupPlanArn: ARN });
    expect(given.env).toEqual({ account: '444455556666', region: 'us-east-1' });
  });

  test('can be known only at deployment', () => {
    const arn = Fn.importValue('PlanArn');
    const id = BackupPlan.fromBackupPlanArn(stack, 'Arn', arn).backupPlanId;
    expect(stack.resolve(id)).toEqual({
      'Fn::Select': [6, { 'Fn::Split': [':', { 'Fn::ImportValue': 'PlanArn' }] }],
    });
    expect(
      stack.resolve(BackupPlan.fromBackupPlanId(stack, 'Id', Fn.importValue('PlanId')).backupPlanId),
    ).toEqual({ 'Fn::ImportValue': 'PlanId' });
  });

  test.each([[undefined], [null], [''], ['a plan'], [ARN], [5]])("can't be imported by the ID %j", (id) => {
    expect(refusal(() => BackupPlan.fromBackupPlanId(stack, 'Imported', id as string))).toMatch(
      /^`backupPlanId` must be the ID of a backup plan, got .+; use `BackupPlan.fromBackupPlanArn` for an ARN \(in `Stack\/Imported`\)$/,
    );
  });

  test.each([
    [undefined],
    [null],
    ['abcd-1234'],
    ['arn:aws:backup:us-east-1:444455556666:backup-vault:vault'],
    ['arn:aws:backup:us-east-1:444455556666:backup-plan:'],
    [5],
  ])("can't be imported by the ARN %j", (arn) => {
    expect(refusal(() => BackupPlan.fromBackupPlanArn(stack, 'Imported', arn as string))).toMatch(
      /^`backupPlanArn` must be the ARN of a backup plan, `arn:<partition>:backup:<region>:<account>:backup-plan:<id>`, got .+ \(in `Stack\/Imported`\)$/,
    );
  });
});

describe('together with aws-cdk-lib', () => {
  test('plans and selections of both libraries can be combined', () => {
    const ours: IBackupPlan = plan();
    new CdkBackupSelection(stack, 'Theirs', {
      backupPlan: ours,
      resources: [CdkBackupResource.fromTag('backup', 'gold')],
    });
    const theirs = CdkBackupPlan.daily35DayRetention(stack, 'TheirPlan');
    new BackupSelection(stack, 'Ours', { backupPlan: theirs, tags: [GOLD] });
    new BackupSelection(stack, 'OursOnL1', {
      backupPlan: theirs.node.defaultChild as CfnBackupPlan,
      tags: [GOLD],
    });
    const template = synthesize(stack);
    const ids = Object.values(template.findResources('AWS::Backup::BackupSelection')).map(({ Properties }) =>
      JSON.stringify(Properties.BackupPlanId),
    );
    expect(ids).toEqual([
      expect.stringMatching(/"Plan\w+"/),
      expect.stringMatching(/"TheirPlan\w+"/),
      expect.stringMatching(/"TheirPlan\w+"/),
    ]);
    expect(schemaProblems(template.toJSON())).toEqual([]);
  });

  test('a plan in another stack is referred to like one of aws-cdk-lib', () => {
    const other = new Stack(stack.node.root as Stack, 'Other', { env: HERE });
    const ours = plan();
    new BackupSelection(other, 'Selection', { backupPlan: ours, tags: [GOLD] });
    new CfnOutput(other, 'Arn', { value: ours.backupPlanArn });
    const [selection] = Object.values(synthesize(other).findResources('AWS::Backup::BackupSelection'));
    expect(selection.Properties.BackupPlanId).toHaveProperty('Fn::GetStackOutput');
    expect(ours.selections).toHaveLength(1);
  });

  test('an L1 selection can use a plan of this library', () => {
    const ours = plan();
    const l1 = new CfnBackupSelection(stack, 'L1', {
      backupPlanId: ours.backupPlanId,
      backupSelection: {
        selectionName: 'l1',
        iamRoleArn: 'arn:aws:iam::111122223333:role/x',
        resources: ['*'],
      },
    });
    expect(rendered(l1).BackupPlanId).toEqual({
      'Fn::GetAtt': [expect.stringMatching(/^Plan/), 'BackupPlanId'],
    });
  });
});

describe('properties of the wrong type are refused', () => {
  test.each<[unknown, string]>([
    [null, '`props` must be an object with properties, got null'],
    ['gold', '`props` must be an object with properties, got `gold`'],
    [
      { vault: 'vault' },
      '`vault` must be a backup vault, got `vault`; import an existing one with `BackupVault.fromBackupVaultName`',
    ],
    [{ windowsVss: 'yes' }, '`windowsVss` must be true or false, got `yes`'],
    [{ role: 'arn' }, '`role` must be a role, got `arn`; refer to an existing one with `Role.fromRoleArn`'],
    [
      { backupPlanName: null },
      '`backupPlanName` must be 1 to 200 characters from `a-z`, `A-Z`, `0-9`, `-`, `_` and `.`, got null; for example, use `my-backups`',
    ],
  ])('%j', (props, message) => {
    expect(refusal(() => new BackupPlan(stack, 'Plan', props as BackupPlanProps))).toBe(
      `${message}${IN_PLAN}`,
    );
  });

  test('with a message, whatever they are', () => {
    const keys = ['backupPlanName', 'vault', 'rules', 'windowsVss', 'scanSettings', 'role'] as const;
    let count = 0;
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), anything, { maxKeys: 3 }), (props) => {
        count += 1;
        const error = thrown(() => new BackupPlan(stack, `Any${count}`, props as BackupPlanProps));
        if (error) expect(error.message).toMatch(/`\w+.*` must/);
      }),
      { numRuns: 1000 },
    );
  });
});

test('a plan that keeps recovery points forever has a note about cold storage, and no other finding', () => {
  const app = testApp();
  const stack = new Stack(app, 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  const plan = new BackupPlan(stack, 'Plan', {
    vault: BackupVault.fromBackupVaultName(stack, 'Vault', 'vault'),
    rules: [
      BackupRule.monthly({ retention: Retention.forever() }),
      BackupRule.yearly({ retention: Retention.forever(), coldStorageAfter: Duration.days(30) }),
    ],
  });
  plan.addSelection('Volumes', {
    arns: ['arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-1'],
  });
  const inventory = readInventory([app.synth().directory]);
  const findings = runChecks(retentionChecks, inventory, { now: new Date() });
  expect(findings.map(({ id, severity }) => `${severity} ${id}`)).toEqual(['note Backup-ColdStorageForever']);
});

test('a plan takes a reference to a vault that stands in the app itself, outside of any stack', () => {
  const app = testApp();
  const env = { account: '111111111111', region: 'us-east-1' };
  const backupVaultRef = {
    backupVaultName: 'shared',
    backupVaultArn: 'arn:aws:backup:us-east-1:111111111111:backup-vault:shared',
  };
  const vault = Object.assign(new Construct(app, 'Shared'), { env, backupVaultRef });
  const rules = [BackupRule.daily({ retention: Retention.days(35) })];
  expect(new BackupPlan(new Stack(app, 'Stack', { env }), 'Plan', { vault, rules }).vault).toBe(vault);
});
