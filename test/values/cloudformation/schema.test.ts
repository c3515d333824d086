import { attributesOf, type ObjectSchema, schemaOf } from '../../../src/values/cloudformation/schema';

/** The schema of a property of a property. */
function at(type: string, ...path: readonly string[]) {
  let object = schemaOf(type) as ObjectSchema;
  for (const name of path.slice(0, -1)) {
    const schema = object.properties.get(name);
    if (schema?.kind === 'object') object = schema.object;
    else if (schema?.kind === 'list' && schema.element.kind === 'object') object = schema.element.object;
    else throw new Error(`${name} has no properties`);
  }
  return object.properties.get(path.at(-1) as string);
}

const PLAN = 'AWS::Backup::BackupPlan';

// a schema is made once: each of these types is in one test, which thus has it made
test('a type has its attributes, its properties and the required ones, without their marks', () => {
  const text = { kind: 'string' };
  const number = { kind: 'integer' };
  expect(schemaOf('AWS::Backup::BackupVault')).toEqual({
    attributes: new Set(['BackupVaultArn', 'BackupVaultName']),
    required: ['BackupVaultName'],
    properties: new Map<string, unknown>([
      ['AccessPolicy', { kind: 'either', types: [{ kind: 'json' }, text] }],
      ['BackupVaultName', text],
      ['BackupVaultTags', { kind: 'map', element: text }],
      ['EncryptionKeyArn', text],
      [
        'LockConfiguration',
        {
          kind: 'object',
          object: {
            required: ['MinRetentionDays'],
            properties: new Map([
              ['ChangeableForDays', number],
              ['MaxRetentionDays', number],
              ['MinRetentionDays', number],
            ]),
          },
        },
      ],
      [
        'Notifications',
        {
          kind: 'object',
          object: {
            required: ['BackupVaultEvents', 'SNSTopicArn'],
            properties: new Map<string, unknown>([
              ['BackupVaultEvents', { kind: 'list', element: text }],
              ['SNSTopicArn', text],
            ]),
          },
        },
      ],
    ]),
  });
});

test('a value is one of a kind, one of some values, or a list of them', () => {
  const RULES = ['BackupPlan', 'BackupPlanRule'];
  expect(at(PLAN, ...RULES, 'StartWindowMinutes')).toEqual({ kind: 'number' });
  expect(at(PLAN, ...RULES, 'EnableContinuousBackup')).toEqual({ kind: 'boolean' });
  expect(at(PLAN, 'BackupPlan', 'AdvancedBackupSettings', 'BackupOptions')).toEqual({ kind: 'json' });
  expect(at(PLAN, 'BackupPlan', 'ScanSettings', 'MalwareScanner')).toEqual({
    kind: 'values',
    values: ['GUARDDUTY'],
  });
  expect(at(PLAN, ...RULES, 'ScanActions', 'ScanMode')).toEqual({
    kind: 'values',
    values: ['FULL_SCAN', 'INCREMENTAL_SCAN'],
  });
  expect(at('AWS::Backup::RestoreTestingPlan', 'RecoveryPointSelection', 'RecoveryPointTypes')).toEqual({
    kind: 'list',
    element: { kind: 'values', values: ['SNAPSHOT', 'CONTINUOUS'] },
  });
});

test('what is defined once is the same schema everywhere', () => {
  const lifecycle = at(PLAN, 'BackupPlan', 'BackupPlanRule', 'Lifecycle');
  const ofCopy = at(PLAN, 'BackupPlan', 'BackupPlanRule', 'CopyActions', 'Lifecycle');
  if (lifecycle?.kind !== 'object' || ofCopy?.kind !== 'object') throw new Error('lifecycles are objects');
  expect(ofCopy.object).toBe(lifecycle.object);
});

test('a tag has a key and a value, which may be text only', () => {
  const tags = at('AWS::Organizations::Policy', 'Tags');
  expect(tags).toEqual({
    kind: 'list',
    element: {
      kind: 'object',
      object: {
        properties: new Map([
          ['Key', { kind: 'string' }],
          ['Value', { kind: 'string' }],
        ]),
        required: [],
      },
    },
  });
});

test('only types of the table have a schema, each one schema', () => {
  expect(schemaOf(PLAN)).toBe(schemaOf(PLAN));
  expect(['AWS::S3::Bucket', 'toString', '__proto__'].map(schemaOf)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('the attributes of some other types are known', () => {
  expect(attributesOf('AWS::IAM::Role')).toEqual(new Set(['Arn', 'RoleId']));
  expect([PLAN, 'AWS::New::Type', 'constructor'].map(attributesOf)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
