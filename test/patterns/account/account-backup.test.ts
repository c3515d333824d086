import { PropertyInjectors, Stack, type StackProps, Stage, Tags } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { AccountBackup, type AccountBackupProps, BackupTier, BackupVault } from '../../../src';
import { testApp } from '../../support/app';
import { refusal } from '../../support/refusal';
import { schemaProblems } from '../../support/schema';
import { synthesize, testStack } from '../../support/synthesis';
import { infosOf, warningsOf } from '../../support/warnings';

const { BRONZE, SILVER, GOLD } = BackupTier;
const HERE = { account: '111122223333', region: 'eu-west-1' };
const accountIn = (scope: Construct, props: Partial<AccountBackupProps> = {}, id = 'Account') =>
  new AccountBackup(scope, id, { tiers: [BRONZE], ...props });

test('each tier becomes a plan that selects by its name in the whole account, with one vault and one role', () => {
  const stack = testStack();
  const account = accountIn(stack, { tiers: [BRONZE, SILVER, GOLD] });

  const template = synthesize(stack);
  template.resourceCountIs('AWS::Backup::BackupVault', 1);
  template.resourceCountIs('AWS::KMS::Key', 1);
  template.resourceCountIs('AWS::IAM::Role', 1);
  const selections = Object.values(template.findResources('AWS::Backup::BackupSelection'));
  expect(selections.map(({ Properties: { BackupSelection } }) => BackupSelection)).toEqual(
    ['bronze', 'silver', 'gold'].map((ConditionValue) =>
      expect.objectContaining({
        Resources: ['*'],
        Conditions: { StringEquals: [{ ConditionKey: 'aws:ResourceTag/backup', ConditionValue }] },
      }),
    ),
  );
  expect(account.plans.map((plan) => plan.rules.length)).toEqual([1, 3, 4]);
  expect(account.planOf('gold')).toBe(account.plans[2]);
  expect(schemaProblems(template.toJSON())).toEqual([]);
  expect([...warningsOf(stack), ...infosOf(stack)]).toEqual([]);
});

test('the tag of a tier is a mixin for resources of the same app', () => {
  const stack = testStack();
  const account = accountIn(stack, { tagKey: 'protection' });
  new s3.Bucket(stack, 'Documents', { versioned: true }).with(account.tagOf('bronze'));
  synthesize(stack).hasResourceProperties('AWS::S3::Bucket', {
    Tags: [{ Key: 'protection', Value: 'bronze' }],
  });
});

describe('the tag of a tier in another Region', () => {
  const far = (scope: Construct) => new Stack(scope.node.root as Construct, 'Far', { env: FAR });
  const FAR = { ...HERE, region: 'eu-central-1' };
  const WARNING =
    'Backup-TierTagElsewhere: `tagOf` has `Far/Documents` in Region eu-central-1, but `Stack/Account` backs up only resources in its own account and Region; create an `AccountBackup` there, or use `new BackupTag()` if another app has one there';

  test.each<[string, (account: AccountBackup, bucket: s3.Bucket) => void]>([
    ['a resource', (account, bucket) => void bucket.with(account.tagOf('bronze'))],
    ['a scope', (account, bucket) => account.tagOf('bronze').applyBelow(Stack.of(bucket))],
  ])('is warned about on %s, because nothing backs it up there', (_, apply) => {
    const stack = testStack();
    apply(accountIn(stack), new s3.Bucket(far(stack), 'Documents', { versioned: true }));
    synthesize(stack);
    expect(warningsOf(stack)).toEqual([WARNING]);
  });

  test.each<[string, Partial<AccountBackupProps>, boolean]>([
    ['with this tier', {}, false],
    ['with other tiers', { tiers: [SILVER] }, true],
    ['with another key', { tagKey: 'protection' }, true],
  ])('is backed up by an account there %s, or warned about', (_, props, isWarned) => {
    const stack = testStack();
    const there = far(stack);
    accountIn(there, props);
    new s3.Bucket(there, 'Documents', { versioned: true }).with(accountIn(stack).tagOf('bronze'));
    synthesize(stack);
    expect(warningsOf(stack)).toEqual(isWarned ? [WARNING] : []);
  });
});

test('a vault and a role of yours are used as they are', () => {
  const stack = testStack();
  const vault = BackupVault.fromBackupVaultName(stack, 'Vault', 'existing');
  const role = iam.Role.fromRoleName(stack, 'Role', 'AWSBackupDefaultServiceRole');
  const account = accountIn(stack, { vault, role, windowsVss: true });
  expect([account.vault, account.role]).toEqual([vault, role]);
  const template = synthesize(stack);
  template.resourceCountIs('AWS::Backup::BackupVault', 0);
  template.resourceCountIs('AWS::IAM::Role', 0);
  template.hasResourceProperties('AWS::Backup::BackupPlan', {
    BackupPlan: { AdvancedBackupSettings: [{ ResourceType: 'EC2' }] },
  });
});

test('another order of the tiers, or one tier less, replaces neither the role nor another plan', () => {
  const idsOf = (tiers: BackupTier[]) => {
    const stack = testStack();
    accountIn(stack, { tiers });
    const template = synthesize(stack);
    return ['AWS::IAM::Role', 'AWS::Backup::BackupPlan'].flatMap((type) =>
      Object.keys(template.findResources(type)),
    );
  };
  const all = idsOf([BRONZE, SILVER, GOLD]);
  expect(idsOf([GOLD, SILVER, BRONZE]).sort()).toEqual([...all].sort());
  expect(all).toEqual(expect.arrayContaining(idsOf([GOLD])));
});

test('defaults of an organization can be injected', () => {
  const app = testApp();
  PropertyInjectors.of(app).add({
    constructUniqueId: AccountBackup.PROPERTY_INJECTION_ID,
    inject: (props) => ({ ...props, tagKey: 'injected' }),
  });
  expect(accountIn(new Stack(app, 'Stack')).tagKey).toBe('injected');
});

describe('a second one with the same tag key', () => {
  const TWICE =
    '`tagKey` must differ from that of `A/Account` in the same account and Region, got `backup` for both: each would back up the resources of both; add the tiers to one `AccountBackup`, or use `WorkloadBackup` to protect the resources of one app';
  const secondIn = (first: StackProps, second: StackProps) => {
    const app = testApp();
    accountIn(new Stack(app, 'A', first));
    const stack = new Stack(app, 'B', second);
    accountIn(stack, { tiers: [GOLD] });
    return warningsOf(stack);
  };

  test('is refused in a known account and Region', () => {
    expect(refusal(() => secondIn({ env: HERE }, { env: HERE }))).toBe(`${TWICE} (in \`B/Account\`)`);
  });

  test('is refused in one stack', () => {
    const stack = new Stack(testApp(), 'A');
    accountIn(stack);
    expect(refusal(() => accountIn(stack, {}, 'Second'))).toBe(`${TWICE} (in \`A/Second\`)`);
  });

  test('causes a warning between stacks without an environment', () => {
    expect(secondIn({}, {})).toEqual([`Backup-PossibleAccountBackupTwice: ${TWICE}`]);
  });

  test('is what another Region or account needs', () => {
    expect(secondIn({ env: HERE }, { env: { ...HERE, region: 'eu-central-1' } })).toEqual([]);
    expect(secondIn({ env: HERE }, { env: { ...HERE, account: '444455556666' } })).toEqual([]);
  });

  test('is what another stage without an environment needs', () => {
    const app = testApp();
    const stacks = ['Dev', 'Prod'].map((id) => new Stack(new Stage(app, id), 'Stack'));
    for (const stack of stacks) accountIn(stack);
    expect(stacks.flatMap(warningsOf)).toEqual([]);
  });

  test('can replace one that was removed from the tree', () => {
    const stack = testStack();
    accountIn(stack);
    stack.node.tryRemoveChild('Account');
    expect(accountIn(stack, {}, 'Renamed').tagKey).toBe('backup');
  });

  test('is fine with another key', () => {
    const stack = testStack();
    accountIn(stack);
    accountIn(stack, { tagKey: 'archive' }, 'Archive');
    expect(warningsOf(stack)).toEqual([]);
  });
});

test('a tag that is almost a tier causes a warning, another one does not', () => {
  const stack = testStack('Shop');
  accountIn(stack, { tiers: [BRONZE, GOLD] });
  for (const value of ['golld', 'GOLD', 'none', 'gold'])
    Tags.of(
      new dynamodb.Table(stack, `Table-${value}`, {
        partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      }),
    ).add('backup', value);
  synthesize(stack);
  const typo = (value: string) =>
    `Backup-TagTypo: \`tiers\` must include the value of the tag \`backup\` of \`Shop/Table-${value}\` to back it up, got \`bronze\` and \`gold\` and the tag \`${value}\`; write \`gold\``;
  expect(warningsOf(stack).filter((text) => text.startsWith('Backup-TagTypo'))).toEqual([
    typo('golld'),
    typo('GOLD'),
  ]);
});

test.each<[string, unknown, string]>([
  ['no properties', undefined, '`props` must be an object with properties, got null'],
  ['no tiers', {}, '`tiers` must be a list, each element a `BackupTier`, got nothing'],
  ['an empty list', { tiers: [] }, '`tiers` must contain at least one tier, got none'],
  ['the name of a tier', { tiers: ['gold'] }, '`tiers[0]` must be a `BackupTier`, got `gold`'],
])('%s is refused', (_, props, message) => {
  const refused = refusal(() => new AccountBackup(testStack(), 'Account', props as AccountBackupProps));
  expect(refused.split(';')[0].replace(/ \(in .*/, '')).toBe(message);
});

test('a tier twice, and a vault with options for a new one, are refused in one error', () => {
  const stack = testStack();
  const vault = BackupVault.fromBackupVaultName(stack, 'Vault', 'existing');
  expect(refusal(() => accountIn(stack, { tiers: [GOLD, GOLD], vault, vaultOptions: {} }))).toBe(
    [
      '2 problems of `Stack/Account`:',
      '  - `tiers` must have unique names, got `gold` twice; rename one of them with `BackupTier.of(name, rules)`',
      "  - `vaultOptions` can't change the existing `vault`, got both; omit one of them",
    ].join('\n'),
  );
});

test('a tier that it does not have is refused by name', () => {
  const account = accountIn(testStack(), { tiers: [BRONZE, GOLD] });
  expect(refusal(() => account.tagOf('silver'))).toBe(
    '`tierName` must be a tier of `Stack/Account` (`bronze` and `gold`), got `silver`; add the tier to `tiers`',
  );
});
