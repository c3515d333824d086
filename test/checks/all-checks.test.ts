import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKS_PAGE, checksPage } from '../../scripts/checks-doc';
import { ALL_CHECKS } from '../../src/checks/all-checks';
import { UNPROTECTED } from '../../src/checks/engine/unprotected';
import { FINDINGS } from '../../src/values/findings/registry';

const CHECKS = join(__dirname, '..', '..', 'src', 'checks');
const ids = ALL_CHECKS.map(({ id }) => id);

test('each id belongs to one check', () => {
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  expect(ids).not.toContain(UNPROTECTED);
});

test('checks have the texts of the registry', () => {
  expect(ALL_CHECKS.filter((check) => !(check.id in FINDINGS))).toEqual([]);
  for (const { find, ...check } of ALL_CHECKS) expect(check).toEqual({ id: check.id, ...FINDINGS[check.id] });
});

test('the list contains the checks of every file in the noun folders; `npx projen` writes it', () => {
  const files = readdirSync(CHECKS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !['engine', 'facts'].includes(entry.name))
    .flatMap(({ name: noun }) =>
      readdirSync(join(CHECKS, noun)).map((file) => `./${noun}/${file.slice(0, -3)}`),
    );
  const list = readFileSync(join(CHECKS, 'all-checks.ts'), 'utf8');
  const imported = [...list.matchAll(/^import \{ \w+ \} from '(.+)';$/gm)].map(([, path]) => path);
  expect(imported.sort()).toEqual(files.sort());
});

test('docs/checks.md is up to date; `npx projen checks-doc` writes it', () => {
  expect(readFileSync(CHECKS_PAGE, 'utf8')).toBe(checksPage());
});
