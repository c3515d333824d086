import { existsSync, readFileSync } from 'node:fs';
import { ACCEPTED } from '../../scripts/mutation/accepted';
import { chance, type Mutant, type Results, verdictOn } from '../../scripts/mutation/judge';
import { allParts, partOf, SWEPT } from '../../scripts/mutation/parts';

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

test('a seed always chooses the same part, and every part can be chosen', () => {
  const chosen = Array.from({ length: 2000 }, (_, seed) => partOf(PARTS, String(seed)));
  expect(chosen.slice(0, 20)).toEqual(Array.from({ length: 20 }, (_, seed) => partOf(PARTS, String(seed))));
  expect(new Set(chosen).size).toBe(PARTS.length);
});

test('what a seed chooses from is there, and was seen to notice nine mutants of ten', () => {
  for (const [name, [noticed, of]] of Object.entries(SWEPT)) {
    expect(PARTS.map((part) => part.name)).toContain(name);
    expect([name, noticed / of >= 0.9]).toEqual([name, true]);
  }
});

describe('what a run has judged', () => {
  const mutant = (id: number, status: string): Mutant => ({
    id: String(id),
    fileName: 'src/values/core/names.ts',
    location: { start: { line: 1, column: 1 } },
    mutatorName: 'BlockStatement',
    replacement: '{}',
    status,
  });
  const results = (of: number, statuses: readonly (string | undefined)[]): Results => ({
    order: statuses.map((_, id) => String(id)),
    of,
    tested: statuses.flatMap((status, id) => (status === undefined ? [] : [mutant(id, status)])),
  });
  const none = () => false;
  const times = <T>(count: number, one: T) => Array<T>(count).fill(one);

  test('a run that was stopped counts no mutant after the last that was tested, although no test reaches it', () => {
    const stopped = results(6, ['Killed', 'NoCoverage', undefined, 'Killed', 'NoCoverage', undefined]);
    expect(verdictOn(stopped, none)).toMatchObject({ noticed: 2, survived: [{ id: '1' }], score: 2 / 3 });
  });

  test('a run that was stopped before the first mutant was tested has judged nothing', () => {
    const stopped = results(3, ['NoCoverage', undefined, 'NoCoverage']);
    expect(verdictOn(stopped, none)).toMatchObject({ noticed: 0, survived: [], score: 1, enough: true });
  });

  test('the score of a stopped run does not depend on when it is stopped', () => {
    // of 40 mutants no test reaches 10, which Stryker reports first
    const all = Array.from({ length: 40 }, (_, id) => ((id * 7) % 40 < 10 ? 'NoCoverage' : 'Killed'));
    const scores = Array.from({ length: 30 }, (_, step) => {
      const tested = all.map((status, id) => (status === 'Killed' && id > step + 10 ? undefined : status));
      return verdictOn(results(40, tested), none).score;
    });
    expect(Math.min(...scores)).toBeGreaterThan(0.6);
    expect(Math.max(...scores)).toBeLessThan(0.85);
  });

  test('all mutants must be noticed nine times of ten', () => {
    expect(verdictOn(results(100, [...times(90, 'Killed'), ...times(10, 'Survived')]), none).enough).toBe(
      true,
    );
    expect(verdictOn(results(100, [...times(89, 'Killed'), ...times(11, 'Survived')]), none)).toMatchObject({
      score: 0.89,
      enough: false,
    });
  });

  test('endless loops are noticed, and what no file with tests can be loaded with', () => {
    const some = results(4, ['Timeout', 'RuntimeError', 'Killed', 'Survived']);
    expect(verdictOn(some, none)).toMatchObject({ noticed: 3, survived: [{ id: '3' }], score: 0.75 });
  });

  test('what is explained counts neither as noticed nor as a survivor', () => {
    const some = results(100, [...times(80, 'Killed'), ...times(20, 'Survived')]);
    expect(verdictOn(some, ({ id }) => Number(id) >= 85)).toMatchObject({
      noticed: 80,
      explained: 15,
      score: 80 / 85,
      enough: true,
    });
  });

  test('a sample fails only if it has a chance below one in a thousand', () => {
    // of 40 mutants, 10 or more survive once in 200 runs, 12 or more once in 2,000
    expect(chance(40, 10)).toBeCloseTo(0.00506, 4);
    expect(verdictOn(results(500, [...times(30, 'Killed'), ...times(10, 'Survived')]), none).enough).toBe(
      true,
    );
    expect(chance(40, 12)).toBeLessThan(0.001);
    expect(verdictOn(results(500, [...times(28, 'Killed'), ...times(12, 'Survived')]), none).enough).toBe(
      false,
    );
    expect(chance(40, 0)).toBe(1);
    expect(chance(1, 1)).toBeCloseTo(0.1);
  });
});

test('every accepted mutant is in a line that is still there', () => {
  const sources = PARTS.flatMap((part) => part.sources);
  const gone = ACCEPTED.filter(({ file, line }) => {
    const files = sources.filter(
      (source) => source === file || (file.endsWith('/') && source.startsWith(file)),
    );
    return !files.some((source) => linesOf(source).some((text) => text.includes(line)));
  });
  expect(gone).toEqual([]);
});
