import { show } from '../core/amounts';
import type { Problem } from '../core/problem';
import { problem } from '../core/problem';

/** The maximum number of tags on a recovery point. */
export const MAX_RECOVERY_POINT_TAGS = 50;
const TOO_SMALL = /^(t2|t3|t3a)\.(nano|micro)$/;
/** Types whose unencrypted clusters can't be sent to an air-gapped vault. */
const ENCRYPTED_ONLY: ReadonlySet<string> = new Set(['Aurora', 'DocumentDB', 'Neptune']);

/** The deployment type of FSx for Lustre if none is set. Source: Amazon FSx API, CreateFileSystemLustreConfiguration. */
export const LUSTRE_DEFAULT = 'SCRATCH_1';

/**
 * The law for the size of instances with Windows VSS backups.
 *
 * Source: Developer Guide "Windows VSS backups", 2026-04.
 *
 * @param plan such as "plan `gold`"
 */
export function vssInstanceTypeProblems(instanceType: string, plan: string): Problem[] {
  if (!TOO_SMALL.test(instanceType)) return [];
  return [
    problem({
      id: 'Backup-VssInstanceType',
      property: 'InstanceType',
      message: (label) =>
        `${label('InstanceType')} ${show(instanceType)} is too small for Windows VSS backups, which ${plan} asks for`,
      fix: 'use an instance of size small or larger, or omit `WindowsVSS`',
    }),
  ];
}

/** How an instance reaches AWS Systems Manager. */
export interface VssInstance {
  /** Whether it has an instance profile, its own or from its launch template; undefined if unknown. */
  readonly hasProfile?: boolean;
  /** `HttpEndpoint` of its metadata options. */
  readonly metadataEndpoint?: string;
}

/**
 * The law for what else VSS backups of an instance need: AWS Systems Manager makes them on the instance, with the role of
 * the instance and credentials from its metadata service. Whether an instance runs Windows can't be determined.
 *
 * Sources: Developer Guide "Windows VSS backups", 2026-04; Amazon EC2 User Guide, "IAM permissions for VSS" and
 * "Instance metadata options", 2026.
 */
export function vssInstanceProblems(instance: VssInstance, plan: string): Problem[] {
  const problems: Problem[] = [];
  if (instance.hasProfile === false)
    problems.push(
      problem({
        id: 'Backup-VssInstanceProfile',
        property: 'IamInstanceProfile',
        message: (label) =>
          `${label('IamInstanceProfile')} should be set for Windows VSS backups, which ${plan} asks for, got none`,
        fix: 'give the instance a role with the policies `AmazonSSMManagedInstanceCore` and `AWSEC2VssSnapshotPolicy`',
      }),
    );
  if (instance.metadataEndpoint === 'disabled')
    problems.push(
      problem({
        id: 'Backup-VssMetadata',
        property: 'HttpEndpoint',
        message: (label) =>
          `${label('HttpEndpoint')} of the metadata options should be \`enabled\` for Windows VSS backups, which ${plan} asks for, got \`disabled\`: without it, the instance has no credentials`,
        fix: (label) => `enable ${label('HttpEndpoint')}, with \`HttpTokens\` \`required\``,
      }),
    );
  return problems;
}

/** What decides whether AWS Backup backs up a resource. */
export interface UnsupportedKinds {
  readonly engine?: string;
  readonly ontapVolume?: string;
  readonly lustre?: string;
  readonly lustreLink?: string;
}

/**
 * The law for resources that AWS Backup doesn't back up.
 *
 * Sources: Developer Guide "Amazon RDS backups", 2026-04; "Working with FSx for ONTAP"; Amazon FSx API CreateBackup: of FSx
 * for Lustre only persistent file systems that aren't linked to a data repository.
 *
 * @param engine the RDS engine
 * @param ontapVolume the type of an ONTAP volume
 * @param lustre the deployment type of FSx for Lustre
 * @param lustreLink the data repository that it is linked to
 */
export function unsupportedKindProblems(
  { engine, ontapVolume, lustre, lustreLink }: UnsupportedKinds,
  plan: string,
): Problem[] {
  const what = engine?.startsWith('custom-')
    ? `an RDS Custom instance (${show(engine)})`
    : ontapVolume === 'DP' || ontapVolume === 'LS'
      ? `an ONTAP volume of type ${show(ontapVolume)}`
      : lustre?.startsWith('SCRATCH')
        ? `a scratch file system of FSx for Lustre (${show(lustre)})`
        : lustreLink !== undefined
          ? `a file system of FSx for Lustre that is linked to ${show(lustreLink)}`
          : undefined;
  if (what === undefined) return [];
  return [
    problem({
      id: 'Backup-ResourceUnsupported',
      property:
        engine !== undefined ? 'Engine' : ontapVolume !== undefined ? 'OntapVolumeType' : 'DeploymentType',
      message: `${plan} selects ${what}, which AWS Backup doesn't back up`,
      fix: 'back it up by other means, and record that with `BackupOptOut`',
    }),
  ];
}

/**
 * The law for the authentication mode of an EKS cluster. The default is `CONFIG_MAP`, except for clusters created in the
 * console.
 *
 * Source: Developer Guide "Amazon EKS backups", 2026-04.
 */
export function authenticationModeProblems(mode: string | undefined, plan: string): Problem[] {
  if (mode?.startsWith('API')) return [];
  return [
    problem({
      id: mode === undefined ? 'Backup-EksAuthenticationUnset' : 'Backup-EksAuthentication',
      property: 'AuthenticationMode',
      message: (label) =>
        `${label('AuthenticationMode')} should be \`API\` or \`API_AND_CONFIG_MAP\` for a cluster that ${plan} protects, got ${mode === undefined ? 'none' : show(mode)}`,
      fix: (label) => `set ${label('AuthenticationMode')} to \`API_AND_CONFIG_MAP\``,
    }),
  ];
}

/**
 * The law for the tags that a recovery point gets from its resource and its rule. Tags that CloudFormation adds don't
 * count.
 *
 * Source: Developer Guide "Tags on backups", 2026-04.
 *
 * @param rule such as "rule `daily` of plan `gold`"
 */
export function sharedTagProblems(keys: Iterable<string>, rule: string): Problem[] {
  const distinct = new Set([...keys].filter((key) => !key.startsWith('aws:')));
  if (distinct.size <= MAX_RECOVERY_POINT_TAGS) return [];
  return [
    problem({
      id: 'Backup-RecoveryPointTags',
      property: 'Tags',
      message: `a recovery point can have at most ${MAX_RECOVERY_POINT_TAGS} tags, got ${distinct.size} from this resource and ${rule} together`,
      fix: 'remove tags from the rule or the resource',
    }),
  ];
}

/**
 * The law for clusters whose backups go to a logically air-gapped vault.
 *
 * Source: Developer Guide "Logically air-gapped vault", 2026-04.
 *
 * @param encrypted undefined if the cluster doesn't set it
 */
export function airGappedEncryptionProblems(
  typeName: string,
  encrypted: boolean | undefined,
  rule: string,
): Problem[] {
  if (!ENCRYPTED_ONLY.has(typeName) || encrypted === true) return [];
  return [
    problem({
      id: encrypted === false ? 'Backup-AirGappedUnencrypted' : 'Backup-AirGappedEncryptionUnset',
      property: 'StorageEncrypted',
      message: (label) =>
        `${label('StorageEncrypted')} must be true for a cluster that ${rule} sends to a logically air-gapped vault, got ${encrypted === false ? 'false' : 'nothing'}`,
      fix: (label) => `encrypt the cluster with ${label('StorageEncrypted')}, which replaces it`,
    }),
  ];
}

/**
 * The law for the automatic backups of an Amazon EFS file system that a plan backs up.
 *
 * Sources: Amazon EFS User Guide, "Backing up EFS file systems", 2026; API reference `CreateFileSystem` (`Backup`), 2026:
 * file systems that the API creates have automatic backups off by default, except One Zone file systems.
 *
 * @param status `ENABLED`, `DISABLED`, or undefined if not set
 * @param isOneZone whether it has an `AvailabilityZoneName`; undefined if that isn't known
 */
export function automaticBackupProblems(
  status: string | undefined,
  isOneZone: boolean | undefined,
  plan: string,
): Problem[] {
  if (status === 'DISABLED' || (status === undefined && isOneZone !== true)) return [];
  const how =
    status === 'ENABLED'
      ? 'turns on automatic backups'
      : 'is not set, and One Zone file systems have automatic backups on by default,';
  return [
    problem({
      id: 'Backup-AutomaticBackupTwice',
      property: 'BackupPolicy',
      message: (label) => `${label('BackupPolicy')} ${how} for a file system that ${plan} protects`,
      fix: (label) =>
        `set ${label('BackupPolicy')} to \`DISABLED\`, or leave the file system out of the plan`,
    }),
  ];
}
