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
