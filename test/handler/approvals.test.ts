import { planS3Settings } from '../../src/handler/plan/plan-s3-settings';
import { approvalTeam } from '../../src/handler/vault/approval-team';
import { legalHold } from '../../src/handler/vault/legal-hold';
import { restoreAccessVault } from '../../src/handler/vault/restore-access-vault';
import { FakeAccess, FakeHolds, FakePlan, FakeTeamVault } from './support/fake-approvals';
import { FakeParameters } from './support/fakes';
import { answered, request } from './support/requests';
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

  test('that was never made needs no cancelling', async () => {
    const holds = new FakeHolds();
    expect(await tell(holds, 'Delete', HOLD, { PhysicalResourceId: 'x' })).toMatchObject({
      Status: 'SUCCESS',
    });
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
