import { actionReachChecks } from '../../../src/checks/plan/action-reach';
import { plan, rule } from '../../support/backups';
import { findings } from '../../support/findings';

const found = (properties: object) =>
  findings(actionReachChecks, { Plan: plan('gold', rule('daily', { ...properties })) });
const INDEX = { IndexActions: [{ ResourceTypes: ['EBS'] }] };
const SCAN = { ScanActions: [{ MalwareScanner: 'GUARDDUTY', ScanMode: 'FULL_SCAN' }] };
const AIR_GAPPED = {
  TargetLogicallyAirGappedBackupVaultArn: 'arn:aws:backup:us-east-1:111111111111:backup-vault:safe',
};
const COPIES = {
  CopyActions: [{ DestinationBackupVaultArn: 'arn:aws:backup:eu-west-1:111111111111:backup-vault:dr' }],
};
const HERE = 'Resources/Plan/Properties/BackupPlan/BackupPlanRule/0';
const FIX = 'scan copies on demand, and search the recovery points in the standard vault';

test('an index does not reach a logically air-gapped vault', () => {
  expect(found({ ...INDEX, ...AIR_GAPPED })).toEqual([
    `note Backup-ActionReach at ${HERE}/IndexActions: \`IndexActions\` of rule \`daily\` of plan \`gold\` do not reach the recovery points in its logically air-gapped vault, which can't be indexed; ${FIX}`,
  ]);
});

test('scans do not reach copies', () => {
  expect(found({ ...SCAN, ...COPIES })).toEqual([
    `note Backup-ActionReach at ${HERE}/ScanActions: \`ScanActions\` of rule \`daily\` of plan \`gold\` do not reach its copies: scheduled scans cover the recovery points that the rule makes; ${FIX}`,
  ]);
});

test.each<[string, object]>([
  ['an index alone', INDEX],
  ['scans alone', SCAN],
  ['copies with an index', { ...INDEX, ...COPIES }],
  ['an air-gapped vault alone', AIR_GAPPED],
])('%s is fine', (_, properties) => {
  expect(found(properties)).toEqual([]);
});
