import { NotYet, nameOfError, type Tools } from './aws-calls';
import { type Check, fail, nameOfArn, pass, type Step, type Subject } from './check';
import { checkMounted } from './mount/mounted-check';

/** A restored EFS file system: its state, and how much it holds; or what is in it, where it can be mounted. */
export async function* checkEfs(subject: Subject, check: Check, tools: Tools): AsyncGenerator<Step> {
  const restored = await efsOf(subject.restoredArn, tools);
  if (restored?.LifeCycleState === 'creating' || restored?.LifeCycleState === 'updating')
    throw new NotYet(`the file system is ${restored.LifeCycleState}`);
  if (restored?.LifeCycleState !== 'available')
    return yield fail(
      'restored',
      `the file system is ${restored?.LifeCycleState ?? 'not there'}, expected available`,
    );
  yield pass('restored', 'the file system is available');

  const source = subject.sourceArn === undefined ? undefined : await efsOf(subject.sourceArn, tools);
  const theirs = source?.SizeInBytes?.Value;
  if (check.mount)
    return yield* checkMounted(
      subject,
      check,
      check.mount,
      { bytes: theirs, exists: source !== undefined },
      tools,
    );
  yield pass('opens', 'the file system can be described');

  // EFS measures within an hour, so a small size can be an old one
  const bytes = restored.SizeInBytes?.Value ?? 0;
  const { share = 0.9, atLeast = 1 } = check;
  const least = Math.max(atLeast, theirs === undefined ? 0 : Math.floor(theirs * share));
  const of = theirs === undefined ? '' : `, the source has ${theirs}`;
  if (bytes >= least) yield pass('counts', `${bytes} bytes${of}`);
  else if (isFresh(restored.SizeInBytes?.Timestamp, tools))
    yield fail('counts', `${bytes} bytes, expected at least ${least}${of}`);
  else throw new NotYet(`${bytes} bytes measured, expected at least ${least}${of}`);
}

/** Whether a size was measured within the last hour, after the restore. */
function isFresh(measured: Date | undefined, tools: Tools): boolean {
  return measured !== undefined && tools.now() - measured.getTime() < 3_600_000;
}

async function efsOf(arn: string, tools: Tools) {
  try {
    const found = await tools.call('efs:DescribeFileSystems', { FileSystemId: nameOfArn(arn) });
    return found.FileSystems?.[0];
  } catch (error) {
    if (nameOfError(error) === 'FileSystemNotFound') return undefined;
    throw error;
  }
}

/** A restored FSx file system or volume: its state, and its capacity. */
export async function* checkFsx(subject: Subject, _check: Check, tools: Tools): AsyncGenerator<Step> {
  const id = nameOfArn(subject.restoredArn);
  const isVolume = id.startsWith('fsvol-');
  const what = isVolume ? 'volume' : 'file system';
  const { state, size } = await (isVolume ? fsxVolume(id, tools) : fsxFileSystem(id, tools));
  if (state === 'CREATING' || state === 'PENDING' || state === 'UPDATING')
    throw new NotYet(`the ${what} is ${state}`);
  if (state !== 'AVAILABLE' && state !== 'CREATED')
    return yield fail('restored', `the ${what} is ${state ?? 'not there'}, expected AVAILABLE`);
  yield pass('restored', `the ${what} is ${state}`);
  yield size === 0
    ? fail('opens', `the ${what} has no capacity`)
    : pass('opens', `the ${what} has a capacity of ${size ?? 'unknown size'}`);
}

interface FsxState {
  readonly state?: string;
  readonly size?: number;
}

async function fsxFileSystem(id: string, tools: Tools): Promise<FsxState> {
  const found = await tools.call('fsx:DescribeFileSystems', { FileSystemIds: [id] });
  const [system] = found.FileSystems ?? [];
  return { state: system?.Lifecycle, size: system?.StorageCapacity };
}

async function fsxVolume(id: string, tools: Tools): Promise<FsxState> {
  const [volume] = (await tools.call('fsx:DescribeVolumes', { VolumeIds: [id] })).Volumes ?? [];
  return { state: volume?.Lifecycle, size: volume?.OntapConfiguration?.SizeInMegabytes };
}
