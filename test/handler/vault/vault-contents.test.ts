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
  const tell = (
    type: string,
    more: Record<string, unknown> = { PhysicalResourceId: 'gold' },
    properties: object = PROPERTIES,
  ) => {
    runtime.sent.length = 0;
    return answered(operation, request(type, properties, more), runtime, 900_000);
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

  const STACK = (Resources: object) => ({ template: { Resources } });
  const VAULT = { Type: 'AWS::Backup::BackupVault' };
  const CLEANING = { stackStatus: 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS' };

  test.each<[string, object, object, string]>([
    [
      'the mark is of another resource',
      { tags: { tag: '1a2b3c-Other' } },
      {},
      'it does not carry the mark of this resource',
    ],
    [
      'nothing says which vault it is',
      {},
      { vaultLogicalId: undefined },
      'the resource does not say which vault of the stack it is',
    ],
    [
      'its deletion policy keeps it',
      {},
      { deletionPolicy: 'Retain' },
      'its DeletionPolicy and UpdateReplacePolicy are not both `Delete`',
    ],
    [
      'its replace policy keeps it',
      {},
      { updateReplacePolicy: 'Retain' },
      'its DeletionPolicy and UpdateReplacePolicy are not both `Delete`',
    ],
    [
      'the stack is only updated',
      { stackStatus: 'UPDATE_IN_PROGRESS' },
      {},
      'its stack is in UPDATE_IN_PROGRESS',
    ],
    [
      'the stack rolls back',
      { stackStatus: 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS' },
      {},
      'its stack is in UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
    ],
    [
      'only another stack of the name is there',
      { stackId: 'arn:other' },
      {},
      'its stack is in an unknown state',
    ],
    ['the template is no JSON', { template: 'Resources:' }, {}, 'the template of its stack can not be read'],
    ['the template is nothing', { template: '' }, {}, 'the template of its stack can not be read'],
    ['the template is a list', { template: [] }, {}, 'the template of its stack can not be read'],
    ['the template has no resources', { template: {} }, {}, 'the template of its stack can not be read'],
    ['the resources are a list', STACK([]), {}, 'the template of its stack can not be read'],
    [
      'the new template still has it',
      { ...CLEANING, ...STACK({ Vault: VAULT }) },
      {},
      'the template of its stack still has it',
    ],
    [
      'the template keeps it',
      STACK({ Vault: { ...VAULT, DeletionPolicy: 'Retain' } }),
      {},
      'the template of its stack keeps it',
    ],
    [
      'the template keeps what is replaced',
      STACK({ Vault: { ...VAULT, UpdateReplacePolicy: 'Retain' } }),
      {},
      'the template of its stack keeps it',
    ],
    ['its resource can not be read', STACK({ Vault: 'vault' }), {}, 'the template of its stack keeps it'],
    [
      'the same vault has another logical id',
      { ...CLEANING, ...STACK({ New: { ...VAULT, Properties: { BackupVaultName: 'gold' } } }) },
      {},
      'New in the template of its stack is the same vault',
    ],
    [
      'a vault with a name that is not known may be the same',
      {
        ...CLEANING,
        ...STACK({ Role: {}, New: { ...VAULT, Properties: { BackupVaultName: { Ref: 'Name' } } } }),
      },
      {},
      'New in the template of its stack is the same vault',
    ],
    [
      'a vault without properties may be the same',
      { ...CLEANING, ...STACK({ New: VAULT }) },
      {},
      'New in the template of its stack is the same vault',
    ],
  ])('stay where %s', async (_, facts, properties, reason) => {
    const { vault, tell, runtime } = place();
    Object.assign(vault.fill(SNAPSHOT), facts);
    expect(await tell('Delete', undefined, { ...PROPERTIES, ...properties })).toMatchObject({
      Status: 'SUCCESS',
    });
    expect(vault.points.size).toBe(1);
    expect(runtime.lines).toContain(`vault gold keeps its recovery points: ${reason}`);
  });

  test.each<[string, object]>([
    [
      'the stack goes and its template says that the vault goes',
      STACK({ Vault: { ...VAULT, DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' } }),
    ],
    ['an update removed it', { ...CLEANING, ...STACK({}) }],
    [
      'an update replaced it by a vault of another name',
      { ...CLEANING, ...STACK({ New: { ...VAULT, Properties: { BackupVaultName: 'silver' } } }) },
    ],
    [
      'something else has its name',
      {
        ...CLEANING,
        ...STACK({ New: { Type: 'AWS::S3::Bucket', Properties: { BackupVaultName: 'gold' } }, Odd: 1 }),
      },
    ],
    ['AWS shows no type of vault', { type: undefined }],
  ])('go where %s', async (_, facts) => {
    const { vault, tell } = place();
    Object.assign(vault.fill(SNAPSHOT), facts);
    expect(await tell('Delete')).toMatchObject({ Status: 'SUCCESS' });
    expect(vault.points.size).toBe(0);
  });

  test.each<[string, object, object]>([
    [
      'in a rollback',
      { stackStatus: 'UPDATE_ROLLBACK_IN_PROGRESS' },
      { Status: 'SUCCESS', PhysicalResourceId: 'gold' },
    ],
    [
      'in an update',
      { stackStatus: 'UPDATE_IN_PROGRESS' },
      { Status: 'FAILED', Reason: 'there is no vault gold' },
    ],
    [
      'in a stack that can not be read',
      { stackId: 'arn:other' },
      { Status: 'FAILED', Reason: 'there is no vault gold' },
    ],
  ])('of a vault that somebody deleted need no emptying %s', async (_, facts, outcome) => {
    const { vault, tell, runtime } = place();
    Object.assign(vault, { isThere: false }, facts);
    expect(await tell('Update')).toMatchObject(outcome);
    expect(
      runtime.lines.includes('there is no vault gold any more, so nothing will have to be emptied'),
    ).toBe('PhysicalResourceId' in outcome);
  });

  test('of a vault that is not there fail clearly, although the stack can not be read', async () => {
    const { vault } = place();
    vault.isThere = false;
    const describeStacks = () => Promise.reject(awsError('ValidationError', 'no stack'));
    const operation = vaultContents(vault.contentsClient, { ...vault.stackClient, describeStacks });
    expect(await answered(operation, request('Create', PROPERTIES))).toMatchObject({
      Status: 'FAILED',
      Reason: 'there is no vault gold',
    });
  });

  test.each([
    ['the continuous backup of a database', DATABASE, 'COMPLETED', true],
    ['an automated backup', 'arn:aws:rds:eu-west-1:111122223333:auto-backup:ab-1', 'COMPLETED', true],
    [
      'an automated backup of a cluster',
      'arn:aws:rds:eu-west-1:111122223333:cluster-auto-backup:ab-1',
      'COMPLETED',
      true,
    ],
    ['one that is available for a restore to any time', 'arn:aws:dynamodb:1', 'AVAILABLE', true],
    [
      'the snapshot of a cluster',
      'arn:aws:rds:eu-west-1:111122223333:cluster-snapshot:awsbackup:job-1',
      'COMPLETED',
      false,
    ],
    ['a bucket, whose service takes nothing over', BUCKET, 'COMPLETED', false],
  ])('are left to their service where it can take them over: %s', async (_, arn, status, isLeft) => {
    const { vault, tell } = place();
    vault.points.set(arn, { status });
    expect(await tell('Delete')).toMatchObject({ Status: 'SUCCESS' });
    expect(vault.left).toEqual(isLeft ? [arn] : []);
    expect(vault.points.size).toBe(0);
  });

  test.each([
    ['InvalidParameterValueException', true],
    ['InvalidRequestException', true],
    ['InvalidResourceStateException', true],
    ['MissingParameterValueException', false],
  ])(
    'that no service takes over (%s) are deleted, unless something else is wrong',
    async (name, isDeleted) => {
      const { vault } = place();
      vault.fill(DATABASE);
      const disassociateRecoveryPoint = () => Promise.reject(awsError(name));
      const operation = vaultContents(
        { ...vault.contentsClient, disassociateRecoveryPoint },
        vault.stackClient,
      );
      const event = request('Delete', PROPERTIES, { PhysicalResourceId: 'gold' });
      const runtime = new VirtualRuntime();
      vault.meanwhile = () => {
        if (runtime.now() > 0)
          vault.points.delete(vault.points.get(DATABASE)?.status === 'DELETING' ? DATABASE : '');
      };
      expect(await answered(operation, event, runtime, 900_000)).toMatchObject(
        isDeleted
          ? { Status: 'SUCCESS' }
          : { Reason: `1 recovery points can't be deleted, such as ${DATABASE}: ${name}: no` },
      );
    },
  );

  test('go in an order that AWS accepts: what a service takes over and what has a parent, then the rest', async () => {
    const { vault, tell } = place();
    vault.fill(SNAPSHOT, DATABASE);
    vault.points.set('arn:nested', { status: 'COMPLETED', parent: SNAPSHOT });
    expect(await tell('Delete')).toMatchObject({ Status: 'SUCCESS' });
    const order = vault.faults.names.filter((name) => /Disassociate|DeleteRecovery/.test(name));
    expect(order.slice(0, 2).sort()).toEqual([
      'backup:DisassociateRecoveryPoint',
      'backup:DisassociateRecoveryPointFromParent',
    ]);
    expect(order.slice(2)).toEqual(['backup:DeleteRecoveryPoint', 'backup:DeleteRecoveryPoint']);
    expect(vault.points.size).toBe(0);
  });

  test('that are deleted already are deleted once, and tried again while they are made', async () => {
    const { vault, tell } = place();
    vault.points.set(SNAPSHOT, { status: 'DELETING', goneAt: 100_000 });
    vault.points.set('arn:new', { status: 'CREATING' });
    vault.meanwhile = (now) => {
      if (now > 300_000 && vault.points.get('arn:new')?.status === 'CREATING')
        vault.points.set('arn:new', { status: 'COMPLETED' });
    };
    expect(await tell('Delete')).toMatchObject({ Status: 'SUCCESS' });
    expect(vault.faults.names.filter((name) => name === 'backup:DeleteRecoveryPoint')).toHaveLength(1);
  });

  test('that stay are deleted four times before the deletion fails, with how many they are', async () => {
    const { vault, tell } = place();
    vault.fill(SNAPSHOT, `${SNAPSHOT}2`, `${SNAPSHOT}3`);
    for (const arn of [SNAPSHOT, `${SNAPSHOT}3`]) vault.stuck.set(arn, 'EXPIRED');
    expect(await tell('Delete')).toMatchObject({
      Status: 'FAILED',
      Reason: `2 recovery points can't be deleted, such as ${SNAPSHOT}: it stays EXPIRED; check whether the role that created it still exists and may delete it`,
    });
    expect(vault.faults.names.filter((name) => name === 'backup:DeleteRecoveryPoint')).toHaveLength(9);
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
    [
      'Delete',
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
      'that AWS says are gone but lists',
      awsError('ResourceNotFoundException'),
      'it stays COMPLETED; check whether the role that created it still exists and may delete it',
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
