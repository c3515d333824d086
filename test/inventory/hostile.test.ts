import { inventoryOf } from '../../src/inventory/inventory';
import { InputError } from '../../src/template/input/input-error';
import { parseTemplate } from '../../src/template/input/yaml';
import { evaluate, inventory, inventoryOfResources, shown, source } from '../support/templates';

const times = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const entries = <T>(count: number, make: (i: number) => T): Record<string, T> =>
  Object.fromEntries(times(count, (i) => [`X${i}`, make(i)]));

describe('templates made to take forever are read anyway', () => {
  test('a chain of outputs through a thousand stacks', () => {
    const stacks = times(1_000, (i) =>
      source(
        {
          Resources: {
            Bucket: {
              Type: 'AWS::S3::Bucket',
              Properties: {
                BucketName: { 'Fn::GetStackOutput': { StackName: `S${i + 1}`, OutputName: 'Name' } },
              },
            },
          },
          Outputs: { Name: { Value: { 'Fn::GetAtt': ['Bucket', 'Name'] } } },
        },
        { id: `S${i}`, name: `S${i}`, stackName: `S${i}` },
      ),
    );
    expect(inventoryOf(stacks).resources).toHaveLength(1_000);
  });

  test('a chain of parameters, each the default of none', () => {
    const Parameters = entries(1_000, () => ({ Type: 'String' }));
    const Conditions = entries(1_000, (i) => ({
      'Fn::Or': [{ Condition: `X${i + 1}` }, { Condition: `X${i + 2}` }],
    }));
    const all = inventory({
      Parameters,
      Conditions,
      Resources: { B: { Type: 'AWS::S3::Bucket', Condition: 'X0' } },
    });
    expect(shown(all.resources[0].condition?.holds)).toMatch(/^(limit|reference): /);
  });

  test('a chain of conditions, each nested in many others', () => {
    const nested = (inner: unknown) =>
      times(40, () => 0).reduce((all: unknown) => ({ 'Fn::Not': [all] }), inner);
    const Conditions = entries(1_000, (i) => nested({ Condition: `X${i + 1}` }));
    const all = inventory({ Conditions, Resources: { B: { Type: 'AWS::S3::Bucket', Condition: 'X0' } } });
    expect(shown(all.resources[0].condition?.holds)).toBe('limit: it is nested more than 150 levels deep');
  });

  test('JSON in JSON in JSON', () => {
    const nested = (inner: unknown) => times(40, () => 0).reduce((all: unknown) => [all], inner);
    const json = times(100, () => 0).reduce((all: unknown) => ({ 'Fn::ToJsonString': nested(all) }), 'x');
    expect(evaluate(json)).toBe('function: not all of the JSON is known');
  });

  test('a nested stack with many parameters that are all used', () => {
    const count = 20_000;
    const child = {
      Parameters: entries(count, () => ({ Type: 'String' })),
      Resources: Object.fromEntries(
        times(count, (i) => [
          `B${i}`,
          { Type: 'AWS::S3::Bucket', Properties: { BucketName: { Ref: `X${i}` } } },
        ]),
      ),
    };
    const parent = source(
      {
        Resources: {
          Child: {
            Type: 'AWS::CloudFormation::Stack',
            Properties: { Parameters: entries(count, (i) => `bucket-${i}`) },
          },
        },
      },
      { nested: () => ({ template: child, file: 'child.json' }) },
    );
    expect(inventoryOf([parent]).resources[19_999].name).toBe('bucket-19999');
  });

  test('many exports of one name that are all imported', () => {
    const Outputs = entries(20_000, () => ({ Value: 'x', Export: { Name: 'same' } }));
    const Resources = entries(20_000, () => ({
      Type: 'AWS::S3::Bucket',
      Properties: { BucketName: { 'Fn::ImportValue': 'same' } },
    }));
    expect(shown(inventory({ Outputs, Resources }).resources[0].name)).toBe(
      'import: the export `same` is in several stacks',
    );
  });

  test('many vaults of one name that are all used', () => {
    const vaults = entries(10_000, () => ({
      Type: 'AWS::Backup::BackupVault',
      Properties: { BackupVaultName: 'same' },
    }));
    const plans = Object.fromEntries(
      times(10_000, (i) => [
        `P${i}`,
        {
          Type: 'AWS::Backup::BackupPlan',
          Properties: { BackupPlan: { BackupPlanRule: [{ TargetBackupVault: 'same' }] } },
        },
      ]),
    );
    const all = inventoryOfResources({ ...vaults, ...plans });
    expect(all.plans[0].rules.items[0].vault).toEqual({ text: 'same' });
  });

  test('a long text that many functions put together again and again', () => {
    const Parameters = { Long: { Type: 'String', Default: 'x'.repeat(200_000) } };
    const Resources = entries(20_000, () => ({
      Type: 'AWS::S3::Bucket',
      Properties: {
        Tags: [
          { Key: 'a', Value: { 'Fn::Sub': `\${Long}!` } },
          { Key: { 'Fn::Select': [0, { 'Fn::Split': ['x', { Ref: 'Long' }] }] } },
        ],
      },
    }));
    const { resources } = inventory({ Parameters, Resources });
    expect(resources).toHaveLength(20_000);
    expect(shown(resources[19_999].tags.rest)).toBe('limit: there are more elements than can be read');
  });

  test('many comparisons of long texts with holes', () => {
    const Parameters = {
      A: { Type: 'String' },
      B: { Type: 'String' },
      Long: { Type: 'String', Default: 'ab'.repeat(1_000) },
    };
    const side = (name: string) => ({ 'Fn::Sub': `\${${name}}\${Long}\${${name}}` });
    const Conditions = entries(20_000, () => ({ 'Fn::Equals': [side('A'), side('B')] }));
    const Resources = entries(20_000, (i) => ({ Type: 'AWS::S3::Bucket', Condition: `X${i}` }));
    expect(inventory({ Parameters, Conditions, Resources }).resources).toHaveLength(20_000);
  });

  test('many plans with many rules', () => {
    const rules = times(10_000, () => ({}));
    const plan = { Type: 'AWS::Backup::BackupPlan', Properties: { BackupPlan: { BackupPlanRule: rules } } };
    const { plans } = inventoryOfResources(entries(1_000, () => plan));
    expect(plans[0].rules.items).toHaveLength(2_000);
    expect(shown(plans[999].rules.rest)).toBe('limit: there are more elements than can be read');
  });

  test('a policy with more in it than is read', () => {
    const Statement = times(10_000, () => times(1_000, () => 'x'));
    const policy = { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement } } };
    const { managedPolicies } = inventoryOfResources({ A: policy });
    expect(managedPolicies[0].document?.statements.rest?.kind).toBe('limit');
  });

  test('texts longer than any that AWS accepts, and those full of references', () => {
    expect(evaluate('x'.repeat(300_000))).toBe('limit: the text is too long to be read');
    expect(evaluate('{{resolve:ssm:x}}'.repeat(10_000))).toBe(
      'limit: the text is longer than CloudFormation accepts',
    );
    expect(evaluate({ 'Fn::Sub': '${'.repeat(100_000) })).toBe('${'.repeat(100_000));
    expect(evaluate({ 'Fn::Split': ['x', 'x'.repeat(100_000)] })).toBe(
      'limit: the list is too long to be read',
    );
  });
});

describe('mutated YAML', () => {
  const SEED = `
AWSTemplateFormatVersion: '2010-09-09'
Parameters: {Stage: {Type: String, Default: prod}}
Resources:
  Vault: &vault
    Type: AWS::Backup::BackupVault
    Properties:
      BackupVaultName: !Sub 'gold-\${Stage}'
      LockConfiguration: {MinRetentionDays: 7}
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanName: p
        BackupPlanRule:
          - RuleName: daily
            TargetBackupVault: !Ref Vault
            Lifecycle: !If [Prod, {DeleteAfterDays: 35}, !Ref 'AWS::NoValue']
  Other: *vault
Conditions:
  Prod: !Equals [!Ref Stage, prod]
`;
  const BITS = [
    '!Ref ',
    '!Sub',
    '&a ',
    '*a',
    '*vault',
    ': ',
    '- ',
    '[',
    ']',
    '{',
    '}',
    '\n',
    '\n  ',
    '"',
    "'",
    '|',
    '>',
    '?',
    '#',
    '%',
    '@',
    '<<: ',
    '\t',
    '\0',
    '---\n',
    '...',
    '~',
    'é',
    '\u2028',
  ];

  test('5,000 mutations end in an inventory or in one line', () => {
    let state = 7;
    const next = (below: number) => {
      state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
      return Math.floor((state / 0x7fffffff) * below);
    };
    let refused = 0;
    for (let i = 0; i < 5_000; i++) {
      let text = SEED;
      for (let changes = 1 + next(4); changes > 0; changes--) {
        const at = next(text.length);
        text = text.slice(0, at) + (next(3) ? BITS[next(BITS.length)] : '') + text.slice(at + next(12));
      }
      try {
        inventoryOf([source(parseTemplate(text, 'a.yaml'))]);
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
        expect((error as Error).message).toMatch(/^a\.yaml: .+$/);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(500);
    expect(refused).toBeLessThan(4_500);
  }, 60_000);
});
