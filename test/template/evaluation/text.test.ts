import * as fc from 'fast-check';
import { arnFields, arnMatches, matches, sameText } from '../../../src/template/evaluation/match';
import { concat, joinTexts, showText, splitText, textKey } from '../../../src/template/evaluation/text';
import { type Hole, known, type Text, Unknown } from '../../../src/template/evaluation/unknown';

const hole = (name: string, rest: Partial<Hole> = {}): Unknown =>
  new Unknown('resource', `\`${name}\` is generated at deployment`, [
    { kind: 'resource', name, key: name, plain: true, ...rest },
  ]);
const NAME = hole('Bucket');
const REGION = hole('AWS::Region');
const KEYLESS = new Unknown('function', '`Fn::Cidr` is not evaluated');

type Row = [Text, Text, boolean | undefined];

/** Rows with how their texts are shown in front. */
function labelled(rows: Row[]): [string, string, boolean | undefined, Text, Text][] {
  return rows.map(([a, b, expected]) => [showText(a), showText(b), expected, a, b]);
}

describe('texts with holes', () => {
  test('known texts stay plain strings', () => {
    expect(concat(['a', '', 'b'])).toBe('ab');
    expect(joinTexts('-', ['a', 'b', 'c'])).toBe('a-b-c');
    expect(joinTexts('-', [])).toBe('');
  });

  test('what is not known leaves a hole, and the reason of the first one is kept', () => {
    const text = concat(['arn:aws:s3:::', NAME, '/', KEYLESS]);
    expect(text).toBeInstanceOf(Unknown);
    expect(showText(text)).toBe(`arn:aws:s3:::\${Bucket}/\${?}`);
    expect((text as Unknown).reason).toBe('`Bucket` is generated at deployment');
    expect(showText(KEYLESS)).toBe('unknown: `Fn::Cidr` is not evaluated');
  });

  test('a text is split around holes that can hold no separator', () => {
    const arn = concat(['arn:aws:s3:', REGION, '::', NAME, '-logs']);
    expect(splitText(':', arn)?.map(showText)).toEqual([
      'arn',
      'aws',
      's3',
      `\${AWS::Region}`,
      '',
      `\${Bucket}-logs`,
    ]);
    expect(splitText('-', arn)).toBeUndefined();
    expect(splitText(':', concat(['a:', hole('X', { plain: false })]))).toBeUndefined();
    expect(splitText(':', KEYLESS)).toBeUndefined();
    expect(splitText('', 'abc')).toEqual(['abc']);
  });

  test('the key of a text is the same for the same holes, and missing where nothing can be said', () => {
    expect(textKey(concat(['a', NAME]))).toBe(textKey(concat(['a', NAME])));
    expect(textKey(concat(['a', NAME]))).not.toBe(textKey(concat(['a', REGION])));
    expect(textKey(concat(['a', KEYLESS]))).toBeUndefined();
    expect(textKey(KEYLESS)).toBeUndefined();
  });

  test('a text that grows beyond what CloudFormation accepts is not known', () => {
    const long = 'x'.repeat(1 << 17);
    expect(concat([long, long])).toHaveLength(1 << 18);
    expect(concat([long, long, 'x'])).toMatchObject({ kind: 'limit' });
    expect(concat(Array.from({ length: 3_000 }, () => NAME))).toMatchObject({ kind: 'limit' });
  });

  test('texts that are too long to compare are left open', () => {
    const long = concat(['x'.repeat(5_000), NAME]);
    expect(sameText(long, concat(['x'.repeat(5_000), REGION]))).toBeUndefined();
    expect(sameText(long, long)).toBe(true);
    expect(matches(long, concat(['y'.repeat(5_000), NAME]))).toBeUndefined();
  });

  test('known() tells absent and unknown from a value', () => {
    expect(known(3)).toBe(3);
    expect(known(undefined)).toBeUndefined();
    expect(known(NAME)).toBeUndefined();
  });
});

describe('a pattern, in which `*` stands for any characters', () => {
  test.each(
    labelled([
      ['*', NAME, true],
      ['*', '', true],
      ['a', 'a', true],
      ['a', 'b', false],
      ['a*', 'a', true],
      ['a*', 'abc', true],
      ['*c', 'abc', true],
      ['a*c', 'abcd', false],
      ['a**', 'a', true],
      ['a', 'a*', false],
      ['arn:*', concat(['arn:', NAME]), true],
      ['arn:x*', concat(['arn:', NAME]), undefined],
      ['brn:*', concat(['arn:', NAME]), false],
      [concat(['a', NAME]), concat(['a', NAME]), true],
      [concat(['a', NAME]), concat(['a', REGION]), undefined],
      [concat([NAME, '*']), concat([NAME, '-logs']), true],
      [concat(['x', NAME, '*']), concat(['y', NAME]), false],
      ['orders', NAME, undefined],
      ['', NAME, undefined],
      [KEYLESS, 'a', undefined],
      [KEYLESS, KEYLESS, undefined],
    ]),
  )('`%s` against `%s`: %s', (_a, _b, expected, pattern, subject) => {
    expect(matches(pattern, subject)).toBe(expected);
  });

  test.each(
    labelled([
      ['a', 'a', true],
      ['a*', 'ab', false],
      [concat(['a', NAME]), concat(['a', NAME]), true],
      [concat(['a', NAME]), 'b', false],
      [concat(['a', NAME]), 'abc', undefined],
      [concat([NAME, 'x']), concat(['y', REGION]), undefined],
      [concat([NAME, 'x']), concat([REGION, 'y']), false],
      [KEYLESS, 'a', undefined],
    ]),
  )('`%s` equals `%s`: %s', (_a, _b, expected, a, b) => {
    expect(sameText(a, b)).toBe(expected);
    expect(sameText(b, a)).toBe(expected);
  });

  const word = fc.string({ unit: fc.constantFrom('a', 'b', ':', '*'), maxLength: 8 });
  const regexOf = (glob: string) =>
    new RegExp(
      `^${glob
        .split('*')
        .map((piece) => piece.replace(/[:]/g, '\\$&'))
        .join('[^]*')}$`,
    );

  test('known texts match a pattern as a regular expression would', () => {
    fc.assert(
      fc.property(word, word, (pattern, subject) => {
        expect(matches(pattern, subject)).toBe(regexOf(pattern).test(subject));
      }),
      { numRuns: 2_000 },
    );
  });

  test('a verdict on a text with holes holds whatever the holes turn out to be', () => {
    const piece = fc.oneof(word, fc.constantFrom(NAME, REGION));
    const text = fc.array(piece, { maxLength: 4 });
    fc.assert(
      fc.property(text, text, word, word, (pattern, subject, name, region) => {
        const fill = (pieces: readonly Text[]) =>
          pieces.map((one) => (one === NAME ? name : one === REGION ? region : one)).join('');
        const filled = matches(fill(pattern), fill(subject));
        const verdict = matches(concat(pattern), concat(subject));
        // a `*` that a hole brings along is a wildcard only in the pattern, where AWS would take it for one
        if (verdict !== undefined && !name.includes('*') && !region.includes('*'))
          expect(filled).toBe(verdict);
        const same = sameText(concat(pattern), concat(subject));
        if (same !== undefined) expect(fill(pattern) === fill(subject)).toBe(same);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('ARNs', () => {
  const fields = (text: Text) => {
    const found = arnFields(text);
    return found && Object.values(found).map(showText);
  };

  test('an ARN has its fields, the resource with all its colons', () => {
    expect(fields('arn:aws:rds:us-east-1:111111111111:cluster:orders')).toEqual([
      'aws',
      'rds',
      'us-east-1',
      '111111111111',
      'cluster:orders',
    ]);
    expect(fields(concat(['arn:aws:s3:::', NAME]))).toEqual(['aws', 's3', '', '', `\${Bucket}`]);
    expect(fields(concat(['arn:aws:s3:::', hole('Name', { plain: false })]))).toEqual([
      'aws',
      's3',
      '',
      '',
      `\${Name}`,
    ]);
  });

  test.each(
    [
      '*',
      'arn:aws:s3',
      'brn:aws:s3:::x',
      concat(['arn:', hole('X', { plain: false }), ':s3:::x']),
      KEYLESS,
    ].map((text) => [showText(text), text] as const),
  )('`%s` is no ARN', (_, text) => {
    expect(arnFields(text)).toBeUndefined();
  });

  const TABLE = concat([
    'arn:',
    hole('AWS::Partition'),
    ':dynamodb:',
    REGION,
    ':',
    hole('AWS::AccountId'),
    ':table/',
    NAME,
  ]);

  test.each(
    labelled([
      ['arn:aws:dynamodb:*:*:table/*', TABLE, true],
      ['arn:aws:dynamodb:us-east-1:*:table/*', TABLE, undefined],
      ['arn:aws:rds:*:*:db:*', TABLE, false],
      ['arn:aws:dynamodb:*:*:table/orders', TABLE, undefined],
      ['arn:aws:dynamodb:*:*:backup/*', TABLE, false],
      ['arn:aws:s3:::a*', 'arn:aws:s3:::abc', true],
      ['arn:aws-cn:s3:::a*', 'arn:aws:s3:::abc', false],
      [TABLE, TABLE, true],
    ]),
  )('`%s` selects `%s`: %s', (_a, _b, expected, pattern, arn) => {
    const [a, b] = [arnFields(pattern), arnFields(arn)];
    expect(a && b && arnMatches(a, b)).toBe(expected);
  });
});
