import {
  CfnParameter,
  Duration,
  type IPropertyInjector,
  PropertyInjectors,
  RemovalPolicies,
  RemovalPolicy,
  Stack,
} from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AccountPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { BackupKey, type BackupKeyProps } from '../../../src/resources/vault/backup-key';
import { testApp } from '../../support/app';
import { refusal } from '../../support/refusal';
import { schemaProblems } from '../../support/schema';

const KEY = 'AWS::KMS::Key';

let stack: Stack;
beforeEach(() => {
  stack = new Stack(testApp(), 'Stack');
});

function template() {
  return Template.fromStack(stack);
}

function keyWith(props?: BackupKeyProps): BackupKey {
  return new BackupKey(stack, 'Key', props);
}

interface Statement {
  readonly Sid?: string;
}
function statements(scope = stack): Statement[] {
  return Object.values(Template.fromStack(scope).findResources(KEY))[0].Properties.KeyPolicy.Statement;
}

test('a key is rotated and has a description', () => {
  keyWith();
  template().hasResourceProperties(KEY, {
    EnableKeyRotation: true,
    Description: 'Encrypts the recovery points of AWS Backup',
    MultiRegion: Match.absent(),
    RotationPeriodInDays: Match.absent(),
  });
  expect(schemaProblems(template().toJSON())).toEqual([]);
});

test("a key is retained, since recovery points can't be restored without it", () => {
  keyWith();
  template().hasResource(KEY, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
});

test.each<[RemovalPolicy, string, string]>([
  [RemovalPolicy.DESTROY, 'Delete', 'Delete'],
  [RemovalPolicy.RETAIN, 'Retain', 'Retain'],
  [RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, 'RetainExceptOnCreate', 'Retain'],
])('the removal policy can be %s', (removalPolicy, DeletionPolicy, UpdateReplacePolicy) => {
  keyWith({ removalPolicy });
  template().hasResource(KEY, { DeletionPolicy, UpdateReplacePolicy });
});

test('`RemovalPolicies` apply to a key', () => {
  keyWith();
  RemovalPolicies.of(stack).destroy();
  template().hasResource(KEY, { DeletionPolicy: 'Delete' });
});

describe('the key policy', () => {
  test('leaves the key to the IAM policies of the account', () => {
    keyWith();
    expect(statements()[0]).toEqual({
      Effect: 'Allow',
      Principal: {
        AWS: {
          'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']],
        },
      },
      Action: 'kms:*',
      Resource: '*',
    });
  });

  test('lets everyone in the account use the key through AWS Backup', () => {
    const scope = new Stack(testApp(), 'Stack', {
      env: { account: '111122223333', region: 'eu-west-1' },
    });
    new BackupKey(scope, 'Key');
    expect(statements(scope)).toContainEqual({
      Sid: 'UseThroughAwsBackup',
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: [
        'kms:CreateGrant',
        'kms:Decrypt',
        'kms:DescribeKey',
        'kms:GenerateDataKey*',
        'kms:RetireGrant',
      ],
      Resource: '*',
      Condition: {
        StringEquals: {
          'kms:CallerAccount': '111122223333',
          'kms:ViaService': { 'Fn::Join': ['', ['backup.eu-west-1.', { Ref: 'AWS::URLSuffix' }]] },
        },
      },
    });
  });

  // CT.KMS.PR.3 takes `BoolIfExists` with these two keys and no other condition
  test('denies grants that are not for AWS services, as the Control Tower control CT.KMS.PR.3 requires', () => {
    keyWith();
    expect(statements()).toContainEqual({
      Sid: 'DenyGrantsOutsideAwsServices',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 'kms:CreateGrant',
      Resource: '*',
      Condition: {
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false', 'kms:GrantIsForAWSResource': 'false' },
      },
    });
  });

  test('allows administrators', () => {
    keyWith({ admins: [new AccountPrincipal('444455556666')] });
    expect(statements()).toContainEqual(
      expect.objectContaining({
        Action: expect.arrayContaining(['kms:Put*', 'kms:ScheduleKeyDeletion']),
        Principal: {
          AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::444455556666:root']] },
        },
      }),
    );
  });

  test('can be extended like that of any key', () => {
    const role = Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::444455556666:role/restorer');
    keyWith().grantDecrypt(role);
    expect(statements()).toContainEqual(
      expect.objectContaining({
        Action: 'kms:Decrypt',
        Principal: { AWS: 'arn:aws:iam::444455556666:role/restorer' },
      }),
    );
  });
});

test.each(['backup', 'alias/backup'])('an alias can be written as %s', (alias) => {
  keyWith({ alias });
  template().hasResourceProperties('AWS::KMS::Alias', { AliasName: 'alias/backup' });
});

test('a key can be replicated to other Regions', () => {
  keyWith({ multiRegion: true });
  template().hasResourceProperties(KEY, { MultiRegion: true });
});

test.each([90, 365, 2560])('the key material can be rotated every %d days', (days) => {
  keyWith({ rotationPeriod: Duration.days(days) });
  template().hasResourceProperties(KEY, { EnableKeyRotation: true, RotationPeriodInDays: days });
});

test('values that are known only at deployment are passed to the template', () => {
  const number = new CfnParameter(stack, 'Number', { type: 'Number' });
  const text = new CfnParameter(stack, 'Text');
  keyWith({
    rotationPeriod: Duration.days(number.valueAsNumber),
    description: text.valueAsString,
    alias: text.valueAsString,
  });
  template().hasResourceProperties(KEY, {
    RotationPeriodInDays: { Ref: 'Number' },
    Description: { Ref: 'Text' },
  });
  template().hasResourceProperties('AWS::KMS::Alias', { AliasName: { Ref: 'Text' } });
});

const IN = ' (in `Stack/Key`)';
const ALIAS =
  '`alias` must be 1 to 250 characters from `a-z`, `A-Z`, `0-9`, `/`, `_` and `-`, not starting with `aws/`';
test.each<[string, object, string]>([
  [
    'a rotation too often',
    { rotationPeriod: Duration.days(89) },
    '`rotationPeriod` must be a whole number from 90 to 2560 days, got 89; use 90 days or more',
  ],
  [
    'a rotation too seldom',
    { rotationPeriod: Duration.days(2561) },
    '`rotationPeriod` must be a whole number from 90 to 2560 days, got 2561; use 2560 days or less',
  ],
  [
    'a rotation in fractions of days',
    { rotationPeriod: Duration.hours(2401) },
    '`rotationPeriod` must be a whole number of days, got 100 days 1 hour; write `Duration.days(101)`',
  ],
  [
    'a rotation as a number',
    { rotationPeriod: 365 },
    '`rotationPeriod` must be a `Duration`, got 365; write `Duration.days(365)`',
  ],
  ['an alias with a blank', { alias: 'my backup' }, `${ALIAS}, got \`my backup\``],
  ['an alias reserved by AWS', { alias: 'alias/aws/backup' }, `${ALIAS}, got \`alias/aws/backup\``],
  ['an alias without a name', { alias: 'alias/' }, `${ALIAS}, got \`alias/\``],
  ['an alias that is not a string', { alias: 7 }, `${ALIAS}, got 7`],
  [
    'a description that is not a string',
    { description: 7 },
    '`description` must be a string of at most 8192 characters, got 7',
  ],
  [
    'one principal instead of a list',
    { admins: new AccountPrincipal('444455556666') },
    '`admins` must be a list, each element a principal, got an instance of `AccountPrincipal`',
  ],
  [
    'an account as a principal',
    { admins: ['444455556666'] },
    '`admins[0]` must be a principal, got `444455556666`',
  ],
  ['a word for yes', { multiRegion: 'yes' }, '`multiRegion` must be true or false, got `yes`'],
  [
    'a snapshot instead of the key',
    { removalPolicy: RemovalPolicy.SNAPSHOT },
    '`removalPolicy` must be RemovalPolicy.RETAIN, RETAIN_ON_UPDATE_OR_DELETE or DESTROY, got `snapshot`',
  ],
])('%s is refused', (_, props, message) => {
  expect(refusal(() => keyWith(props))).toBe(`${message}${IN}`);
});

test('several problems are reported in one error', () => {
  expect(refusal(() => keyWith({ rotationPeriod: Duration.days(1), alias: '' }))).toBe(
    [
      '2 problems of `Stack/Key`:',
      `  - ${ALIAS}, got an empty string`,
      '  - `rotationPeriod` must be a whole number from 90 to 2560 days, got 1; use 90 days or more',
    ].join('\n'),
  );
});

test.each<[string, unknown, string]>([
  ['null', null, 'null'],
  ['a text', 'backup', '`backup`'],
  ['a list', [], 'an array'],
])('%s is refused as properties', (_, props, shown) => {
  expect(refusal(() => keyWith(props as never))).toBe(
    `\`props\` must be an object with properties, got ${shown}${IN}`,
  );
});

test.each([BackupKey.PROPERTY_INJECTION_ID, Key.PROPERTY_INJECTION_ID])(
  'a property injector can set defaults for %s',
  (constructUniqueId) => {
    const injector: IPropertyInjector = {
      constructUniqueId,
      inject: (props) => ({ ...props, description: 'Ours' }),
    };
    const scope = new Stack(testApp({ propertyInjectors: [injector] }), 'Stack');
    new BackupKey(scope, 'Key');
    expect(PropertyInjectors.of(scope.node.root).supportedClasses()).toEqual([constructUniqueId]);
    Template.fromStack(scope).hasResourceProperties(KEY, { Description: 'Ours', EnableKeyRotation: true });
  },
);
