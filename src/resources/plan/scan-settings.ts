import * as iam from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import type { ResourceType } from '../../values/resource-type/resource-type';
import { acknowledgeManagedPolicy } from '../core/managed-policies';

/** The policy with which Amazon GuardDuty reads recovery points. */
const SCANNER_POLICY = 'AWSBackupGuardDutyRolePolicyForScans';

/** How much of a recovery point Amazon GuardDuty scans. */
export enum ScanMode {
  /** Everything. */
  FULL = 'FULL_SCAN',
  /** What has changed since the last scanned recovery point; everything where there is none. */
  INCREMENTAL = 'INCREMENTAL_SCAN',
}

/** What the rules of a plan that scan for malware scan, and in whose name. */
export interface ScanSettings {
  /** Which types are scanned: `ResourceType.EBS`, `EC2` and `S3` can be. */
  readonly resourceTypes: ResourceType[];

  /**
   * The role that Amazon GuardDuty assumes to read the recovery points.
   *
   * @default - a `BackupScannerRole` of the plan
   */
  readonly scannerRole?: iam.IRoleRef;
}

/**
 * The role that Amazon GuardDuty assumes to scan recovery points.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/malware-protection.html
 */
@propertyInjectable
export class BackupScannerRole extends iam.Role {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupScannerRole';

  constructor(scope: Construct, id: string) {
    super(scope, id, {
      assumedBy: new iam.ServicePrincipal('malware-protection.guardduty.amazonaws.com'),
      description: 'Lets Amazon GuardDuty scan recovery points of AWS Backup',
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(SCANNER_POLICY)],
    });
    acknowledgeManagedPolicy(this, SCANNER_POLICY);
  }
}
