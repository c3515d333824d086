import { NotYet, nameOfError, type Tools } from './aws-calls';
import { type Check, fail, nameOfArn, pass, type Step, type Subject } from './check';

const COMMAND_SECONDS = 300;

/** A restored instance: its state, its status checks, and commands inside it. */
export async function* checkInstance(subject: Subject, check: Check, tools: Tools): AsyncGenerator<Step> {
  const id = nameOfArn(subject.restoredArn);
  const found = await tools.call('ec2:DescribeInstanceStatus', {
    InstanceIds: [id],
    IncludeAllInstances: true,
  });
  const [status] = found.InstanceStatuses ?? [];
  const state = status?.InstanceState?.Name;
  if (state === 'pending') throw new NotYet('the instance is pending');
  if (state !== 'running')
    return yield fail('restored', `the instance is ${state ?? 'not there'}, expected running`);
  yield pass('restored', 'the instance is running');

  const checks = [status.InstanceStatus?.Status, status.SystemStatus?.Status];
  if (checks.some((each) => each === 'initializing' || each === undefined))
    throw new NotYet('the status checks are initializing');
  if (checks.some((each) => each !== 'ok'))
    return yield fail('opens', `the status checks are ${checks.join(' and ')}, expected ok`);
  yield pass('opens', 'both status checks are ok');
  yield await runCommands(id, check.commands ?? [], tools);
}

/** Runs the commands with Systems Manager and waits for their exit codes. */
async function runCommands(id: string, commands: readonly string[], tools: Tools): Promise<Step> {
  const { Command } = await tools
    .call('ssm:SendCommand', {
      InstanceIds: [id],
      DocumentName: 'AWS-RunShellScript',
      Parameters: { commands: ['set -e', ...commands], executionTimeout: [String(COMMAND_SECONDS)] },
      Comment: 'Validates a restored instance',
    })
    .catch((error) => {
      // the instance registers with Systems Manager a while after it runs
      if (nameOfError(error) === 'InvalidInstanceId')
        throw new NotYet('the instance is not registered with Systems Manager');
      throw error;
    });
  const CommandId = Command?.CommandId as string;
  while (tools.now() < tools.deadline) {
    await tools.sleep(5_000);
    const result = await tools
      .call('ssm:GetCommandInvocation', { CommandId, InstanceId: id })
      .catch((error) => {
        if (nameOfError(error) === 'InvocationDoesNotExist') return undefined;
        throw error;
      });
    if (!result || ['Pending', 'InProgress', 'Delayed'].includes(result.Status as string)) continue;
    if (result.Status === 'Success') return pass('queries', `${commands.length} commands exited with 0`);
    const output = (result.StandardErrorContent || result.StandardOutputContent || '').trim().slice(0, 200);
    return fail(
      'queries',
      `the commands ended with ${result.Status}, exit code ${result.ResponseCode}${output ? `: ${output}` : ''}`,
    );
  }
  throw new NotYet('the commands are still running');
}

/** A restored volume: its state, its status, and its size. */
export async function* checkVolume(subject: Subject, _check: Check, tools: Tools): AsyncGenerator<Step> {
  const id = nameOfArn(subject.restoredArn);
  const [volume] = (await tools.call('ec2:DescribeVolumes', { VolumeIds: [id] })).Volumes ?? [];
  if (volume?.State === 'creating') throw new NotYet('the volume is creating');
  if (volume?.State !== 'available' && volume?.State !== 'in-use')
    return yield fail('restored', `the volume is ${volume?.State ?? 'not there'}, expected available`);
  yield pass('restored', `the volume is ${volume.State}`);

  const found = await tools.call('ec2:DescribeVolumeStatus', { VolumeIds: [id] });
  const status = found.VolumeStatuses?.[0]?.VolumeStatus?.Status;
  if (status === 'insufficient-data') throw new NotYet('the volume has no status yet');
  if (status !== 'ok' && status !== 'warning')
    return yield fail('opens', `the status of the volume is ${status ?? 'unknown'}, expected ok`);
  yield pass('opens', `the status of the volume is ${status}`);

  const size = await sourceSize(subject, tools);
  const own = volume.Size ?? 0;
  yield own < (size ?? 0)
    ? fail('counts', `${own} GiB, the source has ${size}`)
    : pass('counts', `${own} GiB${size === undefined ? '' : `, the source has ${size}`}`);
}

async function sourceSize({ sourceArn }: Subject, tools: Tools): Promise<number | undefined> {
  if (sourceArn === undefined) return undefined;
  try {
    const found = await tools.call('ec2:DescribeVolumes', { VolumeIds: [nameOfArn(sourceArn)] });
    return found.Volumes?.[0]?.Size;
  } catch (error) {
    if (nameOfError(error) === 'InvalidVolume.NotFound') return undefined;
    throw error;
  }
}
