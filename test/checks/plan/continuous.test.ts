import { continuousChecks } from '../../../src/checks/plan/continuous';
import { choice, plan, resource, rule, selection, stack, tags } from '../../support/backups';
import { findings, findingsIn, PARAMETERS, UNKNOWN } from '../../support/findings';

const TAGGED = { ListOfTags: [choice('backup', 'gold')] };
const gold = (type: string, properties = {}) =>
  resource(type, { Tags: tags({ backup: 'gold' }), ...properties });
const bucket = gold('S3::Bucket');
const continuous = (name = 'pitr', properties = {}) =>
  rule(name, { EnableContinuousBackup: true, ...properties });
const AIR_GAPPED = {
  TargetLogicallyAirGappedBackupVaultArn: 'arn:aws:backup:us-east-1:111111111111:backup-vault:safe',
};
const SECOND = 'Resources/Plan/Properties/BackupPlan/BackupPlanRule/1';
const both = (one = '`pitr` of plan `gold`', other = '`second` of plan `gold`') =>
  `rule ${one} and rule ${other}`;

function found(rules: Record<string, unknown>[], x: object = bucket, more: object = {}): string[] {
  return findings(
    continuousChecks,
    { Plan: plan('gold', ...rules), S: selection(TAGGED), X: x, ...more },
    undefined,
    PARAMETERS,
  );
}

describe('two continuous rules on one resource', () => {
  const twice = (message: string, place = SECOND) =>
    `warning Backup-DuplicateContinuous at ${place}: ${message} with continuous backups; keep one continuous rule, and turn the other into a snapshot rule`;

  test('of one plan are reported', () => {
    expect(found([continuous(), continuous('second')])).toEqual([twice(`${both()} both protect \`App/X\``)]);
  });

  test('of two plans are reported', () => {
    const Other = plan('other', continuous('second'));
    const T = selection(TAGGED, { Ref: 'Other' });
    expect(found([continuous()], bucket, { Other, T })).toEqual([
      twice(
        `${both(undefined, '`second` of plan `other`')} both protect \`App/X\``,
        'Resources/Other/Properties/BackupPlan/BackupPlanRule/0',
      ),
    ]);
  });

  test('are reported once, with all resources', () => {
    const buckets = Object.fromEntries(['A', 'B', 'C', 'D'].map((id) => [id, bucket]));
    expect(found([continuous(), continuous('second')], bucket, { A: bucket })).toEqual([
      twice(`${both()} both protect \`App/X\` and \`App/A\``),
    ]);
    expect(found([continuous(), continuous('second')], bucket, buckets)).toEqual([
      twice(`${both()} both protect 5 resources`),
    ]);
  });

  test('fail for a bucket beside an air-gapped vault', () => {
    expect(found([continuous(), continuous('second', AIR_GAPPED)])).toEqual([
      `error Backup-ContinuousAirGappedTwice at ${SECOND}: ${both()} both protect \`App/X\` with continuous backups, one of them in a logically air-gapped vault, so its jobs fail; turn one of the rules into a snapshot rule`,
    ]);
    const instance = gold('RDS::DBInstance', { Engine: 'mysql' });
    expect(found([continuous(), continuous('second', AIR_GAPPED)], instance)).toEqual([
      twice(`${both()} both protect \`App/X\``),
    ]);
  });

  test('are fine for what has no continuous backup, or where one perhaps isn’t', () => {
    expect(found([continuous(), continuous('second')], gold('DynamoDB::Table'))).toEqual([]);
    expect(found([continuous(), rule('second', { EnableContinuousBackup: UNKNOWN })])).toEqual([]);
    const unsure = resource('S3::Bucket', { Tags: tags({ backup: UNKNOWN }) });
    expect(found([continuous(), continuous('second')], unsure)).toEqual([]);
    expect(found([continuous(), rule('second')])).toEqual([]);
  });

  test('of stages whose accounts are open may never meet', () => {
    const stage = (name: string, open: object) =>
      stack(
        name,
        { Plan: plan('gold', continuous()), S: selection(TAGGED), X: bucket },
        { ...open, id: `${name}/App` },
      );
    const OPEN = { account: undefined, region: undefined };
    expect(findingsIn(continuousChecks, [stage('Dev', OPEN), stage('Prod', OPEN)])).toEqual([]);
    expect(findingsIn(continuousChecks, [stage('Dev', {}), stage('Prod', {})])).toHaveLength(1);
    const stacks = ['One', 'Two'].map((id) => ({ ...stage('Dev', OPEN), id: `Dev/${id}` }));
    expect(findingsIn(continuousChecks, stacks)).toHaveLength(1);
  });
});

describe('continuous backups and snapshots of a bucket', () => {
  const apart = [continuous(), rule('second', { TargetBackupVault: 'silver' })];

  test('belong into one vault', () => {
    expect(found(apart)).toEqual([
      `warning Backup-S3SameVault at ${SECOND}: ${both()} protect \`App/X\` with continuous backups and with snapshots in different vaults; use one vault for both rules, and copy from there`,
    ]);
  });

  test('are fine in one vault, for other types, and where a vault isn’t known', () => {
    expect(found([continuous(), rule('second')])).toEqual([]);
    expect(found(apart, gold('RDS::DBInstance', { Engine: 'mysql' }))).toEqual([]);
    expect(found([continuous(), rule('second', { TargetBackupVault: UNKNOWN })])).toEqual([]);
    const Vault = resource('Backup::BackupVault', { BackupVaultName: 'gold' });
    expect(
      found([continuous(), rule('second', { TargetBackupVault: { Ref: 'Vault' } })], bucket, { Vault }),
    ).toEqual([]);
  });
});
