import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ScanResourceType } from '@aws-sdk/client-backup';
import { BackupCapability, CapabilitySupport } from '../../../src/values/resource-type/capability';
import {
  cloudFormationResource,
  cloudFormationResourceTypes,
  typesForArn,
} from '../../../src/values/resource-type/cloudformation-resources';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { database } from '../../support/schema';

/**
 * The tables against what is installed. A failure lists what is new: update the table, or the list below with the reason.
 */
const NOT_BACKED_UP: Record<string, string> = {
  'AWS::DocDB::DBInstance': 'member of a cluster',
  'AWS::Neptune::DBInstance': 'member of a cluster',
};

const schema = database();
const tables = cloudFormationResourceTypes().filter((type) => !type.startsWith('Custom::'));
const supporting = (capability: BackupCapability) =>
  ResourceType.all()
    .filter((type) => type.supports(capability) === CapabilitySupport.YES)
    .map((type) => type.name)
    .sort();

/** The names that the documentation of a member of the installed SDK lists, each in `<code>`. */
function listedInSdk(shape: string, member: string): string[] {
  const root = dirname(require.resolve('@aws-sdk/client-backup/package.json'));
  const text = readFileSync(join(root, 'dist-types/models/models_0.d.ts'), 'utf8');
  const body = text.slice(text.indexOf(`export interface ${shape} {`));
  const end = new RegExp(`^ {4}${member}\\??:`, 'm').exec(body)?.index ?? 0;
  const documentation = body.slice(body.lastIndexOf('/**', end), end);
  return [...documentation.matchAll(/<code>([^<]+)<\/code>\s+for/g)].map(([, name]) => name);
}

test('the installed SDK lacks the incremental opt-in of DynamoDB: once it has it, `BackupRegionSettings` takes it', () => {
  const root = dirname(require.resolve('@aws-sdk/client-backup/package.json'));
  const models = readFileSync(join(root, 'dist-types/models/models_0.d.ts'), 'utf8');
  expect(models).toContain('ResourceTypeOptInPreference');
  expect(models).not.toContain('ResourceTypeOptInIncremental');
});

describe('against the installed CloudFormation schema', () => {
  test('the catalog and the table of ARNs name the same types', () => {
    const inCatalog = ResourceType.all().flatMap((type) => type.cloudFormationTypes);
    expect([...new Set(inCatalog)].sort()).toEqual([...tables].sort());
  });

  test.each(tables)('%s is there, and has the ARN that we make', (name) => {
    const [resource] = schema.lookup('resource', 'cloudFormationType', 'equals', name);
    expect(resource).toBeDefined();
    const recipe = cloudFormationResource(name)?.arn;
    if (recipe?.attribute !== undefined) {
      expect(Object.keys(resource.attributes)).toContain(recipe.attribute);
      expect(recipe.attribute).toMatch(/arn$/i);
      return;
    }
    expect(resource.primaryIdentifier).toHaveLength(1);
    if (recipe?.ref) expect(resource.primaryIdentifier).toEqual(['StackId']);
    // Neptune's template has the partition written out.
    else
      expect(resource.arnTemplate?.replace(/\$\{\w+\}$/, '').replace('arn:aws:', `arn:\${Partition}:`)).toBe(
        `arn:\${Partition}:${recipe?.service}:\${Region}:\${Account}:${recipe?.resource}`,
      );
  });

  test('no type whose ARN a selection would match is missing', () => {
    const matching = [...schema.all('resource')].filter(({ arnTemplate, cloudFormationType }) => {
      if (arnTemplate === undefined || cloudFormationType.startsWith('AWS::Backup::')) return false;
      // The placeholders are colon-free text to the parser.
      return typesForArn(arnTemplate).length > 0;
    });
    const fresh = matching
      .map((resource) => resource.cloudFormationType)
      .filter((type) => !tables.includes(type) && !(type in NOT_BACKED_UP));
    expect(fresh).toEqual([]);
  });

  test('the properties that types depend on are there', () => {
    const names: Record<string, string[]> = {};
    for (const type of tables) {
      cloudFormationResource(type)?.type((name) => {
        names[type] = [...(names[type] ?? []), name];
        return undefined;
      });
    }
    expect(names).toEqual({
      'AWS::FSx::FileSystem': ['FileSystemType'],
      'AWS::FSx::Volume': ['VolumeType', 'OntapConfiguration'],
      'AWS::RDS::DBCluster': ['Engine'],
      'AWS::RDS::DBInstance': ['DBClusterIdentifier', 'Engine'],
      'AWS::SystemsManagerSAP::Application': ['ApplicationType'],
    });
    for (const [type, properties] of Object.entries(names)) {
      const [resource] = schema.lookup('resource', 'cloudFormationType', 'equals', type);
      expect(Object.keys(resource.properties)).toEqual(expect.arrayContaining(properties));
    }
  });
});

describe('against the installed SDK', () => {
  test('every type that `GetSupportedResourceTypes` lists is in the catalog', () => {
    const listed = listedInSdk('GetSupportedResourceTypesOutput', 'ResourceTypes');
    expect(listed.length).toBeGreaterThan(10);
    const known = ResourceType.all().map((type) => type.name);
    expect(listed.filter((name) => !known.includes(name))).toEqual([]);
    // AWS's page on backup policies and the opt-in settings have these two; the SDK doesn't list them yet.
    expect(known.filter((name) => !listed.includes(name))).toEqual(['DSQL', 'Redshift Serverless']);
  });

  test('the types of restore testing are the same', () => {
    expect(listedInSdk('RestoreTestingSelectionForCreate', 'ProtectedResourceType').sort()).toEqual(
      supporting(BackupCapability.RESTORE_TESTING),
    );
  });

  test('the types of malware scans are the same', () => {
    expect(Object.values(ScanResourceType).sort()).toEqual(supporting(BackupCapability.MALWARE_SCAN));
  });

  test('the types of backup search are the same', () => {
    expect(listedInSdk('IndexAction', 'ResourceTypes').sort()).toEqual(supporting(BackupCapability.INDEX));
  });
});
