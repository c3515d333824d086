import { connect } from 'node:net';
import {
  BackupClient,
  DescribeRecoveryPointCommand,
  DescribeRestoreJobCommand,
  GetRecoveryPointRestoreMetadataCommand,
  ListProtectedResourcesCommand,
  ListRecoveryPointsByBackupVaultCommand,
  ListRestoreJobsCommand,
  ListTagsCommand,
  PutRestoreValidationResultCommand,
} from '@aws-sdk/client-backup';
import type { Call, Elsewhere, Tools } from './aws-calls';

/** Time to send a result and to keep the evidence before AWS Lambda stops the function. */
const RESERVE = 45_000;
const CONNECT_TIMEOUT = 10_000;

interface Client {
  send(command: unknown): Promise<never>;
}
type Commands = Readonly<Record<string, new (input: never) => unknown>>;
/** A client of the SDK: an ES module has the same names. */
type Sdk = Readonly<Record<string, new (input: object) => unknown>>;

/** The client of AWS Backup is bundled, since its newest fields matter. */
const BACKUP_COMMANDS: Commands = {
  DescribeRecoveryPointCommand,
  DescribeRestoreJobCommand,
  GetRecoveryPointRestoreMetadataCommand,
  ListProtectedResourcesCommand,
  ListRecoveryPointsByBackupVaultCommand,
  ListRestoreJobsCommand,
  ListTagsCommand,
  PutRestoreValidationResultCommand,
};

/**
 * The other clients come with the runtime of AWS Lambda, each loaded when it is first needed: a function validates a type or
 * two, and calls operations that the SDK has had for years.
 */
const RUNTIME_CLIENTS: Readonly<Record<string, readonly [name: string, load: () => Sdk]>> = {
  dynamodb: ['DynamoDBClient', () => require('@aws-sdk/client-dynamodb')],
  ec2: ['EC2Client', () => require('@aws-sdk/client-ec2')],
  ecs: ['ECSClient', () => require('@aws-sdk/client-ecs')],
  efs: ['EFSClient', () => require('@aws-sdk/client-efs')],
  fsx: ['FSxClient', () => require('@aws-sdk/client-fsx')],
  lambda: ['LambdaClient', () => require('@aws-sdk/client-lambda')],
  logs: ['CloudWatchLogsClient', () => require('@aws-sdk/client-cloudwatch-logs')],
  rds: ['RDSClient', () => require('@aws-sdk/client-rds')],
  'rds-data': ['RDSDataClient', () => require('@aws-sdk/client-rds-data')],
  s3: ['S3Client', () => require('@aws-sdk/client-s3')],
  secretsmanager: ['SecretsManagerClient', () => require('@aws-sdk/client-secrets-manager')],
  sfn: ['SFNClient', () => require('@aws-sdk/client-sfn')],
  ssm: ['SSMClient', () => require('@aws-sdk/client-ssm')],
};

/** The security token service, of which only one operation is called. */
interface Sts {
  readonly STSClient: new (config: object) => { send(command: unknown): Promise<AssumedRole> };
  readonly AssumeRoleCommand: new (input: object) => unknown;
}

interface AssumedRole {
  readonly Credentials?: {
    readonly AccessKeyId: string;
    readonly SecretAccessKey: string;
    readonly SessionToken: string;
    readonly Expiration: Date;
  };
}

const clients = new Map<string, { client: Client; commands: Commands }>();

function clientFor(service: string, elsewhere?: Elsewhere): { client: Client; commands: Commands } {
  const key = elsewhere ? `${service} ${elsewhere.region} ${elsewhere.roleArn}` : service;
  let found = clients.get(key);
  if (!found) {
    found = makeClient(service, {
      maxAttempts: 6,
      ...(elsewhere && { region: elsewhere.region, credentials: () => assume(elsewhere) }),
    });
    clients.set(key, found);
  }
  return found;
}

function makeClient(service: string, config: object): { client: Client; commands: Commands } {
  if (service === 'backup')
    return { client: new BackupClient(config) as unknown as Client, commands: BACKUP_COMMANDS };
  const [name, load] = RUNTIME_CLIENTS[service];
  const sdk = load();
  return { client: new sdk[name](config) as Client, commands: sdk };
}

/** Credentials of a role; the SDK asks again before they expire. */
async function assume({ roleArn }: Elsewhere) {
  const sts: Sts = require('@aws-sdk/client-sts');
  const { Credentials: found } = await new sts.STSClient({ maxAttempts: 6 }).send(
    new sts.AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'restore-runbook' }),
  );
  if (!found) throw new Error(`no credentials for ${roleArn}`);
  return {
    accessKeyId: found.AccessKeyId,
    secretAccessKey: found.SecretAccessKey,
    sessionToken: found.SessionToken,
    expiration: found.Expiration,
  };
}

const call: Call = async (name, input, elsewhere) => {
  const [service, operation] = name.split(':');
  const { client, commands } = clientFor(service, elsewhere);
  return client.send(new commands[`${operation}Command`](input as never));
};

function openPort(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: CONNECT_TIMEOUT });
    const end = (error?: Error) => {
      socket.destroy();
      if (error) reject(error);
      else resolve();
    };
    socket.once('connect', () => end());
    socket.once('timeout', () => end(new Error(`no answer within ${CONNECT_TIMEOUT / 1_000} seconds`)));
    socket.once('error', end);
  });
}

/** The tools of a function in AWS Lambda. */
export function lambdaTools(remainingMilliseconds: number, isInVpc: boolean): Tools {
  return {
    call,
    now: () => Date.now(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    random: () => Math.random(),
    log: (line) => console.log(line),
    connect: isInVpc ? openPort : undefined,
    deadline: Date.now() + remainingMilliseconds - RESERVE,
  };
}
