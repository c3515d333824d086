import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Inventory, inventoryOf, readInventory } from '../../../src/inventory/inventory';
import { showText } from '../../../src/template/evaluation/text';
import { known } from '../../../src/template/evaluation/unknown';
import { resource } from '../../support/backups';
import { source } from '../../support/templates';

const vault = (BackupVaultName: unknown) => resource('Backup::BackupVault', { BackupVaultName });
const set = (properties: object) =>
  resource('CloudFormation::StackSet', { StackSetName: 's', ...properties });
const group = (Regions: unknown, more: object = {}) => ({
  Regions,
  DeploymentTargets: { OrganizationalUnitIds: ['ou-a'] },
  ...more,
});

function made({ stackSets }: Inventory, region: string, index = 0): string[] {
  const { vaults, roles } = stackSets[0].groups.items[index].made(region);
  return [...vaults, ...roles].map(({ name }) => (name === undefined ? '?' : showText(name)));
}

const inventory = (baseline: unknown, sections: object = {}) =>
  inventoryOf([source({ ...sections, Resources: { Set: baseline } })]);

test('a stack set has what it says of accounts, units, Regions and deployment', () => {
  const targets = { OrganizationalUnitIds: ['ou-a'], Accounts: ['111111111111'], AccountFilterType: 'UNION' };
  const { stackSets } = inventory(
    set({
      PermissionModel: 'SERVICE_MANAGED',
      AutoDeployment: { Enabled: 'true' },
      TemplateBody: '{"Resources":{}}',
      StackInstancesGroup: [{ Regions: ['us-east-1'], DeploymentTargets: targets }],
    }),
  );
  expect(stackSets).toMatchObject([
    {
      name: 's',
      permissionModel: 'SERVICE_MANAGED',
      autoDeployment: true,
      readable: true,
      groups: {
        items: [
          {
            units: { items: ['ou-a'] },
            accounts: { items: ['111111111111'] },
            filter: 'UNION',
            regions: { items: ['us-east-1'] },
          },
        ],
      },
    },
  ]);
});

test('what its template makes is none of the app itself', () => {
  const baseline = set({
    TemplateBody: JSON.stringify({ Resources: { V: vault('v') } }),
    StackInstancesGroup: [group([])],
  });
  const all = inventory(baseline);
  expect(all.vaults).toEqual([]);
  expect(made(all, 'us-east-1')).toEqual(['v']);
});

test.each<[string, object, string[]]>([
  ['JSON', { TemplateBody: JSON.stringify({ Resources: { V: vault('v') } }) }, ['v']],
  [
    'YAML',
    {
      TemplateBody: `Resources:\n  V:\n    Type: AWS::Backup::BackupVault\n    Properties:\n      BackupVaultName: !Sub "v-\${AWS::Region}"\n`,
    },
    ['v-eu-west-1'],
  ],
  [
    'JSON that is put together',
    {
      TemplateBody: {
        'Fn::Join': ['', [JSON.stringify({ Resources: { V: vault('v') } }).slice(0, -1), '}']],
      },
    },
    ['v'],
  ],
  [
    'JSON with gaps',
    {
      TemplateBody: {
        'Fn::Sub': JSON.stringify({ Resources: { V: vault('v'), R: vault(`\${Nowhere}-x`) } }),
      },
    },
    ['v', `\${?}-x`],
  ],
  [
    'YAML with gaps',
    {
      TemplateBody: {
        'Fn::Sub': [
          'Resources:',
          '  V:',
          '    Type: AWS::Backup::BackupVault',
          '    Properties:',
          `      BackupVaultName: of-\${AWS::AccountId}`,
          '  R:',
          '    Type: AWS::Backup::BackupVault',
          '    Properties:',
          `      BackupVaultName: !Sub in-\${!AWS::Region}`,
        ].join('\n'),
      },
    },
    ['of-111111111111', 'in-eu-west-1'],
  ],
])('its template may be %s', (_, properties, names) => {
  expect(made(inventory(set({ ...properties, StackInstancesGroup: [group([])] })), 'eu-west-1')).toEqual(
    names,
  );
});

test('parameters, overrides, pseudo parameters and conditions are those of the Region', () => {
  const template = {
    Parameters: { Name: { Type: 'String', Default: 'fallback' }, Kind: { Type: 'String', Default: 'k' } },
    Conditions: { Home: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] } },
    Resources: {
      V: vault({ 'Fn::Sub': `\${Name}-\${Kind}-\${AWS::Region}` }),
      R: { ...resource('IAM::Role', { RoleName: 'r' }), Condition: 'Home' },
      A: vault({ 'Fn::Sub': `\${AWS::AccountId}` }),
    },
  };
  const all = inventory(
    set({
      TemplateBody: JSON.stringify(template),
      Parameters: [{ ParameterKey: 'Name', ParameterValue: 'given' }],
      StackInstancesGroup: [
        group(['us-east-1']),
        group(['eu-west-1'], { ParameterOverrides: [{ ParameterKey: 'Kind', ParameterValue: 'other' }] }),
      ],
    }),
  );
  expect(made(all, 'us-east-1')).toEqual(['given-k-us-east-1', `\${AWS::AccountId}`, 'r']);
  expect(made(all, 'eu-west-1', 1)).toEqual(['given-other-eu-west-1', `\${AWS::AccountId}`]);
});

test('the template behind a URL is that of the assembly', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stack-set-'));
  try {
    const write = (name: string, value: object) => writeFileSync(join(folder, name), JSON.stringify(value));
    const hash = 'a'.repeat(64);
    write('manifest.json', {
      version: '54.0.0',
      artifacts: {
        Main: { type: 'aws:cloudformation:stack', properties: { templateFile: 'main.template.json' } },
      },
    });
    write('main.assets.json', { files: { [hash]: { source: { path: 'member.template.json' } } } });
    write('member.template.json', { Resources: { V: vault('v') } });
    const url = { 'Fn::Sub': `https://s3.\${AWS::Region}.\${AWS::URLSuffix}/assets/${hash}.json` };
    write('main.template.json', {
      Resources: { Set: set({ TemplateURL: url, StackInstancesGroup: [group([])] }) },
    });
    expect(made(readInventory([folder]), 'us-east-1')).toEqual(['v']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test.each<[string, object]>([
  ['is behind a URL', { TemplateURL: 'https://example.com/t.json' }],
  ['is not set', {}],
  ['is an object', { TemplateBody: { Resources: {} } }],
  ['is no JSON', { TemplateBody: '{' }],
  ['is no template', { TemplateBody: '[]' }],
  ['has no resources', { TemplateBody: '{"Resources":[]}' }],
  ['is a parameter', { TemplateBody: { Ref: 'Unknown' } }],
  ['nests without end', { TemplateBody: '['.repeat(100_000) }],
])('a template that %s is not read', (_, properties) => {
  const all = inventory(set({ ...properties, StackInstancesGroup: [group([])] }), {
    Parameters: { Unknown: { Type: 'String' } },
  });
  expect(all.stackSets[0].readable).toBe(false);
  expect(made(all, 'us-east-1')).toEqual([]);
});

test('what is no stack set in its properties has nothing known', () => {
  const [{ groups, autoDeployment, name }] = inventory({
    Type: 'AWS::CloudFormation::StackSet',
    Properties: 'x',
  }).stackSets;
  expect(groups).toMatchObject({ items: [] });
  expect([known(autoDeployment), known(name)]).toEqual([undefined, undefined]);
});
