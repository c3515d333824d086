import { planS3Settings } from '../../../src/handler/plan/plan-s3-settings';
import { FakePlan } from '../support/fake-approvals';
import { FakeParameters, Faults } from '../support/fakes';
import { answered, awsError, request } from '../support/requests';
import { VirtualRuntime } from '../support/virtual-runtime';

const OFF = { BackupACLs: 'disabled' };
const BOTH = { BackupACLs: 'disabled', BackupObjectTags: 'disabled' };
const FOLDER = '/cdk-backup-constructs/plan-s3-settings';

/** The plan `p` before all stacks, and resources of two stacks that set its options. */
function place(before: Record<string, string> = {}) {
  const runtime = new VirtualRuntime();
  const plan = new FakePlan(new Faults());
  const parameters = new FakeParameters();
  const setByHand = (options: Record<string, string>) =>
    plan.change({
      ...plan.plan,
      AdvancedBackupSettings: [
        { ResourceType: 'EC2', BackupOptions: { WindowsVSS: 'enabled' } },
        ...(Object.keys(options).length > 0 ? [{ ResourceType: 'S3', BackupOptions: options }] : []),
      ],
    });
  setByHand(before);
  const tell = (type: string, options: unknown, more: Record<string, unknown> = {}) => {
    runtime.sent.length = 0;
    const { stack = 'one', old, claimed = 'true', planId = 'p', version, PhysicalResourceId = 'p' } = more;
    const operation = planS3Settings(plan.client, parameters);
    const properties = { planId, options, claimed, ...(version !== undefined && { version }) };
    return answered(
      operation,
      request(type, properties, {
        StackId: `arn:aws:cloudformation:us-east-1:111122223333:stack/app/${stack}`,
        PhysicalResourceId,
        ...(old !== undefined && { OldResourceProperties: { planId: 'p', claimed, ...(old as object) } }),
      }),
      runtime,
    );
  };
  const options = () => {
    const all = plan.plan.AdvancedBackupSettings as { ResourceType: string; BackupOptions: object }[];
    return all.find(({ ResourceType }) => ResourceType === 'S3')?.BackupOptions;
  };
  const updates = () => plan.faults.names.filter((name) => name === 'backup:UpdateBackupPlan').length;
  return { runtime, plan, parameters, tell, options, updates, setByHand };
}

describe('options of a plan for buckets', () => {
  test.each([
    ['none', {}, undefined],
    ['one of them', { BackupACLs: 'enabled' }, { BackupACLs: 'enabled' }],
    ['another one', { Other: 'x' }, { Other: 'x' }],
  ])('are what they were before when the stack goes: %s', async (_, before, after) => {
    const { tell, options, parameters } = place(before);
    expect(await tell('Create', BOTH)).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: 'p',
      Data: { PlanId: 'p' },
    });
    expect(options()).toEqual({ ...before, ...BOTH });
    await tell('Delete', BOTH);
    expect(options()).toEqual(after);
    expect(parameters.claims).toBe(0);
  });

  test('are not written where the plan has them already, and stay then when the stack goes', async () => {
    const { tell, options, updates } = place(OFF);
    await tell('Create', OFF);
    await tell('Delete', OFF);
    expect([options(), updates()]).toEqual([OFF, 0]);
  });

  test('are set again when CloudFormation replaced the version of the plan, and then only', async () => {
    const { tell, options, setByHand, updates } = place();
    await tell('Create', OFF, { version: '1' });
    setByHand({});
    const old = { options: OFF, version: '1' };
    await tell('Update', OFF, { version: '1', old });
    expect([options(), updates()]).toEqual([undefined, 1]);
    await tell('Update', OFF, { version: '2', old });
    expect([options(), updates()]).toEqual([OFF, 2]);
  });

  test('of another plan are set, whatever they were in the plan before', async () => {
    const { tell, options, updates } = place();
    await tell('Create', OFF);
    expect(await tell('Update', OFF, { planId: 'q', old: { options: OFF } })).toMatchObject({
      PhysicalResourceId: 'q',
    });
    expect([options(), updates()]).toEqual([OFF, 1]); // there is one plan only, which has them already
  });

  test('that two stacks contradict each other about are refused to the second one', async () => {
    const { tell, options } = place();
    await tell('Create', OFF);
    expect(await tell('Create', { BackupACLs: 'enabled' }, { stack: 'two' })).toMatchObject({
      Status: 'FAILED',
      Reason:
        'BackupACLs is set to another value by one-Thing; change it there first, or remove it from one of them',
    });
    expect(await tell('Create', OFF, { stack: 'two' })).toMatchObject({ Status: 'SUCCESS' });
    await tell('Delete', OFF);
    expect(options()).toEqual(OFF);
    await tell('Delete', OFF, { stack: 'two' });
    expect(options()).toBeUndefined();
  });

  test.each<[string, string, object | undefined]>([
    ['that says it saves claims', 'true', OFF],
    ['that saved none', 'false', undefined],
  ])('without a saved claim are taken away with a resource %s', async (_, claimed, after) => {
    const { tell, options } = place(OFF);
    await tell('Delete', OFF, { claimed });
    expect(options()).toEqual(after);
  });

  test.each<[string, string, object]>([
    ['stays with a resource that says it saves claims', 'true', BOTH],
    ['goes with one that saved none', 'false', OFF],
  ])('an option that an update leaves out, without a saved claim, %s', async (_, claimed, after) => {
    const { tell, options } = place(BOTH);
    await tell('Update', OFF, { claimed, old: { options: BOTH, claimed } });
    expect(options()).toEqual(after);
  });

  test('of a resource that was never created stay', async () => {
    const { tell, options } = place(OFF);
    await tell('Delete', OFF, { claimed: 'false', PhysicalResourceId: 'one-Thing' });
    expect(options()).toEqual(OFF);
  });

  test.each(['on', 'true'])(
    'get no value that AWS Backup does not have, whatever was saved: %s',
    async (value) => {
      const { tell, options, parameters } = place();
      await tell('Create', OFF);
      const claim = { wants: OFF, undo: { BackupACLs: value } };
      parameters.values.set(`${FOLDER}/one-Thing/p`, JSON.stringify(claim));
      await tell('Delete', OFF);
      expect(options()).toEqual(OFF);
    },
  );

  test.each<[string, Partial<ReturnType<typeof place>['plan']['client']>, string]>([
    [
      'is deleted',
      { getBackupPlan: async () => ({ DeletionDate: new Date(0), VersionId: '1' }) },
      'there is no plan p',
    ],
    [
      'is unknown',
      { getBackupPlan: () => Promise.reject(awsError('ResourceNotFoundException')) },
      'there is no plan p',
    ],
    [
      'can not be read',
      { getBackupPlan: () => Promise.reject(awsError('InvalidParameterValueException')) },
      'InvalidParameterValueException: no',
    ],
  ])('of a plan that %s can not be set', async (_, client, Reason) => {
    const { plan, parameters } = place();
    const operation = planS3Settings({ ...plan.client, ...client }, parameters);
    expect(await answered(operation, request('Create', { planId: 'p', options: OFF }))).toMatchObject({
      Status: 'FAILED',
      Reason,
    });
  });

  test('leave everything else of the plan as it is, but the ids that AWS Backup gives to rules', async () => {
    const { plan, tell } = place();
    const inputs: unknown[] = [];
    const { client } = plan;
    Object.defineProperty(plan, 'client', {
      value: {
        ...client,
        updateBackupPlan: (input: never) => {
          inputs.push(input);
          return client.updateBackupPlan(input);
        },
      },
    });
    await tell('Create', OFF);
    expect(inputs).toEqual([
      {
        BackupPlanId: 'p',
        BackupPlan: {
          BackupPlanName: 'gold',
          Rules: [{ RuleName: 'daily', TargetBackupVaultName: 'v' }],
          AdvancedBackupSettings: [
            { ResourceType: 'EC2', BackupOptions: { WindowsVSS: 'enabled' } },
            { ResourceType: 'S3', BackupOptions: OFF },
          ],
        },
      },
    ]);
  });

  test('are set although the plan has no settings, and no rules', async () => {
    const { plan, tell, options } = place();
    plan.change({ BackupPlanName: 'gold' });
    await tell('Create', OFF);
    expect(options()).toEqual(OFF);
    expect(plan.plan).toMatchObject({ Rules: [] });
  });
});

describe('a change of the plan by somebody else at the same time', () => {
  const rule = (RuleName: string) => ({ RuleName, TargetBackupVaultName: 'v' });
  const namesOf = (plan: FakePlan) =>
    (plan.plan.Rules as { RuleName: string }[]).map(({ RuleName }) => RuleName);
  const addRule = (plan: FakePlan, name: string) =>
    plan.change({ ...plan.plan, Rules: [...(plan.plan.Rules as object[]), rule(name)] });

  test('is merged, and the log says so', async () => {
    const { plan, tell, options, runtime, updates } = place();
    plan.meanwhile = () => addRule(plan, 'new');
    expect(await tell('Create', OFF)).toMatchObject({ Status: 'SUCCESS' });
    expect([namesOf(plan), options(), updates()]).toEqual([['daily', 'new'], OFF, 2]);
    expect(runtime.lines).toContain(
      'plan p was changed by somebody else at the same time; version 3 is merged',
    );
  });

  test('is merged again where it happens again: the newest counts', async () => {
    const { plan, tell, options, updates } = place();
    plan.meanwhile = () => {
      addRule(plan, 'first');
      plan.meanwhile = () => addRule(plan, 'second');
    };
    expect(await tell('Create', OFF)).toMatchObject({ Status: 'SUCCESS' });
    expect([namesOf(plan), options(), updates()]).toEqual([['daily', 'second'], OFF, 3]);
  });

  test('that never ends is given up, with what to do', async () => {
    const { plan, tell, updates } = place();
    let number = 0;
    const again = () => {
      addRule(plan, `rule${number++}`);
      plan.meanwhile = again;
    };
    plan.meanwhile = again;
    expect(await tell('Create', OFF)).toMatchObject({
      Status: 'FAILED',
      Reason: 'plan p is being changed by somebody else; deploy again later',
    });
    expect(updates()).toBe(5);
  });

  test('is not seen in a version that the function made itself, whose response was lost', async () => {
    const { plan, tell, runtime, options, updates } = place();
    const { client } = plan;
    let isLost = false;
    Object.defineProperty(plan, 'client', {
      value: {
        ...client,
        updateBackupPlan: async (input: never) => {
          const made = await client.updateBackupPlan(input);
          if (isLost) return made;
          isLost = true;
          throw awsError('TimeoutError');
        },
      },
    });
    expect(await tell('Create', OFF)).toMatchObject({ Status: 'SUCCESS' });
    expect([options(), updates()]).toEqual([OFF, 2]);
    expect(runtime.lines.join()).not.toContain('changed by somebody else');
  });

  test('before the first writing is taken as it is', async () => {
    const { plan, tell, updates, options } = place();
    const { client } = plan;
    let lists = 0;
    Object.defineProperty(plan, 'client', {
      value: {
        ...client,
        listBackupPlanVersions: (input: never) => {
          if (lists++ === 0) addRule(plan, 'new');
          return client.listBackupPlanVersions(input);
        },
      },
    });
    expect(await tell('Create', OFF)).toMatchObject({ Status: 'SUCCESS' });
    expect([namesOf(plan), options(), updates()]).toEqual([['daily', 'new'], OFF, 1]);
  });

  test('that deletes the plan leaves nothing to change', async () => {
    const { plan, tell, parameters } = place();
    await tell('Create', OFF);
    plan.isThere = false;
    expect(await tell('Delete', OFF)).toMatchObject({ Status: 'SUCCESS' });
    expect(parameters.claims).toBe(0);
  });
});
