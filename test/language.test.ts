import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');

// Spelled so that a replacement in the whole repository can't rewrite the list itself.
const phrase = (text: string) => text.replaceAll('_', '\\s+');

/** What reads like a literal translation, and what to write instead. */
const WORDS: readonly (readonly [pattern: string, instead: string])[] = [
  [phrase('shall'), 'must, or the present tense'],
  [phrase('for_ever'), 'forever'],
  [phrase('(?:is|are|be|was|were|being)_said'), 'is set, is specified'],
  [phrase("(?:isn['’]t|aren['’]t|not)_said"), 'is not set'],
  [phrase('(?:is|are|be|was|were)_told(?!_apart)'), 'is reported, is notified'],
  [phrase('in_whose_name'), 'with which role'],
  [phrase('such_(?:a|an)_one'), 'one of these'],
  [phrase('small_letters'), 'lowercase letters'],
  [phrase('by_now'), 'already, or nothing'],
  [phrase('as_of_now'), 'nothing'],
  [phrase('(?<!there_)is_none(?!_of)'), 'is not a …'],
  [phrase('none_of_its_kind'), 'the only one'],
  [phrase('ways?_out'), 'the fix'],
  [phrase('(?:that|which)_(?:is|are)_there_already'), 'that already exists'],
  [phrase('mend(?:s|ed|ing)?'), 'fix'],
  [phrase('firmly'), 'nothing'],
  [phrase('begins?_anew'), 'wraps around, restarts'],
  [phrase('hangs_on'), 'depends on'],
  [phrase('hears?_of'), 'is notified of'],
  [phrase('tells_(?:nobody|no_one)'), 'notifies nobody'],
  [phrase('at_the_(?:least|most)'), 'at least, at most'],
  [phrase('count_on_the_price'), 'expect prices'],
  [phrase('more_rarely'), 'less often'],
  [phrase('who_rules'), 'whoever controls'],
  [phrase('public_door|cellar|map_of_the_house'), 'entry point, Lambda code, source layout'],
];

/** Lines on which such a word is right, by a part of them. */
const ALLOWED: readonly string[] = [];

const PATTERN = new RegExp(`\\b(?:${WORDS.map(([pattern]) => `(${pattern})`).join('|')})\\b`, 'gi');

const TOPS = ['src', 'docs', 'examples', 'README.md', 'CONTRIBUTING.md'];
/** Written by a tool, from texts that are checked where they stand. */
const GENERATED = /^docs\/(checks|api\/.*)\.md$|\.snap$/;

test.each(TOPS.flatMap((top) => foldersOf(top)))('%s reads as English', (folder) => {
  expect(filesBelow(folder).flatMap(findBadWords)).toEqual([]);
});

test('the list finds what it names, and nothing else', () => {
  expect(badWordsIn('What sh\u0061ll be kept for\u0020ever is s\u0061id here; that is n\u006fne.')).toEqual([
    'shall',
    'for ever',
    'is said',
    'is none',
  ]);
  expect(
    badWordsIn('We recommend keeping it forever; there is none of that, and the report says so.'),
  ).toEqual([]);
});

/** The folders of one level below a top folder, so that a failure names a small one. */
function foldersOf(top: string): string[] {
  if (top.endsWith('.md')) return [top];
  const entries = readdirSync(join(ROOT, top), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => `${top}/${name}`);
  return entries.some((entry) => entry.isFile()) ? [top, ...folders] : folders;
}

/** The files of a folder: directly in a top folder, at any depth below the others. */
function filesBelow(folder: string): string[] {
  if (folder.endsWith('.md')) return [folder];
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: !TOPS.includes(folder) })
    .filter((entry) => entry.isFile() && /\.(ts|md)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1))
    .filter((file) => !GENERATED.test(file));
}

function findBadWords(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const prose = file.endsWith('.ts') ? proseOf(text) : text;
  return matchesIn(prose).map(
    ({ index, word, instead }) =>
      `${file}:${text.slice(0, index).split('\n').length} "${word.replace(/\s+/g, ' ')}": write ${instead}`,
  );
}

function badWordsIn(text: string): string[] {
  return matchesIn(text).map(({ word }) => word);
}

function matchesIn(text: string): { index: number; word: string; instead: string }[] {
  return [...text.matchAll(PATTERN)].flatMap(({ 0: word, index, ...groups }) => {
    const line = text.slice(text.lastIndexOf('\n', index) + 1, `${text}\n`.indexOf('\n', index));
    if (ALLOWED.some((allowed) => line.includes(allowed))) return [];
    const position = WORDS.findIndex((_, i) => groups[i + 1] !== undefined);
    return [{ index, word, instead: WORDS[position]?.[1] ?? '' }];
  });
}

/** Code with everything but comments and string literals blanked, so that offsets stay. */
function proseOf(code: string): string {
  const blank = (text: string) => text.replace(/[^\n]/g, ' ');
  const pattern =
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`/g;
  let prose = '';
  let end = 0;
  for (const match of code.matchAll(pattern)) {
    // between the lines of a comment stands a star, which must not part two words
    const text = match[0].startsWith('/*')
      ? match[0].replace(/\n\s*\* ?/g, (gap) => `\n${' '.repeat(gap.length - 1)}`)
      : match[0];
    prose += blank(code.slice(end, match.index)) + text;
    end = match.index + match[0].length;
  }
  return prose + blank(code.slice(end));
}
