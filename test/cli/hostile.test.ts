import { rmSync, symlinkSync, truncateSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { cdkBackup, type Outcome, planTemplate, TABLES, workFolder } from './core/command';

const file = workFolder();

/** Exit code 2, one line on stderr that names the file, and nothing on stdout. */
function expectRefusal(outcome: Outcome, path: string, reason: string | RegExp): void {
  expect(outcome).toMatchObject({ code: 2, stdout: '' });
  expect(outcome.stderr).toMatch(/^cdk-backup: [^\n]+\n$/);
  expect(outcome.stderr).toContain(path);
  expect(outcome.stderr).toMatch(reason);
  expect(outcome.stderr).not.toMatch(/^ +at /m);
}

function huge(name: string, bytes: number): string {
  const path = file(name, '{');
  truncateSync(path, bytes);
  return path;
}

describe.each(['check', 'coverage'])('%s refuses in one line', (command) => {
  test.each<[string, () => string, string | RegExp]>([
    ['a file that is not there', () => 'no/such/template.json', 'no such file'],
    ['an empty file', () => file('empty.json', ''), 'is empty'],
    ['white space', () => file('blank.json', ' \n\t'), 'is empty'],
    [
      'a truncated file',
      () => file('cut.json', JSON.stringify(TABLES).slice(0, 300)),
      'is not valid JSON: it ends unexpectedly',
    ],
    [
      'what is no JSON',
      () => file('text.json', '{not json}'),
      'is not valid JSON: unexpected character at line 1 column 2',
    ],
    ['bytes', () => file('bytes.json', Buffer.from([0, 1, 2, 0xff, 0xfe])), /is not/],
    ['a list', () => file('list.json', '[]'), 'is not a CloudFormation template: it must contain an object'],
    ['null', () => file('null.json', 'null'), 'is not a CloudFormation template'],
    ['an object without resources', () => file('other.json', '{"Resourcen": {}}'), 'it has no `Resources`'],
    [
      'properties that are a number',
      () => file('properties.json', '{"Resources": {"A": {"Type": "AWS::S3::Bucket", "Properties": 5}}}'),
      '`Resources/A/Properties`: must be an object, got 5',
    ],
    [
      'properties that are a list, in YAML',
      () => file('properties.yaml', 'Resources: {A: {Type: "AWS::S3::Bucket", Properties: [a]}}'),
      '`Resources/A/Properties`: must be an object, got an array',
    ],
    ['resources in a list', () => file('resources.json', '{"Resources": []}'), 'it has no `Resources`'],
    [
      'what is nested too deeply',
      () => file('deep.json', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`),
      'is nested more than 500 levels deep',
    ],
    [
      'lists that are nested too deeply',
      () => file('lists.json', '['.repeat(1_000_000)),
      'is nested more than 500 levels deep',
    ],
    ['a huge file', () => huge('huge.json', 65 << 20), 'is larger than 64 MiB'],
    ['YAML that blows up', () => file('bomb.yaml', bomb()), /is not|becomes too large/],
    [
      'a folder without manifest',
      () => dirname(file('folder/x.json', '{}')),
      'is a folder without `manifest.json`',
    ],
    [
      'a manifest that is none',
      () => dirname(file('broken/manifest.json', '{')),
      'is not valid JSON: it ends unexpectedly',
    ],
    [
      'a manifest of another kind',
      () => file('other/manifest.json', '{"artifacts": []}'),
      '`artifacts`: must be an object',
    ],
    ['an assembly without its template', () => assembly('gone', 'gone.template.json'), 'no such file'],
    [
      'an assembly that leads elsewhere',
      () => assembly('outside', '../../etc/passwd'),
      'is outside the assembly',
    ],
    ['an assembly in itself', () => nestedAssembly('self'), 'belongs to an assembly that contains itself'],
    ['a link that leads to itself', () => loop(), 'is a symbolic link to itself'],
  ])('%s', (_, make, reason) => {
    const path = make();
    expectRefusal(cdkBackup([command, path]), path.split('/')[0], reason);
  });
});

function bomb(): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let i = 1; i < 12; i++)
    lines.push(
      `a${i}: &a${i} [${Array(10)
        .fill(`*a${i - 1}`)
        .join(', ')}]`,
    );
  return `${lines.join('\n')}\nResources: {}\n`;
}

function assembly(folder: string, templateFile: string): string {
  const artifacts = { S: { type: 'aws:cloudformation:stack', properties: { templateFile } } };
  return dirname(file(`${folder}/manifest.json`, JSON.stringify({ version: '54.0.0', artifacts })));
}

function nestedAssembly(folder: string): string {
  const artifacts = { S: { type: 'cdk:cloud-assembly', properties: { directoryName: '.' } } };
  return dirname(file(`${folder}/manifest.json`, JSON.stringify({ artifacts })));
}

function loop(): string {
  const path = join(dirname(file('loop/x', '')), 'self.json');
  rmSync(path, { force: true });
  symlinkSync(path, path);
  return path;
}

test.each<[string, string]>([
  [
    '`__proto__` everywhere',
    '{"__proto__": {"polluted": 1}, "Resources": {"__proto__": {"Type": "AWS::Backup::BackupPlan", "Properties": {"__proto__": {"polluted": 1}}}, "constructor": {"Type": "AWS::S3::Bucket"}}}',
  ],
  [
    'references that go in circles',
    '{"Resources": {"A": {"Type": "AWS::Backup::BackupPlan", "Properties": {"BackupPlan": {"BackupPlanName": {"Ref": "A"}, "BackupPlanRule": {"Fn::GetAtt": ["A", "x"]}}}}}, "Conditions": {"X": {"Condition": "Y"}, "Y": {"Condition": "X"}}}',
  ],
  [
    'a hundred thousand keys',
    JSON.stringify({
      Resources: Object.fromEntries(
        Array.from({ length: 100_000 }, (_, i) => [`R${i}`, { Type: 'A::B::C' }]),
      ),
    }),
  ],
  [
    'resources that are no objects',
    '{"Resources": {"A": null, "B": 1, "C": [], "D": "x", "E": {"Type": []}}}',
  ],
  [
    'types and properties that nobody knows',
    '{"Resources": {"A": {"Type": "AWS::Nova::Thing", "Properties": {"Backup": true}}, "B": {"Type": "AWS::Backup::Novelty"}}}',
  ],
])('a template with %s is read', (_, text) => {
  for (const command of ['check', 'coverage']) {
    const { code, stderr } = cdkBackup([command, file('odd.json', text), '--format', 'json']);
    expect([0, 1]).toContain(code);
    expect(stderr).toBe('');
  }
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('for any file, the exit code is one of three, and refusals are reported in one line', () => {
  const template = JSON.stringify({ ...planTemplate('daily', 'no!'), ...TABLES });
  const text = fc.oneof(
    fc.json(),
    fc.string({ unit: 'binary' }),
    // a template with some of it gone, changed or twice
    fc
      .tuple(fc.nat(template.length), fc.nat(60), fc.string())
      .map(([at, length, put]) => template.slice(0, at) + put + template.slice(at + length)),
  );
  const name = fc.constantFrom('mutant.json', 'mutant.yaml', 'mutant.template', 'assembly/manifest.json');
  fc.assert(
    fc.property(
      text,
      name,
      fc.constantFrom('check', 'coverage'),
      fc.constantFrom('text', 'json', 'markdown', 'sarif'),
      (content, as, command, format) => {
        const { code, stdout, stderr } = cdkBackup([command, file(as, content), '--format', format]);
        if (code === 2) {
          expect(stdout).toBe('');
          expect(stderr).toMatch(/^cdk-backup: [^\n]+\n$/);
          expect(stderr).not.toMatch(/unexpected failure/);
        } else {
          expect([0, 1]).toContain(code);
          expect(stderr).toBe('');
          if (format === 'json' || format === 'sarif') JSON.parse(stdout);
        }
      },
    ),
    { numRuns: 2_000 },
  );
}, 120_000);
