import * as fc from 'fast-check';
import { readPolicy } from '../../../src/policy/admission/admission';
import { EffectivePrinter } from '../../../src/policy/effective/effective-document';
import { ALL, allowedBy, CHILD_OPERATORS, operatorsFor } from '../../../src/policy/language/operators';
import type { Fragment } from '../../../src/policy/language/policy-fragment';
import {
  type Contribution,
  EffectiveNode,
  mergeLevel,
  NOTHING,
} from '../../../src/policy/merge/policy-merge';
import { control, plan, rule, set } from '../documents';

/** What the merge notices, as text. */
class Notes {
  public readonly all: string[] = [];
  public conflict(path: readonly string[], winner: Contribution, losers: readonly Contribution[]): void {
    this.all.push(`${path.join('/')}: ${winner.policy} before ${losers.map(({ policy }) => policy)}`);
  }
  public ignored(path: readonly string[], policy: string, operator: string): void {
    this.all.push(`${path.join('/')}: ${operator} of ${policy} ignored`);
  }
}

/** Merges levels from the root down; each level is a list of documents in the order of attachment. */
function merge(levels: readonly (readonly unknown[])[], notes = new Notes()): EffectiveNode {
  let count = 0;
  return levels.reduce((node: EffectiveNode, documents) => {
    const contributions = documents.map((content) => ({
      policy: `P${count++}`,
      fragment: readPolicy(content).fragment,
    }));
    return mergeLevel(node, contributions, notes);
  }, NOTHING);
}

const print = (levels: readonly (readonly unknown[])[], notes?: Notes) =>
  new EffectivePrinter().document(merge(levels, notes));

type Operators = Record<string, unknown>;
const regions = (operators: Operators) => plan({ regions: operators });
/** The Regions that policies come to; undefined if nobody has set any. */
const merged = (...levels: (Operators | Operators[])[]) => {
  const documents = levels.map((level) => [level].flat().map(regions));
  const plans = print(documents).plans as { daily?: { regions?: string[] } } | undefined;
  return plans?.daily?.regions;
};

const A = 'eu-west-1';
const B = 'eu-west-2';
const C = 'eu-west-3';
const assign = (...values: string[]) => ({ '@@assign': values });
const append = (...values: string[]) => ({ '@@append': values });
const remove = (...values: string[]) => ({ '@@remove': values });

describe('a policy below another', () => {
  test.each<[string, Operators, Operators, string[] | undefined]>([
    ['@@assign adds where nothing is inherited', {}, assign(A), [A]],
    ['@@assign replaces a list as a whole', assign(A, B), assign(C), [C]],
    ['@@assign of nothing leaves an empty list', assign(A), assign(), []],
    ['@@append adds at the end', assign(A), append(B), [A, B]],
    ['@@append adds what is not there yet', assign(A, B), append(B, C, C), [A, B, C]],
    ['@@append makes a list where there is none', {}, append(A), [A]],
    ['@@append of nothing makes an empty list', {}, append(), []],
    ['@@remove takes away', assign(A, B), remove(A), [B]],
    ['@@remove ignores what is not there', assign(A), remove(B), [A]],
    ['@@remove of all leaves an empty list', assign(A), remove(A), []],
    ['@@remove leaves a list unset that nobody has set', {}, remove(A), undefined],
    [
      '@@assign, @@append and @@remove work in this order',
      {},
      { ...remove(A), ...append(B), ...assign(A) },
      [B],
    ],
    ['@@append and @@remove of the same value remove it', assign(C), { ...append(A), ...remove(A) }, [C]],
  ])('%s', (_title, above, below, expected) => {
    expect(merged(above, below)).toEqual(expected);
  });
});

describe('several policies of one entity', () => {
  test.each<[string, Operators[], string[] | undefined]>([
    ['the first attached @@assign wins', [assign(A), assign(B)], [A]],
    ['the other way round, the other one', [assign(B), assign(A)], [B]],
    ['all @@append add, in the order of attachment', [append(B), append(A), append(B, C)], [B, A, C]],
    ['an @@append before an @@assign adds to it', [append(A), assign(B)], [B, A]],
    ['an @@append after an @@assign adds to it', [assign(B), append(A)], [B, A]],
    ['an @@append and a @@remove of the same value remove it', [append(A), remove(A)], []],
    ['a @@remove and an @@append of the same value remove it', [remove(A), append(A)], []],
    ['all @@remove take away', [assign(A, B, C), remove(A), remove(B)], [C]],
  ])('%s', (_title, peers, expected) => {
    expect(merged(peers)).toEqual(expected);
  });

  test('detaching and attaching again changes the winner', () => {
    const [first, second] = [assign(A), assign(B)];
    expect(merged([first, second])).toEqual([A]);
    expect(merged([second, first])).toEqual([B]);
  });

  test('a control applies to the levels below, neither to other policies of its entity nor to itself', () => {
    const locked = { ...assign(A), ...control('@@none') };
    expect(merged([locked, append(B)])).toEqual([A, B]);
    expect(merged(locked, append(B))).toEqual([A]);
  });

  test('controls intersect', () => {
    const peers = [{ ...assign(A), ...control('@@append') }, control('@@remove')];
    expect(merged(peers, append(B))).toEqual([A]);
    expect(merged(peers, remove(A))).toEqual([A]);
    expect(merged(peers, assign(B))).toEqual([A]);
  });
});

describe('child controls', () => {
  const BELOW = { '@@assign': assign(B), '@@append': append(B), '@@remove': remove(A) };

  test.each<[string, string[], string[]]>([
    ['@@all allows everything, as does nothing', ['@@all'], ['@@assign', '@@append', '@@remove']],
    ['@@none allows nothing', ['@@none'], []],
    ['@@assign allows that alone', ['@@assign'], ['@@assign']],
    ['@@append allows that alone', ['@@append'], ['@@append']],
    ['@@remove allows that alone', ['@@remove'], ['@@remove']],
    ['two allow both', ['@@append', '@@remove'], ['@@append', '@@remove']],
    ['@@all beside another allows everything', ['@@all', '@@append'], ['@@assign', '@@append', '@@remove']],
    ['capitals mean the same', ['@@None'], []],
  ])('%s', (_title, controls, allowed) => {
    const above = { ...assign(A), ...control(...controls) };
    for (const [operator, below] of Object.entries(BELOW)) {
      const notes = new Notes();
      const value = allowed.includes(operator) ? merged(assign(A), below) : [A];
      expect(print([[regions(above)], [regions(below)]], notes)).toEqual(plan({ regions: value }));
      const ignored = `plans/daily/regions: ${operator} of P1 ignored`;
      expect(notes.all).toEqual(allowed.includes(operator) ? [] : [ignored]);
    }
  });

  test('what is not allowed is ignored, and the rest of the policy applies', () => {
    const notes = new Notes();
    const above = { ...assign(A), ...control('@@append') };
    expect(print([[regions(above)], [regions({ ...assign(C), ...append(B), ...remove(A) })]], notes)).toEqual(
      plan({ regions: [A, B] }),
    );
    expect(notes.all).toEqual([
      'plans/daily/regions: @@assign of P1 ignored',
      'plans/daily/regions: @@remove of P1 ignored',
    ]);
  });

  test('a control can be narrowed further down, and never widened', () => {
    const above = { ...assign(A), ...control('@@append') };
    expect(merged(above, control('@@all'), assign(B))).toEqual([A]);
    expect(merged(above, control('@@all'), append(B))).toEqual([A, B]);
    expect(merged(assign(A), control('@@none'), append(B))).toEqual([A]);
  });

  test('a control on a setting without a value keeps others from setting it', () => {
    expect(merged(control('@@none'), assign(A))).toBeUndefined();
  });

  test('a control on an object does not protect the settings that are in it', () => {
    const above = { plans: { ...control('@@none'), daily: { ...control('@@none'), regions: assign(A) } } };
    expect(print([[above], [regions(assign(B))]])).toEqual(plan({ regions: [B] }));
  });

  test.each<[string[], boolean]>([
    [['@@none'], false],
    [['@@remove'], false],
    [['@@append'], true],
    [['@@assign'], true],
    [['@@all'], true],
  ])('an object with the control %p accepts new keys from below: %p', (operators, taken) => {
    const notes = new Notes();
    const above = { plans: { ...control(...operators), daily: { regions: assign(A) } } };
    const more = { plans: { weekly: { regions: assign(B) } } };
    const both = { plans: { daily: { regions: [A] }, weekly: { regions: [B] } } };
    expect(print([[above], [more]], notes)).toEqual(taken ? both : plan({ regions: [A] }));
    expect(notes.all).toEqual(taken ? [] : ['plans/weekly: a new key of P1 ignored']);
    expect(print([[above, more]])).toEqual(both); // not from the same level
  });
});

describe('the merged document', () => {
  test('has lowercase keys, values as strings in their case, and no empty objects', () => {
    const content = {
      PLANS: {
        Gold: {
          REGIONS: assign(A),
          rules: {
            Hourly: {
              target_backup_vault_name: set('FortKnox'),
              start_backup_window_minutes: set(60),
              enable_continuous_backup: set(false),
              lifecycle: {},
              scan_actions: { GUARDDUTY: { scan_mode: set('FULL_SCAN') } },
            },
            Empty: {},
          },
        },
        Nothing: {},
      },
    };
    expect(print([[content]])).toEqual({
      plans: {
        gold: {
          regions: [A],
          rules: {
            hourly: {
              target_backup_vault_name: 'FortKnox',
              start_backup_window_minutes: '60',
              enable_continuous_backup: 'false',
              scan_actions: { guardduty: { scan_mode: 'FULL_SCAN' } },
            },
          },
        },
      },
    });
  });

  test('keys of several policies are the same in any case', () => {
    const hourly = (name: string, vault: string) =>
      plan({ rules: { [name]: { target_backup_vault_name: set(vault) } } });
    expect(print([[hourly('Hourly', 'a')], [hourly('hourly', 'b')]])).toEqual(
      plan({ rules: { hourly: { target_backup_vault_name: 'b' } } }),
    );
  });

  test('is empty if no policy is attached', () => {
    expect(print([])).toEqual({});
    expect(print([[{ plans: {} }], [plan({})]])).toEqual({});
  });

  test('may have keys that are special in JavaScript', () => {
    const content = JSON.parse('{"plans":{"__proto__":{"regions":{"@@assign":["eu-west-1"]}}}}');
    expect(JSON.stringify(print([[content]]))).toBe('{"plans":{"__proto__":{"regions":["eu-west-1"]}}}');
  });
});

test('a policy that changes nothing creates no new nodes', () => {
  const node = merge([[regions(assign(A))]]);
  for (const operators of [{}, append(A), remove(B), control('@@all')]) {
    const { fragment } = readPolicy(regions(operators));
    expect(mergeLevel(node, [{ policy: 'P', fragment }], new Notes())).toBe(node);
  }
  expect(mergeLevel(node, [], new Notes())).toBe(node);
});

test('the policies that contributed to a value are known, in order', () => {
  const levels = [[assign(A)], [append(B), append(C)], [remove(C)]].map((level) => level.map(regions));
  const setting = merge(levels).children.get('plans')?.children.get('daily')?.children.get('regions');
  expect(setting?.value).toEqual([A, B]);
  expect(setting?.policies).toEqual(['P0', 'P1', 'P2', 'P3']);
});

// Properties --------------------------------------------------------------------------------------------------------

const value = fc.constantFrom(A, B, C, 'us-east-1');
const values = fc.uniqueArray(value, { maxLength: 3 });
const controls = fc.constantFrom(...(Object.keys(CHILD_OPERATORS) as (keyof typeof CHILD_OPERATORS)[]));
const operators: fc.Arbitrary<Operators> = fc.record(
  {
    '@@assign': values,
    '@@append': values,
    '@@remove': values,
    '@@operators_allowed_for_child_policies': controls.map((operator) => [operator]),
  },
  { requiredKeys: [] },
);
const level = fc.array(operators, { maxLength: 3 });
const levels = fc.array(level, { maxLength: 4 });
const without = (all: readonly Operators[], ...keys: string[]) =>
  all.map((one) => Object.fromEntries(Object.entries(one).filter(([key]) => !keys.includes(key))));
const sorted = (list: readonly string[] | undefined) => list && [...list].sort();
const CONTROL = '@@operators_allowed_for_child_policies';

describe('for any policies', () => {
  test('those of one level, attached a second time, change nothing', () => {
    fc.assert(
      fc.property(levels, level, (above, peers) => {
        expect(merged(...above, [...peers, ...peers])).toEqual(merged(...above, peers));
      }),
    );
  });

  test('without @@assign, the order of attachment affects only the order in the list', () => {
    fc.assert(
      fc.property(levels, level, fc.nat(), (above, peers, by) => {
        const some = without(peers, '@@assign');
        const turn = some.length > 0 ? by % some.length : 0;
        const turned = [...some.slice(turn), ...some.slice(0, turn)];
        expect(sorted(merged(...above, turned))).toEqual(sorted(merged(...above, some)));
      }),
    );
  });

  test('with one @@assign the order of attachment does not matter either', () => {
    fc.assert(
      fc.property(levels, level, values, (above, peers, assigned) => {
        const some = [...without(peers, '@@assign'), { '@@assign': assigned }];
        expect(sorted(merged(...above, [...some].reverse()))).toEqual(sorted(merged(...above, some)));
      }),
    );
  });

  test('the first @@assign wins, whatever comes after it', () => {
    fc.assert(
      fc.property(values, level, (first, peers) => {
        const others = without(peers, '@@append', '@@remove');
        expect(merged([{ '@@assign': first }, ...others])).toEqual(first);
      }),
    );
  });

  test('no list has a value twice that no policy assigns twice', () => {
    fc.assert(
      fc.property(levels, (all) => {
        const list = merged(...all) ?? [];
        expect(new Set(list).size).toBe(list.length);
      }),
    );
  });

  test('what is removed last is not there, where removing is allowed', () => {
    fc.assert(
      fc.property(level, value, (above, removed) => {
        expect(merged(without(above, CONTROL), remove(removed)) ?? []).not.toContain(removed);
      }),
    );
  });

  test('removing and then appending at a lower level puts it at the end', () => {
    fc.assert(
      fc.property(values, value, (list, moved) => {
        expect(merged(assign(...list), remove(moved), append(moved))).toEqual([
          ...list.filter((element) => element !== moved),
          moved,
        ]);
      }),
    );
  });

  test('controls only get tighter on the way down', () => {
    fc.assert(
      fc.property(levels, level, (above, below) => {
        const documents = (all: readonly (readonly Operators[])[]) => all.map((peers) => peers.map(regions));
        const allowed = (node: EffectiveNode) =>
          node.children.get('plans')?.children.get('daily')?.children.get('regions')?.allowed ?? ALL;
        const before = allowed(merge(documents(above)));
        const after = allowed(merge(documents([...above, below])));
        expect(after & ~before).toBe(0);
      }),
    );
  });

  test('below @@none, nothing changes', () => {
    fc.assert(
      fc.property(levels, levels, (above, below) => {
        const locked = [...above, [control('@@none')]];
        expect(merged(...locked, ...below)).toEqual(merged(...above));
      }),
    );
  });

  test('a level without policies changes nothing', () => {
    fc.assert(
      fc.property(levels, levels, (above, below) => {
        expect(merged(...above, [], ...below)).toEqual(merged(...above, ...below));
      }),
    );
  });

  test('what was merged for one account is not changed by merging for another', () => {
    fc.assert(
      fc.property(levels, level, (above, below) => {
        const node = merge(above.map((peers) => peers.map(regions)));
        const before = JSON.stringify(new EffectivePrinter().document(node));
        const contributions = below.map((one) => ({
          policy: 'P',
          fragment: readPolicy(regions(one)).fragment,
        }));
        mergeLevel(node, contributions, new Notes());
        expect(JSON.stringify(new EffectivePrinter().document(node))).toBe(before);
      }),
    );
  });

  test('plans do not affect each other', () => {
    fc.assert(
      fc.property(levels, levels, (daily, weekly) => {
        const count = Math.max(daily.length, weekly.length);
        const both = Array.from({ length: count }, (_, i) => [
          ...(daily[i] ?? []).map(regions),
          ...(weekly[i] ?? []).map((one) => ({ plans: { weekly: { regions: one } } })),
        ]);
        const plans = (print(both).plans ?? {}) as Record<string, { regions?: string[] }>;
        expect(plans.daily?.regions).toEqual(merged(...daily));
        expect(plans.weekly?.regions).toEqual(merged(...weekly));
      }),
    );
  });
});

test('a scalar is assigned, and nothing else', () => {
  const vault = (operators: Operators) => rule({ target_backup_vault_name: operators });
  const names = (...levels: Operators[][]) => print(levels.map((peers) => peers.map(vault)));
  expect(names([set('a')], [set('b')])).toEqual(rule({ target_backup_vault_name: 'b' }));
  expect(names([set('a'), set('b')])).toEqual(rule({ target_backup_vault_name: 'a' }));
  expect(names([{ ...set('a'), ...control('@@append', '@@remove') }], [set('b')])).toEqual(
    rule({ target_backup_vault_name: 'a' }),
  );
});

test('a list that is appended to a text replaces it, and nothing can be removed from a text', () => {
  const above = new EffectiveNode(ALL, 'a', ['P0'], new Map());
  const below = (fragment: Omit<Fragment, 'name'>) =>
    mergeLevel(above, [{ policy: 'P1', fragment: { name: 'regions', ...fragment } }], new Notes());
  expect(below({ append: ['b'] })).toMatchObject({ value: ['b'], policies: ['P0', 'P1'] });
  expect(below({ append: ['a'] })).toMatchObject({ value: ['a'], policies: ['P0', 'P1'] });
  expect(below({ remove: ['a'] })).toBe(above);
});

test('a policy is named once among those of a value, in the place of what it did last', () => {
  const policies = (...levels: (readonly [string, Omit<Fragment, 'name'>])[][]) =>
    levels.reduce(
      (node, level) =>
        mergeLevel(
          node,
          level.map(([policy, fragment]) => ({ policy, fragment: { name: 'regions', ...fragment } })),
          new Notes(),
        ),
      NOTHING,
    ).policies;
  expect(policies([['P', { assign: [A], append: [B], remove: [A] }]])).toEqual(['P']);
  const [adding, taking] = [{ append: [B] }, { remove: [A] }];
  expect(
    policies([
      ['P', { assign: [A] }],
      ['Q', adding],
      ['P', taking],
    ]),
  ).toEqual(['Q', 'P']);
  expect(policies([['P', { assign: [A, C] }]], [['Q', taking]], [['P', adding]])).toEqual(['Q', 'P']);
});

test.each<[string[], boolean]>([
  [['@@none'], false],
  [['@@remove'], false],
  [['@@append'], true],
  [['@@assign'], true],
])('the control %p at the root of a policy accepts new keys from below: %p', (operators, taken) => {
  const notes = new Notes();
  const printed = print([[control(...operators)], [regions(assign(A))]], notes);
  expect(printed).toEqual(taken ? plan({ regions: [A] }) : {});
  expect(notes.all).toEqual(taken ? [] : ['plans: a new key of P1 ignored']);
});

test('operators are written in the shortest form', () => {
  for (let bits = 0; bits <= ALL; bits++) expect(allowedBy(operatorsFor(bits))).toBe(bits);
  expect(operatorsFor(ALL)).toEqual(['@@all']);
  expect(operatorsFor(0)).toEqual(['@@none']);
});
