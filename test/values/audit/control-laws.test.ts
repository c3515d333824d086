import * as fc from 'fast-check';
import { CONTROL_FACTS } from '../../../src/values/audit/control-facts';
import { controlNameProblems, controlParameterProblems } from '../../../src/values/audit/control-laws';
import { type Problem, sentence } from '../../../src/values/core/problem';
import { anything, STRING_TOKENS } from '../../support/anything';
import { inNames } from '../../support/in-names';

const told = (problems: Problem[]) => problems.map((p) => `${p.severity} ${p.id} ${sentence(p)}`);
const judge = (name: string, parameters: Record<string, unknown>) =>
  told(controlParameterProblems(name, parameters));

describe('the facts of controls', () => {
  test('are those of the eleven controls of the guide', () => {
    expect(Object.keys(CONTROL_FACTS)).toEqual([
      'BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
      'BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK',
      'BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED',
      'BACKUP_RECOVERY_POINT_ENCRYPTED',
      'BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK',
      'BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION',
      'BACKUP_RESOURCES_PROTECTED_BY_CROSS_ACCOUNT',
      'BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK',
      'BACKUP_LAST_RECOVERY_POINT_CREATED',
      'RESTORE_TIME_FOR_RESOURCES_MEET_TARGET',
      'RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT',
    ]);
  });

  test.each(Object.entries(CONTROL_FACTS))('%s has a source and a date', (_name, facts) => {
    expect(facts.source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/(aws-backup|config)\/.+\.html$/);
    expect(facts.asOf).toMatch(/^20\d\d-\d\d-\d\d$/);
  });
});

describe('the name of a control', () => {
  test.each(Object.keys(CONTROL_FACTS))('%s is known', (name) => {
    expect(controlNameProblems(name)).toEqual([]);
  });

  test.each<[string, unknown, string[]]>([
    [
      'an empty name',
      '',
      [
        'error Backup-ControlName `name` must be the name of a control, 1 to 256 characters, got an empty string; for example, use `BACKUP_RECOVERY_POINT_ENCRYPTED`',
      ],
    ],
    [
      'a number',
      7,
      [
        'error Backup-ControlName `name` must be the name of a control, 1 to 256 characters, got 7; for example, use `BACKUP_RECOVERY_POINT_ENCRYPTED`',
      ],
    ],
    [
      'too many characters',
      'X'.repeat(257),
      [
        'error Backup-ControlName `name` must be the name of a control, 1 to 256 characters, got 257 characters; for example, use `BACKUP_RECOVERY_POINT_ENCRYPTED`',
      ],
    ],
    [
      'a control that AWS added later, with the longest name',
      'X'.repeat(256),
      [
        `warning Backup-UnknownControl \`name\` is \`${'X'.repeat(160)}…\`, which is not one of the 11 known controls; acknowledge this warning if AWS supports it`,
      ],
    ],
    [
      'a control that AWS added later',
      'BACKUP_SCANNED_FOR_MALWARE',
      [
        'warning Backup-UnknownControl `name` is `BACKUP_SCANNED_FOR_MALWARE`, which is not one of the 11 known controls; acknowledge this warning if AWS supports it',
      ],
    ],
    [
      'a prefix too much',
      'BACKUP_RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT',
      [
        'warning Backup-UnknownControl `name` is `BACKUP_RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT`, which is not one of the 11 known controls; use `RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT`',
      ],
    ],
  ])('%s is reported', (_title, name, messages) => {
    expect(told(controlNameProblems(name))).toEqual(messages);
  });
});

const FREQUENCY = 'BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK';
const AGE = 'BACKUP_LAST_RECOVERY_POINT_CREATED';
const AIR_GAPPED = 'RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT';
const LOCK = 'BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK';
const REGION = 'BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION';
const ACCOUNT = 'BACKUP_RESOURCES_PROTECTED_BY_CROSS_ACCOUNT';
const DELETION = 'BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED';
const RESTORE = 'RESTORE_TIME_FOR_RESOURCES_MEET_TARGET';
const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;

describe('parameters that AWS accepts', () => {
  test.each<[string, Record<string, unknown>]>([
    [FREQUENCY, {}],
    [
      FREQUENCY,
      { requiredFrequencyValue: '24', requiredFrequencyUnit: 'hours', requiredRetentionDays: '35' },
    ],
    [FREQUENCY, { requiredFrequencyValue: 31, requiredFrequencyUnit: 'days', requiredRetentionDays: 36_500 }],
    [AGE, { recoveryPointAgeValue: '744', recoveryPointAgeUnit: 'hours' }],
    [AGE, { recoveryPointAgeValue: '31', recoveryPointAgeUnit: 'days' }],
    [AIR_GAPPED, { recoveryPointAgeValue: '2184', recoveryPointAgeUnit: 'hours' }],
    [AIR_GAPPED, { recoveryPointAgeValue: '168', recoveryPointAgeUnit: 'hours' }],
    [AIR_GAPPED, { recoveryPointAgeValue: '91', recoveryPointAgeUnit: 'days' }],
    [LOCK, {}],
    [LOCK, { minRetentionDays: '7', maxRetentionDays: '7' }],
    [REGION, { crossRegionList: 'us-east-1,ap-northeast-2, us-gov-west-1' }],
    [REGION, { crossRegionList: ['eusc-de-east-10'] }],
    [ACCOUNT, { crossAccountList: '111122223333,222233334444' }],
    [DELETION, { principalArnList: `${role('a/b/C')}, ${role('D')}` }],
    [RESTORE, { maxRestoreTime: '720' }],
    ['A_CONTROL_THAT_AWS_ADDED', { anything: 'goes' }],
  ])('%s %j', (name, parameters) => {
    expect(judge(name, parameters)).toEqual([]);
  });

  test.each(STRING_TOKENS)('%s is not checked', (_form, token) => {
    for (const [name, { parameters }] of Object.entries(CONTROL_FACTS))
      for (const [parameter, law] of Object.entries(parameters)) {
        const unit = law.kind === 'age' ? { [law.unitParameter]: token } : {};
        expect(judge(name, { ...unit, [parameter]: token })).toEqual([]);
      }
  });
});

describe('parameters that AWS rejects', () => {
  test.each<[string, string, Record<string, unknown>, string[]]>([
    [
      'no frequency',
      FREQUENCY,
      { requiredFrequencyValue: '0', requiredFrequencyUnit: 'days' },
      ['`requiredFrequencyValue` must be 1 to 24 hours, or 1 to 31 days, got 0 days; use 1 day or more'],
    ],
    [
      'hours that are days',
      FREQUENCY,
      { requiredFrequencyValue: '48', requiredFrequencyUnit: 'hours' },
      ['`requiredFrequencyValue` must be 1 to 24 hours, or 1 to 31 days, got 48 hours; use 2 days'],
    ],
    [
      'hours that are no days',
      FREQUENCY,
      { requiredFrequencyValue: '25', requiredFrequencyUnit: 'hours' },
      ['`requiredFrequencyValue` must be 1 to 24 hours, or 1 to 31 days, got 25 hours; use 24 hours or less'],
    ],
    [
      'too many days',
      AGE,
      { recoveryPointAgeValue: '32', recoveryPointAgeUnit: 'days' },
      ['`recoveryPointAgeValue` must be 1 to 744 hours, or 1 to 31 days, got 32 days; use 31 days or less'],
    ],
    [
      'too few hours for an air-gapped vault',
      AIR_GAPPED,
      { recoveryPointAgeValue: '23', recoveryPointAgeUnit: 'hours' },
      [
        '`recoveryPointAgeValue` must be 24 to 2184 hours, or 1 to 91 days, got 23 hours; use 24 hours or more',
      ],
    ],
    [
      'a value without a unit',
      AGE,
      { recoveryPointAgeValue: '1' },
      ['`recoveryPointAgeValue` and `recoveryPointAgeUnit` must be set together, got only one of them'],
    ],
    [
      'a unit without a value',
      AGE,
      { recoveryPointAgeUnit: 'days' },
      ['`recoveryPointAgeValue` and `recoveryPointAgeUnit` must be set together, got only one of them'],
    ],
    [
      'an unknown unit',
      AGE,
      { recoveryPointAgeValue: '1', recoveryPointAgeUnit: 'weeks' },
      ['`recoveryPointAgeUnit` must be `hours` or `days`, got `weeks`'],
    ],
    [
      'a unit in the singular',
      AGE,
      { recoveryPointAgeValue: '1', recoveryPointAgeUnit: 'Day' },
      ['`recoveryPointAgeUnit` must be `hours` or `days`, got `Day`; use `days`'],
    ],
    [
      'a value that is no number',
      AGE,
      { recoveryPointAgeValue: 'one', recoveryPointAgeUnit: 'days' },
      ['`recoveryPointAgeValue` must be 1 to 744 hours, or 1 to 31 days, got `one`'],
    ],
    [
      'no retention',
      FREQUENCY,
      { requiredRetentionDays: '0' },
      ['`requiredRetentionDays` must be a whole number from 1 to 36500 days, got `0`; use 1 or more'],
    ],
    [
      'too much retention',
      FREQUENCY,
      { requiredRetentionDays: 36_501 },
      ['`requiredRetentionDays` must be a whole number from 1 to 36500 days, got 36501; use 36500 or less'],
    ],
    [
      'a part of a day',
      FREQUENCY,
      { requiredRetentionDays: '1.5' },
      ['`requiredRetentionDays` must be a whole number from 1 to 36500 days, got `1.5`'],
    ],
    [
      'a range upside down',
      LOCK,
      { minRetentionDays: '35', maxRetentionDays: '7' },
      [
        '`maxRetentionDays` must not be shorter than `minRetentionDays` (35 days), got 7 days; use 35 days or more',
      ],
    ],
    ['no restore time', RESTORE, {}, ['`maxRestoreTime` must be set, in minutes']],
    [
      'a restore time of nothing',
      RESTORE,
      { maxRestoreTime: '0' },
      ['`maxRestoreTime` must be a whole number of minutes, 1 or more, got `0`; use 1 or more'],
    ],
    [
      'no Region',
      REGION,
      { crossRegionList: 'Ireland, eu-west-1' },
      ['`crossRegionList` must be Regions such as `eu-west-1`, got `Ireland`'],
    ],
    [
      'a list of lists',
      REGION,
      { crossRegionList: [['eu-west-1']] },
      ['`crossRegionList` must be Regions such as `eu-west-1`, got an array'],
    ],
    [
      'an empty list',
      REGION,
      { crossRegionList: [] },
      ['`crossRegionList` must be Regions such as `eu-west-1`, got none; omit it'],
    ],
    [
      'a Region twice',
      REGION,
      { crossRegionList: 'eu-west-1,eu-west-1' },
      ['`crossRegionList` must not contain duplicates, got `eu-west-1` twice'],
    ],
    [
      'an account that is a number',
      ACCOUNT,
      { crossAccountList: [111122223333] },
      ['`crossAccountList` must be 12-digit account IDs, got 111122223333'],
    ],
    [
      'six accounts',
      ACCOUNT,
      { crossAccountList: [1, 2, 3, 4, 5, 6].map((n) => `${n}`.repeat(12)) },
      ['`crossAccountList` can be at most 5, got 6'],
    ],
    [
      'what is no role',
      DELETION,
      { principalArnList: 'arn:aws:iam::111122223333:user/Ada' },
      [
        '`principalArnList` must be ARNs of roles such as `arn:aws:iam::111122223333:role/BackupAdmin`, got `arn:aws:iam::111122223333:user/Ada`',
      ],
    ],
    [
      'six roles',
      DELETION,
      { principalArnList: ['A', 'B', 'C', 'D', 'E', 'F'].map(role) },
      ['`principalArnList` can be at most 5, got 6'],
    ],
  ])('%s', (_title, name, parameters, messages) => {
    expect(judge(name, parameters)).toEqual(messages.map((m) => `error Backup-ControlParameter ${m}`));
  });
});

describe('parameters that are valid but probably not intended', () => {
  test('a parameter that the control does not have', () => {
    expect(judge('BACKUP_RECOVERY_POINT_ENCRYPTED', { requiredRetentionDays: '35' })).toEqual([
      'warning Backup-ControlParameterUnknown `requiredRetentionDays` is not a known parameter of `BACKUP_RECOVERY_POINT_ENCRYPTED`; omit it: it has no parameters',
    ]);
    expect(judge(LOCK, { retentionDays: '35' })).toEqual([
      'warning Backup-ControlParameterUnknown `retentionDays` is not a known parameter of `BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK`; use `minRetentionDays` or `maxRetentionDays`',
    ]);
  });

  test('less than a week for an air-gapped vault', () => {
    expect(judge(AIR_GAPPED, { recoveryPointAgeValue: '1', recoveryPointAgeUnit: 'days' })).toEqual([
      'warning Backup-ControlFrequency `recoveryPointAgeValue` should be 7 days or more, as AWS recommends, got 1 day: resources show as non-compliant between two copies; use 7 days, or the interval between copies',
    ]);
  });
});

test('the law uses the parameter names of the caller', () => {
  const names = { maxRestoreTime: 'Controls[0].maxRestoreTime' };
  expect(told(inNames(controlParameterProblems(RESTORE, {}), names))).toEqual([
    'error Backup-ControlParameter `Controls[0].maxRestoreTime` must be set, in minutes',
  ]);
});

test('an age is accepted exactly within its range, in either unit', () => {
  const ages = [
    [FREQUENCY, 'requiredFrequency'],
    [AGE, 'recoveryPointAge'],
    [AIR_GAPPED, 'recoveryPointAge'],
  ] as const;
  fc.assert(
    fc.property(
      fc.constantFrom(...ages),
      fc.constantFrom('hours', 'days'),
      fc.integer({ min: -5, max: 2200 }),
      fc.boolean(),
      ([name, prefix], unit, amount, asText) => {
        const law = CONTROL_FACTS[name].parameters[`${prefix}Value`];
        if (law.kind !== 'age') throw new Error('no age');
        const [min, max] = law[unit as 'hours' | 'days'];
        const problems = controlParameterProblems(name, {
          [`${prefix}Unit`]: unit,
          [`${prefix}Value`]: asText ? String(amount) : amount,
        }).filter(({ severity }) => severity === 'error');
        expect(problems.length === 0).toBe(amount >= min && amount <= max);
      },
    ),
  );
});

test('the law returns sentences for any name and parameter', () => {
  const parameters = fc.dictionary(
    fc.constantFrom(
      'requiredFrequencyValue',
      'requiredFrequencyUnit',
      'requiredRetentionDays',
      'principalArnList',
      'crossRegionList',
      'crossAccountList',
      'minRetentionDays',
      'maxRetentionDays',
      'recoveryPointAgeValue',
      'recoveryPointAgeUnit',
      'maxRestoreTime',
    ),
    anything,
  );
  const names = fc.oneof(fc.constantFrom(...Object.keys(CONTROL_FACTS)), anything);
  fc.assert(
    fc.property(names, parameters, (name, given) => {
      for (const problem of [...controlNameProblems(name), ...controlParameterProblems(name, given)])
        expect(sentence(problem)).toMatch(/^`[\w[\].]+` [^\n]+[^.]$/);
    }),
  );
});
