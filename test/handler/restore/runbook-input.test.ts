import { inputProblems } from '../../../src/handler/restore/runbook-input';

describe('the input of a run', () => {
  const TARGETS = ['a', 'b'].map((name) => ({ arn: `arn:${name}`, label: `App/${name}` }));
  const CHOICE = 'set exactly one of `resources`, `tag` and `everything`';
  const NOT_A_TIME = 'must be a time such as `2026-11-29T05:00:00Z`, got `soon`';
  test.each<[object, string[]]>([
    [{ resources: ['arn:a', 'App/b'] }, []],
    [{ everything: true, newestClean: true, vault: 'gold', dryRun: true, newestBefore: '2026-11-29' }, []],
    [{ everything: true, pointInTime: '2026-11-29', runId: 'x', items: { 'App/a': [] }, metadata: {} }, []],
    [{ tag: { key: 'a', value: '' } }, []],
    [{ tag: { key: '', value: 'b' } }, ['`tag` must have `key` and `value`']],
    [{ tag: { key: 'a' } }, ['`tag` must have `key` and `value`']],
    [{}, [CHOICE]],
    [{ everything: false }, [CHOICE]],
    [{ everything: false, resources: ['arn:a'] }, []],
    [{ everything: true, resources: ['arn:a'] }, [CHOICE]],
    [{ tag: { key: 'a', value: 'b' }, resources: ['arn:a'] }, [CHOICE]],
    [
      { everything: true, all: 1, what: 2 },
      ['all', 'what'].map((key) => `\`${key}\` is not an input of this runbook`),
    ],
    [
      { resources: ['x', 'x'], items: { x: [], y: [] }, metadata: { z: {} } },
      ['x', 'y', 'z'].map((name) => `\`${name}\` is not a resource of this runbook (App/a, App/b)`),
    ],
    [{ everything: true, vault: 'bronze' }, ['`bronze` is not a vault of this runbook (gold, silver)']],
    [{ everything: true, newestBefore: 'soon' }, [`\`newestBefore\` ${NOT_A_TIME}`]],
    [{ everything: true, pointInTime: 'soon' }, [`\`pointInTime\` ${NOT_A_TIME}`]],
    [
      { everything: true, pointInTime: '2026-11-29', newestBefore: '2026-11-29' },
      ['`pointInTime` and `newestBefore` exclude each other'],
    ],
  ])('%j has these problems', (input, problems) => {
    expect(inputProblems(input, TARGETS, [{ name: 'gold' }, { name: 'silver' }])).toEqual(problems);
  });
});
