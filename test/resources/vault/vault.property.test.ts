import { type App, CfnParameter, Duration, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Alias, CfnKey, Key } from 'aws-cdk-lib/aws-kms';
import { CfnTopic, Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import * as fc from 'fast-check';
import { BackupRole, type BackupRoleProps } from '../../../src/resources/role/backup-role';
import { BackupKey, type BackupKeyProps } from '../../../src/resources/vault/backup-key';
import { BackupVault, type BackupVaultProps } from '../../../src/resources/vault/backup-vault';
import { CopySource } from '../../../src/resources/vault/copy-source';
import { DeletionDenial } from '../../../src/resources/vault/deletion-denial';
import { VaultEncryption } from '../../../src/resources/vault/vault-encryption';
import { nameProblems } from '../../../src/values/core/names';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { VaultEvent } from '../../../src/values/vault/vault-event';
import { lockProblems, VaultLock } from '../../../src/values/vault/vault-lock';
import { anything } from '../../support/anything';
import { testApp } from '../../support/app';
import { budget } from '../../support/budget';
import { thrown } from '../../support/refusal';
import { type CloudFormationTemplate, schemaProblems } from '../../support/schema';
import { warningsOf } from '../../support/warnings';

const HERE = { account: '111122223333', region: 'eu-west-1' };

/** A value of a property, created in the stack, since a construct belongs to one stack. */
type Make<T = unknown> = (stack: Stack) => T;

/** Any value; tokens come from the stack itself, since those of another app can't be used. */
const known: fc.Arbitrary<Make> = anything
  .filter((value) => !Token.isUnresolved(value) && !(value instanceof Duration && value.isUnresolved()))
  .map((value) => () => value);

/** Mostly a valid value, sometimes an invalid one that the types allow, and sometimes anything. */
function given(right: Make[], wrong: Make[] = []): fc.Arbitrary<Make> {
  return fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(...right) },
    { weight: wrong.length > 0 ? 1 : 0, arbitrary: fc.constantFrom(...wrong, () => undefined) },
    { weight: 1, arbitrary: known },
  );
}

/** A string that is known only at deployment. */
function text(stack: Stack): string {
  return new CfnParameter(stack, `Text${count++}`).valueAsString;
}

/** Props, each of them set or not. */
function propsOf<T>(model: { [K in keyof Required<T>]: fc.Arbitrary<Make> }): fc.Arbitrary<Make<T>> {
  const makes = fc.record<Record<string, Make>>(model, { requiredKeys: [] });
  return makes.map((each) => (stack: Stack) => {
    const made = Object.entries(each).map(([name, make]) => [name, make(stack)]);
    return Object.fromEntries(made);
  });
}

let app: App;
let count = 0;
beforeAll(() => {
  app = testApp();
});

/** The template of what a stack holds, without the rest of a synthesis. */
function templateOf(stack: Stack): CloudFormationTemplate {
  const { _toCloudFormation: render } = stack as unknown as { _toCloudFormation(): unknown };
  return stack.resolve(render.call(stack));
}

/** Creates a construct with props; the result, or nothing if it is refused with a message. */
function made<T extends Construct>(make: (stack: Stack) => T, env?: typeof HERE) {
  const stack = new Stack(app, `Stack${count++}`, { env });
  let construct: T | undefined;
  const error = thrown(() => {
    construct = make(stack);
  });
  app.node.tryRemoveChild(stack.node.id);
  if (!construct) {
    expect(error?.message).toMatch(/^`|^\d+ problems of `/);
    return undefined;
  }
  const template = templateOf(stack);
  expect(schemaProblems(template)).toEqual([]);
  return { construct, template };
}

interface Rendered {
  readonly Properties: Record<string, never>;
  readonly DeletionPolicy: string;
}
function only(template: CloudFormationTemplate, type: string): Rendered {
  const found = Object.values(template.Resources ?? {}).filter(
    (each) => (each as { Type: string }).Type === type,
  );
  expect(found).toHaveLength(1);
  return found[0] as Rendered;
}

const REMOVAL_POLICIES = Object.values(RemovalPolicy).map((policy) => () => policy);
const days = (amount: number) => Duration.days(amount);
const lock = fc
  .record({
    minRetention: fc.integer({ min: 1, max: 400 }).map(days),
    maxRetention: fc.option(fc.integer({ min: 400, max: 36_500 }).map(days), { nil: undefined }),
  })
  .chain((range) =>
    fc.constantFrom<Make>(
      () => VaultLock.governance(range),
      () => VaultLock.compliance({ ...range, coolingOff: days(3), acknowledgeIrreversible: true }),
    ),
  );
const topic = given(
  [
    (stack) => new Topic(stack, 'Topic'),
    (stack) => new Topic(stack, 'Topic', { masterKey: new Key(stack, 'TopicKey') }),
    (stack) => Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-west-1:111122223333:events'),
  ],
  [
    (stack) => new Topic(stack, 'Topic', { fifo: true }),
    (stack) => new CfnTopic(stack, 'Topic'),
    (stack) => Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:us-east-1:111122223333:events'),
  ],
);
const events = given(
  [
    () => VaultEvent.failures(),
    () => [VaultEvent.COPY_JOB_FAILED, VaultEvent.COPY_JOB_FAILED],
    () => [VaultEvent.of('BACKUP_JOB_FAILED')],
    () => undefined,
  ],
  [() => [], () => ['COPY_JOB_FAILED']],
);
const vaultProps = propsOf<BackupVaultProps>({
  backupVaultName: given(
    [() => 'orders', () => 'A_2', () => undefined, text],
    [() => 'a b', () => '', () => 'v'],
  ),
  encryption: given(
    [
      () => VaultEncryption.newKey(),
      () => VaultEncryption.awsManagedKey(),
      (stack) => VaultEncryption.key(new Key(stack, 'Key2')),
      (stack) => VaultEncryption.key(new CfnKey(stack, 'Key2', { keyPolicy: {} })),
    ],
    [
      (stack) => new Key(stack, 'Key2'),
      (stack) => VaultEncryption.key(Alias.fromAliasName(stack, 'Key2', 'alias/backup') as never),
    ],
  ),
  lock: fc.oneof({ weight: 20, arbitrary: lock }, { weight: 1, arbitrary: known }),
  copyFrom: given(
    [
      () => [],
      () => [CopySource.account('444455556666'), CopySource.organization('o-a1b2c3d4e5')],
      () => [CopySource.account(HERE.account)],
      () => [CopySource.organizationalUnit('o-a1b2c3d4e5/r-ab12/ou-ab12-11111111')],
    ],
    [() => CopySource.account('444455556666'), () => ['444455556666']],
  ),
  deletionDenial: given([
    () => DeletionDenial.forEveryone(),
    (stack) =>
      DeletionDenial.exceptFor(
        new iam.Role(stack, 'Deployer', { assumedBy: new iam.AccountRootPrincipal() }),
      ),
  ]),
  notifications: fc.oneof(
    {
      weight: 20,
      arbitrary: fc.tuple(topic, events).map(([makeTopic, makeEvents]) => (stack: Stack) => ({
        topic: makeTopic(stack),
        events: makeEvents(stack),
      })),
    },
    { weight: 1, arbitrary: known },
  ),
  removalPolicy: given(REMOVAL_POLICIES),
});

test('any vault satisfies the schema and the limits, or is refused with a message', () => {
  let accepted = 0;
  const runs = fc.property(vaultProps, fc.constantFrom(HERE, undefined), (makeProps, env) => {
    const vault = made((stack) => new BackupVault(stack, 'Vault', makeProps(stack)), env);
    if (!vault) return;
    accepted++;
    const { Properties, DeletionPolicy } = only(vault.template, 'AWS::Backup::BackupVault');
    const {
      BackupVaultName: name,
      EncryptionKeyArn: key,
      LockConfiguration: lockedTo,
      Notifications: told,
      AccessPolicy: policy = { Statement: [] },
    } = Properties as Record<string, undefined | Record<string, never>>;
    if (typeof name === 'string') expect(nameProblems('vault', name, 'name')).toEqual([]);
    expect(key === undefined).toBe(vault.construct.encryptionKey === undefined);
    if (lockedTo) {
      const { MinRetentionDays, MaxRetentionDays, ChangeableForDays } = lockedTo;
      const numbers = [MinRetentionDays, MaxRetentionDays, ChangeableForDays];
      const [minRetentionDays, maxRetentionDays, coolingOffDays] = numbers;
      expect(lockProblems({ minRetentionDays, maxRetentionDays, coolingOffDays })).toEqual([]);
      if (ChangeableForDays !== undefined) expect(DeletionPolicy).not.toBe('Delete');
    }
    if (told) expect(told.BackupVaultEvents).toEqual([...new Set(told.BackupVaultEvents as string[])]);
    for (const { Action, Effect, Principal } of policy.Statement as unknown as Record<string, never>[]) {
      expect([Action].flat().filter((action: string) => action.includes('*'))).toEqual([]);
      expect(Principal).toBeDefined();
      if (Effect === 'Allow' && !key && !JSON.stringify(Principal).includes(HERE.account))
        expect(warningsOf(vault.construct).join()).toContain('Backup-CopyLikelyIntoAwsManagedKey: ');
    }
  });
  fc.assert(runs, { numRuns: 2000 });
  expect(accepted).toBeGreaterThan(budget(400));
});

test('any key satisfies the schema and is rotated, or is refused with a message', () => {
  const props = propsOf<BackupKeyProps>({
    alias: given([() => 'backup', () => 'alias/backup', text], [() => 'alias/aws/backup', () => 'a b']),
    description: given([() => 'Ours', text]),
    rotationPeriod: given([() => days(90), () => days(2560)], [() => days(1), () => Duration.hours(2401)]),
    multiRegion: given([() => true, () => false]),
    admins: given([() => [], () => [new iam.AccountPrincipal('444455556666')]], [() => ['444455556666']]),
    removalPolicy: given(REMOVAL_POLICIES),
  });
  fc.assert(
    fc.property(props, (makeProps) => {
      const key = made((stack) => new BackupKey(stack, 'Key', makeProps(stack)));
      if (key) expect(only(key.template, 'AWS::KMS::Key').Properties.EnableKeyRotation).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('any role satisfies the schema and trusts only AWS Backup, or is refused with a message', () => {
  const props = propsOf<BackupRoleProps>({
    roleName: given([() => 'AwsBackup', () => undefined, text], [() => 'a b', () => '']),
    description: given([() => 'Ours', text]),
    resourceTypes: given([() => ResourceType.all(), () => [ResourceType.S3], () => []], [() => ['S3']]),
    restores: given([() => true, () => false]),
    permissionsBoundary: given([() => iam.ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess')]),
    removalPolicy: given(REMOVAL_POLICIES),
  });
  fc.assert(
    fc.property(props, (makeProps) => {
      const role = made((stack) => new BackupRole(stack, 'Role', makeProps(stack)));
      if (!role) return;
      const { AssumeRolePolicyDocument: trust } = only(role.template, 'AWS::IAM::Role').Properties;
      expect(JSON.stringify(trust)).toContain('{"Service":"backup.amazonaws.com"}');
    }),
    { numRuns: 1000 },
  );
});

test('any change to a vault is applied or refused with a message', () => {
  const doings: ((vault: BackupVault, value: never, other: never) => unknown)[] = [
    (vault, value) => vault.addToAccessPolicy(value),
    (vault, value) => vault.allowCopyFrom(value),
    (vault, value) => vault.denyDeletion(value),
    (vault, value) => vault.notify(value),
    (vault, value, other) => vault.notify({ topic: value, events: other }),
    (vault, value, other) => vault.grant(value, other),
    (vault, value) => vault.grant(new iam.AccountPrincipal(HERE.account), value),
    (vault, value) => vault.applyRemovalPolicy(value),
    (_, value) => VaultEncryption.key(value),
    (_, value, other) => DeletionDenial.exceptFor(value, other),
  ];
  const vault = new BackupVault(new Stack(app, 'Stack', { env: HERE }), 'Vault');
  fc.assert(
    fc.property(fc.constantFrom(...doings), anything, anything, (act, value, other) => {
      thrown(() => act(vault, value as never, other as never));
    }),
    { numRuns: 2000 },
  );
});
