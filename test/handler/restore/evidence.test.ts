import {
  keepEvidence,
  type Outcome,
  type RestoreJob,
  type Targets,
} from '../../../src/handler/restore/evidence';
import { deleteLeftover } from '../../../src/handler/restore/leftovers';
import { awsError, FakeAws } from './fake-aws';

let aws: FakeAws;
beforeEach(() => {
  aws = new FakeAws();
});

describe('evidence', () => {
  const TARGETS: Targets = { restoreTestingPlan: 'weekly', bucket: 'evidence' };
  const OUTCOME: Outcome = { verdict: 'SUCCESSFUL', reason: 'all is there' };
  const keep = async (
    job: Partial<RestoreJob>,
    outcome: Partial<Outcome> = {},
    targets: Partial<Targets> = {},
  ) => {
    const whole = aws.job('S3', 'arn:restored', 'arn:source', job);
    const isNew = await keepEvidence(
      whole,
      { ...OUTCOME, ...outcome },
      { ...TARGETS, ...targets },
      aws.tools(),
    );
    const [[key, record]] = [...aws.kept].slice(-1);
    return { isNew, key, record, metrics: JSON.parse(aws.logs.at(-1) ?? 'null'), job: whole };
  };

  test('is written as a document that nothing replaces, and as metrics', async () => {
    const { isNew, key, record, metrics } = await keep({});
    expect([isNew, key]).toEqual([true, 'weekly/2026/11/29/job-1.json']);
    const { Body, ...put } = aws.calls[0].input;
    expect(put).toEqual({ Bucket: 'evidence', Key: key, ContentType: 'application/json', IfNoneMatch: '*' });
    expect(Body).toBe(`${JSON.stringify(record, undefined, 2)}\n`);
    expect(record).toMatchObject({ version: 1, reason: 'all is there', steps: [] });
    expect(metrics).toEqual({
      _aws: {
        Timestamp: aws.now,
        CloudWatchMetrics: [
          {
            Namespace: 'CdkBackupConstructs/RestoreTests',
            Dimensions: [['RestoreTestingPlan'], ['RestoreTestingPlan', 'ResourceType']],
            Metrics: [
              { Name: 'Failed', Unit: 'Count' },
              { Name: 'TargetMissed', Unit: 'Count' },
              { Name: 'RecoveryTime', Unit: 'Seconds' },
              { Name: 'RecoveryPointAge', Unit: 'Seconds' },
            ],
          },
        ],
      },
      RestoreTestingPlan: 'weekly',
      ResourceType: 'S3',
      Failed: 0,
      TargetMissed: 0,
      RecoveryTime: 3_600,
      RecoveryPointAge: 79_200,
      restoreJobId: 'job-1',
      verdict: 'SUCCESSFUL',
      reason: 'all is there',
    });
  });

  test('of a job without times and type measures nothing', async () => {
    const { key, record, metrics } = await keep(
      { CreationDate: undefined, CompletionDate: undefined, ResourceType: undefined },
      {},
      { restoreMinutes: 1, ageMinutes: 1 },
    );
    expect(key).toBe('weekly/2026/11/29/job-1.json');
    expect([record.recoveryTime, record.recoveryPointAge]).toEqual([
      { targetSeconds: 60 },
      { targetSeconds: 60 },
    ]);
    expect(metrics._aws.CloudWatchMetrics[0].Metrics).toEqual([
      { Name: 'Failed', Unit: 'Count' },
      { Name: 'TargetMissed', Unit: 'Count' },
    ]);
    expect([metrics.ResourceType, metrics.TargetMissed]).toEqual(['unknown', 0]);
  });

  test.each<[Outcome['verdict'], string, number]>([
    ['SUCCESSFUL', '', 0],
    ['FAILED', '', 1],
    ['TIMED_OUT', '', 1],
    ['RESTORE_FAILED', '', 1],
    ['NOT_FINISHED', 'not-finished-', 1],
    ['NOT_DELETED', 'not-deleted-', 1],
  ])(
    'of the verdict %s has a name of its own where the job can have two, and counts as failed or not',
    async (verdict, prefix, failed) => {
      const { key, metrics } = await keep({}, { verdict });
      expect([key, metrics.Failed]).toEqual([`weekly/2026/11/29/${prefix}job-1.json`, failed]);
    },
  );

  test.each<[Partial<Targets>, boolean | undefined, boolean | undefined, number]>([
    [{ restoreMinutes: 60, ageMinutes: 22 * 60 }, true, true, 0],
    [{ restoreMinutes: 59 }, false, undefined, 1],
    [{ ageMinutes: 22 * 60 - 1 }, undefined, false, 1],
    [{}, undefined, undefined, 0],
  ])('is measured against its targets: %j', async (targets, isFast, isYoung, missed) => {
    const { record, metrics } = await keep({}, {}, targets);
    expect([record.recoveryTime, record.recoveryPointAge, metrics.TargetMissed]).toEqual([
      expect.objectContaining({ seconds: 3_600, ...(isFast !== undefined && { isMet: isFast }) }),
      expect.objectContaining({ seconds: 79_200, ...(isYoung !== undefined && { isMet: isYoung }) }),
      missed,
    ]);
    for (const [measured, isMet] of [
      [record.recoveryTime, isFast],
      [record.recoveryPointAge, isYoung],
    ])
      expect((measured as { isMet?: boolean }).isMet).toBe(isMet);
  });

  test('that is there already stays, without metrics', async () => {
    const { job } = await keep({});
    aws.logs.length = 0;
    expect(await keepEvidence(job, { ...OUTCOME, reason: 'other' }, TARGETS, aws.tools())).toBe(false);
    expect([aws.logs, aws.kept.size]).toEqual([[], 1]);
  });
});

describe('what a test left', () => {
  const RDS = 'arn:aws:rds:eu-west-1:111122223333';
  const remove = (
    type: string | undefined,
    restored: string | undefined,
    source: string | undefined = 'arn:source',
  ) =>
    deleteLeftover(
      { CreatedResourceArn: restored, SourceResourceArn: source, ResourceType: type } as RestoreJob,
      aws.tools(),
    );
  const NAME = 'awsbackup-restore-test-1';
  const cluster = { DBClusterIdentifier: NAME, SkipFinalSnapshot: true };

  test.each<[string, string, string, object]>([
    ['Aurora', `${RDS}:cluster:${NAME}`, 'rds:DeleteDBCluster', cluster],
    ['DocumentDB', `${RDS}:cluster:${NAME}`, 'rds:DeleteDBCluster', cluster],
    ['Neptune', `${RDS}:cluster:${NAME}`, 'rds:DeleteDBCluster', cluster],
    ['RDS', `${RDS}:cluster:${NAME}`, 'rds:DeleteDBCluster', cluster],
    [
      'RDS',
      `${RDS}:db:${NAME}`,
      'rds:DeleteDBInstance',
      { DBInstanceIdentifier: NAME, SkipFinalSnapshot: true, DeleteAutomatedBackups: true },
    ],
    [
      'DynamoDB',
      'arn:aws:dynamodb:r:1:table/AwsBackup-Restore-Test-1',
      'dynamodb:DeleteTable',
      { TableName: 'AwsBackup-Restore-Test-1' },
    ],
    ['EBS', 'arn:aws:ec2:r:1:volume/vol-1', 'ec2:DeleteVolume', { VolumeId: 'vol-1' }],
    ['EC2', 'arn:aws:ec2:r:1:instance/i-1', 'ec2:TerminateInstances', { InstanceIds: ['i-1'] }],
    [
      'EFS',
      'arn:aws:elasticfilesystem:r:1:file-system/fs-1',
      'efs:DeleteFileSystem',
      { FileSystemId: 'fs-1' },
    ],
    [
      'FSx',
      'arn:aws:fsx:r:1:volume/fs-1/fsvol-1',
      'fsx:DeleteVolume',
      { VolumeId: 'fsvol-1', OntapConfiguration: { SkipFinalBackup: true } },
    ],
  ])('of %s, %s, is deleted', async (type, restored, name, input) => {
    aws.answers[name as 'ec2:DeleteVolume'] = () => ({});
    expect(await remove(type, restored)).toBe('deleted');
    expect(aws.calls).toMatchObject([{ name, input }]);
    expect(aws.calls[0].input).toEqual(input);
  });

  test.each<[string | undefined, object]>([
    ['LUSTRE', {}],
    [undefined, {}],
    ['WINDOWS', { WindowsConfiguration: { SkipFinalBackup: true } }],
    [
      'OPENZFS',
      {
        OpenZFSConfiguration: {
          SkipFinalBackup: true,
          Options: ['DELETE_CHILD_VOLUMES_AND_SNAPSHOTS'],
        },
      },
    ],
  ])('of FSx is deleted without a final backup: %s', async (FileSystemType, configuration) => {
    aws.answers['fsx:DescribeFileSystems'] = () => ({ FileSystems: [{ FileSystemType }] });
    aws.answers['fsx:DeleteFileSystem'] = () => ({});
    expect(await remove('FSx', 'arn:aws:fsx:r:1:file-system/fs-1')).toBe('deleted');
    expect(aws.calls.map(({ name, input }) => [name, input])).toEqual([
      ['fsx:DescribeFileSystems', { FileSystemIds: ['fs-1'] }],
      ['fsx:DeleteFileSystem', { FileSystemId: 'fs-1', ...configuration }],
    ]);
  });

  test.each(['Aurora', 'DocumentDB', 'DynamoDB', 'Neptune', 'RDS'])(
    'of %s stays if it has another name',
    async (type) => {
      for (const name of ['orders', `my-${NAME}`, 'awsbackup-restore-tests'])
        expect(await remove(type, `${RDS}:db:${name}`)).toBe(
          'not deleted, since its name is not that of a restore test',
        );
      expect(aws.calls).toEqual([]);
    },
  );

  test('is not deleted where it may be the source, or nothing is known of it', async () => {
    const may = 'not deleted, since it may be the source';
    const volume = 'arn:aws:ec2:r:1:volume/vol-1';
    expect([await remove('EBS', volume, volume), await remove('EBS', '')]).toEqual([
      may,
      'nothing is known to delete',
    ]);
    expect(
      await deleteLeftover({ CreatedResourceArn: volume, ResourceType: 'EBS' } as RestoreJob, aws.tools()),
    ).toBe(may);
    expect(await remove('EBS', undefined)).toBe('nothing is known to delete');
    const byHand = 'delete it by hand: a bucket must be empty first';
    expect([await remove('S3', 'arn:aws:s3:::a'), await remove(undefined, 'arn:aws:s3:::a')]).toEqual([
      byHand,
      byHand,
    ]);
    expect(aws.calls).toEqual([]);
  });

  test('says why it can not be deleted', async () => {
    aws.answers['ec2:DeleteVolume'] = () => {
      throw awsError('VolumeInUse', 'in use');
    };
    expect(await remove('EBS', 'arn:aws:ec2:r:1:volume/vol-1')).toBe('not deleted: VolumeInUse: in use');
  });
});
