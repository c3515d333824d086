import { crossAccountCopyChecks } from '../../../src/checks/copy/cross-account-copies';
import type { StackSource } from '../../../src/template/input/source';
import {
  findings,
  findingsIn,
  ids,
  PARAMETERS,
  plan,
  rulePath,
  UNKNOWN,
  vault,
} from '../../support/findings';
import { source } from '../../support/templates';

const HERE = rulePath(0, 'CopyActions/0/DestinationBackupVaultArn');
const COPY = 'of the copy of rule `rule-1` of plan `gold`';
const NOTE =
  'note Backup-CrossAccountPrerequisites at Resources/Plan/Properties/BackupPlan/BackupPlanRule/0/CopyActions/0: plan `gold` copies to another account, which templates alone do not enable: both accounts must be in the same organization, and its management account must have turned on cross-account backup; turn on cross-account backup in the management account, with `BackupGlobalSettings` or in the AWS Backup settings';
const arn = (name: string, account = '111111111111', region = 'us-east-1', partition = 'aws') =>
  `arn:${partition}:backup:${region}:${account}:backup-vault:${name}`;
const copies = (...all: unknown[]) => ({
  Plan: plan({ CopyActions: all.map((DestinationBackupVaultArn) => ({ DestinationBackupVaultArn })) }),
});

describe('a copy to another account', () => {
  const KEY = { EncryptionKeyArn: 'arn:aws:kms:us-east-1:222222222222:key/1' };
  const policy = (principal: unknown, more: object = {}) => ({
    AccessPolicy: {
      Statement: [
        {
          Effect: 'Allow',
          Principal: principal,
          Action: 'backup:CopyIntoBackupVault',
          Resource: '*',
          ...more,
        },
      ],
    },
  });
  const ROOT = { AWS: 'arn:aws:iam::111111111111:root' };
  const stacks = (properties: object): StackSource[] => [
    source({ Resources: copies(arn('copies', '222222222222')) }, { id: 'Here' }),
    source(
      { Resources: { Copies: vault({ BackupVaultName: 'copies', ...properties }) } },
      { id: 'There', account: '222222222222' },
    ),
  ];
  const found = (properties: object) =>
    findingsIn(crossAccountCopyChecks, stacks(properties)).filter((line) => line !== NOTE);

  test('needs an access policy that lets the account copy', () => {
    const denied = `error Backup-CopyAccess at ${HERE}: \`DestinationBackupVaultArn\` ${COPY} is vault \`copies\` of account 222222222222,`;
    const fix =
      '; add this statement to the `AccessPolicy` of the vault: {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:root"},"Action":"backup:CopyIntoBackupVault","Resource":"*"}';
    expect(found(KEY)).toEqual([
      `${denied} which has no access policy that allows account 111111111111 to copy into it${fix}`,
    ]);
    expect(found({ ...KEY, ...policy({ AWS: '333333333333' }) })).toEqual([
      `${denied} whose access policy does not allow account 111111111111 to copy into it${fix}`,
    ]);
    expect(found({ ...KEY, ...policy(ROOT) })).toEqual([]);
    expect(found({ ...KEY, ...policy({ AWS: '111111111111' }) })).toEqual([]);
  });

  test('is not let by a condition on the account of another, nor where everybody is denied', () => {
    const of = (account: string, key = 'aws:PrincipalAccount') => ({
      Condition: { StringEquals: { [key]: account } },
    });
    const ids = (properties: object) => found({ ...KEY, ...properties }).map((line) => line.split(' ')[1]);
    expect(ids(policy('*', of('333333333333')))).toEqual(['Backup-CopyAccess']);
    expect(ids(policy('*', of('111111111111')))).toEqual([]);
    expect(ids(policy('*', of('333333333333', 'aws:SourceAccount')))).toEqual([]);
    const [allowed] = policy(ROOT).AccessPolicy.Statement;
    const denied = (more: object) => ({
      AccessPolicy: { Statement: [allowed, { ...allowed, Effect: 'Deny', Principal: '*', ...more }] },
    });
    expect(ids(denied({}))).toEqual(['Backup-CopyAccess']);
    expect(ids(denied({ Condition: { ArnNotEquals: { 'aws:PrincipalArn': 'x' } } }))).toEqual([]);
  });

  test('is reported once for each plan, unless a template of the management account turns it on', () => {
    const management = (flag: unknown) =>
      source(
        {
          Resources: {
            Settings: {
              Type: 'Custom::BackupGlobalSettings',
              Properties: { flags: { isCrossAccountBackupEnabled: flag } },
            },
          },
        },
        { id: 'Management', account: '333333333333' },
      );
    const here = source({ Resources: copies(arn('copies', '222222222222')) }, { id: 'Here' });
    expect(findingsIn(crossAccountCopyChecks, [here, management(true)])).toEqual([]);
    for (const flag of [false, undefined, UNKNOWN])
      expect(findingsIn(crossAccountCopyChecks, [here, management(flag)])).toEqual([NOTE]);
  });

  test('may be let by an organization, of which nothing is known here', () => {
    const Condition = { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } };
    expect(found({ ...KEY, ...policy('*', { Condition }) })).toEqual([]);
  });

  test('needs a customer-managed key at its destination', () => {
    expect(found(policy(ROOT))).toEqual([
      `warning Backup-CopyLikelyIntoAwsManagedKey at ${HERE}: \`DestinationBackupVaultArn\` ${COPY} must be a vault encrypted with a customer managed key, since a vault under the AWS-managed key accepts cross-account copies only of fully managed types such as S3 and EFS, got vault \`copies\` of account 222222222222; copy into a vault with a customer managed key`,
    ]);
    expect(findings(crossAccountCopyChecks, copies(arn('Default', '222222222222')))).toEqual([
      `warning Backup-CopyLikelyIntoAwsManagedKey at ${HERE}: \`DestinationBackupVaultArn\` ${COPY} must be a vault encrypted with a customer managed key, since a vault under the AWS-managed key accepts cross-account copies only of fully managed types such as S3 and EFS, got vault \`Default\` of account 222222222222; copy into a vault with a customer managed key`,
      NOTE,
    ]);
  });

  test('certainly needs one where something is protected whose backups have the key of their source', () => {
    const withResource = (Type: string, Resources: string) => ({
      ...copies(arn('Default', '222222222222')),
      It: { Type, Properties: {} },
      Selection: {
        Type: 'AWS::Backup::BackupSelection',
        Properties: {
          BackupPlanId: { Ref: 'Plan' },
          BackupSelection: { SelectionName: 'all', IamRoleArn: 'role', Resources: [Resources] },
        },
      },
    });
    const severities = (template: object) =>
      findings(crossAccountCopyChecks, template)
        .filter((line) => line !== NOTE)
        .map((line) => line.split(' ')[0]);
    expect(severities(withResource('AWS::EC2::Volume', 'arn:aws:ec2:*:*:volume/*'))).toEqual(['error']);
    expect(severities(withResource('AWS::S3::Bucket', 'arn:aws:s3:::*'))).toEqual(['warning']);
  });

  test('may go into a logically air-gapped vault, whose key AWS owns', () => {
    const [here] = stacks({});
    const there = source(
      {
        Resources: {
          Copies: {
            Type: 'AWS::Backup::LogicallyAirGappedBackupVault',
            Properties: { BackupVaultName: 'copies', ...policy(ROOT) },
          },
        },
      },
      { id: 'There', account: '222222222222' },
    );
    expect(findingsIn(crossAccountCopyChecks, [here, there])).toEqual([NOTE]);
  });

  test('says once a plan what no template can allow', () => {
    const two = copies(arn('one', '222222222222'), arn('two', '222222222222'));
    expect(findings(crossAccountCopyChecks, two)).toEqual([NOTE]);
    expect(ids(crossAccountCopyChecks, copies(arn('one')))).toEqual([]);
  });

  test('is judged where policies are known', () => {
    expect(
      findingsIn(crossAccountCopyChecks, stacks({ EncryptionKeyArn: UNKNOWN, AccessPolicy: UNKNOWN })),
    ).toEqual([NOTE]);
    expect(ids(crossAccountCopyChecks, copies(UNKNOWN), PARAMETERS)).toEqual([]);
    expect(
      findings(crossAccountCopyChecks, copies(arn('one', '222222222222')), { account: undefined }),
    ).toEqual([]);
  });
});
