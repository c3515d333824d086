import { regionChecks } from '../../../src/checks/settings/regions';
import { findings, findingsIn, plan, rulePath, UNKNOWN } from '../../support/findings';
import { source } from '../../support/templates';

const resource = (type: string, Properties: object) => ({ It: { Type: `AWS::Backup::${type}`, Properties } });

test.each([
  [
    'a logically air-gapped vault',
    'LogicallyAirGappedBackupVault',
    'us-gov-west-1',
    'us-east-1',
    'Backup-AirGappedVaultRegion',
    'the logically air-gapped vault',
  ],
  [
    'a restore testing plan',
    'RestoreTestingPlan',
    'cn-north-1',
    'eu-west-1',
    'Backup-RestoreTestingRegion',
    'restore testing',
  ],
  [
    'a legal hold',
    'LegalHold',
    'eu-west-1',
    'us-east-1',
    'Backup-LegalHoldRegion',
    'the CloudFormation legal hold resource',
  ],
])('%s is in a Region that has it', (_, type, bad, good, id, label) => {
  const found = (region?: string) => findings(regionChecks, resource(type, {}), { region });
  expect(found(bad)).toHaveLength(1);
  expect(found(bad)[0]).toContain(
    `warning ${id} at Resources/It: \`Region\` of \`It\` is ${bad}, where ${label} isn't known to be available; deploy it in `,
  );
  expect(found(good)).toEqual([]);
  expect(found(undefined)).toEqual([]);
});

test('a copy to a logically air-gapped vault comes from a Region that can make it', () => {
  const vaultArn = 'arn:aws:backup:us-east-1:111111111111:backup-vault:gap';
  const from = (region: string, arn: unknown = vaultArn) =>
    findingsIn(regionChecks, [
      source(
        { Resources: { Plan: plan({ CopyActions: [{ DestinationBackupVaultArn: arn }] }) } },
        { id: 'A', region },
      ),
      source(
        { Resources: resource('LogicallyAirGappedBackupVault', { BackupVaultName: 'gap' }) },
        { id: 'B', region: 'us-east-1' },
      ),
    ]);
  expect(from('ca-west-1')).toEqual([
    `warning Backup-AirGappedVaultRegion at ${rulePath(0, 'CopyActions/0/DestinationBackupVaultArn')}: the copy of rule \`rule-1\` of plan \`gold\` goes from ca-west-1 to a logically air-gapped vault, which is not known to be supported from there; choose another Region, or acknowledge this warning if AWS has added these vaults there`,
  ]);
  expect(from('eu-west-1')).toEqual([]);
  expect(from('ca-west-1', UNKNOWN)).toEqual([]);
});
