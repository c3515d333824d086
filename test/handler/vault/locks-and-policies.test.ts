import { vaultPlace } from '../support/vault-place';

type Lock = { min?: number; max?: number; date?: Date };
const DAY = 86_400_000;

/** A lock as its property says it. */
const lockOf = (min?: number, max?: number, changeableForDays?: number) => ({
  lock: {
    ...(min !== undefined && { minRetentionDays: String(min) }),
    ...(max !== undefined && { maxRetentionDays: String(max) }),
    ...(changeableForDays !== undefined && { changeableForDays: String(changeableForDays) }),
  },
});
const daysOf = ({ min, max }: Lock = {}) => [min, max];

describe('the lock of a vault', () => {
  test.each<[string, object, object, (number | undefined)[]]>([
    ['the longer minimum, first', lockOf(30), lockOf(7), [30, undefined]],
    ['the longer minimum, second', lockOf(7), lockOf(30), [30, undefined]],
    ['the shorter maximum, first', lockOf(undefined, 60), lockOf(undefined, 90), [undefined, 60]],
    ['the shorter maximum, second', lockOf(undefined, 90), lockOf(undefined, 60), [undefined, 60]],
    ['a minimum of one and a maximum of the other', lockOf(7), lockOf(undefined, 60), [7, 60]],
    ['a maximum of one and a minimum of the other', lockOf(undefined, 60), lockOf(7), [7, 60]],
    ['a range of a single day', lockOf(7), lockOf(undefined, 7), [7, 7]],
  ])(
    'is the strictest that two stacks want, and what is left when one goes: %s',
    async (_, one, two, both) => {
      const { vault, tellStack } = vaultPlace();
      await tellStack('one', 'Create', one);
      const first = daysOf(vault.lock);
      expect(await tellStack('two', 'Create', two)).toMatchObject({ Status: 'SUCCESS' });
      expect(daysOf(vault.lock)).toEqual(both);
      await tellStack('two', 'Delete', two);
      expect(daysOf(vault.lock)).toEqual(first);
      await tellStack('one', 'Delete', one);
      expect(vault.lock).toBeUndefined();
    },
  );

  test.each([
    [lockOf(7), lockOf(undefined, 6)],
    [lockOf(undefined, 6), lockOf(7)],
  ])('is refused to a stack that contradicts another: %j, then %j', async (one, two) => {
    const { vault, tellStack } = vaultPlace();
    await tellStack('one', 'Create', one);
    const before = daysOf(vault.lock);
    expect(await tellStack('two', 'Create', two)).toMatchObject({
      Status: 'FAILED',
      Reason:
        'vault gold: lock is set to another value by one-Thing; change it there first, or remove it from one of them',
    });
    expect(daysOf(vault.lock)).toEqual(before);
  });

  test.each([
    [lockOf(7), lockOf(undefined, 6), [undefined, 6]],
    [lockOf(undefined, 6), lockOf(7), [7, undefined]],
  ])(
    'of one stack is that of its newest resource, while both are there: %j, then %j',
    async (old, next, days) => {
      const { vault, tell } = vaultPlace();
      await tell('Create', { vaultName: 'gold', ...old }, 'Old');
      expect(await tell('Create', { vaultName: 'gold', ...next }, 'New')).toMatchObject({
        Status: 'SUCCESS',
      });
      await tell('Delete', { vaultName: 'gold', ...old }, 'Old');
      expect(daysOf(vault.lock)).toEqual(days);
    },
  );

  test.each<[string, Lock, object, (number | undefined)[]]>([
    ['a longer minimum', { min: 10 }, lockOf(7, 90), [10, 90]],
    ['a shorter minimum', { min: 3 }, lockOf(7, 90), [7, 90]],
    ['a shorter maximum', { max: 50 }, lockOf(7, 90), [7, 50]],
    ['a longer maximum', { max: 100 }, lockOf(7, 90), [7, 90]],
    ['both', { min: 10, max: 50 }, lockOf(7, 90), [10, 50]],
    ['a minimum of one day', { min: 1 }, lockOf(undefined, 90), [1, 90]],
    ['a minimum that is longer than the maximum', { min: 100 }, lockOf(undefined, 90), [100, undefined]],
    ['a maximum that is shorter than the minimum', { max: 5 }, lockOf(7), [undefined, 5]],
  ])('stays as strict as it was before all stacks: %s', async (_, before, said, days) => {
    const { vault, tellStack, look } = vaultPlace();
    vault.lock = { ...before };
    expect(await tellStack('one', 'Create', said)).toMatchObject({ Status: 'SUCCESS' });
    expect(daysOf(vault.lock)).toEqual(days);
    await tellStack('one', 'Delete', said);
    expect(daysOf(look().lock)).toEqual(daysOf(before));
  });

  test.each<[string, Lock, ReturnType<typeof lockOf>, Lock]>([
    ['a longer minimum', { min: 20, max: 90 }, lockOf(8, 80), { min: 20, max: 80 }],
    ['a shorter maximum', { min: 7, max: 60 }, lockOf(8, 80), { min: 8, max: 60 }],
    ['a maximum where there was none', { min: 7, max: 60 }, lockOf(8), { min: 8, max: 60 }],
    ['nothing', { min: 7, max: 90 }, lockOf(8, 80), { min: 8, max: 80 }],
    ['less, which is no protection', { min: 1, max: 900 }, lockOf(8, 80), { min: 8, max: 80 }],
  ])('keeps what somebody added to it since: %s', async (_, byHand, next, after) => {
    const { vault, tellStack } = vaultPlace();
    const first = 'maxRetentionDays' in next.lock ? lockOf(7, 90) : lockOf(7);
    await tellStack('one', 'Create', first);
    vault.lock = { ...byHand };
    expect(await tellStack('one', 'Update', next, first)).toMatchObject({ Status: 'SUCCESS' });
    expect(daysOf(vault.lock)).toEqual(daysOf(after));
  });

  test('becomes a compliance lock where only one of two stacks wants one, with the period it asks for', async () => {
    const { vault, tellStack, runtime } = vaultPlace();
    await tellStack('one', 'Create', lockOf(7, undefined, 3));
    await tellStack('two', 'Create', lockOf(30));
    expect(daysOf(vault.lock)).toEqual([30, undefined]);
    const left = (vault.lock?.date?.getTime() ?? 0) - runtime.now();
    expect(left).toBeGreaterThan(2 * DAY);
    expect(left).toBeLessThanOrEqual(3 * DAY);
  });

  test('gets the cooling-off period of the compliance lock that was asked for last', async () => {
    const { vault, tellStack, runtime } = vaultPlace();
    await tellStack('one', 'Create', lockOf(7, undefined, 3));
    await tellStack('two', 'Create', lockOf(30, undefined, 9));
    expect((vault.lock?.date?.getTime() ?? 0) - runtime.now()).toBeGreaterThan(8 * DAY);
  });

  test.each<[string, number, boolean]>([
    ['in the millisecond before it is final', 1, true],
    ['in the millisecond in which it is', 0, false],
  ])('as a compliance lock of ours can be removed %s', async (_, before, isGone) => {
    const { vault, tellStack, runtime } = vaultPlace();
    const said = lockOf(7, undefined, 3);
    await tellStack('one', 'Create', said);
    vault.lock = { min: 7, date: new Date(runtime.now() + before) };
    await tellStack('one', 'Delete', said);
    expect(vault.lock === undefined).toBe(isGone);
  });
});

test('a lock that somebody made a compliance lock stays one: a trigger changes nothing, and is no failure', async () => {
  const { vault, tellStack, runtime } = vaultPlace();
  await tellStack('one', 'Create', lockOf(7));
  const date = new Date(runtime.now() + 9 * DAY);
  vault.lock = { min: 7, date };
  expect(await tellStack('one', 'Update', { ...lockOf(7), trigger: '2' }, lockOf(7))).toMatchObject({
    Status: 'SUCCESS',
    Data: { Changed: '', Drifted: 'lock', Kept: '' },
  });
  expect(vault.lock).toEqual({ min: 7, date });
});

const deny = (Sid: string, more: object = {}) => ({
  Sid,
  Effect: 'Deny',
  Principal: '*',
  Action: `backup:${Sid}`,
  Resource: '*',
  ...more,
});
const allow = (Sid: string) => deny(Sid, { Effect: 'Allow', Action: 'backup:CopyIntoBackupVault' });
const policyOf = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const wanting = (...statements: object[]) => ({ accessPolicy: policyOf(...statements) });

describe('the access policy of a vault', () => {
  test.each<[string, object[], object[], object[]]>([
    ['of both', [deny('A')], [allow('B')], [allow('B'), deny('A')]],
    [
      'once, if they differ by their id alone',
      [deny('A')],
      [{ ...deny('A'), Sid: 'Other' }],
      [{ ...deny('A'), Sid: 'Other' }],
    ],
    [
      'with an id of its own, if they share it',
      [deny('A')],
      [deny('A', { Action: 'backup:Other' })],
      [deny('A', { Action: 'backup:Other' }), deny('A2', { Action: 'backup:A' })],
    ],
    [
      'with the next free number, if two are taken',
      [deny('A')],
      [deny('A', { Action: 'backup:Other' }), deny('A2')],
      [deny('A', { Action: 'backup:Other' }), deny('A2'), deny('A3', { Action: 'backup:A' })],
    ],
    [
      'without an id, if it has none',
      [deny('A', { Sid: undefined })],
      [deny('B', { Sid: undefined })],
      [deny('B', { Sid: undefined }), deny('A', { Sid: undefined })],
    ],
  ])('has the statements that two stacks want: %s', async (_, one, two, both) => {
    const { vault, tellStack } = vaultPlace();
    await tellStack('one', 'Create', wanting(...one));
    await tellStack('two', 'Create', wanting(...two));
    expect(vault.policy).toBe(JSON.stringify(policyOf(...both)));
    await tellStack('two', 'Delete', wanting(...two));
    expect(JSON.parse(vault.policy ?? '')).toEqual(JSON.parse(JSON.stringify(policyOf(...one))));
    await tellStack('one', 'Delete', wanting(...one));
    expect(vault.policy).toBeUndefined();
  });

  test('has a statement that stands twice in one policy only once in the policy of two', async () => {
    const { vault, tellStack } = vaultPlace();
    await tellStack('one', 'Create', wanting(deny('A'), deny('Again', { Action: 'backup:A' })));
    await tellStack('two', 'Create', wanting(deny('B')));
    expect(vault.policy).toBe(JSON.stringify(policyOf(deny('B'), deny('A'))));
  });

  test.each<[string, object, object, object]>([
    [
      'denials of a policy before all stacks',
      policyOf(deny('Old'), allow('OldToo')),
      policyOf(deny('A')),
      policyOf(deny('A'), deny('Old')),
    ],
    ['no permission of one', policyOf(allow('Old')), policyOf(deny('A')), policyOf(deny('A'))],
    [
      'a denial that is no list',
      { Version: '2012-10-17', Statement: deny('Old') },
      policyOf(deny('A')),
      policyOf(deny('A'), deny('Old')),
    ],
    ['nothing of a policy without statements', { Id: 'empty' }, policyOf(deny('A')), policyOf(deny('A'))],
    [
      'a denial under an id that is taken',
      policyOf(deny('A', { Action: 'backup:Old' })),
      policyOf(deny('A')),
      policyOf(deny('A'), deny('A2', { Action: 'backup:Old' })),
    ],
  ])('keeps %s', async (_, before, said, after) => {
    const { vault, tellStack } = vaultPlace();
    vault.policy = JSON.stringify(before);
    await tellStack('one', 'Create', { accessPolicy: said });
    expect(vault.policy).toBe(JSON.stringify(after));
    await tellStack('one', 'Delete', { accessPolicy: said });
    expect(vault.policy).toBe(JSON.stringify(before));
  });

  test('keeps the denials that somebody added since, and none of the permissions', async () => {
    const { vault, tellStack } = vaultPlace();
    await tellStack('one', 'Create', wanting(deny('A')));
    vault.policy = JSON.stringify(policyOf(deny('A'), deny('Hand'), allow('HandToo')));
    const next = wanting(deny('B'));
    expect(await tellStack('one', 'Update', next, wanting(deny('A')))).toMatchObject({
      Data: { Drifted: 'accessPolicy' },
    });
    expect(vault.policy).toBe(JSON.stringify(policyOf(deny('B'), deny('Hand'))));
    // and they outlive the stack, which found none of them
    await tellStack('one', 'Delete', next);
    expect(vault.policy).toBe(JSON.stringify(policyOf(deny('Hand'))));
  });

  const PUT = 'backup:PutBackupVaultAccessPolicy';
  const REMOVE = 'backup:DeleteBackupVaultAccessPolicy';
  const denying = (...actions: unknown[]) => deny('Final', { Action: actions });

  test.each<[string, object[]]>([
    ['both actions', [denying(PUT, REMOVE)]],
    ['both actions in two statements', [denying(PUT), denying(REMOVE)]],
    ['everything', [deny('Final', { Action: '*' })]],
    ['everything of AWS Backup', [deny('Final', { Action: 'backup:*' })]],
    ['actions in other letters', [denying(PUT.toLowerCase(), REMOVE.toUpperCase())]],
    ['a pattern with one letter open', [denying('backup:?utBackupVaultAccessPolicy', REMOVE)]],
    ['a pattern that ends open', [denying('backup:P*', 'backup:D**')]],
    ['a pattern that begins open', [denying('*:*VaultAccessPolicy')]],
    ['a pattern whose beginning comes twice', [denying('backup:*ackupVaultAccessPolicy*')]],
    ['all, as AWS principals', [deny('Final', { Action: '*', Principal: { AWS: '*' } })]],
    [
      'all, among AWS principals',
      [deny('Final', { Action: '*', Principal: { AWS: ['arn:aws:iam::1:root', '*'] } })],
    ],
  ])('that denies everyone permission to change it is final: %s', async (_, statements) => {
    const { vault, tellStack } = vaultPlace();
    vault.policy = JSON.stringify(policyOf(...statements));
    expect(await tellStack('one', 'Create', wanting(deny('A')))).toMatchObject({
      Status: 'FAILED',
      Reason: 'vault gold: its access policy denies everyone permission to change or delete it',
    });
    expect(vault.policy).toBe(JSON.stringify(policyOf(...statements)));
  });

  test.each<[string, object[]]>([
    ['only changes', [denying(PUT)]],
    ['only deletions', [denying(REMOVE)]],
    [
      'with a condition',
      [deny('Final', { Action: '*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } })],
    ],
    [
      'to one principal',
      [deny('Final', { Action: '*', Principal: { AWS: 'arn:aws:iam::111122223333:root' } })],
    ],
    ['to a service', [deny('Final', { Action: '*', Principal: { Service: '*' } })]],
    ['to all but some', [deny('Final', { Action: '*', Principal: undefined, NotPrincipal: { AWS: '*' } })]],
    ['not at all', [{ ...denying(PUT, REMOVE), Effect: 'Allow' }]],
    ['a longer action', [denying(`${PUT}s`, `${REMOVE}s`)]],
    ['a shorter action', [denying(PUT.slice(0, -1), REMOVE.slice(0, -1))]],
    ['a pattern that needs a letter more', [denying(`${PUT}?`, `${REMOVE}?`)]],
    ['a pattern that ends otherwise', [denying('backup:*Policies', 'backup:*Polic')]],
    ['something that is no action', [denying(1, { Put: PUT })]],
    ['no action at all', [deny('Final', { Action: undefined, NotAction: '*' })]],
  ])('that leaves somebody the permission is not final: %s', async (_, statements) => {
    const { vault, tellStack } = vaultPlace();
    vault.policy = JSON.stringify(policyOf(...statements));
    expect(await tellStack('one', 'Create', wanting(deny('A')))).toMatchObject({ Status: 'SUCCESS' });
  });
});

describe('a saved claim that somebody changed', () => {
  const saved = (claim: object) => ({ undo: {}, wants: {}, ...claim });

  test.each<[string, string]>([
    ['lock', 'no JSON'],
    ['lock', 'null'],
    ['lock', '[]'],
    ['lock', '{"min":"9"}'],
    ['lock', '{"min":9.5}'],
    ['lock', '{"max":"6"}'],
    ['lock', '{"min":9,"compliance":true,"coolingOff":"soon"}'],
    ['accessPolicy', 'no JSON'],
    ['accessPolicy', 'null'],
    ['accessPolicy', '[{}]'],
    ['accessPolicy', '{"Statement":["deny"]}'],
    ['notifications', 'no JSON'],
    ['notifications', 'null'],
    ['notifications', '{"topic":"t","events":"all"}'],
    ['notifications', '{"topic":1,"events":[]}'],
  ])('counts for nothing where its %s is %s', async (name, value) => {
    const all = {
      ...lockOf(7),
      ...wanting(deny('A')),
      notifications: { topicArn: 't', events: ['COPY_JOB_FAILED'] },
    };
    const plain = vaultPlace();
    await plain.tellStack('one', 'Create', all);
    for (const [stack, claim] of [
      ['two', { wants: { [name]: value } }],
      ['two', { shown: { [name]: { value, at: 1 } } }],
      ['two', { writing: { [name]: value } }],
      ['one', { previous: { [name]: value } }],
    ] as const) {
      const { vault, parameters, tellStack, look } = vaultPlace();
      parameters.values.set(
        `/cdk-backup-constructs/vault-settings/${stack}-Thing/gold`,
        JSON.stringify(saved(claim)),
      );
      expect(await tellStack('one', 'Create', all)).toMatchObject({
        Status: 'SUCCESS',
        Data: { Drifted: '' },
      });
      expect(look()).toEqual(plain.look());
      expect(await tellStack('one', 'Delete', all)).toMatchObject({ Status: 'SUCCESS', Data: { Kept: '' } });
      expect(vault.policy).toBeUndefined();
    }
  });

  test('is not waited for where it can not be read', async () => {
    const { parameters, tellStack, runtime, vault } = vaultPlace();
    parameters.values.set('/cdk-backup-constructs/vault-settings/two-Thing/gold', '{');
    await tellStack('one', 'Delete', lockOf(7));
    expect([runtime.now(), vault.lock]).toEqual([0, undefined]);
  });

  test('of a stack that never confirmed it with a tag of the vault chooses nothing that is restored', async () => {
    const { vault, parameters, tellStack, runtime } = vaultPlace();
    const evil = JSON.stringify(policyOf(allow('Evil')));
    const claim = saved({ undo: { accessPolicy: evil, lock: '{"min":1}' } });
    parameters.values.set('/cdk-backup-constructs/vault-settings/two-Thing/gold', JSON.stringify(claim));
    const said = { ...lockOf(7), ...wanting(deny('A')) };
    await tellStack('one', 'Create', said);
    await tellStack('one', 'Delete', said);
    expect([vault.lock, vault.policy]).toEqual([undefined, undefined]);
    expect(runtime.lines).toContain(
      'the tags of the vault do not confirm the saved settings of two-Thing, so they are not restored',
    );
  });
});
