import type { AddressInfo } from 'node:net';
import { createServer, type Server, Socket } from 'node:net';
import { BackupClient } from '@aws-sdk/client-backup';
import type { AwsCallName } from '../../../src/handler/restore/aws-calls';
import { lambdaTools } from '../../../src/handler/restore/lambda-tools';

/** What was sent: by the client of which package, with which configuration, which command. */
const sent: { client: string; config: Record<string, unknown>; command: string; input: unknown }[] = [];

/** A package of the SDK with one client, which answers everything, and some commands. */
function mockSdk(client: string, operations: readonly string[], answer: object = {}) {
  const commands = operations.map((operation) => [
    `${operation}Command`,
    class {
      readonly command = operation;
      constructor(readonly input: unknown) {}
    },
  ]);
  return {
    [client]: class {
      constructor(readonly config: Record<string, unknown>) {}
      async send({ command, input }: { command: string; input: unknown }) {
        sent.push({ client, config: this.config, command, input });
        return answer;
      }
    },
    ...Object.fromEntries(commands),
  };
}

const EXPIRATION = new Date(0);
const mockCredentials = {
  current: { AccessKeyId: 'a', SecretAccessKey: 'b', SessionToken: 'c', Expiration: new Date(0) } as
    | object
    | undefined,
};
jest.mock('@aws-sdk/client-dynamodb', () => mockSdk('DynamoDBClient', ['Scan']));
jest.mock('@aws-sdk/client-ec2', () => mockSdk('EC2Client', ['DeleteVolume']));
jest.mock('@aws-sdk/client-ecs', () => mockSdk('ECSClient', ['RunTask']), { virtual: true });
jest.mock('@aws-sdk/client-efs', () => mockSdk('EFSClient', ['DeleteFileSystem']));
jest.mock('@aws-sdk/client-fsx', () => mockSdk('FSxClient', ['DescribeVolumes']));
jest.mock('@aws-sdk/client-lambda', () => mockSdk('LambdaClient', ['Invoke']), { virtual: true });
jest.mock('@aws-sdk/client-cloudwatch-logs', () => mockSdk('CloudWatchLogsClient', ['FilterLogEvents']), {
  virtual: true,
});
jest.mock('@aws-sdk/client-rds', () => mockSdk('RDSClient', ['ModifyDBCluster']));
jest.mock('@aws-sdk/client-rds-data', () => mockSdk('RDSDataClient', ['ExecuteStatement']));
jest.mock('@aws-sdk/client-s3', () => mockSdk('S3Client', ['PutObject']));
jest.mock('@aws-sdk/client-secrets-manager', () => mockSdk('SecretsManagerClient', ['GetSecretValue']), {
  virtual: true,
});
jest.mock('@aws-sdk/client-sfn', () => mockSdk('SFNClient', ['StartExecution']));
jest.mock('@aws-sdk/client-ssm', () => mockSdk('SSMClient', ['SendCommand']));
jest.mock(
  '@aws-sdk/client-sts',
  () => {
    const sts = mockSdk('STSClient', ['AssumeRole']);
    const { send } = sts.STSClient.prototype as { send(command: object): Promise<object> };
    (sts.STSClient.prototype as { send: unknown }).send = async function (command: object) {
      await send.call(this, command);
      return { Credentials: mockCredentials.current };
    };
    return sts;
  },
  { virtual: true },
);

const call = (name: string, input: object, elsewhere?: { roleArn: string; region: string }) =>
  lambdaTools(60_000, false).call(name as AwsCallName, input as never, elsewhere);
beforeEach(() => {
  sent.length = 0;
});

describe('a call of AWS', () => {
  test.each([
    ['dynamodb:Scan', 'DynamoDBClient'],
    ['ec2:DeleteVolume', 'EC2Client'],
    ['ecs:RunTask', 'ECSClient'],
    ['efs:DeleteFileSystem', 'EFSClient'],
    ['fsx:DescribeVolumes', 'FSxClient'],
    ['lambda:Invoke', 'LambdaClient'],
    ['logs:FilterLogEvents', 'CloudWatchLogsClient'],
    ['rds:ModifyDBCluster', 'RDSClient'],
    ['rds-data:ExecuteStatement', 'RDSDataClient'],
    ['s3:PutObject', 'S3Client'],
    ['secretsmanager:GetSecretValue', 'SecretsManagerClient'],
    ['sfn:StartExecution', 'SFNClient'],
    ['ssm:SendCommand', 'SSMClient'],
  ])('%s is made by the client of its service, which is tried six times', async (name, client) => {
    expect(await call(name, { a: 1 })).toEqual({});
    expect(sent).toEqual([
      { client, config: { maxAttempts: 6 }, command: name.split(':')[1], input: { a: 1 } },
    ]);
  });

  test.each([
    'DescribeRecoveryPoint',
    'DescribeRestoreJob',
    'GetRecoveryPointRestoreMetadata',
    'ListProtectedResources',
    'ListRecoveryPointsByBackupVault',
    'ListRestoreJobs',
    'ListTags',
    'PutRestoreValidationResult',
  ])('of AWS Backup is made by the client that is bundled: %s', async (operation) => {
    const send = jest.spyOn(BackupClient.prototype, 'send').mockImplementation((command: unknown) => command);
    const command = await call(`backup:${operation}`, { a: 1 });
    expect([command.constructor.name, command]).toMatchObject([`${operation}Command`, { input: { a: 1 } }]);
    send.mockRestore();
  });
});

describe('a call elsewhere', () => {
  const there = { roleArn: 'arn:aws:iam::444455556666:role/copy-back', region: 'eu-central-1' };

  test('is made in that Region with the credentials of the role, by a client of its own', async () => {
    await call('sfn:StartExecution', {}, there);
    await call('sfn:StartExecution', {}, { ...there, region: 'eu-west-1' });
    await call('sfn:StartExecution', {}, { ...there, roleArn: 'arn:other' });
    const configs = sent.map(({ config }) => config);
    expect(configs.map(({ maxAttempts, region }) => [maxAttempts, region])).toEqual([
      [6, 'eu-central-1'],
      [6, 'eu-west-1'],
      [6, 'eu-central-1'],
    ]);
    sent.length = 0;
    const [credentials] = configs.map((config) => config.credentials as () => Promise<object>);
    expect(await credentials()).toEqual({
      accessKeyId: 'a',
      secretAccessKey: 'b',
      sessionToken: 'c',
      expiration: EXPIRATION,
    });
    expect(sent).toEqual([
      {
        client: 'STSClient',
        config: { maxAttempts: 6 },
        command: 'AssumeRole',
        input: { RoleArn: there.roleArn, RoleSessionName: 'restore-runbook' },
      },
    ]);
    mockCredentials.current = undefined;
    await expect(credentials()).rejects.toThrow(new Error(`no credentials for ${there.roleArn}`));
  });

  test('is made by the same client each time', async () => {
    await call('sfn:StartExecution', {}, { ...there, region: 'eu-north-1' });
    await call('sfn:StartExecution', {}, { ...there, region: 'eu-north-1' });
    expect(sent[0].config).toBe(sent[1].config);
  });
});

describe('the tools of a function', () => {
  test('end 45 seconds before the function is stopped', () => {
    const clock = jest.spyOn(Date, 'now').mockReturnValue(1_000_000);
    const { deadline, now } = lambdaTools(300_000, false);
    expect([deadline, now()]).toEqual([1_255_000, 1_000_000]);
    clock.mockRestore();
  });

  test('have the chance, the log and the timers of Node.js', async () => {
    const [chance, log] = [
      jest.spyOn(Math, 'random').mockReturnValue(0.25),
      jest.spyOn(console, 'log').mockImplementation(),
    ];
    const tools = lambdaTools(0, false);
    tools.log('line');
    expect([tools.random(), log.mock.calls]).toEqual([0.25, [['line']]]);
    for (const each of [chance, log]) each.mockRestore();
    const start = performance.now();
    await tools.sleep(20);
    expect(performance.now() - start).toBeGreaterThan(15);
  });

  test('connect only inside a VPC', async () => {
    expect(lambdaTools(0, false).connect).toBeUndefined();
    const connect = lambdaTools(0, true).connect as (host: string, port: number) => Promise<void>;
    const server: Server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const ended = new Promise((resolve) =>
      server.once('connection', (socket) => socket.once('close', resolve)),
    );
    expect(await connect('127.0.0.1', port)).toBeUndefined();
    await ended;
    server.close();
    await expect(connect('127.0.0.1', port)).rejects.toThrow(`connect ECONNREFUSED 127.0.0.1:${port}`);
  });

  test('give up a port that does not answer within 10 seconds', async () => {
    const connecting = jest.spyOn(Socket.prototype, 'connect').mockImplementation(function (
      this: Socket,
      ...given: unknown[]
    ) {
      expect(JSON.stringify(given)).toContain('"timeout":10000');
      setImmediate(() => this.emit('timeout'));
      return this;
    } as never);
    const connect = lambdaTools(0, true).connect as (host: string, port: number) => Promise<void>;
    await expect(connect('db.example', 5432)).rejects.toThrow(new Error('no answer within 10 seconds'));
    connecting.mockRestore();
  });
});
