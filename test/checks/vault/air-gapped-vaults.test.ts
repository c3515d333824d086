import { airGappedVaultChecks } from '../../../src/checks/vault/air-gapped-vault-checks';
import { resource } from '../../support/backups';
import { findings, findingsIn, PARAMETERS, UNKNOWN } from '../../support/findings';
import { source } from '../../support/templates';

const vault = (properties: object = {}) =>
  resource('Backup::LogicallyAirGappedBackupVault', {
    BackupVaultName: 'gold',
    MinRetentionDays: 7,
    MaxRetentionDays: 365,
    ...properties,
  });
const found = (properties: object, more: object = {}) =>
  findings(airGappedVaultChecks, { X: vault(properties), ...more }, undefined, PARAMETERS);
const team = (region: string) => `arn:aws:mpa:${region}:111111111111:approval-team/restorers`;
const HERE = 'Resources/X/Properties';
const FIXED = `note Backup-ApprovalTeamFixed at ${HERE}/MpaApprovalTeamArn: \`MpaApprovalTeamArn\` of logically air-gapped vault \`gold\` can't be changed or removed by CloudFormation once it is deployed; acknowledge this note once the team is final`;

test('a vault has a key of its own account', () => {
  const Key = resource('KMS::Key', {});
  const EncryptionKeyArn = { 'Fn::GetAtt': ['Key', 'Arn'] };
  expect(found({ EncryptionKeyArn }, { Key })).toEqual([
    `warning Backup-AirGappedVaultKey at ${HERE}/EncryptionKeyArn: \`EncryptionKeyArn\` of logically air-gapped vault \`gold\` is in the account of the vault, which AWS advises against: whoever can disable or delete the key there can make the recovery points unusable; omit it to use an AWS-owned key, or use a key in another account`,
  ]);
  expect(found({ EncryptionKeyArn: 'arn:aws:kms:us-east-1:222222222222:key/k' })).toEqual([]);
  expect(found({ EncryptionKeyArn: UNKNOWN })).toEqual([]);
});

test('a key of another account is as AWS advises', () => {
  const elsewhere = { id: 'Far', name: 'Far', account: '222222222222' };
  const key = resource('KMS::Key', { KeyPolicy: {} });
  const arn = 'arn:aws:kms:us-east-1:222222222222:alias/x';
  expect(
    findingsIn(airGappedVaultChecks, [
      source({ Resources: { X: vault({ EncryptionKeyArn: arn }) } }),
      source({ Resources: { Key: key } }, elsewhere),
    ]),
  ).toEqual([]);
});

test('a team of approvers is settled, in us-east-1', () => {
  expect(found({ MpaApprovalTeamArn: team('us-east-1') })).toEqual([FIXED]);
  expect(found({ MpaApprovalTeamArn: UNKNOWN })).toEqual([FIXED]);
  expect(found({ MpaApprovalTeamArn: team('eu-west-1') })).toEqual([
    `warning Backup-ApprovalTeamRegion at ${HERE}/MpaApprovalTeamArn: \`MpaApprovalTeamArn\` of logically air-gapped vault \`gold\` is a team in eu-west-1, but multi-party approval teams exist only in us-east-1; create the team in us-east-1, which serves vaults in all Regions`,
    FIXED,
  ]);
  expect(found({ MpaApprovalTeamArn: 'restorers' })).toEqual([
    `error Backup-ApprovalTeamArn at ${HERE}/MpaApprovalTeamArn: \`MpaApprovalTeamArn\` of logically air-gapped vault \`gold\` must be the ARN of a multi-party approval team, \`arn:<partition>:mpa:us-east-1:<account>:approval-team/<id>\`, got \`restorers\`; use \`arn:<partition>:mpa:us-east-1:<account>:approval-team/<id>\``,
  ]);
});

describe('a vault is shared', () => {
  const share = (...Principals: unknown[]) => ({
    Share: resource('RAM::ResourceShare', {
      Name: 'gold',
      ResourceArns: [{ 'Fn::GetAtt': ['X', 'BackupVaultArn'] }],
      Principals,
    }),
  });
  const AT = 'Resources/Share/Properties/Principals';

  test('with accounts, one by one', () => {
    expect(found({}, share('222222222222', UNKNOWN, '333333333333'))).toEqual([]);
    const organization = 'arn:aws:organizations::111111111111:organization/o-a1b2c3d4e5';
    expect(found({}, share('222222222222', organization))).toEqual([
      `error Backup-SharedAccount at ${AT}/1: \`Principals[1]\` must be a 12-digit account ID, got \`${organization}\`; list the accounts one by one, since a vault can be shared with neither an organization nor an organizational unit`,
    ]);
  });

  test('with others than its own account', () => {
    expect(found({}, share('111111111111'))).toEqual([
      `warning Backup-SharedWithOwner at ${AT}/0: \`Principals[0]\` is the account of the vault (111111111111), which needs no share; omit it`,
    ]);
  });

  test('and shares of other things are no matter', () => {
    const Share = resource('RAM::ResourceShare', { ResourceArns: ['arn:aws:ec2:x'], Principals: ['o-1'] });
    expect(found({}, { Share })).toEqual([]);
  });
});
