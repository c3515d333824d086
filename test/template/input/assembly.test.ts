import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import {
  App,
  Arn,
  ArnFormat,
  aws_backup as backup,
  CfnOutput,
  CfnParameter,
  CfnStack,
  aws_dynamodb as dynamodb,
  aws_iam as iam,
  NestedStack,
  Stack,
  Stage,
  aws_s3 as s3,
  Tags,
} from 'aws-cdk-lib';
import { tagValue } from '../../../src/inventory/core/tags';
import { readInventory, readInventoryAround } from '../../../src/inventory/inventory';
import { linkedRole, linkedVault } from '../../../src/inventory/lookups';
import { showText } from '../../../src/template/evaluation/text';
import { InputError } from '../../../src/template/input/input-error';

const folder = mkdtempSync(path.join(tmpdir(), 'assembly-'));
afterAll(() => rmSync(folder, { recursive: true }));

let apps = 0;
/** A synthesized app. */
function synth(build: (app: App) => void, context: Record<string, unknown> = {}): string {
  const outdir = path.join(folder, `cdk-${apps++}.out`);
  const app = new App({ outdir, context, treeMetadata: false });
  build(app);
  app.synth();
  return outdir;
}

const US = { account: '111111111111', region: 'us-east-1' };
const EU = { account: '222222222222', region: 'eu-west-1' };

/** A plan with one rule for a vault. */
function plan(scope: Stack, vault: backup.IBackupVault, id = 'Plan'): backup.BackupPlan {
  return new backup.BackupPlan(scope, id, {
    backupPlanRules: [new backup.BackupPlanRule({ backupVault: vault })],
  });
}

describe('an assembly of the CDK', () => {
  const app = (context: Record<string, unknown>) =>
    synth((root) => {
      const vaults = new Stack(root, 'Vaults', { env: US, stackName: 'vault-stack' });
      const vault = new backup.BackupVault(vaults, 'Vault', { backupVaultName: 'gold' });
      const role = new iam.Role(vaults, 'Role', {
        assumedBy: new iam.ServicePrincipal('backup.amazonaws.com'),
      });
      const nested = new NestedStack(vaults, 'Nested');
      plan(nested, vault);
      const inner = new NestedStack(nested, 'Inner');
      new s3.Bucket(inner, 'Bucket');
      new CfnOutput(vaults, 'InnerBucket', {
        value: (inner.node.findChild('Bucket') as s3.Bucket).bucketArn,
      });

      const plans = new Stack(root, 'Plans', { env: US });
      plan(plans, vault).addSelection('Selection', {
        role,
        resources: [backup.BackupResource.fromTag('backup', 'gold')],
      });

      const stage = new Stage(root, 'Prod', { env: EU });
      const data = new Stack(stage, 'Data');
      new dynamodb.Table(data, 'Table', {
        partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      });
      Tags.of(stage).add('backup', 'gold');

      new s3.Bucket(new Stack(root, 'Anywhere'), 'Bucket');
    }, context);

  describe.each([
    ['with exports', { '@aws-cdk/core:defaultCrossStackReferences': 'strong' }],
    ['with outputs', { '@aws-cdk/core:defaultCrossStackReferences': 'weak' }],
    ['with both', { '@aws-cdk/core:defaultCrossStackReferences': 'both' }],
    [
      'with metadata in the templates',
      { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true },
    ],
  ])('%s between its stacks', (_, context) => {
    const outdir = app(context);
    const inventory = readInventory([outdir]);

    test('has its stacks, those of stages and nested ones, with their places', () => {
      const stacks = inventory.stacks.map((stack) => [stack.constructPath, stack.account, stack.region]);
      expect(stacks.sort()).toEqual([
        ['Anywhere', undefined, undefined],
        ['Plans', US.account, US.region],
        ['Prod/Data', EU.account, EU.region],
        ['Vaults', US.account, US.region],
        ['Vaults/Nested', US.account, US.region],
        ['Vaults/Nested/Inner', US.account, US.region],
      ]);
      expect(inventory.stacks.map((stack) => stack.name.replace(/Nested.*/, '…')).sort()).toEqual([
        'Anywhere',
        'Plans',
        'Prod-Data',
        'vault-stack',
        'vault-stack/…',
        'vault-stack/…',
      ]);
      expect(inventory.unread).toEqual([]);
    });

    test('has construct paths of all resources, nested ones too', () => {
      const paths = [...inventory.byId.values()].map((item) => item.place.constructPath);
      expect(paths.sort()).toEqual([
        'Anywhere/Bucket/Resource',
        'Plans/Plan/Resource',
        'Plans/Plan/Selection/Resource',
        'Prod/Data/Table/Resource',
        'Vaults/Nested/Inner/Bucket/Resource',
        'Vaults/Nested/Plan/Resource',
        'Vaults/Role/Resource',
        'Vaults/Vault/Resource',
      ]);
    });

    test('has rules whose vault is in another stack', () => {
      const [vault] = inventory.vaults;
      expect(inventory.plans).toHaveLength(2);
      for (const { rules } of inventory.plans) {
        expect(rules.items[0].vault?.text).toBe('gold');
        expect(linkedVault(inventory, rules.items[0].vault)).toBe(vault);
      }
      expect(vault).toMatchObject({ deletionPolicy: 'Retain', updateReplacePolicy: 'Retain' });
    });

    test('has selections whose role is in another stack', () => {
      const [selection] = inventory.selections;
      expect(linkedRole(inventory, selection.role)?.place.stack).toBe('vault-stack');
      expect(selection.plan?.to).toMatch(/^Plans#/);
    });

    test('has the tags of stages on the resources in them', () => {
      const table = inventory.resources.find((resource) => resource.resourceType === 'DynamoDB');
      expect(table && tagValue(table.tags, 'backup')).toBe('gold');
      expect(table && tagValue(table.tags, 'aws:cloudformation:stack-name')).toBe('Prod-Data');
      expect(table && tagValue(table.tags, 'Backup')).toBeUndefined();
    });

    test('is read whole from a template of one of its stacks', () => {
      const stage = path.join(outdir, 'assembly-Prod');
      const template = JSON.parse(readFileSync(path.join(stage, 'manifest.json'), 'utf8'));
      const [artifact] = Object.keys(template.artifacts).filter(
        (name) => !name.includes('.') && name !== 'Tree',
      );
      const around = readInventoryAround([
        path.join(stage, `${artifact}.template.json`),
        path.join(outdir, 'Plans.template.json'),
      ]);
      expect(around.byId.size).toBe(inventory.byId.size);
      expect(around.stacks.every((stack) => path.isAbsolute(stack.file))).toBe(true);
    });

    test('is read from its manifest, too', () => {
      expect(readInventory([path.join(outdir, 'manifest.json')]).byId.size).toBe(inventory.byId.size);
    });
  });

  test('resources of another account and Region are found by their ARN', () => {
    const outdir = synth((root) => {
      const central = new Stack(root, 'Central', { env: EU });
      const vault = new backup.BackupVault(central, 'Vault', { backupVaultName: 'central' });
      const local = new Stack(root, 'Local', { env: US });
      new backup.BackupPlan(local, 'Plan', {
        backupPlanRules: [
          new backup.BackupPlanRule({
            backupVault: new backup.BackupVault(local, 'Vault', { backupVaultName: 'local' }),
            copyActions: [{ destinationBackupVault: vault }],
          }),
        ],
      });
    });
    const inventory = readInventory([outdir]);
    const [copy] = inventory.plans[0].rules.items[0].copies.items;
    expect(copy.vault?.text).toBe('arn:aws:backup:eu-west-1:222222222222:backup-vault:central');
    expect(linkedVault(inventory, copy.vault)?.place.region).toBe('eu-west-1');
  });

  test('references across Regions are followed through the custom resources of the CDK', () => {
    const outdir = synth((root) => {
      const central = new Stack(root, 'Central', {
        env: { ...US, region: 'eu-west-1' },
        crossRegionReferences: true,
      });
      const vault = new backup.CfnBackupVault(central, 'Vault', { backupVaultName: 'central' });
      const local = new Stack(root, 'Local', { env: US, crossRegionReferences: true });
      new backup.CfnBackupPlan(local, 'Plan', {
        backupPlan: {
          backupPlanName: 'p',
          backupPlanRule: [
            {
              ruleName: 'r',
              targetBackupVault: 'local',
              copyActions: [{ destinationBackupVaultArn: vault.attrBackupVaultArn }],
            },
          ],
        },
      });
    });
    const inventory = readInventory([outdir]);
    const [copy] = inventory.plans[0].rules.items[0].copies.items;
    expect(linkedVault(inventory, copy.vault)?.name).toBe('central');
  });

  test('outputs of stacks in other accounts are followed', () => {
    const outdir = synth(
      (root) => {
        const central = new Stack(root, 'Central', { env: EU });
        const vault = new backup.CfnBackupVault(central, 'Vault', { backupVaultName: 'central' });
        const local = new Stack(root, 'Local', { env: US });
        new backup.CfnBackupPlan(local, 'Plan', {
          backupPlan: {
            backupPlanName: 'p',
            backupPlanRule: [
              {
                ruleName: 'r',
                targetBackupVault: 'local',
                copyActions: [{ destinationBackupVaultArn: vault.attrBackupVaultArn }],
              },
            ],
          },
        });
      },
      { '@aws-cdk/core:defaultCrossStackReferences': 'weak' },
    );
    const inventory = readInventory([outdir]);
    const [copy] = inventory.plans[0].rules.items[0].copies.items;
    expect(linkedVault(inventory, copy.vault)?.place).toMatchObject(EU);
  });

  test('a vault whose name is a parameter is still the same vault', () => {
    const outdir = synth((root) => {
      const stack = new Stack(root, 'Stack');
      const name = new CfnParameter(stack, 'Name').valueAsString;
      const vault = new backup.CfnBackupVault(stack, 'Vault', { backupVaultName: name });
      const arn = Arn.format(
        {
          service: 'backup',
          resource: 'backup-vault',
          resourceName: vault.ref,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        },
        stack,
      );
      new backup.CfnBackupPlan(stack, 'Plan', {
        backupPlan: {
          backupPlanName: 'p',
          backupPlanRule: [
            {
              ruleName: 'r',
              targetBackupVault: vault.ref,
              copyActions: [{ destinationBackupVaultArn: arn }],
            },
          ],
        },
      });
    });
    const inventory = readInventory([outdir]);
    const [rule] = inventory.plans[0].rules.items;
    expect(linkedVault(inventory, rule.vault)).toBe(inventory.vaults[0]);
    expect(linkedVault(inventory, rule.copies.items[0].vault)).toBe(inventory.vaults[0]);
    expect(rule.vault && showText(rule.vault.text)).toBe(`\${Name}`);
  });
});

describe('assemblies of other versions', () => {
  const assembly = (
    manifest: object,
    files: Record<string, unknown> = {},
    name = `made-${apps++}`,
  ): string => {
    const out = path.join(folder, name);
    mkdirSync(out, { recursive: true });
    writeFileSync(path.join(out, 'manifest.json'), JSON.stringify(manifest));
    for (const [file, content] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(out, file)), { recursive: true });
      writeFileSync(path.join(out, file), typeof content === 'string' ? content : JSON.stringify(content));
    }
    return out;
  };
  const stack = (properties: object, rest: object = {}) => ({
    type: 'aws:cloudformation:stack',
    environment: 'aws://111111111111/us-east-1',
    properties,
    ...rest,
  });
  const BUCKET = { Resources: { Bucket: { Type: 'AWS::S3::Bucket' } } };

  test('an old one has metadata and tags in its manifest', () => {
    const out = assembly(
      {
        version: '1.10.0',
        artifacts: {
          Old: stack(
            { templateFile: 'Old.template.json', parameters: { Stage: 'prod' } },
            {
              environment: 'aws://unknown-account/us-east-1',
              metadata: {
                '/Old': [
                  {
                    type: 'aws:cdk:stack-tags',
                    data: [{ Key: 'a', Value: 'b' }, { key: 'c', value: 'd' }, 3],
                  },
                ],
                '/Old/Bucket/Resource': [{ type: 'aws:cdk:logicalId', data: 'Bucket' }],
                '/Old/Odd': 3,
              },
            },
          ),
        },
      },
      { 'Old.template.json': BUCKET },
    );
    const { resources, stacks } = readInventory([out]);
    expect(resources[0].place).toMatchObject({ constructPath: 'Old/Bucket/Resource', region: 'us-east-1' });
    expect(resources[0].place.account).toBeUndefined();
    expect(tagValue(resources[0].tags, 'a')).toBe('b');
    expect(tagValue(stacks[0].tags, 'c')).toBe('d');
  });

  test('a new one has artifacts and properties that does not exist', () => {
    const out = assembly(
      {
        version: '999.0.0',
        missing: [],
        artifacts: {
          New: stack(
            { templateFile: 'New.template.json', tags: { a: 'b' }, unheard: {} },
            { additionalMetadataFile: 'gone.json' },
          ),
          Unheard: { type: 'acme:thing', properties: {} },
          Odd: 3,
        },
      },
      { 'New.template.json': BUCKET },
    );
    const { resources } = readInventory([out]);
    expect(resources).toHaveLength(1);
    expect(resources[0].place.constructPath).toBeUndefined();
    expect(tagValue(resources[0].tags, 'a')).toBe('b');
  });

  test('one without artifacts, or with a stack without resources, is empty', () => {
    expect(readInventory([assembly({ version: '1.0.0' })]).stacks).toEqual([]);
    const out = assembly({ artifacts: { A: stack({ templateFile: 'A.json' }) } }, { 'A.json': {} });
    expect(readInventory([out]).stacks).toHaveLength(1);
  });

  test('a nested template is found by its hash in the manifests of assets, or by its metadata', () => {
    const hash = 'a'.repeat(64);
    const nested = (body: object) => ({
      Resources: { Child: { Type: 'AWS::CloudFormation::Stack', ...body } },
    });
    const out = (body: object) =>
      assembly(
        { artifacts: { A: stack({ templateFile: 'A.json' }) } },
        {
          'A.json': nested(body),
          'A.assets.json': { files: { [hash]: { source: { path: 'child.yaml' } }, odd: 3 } },
          'B.assets.json': { files: 3 },
          'child.yaml': 'Resources: {Bucket: {Type: AWS::S3::Bucket}}',
        },
      );
    const resources = (body: object) => readInventory([out(body)]).resources.length;
    expect(resources({ Properties: { TemplateURL: `https://s3/bucket/${hash}.json` } })).toBe(1);
    expect(resources({ Properties: { TemplateURL: { 'Fn::Sub': `https://\${AWS::Region}/${hash}` } } })).toBe(
      1,
    );
    expect(resources({ Metadata: { 'aws:asset:path': 'child.yaml' } })).toBe(1);
    expect(resources({ Metadata: { 'aws:asset:path': '../child.yaml' } })).toBe(0);
    expect(resources({ Metadata: { 'aws:asset:path': '/etc/hosts' } })).toBe(0);
    expect(resources({ Properties: { TemplateURL: { Ref: 'X' } } })).toBe(0);
    expect(resources({ Properties: { TemplateURL: `https://s3/bucket/${'b'.repeat(64)}` } })).toBe(0);
  });

  test.each<[string, unknown, Record<string, unknown>, string]>([
    ['a manifest that is a list', [], {}, 'manifest.json: is not a manifest: it must contain an object'],
    ['artifacts that are a list', { artifacts: [] }, {}, 'manifest.json: `artifacts`: must be an object'],
    [
      'a stack without template',
      { artifacts: { A: stack({}) } },
      {},
      'manifest.json: `artifacts/A/properties/templateFile`: must be a string',
    ],
    [
      'a stack whose template is gone',
      { artifacts: { A: stack({ templateFile: 'A.json' }) } },
      {},
      'manifest.json: `artifacts/A/properties/templateFile`: no such file `A.json`',
    ],
    [
      'a template outside of the assembly',
      { artifacts: { A: stack({ templateFile: '../A.json' }) } },
      {},
      'manifest.json: `artifacts/A/properties/templateFile`: `../A.json` is outside the assembly',
    ],
    [
      'a template at an absolute path',
      { artifacts: { A: stack({ templateFile: '/etc/passwd' }) } },
      {},
      'manifest.json: `artifacts/A/properties/templateFile`: `/etc/passwd` is outside the assembly',
    ],
    [
      'a template that is truncated',
      { artifacts: { A: stack({ templateFile: 'A.json' }) } },
      { 'A.json': '{"Resources"' },
      'A.json: is not valid JSON: it ends unexpectedly',
    ],
    [
      'a template that is a list',
      { artifacts: { A: stack({ templateFile: 'A.json' }) } },
      { 'A.json': '[]' },
      'A.json: is not a CloudFormation template: it must contain an object',
    ],
    [
      'a stage without folder',
      { artifacts: { P: { type: 'cdk:cloud-assembly' } } },
      {},
      'manifest.json: `artifacts/P/properties/directoryName`: must be a string',
    ],
    [
      'a stage that is the assembly itself',
      { artifacts: { P: { type: 'cdk:cloud-assembly', properties: { directoryName: '.' } } } },
      {},
      'manifest.json: belongs to an assembly that contains itself',
    ],
    [
      'a stage without manifest',
      { artifacts: { P: { type: 'cdk:cloud-assembly', properties: { directoryName: 'p' } } } },
      { 'p/x': '1' },
      'p/manifest.json: no such file',
    ],
  ])('%s is refused in one line', (_, manifest, files, message) => {
    const out = assembly(manifest as object, files);
    let error: unknown;
    try {
      readInventory([out]);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message.split(`${out}/`).join('')).toBe(message);
  });

  test('stages in stages without end are refused', () => {
    const out = assembly({ artifacts: {} });
    let at = out;
    for (let i = 0; i < 25; i++) {
      const artifacts = { P: { type: 'cdk:cloud-assembly', properties: { directoryName: 'p' } } };
      writeFileSync(path.join(at, 'manifest.json'), JSON.stringify({ artifacts }));
      at = path.join(at, 'p');
      mkdirSync(at);
    }
    expect(() => readInventory([out])).toThrow(/manifest\.json: is nested too deeply$/);
  });
});

test('a nested stack of a plain L1 has no path of its own, and its resources have those of their metadata', () => {
  const outdir = synth(
    (root) => {
      const stack = new Stack(root, 'Stack', { env: US });
      new CfnStack(stack, 'Child', { templateUrl: 'https://example.com/x.json' });
    },
    { 'aws:cdk:enable-path-metadata': true },
  );
  const { unread } = readInventory([outdir]);
  expect(unread).toMatchObject([
    {
      place: { constructPath: 'Stack/Child', logicalId: 'Child' },
      message: 'nested stack `Child` is not read: its template is not part of the input',
    },
  ]);
});
