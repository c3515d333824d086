import { Duration, Stack } from 'aws-cdk-lib';
import {
  BackupVault,
  CentralVault,
  CopyAction,
  CopyOnArrival,
  CopyOnDemand,
  CopySource,
  ResourceType,
  Retention,
} from '../../src';
import { testApp } from '../support/app';
import { type Caller, evaluate, type Policy, type Verdict } from '../support/policy-evaluator';
import { propertiesOf } from '../support/synthesis';

// The policies of what copies on arrival and on demand, simulated: each call that has to be allowed, and what isn't.

const HERE = '111122223333';
const THERE = '444455556666';
const STRANGER = '333333333333';

const WORLDS = [
  { partition: 'aws', region: 'eu-west-1', other: 'eu-central-1' },
  { partition: 'aws-cn', region: 'cn-north-1', other: 'cn-northwest-1' },
  { partition: 'aws-us-gov', region: 'us-gov-west-1', other: 'us-gov-east-1' },
];

/** A value as it is once deployed; attributes of resources by their logical ids. */
function deployed(value: unknown, partition: string): unknown {
  if (Array.isArray(value)) return value.map((each) => deployed(each, partition));
  if (typeof value !== 'object' || value === null) return value;
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join, 'Fn::Sub': sub } = value as Record<string, unknown>;
  if (sub) return String(sub).replaceAll('$'.concat('{AWS::Partition}'), partition);
  if (Ref === 'AWS::Partition') return partition;
  if (Ref !== undefined) return `ref:${Ref}`;
  if (attribute) return `attribute:${(attribute as string[]).join('.')}`;
  if (join) {
    const [separator, parts] = join as [string, unknown[]];
    return parts.map((part) => deployed(part, partition)).join(separator);
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, deployed(each, partition)]));
}

/** The policies under a property of the resources of a type. */
function policies(stack: Stack, partition: string, type: string, property: string): Policy[] {
  return propertiesOf(stack, type).map((properties) => deployed(properties[property], partition) as Policy);
}

describe.each(WORLDS)('in $partition', ({ partition, region, other }) => {
  let stack: Stack;
  const arn = (rest: string) => `arn:${partition}:${rest}`;
  const MANAGED = arn(`backup:${region}:${HERE}:recovery-point:1EB3B5E7-9EB0-435A-A80B-108B488B0D45`);
  const SNAPSHOT = arn(`ec2:${region}::snapshot/snap-03886bc8d6ef3a1f9`);
  const DATABASE = arn(`rds:${region}:${HERE}:snapshot:awsbackup:copyjob-1a2bcd34`);

  function make(resourceTypes?: ResourceType[]): void {
    stack = new Stack(testApp(), 'Second', { env: { account: HERE, region } });
    new CopyOnArrival(stack, 'Copy', {
      vault: new BackupVault(stack, 'Vault'),
      copy: CopyAction.toVaultArn(arn(`backup:${region}:${THERE}:backup-vault:central`), {
        retention: Retention.days(90),
      }),
      resourceTypes,
    });
  }

  /** What the role of the state machine may do. */
  function machine(action: string, resource: string, context?: Record<string, string>): Verdict {
    const [may] = policies(stack, partition, 'AWS::IAM::ManagedPolicy', 'PolicyDocument').filter((policy) =>
      JSON.stringify(policy).includes('StartCopyJob'),
    );
    const caller: Caller = { arn: arn(`iam::${HERE}:role/machine`), account: HERE, may };
    return evaluate(undefined, caller, { action, owner: HERE, resource, context });
  }

  const copier = () => {
    const [id] = Object.keys(
      (stack.node.root as ReturnType<typeof testApp>).synth().getStackByName('Second').template.Resources,
    ).filter((each) => each.includes('AwsBackupRole'));
    return `attribute:${id}.Arn`;
  };

  test.each([MANAGED, SNAPSHOT, DATABASE])(
    'the state machine may look at %s, and start its copy',
    (point) => {
      make();
      for (const action of ['backup:DescribeRecoveryPoint', 'backup:StartCopyJob'])
        expect(machine(action, point)).toBe('allowed');
      expect(machine('backup:DescribeCopyJob', '*')).toBe('allowed');
    },
  );

  test('of another Region, of other types than those that are named, and of snapshots that are not of AWS Backup, nothing', () => {
    make();
    expect(machine('backup:StartCopyJob', MANAGED.replace(region, other))).toBe('not allowed');
    expect(machine('backup:StartCopyJob', MANAGED.replace(HERE, STRANGER))).toBe('not allowed');
    expect(machine('backup:StartCopyJob', DATABASE.replace('awsbackup:', ''))).toBe('not allowed');
    make([ResourceType.EBS]);
    expect(machine('backup:StartCopyJob', SNAPSHOT)).toBe('allowed');
    expect(machine('backup:StartCopyJob', DATABASE)).toBe('not allowed');
    expect(machine('backup:StartCopyJob', MANAGED)).toBe('not allowed');
  });

  test.each([
    'backup:DeleteRecoveryPoint',
    'backup:UpdateRecoveryPointLifecycle',
    'backup:PutBackupVaultAccessPolicy',
    'backup:StartRestoreJob',
    'ec2:DeleteSnapshot',
    'iam:CreateRole',
  ])('the state machine may not do %s', (action) => {
    make();
    expect(machine(action, SNAPSHOT)).toBe('not allowed');
  });

  test('the state machine passes the role that copies to AWS Backup, and no other role and to nobody else', () => {
    make();
    const to = (service: string) => ({ 'iam:PassedToService': service });
    expect(machine('iam:PassRole', copier(), to('backup.amazonaws.com'))).toBe('allowed');
    expect(machine('iam:PassRole', copier(), to('lambda.amazonaws.com'))).toBe('not allowed');
    const admin = arn(`iam::${HERE}:role/admin`);
    expect(machine('iam:PassRole', admin, to('backup.amazonaws.com'))).toBe('not allowed');
  });

  test('the rule may start this state machine, and do nothing else', () => {
    make();
    const [may] = policies(stack, partition, 'AWS::IAM::ManagedPolicy', 'PolicyDocument').filter((policy) =>
      JSON.stringify(policy).includes('StartExecution'),
    );
    const [{ Targets }] = propertiesOf(stack, 'AWS::Events::Rule') as {
      Targets: { Arn: { Ref: string } }[];
    }[];
    const caller: Caller = { arn: arn(`iam::${HERE}:role/rule`), account: HERE, may };
    const call = (action: string, resource: string) =>
      evaluate(undefined, caller, { action, owner: HERE, resource });
    expect(call('states:StartExecution', `ref:${Targets[0].Arn.Ref}`)).toBe('allowed');
    expect(call('states:StartExecution', 'ref:Another')).toBe('not allowed');
    expect(call('states:StopExecution', `ref:${Targets[0].Arn.Ref}`)).toBe('not allowed');
  });

  test('the roles can only be assumed for this account', () => {
    make();
    const documents = propertiesOf(stack, 'AWS::IAM::Role')
      .map(({ AssumeRolePolicyDocument }) => JSON.stringify(AssumeRolePolicyDocument))
      .filter((document) => /states|events/.test(document));
    expect(documents).toHaveLength(2);
    for (const document of documents)
      expect(document).toContain(`"Condition":{"StringEquals":{"aws:SourceAccount":"${HERE}"}}`);
  });

  test('nobody reaches the queue without TLS', () => {
    make();
    const [policy] = policies(stack, partition, 'AWS::SQS::QueuePolicy', 'PolicyDocument');
    const caller: Caller = { arn: arn(`iam::${HERE}:role/admin`), account: HERE };
    const [{ Resource }] = policy.Statement;
    const call = (secure: string) =>
      evaluate(
        {
          Statement: policy.Statement.map((each) => ({
            ...each,
            Principal: each.Effect === 'Deny' ? '*' : {},
          })),
        },
        caller,
        {
          action: 'sqs:ReceiveMessage',
          owner: HERE,
          resource: String(Resource),
          context: { 'aws:SecureTransport': secure },
        },
      );
    expect(call('false')).toBe('denied');
    expect(call('true')).toBe('allowed');
  });

  test('on the way back, the keys and the vault of the recovery account let the backup account in, and nobody else', () => {
    const app = testApp();
    const backup = new Stack(app, 'Backup', { env: { account: THERE, region } });
    const recovery = new Stack(app, 'Recovery', { env: { account: HERE, region } });
    const landing = new CentralVault(recovery, 'Landing', { copyFrom: [CopySource.account(THERE)] });
    new CopyOnDemand(backup, 'Back', {
      vault: new BackupVault(backup, 'Vault'),
      copy: CopyAction.toVault(landing.vault, { retention: Retention.of(Duration.days(400)) }),
    });
    const [key] = policies(backup, partition, 'AWS::KMS::Key', 'KeyPolicy');
    const [landingKey] = policies(recovery, partition, 'AWS::KMS::Key', 'KeyPolicy');
    const [vault] = policies(recovery, partition, 'AWS::Backup::BackupVault', 'AccessPolicy');
    const as = (account: string): Caller => ({ arn: arn(`iam::${account}:role/AwsBackup`), account });
    const grant = { 'kms:GrantIsForAWSResource': 'true' };

    // out: the recovery account decrypts
    for (const action of ['kms:DescribeKey', 'kms:Decrypt', 'kms:ReEncryptFrom'])
      expect(evaluate(key, as(HERE), { action, owner: THERE })).toBe('allowed');
    expect(evaluate(key, as(HERE), { action: 'kms:CreateGrant', owner: THERE, context: grant })).toBe(
      'allowed',
    );
    expect(evaluate(key, as(HERE), { action: 'kms:CreateGrant', owner: THERE })).not.toBe('allowed');
    expect(evaluate(key, as(STRANGER), { action: 'kms:Decrypt', owner: THERE })).toBe('not allowed');
    expect(evaluate(key, as(HERE), { action: 'kms:ScheduleKeyDeletion', owner: THERE })).toBe('not allowed');
    // in: the backup account copies into the vault, and encrypts
    const copyIn = { action: 'backup:CopyIntoBackupVault', owner: HERE };
    expect(evaluate(vault, as(THERE), copyIn)).toBe('allowed');
    expect(evaluate(vault, as(STRANGER), copyIn)).toBe('not allowed');
    expect(evaluate(vault, as(THERE), { action: 'backup:DeleteRecoveryPoint', owner: HERE })).toBe('denied');
    expect(evaluate(landingKey, as(THERE), { action: 'kms:GenerateDataKey', owner: HERE })).toBe('allowed');
    expect(evaluate(landingKey, as(STRANGER), { action: 'kms:GenerateDataKey', owner: HERE })).toBe(
      'not allowed',
    );
  });
});
