import {
  type BackupCapability,
  BackupCapability as C,
  CAPABILITIES,
  CapabilitySupport,
} from '../../../src/values/resource-type/capability';
import { CATALOG } from '../../../src/values/resource-type/catalog';
import { ResourceType } from '../../../src/values/resource-type/resource-type';

/**
 * AWS's table "Feature availability by resource" (edition of 2026-09), with the corrections from other pages of the
 * guide: `y` supported, `-` not supported, `?` unknown. Repeated here, so that a typo in the catalog shows.
 */
const MATRIX: [string, string, string][] = [
  // type, variant, XR XA AAM Inc PITR Full Cold Item RT LAG Idx Tier Mal AP
  ['EC2', '', 'y y y y - - - - y y - - y -'],
  ['EC2', 'Windows VSS', 'y y y y - - - - - y - - - -'],
  ['S3', '', 'y y y y y y - y y y y y y y'],
  ['EBS', '', 'y y y y - - - y y y y - y -'],
  ['RDS', '', 'y y y y y - - - y - - - - -'],
  ['RDS', 'Multi-AZ cluster', '- - y y - - - - y - - - - -'],
  ['Aurora', '', 'y y y y y - - - y y - - - -'],
  ['DSQL', '', 'y y - - - y ? - - y - - - -'],
  ['EFS', '', 'y y y y - y y y y y - - - -'],
  ['FSx', '', 'y y y y - - - - y y - - - -'],
  ['FSx', 'Lustre', 'y y y y - - - - y y - - - -'],
  ['FSx', 'Windows', 'y y y y - - - - y y - - - -'],
  ['FSx', 'ONTAP', 'y y y y - - - - y y - - - -'],
  ['FSx', 'OpenZFS', 'y y ? y - - - - y ? - - - -'],
  ['Storage Gateway', '', 'y y y y - - - - - y - - - -'],
  ['DocumentDB', '', 'y y - - - - - - y y - - - -'],
  ['Neptune', '', 'y y - - - - - - y y - - - -'],
  ['Redshift', '', '- - - - - - - y - - - - - -'],
  ['Redshift Serverless', '', '- - - - - - - y - - - - - -'],
  ['Timestream', '', 'y y - y - y y - - y - - - -'],
  ['VirtualMachine', '', 'y y y y - y y y - y - - - -'],
  ['CloudFormation', '', 'y ? y y - y y - - - - - - -'],
  ['DynamoDB', '', 'y y y ? - y y - y y - - - -'],
  ['DynamoDB', 'without advanced features', '- - y ? - - - - y - - - - -'],
  ['SAP HANA on Amazon EC2', '', 'y y - y y y y - - - - - - -'],
  ['EKS', '', 'y y - - - y - y - y - - - -'],
];
const COLUMNS: BackupCapability[] = [
  C.CROSS_REGION_COPY,
  C.CROSS_ACCOUNT_COPY,
  C.AUDIT_MANAGER,
  C.INCREMENTAL,
  C.CONTINUOUS,
  C.FULL_MANAGEMENT,
  C.COLD_STORAGE,
  C.ITEM_RESTORE,
  C.RESTORE_TESTING,
  C.AIR_GAPPED_COPY,
  C.INDEX,
  C.TIERING,
  C.MALWARE_SCAN,
  C.ACCESS_POINT,
];

/** The columns that aren't in AWS's table: the types that support them. */
const OTHER_COLUMNS: [BackupCapability, string[]][] = [
  [C.ARCHIVE, ['EBS']],
  [C.CONTINUOUS_COPY, ['Aurora', 'RDS', 'S3']],
  [C.AIR_GAPPED_CONTINUOUS, ['S3']],
  [
    C.INDEPENDENT_ENCRYPTION,
    [
      'CloudFormation',
      'DSQL',
      'DynamoDB',
      'EFS',
      'EKS',
      'S3',
      'SAP HANA on Amazon EC2',
      'Timestream',
      'VirtualMachine',
    ],
  ],
];

const LETTERS = {
  [CapabilitySupport.YES]: 'y',
  [CapabilitySupport.NO]: '-',
  [CapabilitySupport.UNKNOWN]: '?',
};
const typeOf = (name: string, variant: string) =>
  variant === '' ? ResourceType.of(name) : ResourceType.of(name).variant(variant);
const everyKind = ResourceType.all().flatMap((t) => [t, ...t.variantNames.map((v) => t.variant(v))]);

describe('the catalog of resource types', () => {
  test.each(MATRIX)('has the row of %s %s as AWS documents it', (name, variant, row) => {
    const type = typeOf(name, variant);
    expect(COLUMNS.map((c) => LETTERS[type.supports(c)]).join(' ')).toBe(row);
  });

  test('has no type and no variant beyond this table', () => {
    expect(everyKind.map(String).sort()).toEqual(MATRIX.map(([n, v]) => String(typeOf(n, v))).sort());
  });

  test.each(OTHER_COLUMNS)('has `%s` for what the pages beside the table name', (capability, types) => {
    expect(
      ResourceType.all()
        .filter((t) => t.supports(capability) === CapabilitySupport.YES)
        .map(String),
    ).toEqual(types);
  });

  test('accepts an air-gapped vault as the primary target if it can be copied there', () => {
    for (const type of everyKind)
      expect([`${type}`, type.supports(C.AIR_GAPPED_PRIMARY)]).toEqual([
        `${type}`,
        type.supports(C.AIR_GAPPED_COPY),
      ]);
  });

  test('says of types without full management that they reach such a target through the standard vault', () => {
    for (const type of everyKind.filter((t) => t.supports(C.AIR_GAPPED_PRIMARY) === CapabilitySupport.YES))
      expect(type.fact(C.AIR_GAPPED_PRIMARY).note?.includes('temporary recovery point') ?? false).toBe(
        type.supports(C.FULL_MANAGEMENT) === CapabilitySupport.NO,
      );
  });

  test('has an AWS page and a date for every answer', () => {
    for (const type of everyKind)
      for (const capability of CAPABILITIES) {
        const fact = type.fact(capability);
        expect(fact.source).toMatch(
          /^https:\/\/docs\.aws\.amazon\.com\/aws-backup\/latest\/devguide\/[\w-]+\.html$/,
        );
        expect(fact.asOf).toMatch(/^2026-\d\d-\d\d$/);
        if (fact.support === CapabilitySupport.UNKNOWN) expect(fact.note).toBeDefined();
      }
  });

  test('knows what is backed up only with the opt-in of the Region, even if selected by ARN', () => {
    expect(
      ResourceType.all()
        .filter((t) => t.alwaysSubjectToOptIn)
        .map(String),
    ).toEqual(['Aurora', 'DocumentDB', 'Neptune']);
  });

  test('names its rows as the API does', () => {
    for (const [name, row] of Object.entries(CATALOG)) expect(row.optInName).toBe(name);
  });

  test.each([
    ['S3', ['service-role/AWSBackupServiceRolePolicyForBackup', 'AWSBackupServiceRolePolicyForS3Backup']],
    ['EBS', ['service-role/AWSBackupServiceRolePolicyForBackup']],
    ['RDS', ['service-role/AWSBackupServiceRolePolicyForBackup']],
  ])('backs up %s with %j', (name, policies) => {
    expect(ResourceType.of(name).backupPolicies).toEqual(policies);
  });

  test.each([
    ['S3', ['service-role/AWSBackupServiceRolePolicyForRestores', 'AWSBackupServiceRolePolicyForS3Restore']],
    [
      'EBS',
      ['service-role/AWSBackupServiceRolePolicyForRestores', 'AWSBackupServiceRolePolicyForItemRestores'],
    ],
    [
      'SAP HANA on Amazon EC2',
      ['service-role/AWSBackupServiceRolePolicyForRestores', 'AWSBackupRestoreAccessForSAPHANA'],
    ],
    ['EFS', ['service-role/AWSBackupServiceRolePolicyForRestores']],
  ])('restores %s with %j', (name, policies) => {
    expect(ResourceType.of(name).restorePolicies).toEqual(policies);
  });

  test('needs a policy of its own to index EBS, and none to index S3', () => {
    expect(ResourceType.EBS.indexPolicies).toEqual(['AWSBackupServiceRolePolicyForIndexing']);
    expect(ResourceType.S3.indexPolicies).toEqual([]);
  });

  test.each([
    ['Aurora', ['arn:aws:rds:*:*:cluster:*']],
    ['CloudFormation', ['arn:aws:cloudformation:*:*:stack/*']],
    ['DSQL', ['arn:aws:dsql:*:*:cluster/*']],
    ['DocumentDB', ['arn:aws:rds:*:*:cluster:*']],
    ['DynamoDB', ['arn:aws:dynamodb:*:*:table/*']],
    ['EBS', ['arn:aws:ec2:*:*:volume/*']],
    ['EC2', ['arn:aws:ec2:*:*:instance/*']],
    ['EFS', ['arn:aws:elasticfilesystem:*:*:file-system/*']],
    ['EKS', ['arn:aws:eks:*:*:cluster/*']],
    ['FSx', ['arn:aws:fsx:*:*:file-system/*', 'arn:aws:fsx:*:*:volume/*']],
    ['Neptune', ['arn:aws:rds:*:*:cluster:*']],
    ['RDS', ['arn:aws:rds:*:*:db:*']],
    ['Redshift', ['arn:aws:redshift:*:*:cluster:*']],
    ['Redshift Serverless', ['arn:aws:redshift-serverless:*:*:namespace/*']],
    ['S3', ['arn:aws:s3:::*']],
    ['SAP HANA on Amazon EC2', ['arn:aws:ssm-sap:*:*:HANA/*']],
    ['Storage Gateway', ['arn:aws:storagegateway:*:*:gateway/*']],
    ['Timestream', ['arn:aws:timestream:*:*:database/*']],
    ['VirtualMachine', ['arn:aws:backup-gateway:*:*:vm/*']],
  ])('selects all of %s by %j', (name, patterns) => {
    expect(ResourceType.of(name).arnPatterns('aws')).toEqual(patterns);
  });

  test('selects variants by the patterns of their own', () => {
    const patterns = (type: ResourceType) => type.arnPatterns('aws-cn');
    expect(patterns(ResourceType.RDS.variant('Multi-AZ cluster'))).toEqual(['arn:aws-cn:rds:*:*:cluster:*']);
    expect(patterns(ResourceType.FSX.variant('ONTAP'))).toEqual(['arn:aws-cn:fsx:*:*:volume/*']);
    expect(patterns(ResourceType.FSX.variant('OpenZFS'))).toEqual(['arn:aws-cn:fsx:*:*:file-system/*']);
    expect(patterns(ResourceType.EC2.variant('Windows VSS'))).toEqual(['arn:aws-cn:ec2:*:*:instance/*']);
  });
});
