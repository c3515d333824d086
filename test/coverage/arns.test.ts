import * as fc from 'fast-check';
import { ArnIndex } from '../../src/coverage/arn-index';
import { type ArnTest, passes, readArn, readArnTest } from '../../src/coverage/arns';
import { arnFields } from '../../src/template/evaluation/match';
import { concat } from '../../src/template/evaluation/text';
import { type Text, Unknown } from '../../src/template/evaluation/unknown';

/** A name that CloudFormation generates. */
const generated = (name: string) =>
  new Unknown('resource', 'r', [{ kind: 'resource', name, key: name, resource: name }]);
/** A field of an ARN that is known only at deployment. */
const open = (name: string) => new Unknown('pseudo', 'r', [{ kind: 'pseudo', name, key: name, plain: true }]);
/** The value of a parameter. */
const parameter = (name: string) => new Unknown('parameter', 'r', [{ kind: 'parameter', name, key: name }]);
/** A part that no other one is known to equal. */
const unknown = new Unknown('function', 'r', [{ kind: 'function', name: 'F' }]);
const text = (...parts: Text[]) => concat(parts);
const TABLE = 'arn:aws:dynamodb:us-east-1:1:table/';

test.each<[Text, ArnTest['kind'] | undefined]>([
  ['*', 'everything'],
  ['orders', undefined],
  ['orders*', undefined],
  ['arn:aws:s3:::orders', 'exact'],
  ['arn:aws:s3:::*', 'prefix'],
  ['arn:aws:s3:*', 'prefix'],
  ['arn:aws:*', 'pattern'],
  ['arn:aws:s3', undefined],
  ['arn:aws:s3:::*orders', 'pattern'],
  ['arn:aws:s3:::a*b*', 'pattern'],
  ['arn:aws:s3*:::orders', 'pattern'],
  [new Unknown('parameter', 'r'), 'open'],
  [parameter('P'), 'open'],
  [generated('G'), 'exact'],
  [new Unknown('resource', 'r', [{ kind: 'resource', name: 'G', resource: 'G' }]), 'open'],
  [text(TABLE, generated('G')), 'exact'],
  [text(TABLE, generated('G'), '*'), 'prefix'],
  [text(TABLE, '*', generated('G')), 'pattern'],
  [text(TABLE, generated('G'), '-x*'), 'prefix'],
])('%j in `Resources` is %s', (given, kind) => {
  expect(readArnTest(given)?.kind).toBe(kind);
});

const passed = (pattern: Text, arn: Text) => passes(readArnTest(pattern) as ArnTest, readArn(arn));

test.each<[Text, Text, boolean | undefined]>([
  ['*', `${TABLE}orders`, true],
  [new Unknown('parameter', 'r'), `${TABLE}orders`, undefined],
  [`${TABLE}orders`, `${TABLE}orders`, true],
  [`${TABLE}orders`, `${TABLE}orders2`, false],
  [`${TABLE}ord*`, `${TABLE}orders`, true],
  [`${TABLE}orders*`, `${TABLE}ord`, false],
  ['arn:aws:dynamodb:*:*:table/orders', `${TABLE}orders`, true],
  ['arn:aws:dynamodb:eu-west-1:1:table/orders', `${TABLE}orders`, false],
  ['arn:aws:dynamodb:us-east-1:2:table/orders', `${TABLE}orders`, false],
  ['arn:aws:rds:us-east-1:1:table/orders', `${TABLE}orders`, false],
  ['arn:aws-cn:dynamodb:us-east-1:1:table/orders', `${TABLE}orders`, false],
  [text('arn:', open('P'), ':s3:::orders'), 'arn:aws:s3:::orders', true],
  ['arn:aws:s3:::orders', text('arn:', open('P'), ':s3:::orders'), true],
  ['arn:aws:s3:::ord*s', 'arn:aws:s3:::orders', undefined],
  ['arn:aws:s3:::ord*x', 'arn:aws:s3:::orders', false],
  [`${TABLE}orders`, 'orders', false],
  [generated('G'), generated('G'), true],
  [generated('G'), generated('H'), false],
  [generated('G'), `${TABLE}orders`, false],
  [generated('G'), text('arn:aws:eks:us-east-1:1:', generated('G')), false],
  [text('arn:aws:eks:us-east-1:1:', generated('G')), generated('G'), false],
  [text(TABLE, generated('G')), text(TABLE, generated('G')), true],
  [text(TABLE, generated('G')), text(TABLE, generated('H')), false],
  [`${TABLE}orders`, text(TABLE, generated('G')), false],
  [`${TABLE}ord*`, text(TABLE, generated('G')), undefined],
  [text(TABLE, generated('G'), '*'), text(TABLE, generated('G'), '/x'), true],
  [text(TABLE, generated('G'), '*'), `${TABLE}orders`, false],
  [text(TABLE, parameter('P')), `${TABLE}orders`, undefined],
  [text(TABLE, parameter('P')), text(TABLE, parameter('P')), true],
  [text(TABLE, parameter('P'), '-a'), text(TABLE, parameter('P'), '-b'), false],
  [text(TABLE, 'a-', parameter('P')), `${TABLE}b-x`, false],
  [text(TABLE, parameter('P'), '-a'), text(TABLE, parameter('Q'), '-b'), false],
  [text(TABLE, parameter('P'), '-a'), text(TABLE, parameter('Q'), '-b-a'), undefined],
  [text(TABLE, generated('G'), '-a'), text(TABLE, parameter('Q'), '-b'), false],
  [`${TABLE}*`, text(TABLE, unknown), true],
  [`${TABLE}a*`, text(TABLE, 'ab', unknown), true],
  [`${TABLE}ab*`, text(TABLE, 'a', unknown), undefined],
  [`${TABLE}b*`, text(TABLE, 'a', unknown), false],
  [`${TABLE}a`, text(TABLE, 'a', unknown), undefined],
  [text(TABLE, unknown), text(TABLE, unknown), undefined],
  [text(TABLE, unknown, '*'), `${TABLE}a`, undefined],
  [text(TABLE, 'a', unknown), `${TABLE}a`, undefined],
  [text(TABLE, 'a', generated('G')), `${TABLE}a`, false],
  [`${TABLE}a`, text(TABLE, 'a', generated('G')), false],
  [`${TABLE}a`, text(TABLE, 'a', parameter('P')), undefined],
  [`${TABLE}a`, text(TABLE, 'a', parameter('P'), 'x'), false],
  [text(TABLE, 'a', parameter('P'), 'x'), `${TABLE}a`, false],
  [text(TABLE, 'a', parameter('P'), 'x', '*'), `${TABLE}a`, undefined],
])('whether %j selects %j: %p', (pattern, arn, expected) => {
  expect(passed(pattern, arn)).toBe(expected);
});

test('what is certain holds for all values of parameters, and what is out of the question for none', () => {
  const VALUES = ['', 'a', 'b', 'ab', 'a-b', '/'];
  const pieces = fc.array(fc.constantFrom('a', 'ab', 'b', '/', '-', 'P', 'Q'), {
    minLength: 1,
    maxLength: 4,
  });
  const asText = (parts: readonly string[]) =>
    text(TABLE, ...parts.map((part) => (/[PQ]/.test(part) ? parameter(part) : part)));
  fc.assert(
    fc.property(pieces, fc.constantFrom('', '*'), pieces, (wanted, star, got) => {
      const verdict = passed(concat([asText(wanted), star]), asText(got));
      const real = new Set<boolean>();
      for (const p of VALUES)
        for (const q of VALUES) {
          const [a, b] = [wanted, got].map((parts) => parts.join('').replaceAll('P', p).replaceAll('Q', q));
          real.add(star ? b.startsWith(a) : a === b);
        }
      if (verdict !== undefined) expect([...real]).toEqual([verdict]);
      if (![...wanted, ...got].some((part) => /[PQ]/.test(part))) expect(verdict).toBeDefined();
    }),
    { numRuns: 1000 },
  );
});

describe('an index of tests', () => {
  const piece = fc.constantFrom<Text>(
    'a',
    'ab',
    'b',
    '/',
    'App-',
    generated('G'),
    generated('H'),
    parameter('P'),
    unknown,
  );
  /** That of a resource is known. */
  const known = fc.constantFrom<Text>('s3', 'dynamodb');
  const service = fc.oneof(known, fc.constantFrom<Text>('rds', open('S')));
  const region = fc.constantFrom<Text>('*', 'us-east-1', 'eu-west-1', open('R'));
  const arn = (ofService: typeof service) =>
    fc
      .record({ service: ofService, region, pieces: fc.array(piece, { minLength: 1, maxLength: 3 }) })
      .map((one) => ['arn:aws:', one.service, ':', one.region, ':1:', ...one.pieces] as Text[]);
  const pattern = fc.oneof(
    fc.constantFrom<Text>('*', 'arn:aws:s3:*', 'arn:aws:*:*:1:a', 'orders', new Unknown('parameter', 'r')),
    fc.tuple(arn(service), fc.constantFrom('', '*', '*', '*a')).map(([parts, end]) => text(...parts, end)),
  );

  test('finds what each test alone would find', () => {
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 12 }), arn(known), (patterns, parts) => {
        const given = text(...parts);
        const subject = readArn(given, arnFields(given));
        const index = new ArnIndex<{ met: (true | undefined)[] }>(() => ({ met: [] }));
        const tests = patterns.flatMap((one) => readArnTest(one) ?? []);
        const contents = tests.map((one) => index.at(one));
        index.visit(subject, (content, verdict) => content.met.push(verdict));
        tests.forEach((one, i) => {
          const verdict = passes(one, subject);
          expect(new Set(contents[i].met)).toEqual(new Set(verdict === false ? [] : [verdict]));
        });
      }),
      { numRuns: 500 },
    );
  });

  test('finds all prefixes that a generated name may have, in whichever order they are', () => {
    const prefixes = ['App-c', 'z', 'App-a', '0', 'App-b', 'App', 'Apt'];
    const subject = { ...readArn(text(TABLE, generated('G'))), beginning: 'App-' };
    for (const turn of prefixes.keys()) {
      const order = [...prefixes.slice(turn), ...prefixes.slice(0, turn)];
      let next = 0;
      const index = new ArnIndex(() => order[next++]);
      for (const prefix of order) index.at(readArnTest(`${TABLE}${prefix}*`) as ArnTest);
      const met: [string, true | undefined][] = [];
      index.visit(subject, (content, verdict) => met.push([content, verdict]));
      expect(met.map(([prefix]) => prefix).sort()).toEqual(['App', 'App-a', 'App-b', 'App-c']);
      expect(met.every(([, verdict]) => verdict === undefined)).toBe(true);
    }
  });

  test('has equal tests once, whichever way they are written', () => {
    const index = new ArnIndex(() => ({}));
    const at = (of: Text) => index.at(readArnTest(of) as ArnTest);
    expect(at('*')).toBe(at('*'));
    expect(at('arn:aws:s3:*')).toBe(at('arn:aws:s3:*:*:*'));
    expect(at(text(TABLE, generated('G')))).toBe(at(text(TABLE, generated('G'))));
    expect(at(text(TABLE, generated('G')))).not.toBe(at(text(TABLE, generated('H'))));
    expect(at('arn:aws:s3:::a')).not.toBe(at('arn:aws:s3:::a*'));
    expect(at('arn:aws:s3:::a')).not.toBe(at('arn:aws:s3:us-east-1::a'));
  });
});
