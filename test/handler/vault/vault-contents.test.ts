import { vaultContents } from '../../../src/handler/vault/vault-contents';
import { FakeContents } from '../support/fake-vault';
import { Faults } from '../support/fakes';
import { answered, awsError, request } from '../support/requests';
import { VirtualRuntime } from '../support/virtual-runtime';

const PROPERTIES = {
  vaultName: 'gold',
  tag: 'tag',
  vaultLogicalId: 'Vault',
  deletionPolicy: 'Delete',
  updateReplacePolicy: 'Delete',
};
const SNAPSHOT = 'arn:aws:ec2:eu-west-1::snapshot/snap-1';
const DATABASE = 'arn:aws:backup:eu-west-1:111122223333:recovery-point:continuous:rds-1';
const BUCKET = 'arn:aws:backup:eu-west-1:111122223333:recovery-point:continuous:s3-1';

function place() {
  const runtime = new VirtualRuntime();
  const vault = new FakeContents(new Faults(), () => runtime.now());
  const operation = vaultContents(vault.contentsClient, vault.stackClient);
  const tell = (type: string, more: Record<string, unknown> = { PhysicalResourceId: 'gold' }) => {
    runtime.sent.length = 0;
    return answered(operation, request(type, PROPERTIES, more), runtime, 900_000);
  };
  return { runtime, vault, tell };
}

describe('the contents of a vault', () => {
  test('are left alone as long as the vault is there', async () => {
    const { vault, tell } = place();
    vault.fill(SNAPSHOT);
    expect(await tell('Create', {})).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'gold' });
    expect(await tell('Update')).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'gold' });
    expect([...vault.points.keys()]).toEqual([SNAPSHOT]);
  });

  test('are deleted with it, continuous ones left to their service, and waited for', async () => {
    const { vault, tell, runtime } = place();
    vault.fill(...Array.from({ length: 12 }, (_, index) => `${SNAPSHOT}${index}`), DATABASE, BUCKET);
    expect(await tell('Delete')).toMatchObject({ Status: 'SUCCESS' });
    expect(vault.points.size).toBe(0);
    expect(vault.left).toEqual([DATABASE]);
    expect(runtime.now()).toBeGreaterThanOrEqual(60_000);
  });

  test('stay where the vault stays: the tag was taken away first', async () => {
    const { vault, tell, runtime } = place();
    vault.fill(SNAPSHOT).tags = {};
    expect(await tell('Delete')).toMatchObject({ Status: 'SUCCESS' });
    expect(vault.points.size).toBe(1);
    expect(runtime.lines).toContain(
      'vault gold keeps its recovery points: it does not carry the mark of this resource',
    );
  });

  test('stay after a creation that failed', async () => {
    const { vault, tell, runtime } = place();
    vault.fill(SNAPSHOT);
    expect(await tell('Delete', { PhysicalResourceId: '1a2b3c-Thing' })).toMatchObject({ Status: 'SUCCESS' });
    expect(vault.points.size).toBe(1);
    expect(runtime.lines).toContain('the resource was never created, so nothing is deleted');
  });

  test('of a vault that is gone are gone', async () => {
    const { vault, tell } = place();
    vault.isThere = false;
    expect(await tell('Delete')).toMatchObject({ Status: 'SUCCESS' });
  });

  test.each([
    ['Create', { lock: {} }, "vault gold is locked, so its recovery points can't be deleted"],
    ['Delete', { lock: {} }, "vault gold is locked, so its recovery points can't be deleted"],
    [
      'Create',
      { type: 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT' },
      'vault gold is not an ordinary backup vault (LOGICALLY_AIR_GAPPED_BACKUP_VAULT), so it is not emptied',
    ],
    ['Create', { isThere: false }, 'there is no vault gold'],
  ])('%s of %j fails clearly', async (type, facts, Reason) => {
    const { vault, tell } = place();
    Object.assign(vault.fill(SNAPSHOT), facts);
    expect(await tell(type)).toMatchObject({ Status: 'FAILED', Reason });
    expect(vault.points.size).toBe(1);
  });

  test.each<[string, Error | 'EXPIRED', string]>([
    [
      'under a legal hold',
      awsError('InvalidRequestException', 'under legal hold'),
      'InvalidRequestException: under legal hold; set organization settings in the management account; a locked vault can not be changed',
    ],
    [
      'whose role is gone',
      'EXPIRED',
      'it stays EXPIRED; check whether the role that created it still exists and may delete it',
    ],
  ])('%s make the deletion fail, and all others are deleted', async (_, why, words) => {
    const { vault, tell } = place();
    vault.fill(SNAPSHOT, `${SNAPSHOT}2`).stuck.set(SNAPSHOT, why);
    expect(await tell('Delete')).toMatchObject({
      Status: 'FAILED',
      Reason: `1 recovery points can't be deleted, such as ${SNAPSHOT}: ${words}`,
    });
    expect([...vault.points.keys()]).toContain(SNAPSHOT);
  });

  test('that are too many for the time of the function make it fail, and the next deletion goes on', async () => {
    const { vault, tell } = place();
    vault.fill(SNAPSHOT);
    vault.points.set('arn:late', { status: 'CREATING', goneAt: 2_000_000 });
    expect(await tell('Delete')).toMatchObject({
      Status: 'FAILED',
      Reason: 'vault gold still has 1 recovery points; delete again to continue',
    });
    vault.points.clear();
    expect(await tell('Delete')).toMatchObject({ Status: 'SUCCESS' });
  });
});
