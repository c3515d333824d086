import { optInChecks } from '../../../src/analysis/checks/opt-ins';
import { choice, plan, resource, rule, selection, tags } from '../support/backups';
import { findings, PARAMETERS } from '../support/findings';

const GOLD = tags({ backup: 'gold' });

function told(resources: object, ...rules: Record<string, unknown>[]): string[] {
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
    expect(told({ A: cluster, B: cluster })).toEqual([
      'note Backup-OptIn at Resources/A: the Region must have opted in to Aurora for `App/A` and `App/B`; opt in with `UpdateRegionSettings`, or in the settings of the console of AWS Backup',
    ]);
    expect(told({ T: table })).toEqual([]);
    expect(told({ A: resource('Neptune::DBCluster') })).toEqual([]);
  });

  test('for tables are advanced features, where a rule needs them', () => {
    const NOTE =
      'note Backup-AdvancedDynamoDb at Resources/T: the Region must have the advanced features for DynamoDB for copies or cold storage of `App/T`; turn the advanced features for DynamoDB on with `UpdateRegionSettings`';
    expect(told({ T: table }, copies)).toEqual([NOTE]);
    expect(told({ T: table }, cold)).toEqual([NOTE]);
  });
});
