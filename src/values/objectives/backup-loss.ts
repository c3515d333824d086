/** What may be lost, or fall under the control of an attacker. */
export enum BackupLoss {
  /** The resource itself. */
  RESOURCE = 'resource',

  /** The stack of the resource, with everything it deletes. */
  STACK = 'stack',

  /** The customer managed keys of the resource and of its backups. */
  KEY = 'key',

  /** The account of the resource, to an attacker with administrator rights. */
  WORKLOAD_ACCOUNT = 'workloadAccount',

  /** The Region of the resource. */
  REGION = 'region',

  /** All other accounts with recovery points of the resource, to an attacker with administrator rights. */
  BACKUP_ACCOUNT = 'backupAccount',

  /** The management account of the organization, and with it every member account. */
  MANAGEMENT_ACCOUNT = 'managementAccount',
}
