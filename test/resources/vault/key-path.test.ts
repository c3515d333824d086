import type { Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { BackupKey, CopySource, KeyPath } from '../../../src';
import { refusal } from '../../support/refusal';
import { propertiesOf, testStack } from '../../support/synthesis';
import { warningsOf } from '../../support/warnings';

const OTHER = '444455556666';
const PRINCIPAL = { AWS: `arn:aws:iam::${OTHER}:root` };
const USE = {
  Effect: 'Allow',
  Principal: PRINCIPAL,
  Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
  Resource: '*',
};
const GRANT = {
  ...USE,
  Action: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
  Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
};

let stack: Stack;
beforeEach(() => {
  stack = testStack();
});

const lastStatements = () => {
  const [{ KeyPolicy }] = propertiesOf(stack, 'AWS::KMS::Key') as { KeyPolicy: { Statement: object[] } }[];
  return KeyPolicy.Statement.slice(-2);
};

test('the key of a resource lets the destination account decrypt', () => {
  KeyPath.of(new kms.Key(stack, 'Key')).allowCopiesTo(OTHER);
  expect(lastStatements()).toEqual([USE, GRANT]);
});

test('the key of a vault lets copy sources encrypt', () => {
  KeyPath.of(new BackupKey(stack, 'Key')).allowCopiesFrom(CopySource.account(OTHER));
  expect(lastStatements()).toEqual([USE, GRANT]);
});

test('several accounts share statements, without duplicates', () => {
  const path = KeyPath.of(new kms.Key(stack, 'Key'));
  for (const account of [OTHER, '777788889999', OTHER]) path.allowCopiesTo(account);
  const both = { AWS: [PRINCIPAL.AWS, 'arn:aws:iam::777788889999:root'] };
  expect(lastStatements()).toEqual([
    { ...USE, Principal: both },
    { ...GRANT, Principal: both },
  ]);
});

test.each([
  ['an imported key', () => kms.Key.fromKeyArn(stack, 'Key', `arn:aws:kms:eu-west-1:${OTHER}:key/1-2`)],
  ['an L1', () => new kms.CfnKey(stack, 'Key', { keyPolicy: {} })],
])('%s gets a warning with the statements to add to its policy', (_, key) => {
  KeyPath.of(key()).allowCopiesTo(OTHER);
  const principal = `"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::${OTHER}:root"},"Resource":"*"`;
  expect(warningsOf(stack)).toEqual([
    `Backup-KeyPath: \`key\` must let account ${OTHER} copy, but its policy can't be changed in this app; add to it {"Action":["kms:Decrypt","kms:DescribeKey","kms:Encrypt","kms:GenerateDataKey*","kms:ReEncrypt*"],${principal}},{"Action":["kms:CreateGrant","kms:ListGrants","kms:RevokeGrant"],"Condition":{"Bool":{"kms:GrantIsForAWSResource":"true"}},${principal}}`,
  ]);
});

describe('BackupReady refuses', () => {
  test('a value that is not a key', () => {
    expect(refusal(() => KeyPath.of('alias/x' as never))).toBe(
      '`key` must be a key, got `alias/x`; refer to an existing one with `Key.fromKeyArn` (in `KeyPath.of`)',
    );
  });

  test('a value that is not an account', () => {
    expect(refusal(() => KeyPath.of(new kms.Key(stack, 'Key')).allowCopiesTo('4444'))).toBe(
      '`accountId` of `KeyPath.allowCopiesTo` must be a 12-digit account ID, got `4444`',
    );
  });

  test('a value that is not a source', () => {
    expect(refusal(() => KeyPath.of(new kms.Key(stack, 'Key')).allowCopiesFrom(OTHER as never))).toBe(
      `\`source\` must be a \`CopySource\`, got \`${OTHER}\`; for example, use \`CopySource.account('111122223333')\` (in \`Stack/Key\`)`,
    );
  });
});
