import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { BackupPlan, BackupRule, BackupVault, RestoreRunbook, Retention } from '../../../src';
import { runChecks } from '../../../src/checks/engine/check';
import { restoreRunbookChecks } from '../../../src/checks/restore-testing/restore-runbooks';
import { runbookOf } from '../../../src/cli/runbook/runbook';
import { runbookMarkdown } from '../../../src/cli/runbook/runbook-markdown';
import { coverageOf } from '../../../src/coverage/coverage';
import { coverageJson } from '../../../src/coverage/coverage-json';
import { testApp } from '../../support/app';
import { inventoryOfResources } from '../../support/templates';

const now = new Date('2026-11-29T00:00:00Z');

/** A table and a bucket in a plan, a table in none, and a runbook for some of them. */
function shop(restored: (all: Shop) => Partial<ConstructorParameters<typeof RestoreRunbook>[2]>) {
  const stack = new Stack(testApp(), 'Shop', { env: { account: '111111111111', region: 'us-east-1' } });
  const table = (id: string) =>
    new dynamodb.Table(stack, id, { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
  const all = {
    vault: new BackupVault(stack, 'Vault'),
    empty: new BackupVault(stack, 'Empty'),
    orders: table('Orders'),
    carts: table('Carts'),
    documents: new s3.Bucket(stack, 'Documents', { versioned: true }),
  };
  const { vault, orders, documents } = all;
  const plan = new BackupPlan(stack, 'Plan', {
    vault,
    rules: [BackupRule.daily({ retention: Retention.days(35) })],
  });
  plan.addSelection('Data', { resources: [orders, documents] });
  new RestoreRunbook(stack, 'Runbook', {
    vaults: [vault],
    resources: [{ resource: orders }, { resource: documents }],
    ...restored(all),
  });
  return inventoryOfResources(Template.fromStack(stack).toJSON().Resources);
}

interface Shop {
  readonly vault: BackupVault;
  readonly empty: BackupVault;
  readonly orders: dynamodb.Table;
  readonly carts: dynamodb.Table;
  readonly documents: s3.Bucket;
}

test('the inventory reads what a runbook restores, and from which vaults', () => {
  const [{ resources, vaults }, ...others] = shop(({ vault }) => ({
    vaults: [vault],
    sharedVaults: [{ backupVaultName: 'vaulted', account: '444455556666' }],
    copySources: [{ backupVaultName: 'central', account: '444455556666', accessName: 'copy-back' }],
  })).restoreRunbooks;
  expect([
    others,
    resources.map(({ resourceType }) => resourceType),
    vaults.map(({ vault, isElsewhere }) => [vault?.to !== undefined, isElsewhere]),
  ]).toEqual([
    [],
    ['DynamoDB', 'S3'],
    [
      [true, false],
      [false, true],
      [false, true],
    ],
  ]);
});

test('coverage and the printed runbook name the runbooks that restore a resource', () => {
  const inventory = shop(() => ({}));
  const coverage = coverageOf(inventory, { now });
  const restored = coverageJson(coverage).resources.map(({ constructPath, logicalId, runbooks }) => [
    (constructPath ?? logicalId).replace(/[0-9A-F]{8}$/, ''),
    runbooks?.length ?? 0,
  ]);
  expect(Object.fromEntries(restored)).toMatchObject({ Orders: 1, Documents: 1, Carts: 0 });
  expect(runbookMarkdown(runbookOf(inventory, coverage), now)).toMatch(
    /- Restored by the state machine `Runbook\w+` of a `RestoreRunbook`\./,
  );
});

test.each<[string, Parameters<typeof shop>[0], string[]]>([
  ['what plans back up into its vaults', () => ({}), []],
  [
    'what no plan backs up',
    ({ orders, carts }) => ({ resources: [{ resource: orders }, { resource: carts }] }),
    [
      expect.stringMatching(
        /^restore runbook `Runbook\w+` restores .*Carts.*, of which no backup plan of the app makes recovery points$/,
      ),
    ],
  ],
  [
    'from a vault that nothing fills',
    ({ vault, empty }) => ({ vaults: [vault, empty] }),
    [
      expect.stringMatching(
        /^restore runbook `Runbook\w+` looks for recovery points in vault .*Empty.*, into which no rule or copy of the app puts any$/,
      ),
    ],
  ],
  [
    'from vaults of other accounts, which are not in the app',
    () => ({ sharedVaults: [{ backupVaultName: 'vaulted', account: '444455556666' }] }),
    [],
  ],
])('a runbook that restores %s', (_title, restored, messages) => {
  const found = runChecks(restoreRunbookChecks, shop(restored), { now });
  expect(found.map(({ message }) => message)).toEqual(messages);
});
