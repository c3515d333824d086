import type * as mysql2 from 'mysql2/promise';
import type * as pg from 'pg';
import {
  CONNECT_TIMEOUT,
  type DatabaseConnection,
  type DatabaseTarget,
  WrongPassword,
  within,
} from './connection';

/** The object identifier of `boolean`. */
const BOOLEAN = 16;
/** Invalid authorization, invalid password. */
const REFUSED_BY_POSTGRES: readonly unknown[] = ['28000', '28P01'];
const REFUSED_BY_MYSQL: readonly unknown[] = ['ER_ACCESS_DENIED_ERROR', 'ER_ACCESS_DENIED_NO_PASSWORD_ERROR'];

/** Connects to PostgreSQL. */
export async function openPostgres(target: DatabaseTarget): Promise<DatabaseConnection> {
  const { Client }: typeof pg = require('pg');
  const client = new Client({
    host: target.host,
    port: target.port,
    user: target.user,
    password: target.password,
    database: target.database ?? 'postgres',
    application_name: 'restore-validation',
    ssl: { rejectUnauthorized: true },
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    // values as the server writes them, booleans as the Data API does
    types: { getTypeParser: (type: number) => (type === BOOLEAN ? readBoolean : readText) } as never,
  });
  client.on('error', () => undefined); // a connection that is lost fails the question
  try {
    await client.connect();
  } catch (error) {
    throw REFUSED_BY_POSTGRES.includes((error as { code?: unknown }).code)
      ? new WrongPassword((error as Error).message)
      : error;
  }
  return {
    async ask({ sql = '' }, milliseconds) {
      const answer = await within(milliseconds, client.query({ text: sql, rowMode: 'array' }));
      return firstOf(answer.rows);
    },
    close: () => quietly(client.end()),
  };
}

function readText(text: string): string {
  return text;
}

function readBoolean(text: string): string {
  return text === 't' ? 'true' : 'false';
}

/** Connects to MySQL and MariaDB. */
export async function openMysql(target: DatabaseTarget): Promise<DatabaseConnection> {
  const { createConnection }: typeof mysql2 = require('mysql2/promise');
  const opening = createConnection({
    host: target.host,
    port: target.port,
    user: target.user,
    password: target.password,
    database: target.database,
    ssl: { rejectUnauthorized: true, verifyIdentity: true },
    connectTimeout: CONNECT_TIMEOUT,
    rowsAsArray: true,
    typeCast: (field) => field.string(), // values as the server writes them
  });
  const connection = await opening.catch((error) => {
    throw REFUSED_BY_MYSQL.includes(error.code) ? new WrongPassword(error.message) : error;
  });
  connection.on('error', () => undefined);
  return {
    async ask({ sql = '' }, milliseconds) {
      const [rows] = await within(milliseconds, connection.query(sql));
      return firstOf(rows);
    },
    // a statement that never ends must not keep the connection open
    close: async () => connection.destroy(),
  };
}

/** The first value of the first row; statements that return no rows have none. */
function firstOf(rows: unknown): string | undefined {
  const [row] = Array.isArray(rows) ? rows : [];
  const [value] = Array.isArray(row) ? row : [];
  return value ?? undefined;
}

async function quietly(closing: Promise<void>): Promise<void> {
  await within(1_000, closing).catch(() => undefined);
}
