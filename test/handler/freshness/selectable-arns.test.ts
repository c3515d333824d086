import { isOptedIn, selectableKind } from '../../../src/handler/freshness/selectable-arns';
import { criteriaOf } from '../../../src/handler/freshness/selections';
import { typesForArn } from '../../../src/values/resource-type/cloudformation-resources';
import { ResourceType } from '../../../src/values/resource-type/resource-type';

// the function can't load the catalog, which needs aws-cdk-lib: what it knows must be what the catalog says
const ARNS = ResourceType.all()
  .flatMap((type) => type.arnPatterns('aws'))
  // what is backed up is a part: a volume of a gateway, a table of a database
  .map((pattern) =>
    pattern.replace('gateway/*', 'gateway/x/volume/x').replace('database/*', 'database/x/table/x'),
  )
  .map((pattern) => pattern.replace(/\*/g, 'x'));

test('the check knows the ARNs of every type of the catalog but those of Amazon FSx, which say too little', () => {
  const unknown = ARNS.filter((arn) => selectableKind(arn) === undefined);
  expect(unknown.filter((arn) => !arn.startsWith('arn:aws:fsx:'))).toEqual([]);
  expect(ARNS.length - unknown.length).toBeGreaterThan(10);
});

test.each(ARNS.filter((arn) => selectableKind(arn)))('%s has the types and opt-ins of the catalog', (arn) => {
  const types = typesForArn(arn);
  const found = selectableKind(arn);
  expect(types.map(({ name }) => name)).toContain(found?.type);
  expect([...(found?.optIns ?? [])].sort()).toEqual(
    [...new Set(types.map(({ optInName }) => optInName))].sort(),
  );
});

test.each([
  ['arn:aws:dynamodb:eu-west-1:111122223333:table/orders/index/by-date'],
  ['arn:aws:s3:::orders/key'],
  ['arn:aws:storagegateway:eu-west-1:111122223333:gateway/sgw-1'],
  ['arn:aws:timestream:eu-west-1:111122223333:database/metrics'],
  ['arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-1'],
  ['arn:aws:sqs:eu-west-1:111122223333:orders'],
])('%s is nothing that AWS Backup backs up', (arn) => {
  expect(selectableKind(arn)).toBeUndefined();
});

test('a type counts as opted in unless all that the Region says of it is no', () => {
  const cluster = selectableKind('arn:aws:rds:eu-west-1:111122223333:cluster:orders');
  if (!cluster) throw new Error('a cluster is backed up');
  expect(isOptedIn(cluster, { Aurora: false, DocumentDB: true })).toBe(true);
  expect(isOptedIn(cluster, { Aurora: false })).toBe(false);
  expect(isOptedIn(cluster, {})).toBe(true);
});

const DISK = 'arn:aws:ec2:eu-west-1:111122223333:volume/vol-1';

test.each<[pattern: string, arn: string, isOne: boolean]>([
  [DISK, DISK, true],
  [DISK, `${DISK}2`, false],
  ['*', DISK, true],
  ['arn:aws:ec2:*', DISK, true],
  ['arn:aws:rds:*', DISK, false],
  ['*:volume/vol-1', DISK, true],
  ['*:volume/vol-2', DISK, false],
  ['arn:*:volume/*', DISK, true],
  ['arn:*:snapshot/*', DISK, false],
  ['arn:*:eu-west-1:*:volume/*', DISK, true],
  ['arn:*:volume/*:eu-west-1:*', DISK, false],
  ['arn:*volume/*volume/vol-1', DISK, false],
  ['abc*cba', 'abcba', false],
  ['abc*cba', 'abccba', true],
  ['a*b*b*c', 'abc', false],
  ['a*b*b*c', 'abbc', true],
  ['a**c', 'abc', true],
])('the resource %s of a selection stands for %s: %s', (pattern, arn, isOne) => {
  expect(criteriaOf({ Resources: [pattern] } as never).selects(arn, new Map())).toBe(isOne);
  expect(criteriaOf({ Resources: ['*'], NotResources: [pattern] } as never).selects(arn, new Map())).toBe(
    !isOne,
  );
});

test.each<[condition: string, value: string, tag: string | undefined, holds: boolean]>([
  ['StringEquals', 'prod', 'prod', true],
  ['StringEquals', 'prod', 'production', false],
  ['StringEquals', 'prod', undefined, false],
  ['StringEquals', 'prod*', 'production', false],
  ['StringLike', 'prod*', 'production', true],
  ['StringLike', 'prod*', 'test', false],
  ['StringLike', 'prod', 'prod', true],
  ['StringLike', 'prod', 'production', false],
  ['StringLike', '*', undefined, false],
  ['StringNotEquals', 'prod', 'prod', false],
  ['StringNotEquals', 'prod', 'test', true],
  ['StringNotEquals', 'prod', undefined, true],
  ['StringNotLike', 'prod*', 'production', false],
  ['StringNotLike', 'prod*', 'test', true],
  ['StringNotLike', 'prod*', undefined, true],
])('a condition %s of %s is met by the tag %s: %s', (name, ConditionValue, tag, holds) => {
  const Conditions = { [name]: [{ ConditionKey: 'aws:ResourceTag/env', ConditionValue }] };
  const criteria = criteriaOf({ Resources: ['*'], Conditions } as never);
  expect(criteria.selects(DISK, new Map(tag === undefined ? [] : [['env', tag]]))).toBe(holds);
  expect(criteria.named).toEqual([]);
  const searches = {
    StringEquals: [[{ Key: 'env', Values: [ConditionValue] }]],
    StringLike: [[{ Key: 'env' }]],
  };
  expect(criteria.searches).toEqual(searches[name as 'StringLike'] ?? []);
});

test('a selection finds what it names, and searches for one of its tags or for all of its conditions', () => {
  const ListOfTags = ['gold', 'silver'].map((ConditionValue) => ({
    ConditionKey: 'tier',
    ConditionValue,
    ConditionType: 'STRINGEQUALS',
  }));
  const arns = { Resources: [DISK, 'arn:aws:s3:::*'], NotResources: ['arn:aws:ec2:*:volume/vol-2'] };
  const byTag = criteriaOf({
    ...arns,
    ListOfTags: [...ListOfTags, { ConditionKey: 'tier' }, { ConditionValue: 'x' }],
  } as never);
  expect([byTag.named, byTag.searches]).toEqual([
    [DISK],
    [[{ Key: 'tier', Values: ['gold'] }], [{ Key: 'tier', Values: ['silver'] }]],
  ]);
  const tags = new Map([['tier', 'silver']]);
  expect(['vol-2', 'vol-3'].map((id) => byTag.selects(DISK.replace('vol-1', id), tags))).toEqual([
    false,
    true,
  ]);
  const Conditions = {
    StringEquals: [{ ConditionKey: 'env', ConditionValue: 'prod' }],
    StringLike: [{ ConditionKey: 'aws:ResourceTag/team', ConditionValue: 'a*' }],
    StringNotEquals: [{ ConditionKey: 'aws:ResourceTag/tier', ConditionValue: 'none' }],
  };
  const both = criteriaOf({ ...arns, ListOfTags, Conditions } as never);
  expect([both.named, both.searches]).toEqual([[], [[{ Key: 'env', Values: ['prod'] }, { Key: 'team' }]]]);
  expect(criteriaOf({} as never)).toMatchObject({ named: [], searches: [] });
});
