import { CfnParameter, Fn, RemovalPolicy, Stack, Tags, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnLegalHold } from 'aws-cdk-lib/aws-backup';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CfnDatabase } from 'aws-cdk-lib/aws-timestream';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import { LegalHold, type LegalHoldProps } from '../../../src/resources/vault/legal-hold';
import { testApp } from '../../support/app';
import { refusal } from '../../support/refusal';
import { schemaProblems } from '../../support/schema';
import { testStack } from '../../support/synthesis';
import { warningsOf } from '../../support/warnings';

const HOLD = 'AWS::Backup::LegalHold';
const CASE = { title: 'Case 42', description: 'Orders of 2025; legal@example.com may cancel it' };
const IN = ' (in `Stack/Hold`)';

let stack: Stack;
beforeEach(() => {
  jest.useFakeTimers({ now: new Date('2026-11-21T12:00:00Z'), doNotFake: ['nextTick', 'setImmediate'] });
  jest.spyOn(console, 'error').mockImplementation(); // warnings at synthesis
  stack = testStack('Stack', 'eu-central-1');
});
afterEach(() => {
  jest.useRealTimers();
});

function holdWith(props: Partial<LegalHoldProps> = {}, id = 'Hold'): LegalHold {
  return new LegalHold(stack, id, { ...CASE, ...props });
}

function holds() {
  const template = Template.fromStack(stack);
  expect(schemaProblems(template.toJSON())).toEqual([]);
  return Object.values(template.findResources(HOLD));
}

test('a legal hold holds the recovery points of vaults and is retained', () => {
  holdWith({
    vaults: [new BackupVault(stack, 'Vault'), BackupVault.fromBackupVaultName(stack, 'Old', 'old')],
  });
  expect(holds()).toEqual([
    {
      Type: HOLD,
      Properties: {
        Title: CASE.title,
        Description: CASE.description,
        RecoveryPointSelection: {
          VaultNames: [{ 'Fn::GetAtt': [expect.stringMatching('^Vault'), 'BackupVaultName'] }, 'old'],
        },
      },
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    },
  ]);
  expect(warningsOf(stack)).toEqual([]);
});

test('a legal hold holds the recovery points of resources from a time range, without duplicates', () => {
  const table = new TableV2(stack, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING } });
  const bucket = Bucket.fromBucketName(stack, 'Bucket', 'orders');
  holdWith({
    resources: [table, bucket],
    resourceArns: ['arn:aws:s3:::orders', Fn.importValue('Arn')],
    fromDate: new Date('2025-01-01T00:00:00Z'),
    toDate: new Date('2025-12-31T23:59:59Z'),
  });
  expect(holds()[0].Properties.RecoveryPointSelection).toEqual({
    ResourceIdentifiers: [
      { 'Fn::GetAtt': [expect.stringMatching('^Table'), 'Arn'] },
      'arn:aws:s3:::orders',
      { 'Fn::ImportValue': 'Arn' },
    ],
    DateRange: { FromDate: '2025-01-01T00:00:00.000Z', ToDate: '2025-12-31T23:59:59.000Z' },
  });
});

test('the ARNs can be a list that is known only at deployment, without other resources', () => {
  new CfnParameter(stack, 'Arns', { type: 'CommaDelimitedList' });
  const resourceArns = Token.asList({ Ref: 'Arns' });
  holdWith({ resourceArns });
  expect(holds()[0].Properties.RecoveryPointSelection).toEqual({ ResourceIdentifiers: { Ref: 'Arns' } });
  const resources = [new Bucket(stack, 'Bucket')];
  expect(refusal(() => holdWith({ resourceArns, resources }, 'Other'))).toBe(
    "`resourceArns` can't be combined with `resources` if it is a list that is known only at deployment; create a separate legal hold for each (in `Stack/Other`)",
  );
});

test('a legal hold with the removal policy DESTROY is cancelled with its stack', () => {
  holdWith({ vaults: [new BackupVault(stack, 'Vault')], removalPolicy: RemovalPolicy.DESTROY });
  expect(holds()[0]).toMatchObject({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
});

test('the L1 is the default child and has the tags, and references are its attributes', () => {
  const hold = holdWith({ resourceArns: ['arn:aws:s3:::orders'] });
  expect(hold.node.defaultChild).toBeInstanceOf(CfnLegalHold);
  Tags.of(hold).add('team', 'legal');
  expect(holds()[0].Properties.Tags).toEqual([{ Key: 'team', Value: 'legal' }]);
  expect(stack.resolve([hold.legalHoldRef.legalHoldArn, hold.legalHoldId])).toEqual([
    { 'Fn::GetAtt': [expect.stringMatching('^Hold'), 'Arn'] },
    { 'Fn::GetAtt': [expect.stringMatching('^Hold'), 'LegalHoldId'] },
  ]);
});

describe('an existing legal hold', () => {
  const ARN = 'arn:aws:backup:us-east-1:111122223333:legal-hold:3e2a-41';

  test('can be referred to by its ARN', () => {
    const hold = LegalHold.fromLegalHoldArn(stack, 'Existing', ARN);
    expect([hold.legalHoldRef, hold.env.region]).toEqual([{ legalHoldArn: ARN }, 'us-east-1']);
  });

  test("can't be referred to by an ARN of another type", () => {
    expect(refusal(() => LegalHold.fromLegalHoldArn(stack, 'Existing', 'case-42'))).toBe(
      '`legalHoldArn` must be an ARN of the form `arn:<partition>:backup:<region>:<account>:legal-hold:<id>`, got `case-42` (in `Stack/Existing`)',
    );
  });
});

const ELSEWHERE = 'arn:aws:backup:us-east-1:111122223333:backup-vault:gold';
test.each<[string, () => unknown, string]>([
  [
    'nothing',
    () => ({}),
    '`vaults`, `resources` or `resourceArns` must name what to hold, got none of them; name the vaults whose recovery points must stay',
  ],
  [
    'no title',
    () => ({ resourceArns: ['arn:aws:s3:::orders'], title: '' }),
    '`title` must be a non-blank string, got an empty string; describe what the hold is for, for whoever has to cancel it',
  ],
  [
    'a name of a vault',
    () => ({ vaults: ['gold'] }),
    '`vaults[0]` must be a backup vault, got `gold`; import an existing one with `BackupVault.fromBackupVaultName`',
  ],
  [
    'a vault in another Region',
    () => ({ vaults: [BackupVault.fromBackupVaultArn(stack, 'Vault', ELSEWHERE)] }),
    '`vaults[0]` must be in the Region of the legal hold (eu-central-1), got us-east-1; create a legal hold in the account and Region of that vault',
  ],
  [
    'an ARN for a resource',
    () => ({ resources: ['arn:aws:s3:::orders'] }),
    '`resources[0]` must be a construct, got `arn:aws:s3:::orders`; use `resourceArns` for ARNs',
  ],
  [
    'what AWS Backup protects not',
    () => ({ resources: [new Topic(stack, 'Topic')] }),
    '`resources[0]` must be a resource that AWS Backup protects, got `Stack/Topic`; pass the resource itself, or its ARN in `resourceArns`',
  ],
  [
    'a name for an ARN',
    () => ({ resourceArns: ['orders'] }),
    '`resourceArns[0]` must be the ARN of a resource, such as `arn:aws:s3:::orders`, got `orders`',
  ],
  [
    'an ARN without a list',
    () => ({ resourceArns: 'arn:aws:s3:::orders' }),
    '`resourceArns` must be a list, each element an ARN, got `arn:aws:s3:::orders`',
  ],
  [
    'the future',
    () => ({
      resourceArns: ['arn:aws:s3:::orders'],
      fromDate: new Date('2026-01-01'),
      toDate: new Date('2027-01-01'),
    }),
    '`toDate` must not be in the future, got 2027-01-01T00:00:00.000Z; use a time in the past',
  ],
  [
    'half a time',
    () => ({ resourceArns: ['arn:aws:s3:::orders'], fromDate: new Date('2026-01-01') }),
    '`toDate` must be set if `fromDate` is set, got none; set both, or neither',
  ],
  [
    'another removal policy',
    () => ({ resourceArns: ['arn:aws:s3:::orders'], removalPolicy: 'keep' }),
    '`removalPolicy` must be RemovalPolicy.RETAIN, RETAIN_ON_UPDATE_OR_DELETE or DESTROY, got `keep`',
  ],
])('a legal hold is refused with %s', (_, props, message) => {
  const given = props() as Partial<LegalHoldProps>;
  expect(refusal(() => holdWith(given))).toBe(message + IN);
});

test('several problems are reported in one error', () => {
  expect(refusal(() => new LegalHold(stack, 'Hold', undefined as never))).toMatch(
    /^3 problems of `Stack\/Hold`:\n {2}- `title` .*\n {2}- `description` .*\n {2}- `vaults`, /,
  );
  expect(refusal(() => new LegalHold(stack, 'Null', null as never))).toBe(
    '`props` must be an object with properties, got null (in `Stack/Null`)',
  );
});

test('a resource with a wildcard ARN gets a warning, since that is not documented', () => {
  const hold = holdWith({ resources: [new CfnDatabase(stack, 'Database')] });
  expect(warningsOf(hold)).toEqual([
    "Backup-LegalHoldWildcard: `resources[0]` has a wildcard, which AWS doesn't document for legal holds; name each resource, or hold a whole vault with `vaults`",
  ]);
});

test.each(['eu-west-1', 'us-gov-west-1'])(
  'a legal hold in %s, where CloudFormation may not support it, is a custom resource',
  (region) => {
    stack = testStack('Stack', region);
    const hold = holdWith({
      resourceArns: ['arn:aws:s3:::orders'],
      fromDate: new Date('2025-01-01T00:00:00Z'),
      toDate: new Date('2026-01-01T00:00:00Z'),
    });
    expect(warningsOf(hold)).toEqual([]);
    expect(stack.resolve([hold.legalHoldArn, hold.legalHoldId])).toEqual(
      ['Arn', 'LegalHoldId'].map((attribute) => ({ 'Fn::GetAtt': [expect.anything(), attribute] })),
    );
    const template = Template.fromStack(stack);
    template.resourceCountIs(HOLD, 0);
    template.hasResource('Custom::BackupLegalHold', {
      Properties: {
        ...CASE,
        resourceIdentifiers: ['arn:aws:s3:::orders'],
        fromDate: '2025-01-01T00:00:00.000Z',
        toDate: '2026-01-01T00:00:00.000Z',
      },
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
  },
);

test('`customResource` decides whether a legal hold is a custom resource', () => {
  const props = { resourceArns: ['arn:aws:s3:::orders'] };
  holdWith({ ...props, customResource: true, removalPolicy: RemovalPolicy.DESTROY });
  Template.fromStack(stack).hasResource('Custom::BackupLegalHold', { DeletionPolicy: 'Delete' });
  stack = testStack('Stack', 'eu-west-1');
  expect(warningsOf(holdWith({ ...props, customResource: false }))).toEqual([
    "Backup-LegalHoldRegion: `region` is eu-west-1, where the CloudFormation legal hold resource isn't known to be available; deploy it in ap-south-1, eu-central-1, us-east-1, us-west-2",
  ]);
  expect(holds()).toHaveLength(1);
});

test('`customResource` must be true or false', () => {
  const props = { resourceArns: ['arn:aws:s3:::orders'], customResource: 'yes' as never };
  expect(refusal(() => holdWith(props))).toBe(`\`customResource\` must be true or false, got \`yes\`${IN}`);
});

test('a legal hold in an unknown Region gets no warning', () => {
  stack = new Stack(testApp(), 'Stack');
  expect(warningsOf(holdWith({ resourceArns: ['arn:aws:s3:::orders'] }))).toEqual([]);
});

test('an account has at most 50 legal holds', () => {
  const props = { resourceArns: ['arn:aws:s3:::orders'] };
  for (let index = 0; index < 50; index++) holdWith(props, `Hold${index}`);
  expect(refusal(() => holdWith(props))).toBe(
    `an account can have at most 50 legal holds, got 51; hold several vaults or resources with one legal hold${IN}`,
  );
});
