import { CfnParameter, CfnResource, Fn, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct, type IConstruct } from 'constructs';
import { BackupRole, BackupVault, OnDemandBackup, type OnDemandBackupProps, Retention } from '../../../src';
import { testApp } from '../../support/app';
import { refusal } from '../../support/refusal';
import { synthesize } from '../../support/synthesis';
import { infosOf, warningsOf } from '../../support/warnings';

const ENV = { account: '111122223333', region: 'eu-west-1' };
const RESOURCE = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders';

const appOf = (sortKey = 'order', code = 'a') => {
  const app = testApp();
  const change = new Stack(app, 'Orders', { env: ENV });
  const table = new dynamodb.Table(change, 'Orders', {
    tableName: 'orders',
    partitionKey: { name: 'customer', type: dynamodb.AttributeType.STRING },
    sortKey: { name: sortKey, type: dynamodb.AttributeType.STRING },
  });
  const nested = new NestedStack(change, 'Nested');
  new lambda.Function(nested, 'Migration', {
    code: lambda.Code.fromInline(code),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_22_X,
  });
  const first = new Stack(app, 'First', { env: ENV });
  return { app, change, table, first, vault: BackupVault.fromBackupVaultName(first, 'Vault', 'gold') };
};

const make = (scope: Construct, props: Partial<OnDemandBackupProps>) =>
  new OnDemandBackup(scope, 'Backup', {
    vault: BackupVault.fromBackupVaultName(scope, 'Imported', 'gold'),
    retention: Retention.days(14),
    ...(props.resource ? {} : { resourceArn: RESOURCE }),
    ...props,
  });

const triggerOf = (stack: Stack) =>
  Object.values(synthesize(stack).findResources('Custom::OnDemandBackup'))[0].Properties.trigger;

const triggerFor = (...parts: Parameters<typeof appOf>) => {
  const { change, first } = appOf(...parts);
  make(first, { before: [change] });
  return triggerOf(first);
};

describe('a backup before other stacks', () => {
  test('is deployed first, and they depend on it', () => {
    const { change, first } = appOf();
    make(first, { before: [change] });
    expect(change.dependencies).toEqual([first]);
    expect([...warningsOf(first), ...infosOf(first)]).toEqual([]);
  });

  test('is repeated whenever their templates change, those of nested stacks included, and never else', () => {
    const same = triggerFor();
    expect(same).toMatch(/^[0-9a-f]{32}$/);
    expect(triggerFor()).toBe(same);
    expect(triggerFor('item')).not.toBe(same);
    expect(triggerFor('order', 'b')).not.toBe(same);
  });

  test('is also repeated with another text', () => {
    const { change, first } = appOf();
    make(first, { before: [change], trigger: 'release 7' });
    expect(triggerOf(first)).toBe(`release 7|${triggerFor()}`);
  });

  test('can be deployed from another Region, since only the order matters', () => {
    const { app, change } = appOf();
    const first = new Stack(app, 'Far', { env: { ...ENV, region: 'us-east-1' } });
    make(first, { before: [change] });
    expect(change.dependencies).toEqual([first]);
  });
});

test('a backup before a construct of its own stack makes the construct depend on it', () => {
  const stack = new Stack(testApp(), 'Stack', { env: ENV });
  const release = new Construct(stack, 'Release');
  const parameter = new CfnParameter(release, 'Version', { default: '1' });
  new dynamodb.Table(release, 'Orders', {
    tableName: 'orders',
    partitionKey: { name: parameter.valueAsString, type: dynamodb.AttributeType.STRING },
  });
  make(stack, { before: [release] });

  const template = synthesize(stack).toJSON();
  const [table] = Object.values<{ Type: string; DependsOn: string[] }>(template.Resources).filter(
    ({ Type }) => Type === 'AWS::DynamoDB::Table',
  );
  const [backupId] = Object.entries<{ Type: string }>(template.Resources)
    .filter(([, { Type }]) => Type === 'Custom::OnDemandBackup')
    .map(([id]) => id);
  expect(table.DependsOn).toContain(backupId);
});

describe('the wrong forms', () => {
  const NEEDS = (path: string, what: string, fix: string) =>
    `\`before[0]\` must not create what the backup needs, got \`${path}\` with ${what} in it: the backup would run after the change; ${fix} (in \`First/Backup\`)`;
  const ARN = 'name the resource by `resourceArn`, without a reference to the construct';
  const NAME = 'write the ARN with the name of the resource, without a reference to the construct';
  const APART = 'move the backup, its vault and its role into a stack of their own';

  test.each<[string, (parts: ReturnType<typeof appOf>) => Partial<OnDemandBackupProps>, string]>([
    [
      'a reference to the resource that changes',
      ({ change, table }) => ({ before: [change], resource: table }),
      NEEDS('Orders', '`resource`', ARN),
    ],
    [
      'an ARN that is a reference to the resource that changes',
      ({ change, table }) => ({ before: [change], resourceArn: table.tableArn }),
      NEEDS('Orders', '`resourceArn`', NAME),
    ],
    [
      'an ARN that is put together with a reference to it',
      ({ change, table }) => ({
        before: [change],
        resourceArn: change.formatArn({
          service: 'dynamodb',
          resource: 'table',
          resourceName: Fn.join('-', ['the', table.tableName]),
        }),
      }),
      NEEDS('Orders', '`resourceArn`', NAME),
    ],
    [
      'a vault in the stack that changes',
      ({ change }) => ({ before: [change], vault: new BackupVault(change, 'Vault') }),
      NEEDS('Orders', '`vault`', APART),
    ],
    [
      'a role in the stack that changes',
      ({ change }) => ({ before: [change], role: new BackupRole(change, 'Role') }),
      NEEDS('Orders', '`role`', APART),
    ],
    ['its own stack', ({ first }) => ({ before: [first] }), NEEDS('First', 'the backup itself', APART)],
    [
      'a stack of another stage',
      ({ app }) => ({ before: [new Stack(new Stage(app, 'Prod'), 'Orders')] }),
      '`before[0]` must be in the stage of the backup, got `Prod/Orders`, which CDK deploys by itself; create the backup in that stage (in `First/Backup`)',
    ],
    [
      'something else than a construct',
      () => ({ before: ['Orders' as unknown as IConstruct] }),
      '`before[0]` must be a construct, such as the stack that changes, got `Orders` (in `First/Backup`)',
    ],
  ])('%s is refused', (_, props, message) => {
    const parts = appOf();
    expect(refusal(() => make(parts.first, props(parts)))).toBe(message);
  });

  test('a trigger for a resource that the app creates is a warning, because the backup runs after the change', () => {
    const { table, change } = appOf();
    make(change, { resource: table, trigger: 'release 7' });
    expect(warningsOf(change)).toEqual([
      'Backup-OnDemandAfterChange: `resource` is created by this app, so each backup runs after the change to `Orders/Orders`, not before it; name it by `resourceArn`, and list what changes in `before`',
    ]);
  });

  test('so is one whose ARN refers to it, which is refused before the resource itself', () => {
    const { table, change } = appOf();
    make(change, { resourceArn: table.tableArn, trigger: 'release 7' });
    expect(warningsOf(change)).toEqual([
      'Backup-OnDemandAfterChange: `resourceArn` refers to a resource that this app creates, so each backup runs after the change to `Orders/Orders`, not before it; write the ARN with the name of the resource, and list what changes in `before`',
    ]);
    const again = appOf();
    expect(
      refusal(() => make(again.change, { resourceArn: again.table.tableArn, before: [again.table] })),
    ).toBe(
      `\`before[0]\` must not create what the backup needs, got \`Orders/Orders\` with \`resourceArn\` in it: the backup would run after the change; ${NAME} (in \`Orders/Backup\`)`,
    );
  });

  test('an ARN that something else looks up is no reference to the resource', () => {
    const { first } = appOf();
    const lookup = new CfnResource(first, 'Lookup', { type: 'Custom::Lookup' });
    make(first, { resourceArn: lookup.getAtt('Arn').toString(), trigger: 'release 7' });
    expect(warningsOf(first)).toEqual([]);
  });

  test('a backup that no later deployment repeats is a note', () => {
    const { first } = appOf();
    make(first, {});
    synthesize(first);
    expect(infosOf(first)).toEqual([
      'Backup-OnDemandOnce: `trigger` and `before` are not set, so there is one backup, when the construct is first deployed; set one of them for a backup in later deployments',
    ]);
  });
});
