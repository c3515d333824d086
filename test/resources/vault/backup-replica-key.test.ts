import { type App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import {
  BackupKey,
  BackupReplicaKey,
  type BackupReplicaKeyProps,
  BackupVault,
  VaultEncryption,
} from '../../../src';
import { testApp } from '../../support/app';
import { refusal } from '../../support/refusal';
import { schemaProblems } from '../../support/schema';
import { propertiesOf, synthesize } from '../../support/synthesis';

const ACCOUNT = '111122223333';
const REPLICA = 'AWS::KMS::ReplicaKey';

let app: App;
let here: Stack;
let primaryKey: BackupKey;
beforeEach(() => {
  app = testApp();
  here = new Stack(app, 'Here', { env: { account: ACCOUNT, region: 'eu-west-1' } });
  const there = new Stack(app, 'There', { env: { account: ACCOUNT, region: 'eu-central-1' } });
  primaryKey = new BackupKey(there, 'Key', { multiRegion: true });
});

test('a replica is retained and can encrypt vaults in its Region', () => {
  const key = new BackupReplicaKey(here, 'Replica', { primaryKey });
  new BackupVault(here, 'Vault', { encryption: VaultEncryption.key(key) });
  synthesize(here).hasResource(REPLICA, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  const [logicalId] = Object.keys(synthesize(here).findResources(REPLICA));
  synthesize(here).hasResourceProperties('AWS::Backup::BackupVault', {
    EncryptionKeyArn: { 'Fn::GetAtt': [logicalId, 'Arn'] },
  });
  expect(here.resolve(key.keyId)).toEqual({ Ref: logicalId });
  expect(schemaProblems(synthesize(here).toJSON())).toEqual([]);
});

test('a replica has the policy of a `BackupKey`, for its own Region', () => {
  new BackupReplicaKey(here, 'Replica', { primaryKey });
  new BackupKey(here, 'Key');
  const [replica] = propertiesOf(here, REPLICA);
  const [key] = propertiesOf(here, 'AWS::KMS::Key');
  expect(replica.KeyPolicy).toEqual(key.KeyPolicy);
});

test('alias, description, administrators and removal policy can be set', () => {
  new BackupReplicaKey(here, 'Replica', {
    primaryKey,
    alias: 'alias/central',
    description: 'central',
    admins: [new iam.ArnPrincipal(`arn:aws:iam::${ACCOUNT}:role/Admin`)],
    removalPolicy: RemovalPolicy.DESTROY,
  });
  expect(propertiesOf(here, 'AWS::KMS::Alias')).toEqual([
    expect.objectContaining({ AliasName: 'alias/central' }),
  ]);
  synthesize(here).hasResource(REPLICA, { DeletionPolicy: 'Delete' });
  const [{ Description, KeyPolicy }] = propertiesOf(here, REPLICA);
  expect(Description).toBe('central');
  expect(JSON.stringify(KeyPolicy)).toContain(`role/Admin`);
});

test('the primary key can be imported', () => {
  const imported = kms.Key.fromKeyArn(here, 'Imported', `arn:aws:kms:us-east-1:${ACCOUNT}:key/mrk-1`);
  new BackupReplicaKey(here, 'Replica', { primaryKey: imported });
  expect(propertiesOf(here, REPLICA)).toEqual([
    expect.objectContaining({ PrimaryKeyArn: `arn:aws:kms:us-east-1:${ACCOUNT}:key/mrk-1` }),
  ]);
});

test.each<[string, () => unknown, string]>([
  ['without properties', () => undefined, '`props` must be an object with properties, got nothing'],
  [
    'without a primary key',
    () => ({}),
    '`primaryKey` must be a key, got nothing; refer to an existing one with `Key.fromKeyArn`',
  ],
  [
    'of a single-Region key',
    () => ({ primaryKey: new BackupKey(primaryKey.stack, 'Single') }),
    '`primaryKey` must be a multi-Region key, got a single-Region key; create a new one with `new BackupKey(…, { multiRegion: true })`, since a single-Region key stays one',
  ],
  [
    'in the Region of its primary key',
    () => ({ primaryKey: new BackupKey(here, 'Beside', { multiRegion: true }) }),
    '`primaryKey` must be in a different Region than its replica, got eu-west-1 for both; use the key itself in its own Region',
  ],
  [
    'in another account than its primary key',
    () => ({ primaryKey: kms.Key.fromKeyArn(here, 'X', 'arn:aws:kms:us-east-1:999999999999:key/mrk-1') }),
    '`primaryKey` must be in the account of the replica (111122223333), got 999999999999; create a separate key in that account',
  ],
  [
    'with an alias reserved by AWS',
    () => ({ primaryKey, alias: 'aws/backup' }),
    '`alias` must be 1 to 250 characters from `a-z`, `A-Z`, `0-9`, `/`, `_` and `-`, not starting with `aws/`, got `aws/backup`',
  ],
])('a replica is refused %s', (_, props, message) => {
  expect(refusal(() => new BackupReplicaKey(here, 'Bad', props() as BackupReplicaKeyProps))).toBe(
    `${message} (in \`Here/Bad\`)`,
  );
});
