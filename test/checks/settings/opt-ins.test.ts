import { optInChecks } from '../../../src/checks/settings/opt-ins';
import { choice, plan, resource, rule, selection, tags } from '../../support/backups';
import { findings, findingsIn, PARAMETERS } from '../../support/findings';
import { source } from '../../support/templates';

const GOLD = tags({ backup: 'gold' });

function found(resources: object, ...rules: Record<string, unknown>[]): string[] {
  const S = selection({ ListOfTags: [choice('backup', 'gold')] });
  return findings(optInChecks, { Plan: plan('gold', ...rules), S, ...resources }, undefined, PARAMETERS);
}

describe('what a Region must have opted in to', () => {
  const cluster = resource('RDS::DBCluster', { Engine: 'aurora-mysql', Tags: GOLD });
  const table = resource('DynamoDB::Table', { Tags: GOLD });
  const copies = rule('daily', {
    CopyActions: [{ DestinationBackupVaultArn: 'arn:aws:backup:eu-west-1:111111111111:backup-vault:x' }],
  });
  const cold = rule('daily', { Lifecycle: { MoveToColdStorageAfterDays: 30, DeleteAfterDays: 365 } });

  test('is noted once for each type', () => {
    expect(found({ A: cluster, B: cluster })).toEqual([
      'note Backup-OptIn at Resources/A: the Region must have opted in to Aurora for `App/A` and `App/B`; opt in with `BackupRegionSettings`, with `UpdateRegionSettings`, or in the settings of the AWS Backup console',
    ]);
    expect(found({ T: table })).toEqual([]);
    expect(found({ A: resource('Neptune::DBCluster') })).toEqual([]);
  });

  test('for tables are advanced features, where a rule needs them', () => {
    const NOTE =
      'note Backup-AdvancedDynamoDb at Resources/T: the Region must have advanced DynamoDB backup turned on for copies, cold storage, tags or air-gapped vaults of the backups of `App/T`; turn on advanced DynamoDB backup with `BackupRegionSettings` or `UpdateRegionSettings`';
    expect(found({ T: table }, copies)).toEqual([NOTE]);
    expect(found({ T: table }, cold)).toEqual([NOTE]);
    expect(found({ T: table }, rule('daily', { RecoveryPointTags: { stage: 'prod' } }))).toEqual([NOTE]);
    const never = { DeleteAfterDays: -1, MoveToColdStorageAfterDays: -1 };
    expect(found({ T: table }, rule('daily', { Lifecycle: never }))).toEqual([]);
  });

  const settings = (Properties: object) => ({
    Settings: { Type: 'Custom::BackupRegionSettings', Properties },
  });

  test('is not noted where the templates make the settings of the Region', () => {
    const on = { optIn: { Aurora: true }, fullManagement: { DynamoDB: 'true' } };
    expect(found({ A: cluster, T: table, ...settings(on) }, copies)).toEqual([]);
    const off = { optIn: { Aurora: false, Neptune: true, DynamoDB: true } };
    expect(found({ A: cluster, T: table, ...settings(off) }, copies)).toHaveLength(2);
    expect(found({ A: cluster, ...settings({ optIn: { Ref: 'Unknown' } }) })).toHaveLength(1);
  });

  test('is noted in each Region of its own', () => {
    const S = selection({ ListOfTags: [choice('backup', 'gold')] });
    const here = source({ Resources: { Plan: plan('gold', rule()), S, A: cluster } });
    const there = source(
      { Resources: settings({ optIn: { Aurora: true } }) },
      { name: 'Far', id: 'Far', region: 'eu-west-1' },
    );
    const beside = source(
      { Resources: settings({ optIn: { Aurora: true } }) },
      { name: 'Beside', id: 'Beside' },
    );
    expect(findingsIn(optInChecks, [here, there])).toHaveLength(1);
    expect(findingsIn(optInChecks, [here, there, beside])).toEqual([]);
  });
});
