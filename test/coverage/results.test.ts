import { coverageOf, type ResourceCoverage } from '../../src/coverage/coverage';
import { ResourceType } from '../../src/values/resource-type/resource-type';
import { backupReady, choice, plan, resource, rule, selection, tags } from '../support/backups';
import { inventory } from '../support/templates';

type Properties = Record<string, unknown>;

const NOW = new Date('2026-11-21T00:00:00Z');
const OPEN = { Ref: 'Open' };
const everything = { Resources: ['*'] };

/** How rules of a plan protect a bucket. */
function covered(rules: readonly Properties[], more: object = {}, type = 'S3::Bucket'): ResourceCoverage {
  const Resources = { X: backupReady(type), Plan: plan('gold', ...rules), S: selection(everything), ...more };
  const [x] = coverageOf(inventory({ Resources, Parameters: { Open: { Type: 'String' } } }), {
    now: NOW,
  }).resources;
  return x;
}

describe('the worst case of a rule', () => {
  const worst = (properties: Properties, type?: string) => {
    const { objectiveMinutes, worstCaseMinutes } = covered([rule('x', properties)], {}, type);
    return [objectiveMinutes, worstCaseMinutes];
  };
  const pitr = { EnableContinuousBackup: true };

  test.each<[string, Properties, string, [number | undefined, number | undefined]]>([
    [
      'is its RPO and its start window',
      { StartWindowMinutes: 90, CompletionWindowMinutes: 200 },
      'S3::Bucket',
      [1440, 1530],
    ],
    [
      'has the default start window of 8 hours',
      { StartWindowMinutes: undefined },
      'S3::Bucket',
      [1440, 1920],
    ],
    ['is not known without the start window', { StartWindowMinutes: OPEN }, 'S3::Bucket', [1440, undefined]],
    ['is not known without the schedule', { ScheduleExpression: OPEN }, 'S3::Bucket', [undefined, undefined]],
    ['is the RPO of a continuous backup', pitr, 'S3::Bucket', [15, 15]],
    ['waits for the start window where no backup is continuous', pitr, 'DynamoDB::Table', [1440, 1500]],
  ])('%s', (_, properties, type, expected) => {
    expect(worst(properties, type)).toEqual(expected);
  });

  test('of several rules is the least', () => {
    const hourly = { ScheduleExpression: 'cron(0 * ? * * *)' };
    const { objectiveMinutes, worstCaseMinutes } = covered([
      rule('hourly', { ...hourly, StartWindowMinutes: 6000, CompletionWindowMinutes: 9000 }),
      rule('open', { ScheduleExpression: OPEN }),
      rule('daily'),
    ]);
    expect([objectiveMinutes, worstCaseMinutes]).toEqual([60, 1500]);
  });

  test('of a stack that is backed up whole has the start window of each rule', () => {
    const whole = { S: selection({ Resources: [{ Ref: 'AWS::StackId' }] }) };
    const of = (properties: Properties) => {
      const { objectiveMinutes, worstCaseMinutes } = covered([rule('x', { ...pitr, ...properties })], whole);
      return [objectiveMinutes, worstCaseMinutes];
    };
    expect(of({ StartWindowMinutes: 90, CompletionWindowMinutes: 200 })).toEqual([1440, 1530]);
    expect(of({ StartWindowMinutes: OPEN })).toEqual([1440, undefined]);
    expect(of({ ScheduleExpression: OPEN })).toEqual([undefined, undefined]);
  });
});

describe('the lock of recovery points', () => {
  const vault = (name: string, LockConfiguration?: unknown) =>
    resource('Backup::BackupVault', { BackupVaultName: name, LockConfiguration });
  const LOCKS: Readonly<Record<string, unknown>> = {
    none: undefined,
    governance: { MinRetentionDays: 1 },
    compliance: { MinRetentionDays: 1, ChangeableForDays: 3 },
    unknown: OPEN,
  };
  const arn = 'arn:aws:backup:us-east-1:111111111111:backup-vault:far';
  const copied = [rule('x', { CopyActions: [{ DestinationBackupVaultArn: arn }] })];

  test.each([
    ['none', 'none', 'none'],
    ['none', 'unknown', 'unknown'],
    ['unknown', 'none', 'unknown'],
    ['unknown', 'governance', 'governance'],
    ['governance', 'unknown', 'governance'],
    ['governance', 'compliance', 'compliance'],
    ['compliance', 'none', 'compliance'],
  ])('of a vault with %s, copied to one with %s, is %s', (own, far, expected) => {
    const { immutability, copies } = covered(copied, {
      Gold: vault('gold', LOCKS[own]),
      Far: vault('far', LOCKS[far]),
    });
    expect([immutability, copies.map((copy) => copy.immutability)]).toEqual([expected, [far]]);
  });

  test('is that of the strongest rule', () => {
    const rules = [
      rule('a'),
      rule('b', { TargetBackupVault: 'far', ScheduleExpression: 'cron(0 9 ? * * *)' }),
    ];
    const vaults = { Gold: vault('gold'), Far: vault('far', LOCKS.governance) };
    expect(covered(rules, vaults).immutability).toBe('governance');
    expect(covered([...rules].reverse(), vaults).immutability).toBe('governance');
  });
});

describe('a copy', () => {
  const copyTo = (DestinationBackupVaultArn: unknown, Lifecycle?: object) =>
    covered([rule('x', { CopyActions: [{ DestinationBackupVaultArn, Lifecycle }] })], {
      Here: resource('Backup::BackupVault', { BackupVaultName: 'here' }),
    });

  test.each<[string, unknown, object]>([
    [
      'to a vault elsewhere has the place of its ARN',
      'arn:aws:backup:eu-west-1:222222222222:backup-vault:far',
      {
        vault: 'arn:aws:backup:eu-west-1:222222222222:backup-vault:far',
        account: '222222222222',
        region: 'eu-west-1',
        immutability: 'unknown',
      },
    ],
    [
      'to a vault of the app has the place of its stack',
      { 'Fn::GetAtt': ['Here', 'BackupVaultArn'] },
      { account: '111111111111', region: 'us-east-1', immutability: 'none' },
    ],
    [
      'to a vault that is not known has no place',
      OPEN,
      { vault: `\${Open}`, account: undefined, region: undefined, immutability: 'unknown' },
    ],
  ])('%s', (_, arn, expected) => {
    expect(copyTo(arn).copies).toMatchObject([{ retentionDays: Number.POSITIVE_INFINITY, ...expected }]);
  });

  test.each<[string, object | undefined, number | undefined]>([
    ['without a lifecycle is kept forever', undefined, Number.POSITIVE_INFINITY],
    ['with -1 days is kept forever', { DeleteAfterDays: -1 }, Number.POSITIVE_INFINITY],
    ['is kept as long as it says', { DeleteAfterDays: 7 }, 7],
    ['is kept for a time that is not known', { DeleteAfterDays: OPEN }, undefined],
  ])('%s', (_, lifecycle, days) => {
    const arn = 'arn:aws:backup:eu-west-1:222222222222:backup-vault:far';
    const { copies, longestRetentionDays, shortestRetentionDays } = copyTo(arn, lifecycle);
    expect(copies.map(({ retentionDays }) => retentionDays)).toEqual([days]);
    expect(shortestRetentionDays).toBe(35);
    expect(longestRetentionDays).toBe(Math.max(35, days ?? 0));
  });
});

test('a rule with a name that is not known is called by what is known of it', () => {
  const [{ rules }] = covered([rule('a'), rule('b', { RuleName: OPEN })]).plans;
  expect(rules.map(({ name }) => name)).toEqual(['a', `\${Open}`]);
});

describe('a resource whose type is not known', () => {
  const Gap = {
    X: resource('RDS::DBCluster', { Engine: OPEN }),
    Gap: resource('Backup::LogicallyAirGappedBackupVault', {
      BackupVaultName: 'gap',
      MinRetentionDays: 7,
      MaxRetentionDays: 90,
    }),
  };
  const arn = 'arn:aws:backup:eu-west-1:222222222222:backup-vault:far';

  test('has no continuous backup for certain, and may be copied, and be in a logically air-gapped vault', () => {
    const properties = {
      EnableContinuousBackup: true,
      CopyActions: [{ DestinationBackupVaultArn: arn }],
      TargetLogicallyAirGappedBackupVaultArn: { 'Fn::GetAtt': ['Gap', 'BackupVaultArn'] },
    };
    const { objectiveMinutes, worstCaseMinutes, copies, immutability } = covered(
      [rule('x', properties)],
      Gap,
    );
    expect([objectiveMinutes, worstCaseMinutes, copies.map(({ vault }) => vault), immutability]).toEqual([
      1440,
      1500,
      [arn],
      'compliance',
    ]);
  });
});

test.each([
  [{ crossAccountCopy: false }, 1],
  [{ crossRegionCopy: false }, 1],
  [{ crossAccountCopy: false, crossRegionCopy: false }, 0],
])('a type with the capabilities %j has %i copy', (capabilities, count) => {
  const CopyActions = [
    { DestinationBackupVaultArn: 'arn:aws:backup:eu-west-1:222222222222:backup-vault:far' },
  ];
  const Resources = {
    X: resource('DynamoDB::Table'),
    Plan: plan('gold', rule('x', { CopyActions })),
    S: selection(everything),
  };
  const resourceTypes = [ResourceType.DYNAMODB.withCapabilities(capabilities)];
  const [{ copies }] = coverageOf(inventory({ Resources }), { now: NOW, resourceTypes }).resources;
  expect(copies).toHaveLength(count);
});

describe('the notes on a resource', () => {
  const notes = (Tags: Properties, resources: object) => {
    const Resources = { X: resource('S3::Bucket', { Tags: tags(Tags) }), ...resources };
    const [x] = coverageOf(inventory({ Resources, Parameters: { Open: { Type: 'String' } } }), {
      now: NOW,
    }).resources;
    return x.notes;
  };
  const perhaps = (planId: string) => selection({ ListOfTags: [choice('backup', OPEN)] }, { Ref: planId });
  const open = {
    Plan: plan('gold'),
    Second: plan('silver'),
    S: perhaps('Plan'),
    T: perhaps('Second'),
    U: perhaps('Plan'),
  };

  test('name the plans that may protect it, each once', () => {
    const versioned = { VersioningConfiguration: { Status: 'Enabled' } };
    expect(
      notes(
        { backup: 'gold' },
        { ...open, X: resource('S3::Bucket', { Tags: tags({ backup: 'gold' }), ...versioned }) },
      ),
    ).toEqual(["perhaps protected by `gold`, `silver`: this can't be determined before deployment"]);
  });

  test('name all that makes its jobs fail, and an opt-out that has expired', () => {
    const Gold = resource('Backup::BackupVault', {
      BackupVaultName: 'gold',
      LockConfiguration: { MinRetentionDays: 90 },
    });
    const expired = { 'backup:opt-out-reason': 'cache', 'backup:opt-out-until': '2026-01-01' };
    expect(notes(expired, { Gold, Plan: plan('gold'), S: selection(everything) })).toEqual([
      'the opt-out (cache) was valid until 2026-01-01 and has expired',
      'a plan selects it, but its jobs certainly fail: `Backup-BucketVersioning` and `Backup-LockRange`',
    ]);
  });
});
