import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FINDINGS } from '../../../src/values/findings/registry';

const ROOT = join(__dirname, '../../..');
const ids = Object.keys(FINDINGS);

test.each(Object.entries(FINDINGS))(
  '%s has sentences, an imperative fix, an AWS page, a source and a date',
  (id, { what, why, fix, docs, source, asOf }) => {
    expect(id).toMatch(/^Backup-([A-Z][a-z0-9]*)+$/);
    expect(what).toMatch(/^[A-Z`].*\."?$/s);
    expect(why).toMatch(/^[A-Z`].*\."?$/s);
    expect(fix).toMatch(/^[a-z`].*[^.]$/s);
    expect(IMPERATIVES).toContain(fix.split(/[ ,]/)[0]);
    expect(new URL(docs).hostname).toMatch(/(^|\.)aws\.amazon\.com$/);
    expect(source).toMatch(/\S/);
    expect(asOf).toMatch(/^20\d\d-\d\d(-\d\d)?$/);
  },
);

test('no two findings have the same first sentence', () => {
  const sentences = Object.values(FINDINGS).map(({ what }) => what);
  expect(sentences.filter((what, index) => sentences.indexOf(what) !== index)).toEqual([]);
});

test('every id is used in the source', () => {
  const used = idsIn(filesBelow('src').filter((file) => !file.startsWith('src/values/findings/')));
  expect(ids.filter((id) => !used.has(id))).toEqual([]);
});

test('every id in the docs and the examples exists', () => {
  const mentioned = idsIn(['README.md', ...filesBelow('docs'), ...filesBelow('examples')]);
  expect([...mentioned].filter((id) => !ids.includes(id))).toEqual([]);
});

function idsIn(files: readonly string[]): ReadonlySet<string> {
  const text = files.map((file) => readFileSync(join(ROOT, file), 'utf8')).join('\n');
  return new Set(text.match(/\bBackup-[A-Z]\w+/g));
}

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|md)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1));
}

/** The verbs that fixes begin with. */
const IMPERATIVES: readonly string[] = (
  'acknowledge add allow ask assign attach back begin change check choose combine compare complete copy correct create ' +
  'define deliver deny deploy derive enable encrypt exclude exempt extend give hold include index keep leave let list make merge move ' +
  'name omit opt pass protect put record refer remove repeat request rewrite roll run scan select set shorten split ' +
  'start state tag test try turn use watch write'
).split(' ');
