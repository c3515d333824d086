import {
  type ComparedAccount,
  organizationDifference,
} from '../../../src/forecast/difference/organization-difference';
import type { EffectiveDocument } from '../../../src/policy/effective/effective-document';

const document = (regions = ['us-east-1']): EffectiveDocument => ({
  plans: { daily: { regions, rules: { night: { target_backup_vault_name: 'gold' } } } },
});

describe('the accounts of an organization', () => {
  const account = (id: string, more: Partial<ComparedAccount> = {}): ComparedAccount => ({
    id,
    path: ['r-root', 'ou-work', id],
    inForce: document(),
    isInvalid: false,
    ...more,
  });
  const ids = (count: number) => Array.from({ length: count }, (_, i) => `${i + 1}`.repeat(12));
  const told = (before: readonly ComparedAccount[], after: readonly ComparedAccount[]) =>
    organizationDifference(before, after).changes.map(
      ({ direction, subject, before: was, after: is, message }) =>
        `${direction} ${subject}: ${message} (${was} -> ${is})`,
    );
  const [FIRST, SECOND] = ids(2);
  const empty = {} as EffectiveDocument;

  test.each<[number, string]>([
    [1, 'account 111111111111'],
    [2, '2 accounts: 111111111111, 222222222222'],
    [5, '5 accounts: 111111111111, 222222222222, 333333333333, 444444444444, 555555555555'],
    [6, '6 accounts: 111111111111, 222222222222, 333333333333, 444444444444, 555555555555 and 1 more'],
    [7, '7 accounts: 111111111111, 222222222222, 333333333333, 444444444444, 555555555555 and 2 more'],
  ])('with the same change are reported together, and named up to five: %i', (count, text) => {
    const [before, after] = [document(), document([])].map((inForce) =>
      ids(count).map((id) => account(id, { inForce })),
    );
    expect(organizationDifference(before, after)).toEqual({
      changes: [
        {
          kind: 'organization',
          direction: 'weaker',
          stack: '',
          logicalId: '',
          subject: 'plan `daily`',
          before: 'us-east-1',
          after: null,
          message: `plan \`daily\` leaves Region us-east-1, in ${text}`,
          accounts: ids(count),
        },
      ],
      summary: { weaker: 1, stronger: 0, neutral: 0 },
    });
  });

  test.each<[string, Partial<ComparedAccount>, string, string]>([
    ['with plans', {}, ', with the plans of its backup policies', 'stronger weaker'],
    ['without plans', { inForce: empty }, '', 'neutral neutral'],
    ['whose plans are not known', { inForce: undefined }, '', 'neutral neutral'],
  ])('%s join and leave', (_, more, plans, directions) => {
    const [joins, leaves] = directions.split(' ');
    const both = [account(FIRST), account(SECOND, more)];
    expect(told([account(FIRST)], both)).toEqual([
      `${joins} the organization: an account joins \`ou-work\`${plans}, in account ${SECOND} (null -> \`ou-work\`)`,
    ]);
    expect(told(both, [account(FIRST)])).toEqual([
      `${leaves} the organization: an account leaves \`ou-work\`${plans}, in account ${SECOND} (\`ou-work\` -> null)`,
    ]);
  });

  test('move from one unit to another', () => {
    expect(told([account(FIRST)], [account(FIRST, { path: ['r-root', 'ou-free', FIRST] })])).toEqual([
      `neutral the unit: an account moves from \`ou-work\` to \`ou-free\`, in account ${FIRST} (r-root/ou-work -> r-root/ou-free)`,
    ]);
  });

  test('whose policies become valid or invalid', () => {
    const [valid, invalid] = [account(FIRST), account(FIRST, { isInvalid: true })];
    expect(told([valid], [invalid])).toEqual([
      `weaker the effective policy: the backup policies no longer merge into a valid one, so the last valid one stays in force, in account ${FIRST} (valid -> invalid)`,
    ]);
    expect(told([invalid], [valid])).toEqual([
      `stronger the effective policy: the backup policies merge into a valid one again, in account ${FIRST} (invalid -> valid)`,
    ]);
    expect(told([invalid], [invalid])).toEqual([]);
  });
});
