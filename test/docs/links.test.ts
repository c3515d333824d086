import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { docPages, pageText } from '../support/doc-blocks';

const REPOSITORY = 'https://github.com/cdk-backup-constructs/cdk-backup-constructs';
const PAGES = [...docPages(), 'CONTRIBUTING.md'];

/** The targets of the links of a page, in their order. */
function linksOf(page: string): string[] {
  const prose = pageText(page).replace(/^```[\s\S]*?^```$/gm, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);
}

/** The anchors that GitHub makes from the headings of a page. */
function anchorsOf(page: string): string[] {
  return [...pageText(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );
}

/** The file of this repository that a link leads to, with its anchor; undefined for a link that leads elsewhere. */
function targetOf(page: string, link: string): { file: string; anchor?: string } | undefined {
  const own = new RegExp(`^${REPOSITORY}/(?:blob|tree)/main/(.*)$`).exec(link)?.[1];
  if (own === undefined && /^https?:/.test(link)) return undefined;
  const [path, anchor] = (own ?? link).split('#');
  const file = own === undefined ? normalize(join(dirname(page), path)) : path;
  return { file: path === '' ? page : file, anchor };
}

test.each(PAGES)('every link of %s leads to a file that exists, and to a heading of it', (page) => {
  const broken = linksOf(page).filter((link) => {
    const target = targetOf(page, link);
    if (!target) return false;
    const path = join(__dirname, '..', '..', target.file);
    if (!existsSync(path)) return true;
    return (
      target.anchor !== undefined &&
      !statSync(path).isDirectory() &&
      !anchorsOf(target.file).includes(target.anchor)
    );
  });
  expect(broken).toEqual([]);
});

test('every link of the README is absolute, since registries show it without the repository', () => {
  expect(linksOf('README.md').filter((link) => !/^https:/.test(link))).toEqual([]);
});

test('docstrings have no relative links, since API.md and the registries show them without the repository', () => {
  const src = join(__dirname, '..', '..', 'src');
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const relative = files.flatMap((file) =>
    [...readFileSync(join(src, file), 'utf8').matchAll(/^\s*\*.*\]\((?!https:)[^)\s]+\)/gm)].map(
      ([line]) => `${file}: ${line.trim()}`,
    ),
  );
  expect(files.length).toBeGreaterThan(100);
  expect(relative).toEqual([]);
});

test('docs/README.md leads to every page of the folder', () => {
  const links = linksOf('docs/README.md').map((link) => targetOf('docs/README.md', link)?.file);
  const pages = docPages().filter((page) => page !== 'README.md' && page !== 'docs/README.md');
  expect(pages.filter((page) => !links.includes(page))).toEqual([]);
});
