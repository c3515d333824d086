import {
  CONNECT_TIMEOUT,
  type DatabaseConnection,
  type DatabaseTarget,
  type Protocol,
  within,
} from './connection';
import { openDocumentDb } from './document-connection';
import { openMysql, openPostgres } from './sql-connection';

const OPENERS: Readonly<Record<Protocol, (target: DatabaseTarget) => Promise<DatabaseConnection>>> = {
  mongodb: openDocumentDb,
  mysql: openMysql,
  postgres: openPostgres,
};

/** What the drivers may take beyond their own time-out, in milliseconds. */
const GRACE = 5_000;

/**
 * Connects to a database over TLS, with the certificate authorities of Node.js and of `NODE_EXTRA_CA_CERTS`. The driver of
 * the protocol is loaded first. Throws `WrongPassword`, or what the driver says.
 */
export function openDatabase(target: DatabaseTarget): Promise<DatabaseConnection> {
  return within(CONNECT_TIMEOUT + GRACE, OPENERS[target.protocol](target));
}
