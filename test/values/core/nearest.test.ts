import fc from 'fast-check';
import { closestName } from '../../../src/values/core/closest-name';
import { editDistance, nearestName, nearestOf } from '../../../src/values/core/nearest';

/** By the definition: the cheapest way to turn the beginning of one text into the beginning of the other. */
function distance(one: string, other: string): number {
  const known = new Map<string, number>();
  const of = (row: number, column: number): number => {
    if (row === 0 || column === 0) return row + column;
    const key = `${row},${column}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const ways = [
      of(row - 1, column) + 1,
      of(row, column - 1) + 1,
      of(row - 1, column - 1) + (one[row - 1] === other[column - 1] ? 0 : 1),
    ];
    if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1])
      ways.push(of(row - 2, column - 2) + 1);
    const least = Math.min(...ways);
    known.set(key, least);
    return least;
  };
  return of(one.length, other.length);
}

const text = fc.string({ unit: fc.constantFrom(...'abAB1'), maxLength: 9 });

describe('the distance of two texts', () => {
  test.each([
    ['vault', 'vault', 0],
    ['vault', 'vaults', 1],
    ['vault', 'vuault', 1],
    ['vault', 'vualt', 1],
    ['', 'abc', 3],
    ['ca', 'abc', 3],
  ])('from `%s` to `%s` it is %i', (one, other, expected) => {
    expect(editDistance(one, other)).toBe(expected);
    expect(editDistance(other, one)).toBe(expected);
  });

  test('counts every character that a long candidate has more', () => {
    expect(editDistance('ab', `ab${'x'.repeat(150)}`)).toBe(150);
  });

  test('is the number of insertions, deletions, substitutions and swaps of neighbors', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(editDistance(one, other)).toBe(distance(one, other));
      }),
      { numRuns: 2_000 },
    );
  });

  test('is not computed further than asked', () => {
    fc.assert(
      fc.property(text, text, fc.nat(9), (one, other, most) => {
        const whole = distance(one, other);
        expect(editDistance(one, other, most)).toBe(whole > most ? Number.POSITIVE_INFINITY : whole);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('what was probably meant', () => {
  const names = fc.uniqueArray(text, { maxLength: 6 });

  test('of a typo is the name with the fewest edits, at most two, and fewer than a third of its characters', () => {
    fc.assert(
      fc.property(text, names, (wanted, candidates) => {
        const near = candidates
          .map((name) => ({ name, edits: distance(wanted.toLowerCase(), name.toLowerCase()) }))
          .filter(({ name, edits }) => edits <= 2 && edits * 3 <= Math.max(name.length, wanted.length));
        const fewest = Math.min(...near.map(({ edits }) => edits));
        expect(nearestOf(wanted, candidates)).toBe(near.find(({ edits }) => edits === fewest)?.name);
      }),
    );
  });

  test('among names that are all possible is the nearest, however far', () => {
    fc.assert(
      fc.property(text, names, (wanted, candidates) => {
        const edits = candidates.map((name) => distance(wanted.toLowerCase(), name.toLowerCase()));
        expect(nearestName(wanted, candidates)).toBe(candidates[edits.indexOf(Math.min(...edits))]);
      }),
    );
  });

  test.each([
    ['backup-vault_names', ['BackupVaultName', 'BackupVaultTags'], 'BackupVaultName'],
    ['VaultName', ['BackupVaultName', 'BackupVaultTags'], 'BackupVaultName'],
    ['BackupVaultNmae', ['BackupVaultName', 'BackupVaultTags'], 'BackupVaultName'],
    ['Vault', ['BackupVaultName', 'BackupVaultTags'], undefined],
    ['Lifecicle', ['Lifecacle', 'Lifecocle'], undefined],
    ['Lifecicle', ['Lifesycle', 'Lifecycle', 'Lifesicle', 'Lifecicles'], 'Lifecicles'],
    ['Unrelated', ['BackupVaultName'], undefined],
    ['VaultTags', ['BackupVaultTag', 'BackupVaultName'], 'BackupVaultTag'],
    ['Vault', ['BackupVaultName', 'Lifecycle'], 'BackupVaultName'],
    ['TheBackupVaultNameOfIt', ['BackupVaultName', 'Lifecycle'], 'BackupVaultName'],
    ['MyRulesName', ['Rule', 'Lifecycle'], 'Rule'],
    ['MyKeyHere', ['Key', 'Lifecycle'], undefined],
    ['BackupVaultName', ['backup_vault_name', 'BackupVaultNames'], undefined],
    ['abcdef', ['abcxyz', 'Lifecycle'], undefined],
    ['abcdefgh', ['abcdefxy', 'Lifecycle'], 'abcdefxy'],
    ['abcdef', ['xbcdey', 'abcdey'], 'abcdey'],
    ['abcdef', ['abcdey', 'xbcdey'], 'abcdey'],
    ['abcdef', ['abcdey', 'abcdez', 'abcde'], 'abcde'],
    ['x'.repeat(64), [`${'x'.repeat(63)}y`], `${'x'.repeat(63)}y`],
    ['x'.repeat(65), [`${'x'.repeat(64)}y`], undefined],
    ['-', ['BackupVaultName'], undefined],
  ])('by `%s` among %j is %s', (wanted, candidates, meant) => {
    expect(closestName(wanted, candidates)).toBe(meant);
  });
});
