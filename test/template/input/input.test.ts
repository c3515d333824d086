import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { readInventory } from '../../../src/inventory/inventory';
import { InputError } from '../../../src/template/input/input-error';
import { readSources } from '../../../src/template/input/sources';
import { parseTemplate } from '../../../src/template/input/yaml';

const folder = mkdtempSync(path.join(tmpdir(), 'inventory-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function file(content: string | Buffer, name = `${files++}.json`): string {
  const full = path.join(folder, name);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, content);
  return full;
}

/** The message of the error that reading ends with, the folder left out. */
function refusal(...paths: string[]): string {
  try {
    readInventory(paths);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).not.toMatch(/[\r\n]/);
    return (error as Error).message.split(`${folder}${path.sep}`).join('');
  }
  return 'nothing was refused';
}

const MINIMAL = '{"Resources":{}}';

describe('a file that cannot be read or understood is refused in one line', () => {
  test.each<[string, string | Buffer, string]>([
    ['an empty file', '', 'is empty'],
    ['a file of blanks', ' \n\t', 'is empty'],
    ['a truncated file', '{"Resources": {"A": ', 'is not valid JSON: it ends unexpectedly'],
    ['a file that ends in a text', '{"Resources": {"A', 'is not valid JSON: it ends unexpectedly'],
    [
      'a file that is not JSON',
      '{"Resources": nothing}',
      'is not valid JSON: unexpected character at line 1 column 16',
    ],
    ['a file with something behind', '{} {}', 'is not valid JSON: unexpected character at line 1 column 4'],
    ['a list', '[]', 'is not a CloudFormation template: it must contain an object'],
    ['a text', 'hello', 'is not a CloudFormation template: it must contain an object'],
    ['an object without resources', '{"a": 1}', 'is not a CloudFormation template: it has no `Resources`'],
    [
      'resources that are a list',
      '{"Resources": []}',
      'is not a CloudFormation template: it has no `Resources`',
    ],
    ['brackets without end', `{"Resources":${'['.repeat(100_000)}`, 'is nested more than 500 levels deep'],
    [
      'deep objects',
      `{"Resources":${'{"a":'.repeat(600)}1${'}'.repeat(601)}`,
      'is nested more than 500 levels deep',
    ],
    [
      'binary data',
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]),
      'is not a CloudFormation template: it must contain an object',
    ],
  ])('%s', (_, content, reason) => {
    const name = file(content);
    expect(refusal(name)).toBe(`${path.basename(name)}: ${reason}`);
  });

  test.each<[string, string, string]>([
    ['a tab', 'Resources:\n\tA: 1\n', 'is not valid YAML: tab as indent at line 2 column 1'],
    ['a brace left open', 'Resources: {a: [b\n', 'is not valid YAML: bad indent at line 2 column 1'],
    [
      'two documents',
      'Resources: {}\n---\nResources: {}\n',
      'is not valid YAML: it contains more than one document',
    ],
    ['an alias without anchor', 'Resources: *x\n', 'is not valid YAML: the alias `x` has no anchor'],
    ['a key that is a list', 'Resources:\n  ? [a]\n  : 1\n', 'is not valid YAML: a key is not a string'],
    [
      'flow collections without end',
      `Resources: ${'['.repeat(3_000)}`,
      'is not valid YAML: nested more than 500 levels deep',
    ],
    [
      'deep mappings',
      Array.from({ length: 700 }, (_, i) => `${' '.repeat(i)}a:\n`).join(''),
      'is nested more than 500 levels deep',
    ],
    [
      'aliases that grow without bounds',
      `a0: &a0 [x]\n${Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]\n`).join('')}`,
      'becomes too large when its aliases are expanded',
    ],
    ['too much', `Resources:\n${'  # more\n'.repeat(300_000)}`, 'is YAML larger than 2 MiB'],
  ])('YAML with %s', (_, content, reason) => {
    const name = file(content, `${files++}.yaml`);
    expect(refusal(name)).toBe(`${path.basename(name)}: ${reason}`);
  });

  test('a file that does not exist, is a folder, or is no file', () => {
    expect(refusal(path.join(folder, 'nothing.json'))).toBe('nothing.json: no such file');
    expect(refusal(path.join(file('x'), 'deeper.json'))).toMatch(/: no such file$/);
    expect(refusal('/dev/null')).toBe('/dev/null: is not a regular file');
    expect(refusal('a\0b')).toMatch(/: can't be read \(ERR_INVALID_ARG_VALUE\)$/);
    mkdirSync(path.join(folder, 'empty'));
    expect(refusal(path.join(folder, 'empty'))).toBe(
      'empty: is a folder without `manifest.json`: pass a cloud assembly (`cdk.out`) or template files',
    );
    symlinkSync('loop', path.join(folder, 'loop'));
    expect(refusal(path.join(folder, 'loop'))).toBe('loop: is a symbolic link to itself');
  });

  test('a file that is too large', () => {
    const name = file('{}');
    truncateSync(name, 65 << 20); // sparse
    expect(refusal(name)).toBe(`${path.basename(name)}: is larger than 64 MiB (68157440 bytes)`);
  });

  test('a million keys are read, or refused, in time', () => {
    const keys = Array.from({ length: 1_000_000 }, (_, i) => `"k${i}":0`).join(',');
    expect(refusal(file(`{"Resources":{${keys}}}`))).toBe('nothing was refused');
    expect(
      refusal(
        file(
          `{"Resources":{"Vault":{"Type":"AWS::Backup::BackupVault","Properties":{"BackupVaultTags":{${keys}}}}}}`,
        ),
      ),
    ).toBe('nothing was refused');
  });

  test('a message is one line, and not longer than a screen', () => {
    expect(new InputError('a\nb', 'c\td').message).toBe('a b: c d');
    expect(new InputError('x'.repeat(1_000), 'y').message).toHaveLength(500);
  });
});

describe('bare templates', () => {
  test('a JSON template with a byte order mark is read', () => {
    expect(readSources([file(`\uFEFF${MINIMAL}`, 'orders.template.json')])).toMatchObject([
      { name: 'orders', template: { Resources: {} } },
    ]);
  });

  test('nobody knows where a bare template is deployed, and what its stack is called', () => {
    const { stacks } = readInventory([file(MINIMAL, 'shop.template')]);
    expect(stacks).toMatchObject([{ name: 'shop', account: undefined, region: undefined }]);
  });

  test('keys with the names of the language are keys like any other', () => {
    const { vaults } = readInventory([
      file(
        '{"Resources":{"__proto__":{"Type":"AWS::Backup::BackupVault","Properties":{"BackupVaultName":"gold","BackupVaultTags":{"__proto__":"x","constructor":"y"}}}}}',
      ),
    ]);
    expect(vaults[0].place.logicalId).toBe('__proto__');
    expect(vaults[0].tags.items).toMatchObject([
      { key: '__proto__', value: 'x' },
      { key: 'constructor', value: 'y' },
    ]);
    expect(({} as { x?: string }).x).toBeUndefined();
  });

  test('nested templates beside a template are read, once', () => {
    const child = file('Resources:\n  Vault:\n    Type: AWS::Backup::BackupVault\n', 'nested/child.yaml');
    const parent = file(
      '{"Resources":{"Child":{"Type":"AWS::CloudFormation::Stack","Properties":{"TemplateURL":"./child.yaml"}},"Elsewhere":{"Type":"AWS::CloudFormation::Stack","Properties":{"TemplateURL":"https://example.com/x.yaml"}},"Missing":{"Type":"AWS::CloudFormation::Stack","Properties":{"TemplateURL":"missing.yaml"}}}}',
      'nested/parent.json',
    );
    const alone = readInventory([parent]);
    expect(alone.vaults).toMatchObject([{ place: { stack: 'parent/Child', file: child } }]);
    expect(alone.unread.map(({ message }) => message)).toEqual([
      'nested stack `Elsewhere` is not read: its template is not part of the input',
      'nested stack `Missing` is not read: its template is not part of the input',
    ]);
    expect(readInventory([parent, child]).vaults).toHaveLength(1);
    expect(readInventory([child, file(MINIMAL)]).vaults).toHaveLength(1);
  });

  test('two templates that nest each other are read', () => {
    const nesting = (other: string) =>
      `{"Resources":{"Other":{"Type":"AWS::CloudFormation::Stack","Properties":{"TemplateURL":"${other}"}}}}`;
    const a = file(nesting('b.json'), 'each/a.json');
    const b = file(nesting('a.json'), 'each/b.json');
    expect(readInventory([a, b]).stacks.length).toBeGreaterThan(1);
  });
});

describe('YAML', () => {
  const yaml = (text: string) => parseTemplate(text, 'a.yaml');

  test('short tags become the long forms', () => {
    expect(
      yaml(`
ref: !Ref Vault
sub: !Sub 'arn:\${AWS::Partition}'
list: !Sub ['\${a}', {a: !Ref B}]
attribute: !GetAtt Vault.Arn.More
parts: !GetAtt [Vault, Arn]
bare: !GetAtt Vault
choice: !If [Prod, !Ref A, !Ref 'AWS::NoValue']
joined: !Join
  - ','
  - - a
    - !Select [0, !Split [',', 'b,c']]
map: !FindInMap [Map, !Ref 'AWS::Region', key]
both: !And [!Condition A, !Not [!Equals [a, b]]]
import: !ImportValue x
include: !Transform {Name: AWS::Include}
`),
    ).toEqual({
      ref: { Ref: 'Vault' },
      sub: { 'Fn::Sub': `arn:\${AWS::Partition}` },
      list: { 'Fn::Sub': [`\${a}`, { a: { Ref: 'B' } }] },
      attribute: { 'Fn::GetAtt': ['Vault', 'Arn.More'] },
      parts: { 'Fn::GetAtt': ['Vault', 'Arn'] },
      bare: { 'Fn::GetAtt': ['Vault'] },
      choice: { 'Fn::If': ['Prod', { Ref: 'A' }, { Ref: 'AWS::NoValue' }] },
      joined: { 'Fn::Join': [',', ['a', { 'Fn::Select': ['0', { 'Fn::Split': [',', 'b,c'] }] }]] },
      map: { 'Fn::FindInMap': ['Map', { Ref: 'AWS::Region' }, 'key'] },
      both: { 'Fn::And': [{ Condition: 'A' }, { 'Fn::Not': [{ 'Fn::Equals': ['a', 'b'] }] }] },
      import: { 'Fn::ImportValue': 'x' },
      include: { 'Fn::Transform': { Name: 'AWS::Include' } },
    });
  });

  test('scalars stay as they are written, but for the words of YAML 1.1', () => {
    expect(
      yaml(
        'account: 012345678901\nday: 2012-10-17\ntime: 1:05:00\nyes: yes\nno: "no"\noff: off\nnone: ~\nempty:\ntag: !!str 7\nexact: ! 7\n',
      ),
    ).toEqual({
      account: '012345678901',
      day: '2012-10-17',
      time: '1:05:00',
      yes: true,
      no: 'no',
      off: false,
      none: null,
      empty: null,
      tag: '7',
      exact: '7',
    });
  });

  test('anchors and aliases are followed', () => {
    expect(yaml('a: &x {b: [1]}\nc: *x\nd: &y z\ne: *y\n')).toEqual({
      a: { b: ['1'] },
      c: { b: ['1'] },
      d: 'z',
      e: 'z',
    });
  });

  test('keys with the names of the language are keys like any other', () => {
    const value = yaml('__proto__: {polluted: true}\n') as object;
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  test('JSON in a file of YAML, and YAML that begins with a brace, are read', () => {
    expect(yaml('{"a": 1}')).toEqual({ a: 1 });
    expect(yaml('{a: 1}')).toEqual({ a: '1' });
    expect(() => parseTemplate('{a: 1}', 'a.json')).toThrow(
      'a.json: is not valid JSON: unexpected character at line 1 column 2',
    );
  });
});
