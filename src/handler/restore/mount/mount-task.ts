import { type Check, nameOfArn, type Subject } from '../check';
import type { TaskDefinition, TaskVolume } from './container-calls';
import type { Mount } from './mount';
import { MOUNT_SCRIPT, scriptEnvironment } from './mount-script';

const RESTORED = '/restored';
const SOURCE = '/source';
const DEFAULT_SAMPLES = 20;
const MAX_SEED = 2 ** 31;

/** The family of the task definitions of one job. The permissions of the functions name its beginning. */
export function familyOf(jobId: string): string {
  return `restore-check-${jobId}`;
}

/** What starts each line of the result of one job. */
export function markOf(jobId: string): string {
  return `restore-check ${jobId}`;
}

/** Whether the source is mounted too. */
export function hasSource({ sourceArn }: Subject, { sources = [] }: Mount): boolean {
  return sourceArn !== undefined && sources.includes(sourceArn);
}

/** The task definition that mounts what one job restored. Nothing in it can be written but its own empty space. */
export function definitionOf(
  subject: Subject,
  check: Check,
  mount: Mount,
  withSource: boolean,
  random: number,
): TaskDefinition {
  const { jobId, restoredArn, sourceArn = '', recoveryPointCreated } = subject;
  const environment = scriptEnvironment({
    mark: markOf(jobId),
    level: check.level,
    restored: RESTORED,
    source: withSource ? SOURCE : undefined,
    samples: check.samples ?? DEFAULT_SAMPLES,
    seed: Math.floor(random * MAX_SEED),
    since: recoveryPointCreated && Math.floor(recoveryPointCreated.getTime() / 1_000),
  });
  return {
    family: familyOf(jobId),
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    taskRoleArn: mount.taskRole,
    executionRoleArn: mount.executionRole,
    volumes: [
      { name: 'scratch' },
      fileSystem('restored', restoredArn),
      ...(withSource ? [fileSystem('source', sourceArn)] : []),
    ],
    containerDefinitions: [
      {
        name: 'check',
        image: mount.image,
        essential: true,
        user: '0', // reads whatever the owner of each file is
        readonlyRootFilesystem: true,
        entryPoint: ['sh', '-c'],
        command: [MOUNT_SCRIPT, 'restore-check', ...(check.commands ?? [])],
        environment: Object.entries(environment).map(([name, value]) => ({ name, value })),
        mountPoints: [
          { sourceVolume: 'scratch', containerPath: '/tmp', readOnly: false },
          { sourceVolume: 'restored', containerPath: RESTORED, readOnly: true },
          ...(withSource ? [{ sourceVolume: 'source', containerPath: SOURCE, readOnly: true }] : []),
        ],
        logConfiguration: {
          logDriver: 'awslogs',
          options: {
            'awslogs-group': mount.logGroup,
            'awslogs-region': mount.region,
            'awslogs-stream-prefix': jobId,
          },
        },
      },
    ],
  };
}

function fileSystem(name: string, arn: string): TaskVolume {
  return {
    name,
    efsVolumeConfiguration: {
      fileSystemId: nameOfArn(arn),
      rootDirectory: '/',
      transitEncryption: 'ENABLED',
      authorizationConfig: { iam: 'ENABLED' },
    },
  };
}
