import { Duration, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import {
  BackupPlan,
  BackupRule,
  BackupVault,
  CentralVault,
  CopyAction,
  CopyOnDemand,
  CopySource,
  DisasterRecovery,
  KeyPath,
  LogicallyAirGappedVault,
  RecoveryHop,
  Retention,
  VaultEncryption,
  VaultLock,
} from '../../../src';
import { ALL_CHECKS } from '../../../src/checks/all-checks';
import { type Finding, runChecks } from '../../../src/checks/engine/check';
import { inventoryOf, readInventory } from '../../../src/inventory/inventory';
import { BackupKey } from '../../../src/resources/vault/backup-key';
import type { StackSource } from '../../../src/template/input/source';
import { testApp } from '../../support/app';
import { exampleApp } from '../../support/examples';
import { NOW } from '../../support/findings';
import { source } from '../../support/templates';

const WORKLOAD = '111122223333';
const BACKUP = '444455556666';
const RECOVERY = '777788889999';

type Policy = { Statement: { Principal?: { AWS?: string | string[] } }[] };
interface Resource {
  readonly Type: string;
  readonly Properties: {
    AccessPolicy: Policy;
    AssumeRolePolicyDocument: Policy;
    DefinitionString: unknown;
    EncryptionKeyArn?: unknown;
    KeyPolicy: Policy;
    LockConfiguration: { MinRetentionDays: number; MaxRetentionDays: number };
    ManagedPolicyArns?: unknown;
    MaxRetentionDays: number;
    PolicyDocument: Policy;
  };
}

type Templates = Record<
  'Workload' | 'Second' | 'Backup' | 'Recovery',
  { Resources: Record<string, Resource> }
>;

/** A recovery with all its ingredients: a chain of three hops, and the way back to a fourth account. */
function templates(): Templates {
  const app = testApp();
  const stack = (id: string, account: string, region: string) =>
    new Stack(app, id, { env: { account, region } });
  const workload = stack('Workload', WORKLOAD, 'eu-west-1');
  const second = stack('Second', WORKLOAD, 'eu-central-1');
  const backup = stack('Backup', BACKUP, 'eu-central-1');
  const recovery = stack('Recovery', RECOVERY, 'eu-central-1');

  const vault = new BackupVault(workload, 'Vault');
  const lock = { minRetention: Duration.days(7), maxRetention: Duration.days(60) };
  const secondVault = new BackupVault(second, 'Vault', { lock: VaultLock.governance(lock) });
  const central = new CentralVault(backup, 'Central', {
    copyFrom: [CopySource.account(WORKLOAD)],
    lock: VaultLock.governance({ minRetention: Duration.days(30), maxRetention: Duration.days(365) }),
  });
  const airGapped = new LogicallyAirGappedVault(backup, 'AirGapped', {
    minRetention: Duration.days(30),
    maxRetention: Duration.days(730),
    acknowledgeIrreversible: true,
    generation: '30to730',
  });
  const { copies } = new DisasterRecovery(workload, 'Recovery', {
    source: vault,
    hops: [
      RecoveryHop.toVault(secondVault, { retention: Retention.days(35) }),
      RecoveryHop.toVault(central.vault, { after: secondVault, retention: Retention.days(90) }),
      RecoveryHop.toVault(airGapped, { after: central.vault, retention: Retention.days(365) }),
    ],
  });
  const table = new dynamodb.Table(workload, 'Table', {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
  });
  const rules = [BackupRule.daily({ retention: Retention.days(35), copies })];
  new BackupPlan(workload, 'Plan', { vault, rules }).addSelection('Table', { resources: [table] });

  const key = new BackupKey(recovery, 'Key');
  KeyPath.of(key).allowCopiesFrom(CopySource.account(BACKUP));
  const landing = new BackupVault(recovery, 'Landing', {
    encryption: VaultEncryption.key(key),
    copyFrom: [CopySource.account(BACKUP)],
    lock: VaultLock.governance({ minRetention: Duration.days(7), maxRetention: Duration.days(400) }),
  });
  new CopyOnDemand(backup, 'Back', {
    vault: central.vault,
    copy: CopyAction.toVault(landing, { retention: Retention.days(400) }),
  });
  const made = app.synth().stacks.map(({ stackName, template }) => [stackName, template]);
  return Object.fromEntries(made);
}

const ACCOUNTS = { Workload: WORKLOAD, Second: WORKLOAD, Backup: BACKUP, Recovery: RECOVERY };

function findingsIn(all: Templates): Finding[] {
  const sources = Object.entries(all).map(
    ([id, template]): StackSource =>
      source(template, {
        id,
        name: id,
        stackName: id,
        file: `${id}.template.json`,
        account: ACCOUNTS[id as keyof Templates],
        region: id === 'Workload' ? 'eu-west-1' : 'eu-central-1',
        assembly: 'cdk.out',
      }),
  );
  return runChecks(ALL_CHECKS, inventoryOf(sources), { now: NOW });
}

const line = ({ severity, id, message }: Finding) => `${severity} ${id}: ${message}`;

/** The resources of a type in a stack; a pattern tells some by their logical ids. */
function all(stack: { Resources: Record<string, Resource> }, type: string, id = /./): Resource[] {
  const found = Object.entries(stack.Resources).filter(([name, { Type }]) => Type === type && id.test(name));
  if (found.length === 0) throw new Error(`no ${type} ${id}`);
  return found.map(([, resource]) => resource);
}

/** Takes out the statements that speak of something; fails where there is none. */
function without(policy: Policy, words: RegExp): void {
  const left = policy.Statement.filter((statement) => !words.test(JSON.stringify(statement)));
  if (left.length === policy.Statement.length) throw new Error(`no statement with ${words}`);
  policy.Statement = left;
}

/** Takes an account out of all statements; fails where none names it. */
function withoutAccount(policy: Policy, account: string): void {
  const before = JSON.stringify(policy);
  for (const { Principal } of policy.Statement)
    if (Array.isArray(Principal?.AWS))
      Principal.AWS = Principal.AWS.filter((principal) => !principal.includes(account));
  policy.Statement = policy.Statement.filter(({ Principal }) => {
    const named = Principal?.AWS ?? '*';
    return Array.isArray(named) ? named.length > 0 : !named.includes(account);
  });
  if (JSON.stringify(policy) === before) throw new Error(`no statement with ${account}`);
}

const VAULT = 'AWS::Backup::BackupVault';
const KEY = 'AWS::KMS::Key';
const MACHINE = 'AWS::StepFunctions::StateMachine';
const POLICY = 'AWS::IAM::ManagedPolicy';
const ROLE = 'AWS::IAM::Role';

/** Changes the text of the definition of a state machine. */
function rewrite(machine: Resource, from: RegExp, to: string): void {
  const text = JSON.stringify(machine.Properties.DefinitionString);
  if (!from.test(text)) throw new Error(`nothing like ${from} in ${text}`);
  machine.Properties.DefinitionString = JSON.parse(text.replace(from, to));
}

const complete = templates();
const baseline = findingsIn(complete).map(line);

test('with all ingredients, only notes are found', () => {
  expect(baseline.map((each) => each.split(':')[0]).sort()).toEqual([
    'note Backup-AdvancedDynamoDb',
    'note Backup-AirGappedVaultLock',
    'note Backup-CrossAccountPrerequisites',
    'note Backup-CrossAccountPrerequisites',
  ]);
});

test.each(['disaster-recovery', 'restore-access'])(
  'in examples/%s.ts, nothing is found but what it acknowledges',
  (name) => {
    const inventory = readInventory([exampleApp(name).synth().directory]);
    expect(runChecks(ALL_CHECKS, inventory, { now: NOW }).map(({ id }) => id)).toEqual([
      'Backup-AirGappedVaultLock',
    ]);
  },
);

const MUTATIONS: [ingredient: string, mutate: (all: Templates) => void, found: string[]][] = [
  [
    'the access policy of the central vault',
    ({ Backup }) => without(all(Backup, VAULT)[0].Properties.AccessPolicy, /CopyIntoBackupVault/),
    ['error Backup-CopyAccess'],
  ],
  [
    'the right account in the access policy of the central vault',
    ({ Backup }) => {
      const { AccessPolicy } = all(Backup, VAULT)[0].Properties;
      all(Backup, VAULT)[0].Properties.AccessPolicy = JSON.parse(
        JSON.stringify(AccessPolicy).replaceAll(WORKLOAD, '999900001111'),
      );
    },
    ['error Backup-CopyAccess'],
  ],
  [
    'the access policy of the landing vault',
    ({ Recovery }) => without(all(Recovery, VAULT)[0].Properties.AccessPolicy, /CopyIntoBackupVault/),
    ['error Backup-CopyAccess'],
  ],
  [
    'the use of the central key by the workload account',
    ({ Backup }) => withoutAccount(all(Backup, KEY)[0].Properties.KeyPolicy, WORKLOAD),
    ['warning Backup-DestinationKeyAccess'],
  ],
  [
    'the use of the landing key by the backup account',
    ({ Recovery }) => withoutAccount(all(Recovery, KEY)[0].Properties.KeyPolicy, BACKUP),
    ['warning Backup-DestinationKeyAccess'],
  ],
  [
    'the use of the key of the second vault by the backup account',
    ({ Second }) => withoutAccount(all(Second, KEY)[0].Properties.KeyPolicy, BACKUP),
    ['note Backup-JobSourceKeyAccess'],
  ],
  [
    'the use of the central key by the recovery account',
    ({ Backup }) => withoutAccount(all(Backup, KEY)[0].Properties.KeyPolicy, RECOVERY),
    ['note Backup-JobSourceKeyAccess'],
  ],
  [
    'the key of the central vault',
    ({ Backup }) => delete all(Backup, VAULT)[0].Properties.EncryptionKeyArn,
    ['warning Backup-CopyLikelyIntoAwsManagedKey'],
  ],
  [
    'the key of the landing vault',
    ({ Recovery }) => delete all(Recovery, VAULT)[0].Properties.EncryptionKeyArn,
    ['warning Backup-CopyLikelyIntoAwsManagedKey'],
  ],
  [
    'the fit of the first hop, a copy action, with the lock of the second vault',
    ({ Second }) => {
      all(Second, VAULT)[0].Properties.LockConfiguration.MaxRetentionDays = 30;
    },
    ['error Backup-LockRange'],
  ],
  [
    'the fit of the second hop with the lock of the central vault',
    ({ Backup }) => {
      all(Backup, VAULT)[0].Properties.LockConfiguration.MinRetentionDays = 120;
    },
    ['error Backup-LockRange'],
  ],
  [
    'the fit of the third hop with the range of the air-gapped vault',
    ({ Backup }) => {
      all(Backup, 'AWS::Backup::LogicallyAirGappedBackupVault')[0].Properties.MaxRetentionDays = 180;
    },
    ['error Backup-LockRange'],
  ],
  [
    'the fit of the way back with the lock of the landing vault',
    ({ Recovery }) => {
      all(Recovery, VAULT)[0].Properties.LockConfiguration.MaxRetentionDays = 60;
    },
    ['error Backup-LockRange'],
  ],
  [
    'the gap between cold storage and deletion of the second hop',
    ({ Second }) =>
      rewrite(
        all(Second, MACHINE)[0],
        /\\"DeleteAfterDays\\":90/,
        '\\"DeleteAfterDays\\":90,\\"MoveToColdStorageAfterDays\\":30',
      ),
    ['error Backup-ColdStorageGap'],
  ],
  [
    'the partition of the second hop',
    ({ Second }) => rewrite(all(Second, MACHINE)[0], /arn:aws:backup/g, 'arn:aws-cn:backup'),
    ['error Backup-CopyPartition'],
  ],
  [
    'the ARN of the second hop',
    ({ Second }) => rewrite(all(Second, MACHINE)[0], /:backup-vault:/g, ':vault:'),
    ['error Backup-VaultArn'],
  ],
  [
    'another vault than the source as destination of the third hop',
    ({ Backup }) => {
      const [name] = Object.entries(Backup.Resources).find(([, { Type }]) => Type === VAULT) ?? [];
      rewrite(
        all(Backup, MACHINE, /Hop3/)[0],
        /"AirGapped[0-9A-Za-z]*","BackupVaultArn"/g,
        `"${name}","BackupVaultArn"`,
      );
    },
    ['warning Backup-CopyIntoSource'],
  ],
  [
    'the permission to start copy jobs',
    ({ Second }) => without(all(Second, POLICY, /CopyPolicy/)[0].Properties.PolicyDocument, /StartCopyJob/),
    ['error Backup-CopyStateMachineRole'],
  ],
  [
    'the permission to pass the role',
    ({ Second }) => without(all(Second, POLICY, /CopyPolicy/)[0].Properties.PolicyDocument, /PassRole/),
    ['error Backup-CopyStateMachineRole'],
  ],
  [
    'the trust of Step Functions',
    ({ Second }) =>
      without(all(Second, ROLE, /CopyRole/)[0].Properties.AssumeRolePolicyDocument, /states\.amazonaws\.com/),
    ['error Backup-CopyStateMachineRole'],
  ],
  [
    'the policy of the role that copies',
    ({ Second }) => delete all(Second, ROLE, /AwsBackupRole/)[0].Properties.ManagedPolicyArns,
    ['error Backup-CopyRole'],
  ],
  [
    'the trust of AWS Backup',
    ({ Second }) =>
      without(
        all(Second, ROLE, /AwsBackupRole/)[0].Properties.AssumeRolePolicyDocument,
        /backup\.amazonaws\.com/,
      ),
    ['error Backup-CopyRole'],
  ],
];

test.each(MUTATIONS)('without %s, exactly that finding is reported', (_ingredient, mutate, found) => {
  const mutated: Templates = structuredClone(complete);
  mutate(mutated);
  const left = [...baseline];
  const fresh = findingsIn(mutated)
    .map(line)
    .filter((each) => {
      const index = left.indexOf(each);
      if (index >= 0) left.splice(index, 1);
      return index < 0;
    });
  expect([...new Set(fresh.map((each) => each.split(':')[0]))]).toEqual(found);
});
