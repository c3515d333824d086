import type { MountTargetDescription } from '@aws-sdk/client-efs';
import { describeError, NotYet, nameOfError, type Tools } from '../aws-calls';
import { type Check, compareCounts, fail, nameOfArn, pass, type Step, type Subject } from '../check';
import type { Task } from './container-calls';
import type { Mount } from './mount';
import { type Counted, readResult, type ScriptResult } from './mount-script';
import { definitionOf, familyOf, hasSource, markOf } from './mount-task';

/** How often a task is started: the name of a new mount target needs a while to spread. */
const MAX_STARTS = 3;
/** How long the log of a task that stopped can take to arrive. */
const LOG_DELAY = 120_000;
const DEFAULT_SHARE = 0.9;
const DEFAULT_SAMPLE_SHARE = 0.8;
/** A subnet in which the file system can't be mounted; another may do. */
const WRONG_SUBNET = /^(AvailabilityZonesMismatch|UnsupportedAvailabilityZone|NoFreeAddressesInSubnet)$/;

/** What else is known of the source. */
export interface Source {
  /** Its size as Amazon EFS measures it. */
  readonly bytes?: number;
  readonly exists: boolean;
}

/**
 * Mounts a restored file system in a task, and reads what the task found. Everything it knows it reads from AWS, so that it
 * goes on wherever an invocation ended: the result from the log, then the tasks, then the mount target. Throws `NotYet` until
 * the task is done. What it makes is deleted by `releaseMount`.
 */
export async function* checkMounted(
  subject: Subject,
  check: Check,
  mount: Mount,
  source: Source,
  tools: Tools,
): AsyncGenerator<Step> {
  if (subject.sourceArn === undefined || subject.sourceArn === subject.restoredArn)
    return yield fail('opens', 'not mounted, since the restored file system may be the source');
  const result =
    (await resultOf(subject, mount, tools)) ?? (await advance(subject, check, mount, source, tools));
  if (typeof result === 'string') return yield fail('opens', result);
  yield result.opens === undefined
    ? fail('opens', `the file system can not be listed: ${result.closed ?? 'no reason given'}`)
    : pass('opens', 'the file system can be mounted and listed');
  if (result.counted) yield countStep(result.counted, result, check, source);
  if (result.sampled) yield sampleStep(result, check);
  if (result.failed) {
    const { number, code, output } = result.failed;
    yield fail('queries', `command ${number} exited with ${code}${output ? `: ${output}` : ''}`);
  } else if (result.passed !== undefined) yield pass('queries', `${result.passed} commands exited with 0`);
}

/** The result in the log; undefined unless a task is done. It is there as long as the log is. */
async function resultOf({ jobId }: Subject, mount: Mount, tools: Tools): Promise<ScriptResult | undefined> {
  const lines: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await tools
      .call('logs:FilterLogEvents', {
        logGroupName: mount.logGroup,
        logStreamNamePrefix: `${jobId}/`,
        nextToken,
      })
      .catch((error) => {
        // before the first task, no log stream has the prefix
        if (nameOfError(error) === 'ResourceNotFoundException') return undefined;
        throw error;
      });
    lines.push(...(page?.events ?? []).map(({ message = '' }) => message));
    nextToken = page?.nextToken;
  } while (nextToken);
  return readResult(lines, markOf(jobId));
}

/** Does the next thing that is missing, and throws `NotYet`; returns why it can't go on. */
async function advance(
  subject: Subject,
  check: Check,
  mount: Mount,
  source: Source,
  tools: Tools,
): Promise<string> {
  const stopped = await tasksOf(subject, mount, 'STOPPED', tools);
  const ended = stopped.find(hasRun);
  if (ended) {
    if (ended.stoppedAt && tools.now() - ended.stoppedAt.getTime() < LOG_DELAY)
      throw new NotYet('the result of the task is not in the log yet');
    return `the task ended without a result: ${reasonOf(ended)}`;
  }
  if (stopped.length >= MAX_STARTS)
    return `the task did not start, ${stopped.length} times: ${reasonOf(stopped[0])}`;
  const [running] = await tasksOf(subject, mount, 'RUNNING', tools);
  if (running) throw new NotYet(`the task is ${running.lastStatus ?? 'starting'}`);

  const target = await targetOf(subject.restoredArn, mount, tools);
  if (typeof target === 'string') return target;
  const withSource = source.exists && hasSource(subject, mount);
  if (withSource) {
    const theirs = await targetsOf(subject.sourceArn as string, tools);
    const zone = target.AvailabilityZoneName;
    if (
      !theirs.some(
        ({ LifeCycleState: state, AvailabilityZoneName: at }) => state === 'available' && at === zone,
      )
    )
      return `the source has no mount target in ${zone}, where the restored file system is mounted`;
  }
  await startTask(subject, check, mount, { target, withSource, attempt: stopped.length }, tools);
  throw new NotYet('the task is starting');
}

function hasRun({ containers = [] }: Task): boolean {
  return containers.some(({ exitCode }) => exitCode !== undefined);
}

function reasonOf({ stoppedReason, containers = [] }: Task): string {
  const [container] = containers;
  const code = container?.exitCode === undefined ? [] : [`exit code ${container.exitCode}`];
  return [stoppedReason ?? 'no reason given', ...(container?.reason ? [container.reason] : []), ...code]
    .join(', ')
    .slice(0, 400);
}

async function tasksOf(
  { jobId }: Subject,
  { cluster }: Mount,
  desiredStatus: 'RUNNING' | 'STOPPED',
  tools: Tools,
): Promise<readonly Task[]> {
  const family = familyOf(jobId);
  const { taskArns = [] } = await tools.call('ecs:ListTasks', { cluster, family, desiredStatus });
  if (taskArns.length === 0) return [];
  return (await tools.call('ecs:DescribeTasks', { cluster, tasks: taskArns })).tasks ?? [];
}

async function targetsOf(arn: string, tools: Tools): Promise<MountTargetDescription[]> {
  return (await tools.call('efs:DescribeMountTargets', { FileSystemId: nameOfArn(arn) })).MountTargets ?? [];
}

/** The mount target of the restored file system, which has none at first; why it can't have one. */
async function targetOf(
  restoredArn: string,
  mount: Mount,
  tools: Tools,
): Promise<MountTargetDescription | string> {
  const [target] = await targetsOf(restoredArn, tools);
  if (target?.LifeCycleState === 'available') return target;
  if (target?.LifeCycleState === 'error') return 'the mount target is in the state error';
  if (target) throw new NotYet(`the mount target is ${target.LifeCycleState}`);
  let refused: unknown;
  for (const SubnetId of mount.subnets) {
    try {
      await tools.call('efs:CreateMountTarget', {
        FileSystemId: nameOfArn(restoredArn),
        SubnetId,
        SecurityGroups: [mount.securityGroup],
      });
      throw new NotYet('the mount target is being created');
    } catch (error) {
      if (nameOfError(error) === 'MountTargetConflict') throw new NotYet('the mount target is being created');
      if (!WRONG_SUBNET.test(nameOfError(error))) throw error;
      refused = error;
    }
  }
  return `the file system can not be mounted in any of the subnets: ${describeError(refused)}`;
}

/** What a task is started with. */
interface Start {
  readonly target: MountTargetDescription;
  readonly withSource: boolean;
  /** How many tasks did not start before it. */
  readonly attempt: number;
}

async function startTask(
  subject: Subject,
  check: Check,
  mount: Mount,
  { target, withSource, attempt }: Start,
  tools: Tools,
): Promise<void> {
  const { jobId } = subject;
  const existing = await tools.call('ecs:ListTaskDefinitions', {
    familyPrefix: familyOf(jobId),
    status: 'ACTIVE',
  });
  const taskDefinition =
    existing.taskDefinitionArns?.[0] ??
    (
      await tools.call(
        'ecs:RegisterTaskDefinition',
        definitionOf(subject, check, mount, withSource, tools.random()),
      )
    ).taskDefinition?.taskDefinitionArn;
  const { failures = [] } = await tools
    .call('ecs:RunTask', {
      cluster: mount.cluster,
      taskDefinition: taskDefinition as string,
      launchType: 'FARGATE',
      clientToken: `${jobId}-${attempt}`, // of two invocations at the same time, one starts a task
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: [target.SubnetId as string],
          securityGroups: [mount.securityGroup],
          assignPublicIp: mount.publicIp ? 'ENABLED' : 'DISABLED',
        },
      },
    })
    .catch((error) => {
      if (nameOfError(error) === 'ConflictException') return { failures: [] };
      throw error;
    });
  const [failure] = failures;
  if (failure) throw new NotYet(`the task can not be placed: ${failure.reason ?? failure.detail}`);
}

/** Files against the source, or bytes against its size where it isn't mounted. */
function countStep(counted: Counted, result: ScriptResult, check: Check, { bytes }: Source): Step {
  const unread = result.unread ?? (result.sourceunread && `of the source, ${result.sourceunread}`);
  if (unread) return fail('counts', `could not be read: ${unread}`);
  const { share = DEFAULT_SHARE, atLeast = 1, minimumFiles = 1 } = check;
  const files = compareCounts('files', counted.files, result.source?.files, {
    ...check,
    atLeast: minimumFiles,
  });
  if (!files.ok) return files;
  const least = Math.max(atLeast, Math.floor((result.source?.bytes ?? 0) * share));
  const of = result.source === undefined ? '' : `, the source has ${result.source.bytes}`;
  if (counted.bytes < least)
    return fail('counts', `${files.says}; ${counted.bytes} bytes, expected at least ${least}${of}`);
  const meteredLeast = Math.floor((bytes ?? 0) * share);
  if (result.source === undefined && counted.metered < meteredLeast)
    return fail(
      'counts',
      `${files.says}; ${counted.metered} bytes as EFS meters them, expected at least ${meteredLeast}, the source has ${bytes}`,
    );
  return pass('counts', `${files.says}; ${counted.bytes} bytes${of}`);
}

function sampleStep(
  { sampled, unsampled, source }: ScriptResult,
  { sampleShare = DEFAULT_SAMPLE_SHARE }: Check,
): Step {
  const { equal, different, alone, unread } = sampled as NonNullable<typeof sampled>;
  const read = `${equal + different + alone} files read`;
  if (unread > 0)
    return fail('samples', `${read}, ${unread} could not be read${unsampled ? `: ${unsampled}` : ''}`);
  const compared = equal + different;
  if (compared + alone === 0) return fail('samples', 'there are no files to read');
  if (compared === 0)
    return pass(
      'samples',
      `${read}, none compared: the source ${source ? 'has none of them' : 'is not mounted'}`,
    );
  const least = Math.ceil(compared * sampleShare);
  const says = `${read}, ${equal} of ${compared} equal to the source`;
  return equal >= least ? pass('samples', says) : fail('samples', `${says}, expected at least ${least}`);
}
