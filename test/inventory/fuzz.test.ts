import { inventoryOf } from '../../src/inventory/inventory';
import { mutants } from '../support/mutants';
import { source } from '../support/templates';

const MUTATIONS = 20_000;

describe('mutated templates', () => {
  test(`${MUTATIONS} mutations are read without a crash, and nothing is polluted`, () => {
    let read = 0;
    for (const template of mutants(MUTATIONS)) {
      const before = read % 100 === 0 ? JSON.stringify(template) : undefined;
      const inventory = inventoryOf([
        source(template, read % 2 ? { account: undefined, region: undefined } : {}),
      ]);
      expect(inventory.byId).toBeInstanceOf(Map);
      if (before !== undefined) expect(JSON.stringify(template)).toBe(before);
      read++;
    }
    expect(read).toBe(MUTATIONS);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  }, 120_000);
});
