import { inventoryOf } from '../../../src/inventory/inventory';
import {
  backupReady,
  inventoryOfStacks,
  plan,
  resource,
  rule,
  selection,
  stack,
  tags,
} from '../../support/backups';
import { inventoryOfResources, source } from '../../support/templates';
import { forecast } from '../support/forecast-template';

const YEAR = ['2027-01-01', '2028-01-01'] as const;

/** An app with one resource that the plan selects, in vault `gold`. */
function app(rules: readonly object[], type = 'DynamoDB::Table', more: object = {}) {
  return inventoryOfResources({
    Vault: resource('Backup::BackupVault', { BackupVaultName: 'gold' }),
    Plan: plan('gold', ...(rules as Record<string, unknown>[])),
    Selection: selection({ Resources: ['*'] }),
    Thing: backupReady(type, type === 'RDS::DBCluster' ? { Engine: 'aurora-mysql' } : {}),
    ...more,
  });
}

const arn = (name: string, place = 'eu-west-1:111111111111') =>
  `arn:aws:backup:${place}:backup-vault:${name}`;
const copyTo = (name: string, days?: number) => ({
  DestinationBackupVaultArn: arn(name),
  ...(days !== undefined && { Lifecycle: { DeleteAfterDays: days } }),
});

test("AWS's example: of an hourly and a 12-hourly rule with a start window of 8 hours, 8 and 2 backups a day remain", () => {
  const { rules, resources } = forecast(
    app([
      rule('hourly', { ScheduleExpression: 'cron(0 * ? * * *)', Lifecycle: { DeleteAfterDays: 1 } }),
      rule('twice', {
        ScheduleExpression: 'cron(0 0/12 ? * * *)',
        StartWindowMinutes: 480,
        CompletionWindowMinutes: 600,
        Lifecycle: { DeleteAfterDays: 7 },
      }),
    ]),
    '2027-03-01',
    '2027-03-02',
  );
  expect(rules).toMatchObject([
    { rule: 'hourly', runs: 8, skipped: 16 },
    { rule: 'twice', runs: 2, skipped: 0, longestGapMinutes: 720 },
  ]);
  expect(resources[0].recoveryPoints).toMatchObject({ created: 10, alive: 10 });
});

test('a daily rule kept 35 days has 35 points at the end of a year, and a gap of a day', () => {
  const { resources, timeline } = forecast(app([rule()]), ...YEAR);
  expect(resources[0]).toMatchObject({
    rpoMinutes: 1440,
    worstCaseMinutes: 1500,
    recoveryPoints: { created: 365, alive: 35, warm: 35, cold: 0, expired: 330 },
    oldestAlive: Date.parse('2027-11-27T05:00Z'),
    newestAlive: Date.parse('2027-12-31T05:00Z'),
  });
  expect(resources[0].continuousRpoMinutes).toBeUndefined();
  expect(timeline).toHaveLength(13);
  expect(timeline[1]).toEqual({ at: Date.parse('2027-02-01'), alive: 31, warm: 31, cold: 0 });
});

test('the first instant of the period counts, the last one does not', () => {
  const { resources } = forecast(app([rule()]), '2027-01-01T05:00Z', '2027-01-03T05:00Z');
  expect(resources[0].recoveryPoints).toMatchObject({ created: 2, alive: 2 });
  expect(forecast(app([rule()]), '2027-01-01T05:00Z', '2027-01-01T05:01Z').resources[0]).toMatchObject({
    recoveryPoints: { created: 1 },
    rpoMinutes: undefined,
  });
});

test('a point expires to the minute, whole days after its creation', () => {
  const daily = app([
    rule('daily', { Lifecycle: { DeleteAfterDays: 1 }, ScheduleExpression: 'cron(0 5 1 1 ? 2027)' }),
  ]);
  const alive = (to: string) => forecast(daily, '2027-01-01', to).resources[0].recoveryPoints.alive;
  expect([alive('2027-01-02T04:59Z'), alive('2027-01-02T05:00Z')]).toEqual([1, 0]);
});

test('points move to cold storage where their type has it, and stay warm where it has not', () => {
  const cold = { Lifecycle: { DeleteAfterDays: 100, MoveToColdStorageAfterDays: 10 } };
  const at = (type: string) =>
    forecast(app([rule('daily', cold)], type), ...YEAR).resources[0].recoveryPoints;
  expect(at('DynamoDB::Table')).toMatchObject({ alive: 100, warm: 10, cold: 90 });
  expect(at('S3::Bucket')).toMatchObject({ alive: 100, warm: 100, cold: 0 });
});

test('EBS archives only monthly rules that opt in', () => {
  const life = { DeleteAfterDays: 365, MoveToColdStorageAfterDays: 10 };
  const archive = { ...life, OptInToArchiveForSupportedResources: true };
  const monthly = 'cron(0 5 1 * ? *)';
  const cold = (ScheduleExpression: string, Lifecycle: object) =>
    forecast(app([rule('some', { ScheduleExpression, Lifecycle })], 'EC2::Volume'), ...YEAR).resources[0]
      .recoveryPoints.cold;
  expect(cold(monthly, archive)).toBe(12);
  expect(cold(monthly, life)).toBe(0);
  expect(cold('cron(0 5 ? * 1 *)', archive)).toBe(0);
});

describe('a continuous rule', () => {
  const continuous = rule('pitr', { EnableContinuousBackup: true });

  test.each([
    ['S3::Bucket', 15],
    ['RDS::DBCluster', 5],
  ])('makes one point of %s, with a moving window', (type, minutes) => {
    const [one] = forecast(app([continuous], type), ...YEAR).resources;
    expect(one).toMatchObject({
      rpoMinutes: undefined,
      continuousRpoMinutes: minutes,
      recoveryPoints: { created: 1, alive: 1, warm: 1, cold: 0, expired: 0 },
      oldestAlive: Date.parse('2027-11-27'),
      newestAlive: Date.parse('2028-01-01') - minutes * 60_000,
    });
  });

  test('makes snapshots by its schedule of other types', () => {
    expect(forecast(app([continuous]), ...YEAR).resources[0]).toMatchObject({
      continuousRpoMinutes: undefined,
      recoveryPoints: { created: 365, alive: 35 },
    });
  });

  test('of two in one vault, the one with the longer retention wins', () => {
    const short = rule('short', { EnableContinuousBackup: true, Lifecycle: { DeleteAfterDays: 7 } });
    const [one] = forecast(app([short, continuous], 'S3::Bucket'), ...YEAR).resources;
    expect(one.recoveryPoints.created).toBe(1);
    expect(one.oldestAlive).toBe(Date.parse('2027-11-27'));
    expect(one.points.reasons).toEqual([]);
    expect(forecast(app([continuous, short], 'S3::Bucket'), ...YEAR).resources[0].points.reasons).toEqual([
      'rule `short` of plan `gold`: another rule already makes the continuous backup',
    ]);
  });

  test('has copies at the times of its schedule, which are snapshots', () => {
    const copied = rule('pitr', { EnableContinuousBackup: true, CopyActions: [copyTo('far', 90)] });
    expect(forecast(app([copied], 'S3::Bucket'), ...YEAR).resources[0]).toMatchObject({
      recoveryPoints: { created: 1 },
      copies: { created: 365, alive: 90 },
    });
  });
});

describe('a copy', () => {
  const of = (Lifecycle: object | undefined, type?: string) =>
    forecast(
      app(
        [
          rule('daily', {
            CopyActions: [{ DestinationBackupVaultArn: arn('far'), ...(Lifecycle && { Lifecycle }) }],
          }),
        ],
        type,
      ),
      ...YEAR,
    );

  test.each([
    ['with a retention of its own has that', { DeleteAfterDays: 90 }, 90],
    ['without a lifecycle follows its source', undefined, 35],
    ['that is always kept expires with its source', { DeleteAfterDays: -1 }, 35],
  ])('%s', (_, life, alive) => {
    const { resources, vaults } = of(life);
    expect(resources[0].copies).toMatchObject({ created: 365, alive });
    expect(
      vaults.map(({ vault, recoveryPoints }) => [vault.name, vault.region, recoveryPoints.alive]),
    ).toEqual([
      ['gold', 'us-east-1', 35],
      ['far', 'eu-west-1', alive],
    ]);
  });

  test('is not made of types that AWS Backup does not copy', () => {
    const [one] = of({ DeleteAfterDays: 90 }, 'Redshift::Cluster').resources;
    expect(one.copies.created).toBe(0);
    expect(one.points.reasons).toEqual([
      "rule `daily` of plan `gold`: AWS Backup doesn't copy backups of Redshift",
    ]);
  });

  test('of a losing rule is not made either', () => {
    const { resources } = forecast(
      app([
        rule('daily', { CopyActions: [copyTo('far', 90)] }),
        rule('weekly', { ScheduleExpression: 'cron(0 5 ? * SUN *)', Lifecycle: { DeleteAfterDays: 90 } }),
      ]),
      '2027-01-04',
      '2027-01-18',
    );
    expect(resources[0]).toMatchObject({ recoveryPoints: { created: 14 }, copies: { created: 12 } });
  });

  /** The copies that a state machine makes in a far Region, with the types that an event rule passes on. */
  function copiedOnward(detail?: object): unknown[] {
    const rule_ = {
      Rule: resource('Events::Rule', {
        EventPattern: { source: ['aws.backup'], detail },
        Targets: [{ Id: 'Copy', Arn: { Ref: 'Machine' } }],
      }),
    };
    const inventory = inventoryOfStacks(
      stack('App', {
        Plan: plan('gold', rule('daily', { CopyActions: [copyTo('middle')] })),
        Selection: selection({ Resources: ['*'] }),
        Table: resource('DynamoDB::Table'),
      }),
      stack(
        'Far',
        {
          Middle: resource('Backup::BackupVault', { BackupVaultName: 'middle' }),
          Machine: resource('StepFunctions::StateMachine', {
            DefinitionString: JSON.stringify({
              StartAt: 'Copy',
              States: {
                Copy: {
                  Type: 'Task',
                  Resource: 'arn:aws:states:::aws-sdk:backup:startCopyJob',
                  Parameters: {
                    SourceBackupVaultName: 'middle',
                    DestinationBackupVaultArn: arn('last', 'eu-west-1:222222222222'),
                    Lifecycle: { DeleteAfterDays: 365 },
                  },
                  End: true,
                },
              },
            }),
          }),
          ...(detail && rule_),
        },
        { region: 'eu-west-1' },
      ),
    );
    const { vaults } = forecast(inventory, ...YEAR);
    return vaults.map(({ vault, recoveryPoints }) => [vault.name, vault.account, recoveryPoints.alive]);
  }

  const ALL = [
    ['middle', '111111111111', 35],
    ['gold', '111111111111', 35],
    ['last', '222222222222', 365],
  ];

  test('of a copy is made by a state machine that copies what arrives in the vault', () => {
    expect(copiedOnward()).toEqual(ALL);
  });

  test.each<[string, object, boolean]>([
    ['of every type', { backupVaultName: ['middle'] }, true],
    ['of the type of the resource', { resourceType: ['S3', 'DynamoDB'] }, true],
    ['of other types', { resourceType: ['S3', 'EFS'] }, false],
    ['of types that a pattern describes', { resourceType: [{ prefix: 'S' }] }, true],
  ])('of a copy follows the event rule of the state machine: %s', (_, detail, isCopied) => {
    expect(copiedOnward(detail)).toEqual(isCopied ? ALL : ALL.slice(0, 2));
  });
});

describe('a vault with a lock', () => {
  const locked = (min: number | undefined, max: number | undefined, rules: object[]) =>
    forecast(
      app(rules, undefined, {
        Vault: resource('Backup::BackupVault', {
          BackupVaultName: 'gold',
          LockConfiguration: { MinRetentionDays: min, MaxRetentionDays: max },
        }),
      }),
      ...YEAR,
    ).resources[0];

  test.each([
    ['below its minimum', 36, undefined],
    ['above its maximum', 1, 34],
  ])('gets no points with a retention %s, with the reason', (_, min, max) => {
    const one = locked(min, max, [rule()]);
    expect(one.recoveryPoints.created).toBe(0);
    expect(one.points.reasons).toEqual(['rule `daily` of plan `gold`: every job fails (Backup-LockRange)']);
  });

  test('gets points that are kept forever, with a doubt if it has a maximum', () => {
    const forever = [rule('daily', { Lifecycle: {} })];
    const [limited, unlimited] = [locked(1, 36_500, forever), locked(1, undefined, forever)];
    expect([limited.recoveryPoints.alive, unlimited.recoveryPoints.alive]).toEqual([365, 365]);
    expect([limited.points.reasons, unlimited.points.reasons]).toEqual([
      [
        'rule `daily` of plan `gold`: the lock of vault `gold` has a maximum retention of 36500 days, and the retention is forever, so jobs may fail',
      ],
      [],
    ]);
  });

  test('accepts its minimum and its maximum', () => {
    expect(locked(35, 35, [rule()]).recoveryPoints.created).toBe(365);
  });
});

describe('a legal hold', () => {
  const held = (selectionOf: object, rules = [rule()], type?: string) =>
    forecast(
      app(rules, type, {
        Hold: resource('Backup::LegalHold', {
          Title: 'a',
          Description: 'b',
          RecoveryPointSelection: selectionOf,
        }),
      }),
      ...YEAR,
    ).resources[0];

  test('keeps what it names from expiring', () => {
    expect(held({ VaultNames: ['gold'] }).recoveryPoints).toMatchObject({ alive: 365, expired: 0 });
  });

  test('with dates keeps what is created between them', () => {
    const DateRange = { FromDate: '2027-01-10T00:00:00Z', ToDate: '2027-01-20T00:00:00Z' };
    const one = held({ VaultNames: ['gold'], DateRange });
    expect(one).toMatchObject({
      recoveryPoints: { alive: 45 },
      oldestAlive: Date.parse('2027-01-10T05:00Z'),
    });
  });

  test('on a resource does not extend to its copies', () => {
    const one = held({ ResourceIdentifiers: [{ 'Fn::GetAtt': ['Thing', 'Arn'] }] }, [
      rule('daily', {
        CopyActions: [{ DestinationBackupVaultArn: arn('beside', 'us-east-1:111111111111') }],
      }),
    ]);
    expect(one).toMatchObject({ recoveryPoints: { alive: 365 }, copies: { alive: 35 } });
  });

  test('does not hold continuous backups', () => {
    const one = held(
      { VaultNames: ['gold'] },
      [rule('pitr', { EnableContinuousBackup: true })],
      'S3::Bucket',
    );
    expect(one).toMatchObject({ recoveryPoints: { alive: 1 }, oldestAlive: Date.parse('2027-11-27') });
  });
});

describe('a logically air-gapped vault as primary target', () => {
  const primary = (type: string) =>
    forecast(
      app(
        [
          rule('daily', {
            TargetLogicallyAirGappedBackupVaultArn: { 'Fn::GetAtt': ['Gap', 'BackupVaultArn'] },
          }),
        ],
        type,
        {
          Gap: resource('Backup::LogicallyAirGappedBackupVault', {
            BackupVaultName: 'gap',
            MinRetentionDays: 7,
            MaxRetentionDays: 90,
          }),
        },
      ),
      ...YEAR,
    ).vaults.map(({ vault, recoveryPoints, temporary }) => [vault.name, recoveryPoints.alive, temporary]);

  test.each([
    ['straight from fully managed types', 'EFS::FileSystem', 0, 35, 0],
    ['through temporary points in the standard vault from other types', 'EC2::Volume', 0, 35, 365],
    ['not from types that it does not support', 'RDS::DBInstance', 35, 0, 0],
  ])('gets points %s', (_, type, standard, gap, temporary) => {
    expect(primary(type)).toEqual([
      ['gold', standard, temporary],
      ['gap', gap, 0],
    ]);
  });
});

test('runs follow the time zone of the rule across clock changes, and leap days exist', () => {
  const zoned = app([
    rule('daily', { ScheduleExpressionTimezone: 'Europe/Berlin', ScheduleExpression: 'cron(30 2 ? * * *)' }),
  ]);
  // on 2027-03-28, 02:30 does not exist in Berlin
  expect(forecast(zoned, '2027-03-27', '2027-03-30').rules[0]).toMatchObject({
    runs: 2,
    longestGapMinutes: 2 * 1440 - 60,
  });
  expect(
    forecast(app([rule('leap', { ScheduleExpression: 'cron(0 5 29 2 ? *)' })]), '2027-01-01', '2033-01-01')
      .rules[0].runs,
  ).toBe(2);
});

test('what no plan protects, and what is opted out, has no points', () => {
  const { resources } = forecast(
    inventoryOfResources({
      Alone: resource('DynamoDB::Table'),
      Out: resource('DynamoDB::Table', { Tags: tags({ 'backup:opt-out-reason': 'rebuilt' }) }),
    }),
    ...YEAR,
  );
  for (const one of resources)
    expect(one).toMatchObject({
      rpoMinutes: undefined,
      recoveryPoints: { created: 0 },
      copies: { created: 0 },
    });
});

test('what is known only at deployment makes no points, with the reason', () => {
  const unknown = (property: string) =>
    forecast(
      inventoryOf([
        source({
          Parameters: { Days: { Type: 'Number' }, Text: { Type: 'String' } },
          Resources: {
            Plan: plan(
              'gold',
              rule('daily', {
                [property]: property === 'Lifecycle' ? { DeleteAfterDays: { Ref: 'Days' } } : { Ref: 'Text' },
              }),
            ),
            Selection: selection({ Resources: ['*'] }),
            Thing: resource('DynamoDB::Table'),
          },
        }),
      ]),
      ...YEAR,
    ).resources[0].points.reasons;
  expect(unknown('Lifecycle')).toEqual([
    "rule `daily` of plan `gold`: the retention isn't known before deployment",
  ]);
  expect(unknown('ScheduleExpression')[0]).toMatch(
    "rule `daily` of plan `gold`: the schedule isn't known before deployment",
  );
});

describe('a choice of `Fn::If` whose condition is not known', () => {
  const chosen = (properties: object, body: object = { Resources: ['*'] }) => {
    const [{ points, recoveryPoints, rpoMinutes }] = forecast(
      inventoryOf([
        source({
          Parameters: { Stage: { Type: 'String' } },
          Conditions: { Prod: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
          Resources: {
            Plan: plan('gold', rule('daily', properties as Record<string, unknown>)),
            Selection: selection(body as Record<string, unknown>),
            Thing: resource('DynamoDB::Table'),
          },
        }),
      ]),
      ...YEAR,
    ).resources;
    return { created: recoveryPoints.created, rpoMinutes, reasons: points.reasons };
  };
  const choiceOf = (yes: unknown, no: unknown) => ({ 'Fn::If': ['Prod', yes, no] });

  test.each<[string, object, string]>([
    ['of retentions', { Lifecycle: { DeleteAfterDays: choiceOf(35, 7) } }, 'retention'],
    [
      'of schedules',
      { ScheduleExpression: choiceOf('cron(0 5 ? * * *)', 'cron(0 5 ? * SUN *)') },
      'schedule',
    ],
  ])('%s makes no points, with the reason', (_, properties, what) => {
    const { created, rpoMinutes, reasons } = chosen(properties);
    expect({ created, rpoMinutes }).toEqual({ created: 0, rpoMinutes: undefined });
    expect(reasons).toEqual([
      expect.stringMatching(`^rule \`daily\` of plan \`gold\`: the ${what} isn't known before deployment`),
    ]);
  });

  test('of selections makes no points, with the reason', () => {
    const { created, reasons } = chosen({}, { Resources: choiceOf(['*'], ['arn:aws:s3:::other']) });
    expect(created).toBe(0);
    expect(reasons).toEqual(["whether plan `gold` selects it isn't known before deployment"]);
  });
});

test.each([
  ['in the period', 2029, 'its schedule has no run in the period'],
  ['any more', 2020, 'every job fails (Backup-ScheduleNeverRuns)'],
])('a schedule that does not run %s is reported', (_, year, reason) => {
  const once = app([rule('once', { ScheduleExpression: `cron(0 5 1 1 ? ${year})` })]);
  expect(forecast(once, ...YEAR).resources[0].points.reasons).toEqual([
    `rule \`once\` of plan \`gold\`: ${reason}`,
  ]);
});

test('plans that AWS Organizations creates from a policy of the account are forecast too', () => {
  const set = (value: unknown) => ({ '@@assign': value });
  const Content = {
    plans: {
      org: {
        regions: set(['us-east-1']),
        rules: {
          nightly: {
            schedule_expression: set('cron(0 1 ? * * *)'),
            target_backup_vault_name: set('central'),
            lifecycle: { delete_after_days: set('10') },
          },
        },
        selections: {
          tags: {
            all: {
              iam_role_arn: set('arn:aws:iam::$account:role/Backup'),
              tag_key: set('backup'),
              tag_value: set(['yes']),
            },
          },
        },
      },
    },
  };
  const { rules, resources } = forecast(
    inventoryOfResources({
      Policy: resource('Organizations::Policy', {
        Name: 'p',
        Type: 'BACKUP_POLICY',
        Content,
        TargetIds: ['111111111111'],
      }),
      Table: resource('DynamoDB::Table', { Tags: tags({ backup: 'yes' }) }),
    }),
    ...YEAR,
  );
  expect(rules).toMatchObject([{ planName: 'org', rule: 'nightly', runs: 365 }]);
  expect(resources[0].recoveryPoints).toMatchObject({ created: 365, alive: 10 });
});
