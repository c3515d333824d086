import type { Check, Subject } from '../../../../src/handler/restore/check';
import {
  MOUNT_SCRIPT,
  READ_SCRIPT,
  readResult,
  scriptEnvironment,
} from '../../../../src/handler/restore/mount/mount-script';
import { definitionOf, hasSource } from '../../../../src/handler/restore/mount/mount-task';
import { MOUNT, mountCheck, RESTORED_ARN, SOURCE_ARN } from './fake-mounts';

describe('the task of a restore test', () => {
  const SUBJECT: Subject = {
    jobId: 'job-1',
    type: 'EFS',
    restoredArn: RESTORED_ARN,
    sourceArn: SOURCE_ARN,
    recoveryPointCreated: new Date(1_999),
  };
  const make = (check: Partial<Check> = {}, withSource = true, subject: Partial<Subject> = {}) =>
    definitionOf({ ...SUBJECT, ...subject }, mountCheck(check), MOUNT, withSource, 0.5);
  const environmentOf = ({ containerDefinitions: [{ environment }] }: ReturnType<typeof make>) =>
    Object.fromEntries(environment.map(({ name, value }) => [name, value]));
  const fileSystem = (name: string, fileSystemId: string) => ({
    name,
    efsVolumeConfiguration: {
      fileSystemId,
      rootDirectory: '/',
      transitEncryption: 'ENABLED',
      authorizationConfig: { iam: 'ENABLED' },
    },
  });

  test('mounts the restored file system and its source, and can write nothing but its own empty space', () => {
    const definition = make({ commands: ['test -f a'] });
    expect(definition).toEqual({
      family: 'restore-check-job-1',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      taskRoleArn: MOUNT.taskRole,
      executionRoleArn: MOUNT.executionRole,
      volumes: [{ name: 'scratch' }, fileSystem('restored', 'fs-2'), fileSystem('source', 'fs-1')],
      containerDefinitions: [
        {
          name: 'check',
          image: 'busybox',
          essential: true,
          user: '0',
          readonlyRootFilesystem: true,
          entryPoint: ['sh', '-c'],
          command: [MOUNT_SCRIPT, 'restore-check', 'test -f a'],
          environment: expect.anything(),
          mountPoints: [
            { sourceVolume: 'scratch', containerPath: '/tmp', readOnly: false },
            { sourceVolume: 'restored', containerPath: '/restored', readOnly: true },
            { sourceVolume: 'source', containerPath: '/source', readOnly: true },
          ],
          logConfiguration: {
            logDriver: 'awslogs',
            options: {
              'awslogs-group': 'mounts',
              'awslogs-region': 'eu-west-1',
              'awslogs-stream-prefix': 'job-1',
            },
          },
        },
      ],
    });
    expect(environmentOf(definition)).toEqual({
      MARK: 'restore-check job-1',
      LEVELS: 'counts samples',
      RESTORED: '/restored',
      SOURCE: '/source',
      SAMPLES: '20',
      SEED: '1073741824',
      SINCE: '1',
      READ: READ_SCRIPT,
    });
  });

  test('mounts the restored file system alone where its source is not mounted', () => {
    const definition = make({ samples: 7 }, false, { sourceArn: undefined, recoveryPointCreated: undefined });
    expect(definition.volumes).toEqual([{ name: 'scratch' }, fileSystem('restored', 'fs-2')]);
    const [{ mountPoints, command }] = definition.containerDefinitions;
    expect([mountPoints.map(({ sourceVolume }) => sourceVolume), command]).toEqual([
      ['scratch', 'restored'],
      [MOUNT_SCRIPT, 'restore-check'],
    ]);
    expect(environmentOf(definition)).toMatchObject({ SOURCE: '', SAMPLES: '7', SINCE: '' });
  });

  test.each<[Check['level'], string]>([
    ['opens', ''],
    ['counts', 'counts'],
    ['samples', 'counts samples'],
    ['queries', 'counts samples queries'],
  ])('goes as deep as the level %s', (level, LEVELS) => {
    const input = { mark: '', level, restored: '', samples: 1, seed: 1, since: 0 };
    expect(scriptEnvironment(input)).toMatchObject({ LEVELS, SINCE: '0' });
  });

  test.each<[string, Partial<Subject>, string[] | undefined, boolean]>([
    ['is one of those to mount', {}, ['arn:other', SOURCE_ARN], true],
    ['is another', {}, ['arn:other'], false],
    ['is to be mounted for none', {}, undefined, false],
    ['is unknown', { sourceArn: undefined }, [SOURCE_ARN], false],
  ])('has a source to mount if that %s', (_, subject, sources, is) => {
    expect(hasSource({ ...SUBJECT, ...subject }, { ...MOUNT, sources })).toBe(is);
  });
});

describe('the result of a task', () => {
  const read = (...lines: string[]) =>
    readResult(
      lines.map((line) => `mark ${line}`),
      'mark',
    );
  const NOTHING = {
    opens: undefined,
    closed: undefined,
    counted: undefined,
    source: undefined,
    unread: undefined,
    sourceunread: undefined,
    sampled: undefined,
    unsampled: undefined,
    passed: undefined,
    failed: undefined,
  };

  test('is in the lines with its mark, in any order', () => {
    const lines = [
      'done 10',
      'failed 2 1 no such  file ',
      'opens yes',
      'counted 1 2 3',
      'source 4 5 6',
      'sampled 7 8 9 10',
      'unread 2 a: denied',
      'sourceunread 1 b: denied',
      'unsampled c: denied',
      'passed 1',
      'closed d: denied',
    ].map((line) => `mark ${line}`);
    expect(readResult([...lines, 'marked passed 9', 'passed 9', 'a mark passed 9'], 'mark')).toEqual({
      opens: 'yes',
      closed: 'd: denied',
      counted: { files: 1, bytes: 2, metered: 3 },
      source: { files: 4, bytes: 5, metered: 6 },
      unread: '2 a: denied',
      sourceunread: '1 b: denied',
      sampled: { equal: 7, different: 8, alone: 9, unread: 10 },
      unsampled: 'c: denied',
      passed: 1,
      failed: { number: 2, code: 1, output: 'no such  file' },
    });
  });

  test('has only what the task reached', () => {
    expect(read('opens yes', 'done 1')).toEqual({ ...NOTHING, opens: 'yes' });
    expect(read('closed  denied ', 'done 1')).toEqual({ ...NOTHING, closed: 'denied' });
    expect(read('failed 1 2', 'done 1')).toEqual({ ...NOTHING, failed: { number: 1, code: 2, output: '' } });
    expect(read('passed 0', 'done 1')).toEqual({ ...NOTHING, passed: 0 });
  });

  test('is there only if all lines are', () => {
    expect([
      read(),
      read('opens yes'),
      read('opens yes', 'done 2'),
      read('opens yes', 'passed 1', 'done 1'),
    ]).toEqual(Array(4).fill(undefined));
  });
});
