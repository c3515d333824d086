import { type App, CfnResource, NestedStack, Stack, type StackProps, Stage, Tags } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import {
  AccountBackup,
  BackupRule,
  BackupTier,
  OrganizationBackup,
  OrganizationTarget,
  Retention,
  WorkloadBackup,
} from '../../../src';
import { testApp } from '../../support/app';
import { refusal } from '../../support/refusal';
import { synthesisRefusal, synthesize, testStack } from '../../support/synthesis';
import { infosOf, warningsOf } from '../../support/warnings';

const HERE = { account: '111122223333', region: 'eu-west-1' };
const FAR = { account: '111122223333', region: 'eu-central-1' };
const OTHER = { account: '444455556666', region: 'eu-west-1' };
const { BRONZE, SILVER } = BackupTier;

const tableIn = (scope: Construct, id = 'Orders') =>
  new dynamodb.Table(scope, id, { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
const workloadIn = (scope: Construct, id = 'Backup', tagValue?: string) =>
  new WorkloadBackup(scope, id, { tier: BRONZE, tagValue });

/** What the selections of a stack look for, and the tags of its tables. */
function reach(stack: Stack) {
  const template = synthesize(stack);
  const selections = Object.values(template.findResources('AWS::Backup::BackupSelection'));
  return {
    wanted: selections.map(
      ({ Properties }) => Properties.BackupSelection.Conditions.StringEquals[0].ConditionValue,
    ),
    tagged: Object.values(template.findResources('AWS::DynamoDB::Table')).map(
      ({ Properties }) =>
        Properties.Tags?.find(({ Key }: { Key: string }) => Key === 'backup-workload')?.Value,
    ),
  };
}

describe('a workload backs up what it protects, and nothing else', () => {
  test('two with the same tier in one account and Region have different tags', () => {
    const app = testApp();
    const stacks = ['Shop', 'Billing'].map((id) => new Stack(app, id, { env: HERE }));
    for (const stack of stacks) workloadIn(stack).protect(tableIn(stack));

    expect(stacks.map(reach)).toEqual([
      { wanted: ['Shop-Backup'], tagged: ['Shop-Backup'] },
      { wanted: ['Billing-Backup'], tagged: ['Billing-Backup'] },
    ]);
  });

  test('so do two in one stack, in nested stacks, in stages, and in environment-agnostic stacks', () => {
    const app = testApp();
    const stack = new Stack(app, 'Shop');
    const nested = new NestedStack(stack, 'Nested');
    const staged = ['Dev', 'Prod'].map((id) => new Stack(new Stage(app, id), 'Shop'));
    const scopes: Construct[] = [stack, nested, new Stack(app, 'Billing'), ...staged];
    const values = scopes.flatMap((scope) => [
      workloadIn(scope, scope === nested ? 'Inner' : 'Backup').tag.value,
      workloadIn(scope, scope === nested ? 'InnerAudit' : 'Audit').tag.value,
    ]);

    expect(values).toEqual([
      'Shop-Backup',
      'Shop-Audit',
      'Shop-Inner',
      'Shop-InnerAudit',
      'Billing-Backup',
      'Billing-Audit',
      'Dev-Shop-Backup',
      'Dev-Shop-Audit',
      'Prod-Shop-Backup',
      'Prod-Shop-Audit',
    ]);
  });

  test('the value is a tag value, whatever the id of the construct', () => {
    const backup = workloadIn(testStack(), 'Bäckup & more;');
    expect(backup.tag.value).toBe('Stack-Bäckup - more-');
    expect(workloadIn(testStack(), `Part-${'x'.repeat(300)}`).tag.value).toMatch(/^Stack-Part-[0-9a-f]{8}$/);
  });

  test('the tag of the workload is a mixin, and adds to what it protects', () => {
    const stack = testStack('Shop');
    const backup = workloadIn(stack);
    tableIn(stack).with(backup.tag);

    expect(reach(stack)).toEqual({ wanted: ['Shop-Backup'], tagged: ['Shop-Backup'] });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('after a rename, the value from before keeps the tag of the resources', () => {
    const stack = testStack('Store');
    workloadIn(stack, 'Backups', 'Shop-Backup').protect(tableIn(stack));

    expect(reach(stack)).toEqual({ wanted: ['Shop-Backup'], tagged: ['Shop-Backup'] });
  });

  test('one that was removed from the tree frees its value', () => {
    const stack = testStack('Shop');
    workloadIn(stack);
    stack.node.tryRemoveChild('Backup');

    expect(workloadIn(stack).tag.value).toBe('Shop-Backup');
  });
});

describe('equal tags', () => {
  const SHARED =
    '`tagValue` must be unique in the account and Region, got `shop`, the value of `A/Backup`: each would back up the resources of both; set another value';

  test('are refused in one account and Region', () => {
    const app = testApp();
    workloadIn(new Stack(app, 'A', { env: HERE }), 'Backup', 'shop');
    expect(refusal(() => workloadIn(new Stack(app, 'B', { env: HERE }), 'Backup', 'shop'))).toBe(
      `${SHARED} (in \`B/Backup\`)`,
    );
  });

  test('are refused in one stack without an environment, as two parts with equal ids have', () => {
    const stack = new Stack(testApp(), 'Shop');
    workloadIn(new Construct(stack, 'Orders'));
    expect(refusal(() => workloadIn(new Construct(stack, 'Users')))).toBe(
      '`tagValue` must be unique in the account and Region, got `Shop-Backup`, the value of `Shop/Orders/Backup`: each would back up the resources of both; set another value (in `Shop/Users/Backup`)',
    );
  });

  test('cause a warning in stacks without an environment, which may be deployed apart', () => {
    const app = testApp();
    workloadIn(new Stack(app, 'A'), 'Backup', 'shop');
    const stack = new Stack(app, 'B');
    workloadIn(stack, 'Backup', 'shop');
    expect(warningsOf(stack)).toEqual([`Backup-PossibleWorkloadTagValue: ${SHARED}`]);
  });

  test.each<[string, StackProps]>([
    ['another Region', { env: FAR }],
    ['another account', { env: OTHER }],
  ])('are independent of each other in %s', (_, props) => {
    const app = testApp();
    workloadIn(new Stack(app, 'A', { env: HERE }), 'Backup', 'shop');
    const stack = new Stack(app, 'B', props);
    workloadIn(stack, 'Backup', 'shop');
    expect(warningsOf(stack)).toEqual([]);
  });

  test('with different keys are different tags', () => {
    const stack = testStack();
    workloadIn(stack, 'A', 'shop');
    new WorkloadBackup(stack, 'B', { tier: BRONZE, tagKey: 'other', tagValue: 'shop' });
    expect(stack.node.tryFindChild('B')).toBeDefined();
  });
});

describe('protect is as strict as addSelection', () => {
  test.each<[string, StackProps, string]>([
    ['Region', { env: FAR }, 'Region eu-central-1'],
    ['account', { env: OTHER }, 'account 444455556666'],
  ])('a resource in another %s is refused at the call', (_, props, place) => {
    const app = testApp();
    const backup = workloadIn(new Stack(app, 'Shop', { env: HERE }));
    const table = tableIn(new Stack(app, 'Far', props));

    const message = `\`protect\` has \`Far/Orders\` in ${place}, but \`Shop/Backup\` protects only resources in its own account and Region; create a \`WorkloadBackup\` there (in \`Shop/Backup\`)`;
    expect(refusal(() => backup.protect(table))).toBe(message);
    expect(refusal(() => table.with(backup.tag))).toBe(message.replace('Far/Orders', 'Far/Orders/Resource'));
  });

  test('resources elsewhere below a scope are refused at synthesis', () => {
    const app = testApp();
    const stack = new Stack(app, 'Shop', { env: HERE });
    const backup = workloadIn(stack);
    tableIn(stack);
    const far = new Stack(app, 'Far', { env: FAR });
    backup.protect(app);
    for (const id of ['A', 'B', 'C', 'D', 'E']) tableIn(far, id);

    expect(synthesisRefusal(stack)).toContain(
      '[Shop/Backup] `protect` has `Far/A`, `Far/B`, `Far/C` and 2 more in Region eu-central-1, but `Shop/Backup` protects only resources in its own account and Region; create a `WorkloadBackup` there',
    );
  });

  test('a stack with an environment and one without may be deployed apart', () => {
    const app = testApp();
    const stack = new Stack(app, 'Shop', { env: HERE });
    const other = new Stack(app, 'Other');
    workloadIn(stack).protect(tableIn(other));
    synthesize(stack);

    expect(warningsOf(stack)).toEqual([
      'Backup-ProtectUnknownEnvironment: `protect` has `Other/Orders`, which may be in another account or Region than `Shop/Backup`: only one of the stacks has an environment; set `env` on both stacks',
    ]);
  });

  test('two stacks without an environment are deployed together', () => {
    const app = testApp();
    const stack = new Stack(app, 'Shop');
    workloadIn(stack).protect(tableIn(new Stack(app, 'Data')));
    synthesize(stack);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('what the rules offer is compared with the types that are protected, by every door', () => {
    const continuous = [BackupRule.continuous({ retention: Retention.days(35) })];
    const doors: ((stack: Stack, backup: WorkloadBackup, table: dynamodb.Table) => void)[] = [
      (_, backup, table) => backup.protect(table),
      (stack, backup) => backup.protect(stack),
      (_, backup, table) => table.with(backup.tag),
      (_, backup, table) => Tags.of(table).add(backup.tag.key, backup.tag.value),
      (_, { plan }, table) => plan.addSelection('Named', { resources: [table] }),
    ];
    for (const open of doors) {
      const stack = testStack();
      const backup = new WorkloadBackup(stack, 'Backup', { tier: BackupTier.of('pitr', continuous) });
      open(stack, backup, tableIn(stack));
      synthesize(stack);
      expect(warningsOf(stack)).toEqual([
        'Backup-ContinuousUnsupported: `continuous` of the rule `continuous` applies to Aurora, RDS, S3 and SAP HANA on Amazon EC2 only, got DynamoDB: these get scheduled snapshots instead, without point-in-time recovery; protect them with a snapshot rule',
      ]);
    }
  });
});

describe('two workloads on one resource', () => {
  const TWICE = (path: string, other: string) =>
    `\`protect\` has \`${path}\`, which \`${other}\` protects too, but a resource has only one value of the tag \`backup-workload\`; protect it with one of them`;
  const twoIn = (stack: Stack) =>
    [BRONZE, SILVER].map((tier) => new WorkloadBackup(stack, `Backup-${tier}`, { tier }));

  test('are refused at the call, by either door', () => {
    const stack = testStack('Shop');
    const [bronze, silver] = twoIn(stack);
    const table = tableIn(stack);
    bronze.protect(table);

    const message = `${TWICE('Shop/Orders', 'Shop/Backup-bronze')} (in \`Shop/Backup-silver\`)`;
    expect(refusal(() => silver.protect(table))).toBe(message);
    expect(refusal(() => table.with(silver.tag))).toBe(message);
    expect(refusal(() => silver.protect(table.node.defaultChild as CfnResource))).toBe(message);
  });

  test.each<[string, (wide: WorkloadBackup, narrow: WorkloadBackup, table: dynamodb.Table) => void]>([
    ['protect', (_, narrow, table) => narrow.protect(table)],
    ['the mixin', (_, narrow, table) => table.with(narrow.tag)],
  ])(
    'are refused at synthesis where one protects a scope, and the other a part of it by %s',
    (_, protect) => {
      const stack = testStack('Shop');
      const [wide, narrow] = twoIn(stack);
      const table = tableIn(stack);
      wide.protect(stack);
      protect(wide, narrow, table);

      expect(synthesisRefusal(stack)).toMatch(
        /`protect` has `Shop\/Orders`, which `Shop\/Backup-(bronze|silver)` protects too, but a resource has only one value of the tag `backup-workload`; protect it with one of them/,
      );
    },
  );

  test('back it up twice if their tags have different keys, which you asked for', () => {
    const stack = testStack('Shop');
    const table = tableIn(stack);
    workloadIn(stack).protect(table);
    new WorkloadBackup(stack, 'Audit', { tier: SILVER, tagKey: 'audit' }).protect(table);
    synthesize(stack);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('are fine after one of them left the tree', () => {
    const stack = testStack('Shop');
    const [bronze, silver] = twoIn(stack);
    const table = tableIn(stack);
    bronze.protect(table);
    stack.node.tryRemoveChild('Backup-bronze');
    silver.protect(table);
    expect(reach(stack)).toEqual({ wanted: ['Shop-Backup-silver'], tagged: ['Shop-Backup-silver'] });
  });
});

describe('a tag that something else changes', () => {
  test.each<[string, (table: dynamodb.Table) => void, string]>([
    [
      'another value',
      (table) => Tags.of(table).add('backup-workload', 'mine', { priority: 200 }),
      'whose tag `backup-workload` something else sets to `mine`',
    ],
    [
      'no value',
      (table) => Tags.of(table).remove('backup-workload', { priority: 300 }),
      'whose tag `backup-workload` something else removes',
    ],
  ])('is refused: %s', (_, change, what) => {
    const stack = testStack('Shop');
    const table = tableIn(stack);
    workloadIn(stack).protect(table);
    change(table);
    expect(synthesisRefusal(stack)).toContain(
      `[Shop/Backup] \`protect\` has \`Shop/Orders\`, ${what}; leave this tag to the \`WorkloadBackup\`, or set another \`tagKey\``,
    );
  });

  test('can not be set on a resource whose tags CDK does not know', () => {
    const stack = testStack('Shop');
    workloadIn(stack).protect(new CfnResource(stack, 'Plain', { type: 'AWS::S3::Bucket' }));
    expect(synthesisRefusal(stack)).toContain(
      "[Shop/Backup] `protect` can't tag `Shop/Plain`, because CDK doesn't know the tags of this construct (AWS::S3::Bucket); set the tag `backup-workload` = `Shop-Backup` in its properties, or select it with `plan.addSelection()`",
    );
  });

  test('counts if the properties of a plain resource have it', () => {
    const stack = testStack('Shop');
    const Tags = [{ Key: 'backup-workload', Value: 'Shop-Backup' }];
    workloadIn(stack).protect(
      new CfnResource(stack, 'Plain', {
        type: 'AWS::S3::Bucket',
        properties: { Tags, VersioningConfiguration: { Status: 'Enabled' } },
      }),
    );
    synthesize(stack);
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('stages', () => {
  const staged = (app: App, id: string) => new Stack(new Stage(app, id, { env: HERE }), 'Shop');

  test('a workload in a stage protects the whole stage', () => {
    const stack = staged(testApp(), 'Prod');
    workloadIn(stack).protect(Stage.of(stack) as Stage);
    tableIn(stack);
    expect(reach(stack)).toEqual({ wanted: ['Prod-Shop-Backup'], tagged: ['Prod-Shop-Backup'] });
  });

  test('protect(app) in a stage protects its stage', () => {
    const app = testApp();
    const stack = staged(app, 'Prod');
    workloadIn(stack).protect(app);
    tableIn(stack);
    expect(reach(stack).tagged).toEqual(['Prod-Shop-Backup']);
  });

  test('protect(app) in a stage reports the resources outside of it', () => {
    const app = testApp();
    const stack = staged(app, 'Prod');
    workloadIn(stack).protect(app);
    tableIn(stack);
    tableIn(staged(app, 'Dev'));
    tableIn(new Stack(app, 'Common', { env: HERE }));
    const refused = synthesisRefusal(stack);
    const because = 'because CDK synthesizes each stage by itself, without the tags of others';
    const fix = 'create a `WorkloadBackup` in the stage of the resources';
    expect(refused).toContain(
      `\`protect\` can't reach \`Dev/Shop/Orders\` in the stage \`Dev\`, ${because}; ${fix}`,
    );
    expect(refused).toContain(
      `\`protect\` can't reach \`Common/Orders\` outside of the stage \`Prod\`, ${because}; ${fix}`,
    );
  });

  test('protect(app) beside stages reports what is in them, and protect(stage) reaches it', () => {
    const app = testApp();
    const stack = new Stack(app, 'Common', { env: HERE });
    const prod = staged(app, 'Prod');
    const backup = workloadIn(stack);
    backup.protect(app);
    tableIn(stack);
    tableIn(prod);
    expect(synthesisRefusal(stack)).toContain(
      "[Common/Backup] `protect` can't reach `Prod/Shop/Orders` in the stage `Prod`, because CDK synthesizes each stage by itself, without the tags of others; create a `WorkloadBackup` in the stage of the resources",
    );

    const other = testApp();
    const common = new Stack(other, 'Common', { env: HERE });
    const there = staged(other, 'Prod');
    tableIn(there);
    workloadIn(common).protect(Stage.of(there) as Stage);
    synthesize(common);
    expect(warningsOf(common)).toEqual([]);
    expect(reach(there).tagged).toEqual(['Common-Backup']);
  });
});

describe('a workload that protects nothing', () => {
  test('causes a warning', () => {
    const stack = testStack('Shop');
    workloadIn(stack);
    tableIn(stack);
    synthesize(stack);
    expect(warningsOf(stack)).toEqual([
      'Backup-WorkloadProtectsNothing: `protect` was called with nothing, and no resource of the app in this account and Region has the tag `backup-workload` = `Shop-Backup`: nothing is backed up; pass the resources to `protect()`, or set the tag with `workload.tag`',
    ]);
    expect(infosOf(stack)).toEqual([]);
  });

  test.each<[string, (backup: WorkloadBackup, table: dynamodb.Table) => unknown]>([
    [
      'its plan has a selection of its own',
      ({ plan }, table) => plan.addSelection('Mine', { resources: [table] }),
    ],
    ['its tag is set by hand', ({ tag }, table) => Tags.of(table).add(tag.key, tag.value)],
  ])('causes none if %s', (_, use) => {
    const stack = testStack('Shop');
    use(workloadIn(stack), tableIn(stack));
    synthesize(stack);
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('a resource that two patterns back up', () => {
  test('an account and a workload', () => {
    const stack = testStack('Shop');
    const account = new AccountBackup(stack, 'Account', { tiers: [BRONZE] });
    const bucket = new s3.Bucket(stack, 'Documents', { versioned: true });
    workloadIn(stack).protect(bucket, tableIn(stack));
    bucket.with(account.tagOf('bronze'));
    synthesize(stack);
    expect(warningsOf(stack)).toEqual([
      'Backup-ProtectedTwice: `protect` has `Shop/Documents`, which `Shop/Account` also backs up, by the tag `backup`; remove the tag `backup`, or leave it to `Shop/Account`',
    ]);
  });

  test('an organization, and a workload and an account in its Regions', () => {
    const app = testApp();
    const management = new Stack(app, 'Management', {
      env: { account: '999988887777', region: 'us-east-1' },
    });
    new OrganizationBackup(management, 'Organization', {
      organizationId: 'o-a1b2c3d4e5',
      targets: [OrganizationTarget.root('r-ab12')],
      regions: ['eu-west-1'],
      tiers: [{ tier: BRONZE }],
    });
    const [near, far] = [HERE, FAR].map((env) => {
      const stack = new Stack(app, env.region, { env });
      const table = tableIn(stack);
      workloadIn(stack).protect(table);
      new AccountBackup(stack, 'Account', { tiers: [BRONZE] });
      Tags.of(table).add('backup', 'bronze');
      return stack;
    });
    synthesize(near);
    const twice = (property: string, other: string) =>
      `Backup-ProtectedTwice: \`${property}\` has \`eu-west-1/Orders\`, which \`${other}\` also backs up, by the tag \`backup\`; remove the tag \`backup\`, or leave it to \`${other}\``;
    expect(warningsOf(near)).toEqual([
      twice('protect', 'Management/Organization'),
      twice('protect', 'eu-west-1/Account'),
      twice('tiers', 'Management/Organization'),
    ]);
    expect(warningsOf(far).map((text) => text.replaceAll('eu-central-1', 'eu-west-1'))).toEqual([
      twice('protect', 'eu-west-1/Account'),
    ]);
  });
});
