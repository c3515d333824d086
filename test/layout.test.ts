import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const SRC = join(__dirname, '..', 'src');
const MAX_FILES = 20;
const MAX_LINES = 300;
/** Tables of data may be longer. */
const TABLES =
  /^(index\.ts$|values\/findings\/|values\/resource-type\/catalog\.ts$|values\/standards\/(table\/|key-facts\.ts$)|values\/cloudformation\/schema-table\.ts$|values\/core\/property-names\.ts$)/;

function foldersBelow(folder: string): string[] {
  const inner = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [folder, ...inner.flatMap(({ name }) => foldersBelow(join(folder, name)))];
}

const filesIn = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.ts'));

test('no folder of src has more files than one can take in', () => {
  const crowded = foldersBelow(SRC).filter((folder) => filesIn(folder).length > MAX_FILES);
  expect(crowded.map((folder) => relative(SRC, folder))).toEqual([]);
});

test('no file of code is longer than 300 lines', () => {
  const long = foldersBelow(SRC)
    .flatMap((folder) => filesIn(folder).map((name) => join(folder, name)))
    .filter((file) => !TABLES.test(relative(SRC, file)))
    .filter((file) => readFileSync(file, 'utf8').trimEnd().split('\n').length > MAX_LINES);
  expect(long.map((file) => relative(SRC, file))).toEqual([]);
});

test('the runs of a property are given in full, since the tests take their share of them by themselves', () => {
  const twice = foldersBelow(__dirname)
    .flatMap((folder) => filesIn(folder).map((name) => join(folder, name)))
    .filter((file) => /numRuns: ?budget\(/.test(readFileSync(file, 'utf8')));
  expect(twice.map((file) => relative(__dirname, file))).toEqual([]);
});
