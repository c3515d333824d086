import { NotYet } from '../../../src/handler/restore/aws-calls';
import { checkEfs, checkFsx } from '../../../src/handler/restore/file-system-check';
import { awsError, FakeAws } from './fake-aws';
import { sayings } from './run-check';

let aws: FakeAws;
beforeEach(() => {
  aws = new FakeAws();
});

describe('a restored EFS file system', () => {
  const ARN = 'arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system';
  let systems: Record<string, object>;
  beforeEach(() => {
    systems = { 'fs-1': sized(1_000), 'fs-2': sized(1_000) };
    aws.answers['efs:DescribeFileSystems'] = (({ FileSystemId: id }: { FileSystemId: string }) => {
      if (!systems[id]) throw awsError('FileSystemNotFound');
      return { FileSystems: [systems[id]] };
    }) as never;
  });
  const sized = (Value: number, minutes?: number) => ({
    LifeCycleState: 'available',
    SizeInBytes: { Value, ...(minutes !== undefined && { Timestamp: new Date(aws.now - minutes * 60_000) }) },
  });
  const run = (check = {}, sourceArn: string | undefined = `${ARN}/fs-1`) =>
    sayings(checkEfs, { restoredArn: `${ARN}/fs-2`, sourceArn }, aws, check);
  const OPEN = ['restored: the file system is available', 'opens: the file system can be described'];

  test('holds as much as its source, or the share that it must', async () => {
    expect(await run()).toEqual([...OPEN, 'counts: 1000 bytes, the source has 1000']);
    systems['fs-2'] = sized(900);
    expect((await run()).at(-1)).toBe('counts: 900 bytes, the source has 1000');
    systems['fs-2'] = sized(899, 59);
    expect((await run()).at(-1)).toBe('counts failed: 899 bytes, expected at least 900, the source has 1000');
    expect((await run({ share: 0.8 })).at(-1)).toBe('counts: 899 bytes, the source has 1000');
    expect((await run({ atLeast: 950 })).at(-1)).toBe(
      'counts failed: 899 bytes, expected at least 950, the source has 1000',
    );
  });

  test.each([
    ['gone', `${ARN}/fs-9`],
    ['unknown', undefined],
  ])('holds at least one byte where its source is %s', async (_, sourceArn) => {
    const alone = () => sayings(checkEfs, { restoredArn: `${ARN}/fs-2`, sourceArn }, aws);
    systems['fs-2'] = sized(1);
    expect((await alone()).at(-1)).toBe('counts: 1 bytes');
    systems['fs-2'] = sized(0, 1);
    expect((await alone()).at(-1)).toBe('counts failed: 0 bytes, expected at least 1');
    systems['fs-2'] = { LifeCycleState: 'available' };
    await expect(alone()).rejects.toThrow(new NotYet('0 bytes measured, expected at least 1'));
  });

  test('is measured again where its size is an hour old, or has no time', async () => {
    for (const minutes of [60, undefined]) {
      systems['fs-2'] = sized(6, minutes);
      await expect(run()).rejects.toThrow(
        new NotYet('6 bytes measured, expected at least 900, the source has 1000'),
      );
    }
  });

  test.each<[object | undefined, string[]]>([
    [undefined, ['restored failed: the file system is not there, expected available']],
    [{}, ['restored failed: the file system is not there, expected available']],
    [{ LifeCycleState: 'error' }, ['restored failed: the file system is error, expected available']],
  ])('fails in another state: %j', async (system, said) => {
    systems['fs-2'] = system as object;
    expect(await run()).toEqual(said);
    aws.answers['efs:DescribeFileSystems'] = () => ({});
    expect(await run()).toEqual(['restored failed: the file system is not there, expected available']);
  });

  test.each(['creating', 'updating'])('is waited for while it is %s', async (LifeCycleState) => {
    systems['fs-2'] = { LifeCycleState };
    await expect(run()).rejects.toThrow(new NotYet(`the file system is ${LifeCycleState}`));
  });

  test('is not validated if it may not be looked at', async () => {
    aws.answers['efs:DescribeFileSystems'] = () => {
      throw awsError('AccessDeniedException', 'no');
    };
    await expect(run()).rejects.toThrow(awsError('AccessDeniedException', 'no'));
  });
});

describe('a restored FSx', () => {
  const ARN = 'arn:aws:fsx:eu-west-1:111122223333';
  const VOLUME = `${ARN}:volume/fs-1/fsvol-2`;
  const run = (restoredArn: string) => sayings(checkFsx, { restoredArn }, aws);
  const answer = (system: object | undefined) => {
    aws.answers['fsx:DescribeFileSystems'] = () => (system ? { FileSystems: [system] } : {});
    aws.answers['fsx:DescribeVolumes'] = () => (system ? { Volumes: [system] } : {});
  };

  test.each<[string, object | undefined, string[]]>([
    [
      'AVAILABLE',
      { Lifecycle: 'AVAILABLE', StorageCapacity: 32 },
      ['restored: the file system is AVAILABLE', 'opens: the file system has a capacity of 32'],
    ],
    [
      'without capacity',
      { Lifecycle: 'AVAILABLE', StorageCapacity: 0 },
      ['restored: the file system is AVAILABLE', 'opens failed: the file system has no capacity'],
    ],
    [
      'of unknown capacity',
      { Lifecycle: 'AVAILABLE' },
      ['restored: the file system is AVAILABLE', 'opens: the file system has a capacity of unknown size'],
    ],
    ['FAILED', { Lifecycle: 'FAILED' }, ['restored failed: the file system is FAILED, expected AVAILABLE']],
    ['that is gone', undefined, ['restored failed: the file system is not there, expected AVAILABLE']],
  ])('file system %s', async (_, system, said) => {
    answer(system);
    expect(await run(`${ARN}:file-system/fs-2`)).toEqual(said);
    expect(aws.calls).toMatchObject([
      { name: 'fsx:DescribeFileSystems', input: { FileSystemIds: ['fs-2'] } },
    ]);
  });

  test.each<[string, object | undefined, string[]]>([
    [
      'CREATED',
      { Lifecycle: 'CREATED', OntapConfiguration: { SizeInMegabytes: 1_024 } },
      ['restored: the volume is CREATED', 'opens: the volume has a capacity of 1024'],
    ],
    [
      'of another kind',
      { Lifecycle: 'AVAILABLE' },
      ['restored: the volume is AVAILABLE', 'opens: the volume has a capacity of unknown size'],
    ],
    ['that is gone', undefined, ['restored failed: the volume is not there, expected AVAILABLE']],
  ])('volume %s', async (_, volume, said) => {
    answer(volume);
    expect(await run(VOLUME)).toEqual(said);
    expect(aws.calls).toMatchObject([{ name: 'fsx:DescribeVolumes', input: { VolumeIds: ['fsvol-2'] } }]);
  });

  test.each(['CREATING', 'PENDING', 'UPDATING'])('is waited for while it is %s', async (Lifecycle) => {
    answer({ Lifecycle });
    await expect(run(VOLUME)).rejects.toThrow(new NotYet(`the volume is ${Lifecycle}`));
    await expect(run(`${ARN}:file-system/fs-2`)).rejects.toThrow(
      new NotYet(`the file system is ${Lifecycle}`),
    );
  });
});
