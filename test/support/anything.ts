import { App, CfnParameter, Duration, Fn, Lazy, Stack, Token } from 'aws-cdk-lib';
import * as fc from 'fast-check';

const parameter = new CfnParameter(new Stack(new App(), 'Tokens'), 'Parameter', { type: 'Number' });

/** Numbers that are known at deployment only, in every form that an app can hold them in. */
export const NUMBER_TOKENS: readonly [string, unknown][] = [
  ['Lazy.number', Lazy.number({ produce: () => 35 })],
  ['Token.asNumber', Token.asNumber(Fn.ref('Days'))],
  ['CfnParameter.valueAsNumber', parameter.valueAsNumber],
  ['Fn.ref', Fn.ref('Days')],
  ['Fn.conditionIf', Fn.conditionIf('Condition', 35, 90)],
  ['Token.asAny', Token.asAny({ Ref: 'Days' })],
];

/** Texts that are known at deployment only, or in part. */
export const STRING_TOKENS: readonly [string, string][] = [
  ['CfnParameter.valueAsString', new CfnParameter(parameter.stack, 'Text').valueAsString],
  ['Fn.importValue', Fn.importValue('Name')],
  ['a text with a token in it', `my ${Fn.ref('Name')}!`],
  ['Lazy.string', Lazy.string({ produce: () => 'name' })],
];

const specials: unknown[] = [
  ...[undefined, null, true, false, '', ' ', '35', '1e3', '-1', 'NaN', '\n', '`', '${', '🗄️'],
  ...[0, -0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.MAX_VALUE],
  ...[10n, Symbol('days'), Symbol.iterator, () => 35, class Days {}, new Date(0), new Date(Number.NaN), /35/],
  ...[[], [35], {}, { days: 35 }, Object.create(null), new Map(), new Error('days'), Promise.resolve(35)],
  ...[{ constructor: 5 }, { toString: null, valueOf: null }, Object.freeze([Number.NaN])],
  ...[
    Duration.days(35),
    Duration.hours(36),
    Duration.days(0),
    Duration.days(Number.NaN),
    Duration.days(1e300),
  ],
  ...[Duration.seconds(Token.asNumber({ Ref: 'Seconds' })), Duration.days(Token.asNumber({ Ref: 'Days' }))],
];

/** Any value that a caller without types may pass, of JavaScript and of the CDK. */
export const anything: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...specials) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...[...NUMBER_TOKENS, ...STRING_TOKENS].map(([, token]) => token)),
  },
  {
    weight: 2,
    arbitrary: fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
  },
  { weight: 1, arbitrary: fc.oneof(fc.double(), fc.integer(), fc.string({ unit: 'binary' })) },
);
