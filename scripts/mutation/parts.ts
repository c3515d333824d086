import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Tables of data and generated files: what is in them comes from AWS, and is compared with its source. */
const DATA =
  /^src\/values\/(findings\/|resource-type\/catalog\.ts$|restore-testing\/(restore-ways|restore-metadata-facts)\.ts$|standards\/(table\/|key-facts\.ts$)|cloudformation\/schema-table\.ts$|core\/property-names\.ts$)/;

/** Entry points of functions, which tests run as bundles in processes of their own. */
const ENTRY_POINTS = /^src\/handler\/([^/]+|freshness\/index)\.ts$/;

/** They take longer than what they alone notice is worth, or compare a generated file, in which Stryker adds a line. */
export const SLOW_TESTS =
  /\/(every-example|survival\/examples|fuzz|cron-differential|core\/(linear-time|positional-arguments|unknown-properties)|backup-(plan|selection)\.property)\.test\.ts$/;

/**
 * Folders of src/, and the tests that must notice when one of their files is wrong: those in the same folder of test/. What
 * AWS accepts is tested where it is thrown, too, by the constructs of the same noun.
 */
const FOLDERS = ['values', 'policy', 'coverage', 'checks/engine', 'forecast', 'handler'];
const MORE_TESTS: Readonly<Record<string, readonly string[]>> = {
  coverage: ['test/checks/selection'],
  'forecast/points': ['test/forecast/outlook/forecast.test.ts', 'test/forecast/cost/averages.test.ts'],
  'handler/core': ['test/handler/vault/earlier-version.test.ts'],
  'handler/plan': ['test/handler/approvals.test.ts'],
  'handler/vault': ['test/handler/approvals.test.ts'],
  'policy/merge': ['test/policy/effective'],
  'policy/effective': ['test/policy/merge'],
  'values/copy': [
    'test/checks/copy',
    'test/checks/plan/retentions.test.ts',
    'test/checks/plan/vault-targets.test.ts',
    'test/resources/plan/copy-action.test.ts',
    'test/resources/plan/backup-plan.test.ts',
    'test/resources/vault/key-path.test.ts',
  ],
  'values/core': ['test/values/audit/framework-laws.test.ts'],
  'values/restore-testing': ['test/resources/plan/derived-restore-testing.test.ts'],
};

/**
 * Parts of which a sample was tested over all their files, and what was noticed of it after the survivors had got tests.
 * Only from these `--seed` chooses: the others may be worse than what is required, which a minute's sample finds out by
 * chance. Test a new part with `--part NAME --sample 40`.
 */
export const SWEPT: Readonly<Record<string, readonly [noticed: number, of: number]>> = {
  'values/audit': [29, 30],
  'values/cloudformation': [29, 30],
  'values/copy': [30, 30],
  'values/core': [29, 30],
  'values/hypervisor': [25, 25],
  'values/objectives': [30, 30],
  'values/plan': [29, 30],
  'values/resource-type': [28, 30],
  'values/restore-testing': [28, 30],
  'values/schedule': [24, 25],
  'values/selection': [30, 30],
  'values/settings': [30, 30],
  'values/standards': [29, 30],
  'values/vault': [18, 19],
  coverage: [27, 29],
  'policy/admission': [24, 25],
  'policy/document': [39, 40],
  'policy/effective': [37, 38],
  'policy/language': [36, 40],
  'policy/merge': [37, 38],
  'checks/engine': [40, 40],
  'forecast/core': [39, 40],
  'forecast/cost': [28, 30],
  'forecast/difference': [30, 30],
  'forecast/objectives': [25, 25],
  'forecast/outlook': [30, 30],
  'forecast/points': [23, 25],
  'forecast/survival': [24, 25],
  'handler/core': [29, 30],
  'handler/freshness': [31, 34],
  'handler/plan': [38, 40],
  'handler/restore': [30, 30],
  'handler/settings': [38, 39],
  'handler/vault': [36, 40],
};

/** A noun of a layer. */
export interface Part {
  readonly name: string;
  readonly sources: readonly string[];
  readonly tests: readonly string[];
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
const isThere = (path: string) => statSync(path, { throwIfNoEntry: false }) !== undefined;

function sourcesIn(folder: string, recursive: boolean): string[] {
  return readdirSync(folder, { recursive, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((file) => file.endsWith('.ts') && !DATA.test(file) && !ENTRY_POINTS.test(file));
}

function part(name: string, recursive: boolean): Part {
  const tests = [
    `test/${name}`,
    ...(name.startsWith('values/') ? [name.replace('values', 'test/resources')] : []),
    ...(MORE_TESTS[name] ?? []),
  ].filter(isThere);
  return { name, sources: sourcesIn(`src/${name}`, recursive), tests };
}

/** All that is mutated. */
export function allParts(): Part[] {
  return FOLDERS.flatMap((layer) => {
    const nouns = readdirSync(`src/${layer}`).filter((name) => isFolder(`src/${layer}/${name}`));
    return [part(layer, false), ...nouns.map((noun) => part(`${layer}/${noun}`, true))];
  }).filter(({ sources }) => sources.length > 0);
}

const lengths = new Map<string, number>();
function linesIn(file: string): number {
  const known = lengths.get(file) ?? readFileSync(file, 'utf8').split('\n').length;
  lengths.set(file, known);
  return known;
}

const numberOf = (text: string) => createHash('sha256').update(text).digest().readUInt32BE();

/** One of some parts, the same for the same seed. Every line of every part has the same chance. */
export function partOf(parts: readonly Part[], seed: string): Part {
  const lengths = parts.map(({ sources }) => sources.reduce((sum, file) => sum + linesIn(file), 0));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  let line = numberOf(`${seed} line`) % total;
  const index = lengths.findIndex((length) => {
    line -= length;
    return line < 0;
  });
  return parts[index];
}
