import { awsMappingOf } from '../../../src/values/standards/aws-mapping';
import { CONFIG_RULE_TYPES, configRulesOf } from '../../../src/values/standards/config-rules';
import { RequirementKey as Key } from '../../../src/values/standards/requirement-key';
import { controlsOf, reportsOf } from '../../../src/values/standards/standard-controls';
import type { StandardDemands } from '../../../src/values/standards/standard-demands';
import type { StandardRequirement } from '../../../src/values/standards/standard-requirement';
import { ImmutabilityLevel } from '../../../src/values/standards/standard-thresholds';

const demands = (keys: readonly Key[], numbers: StandardDemands['numbers'] = {}): StandardDemands => ({
  keys: new Set(keys),
  numbers,
  atLeast: [],
  atMost: [],
  erasable: [],
  immutability: ImmutabilityLevel.DENIAL,
});

const FREQUENCY = 'BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK';
const AGE = 'BACKUP_LAST_RECOVERY_POINT_CREATED';
const KEPT = 'BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK';
const DELETION = 'BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED';
const PROTECTED = 'BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN';
const LOCKED = 'BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK';

describe('the controls that evaluate what standards ask', () => {
  test.each<[Key, object]>([
    [Key.SCOPE, { [PROTECTED]: {} }],
    [
      Key.FREQ,
      {
        [FREQUENCY]: { requiredFrequencyUnit: 'days', requiredFrequencyValue: 31, requiredRetentionDays: 1 },
      },
    ],
    [
      Key.RETMIN,
      {
        [FREQUENCY]: { requiredFrequencyUnit: 'days', requiredFrequencyValue: 31, requiredRetentionDays: 1 },
      },
    ],
    [Key.IMM, { [DELETION]: {} }],
    [Key.ACC, { [DELETION]: {} }],
    [Key.ENC, { BACKUP_RECOVERY_POINT_ENCRYPTED: {} }],
    [Key.XACC, { BACKUP_RESOURCES_PROTECTED_BY_CROSS_ACCOUNT: {} }],
    [Key.XREG, { BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION: {} }],
    [
      Key.ISO,
      {
        RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT: { recoveryPointAgeUnit: 'days', recoveryPointAgeValue: 7 },
      },
    ],
    [Key.DOC, {}],
  ])('of %s are %j', (key, controls) => {
    expect(
      Object.fromEntries(controlsOf(demands([key])).map(({ name, parameters }) => [name, parameters])),
    ).toEqual(controls);
  });

  const intervalOf = (maxBackupIntervalHours: number) =>
    controlsOf(demands([Key.FREQ], { maxBackupIntervalHours })).map(({ parameters }) => parameters);
  test.each<[number, 'hours' | 'days', number, number]>([
    [1, 'hours', 1, 25],
    [23, 'hours', 23, 47],
    [24, 'days', 1, 48],
    [47, 'days', 1, 71],
    [48, 'days', 2, 72],
    [720, 'days', 30, 744],
    [721, 'days', 30, 744],
    [8_784, 'days', 31, 744],
  ])(
    'for backups every %d hours, the frequency in %s is %d, and the age of the last recovery point %d hours',
    (hours, requiredFrequencyUnit, requiredFrequencyValue, recoveryPointAgeValue) => {
      expect(intervalOf(hours)).toEqual([
        { requiredFrequencyUnit, requiredFrequencyValue, requiredRetentionDays: 1 },
        { recoveryPointAgeUnit: 'hours', recoveryPointAgeValue },
      ]);
    },
  );

  test('have the numbers of retentions and restores', () => {
    const numbers = { minRetentionDays: 35, maxRestoreTimeMinutes: 60 };
    expect(controlsOf(demands([Key.RETMIN, Key.RTO], numbers))).toEqual([
      {
        name: FREQUENCY,
        parameters: {
          requiredFrequencyUnit: 'days',
          requiredFrequencyValue: 31,
          requiredRetentionDays: 35,
        },
      },
      { name: KEPT, parameters: { requiredRetentionDays: 35 } },
      { name: 'RESTORE_TIME_FOR_RESOURCES_MEET_TARGET', parameters: { maxRestoreTime: 60 } },
    ]);
  });

  test('evaluate locks where a lock is demanded, and deletion where it must be limited besides', () => {
    const names = (...keys: Key[]) =>
      controlsOf({ ...demands(keys), immutability: ImmutabilityLevel.GOVERNANCE }).map(({ name }) => name);
    expect(names(Key.IMM)).toEqual([LOCKED]);
    expect(names(Key.IMM, Key.ACC)).toEqual([LOCKED, DELETION]);
    expect(names(Key.ACC)).toEqual([DELETION]);
    expect(names(Key.SCOPE)).toEqual([PROTECTED]);
  });
});

test.each<[readonly Key[], boolean, readonly string[]]>([
  [[], false, []],
  [[Key.XACC], false, ['COPY_JOB_REPORT']],
  [[Key.XREG], false, ['COPY_JOB_REPORT']],
  [[Key.ISO], false, ['COPY_JOB_REPORT']],
  [[Key.TEST], false, ['RESTORE_JOB_REPORT']],
  [[Key.RTO], false, ['RESTORE_JOB_REPORT']],
  [[Key.SCAN], false, ['SCAN_JOB_REPORT']],
  [[Key.DOC], true, ['CONTROL_COMPLIANCE_REPORT', 'RESOURCE_COMPLIANCE_REPORT']],
  [
    [Key.SCAN, Key.RTO, Key.ISO],
    true,
    [
      'COPY_JOB_REPORT',
      'RESTORE_JOB_REPORT',
      'SCAN_JOB_REPORT',
      'CONTROL_COMPLIANCE_REPORT',
      'RESOURCE_COMPLIANCE_REPORT',
    ],
  ],
])('the reports on %j, with frameworks %s, are that on backup jobs and %j', (keys, withFrameworks, more) => {
  expect(reportsOf(demands(keys), withFrameworks)).toEqual(['BACKUP_JOB_REPORT', ...more]);
});

describe('the rules of AWS Config that evaluate the same', () => {
  const rules = (types: readonly string[], ...controls: readonly (readonly [string, object?])[]) =>
    configRulesOf(
      controls.map(([name, parameters = {}]) => ({ name, parameters: parameters as Record<string, string> })),
      types,
    ).map(({ identifier, parameters }) => [identifier, parameters]);

  test.each([FREQUENCY, 'BACKUP_RECOVERY_POINT_ENCRYPTED', DELETION, KEPT])(
    'have the name of the control %s, and its parameters as text',
    (name) => {
      expect(rules([], [name, { requiredRetentionDays: 35, unit: 'days' }])).toEqual([
        [name, { requiredRetentionDays: '35', unit: 'days' }],
      ]);
    },
  );

  test('are one for each type that AWS Config has one for', () => {
    const [all] = [CONFIG_RULE_TYPES];
    expect(rules(all, [PROTECTED]).map(([identifier]) => identifier)).toEqual(
      ['AURORA', 'DYNAMODB', 'EBS', 'EC2', 'EFS', 'FSX', 'RDS', 'S3', 'VIRTUALMACHINE'].map(
        (type) => `${type}_RESOURCES_PROTECTED_BY_BACKUP_PLAN`,
      ),
    );
    expect(rules(all, [AGE]).map(([identifier]) => identifier)).toEqual(
      ['AURORA', 'DYNAMODB', 'EC2', 'EFS', 'FSX', 'RDS', 'S3', 'STORAGEGATEWAY', 'VIRTUALMACHINE'].map(
        (type) => `${type}_LAST_BACKUP_RECOVERY_POINT_CREATED`,
      ),
    );
    expect(rules(['S3', 'Neptune'], [AGE, { recoveryPointAgeValue: 48 }])).toEqual([
      ['S3_LAST_BACKUP_RECOVERY_POINT_CREATED', { recoveryPointAgeValue: '48' }],
    ]);
  });

  test('check locks with a parameter of the rule for plans', () => {
    expect(rules(['S3'], [PROTECTED], [AGE], [LOCKED])).toEqual([
      ['S3_RESOURCES_PROTECTED_BY_BACKUP_PLAN', { backupVaultLockCheck: 'True' }],
      ['S3_LAST_BACKUP_RECOVERY_POINT_CREATED', {}],
    ]);
    expect(rules(['S3'], [PROTECTED])).toEqual([['S3_RESOURCES_PROTECTED_BY_BACKUP_PLAN', {}]]);
  });

  test('leave out controls without a rule', () => {
    expect(rules(['S3'], [LOCKED], ['RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT'])).toEqual([]);
  });
});

describe("AWS's own mapping of a clause", () => {
  const PACK = {
    rules: [
      'EBS_IN_BACKUP_PLAN',
      'EC2_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
      'BACKUP_RECOVERY_POINT_ENCRYPTED',
    ],
  };
  const mapping = (key: Key, clause: Partial<StandardRequirement> = {}, pack: object | undefined = PACK) =>
    awsMappingOf({ pack } as never, clause as StandardRequirement, key);

  test('has the rules of its pack for the key, of older packs too', () => {
    expect(mapping(Key.SCOPE)).toEqual(['EBS_IN_BACKUP_PLAN', 'EC2_RESOURCES_PROTECTED_BY_BACKUP_PLAN']);
    expect(mapping(Key.ENC)).toEqual(['BACKUP_RECOVERY_POINT_ENCRYPTED']);
  });

  test('has no rules for plans where the key asks for copies or locks', () => {
    expect([Key.RETMAX, Key.IMM, Key.XACC, Key.DOC].flatMap((key) => mapping(key))).toEqual([]);
  });

  test('begins with the controls of Security Hub, and has each rule once', () => {
    expect(
      mapping(Key.ENC, {
        securityHubControls: ['Backup.1'],
        configRules: ['BACKUP_RECOVERY_POINT_ENCRYPTED', 'S3_SOMETHING_ELSE'],
      }),
    ).toEqual(['Security Hub Backup.1', 'BACKUP_RECOVERY_POINT_ENCRYPTED']);
  });

  test('is empty without a pack', () => {
    expect(awsMappingOf({}, {} as StandardRequirement, Key.SCOPE)).toEqual([]);
  });
});
