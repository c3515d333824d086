import { planS3Settings } from '../../src/handler/plan/plan-s3-settings';
import { approvalTeam } from '../../src/handler/vault/approval-team';
import { legalHold } from '../../src/handler/vault/legal-hold';
import { restoreAccessVault } from '../../src/handler/vault/restore-access-vault';
import { FakeAccess, FakeHolds, FakePlan, FakeTeamVault } from './support/fake-approvals';
import { FakeParameters } from './support/fakes';
import { answered, awsError, request } from './support/requests';
import { VirtualRuntime } from './support/virtual-runtime';

describe('the approval team of a vault', () => {
  const TEAM = { vaultName: 'gold', teamArn: 'arn:team', comment: 'please' };
  const ledgers = new Map<FakeTeamVault, FakeParameters>();
  const tell = (vault: FakeTeamVault, type: string, properties: unknown = TEAM) => {
    const parameters = ledgers.get(vault) ?? new FakeParameters();
    ledgers.set(vault, parameters);
    return answered(
      approvalTeam(vault.teamClient, parameters),
      request(type, properties, { PhysicalResourceId: 'gold' }),
    );
  };

  test('is asked to join and to leave', async () => {
    const vault = new FakeTeamVault();
    expect(await tell(vault, 'Create')).toMatchObject({
      PhysicalResourceId: 'gold',
      Data: { Status: 'APPROVED' },
    });
    expect(vault.team).toBe('arn:team');
    expect(await tell(vault, 'Update')).toMatchObject({ Data: { Status: 'APPROVED' } });
    expect(vault.asked).toBe(1);
    await tell(vault, 'Delete');
    expect(vault.team).toBeUndefined();
  });

  test('takes as long as it takes: nobody waits, and nobody asks twice', async () => {
    const vault = new FakeTeamVault();
    vault.agrees = false;
    expect(await tell(vault, 'Create')).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'PENDING' } });
    expect(await tell(vault, 'Update')).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'PENDING' } });
    expect(vault.asked).toBe(1);
    vault.decide(true);
    expect(await tell(vault, 'Delete')).toMatchObject({ Status: 'SUCCESS' });
    expect(vault.asked).toBe(2);
  });

  test('that is another by now stays, and a vault that is gone has none', async () => {
    const vault = new FakeTeamVault();
    vault.team = 'arn:other';
    expect(await tell(vault, 'Delete')).toMatchObject({ Status: 'SUCCESS' });
    expect(vault.team).toBe('arn:other');
    vault.isThere = false;
    expect(await tell(vault, 'Delete')).toMatchObject({ Status: 'SUCCESS' });
    expect(await tell(vault, 'Create')).toMatchObject({ Reason: 'there is no vault gold' });
    expect(await tell(vault, 'Create', {})).toMatchObject({ Reason: 'the property `vaultName` is missing' });
  });
});

describe('a legal hold', () => {
  const HOLD = { title: 'Case', description: 'Orders', vaultNames: ['gold'] };
  const tell = (holds: FakeHolds, type: string, properties: unknown, more = {}) =>
    answered(legalHold(holds.client), request(type, properties, more));

  test('is made with what is held, and cancelled', async () => {
    const holds = new FakeHolds();
    const dates = { fromDate: '2025-01-01T00:00:00.000Z', toDate: '2026-01-01T00:00:00.000Z' };
    const { PhysicalResourceId } = await tell(holds, 'Create', { ...HOLD, ...dates });
    expect(PhysicalResourceId).toBe('legal-hold:hold-1');
    expect(holds.inputs).toEqual([
      {
        Title: 'Case',
        Description: 'Orders',
        IdempotencyToken: 'request-1',
        Tags: { 'cdk-backup-constructs:owner': '1a2b3c-Thing' },
        RecoveryPointSelection: {
          VaultNames: ['gold'],
          DateRange: { FromDate: new Date(dates.fromDate), ToDate: new Date(dates.toDate) },
        },
      },
    ]);
    await tell(holds, 'Delete', HOLD, { PhysicalResourceId });
    expect(holds.active.size).toBe(0);
    expect(await tell(holds, 'Delete', HOLD, { PhysicalResourceId })).toMatchObject({ Status: 'SUCCESS' });
  });

  test('that changes is another one, and the one before is held until CloudFormation removes it', async () => {
    const holds = new FakeHolds();
    await tell(holds, 'Create', HOLD);
    const update = { PhysicalResourceId: 'legal-hold:hold-1', RequestId: 'request-2' };
    expect(await tell(holds, 'Update', { ...HOLD, title: 'Other' }, update)).toMatchObject({
      PhysicalResourceId: 'legal-hold:hold-2',
      Data: { LegalHoldId: 'hold-2', Arn: 'arn:aws:backup:::legal-hold:hold-2' },
    });
    expect([...holds.active]).toEqual(['hold-1', 'hold-2']);
  });

  test('holds resources as well as vaults, and both dates or none', async () => {
    const holds = new FakeHolds();
    const resourceIdentifiers = ['arn:aws:s3:::orders'];
    const only = { title: 'Case', description: 'Orders', resourceIdentifiers };
    await tell(holds, 'Create', { ...only, fromDate: '2025-01-01T00:00:00.000Z' });
    await tell(holds, 'Create', { ...only, toDate: '2025-01-01T00:00:00.000Z', vaultNames: ['gold'] });
    expect(holds.inputs).toMatchObject([
      { RecoveryPointSelection: { ResourceIdentifiers: resourceIdentifiers } },
      { RecoveryPointSelection: { ResourceIdentifiers: resourceIdentifiers, VaultNames: ['gold'] } },
    ]);
    expect(JSON.stringify(holds.inputs)).not.toContain('DateRange');
    expect(holds.inputs[0]).not.toHaveProperty('RecoveryPointSelection.VaultNames');
  });

  test.each<[string, object, object, boolean]>([
    ['nothing', HOLD, HOLD, true],
    [
      'the order in which properties come',
      { ...HOLD, vaultNames: ['gold'] },
      { vaultNames: ['gold'], description: 'Orders', title: 'Case' },
      true,
    ],
    ['the title', HOLD, { ...HOLD, title: 'Other' }, false],
    ['the description', HOLD, { ...HOLD, description: 'Other' }, false],
    ['the vaults', HOLD, { ...HOLD, vaultNames: ['silver'] }, false],
    ['the resources', HOLD, { ...HOLD, resourceIdentifiers: ['arn:aws:s3:::orders'] }, false],
    ['the first day', HOLD, { ...HOLD, fromDate: '2025-01-01T00:00:00.000Z' }, false],
    ['the last day', HOLD, { ...HOLD, toDate: '2025-01-01T00:00:00.000Z' }, false],
  ])('stays the same one only if its content does: %s', async (_, OldResourceProperties, next, isSame) => {
    const holds = new FakeHolds();
    await tell(holds, 'Create', OldResourceProperties);
    const more = { PhysicalResourceId: 'legal-hold:hold-1', RequestId: 'request-2', OldResourceProperties };
    const id = isSame ? 'hold-1' : 'hold-2';
    expect(await tell(holds, 'Update', next, more)).toMatchObject({
      PhysicalResourceId: `legal-hold:${id}`,
      Data: { LegalHoldId: id, Arn: `arn:aws:backup:::legal-hold:${id}` },
    });
  });

  test('that somebody canceled is made again by an update that changes nothing', async () => {
    const holds = new FakeHolds();
    await tell(holds, 'Create', HOLD);
    holds.active.clear();
    const more = {
      PhysicalResourceId: 'legal-hold:hold-1',
      RequestId: 'request-2',
      OldResourceProperties: HOLD,
    };
    expect(await tell(holds, 'Update', HOLD, more)).toMatchObject({
      PhysicalResourceId: 'legal-hold:hold-2',
    });
  });

  test('without a mark gets one by an update, and can be canceled then', async () => {
    const holds = new FakeHolds();
    holds.forgetsTags = true;
    await tell(holds, 'Create', HOLD);
    const runtime = new VirtualRuntime();
    const more = { PhysicalResourceId: 'legal-hold:hold-1' };
    await answered(legalHold(holds.client), request('Delete', HOLD, more), runtime);
    expect(runtime.lines).toContain(
      'legal hold hold-1 stays: it does not carry the mark of this resource; cancel it yourself',
    );
    await tell(holds, 'Update', HOLD, { ...more, OldResourceProperties: HOLD });
    expect([...holds.tags.values()]).toEqual([{ 'cdk-backup-constructs:owner': '1a2b3c-Thing' }]);
    await tell(holds, 'Update', HOLD, { ...more, OldResourceProperties: HOLD, LogicalResourceId: 'Other' });
    expect([...holds.tags.values()]).toEqual([{ 'cdk-backup-constructs:owner': '1a2b3c-Thing' }]);
    await tell(holds, 'Delete', HOLD, more);
    expect(holds.active.size).toBe(0);
  });

  test.each([
    ['has no id', { LegalHoldArn: 'arn:hold' }],
    ['has no ARN', { LegalHoldId: 'hold-1' }],
  ])('that %s is an error', async (_, made) => {
    const client = { ...new FakeHolds().client, createLegalHold: async () => made };
    expect(await answered(legalHold(client), request('Create', HOLD))).toMatchObject({
      Reason: 'AWS Backup created a legal hold but returned no id',
    });
  });

  test.each<[string, () => Promise<object>, boolean]>([
    ['is canceled', async () => ({ LegalHoldArn: 'arn:hold', Status: 'CANCELED' }), true],
    ['is being canceled', async () => ({ LegalHoldArn: 'arn:hold', Status: 'CANCELING' }), true],
    ['is unknown', async () => ({}), true],
    ['is gone', () => Promise.reject(awsError('ResourceNotFoundException')), true],
    ['can not be read', () => Promise.reject(awsError('InvalidParameterValueException')), false],
  ])('that %s needs no canceling', async (_, getLegalHold, succeeds) => {
    const holds = new FakeHolds();
    const client = { ...holds.client, getLegalHold } as never;
    const body = await answered(
      legalHold(client),
      request('Delete', HOLD, { PhysicalResourceId: 'legal-hold:hold-1' }),
    );
    expect(body).toMatchObject(
      succeeds ? { Status: 'SUCCESS' } : { Reason: 'InvalidParameterValueException: no' },
    );
    expect(holds.faults.calls).toBe(0);
  });

  test('that can not be canceled makes the deletion fail', async () => {
    const holds = new FakeHolds();
    await tell(holds, 'Create', HOLD);
    const cancelLegalHold = () => Promise.reject(awsError('InvalidParameterValueException'));
    expect(
      await answered(
        legalHold({ ...holds.client, cancelLegalHold }),
        request('Delete', HOLD, { PhysicalResourceId: 'legal-hold:hold-1' }),
      ),
    ).toMatchObject({ Status: 'FAILED', Reason: 'InvalidParameterValueException: no' });
  });

  test.each(['x', undefined])('that was never made needs no cancelling: %s', async (PhysicalResourceId) => {
    const holds = new FakeHolds();
    expect(await tell(holds, 'Delete', HOLD, { PhysicalResourceId })).toMatchObject({ Status: 'SUCCESS' });
    expect(
      await tell(holds, 'Update', HOLD, { PhysicalResourceId, OldResourceProperties: HOLD }),
    ).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'legal-hold:hold-1' });
    holds.faults.calls = 0;
    await tell(holds, 'Delete', HOLD, { PhysicalResourceId });
    expect(holds.faults.calls).toBe(0);
  });

  test.each([
    [{ ...HOLD, title: '' }, 'the property `title` is missing'],
    [
      { ...HOLD, vaultNames: undefined },
      'one of the properties `vaultNames`, `resourceIdentifiers` must say what to hold',
    ],
    [{ ...HOLD, vaultNames: 'gold' }, 'the property `vaultNames` must be a list of strings'],
    [{ ...HOLD, fromDate: 'soon', toDate: 'later' }, '`soon` is not a date'],
  ])('with malformed properties fails clearly', async (properties, Reason) => {
    expect(await tell(new FakeHolds(), 'Create', properties)).toMatchObject({ Status: 'FAILED', Reason });
  });
});

describe('a restore access vault', () => {
  const OWN = { sourceVaultArn: 'arn:aws:backup:eu-west-1:111122223333:backup-vault:gold' };
  const FAR = { sourceVaultArn: 'arn:aws:backup:eu-west-1:444455556666:backup-vault:gold' };
  const tell = (access: FakeAccess, type: string, properties: unknown, more = {}, runtime?: VirtualRuntime) =>
    answered(restoreAccessVault(access.client), request(type, properties, more), runtime);

  test('is asked for, not waited for, and revoked where the vault is of the account', async () => {
    const access = new FakeAccess();
    const body = await tell(access, 'Create', OWN);
    expect(body).toMatchObject({
      PhysicalResourceId: 'arn:aws:backup:eu-west-1:111122223333:backup-vault:access-1',
      Data: { Name: 'access-1', State: 'CREATING' },
    });
    const { PhysicalResourceId } = body;
    expect(await tell(access, 'Delete', OWN, { PhysicalResourceId })).toMatchObject({ Status: 'SUCCESS' });
    expect(access.revoked).toEqual([
      { BackupVaultName: 'gold', RestoreAccessBackupVaultArn: PhysicalResourceId },
    ]);
    expect(await tell(access, 'Delete', OWN, { PhysicalResourceId })).toMatchObject({ Status: 'SUCCESS' });
  });

  test('of a vault of another account stays until that account revokes it, and says so', async () => {
    const access = new FakeAccess();
    const { PhysicalResourceId } = await tell(access, 'Create', FAR);
    const runtime = new VirtualRuntime();
    await tell(access, 'Delete', FAR, { PhysicalResourceId }, runtime);
    expect(access.revoked).toEqual([]);
    expect(runtime.lines).toContain(
      `${PhysicalResourceId} stays until the account of ${FAR.sourceVaultArn} revokes the access`,
    );
  });

  test('is asked for anew where source or name change, and not for another comment', async () => {
    const access = new FakeAccess();
    const { PhysicalResourceId } = await tell(access, 'Create', OWN);
    const more = { PhysicalResourceId, OldResourceProperties: OWN, RequestId: 'request-2' };
    expect(await tell(access, 'Update', { ...OWN, comment: 'x' }, more)).toMatchObject({
      PhysicalResourceId,
    });
    expect(await tell(access, 'Update', { ...OWN, vaultName: 'x' }, more)).toMatchObject({
      PhysicalResourceId: 'arn:aws:backup:eu-west-1:111122223333:backup-vault:access-2',
    });
  });

  test('is asked for again where the update before left none, and keeps its ARN where it did', async () => {
    const access = new FakeAccess();
    const more = { PhysicalResourceId: '1a2b3c-Thing', OldResourceProperties: OWN };
    const { PhysicalResourceId } = await tell(access, 'Update', OWN, more);
    expect(PhysicalResourceId).toBe('arn:aws:backup:eu-west-1:111122223333:backup-vault:access-1');
    const again = { ...more, PhysicalResourceId, RequestId: 'request-2' };
    expect(await tell(access, 'Update', OWN, again)).toMatchObject({
      PhysicalResourceId,
      Data: { Arn: PhysicalResourceId, Name: 'access-1', State: 'UNCHANGED' },
    });
    const source = { ...again, OldResourceProperties: FAR };
    expect(await tell(access, 'Update', OWN, source)).toMatchObject({
      PhysicalResourceId: 'arn:aws:backup:eu-west-1:111122223333:backup-vault:access-2',
    });
  });

  test('has the name that AWS says, and asks for the name and with the comment of its properties', async () => {
    const inputs: unknown[] = [];
    const arn = 'arn:aws:backup:eu-west-1:111122223333:backup-vault:odd:name';
    const answers = [
      { RestoreAccessBackupVaultArn: arn, RestoreAccessBackupVaultName: 'mine', VaultState: 'AVAILABLE' },
      { RestoreAccessBackupVaultArn: arn },
      {},
    ];
    const createRestoreAccess = async (input: unknown) => {
      inputs.push(input);
      return answers[inputs.length - 1] as never;
    };
    const ask = (runtime?: VirtualRuntime) =>
      answered(
        restoreAccessVault({ ...new FakeAccess().client, createRestoreAccess }),
        request('Create', { ...OWN, vaultName: 'mine', comment: 'please' }),
        runtime,
      );
    const runtime = new VirtualRuntime();
    expect(await ask(runtime)).toMatchObject({ Data: { Arn: arn, Name: 'mine', State: 'AVAILABLE' } });
    expect(inputs).toEqual([
      {
        SourceBackupVaultArn: OWN.sourceVaultArn,
        BackupVaultName: 'mine',
        RequesterComment: 'please',
        CreatorRequestId: 'request-1',
      },
    ]);
    expect(runtime.lines).toContain(
      `access was requested; the approval team of ${OWN.sourceVaultArn} may take days`,
    );
    expect(await ask()).toMatchObject({ Data: { Arn: arn, Name: 'odd:name', State: '' } });
    expect(await ask()).toMatchObject({ Reason: 'AWS Backup requested access but returned no ARN' });
  });

  test('that can not be revoked makes the deletion fail', async () => {
    const revokeRestoreAccess = () => Promise.reject(awsError('InvalidParameterValueException'));
    const event = request('Delete', OWN, { PhysicalResourceId: OWN.sourceVaultArn });
    expect(
      await answered(restoreAccessVault({ ...new FakeAccess().client, revokeRestoreAccess }), event),
    ).toMatchObject({ Status: 'FAILED', Reason: 'InvalidParameterValueException: no' });
  });

  test('that was never made needs no revoking, and a source is needed', async () => {
    const access = new FakeAccess();
    await tell(access, 'Delete', OWN, { PhysicalResourceId: 'x' });
    expect(access.faults.calls).toBe(0);
    expect(await tell(access, 'Create', {})).toMatchObject({
      Reason: 'the property `sourceVaultArn` is missing',
    });
  });
});

describe('the settings of a plan for S3', () => {
  const OPTIONS = { planId: 'plan-1', options: { BackupACLs: 'disabled' } };
  const ledgers = new Map<FakePlan, FakeParameters>();
  const tell = (plan: FakePlan, type: string, properties: unknown = OPTIONS) => {
    const parameters = ledgers.get(plan) ?? new FakeParameters();
    ledgers.set(plan, parameters);
    return answered(
      planS3Settings(plan.client, parameters),
      request(type, properties, { PhysicalResourceId: 'plan-1' }),
    );
  };

  test('are merged into the plan as it is deployed, and go again', async () => {
    const plan = new FakePlan();
    const before = structuredClone(plan.plan);
    await tell(plan, 'Create');
    expect(plan.plan).toEqual({
      ...before,
      AdvancedBackupSettings: [
        { ResourceType: 'EC2', BackupOptions: { WindowsVSS: 'enabled' } },
        { ResourceType: 'S3', BackupOptions: { BackupACLs: 'disabled' } },
      ],
    });
    await tell(plan, 'Update');
    expect(plan.faults.names.filter((name) => name === 'backup:UpdateBackupPlan')).toHaveLength(1);
    await tell(plan, 'Delete');
    expect(plan.plan).toEqual(before);
  });

  test('that somebody else has set stay', async () => {
    const plan = new FakePlan();
    const settings = [{ ResourceType: 'S3', BackupOptions: { BackupObjectTags: 'disabled' } }];
    plan.change({ ...plan.plan, AdvancedBackupSettings: settings });
    await tell(plan, 'Create');
    await tell(plan, 'Delete');
    expect(plan.plan.AdvancedBackupSettings).toEqual(settings);
  });

  test('of a plan that is gone are gone', async () => {
    const plan = new FakePlan();
    plan.isThere = false;
    expect(await tell(plan, 'Delete')).toMatchObject({ Status: 'SUCCESS' });
    expect(await tell(plan, 'Create')).toMatchObject({ Reason: 'there is no plan plan-1' });
    expect(await tell(plan, 'Create', { planId: 'p', options: 'x' })).toMatchObject({
      Reason: 'the property `options` must be a map of strings',
    });
  });
});
