import { Aws, Stack, Token } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { BackupError } from '../../../src/values/core/problem';
import {
  BackupCapability,
  CAPABILITIES,
  CapabilitySupport,
} from '../../../src/values/resource-type/capability';
import { CATALOG } from '../../../src/values/resource-type/catalog';
import { ResourceType } from '../../../src/values/resource-type/resource-type';

/** The message of the error that a function throws; fails if that isn\'t an error of this library. */
function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(BackupError);
    return (error as Error).message;
  }
  throw new Error('not refused');
}

describe('ResourceType', () => {
  test('has a constant for each type of the catalog, and none besides', () => {
    const constants = Object.values(ResourceType).filter((value) => value instanceof ResourceType);
    expect(constants.map(({ name }) => name).sort()).toEqual(Object.keys(CATALOG).sort());
  });

  test('lists all types in alphabetical order, whatever the case of their names', () => {
    const names = ResourceType.all().map(({ name }) => name);
    expect(names).toEqual(Object.keys(CATALOG).sort((a, b) => a.localeCompare(b, 'en')));
  });

  test('says for one capability what is supported, under which condition, who says so and when', () => {
    expect(ResourceType.EBS.fact(BackupCapability.ARCHIVE)).toEqual({
      support: CapabilitySupport.YES,
      note: 'only in rules that run monthly or less often',
      source: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html',
      asOf: '2026-09-24',
    });
    expect(ResourceType.S3.supports(BackupCapability.CONTINUOUS)).toBe(CapabilitySupport.YES);
  });

  test('puts the partition into its ARN patterns, a token too', () => {
    expect(ResourceType.S3.arnPatterns('aws-us-gov')).toEqual(['arn:aws-us-gov:s3:::*']);
    expect(new Stack().resolve(ResourceType.S3.arnPatterns(Aws.PARTITION))).toEqual([
      { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::*']] },
    ]);
  });

  test('is written as its name, with the variant', () => {
    expect(`${ResourceType.SAP_HANA}`).toBe('SAP HANA on Amazon EC2');
    expect(`${ResourceType.RDS.variant('Multi-AZ cluster')}`).toBe('RDS (Multi-AZ cluster)');
  });

  test('is immutable', () => {
    const types = ResourceType.S3.cloudFormationTypes;
    types.push('AWS::My::Type');
    expect(ResourceType.S3.cloudFormationTypes).toEqual(['AWS::S3::Bucket']);
    expect(() => {
      (ResourceType.S3 as { name: string }).name = 'S4';
    }).toThrow('read only');
  });

  test('can be marked by the runtime of jsii, which hands it to other languages', () => {
    for (const type of [
      ResourceType.S3,
      ResourceType.of('New'),
      ResourceType.RDS.variant('Multi-AZ cluster'),
    ])
      expect(Object.isExtensible(type)).toBe(true);
  });

  test('rejects an unknown capability', () => {
    expect(refusal(() => ResourceType.S3.supports('source' as BackupCapability))).toBe(
      '`capability` must be one of `BackupCapability`, got `source`',
    );
  });
});

describe('a variant', () => {
  test('differs from its type in its capabilities, and keeps the API name', () => {
    const cluster = ResourceType.RDS.variant('Multi-AZ cluster');
    expect(cluster.name).toBe('RDS');
    expect(cluster.variantName).toBe('Multi-AZ cluster');
    expect(cluster.supports(BackupCapability.CONTINUOUS)).toBe(CapabilitySupport.NO);
    expect(ResourceType.RDS.supports(BackupCapability.CONTINUOUS)).toBe(CapabilitySupport.YES);
    expect(ResourceType.RDS.variantName).toBeUndefined();
  });

  test('must be one of the type', () => {
    expect(ResourceType.FSX.variantNames).toEqual(['Lustre', 'Windows', 'ONTAP', 'OpenZFS']);
    expect(refusal(() => ResourceType.FSX.variant('NFS'))).toBe(
      '`variantName` of FSx must be one of `Lustre`, `Windows`, `ONTAP`, `OpenZFS`, got `NFS`',
    );
    expect(refusal(() => ResourceType.S3.variant('Express'))).toBe(
      'S3 has no variants, got `variantName` `Express`',
    );
    expect(refusal(() => ResourceType.RDS.variant(3 as unknown as string))).toBe(
      '`variantName` of RDS must be one of `Multi-AZ cluster`, got 3',
    );
  });
});

describe('ResourceType.of', () => {
  test('returns a type of the catalog by its name', () => {
    const type = ResourceType.of('DynamoDB');
    expect(type.isInCatalog).toBe(true);
    expect(type).toEqual(ResourceType.DYNAMODB);
  });

  test('creates a type that the catalog does not have yet, with unknown capabilities', () => {
    const type = ResourceType.of('Lightsail');
    expect(type.isInCatalog).toBe(false);
    for (const capability of CAPABILITIES)
      expect(type.fact(capability)).toEqual({
        support: CapabilitySupport.UNKNOWN,
        source: 'not in the catalog',
        asOf: undefined,
      });
    expect(type.cloudFormationTypes).toEqual([]);
    expect(type.arnPatterns('aws')).toEqual([]);
    expect(type.optInName).toBe('Lightsail');
    expect(type.alwaysSubjectToOptIn).toBe(false);
    expect(type.variantNames).toEqual([]);
    expect(type.indexPolicies).toEqual([]);
    expect(type.backupPolicies).toEqual(['service-role/AWSBackupServiceRolePolicyForBackup']);
    expect(type.restorePolicies).toEqual(['service-role/AWSBackupServiceRolePolicyForRestores']);
    expect(type._arnAttribute).toBe('Arn');
  });

  test('accepts what is known about such a type', () => {
    const type = ResourceType.of('Neptune Analytics', {
      continuous: false,
      coldStorage: true,
      source: 'https://example.com/page',
      asOf: '2027-01-31',
      cloudFormationTypes: ['AWS::NeptuneGraph::Graph'],
      arnAttribute: 'GraphArn',
      arnPatterns: ['arn:{partition}:neptune-graph:*:*:graph/*'],
      backupPolicies: ['service-role/Backup'],
      restorePolicies: ['service-role/Restore'],
      optInName: 'NeptuneAnalytics',
      alwaysSubjectToOptIn: true,
    });
    expect(type.fact(BackupCapability.COLD_STORAGE)).toEqual({
      support: CapabilitySupport.YES,
      source: 'https://example.com/page',
      asOf: '2027-01-31',
    });
    expect(type.supports(BackupCapability.CONTINUOUS)).toBe(CapabilitySupport.NO);
    expect(type.supports(BackupCapability.INDEX)).toBe(CapabilitySupport.UNKNOWN);
    expect(type.cloudFormationTypes).toEqual(['AWS::NeptuneGraph::Graph']);
    expect(type._arnAttribute).toBe('GraphArn');
    expect(type.arnPatterns('aws-cn')).toEqual(['arn:aws-cn:neptune-graph:*:*:graph/*']);
    expect(type.backupPolicies).toEqual(['service-role/Backup']);
    expect(type.restorePolicies).toEqual(['service-role/Restore']);
    expect(type.optInName).toBe('NeptuneAnalytics');
    expect(type.alwaysSubjectToOptIn).toBe(true);
  });

  test('accepts options that are known only at deployment, except for capabilities', () => {
    const text = Token.asString({ Ref: 'Text' });
    const type = ResourceType.of('New', {
      continuous: undefined,
      cloudFormationTypes: Token.asList({ Ref: 'Types' }),
      backupPolicies: [text, 'AWSBackupFullAccess'],
      arnPatterns: ['arn:*:new:*:*:thing/*', 'arn:aws-cn:new:::x'],
      optInName: text,
      source: text,
    });
    expect(type.optInName).toBe(text);
    expect(type.arnPatterns('aws')).toEqual(['arn:*:new:*:*:thing/*', 'arn:aws-cn:new:::x']);
  });

  test('accepts a name that is known only at deployment', () => {
    expect(ResourceType.of(Token.asString({ Ref: 'Type' })).isInCatalog).toBe(false);
  });

  test.each(['N', '9', 'New-', 'New.', 'a b_c', `N${'x'.repeat(49)}`])('accepts %j as a name', (name) => {
    expect(ResourceType.of(name).name).toBe(name);
  });

  test.each<[unknown, string]>([
    ['', 'an empty string'],
    ['-', '`-`'],
    ['.New', '`.New`'],
    [' S3', '` S3`'],
    ['S3 ', '`S3 `'],
    ['a/b', '`a/b`'],
    ['x'.repeat(51), `\`${'x'.repeat(51)}\``],
    [undefined, 'nothing'],
    [null, 'null'],
    [3, '3'],
    [['S3'], 'an array'],
    [{}, 'an object'],
  ])('rejects %j as a name', (name, got) => {
    expect(refusal(() => ResourceType.of(name as string))).toBe(
      `\`name\` must be 1 to 50 letters, digits, spaces, \`-\`, \`_\` and \`.\`, got ${got} (in \`ResourceType.of\`)`,
    );
  });

  test.each([
    ['s3', 'S3'],
    ['Dynamodb', 'DynamoDB'],
    ['RedshiftServerless', 'Redshift Serverless'],
    ['Storage-Gateway', 'Storage Gateway'],
    ['Virtual Machine', 'VirtualMachine'],
  ])('takes %s for a slip of %s', (name, known) => {
    expect(refusal(() => ResourceType.of(name))).toBe(
      `\`name\` of a resource type is case sensitive, got \`${name}\`; use \`${known}\` (in \`ResourceType.of\`)`,
    );
  });

  test('reports everything that is wrong in one error', () => {
    expect(refusal(() => ResourceType.of('s3', { index: 1, asOf: 2 } as object))).toBe(
      [
        '3 problems of `ResourceType.of`:',
        '  - `name` of a resource type is case sensitive, got `s3`; use `S3`',
        '  - `index` must be true or false, got 1',
        '  - `asOf` must be a day as `YYYY-MM-DD`, got 2',
      ].join('\n'),
    );
  });

  test('fails on bad input only with an error of this library', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (name, options) => {
        try {
          const type = ResourceType.of(name as string, options as object);
          for (const capability of CAPABILITIES)
            expect(Object.values(CapabilitySupport)).toContain(type.supports(capability));
        } catch (error) {
          expect(error).toBeInstanceOf(BackupError);
        }
      }),
    );
  });
});

describe('withCapabilities', () => {
  test('overrides the catalog for one type, and leaves the rest and the original as they are', () => {
    const type = ResourceType.S3.withCapabilities({ coldStorage: true });
    expect(type.name).toBe('S3');
    expect(type.fact(BackupCapability.COLD_STORAGE)).toEqual({
      support: CapabilitySupport.YES,
      source: 'set in code',
    });
    expect(type.fact(BackupCapability.INDEX)).toEqual(ResourceType.S3.fact(BackupCapability.INDEX));
    expect(type.cloudFormationTypes).toEqual(['AWS::S3::Bucket']);
    expect(ResourceType.S3.supports(BackupCapability.COLD_STORAGE)).toBe(CapabilitySupport.NO);
  });

  test('adds up, and holds for variants', () => {
    const type = ResourceType.RDS.withCapabilities({
      coldStorage: true,
      asOf: '2027-01-01',
    }).withCapabilities({
      index: true,
      source: 'https://example.com',
    });
    const cluster = type.variant('Multi-AZ cluster');
    expect(cluster.fact(BackupCapability.COLD_STORAGE)).toEqual({
      support: CapabilitySupport.YES,
      source: 'https://example.com',
      asOf: '2027-01-01',
    });
    expect(cluster.supports(BackupCapability.INDEX)).toBe(CapabilitySupport.YES);
    expect(cluster.withCapabilities({ continuous: true }).variantName).toBe('Multi-AZ cluster');
  });

  test.each<[unknown, string]>([
    [null, '`capabilities` must be an object, got null (in `withCapabilities`)'],
    [['index'], '`capabilities` must be an object, got an array (in `withCapabilities`)'],
    ['index', '`capabilities` must be an object, got `index` (in `withCapabilities`)'],
    [{ index: 0 }, '`index` must be true or false, got 0 (in `withCapabilities`)'],
  ])('rejects %j', (capabilities, message) => {
    expect(refusal(() => ResourceType.S3.withCapabilities(capabilities as object))).toBe(message);
  });
});
