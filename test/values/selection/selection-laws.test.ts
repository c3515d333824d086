import { Fn } from 'aws-cdk-lib';
import { type Problem, sentence } from '../../../src/values/core/problem';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import {
  arnElsewhereProblems,
  doubleTypeProblems,
  everythingProblem,
  isPositive,
  negativeTagProblems,
  otherPlaceOfArn,
  tagQuotaProblems,
} from '../../../src/values/selection/selection-laws';

const told = (problems: Problem[]) =>
  problems.map((problem) => `${problem.severity} ${problem.id}: ${sentence(problem)}`);

describe('what a selection selects', () => {
  const HERE = { account: '111122223333', region: 'eu-west-1' };

  test.each<[string, object, object | undefined]>([
    ['arn:aws:dynamodb:eu-west-1:111122223333:table/x', HERE, undefined],
    [
      'arn:aws:dynamodb:us-east-1:111122223333:table/x',
      HERE,
      { what: 'Region', here: 'eu-west-1', there: 'us-east-1' },
    ],
    [
      'arn:aws:dynamodb:eu-west-1:444455556666:table/x',
      HERE,
      { what: 'account', here: '111122223333', there: '444455556666' },
    ],
    [
      'arn:aws:dynamodb:us-east-1:444455556666:table/x',
      HERE,
      { what: 'Region', here: 'eu-west-1', there: 'us-east-1' },
    ],
    ['arn:aws:dynamodb:us-east-1:444455556666:table/x', {}, undefined],
    [
      'arn:aws:dynamodb:us-east-1:444455556666:table/x',
      { account: HERE.account },
      { what: 'account', here: '111122223333', there: '444455556666' },
    ],
    ['arn:aws:dynamodb:us-*:4444*:table/x', HERE, undefined],
    ['arn:aws:dynamodb:us-east-?:?:table/x', HERE, undefined],
    ['arn:aws:s3:::orders', HERE, undefined],
    ['orders', HERE, undefined],
    ['arn:aws:dynamodb:us-east-1:444455556666:table/x', { region: Fn.ref('AWS::Region') }, undefined],
  ])('%s is in its own account and Region %j, or not', (arn, here, place) => {
    expect(otherPlaceOfArn(arn, here)).toEqual(place);
  });

  test('is no question where it is not a known text', () => {
    expect([
      otherPlaceOfArn(1, HERE),
      otherPlaceOfArn(Fn.ref('Arn'), HERE),
      arnElsewhereProblems('*', HERE, 'arns'),
    ]).toEqual([undefined, undefined, []]);
  });

  test('elsewhere is nothing', () => {
    expect(told(arnElsewhereProblems('arn:aws:rds:us-east-1::db:x', HERE, 'arns'))).toEqual([
      'warning Backup-SelectionElsewhere: `arns` has `arn:aws:rds:us-east-1::db:x` in Region us-east-1, but a selection protects only resources in its own Region (eu-west-1); create a plan there',
    ]);
  });

  test.each([
    [[ResourceType.EC2, ResourceType.EBS], true],
    [[ResourceType.EBS, ResourceType.S3, ResourceType.EC2], true],
    [[ResourceType.EC2, ResourceType.S3], false],
    [[ResourceType.EBS], false],
    [[], false],
  ])('is backed up twice where it has instances and volumes', (types, isDouble) => {
    expect(told(doubleTypeProblems(types, 'resourceTypes'))).toEqual(
      isDouble
        ? [
            'warning Backup-DoubleBackup: `resourceTypes` has EC2 and EBS: the backup of an instance already includes its volumes, so they are backed up twice; omit EBS, or select unattached volumes by tag',
          ]
        : [],
    );
  });

  test.each([
    [['StringEquals'], false],
    [['StringLike'], false],
    [['StringNotEquals'], true],
    [['StringNotLike'], true],
    [['StringNotEquals', 'StringNotLike'], true],
    [['StringNotEquals', 'StringLike'], false],
    [[], false],
  ])('is nearly everything where all conditions are negative: %j', (operators, isEverything) => {
    const conditions = operators.map((operator) => ({ operator, key: 'a', value: 'b' }) as never);
    expect(told(negativeTagProblems(conditions, 'tags', 'add a tag'))).toEqual(
      isEverything
        ? [
            'warning Backup-SelectsEverything: `tags` has only negative conditions, which every resource without these tags also satisfies: the selection takes nearly everything in the Region, at a cost that cannot be estimated here; add a tag',
          ]
        : [],
    );
    expect(conditions.some(isPositive)).toBe(operators.length > 0 && !isEverything);
  });

  test('is everything, or all of it that satisfies a filter', () => {
    const rest =
      "of every type that the Region has opted in to, including those created later, at a cost that can't be estimated here; omit it";
    expect(
      [undefined, 'tags'].flatMap((filter) => told([everythingProblem('all', filter, 'omit it')])),
    ).toEqual([
      `warning Backup-SelectsEverything: \`all\` selects every resource ${rest}`,
      `warning Backup-SelectsEverything: \`all\` selects every resource that satisfies \`tags\` ${rest}`,
    ]);
  });

  test.each(['conditionsPerSelection', 'tagsPerSelection'] as const)(
    'has at most 30 conditions or tags: %s',
    (quota) => {
      expect(tagQuotaProblems(30, 'tags', quota)).toEqual([]);
      expect(told(tagQuotaProblems(31, 'tags', quota))).toEqual([
        'error Backup-ConditionsPerSelection: `tags` can be at most 30 in a selection, got 31; create several selections',
      ]);
    },
  );
});
