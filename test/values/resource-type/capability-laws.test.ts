import * as fc from 'fast-check';
import { sentence } from '../../../src/values/core/problem';
import { BackupCapability, CapabilitySupport } from '../../../src/values/resource-type/capability';
import { type CapabilityAsks, capabilityProblems } from '../../../src/values/resource-type/capability-laws';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { inNames } from '../../support/in-names';

const everyKind = ResourceType.all().flatMap((t) => [t, ...t.variantNames.map((v) => t.variant(v))]);
const told = (types: ResourceType[], asks: CapabilityAsks, names: Record<string, string> = {}) =>
  inNames(capabilityProblems(types, asks), names).map((p) => `${p.severity} ${p.id} ${sentence(p)}`);

const HERE = { crossRegion: false, crossAccount: false };
const THERE = { crossRegion: true, crossAccount: true };
const {
  AURORA,
  CLOUDFORMATION,
  DSQL,
  DYNAMODB,
  EBS,
  EC2,
  EFS,
  FSX,
  RDS,
  REDSHIFT,
  REDSHIFT_SERVERLESS,
  S3,
  SAP_HANA,
} = ResourceType;
const NEW = ResourceType.of('New');

describe('copies', () => {
  const never = (types: string) =>
    `error Backup-CopyUnsupported \`copies\` can't be made of ${types}: AWS Backup doesn't copy these backups at all, not even within the Region and the account; protect them with a separate plan without copies`;

  test.each([{ copies: [HERE] }, { copies: [THERE] }, { copies: [{}] }])(
    'of types that are never copied are errors, in one sentence: %j',
    (asks) => {
      const types = [
        REDSHIFT,
        EFS,
        REDSHIFT_SERVERLESS,
        DYNAMODB.variant('without advanced features'),
        RDS.variant('Multi-AZ cluster'),
      ];
      expect(told(types, asks)).toEqual([
        never(
          'Redshift, Redshift Serverless, DynamoDB (without advanced features) and RDS (Multi-AZ cluster)',
        ),
      ]);
    },
  );

  test('of everything else are fine, across Regions and accounts', () => {
    const types = everyKind.filter((t) => !['CloudFormation'].includes(t.name));
    const copyable = types.filter(
      (t) => t.supports(BackupCapability.CROSS_REGION_COPY) === CapabilitySupport.YES,
    );
    expect(copyable).toHaveLength(21);
    expect(told(copyable, { copies: [THERE, HERE] })).toEqual([]);
  });

  test('that are not asked for are no problem', () => {
    expect(told([REDSHIFT], {})).toEqual([]);
    expect(told([REDSHIFT], { copies: [] })).toEqual([]);
  });

  test("across accounts of stacks are a warning, because AWS doesn't document them clearly", () => {
    expect(told([CLOUDFORMATION], { copies: [{ crossAccount: true, crossRegion: true }] })).toEqual([
      "warning Backup-CopyUndocumented `copies` asks for copies to other accounts of CloudFormation, which AWS doesn't document clearly; try it with one resource, and record the result with `ResourceType.withCapabilities()`",
    ]);
    expect(told([CLOUDFORMATION], { copies: [{ crossAccount: false, crossRegion: true }, HERE] })).toEqual(
      [],
    );
  });

  test('of types that the catalog does not have are warnings', () => {
    expect(told([NEW], { copies: [HERE] })).toEqual([
      "warning Backup-CopyUndocumented `copies` of New: AWS doesn't document copies within the Region and the account; try it with one resource before relying on it",
    ]);
    expect(told([NEW], { copies: [{ crossRegion: true }] })).toEqual([
      "warning Backup-CopyUndocumented `copies` asks for copies to other Regions of New, which AWS doesn't document clearly; try it with one resource, and record the result with `ResourceType.withCapabilities()`",
    ]);
  });

  test('where a type is copied one way only, are errors the other way', () => {
    const type = ResourceType.of('New', { crossRegionCopy: true, crossAccountCopy: false });
    expect(told([type], { copies: [{ crossRegion: true, crossAccount: false }, HERE] })).toEqual([]);
    expect(told([type], { copies: [{ crossAccount: true }] })).toEqual([
      "error Backup-CopyUnsupported `copies` to other accounts can't be made of New: AWS Backup doesn't copy these backups to other accounts; protect them with a separate plan without such copies",
    ]);
  });

  test('into an air-gapped vault are warnings for types that it does not hold', () => {
    expect(told([RDS, S3, SAP_HANA], { copies: [{ airGapped: true }] })).toEqual([
      "warning Backup-AirGappedVaultUnsupported `copies` into a logically air-gapped vault can't be made of RDS and SAP HANA on Amazon EC2: these copy jobs will fail; copy them to a vault with a lock instead",
    ]);
    expect(told([FSX.variant('OpenZFS')], { copies: [{ airGapped: true }] })).toEqual([
      "warning Backup-AirGappedVaultUnsupported `copies` asks for copies into a logically air-gapped vault of FSx (OpenZFS), which AWS doesn't document clearly; try it with one resource, and record the result with `ResourceType.withCapabilities()`",
    ]);
  });
});

describe('continuous backup', () => {
  test('of types without point-in-time recovery says what happens instead: a warning if none has it, a note if one has', () => {
    const because =
      '`continuous` applies to Aurora, RDS, S3 and SAP HANA on Amazon EC2 only, got EFS and DynamoDB: these get scheduled snapshots instead, without point-in-time recovery; protect them with a snapshot rule';
    expect(told([EFS, DYNAMODB], { continuous: true })).toEqual([
      `warning Backup-ContinuousUnsupported ${because}`,
    ]);
    expect(told([S3, EFS, DYNAMODB], { continuous: true })).toEqual([
      `note Backup-ContinuousPartly ${because}`,
    ]);
    expect(told([S3, AURORA, RDS], { continuous: true })).toEqual([]);
  });

  test('of a type that the catalog does not have is a warning', () => {
    expect(told([NEW], { continuous: true })).toEqual([
      "warning Backup-ContinuousUnsupported `continuous` asks for continuous backups of New, which AWS doesn't document clearly; try it with one resource, and record the result with `ResourceType.withCapabilities()`",
    ]);
  });

  test('of SAP HANA cannot be copied', () => {
    expect(told([SAP_HANA, S3], { continuous: true, copies: [HERE] })).toEqual([
      "warning Backup-ContinuousCopyUnsupported `copies` can't be made of continuous backups of SAP HANA on Amazon EC2; add a snapshot rule that copies them",
    ]);
  });
});

describe('cold storage', () => {
  test('of types that have none says that they stay warm: a warning if all have none, a note if one has it', () => {
    const because =
      '`coldStorageAfter` applies to CloudFormation, DynamoDB, EFS, SAP HANA on Amazon EC2, Timestream and VirtualMachine only, got S3 and EC2: AWS Backup ignores it for these, and keeps their backups in warm storage; protect them with a rule without cold storage, and expect warm-storage prices';
    expect(told([S3, EC2], { coldStorage: true })).toEqual([
      `warning Backup-ColdStorageUnsupported ${because}`,
    ]);
    expect(told([EFS, S3, EC2], { coldStorage: true })).toEqual([`note Backup-ColdStoragePartly ${because}`]);
  });

  test('of EBS needs the opt-in to archive', () => {
    expect(told([EBS], { coldStorage: true })).toEqual([
      'warning Backup-ColdStorageUnsupported `coldStorageAfter` moves EBS to the archive tier only with `archive`: without it, their backups stay in warm storage; set `archive` in a rule that runs monthly or less often',
    ]);
    expect(told([EBS, EFS], { coldStorage: true })).toEqual([
      'note Backup-ColdStoragePartly `coldStorageAfter` moves EBS to the archive tier only with `archive`: without it, their backups stay in warm storage; set `archive` in a rule that runs monthly or less often',
    ]);
    expect(told([EBS, EFS], { coldStorage: true, archive: true })).toEqual([]);
  });

  test('of Aurora DSQL is a warning, since the pages of AWS contradict each other', () => {
    expect(told([DSQL], { coldStorage: true })).toEqual([
      "warning Backup-ColdStorageUnsupported `coldStorageAfter` asks for cold storage of DSQL, which AWS doesn't document clearly; try it with one resource, and record the result with `ResourceType.withCapabilities()`",
    ]);
  });

  test('that the user has found out about is no problem', () => {
    expect(told([S3.withCapabilities({ coldStorage: true })], { coldStorage: true })).toEqual([]);
  });

  test('with the opt-in to archive, but without EBS, is a warning', () => {
    expect(told([EFS], { coldStorage: true, archive: true })).toEqual([
      'warning Backup-ArchiveUnsupported `archive` applies to EBS only, got EFS: it has no effect here; omit `archive`',
    ]);
    expect(told([], { archive: true })).toEqual([]);
  });
});

describe('an air-gapped vault as the primary target', () => {
  test('of types that it does not hold is a warning that they stay in the standard vault', () => {
    expect(told([RDS, EFS, EC2], { airGappedPrimary: true })).toEqual([
      "warning Backup-AirGappedVaultUnsupported `airGappedVault` can't hold RDS: their backups stay in the standard vault of the rule, although the jobs end as completed; protect them with a rule whose vault has a lock",
    ]);
    expect(told([FSX.variant('OpenZFS')], { airGappedPrimary: true })).toEqual([
      "warning Backup-AirGappedVaultUnsupported `airGappedVault` asks for a logically air-gapped vault as the primary target of FSx (OpenZFS), which AWS doesn't document clearly; try it with one resource, and record the result with `ResourceType.withCapabilities()`",
    ]);
  });

  test('gets snapshots of Aurora from a continuous rule, and continuous backups of S3', () => {
    expect(told([AURORA, S3], { airGappedPrimary: true, continuous: true })).toEqual([
      'note Backup-AirGappedContinuous `airGappedVault` gets snapshots of Aurora: the continuous recovery points stay in the standard vault; use the standard vault to restore to a point in time',
    ]);
  });
});

describe('index and scan actions', () => {
  test('of types that cannot be indexed or scanned are errors', () => {
    expect(told([EFS], { index: ['EFS'], scan: ['RDS'] })).toEqual([
      'error Backup-ActionUnsupported `index` must be one of EBS and S3, got EFS',
      'error Backup-ActionUnsupported `scan` must be one of EBS, EC2 and S3, got RDS',
    ]);
  });

  test('of types that the catalog does not have are warnings', () => {
    expect(told([], { index: ['New'], scan: ['ALL', 'New'] })).toEqual([
      'warning Backup-ActionUndocumented `index` is documented only for EBS and S3, got New',
      'warning Backup-ActionUndocumented `scan` is documented only for EBS, EC2 and S3, got New',
    ]);
    expect(told([ResourceType.of('New', { index: true })], { index: ['New'] })).toEqual([]);
  });

  test('of types that the plan does not select are warnings', () => {
    expect(told([RDS], { index: ['S3'], scan: ['EBS'] })).toEqual([
      'warning Backup-ActionWithoutResources `index` requires S3 to be indexed, but the plan selects only RDS; select S3 as well, or omit it of `index`',
      'warning Backup-ActionWithoutResources `scan` requires EBS to be scanned for malware, but the plan selects only RDS; select EBS as well, or omit it of `scan`',
    ]);
    expect(told([S3, EBS], { index: ['S3'], scan: ['ALL'] })).toEqual([]);
    expect(told([], { index: ['S3'], scan: ['EC2'] })).toEqual([]);
  });
});

describe('the law of capabilities', () => {
  test('names the properties as the caller does', () => {
    const words = {
      continuous: 'EnableContinuousBackup',
      coldStorageAfter: 'Lifecycle.MoveToColdStorageAfterDays',
      archive: 'Lifecycle.OptInToArchiveForSupportedResources',
      copies: 'CopyActions',
      airGappedVault: 'TargetLogicallyAirGappedBackupVaultArn',
      index: 'IndexActions',
      scan: 'ScanActions',
    };
    const asks: Required<CapabilityAsks> = {
      continuous: true,
      coldStorage: true,
      archive: true,
      copies: [THERE],
      airGappedPrimary: true,
      index: ['S3'],
      scan: ['EC2'],
    };
    expect(inNames(capabilityProblems([REDSHIFT], asks), words).map((p) => p.property)).toEqual([
      words.copies,
      words.continuous,
      words.coldStorageAfter,
      words.archive,
      words.airGappedVault,
      words.index,
      words.scan,
    ]);
  });

  test('names a type once', () => {
    expect(told([REDSHIFT, ResourceType.of('Redshift')], { copies: [HERE] })).toHaveLength(1);
    expect(told([REDSHIFT, REDSHIFT], { copies: [HERE] })[0]).toContain('of Redshift:');
  });

  test('never errs on what is unknown, and has nothing against what is supported', () => {
    const asks: fc.Arbitrary<CapabilityAsks> = fc.record(
      {
        continuous: fc.boolean(),
        coldStorage: fc.boolean(),
        archive: fc.boolean(),
        copies: fc.array(
          fc.record(
            { crossRegion: fc.boolean(), crossAccount: fc.boolean(), airGapped: fc.boolean() },
            { requiredKeys: [] },
          ),
        ),
        airGappedPrimary: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    const all = Object.fromEntries(Object.values(BackupCapability).map((c) => [c, true]));
    fc.assert(
      fc.property(asks, fc.subarray(everyKind), (asked, kinds) => {
        for (const problem of capabilityProblems([NEW], asked)) expect(problem.severity).toBe('warning');
        expect(capabilityProblems([ResourceType.of('Able', all)], asked)).toEqual([]);
        for (const { message } of capabilityProblems(kinds, asked)) expect(message).toMatch(/^`\w+` [^.]*$/);
      }),
    );
  });
});
