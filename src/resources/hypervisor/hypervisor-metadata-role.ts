import * as iam from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { acknowledgeManagedPolicy } from '../core/managed-policies';

/** The policy with which AWS Backup gateway puts tags of VMware on virtual machines in AWS. */
const SYNC_POLICY = 'service-role/AWSBackupGatewayServiceRolePolicyForVirtualMachineMetadataSync';

/**
 * The role that AWS Backup gateway assumes to put tags of VMware on the virtual machines in AWS, so that plans can
 * select by them. Which tags become which is said in the console or the API of AWS Backup gateway, with this role.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backing-up-vms.html
 */
@propertyInjectable
export class HypervisorMetadataRole extends iam.Role {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.HypervisorMetadataRole';

  constructor(scope: Construct, id: string) {
    super(scope, id, {
      assumedBy: new iam.ServicePrincipal('backup-gateway.amazonaws.com'),
      description: 'Lets AWS Backup gateway tag virtual machines as VMware does',
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(SYNC_POLICY)],
    });
    acknowledgeManagedPolicy(this, SYNC_POLICY);
  }
}
