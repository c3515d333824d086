import { NotYet } from '../../../src/handler/restore/aws-calls';
import type { Check, Subject } from '../../../src/handler/restore/check';
import type { RestoreJob } from '../../../src/handler/restore/evidence';
import {
  cleanUp,
  decide,
  isDecided,
  isTooLate,
  judgeSubject,
  validateJob,
} from '../../../src/handler/restore/validation';
import { awsError, FakeAws, settingsOf } from './fake-aws';

const TABLE = 'arn:aws:dynamodb:eu-west-1:111122223333:table/awsbackup-restore-test-1';
const SOURCE = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders';
const HOUR = 3_600_000;
const fails =
  (name: string, message = 'as AWS says') =>
  () => {
    throw awsError(name, message);
  };

let aws: FakeAws;
beforeEach(() => {
  aws = new FakeAws();
  for (const name of ['awsbackup-restore-test-1', 'orders'])
    aws.tables.set(name, { status: 'ACTIVE', keys: [['id', 'S']], items: [{ id: { S: 'a' } }] });
});
const CHECK: Check = { type: 'DynamoDB', level: 'restored' };
const jobOf = (more: Partial<RestoreJob> = {}) => aws.job('DynamoDB', TABLE, SOURCE, more);
const validate = (job: RestoreJob, checks = [CHECK]) =>
  validateJob(job.RestoreJobId as string, settingsOf(checks), aws.tools());

describe('a restore job', () => {
  test('is validated, and its result is sent and kept', async () => {
    const job = jobOf();
    expect(await validate(job)).toBe('SUCCESSFUL: the table is ACTIVE');
    expect(job.ValidationStatus).toBe('SUCCESSFUL');
    expect(aws.calls.map(({ name }) => name.split(':')[1])).toEqual([
      'DescribeRestoreJob',
      'DescribeTable',
      'PutRestoreValidationResult',
      'PutObject',
    ]);
  });

  test.each<[Partial<RestoreJob>, string, number]>([
    [{ CreatedBy: undefined }, 'not a test of this plan', 0],
    [{ Status: 'RUNNING' }, 'the restore is RUNNING', 0],
    [{ Status: 'FAILED', StatusMessage: 'no role' }, 'the restore ended with FAILED: no role', 1],
    [{ Status: 'ABORTED' }, 'the restore ended with ABORTED: no reason given', 1],
    [{ ValidationStatus: 'SUCCESSFUL', ValidationStatusMessage: 'fine' }, 'SUCCESSFUL already: fine', 1],
    [{ ValidationStatus: 'TIMED_OUT', ValidationStatusMessage: '' }, 'TIMED_OUT already: decided before', 1],
  ])('gets no result, and evidence only where it has ended: %j', async (more, done, kept) => {
    expect(await validate(jobOf(more))).toBe(done);
    expect(aws.kept.size).toBe(kept);
    expect(aws.calls.map(({ name }) => name)).not.toContain('backup:PutRestoreValidationResult');
  });

  test('is decided once it has a status other than VALIDATING', () => {
    const is = (ValidationStatus?: RestoreJob['ValidationStatus']) => isDecided(jobOf({ ValidationStatus }));
    expect([is(undefined), is('VALIDATING'), is('FAILED')]).toEqual([false, false, true]);
  });

  test('gets a result of at most 1,000 characters, and evidence of all', async () => {
    const job = jobOf();
    const reason = 'x'.repeat(1_001);
    const said = await decide(job, { verdict: 'FAILED', reason }, settingsOf([]), aws.tools());
    expect([said, job.ValidationStatusMessage, [...aws.kept.values()][0].reason]).toEqual([
      `FAILED: ${reason}`,
      'x'.repeat(1_000),
      reason,
    ]);
  });

  test.each(['InvalidRequestException', 'ConflictException', 'InvalidParameterValueException'])(
    'keeps a result that came first, after %s',
    async (name) => {
      const job = jobOf();
      aws.instead.set('backup:PutRestoreValidationResult', [
        () => {
          Object.assign(job, { ValidationStatus: 'FAILED', ValidationStatusMessage: 'first' });
          throw awsError(name);
        },
      ]);
      expect(await validate(job)).toBe('FAILED already: first');
    },
  );

  test.each(['InvalidRequestException', 'NoConflict'])(
    'fails with %s where there is no result',
    async (name) => {
      aws.instead.set('backup:PutRestoreValidationResult', [fails(name)]);
      await expect(validate(jobOf())).rejects.toThrow(awsError(name, 'as AWS says'));
      expect(aws.kept.size).toBe(0);
    },
  );
});

describe('what must be waited for', () => {
  const waiting = () => {
    aws.answers['dynamodb:DescribeTable'] = () => ({ Table: { TableStatus: 'CREATING' } });
  };

  test('is tried again after 20 seconds, as often as the function has time for', async () => {
    waiting();
    const job = jobOf();
    const tools = { ...aws.tools(), deadline: aws.now + 60_001 };
    await expect(validateJob(job.RestoreJobId as string, settingsOf([CHECK]), tools)).rejects.toThrow(
      new NotYet('the table is CREATING'),
    );
    expect([aws.slept, aws.logs]).toEqual([60_000, Array(3).fill('waiting: the table is CREATING')]);
    aws.slept = 0;
    const exact = { ...aws.tools(), deadline: aws.now + 60_000 };
    await expect(validateJob(job.RestoreJobId as string, settingsOf([CHECK]), exact)).rejects.toThrow(NotYet);
    expect(aws.slept).toBe(40_000);
  });

  test('fails half an hour before the validation window ends', async () => {
    const job = jobOf();
    const end = (job.CompletionDate as Date).getTime() + 4 * HOUR - HOUR / 2;
    const isLate = (now: number, each = job) =>
      isTooLate(each, settingsOf([]), { ...aws.tools(), now: () => now });
    expect([isLate(end - 1), isLate(end)]).toEqual([false, true]);
    expect(isLate(end, { ...job, CompletionDate: undefined })).toBe(false);
    waiting();
    aws.now = end - 20_000;
    expect(await validate(job)).toBe('FAILED: could not be validated in time: the table is CREATING');
    expect(aws.slept).toBe(20_000);
  });

  test('loses what the check created when its time is over, except at the level that creates nothing', async () => {
    aws.answers['rds:DeleteDBInstance'] = () => ({});
    const job = aws.job('Aurora', 'arn:aws:rds:r:1:cluster:a', 'arn:b');
    for (const [level, count] of [
      ['restored', 0],
      ['opens', 1],
    ] as const) {
      aws.calls.length = 0;
      await cleanUp(job, settingsOf([{ type: 'Aurora', level }]), aws.tools());
      expect(aws.calls.length).toBe(count);
    }
    aws.calls.length = 0;
    await cleanUp(job, settingsOf([]), aws.tools());
    expect(aws.calls).toEqual([]);
  });
});

describe('a verdict', () => {
  const SUBJECT: Subject = { jobId: 'job', type: 'DynamoDB', restoredArn: TABLE, sourceArn: SOURCE };
  const judge = async (check: Partial<Check> | Check[], subject: Partial<Subject> = {}) => {
    const checks = Array.isArray(check) ? check : [{ ...CHECK, ...check }];
    const { verdict, reason } = await judgeSubject({ ...SUBJECT, ...subject }, checks, aws.tools());
    return `${verdict}: ${reason}`;
  };

  test.each<[string, Check[], Partial<Subject>, string]>([
    ['no check', [], {}, `FAILED: no check is configured for DynamoDB ${SOURCE}`],
    ['no source', [], { sourceArn: undefined }, `FAILED: no check is configured for DynamoDB ${TABLE}`],
    [
      'a check of another type',
      [{ ...CHECK, type: 'S3' }],
      {},
      `FAILED: no check is configured for DynamoDB ${SOURCE}`,
    ],
    [
      'a check of another source',
      [{ ...CHECK, sources: ['arn:other'] }],
      {},
      `FAILED: no check is configured for DynamoDB ${SOURCE}`,
    ],
    [
      'a check of sources, and no source',
      [{ ...CHECK, sources: [SOURCE] }],
      { sourceArn: undefined },
      `FAILED: no check is configured for DynamoDB ${TABLE}`,
    ],
    [
      'a check of its source, after one of all',
      [
        { ...CHECK, level: 'counts', atLeast: 9 },
        { ...CHECK, sources: ['arn:other', SOURCE] },
      ],
      {},
      'SUCCESSFUL: the table is ACTIVE',
    ],
    [
      'no validator',
      [{ type: 'Timestream', level: 'restored' }],
      { type: 'Timestream' },
      'FAILED: restored: there is no validator for Timestream',
    ],
  ])('of a resource with %s', async (_, checks, subject, verdict) => {
    expect(await judge(checks, subject)).toBe(verdict);
  });

  test('has the steps up to the level of the check', async () => {
    const { steps } = await judgeSubject(SUBJECT, [{ ...CHECK, level: 'opens' }], aws.tools());
    expect(steps?.map(({ level }) => level)).toEqual(['restored', 'opens']);
    aws.answers['dynamodb:Scan'] = fails('AccessDenied', 'no');
    const failed = await judgeSubject(SUBJECT, [{ ...CHECK, level: 'opens' }], aws.tools());
    expect(failed).toEqual({
      verdict: 'FAILED',
      reason: 'could not be validated: AccessDenied: no',
      steps: [{ level: 'restored', ok: true, says: 'the table is ACTIVE' }],
    });
  });

  const SCANNED = { recoveryPointArn: 'arn:point', vaultName: 'gold' };
  const PLACE = { RecoveryPointArn: 'arn:point', BackupVaultName: 'gold' };
  test.each<[string, Partial<Subject>, object, string]>([
    ['unknown', { recoveryPointArn: 'arn:point' }, {}, 'FAILED: scan: the recovery point is not known'],
    ['in an unknown vault', { vaultName: 'gold' }, {}, 'FAILED: scan: the recovery point is not known'],
    ['never scanned', SCANNED, {}, 'FAILED: scan: no malware scan of the recovery point is complete'],
    [
      'not scanned completely',
      SCANNED,
      { ScanResults: [{}, { ScanJobState: 'NOT_COMPLETED', Findings: ['a'] }] },
      'FAILED: scan: no malware scan of the recovery point is complete',
    ],
    [
      'infected',
      SCANNED,
      { ScanResults: [{ ScanJobState: 'COMPLETED' }, { ScanJobState: 'COMPLETED', Findings: ['a'] }] },
      'FAILED: scan: a malware scan of the recovery point found threats',
    ],
    [
      'clean',
      SCANNED,
      {
        ScanResults: [{ ScanJobState: 'COMPLETED_WITH_ISSUES', Findings: [] }, { ScanJobState: 'COMPLETED' }],
      },
      'SUCCESSFUL: a malware scan of the recovery point found nothing; the table is ACTIVE',
    ],
  ])('of a resource whose recovery point is %s', async (_, subject, described, verdict) => {
    aws.answers['backup:DescribeRecoveryPoint'] = () => described;
    expect(await judge({ cleanScan: true }, subject)).toBe(verdict);
    if (subject === SCANNED) expect(aws.calls[0].input).toEqual(PLACE);
  });

  const answering = (text: string | undefined, more = {}) => {
    aws.answers['lambda:Invoke'] = () => ({
      ...(text !== undefined && { Payload: Buffer.from(text) }),
      ...more,
    });
    return judge({ functionArn: 'arn:function' });
  };
  const WRONG = 'FAILED: function: the function must return `{ valid, reason }`, got';
  test.each<[string | undefined, object, string]>([
    ['{"valid":true}', {}, 'SUCCESSFUL: the table is ACTIVE; valid'],
    ['{"valid":true,"reason":7}', {}, 'SUCCESSFUL: the table is ACTIVE; valid'],
    ['{"valid":false}', {}, 'FAILED: function: not valid'],
    ['{"valid":false,"reason":"off by 3"}', {}, 'FAILED: function: off by 3'],
    ['{"valid":"true"}', {}, `${WRONG} {"valid":"true"}`],
    ['null', {}, `${WRONG} null`],
    ['no JSON', {}, `${WRONG} no JSON`],
    [undefined, {}, `${WRONG} nothing`],
    ['x'.repeat(101), {}, `${WRONG} ${'x'.repeat(100)}`],
    [
      'x'.repeat(301),
      { FunctionError: 'Unhandled' },
      `FAILED: function: the function failed: ${'x'.repeat(300)}`,
    ],
    [undefined, { FunctionError: 'Unhandled' }, 'FAILED: function: the function failed: '],
  ])('of a function of yours that answers %j, with %j', async (text, more, verdict) => {
    expect(await answering(text, more)).toBe(verdict);
    expect(aws.calls.at(-1)?.input).toEqual({
      FunctionName: 'arn:function',
      InvocationType: 'RequestResponse',
      Payload: JSON.stringify(SUBJECT),
    });
  });

  test('of a function of yours knows all about a job', async () => {
    aws.answers['lambda:Invoke'] = () => ({ Payload: Buffer.from('{"valid":true}') });
    const job = jobOf();
    await validate(job, [{ ...CHECK, functionArn: 'arn:function' }]);
    const input = aws.calls.find(({ name }) => name === 'lambda:Invoke')?.input;
    expect(JSON.parse(input?.Payload as string)).toEqual({
      jobId: 'job-1',
      type: 'DynamoDB',
      restoredArn: TABLE,
      sourceArn: SOURCE,
      recoveryPointArn: job.RecoveryPointArn,
      vaultName: 'gold',
      recoveryPointCreated: job.RecoveryPointCreationDate?.toISOString(),
    });
  });

  test('of a job of which nothing is known says that', async () => {
    const job = jobOf({
      ResourceType: undefined,
      CreatedResourceArn: undefined,
      SourceResourceArn: undefined,
      BackupVaultArn: undefined,
    });
    expect(await validate(job)).toBe('FAILED: no check is configured for  ');
  });
});
