import { readFileSync } from 'node:fs';
import { SCHEMA_TABLE, schemaTable } from '../../../scripts/schema';
import { faultChecks } from '../../../src/checks/template/faults';
import {
  type ObjectSchema,
  SCHEMA_TYPES,
  schemaOf,
  type ValueSchema,
} from '../../../src/values/cloudformation/schema';
import { findings, PARAMETERS, UNKNOWN } from '../../support/findings';

const found = (type: string, Properties: unknown, sections: object = {}) =>
  findings(faultChecks, { X: { Type: type, Properties } }, undefined, { ...PARAMETERS, ...sections });
const idsOf = (type: string, properties: unknown) =>
  found(type, properties).map((line) => line.split(' ')[1]);

/** Without what the formatter adds. */
const bare = (text: string) => text.replace(/\s+/g, '').replace(/,(?=[}\]])/g, '');

test('the table is that of the installed schema; `npx projen schema` writes it', () => {
  expect(bare(readFileSync(SCHEMA_TABLE, 'utf8'))).toBe(bare(schemaTable()));
});

test('the table has the types of AWS Backup, and the policies of AWS Organizations', () => {
  expect(SCHEMA_TYPES).toEqual([
    'AWS::Backup::BackupPlan',
    'AWS::Backup::BackupSelection',
    'AWS::Backup::BackupVault',
    'AWS::Backup::Framework',
    'AWS::Backup::LegalHold',
    'AWS::Backup::LogicallyAirGappedBackupVault',
    'AWS::Backup::ReportPlan',
    'AWS::Backup::RestoreTestingPlan',
    'AWS::Backup::RestoreTestingSelection',
    'AWS::Backup::TieringConfiguration',
    'AWS::BackupGateway::Hypervisor',
    'AWS::Organizations::Policy',
    'AWS::Organizations::ResourcePolicy',
  ]);
});

/** A value that a schema accepts, with every property at every depth. */
function example(schema: ValueSchema): unknown {
  switch (schema.kind) {
    case 'string':
      return 'text';
    case 'number':
    case 'integer':
      return 7;
    case 'boolean':
      return true;
    case 'json':
      return { any: 'thing' };
    case 'values':
      return schema.values[0];
    case 'list':
      return [example(schema.element)];
    case 'map':
      return { key: example(schema.element) };
    case 'object':
      return exampleOf(schema.object);
    default:
      return example(schema.types[0]);
  }
}

/** Texts that must match a pattern. */
const PATTERNED: Readonly<Record<string, unknown>> = {
  KmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  TargetIds: ['r-ab12', 'ou-ab12-11111111', '111122223333'],
};

function exampleOf({ properties }: ObjectSchema): Record<string, unknown> {
  return Object.fromEntries(
    [...properties].map(([name, schema]) => [name, PATTERNED[name] ?? example(schema)]),
  );
}

/** A value of another type than the schema wants. */
function wrong(schema: ValueSchema): unknown {
  return ['string', 'values', 'number', 'integer', 'boolean'].includes(schema.kind) ? { not: 'this' } : 7;
}

/** A mutation of the example of a type, and what it must be reported as. */
type Mutation = readonly [title: string, id: string, properties: unknown];

function* mutations(
  object: ObjectSchema,
  path: string,
  rebuild: (value: Record<string, unknown>) => unknown,
): Generator<Mutation> {
  const whole = exampleOf(object);
  for (const [name, schema] of object.properties) {
    const { [name]: value, ...rest } = whole;
    const here = `${path}.${name}`;
    if (object.required.includes(name)) yield [`${here} removed`, 'Backup-MissingProperty', rebuild(rest)];
    yield [`${here} misspelt`, 'Backup-UnknownProperty', rebuild({ ...rest, [`${name}x`]: value })];
    yield [`${here} of another type`, 'Backup-PropertyType', rebuild({ ...whole, [name]: wrong(schema) })];
    yield* inside(schema, here, (inner) => rebuild({ ...whole, [name]: inner }));
  }
}

function* inside(
  schema: ValueSchema,
  path: string,
  rebuild: (value: unknown) => unknown,
): Generator<Mutation> {
  if (schema.kind === 'object') yield* mutations(schema.object, path, rebuild);
  else if (schema.kind === 'list' || schema.kind === 'map') {
    const wrap = (element: unknown) => rebuild(schema.kind === 'list' ? [element] : { key: element });
    if (schema.element.kind !== 'object')
      yield [`an entry of ${path} of another type`, 'Backup-PropertyType', wrap(wrong(schema.element))];
    yield* inside(schema.element, path, wrap);
  } else if (schema.kind === 'values')
    yield [`${path} of another value`, 'Backup-PropertyValue', rebuild('NOTHING_LIKE_IT')];
}

describe.each(SCHEMA_TYPES)('%s', (type) => {
  const schema = schemaOf(type) as ObjectSchema;
  const all = [...mutations(schema, type, (value) => value)];

  test('an example with every property is silent', () => {
    expect(found(type, exampleOf(schema))).toEqual([]);
  });

  test('values that are not known are silent', () => {
    const open = Object.fromEntries([...schema.properties.keys()].map((name) => [name, UNKNOWN]));
    expect(found(type, open)).toEqual([]);
  });

  test('each property removed, misspelt or of another type is found, at every depth', () => {
    expect(all.length).toBeGreaterThan(2 * schema.properties.size);
    const missed = all.filter(([, id, properties]) => !idsOf(type, properties).includes(id));
    expect(missed.map(([title]) => title)).toEqual([]);
  });
});

describe('what CloudFormation converts or evaluates is fine', () => {
  const plan = (rule: object) => ({
    BackupPlan: {
      BackupPlanName: 'gold',
      BackupPlanRule: [{ RuleName: 'daily', TargetBackupVault: 'vault', ...rule }],
    },
  });

  test.each<[string, object]>([
    ['a number as text', { StartWindowMinutes: '60' }],
    ['a Boolean as text', { EnableContinuousBackup: 'true' }],
    ['a number as a name', { RuleName: 7 }],
    ['no value', { StartWindowMinutes: { Ref: 'AWS::NoValue' } }],
    ['a list that is not known', { CopyActions: UNKNOWN }],
    ['what another function returns', { RecoveryPointTags: { 'Fn::Transform': { Name: 'Macro' } } }],
    [
      'a required property with a value in both branches',
      { TargetBackupVault: { 'Fn::If': ['Open', 'a', 'b'] } },
    ],
  ])('%s', (_, rule) => {
    const Conditions = { Open: { 'Fn::Equals': [UNKNOWN, 'x'] } };
    expect(found('AWS::Backup::BackupPlan', plan(rule), { Conditions })).toEqual([]);
  });

  test('a required property that one branch leaves out is a warning', () => {
    const Conditions = { Open: { 'Fn::Equals': [UNKNOWN, 'x'] } };
    const TargetBackupVault = { 'Fn::If': ['Open', 'a', { Ref: 'AWS::NoValue' }] };
    expect(found('AWS::Backup::BackupPlan', plan({ TargetBackupVault }), { Conditions })).toEqual([
      'warning Backup-PropertyPossiblyMissing at Resources/X/Properties/BackupPlan/BackupPlanRule/0/TargetBackupVault: `TargetBackupVault` of an entry of `BackupPlanRule` is required, but it is missing if the condition `Open` is false; set `TargetBackupVault` in both cases',
    ]);
  });

  test('both branches of a condition that is not known are read', () => {
    const Conditions = { Open: { 'Fn::Equals': [UNKNOWN, 'x'] } };
    const Lifecycle = { 'Fn::If': ['Open', { DeleteAfterDays: 35 }, { DeleteAfter: 35 }] };
    expect(found('AWS::Backup::BackupPlan', plan({ Lifecycle }), { Conditions })).toEqual([
      'error Backup-UnknownProperty at Resources/X/Properties/BackupPlan/BackupPlanRule/0/Lifecycle/Fn::If/2/DeleteAfter: `DeleteAfter` is not a property of `Lifecycle`; write `DeleteAfterDays`',
    ]);
  });
});

test.each<[string, string, object, string]>([
  [
    'a target that is no id',
    'AWS::Organizations::Policy',
    { TargetIds: ['root'] },
    'error Backup-PropertyValue at Resources/X/Properties/TargetIds/0: `TargetIds` of AWS::Organizations::Policy must be the ID of a root (`r-…`), of an organizational unit (`ou-…`) or of an account, got `root`; correct the value',
  ],
  [
    'a description that is too long',
    'AWS::Backup::ReportPlan',
    { ReportPlanDescription: 'x'.repeat(1_025) },
    'error Backup-PropertyValue at Resources/X/Properties/ReportPlanDescription: `ReportPlanDescription` of AWS::Backup::ReportPlan must be text of at most 1024 characters, got 1025 characters; correct the value',
  ],
  [
    'a key by its id',
    'AWS::BackupGateway::Hypervisor',
    { KmsKeyArn: '1234abcd' },
    'error Backup-PropertyValue at Resources/X/Properties/KmsKeyArn: `KmsKeyArn` of AWS::BackupGateway::Hypervisor must be the ARN of a key or an alias, got `1234abcd`; correct the value',
  ],
])('the patterns of the schema: %s', (_, type, properties, line) => {
  const schema = schemaOf(type) as ObjectSchema;
  expect(found(type, { ...exampleOf(schema), ...properties })).toEqual([line]);
});

describe('messages name what is meant', () => {
  const VAULT = 'AWS::Backup::BackupVault';

  test.each<[string, string, object, string]>([
    [
      'the name of a vault in the API',
      VAULT,
      { VaultName: 'main' },
      'error Backup-UnknownProperty at Resources/X/Properties/VaultName: `VaultName` is not a property of AWS::Backup::BackupVault; write `BackupVaultName`',
    ],
    [
      'a property without a likeness',
      VAULT,
      { BackupVaultName: 'main', Color: 'red' },
      'error Backup-UnknownProperty at Resources/X/Properties/Color: `Color` is not a property of AWS::Backup::BackupVault; remove it, or acknowledge this error if AWS has added the property since 2026-09-29',
    ],
    [
      'a missing property',
      VAULT,
      {},
      'error Backup-MissingProperty at Resources/X/Properties: `BackupVaultName` of AWS::Backup::BackupVault is required, but it is missing; set `BackupVaultName`',
    ],
    [
      'tags as a list',
      VAULT,
      { BackupVaultName: 'main', BackupVaultTags: [{ Key: 'a', Value: 'b' }] },
      'error Backup-PropertyType at Resources/X/Properties/BackupVaultTags: `BackupVaultTags` of AWS::Backup::BackupVault must be an object, got a list; write each key with its value: `{ "key": "value" }`',
    ],
    [
      'a text in place of a list',
      'AWS::Backup::RestoreTestingPlan',
      {
        RestoreTestingPlanName: 'drill',
        ScheduleExpression: 'cron(0 5 ? * * *)',
        RecoveryPointSelection: {
          Algorithm: 'LATEST_WITHIN_WINDOW',
          RecoveryPointTypes: ['SNAPSHOT'],
          IncludeVaults: '*',
        },
      },
      'error Backup-PropertyType at Resources/X/Properties/RecoveryPointSelection/IncludeVaults: `IncludeVaults` of `RecoveryPointSelection` must be a list, got `*`; write a list, even of one entry: `IncludeVaults: [...]`',
    ],
    [
      'another value',
      'AWS::Backup::RestoreTestingPlan',
      {
        RestoreTestingPlanName: 'drill',
        ScheduleExpression: 'cron(0 5 ? * * *)',
        RecoveryPointSelection: {
          Algorithm: 'LATEST_IN_WINDOW',
          RecoveryPointTypes: ['SNAPSHOT'],
          IncludeVaults: ['*'],
        },
      },
      'error Backup-PropertyValue at Resources/X/Properties/RecoveryPointSelection/Algorithm: `Algorithm` of `RecoveryPointSelection` must be `LATEST_WITHIN_WINDOW` or `RANDOM_WITHIN_WINDOW`, got `LATEST_IN_WINDOW`; write `LATEST_WITHIN_WINDOW`',
    ],
  ])('%s', (_, type, properties, line) => {
    expect(found(type, properties)).toEqual([line]);
  });
});
