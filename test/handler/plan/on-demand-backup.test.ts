import { onDemandBackup } from '../../../src/handler/plan/on-demand-backup';
import { FakeJobs } from '../support/fake-jobs';
import { Faults } from '../support/fakes';
import { answeredInCalls, awsError, request } from '../support/requests';
import { VirtualRuntime } from '../support/virtual-runtime';

const BACKUP = {
  vaultName: 'gold',
  resourceArn: 'arn:aws:s3:::orders',
  roleArn: 'arn:aws:iam::111122223333:role/r',
  deleteAfterDays: '35',
  timeoutMinutes: '40',
};

/** AWS with one kind of jobs, and requests to it. */
function place(minutes = 5, end?: ConstructorParameters<typeof FakeJobs>[3]) {
  const runtime = new VirtualRuntime();
  const jobs = new FakeJobs(() => runtime.now(), new Faults(), minutes, end);
  const operation = onDemandBackup(jobs);
  const tell = (type: string, properties: unknown, more: Record<string, unknown> = {}) => {
    runtime.sent.length = 0;
    return answeredInCalls(operation, request(type, properties, more), runtime);
  };
  return { runtime, jobs, tell };
}

describe('a backup in a deployment', () => {
  test('is started once, waited for, and tells the ARN of the recovery point', async () => {
    const { jobs, tell } = place();
    expect(await tell('Create', { ...BACKUP, options: { WindowsVSS: 'enabled' } })).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: 'backup-job:job-1|arn:aws:backup:::job-1',
      Data: { JobId: 'job-1', RecoveryPointArn: 'arn:aws:backup:::job-1', State: 'COMPLETED', Message: '' },
    });
    expect(jobs.inputs).toEqual([
      {
        BackupVaultName: 'gold',
        ResourceArn: 'arn:aws:s3:::orders',
        IamRoleArn: 'arn:aws:iam::111122223333:role/r',
        IdempotencyToken: 'request-1',
        LogicallyAirGappedBackupVaultArn: undefined,
        Lifecycle: { DeleteAfterDays: 35 },
        BackupOptions: { WindowsVSS: 'enabled' },
      },
    ]);
  });

  test('that takes longer than one call of the function goes on in the next, with the same job', async () => {
    const { jobs, tell, runtime } = place(35);
    expect(await tell('Create', BACKUP)).toMatchObject({ Status: 'SUCCESS' });
    expect(jobs.byToken.size).toBe(1);
    expect(runtime.lines).toContain('Create Custom::Thing Thing continues: backup job job-1 is RUNNING');
  });

  test('that takes longer than the time out fails the deployment, within three calls', async () => {
    const { tell } = place(120);
    expect(await tell('Create', BACKUP)).toMatchObject({
      Status: 'FAILED',
      Reason:
        'backup job job-1 has not ended after 40 minutes (RUNNING); it continues, but the deployment does not wait for it',
    });
  });

  test.each([
    ['FAILED', 'Access denied', 'backup job job-1 ended as FAILED: Access denied'],
    ['PARTIAL', undefined, 'backup job job-1 ended as PARTIAL'],
    ['ABORTED', undefined, 'backup job job-1 ended as ABORTED'],
    ['EXPIRED', undefined, 'backup job job-1 ended as EXPIRED'],
  ])('that ends as %s fails the deployment', async (State, StatusMessage, Reason) => {
    const { tell } = place(5, { State, StatusMessage });
    expect(await tell('Create', BACKUP)).toMatchObject({ Status: 'FAILED', Reason });
  });

  test('that fails only warns where that is said', async () => {
    const { tell, runtime } = place(5, { State: 'FAILED', StatusMessage: 'no' });
    expect(await tell('Create', { ...BACKUP, onlyWarns: 'true' })).toMatchObject({
      Status: 'SUCCESS',
      Data: {
        JobId: 'job-1',
        RecoveryPointArn: '',
        State: 'WARNING',
        Message: 'backup job job-1 ended as FAILED: no',
      },
    });
    expect(runtime.lines).toContain('WARNING: backup job job-1 ended as FAILED: no');
  });

  test('that can not be started only warns where that is said', async () => {
    const { jobs, tell } = place();
    jobs.faults.fault = { call: 0, error: awsError('ResourceNotFoundException', 'no vault'), times: 99 };
    expect(await tell('Create', { ...BACKUP, onlyWarns: 'true' })).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: '1a2b3c-Thing',
      Data: { JobId: '', State: 'WARNING', Message: 'ResourceNotFoundException: no vault' },
    });
  });

  test('is made again when its trigger changes, and then only', async () => {
    const { jobs, tell } = place();
    const { PhysicalResourceId } = await tell('Create', { ...BACKUP, trigger: '1' });
    const update = (trigger: string, before: string, RequestId: string, properties = BACKUP) =>
      tell(
        'Update',
        { ...properties, trigger },
        { RequestId, PhysicalResourceId, OldResourceProperties: { ...BACKUP, trigger: before } },
      );
    expect(await update('1', '1', 'request-2', { ...BACKUP, deleteAfterDays: '7' })).toMatchObject({
      PhysicalResourceId,
      Data: { JobId: 'job-1', RecoveryPointArn: 'arn:aws:backup:::job-1', State: 'COMPLETED' },
    });
    expect(jobs.byToken.size).toBe(1);
    expect(await update('2', '1', 'request-3')).toMatchObject({
      PhysicalResourceId: 'backup-job:job-2|arn:aws:backup:::job-2',
      Data: { RecoveryPointArn: 'arn:aws:backup:::job-2' },
    });
  });

  test('that was never made is told as such by an update without a new trigger', async () => {
    const { tell } = place();
    expect(
      await tell('Update', BACKUP, { PhysicalResourceId: 'Thing', OldResourceProperties: BACKUP }),
    ).toMatchObject({ Data: { State: 'WARNING', Message: 'no backup was created', RecoveryPointArn: '' } });
  });

  test('waits for a role that was made seconds ago', async () => {
    const { jobs, tell } = place();
    const words = 'IAM Role arn:aws:iam::111122223333:role/r cannot be assumed by AWS Backup';
    jobs.faults.fault = { call: 0, error: awsError('InvalidParameterValueException', words), times: 3 };
    expect(await tell('Create', BACKUP)).toMatchObject({ Status: 'SUCCESS' });
  });

  test.each<[string, object, object]>([
    ['nothing', { deleteAfterDays: undefined }, {}],
    [
      'cold storage',
      { coldStorageAfterDays: '30' },
      { Lifecycle: { DeleteAfterDays: 35, MoveToColdStorageAfterDays: 30 } },
    ],
    [
      'the archive',
      { archives: 'true' },
      { Lifecycle: { DeleteAfterDays: 35, OptInToArchiveForSupportedResources: true } },
    ],
    ['no archive', { archives: 'false' }, { Lifecycle: { DeleteAfterDays: 35 } }],
    [
      'an air-gapped vault',
      { airGappedVaultArn: 'arn:vault' },
      { LogicallyAirGappedBackupVaultArn: 'arn:vault', Lifecycle: { DeleteAfterDays: 35 } },
    ],
  ])('has the lifecycle, the vault and the options of its properties: %s', async (_, properties, input) => {
    const { jobs, tell } = place();
    await tell('Create', { ...BACKUP, ...properties });
    expect(JSON.parse(JSON.stringify(jobs.inputs))).toEqual([
      {
        BackupVaultName: 'gold',
        ResourceArn: 'arn:aws:s3:::orders',
        IamRoleArn: 'arn:aws:iam::111122223333:role/r',
        IdempotencyToken: 'request-1',
        ...input,
      },
    ]);
  });

  test.each([
    ['40', 39.9, 'SUCCESS'],
    ['40', 41, 'FAILED'],
    [undefined, 29.9, 'SUCCESS'],
    [undefined, 31, 'FAILED'],
  ])(
    'is waited for as long as `timeoutMinutes` says (%s), or half an hour',
    async (timeoutMinutes, minutes, Status) => {
      const { tell } = place(minutes);
      expect(await tell('Create', { ...BACKUP, timeoutMinutes })).toMatchObject({ Status });
    },
  );

  test('that takes too long only warns if the resource asks for that, with the id of the job', async () => {
    const { tell } = place(120);
    expect(await tell('Create', { ...BACKUP, onlyWarns: 'true' })).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: 'backup-job:job-1|',
      Data: { JobId: 'job-1', RecoveryPointArn: '', State: 'WARNING' },
    });
  });

  test.each<[string, Error | undefined, string | undefined]>([
    ['is not shown yet', awsError('ResourceNotFoundException'), undefined],
    [
      'can not be read for a while',
      awsError('InvalidParameterValueException', 'odd'),
      "can't read the job: InvalidParameterValueException: odd",
    ],
    ['is slow to be read', awsError('ThrottlingException', 'slow'), undefined],
  ])('whose job %s is asked for again', async (_, error, line) => {
    const { jobs, tell, runtime } = place(5);
    const { describeBackupJob } = jobs;
    let calls = 0;
    jobs.describeBackupJob = async (input) => {
      if (calls++ < 3 && error) throw error;
      return describeBackupJob(input);
    };
    expect(await tell('Create', BACKUP)).toMatchObject({ Status: 'SUCCESS', Data: { JobId: 'job-1' } });
    expect(runtime.lines.filter((each) => each.startsWith("can't read"))).toEqual(
      line ? [line, line, line] : [],
    );
    expect(runtime.now()).toBeLessThan(6 * 60_000);
  });

  test('whose job can not be read is asked for in short polls, each with a line in the log', async () => {
    const { jobs, tell, runtime } = place(5);
    jobs.describeBackupJob = () => Promise.reject(awsError('ThrottlingException', 'slow'));
    expect(await tell('Create', { ...BACKUP, timeoutMinutes: '10' })).toMatchObject({ Status: 'FAILED' });
    const lines = runtime.lines.filter((line) => line.startsWith("can't read the job: ThrottlingException"));
    expect(lines.length).toBeGreaterThan(25);
  });

  test('whose job is never shown is not waited for without end', async () => {
    const { jobs, tell } = place(5);
    jobs.describeBackupJob = () => Promise.reject(awsError('ResourceNotFoundException'));
    expect(await tell('Create', { ...BACKUP, timeoutMinutes: '5' })).toMatchObject({
      Reason:
        'backup job job-1 has not ended after 5 minutes (not visible yet); it continues, but the deployment does not wait for it',
    });
  });

  test('whose job may not be read fails the deployment', async () => {
    const { jobs, tell } = place(5);
    jobs.describeBackupJob = () => Promise.reject(awsError('AccessDeniedException', 'no'));
    expect(await tell('Create', BACKUP)).toMatchObject({
      Status: 'FAILED',
      Reason:
        'AccessDeniedException: no; look for a service control policy or a permissions boundary that denies it',
    });
  });

  test('that AWS Backup starts without an id is an error', async () => {
    const { jobs, tell } = place(5);
    jobs.startBackupJob = async () => ({});
    expect(await tell('Create', BACKUP)).toMatchObject({
      Reason: 'AWS Backup started a job but returned no id',
    });
  });

  const ASSUMED = 'IAM Role arn:aws:iam::111122223333:role/r cannot be assumed by AWS Backup';
  test.each<[string, string, string, boolean]>([
    ['can not be assumed yet', 'InvalidParameterValueException', ASSUMED, true],
    ['is not authorized yet', 'InvalidParameterValueException', 'Role is not authorized', true],
    ['is not authorised yet', 'InvalidParameterValueException', 'role is not authorised', true],
    ['is malformed', 'InvalidParameterValueException', 'Role has a wrong format', false],
    ['is not what the words are about', 'InvalidParameterValueException', 'vault is not authorized', false],
    ['has another error', 'InvalidRequestException', ASSUMED, false],
  ])('is started again where its role %s, for a minute', async (_, name, words, succeeds) => {
    const { jobs, tell } = place();
    const { startBackupJob } = jobs;
    let calls = 0;
    jobs.startBackupJob = (input) =>
      calls++ < 2 ? Promise.reject(awsError(name, words)) : startBackupJob(input);
    expect(await tell('Create', BACKUP)).toMatchObject({ Status: succeeds ? 'SUCCESS' : 'FAILED' });
    const late = place();
    late.jobs.startBackupJob = () => Promise.reject(awsError(name, words));
    expect(await late.tell('Create', BACKUP)).toMatchObject({ Status: 'FAILED' });
    expect(late.runtime.now()).toBeLessThan(90_000);
    expect(late.runtime.now() > 50_000).toBe(succeeds);
  });

  test.each([
    [
      'backup-job:job-7|arn:aws:backup:::p|q',
      { JobId: 'job-7', RecoveryPointArn: 'arn:aws:backup:::p|q', State: 'COMPLETED', Message: '' },
    ],
    [
      'backup-job:job-7|',
      { JobId: 'job-7', RecoveryPointArn: '', State: 'WARNING', Message: 'no backup was created' },
    ],
    [
      'a backup-job:job-7|arn',
      { JobId: '', RecoveryPointArn: '', State: 'WARNING', Message: 'no backup was created' },
    ],
    [undefined, { JobId: '', RecoveryPointArn: '', State: 'WARNING', Message: 'no backup was created' }],
  ])('of before is what the physical id says: %s', async (PhysicalResourceId, Data) => {
    const { tell } = place();
    const more = { PhysicalResourceId, OldResourceProperties: BACKUP };
    expect(await tell('Update', BACKUP, more)).toMatchObject({ Data });
  });

  test('that is deleted stays, and nothing is called', async () => {
    const { jobs, tell } = place();
    expect(await tell('Delete', BACKUP)).toMatchObject({ Status: 'SUCCESS' });
    expect(jobs.faults.calls).toBe(0);
  });

  test.each([
    [{ ...BACKUP, vaultName: undefined }, 'the property `vaultName` is missing'],
    [{ ...BACKUP, deleteAfterDays: 'ten' }, 'the property `deleteAfterDays` must be a whole number'],
    [{ ...BACKUP, options: ['a'] }, 'the property `options` must be a map of strings'],
    [{ ...BACKUP, onlyWarns: 'perhaps' }, 'the property `onlyWarns` must be true or false'],
  ])('with malformed properties fails clearly, and starts nothing', async (properties, Reason) => {
    const { jobs, tell } = place();
    expect(await tell('Create', properties)).toMatchObject({ Status: 'FAILED', Reason });
    expect(jobs.faults.calls).toBe(0);
  });
});
