import type { ValueSchema } from '../../../src/values/cloudformation/schema';
import {
  disputedProperty,
  isValue,
  missingProperty,
  type PropertiesAround,
  patternProblem,
  possiblyMissingProperty,
  unknownProperty,
  unknownType,
  wrongType,
  wrongValue,
} from '../../../src/values/cloudformation/schema-laws';
import { SCHEMA_SOURCE } from '../../../src/values/cloudformation/schema-table';
import { type Problem, sentence } from '../../../src/values/core/problem';

const told = (problem: Problem | undefined) =>
  problem && `${problem.id} ${problem.property}: ${sentence(problem)}`;

describe('an unknown property', () => {
  const around = (one: Partial<PropertiesAround>): PropertiesAround => ({
    free: [],
    missing: [],
    set: [],
    inside: new Map(),
    ...one,
  });
  const DAYS = new Set(['DeleteAfterDays', 'MoveToColdStorageAfterDays']);

  test.each<[string, string, Partial<PropertiesAround>, string, string | undefined]>([
    [
      'belongs into an object that is not set',
      'DeleteAfterDays',
      {
        inside: new Map([
          ['Schedule', new Set(['Timezone'])],
          ['Lifecycle', DAYS],
        ]),
        free: ['DeleteAfterDay'],
      },
      'move it into `Lifecycle`',
      'Lifecycle',
    ],
    [
      'is a property that is set, in another case',
      'rulename',
      { set: ['RuleName', 'Lifecycle'], free: ['RuleNames'] },
      'remove it, since `RuleName` is set',
      undefined,
    ],
    [
      'is a property that is set, with other separators',
      'Rule-Name',
      { set: ['Lifecycle', 'RuleName'] },
      'remove it, since `RuleName` is set',
      undefined,
    ],
    [
      'means a required one first',
      'BackupVault',
      { free: ['BackupVaultTags', 'BackupVaultName'], missing: ['BackupVaultName'] },
      'write `BackupVaultName`',
      'BackupVaultName',
    ],
    ['means another one otherwise', 'Lifecicle', { free: ['Lifecycle'] }, 'write `Lifecycle`', 'Lifecycle'],
    [
      'has the name of Terraform',
      'delete_after',
      { free: [...DAYS] },
      'write `DeleteAfterDays`',
      'DeleteAfterDays',
    ],
    [
      'has the name of the API',
      'kmsKeyArn',
      { free: ['EncryptionKeyArn', 'KmsKey'] },
      'write `EncryptionKeyArn`',
      'EncryptionKeyArn',
    ],
    [
      'has another name for what is free',
      'PolicyDocument',
      { free: ['Content'] },
      'write `Content`',
      'Content',
    ],
    [
      'has the same name elsewhere, but means a likeness here',
      'Policy',
      { free: ['PolicyText'] },
      'write `PolicyText`',
      'PolicyText',
    ],
    [
      'is unlike all others',
      'Color',
      { free: ['Lifecycle'] },
      `remove it, or acknowledge this error if AWS has added the property since ${SCHEMA_SOURCE.asOf}`,
      undefined,
    ],
  ])('%s', (_, name, given, fix, meant) => {
    const unknown = unknownProperty(name, 'an entry of `Rules`', around(given));
    expect(told(unknown.problem)).toBe(
      `Backup-UnknownProperty ${name}: \`${name}\` is not a property of an entry of \`Rules\`; ${fix}`,
    );
    expect(unknown.meant).toBe(meant);
  });

  test('that samples of AWS have is disputed, in that type only', () => {
    const plan = 'AWS::Backup::RestoreTestingPlan';
    expect(told(disputedProperty('ScheduleStatus', plan))).toBe(
      `Backup-PropertyDisputed ScheduleStatus: \`ScheduleStatus\` is not in the schema of ${plan} (${SCHEMA_SOURCE.asOf}), although samples of AWS set it; remove it: a restore testing plan without it is active`,
    );
    expect(disputedProperty('ScheduleStatus', 'AWS::Backup::BackupPlan')).toBeUndefined();
    expect(disputedProperty('Status', plan)).toBeUndefined();
  });
});

test.each([
  ['AWS::Backup::Plan', 'write `AWS::Backup::BackupPlan`'],
  ['AWS::Backup::BackupVaults', 'write `AWS::Backup::BackupVault`'],
  ['AWS::Backup::Hologram', 'correct it'],
])('a resource type %s that CloudFormation does not have is reported: %s', (type, fix) => {
  const types = ['AWS::Backup::BackupPlan', 'AWS::Backup::BackupVault'];
  expect(told(unknownType(type, types))).toBe(
    `Backup-UnknownType Type: \`${type}\` is not a resource type of CloudFormation; ${fix}, or acknowledge this error if AWS has added the type since ${SCHEMA_SOURCE.asOf}`,
  );
});

test('a required property is missing, always or in one branch', () => {
  expect(told(missingProperty('RuleName', '`Rule`'))).toBe(
    'Backup-MissingProperty RuleName: `RuleName` of `Rule` is required, but it is missing; set `RuleName`',
  );
  expect(told(possiblyMissingProperty('RuleName', '`Rule`', 'IsProd', false))).toBe(
    'Backup-PropertyPossiblyMissing RuleName: `RuleName` of `Rule` is required, but it is missing if the condition `IsProd` is false; set `RuleName` in both cases',
  );
});

const STRING: ValueSchema = { kind: 'string' };
const VALUES: ValueSchema = { kind: 'values', values: ['A', '1'] };
const LIST: ValueSchema = { kind: 'list', element: STRING };
const MAP: ValueSchema = { kind: 'map', element: STRING };
const OBJECT: ValueSchema = { kind: 'object', object: { properties: new Map(), required: [] } };
const DOCUMENT: ValueSchema = { kind: 'either', types: [{ kind: 'json' }, STRING] };

describe('a value of another type', () => {
  test.each<[ValueSchema, unknown, string]>([
    [STRING, { a: 1 }, 'text, got an object'],
    [VALUES, ['A'], 'text, got a list'],
    [{ kind: 'number' }, 'many', 'a number, got `many`'],
    [{ kind: 'integer' }, null, 'a whole number, got null'],
    [{ kind: 'boolean' }, 7, '`true` or `false`, got 7'],
    [{ kind: 'json' }, 'text', 'an object, got `text`'],
    [LIST, 'x', 'a list, got `x`; write a list, even of one entry: `P: [...]`'],
    [MAP, [], 'an object, got a list; write each key with its value: `{ "key": "value" }`'],
    [MAP, 'x', 'an object, got `x`'],
    [OBJECT, [], 'an object, got a list'],
    [DOCUMENT, 7, 'an object or text, got 7'],
    [{ kind: 'either', types: [STRING, VALUES, { kind: 'number' }] }, [], 'text or a number, got a list'],
  ])('than %j: %j is reported', (schema, value, rest) => {
    expect(told(wrongType('P', '`O`', schema, value))).toBe(
      `Backup-PropertyType P: \`P\` of \`O\` must be ${rest}`,
    );
  });

  test('can be named by the caller', () => {
    expect(told(wrongType('P', '`O`', STRING, {}, 'a function'))).toBe(
      'Backup-PropertyType P: `P` of `O` must be text, got a function',
    );
  });

  test.each<[unknown, string]>([
    ['FULLSCAN', 'got `FULLSCAN`; write `FULL_SCAN`'],
    ['DEEP', 'got `DEEP`'],
    [7, 'got 7'],
  ])('than those that are allowed: %j is reported', (value, rest) => {
    expect(told(wrongValue('Mode', '`O`', ['FULL_SCAN', 'QUICK'], value))).toBe(
      `Backup-PropertyValue Mode: \`Mode\` of \`O\` must be \`FULL_SCAN\` or \`QUICK\`, ${rest}`,
    );
  });
});

describe('CloudFormation accepts', () => {
  const TEXT = ['text', '', 7, true];
  const CASES: readonly (readonly [ValueSchema, readonly unknown[], readonly unknown[]])[] = [
    [STRING, TEXT, [null, [], {}]],
    [
      { kind: 'number' },
      [7, -1.5, '7', '1440', '  12  ', ' +7.25 ', '-3'],
      ['', 'seven', '7 days', 'x7', '7.', '.5', '1e3', true, null, [], {}],
    ],
    [{ kind: 'integer' }, [7, '7'], ['seven', true, null]],
    [{ kind: 'boolean' }, [true, false, 'true', 'FALSE'], ['yes', 'untrue', 'trues', 1, null, [], {}]],
    [{ kind: 'json' }, [{}, []], [null, 'text', 7, true]],
    [VALUES, ['A', '1', 1], ['B', '', null, ['A']]],
    [LIST, [[], ['x']], [{}, 'x', null]],
    [MAP, [{}, { a: 1 }], [[], null, 'x', 7]],
    [OBJECT, [{}, { a: 1 }], [[], null, 'x', 7]],
    [DOCUMENT, [{}, [], '{}'], [7, true, null]],
  ];
  test.each(CASES)('for %j: %j, and not %j', (schema, right, wrong) => {
    expect(right.filter((value) => !isValue(value, schema))).toEqual([]);
    expect(wrong.filter((value) => isValue(value, schema))).toEqual([]);
  });
});

describe('text with a pattern', () => {
  const HYPERVISOR = 'AWS::BackupGateway::Hypervisor';
  const POLICY = 'AWS::Organizations::Policy';

  test.each<[string, string, string]>([
    ['AWS::Backup::Framework', 'FrameworkDescription', ''],
    ['AWS::Backup::ReportPlan', 'ReportPlanDescription', 'x'.repeat(1024)],
    [HYPERVISOR, 'KmsKeyArn', 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd'],
    [HYPERVISOR, 'KmsKeyArn', 'arn:aws-us-gov:kms:us-gov-west-1:111122223333:alias/backup'],
    [HYPERVISOR, 'KmsKeyArn', 'alias/backup'],
    [POLICY, 'Description', '\n'.repeat(512)],
    [POLICY, 'Name', 'n'],
    [POLICY, 'Name', 'n'.repeat(128)],
    [POLICY, 'TargetIds', 'r-ab12'],
    [POLICY, 'TargetIds', '111122223333'],
    [POLICY, 'TargetIds', 'ou-ab12-12345678'],
    [POLICY, 'Content', 'anything'],
    ['AWS::Backup::BackupPlan', 'toString', 'anything'],
  ])('of %s %s can be %j', (type, name, value) => {
    expect(patternProblem(type, name, value)).toBeUndefined();
  });

  const KEY = 'the ARN of a key or an alias';
  const TARGET = 'the ID of a root (`r-…`), of an organizational unit (`ou-…`) or of an account';
  test.each<[string, string, string, string]>([
    [
      'AWS::Backup::Framework',
      'FrameworkDescription',
      'x'.repeat(1025),
      'text of at most 1024 characters, got 1025 characters',
    ],
    [POLICY, 'Description', 'x'.repeat(513), 'text of at most 512 characters, got 513 characters'],
    [POLICY, 'Name', '', 'text of 1 to 128 characters, got an empty string'],
    [POLICY, 'Name', 'n'.repeat(129), 'text of 1 to 128 characters, got 129 characters'],
    [HYPERVISOR, 'KmsKeyArn', 'x'.repeat(128), `${KEY}, got \`${'x'.repeat(128)}\``],
    [HYPERVISOR, 'KmsKeyArn', '1234abcd', `${KEY}, got \`1234abcd\``],
    [HYPERVISOR, 'KmsKeyArn', 'an alias/x', `${KEY}, got \`an alias/x\``],
    [HYPERVISOR, 'KmsKeyArn', 'alias/a b', `${KEY}, got \`alias/a b\``],
    [POLICY, 'TargetIds', 'root', `${TARGET}, got \`root\``],
    [POLICY, 'TargetIds', '1111222233334', `${TARGET}, got \`1111222233334\``],
    [POLICY, 'TargetIds', 'an r-ab12', `${TARGET}, got \`an r-ab12\``],
    [POLICY, 'TargetIds', 'ou-ab12-1234', `${TARGET}, got \`ou-ab12-1234\``],
  ])('of %s %s is refused: %s', (type, name, value, rest) => {
    expect(told(patternProblem(type, name, value))).toBe(
      `Backup-PropertyValue ${name}: \`${name}\` of ${type} must be ${rest}; correct the value`,
    );
  });
});
