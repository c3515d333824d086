import * as fc from 'fast-check';
import { NumberText, readJson } from '../../../src/policy/language/json-text';

const faults = (text: string) => readJson(text).faults.map(({ path, reason }) => `${path}: ${reason}`);

test('JSON is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(0, 2, '\t'), (text, indent) => {
      const laidOut = JSON.stringify(JSON.parse(text), undefined, indent);
      const { value, faults } = readJson(laidOut);
      expect(faults).toEqual([]);
      expect(JSON.parse(JSON.stringify(value))).toEqual(JSON.parse(laidOut));
    }),
  );
});

test('any text is read or refused, like by JSON.parse', () => {
  const likeJson = fc
    .array(
      fc.constantFrom('{', '}', '[', ']', ':', ',', '"', '"a"', '\\', '1', '-', '.', 'e', 'true', 'nul', ' '),
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(likeJson, fc.string({ unit: 'binary' })), (text) => {
      let accepted = true;
      try {
        JSON.parse(text);
      } catch {
        accepted = false;
      }
      const reading = readJson(text);
      const refused = reading.faults.filter(({ reason }) => !reason.includes('twice'));
      expect(refused.length === 0).toBe(accepted || text.startsWith('\ufeff'));
    }),
    { numRuns: 2000 },
  );
});

test.each<[string, string, string[]]>([
  ['a key that stands twice', '{"a":1,"b":{"c":1,"c":2}}', ['b/c: the key occurs twice in its object']],
  [
    'keys that stand twice in a list',
    '[{"a":1,"a":1},{"a":1,"\\u0061":2,"a":3}]',
    [
      '0/a: the key occurs twice in its object',
      '1/a: the key occurs twice in its object',
      '1/a: the key occurs twice in its object',
    ],
  ],
  ['nothing', '', [': is not valid JSON: a value belongs at line 1, column 1, got the end']],
  ['a plus', '+1', [': is not valid JSON: a value belongs at line 1, column 1, got something else']],
  ['a minus alone', '-', [': is not valid JSON: a number belongs at line 1, column 1, got something else']],
  [
    'a point before digits',
    '.5',
    [': is not valid JSON: a value belongs at line 1, column 1, got something else'],
  ],
  ['a colon', ':', [': is not valid JSON: a value belongs at line 1, column 1, got something else']],
  [
    'a comma too many',
    '{"a":1,}',
    [': is not valid JSON: a key in double quotes belongs at line 1, column 8, got something else'],
  ],
  [
    'a missing comma',
    '{"a":1\n "b":2}',
    [': is not valid JSON: `,` or `}` belongs at line 2, column 2, got something else'],
  ],
  [
    'a missing colon',
    '{"a" 1}',
    [': is not valid JSON: `:` belongs at line 1, column 6, got something else'],
  ],
  [
    'a list that does not end',
    '[1, 2',
    [': is not valid JSON: `,` or `]` belongs at line 1, column 6, got the end'],
  ],
  ['a text that does not end', '"a\\"', [': has an unterminated string at line 1, column 1']],
  [
    'an escape that is none',
    '["\\x"]',
    [': has a string with an escape or control character that JSON does not allow at line 1, column 2'],
  ],
  [
    'something after the end',
    '{} {}',
    [': is not valid JSON: the end belongs at line 1, column 4, got something else'],
  ],
  ['a minus alone', '-', [': is not valid JSON: a number belongs at line 1, column 1, got something else']],
  [
    'single quotes',
    "{'a':1}",
    [': is not valid JSON: a key in double quotes belongs at line 1, column 2, got something else'],
  ],
])('%s is reported with its path', (_title, text, expected) => {
  expect(faults(text)).toEqual(expected);
});

test('the first value of a duplicate key is kept', () => {
  expect(readJson('{"a":1,"a":2}').value).toEqual({ a: 1 });
});

test('a byte order mark is skipped', () => {
  expect(readJson('\ufeff{"a":1}')).toEqual({ value: { a: 1 }, faults: [] });
});

test.each(['60.0', '1e2', '9999999999999999', '-0', '1E400'])(
  'a number that JavaScript would not write the same, %s, is kept as it is written',
  (text) => {
    const { value } = readJson(text);
    expect(value).toBeInstanceOf(NumberText);
    expect((value as NumberText).text).toBe(text);
    expect(JSON.stringify([value])).toBe(JSON.stringify([Number(text)]));
  },
);

test('keys that are special in JavaScript are ordinary keys', () => {
  const { value } = readJson('{"__proto__":{"polluted":true},"constructor":1,"toString":2}');
  expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor', 'toString']);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test('endlessly nested JSON is refused', () => {
  expect(faults('['.repeat(1_000_000))).toEqual([
    ': nests more than 1000 levels deep at line 1, column 1002',
  ]);
  expect(faults('{"a":'.repeat(1_000_000))[0]).toContain('nests more than 1000 levels deep');
});
