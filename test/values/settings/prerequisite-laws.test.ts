import { type Problem, sentence } from '../../../src/values/core/problem';
import {
  airGappedEncryptionProblems,
  authenticationModeProblems,
  automaticBackupProblems,
  sharedTagProblems,
  type UnsupportedKinds,
  unsupportedKindProblems,
  type VssInstance,
  vssInstanceProblems,
  vssInstanceTypeProblems,
} from '../../../src/values/settings/prerequisite-laws';

const PLAN = 'plan `gold`';
const RULE = 'rule `daily` of plan `gold`';
const told = (problems: Problem[]) => problems.map((p) => `${p.severity} ${p.id} ${sentence(p)}`);

describe('Windows VSS backups', () => {
  test.each(['t2.nano', 't2.micro', 't3.nano', 't3.micro', 't3a.nano', 't3a.micro'])(
    'need an instance larger than %s',
    (type) => {
      expect(told(vssInstanceTypeProblems(type, PLAN))).toEqual([
        `warning Backup-VssInstanceType \`InstanceType\` \`${type}\` is too small for Windows VSS backups, which plan \`gold\` asks for; use an instance of size small or larger, or omit \`WindowsVSS\``,
      ]);
    },
  );

  test.each(['t3.small', 't3.medium', 'm7i.large', 't4g.nano', 't3.nano-flex', 'at3.nano'])(
    'can be made of an instance of type %s',
    (type) => {
      expect(vssInstanceTypeProblems(type, PLAN)).toEqual([]);
    },
  );

  const PROFILE =
    'note Backup-VssInstanceProfile `IamInstanceProfile` should be set for Windows VSS backups, which plan `gold` asks for, got none; give the instance a role with the policies `AmazonSSMManagedInstanceCore` and `AWSEC2VssSnapshotPolicy`';
  const METADATA =
    'note Backup-VssMetadata `HttpEndpoint` of the metadata options should be `enabled` for Windows VSS backups, which plan `gold` asks for, got `disabled`: without it, the instance has no credentials; enable `HttpEndpoint`, with `HttpTokens` `required`';

  test.each<[string, VssInstance, string[]]>([
    ['an instance profile and metadata', { hasProfile: true, metadataEndpoint: 'enabled' }, []],
    ['what is not known', {}, []],
    ['no instance profile', { hasProfile: false }, [PROFILE]],
    ['no metadata', { hasProfile: true, metadataEndpoint: 'disabled' }, [METADATA]],
    ['neither', { hasProfile: false, metadataEndpoint: 'disabled' }, [PROFILE, METADATA]],
  ])('need the role of the instance and its credentials: %s', (_, instance, messages) => {
    expect(told(vssInstanceProblems(instance, PLAN))).toEqual(messages);
  });
});

describe('a resource that AWS Backup does not back up', () => {
  test.each<[UnsupportedKinds, string, string]>([
    [{ engine: 'custom-oracle-ee' }, 'Engine', 'an RDS Custom instance (`custom-oracle-ee`)'],
    [{ ontapVolume: 'DP' }, 'OntapVolumeType', 'an ONTAP volume of type `DP`'],
    [{ ontapVolume: 'LS' }, 'OntapVolumeType', 'an ONTAP volume of type `LS`'],
    [{ lustre: 'SCRATCH_1' }, 'DeploymentType', 'a scratch file system of FSx for Lustre (`SCRATCH_1`)'],
    [{ lustre: 'SCRATCH_2' }, 'DeploymentType', 'a scratch file system of FSx for Lustre (`SCRATCH_2`)'],
    [
      { lustre: 'PERSISTENT_1', lustreLink: 's3://orders' },
      'DeploymentType',
      'a file system of FSx for Lustre that is linked to `s3://orders`',
    ],
  ])('is reported by the property that decides it: %j', (kinds, property, what) => {
    const problems = unsupportedKindProblems(kinds, PLAN);
    expect(told(problems)).toEqual([
      `warning Backup-ResourceUnsupported plan \`gold\` selects ${what}, which AWS Backup doesn't back up; back it up by other means, and record that with \`BackupOptOut\``,
    ]);
    expect(problems.map((problem) => problem.property)).toEqual([property]);
  });

  test.each<UnsupportedKinds>([
    {},
    { engine: 'oracle-ee' },
    { engine: 'not-custom-oracle' },
    { ontapVolume: 'RW' },
    { lustre: 'PERSISTENT_2' },
  ])('is not %j', (kinds) => {
    expect(unsupportedKindProblems(kinds, PLAN)).toEqual([]);
  });
});

describe('an EKS cluster that a plan protects', () => {
  test.each(['API', 'API_AND_CONFIG_MAP'])('can authenticate with %s', (mode) => {
    expect(authenticationModeProblems(mode, PLAN)).toEqual([]);
  });

  test.each<[string | undefined, string]>([
    [
      'CONFIG_MAP',
      'warning Backup-EksAuthentication `AuthenticationMode` should be `API` or `API_AND_CONFIG_MAP` for a cluster that plan `gold` protects, got `CONFIG_MAP`; set `AuthenticationMode` to `API_AND_CONFIG_MAP`',
    ],
    [
      undefined,
      'note Backup-EksAuthenticationUnset `AuthenticationMode` should be `API` or `API_AND_CONFIG_MAP` for a cluster that plan `gold` protects, got none; set `AuthenticationMode` to `API_AND_CONFIG_MAP`',
    ],
  ])('is reported with %s', (mode, message) => {
    expect(told(authenticationModeProblems(mode, PLAN))).toEqual([message]);
  });
});

describe('the tags of a recovery point', () => {
  const keys = (count: number) => Array.from({ length: count }, (_, i) => `tag${i}`);

  test('are at most 50 of the resource and the rule, each key once, without those of CloudFormation', () => {
    expect(sharedTagProblems(keys(50), RULE)).toEqual([]);
    expect(sharedTagProblems([...keys(50), ...keys(50)], RULE)).toEqual([]);
    expect(sharedTagProblems([...keys(50), 'aws:cloudformation:stack-name'], RULE)).toEqual([]);
    expect(told(sharedTagProblems([...keys(50), 'my-aws:tag'], RULE))).toEqual([
      'error Backup-RecoveryPointTags a recovery point can have at most 50 tags, got 51 from this resource and rule `daily` of plan `gold` together; remove tags from the rule or the resource',
    ]);
  });
});

describe('a cluster whose backups go to a logically air-gapped vault', () => {
  test.each(['Aurora', 'DocumentDB', 'Neptune'])('of %s must be encrypted', (type) => {
    expect(airGappedEncryptionProblems(type, true, RULE)).toEqual([]);
    expect(
      [false, undefined].flatMap((encrypted) => told(airGappedEncryptionProblems(type, encrypted, RULE))),
    ).toEqual([
      'error Backup-AirGappedUnencrypted `StorageEncrypted` must be true for a cluster that rule `daily` of plan `gold` sends to a logically air-gapped vault, got false; encrypt the cluster with `StorageEncrypted`, which replaces it',
      'warning Backup-AirGappedEncryptionUnset `StorageEncrypted` must be true for a cluster that rule `daily` of plan `gold` sends to a logically air-gapped vault, got nothing; encrypt the cluster with `StorageEncrypted`, which replaces it',
    ]);
  });

  test('of another type need not be', () => {
    expect(airGappedEncryptionProblems('RDS', false, RULE)).toEqual([]);
  });
});

describe('the automatic backups of an EFS file system that a plan protects', () => {
  test.each<[string | undefined, boolean | undefined]>([
    ['DISABLED', true],
    ['DISABLED', false],
    [undefined, false],
    [undefined, undefined],
  ])('are off: %s, One Zone %s', (status, isOneZone) => {
    expect(automaticBackupProblems(status, isOneZone, PLAN)).toEqual([]);
  });

  const fix = 'set `BackupPolicy` to `DISABLED`, or leave the file system out of the plan';
  test.each<[string | undefined, boolean | undefined, string]>([
    ['ENABLED', false, 'turns on automatic backups'],
    ['ENABLED', true, 'turns on automatic backups'],
    [undefined, true, 'is not set, and One Zone file systems have automatic backups on by default,'],
  ])('are a second backup: %s, One Zone %s', (status, isOneZone, how) => {
    expect(told(automaticBackupProblems(status, isOneZone, PLAN))).toEqual([
      `warning Backup-AutomaticBackupTwice \`BackupPolicy\` ${how} for a file system that plan \`gold\` protects; ${fix}`,
    ]);
  });
});

test.each<[string, Problem[]]>([
  ['InstanceType', vssInstanceTypeProblems('t3.nano', PLAN)],
  ['IamInstanceProfile', vssInstanceProblems({ hasProfile: false }, PLAN)],
  ['HttpEndpoint', vssInstanceProblems({ metadataEndpoint: 'disabled' }, PLAN)],
  ['AuthenticationMode', authenticationModeProblems(undefined, PLAN)],
  ['StorageEncrypted', airGappedEncryptionProblems('Aurora', false, RULE)],
  ['BackupPolicy', automaticBackupProblems('ENABLED', false, PLAN)],
  [
    'Tags',
    sharedTagProblems(
      Array.from({ length: 51 }, (_, i) => `${i}`),
      RULE,
    ),
  ],
])('a problem is found at the property to change: %s', (property, problems) => {
  expect(problems.map((problem) => problem.property)).toEqual([property]);
});
