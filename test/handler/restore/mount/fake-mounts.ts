import type { Check } from '../../../../src/handler/restore/check';
import type { Task, TaskDefinition, TaskRun } from '../../../../src/handler/restore/mount/container-calls';
import type { Mount } from '../../../../src/handler/restore/mount/mount';
import { awsError, type FakeAws } from '../fake-aws';

const EFS = 'arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system';
export const RESTORED_ARN = `${EFS}/fs-2`;
export const SOURCE_ARN = `${EFS}/fs-1`;
const CREATING = 60_000;
const DELETING = 45_000;
const RUNNING = 50_000;

export const MOUNT: Mount = {
  cluster: 'arn:aws:ecs:eu-west-1:111122223333:cluster/mounts',
  subnets: ['subnet-a', 'subnet-b'],
  securityGroup: 'sg-1',
  image: 'busybox',
  taskRole: 'arn:aws:iam::111122223333:role/task',
  executionRole: 'arn:aws:iam::111122223333:role/execution',
  logGroup: 'mounts',
  region: 'eu-west-1',
  sources: [SOURCE_ARN],
};

/** A check of EFS that mounts. */
export function mountCheck(more: Partial<Check> = {}): Check {
  return { type: 'EFS', level: 'samples', mount: MOUNT, ...more };
}

/** What the script writes when the restored file system equals its source, before its last line. */
export const GOOD = ['opens yes', 'counted 100 5000 614400', 'source 100 5000 614400', 'sampled 20 0 0 0'];

/** A mount target. */
export interface Target {
  MountTargetId: string;
  SubnetId: string;
  AvailabilityZoneName: string;
  LifeCycleState: string;
  since: number;
}

interface FakeTask extends Task {
  arn: string;
  family: string;
  token: string;
  since: number;
  definition: TaskDefinition;
  stopped?: Task;
  hangs?: boolean;
}

interface FakeDefinition {
  arn: string;
  status: 'ACTIVE' | 'INACTIVE';
  definition: TaskDefinition;
}

/** Amazon EFS, Amazon ECS and the log as mounts see them: time passes, and things come and go. */
export class FakeMounts {
  public readonly targets = new Map<string, Target[]>([
    ['fs-1', [this.target('fsmt-source', 'subnet-a', 'available')]],
    ['fs-2', []],
  ]);
  public definitions: FakeDefinition[] = [];
  public readonly tasks: FakeTask[] = [];
  public readonly log: { stream: string; message: string; at: number }[] = [];
  /** Milliseconds until what a task wrote can be read. */
  public logDelay = 0;
  /** Every definition that was ever registered. */
  public readonly registered: TaskDefinition[] = [];
  /** What the next tasks do: write lines, stop without them, or never stop. The last is done again and again. */
  public script: (readonly string[] | Task | 'hang')[] = [GOOD];
  public readonly full = new Set<string>();
  /** Milliseconds until a mount target is gone. */
  public deleting = DELETING;
  public sourceBytes: number | undefined = 614_400;

  constructor(private readonly aws: FakeAws) {
    Object.assign(aws.answers, this.answers);
  }

  /** What is left of the validation: nothing, once a job is closed and swept. */
  public get left(): string[] {
    this.pass();
    return [
      ...(this.targets.get('fs-2') ?? []).map(({ LifeCycleState }) => `mount target ${LifeCycleState}`),
      ...this.definitions.map(({ status }) => `task definition ${status}`),
      ...this.tasks.filter(({ stopped }) => !stopped).map(() => 'running task'),
    ];
  }

  private target(MountTargetId: string, SubnetId: string, LifeCycleState: string): Target {
    return {
      MountTargetId,
      SubnetId,
      AvailabilityZoneName: `eu-west-1${SubnetId.slice(-1)}`,
      LifeCycleState,
      since: this.aws?.now ?? 0,
    };
  }

  /** Lets time do its work. */
  private pass(): void {
    const { now } = this.aws;
    for (const [id, targets] of this.targets) {
      for (const each of targets)
        if (each.LifeCycleState === 'creating' && now - each.since >= CREATING)
          each.LifeCycleState = 'available';
      this.targets.set(
        id,
        targets.filter(
          ({ LifeCycleState, since }) => LifeCycleState !== 'deleting' || now - since < this.deleting,
        ),
      );
    }
    for (const task of this.tasks)
      if (!task.stopped && !task.hangs && now - task.since >= RUNNING) this.finish(task);
  }

  private finish(task: FakeTask): void {
    const outcome = this.script.length > 1 ? this.script.shift() : this.script[0];
    if (outcome === 'hang') task.hangs = true;
    else if (Array.isArray(outcome)) {
      const mark = task.definition.containerDefinitions[0].environment.find(
        ({ name }) => name === 'MARK',
      )?.value;
      const stream = `${task.definition.containerDefinitions[0].logConfiguration.options['awslogs-stream-prefix']}/check/1`;
      // lines of the same millisecond come in any order
      const lines = [`done ${outcome.length}`, ...outcome];
      this.log.push(
        ...lines.map((line) => ({ stream, message: `${mark} ${line}`, at: this.aws.now + this.logDelay })),
      );
      task.stopped = { stoppedAt: new Date(this.aws.now), containers: [{ exitCode: 0 }] };
    } else task.stopped = { stoppedAt: new Date(this.aws.now), ...(outcome as Task) };
  }

  private targetsOf(id: string): Target[] {
    this.pass();
    const targets = this.targets.get(id);
    if (!targets) throw awsError('FileSystemNotFound');
    return targets;
  }

  private readonly answers = {
    'efs:DescribeFileSystems': ({ FileSystemId: id }: { FileSystemId: string }) => {
      if (!this.targets.has(id)) throw awsError('FileSystemNotFound');
      const Value = id === 'fs-1' ? this.sourceBytes : 6_144;
      return { FileSystems: [{ LifeCycleState: 'available', SizeInBytes: { Value } }] };
    },
    'efs:DescribeMountTargets': ({ FileSystemId }: { FileSystemId: string }) => ({
      MountTargets: this.targetsOf(FileSystemId).map((each) => ({ ...each })),
    }),
    'efs:CreateMountTarget': ({ FileSystemId, SubnetId }: { FileSystemId: string; SubnetId: string }) => {
      const targets = this.targetsOf(FileSystemId);
      if (this.full.has(SubnetId)) throw awsError('NoFreeAddressesInSubnet', `${SubnetId} is full`);
      if (targets.length > 0) throw awsError('MountTargetConflict');
      targets.push(this.target(`fsmt-${this.aws.calls.length}`, SubnetId, 'creating'));
      return {};
    },
    'efs:DeleteMountTarget': ({ MountTargetId }: { MountTargetId: string }) => {
      this.pass();
      const found = [...this.targets.values()].flat().find((each) => each.MountTargetId === MountTargetId);
      if (!found) throw awsError('MountTargetNotFound');
      Object.assign(found, { LifeCycleState: 'deleting', since: this.aws.now });
      return {};
    },
    'ecs:RegisterTaskDefinition': (definition: TaskDefinition) => {
      const arn = `${definition.family}:${this.registered.push(definition)}`;
      this.definitions.push({ arn, status: 'ACTIVE', definition });
      return { taskDefinition: { taskDefinitionArn: arn } };
    },
    'ecs:ListTaskDefinitions': ({ familyPrefix, status }: { familyPrefix: string; status: string }) => ({
      taskDefinitionArns: this.definitions
        .filter((each) => each.definition.family === familyPrefix && each.status === status)
        .map(({ arn }) => arn),
    }),
    'ecs:DeregisterTaskDefinition': ({ taskDefinition }: { taskDefinition: string }) => {
      const found = this.definitions.find(({ arn }) => arn === taskDefinition);
      if (found?.status !== 'ACTIVE') throw awsError('ClientException', 'it is inactive');
      found.status = 'INACTIVE';
      return {};
    },
    'ecs:DeleteTaskDefinitions': ({ taskDefinitions }: { taskDefinitions: string[] }) => {
      this.definitions = this.definitions.filter(
        ({ arn, status }) => !taskDefinitions.includes(arn) || status === 'ACTIVE',
      );
      return {};
    },
    'ecs:RunTask': ({ taskDefinition, clientToken }: TaskRun) => {
      this.pass();
      const found = this.definitions.find(({ arn }) => arn === taskDefinition);
      if (found?.status !== 'ACTIVE') throw awsError('ClientException', 'it is inactive');
      const same = this.tasks.find(({ token }) => token === clientToken);
      if (same && same.definition !== found.definition) throw awsError('ConflictException');
      if (!same)
        this.tasks.push({
          arn: `task-${this.tasks.length}`,
          family: found.definition.family,
          token: clientToken,
          since: this.aws.now,
          definition: found.definition,
        });
      return { tasks: [{}] };
    },
    'ecs:ListTasks': ({ family, desiredStatus }: { family: string; desiredStatus: string }) => {
      this.pass();
      return {
        taskArns: this.tasks
          .filter((each) => each.family === family && (desiredStatus === 'STOPPED') === Boolean(each.stopped))
          .map(({ arn }) => arn),
      };
    },
    'ecs:DescribeTasks': ({ tasks }: { tasks: string[] }) => ({
      tasks: this.tasks
        .filter(({ arn }) => tasks.includes(arn))
        .map(({ stopped }) => stopped ?? { lastStatus: 'RUNNING' }),
    }),
    'ecs:StopTask': ({ task }: { task: string }) => {
      const found = this.tasks.find(({ arn }) => arn === task);
      if (!found || found.stopped) throw awsError('InvalidParameterException', 'the task was not found');
      found.stopped = { stoppedReason: 'the restore test ended', stoppedAt: new Date(this.aws.now) };
      return {};
    },
    'logs:FilterLogEvents': ({
      logStreamNamePrefix,
      nextToken,
    }: {
      logStreamNamePrefix: string;
      nextToken?: string;
    }) => {
      this.pass();
      const own = this.log.filter(
        ({ stream, at }) => stream.startsWith(logStreamNamePrefix) && at <= this.aws.now,
      );
      if (own.length === 0 && this.log.length === 0) throw awsError('ResourceNotFoundException');
      const at = Number(nextToken ?? 0); // two a page
      return { events: own.slice(at, at + 2), nextToken: at + 2 < own.length ? String(at + 2) : undefined };
    },
  };
}
