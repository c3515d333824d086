import { Context } from '../../../src/inventory/core/context';
import type { StackSource } from '../../../src/template/input/source';
import { shown, source } from '../../support/templates';

const GOLD = 'arn:aws:backup:us-east-1:111111111111:backup-vault:gold';
const VAULT = { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'gold' } };

/** A stack that exports the ARN of its vault. */
function producer(
  name: string,
  options: Partial<StackSource> = {},
  exportName: unknown = 'vault-arn',
): StackSource {
  return source(
    {
      Resources: { Vault: VAULT },
      Outputs: {
        Arn: { Value: { 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] }, Export: { Name: exportName } },
        List: { Value: { 'Fn::Join': ['||', ['a', 'b']] } },
        Object: { Value: { a: 1 } },
      },
    },
    { id: name, name, stackName: name, file: `${name}.json`, ...options },
  );
}

function consumer(options: Partial<StackSource> = {}): StackSource {
  return source(
    { Resources: {} },
    { id: 'Consumer', name: 'Consumer', stackName: 'Consumer', file: 'c.json', ...options },
  );
}

/** What a value in the last of the stacks evaluates to. */
function evaluated(value: unknown, ...sources: StackSource[]): unknown {
  const context = new Context(sources);
  return shown(context.literal.evaluate(value, context.stacks.all[sources.length - 1]));
}

const IMPORT = { 'Fn::ImportValue': 'vault-arn' };
const output = (rest: object = {}) => ({
  'Fn::GetStackOutput': { StackName: 'A', OutputName: 'Arn', ...rest },
});

describe('Fn::ImportValue', () => {
  test('an export of the same account and Region is found', () => {
    expect(evaluated(IMPORT, producer('A'), consumer())).toBe(GOLD);
  });

  test('an export whose name is put together of the same pieces is found', () => {
    const name = { 'Fn::Sub': `\${AWS::StackName}-vault` };
    expect(evaluated({ 'Fn::ImportValue': 'A-vault' }, producer('A', {}, name), consumer())).toBe(GOLD);
    expect(evaluated({ 'Fn::ImportValue': name }, producer('A', {}, 'Consumer-vault'), consumer())).toBe(
      GOLD,
    );
  });

  test('an export of another Region is not', () => {
    expect(evaluated(IMPORT, producer('A', { region: 'eu-west-1' }), consumer())).toBe(
      'import: the export `vault-arn` is not in the input',
    );
  });

  test('of two exports with one name that of the same account is taken', () => {
    const other = producer('B', { account: '222222222222' });
    expect(evaluated(IMPORT, other, producer('A'), consumer())).toBe(GOLD);
  });

  test('of two exports with one name that of the same assembly is taken', () => {
    const other = producer('B', { assembly: '/b' });
    const mine = producer('A', { assembly: '/a' });
    expect(evaluated(IMPORT, other, mine, consumer({ assembly: '/a' }))).toBe(GOLD);
    expect(evaluated(IMPORT, other, mine, consumer())).toBe(
      'import: the export `vault-arn` is in several stacks',
    );
  });

  test('a name that is not known, or is none, leads nowhere', () => {
    expect(evaluated({ 'Fn::ImportValue': { Ref: 'AWS::NoValue' } }, consumer())).toBe(
      'shape: the arguments of `Fn::ImportValue` are malformed',
    );
    expect(evaluated({ 'Fn::ImportValue': { 'Fn::GetAZs': '' } }, consumer())).toBe(
      'function: `Fn::GetAZs` is not evaluated',
    );
  });

  test('an export whose name asks for an export ends', () => {
    const selfish = producer('A', {}, { 'Fn::ImportValue': 'x' });
    expect(evaluated(IMPORT, selfish, consumer())).toBe('import: the export `vault-arn` is not in the input');
  });
});

describe('Fn::GetStackOutput', () => {
  test('an output of a stack of the same Region is found by the name of the stack', () => {
    expect(evaluated(output(), producer('A'), consumer())).toBe(GOLD);
  });

  test('an output of another Region is found where the Region is said', () => {
    const elsewhere = producer('A', { region: 'eu-west-1' });
    expect(evaluated(output({ Region: 'eu-west-1' }), elsewhere, consumer())).toBe(
      'arn:aws:backup:eu-west-1:111111111111:backup-vault:gold',
    );
    expect(evaluated(output(), elsewhere, consumer())).toBe(
      'import: the output `Arn` of the stack `A` is not in the input',
    );
  });

  test('an output of a Region that is not known is found where only one stack has it', () => {
    const region = { 'Fn::GetAZs': '' };
    expect(evaluated(output({ Region: region }), producer('A', { region: 'eu-west-1' }), consumer())).toBe(
      'arn:aws:backup:eu-west-1:111111111111:backup-vault:gold',
    );
  });

  test('an output that no stack has, or that is no text, is not known', () => {
    expect(evaluated(output({ OutputName: 'Nothing' }), producer('A'), consumer())).toBe(
      'import: the output `Nothing` of the stack `A` is not in the input',
    );
    expect(evaluated(output({ OutputName: 'Object' }), producer('A'), consumer())).toBe(
      'shape: an output must be text',
    );
    expect(evaluated({ 'Fn::GetStackOutput': {} }, consumer())).toBe(
      'shape: the arguments of `Fn::GetStackOutput` are malformed',
    );
    expect(evaluated(output({ StackName: { 'Fn::GetAZs': '' } }), consumer())).toBe(
      'function: `Fn::GetAZs` is not evaluated',
    );
    expect(evaluated(output({ OutputName: { 'Fn::GetAZs': '' } }), consumer())).toBe(
      'function: `Fn::GetAZs` is not evaluated',
    );
  });

  test('two outputs that ask for each other are not known', () => {
    const asking = (name: string, other: string) =>
      source(
        { Outputs: { Arn: { Value: { 'Fn::GetStackOutput': { StackName: other, OutputName: 'Arn' } } } } },
        { id: name, name, stackName: name },
      );
    expect(evaluated(output(), asking('A', 'B'), asking('B', 'A'))).toBe(
      'cycle: the output `Arn` refers to itself',
    );
  });
});

describe('nested stacks', () => {
  const CHILD = {
    Parameters: {
      VaultName: { Type: 'String', Default: 'default' },
      Days: { Type: 'Number' },
      List: { Type: 'List<String>' },
    },
    Resources: {
      Inner: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: { Ref: 'VaultName' } } },
    },
    Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Inner', 'BackupVaultArn'] } } },
  };
  const parent = (Properties: object, child: unknown = CHILD) =>
    source(
      { Resources: { Vault: VAULT, Child: { Type: 'AWS::CloudFormation::Stack', Properties } } },
      { nested: () => ({ template: child, file: 'child.json' }) },
    );
  const inner = (value: unknown, Properties: object) => {
    const context = new Context([parent(Properties)]);
    return shown(context.literal.evaluate(value, context.stacks.all[1]));
  };

  test('a parameter has the value that the parent gives, in the scope of the parent', () => {
    expect(inner({ Ref: 'VaultName' }, { Parameters: { VaultName: { Ref: 'Vault' } } })).toBe('gold');
  });

  test('a parameter that the parent leaves out has its default', () => {
    expect(inner({ Ref: 'VaultName' }, {})).toBe('default');
    expect(inner({ Ref: 'Days' }, {})).toBe(`\${Days}`);
  });

  test('a list parameter is given as text with commas', () => {
    const context = new Context([parent({ Parameters: { List: 'a, b' } })]);
    expect(context.literal.evaluate({ Ref: 'List' }, context.stacks.all[1])).toEqual(['a', 'b']);
  });

  test('parameters that hang on an unknown condition are not known', () => {
    expect(inner({ Ref: 'VaultName' }, { Parameters: { 'Fn::If': ['Nowhere', {}, {}] } })).toMatch(
      /^condition: /,
    );
  });

  test('an output leads back to the parent', () => {
    expect(
      evaluated({ 'Fn::GetAtt': ['Child', 'Outputs.Arn'] }, parent({ Parameters: { VaultName: 'inner' } })),
    ).toBe('arn:aws:backup:us-east-1:111111111111:backup-vault:inner');
    expect(evaluated({ 'Fn::GetAtt': ['Child', 'Outputs.Nothing'] }, parent({}))).toBe(
      'reference: the nested stack has no output `Nothing`',
    );
  });

  test('a stack that nests itself, or nests too deeply, is not followed', () => {
    const endless = { Resources: { Child: { Type: 'AWS::CloudFormation::Stack' } } };
    const itself = new Context([
      source(endless, { nested: () => ({ template: endless, file: 'App.template.json' }) }),
    ]);
    expect(itself.stacks.all).toHaveLength(1);
    expect(itself.stacks.skipped).toMatchObject([
      { logicalId: 'Child', reason: 'its template nests itself' },
    ]);

    let files = 0;
    const deep = new Context([
      source(endless, { nested: () => ({ template: endless, file: `${files++}.json` }) }),
    ]);
    expect(deep.stacks.all.length).toBeLessThan(30);
    expect(deep.stacks.skipped).toMatchObject([
      { reason: 'nested stacks more than 20 levels deep are not read' },
    ]);
  });

  test('no more nested stacks are read than an account can have', () => {
    let files = 0;
    const Resources = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [`Child${i}`, { Type: 'AWS::CloudFormation::Stack' }]),
    );
    const context = new Context([
      source({ Resources }, { nested: () => ({ template: { Resources }, file: `${files++}.json` }) }),
    ]);
    expect(context.stacks.all).toHaveLength(5_001);
    expect(context.stacks.skipped[0].reason).toBe('only the first 5000 nested stacks are read');
  });

  test('a stack whose template is not there is noted', () => {
    const context = new Context([source({ Resources: { Child: { Type: 'AWS::CloudFormation::Stack' } } })]);
    expect(context.stacks.skipped).toMatchObject([{ reason: 'its template is not part of the input' }]);
  });
});

describe('exports of CDK to other Regions', () => {
  const KEY = '/cdk/exports/Consumer/Arn';
  const writer = source(
    {
      Resources: {
        Vault: VAULT,
        Writer: {
          Type: 'Custom::CrossRegionExportWriter',
          Properties: {
            WriterProps: {
              region: 'eu-west-1',
              exports: { [KEY]: { 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] } },
            },
          },
        },
        Broken: { Type: 'Custom::CrossRegionExportWriter', Properties: { WriterProps: { exports: 3 } } },
      },
    },
    { id: 'A', name: 'A' },
  );
  const reader = source(
    { Resources: { Reader: { Type: 'Custom::CrossRegionExportReader' } } },
    { id: 'B', name: 'B', region: 'eu-west-1' },
  );

  test('what one stack writes the other reads', () => {
    expect(evaluated({ 'Fn::GetAtt': ['Reader', KEY] }, writer, reader)).toBe(GOLD);
    expect(evaluated({ 'Fn::GetAtt': ['Reader', '/other'] }, writer, reader)).toBe(
      'import: the export `/other` is not in the input',
    );
  });
});

describe('stacks', () => {
  test('a stack that is given twice is read twice, under two ids', () => {
    const context = new Context([source({}), source({}), source({})]);
    expect(context.stacks.all.map((stack) => stack.id)).toEqual(['App', 'App~2', 'App~3']);
  });

  test('a resource is found by its id', () => {
    const context = new Context([producer('A')]);
    expect(context.find('A#Vault')?.item.type).toBe('AWS::Backup::BackupVault');
    expect(context.find('A#Nothing')).toBeUndefined();
    expect(context.find('Vault')).toBeUndefined();
  });

  test('a template with more resources than CloudFormation could ever take is refused', () => {
    const resources: Record<string, unknown> = {};
    for (let i = 0; i <= 100_000; i++) resources[`R${i}`] = { Type: 'X' };
    expect(() => new Context([source({ Resources: resources })])).toThrow(
      'App.template.json: `Resources`: has more than 100000 resources',
    );
    delete resources.R0;
    const sources = Array.from({ length: 6 }, (_, i) => source({ Resources: resources }, { id: `${i}` }));
    expect(() => new Context(sources)).toThrow(
      'App.template.json: and the templates before it have more than 500000 resources',
    );
  });
});
