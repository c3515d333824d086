import { POLICIES_WITHOUT_BACKUPS } from '../../values/core/managed-policies';
import { ResourceType } from '../../values/resource-type/resource-type';

const SCANS = 'AWSBackupServiceRolePolicyForScans';

/** The AWS managed policies of AWS Backup, whose permissions are known. */
export function awsBackupPolicies(): ReadonlySet<string> {
  const policies = ResourceType.all().flatMap((type) => [
    ...type.backupPolicies,
    ...type.restorePolicies,
    ...type.indexPolicies,
  ]);
  return new Set([...policies, SCANS, ...POLICIES_WITHOUT_BACKUPS]);
}
