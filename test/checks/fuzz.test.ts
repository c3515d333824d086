import { ALL_CHECKS } from '../../src/checks/all-checks';
import { runChecks } from '../../src/checks/engine/check';
import { coverageOf } from '../../src/coverage/coverage';
import { inventoryOf } from '../../src/inventory/inventory';
import { budget } from '../support/budget';
import { mutants } from '../support/mutants';
import { source } from '../support/templates';

const MUTATIONS = budget(40_000);

/** What a value that nobody thought of looks like in a sentence. */
const UNREADABLE = /undefined|\[object |NaN|^\s*$/;

/** Each mutant is read into one inventory, which the checks and the coverage share, as for a user. */
test(`${MUTATIONS} mutated templates are read, checked and covered without a crash, and every finding can be read`, () => {
  const now = new Date('2026-11-21T00:00:00Z');
  let judged = 0;
  const expected = new Set<string>();
  for (const template of mutants(MUTATIONS)) {
    const before = judged % 100 === 0 ? JSON.stringify(template) : undefined;
    const inventory = inventoryOf([
      source(template, judged % 2 ? { account: undefined, region: undefined } : {}),
    ]);
    if (!(inventory.byId instanceof Map)) throw new Error('the inventory has no index');
    for (const { id, message, fix, place } of runChecks(ALL_CHECKS, inventory, { now })) {
      expected.add(id);
      if (UNREADABLE.test(message) || UNREADABLE.test(fix))
        throw new Error(`${id} says ${JSON.stringify({ message, fix, place })}`);
    }
    const { resources, summary } = coverageOf(inventory, { now });
    if (summary.protected + summary.optedOut + summary.unprotected !== resources.length)
      throw new Error(`coverage counts ${JSON.stringify(summary)} of ${resources.length}`);
    if (before !== undefined) expect(JSON.stringify(template)).toBe(before);
    judged++;
  }
  expect(judged).toBe(MUTATIONS);
  if (MUTATIONS >= 1_000) expect(expected.size).toBeGreaterThan(5);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
}, 3_000_000);
