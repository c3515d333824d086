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

test.each<[string, readonly string[], unknown]>([
  [PLAN, ['BackupPlan', 'BackupPlanName'], { kind: 'string' }],
  [PLAN, ['BackupPlanTags'], { kind: 'map', element: { kind: 'string' } }],
  [PLAN, ['BackupPlan', 'BackupPlanRule', 'StartWindowMinutes'], { kind: 'number' }],
  [PLAN, ['BackupPlan', 'BackupPlanRule', 'EnableContinuousBackup'], { kind: 'boolean' }],
  [PLAN, ['BackupPlan', 'AdvancedBackupSettings', 'BackupOptions'], { kind: 'json' }],
  [
    PLAN,
    ['BackupPlan', 'BackupPlanRule', 'ScanActions', 'ScanMode'],
    { kind: 'values', values: ['FULL_SCAN', 'INCREMENTAL_SCAN'] },
  ],
  [PLAN, ['BackupPlan', 'ScanSettings', 'MalwareScanner'], { kind: 'values', values: ['GUARDDUTY'] }],
  [
    PLAN,
    ['BackupPlan', 'BackupPlanRule', 'IndexActions', 'ResourceTypes'],
    { kind: 'list', element: { kind: 'string' } },
  ],
  [
    'AWS::Backup::RestoreTestingPlan',
    ['RecoveryPointSelection', 'RecoveryPointTypes'],
    { kind: 'list', element: { kind: 'values', values: ['SNAPSHOT', 'CONTINUOUS'] } },
  ],
  [
    'AWS::Backup::BackupVault',
    ['AccessPolicy'],
    { kind: 'either', types: [{ kind: 'json' }, { kind: 'string' }] },
  ],
])('%s accepts %j as CloudFormation does', (type, path, schema) => {
  expect(at(type, ...path)).toEqual(schema);
});

test('an object has the properties and the required ones of its definition, without their marks', () => {
  const rule = at(PLAN, 'BackupPlan', 'BackupPlanRule');
  if (rule?.kind !== 'list' || rule.element.kind !== 'object') throw new Error('rules are a list of objects');
  expect(rule.element.object.required).toEqual(['RuleName', 'TargetBackupVault']);
  expect([...rule.element.object.properties.keys()]).toContain('RuleName');
  expect(schemaOf(PLAN)?.required).toEqual(['BackupPlan']);
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
  expect([...(schemaOf(PLAN)?.attributes ?? [])]).toEqual(['BackupPlanArn', 'BackupPlanId', 'VersionId']);
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
