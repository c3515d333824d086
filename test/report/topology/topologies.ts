import fc from 'fast-check';
import type { Arrival, Box, Card, Flow, Topology } from '../../../src/report/topology/topology';

const name = fc.oneof(
  fc.constantFrom(
    'gold',
    'orders',
    'backup-vault-of-the-central-account-in-the-second-region',
    'WWWWMMMM@@@@%%%%',
  ),
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const arrival: fc.Arbitrary<Arrival> = fc.record({
  text: name,
  refusedBy: fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.constant(['Backup-CopyAccess']) },
  ),
});

/** Topologies of up to 200 accounts, with copies in any direction, also in circles. */
export const topologies: fc.Arbitrary<Topology> = fc
  .record({
    accounts: fc.oneof(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 9, max: 200 })),
    shapes: fc.array(
      fc.record({
        plans: fc.array(fc.record({ title: name, details: fc.array(name, { maxLength: 5 }) }), {
          maxLength: 3,
        }),
        vaults: fc.array(
          fc.record({
            title: name,
            details: fc.array(name, { maxLength: 2 }),
            arrivals: fc.array(arrival, { maxLength: 12 }),
            lane: fc.integer({ min: 1, max: 4 }),
          }),
          { maxLength: 3 },
        ),
        region: fc.option(fc.constantFrom('us-east-1', 'eu-west-1'), { nil: undefined }),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    copies: fc.array(fc.tuple(fc.nat(), fc.nat(), arrival), { maxLength: 60 }),
  })
  .map(({ accounts, shapes, copies }) => {
    const flows: Flow[] = [];
    const vaults: string[] = [];
    const boxes = Array.from({ length: accounts }, (_, index): Box => {
      const account = String(100_000_000_000 + index);
      const { plans, vaults: own, region } = shapes[index % shapes.length];
      const inBox = (kind: Card['kind'], number: number) => `${kind}-${index}-${number}`;
      const cards = [
        ...plans.map(
          ({ title, details }, number): Card => ({
            id: inBox('plan', number),
            kind: 'plan',
            lane: 0,
            title,
            details,
            arrivals: [],
          }),
        ),
        ...own.map((vault, number): Card => ({ ...vault, id: inBox('vault', number), kind: 'vault' })),
      ];
      for (const card of cards) if (card.kind === 'vault') vaults.push(card.id);
      for (const from of cards)
        for (const to of cards)
          if (from.lane === 0 && to.lane === 1)
            flows.push({ from: from.id, to: to.id, kind: 'backup', arrivals: [], refusedBy: [] });
      return { id: account, accounts: [account], region, cards };
    });
    if (vaults.length > 1)
      for (const [from, to, what] of copies) {
        const [a, b] = [vaults[from % vaults.length], vaults[to % vaults.length]];
        if (a !== b)
          flows.push({ from: a, to: b, kind: 'copy', arrivals: [what], refusedBy: what.refusedBy });
      }
    return { boxes: boxes.filter(({ cards }) => cards.length > 0), flows };
  });
