import { Fn, Token } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { isKnown } from '../../../src/values/core/amounts';
import { BackupError, sentence } from '../../../src/values/core/problem';
import {
  meetsTagCondition,
  ownTagKeyProblems,
  TAG_KEY_PREFIX,
  TagCondition,
  tagConditionProblems,
  tagKeyProblems,
  tagValueProblems,
} from '../../../src/values/core/tag-condition';
import { anything, STRING_TOKENS } from '../../support/anything';
import { refusal } from '../../support/refusal';

type Factory = 'stringEquals' | 'stringNotEquals' | 'stringLike' | 'stringNotLike';
const FACTORIES: [Factory, string, string][] = [
  ['stringEquals', 'StringEquals', 'backup = gold'],
  ['stringNotEquals', 'StringNotEquals', 'backup ≠ gold'],
  ['stringLike', 'StringLike', 'backup like gold'],
  ['stringNotLike', 'StringNotLike', 'backup not like gold'],
];
const untyped = TagCondition as unknown as Record<Factory, (...given: unknown[]) => TagCondition>;

describe.each(FACTORIES)('TagCondition.%s', (factory, operator, text) => {
  const condition = TagCondition[factory]('backup', 'gold');

  test(`has the operator ${operator}`, () => {
    expect(condition.operator).toBe(operator);
  });

  test('has the bare key, and the value as passed', () => {
    expect(condition).toMatchObject({ key: 'backup', value: 'gold' });
  });

  test('adds the prefix that AWS Backup expects', () => {
    expect(condition.conditionKey).toBe('aws:ResourceTag/backup');
  });

  test(`reads as "${text}"`, () => {
    expect(`${condition}`).toBe(text);
  });

  test('takes tokens as key and value', () => {
    const [key, value] = [Fn.ref('Key'), Fn.ref('Value')];
    expect(TagCondition[factory](key, value)).toMatchObject({ key, value });
  });

  const where = `(in \`TagCondition.${factory}\`)`;
  const name = factory.endsWith('Like') ? 'pattern' : 'value';
  const anyKey = '`key` must be a tag key of 1 to 128 characters';
  const anyValue = `\`${name}\` must be a tag value of at most 256 characters`;
  const bare = '`key` must be a bare tag key, because `aws:ResourceTag/` is added automatically';
  test.each<[string, unknown[], string]>([
    [
      'an empty key',
      ['', 'gold'],
      `${anyKey}, got an empty string; set the key, for example 'backup' ${where}`,
    ],
    [
      'a prefix without a key',
      [TAG_KEY_PREFIX, 'gold'],
      `${bare}, got \`aws:ResourceTag/\`; set the key, for example 'backup' ${where}`,
    ],
    [
      'a key with the prefix',
      ['aws:ResourceTag/backup', 'gold'],
      `${bare}, got \`aws:ResourceTag/backup\`; use \`backup\` ${where}`,
    ],
    [
      'a prefix before a token',
      [`${TAG_KEY_PREFIX}${Fn.ref('Key')}`, 'gold'],
      `${bare}, got a token; remove the prefix ${where}`,
    ],
    ['a key of 129 characters', ['k'.repeat(129), 'gold'], `${anyKey}, got 129 characters ${where}`],
    ['a key that is a number', [5, 'gold'], `${anyKey}, got 5; write it in quotes: '5' ${where}`],
    [
      'a key that is an object',
      [{}, 'gold'],
      `${anyKey}, got an object; set the key, for example 'backup' ${where}`,
    ],
    [
      'a key with two prefixes',
      ['aws:ResourceTag/aws:ResourceTag/backup', 'gold'],
      `${bare}, got \`aws:ResourceTag/aws:ResourceTag/backup\`; use \`backup\` ${where}`,
    ],
    [
      'a prefix in another case',
      ['aws:resourcetag/backup', 'gold'],
      `${bare}, got \`aws:resourcetag/backup\`; use \`backup\` ${where}`,
    ],
    [
      'a prefix in another case without a key',
      ['aws:resourcetag/', 'gold'],
      `${bare}, got \`aws:resourcetag/\`; set the key, for example 'backup' ${where}`,
    ],
    ['a value of 257 characters', ['backup', 'v'.repeat(257)], `${anyValue}, got 257 characters ${where}`],
    ['no value', ['backup'], `${anyValue}, got nothing; use '' for a tag without a value ${where}`],
    [
      'null as the value',
      ['backup', null],
      `${anyValue}, got null; use '' for a tag without a value ${where}`,
    ],
    ['a number as the value', ['backup', 5], `${anyValue}, got 5; write it in quotes: '5' ${where}`],
    ['true as the value', ['backup', true], `${anyValue}, got true; write it in quotes: 'true' ${where}`],
    ['a list as the value', ['backup', ['gold']], `${anyValue}, got an array ${where}`],
  ])('rejects %s', (_title, given, message) => {
    expect(refusal(() => untyped[factory](...given))).toBe(message);
  });

  test('reports everything that is wrong in one error', () => {
    expect(refusal(() => untyped[factory]())).toBe(
      [
        `2 problems of \`TagCondition.${factory}\`:`,
        "  - `key` must be a tag key of 1 to 128 characters, got nothing; set the key, for example 'backup'",
        `  - \`${name}\` must be a tag value of at most 256 characters, got nothing; use '' for a tag without a value`,
      ].join('\n'),
    );
  });
});

test.each([
  ['a tag without a value', 'backup', ''],
  ['the longest key and value', 'k'.repeat(128), 'v'.repeat(256)],
  ['a tag that AWS itself sets', 'aws:cloudformation:stack-name', 'orders'],
  ['characters of any language', '백업', '金'],
])('%s can be asked for', (_title, key, value) => {
  expect(TagCondition.stringEquals(key, value)).toMatchObject({ key, value });
});

test.each(STRING_TOKENS)('%s passes without a check', (_name, token) => {
  expect([...tagKeyProblems(token), ...tagValueProblems(token)]).toEqual([]);
});

test('the laws for tags use the property name of their caller', () => {
  expect(tagKeyProblems('', 'recoveryPointTags').map(sentence)).toEqual([
    "`recoveryPointTags` must be a tag key of 1 to 128 characters, got an empty string; set the key, for example 'backup'",
  ]);
  expect(tagKeyProblems('aws:ResourceTag/a', 'recoveryPointTags').map(sentence)).toEqual([
    '`recoveryPointTags` must be a bare tag key, because `aws:ResourceTag/` is added automatically, got `aws:ResourceTag/a`; use `a`',
  ]);
  expect(tagValueProblems(5, 'recoveryPointTags').map(sentence)).toEqual([
    "`recoveryPointTags` must be a tag value of at most 256 characters, got 5; write it in quotes: '5'",
  ]);
});

describe('a wildcard where it has no meaning', () => {
  test('is a warning in `stringEquals`', () => {
    expect(tagConditionProblems(TagCondition.stringEquals('stage', 'prod*'))).toEqual([
      {
        id: 'Backup-WildcardInEquals',
        severity: 'warning',
        property: 'tags',
        message: '`tags` compares the tag `stage` with `prod*` literally, so `*` is not a wildcard',
        fix: 'use `TagCondition.stringLike` for a pattern',
      },
    ]);
  });

  test('is a warning in `stringNotEquals`, with the name that the caller uses', () => {
    expect(tagConditionProblems(TagCondition.stringNotEquals('stage', '*'), 'anyTag').map(sentence)).toEqual([
      '`anyTag` compares the tag `stage` with `*` literally, so `*` is not a wildcard; use `TagCondition.stringNotLike` for a pattern',
    ]);
  });

  test.each([
    ['a value without a wildcard', TagCondition.stringEquals('stage', 'prod')],
    ['a pattern', TagCondition.stringLike('stage', 'prod*')],
    ['a negated pattern', TagCondition.stringNotLike('stage', 'prod*')],
    ['a token', TagCondition.stringEquals('stage', Token.asString({ Ref: 'Stage' }))],
  ])('%s is not warned of', (_title, condition) => {
    expect(tagConditionProblems(condition)).toEqual([]);
  });
});

describe('the tags of a resource', () => {
  const TAGS = { stage: 'prod', note: '', path: 'a.b', text: 'a\nb', tier: Fn.ref('Tier') };
  const meets = (condition: TagCondition) => meetsTagCondition(condition, TAGS);
  const { stringEquals, stringNotEquals, stringLike, stringNotLike } = TagCondition;

  test.each<[string, TagCondition, TagCondition, boolean]>([
    ['a value', stringEquals('stage', 'prod'), stringNotEquals('stage', 'prod'), true],
    ['another value', stringEquals('stage', 'dev'), stringNotEquals('stage', 'dev'), false],
    ['a value in another case', stringEquals('stage', 'Prod'), stringNotEquals('stage', 'Prod'), false],
    ['an empty value', stringEquals('note', ''), stringNotEquals('note', ''), true],
    ['no tag', stringEquals('team', 'a'), stringNotEquals('team', 'a'), false],
    ['no tag, but a property of objects', stringLike('toString', '*'), stringNotLike('toString', '*'), false],
    ['a key in another case', stringEquals('Stage', 'prod'), stringNotEquals('Stage', 'prod'), false],
    [
      'an asterisk that is meant literally',
      stringEquals('stage', 'p*'),
      stringNotEquals('stage', 'p*'),
      false,
    ],
    ['a pattern', stringLike('stage', 'p*d'), stringNotLike('stage', 'p*d'), true],
    ['a pattern without a wildcard', stringLike('stage', 'prod'), stringNotLike('stage', 'prod'), true],
    ['a pattern of the beginning alone', stringLike('stage', 'pr'), stringNotLike('stage', 'pr'), false],
    ['a pattern of the end alone', stringLike('stage', 'od'), stringNotLike('stage', 'od'), false],
    ['anything', stringLike('note', '*'), stringNotLike('note', '*'), true],
    ['two lines', stringLike('text', 'a*b'), stringNotLike('text', 'a*b'), true],
    ['a dot', stringLike('path', 'a.*'), stringNotLike('path', 'a.*'), true],
    ['a dot that is meant literally', stringLike('stage', 'p.od'), stringNotLike('stage', 'p.od'), false],
    ['the same token', stringEquals('tier', TAGS.tier), stringNotEquals('tier', TAGS.tier), true],
  ])('meet a condition or its opposite: %s', (_title, condition, opposite, isMet) => {
    expect([meets(condition), meets(opposite)]).toEqual([isMet, !isMet]);
  });

  test('with spaces match no wildcard', () => {
    const spaced = { name: 'two words' };
    expect(meetsTagCondition(stringLike('name', 'two*'), spaced)).toBe(false);
    expect(meetsTagCondition(stringLike('name', 'two *'), spaced)).toBe(true);
  });

  test('that are known only at deployment meet no condition for certain', () => {
    const token = Fn.ref('Other');
    expect([
      meets(stringEquals('tier', 'gold')),
      meets(stringNotLike('tier', '*')),
      meets(stringLike('tier', TAGS.tier)),
      meets(stringEquals('stage', token)),
      meets(stringNotEquals('stage', token)),
    ]).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });

  test('to set have no key of AWS', () => {
    for (const key of ['backup', 'my-aws:tag', 'awsome', Fn.ref('Key')])
      expect(ownTagKeyProblems(key)).toEqual([]);
    for (const key of ['aws:createdBy', 'AWS:tag', 'aws:ResourceTag/backup'])
      expect(ownTagKeyProblems(key, 'tags').map(sentence)).toEqual([
        `\`tags\` must not begin with \`aws:\`, which is reserved for AWS, got \`${key}\`; use another key`,
      ]);
    expect(ownTagKeyProblems(5, 'tags').map(sentence)).toEqual([
      "`tags` must be a tag key of 1 to 128 characters, got 5; write it in quotes: '5'",
    ]);
  });
});

test('the key of any condition gets the prefix, or it is rejected with a message', () => {
  const prefixed = fc
    .tuple(fc.integer({ min: 0, max: 3 }), fc.boolean(), fc.string())
    .map(
      ([times, lower, key]) => (lower ? TAG_KEY_PREFIX.toLowerCase() : TAG_KEY_PREFIX).repeat(times) + key,
    );
  const text = fc.string({ maxLength: 300 });
  fc.assert(
    fc.property(
      fc.constantFrom(...FACTORIES.map(([factory]) => factory)),
      fc.oneof(prefixed, text, anything),
      fc.oneof(text, anything),
      (factory, key, value) => {
        let condition: TagCondition;
        try {
          condition = untyped[factory](key, value);
        } catch (error) {
          expect(error).toBeInstanceOf(BackupError);
          expect((error as Error).message).toMatch(
            /`(key|value|pattern)` must be a .*tag (key|value).+, got .+/,
          );
          return;
        }
        expect(condition.value).toBe(value);
        expect(condition.conditionKey).toBe(`${TAG_KEY_PREFIX}${condition.key}`);
        if (!isKnown(key)) return;
        expect(condition.conditionKey.toLowerCase().split('aws:resourcetag/')[1]).not.toBe('');
        expect(condition.conditionKey.toLowerCase()).not.toMatch(/^(aws:resourcetag\/){2}/);
        expect(condition.conditionKey).toBe(`${TAG_KEY_PREFIX}${key}`);
        expect(tagConditionProblems(condition).every(({ severity }) => severity === 'warning')).toBe(true);
      },
    ),
    { numRuns: 2000 },
  );
});
