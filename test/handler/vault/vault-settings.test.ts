import fc from 'fast-check';
import { vaultSettings } from '../../../src/handler/vault/vault-settings';
import { answered, awsError, request } from '../support/requests';
import { vaultPlace as place } from '../support/vault-place';
import { VirtualRuntime } from '../support/virtual-runtime';

const policy = (sid: string) => ({
  Version: '2012-10-17',
  Statement: [
    { Sid: sid, Effect: 'Deny', Principal: '*', Action: ['backup:DeleteRecoveryPoint'], Resource: '*' },
  ],
});
const TOPIC = {
  topicArn: 'arn:aws:sns:eu-west-1:111122223333:t',
  events: ['COPY_JOB_FAILED', 'BACKUP_JOB_COMPLETED'],
};
const ALL = {
  vaultName: 'gold',
  lock: { minRetentionDays: '7', maxRetentionDays: '90' },
  accessPolicy: policy('Ours'),
  notifications: TOPIC,
};

describe('settings of a vault that exists already', () => {
  test('are set, and taken away again where there were none', async () => {
    const { vault, tell, look, parameters } = place();
    expect(await tell('Create', ALL)).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: 'gold',
      Data: { Changed: 'lock,accessPolicy,notifications', Drifted: '' },
    });
    expect(vault.lock).toEqual({ min: 7, max: 90, date: undefined });
    expect(JSON.parse(vault.policy ?? '')).toEqual(policy('Ours'));
    expect(vault.topic).toEqual({
      arn: TOPIC.topicArn,
      events: ['BACKUP_JOB_COMPLETED', 'COPY_JOB_FAILED'],
    });
    expect(await tell('Delete', ALL)).toMatchObject({
      Data: { Changed: 'lock,accessPolicy,notifications' },
    });
    expect(look()).toEqual({});
    expect(parameters.values.size).toBe(0);
  });

  test('are what they were before, afterwards, however long', async () => {
    const { vault, tell, look } = place();
    vault.lock = { min: 1 };
    vault.policy = JSON.stringify({ ...policy('Theirs'), Id: 'ü'.repeat(9_000) });
    vault.topic = { arn: 'arn:aws:sns:eu-west-1:111122223333:other', events: ['COPY_JOB_FAILED'] };
    const before = look();
    await tell('Create', ALL);
    expect(look()).not.toEqual(before);
    await tell('Delete', ALL);
    expect(look()).toEqual({ ...before, lock: { min: 1, max: undefined, date: undefined } });
  });

  test('that are not said are never read, let alone changed', async () => {
    const { faults, tell } = place();
    await tell('Create', { vaultName: 'gold', notifications: TOPIC });
    const touched = faults.names.filter((name) => /Policy|Lock/.test(name));
    expect(touched).toEqual([]);
  });

  test('that are not said any more are given back', async () => {
    const { vault, tell } = place();
    await tell('Create', ALL);
    await tell('Update', { vaultName: 'gold', notifications: TOPIC });
    expect(vault.lock).toBeUndefined();
    expect(vault.policy).toBeUndefined();
    expect(vault.topic).toBeDefined();
  });

  test('that somebody changed are told and set again by an update, and left by a deletion', async () => {
    const { vault, tell, runtime } = place();
    await tell('Create', ALL);
    vault.policy = JSON.stringify(policy('Others'));
    expect(await tell('Update', { ...ALL, trigger: '2' })).toMatchObject({
      Data: { Changed: 'accessPolicy', Drifted: 'accessPolicy' },
    });
    vault.policy = JSON.stringify(policy('Others'));
    await tell('Delete', ALL);
    expect(vault.policy).toBe(JSON.stringify(policy('Others')));
    expect(runtime.lines).toContain('accessPolicy stays as it is: it was changed by somebody else since');
  });

  test('are kept where that is said', async () => {
    const { tell, look, parameters } = place();
    await tell('Create', { ...ALL, restores: 'false' });
    const set = look();
    await tell('Delete', { ...ALL, restores: 'false' });
    expect(look()).toEqual(set);
    expect(parameters.values.size).toBe(0);
  });

  test('are not written again where AWS shows them in another order and spelling', async () => {
    const { vault, faults, tell } = place();
    const [statement] = policy('Ours').Statement;
    vault.policy = JSON.stringify({
      Statement: { ...statement, Action: 'backup:DeleteRecoveryPoint' },
      Version: '2012-10-17',
    });
    await tell('Create', { vaultName: 'gold', accessPolicy: policy('Ours') });
    expect(faults.names).not.toContain('backup:PutBackupVaultAccessPolicy');
  });

  test('a compliance lock goes in its cooling-off period, and stays after it: the removal says so', async () => {
    const lock = { minRetentionDays: '7', changeableForDays: '3' };
    const { vault, tell, runtime } = place();
    const said = { vaultName: 'gold', lock };
    await tell('Create', said);
    const date = vault.lock?.date;
    expect(date?.getTime()).toBeGreaterThanOrEqual(3 * 86_400_000);
    await tell('Update', { ...said, trigger: '2' });
    expect(vault.lock?.date).toEqual(date); // the period does not start again
    await tell('Delete', said);
    expect(vault.lock).toBeUndefined();

    await tell('Create', said);
    vault.lock = { min: 7, date: new Date(0) };
    expect(await tell('Delete', said)).toMatchObject({ Status: 'SUCCESS', Data: { Kept: 'lock' } });
    expect(vault.lock).toBeDefined();
    expect(runtime.lines).toContain(
      'lock stays as it is: nobody can change its compliance lock, final since 1970-01-01T00:00:00.000Z',
    );
  });

  test.each([
    [new Date(0), 'vault gold: nobody can change its compliance lock, final since 1970-01-01T00:00:00.000Z'],
    [
      new Date(86_400_000),
      'vault gold: its compliance lock, in its cooling-off period until 1970-01-02T00:00:00.000Z, can not be restored once changed; change it where it was set',
    ],
  ])('a compliance lock of somebody else is not touched: %s', async (date, Reason) => {
    const { vault, tell } = place();
    vault.lock = { min: 1, date };
    expect(await tell('Create', { vaultName: 'gold', lock: { minRetentionDays: '7' } })).toMatchObject({
      Status: 'FAILED',
      Reason,
    });
    expect(vault.lock).toEqual({ min: 1, date });
  });

  test('a deletion of what was never made, or of a vault that is gone, succeeds', async () => {
    const { vault, tell, parameters } = place();
    expect(await tell('Delete', ALL)).toMatchObject({ Status: 'SUCCESS', Data: { Changed: '' } });
    await tell('Create', ALL);
    vault.isThere = false;
    expect(await tell('Delete', ALL)).toMatchObject({ Status: 'SUCCESS', Data: { Changed: '' } });
    expect(parameters.values.size).toBe(0);
  });

  test('of a vault that is not there fail clearly', async () => {
    const { vault, tell } = place();
    vault.isThere = false;
    expect(await tell('Create', ALL)).toMatchObject({ Status: 'FAILED', Reason: 'there is no vault gold' });
  });

  test('of a vault that may not be read fail with the reason of AWS: it is not gone', async () => {
    const { vault, parameters, tell } = place();
    await tell('Create', ALL);
    const { describeBackupVault } = vault.finder;
    let denied = 0;
    const client = {
      ...vault.client,
      describeBackupVault: (input: never) =>
        denied++ < 99 ? Promise.reject(awsError('AccessDeniedException', 'no')) : describeBackupVault(input),
    };
    const operation = vaultSettings(client, parameters);
    const runtime = new VirtualRuntime(1_000_000);
    expect(await answered(operation, request('Delete', ALL), runtime)).toMatchObject({
      Status: 'FAILED',
      Reason:
        'AccessDeniedException: no; look for a service control policy or a permissions boundary that denies it',
    });
    expect(parameters.claims).toBe(1);
  });

  test('that take too long fail with what to do, whichever vault it is', async () => {
    const { vault, parameters } = place();
    const runtime = new VirtualRuntime();
    const getPolicy = async () => {
      await runtime.sleep(200_000);
      return vault.client.getPolicy({ BackupVaultName: 'gold' });
    };
    const operation = vaultSettings({ ...vault.client, getPolicy }, parameters);
    expect(await answered(operation, request('Create', ALL), runtime, 240_000)).toMatchObject({
      Reason:
        'the time limit of the function was reached before everything was done; deploy again to continue',
    });
    expect(runtime.now()).toBeLessThan(220_000);
  });

  test('leave a mark on the vault as long as they are set, a tag for each resource', async () => {
    const { vault, tell } = place();
    await tell('Create', ALL, 'One');
    await tell('Create', { vaultName: 'gold', notifications: TOPIC }, 'Two');
    expect(Object.keys(vault.tags)).toEqual([
      expect.stringMatching(/^cdk-backup-constructs:settings:[\da-f]{16}$/),
      expect.stringMatching(/^cdk-backup-constructs:settings:[\da-f]{16}$/),
    ]);
    for (const mark of Object.values(vault.tags)) expect(mark).toMatch(/^[\w-]{43}$/);
    await tell('Delete', ALL, 'One');
    expect(Object.keys(vault.tags)).toHaveLength(1);
  });

  test.each([
    ['ResourceNotFoundException', { Status: 'SUCCESS', Data: { Changed: '' } }],
    ['InvalidParameterValueException', { Status: 'FAILED', Reason: 'InvalidParameterValueException: no' }],
  ])('of a vault for which AWS answers %s', async (name, outcome) => {
    const { vault, parameters } = place();
    const client = { ...vault.client, describeBackupVault: () => Promise.reject(awsError(name)) };
    expect(await answered(vaultSettings(client, parameters), request('Delete', ALL))).toMatchObject(outcome);
  });

  test.each([
    ['in the first update', ['lock']],
    ['in a later one, after another that stopped', ['lock', 'notifications']],
  ])('are given back although a function stopped between the mark and the claim: %s', async (_, names) => {
    const { vault, parameters, tell, look } = place();
    await tell('Create', { vaultName: 'gold', lock: ALL.lock });
    const { putParameter } = parameters;
    for (const name of names) {
      parameters.putParameter = (input) =>
        input.Name?.endsWith('/gold') ? Promise.reject(awsError('Stopped')) : putParameter(input);
      const more = name === 'lock' ? { accessPolicy: ALL.accessPolicy } : { notifications: TOPIC };
      expect(await tell('Update', { vaultName: 'gold', lock: ALL.lock, ...more })).toMatchObject({
        Reason: 'Stopped: no',
      });
      parameters.putParameter = putParameter;
    }
    expect(vault.lock).toBeDefined();
    await tell('Delete', { vaultName: 'gold', lock: ALL.lock });
    expect(look()).toEqual({});
    expect(vault.tags).toEqual({});
  });

  test.each([
    [{}, 'the property `vaultName` is missing'],
    [{ vaultName: 'gold', lock: 'on' }, 'the property `lock` must be a map'],
    [{ vaultName: 'gold', accessPolicy: '[]' }, 'the property `accessPolicy` must be a map'],
    [
      { vaultName: 'gold', notifications: { topicArn: 't', events: 'all' } },
      'the property `events` must be a list of strings',
    ],
    [
      { vaultName: 'gold', lock: { minRetentionDays: 'x' } },
      'the property `minRetentionDays` must be a whole number',
    ],
  ])('malformed properties %j fail clearly, before anything is called', async (properties, Reason) => {
    const { tell, faults } = place();
    expect(await tell('Create', properties)).toMatchObject({ Status: 'FAILED', Reason });
    expect(faults.calls).toBe(0);
  });

  test('whatever was before and is said in between, all is as it was in the end', async () => {
    const sid = fc.constantFrom('A', 'B', 'C');
    const wants = fc.record(
      {
        lock: fc.record({ minRetentionDays: fc.constantFrom('1', '7', '30') }),
        accessPolicy: sid.map(policy),
        notifications: fc.record({
          topicArn: sid,
          events: fc.constantFrom(['COPY_JOB_FAILED'], TOPIC.events),
        }),
      },
      { requiredKeys: [] },
    );
    const before = fc.record({
      lock: fc.option(fc.constant({ min: 3, max: undefined, date: undefined }), { nil: undefined }),
      policy: fc.option(
        sid.map((each) => JSON.stringify(policy(each))),
        { nil: undefined },
      ),
      topic: fc.option(fc.constant({ arn: 'A', events: ['COPY_JOB_FAILED'] }), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(before, fc.array(wants, { minLength: 1, maxLength: 4 }), async (facts, all) => {
        const { vault, tell, look, parameters } = place();
        Object.assign(vault, facts);
        const start = look();
        for (const [index, said] of all.entries()) {
          const done = await tell(index === 0 ? 'Create' : 'Update', { vaultName: 'gold', ...said });
          expect(done).toMatchObject({ Status: 'SUCCESS' });
        }
        expect(await tell('Delete', { vaultName: 'gold', ...all.at(-1) })).toMatchObject({
          Status: 'SUCCESS',
        });
        expect(look()).toEqual(start);
        expect(parameters.values.size).toBe(0);
      }),
      { numRuns: 150 },
    );
  });
});
