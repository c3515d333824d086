import { NotYet } from '../../../src/handler/restore/aws-calls';
import { checkInstance, checkVolume } from '../../../src/handler/restore/instance-check';
import { awsError, FakeAws } from './fake-aws';
import { sayings } from './run-check';

const EC2 = 'arn:aws:ec2:eu-west-1:111122223333';
const fails = (name: string) => () => {
  throw awsError(name, 'as AWS says');
};

let aws: FakeAws;
beforeEach(() => {
  aws = new FakeAws();
});
const callsOf = (name: string) => aws.calls.filter((call) => call.name === name).map(({ input }) => input);

describe('a restored instance', () => {
  const status = (state: string, instance?: string, system = instance) => ({
    InstanceStatuses: [
      {
        InstanceState: { Name: state },
        InstanceStatus: { Status: instance },
        SystemStatus: { Status: system },
      },
    ],
  });
  const run = (commands?: string[]) =>
    sayings(checkInstance, { restoredArn: `${EC2}:instance/i-1` }, aws, { commands });
  const STARTED = ['restored: the instance is running', 'opens: both status checks are ok'];
  beforeEach(() => {
    aws.answers['ec2:DescribeInstanceStatus'] = () => status('running', 'ok');
    aws.answers['ssm:SendCommand'] = () => ({ Command: { CommandId: 'command-1' } });
    aws.answers['ssm:GetCommandInvocation'] = () => ({ Status: 'Success' });
  });

  test.each<[string, object, string[]]>([
    [
      'is not there',
      { InstanceStatuses: [] },
      ['restored failed: the instance is not there, expected running'],
    ],
    [
      'has no state',
      { InstanceStatuses: [{}] },
      ['restored failed: the instance is not there, expected running'],
    ],
    ['is listed nowhere', {}, ['restored failed: the instance is not there, expected running']],
    ['is stopped', status('stopped'), ['restored failed: the instance is stopped, expected running']],
    [
      'fails one status check',
      status('running', 'ok', 'impaired'),
      [STARTED[0], 'opens failed: the status checks are ok and impaired, expected ok'],
    ],
  ])('fails if it %s', async (_, found, said) => {
    aws.answers['ec2:DescribeInstanceStatus'] = () => found;
    expect(await run()).toEqual(said);
  });

  test.each<[string, object, string]>([
    ['it is pending', status('pending'), 'the instance is pending'],
    [
      'a status check is initializing',
      status('running', 'ok', 'initializing'),
      'the status checks are initializing',
    ],
    [
      'another status check is initializing',
      status('running', 'initializing', 'ok'),
      'the status checks are initializing',
    ],
    [
      'it has no status checks',
      { InstanceStatuses: [{ InstanceState: { Name: 'running' } }] },
      'the status checks are initializing',
    ],
  ])('is waited for while %s', async (_, found, reason) => {
    aws.answers['ec2:DescribeInstanceStatus'] = () => found;
    await expect(run()).rejects.toThrow(new NotYet(reason));
  });

  test('is looked up whatever its state, and runs the commands with Systems Manager until one fails', async () => {
    expect(await run(['test -f a', 'test -f b'])).toEqual([...STARTED, 'queries: 2 commands exited with 0']);
    expect(callsOf('ec2:DescribeInstanceStatus')).toEqual([
      { InstanceIds: ['i-1'], IncludeAllInstances: true },
    ]);
    expect(callsOf('ssm:SendCommand')).toEqual([
      {
        InstanceIds: ['i-1'],
        DocumentName: 'AWS-RunShellScript',
        Parameters: { commands: ['set -e', 'test -f a', 'test -f b'], executionTimeout: ['300'] },
        Comment: 'Validates a restored instance',
      },
    ]);
    expect(callsOf('ssm:GetCommandInvocation')).toEqual([{ CommandId: 'command-1', InstanceId: 'i-1' }]);
  });

  test('runs no commands where there are none', async () => {
    expect((await run()).at(-1)).toBe('queries: 0 commands exited with 0');
    expect(callsOf('ssm:SendCommand')[0].Parameters).toMatchObject({ commands: ['set -e'] });
  });

  test.each(['Pending', 'InProgress', 'Delayed'])(
    'waits 5 seconds while its commands are %s',
    async (Status) => {
      aws.instead.set('ssm:GetCommandInvocation', [fails('InvocationDoesNotExist'), () => ({ Status })]);
      expect((await run(['a'])).at(-1)).toBe('queries: 1 commands exited with 0');
      expect(aws.slept).toBe(15_000);
    },
  );

  test.each<[object, string]>([
    [{ StandardErrorContent: ' no file\n', StandardOutputContent: 'out' }, 'exit code 2: no file'],
    [{ StandardErrorContent: '', StandardOutputContent: ' out ' }, 'exit code 2: out'],
    [{ StandardErrorContent: 'x'.repeat(201) }, `exit code 2: ${'x'.repeat(200)}`],
    [{ StandardErrorContent: ' ' }, 'exit code 2'],
    [{}, 'exit code 2'],
  ])('fails with what its commands printed: %j', async (printed, reason) => {
    aws.answers['ssm:GetCommandInvocation'] = () => ({ Status: 'TimedOut', ResponseCode: 2, ...printed });
    expect((await run(['a'])).at(-1)).toBe(`queries failed: the commands ended with TimedOut, ${reason}`);
  });

  test('is waited for while its commands run, until the time of the function is over', async () => {
    aws.answers['ssm:GetCommandInvocation'] = () => ({ Status: 'InProgress' });
    await expect(run(['a'])).rejects.toThrow(new NotYet('the commands are still running'));
    expect(aws.slept).toBe(14 * 60_000);
  });

  test('is waited for until it is registered with Systems Manager', async () => {
    aws.instead.set('ssm:SendCommand', [fails('InvalidInstanceId')]);
    await expect(run(['a'])).rejects.toThrow(
      new NotYet('the instance is not registered with Systems Manager'),
    );
  });

  test.each(['ssm:SendCommand', 'ssm:GetCommandInvocation'] as const)(
    'is not validated if %s is refused',
    async (name) => {
      aws.answers[name] = fails('AccessDeniedException');
      await expect(run(['a'])).rejects.toThrow(awsError('AccessDeniedException', 'as AWS says'));
    },
  );
});

describe('a restored volume', () => {
  const run = (sourceArn?: string) =>
    sayings(checkVolume, { restoredArn: `${EC2}:volume/vol-2`, sourceArn }, aws);
  const SOURCE = `${EC2}:volume/vol-1`;
  let volumes: Record<string, object>;
  beforeEach(() => {
    volumes = { 'vol-1': { State: 'in-use', Size: 8 }, 'vol-2': { State: 'available', Size: 8 } };
    aws.answers['ec2:DescribeVolumes'] = (({ VolumeIds: [id] }: { VolumeIds: string[] }) => ({
      Volumes: volumes[id] ? [volumes[id]] : [],
    })) as never;
    aws.answers['ec2:DescribeVolumeStatus'] = () => ({
      VolumeStatuses: [{ VolumeStatus: { Status: 'ok' } }],
    });
  });
  const GOOD = ['restored: the volume is available', 'opens: the status of the volume is ok'];

  test('is compared with the size of its source', async () => {
    expect(await run(SOURCE)).toEqual([...GOOD, 'counts: 8 GiB, the source has 8']);
    volumes['vol-1'] = { Size: 9 };
    expect(await run(SOURCE)).toEqual([...GOOD, 'counts failed: 8 GiB, the source has 9']);
    volumes['vol-2'] = { State: 'in-use' };
    expect((await run(SOURCE)).slice(2)).toEqual(['counts failed: 0 GiB, the source has 9']);
    expect(callsOf('ec2:DescribeVolumeStatus')[0]).toEqual({ VolumeIds: ['vol-2'] });
  });

  test('is compared with nothing where the source is unknown or gone', async () => {
    expect(await run()).toEqual([...GOOD, 'counts: 8 GiB']);
    volumes['vol-1'] = undefined as never;
    expect((await run(SOURCE)).at(-1)).toBe('counts: 8 GiB');
    aws.instead.set('ec2:DescribeVolumes', [
      () => ({ Volumes: [volumes['vol-2']] }),
      fails('InvalidVolume.NotFound'),
    ]);
    expect((await run(SOURCE)).at(-1)).toBe('counts: 8 GiB');
    aws.instead.set('ec2:DescribeVolumes', [() => ({ Volumes: [volumes['vol-2']] }), () => ({})]);
    expect((await run(SOURCE)).at(-1)).toBe('counts: 8 GiB');
    aws.instead.set('ec2:DescribeVolumes', [() => ({ Volumes: [volumes['vol-2']] }), fails('AccessDenied')]);
    await expect(run(SOURCE)).rejects.toThrow(awsError('AccessDenied', 'as AWS says'));
  });

  test.each<[object | undefined, string]>([
    [{ State: 'in-use', Size: 8 }, 'restored: the volume is in-use'],
    [{ State: 'error' }, 'restored failed: the volume is error, expected available'],
    [{}, 'restored failed: the volume is not there, expected available'],
    [undefined, 'restored failed: the volume is not there, expected available'],
  ])('is there or not: %j', async (volume, said) => {
    volumes['vol-2'] = volume as object;
    expect((await run())[0]).toBe(said);
  });

  test.each<[object, string]>([
    [
      { VolumeStatuses: [{ VolumeStatus: { Status: 'warning' } }] },
      'opens: the status of the volume is warning',
    ],
    [
      { VolumeStatuses: [{ VolumeStatus: { Status: 'impaired' } }] },
      'opens failed: the status of the volume is impaired, expected ok',
    ],
    [{ VolumeStatuses: [{}] }, 'opens failed: the status of the volume is unknown, expected ok'],
    [{ VolumeStatuses: [] }, 'opens failed: the status of the volume is unknown, expected ok'],
    [{}, 'opens failed: the status of the volume is unknown, expected ok'],
  ])('opens or not by its status: %j', async (found, said) => {
    aws.answers['ec2:DescribeVolumeStatus'] = () => found;
    expect((await run())[1]).toBe(said);
  });

  test('is waited for while it is created, or has no status', async () => {
    volumes['vol-2'] = { State: 'creating' };
    await expect(run()).rejects.toThrow(new NotYet('the volume is creating'));
    volumes['vol-2'] = { State: 'available' };
    aws.answers['ec2:DescribeVolumeStatus'] = () => ({
      VolumeStatuses: [{ VolumeStatus: { Status: 'insufficient-data' } }],
    });
    await expect(run()).rejects.toThrow(new NotYet('the volume has no status yet'));
  });
});
