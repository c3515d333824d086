import { show } from '../core/amounts';
import type { Problem } from '../core/problem';

/** Tags that a recovery point can have. */
export const MAX_RECOVERY_POINT_TAGS = 50;
const TOO_SMALL = /^(t2|t3|t3a)\.(nano|micro)$/;
/** Types of which unencrypted clusters can't go to an air-gapped vault. */
const ENCRYPTED_ONLY: ReadonlySet<string> = new Set(['Aurora', 'DocumentDB', 'Neptune']);

/**
 * The law of instances that a plan backs up with the Volume Shadow Copy Service: their size.
 *
 * Source: Developer Guide "Windows VSS backups", 2026-04.
 *
 * @param plan such as "plan `gold`"
 */
export function vssInstanceTypeProblems(instanceType: string, plan: string): Problem[] {
  if (!TOO_SMALL.test(instanceType)) return [];
  return [
    {
      id: 'Backup-VssInstanceType',
      severity: 'warning',
      property: 'InstanceType',
      message: `\`InstanceType\` ${show(instanceType)} is too small for VSS backups of Windows, which ${plan} asks for`,
      fix: 'use an instance of size small or larger, or leave `WindowsVSS` out',
    },
  ];
}

/** What an instance says of its way to AWS Systems Manager. */
export interface VssInstance {
  /** Whether it has an instance profile, by itself or by its launch template; undefined where that isn't known. */
  readonly hasProfile?: boolean;
  /** `HttpEndpoint` of its metadata options. */
  readonly metadataEndpoint?: string;
}

/**
 * The law of what else VSS backups of an instance need: they are made by AWS Systems Manager on the instance, which
 * acts with the role of the instance, and gets its credentials from the metadata service. Whether an instance runs
 * Windows can't be told.
 *
 * Sources: Developer Guide "Windows VSS backups", 2026-04; Amazon EC2 User Guide, "IAM permissions for VSS" and
 * "Instance metadata options", 2026.
 */
export function vssInstanceProblems(instance: VssInstance, plan: string): Problem[] {
  const problems: Problem[] = [];
  if (instance.hasProfile === false)
    problems.push({
      id: 'Backup-VssInstanceProfile',
      severity: 'warning',
      property: 'IamInstanceProfile',
      message: `\`IamInstanceProfile\` should be said for VSS backups of Windows, which ${plan} asks for, got none`,
      fix: 'give the instance a role with the policies `AmazonSSMManagedInstanceCore` and `AWSEC2VssSnapshotPolicy`',
    });
  if (instance.metadataEndpoint === 'disabled')
    problems.push({
      id: 'Backup-VssMetadata',
      severity: 'warning',
      property: 'HttpEndpoint',
      message: `\`HttpEndpoint\` of the metadata options should be \`enabled\` for VSS backups of Windows, which ${plan} asks for, got \`disabled\`: the instance has no credentials then`,
      fix: 'enable `HttpEndpoint`, with `HttpTokens` `required`',
    });
  return problems;
}

/**
 * The law of the kinds that AWS Backup doesn't back up.
 *
 * Sources: Developer Guide "Amazon RDS backups", 2026-04; "Working with FSx for ONTAP".
 *
 * @param engine of RDS
 * @param ontapVolume the type of a volume of ONTAP
 */
export function unsupportedKindProblems(
  { engine, ontapVolume }: { readonly engine?: string; readonly ontapVolume?: string },
  plan: string,
): Problem[] {
  const what = engine?.startsWith('custom-')
    ? `an instance of RDS Custom (${show(engine)})`
    : ontapVolume === 'DP' || ontapVolume === 'LS'
      ? `a volume of ONTAP of the type ${show(ontapVolume)}`
      : undefined;
  if (what === undefined) return [];
  return [
    {
      id: 'Backup-ResourceUnsupported',
      severity: 'warning',
      property: engine === undefined ? 'OntapVolumeType' : 'Engine',
      message: `${plan} selects ${what}, which AWS Backup doesn't back up`,
      fix: 'back it up by other means, and say so with `BackupOptOut`',
    },
  ];
}

/**
 * The law of the authentication mode of a cluster of EKS; one that says none has `CONFIG_MAP`, unless the console made
 * it.
 *
 * Source: Developer Guide "Amazon EKS backups", 2026-04.
 */
export function authenticationModeProblems(mode: string | undefined, plan: string): Problem[] {
  if (mode?.startsWith('API')) return [];
  return [
    {
      id: 'Backup-EksAuthentication',
      severity: 'warning',
      property: 'AuthenticationMode',
      message: `\`AuthenticationMode\` should be \`API\` or \`API_AND_CONFIG_MAP\` for a cluster that ${plan} protects, got ${mode === undefined ? 'none' : show(mode)}`,
      fix: 'set `AuthenticationMode` to `API_AND_CONFIG_MAP`',
    },
  ];
}

/**
 * The law of the tags that a recovery point gets of its resource and its rule. Those that CloudFormation adds for
 * itself don't count.
 *
 * Source: Developer Guide "Tags on backups", 2026-04.
 *
 * @param rule such as "rule `daily` of plan `gold`"
 */
export function sharedTagProblems(keys: Iterable<string>, rule: string): Problem[] {
  const distinct = new Set([...keys].filter((key) => !key.startsWith('aws:')));
  if (distinct.size <= MAX_RECOVERY_POINT_TAGS) return [];
  return [
    {
      id: 'Backup-RecoveryPointTags',
      severity: 'error',
      property: 'Tags',
      message: `a recovery point can have at most ${MAX_RECOVERY_POINT_TAGS} tags, got ${distinct.size} of this resource and ${rule} together`,
      fix: 'take tags away from the rule or the resource',
    },
  ];
}

/**
 * The law of clusters that go to a logically air-gapped vault.
 *
 * Source: Developer Guide "Logically air-gapped vault", 2026-04.
 *
 * @param encrypted undefined where the cluster says nothing of encryption
 */
export function airGappedEncryptionProblems(
  typeName: string,
  encrypted: boolean | undefined,
  rule: string,
): Problem[] {
  if (!ENCRYPTED_ONLY.has(typeName) || encrypted === true) return [];
  return [
    {
      id: 'Backup-AirGappedUnencrypted',
      severity: encrypted === false ? 'error' : 'warning',
      property: 'StorageEncrypted',
      message: `\`StorageEncrypted\` must be true for a cluster that ${rule} sends to a logically air-gapped vault, got ${encrypted === false ? 'false' : 'nothing'}`,
      fix: 'encrypt the cluster with `StorageEncrypted`, which replaces it',
    },
  ];
}

/**
 * The law of the automatic backups of a file system of Amazon EFS that a plan backs up.
 *
 * Source: Amazon EFS User Guide, "Backing up EFS file systems", 2026.
 *
 * @param status `ENABLED`, `DISABLED`, or undefined where nothing is said
 */
export function automaticBackupProblems(status: string | undefined, plan: string): Problem[] {
  if (status === 'DISABLED') return [];
  const how =
    status === 'ENABLED' ? 'turns automatic backups on' : 'is not said, and automatic backups may be on';
  return [
    {
      id: 'Backup-AutomaticBackupTwice',
      severity: 'warning',
      property: 'BackupPolicy',
      message: `\`BackupPolicy\` ${how} for a file system that ${plan} protects`,
      fix: 'set `BackupPolicy` to `DISABLED`, or leave the file system out of the plan',
    },
  ];
}
