import { selectionChecks } from '../../../src/checks/selection/selections';
import { choice, condition, selection } from '../../support/backups';
import { findings, ids, PARAMETERS, plan, UNKNOWN } from '../../support/findings';

const HERE = 'Resources/S/Properties/BackupSelection';
const found = (body: Record<string, unknown>) =>
  findings(selectionChecks, { S: selection(body) }, undefined, PARAMETERS);
const idsOf = (body: Record<string, unknown>) => ids(selectionChecks, { S: selection(body) }, PARAMETERS);

const equals = (value: unknown = 'gold') => condition('StringEquals', 'backup', value);
const all = { Resources: ['*'] };
const many = (count: number) => Array.from({ length: count }, (_, i) => i);

describe('a selection says what it selects by `Resources` or `ListOfTags`', () => {
  const EMPTY = `error Backup-EmptySelection at ${HERE}: selection \`some\` must have \`Resources\` or \`ListOfTags\`, got`;
  const FIX = 'add `Resources: ["*"]` if the conditions alone decide, or list what to select';

  test.each([
    ['nothing', {}, 'neither'],
    ['empty lists', { Resources: [], ListOfTags: [] }, 'neither'],
    ['conditions alone', { Conditions: equals() }, 'only `Conditions`'],
    ['exclusions alone', { NotResources: ['arn:aws:s3:::*'] }, 'only `NotResources`'],
    [
      'conditions and exclusions',
      { Conditions: equals(), NotResources: ['arn:aws:s3:::*'] },
      'only `Conditions` and `NotResources`',
    ],
  ])('%s is refused', (_, body, got) => {
    expect(found(body)).toEqual([`${EMPTY} ${got}; ${FIX}`]);
  });

  test.each<[string, Record<string, unknown>]>([
    ['tags', { ListOfTags: [choice('backup', 'gold')] }],
    ['tags with conditions', { ListOfTags: [choice('backup', 'gold')], Conditions: equals() }],
    ['everything with conditions', { ...all, Conditions: equals() }],
    ['an ARN', { Resources: ['arn:aws:s3:::orders'] }],
    ['a list that is not known', { Resources: UNKNOWN }],
    ['a list of tags that is not known', { ListOfTags: { 'Fn::GetAZs': '' } }],
  ])('%s is fine', (_, body) => {
    expect(found(body)).toEqual([]);
  });
});

describe('keys of conditions begin with `aws:ResourceTag/`', () => {
  const withKey = (ConditionKey: unknown) =>
    found({ ...all, Conditions: { StringEquals: [{ ConditionKey, ConditionValue: 'gold' }] } });
  const PATH = `${HERE}/Conditions/StringEquals/0/ConditionKey`;

  test('without it AWS Backup refuses the selection', () => {
    expect(withKey('backup')).toEqual([
      `error Backup-ConditionPrefix at ${PATH}: \`ConditionKey\` of selection \`some\` must start with \`aws:ResourceTag/\`, got \`backup\`; use \`aws:ResourceTag/backup\``,
    ]);
    expect(withKey('aws:resourcetag/backup')).toEqual([
      `error Backup-ConditionPrefix at ${PATH}: \`ConditionKey\` of selection \`some\` must start with \`aws:ResourceTag/\`, got \`aws:resourcetag/backup\`; write \`aws:ResourceTag/\` followed by the tag key`,
    ]);
  });

  test('twice, it asks for a tag that hardly exists', () => {
    expect(withKey('aws:ResourceTag/aws:ResourceTag/backup')).toEqual([
      `warning Backup-ConditionPrefixTwice at ${PATH}: \`ConditionKey\` of selection \`some\` should contain \`aws:ResourceTag/\` once, got \`aws:ResourceTag/aws:ResourceTag/backup\`, which matches a tag named \`aws:ResourceTag/backup\`; use \`aws:ResourceTag/backup\``,
    ]);
  });

  test('once, or unknown, they are fine', () => {
    expect(withKey('aws:ResourceTag/backup')).toEqual([]);
    expect(withKey(UNKNOWN)).toEqual([]);
  });
});

describe('`ListOfTags`', () => {
  const tagged = (type: unknown) => found({ ListOfTags: [choice('backup', 'gold', type)] });

  test('knows `STRINGEQUALS` alone', () => {
    expect(tagged('STRINGLIKE')).toEqual([
      `error Backup-AnyTagOperator at ${HERE}/ListOfTags/0/ConditionType: \`ConditionType\` in \`ListOfTags\` of selection \`some\` must be \`STRINGEQUALS\`, got \`STRINGLIKE\`; use \`STRINGEQUALS\`, or \`Conditions\`, which have four operators and must all match`,
    ]);
    expect(tagged('STRINGEQUALS')).toEqual([]);
    expect(tagged(UNKNOWN)).toEqual([]);
  });

  test('forms a union with `Resources`', () => {
    const Resources = ['arn:aws:s3:::*'];
    expect(found({ Resources, ListOfTags: [choice('backup', 'gold')] })).toEqual([
      `warning Backup-AnyTagUnion at ${HERE}/ListOfTags: \`Resources\` and \`ListOfTags\` of selection \`some\` do not restrict each other: AWS Backup selects these resources and everything with one of the tags; use \`Conditions\` instead of \`ListOfTags\` if both must match, or make two selections`,
    ]);
    expect(found({ Resources, Conditions: equals() })).toEqual([]);
  });
});

describe('conditions must all hold', () => {
  test('two values of one tag exclude each other', () => {
    const pair = [
      { ConditionKey: 'aws:ResourceTag/backup', ConditionValue: 'gold' },
      { ConditionKey: 'aws:ResourceTag/backup', ConditionValue: 'silver' },
    ];
    expect(found({ ...all, Conditions: { StringEquals: pair } })).toEqual([
      `warning Backup-ContradictoryTags at ${HERE}/Conditions: \`Conditions\` of selection \`some\` requires the tag \`backup\` to be both \`gold\` and \`silver\`, which no resource satisfies; use \`ListOfTags\` if one of the values is enough, or make two selections`,
    ]);
    expect(idsOf({ ...all, Conditions: { StringLike: pair } })).toEqual([]);
  });

  test('a `*` where values are compared letter by letter is no wildcard', () => {
    expect(found({ ...all, Conditions: equals('gold*') })).toEqual([
      `warning Backup-WildcardInEquals at ${HERE}/Conditions/StringEquals/0/ConditionValue: \`StringEquals\` of selection \`some\` compares the tag \`backup\` with \`gold*\` literally, so \`*\` is not a wildcard; use \`StringLike\` or \`StringNotLike\` to match a pattern`,
    ]);
    expect(found({ ...all, Conditions: condition('StringLike', 'backup', 'gold*') })).toEqual([]);
    expect(found({ ...all, Conditions: equals(UNKNOWN) })).toEqual([]);
  });
});

describe('limits', () => {
  test('30 conditions', () => {
    const conditions = (count: number) => ({
      ...all,
      Conditions: {
        StringEquals: many(count).map((i) => ({
          ConditionKey: `aws:ResourceTag/k${i}`,
          ConditionValue: 'x',
        })),
      },
    });
    expect(found(conditions(31))).toEqual([
      `error Backup-ConditionsPerSelection at ${HERE}/Conditions: \`Conditions\` of selection \`some\` can be at most 30 in a selection, got 31; create several selections`,
    ]);
    expect(found(conditions(30))).toEqual([]);
  });

  test('30 tags', () => {
    const tagged = (count: number) => ({ ListOfTags: many(count).map((i) => choice('k', `x${i}`)) });
    expect(found(tagged(31))).toEqual([
      `error Backup-ConditionsPerSelection at ${HERE}/ListOfTags: \`ListOfTags\` of selection \`some\` can be at most 30 in a selection, got 31; create several selections`,
    ]);
    expect(found(tagged(30))).toEqual([]);
  });

  test('100 selections of a plan', () => {
    const app = (count: number) => ({
      Plan: plan({}),
      ...Object.fromEntries(many(count).map((i) => [`S${i}`, selection({ Resources: ['arn:aws:s3:::x'] })])),
    });
    expect(findings(selectionChecks, app(101))).toEqual([
      'error Backup-SelectionsPerPlan at Resources/Plan: plan `gold` can have at most 100 selections, got 101; select by tags that more resources share, or create a second plan',
    ]);
    expect(findings(selectionChecks, app(100))).toEqual([]);
  });
});

describe('everything', () => {
  const FIX = 'add a condition on a tag that resources must have';

  test('is taken by `*` alone', () => {
    expect(found(all)).toEqual([
      `warning Backup-SelectsEverything at ${HERE}/Resources: \`Resources\` of selection \`some\` selects every resource of every type that the Region has opted in to, including those created later, at a cost that can't be estimated here; ${FIX}`,
    ]);
  });

  test('is nearly taken by conditions that say only what tags are not', () => {
    expect(found({ ...all, Conditions: condition('StringNotEquals', 'stage', 'dev') })).toEqual([
      `warning Backup-SelectsEverything at ${HERE}/Conditions: \`Conditions\` of selection \`some\` has only negative conditions, which every resource without these tags also satisfies: the selection takes nearly everything in the Region, at a cost that cannot be estimated here; ${FIX}`,
    ]);
  });

  test('is not taken where a tag is asked for, or where conditions are not known', () => {
    expect(
      found({ ...all, Conditions: { ...equals(), ...condition('StringNotEquals', 'stage', 'dev') } }),
    ).toEqual([]);
    expect(found({ ...all, Conditions: { 'Fn::GetAZs': '' } })).toEqual([]);
    expect(found({ Resources: ['arn:aws:s3:::*'] })).toEqual([]);
  });
});
