import type { CfnBackupPlan } from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { ResourceType } from '../../values/resource-type/resource-type';
import { acknowledgeManagedPolicies } from '../core/managed-policies';
import { forThisAccount } from '../core/source-account';

/** The managed policy with which Amazon GuardDuty reads recovery points. */
const SCANNER_POLICY = 'AWSBackupGuardDutyRolePolicyForScans';

/** How much of a recovery point Amazon GuardDuty scans. */
export enum ScanMode {
  /** The whole recovery point. */
  FULL = 'FULL_SCAN',
  /** The changes since the last scanned recovery point, or everything if there is none. */
  INCREMENTAL = 'INCREMENTAL_SCAN',
}

/** The settings of a plan for malware scans. */
export interface ScanSettings {
  /** The resource types to scan: `ResourceType.EBS`, `ResourceType.EC2` or `ResourceType.S3`. */
  readonly resourceTypes: ResourceType[];

  /**
   * The role that Amazon GuardDuty assumes to read the recovery points.
   *
   * @default - a new role with the managed policy that AWS provides for it
   */
  readonly scannerRole?: iam.IRoleRef;
}

/**
 * Creates the role that Amazon GuardDuty assumes to scan recovery points.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/malware-protection.html
 */
export function createScannerRole(scope: Construct, id: string): iam.Role {
  const role = new iam.Role(scope, id, {
    assumedBy: new iam.ServicePrincipal('malware-protection.guardduty.amazonaws.com', {
      conditions: forThisAccount(scope),
    }),
    description: 'Lets Amazon GuardDuty scan recovery points of AWS Backup',
    managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(SCANNER_POLICY)],
  });
  acknowledgeManagedPolicies(role, [SCANNER_POLICY]);
  return role;
}

/** The settings in CloudFormation, with a new role unless they have one. */
export function renderScanSettings(
  plan: Construct,
  { resourceTypes, scannerRole }: ScanSettings,
): CfnBackupPlan.ScanSettingResourceTypeProperty {
  const scanner = scannerRole ?? createScannerRole(plan, 'AwsBackupScannerRole');
  return {
    malwareScanner: 'GUARDDUTY',
    resourceTypes: resourceTypes.map((type) => type.name),
    scannerRoleArn: scanner.roleRef.roleArn,
  };
}
