import { existsSync, readFileSync } from 'node:fs';
import { ACCEPTED } from '../../scripts/mutation/accepted';
import { allParts, shard } from '../../scripts/mutation/parts';

const PARTS = allParts();
const linesOf = (file: string) => readFileSync(file, 'utf8').split('\n');

test('what is mutated covers values, policy, coverage, the engine of the checks, forecast and handler', () => {
  const layers = new Set(PARTS.map(({ name }) => name.split('/')[0]));
  expect([...layers]).toEqual(['values', 'policy', 'coverage', 'checks', 'forecast', 'handler']);
  expect(PARTS.flatMap(({ sources }) => sources).length).toBeGreaterThan(200);
});

test.each(PARTS)('src/$name has tests that must notice its mutants', ({ tests }) => {
  expect(tests.filter((path) => existsSync(path))).not.toEqual([]);
});

test('no file is mutated twice', () => {
  const files = PARTS.flatMap(({ sources }) => sources);
  expect(files.filter((file, index) => files.indexOf(file) !== index)).toEqual([]);
});

test('a seed always chooses the same lines, which are in a file of the part', () => {
  const ranges = Array.from({ length: 50 }, (_, seed) => shard(PARTS, String(seed), 40));
  for (const [seed, { part, range }] of ranges.entries()) {
    expect(shard(PARTS, String(seed), 40).range).toBe(range);
    const [, file, first, last] = /^(.+):(\d+)-(\d+)$/.exec(range) ?? [];
    expect(part.sources).toContain(file);
    expect(Number(first)).toBeGreaterThanOrEqual(1);
    expect(Number(last)).toBeLessThanOrEqual(linesOf(file).length);
    expect(Number(last)).toBeGreaterThanOrEqual(Number(first));
  }
  expect(new Set(ranges.map(({ range }) => range)).size).toBeGreaterThan(40);
});

test('every accepted mutant is in a line that is still there', () => {
  const gone = ACCEPTED.filter(({ file, line }) => !linesOf(file).some((text) => text.includes(line)));
  expect(gone).toEqual([]);
});
