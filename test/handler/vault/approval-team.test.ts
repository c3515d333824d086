import type { Claim } from '../../../src/handler/core/claim';
import { approvalTeam } from '../../../src/handler/vault/approval-team';
import { describePending, pendingChange, withRequest } from '../../../src/handler/vault/team-change';
import { FakeTeamVault } from '../support/fake-approvals';
import { FakeParameters } from '../support/fakes';
import { answered, awsError, request } from '../support/requests';
import { VirtualRuntime } from '../support/virtual-runtime';

const FOLDER = '/cdk-backup-constructs/approval-teams';

/** The air-gapped vault `gold`, and resources of two stacks that set its team. */
function place({ agrees = true, team }: { agrees?: boolean; team?: string } = {}) {
  const runtime = new VirtualRuntime();
  const vault = new FakeTeamVault(undefined, runtime.now);
  Object.assign(vault, { agrees, team });
  const parameters = new FakeParameters();
  const tell = (type: string, stack: string, teamArn: string, more: Record<string, unknown> = {}) => {
    runtime.sent.length = 0;
    const { comment, claimed = 'true', before, LogicalResourceId } = more;
    const properties = { vaultName: 'gold', teamArn, claimed, comment };
    return answered(
      approvalTeam(vault.teamClient, parameters),
      request(type, properties, {
        StackId: `arn:aws:cloudformation:us-east-1:111122223333:stack/app/${stack}`,
        PhysicalResourceId: 'gold',
        ...(LogicalResourceId !== undefined && { LogicalResourceId }),
        ...(before !== undefined && {
          OldResourceProperties: { vaultName: 'gold', claimed, ...(before as object) },
        }),
      }),
      runtime,
    );
  };
  /** Somebody requests a change in the console. */
  const requestByHand = () => {
    vault.session = 'arn:session/hand';
  };
  return { runtime, vault, parameters, tell, requestByHand };
}

const pending = (what: string, session = 'arn:session/1') =>
  `vault gold: ${what} waits for approval (session ${session}); have it approved or denied, then try again`;
const FOREIGN = pending('a change that somebody else requested', 'arn:session/hand');

describe('the approval team of a vault', () => {
  test('that was there before comes back when the stack goes', async () => {
    const { vault, tell, parameters } = place({ team: 'arn:before' });
    expect(await tell('Create', 'one', 'arn:a')).toMatchObject({
      Data: { VaultName: 'gold', Status: 'APPROVED' },
    });
    await tell('Update', 'one', 'arn:b');
    expect(vault.team).toBe('arn:b');
    await tell('Delete', 'one', 'arn:b');
    expect(vault.team).toBe('arn:before');
    expect(parameters.claims).toBe(0);
  });

  test('that was there before, and is the one that is wanted, is not asked for, and goes with the stack', async () => {
    const { vault, tell } = place({ team: 'arn:a' });
    expect(await tell('Create', 'one', 'arn:a')).toMatchObject({ Data: { Status: 'APPROVED' } });
    expect(vault.asked).toBe(0);
    await tell('Delete', 'one', 'arn:a');
    expect([vault.asked, vault.team]).toEqual([1, undefined]);
  });

  test('is that of one stack: another one that sets another team is refused', async () => {
    const { vault, tell, parameters } = place();
    await tell('Create', 'one', 'arn:a');
    expect(await tell('Create', 'two', 'arn:b')).toMatchObject({
      Status: 'FAILED',
      Reason: 'one-Thing sets another approval team; change it there first',
    });
    expect([vault.team, vault.asked, parameters.claims]).toEqual(['arn:a', 1, 1]);
  });

  test('stays until the last of two stacks goes that want the same one', async () => {
    const { vault, tell, runtime } = place({ team: 'arn:before' });
    await tell('Create', 'one', 'arn:a');
    await tell('Create', 'two', 'arn:a');
    await tell('Delete', 'one', 'arn:a');
    expect(vault.team).toBe('arn:a');
    expect(runtime.lines).toContain('the approval team of gold stays: two-Thing wants it too');
    await tell('Delete', 'two', 'arn:a');
    expect(vault.team).toBe('arn:before');
  });

  test('is not changed by an update to what another stack wants another one for', async () => {
    const { tell, vault } = place();
    await tell('Create', 'one', 'arn:a');
    await tell('Create', 'two', 'arn:a');
    expect(await tell('Update', 'two', 'arn:b', { before: { teamArn: 'arn:a' } })).toMatchObject({
      Reason: 'one-Thing sets another approval team; change it there first',
    });
    // and the rollback of the refused update succeeds, and asks for nothing
    expect(await tell('Update', 'two', 'arn:a', { before: { teamArn: 'arn:b' } })).toMatchObject({
      Data: { Status: 'APPROVED' },
    });
    expect(vault.asked).toBe(1);
  });

  test('is that of the newest resource of one stack, and handed over when the old one goes', async () => {
    const { vault, tell, parameters } = place({ team: 'arn:before' });
    await tell('Create', 'one', 'arn:a', { LogicalResourceId: 'Old' });
    expect(await tell('Create', 'one', 'arn:b', { LogicalResourceId: 'New' })).toMatchObject({
      Data: { Status: 'APPROVED' },
    });
    await tell('Delete', 'one', 'arn:a', { LogicalResourceId: 'Old' });
    expect([vault.team, vault.asked, parameters.claims]).toEqual(['arn:b', 2, 1]);
    await tell('Delete', 'one', 'arn:b', { LogicalResourceId: 'New' });
    expect(vault.team).toBe('arn:before');
  });

  test('stays with the resource that wants it too, whatever others of the stack want', async () => {
    const { vault, tell } = place();
    await tell('Create', 'one', 'arn:b', { LogicalResourceId: 'First' });
    await tell('Create', 'one', 'arn:a', { LogicalResourceId: 'Old' });
    await tell('Create', 'one', 'arn:a', { LogicalResourceId: 'Same' });
    await tell('Delete', 'one', 'arn:a', { LogicalResourceId: 'Old' });
    expect([vault.team, vault.asked]).toEqual(['arn:a', 2]);
  });

  test('becomes that of the resource that is left when the newest goes', async () => {
    const { vault, tell } = place();
    await tell('Create', 'one', 'arn:a', { LogicalResourceId: 'Old' });
    await tell('Create', 'one', 'arn:b', { LogicalResourceId: 'New' });
    await tell('Delete', 'one', 'arn:b', { LogicalResourceId: 'New' });
    expect(vault.team).toBe('arn:a');
    await tell('Delete', 'one', 'arn:a', { LogicalResourceId: 'Old' });
    expect(vault.team).toBeUndefined();
  });

  test('that somebody changed since stays when the stack goes', async () => {
    const { vault, tell, parameters } = place();
    await tell('Create', 'one', 'arn:a');
    vault.team = 'arn:hand';
    await tell('Delete', 'one', 'arn:a');
    expect([vault.team, vault.asked, parameters.claims]).toEqual(['arn:hand', 1, 0]);
  });

  test.each([
    ['true', 'arn:a'],
    ['false', undefined],
  ])('without a saved claim stays if the resource saves claims: %s', async (claimed, team) => {
    const { vault, tell } = place({ team: 'arn:a' });
    await tell('Delete', 'one', 'arn:a', { claimed });
    expect(vault.team).toBe(team);
  });

  test('that was there before comes back although another stack left a claim that wants nothing', async () => {
    const { vault, tell, parameters } = place({ team: 'arn:before' });
    await tell('Create', 'one', 'arn:a');
    parameters.values.set(`${FOLDER}/two-Thing/gold`, JSON.stringify({ wants: {}, undo: {} }));
    await tell('Delete', 'one', 'arn:a');
    expect(vault.team).toBe('arn:before');
  });

  test('stays in a rollback to what another stack contradicts meanwhile, and is remembered', async () => {
    const { vault, tell, runtime } = place();
    await tell('Create', 'two', 'arn:a');
    await tell('Update', 'two', 'arn:b', { before: { teamArn: 'arn:a' } });
    await tell('Create', 'one', 'arn:b');
    expect(await tell('Update', 'two', 'arn:a', { before: { teamArn: 'arn:b' } })).toMatchObject({
      Status: 'SUCCESS',
      Data: { VaultName: 'gold', Status: 'FAILED' },
    });
    expect(vault.team).toBe('arn:b');
    expect(runtime.lines).toContain('the approval team of gold stays: one-Thing sets another one');
    // which is what the other stack leaves it to
    await tell('Delete', 'one', 'arn:b');
    expect(vault.team).toBe('arn:a');
  });

  test('stays while a claim that can not be read may want it', async () => {
    const { vault, tell, parameters, runtime } = place();
    await tell('Create', 'one', 'arn:a');
    parameters.values.set(`${FOLDER}/two-Thing/gold`, '{');
    await tell('Delete', 'one', 'arn:a');
    expect(vault.team).toBe('arn:a');
    expect(runtime.lines).toContain('the approval team of gold stays: two-Thing wants it too');
    expect([...parameters.values.keys()]).toEqual([`${FOLDER}/two-Thing/gold`]);
    expect(parameters.values.get(`${FOLDER}/two-Thing/gold`)).toBe('{');
  });
});

describe('a change of the approval team that waits for people', () => {
  test('is not waited for, and asked for once', async () => {
    const { vault, tell } = place({ agrees: false });
    expect(await tell('Create', 'one', 'arn:a')).toMatchObject({
      Data: { VaultName: 'gold', Status: 'PENDING' },
    });
    expect(await tell('Update', 'one', 'arn:a')).toMatchObject({
      Data: { VaultName: 'gold', Status: 'PENDING' },
    });
    expect(vault.asked).toBe(1);
  });

  test('keeps another from being asked for, by this stack or another', async () => {
    const { tell } = place({ agrees: false });
    await tell('Create', 'one', 'arn:a');
    const Reason = pending('the approval team arn:a');
    expect(await tell('Update', 'one', 'arn:b')).toMatchObject({ Status: 'FAILED', Reason });
    expect(await tell('Delete', 'one', 'arn:a')).toMatchObject({ Status: 'FAILED', Reason });
    expect(await tell('Create', 'two', 'arn:a')).toMatchObject({ Data: { Status: 'PENDING' } });
  });

  test.each([true, false])(
    'leaves nothing behind, whether people approve it or not: %s',
    async (isApproved) => {
      const { vault, tell, parameters } = place({ agrees: false, team: 'arn:before' });
      await tell('Create', 'one', 'arn:a');
      vault.decide(isApproved);
      expect(await tell('Delete', 'one', 'arn:a')).toMatchObject({ Status: 'SUCCESS' });
      vault.decide(true);
      expect([vault.team, vault.asked]).toEqual(['arn:before', isApproved ? 2 : 1]);
      await tell('Delete', 'one', 'arn:a');
      expect(parameters.claims).toBe(0);
    },
  );

  test('is known as ours although the function stopped right after it was requested', async () => {
    const { vault, parameters, tell } = place({ agrees: false });
    const { associateTeam } = vault.teamClient;
    const stopping = async (input: never) => {
      await associateTeam(input);
      throw awsError('Stopped');
    };
    const operation = approvalTeam({ ...vault.teamClient, associateTeam: stopping }, parameters);
    const StackId = 'arn:aws:cloudformation:us-east-1:111122223333:stack/app/one';
    const properties = { vaultName: 'gold', teamArn: 'arn:a', claimed: 'true' };
    expect(await answered(operation, request('Create', properties, { StackId }))).toMatchObject({
      Status: 'FAILED',
      Reason: 'Stopped: no',
    });
    expect(await tell('Update', 'one', 'arn:b')).toMatchObject({
      Reason: pending('the approval team arn:a'),
    });
    expect(await tell('Update', 'one', 'arn:a')).toMatchObject({ Data: { Status: 'PENDING' } });
    expect(vault.asked).toBe(1);
  });

  test.each([
    ['AlreadyExistsException', true],
    ['InvalidRequestException', true],
    ['InvalidResourceStateException', true],
    ['InvalidParameterValueException', false],
  ])('and because of which AWS refuses a removal (%s) is named', async (name, isNamed) => {
    const { vault, parameters, tell } = place({ agrees: false });
    await tell('Create', 'one', 'arn:a');
    const disassociateTeam = () => Promise.reject(awsError(name, 'odd'));
    const StackId = 'arn:aws:cloudformation:us-east-1:111122223333:stack/app/one';
    const properties = { vaultName: 'gold', teamArn: 'arn:a', claimed: 'true' };
    const body = await answered(
      approvalTeam({ ...vault.teamClient, disassociateTeam }, parameters),
      request('Delete', properties, { StackId, PhysicalResourceId: 'gold' }),
    );
    expect(body).toMatchObject({
      Status: 'FAILED',
      Reason: isNamed ? pending('the approval team arn:a') : `${name}: odd`,
    });
  });

  test('to no team is remembered until people decide, so that nobody is asked twice', async () => {
    const { vault, tell, runtime, parameters } = place();
    await tell('Create', 'one', 'arn:a');
    vault.agrees = false;
    expect(await tell('Delete', 'one', 'arn:a')).toMatchObject({ Status: 'SUCCESS' });
    expect(runtime.lines).toContain(
      'the change of the approval team of gold was requested, and is not waited for',
    );
    expect(await tell('Delete', 'one', 'arn:a')).toMatchObject({ Status: 'SUCCESS' });
    expect([vault.asked, parameters.claims]).toEqual([2, 1]);
    const Reason = pending('the removal of its approval team', 'arn:session/2');
    expect(await tell('Create', 'two', 'arn:b')).toMatchObject({ Status: 'FAILED', Reason });
    vault.decide(true);
    await tell('Delete', 'one', 'arn:a');
    expect(parameters.claims).toBe(0);
  });

  test.each([
    ['is not asked for again by an update that changes nothing', undefined, undefined, 'FAILED', 1],
    ['is asked for again with another comment', undefined, 'please', 'PENDING', 2],
    ['is asked for again without the comment', 'please', undefined, 'PENDING', 2],
  ])('and was denied %s', async (_, old, comment, Status, asked) => {
    const { vault, tell } = place({ agrees: false });
    await tell('Create', 'one', 'arn:a', { comment: old });
    vault.decide(false);
    expect(
      await tell('Update', 'one', 'arn:a', { comment, before: { teamArn: 'arn:a', comment: old } }),
    ).toMatchObject({ Status: 'SUCCESS', Data: { VaultName: 'gold', Status } });
    expect(vault.asked).toBe(asked);
  });

  test('of somebody else makes a change fail, and a deletion succeed', async () => {
    const { vault, tell, runtime, requestByHand, parameters } = place();
    requestByHand();
    expect(await tell('Create', 'one', 'arn:a')).toMatchObject({ Status: 'FAILED', Reason: FOREIGN });
    vault.decide(false);
    await tell('Create', 'one', 'arn:a');
    requestByHand();
    expect(await tell('Update', 'one', 'arn:b')).toMatchObject({ Status: 'FAILED', Reason: FOREIGN });
    expect(await tell('Delete', 'one', 'arn:a')).toMatchObject({ Status: 'SUCCESS' });
    expect(runtime.lines).toContain('somebody else requested a change of the approval team of gold');
    expect([vault.asked, parameters.claims]).toEqual([1, 0]);
  });

  test('that somebody requests at the same moment makes a change fail, with the reason of AWS', async () => {
    const { vault, parameters } = place();
    const associateTeam = () =>
      Promise.reject(awsError('InvalidRequestException', 'another change is pending'));
    const operation = approvalTeam({ ...vault.teamClient, associateTeam }, parameters);
    const properties = { vaultName: 'gold', teamArn: 'arn:a', claimed: 'true' };
    expect(await answered(operation, request('Create', properties))).toMatchObject({
      Reason:
        'InvalidRequestException: another change is pending; set organization settings in the management account; a locked vault can not be changed',
    });
  });
});

describe('which of us requested a change that waits', () => {
  const claim = (owner: string, team: string | null | undefined, session?: string, at = 1): Claim => {
    const plain = { owner, wants: {}, undo: {} };
    return team === undefined ? plain : withRequest(plain, team, session, at);
  };
  const bare: Claim = { owner: 'bare', wants: {}, undo: {}, writing: { team: 'arn:bare' } };

  test.each<[string, Claim[], string | null | undefined]>([
    ['nobody, without claims', [], undefined],
    ['nobody whose claim requests nothing', [claim('a', undefined)], undefined],
    ['who knows the session', [claim('a', 'arn:a', 'other'), claim('b', 'arn:b', 'this')], 'arn:b'],
    ['who knows the session, before who knows none', [claim('a', 'arn:a'), claim('b', null, 'this')], null],
    ['nobody who knows another session', [claim('a', 'arn:a', 'other')], undefined],
    ['who knows none', [claim('a', 'arn:a', 'other'), claim('b', 'arn:b')], 'arn:b'],
    [
      'who asked last of those who know none',
      [claim('a', 'arn:a', undefined, 2), claim('b', 'arn:b', undefined, 1)],
      'arn:a',
    ],
    [
      'who asked last, in another order',
      [claim('a', 'arn:a', undefined, 1), claim('b', null, undefined, 2)],
      null,
    ],
    ['whose claim does not say when it asked, if there is no other', [bare], 'arn:bare'],
    ['who says when it asked, before who does not', [bare, claim('a', 'arn:a')], 'arn:a'],
  ])('%s', (_, claims, team) => {
    const LatestMpaApprovalTeamUpdate = { Status: 'PENDING' as const, MpaSessionArn: 'this' };
    expect(pendingChange({ LatestMpaApprovalTeamUpdate }, claims)).toEqual({
      session: 'this',
      ...(team !== undefined && { team }),
    });
  });

  test('is unknown where AWS names no session and all know theirs', () => {
    const LatestMpaApprovalTeamUpdate = { Status: 'PENDING' as const };
    expect(pendingChange({ LatestMpaApprovalTeamUpdate }, [claim('a', 'arn:a', 'this')])).toEqual({});
    expect(pendingChange({ LatestMpaApprovalTeamUpdate }, [claim('a', 'arn:a')])).toEqual({ team: 'arn:a' });
  });

  test.each(['APPROVED', 'FAILED', undefined] as const)('is no question once it is %s', (Status) => {
    expect(pendingChange({ LatestMpaApprovalTeamUpdate: { Status } }, [claim('a', 'arn:a')])).toBeUndefined();
    expect(pendingChange({}, [claim('a', 'arn:a')])).toBeUndefined();
  });

  test('a message without a session says that it is unknown', () => {
    expect(describePending('gold', { team: null })).toBe(
      pending('the removal of its approval team', 'unknown'),
    );
  });
});
