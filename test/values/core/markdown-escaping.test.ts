import * as fc from 'fast-check';
import { escapeMarkdown } from '../../../src/values/core/markdown-escaping';
import { oneLine, trimmed } from '../../../src/values/core/plain-text';

describe('text of an input file in Markdown', () => {
  test.each<[string, string, string]>([
    ['a link', '[x](http://evil.example)', '\\[x\\](http:&#8203;//evil.example)'],
    ['an image', '![x](https://evil.example/p.png)', '\\!\\[x\\](https:&#8203;//evil.example/p.png)'],
    ['a bare address', 'www.evil.example', 'www&#8203;.evil.example'],
    ['a mention', '@admin', '@&#8203;admin'],
    ['an issue', 'fixes #12 and GH-7', 'fixes #&#8203;12 and GH-&#8203;7'],
    ['HTML', '<img src=x onerror=alert(1)>', '\\<img src=x onerror=alert(1)\\>'],
    ['an entity', '&lt;b&gt;', '\\&lt;b\\&gt;'],
    ['a formula', '$x$', '\\$x\\$'],
    ['emphasis', '**a** _b_ ~~c~~', '\\*\\*a\\*\\* \\_b\\_ \\~\\~c\\~\\~'],
    ['code', '`a*b` is `c`', '`a*b` is `c`'],
    ['code with backticks inside', '``a`b`` c', '``a`b`` c'],
    ['a backtick without an end', 'a ` [b](c)', 'a \\` \\[b\\](c)'],
    // GitHub pairs runs of the same length: here the link is no code
    ['runs of different lengths', '``a` [b](c) ` d', '\\`\\`a` [b](c) ` d'],
    ['code that closes early', '`a` [b](c) `d`', '`a` \\[b\\](c) `d`'],
    ['a backslash before a backtick', '\\`a`', '\\\\`a`'],
  ])('%s is shown as it is', (_, text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });

  test('a pipe in a cell of a table divides nothing, in code neither', () => {
    expect(escapeMarkdown('a|b `c|d`', true)).toBe('a\\|b `c\\|d`');
    expect(escapeMarkdown('`c|d`')).toBe('`c|d`');
  });

  test('nothing outside of code is special', () => {
    const text = fc.string({
      unit: fc.constantFrom('`', '``', '[', ']', '(', ')', '!', '@', 'a', ' ', '\\', '<', '|'),
    });
    fc.assert(
      fc.property(text, (given) => {
        const outside = outsideOfCode(escapeMarkdown(given));
        expect(outside.replace(/\\[\\`*_{}[\]<>|~&!$]|@&#8203;/g, '')).not.toMatch(/[\\`*_{}[\]<>|~&!$@]/);
      }),
      { numRuns: 2_000 },
    );
  });

  test('what is not escaped or hidden is unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('`', 'a', ' ', 'b') }), (given) => {
        const shown = escapeMarkdown(given).replace(/[\\` ]/g, '');
        expect(shown).toBe(given.replace(/[\\` ]/g, ''));
      }),
    );
  });
});

/** What GitHub doesn't take for code: a second, slower reading of the specification, with escapes. */
function outsideOfCode(markdown: string): string {
  let outside = '';
  for (let index = 0; index < markdown.length; ) {
    if (markdown[index] === '\\') {
      outside += markdown.slice(index, index + 2);
      index += 2;
      continue;
    }
    const [run] = /^`*/.exec(markdown.slice(index)) as RegExpExecArray;
    if (run === '') {
      outside += markdown[index++];
      continue;
    }
    const rest = markdown.slice(index + run.length);
    const end = [...rest.matchAll(/`+/g)].find(([other]) => other.length === run.length);
    if (end) index += run.length + end.index + run.length;
    else {
      outside += run;
      index += run.length;
    }
  }
  return outside;
}

test.each([
  ['a \n\t b', 'a b'],
  ['a  b', 'a  b'],
  ['\r\n', ' '],
  ['\u001b[31ma\u202e', '\ufffd[31ma\ufffd'],
])('%j is %j on one line', (text, line) => {
  expect(oneLine(text)).toBe(line);
});

test.each([
  ['--a-b_.', 'a-b'],
  ['-_.', ''],
  ['', ''],
])('%j without marks at its ends is %j', (text, bare) => {
  expect(trimmed(text, /[-_.]/)).toBe(bare);
});
