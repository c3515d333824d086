import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { type Check, LEVELS, type Level } from '../../../../src/handler/restore/check';
import { closeFailed, sweep } from '../../../../src/handler/restore/closing';
import type { RestoreJob } from '../../../../src/handler/restore/evidence';
import type { TaskDefinition } from '../../../../src/handler/restore/mount/container-calls';
import { validateJob } from '../../../../src/handler/restore/validation';
import { awsError, FakeAws, settingsOf } from '../fake-aws';
import { FakeMounts, GOOD, MOUNT, mountCheck, RESTORED_ARN, SOURCE_ARN, type Target } from './fake-mounts';
import { Folders, write } from './script-run';

const MINUTE = 60_000;
let aws: FakeAws;
let mounts: FakeMounts;
let job: RestoreJob;
beforeEach(() => {
  aws = new FakeAws();
  mounts = new FakeMounts(aws);
  job = aws.job('EFS', RESTORED_ARN, SOURCE_ARN);
});

/** One invocation of the function that validates. */
const validate = (more: Partial<Check> = {}) =>
  validateJob(job.RestoreJobId as string, settingsOf([mountCheck(more)]), aws.tools());
const close = (message = 'Task timed out after 900.00 seconds') =>
  closeFailed(
    {
      requestPayload: { detail: { restoreJobId: job.RestoreJobId } },
      responsePayload: { errorMessage: message },
    },
    settingsOf([mountCheck()]),
    aws.tools(1.25),
  );
const result = () => [job.ValidationStatus, job.ValidationStatusMessage];
const called = (pattern: RegExp) => aws.calls.flatMap(({ name }) => (pattern.test(name) ? [name] : []));
/** An invocation that ends at one of its calls, before or after AWS does what it asks for: nothing runs after it. */
async function crashing(at: number, after: boolean, run: () => Promise<unknown>): Promise<void> {
  const { call } = aws;
  let left = at;
  let crash: () => void = () => {};
  const crashed = new Promise<void>((resolve) => {
    crash = resolve;
  });
  Object.assign(aws, {
    call: (...given: Parameters<typeof call>) => {
      if (left-- > 0) return call(...given);
      if (after) void Promise.resolve(call(...given)).catch(() => {});
      crash();
      return new Promise(() => {});
    },
  });
  const running = run().catch(() => {});
  Object.assign(aws, { call });
  await Promise.race([running, crashed]);
}

describe('a mounted file system', () => {
  test('that equals its source passes, and nothing is left when AWS Backup gets the result', async () => {
    let left: string[] | undefined;
    const put = aws.call;
    const tools = {
      ...aws.tools(),
      call: ((name, input) => {
        if (name === 'backup:PutRestoreValidationResult') left = mounts.left;
        return put(name, input);
      }) as typeof put,
    };
    await validateJob(job.RestoreJobId as string, settingsOf([mountCheck()]), tools);
    expect(result()).toEqual([
      'SUCCESSFUL',
      'the file system is available; the file system can be mounted and listed; 100 files, the source has 100; 5000 bytes, the source has 5000; 20 files read, 20 of 20 equal to the source',
    ]);
    expect(left).toEqual([]);
    expect(mounts.targets.get('fs-1')).toHaveLength(1);
  });

  test('is mounted read-only, encrypted in transit and with the role of the task, next to its source', async () => {
    await validate({ commands: ['test -d app'], level: 'queries' });
    const [definition] = mounts.registered;
    const encrypted = {
      rootDirectory: '/',
      transitEncryption: 'ENABLED',
      authorizationConfig: { iam: 'ENABLED' },
    };
    expect(definition).toMatchObject({
      family: `restore-check-${job.RestoreJobId}`,
      taskRoleArn: MOUNT.taskRole,
      executionRoleArn: MOUNT.executionRole,
      volumes: [
        { name: 'scratch' },
        { name: 'restored', efsVolumeConfiguration: { fileSystemId: 'fs-2', ...encrypted } },
        { name: 'source', efsVolumeConfiguration: { fileSystemId: 'fs-1', ...encrypted } },
      ],
    });
    expect(definition.containerDefinitions).toHaveLength(1);
    expect(definition.containerDefinitions[0]).toMatchObject({
      readonlyRootFilesystem: true,
      command: [expect.any(String), 'restore-check', 'test -d app'],
      mountPoints: [
        { sourceVolume: 'scratch', containerPath: '/tmp', readOnly: false },
        { sourceVolume: 'restored', containerPath: '/restored', readOnly: true },
        { sourceVolume: 'source', containerPath: '/source', readOnly: true },
      ],
    });
    expect(JSON.stringify(definition).length).toBeLessThan(64 * 1_024); // what Amazon ECS accepts
  });

  test('is not mounted for the level that needs no content', async () => {
    await validate({ level: 'restored' });
    expect(job.ValidationStatus).toBe('SUCCESSFUL');
    expect(mounts.registered).toEqual([]);
    expect(called(/CreateMountTarget|RunTask/)).toEqual([]);
  });

  test.each<[string, Partial<Check>, string[], string]>([
    [
      'can not be listed',
      {},
      ['closed ls: /restored: Permission denied'],
      'opens: the file system can not be listed: ls: /restored: Permission denied',
    ],
    [
      'is empty',
      {},
      ['opens yes', 'counted 0 0 0', 'source 100 5000 614400', 'sampled 0 0 0 0'],
      'counts: 0 files, expected at least 90, the source has 100',
    ],
    [
      'lacks files',
      {},
      ['opens yes', 'counted 89 5000 614400', 'source 100 5000 614400', 'sampled 20 0 0 0'],
      'counts: 89 files, expected at least 90, the source has 100',
    ],
    [
      'has the files, but lacks content',
      {},
      ['opens yes', 'counted 100 12 614400', 'source 100 5000 614400', 'sampled 20 0 0 0'],
      'counts: 100 files, the source has 100; 12 bytes, expected at least 4500, the source has 5000',
    ],
    [
      'has fewer files than it must',
      { minimumFiles: 101 },
      GOOD,
      'counts: 100 files, expected at least 101, the source has 100',
    ],
    [
      'has fewer bytes than it must',
      { atLeast: 6_000 },
      GOOD,
      'counts: 100 files, the source has 100; 5000 bytes, expected at least 6000, the source has 5000',
    ],
    [
      'has folders that can not be read',
      {},
      ['opens yes', 'counted 100 5000 614400', 'unread 2 find: /restored/a: Permission denied'],
      'counts: could not be read: 2 find: /restored/a: Permission denied',
    ],
    [
      'has a source with folders that can not be read',
      {},
      ['opens yes', 'counted 9 9 9', 'source 9 9 9', 'sourceunread 1 find: /source/a: Permission denied'],
      'counts: could not be read: of the source, 1 find: /source/a: Permission denied',
    ],
    [
      'has other content',
      {},
      ['opens yes', 'counted 100 5000 614400', 'source 100 5000 614400', 'sampled 15 5 0 0'],
      'samples: 20 files read, 15 of 20 equal to the source, expected at least 16',
    ],
    [
      'has files that can not be read',
      {},
      [
        'opens yes',
        'counted 100 5000 614400',
        'source 100 5000 614400',
        'sampled 19 0 0 1',
        'unsampled head: Input/output error',
      ],
      'samples: 19 files read, 1 could not be read: head: Input/output error',
    ],
    [
      'fails a command',
      { level: 'queries', commands: ['true', 'false'] },
      [...GOOD, 'failed 2 1 no ledger'],
      'queries: command 2 exited with 1: no ledger',
    ],
  ])('that %s fails', async (_title, more, script, reason) => {
    mounts.script = [script];
    await validate(more);
    expect(result()).toEqual(['FAILED', reason]);
    expect(mounts.left).toEqual([]);
  });

  test('whose source is not mounted is held to the size that Amazon EFS measured of it', async () => {
    const mount = { ...MOUNT, sources: undefined };
    mounts.script = [['opens yes', 'counted 90 4000 552960', 'sampled 0 0 20 0']];
    await validate({ mount });
    expect(result()).toEqual([
      'SUCCESSFUL',
      'the file system is available; the file system can be mounted and listed; 90 files; 4000 bytes; 20 files read, none compared: the source is not mounted',
    ]);
    expect(mounts.registered[0].volumes).toHaveLength(2);

    mounts.sourceBytes = 700_000;
    job = aws.job('EFS', RESTORED_ARN, SOURCE_ARN);
    await validate({ mount });
    expect(result()).toEqual([
      'FAILED',
      'counts: 90 files; 552960 bytes as EFS meters them, expected at least 630000, the source has 700000',
    ]);
  });

  test('whose source is gone is only read', async () => {
    mounts.targets.delete('fs-1');
    mounts.script = [['opens yes', 'counted 100 5000 614400', 'sampled 0 0 20 0']];
    await validate();
    expect(job.ValidationStatus).toBe('SUCCESSFUL');
    expect(mounts.registered[0].volumes).toHaveLength(2);
  });

  test('may be the source if nobody says what that is, so it is not touched', async () => {
    for (const source of [undefined, RESTORED_ARN]) {
      job = aws.job('EFS', RESTORED_ARN, source as string);
      mounts.targets.set('fs-2', [...(mounts.targets.get('fs-1') ?? [])]);
      await validate();
      expect(result()).toEqual([
        'FAILED',
        'opens: not mounted, since the restored file system may be the source',
      ]);
      await sweep(settingsOf([mountCheck()]), aws.tools());
    }
    expect(called(/CreateMountTarget|DeleteMountTarget|RegisterTask|RunTask/)).toEqual([]);
  });
});

describe('the real script in the task', () => {
  /** What Amazon ECS does, with folders for file systems. */
  function runContainer({ containerDefinitions: [container] }: TaskDefinition, folders: Folders): string[] {
    const places: Record<string, string> = { '/restored': folders.restored, '/source': folders.source };
    const env = Object.fromEntries(
      container.environment.map(({ name, value }) => [name, places[value] ?? value]),
    );
    const [program, ...args] = [...container.entryPoint, ...container.command];
    const ran = spawnSync(program, args, {
      encoding: 'utf8',
      env: { ...env, PATH: process.env.PATH, TMPDIR: join(folders.root, 'scratch') },
    });
    return ran.stdout.split('\n').filter((line) => line !== '');
  }

  const files = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`app/${n}`, `content ${n}`]));
  const MUTATIONS: Record<string, { readonly content: Record<string, string>; readonly caughtAt: Level }> = {
    'an empty file system': { content: {}, caughtAt: 'counts' },
    'half of the files': {
      content: Object.fromEntries(Object.entries(files).slice(0, 15)),
      caughtAt: 'counts',
    },
    'other content of the same size': {
      content: Object.fromEntries(Object.entries(files).map(([name, text]) => [name, text.toUpperCase()])),
      caughtAt: 'samples',
    },
    'the right content without what the application needs': { content: files, caughtAt: 'queries' },
  };

  test.each(Object.entries(MUTATIONS))(
    'finds %s at no level before its own',
    async (_title, { content, caughtAt }) => {
      const folders = new Folders();
      try {
        write(join(folders.restored, 'aws-backup-restore_2026-11-29T03-00-00-000Z'), content);
        write(folders.source, files);
        for (const level of LEVELS.slice(1)) {
          aws = new FakeAws();
          aws.now = Date.now(); // the files of the source are not newer than the recovery point
          mounts = new FakeMounts(aws);
          job = aws.job('EFS', RESTORED_ARN, SOURCE_ARN, {
            CompletionDate: new Date(aws.now - MINUTE),
            RecoveryPointCreationDate: new Date(aws.now + MINUTE),
          });
          const register = aws.answers['ecs:RegisterTaskDefinition'] as (given: TaskDefinition) => unknown;
          aws.answers['ecs:RegisterTaskDefinition'] = ((definition: TaskDefinition) => {
            const mark = `restore-check ${job.RestoreJobId} `;
            mounts.script = [
              runContainer(definition, folders)
                .map((line) => line.replace(mark, ''))
                .filter((line) => !line.startsWith('done ')),
            ];
            return register(definition);
          }) as never;
          const commands = level === 'queries' ? ['test -f app/ledger'] : undefined;
          await validate({ level, commands });
          const isCaught = LEVELS.indexOf(level) >= LEVELS.indexOf(caughtAt);
          expect([level, job.ValidationStatus]).toEqual([level, isCaught ? 'FAILED' : 'SUCCESSFUL']);
          if (isCaught) expect(job.ValidationStatusMessage).toMatch(new RegExp(`^${caughtAt}: `));
        }
      } finally {
        folders.remove();
      }
    },
  );
});

describe('on the way to a result', () => {
  test('another subnet is used if one has no room, and the task runs where the mount target is', async () => {
    mounts.full.add('subnet-a');
    mounts.targets.get('fs-1')?.push({
      ...(mounts.targets.get('fs-1')?.[0] as Target),
      AvailabilityZoneName: 'eu-west-1b',
    });
    await validate();
    expect(job.ValidationStatus).toBe('SUCCESSFUL');
    const run = aws.calls.find(({ name }) => name === 'ecs:RunTask')?.input;
    expect(run?.networkConfiguration).toEqual({
      awsvpcConfiguration: { subnets: ['subnet-b'], securityGroups: ['sg-1'], assignPublicIp: 'DISABLED' },
    });
  });

  test.each<[string, () => void, string]>([
    [
      'no subnet has room',
      () => {
        for (const id of MOUNT.subnets) mounts.full.add(id);
      },
      'opens: the file system can not be mounted in any of the subnets: NoFreeAddressesInSubnet: subnet-b is full',
    ],
    [
      'the source has no mount target there',
      () => mounts.full.add('subnet-a'),
      'opens: the source has no mount target in eu-west-1b, where the restored file system is mounted',
    ],
    [
      'the mount target breaks',
      () => {
        aws.answers['efs:DescribeMountTargets'] = () => ({ MountTargets: [{ LifeCycleState: 'error' }] });
      },
      'opens: the mount target is in the state error',
    ],
    [
      'the task never starts',
      () => {
        mounts.script = [{ stoppedReason: 'CannotPullContainerError: i/o timeout' }];
      },
      'opens: the task did not start, 3 times: CannotPullContainerError: i/o timeout',
    ],
    [
      'the task dies',
      () => {
        mounts.script = [
          {
            stoppedReason: 'Essential container in task exited',
            containers: [{ exitCode: 137, reason: 'OutOfMemoryError' }],
          },
        ];
      },
      'opens: the task ended without a result: Essential container in task exited, OutOfMemoryError, exit code 137',
    ],
    [
      'the function may not run tasks',
      () => {
        aws.answers['ecs:RunTask'] = () => {
          throw awsError('AccessDeniedException', 'not authorized');
        };
      },
      'could not be validated: AccessDeniedException: not authorized',
    ],
    [
      'the function may not create mount targets',
      () => {
        aws.answers['efs:CreateMountTarget'] = () => {
          throw awsError('AccessDeniedException', 'not authorized');
        };
      },
      'could not be validated: AccessDeniedException: not authorized',
    ],
  ])('the test fails with the reason if %s', async (_title, prepare, reason) => {
    prepare();
    await validate();
    expect(result()).toEqual(['FAILED', reason]);
    if (!reason.includes('state error')) expect(mounts.left).toEqual([]);
    expect(mounts.targets.get('fs-1')?.map(({ LifeCycleState }) => LifeCycleState)).not.toContain('deleting');
  });

  test('the task is started again if it could not start at first', async () => {
    mounts.script = [{ stoppedReason: 'ResourceInitializationError: failed to resolve fs-2' }, GOOD];
    await validate();
    expect(job.ValidationStatus).toBe('SUCCESSFUL');
    expect(mounts.tasks.map(({ token }) => token)).toEqual([
      `${job.RestoreJobId}-0`,
      `${job.RestoreJobId}-1`,
    ]);
    expect(mounts.registered).toHaveLength(1);
  });

  test('a task that can not be placed is waited for', async () => {
    aws.instead.set('ecs:RunTask', [() => ({ failures: [{ reason: 'Capacity is unavailable' }] })]);
    await validate();
    expect(aws.logs).toContain('waiting: the task can not be placed: Capacity is unavailable');
    expect(job.ValidationStatus).toBe('SUCCESSFUL');
  });

  test('a task that takes longer than an invocation is found again by the next', async () => {
    mounts.script = [];
    aws.answers['ecs:DescribeTasks'] = () => ({ tasks: [{ lastStatus: 'RUNNING' }] });
    aws.answers['ecs:ListTasks'] = ({ desiredStatus }: { desiredStatus: string }) => ({
      taskArns: desiredStatus === 'RUNNING' && mounts.registered.length > 0 ? ['task'] : [],
    });
    await expect(validate()).rejects.toThrow('the task is RUNNING');
    mounts.log.push(
      ...[...GOOD, `done ${GOOD.length}`].map((line) => ({
        stream: `${job.RestoreJobId}/check/1`,
        message: `restore-check ${job.RestoreJobId} ${line}`,
        at: aws.now,
      })),
    );
    aws.answers['ecs:ListTasks'] = () => ({ taskArns: [] });
    await validate();
    expect(job.ValidationStatus).toBe('SUCCESSFUL');
    expect(called(/RunTask/)).toHaveLength(1);
    expect(mounts.left.filter((each) => each !== 'running task')).toEqual([]);
  });

  test('a result that comes late into the log is waited for', async () => {
    mounts.logDelay = MINUTE;
    await validate();
    expect(job.ValidationStatus).toBe('SUCCESSFUL');
    expect(aws.logs).toContain('waiting: the result of the task is not in the log yet');
  });

  test('the sweep releases what nobody validated in time before it sends the result', async () => {
    mounts.script = ['hang'];
    await expect(validate()).rejects.toThrow('the task is RUNNING');
    aws.now = (job.CompletionDate as Date).getTime() + 3.6 * 60 * MINUTE;
    let left: string[] | undefined;
    const tools = aws.tools(4);
    await sweep(settingsOf([mountCheck()]), {
      ...tools,
      call: ((name, input) => {
        if (name === 'backup:PutRestoreValidationResult') left = mounts.left;
        return tools.call(name, input);
      }) as typeof tools.call,
    });
    expect([job.ValidationStatus, left]).toEqual(['FAILED', []]);
  });

  test('a mount target that is not gone in time does not keep the result, and the sweep deletes it', async () => {
    mounts.deleting = 20 * MINUTE;
    await validate();
    expect(job.ValidationStatus).toBe('SUCCESSFUL');
    expect(mounts.left).toEqual(['mount target deleting']);
    expect(aws.logs).toContain('not released yet: mount targets are not gone yet');
    aws.now += 30 * MINUTE;
    await sweep(settingsOf([mountCheck()]), aws.tools());
    expect(mounts.left).toEqual([]);
  });

  test('a release that AWS refuses for now is tried again', async () => {
    aws.instead.set('efs:DeleteMountTarget', [
      () => {
        throw awsError('DependencyTimeout', 'try again');
      },
    ]);
    await validate();
    expect(called(/DeleteMountTarget/).length).toBeGreaterThan(1);
    expect([job.ValidationStatus, mounts.left]).toEqual(['SUCCESSFUL', []]);
  });

  test('what can not be deleted does not keep the rest from being deleted', async () => {
    for (const name of ['ecs:ListTasks', 'ecs:DeregisterTaskDefinition'] as const)
      aws.answers[name] = (given: never) => {
        if (aws.calls.some(({ name: each }) => each === 'ecs:RunTask') && mounts.log.length > 0)
          throw awsError('AccessDeniedException', `no ${name}`);
        return name === 'ecs:ListTasks' ? { taskArns: [] } : given;
      };
    await validate();
    expect([job.ValidationStatus, mounts.left]).toEqual(['SUCCESSFUL', ['task definition ACTIVE']]);
    expect(aws.logs).toContain(
      'not released yet: AccessDeniedException: no ecs:ListTasks; AccessDeniedException: no ecs:DeregisterTaskDefinition',
    );
  });

  test('what is missing when the window ends fails, and is released first', async () => {
    mounts.script = [{ stoppedReason: 'stopped' }];
    aws.answers['ecs:RunTask'] = () => ({ failures: [{ reason: 'no capacity' }] });
    await expect(validate()).rejects.toThrow('no capacity');
    aws.now = (job.CompletionDate as Date).getTime() + 3.6 * 3_600_000;
    await validate();
    expect(result()).toEqual([
      'FAILED',
      'could not be validated in time: the task can not be placed: no capacity',
    ]);
    expect(mounts.left).toEqual([]);
  });

  test('an invocation that crashed for good is closed, and nothing is left', async () => {
    await crashing(12, true, () => validate());
    expect(mounts.left).not.toEqual([]);
    await close();
    expect(result()).toEqual(['FAILED', 'could not be validated: Task timed out after 900.00 seconds']);
    expect(mounts.left).toEqual([]);
  });

  test('a file system that AWS Backup could not delete is deleted once its mount target is gone', async () => {
    mounts.deleting = 6 * MINUTE;
    mounts.targets.get('fs-2')?.push({
      ...(mounts.targets.get('fs-1')?.[0] as Target),
      MountTargetId: 'fsmt-left',
    });
    aws.answers['efs:DeleteFileSystem'] = () => {
      if (mounts.left.length > 0) throw awsError('FileSystemInUse');
      mounts.targets.delete('fs-2');
      return {};
    };
    Object.assign(job, { ValidationStatus: 'FAILED', DeletionStatus: 'FAILED' });
    const settings = settingsOf([mountCheck()], { removesLeftovers: true });
    const exists: boolean[] = [];
    for (let round = 0; round < 2; round++) {
      await sweep(settings, aws.tools(4));
      exists.push(mounts.targets.has('fs-2'));
      aws.now += 10 * MINUTE;
    }
    expect(exists).toEqual([true, false]);
  });

  test('two invocations at the same time run one task', async () => {
    await Promise.all([validate(), validate()]);
    expect(mounts.tasks).toHaveLength(1);
    expect([job.ValidationStatus, mounts.left]).toEqual(['SUCCESSFUL', []]);
  });

  test('jobs of other plans and other types are left alone', async () => {
    const others = [
      aws.job('EFS', RESTORED_ARN, SOURCE_ARN, { CreatedBy: { RestoreTestingPlanArn: 'arn:other' } }),
      aws.job('EFS', RESTORED_ARN, SOURCE_ARN, { ValidationStatus: 'SUCCESSFUL', CreatedBy: undefined }),
      aws.job('DynamoDB', 'arn:aws:dynamodb:eu-west-1:1:table/a', 'arn:b', {
        ValidationStatus: 'SUCCESSFUL',
      }),
    ];
    job.ValidationStatus = 'SUCCESSFUL';
    job.DeletionStatus = 'SUCCESSFUL';
    job.CompletionDate = new Date(aws.now - 5 * 24 * 60 * MINUTE);
    const settings = settingsOf([mountCheck(), { type: 'DynamoDB', level: 'restored' }]);
    for (const { RestoreJobId } of others) await validateJob(RestoreJobId as string, settings, aws.tools());
    await sweep(settings, aws.tools());
    expect(called(/^(efs|ecs|logs):/)).toEqual([]);
  });

  test('whatever crashes, arrives twice or is refused, a closed job leaves nothing, and its source is untouched', async () => {
    const slowDown = () => {
      throw awsError('ThrottlingException', 'slow down');
    };
    const refused = [
      'efs:CreateMountTarget',
      'efs:DeleteMountTarget',
      'ecs:RegisterTaskDefinition',
      'ecs:RunTask',
      'ecs:DeregisterTaskDefinition',
      'ecs:StopTask',
    ] as const;
    const steps = fc.array(
      fc.oneof(
        fc.constant({ kind: 'validate' as const }),
        fc.record({ kind: fc.constant('crash' as const), at: fc.nat({ max: 45 }), after: fc.boolean() }),
        fc.record({ kind: fc.constant('together' as const), at: fc.nat({ max: 45 }), after: fc.boolean() }),
        fc.constantFrom({ kind: 'close' as const }, { kind: 'sweep' as const }),
        fc.record({
          kind: fc.constant('refuse' as const),
          names: fc.subarray([...refused], { minLength: 1 }),
          times: fc.integer({ min: 1, max: 4 }),
        }),
        fc.record({ kind: fc.constant('later' as const), minutes: fc.integer({ min: 1, max: 90 }) }),
      ),
      { maxLength: 10 },
    );
    const outcomes = fc.array(
      fc.constantFrom<FakeMounts['script']>(GOOD, { stoppedReason: 'no image' }, 'hang'),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    await fc.assert(
      fc.asyncProperty(steps, outcomes, fc.constantFrom(1, 12), async (given, script, minutes) => {
        aws = new FakeAws();
        mounts = new FakeMounts(aws);
        mounts.script = [...script];
        mounts.deleting = minutes * MINUTE;
        job = aws.job('EFS', RESTORED_ARN, SOURCE_ARN);
        const settings = settingsOf([mountCheck()]);
        let first: unknown[] | undefined;
        for (const step of given) {
          if (step.kind === 'validate') await validate().catch(() => {});
          else if (step.kind === 'crash') await crashing(step.at, step.after, () => validate());
          else if (step.kind === 'together')
            await Promise.all([validate().catch(() => {}), crashing(step.at, step.after, () => validate())]);
          else if (step.kind === 'close') await close().catch(() => {});
          else if (step.kind === 'sweep') await sweep(settings, aws.tools(4)).catch(() => {});
          else if (step.kind === 'refuse')
            for (const name of step.names) aws.instead.set(name, Array(step.times).fill(slowDown));
          else aws.now += step.minutes * MINUTE;
          if (job.ValidationStatus) first ??= result();
          if (first) expect(result()).toEqual(first);
        }
        aws.instead.clear();
        aws.now = Math.max(aws.now, (job.CompletionDate as Date).getTime() + 4 * 60 * MINUTE);
        for (let round = 0; round < 3; round++) {
          await sweep(settings, aws.tools(4));
          aws.now += 10 * MINUTE;
        }
        expect(job.ValidationStatus).toMatch(/^(SUCCESSFUL|FAILED)$/);
        expect(mounts.left).toEqual([]);
        expect(mounts.targets.get('fs-1')).toMatchObject([{ LifeCycleState: 'available' }]);
      }),
      { numRuns: 200 },
    );
  });
});
