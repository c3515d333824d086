import { globalSettings } from '../../../src/handler/settings/global-settings';
import {
  delegatedAdministrator,
  organizationSettings,
} from '../../../src/handler/settings/organization-settings';
import { regionSettings } from '../../../src/handler/settings/region-settings';
import { FakeOrganization } from '../support/fake-organization';
import { FakeParameters, FakeRegion, Faults } from '../support/fakes';
import { answered, awsError, request } from '../support/requests';
import { VirtualRuntime } from '../support/virtual-runtime';

function place() {
  const faults = new Faults();
  const organization = new FakeOrganization(faults);
  const parameters = new FakeParameters();
  const runtime = new VirtualRuntime();
  const ask = (operation: ReturnType<typeof organizationSettings>, type: string, properties: object) => {
    runtime.sent.length = 0;
    return answered(operation, request(type, properties), runtime);
  };
  return {
    faults,
    organization,
    parameters,
    runtime,
    tell: (type: string, properties: object) =>
      ask(organizationSettings(organization.client, { parameters }), type, properties),
    tellAdministrators: (type: string, administrators: object) =>
      ask(delegatedAdministrator(organization.administratorClient, { parameters }), type, { administrators }),
  };
}

describe('trusted access and policy types of an organization', () => {
  test('are turned on and off, however many pages AWS lists, and turned back when the stack goes', async () => {
    const { organization, tell, parameters } = place();
    for (const name of ['a', 'ram', 'b']) organization.services.add(`${name}.amazonaws.com`);
    organization.policyTypes.set('TAG_POLICY', 'ENABLED');
    const before = organization.shown();
    const properties = {
      services: { 'backup.amazonaws.com': 'true', 'b.amazonaws.com': 'false' },
      policyTypes: { BACKUP_POLICY: 'true', TAG_POLICY: 'false' },
    };
    expect(await tell('Create', properties)).toMatchObject({
      Status: 'SUCCESS',
      Data: {
        Changed:
          'services.backup.amazonaws.com,services.b.amazonaws.com,policyTypes.BACKUP_POLICY,policyTypes.TAG_POLICY',
        Drifted: '',
        Skipped: '',
      },
    });
    expect(organization.shown()).toEqual({
      services: ['a.amazonaws.com', 'backup.amazonaws.com', 'ram.amazonaws.com'],
      policyTypes: ['BACKUP_POLICY'],
      administrators: [],
    });
    await tell('Delete', properties);
    expect(organization.shown()).toEqual(before);
    expect(parameters.claims).toBe(0);
  });

  test('a policy type that is only being enabled counts as off', async () => {
    const { organization, tell } = place();
    organization.policyTypes.set('BACKUP_POLICY', 'PENDING_ENABLE');
    expect(await tell('Create', { policyTypes: { BACKUP_POLICY: 'true' } })).toMatchObject({
      Status: 'FAILED',
      Reason:
        'the settings did not change: policyTypes.BACKUP_POLICY; check whether the organization overrides them',
    });
  });

  test('policy types are of the root of the organization', async () => {
    const { organization, tell } = place();
    const inputs: unknown[] = [];
    const { enablePolicyType, disablePolicyType } = organization.client;
    Object.assign(organization.client, {
      enablePolicyType: (input: never) => {
        inputs.push(input);
        return enablePolicyType(input);
      },
      disablePolicyType: (input: never) => {
        inputs.push(input);
        return disablePolicyType(input);
      },
    });
    await tell('Create', { policyTypes: { BACKUP_POLICY: 'true' } });
    await tell('Delete', { policyTypes: { BACKUP_POLICY: 'true' } });
    expect(inputs).toEqual([
      { RootId: 'r-ab12', PolicyType: 'BACKUP_POLICY' },
      { RootId: 'r-ab12', PolicyType: 'BACKUP_POLICY' },
    ]);
  });

  test.each([[[]], [undefined], [[{}]]])('fail clearly where AWS shows no root: %j', async (Roots) => {
    const { organization, tell } = place();
    organization.client.listRoots = async () => ({ Roots });
    expect(await tell('Create', { policyTypes: { BACKUP_POLICY: 'true' } })).toMatchObject({
      Status: 'FAILED',
      Reason: 'the organization shows no root; deploy this in its management account',
    });
  });

  test.each([
    ['PolicyTypeAlreadyEnabledException', 'policyTypes.BACKUP_POLICY'],
    ['AccountAlreadyRegisteredException', 'policyTypes.BACKUP_POLICY'],
  ])('what AWS says is done already (%s) is no failure by itself', async (name, key) => {
    const { organization, tell } = place();
    organization.client.enablePolicyType = () => Promise.reject(awsError(name));
    // it is one if AWS does not show it either
    expect(await tell('Create', { policyTypes: { BACKUP_POLICY: 'true' } })).toMatchObject({
      Reason: `the settings did not change: ${key}; check whether the organization overrides them`,
    });
  });

  test('what AWS refuses is a failure', async () => {
    const { organization, tell } = place();
    organization.client.enableServiceAccess = () => Promise.reject(awsError('InvalidInputException', 'odd'));
    expect(await tell('Create', { services: { 'x.amazonaws.com': 'true' } })).toMatchObject({
      Status: 'FAILED',
      Reason: 'InvalidInputException: odd',
    });
  });
});

describe('delegated administrators of an organization', () => {
  test('are registered for AWS Backup, however many there are, and deregistered when the stack goes', async () => {
    const { organization, tellAdministrators, parameters } = place();
    const inputs: unknown[] = [];
    const { register, deregister, listDelegatedAdministrators } = organization.administratorClient;
    Object.assign(organization.administratorClient, {
      listDelegatedAdministrators: (input: never) => {
        inputs.push((input as { ServicePrincipal: string }).ServicePrincipal);
        return listDelegatedAdministrators(input);
      },
      register: (input: never) => {
        inputs.push(input);
        return register(input);
      },
      deregister: (input: never) => {
        inputs.push(input);
        return deregister(input);
      },
    });
    for (const id of ['111111111111', '222222222222']) organization.administrators.add(id);
    const wants = { 333333333333: 'true', 222222222222: 'true' };
    expect(await tellAdministrators('Create', wants)).toMatchObject({
      Status: 'SUCCESS',
      Data: { Changed: 'administrators.333333333333' },
    });
    await tellAdministrators('Delete', wants);
    expect(organization.shown().administrators).toEqual(['111111111111', '222222222222']);
    expect(parameters.claims).toBe(0);
    const ServicePrincipal = 'backup.amazonaws.com';
    const asked = inputs.filter((input) => input !== ServicePrincipal);
    expect(asked).toEqual([
      { AccountId: '333333333333', ServicePrincipal },
      { AccountId: '333333333333', ServicePrincipal },
    ]);
    expect(inputs.length).toBeGreaterThan(asked.length);
  });
});

describe('claims on the settings of an organization', () => {
  const FOLDER = '/cdk-backup-constructs/global-settings';
  const flags = { isMpaEnabled: 'true' };

  /** An organization whose claims are in the home Region, as seen from another Region. */
  function away(GlobalSettings: Record<string, string> = {}) {
    const [parameters, legacy] = [new FakeParameters(), new FakeParameters()];
    const inputs: unknown[] = [];
    const operation = globalSettings(
      {
        describeGlobalSettings: async () => ({ GlobalSettings: { ...GlobalSettings } }),
        updateGlobalSettings: async (input) => {
          inputs.push(input.GlobalSettings);
          Object.assign(GlobalSettings, input.GlobalSettings);
        },
      },
      { parameters, legacy },
    );
    const tell = (type: string, LogicalResourceId = 'Thing') =>
      answered(operation, request(type, { flags }, { LogicalResourceId }));
    return { GlobalSettings, parameters, legacy, inputs, tell };
  }
  const claim = JSON.stringify({
    wants: { 'flags.isMpaEnabled': true },
    undo: { 'flags.isMpaEnabled': false },
  });

  test('are kept in the home Region, and nothing is left anywhere in the end', async () => {
    const { parameters, legacy, tell, inputs } = away();
    await tell('Create');
    expect([parameters.claims, legacy.values.size]).toEqual([1, 0]);
    await tell('Delete');
    expect([parameters.claims, legacy.values.size]).toEqual([0, 0]);
    expect(inputs).toEqual([{ isMpaEnabled: 'true' }, { isMpaEnabled: 'false' }]);
  });

  test('that another stack left in the Region count too', async () => {
    const { GlobalSettings, legacy, tell } = away();
    await tell('Create');
    legacy.values.set(`${FOLDER}/other-Thing`, claim);
    await tell('Delete');
    expect(GlobalSettings.isMpaEnabled).toBe('true');
    expect([...legacy.values.keys()]).toEqual([`${FOLDER}/other-Thing`]);
  });

  test('that a stack left in the Region itself are undone, and removed there', async () => {
    const { GlobalSettings, legacy, tell } = away({ isMpaEnabled: 'true' });
    legacy.values.set(`${FOLDER}/1a2b3c-Thing`, claim);
    await tell('Delete');
    expect(GlobalSettings.isMpaEnabled).toBe('false');
    expect(legacy.values.size).toBe(0);
  });

  test('of the home Region count where there is one in both', async () => {
    const { GlobalSettings, parameters, legacy, tell } = away({ isMpaEnabled: 'true' });
    parameters.values.set(`${FOLDER}/1a2b3c-Thing`, claim);
    legacy.values.set(`${FOLDER}/1a2b3c-Thing`, JSON.stringify({ wants: {}, undo: {} }));
    await tell('Delete');
    expect(GlobalSettings.isMpaEnabled).toBe('false');
    expect([parameters.claims, legacy.values.size]).toEqual([0, 0]);
  });
});

describe('settings that many share', () => {
  const region = (optIn: Record<string, boolean>, management: Record<string, boolean> = {}) => {
    const fake = new FakeRegion(optIn, management);
    const parameters = new FakeParameters();
    const runtime = new VirtualRuntime();
    const tell = (type: string, properties: object, more: object = {}) => {
      runtime.sent.length = 0;
      return answered(regionSettings(fake, { parameters }), request(type, properties, { ...more }), runtime);
    };
    return { fake, runtime, tell };
  };

  test('of which one group was never set are tried in that group only, and told as changed', async () => {
    const { fake, tell } = region({ S3: false }, {});
    expect(
      await tell('Create', { optIn: { S3: 'true', EKS: 'true' }, fullManagement: { EFS: 'true' } }),
    ).toMatchObject({
      Data: { Changed: 'optIn.S3,fullManagement.EFS', Drifted: '', Skipped: 'optIn.EKS' },
    });
    expect([fake.optIn, fake.management]).toEqual([{ S3: true }, { EFS: true }]);
  });

  test('are not set again by an update that changes nothing, unless its trigger changes', async () => {
    const { fake, tell } = region({ S3: false });
    const properties = { optIn: { S3: 'true' }, trigger: '1' };
    await tell('Create', properties);
    fake.optIn.S3 = false;
    const same = { OldResourceProperties: properties };
    expect(await tell('Update', properties, same)).toMatchObject({
      Data: { Changed: '', Drifted: 'optIn.S3' },
    });
    expect(fake.optIn.S3).toBe(false);
    expect(await tell('Update', { ...properties, trigger: '2' }, same)).toMatchObject({
      Data: { Changed: 'optIn.S3', Drifted: 'optIn.S3' },
    });
    expect(fake.optIn.S3).toBe(true);
  });

  test('that two stacks contradict each other about are refused to the second one', async () => {
    const { fake, tell } = region({ S3: false, EBS: true });
    await tell('Create', { optIn: { S3: 'true' } });
    const StackId = 'arn:aws:cloudformation:us-east-1:111122223333:stack/app/other';
    expect(await tell('Create', { optIn: { S3: 'false', EBS: 'false' } }, { StackId })).toMatchObject({
      Status: 'FAILED',
      Reason:
        'optIn.S3 is set to another value by 1a2b3c-Thing; change it there first, or remove it from one of them',
    });
    expect(fake.optIn).toEqual({ S3: true, EBS: true });
    expect(await tell('Create', { optIn: { S3: 'true' } }, { StackId })).toMatchObject({ Status: 'SUCCESS' });
    await tell('Delete', { optIn: { S3: 'true' } });
    expect(fake.optIn.S3).toBe(true);
  });

  test('are of the newest resource of one stack', async () => {
    const { fake, tell } = region({ S3: false });
    await tell('Create', { optIn: { S3: 'true' } }, { LogicalResourceId: 'Old' });
    expect(await tell('Create', { optIn: { S3: 'false' } }, { LogicalResourceId: 'New' })).toMatchObject({
      Data: { Changed: 'optIn.S3' },
    });
    expect(fake.optIn.S3).toBe(false);
    await tell('Delete', { optIn: { S3: 'true' } }, { LogicalResourceId: 'Old' });
    expect(fake.optIn.S3).toBe(false);
  });

  test('that were on and are off after a change are turned on again with it, and no others', async () => {
    const { fake, tell, runtime } = region({ S3: false, EBS: true, RDS: true, EFS: false });
    const inputs: unknown[] = [];
    const update = fake.updateRegionSettings;
    fake.updateRegionSettings = async (input) => {
      inputs.push(input.ResourceTypeOptInPreference);
      if (inputs.length === 1) fake.optIn.EBS = false;
      return update(input);
    };
    await tell('Create', { optIn: { S3: 'true', EFS: 'false', EBS: 'true', RDS: 'true' } });
    expect(inputs).toEqual([{ S3: true }, { EBS: true, S3: true }]);
    expect(runtime.lines).toContain('turned on again, because the change turned it off: optIn.EBS');
    expect(fake.optIn).toEqual({ S3: true, EBS: true, RDS: true, EFS: false });
  });

  test('that AWS does not show as restored at the end are logged, and are no failure', async () => {
    const { fake, tell, runtime } = region({ S3: false });
    await tell('Create', { optIn: { S3: 'true' } });
    fake.updateRegionSettings = async () => undefined;
    expect(await tell('Delete', { optIn: { S3: 'true' } })).toMatchObject({
      Status: 'SUCCESS',
      Data: { Changed: 'optIn.S3', Drifted: '', Skipped: '' },
    });
    expect(runtime.lines).toContain('restored, but not shown yet: optIn.S3');
  });

  test('that AWS shows at once are not logged', async () => {
    const { tell, runtime } = region({ S3: false });
    await tell('Create', { optIn: { S3: 'true' } });
    await tell('Delete', { optIn: { S3: 'true' } });
    expect(runtime.lines).toEqual([
      'Create Custom::Thing Thing succeeded',
      'Delete Custom::Thing Thing succeeded',
    ]);
  });
});
