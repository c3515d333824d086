import { isOptedIn, selectableKind } from '../../../src/handler/freshness/selectable-arns';
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
