import { deepStrictEqual, match, notStrictEqual } from 'node:assert';
import { BackupClient, CreateBackupSelectionCommand } from '@aws-sdk/client-backup';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { App, CfnOutput, Duration, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import {
  BackupFreshnessCheck,
  BackupPlan,
  BackupRule,
  BackupVault,
  Retention,
  VaultEncryption,
} from 'cdk-backup-constructs';
import type { BackupSettings } from './backup-settings';

const STACK = 'Freshness';
const VAULT = 'test-freshness';
const DAY = 86_400_000;

/** Where the check runs, and what runs the CDK CLI. */
export interface Place {
  readonly cli: { succeeds(...args: string[]): Promise<void> };
  readonly fake: BackupSettings;
  readonly endpoint: string;
  readonly env: { readonly account: string; readonly region: string };
}

/** A table with a tag, a plan, and a check that sends messages to a queue. */
function synthesize(folder: string, { env }: Place): BackupFreshnessCheck {
  const app = new App({ outdir: folder, context: recommendedFlags });
  const stack = new Stack(app, STACK, { env });
  const topic = new Topic(stack, 'Topic');
  topic.addSubscription(new SqsSubscription(new Queue(stack, 'Queue'), { rawMessageDelivery: true }));
  const table = new Table(stack, 'Table', {
    partitionKey: { name: 'id', type: AttributeType.STRING },
    removalPolicy: RemovalPolicy.DESTROY,
  });
  Tags.of(table).add('backup', VAULT);
  const vault = new BackupVault(stack, 'Vault', {
    backupVaultName: VAULT,
    encryption: VaultEncryption.awsManagedKey(),
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const rules = [BackupRule.daily({ retention: Retention.days(35), startWindow: Duration.hours(1) })];
  const plan = new BackupPlan(stack, 'Plan', { vault, rules });
  new CfnOutput(stack, 'PlanId', { value: plan.backupPlanId });
  const check = new BackupFreshnessCheck(stack, 'Check', { plans: [plan], topic });
  for (const construct of check.node.findAll()) {
    if (construct instanceof CfnFunction) new CfnOutput(stack, 'Function', { value: construct.ref });
    if (construct instanceof CfnRule) new CfnOutput(stack, 'Rule', { value: construct.ref });
    if (construct instanceof CfnParameter) new CfnOutput(stack, 'Memory', { value: construct.ref });
  }
  app.synth();
  return check;
}

/** A deployed check, as EventBridge, CloudWatch and the reader of its messages see it. */
class DeployedCheck {
  private readonly cloudWatch: CloudWatchClient;
  private readonly ssm: SSMClient;

  public static async of(check: BackupFreshnessCheck, place: Place): Promise<DeployedCheck> {
    const client = clientOf(place);
    const { Stacks } = await new CloudFormationClient(client).send(
      new DescribeStacksCommand({ StackName: STACK }),
    );
    const outputs = new Map(
      (Stacks?.[0].Outputs ?? []).map(({ OutputKey, OutputValue = '' }) => [OutputKey, OutputValue]),
    );
    return new DeployedCheck(check, place, (name) => outputs.get(name) ?? '');
  }

  private constructor(
    private readonly check: BackupFreshnessCheck,
    private readonly place: Place,
    private readonly output: (name: string) => string,
  ) {
    this.cloudWatch = new CloudWatchClient(clientOf(place));
    this.ssm = new SSMClient(clientOf(place));
  }

  /** What the plan selects: a tag. The emulator knows selections, but not as resources of CloudFormation. */
  public async select(): Promise<void> {
    await new BackupClient(clientOf(this.place)).send(
      new CreateBackupSelectionCommand({
        BackupPlanId: this.output('PlanId'),
        BackupSelection: {
          SelectionName: 'Tables',
          IamRoleArn: `arn:aws:iam::${this.place.env.account}:role/backup`,
          ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: VAULT }],
        },
      }),
    );
  }

  /** Sends the function what the rule sends it. */
  public async run(): Promise<void> {
    const [rule, name] = [this.output('Rule'), this.output('Function')];
    const answer = await this.call(
      'events',
      '/',
      { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSEvents.ListTargetsByRule' },
      JSON.stringify({ Rule: rule.split('/').at(-1) }),
    );
    const { Targets } = (await answer.json()) as { Targets: { Input: string }[] };
    deepStrictEqual(Targets.length, 1);
    const result = await this.call(
      'lambda',
      `/2015-03-31/functions/${name}/invocations`,
      { 'x-amz-invocation-type': 'RequestResponse' },
      Targets[0].Input,
    );
    const error = result.headers.get('x-amz-function-error');
    if (error !== null) throw new Error(`the check failed: ${await result.text()}`);
  }

  /** A statistic of the last day; undefined if there is no value. */
  public async metric(MetricName: string, Stat: string): Promise<number | undefined> {
    const Dimensions = [{ Name: 'Check', Value: this.check.checkName }];
    const Metric = { Namespace: 'BackupFreshness', MetricName, Dimensions };
    const { MetricDataResults = [] } = await this.cloudWatch.send(
      new GetMetricDataCommand({
        StartTime: new Date(Date.now() - DAY),
        EndTime: new Date(Date.now() + DAY),
        MetricDataQueries: [{ Id: 'm', MetricStat: { Metric, Period: 10 * 86_400, Stat } }],
      }),
    );
    return MetricDataResults[0]?.Values?.[0];
  }

  /** What it remembers of resources without a recovery point. */
  public async memory(): Promise<string | undefined> {
    const { Parameter } = await this.ssm.send(new GetParameterCommand({ Name: this.output('Memory') }));
    return Parameter?.Value;
  }

  /** The messages so far. */
  public async messages(): Promise<string[]> {
    const answer = await this.call('sqs', '/_ministack/sqs/messages', {});
    return [...JSON.stringify(await answer.json()).matchAll(/"Body":("(?:[^"\\]|\\.)*")/g)].map(
      ([, body]) => JSON.parse(body) as string,
    );
  }

  private call(service: string, path: string, headers: Record<string, string>, body?: string) {
    const { endpoint, env } = this.place;
    const scope = `test/20260101/${env.region}/${service}/aws4_request`;
    return fetch(endpoint + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...headers,
        authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
      },
      body,
    });
  }
}

const clientOf = ({ endpoint, env: { region } }: Place) => ({
  region,
  endpoint,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

/** Deploys a check for missing backups, runs it with a late resource and without one, and destroys it. */
export async function tryFreshness(folder: string, place: Place): Promise<void> {
  const { cli, fake, env } = place;
  const check = synthesize(folder, place);
  await cli.succeeds('deploy', '--app', folder, '--all', '--require-approval=never');
  const deployed = await DeployedCheck.of(check, place);
  const late = `arn:aws:dynamodb:${env.region}:${env.account}:table/late`;
  const protectedSince = (days: number) => ({
    ResourceArn: late,
    ResourceType: 'DynamoDB',
    LastBackupTime: new Date(Date.now() - days * DAY),
    LastBackupVaultArn: `arn:aws:backup:${env.region}:${env.account}:backup-vault:${VAULT}`,
  });
  await deployed.select();
  fake.region.ResourceTypeOptInPreference.DynamoDB = true;

  fake.protectedResources = [protectedSince(3)];
  await deployed.run();
  const [message, ...others] = await deployed.messages();
  deepStrictEqual(others, []);
  match(message, /^A backup did not happen, found by check \S+ at [-\dT:]+Z\.$/m);
  match(message, new RegExp(`^${late} \\(DynamoDB\\), rule \\S+ of plan `, 'm'));
  deepStrictEqual(await deployed.metric('LastSuccess', 'SampleCount'), 1);
  deepStrictEqual(await deployed.metric('ResourcesOutOfObjective', 'Maximum'), 1);
  // the table of the stack, found by its tag, has no recovery point yet
  notStrictEqual(await deployed.memory(), '-');

  // CloudWatch remembers the last check, so that the same miss is not reported again
  await deployed.run();
  fake.protectedResources = [protectedSince(0)];
  await deployed.run();
  deepStrictEqual(await deployed.messages(), [message]);
  deepStrictEqual(await deployed.metric('LastSuccess', 'SampleCount'), 3);
  deepStrictEqual(await deployed.metric('ResourcesOutOfObjective', 'Minimum'), 0);

  await cli.succeeds('destroy', STACK, '--app', folder, '--force');
}
