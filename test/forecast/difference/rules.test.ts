import { plan, resource, rule, selection } from '../../support/backups';
import { changesBetween, type Json } from '../support/app-changes';

const FAR = 'arn:aws:backup:eu-west-1:222222222222:backup-vault:far';
const VAULTS = {
  Gold: resource('Backup::BackupVault', { BackupVaultName: 'gold' }),
  Governed: resource('Backup::BackupVault', { LockConfiguration: { MinRetentionDays: 1 } }),
  Locked: resource('Backup::BackupVault', {
    BackupVaultName: 'locked',
    LockConfiguration: { MinRetentionDays: 1, ChangeableForDays: 3 },
  }),
  Gap: resource('Backup::LogicallyAirGappedBackupVault', {
    BackupVaultName: 'gap',
    MinRetentionDays: 1,
    MaxRetentionDays: 400,
  }),
  Second: resource('Backup::LogicallyAirGappedBackupVault', {
    BackupVaultName: 'second',
    MinRetentionDays: 1,
    MaxRetentionDays: 400,
  }),
};
const OPEN = { 'Fn::GetAtt': ['Gold', 'Unknown'] };

const version = (...rules: Json[]) => ({
  ...VAULTS,
  Plan: plan('p', ...rules),
  Selection: selection({ Resources: ['*'] }),
});
const between = (before: Json[], after: Json[]) => changesBetween(version(...before), version(...after));
/** What changes between two versions of a rule, without the rule. */
const ofRule = (before: Json, after: Json) =>
  between([rule('daily', before)], [rule('daily', after)]).map((text) =>
    text.replace(' of rule `daily` of plan `p`', ''),
  );

const DAILY = 'cron(0 5 ? * * *)';
const gapOf = (id: string) => ({
  TargetLogicallyAirGappedBackupVaultArn: { 'Fn::GetAtt': [id, 'BackupVaultArn'] },
});
const target = (TargetBackupVault: unknown) => ({ TargetBackupVault });
const copies = (...CopyActions: Json[]) => ({ CopyActions });
const far = (Lifecycle?: Json) => ({ DestinationBackupVaultArn: FAR, Lifecycle });
const VAULT = 'the vault (existing recovery points stay where they are)';

test.each<[string, Json, Json, string[]]>([
  [
    'a time zone',
    {},
    { ScheduleExpressionTimezone: 'Europe/Berlin' },
    [
      `rpo weaker: the schedule: ${DAILY} before, ${DAILY} in Europe/Berlin after (${DAILY} -> ${DAILY} in Europe/Berlin)`,
    ],
  ],
  [
    'the default schedule in words',
    { ScheduleExpression: undefined },
    { ScheduleExpression: 'cron(0 5 ? * * *)' },
    [],
  ],
  [
    'a schedule that is not known',
    {},
    { ScheduleExpression: OPEN },
    [`rpo neutral: the schedule: ${DAILY} before, \${Gold.Unknown} after (${DAILY} -> \${Gold.Unknown})`],
  ],
  [
    'a schedule that runs once instead of never',
    { ScheduleExpression: 'cron(0 5 1 1 ? 2029)' },
    { ScheduleExpression: 'cron(0 5 2 1 ? 2027)' },
    [
      'rpo stronger: the schedule: cron(0 5 1 1 ? 2029) before, cron(0 5 2 1 ? 2027) after (cron(0 5 1 1 ? 2029) -> cron(0 5 2 1 ? 2027))',
    ],
  ],
  ['the default start window in words', { StartWindowMinutes: undefined }, { StartWindowMinutes: 480 }, []],
  [
    'a retention that is not known',
    {},
    { Lifecycle: { DeleteAfterDays: OPEN } },
    [
      'retention neutral: the retention: 35 days before, not known before deployment after (35 days -> not known before deployment)',
    ],
  ],
  ['a retention that is forever in words', { Lifecycle: {} }, { Lifecycle: { DeleteAfterDays: -1 } }, []],
  ['no continuous backup in words', {}, { EnableContinuousBackup: false }, []],
  [
    'a vault with a lock in governance mode',
    target({ Ref: 'Gold' }),
    target({ Ref: 'Governed' }),
    [`vault stronger: ${VAULT}: gold before, Governed after (gold -> Governed)`],
  ],
  [
    'a vault with a lock in compliance mode',
    target({ Ref: 'Governed' }),
    target({ Ref: 'Locked' }),
    [`vault stronger: ${VAULT}: Governed before, locked after (Governed -> locked)`],
  ],
  [
    'a vault outside of the app',
    target({ Ref: 'Gold' }),
    target('elsewhere'),
    [`vault neutral: ${VAULT}: gold before, elsewhere after (gold -> elsewhere)`],
  ],
  ['the same vault outside of the app', target('elsewhere'), target('elsewhere'), []],
  [
    'no vault',
    target('elsewhere'),
    target(undefined),
    [`vault neutral: ${VAULT}: elsewhere before, none after (elsewhere -> none)`],
  ],
  [
    'another logically air-gapped vault',
    gapOf('Gap'),
    gapOf('Second'),
    ['vault neutral: the logically air-gapped vault: gap before, second after (gap -> second)'],
  ],
  [
    'no logically air-gapped vault',
    gapOf('Gap'),
    {},
    ['vault weaker: the logically air-gapped vault: gap before, none after (gap -> null)'],
  ],
  [
    'a copy to another vault',
    copies(far({ DeleteAfterDays: 90 })),
    copies({ DestinationBackupVaultArn: { 'Fn::GetAtt': ['Gap', 'BackupVaultArn'] } }),
    [
      'copy weaker: the copy to vault `far`: kept 90 days before, none after (kept 90 days -> null)',
      'copy stronger: the copy to vault `gap`: none before, kept as long as its source after (null -> kept as long as its source)',
    ],
  ],
  [
    'a copy that is kept longer than its source',
    copies(far()),
    copies(far({ DeleteAfterDays: 36 })),
    [
      'copy stronger: the retention of the copy to vault `far`: as long as its source before, 36 days after (as long as its source -> 36 days)',
    ],
  ],
  [
    'a copy that is kept as long as its source in words',
    copies(far()),
    copies(far({ DeleteAfterDays: 35 })),
    [
      'copy neutral: the retention of the copy to vault `far`: as long as its source before, 35 days after (as long as its source -> 35 days)',
    ],
  ],
  [
    'a copy whose retention is not known',
    copies(far({ DeleteAfterDays: 90 })),
    copies(far({ DeleteAfterDays: OPEN })),
    [
      'copy neutral: the retention of the copy to vault `far`: 90 days before, not known before deployment after (90 days -> not known before deployment)',
    ],
  ],
  [
    'its copies in another order',
    copies(far(), { DestinationBackupVaultArn: { 'Fn::GetAtt': ['Gap', 'BackupVaultArn'] } }),
    copies({ DestinationBackupVaultArn: { 'Fn::GetAtt': ['Gap', 'BackupVaultArn'] } }, far()),
    [],
  ],
  [
    'cold storage of a copy',
    copies(far({ DeleteAfterDays: 365 })),
    copies(
      far({ DeleteAfterDays: 365, MoveToColdStorageAfterDays: 1, OptInToArchiveForSupportedResources: true }),
    ),
    [
      'copy neutral: the transition to cold storage of the copy to vault `far`: none before, at 1 day, EBS included after (null -> at 1 day, EBS included)',
    ],
  ],
])('a rule with %s', (_, before, after, expected) => {
  expect(ofRule(before, after)).toEqual(expected);
});

const kept = (name: string, DeleteAfterDays: number, at = 5) =>
  rule(name, { Lifecycle: { DeleteAfterDays }, ScheduleExpression: `cron(0 ${at} ? * * *)` });

test.each<[string, Json[], Json[], string[]]>([
  [
    'that keeps longest gives retention',
    [kept('a', 7), kept('b', 35)],
    [kept('a', 7)],
    ['retention weaker: rule `b` of plan `p` (kept 35 days) is removed (kept 35 days -> null)'],
  ],
  [
    'that keeps as long as another one gives recovery points',
    [kept('a', 35), kept('b', 35, 6)],
    [kept('a', 35)],
    ['rpo weaker: rule `b` of plan `p` (kept 35 days) is removed (kept 35 days -> null)'],
  ],
  [
    'that is the only one gives recovery points',
    [kept('a', 35)],
    [kept('b', 7, 6)],
    [
      'rpo weaker: rule `a` of plan `p` (kept 35 days) is removed (kept 35 days -> null)',
      'rpo stronger: rule `b` of plan `p` (kept 7 days) is new (null -> kept 7 days)',
    ],
  ],
  [
    'without a name is called by its position',
    [kept('a', 35)],
    [kept('a', 35), { ...kept('', 90, 6), RuleName: undefined }],
    ['retention stronger: rule `rule 2` of plan `p` (kept 90 days) is new (null -> kept 90 days)'],
  ],
  ['is the same at another position', [kept('a', 35), kept('b', 7)], [kept('b', 7), kept('a', 35)], []],
  [
    'is the same with another name',
    [kept('a', 35), kept('b', 7)],
    [kept('c', 7), kept('a', 35)],
    ['renamed neutral: rule `b` of plan `p` is renamed to `c` (b -> c)'],
  ],
  [
    'is the same with a name at last',
    [{ ...kept('', 35), RuleName: undefined }],
    [kept('a', 35)],
    ['renamed neutral: rule `rule 1` of plan `p` is renamed to `a` (rule 1 -> a)'],
  ],
  [
    'is the same without a name',
    [{ ...kept('', 35), RuleName: undefined }],
    [{ ...kept('', 35), RuleName: undefined }],
    [],
  ],
])('a rule %s', (_, before, after, expected) => {
  expect(between(before, after)).toEqual(expected);
});

describe('scans', () => {
  const withScans = (types: string[], inRules: boolean) => {
    const of = version(
      rule('daily', inRules ? { ScanActions: [{ MalwareScanner: 'GUARDDUTY', ScanMode: 'FULL_SCAN' }] } : {}),
    );
    const ScannerRoleArn = 'arn:aws:iam::111111111111:role/Scanner';
    Object.assign(of.Plan.Properties.BackupPlan as Json, {
      ScanSettings:
        types.length > 0
          ? [{ MalwareScanner: 'GUARDDUTY', ResourceTypes: types, ScannerRoleArn }]
          : undefined,
    });
    return of;
  };
  test.each<[string, Json, Json, string[]]>([
    [
      'of other types are reported with the plan',
      withScans(['S3'], true),
      withScans(['S3', 'EBS'], true),
      ['settings neutral: the malware scans of plan `p` change (null -> null)'],
    ],
    [
      'that begin in the settings alone are reported with the plan',
      withScans([], false),
      withScans(['S3'], false),
      ['settings stronger: the malware scans of plan `p` change (null -> null)'],
    ],
    [
      'that end everywhere are reported with the rule alone',
      withScans(['S3'], true),
      withScans([], false),
      ['settings weaker: tags, windows, indexes or scans of rule `daily` of plan `p` change (null -> null)'],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(changesBetween(before, after)).toEqual(expected);
  });
});

test('a plan with another logical id is the same plan, and its rules are compared', () => {
  const { Plan, Selection, ...vaults } = version(kept('a', 35));
  const { Plan: next } = version(kept('a', 7));
  expect(
    changesBetween(
      { ...vaults, Plan, Selection },
      { ...vaults, Next: next, Selection: selection({ Resources: ['*'] }, { Ref: 'Next' }) },
    ),
  ).toEqual([
    'retention weaker: the retention of rule `a` of plan `p`: 35 days before, 7 days after (35 days -> 7 days)',
  ]);
});
