import { NotYet } from '../../../../src/handler/restore/aws-calls';
import type { Check } from '../../../../src/handler/restore/check';
import { checkMounted } from '../../../../src/handler/restore/mount/mounted-check';
import { awsError } from '../fake-aws';
import { sayings } from '../run-check';
import { GOOD, MOUNT, mountCheck } from './fake-mounts';
import { fails, mountPlace, type Shown, SUBJECT } from './mount-place';

let here: Shown;
beforeEach(() => {
  here = mountPlace();
});

describe('a mounted file system', () => {
  const run = (check: Partial<Check> = {}, source: { bytes?: number; exists: boolean } = { exists: true }) =>
    sayings(
      (subject, each, tools) => checkMounted(subject, each, each.mount ?? MOUNT, source, tools),
      SUBJECT,
      here.aws,
      mountCheck(check),
    );
  const result = (lines: string[], check: Partial<Check> = {}, bytes?: number) => {
    here.log = [...lines, `done ${lines.length}`];
    return run(check, { bytes, exists: true });
  };
  const OPENS = 'opens: the file system can be mounted and listed';

  test('is read from all pages of the log of its job', async () => {
    const page = (lines: string[], nextToken?: string) => () => ({
      events: [{}, ...lines.map((line) => ({ message: `restore-check job-1 ${line}` }))],
      nextToken,
    });
    here.aws.instead.set('logs:FilterLogEvents', [
      page(GOOD, '2'),
      () => ({ nextToken: '3' }),
      page(['done 4']),
    ]);
    expect(await run()).toEqual([
      OPENS,
      'counts: 100 files, the source has 100; 5000 bytes, the source has 5000',
      'samples: 20 files read, 20 of 20 equal to the source',
    ]);
    const asked = { logGroupName: 'mounts', logStreamNamePrefix: 'job-1/' };
    expect(here.inputsOf('logs:FilterLogEvents')).toEqual(
      [undefined, '2', '3'].map((nextToken) => ({ ...asked, nextToken })),
    );
  });

  test.each<[string[], Partial<Check>, number | undefined, string]>([
    [
      ['opens yes', 'counted 9 9 9', 'unread 1 a', 'sourceunread 1 b'],
      {},
      undefined,
      'counts failed: could not be read: 1 a',
    ],
    [['opens yes', 'counted 1 1 1'], {}, undefined, 'counts: 1 files; 1 bytes'],
    [['opens yes', 'counted 0 1 1'], {}, undefined, 'counts failed: 0 files, expected at least 1'],
    [['opens yes', 'counted 1 0 1'], {}, undefined, 'counts failed: 1 files; 0 bytes, expected at least 1'],
    [
      ['opens yes', 'counted 1 1 1'],
      { atLeast: 2 },
      undefined,
      'counts failed: 1 files; 1 bytes, expected at least 2',
    ],
    [
      ['opens yes', 'counted 9 89 1', 'source 10 100 1'],
      {},
      undefined,
      'counts failed: 9 files, the source has 10; 89 bytes, expected at least 90, the source has 100',
    ],
    [
      ['opens yes', 'counted 9 90 1', 'source 10 100 1'],
      {},
      999,
      'counts: 9 files, the source has 10; 90 bytes, the source has 100',
    ],
    [
      ['opens yes', 'counted 5 50 1', 'source 10 100 1'],
      { share: 0.5 },
      undefined,
      'counts: 5 files, the source has 10; 50 bytes, the source has 100',
    ],
    [['opens yes', 'counted 9 9 90'], {}, 100, 'counts: 9 files; 9 bytes'],
    [
      ['opens yes', 'counted 9 9 89'],
      {},
      100,
      'counts failed: 9 files; 89 bytes as EFS meters them, expected at least 90, the source has 100',
    ],
    [['opens yes', 'counted 9 9 50'], { share: 0.5 }, 100, 'counts: 9 files; 9 bytes'],
    [['opens yes', 'sampled 4 1 2 0'], {}, undefined, 'samples: 7 files read, 4 of 5 equal to the source'],
    [
      ['opens yes', 'sampled 3 2 0 0'],
      {},
      undefined,
      'samples failed: 5 files read, 3 of 5 equal to the source, expected at least 4',
    ],
    [
      ['opens yes', 'sampled 3 2 0 0'],
      { sampleShare: 0.6 },
      undefined,
      'samples: 5 files read, 3 of 5 equal to the source',
    ],
    [['opens yes', 'sampled 3 0 1 2'], {}, undefined, 'samples failed: 4 files read, 2 could not be read'],
    [
      ['opens yes', 'sampled 0 0 0 1', 'unsampled a: b'],
      {},
      undefined,
      'samples failed: 0 files read, 1 could not be read: a: b',
    ],
    [['opens yes', 'sampled 0 0 0 0'], {}, undefined, 'samples failed: there are no files to read'],
    [
      ['opens yes', 'sampled 0 0 3 0'],
      {},
      undefined,
      'samples: 3 files read, none compared: the source is not mounted',
    ],
    [
      ['opens yes', 'sampled 0 0 3 0', 'source 1 1 1'],
      {},
      undefined,
      'samples: 3 files read, none compared: the source has none of them',
    ],
    [['opens yes', 'passed 2'], {}, undefined, 'queries: 2 commands exited with 0'],
    [['opens yes', 'failed 2 1'], {}, undefined, 'queries failed: command 2 exited with 1'],
    [['opens yes', 'failed 2 1 no'], {}, undefined, 'queries failed: command 2 exited with 1: no'],
  ])('says what the task found: %j, with %j', async (lines, check, bytes, said) => {
    expect(await result(lines, check, bytes)).toEqual([OPENS, said]);
  });

  test('that can not be listed says why', async () => {
    expect(await result(['closed denied'])).toEqual([
      'opens failed: the file system can not be listed: denied',
    ]);
    expect(await result([])).toEqual(['opens failed: the file system can not be listed: no reason given']);
  });

  test.each<[string, object, string]>([
    ['with an exit code', { stoppedReason: 'Exited', containers: [{ exitCode: 1 }] }, 'Exited, exit code 1'],
    [
      'with a reason',
      { containers: [{ exitCode: 0, reason: 'OutOfMemory' }] },
      'no reason given, OutOfMemory, exit code 0',
    ],
    [
      'with a long reason',
      { stoppedReason: 'x'.repeat(401), containers: [{ exitCode: 1 }] },
      'x'.repeat(400),
    ],
    [
      'two minutes ago',
      { containers: [{ exitCode: 1 }], stoppedAt: new Date(Date.UTC(2026, 10, 29, 4, 58)) },
      'no reason given, exit code 1',
    ],
  ])('fails where the task ended without a result: %s', async (_, task, reason) => {
    here.tasks.STOPPED = [{}, { containers: [] }, task];
    expect(await run()).toEqual([`opens failed: the task ended without a result: ${reason}`]);
  });

  test('is waited for while the log of a task may come', async () => {
    here.tasks.STOPPED = [{ containers: [{ exitCode: 0 }], stoppedAt: new Date(here.aws.now - 119_999) }];
    await expect(run()).rejects.toThrow(new NotYet('the result of the task is not in the log yet'));
  });

  test.each<[object, string]>([
    [{ lastStatus: 'PENDING' }, 'the task is PENDING'],
    [{}, 'the task is starting'],
  ])('is waited for while a task runs: %j', async (task, reason) => {
    here.tasks.RUNNING = [task];
    await expect(run()).rejects.toThrow(new NotYet(reason));
    expect(here.inputsOf('ecs:ListTasks')).toEqual(
      ['STOPPED', 'RUNNING'].map((desiredStatus) => ({
        cluster: MOUNT.cluster,
        family: 'restore-check-job-1',
        desiredStatus,
      })),
    );
    expect(here.inputsOf('ecs:DescribeTasks')).toEqual([{ cluster: MOUNT.cluster, tasks: ['RUNNING-0'] }]);
  });

  test('fails where three tasks did not start, and not before', async () => {
    const unstarted = { stoppedReason: 'no image', containers: [{ reason: 'CannotPull' }] };
    here.tasks.STOPPED = [unstarted, {}];
    await expect(run()).rejects.toThrow(new NotYet('the task is starting'));
    expect(here.inputsOf('ecs:RunTask')[0].clientToken).toBe('job-1-2');
    here.tasks.STOPPED.push({});
    expect(await run()).toEqual(['opens failed: the task did not start, 3 times: no image, CannotPull']);
  });

  test.each<[object, string]>([
    [{ LifeCycleState: 'creating' }, 'the mount target is creating'],
    [{ LifeCycleState: 'deleting' }, 'the mount target is deleting'],
  ])('is waited for while its mount target is on its way: %j', async (target, reason) => {
    here.targets['fs-2'] = [target];
    await expect(run()).rejects.toThrow(new NotYet(reason));
  });

  test('gets a mount target in the first subnet that has room', async () => {
    here.targets['fs-2'] = undefined;
    const created = new NotYet('the mount target is being created');
    for (const name of [
      'AvailabilityZonesMismatch',
      'UnsupportedAvailabilityZone',
      'NoFreeAddressesInSubnet',
    ]) {
      here.aws.calls.length = 0;
      here.aws.instead.set('efs:CreateMountTarget', [fails(name)]);
      await expect(run()).rejects.toThrow(created);
      expect(here.inputsOf('efs:CreateMountTarget')).toEqual(
        ['subnet-a', 'subnet-b'].map((SubnetId) => ({
          FileSystemId: 'fs-2',
          SubnetId,
          SecurityGroups: ['sg-1'],
        })),
      );
    }
    here.aws.instead.set('efs:CreateMountTarget', [fails('MountTargetConflict')]);
    await expect(run()).rejects.toThrow(created);
    here.aws.instead.set('efs:CreateMountTarget', [fails('NoFreeAddressesInSubnets')]);
    await expect(run()).rejects.toThrow(awsError('NoFreeAddressesInSubnets', 'as AWS says'));
  });

  test('has no mount target that works, or its source has none there', async () => {
    here.targets['fs-2'] = [{ LifeCycleState: 'error' }];
    expect(await run()).toEqual(['opens failed: the mount target is in the state error']);
    here.targets['fs-2'] = [{ LifeCycleState: 'available', AvailabilityZoneName: 'eu-west-1b' }];
    const none = [
      'opens failed: the source has no mount target in eu-west-1b, where the restored file system is mounted',
    ];
    expect(await run()).toEqual(none);
    here.targets['fs-1'] = [{ LifeCycleState: 'creating', AvailabilityZoneName: 'eu-west-1b' }];
    expect(await run()).toEqual(none);
    here.targets['fs-1'] = undefined;
    expect(await run()).toEqual(none);
    // a source that is gone is not mounted
    await expect(run({}, { exists: false })).rejects.toThrow(new NotYet('the task is starting'));
  });

  test('is mounted by a task in the subnet of its mount target', async () => {
    await expect(run()).rejects.toThrow(new NotYet('the task is starting'));
    expect(here.inputsOf('ecs:ListTaskDefinitions')).toEqual([
      { familyPrefix: 'restore-check-job-1', status: 'ACTIVE' },
    ]);
    const awsvpcConfiguration = {
      subnets: ['subnet-a'],
      securityGroups: ['sg-1'],
      assignPublicIp: 'DISABLED',
    };
    const task = {
      cluster: MOUNT.cluster,
      taskDefinition: 'definition',
      launchType: 'FARGATE',
      clientToken: 'job-1-0',
      networkConfiguration: { awsvpcConfiguration },
    };
    expect(here.inputsOf('ecs:RunTask')).toEqual([task]);
    here.aws.answers['ecs:ListTaskDefinitions'] = () => ({ taskDefinitionArns: ['existing', 'other'] });
    await expect(run({ mount: { ...MOUNT, publicIp: true } })).rejects.toThrow(NotYet);
    expect(here.inputsOf('ecs:RunTask')[1]).toEqual({
      ...task,
      taskDefinition: 'existing',
      networkConfiguration: { awsvpcConfiguration: { ...awsvpcConfiguration, assignPublicIp: 'ENABLED' } },
    });
    expect(here.inputsOf('ecs:RegisterTaskDefinition')).toHaveLength(1);
  });

  test.each<[() => unknown, Error]>([
    [
      () => ({ failures: [{ reason: 'no room', detail: 'x' }] }),
      new NotYet('the task can not be placed: no room'),
    ],
    [() => ({ failures: [{ detail: 'x' }] }), new NotYet('the task can not be placed: x')],
    [fails('ConflictException'), new NotYet('the task is starting')],
    [fails('AccessDenied'), awsError('AccessDenied', 'as AWS says')],
  ])('is waited for where a task can be placed later: %p', async (answer, error) => {
    here.aws.answers['ecs:RunTask'] = answer;
    await expect(run()).rejects.toThrow(error);
  });

  test('is not validated if its log may not be read', async () => {
    here.aws.answers['logs:FilterLogEvents'] = fails('AccessDenied');
    await expect(run()).rejects.toThrow(awsError('AccessDenied', 'as AWS says'));
  });
});
