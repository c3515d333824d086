import type { Subject } from '../../../../src/handler/restore/check';
import { awsError, FakeAws } from '../fake-aws';
import { RESTORED_ARN, SOURCE_ARN } from './fake-mounts';

export const SUBJECT: Subject = {
  jobId: 'job-1',
  type: 'EFS',
  restoredArn: RESTORED_ARN,
  sourceArn: SOURCE_ARN,
};

/** What one look at Amazon ECS, Amazon EFS and the log shows; nothing changes by itself. */
export interface Shown {
  readonly aws: FakeAws;
  /** The tasks of the job, by their desired status. */
  tasks: { RUNNING: object[]; STOPPED: object[] };
  /** The mount targets, by file system. */
  targets: Record<string, object[] | undefined>;
  /** What the task wrote. */
  log: string[];
  inputsOf(name: string): Record<string, unknown>[];
}

/** Both file systems have a mount target in the same zone, and no task ran. */
export function mountPlace(): Shown {
  const aws = new FakeAws();
  const available = { LifeCycleState: 'available', AvailabilityZoneName: 'eu-west-1a', SubnetId: 'subnet-a' };
  const here: Shown = {
    aws,
    tasks: { RUNNING: [], STOPPED: [] },
    targets: { 'fs-1': [available], 'fs-2': [available] },
    log: [],
    inputsOf: (name) => aws.calls.filter((call) => call.name === name).map(({ input }) => input),
  };
  Object.assign(aws.answers, {
    'logs:FilterLogEvents': () => ({
      events: here.log.map((line) => ({ message: `restore-check job-1 ${line}` })),
    }),
    'ecs:ListTasks': ({ desiredStatus }: { desiredStatus: 'RUNNING' | 'STOPPED' }) => ({
      taskArns: here.tasks[desiredStatus].map((_, index) => `${desiredStatus}-${index}`),
    }),
    'ecs:DescribeTasks': ({ tasks: [first] }: { tasks: string[] }) => ({
      tasks: here.tasks[first.split('-')[0] as 'RUNNING'],
    }),
    'efs:DescribeMountTargets': ({ FileSystemId }: { FileSystemId: string }) => ({
      MountTargets: here.targets[FileSystemId],
    }),
    'efs:CreateMountTarget': () => ({}),
    'ecs:ListTaskDefinitions': () => ({ taskDefinitionArns: [] }),
    'ecs:RegisterTaskDefinition': () => ({ taskDefinition: { taskDefinitionArn: 'definition' } }),
    'ecs:RunTask': () => ({}),
  });
  return here;
}

export const fails =
  (name: string, message = 'as AWS says') =>
  () => {
    throw awsError(name, message);
  };
