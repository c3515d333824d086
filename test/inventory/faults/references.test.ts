import { faultChecks } from '../../../src/checks/template/faults';
import { findings } from '../../support/findings';

const found = (value: unknown, sections: object = {}, more: object = {}) =>
  findings(
    faultChecks,
    { X: { Type: 'AWS::SNS::Topic', Properties: { TopicName: value } }, ...more },
    undefined,
    sections,
  );
const VAULT = { Vault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'main' } } };
const HERE = 'Resources/X/Properties/TopicName';

describe('a reference to what the template does not have', () => {
  test.each<[string, unknown, string]>([
    [
      'Ref',
      { Ref: 'Vaultt' },
      '`Vaultt` is not a resource or parameter of the template; write `Vault`, or add a resource or parameter named `Vaultt`',
    ],
    [
      'Fn::GetAtt',
      { 'Fn::GetAtt': ['Valt', 'BackupVaultArn'] },
      '`Valt` is not a resource of the template; write `Vault`, or add a resource named `Valt`',
    ],
    [
      'Fn::GetAtt in short',
      { 'Fn::GetAtt': 'Valt.BackupVaultArn' },
      '`Valt` is not a resource of the template; write `Vault`, or add a resource named `Valt`',
    ],
    [
      'Fn::Sub',
      { 'Fn::Sub': `x-\${Environment}` },
      '`Environment` is not a resource or parameter of the template; correct the name, or add what it refers to',
    ],
    [
      'Fn::Sub with an attribute',
      { 'Fn::Sub': `\${Valt.BackupVaultArn}` },
      '`Valt` is not a resource of the template; write `Vault`, or add a resource named `Valt`',
    ],
    [
      'a pseudo parameter',
      { Ref: 'AWS::Account' },
      '`AWS::Account` is not a resource or parameter of the template; correct the name, or add what it refers to',
    ],
    [
      'Fn::If',
      { 'Fn::If': ['IsProd', 'a', 'b'] },
      '`IsProd` is not a condition of the template; correct the name, or add what it refers to',
    ],
    [
      'a function in a function',
      { 'Fn::Join': ['', [{ Ref: 'Nothing' }]] },
      '`Nothing` is not a resource or parameter of the template; correct the name, or add what it refers to',
    ],
  ])('by %s', (_, value, message) => {
    const lines = found(value, {}, VAULT);
    expect(lines.map((line) => line.replace(/ at \S+: /, ': '))).toEqual([
      `error Backup-UnresolvedName: ${message}`,
    ]);
    expect(lines[0]).toContain(`at ${HERE}`);
  });

  test('by an attribute that the type lacks', () => {
    expect(found({ 'Fn::GetAtt': ['Vault', 'Arn'] }, {}, VAULT)).toEqual([
      `error Backup-UnknownAttribute at ${HERE}: \`Arn\` is not an attribute of \`Vault\` (AWS::Backup::BackupVault); write \`Vault.BackupVaultArn\``,
    ]);
  });

  test('by the condition of a resource, `DependsOn`, outputs and conditions', () => {
    const lines = found(
      'a',
      {
        Conditions: { A: { 'Fn::Not': [{ Condition: 'B' }] } },
        Outputs: { O: { Value: { Ref: 'C' }, Condition: 'D' } },
      },
      { Y: { Type: 'AWS::SNS::Topic', Condition: 'E', DependsOn: ['F', 'X'] } },
    );
    expect(lines.map((line) => /at (\S+): `(\w)`/.exec(line)?.slice(1).join(' '))).toEqual([
      'Resources/Y/Condition E',
      'Resources/Y/DependsOn F',
      'Conditions/A/Fn::Not/0 B',
      'Outputs/O/Condition D',
      'Outputs/O/Value C',
    ]);
  });
});

describe('what may be there is not reported', () => {
  test.each<[string, unknown, object, object]>([
    ['a resource', { Ref: 'Vault' }, {}, VAULT],
    ['a parameter', { Ref: 'Name' }, { Parameters: { Name: { Type: 'String' } } }, {}],
    ['a pseudo parameter', { 'Fn::Sub': `\${AWS::Region}` }, {}, {}],
    ['an attribute', { 'Fn::GetAtt': 'Vault.BackupVaultArn' }, {}, VAULT],
    ['a variable of its own', { 'Fn::Sub': [`\${A}`, { A: 'b' }] }, {}, {}],
    ['a literal', { 'Fn::Sub': `\${!A}` }, {}, {}],
    [
      'a role that SAM adds',
      { 'Fn::GetAtt': ['FnRole', 'Arn'] },
      { Transform: 'AWS::Serverless-2016-10-31' },
      { Fn: { Type: 'AWS::Serverless::Function' } },
    ],
    ['an API that SAM adds', { Ref: 'ServerlessRestApi' }, { Transform: ['AWS::Serverless-2016-10-31'] }, {}],
    ['what a macro may add', { Ref: 'Anything' }, { Transform: 'Macro' }, {}],
    [
      'what a loop adds',
      { Ref: 'TopicA' },
      { Transform: 'AWS::LanguageExtensions' },
      { 'Fn::ForEach::T': ['N', ['A'], {}] },
    ],
    [
      'a loop variable',
      { 'Fn::ForEach::L': ['N', ['A'], { N: { Ref: 'N' } }] },
      { Transform: 'AWS::LanguageExtensions' },
      {},
    ],
    ['what a packager adds', { Ref: 'NetworkVPC' }, { Modules: { Network: { Source: './vpc.yaml' } } }, {}],
    ['what a module of Rain adds', { Ref: 'NetworkVPC' }, {}, { Network: { Type: './vpc.yml' } }],
    ['a resource of a module', { Ref: 'ModBucket' }, {}, { Mod: { Type: 'My::S3::Bucket::MODULE' } }],
    ['metadata', 'a', {}, { Y: { Type: 'AWS::SNS::Topic', Metadata: { Doc: { Ref: 'Nothing' } } } }],
    [
      'a condition in a policy',
      { Statement: [{ Condition: { Bool: { 'aws:SecureTransport': 'true' } } }] },
      {},
      {},
    ],
  ])('%s', (_, value, sections, more) => {
    expect(found(value, sections, more)).toEqual([]);
  });
});

test.each<[string, unknown, object]>([
  ['an attribute', { 'Fn::GetAtt': { toString: 'x', valueOf: 'x' } }, {}],
  [
    'an allowed value',
    { Ref: 'P' },
    { Parameters: { P: { Type: 'String', AllowedValues: [{ toString: 'x', valueOf: 'x' }] } } },
  ],
  [
    'a minimum length',
    { Ref: 'P' },
    { Parameters: { P: { Type: 'String', MinLength: { toString: 'x', valueOf: 'x' } } } },
  ],
])('an object in place of %s does no harm, even if it has a `toString` of its own', (_, value, sections) => {
  expect(
    found(value, sections, {
      Vault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: value } },
    }),
  ).toEqual([]);
});
