import type { Claim } from '../../../src/handler/core/claim';
import type { Demand, Seal, Subject } from '../../../src/handler/core/claimed-settings';
import { Failure } from '../../../src/handler/core/failure';
import { FOLDER, claimedPlace as place } from '../support/claimed-place';
import { claimOf, DAYS, FLAGS } from '../support/setting-kinds';

const OWNER = '1a2b3c-Thing';

describe('a change of claimed settings', () => {
  test('saves what was there before it changes anything, and how AWS shows it afterwards', async () => {
    const { change, events, current, runtime, parameters } = place({ days: '3', other: '4' });
    const { changes, late } = await change({ wants: { days: '7' } });
    const claim = { wants: { days: '7' }, undo: { days: '3' } };
    expect([changes, late, current]).toEqual([{ days: '7' }, [], { days: '7', other: '4' }]);
    expect(events).toEqual([
      `save ${OWNER} ${JSON.stringify({ ...claim, since: 6_000, writing: { days: '7' } })}`,
      'write {"days":"7"} over {"days":"3","other":"4"}',
      `save ${OWNER} ${JSON.stringify({ ...claim, since: 6_000, shown: { days: { value: '7', at: 6_000 } } })}`,
    ]);
    expect([runtime.lines, [...parameters.values.keys()]]).toEqual([[], [`${FOLDER}/${OWNER}/gold`]]);
  });

  test('remembers nothing of how AWS shows it where that is exactly what was written', async () => {
    const { change, saved } = place({ on: false }, FLAGS);
    await change({ wants: { on: true } });
    expect(saved(OWNER)).toEqual({ wants: { on: true }, undo: { on: false }, since: 6_000 });
  });

  test('remembers how AWS shows what is already as it is wanted', async () => {
    const { change, saved } = place({ days: '07' });
    await change({ wants: { days: '7' } });
    expect(saved(OWNER).shown).toEqual({ days: { value: '07', at: 6_000 } });
  });

  test('reads a setting twice before anybody claims it, and asks only for settings that matter', async () => {
    const { change, reads } = place({ days: '3' });
    await change({ wants: { days: '7' } });
    await change({ wants: { x: '1' } });
    expect(reads).toEqual([
      [0, ['days']],
      [6_000, ['days']],
      [6_000, ['days']],
      [6_000, ['days', 'x']],
      [12_000, ['days', 'x']],
      [12_000, ['days']],
    ]);
  });

  test.each<[string, Claim[], string, number]>([
    ['is as the own claim left it', [claimOf(OWNER, { days: '7' })], '7', 1],
    ['is as the claim of another left it', [claimOf('two-A', { days: '7' })], '7', 1],
    [
      'was changed by another that does not want it any more',
      [claimOf('two-A', {}, { undo: { days: '7' } })],
      '7',
      1,
    ],
    ['was changed by the own resource before', [claimOf(OWNER, {}, { undo: { days: '7' } })], '7', 1],
    ['looks changed by somebody else', [claimOf(OWNER, { days: '9' })], '7', 2],
    ['is of claims on something else', [claimOf('two-A', { x: '7' })], '7', 2],
  ])('reads once where a setting %s, and twice otherwise', async (_, claims, days, count) => {
    const { change, save, reads } = place({ days });
    for (const claim of claims) save(claim);
    await change({ wants: { days: '7' }, oldWants: { days: '7' } });
    expect(reads).toHaveLength(count);
  });

  test('reads nothing where nothing is claimed or wanted', async () => {
    const { change, reads, parameters } = place({ days: '3' });
    await change({});
    expect([reads, parameters.values.size]).toEqual([[], 0]);
  });

  test('counts what an earlier version did not save as claimed', async () => {
    const { change, current, parameters } = place({ days: '7' });
    const { changes } = await change({ unsaved: { wants: { days: '7' }, undo: { days: '3' } } });
    expect([changes, current, parameters.values.size]).toEqual([{ days: '3' }, { days: '3' }, 0]);
  });

  test('restores also what was saved without what was set', async () => {
    const { change, save, current, saved } = place({ days: '7' });
    save(claimOf(OWNER, {}, { undo: { days: '3' } }));
    await change({});
    expect([current, saved(OWNER)]).toEqual([{ days: '3' }, undefined]);
  });

  test('is refused before anything is saved or changed', async () => {
    const { change, events, current, parameters } = place({ days: '3' });
    const check: Demand['check'] = ({ unsupported }) => {
      throw new Failure(`no ${unsupported}`);
    };
    await expect(change({ wants: { x: '7' }, check })).rejects.toThrow(new Failure('no x'));
    expect([events, current, parameters.values.size]).toEqual([[], { days: '3' }, 0]);
  });

  test('says in the log what somebody changed, what is not supported, and what stays', async () => {
    const { change, save, runtime } = place({ days: '9', x: '200', y: '5' });
    save(claimOf(OWNER, { days: '7', x: '200', y: '4' }, { undo: { days: '3', x: '3' } }));
    await change({ wants: { z: '1', q: '2' } });
    expect(runtime.lines).toEqual([
      'changed by somebody else since: days, y',
      'skipped, not supported here: z, q',
      'days stays as it is: it was changed by somebody else since',
      'x stays as it is: a lock of 100 days is final',
    ]);
  });

  test('forgets a claim that has nothing left', async () => {
    const { change, save, saved } = place({ days: '3' });
    save(claimOf(OWNER, { days: '3' }));
    await change({ wants: {} });
    expect(saved(OWNER)).toBeUndefined();
  });

  test('is done by one at a time for each subject', async () => {
    for (const [subject, lock] of [
      ['gold', 'gold'],
      [undefined, 'all'],
    ]) {
      const { change, parameters } = place({ days: '3' });
      parameters.values.set(`${FOLDER}/lock/${lock}/head`, 'token 999999999');
      await expect(
        change({ wants: { days: '7' } }, { address: { folder: 'things', subject } }),
      ).rejects.toThrow(
        new Failure('another deployment is changing the same settings; deploy again when it is done'),
      );
    }
  });

  test('keeps the lock for the change itself', async () => {
    const { change, runtime } = place({ days: '3' });
    const left: number[] = [];
    const slow = async () => {
      await runtime.sleep(50_000);
    };
    const seal: Seal = {
      verified: async (claim) => claim,
      prepare: async () => undefined,
      confirm: slow,
      remove: async () => undefined,
    };
    const write: Subject['write'] = async (_changes, _current, work) => {
      left.push(work.deadline - work.now());
    };
    await change({ wants: { days: '7' } }, { seal, write });
    // the whole lease, less the time of one call
    expect(left).toEqual([94_000]);
  });
});

describe('what AWS does not show', () => {
  test('is waited for', async () => {
    const { change, shows, saved } = place({ days: '3' });
    shows.after = 30_000;
    const { late } = await change({ wants: { days: '7' } });
    expect([late, saved(OWNER).shown.days.value, saved(OWNER).writing]).toEqual([[], '7', undefined]);
  });

  test('within 45 seconds stays marked as being written', async () => {
    const { change, shows, saved, runtime } = place({ days: '3', x: '1' });
    shows.after = 999_000;
    const { late } = await change({ wants: { days: '7', x: '1' } });
    expect(late).toEqual(['days']);
    expect(saved(OWNER)).toEqual({
      wants: { days: '7', x: '1' },
      undo: { days: '3' },
      since: 6_000,
      writing: { days: '7' },
      shown: { x: { value: '1', at: runtime.now() } },
    });
    expect(runtime.now()).toBeGreaterThan(40_000);
    expect(runtime.now()).toBeLessThan(51_000);
  });

  test('in time is restored like everything else once it is shown', async () => {
    const { change, shows, current, runtime } = place({ days: '3' });
    await change({ wants: { days: '5' } });
    shows.after = 999_000;
    await change({ wants: { days: '7' }, oldWants: { days: '5' } });
    Object.assign(shows, { after: 0, until: 0 });
    await change({});
    expect([current, runtime.lines]).toEqual([{ days: '3' }, []]);
  });

  test('as it was written, but otherwise, is remembered as it is shown', async () => {
    const { change, shows, saved } = place({ days: '3' });
    shows.render = () => '5';
    const { late } = await change({ wants: { days: '7' } });
    expect([late, saved(OWNER).shown.days.value, saved(OWNER).writing]).toEqual([['days'], '5', undefined]);
  });

  test('at all counts as none', async () => {
    const { change, current, saved } = place({ days: '3' });
    const write = async () => {
      delete current.days;
    };
    const { late } = await change({ wants: { days: '7' } }, { write });
    expect([late, saved(OWNER).shown.days.value]).toEqual([['days'], null]);
  });
});

describe('what others want', () => {
  test('remembers how AWS shows what its heir wants', async () => {
    const { change, save, saved, runtime } = place({ days: '9', x: '1' });
    save(claimOf(OWNER, { days: '9', x: '1' }, { undo: { days: '3' } }));
    save(claimOf('two-A', { days: '5', x: '1' }));
    save(claimOf('two-B', { days: '4' }));
    await change({});
    expect(saved('two-A')).toEqual({
      wants: { days: '5', x: '1' },
      undo: { days: '3' },
      shown: { days: { value: '5', at: runtime.now() } },
    });
    expect([saved('two-B'), saved(OWNER)]).toEqual([{ wants: { days: '4' }, undo: {} }, undefined]);
  });

  test('keeps the mark of what a function of its heir was writing when it stopped', async () => {
    const { change, save, saved, shows } = place({ days: '9', x: '1' });
    save(claimOf(OWNER, { days: '9' }, { undo: { days: '3' } }));
    save(claimOf('two-A', { days: '5', x: '4' }, { writing: { x: '4' } }));
    shows.after = 999_000;
    await change({});
    expect([saved('two-A').writing, saved('two-A').shown]).toEqual([{ x: '4', days: '5' }, {}]);
  });

  test('is not written again where nothing was changed, or AWS shows it exactly', async () => {
    for (const [kind, value, old] of [
      [DAYS, '9', '3'],
      [FLAGS, true, false],
    ] as const) {
      const { change, save, events } = place({ on: value }, kind);
      save(claimOf(OWNER, { on: value }, { undo: { on: old }, since: 2 }));
      save(claimOf('1a2b3c-Two', { on: kind === DAYS ? value : old }, { since: 1 }));
      await change({});
      expect(events.filter((event) => event.startsWith('save 1a2b3c-Two'))).toHaveLength(1);
    }
  });
});

describe('a seal', () => {
  test('confirms the claims that are read, and marks each claim that is written', async () => {
    const { change, save, events } = place({ days: '5' });
    save(claimOf(OWNER, { days: '5' }, { undo: { days: '99' } }));
    save(claimOf('two-A', { days: '5' }, { undo: { days: '98' } }));
    const seal: Seal = {
      verified: async (claim): Promise<Claim> => ({
        ...claim,
        undo: claim.owner === OWNER ? { days: '3' } : {},
      }),
      prepare: async ({ owner }) => void events.push(`prepare ${owner}`),
      confirm: async ({ owner }) => void events.push(`confirm ${owner}`),
      remove: async (owner) => void events.push(`remove ${owner}`),
    };
    const { changes } = await change({ wants: { days: '7' } }, { seal });
    expect(changes).toEqual({ days: '7' });
    const names = () => events.splice(0).map((event) => event.split(' {')[0].replace(/ over.*/, ''));
    const marked = [`prepare ${OWNER}`, `save ${OWNER}`, `confirm ${OWNER}`];
    expect(names()).toEqual([...marked, 'write', ...marked]);
    await change({}, { seal });
    expect(names()).toEqual([
      'prepare two-A',
      'save two-A',
      'confirm two-A',
      'write',
      'prepare two-A',
      'save two-A',
      'confirm two-A',
      `remove ${OWNER}`,
    ]);
  });
});
