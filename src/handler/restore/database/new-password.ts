import { randomBytes } from 'node:crypto';
import { describeError, NotYet, nameOfError, type Tools } from '../aws-calls';
import { nameOfArn } from '../check';
import type { Credentials } from './credentials';
import type { Database } from './databases';

/** The name that AWS Backup gives what restore tests restore. The source never has it. */
const TEST_NAME = /^awsbackup-restore-test-/i;

/** The passwords that this function has set, by restored database: they are nowhere else. */
const passwords = new Map<string, string>();

/** The master user of a restored database, with the password that this function has set; undefined before it has. */
export function newCredentials({ masterUser = '' }: Database, restoredArn: string): Credentials | undefined {
  const password = passwords.get(restoredArn);
  return password === undefined ? undefined : { user: masterUser, password };
}

/** Sets the password of the master user of a restored database, never of a source. Throws `NotYet` if that isn't possible now. */
export async function setNewPassword(
  { cluster }: Database,
  restoredArn: string,
  tools: Tools,
): Promise<void> {
  const name = nameOfArn(restoredArn);
  if (!TEST_NAME.test(name))
    throw new Error(`${name} keeps its password, since its name is not that of a restore test`);
  const MasterUserPassword = passwords.get(restoredArn) ?? randomBytes(20).toString('hex');
  const change = { MasterUserPassword, ApplyImmediately: true };
  try {
    if (cluster) await tools.call('rds:ModifyDBCluster', { DBClusterIdentifier: name, ...change });
    else await tools.call('rds:ModifyDBInstance', { DBInstanceIdentifier: name, ...change });
  } catch (error) {
    if (/^InvalidDB(Cluster|Instance)State/.test(nameOfError(error))) throw new NotYet(describeError(error));
    throw error;
  }
  passwords.set(restoredArn, MasterUserPassword);
}
