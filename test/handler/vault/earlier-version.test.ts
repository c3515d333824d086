import { vaultPlace as place } from '../support/vault-place';

const FOLDER = '/cdk-backup-constructs/vault-settings/1a2b3c-Thing/gold';
const policy = (sid: string) => ({
  Version: '2012-10-17',
  Statement: [
    { Sid: sid, Effect: 'Deny', Principal: '*', Action: ['backup:DeleteRecoveryPoint'], Resource: '*' },
  ],
});
const SETTINGS = {
  vaultName: 'gold',
  lock: { minRetentionDays: '7' },
  accessPolicy: policy('Ours'),
  notifications: { topicArn: 'arn:aws:sns:eu-west-1:111122223333:ours', events: ['COPY_JOB_FAILED'] },
};

/**
 * A vault whose settings an earlier version of the handler set: what was before and after is in notes, each a Base64 text
 * in numbered parts, the first of which says how many there are; no tag of the vault confirms them.
 */
async function setByEarlierVersion({ partLength = 4_000 } = {}) {
  const scene = place();
  const { vault, parameters, tell } = scene;
  vault.lock = { min: 3, max: undefined, date: undefined };
  vault.policy = JSON.stringify(policy('Theirs'));
  vault.topic = { arn: 'arn:aws:sns:eu-west-1:111122223333:theirs', events: ['BACKUP_JOB_FAILED'] };
  const before = scene.look();
  await tell('Create', SETTINGS);
  const { wants, undo } = JSON.parse(parameters.values.get(FOLDER) ?? '');
  parameters.values.clear();
  vault.tags = {};
  for (const name of Object.keys(undo)) {
    const note = JSON.stringify({ before: undo[name], after: wants[name] });
    const parts =
      Buffer.from(note)
        .toString('base64')
        .match(new RegExp(`.{1,${partLength}}`, 'g')) ?? [];
    for (const [index, part] of parts.entries())
      parameters.values.set(`${FOLDER}/${name}/${index}`, index === 0 ? `${parts.length}:${part}` : part);
  }
  return { ...scene, before };
}

describe('what an earlier version of the handler saved about a vault', () => {
  test.each([4_000, 40])('is restored by a deletion, from parts of %i characters', async (partLength) => {
    const { tell, look, before, parameters, vault } = await setByEarlierVersion({ partLength });
    expect(await tell('Delete', SETTINGS)).toMatchObject({
      Status: 'SUCCESS',
      Data: { Changed: 'accessPolicy,lock,notifications' },
    });
    expect(look()).toEqual(before);
    expect([...parameters.values.keys()]).toEqual([]);
    expect(vault.tags).toEqual({});
  });

  test('is adopted by the first update: one claim, which a tag confirms, and no notes', async () => {
    const { tell, look, before, parameters, vault } = await setByEarlierVersion();
    const during = look();
    expect(await tell('Update', { ...SETTINGS, trigger: '2' })).toMatchObject({ Status: 'SUCCESS' });
    expect(look()).toEqual(during);
    expect([...parameters.values.keys()]).toEqual([FOLDER]);
    expect(parameters.values.get(FOLDER)).not.toContain('isLegacy');
    expect(Object.keys(vault.tags)).toEqual([expect.stringContaining('cdk-backup-constructs:settings:')]);
    await tell('Delete', SETTINGS);
    expect(look()).toEqual(before);
    expect(vault.tags).toEqual({});
  });

  test('counts for another stack: what both want stays until the second is deleted', async () => {
    const { tell, tellStack, look, before, vault } = await setByEarlierVersion();
    const { vaultName, ...settings } = SETTINGS;
    expect(await tellStack('other', 'Create', settings)).toMatchObject({ Status: 'SUCCESS' });
    const during = look();
    await tell('Delete', SETTINGS);
    expect(look()).toEqual(during);
    await tellStack('other', 'Delete', settings);
    expect(look()).toEqual(before);
    expect(vault.tags).toEqual({});
  });

  test('is not trusted any more once a tag of the vault says otherwise', async () => {
    const { tell, look, parameters } = await setByEarlierVersion();
    const notes = new Map(parameters.values);
    await tell('Update', { ...SETTINGS, trigger: '2' });
    const during = look();
    parameters.values.clear();
    const forged = JSON.stringify({ before: JSON.stringify(policy('Evil')), after: null });
    for (const [name, note] of notes) parameters.values.set(name, note);
    parameters.values.set(`${FOLDER}/accessPolicy/0`, `1:${Buffer.from(forged).toString('base64')}`);
    await tell('Delete', SETTINGS);
    expect(look()).toEqual(during);
  });

  test.each([
    ['whose parts are missing', (name: string) => (name.endsWith('/1') ? undefined : '2:bm90ZQ==')],
    ['that is no JSON', () => `1:${Buffer.from('note').toString('base64')}`],
    ['that says nothing', () => `1:${Buffer.from('{}').toString('base64')}`],
    ['without a number of parts', () => Buffer.from('{"before":null}').toString('base64')],
  ])('is not a note %s: what is set stays', async (_, write) => {
    const { tell, look, parameters } = await setByEarlierVersion();
    const during = look();
    for (const name of [...parameters.values.keys()]) {
      const text = write(name);
      if (text === undefined) parameters.values.delete(name);
      else parameters.values.set(name, text);
    }
    await tell('Delete', SETTINGS);
    expect(look()).toEqual(during);
  });
});
