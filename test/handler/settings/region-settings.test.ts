import fc from 'fast-check';
import { globalSettings } from '../../../src/handler/settings/global-settings';
import { regionSettings } from '../../../src/handler/settings/region-settings';
import { FakeParameters, FakeRegion, type Fault, Faults } from '../support/fakes';
import { answered, awsError, request } from '../support/requests';
import { VirtualRuntime } from '../support/virtual-runtime';

/** A Region with its parameters, and requests of several custom resources to it. */
function place(optIn: Record<string, boolean>, management: Record<string, boolean> = {}) {
  const faults = new Faults();
  const region = new FakeRegion(optIn, management, faults);
  const parameters = new FakeParameters(faults);
  const operation = regionSettings(region, { parameters });
  let runtime = new VirtualRuntime();
  const tell = (type: string, properties: Record<string, unknown>, resource = 'Thing') => {
    runtime = runtime.again(1);
    return answered(operation, request(type, properties, { LogicalResourceId: resource }), runtime);
  };
  return { faults, region, parameters, operation, tell };
}

describe('settings of a Region', () => {
  test('are set where they differ, and nothing else is', async () => {
    const { region, tell } = place({ S3: false, EBS: true, RDS: false }, { DynamoDB: false, EFS: true });
    const body = await tell('Create', {
      optIn: { S3: 'true', EBS: 'true' },
      fullManagement: { DynamoDB: 'true' },
    });
    expect(body).toMatchObject({
      Status: 'SUCCESS',
      Data: { Changed: 'optIn.S3,fullManagement.DynamoDB', Drifted: '', Skipped: '' },
    });
    expect(region.optIn).toEqual({ S3: true, EBS: true, RDS: false });
    expect(region.management).toEqual({ DynamoDB: true, EFS: true });
  });

  test('are not written where all is as it should be', async () => {
    const { faults, tell } = place({ S3: true });
    await tell('Create', { optIn: { S3: 'true' } });
    expect(faults.names).not.toContain('backup:UpdateRegionSettings');
  });

  test('that the Region does not have are skipped and told', async () => {
    const { region, tell } = place({ S3: false });
    const body = await tell('Create', { optIn: { S3: 'true', EKS: 'true' } });
    expect(body).toMatchObject({ Status: 'SUCCESS', Data: { Skipped: 'optIn.EKS' } });
    expect(region.optIn).toEqual({ S3: true });
  });

  test('that the Region does not have fail the deployment where it was asked for, before anything is changed', async () => {
    const { region, parameters, tell } = place({ S3: false });
    const body = await tell('Create', { optIn: { S3: 'true', EKS: 'true' }, strict: 'true' });
    expect(body).toMatchObject({
      Status: 'FAILED',
      Reason: 'not supported here: optIn.EKS; remove or skip it',
    });
    expect(region.optIn).toEqual({ S3: false });
    expect(parameters.values.size).toBe(0);
  });

  test('where nothing was ever said are set all the same, and not given back, as nobody knows what was', async () => {
    const { region, tell } = place({});
    const wants = { optIn: { S3: 'true' } };
    expect(await tell('Create', wants)).toMatchObject({ Data: { Changed: 'optIn.S3', Skipped: '' } });
    expect(region.optIn).toEqual({ S3: true });
    await tell('Update', { ...wants, trigger: '2' });
    await tell('Delete', wants);
    expect(region.optIn).toEqual({ S3: true });
  });

  test('that somebody changed are set again, and told', async () => {
    const { region, tell } = place({ S3: false });
    await tell('Create', { optIn: { S3: 'true' } });
    region.optIn.S3 = false;
    const body = await tell('Update', { optIn: { S3: 'true' }, trigger: 'release 2' });
    expect(body).toMatchObject({ Data: { Changed: 'optIn.S3', Drifted: 'optIn.S3' } });
    expect(region.optIn).toEqual({ S3: true });
  });

  test('that are no longer wanted are given back', async () => {
    const { region, tell } = place({ S3: false, EBS: false });
    await tell('Create', { optIn: { S3: 'true', EBS: 'true' } });
    await tell('Update', { optIn: { EBS: 'true' } });
    expect(region.optIn).toEqual({ S3: false, EBS: true });
  });

  test('are kept on removal where that was asked for', async () => {
    const { region, parameters, tell } = place({ S3: false });
    await tell('Create', { optIn: { S3: 'true' }, restores: 'false' });
    await tell('Delete', { optIn: { S3: 'true' }, restores: 'false' });
    expect(region.optIn).toEqual({ S3: true });
    expect(parameters.values.size).toBe(0);
  });

  test('on removal, what somebody changed since stays', async () => {
    const { region, tell } = place({ S3: true, EBS: false });
    await tell('Create', { optIn: { S3: 'false', EBS: 'true' } });
    region.optIn.S3 = true;
    await tell('Delete', { optIn: { S3: 'false', EBS: 'true' } });
    expect(region.optIn).toEqual({ S3: true, EBS: false });
  });

  test('stay when a construct gets another name: the new one is made before the old one is deleted', async () => {
    const { region, tell } = place({ S3: false });
    const wants = { optIn: { S3: 'true' } };
    await tell('Create', wants, 'Old');
    await tell('Create', wants, 'New');
    await tell('Delete', wants, 'Old');
    expect(region.optIn).toEqual({ S3: true });
    await tell('Delete', wants, 'New');
    expect(region.optIn).toEqual({ S3: false });
  });

  test('a deletion of what was never made, or is gone, succeeds', async () => {
    const { region, tell } = place({ S3: true });
    expect(await tell('Delete', { optIn: { S3: 'false' } })).toMatchObject({ Status: 'SUCCESS' });
    expect(region.optIn).toEqual({ S3: true });
  });

  test('that an organization overrides fail the deployment', async () => {
    const { region, operation } = place({ S3: false });
    region.updateRegionSettings = async () => undefined;
    expect(await answered(operation, request('Create', { optIn: { S3: 'true' } }))).toMatchObject({
      Status: 'FAILED',
      Reason: 'the settings did not change: optIn.S3; check whether the organization overrides them',
    });
  });

  test('that a change switched off without being told are switched on again', async () => {
    const { region, operation } = place({ S3: false, EBS: true });
    const update = region.updateRegionSettings;
    region.updateRegionSettings = async (input) => {
      for (const key of Object.keys(region.optIn)) region.optIn[key] = false; // as if all were replaced
      return update(input);
    };
    const runtime = new VirtualRuntime();
    await answered(operation, request('Create', { optIn: { S3: 'true' } }), runtime);
    expect(region.optIn).toEqual({ S3: true, EBS: true });
    expect(runtime.lines).toContain('turned on again, because the change turned it off: optIn.EBS');
  });

  test.each([
    [{ optIn: { S3: 'yes' } }, 'the property `optIn.S3` must be true or false'],
    [{ optIn: ['S3'] }, 'the property `optIn` must be a map of true and false'],
    [{ optIn: 'S3' }, 'the property `optIn` must be a map of true and false'],
    [{ optIn: { S3: 'true' }, restores: 1 }, 'the property `restores` must be true or false'],
  ])('malformed properties %j fail clearly', async (properties, Reason) => {
    expect(await place({ S3: false }).tell('Create', properties)).toMatchObject({ Status: 'FAILED', Reason });
  });

  test('a parameter that is not a claim may be one: nothing is given back', async () => {
    const { parameters, operation, region } = place({ S3: false });
    parameters.values.set('/cdk-backup-constructs/region-settings/odd', '{"wants":{"S3":1}}');
    const runtime = new VirtualRuntime();
    await answered(operation, request('Create', { optIn: { S3: 'true' } }), runtime);
    expect(region.optIn).toEqual({ S3: true });
    expect(runtime.lines[0]).toBe('the claim of odd can not be read and counts as a claim on everything');
    await answered(operation, request('Delete', { optIn: { S3: 'true' } }), runtime.again());
    expect(region.optIn).toEqual({ S3: true });
  });
});

describe('whatever happens', () => {
  const TYPES = ['S3', 'EBS', 'RDS', 'EFS'];
  const settings = fc.dictionary(fc.constantFrom(...TYPES), fc.boolean(), { noNullPrototype: true });
  const region = fc.record(Object.fromEntries(TYPES.map((type) => [type, fc.boolean()])));
  const step = fc.record({ owner: fc.constantFrom('A', 'B', 'C'), wants: fc.option(settings) });

  /** Brings a resource to what is wanted, or deletes it; returns who is there. */
  async function take(
    there: Map<string, Record<string, boolean>>,
    tell: ReturnType<typeof place>['tell'],
    owner: string,
    wants: Record<string, boolean> | null,
  ) {
    const type = wants === null ? 'Delete' : there.has(owner) ? 'Update' : 'Create';
    const optIn = Object.fromEntries(
      Object.entries(wants ?? there.get(owner) ?? {}).map(([k, v]) => [k, `${v}`]),
    );
    expect(await tell(type, { optIn }, owner)).toMatchObject({ Status: 'SUCCESS' });
    if (wants === null) there.delete(owner);
    else there.set(owner, wants);
  }

  test('what nobody named never changes, and when all are gone all is as it was', async () => {
    await fc.assert(
      fc.asyncProperty(region, fc.array(step, { maxLength: 8 }), async (before, steps) => {
        const here = place({ ...before });
        const there = new Map<string, Record<string, boolean>>();
        const named = new Set<string>();
        for (const { owner, wants } of steps) {
          await take(there, here.tell, owner, wants);
          for (const key of Object.keys(wants ?? {})) named.add(key);
          for (const key of TYPES) if (!named.has(key)) expect(here.region.optIn[key]).toBe(before[key]);
          if (wants) expect(here.region.optIn).toMatchObject(wants);
        }
        for (const owner of [...there.keys()]) await take(there, here.tell, owner, null);
        expect(here.region.optIn).toEqual(before);
        expect(here.parameters.values.size).toBe(0);
      }),
      { numRuns: 150 },
    );
  });

  test('what others set in between stays when the only one is gone', async () => {
    const outsider = fc.record({ key: fc.constantFrom(...TYPES), value: fc.boolean() });
    const moves = fc.array(fc.oneof(fc.option(settings), outsider), { maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(region, moves, async (before, all) => {
        const here = place({ ...before });
        const expected = { ...before };
        const there = new Map<string, Record<string, boolean>>();
        let seen = { ...before };
        // what was changed and changed back before anybody looked hasn't been changed
        const look = () => {
          for (const key of TYPES)
            if (here.region.optIn[key] !== seen[key]) expected[key] = here.region.optIn[key];
        };
        for (const move of all) {
          if (move !== null && 'key' in move) {
            const { key, value } = move as { key: string; value: boolean };
            here.region.optIn[key] = value;
          } else {
            look();
            await take(there, here.tell, 'A', move as Record<string, boolean> | null);
            seen = { ...here.region.optIn };
          }
        }
        look();
        if (there.size > 0) await take(there, here.tell, 'A', null);
        expect(here.region.optIn).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });
});

describe('every call fails in turn', () => {
  const ERRORS: readonly (readonly [string, Omit<Fault, 'call'>])[] = [
    ['throttling that passes', { error: awsError('ThrottlingException'), times: 3 }],
    ['access that is denied', { error: awsError('AccessDeniedException'), times: 1_000 }],
    ['a response that is lost', { error: awsError('TimeoutError'), isLost: true }],
    [
      'a response that is lost, and an end of the function',
      { error: awsError('Lost'), isLost: true, times: 1_000 },
    ],
    ['an error that stays', { error: awsError('InvalidParameterValueException'), times: 1_000 }],
  ];
  const BEFORE = { S3: false, EBS: true, RDS: false, EFS: true };
  // a second resource that wants the same, an update that gives back, and both removals
  const STORY: readonly [string, string, Record<string, string>][] = [
    ['Create', 'A', { S3: 'true', EBS: 'false' }],
    ['Create', 'B', { S3: 'true' }],
    ['Update', 'A', { EBS: 'false', RDS: 'true' }],
    ['Delete', 'A', { EBS: 'false', RDS: 'true' }],
    ['Delete', 'B', { S3: 'true' }],
  ];

  /** Plays the story with one fault, answering again whatever failed; returns each state and the calls. */
  async function play(fault?: Fault) {
    const { region, parameters, faults, tell } = place({ ...BEFORE });
    faults.fault = fault;
    const states: Record<string, boolean>[] = [];
    for (const [type, owner, optIn] of STORY) {
      const first = await tell(type, { optIn }, owner);
      expect(region.optIn.EFS).toBe(true); // never named
      if (first.Status === 'FAILED') {
        faults.fault = undefined;
        expect(await tell(type, { optIn }, owner)).toMatchObject({ Status: 'SUCCESS' });
      }
      states.push({ ...region.optIn });
    }
    return { states, calls: faults.calls, left: parameters.claims };
  }

  test('without faults the story is this', async () => {
    const { states, left } = await play();
    expect(states).toEqual([
      { ...BEFORE, S3: true, EBS: false },
      { ...BEFORE, S3: true, EBS: false },
      { ...BEFORE, S3: true, EBS: false, RDS: true },
      { ...BEFORE, S3: true },
      BEFORE,
    ]);
    expect(left).toBe(0);
  });

  test.each(ERRORS)('%s: a retry ends in the same state', async (_, fault) => {
    const { states, calls } = await play();
    expect(calls).toBeGreaterThan(20);
    for (let call = 0; call < calls; call++)
      expect({ call, ...(await play({ ...fault, call })) }).toMatchObject({ call, states, left: 0 });
  });
});

describe('the flags of an organization', () => {
  function organization(GlobalSettings: Record<string, string>) {
    const operation = globalSettings(
      {
        describeGlobalSettings: async () => ({ GlobalSettings: { ...GlobalSettings } }),
        updateGlobalSettings: async (input) => void Object.assign(GlobalSettings, input.GlobalSettings),
      },
      { parameters: new FakeParameters() },
    );
    return {
      GlobalSettings,
      tell: (type: string, flags: Record<string, string>) => answered(operation, request(type, { flags })),
    };
  }

  test('are merged, and given back', async () => {
    const { GlobalSettings, tell } = organization({
      isCrossAccountBackupEnabled: 'false',
      isMpaEnabled: 'true',
    });
    await tell('Create', { isCrossAccountBackupEnabled: 'true' });
    expect(GlobalSettings).toEqual({ isCrossAccountBackupEnabled: 'true', isMpaEnabled: 'true' });
    await tell('Delete', { isCrossAccountBackupEnabled: 'true' });
    expect(GlobalSettings).toEqual({ isCrossAccountBackupEnabled: 'false', isMpaEnabled: 'true' });
  });

  test('that were never set are off', async () => {
    const { GlobalSettings, tell } = organization({});
    expect(await tell('Create', { isMpaEnabled: 'true' })).toMatchObject({
      Data: { Changed: 'flags.isMpaEnabled' },
    });
    expect(GlobalSettings).toEqual({ isMpaEnabled: 'true' });
    await tell('Delete', { isMpaEnabled: 'true' });
    expect(GlobalSettings).toEqual({ isMpaEnabled: 'false' });
  });

  test('outside the management account fail with AWS’s words and a hint', async () => {
    const fail = async () => {
      throw awsError('InvalidRequestException', 'not a management account');
    };
    const operation = globalSettings(
      { describeGlobalSettings: fail, updateGlobalSettings: fail },
      { parameters: new FakeParameters() },
    );
    expect(await answered(operation, request('Create', { flags: { isMpaEnabled: 'true' } }))).toMatchObject({
      Reason:
        'InvalidRequestException: not a management account; set organization settings in the management account; a locked vault can not be changed',
    });
  });
});
