import type { Subject } from '../../../../src/handler/restore/check';
import { releaseMount } from '../../../../src/handler/restore/mount/mount-release';
import { MOUNT, RESTORED_ARN } from './fake-mounts';
import { fails, mountPlace, type Shown, SUBJECT } from './mount-place';

let here: Shown;
beforeEach(() => {
  here = mountPlace();
});

describe('what was made to mount', () => {
  const release = (patience = 0, subject: Partial<Subject> = {}, tools = here.aws.tools()) =>
    releaseMount({ ...SUBJECT, ...subject }, MOUNT, tools, patience);
  beforeEach(() => {
    here.targets = { 'fs-2': [] };
    for (const name of [
      'ecs:StopTask',
      'ecs:DeregisterTaskDefinition',
      'ecs:DeleteTaskDefinitions',
      'efs:DeleteMountTarget',
    ] as const)
      here.aws.answers[name] = () => ({});
  });

  test('is deleted, the tasks first, and nothing is changed where nothing is left', async () => {
    expect(await release()).toBeUndefined();
    expect(here.aws.calls.map(({ name, input }) => [name, input])).toEqual([
      ['ecs:ListTasks', { cluster: MOUNT.cluster, family: 'restore-check-job-1', desiredStatus: 'RUNNING' }],
      ['ecs:ListTaskDefinitions', { familyPrefix: 'restore-check-job-1', status: 'ACTIVE' }],
      ['ecs:ListTaskDefinitions', { familyPrefix: 'restore-check-job-1', status: 'INACTIVE' }],
      ['efs:DescribeMountTargets', { FileSystemId: 'fs-2' }],
    ]);
    here.aws.calls.length = 0;
    here.tasks.RUNNING = [{}, {}];
    here.aws.answers['ecs:ListTaskDefinitions'] = (({ status }: { status: string }) => ({
      taskDefinitionArns: Array.from({ length: 11 }, (_, index) => `${status}-${index}`).slice(
        status === 'ACTIVE' ? 9 : 0,
      ),
    })) as never;
    expect(await release()).toBeUndefined();
    expect(here.inputsOf('ecs:StopTask')).toEqual(
      [0, 1].map((index) => ({
        cluster: MOUNT.cluster,
        task: `RUNNING-${index}`,
        reason: 'the restore test ended',
      })),
    );
    expect(here.inputsOf('ecs:DeregisterTaskDefinition')).toEqual(
      [9, 10].map((index) => ({ taskDefinition: `ACTIVE-${index}` })),
    );
    expect(here.inputsOf('ecs:DeleteTaskDefinitions')).toEqual([
      { taskDefinitions: Array.from({ length: 10 }, (_, index) => `INACTIVE-${index}`) },
    ]);
  });

  test('is also nothing where AWS lists nothing, or the file system is gone', async () => {
    for (const name of ['ecs:ListTasks', 'ecs:ListTaskDefinitions', 'efs:DescribeMountTargets'] as const)
      here.aws.answers[name] = () => ({});
    expect(await release()).toBeUndefined();
    here.aws.answers['efs:DescribeMountTargets'] = fails('FileSystemNotFound');
    expect(await release()).toBeUndefined();
  });

  test.each(['MountTargetNotFound', 'InvalidParameterException', 'ClientException'])(
    'is gone already after %s',
    async (name) => {
      here.tasks.RUNNING = [{}];
      here.aws.answers['ecs:StopTask'] = fails(name);
      expect(await release()).toBeUndefined();
      here.aws.answers['ecs:StopTask'] = fails(`${name}s`);
      expect(await release()).toBe(`${name}s: as AWS says`);
      here.aws.answers['ecs:StopTask'] = fails(`No${name}`);
      expect(await release()).toBe(`No${name}: as AWS says`);
    },
  );

  test('has mount targets, which are waited for every ten seconds, as long as there is patience', async () => {
    here.targets['fs-2'] = [
      { MountTargetId: 'a', LifeCycleState: 'available' },
      { MountTargetId: 'b', LifeCycleState: 'deleting' },
      { MountTargetId: 'c', LifeCycleState: 'deleted' },
    ];
    expect(await release()).toBe('mount targets are not gone yet');
    expect([here.inputsOf('efs:DeleteMountTarget'), here.aws.slept]).toEqual([[{ MountTargetId: 'a' }], 0]);
    expect(await release(20_000)).toBe('mount targets are not gone yet');
    expect(here.aws.slept).toBe(20_000);
    here.aws.slept = 0;
    expect(await release(999_999, {}, { ...here.aws.tools(), deadline: here.aws.now + 40_000 })).toBe(
      'mount targets are not gone yet',
    );
    expect(here.aws.slept).toBe(30_000);
    here.aws.instead.set('efs:DescribeMountTargets', [
      () => ({ MountTargets: here.targets['fs-2'] }),
      () => ({}),
    ]);
    expect(await release(60_000)).toBeUndefined();
  });

  test('says in the log which mount target can not be deleted yet', async () => {
    here.targets['fs-2'] = [{ MountTargetId: 'a', LifeCycleState: 'creating' }];
    here.aws.answers['efs:DeleteMountTarget'] = fails('IncorrectFileSystemLifeCycleState');
    expect(await release()).toBe('mount targets are not gone yet');
    expect(here.aws.logs).toEqual(['a is not deleted yet: IncorrectFileSystemLifeCycleState: as AWS says']);
  });

  test('has no mount targets of a file system that may be the source', async () => {
    for (const sourceArn of [undefined, RESTORED_ARN])
      expect(await release(0, { sourceArn })).toBe('the restored file system may be the source');
    expect(here.inputsOf('efs:DescribeMountTargets')).toEqual([]);
  });

  test('is all that could not be deleted', async () => {
    here.aws.answers['ecs:ListTasks'] = fails('AccessDenied', 'a');
    here.aws.answers['ecs:ListTaskDefinitions'] = fails('AccessDenied', 'b');
    here.aws.answers['efs:DescribeMountTargets'] = fails('AccessDenied', 'c');
    expect(await release()).toBe('AccessDenied: a; AccessDenied: b; AccessDenied: c');
  });
});
