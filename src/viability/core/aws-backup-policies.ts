import { POLICIES_WITHOUT_BACKUPS } from '../../values/core/managed-policies';
import { ResourceType } from '../../values/resource-type/resource-type';

const SCANS = 'AWSBackupServiceRolePolicyForScans';

let all: ReadonlySet<string> | undefined;

/** The AWS managed policies of AWS Backup, whose permissions are known. */
export function awsBackupPolicies(): ReadonlySet<string> {
  all ??= new Set([
    ...ResourceType.all().flatMap(({ backupPolicies, restorePolicies, indexPolicies }) => [
      ...backupPolicies,
      ...restorePolicies,
      ...indexPolicies,
    ]),
    SCANS,
    ...POLICIES_WITHOUT_BACKUPS,
  ]);
  return all;
}
