import { describeError, nameOfError, type Tools } from '../aws-calls';
import { nameOfArn } from '../check';
import type { Mount } from './mount';
import { familyOf } from './mount-task';

const PAUSE = 10_000;
/** Amazon ECS deletes so many task definitions at once. */
const MAX_DELETED = 10;
/** What a request to delete something that is gone, or that someone else is deleting, ends with. */
const DONE = /^(FileSystemNotFound|MountTargetNotFound|InvalidParameterException|ClientException)$/;

/** What was mounted for which job. */
export interface Mounted {
  readonly jobId: string;
  readonly restoredArn: string;
  readonly sourceArn?: string;
}

/**
 * Stops the tasks of a job, and deletes its task definitions and the mount targets of what it restored; never those of the
 * source. AWS Backup can't delete a file system that has mount targets. Changes nothing where nothing is left, and goes on
 * with the rest where something can't be deleted.
 *
 * @param patience how many milliseconds it waits for the mount targets to be gone
 * @returns what is left, and undefined if nothing is
 */
export async function releaseMount(
  { jobId, restoredArn, sourceArn }: Mounted,
  mount: Mount,
  tools: Tools,
  patience: number,
): Promise<string | undefined> {
  const left: string[] = [];
  const attempt = async (part: () => Promise<void>) => {
    try {
      await part();
    } catch (error) {
      left.push(describeError(error));
    }
  };
  await attempt(() => stopTasks(jobId, mount, tools));
  await attempt(() => deleteDefinitions(jobId, tools));
  if (sourceArn === undefined || sourceArn === restoredArn)
    left.push('the restored file system may be the source');
  else await attempt(() => deleteAllTargets(restoredArn, tools, patience));
  return left.length > 0 ? left.join('; ') : undefined;
}

async function stopTasks(jobId: string, { cluster }: Mount, tools: Tools): Promise<void> {
  const { taskArns = [] } = await tools.call('ecs:ListTasks', {
    cluster,
    family: familyOf(jobId),
    desiredStatus: 'RUNNING',
  });
  for (const task of taskArns)
    await orDone(tools.call('ecs:StopTask', { cluster, task, reason: 'the restore test ended' }));
}

/** First those that can be run; what is registered meanwhile is found by the next sweep. */
async function deleteDefinitions(jobId: string, tools: Tools): Promise<void> {
  const familyPrefix = familyOf(jobId);
  const active = await tools.call('ecs:ListTaskDefinitions', { familyPrefix, status: 'ACTIVE' });
  for (const taskDefinition of active.taskDefinitionArns ?? [])
    await orDone(tools.call('ecs:DeregisterTaskDefinition', { taskDefinition }));
  const inactive = await tools.call('ecs:ListTaskDefinitions', { familyPrefix, status: 'INACTIVE' });
  const taskDefinitions = (inactive.taskDefinitionArns ?? []).slice(0, MAX_DELETED);
  if (taskDefinitions.length > 0) await tools.call('ecs:DeleteTaskDefinitions', { taskDefinitions });
}

/** Deletes the mount targets, and waits until they are gone. */
async function deleteAllTargets(restoredArn: string, tools: Tools, patience: number): Promise<void> {
  const until = Math.min(tools.now() + patience, tools.deadline - PAUSE);
  for (;;) {
    if ((await deleteTargets(restoredArn, tools)) === 0) return;
    if (tools.now() >= until) throw new Error('mount targets are not gone yet');
    await tools.sleep(PAUSE);
  }
}

/** Returns how many mount targets are left, including those that are being deleted. */
async function deleteTargets(restoredArn: string, tools: Tools): Promise<number> {
  const FileSystemId = nameOfArn(restoredArn);
  const found = await orDone(tools.call('efs:DescribeMountTargets', { FileSystemId }));
  const targets = found?.MountTargets ?? [];
  for (const { MountTargetId, LifeCycleState } of targets)
    if (LifeCycleState !== 'deleting' && LifeCycleState !== 'deleted')
      // one that is still being created may have to be deleted again
      await orDone(tools.call('efs:DeleteMountTarget', { MountTargetId })).catch((error) =>
        tools.log(`${MountTargetId} is not deleted yet: ${describeError(error)}`),
      );
  return targets.length;
}

async function orDone<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (DONE.test(nameOfError(error))) return undefined;
    throw error;
  }
}
