import { type App, Duration, Lazy, Stack, Token } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  BackupVault,
  CopyAction,
  CopyOnArrival,
  type CopyOnArrivalProps,
  CopyOnDemand,
  type CopyOnDemandProps,
  LogicallyAirGappedVault,
  ResourceType,
  Retention,
  VaultLock,
} from '../../../src';
import { testApp } from '../../support/app';
import { nagFindings } from '../../support/nag';
import { refusal } from '../../support/refusal';
import { schemaProblems } from '../../support/schema';
import { structureProblems } from '../../support/state-machine';
import { propertiesOf, synthesize, testStack } from '../../support/synthesis';
import { warningsOf } from '../../support/warnings';

const CENTRAL = 'arn:aws:backup:eu-west-1:444455556666:backup-vault:central';
const toCentral = (retention = Retention.days(90)) => CopyAction.toVaultArn(CENTRAL, { retention });

function make(props: Partial<CopyOnArrivalProps> = {}, stack = testStack()): CopyOnArrival {
  return new CopyOnArrival(stack, 'Copy', {
    vault: new BackupVault(stack, 'Vault', { backupVaultName: 'second' }),
    copy: toCentral(),
    ...props,
  });
}

/** The definition of the one state machine of a stack, with placeholders for what is known at deployment only. */
function definitionOf(stack: Stack): Record<string, unknown> {
  const [{ DefinitionString: definition }] = propertiesOf(stack, 'AWS::StepFunctions::StateMachine');
  const text = (part: unknown): string =>
    typeof part === 'string' ? part : JSON.stringify(part).replace(/"/g, '').replace(/[{}]/g, '|');
  const join = (definition as { 'Fn::Join'?: [string, unknown[]] })['Fn::Join'];
  return JSON.parse(join ? join[1].map(text).join('') : (definition as string));
}

describe('copies on arrival', () => {
  test('start with the event that a recovery point in the vault is complete, or partial', () => {
    const copy = make();
    synthesize(Stack.of(copy)).hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.backup'],
        'detail-type': ['Recovery Point State Change', 'Recovery Point Change'],
        account: ['111122223333'],
        region: ['eu-west-1'],
        detail: {
          backupVaultName: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('Vault'), 'BackupVaultName'] }],
          status: ['COMPLETED', 'PARTIAL'],
        },
      },
      Targets: [
        Match.objectLike({
          InputTransformer: {
            InputPathsMap: { recoveryPointArn: '$.resources[0]' },
            InputTemplate: '{"recoveryPointArn": <recoveryPointArn>}',
          },
          RetryPolicy: { MaximumEventAgeInSeconds: 86400, MaximumRetryAttempts: 185 },
        }),
      ],
    });
  });

  test('are limited to the given types, each once', () => {
    const copy = make({
      resourceTypes: [
        ResourceType.FSX.variant('Lustre'),
        ResourceType.FSX.variant('Windows'),
        ResourceType.RDS,
      ],
    });
    const template = synthesize(Stack.of(copy));
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { detail: { resourceType: ['FSx', 'RDS'] } },
    });
    const arns = [
      ':fsx:eu-west-1:111122223333:backup/*',
      ':rds:eu-west-1:111122223333:snapshot:awsbackup:*',
      ':rds:eu-west-1:111122223333:cluster-snapshot:awsbackup:*',
    ];
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          {
            Sid: 'Copy',
            Effect: 'Allow',
            Action: ['backup:DescribeRecoveryPoint', 'backup:StartCopyJob'],
            Resource: arns.map((arn) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, arn]] })),
          },
        ]),
      },
    });
  });

  test('pass no other role than the one that copies, and it only to AWS Backup', () => {
    const copy = make();
    synthesize(Stack.of(copy)).hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          {
            Sid: 'PassRole',
            Effect: 'Allow',
            Action: 'iam:PassRole',
            Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('AwsBackupRole'), 'Arn'] },
            Condition: { StringEquals: { 'iam:PassedToService': 'backup.amazonaws.com' } },
          },
        ]),
      },
    });
  });

  test('use your role if you pass one', () => {
    const stack = testStack();
    const role = iam.Role.fromRoleArn(stack, 'Mine', 'arn:aws:iam::111122223333:role/AWSBackup-mine');
    expect(make({ role }, stack).role).toBe(role);
    const { States } = definitionOf(stack) as { States: Record<string, Record<string, unknown>> };
    expect(States['Start copy job'].Parameters).toMatchObject({
      IamRoleArn: 'arn:aws:iam::111122223333:role/AWSBackup-mine',
    });
    synthesize(stack).resourceCountIs('AWS::IAM::Role', 2);
  });

  test('keep the copy for the retention of its action, in cold storage too', () => {
    const stack = testStack();
    make(
      {
        copy: CopyAction.toVaultArn(CENTRAL, {
          retention: Retention.days(365),
          coldStorageAfter: Duration.days(30),
          archive: true,
        }),
      },
      stack,
    );
    const definition = definitionOf(stack) as { States: Record<string, Record<string, unknown>> };
    expect(structureProblems(definition)).toEqual([]);
    expect(definition.States['Start copy job'].Parameters).toMatchObject({
      DestinationBackupVaultArn: CENTRAL,
      Lifecycle: {
        DeleteAfterDays: 365,
        MoveToColdStorageAfterDays: 30,
        OptInToArchiveForSupportedResources: true,
      },
    });
  });

  test('keep a log for a year, and traces', () => {
    const template = synthesize(Stack.of(make()));
    template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
      StateMachineType: 'STANDARD',
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: true },
      TracingConfiguration: { Enabled: true },
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: Match.stringLikeRegexp('^/aws/vendedlogs/states/[A-Za-z0-9-]+$'),
      RetentionInDays: 365,
    });
  });

  test('keep undelivered events in an encrypted queue, which accepts nothing without TLS and nothing from other rules', () => {
    const template = synthesize(Stack.of(make()));
    template.hasResourceProperties('AWS::SQS::Queue', {
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 1209600,
    });
    template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Condition: {
              ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [Match.stringLikeRegexp('Rule'), 'Arn'] } },
            },
          }),
          Match.objectLike({
            Effect: 'Deny',
            Principal: '*',
            Action: 'sqs:*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ],
      },
    });
  });

  test('trigger alarms on failures, timeouts and undelivered events', () => {
    const stack = testStack();
    make({ alarmTopic: new sns.Topic(stack, 'Topic') }, stack);
    const template = synthesize(stack);
    const alarm = {
      AlarmActions: [{ Ref: Match.stringLikeRegexp('Topic') }],
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 1,
      TreatMissingData: 'notBreaching',
    };
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      ...alarm,
      Metrics: [
        { Expression: 'FILL(failed, 0) + FILL(late, 0) + FILL(aborted, 0)' },
        { MetricStat: { Metric: { Namespace: 'AWS/States', MetricName: 'ExecutionsFailed' } } },
        { MetricStat: { Metric: { Namespace: 'AWS/States', MetricName: 'ExecutionsTimedOut' } } },
        { MetricStat: { Metric: { Namespace: 'AWS/States', MetricName: 'ExecutionsAborted' } } },
      ].map((metric) => Match.objectLike(metric)),
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      ...alarm,
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Namespace: 'AWS/SQS',
    });
  });

  test.each([
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['eu-west-1', 'aws'],
  ])('work in %s', (region, partition) => {
    const stack = testStack('Stack', region);
    const copy = CopyAction.toVaultArn(
      `arn:${partition}:backup:${region}:444455556666:backup-vault:central`,
      {
        retention: Retention.days(90),
      },
    );
    make({ copy }, stack);
    const { States } = definitionOf(stack) as { States: Record<string, Record<string, unknown>> };
    expect(States['Start copy job'].Resource).toBe(
      'arn:|Ref:AWS::Partition|:states:::aws-sdk:backup:startCopyJob',
    );
    const principals = propertiesOf(stack, 'AWS::IAM::Role').map(
      ({ AssumeRolePolicyDocument }) =>
        (AssumeRolePolicyDocument as { Statement: { Principal: unknown }[] }).Statement[0].Principal,
    );
    expect(principals).toEqual(
      expect.arrayContaining([{ Service: 'states.amazonaws.com' }, { Service: 'events.amazonaws.com' }]),
    );
  });

  test('work if account and Region are known only at deployment', () => {
    const stack = new Stack(testApp(), 'Open');
    make({}, stack);
    expect(schemaProblems(synthesize(stack).toJSON())).toEqual([]);
    expect(structureProblems(definitionOf(stack))).toEqual([]);
  });

  test('go to an air-gapped vault, and from one', () => {
    const stack = testStack();
    const airGapped = new LogicallyAirGappedVault(stack, 'AirGapped', {
      minRetention: Duration.days(7),
      maxRetention: Duration.days(400),
      acknowledgeIrreversible: true,
    });
    const retention = Retention.days(90);
    make({ copy: CopyAction.toVault(airGapped, { retention }) }, stack);
    new CopyOnArrival(stack, 'Out', { vault: airGapped, copy: toCentral() });
    synthesize(stack).resourceCountIs('AWS::StepFunctions::StateMachine', 2);
  });

  test('fit the schema of CloudFormation', () => {
    expect(schemaProblems(synthesize(Stack.of(make())).toJSON())).toEqual([]);
  });

  test.each([undefined, 'eu-west-1'])(
    'pass AwsSolutions, HIPAA, NIST 800-53 R5 and PCI, with a topic: Region %s',
    (region) => {
      const stack = new Stack(testApp(), 'Stack', region ? { env: { account: '111122223333', region } } : {});
      const topic = new sns.Topic(stack, 'Topic', {
        masterKey: new kms.Key(stack, 'TopicKey', { enableKeyRotation: true }),
        enforceSSL: true,
      });
      make({ alarmTopic: topic }, stack);
      new CopyOnArrival(stack, 'Volumes', {
        alarmTopic: topic,
        resourceTypes: [ResourceType.EBS],
        vault: vaultOf(stack),
        copy: toCentral(),
      });
      new CopyOnDemand(stack, 'Back', { alarmTopic: topic, vault: vaultOf(stack), copy: toCentral() });
      expect(nagFindings(stack.node.root as App)).toEqual([]);
    },
  );
});

const vaultOf = (stack: Stack) => stack.node.findChild('Vault') as BackupVault;

describe('what can not be copied is refused', () => {
  test('a vault of another Region', () => {
    const app = testApp();
    const there = new BackupVault(testStack('There', 'eu-central-1'), 'Vault');
    const stack = new Stack(app, 'Here', { env: { account: '111122223333', region: 'eu-west-1' } });
    expect(refusal(() => make({ vault: there }, stack))).toBe(
      '`vault` must be in the Region of the stack (eu-west-1), got eu-central-1: a copy starts in the account and Region of its source; create it in a stack in Region eu-central-1 (in `Here/Copy`)',
    );
  });

  test('a copy to its source vault', () => {
    const stack = testStack();
    const vault = new BackupVault(stack, 'Source');
    expect(
      warningsOf(make({ vault, copy: CopyAction.toVault(vault, { retention: Retention.days(7) }) }, stack)),
    ).toContain(
      'Backup-CopyLoop: `copy` should go to a vault other than `vault`, got `Stack/Source` for both; copy to a vault in another Region or account',
    );
  });

  test('a copy to its source vault by ARN', () => {
    const copy = CopyAction.toVaultArn('arn:aws:backup:eu-west-1:111122223333:backup-vault:second', {
      retention: Retention.days(7),
    });
    expect(warningsOf(make({ copy }))).toContain(
      'Backup-CopyLoop: `copy` should go to a vault other than `vault`, got `Stack/Vault` for both; copy to a vault in another Region or account',
    );
  });

  test('a cycle of copies', () => {
    const stack = testStack();
    const [a, b, c] = ['A', 'B', 'C'].map((id) => new BackupVault(stack, id));
    const hop = (id: string, vault: BackupVault, to: BackupVault) =>
      new CopyOnArrival(stack, id, { vault, copy: CopyAction.toVault(to, { retention: Retention.days(7) }) });
    hop('First', a, b);
    hop('Second', b, c);
    expect(refusal(() => hop('Third', c, a))).toBe(
      '`copy` must not lead back to `vault`, got a path through `Stack/First`, `Stack/Second`: each copy would be copied again, endlessly; leave one of these copies out (in `Stack/Third`)',
    );
  });

  test('a cycle of copies by ARN', () => {
    const stack = testStack();
    const vault = BackupVault.fromBackupVaultName(stack, 'B', 'bb');
    new CopyOnArrival(stack, 'There', {
      vault: BackupVault.fromBackupVaultName(stack, 'A', 'aa'),
      copy: CopyAction.toVault(vault, { retention: Retention.days(7) }),
    });
    const copy = CopyAction.toVaultArn('arn:aws:backup:eu-west-1:111122223333:backup-vault:aa', {
      retention: Retention.days(7),
    });
    expect(refusal(() => new CopyOnArrival(stack, 'Back', { vault, copy }))).toBe(
      '`copy` must not lead back to `vault`, got a path through `Stack/There`: each copy would be copied again, endlessly; leave one of these copies out (in `Stack/Back`)',
    );
  });

  test('a copy to another partition', () => {
    const copy = CopyAction.toVaultArn('arn:aws-cn:backup:cn-north-1:444455556666:backup-vault:central', {
      retention: Retention.days(7),
    });
    expect(refusal(() => make({ copy }))).toBe(
      '`copy` must stay in the partition of the vault (aws), got a vault in aws-cn; copy into a vault in the same partition, since AWS Backup copies nothing across partitions (in `Stack/Copy`)',
    );
  });

  test('a retention outside of the lock of the destination', () => {
    const stack = testStack();
    const lock = VaultLock.governance({ minRetention: Duration.days(30), maxRetention: Duration.days(365) });
    const locked = new BackupVault(stack, 'Locked', { lock });
    const copy = CopyAction.toVault(locked, { retention: Retention.days(7) });
    expect(refusal(() => make({ copy }, stack))).toBe(
      '`retention` must lie within the lock of `Stack/Locked` (30 to 365 days), got 7 days: every such job would fail; use 30 days or more (in `Stack/Copy`)',
    );
  });

  test('types that AWS Backup can not copy', () => {
    expect(refusal(() => make({ resourceTypes: [ResourceType.REDSHIFT, ResourceType.EBS] }))).toBe(
      "`resourceTypes` can't be made of Redshift: AWS Backup doesn't copy these backups at all, not even within the Region and the account; protect them with a separate plan without copies (in `Stack/Copy`)",
    );
  });

  test('all arguments of a wrong type at once', () => {
    const props = {
      vault: 'second',
      copy: CENTRAL,
      resourceTypes: ['RDS'],
      role: 'role',
      timeout: 5,
      alarmTopic: 'topic',
    } as unknown as CopyOnArrivalProps;
    expect(refusal(() => make(props))).toBe(
      [
        '6 problems of `Stack/Copy`:',
        '  - `vault` must be a backup vault, got `second`; import an existing one with `BackupVault.fromBackupVaultName`',
        `  - \`copy\` must be a \`CopyAction\`, got \`${CENTRAL}\`; use \`CopyAction.toVault\` or \`CopyAction.toVaultArn\``,
        '  - `resourceTypes[0]` must be a `ResourceType`, got `RDS`; for example, use `ResourceType.RDS`',
        '  - `role` must be a role, got `role`; refer to an existing one with `Role.fromRoleArn`',
        '  - `timeout` must be a `Duration`, got 5; write `Duration.hours(5)`',
        '  - `alarmTopic` must be a topic, got `topic`',
      ].join('\n'),
    );
  });

  test.each([null, 'props', 7])('props that are %j', (props) => {
    expect(() =>
      refusal(() => new CopyOnArrival(testStack(), 'Copy', props as unknown as CopyOnArrivalProps)),
    ).not.toThrow();
  });

  test('no type at all', () => {
    expect(refusal(() => make({ resourceTypes: [] }))).toBe(
      '`resourceTypes` must contain at least one type, got none; omit it to copy all types (in `Stack/Copy`)',
    );
  });

  test.each([
    [
      Duration.minutes(90),
      '`timeout` must be a whole number of hours, got 1 hour 30 minutes; write `Duration.hours(2)`',
    ],
    [
      Duration.days(31),
      '`timeout` must be a whole number from 1 to 720 hours, got 744; use 720 hours or less',
    ],
    [
      Duration.hours(Token.asNumber({ Ref: 'Hours' })),
      '`timeout` must be known at synthesis, got a token: it determines how often the job is polled',
    ],
  ])('a timeout out of range: %s', (timeout, message) => {
    expect(refusal(() => make({ timeout }))).toBe(`${message} (in \`Stack/Copy\`)`);
  });
});

test('a copy kept forever is warned about: it is deleted with its source', () => {
  const stack = testStack();
  make({ copy: toCentral(Retention.forever()) }, stack);
  expect(warningsOf(stack)).toEqual([
    'Backup-ForeverCopy: `retention` is forever, but AWS Backup deletes such a copy when the retention of its source ends (not known here); set `Retention.years(100)` for the copy, or keep the source forever',
  ]);
});

test('copies that a Region does not support are warned about', () => {
  const stack = testStack('Stack', 'me-south-1');
  make({ resourceTypes: [ResourceType.NEPTUNE] }, stack);
  expect(warningsOf(stack)).toEqual([
    'Backup-CopyRegion: `resourceTypes` to other accounts may be unavailable for Neptune in me-south-1; copy through a vault of the same account in another Region, or protect them with a separate plan',
  ]);
});

test('types that AWS does not document clearly are warned about', () => {
  const stack = testStack();
  make({ resourceTypes: [ResourceType.CLOUDFORMATION] }, stack);
  expect(warningsOf(stack)).toEqual([
    "Backup-CopyUndocumented: `resourceTypes` asks for copies to other accounts of CloudFormation, which AWS doesn't document clearly; try it with one resource, and record the result with `ResourceType.withCapabilities()`",
  ]);
});

test('a destination known only at deployment is accepted', () => {
  const stack = testStack();
  make(
    {
      copy: CopyAction.toVaultArn(Lazy.string({ produce: () => CENTRAL }), { retention: Retention.days(7) }),
    },
    stack,
  );
  const { States } = definitionOf(stack) as { States: Record<string, Record<string, unknown>> };
  expect(States.Prepare.Parameters).toMatchObject({ destination: CENTRAL });
});

test('copies on demand have no event rule, and go back to where a copy came from', () => {
  const stack = testStack();
  const vault = new BackupVault(stack, 'Vault');
  const there = BackupVault.fromBackupVaultArn(stack, 'There', CENTRAL);
  new CopyOnArrival(stack, 'Out', {
    vault,
    copy: CopyAction.toVault(there, { retention: Retention.days(90) }),
  });
  const back = new Stack(stack.node.root as App, 'Back', {
    env: { account: '444455556666', region: 'eu-west-1' },
  });
  new CopyOnDemand(back, 'Copy', {
    vault: BackupVault.fromBackupVaultName(back, 'Central', 'central'),
    copy: CopyAction.toVault(vault, { retention: Retention.days(7) }),
  });
  const template = synthesize(back);
  template.resourceCountIs('AWS::Events::Rule', 0);
  template.resourceCountIs('AWS::SQS::Queue', 0);
  expect(structureProblems(definitionOf(back))).toEqual([]);
});

test('copies on demand are checked like copies on arrival', () => {
  const stack = testStack();
  const vault = new BackupVault(stack, 'Vault');
  const copy = CopyAction.toVault(vault, { retention: Retention.days(7) });
  expect(warningsOf(new CopyOnDemand(stack, 'Copy', { vault, copy }))).toContain(
    'Backup-CopyLoop: `copy` should go to a vault other than `vault`, got `Stack/Vault` for both; copy to a vault in another Region or account',
  );
});

test.each<[string, Partial<CopyOnDemandProps>, string]>([
  [
    'without a name',
    { restoreAccounts: ['111122223333'] },
    '`restoreAccessName` must be set for `restoreAccounts`, since runbooks find the role and the state machine by their name; for example, use `shop-copy-back`',
  ],
  [
    'of what is no account',
    { restoreAccounts: ['backup'], restoreAccessName: 'copy-back' },
    '`restoreAccounts` must be a list of account IDs of 12 digits, got `backup`; name the accounts that restore',
  ],
  [
    'with a name that no role has',
    { restoreAccounts: ['111122223333'], restoreAccessName: 'copy back' },
    '`restoreAccessName` must be 1 to 64 letters, digits, hyphens and underscores, got `copy back`; for example, use `shop-copy-back`',
  ],
])('the access of runbooks is refused %s', (_title, access, message) => {
  const stack = new Stack(testApp(), 'Stack', { env: { account: '444455556666', region: 'eu-west-1' } });
  const destination = 'arn:aws:backup:eu-west-1:111122223333:backup-vault:landing';
  expect(
    refusal(
      () =>
        new CopyOnDemand(stack, 'Back', {
          vault: new BackupVault(stack, 'Vault'),
          copy: CopyAction.toVaultArn(destination, { retention: Retention.days(30) }),
          ...access,
        }),
    ),
  ).toContain(message);
});
