import * as fc from 'fast-check';
import { linkedRole, linkedVault } from '../../../src/inventory/lookups';
import { inventoryOfResources, shown } from '../../support/templates';

const TASK = {
  Type: 'Task',
  Resource: 'arn:aws:states:::aws-sdk:backup:startCopyJob',
  Parameters: {
    'RecoveryPointArn.$': '$.recoveryPointArn',
    SourceBackupVaultName: 'gold',
    DestinationBackupVaultArn: 'arn:aws:backup:us-east-1:111111111111:backup-vault:silver',
    IamRoleArn: 'arn:aws:iam::111111111111:role/AWSBackup',
    Lifecycle: { DeleteAfterDays: 90, MoveToColdStorageAfterDays: 8 },
  },
  End: true,
};
const definition = (task: object = TASK) => ({ StartAt: 'Copy', States: { Copy: task } });
const machine = (Properties: object) => ({ Type: 'AWS::StepFunctions::StateMachine', Properties });
const VAULTS = {
  Gold: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'gold' } },
  Silver: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'silver' } },
  Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'AWSBackup' } },
};

/** What the only copy of a state machine is, in short. */
function copyOf(Properties: object): unknown {
  const inventory = inventoryOfResources({ ...VAULTS, Machine: machine(Properties) });
  const [found, ...others] = inventory.copyStateMachines;
  if (!found) return undefined;
  if (others.length > 0 || found.copies.length !== 1) throw new Error('more than one');
  const [copy] = found.copies;
  return {
    from: linkedVault(inventory, copy.source)?.place.logicalId ?? shown(copy.source?.text),
    to: linkedVault(inventory, copy.vault)?.place.logicalId ?? shown(copy.vault?.text),
    by: linkedRole(inventory, copy.role)?.place.logicalId ?? shown(copy.role?.text),
    days: shown(copy.lifecycle?.deleteAfterDays),
    cold: shown(copy.lifecycle?.moveToColdStorageAfterDays),
    at: copy.pathInTemplate,
  };
}

const READ = { from: 'Gold', to: 'Silver', by: 'Role', days: 90, cold: 8 };
const AT_STRING = 'Resources/Machine/Properties/DefinitionString';

test('a state machine that starts copy jobs is read from its text', () => {
  expect(copyOf({ DefinitionString: JSON.stringify(definition()) })).toEqual({ ...READ, at: AT_STRING });
});

test('what CloudFormation fills in is resolved, inside of texts and in place of numbers', () => {
  const [before, after] = JSON.stringify(
    definition({
      ...TASK,
      Parameters: { ...TASK.Parameters, DestinationBackupVaultArn: '@', Lifecycle: { DeleteAfterDays: 90 } },
    }),
  ).split('@');
  const [head, tail] = after.split('90');
  const DefinitionString = {
    'Fn::Join': ['', [before, { 'Fn::GetAtt': ['Silver', 'BackupVaultArn'] }, head, { Ref: 'Days' }, tail]],
  };
  expect(copyOf({ DefinitionString })).toEqual({
    ...READ,
    days: 'reference: there is no parameter or resource `Days`',
    cold: undefined,
    at: AT_STRING,
  });
});

test('a definition in an object is read too, with its substitutions', () => {
  const task = {
    ...TASK,
    Resource: { 'Fn::Sub': 'arn:$'.concat('{AWS::Partition}:states:::aws-sdk:backup:startCopyJob') },
    Parameters: { ...TASK.Parameters, DestinationBackupVaultArn: '$'.concat('{destination}') },
  };
  expect(
    copyOf({
      Definition: definition(task),
      DefinitionSubstitutions: { destination: { 'Fn::GetAtt': ['Silver', 'BackupVaultArn'] } },
    }),
  ).toEqual({ ...READ, at: 'Resources/Machine/Properties/Definition' });
});

test('a text with `Fn::Sub` is read, in both forms', () => {
  const text = JSON.stringify(definition()).replace(
    TASK.Parameters.DestinationBackupVaultArn,
    '$'.concat('{Arn}'),
  );
  const sub = text.replace('{Arn}', '{Silver.BackupVaultArn}');
  expect(copyOf({ DefinitionString: { 'Fn::Sub': sub } })).toEqual({ ...READ, at: AT_STRING });
  const values = { Arn: { 'Fn::GetAtt': ['Silver', 'BackupVaultArn'] } };
  expect(copyOf({ DefinitionString: { 'Fn::Sub': [text, values] } })).toEqual({ ...READ, at: AT_STRING });
});

test('copies in maps and parallels are found, and what JSONata computes at run time is not known', () => {
  const { Parameters, ...rest } = TASK;
  const task = {
    Type: 'Map',
    ItemProcessor: definition({
      ...rest,
      Arguments: {
        ...Parameters,
        'RecoveryPointArn.$': undefined,
        DestinationBackupVaultArn: '{% $destination %}',
      },
    }),
  };
  expect(copyOf({ DefinitionString: JSON.stringify(definition(task)) })).toEqual({
    ...READ,
    to: undefined,
    at: AT_STRING,
  });
});

test.each([
  [
    'does something else',
    {
      DefinitionString: JSON.stringify(
        definition({ ...TASK, Resource: 'arn:aws:states:::aws-sdk:backup:startBackupJob' }),
      ),
    },
  ],
  ['is no JSON', { DefinitionString: '{"startCopyJob"' }],
  ['is an asset', { DefinitionS3Location: { Bucket: 'b', Key: 'k' } }],
  ['is of a wrong kind', { DefinitionString: 7 }],
  ['is unknown', { DefinitionString: { Ref: 'Definition' } }],
  ['is nothing', {}],
  [
    'has tasks of a wrong kind',
    { Definition: { States: [null, { Type: 'Task', Resource: [] }, { Type: 'Task' }] } },
  ],
])('a state machine that %s does not count as copying', (_what, Properties) => {
  expect(copyOf(Properties)).toBeUndefined();
});

test('a definition that is nested too deeply is read as far as it makes sense', () => {
  let inner: unknown = definition();
  for (let depth = 0; depth < 200; depth++) inner = { Type: 'Map', ItemProcessor: inner };
  expect(copyOf({ Definition: inner })).toBeUndefined();
});

test('parameters of a wrong kind are no crash', () => {
  for (const Parameters of [
    null,
    7,
    [],
    { DestinationBackupVaultArn: {}, Lifecycle: 'x', IamRoleArn: 815000000000009 },
  ])
    expect(() => copyOf({ Definition: definition({ ...TASK, Parameters }) })).not.toThrow();
});

test('whatever a definition holds, reading it does not crash', () => {
  const tasks = fc.record(
    {
      Type: fc.constantFrom('Task', 'Map', 7),
      Resource: fc.oneof(fc.constant(TASK.Resource), fc.jsonValue()),
      Parameters: fc.jsonValue(),
      Arguments: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  const definitions = fc.oneof(
    fc.jsonValue(),
    tasks.map(definition),
    tasks.map((task) => JSON.stringify(definition(task))),
    fc
      .array(fc.oneof(fc.string(), fc.jsonValue()))
      .map((parts) => ({ 'Fn::Join': ['', [...parts, '"startCopyJob"']] })),
    fc.tuple(fc.string(), fc.jsonValue()).map((sub) => ({ 'Fn::Sub': sub })),
  );
  fc.assert(
    fc.property(
      definitions,
      definitions,
      fc.jsonValue(),
      (DefinitionString, Definition, DefinitionSubstitutions) => {
        for (const properties of [{ DefinitionString }, { Definition, DefinitionSubstitutions }])
          inventoryOfResources({ ...VAULTS, Machine: machine(properties) });
      },
    ),
    { numRuns: 3_000 },
  );
});
