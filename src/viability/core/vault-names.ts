import type { Link } from '../../inventory/core/item';
import { arnFields } from '../../template/evaluation/match';
import { known } from '../../template/evaluation/unknown';

/** The vault that AWS creates for automatic backups of Amazon EFS. */
export const EFS_VAULT = 'aws/efs/automatic-backup-vault';
/** The vault that the AWS Backup console creates. */
export const DEFAULT_VAULT = 'Default';

/** The name in the ARN of a vault, if it is known. */
export function vaultNameInArn(link: Link | undefined): string | undefined {
  const resource = known(link && arnFields(link.text)?.resource);
  return resource?.replace(/^backup-vault:/, '');
}
