/** Validates databases with the bundled function, in a process that trusts one more authority, or doesn't. */
import dns from 'node:dns';
import { readFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import type * as mongodb from 'mongodb';
import type * as mysql2 from 'mysql2/promise';
import type * as pg from 'pg';
import { green, red } from '../terminal';
import { type Certificate, type Engine, freePort, HOST, PASSWORD, USER } from './engines';
import { FakeRuntime, PLAN, type RestoredDatabase } from './fake-aws';

/** What the parent process passes. */
export interface Input {
  readonly engines: readonly Engine[];
  readonly certificate: Certificate;
  /** Whether `NODE_EXTRA_CA_CERTS` has the authority. */
  readonly isTrusted: boolean;
}

type Expected = 'SUCCESSFUL' | RegExp;
type Check = Readonly<Record<string, unknown>>;

interface Case {
  readonly title: string;
  readonly database?: Partial<RestoredDatabase>;
  readonly check?: Check;
  readonly expected: Expected;
  /** The most seconds that it may take. */
  readonly seconds?: number;
}

const BUNDLE = join(process.cwd(), 'assets', 'handler', 'restore-validation', 'index.js');
const input: Input = JSON.parse(process.argv[2]);

/** The right queries of each engine, and what is asked in vain. */
const QUESTIONS = {
  sql: {
    right: [
      { sql: 'select count(*) from bookings', equals: '1000' },
      { sql: 'select sum(amount) from bookings', equals: '500500.00' },
      { sql: 'select name from customers where id = 1', equals: 'Zoë 東京' },
    ],
    more: [{ sql: 'select count(*) from bookings', atLeast: 1_001 }],
    missing: [{ sql: 'select count(*) from invoices', atLeast: 1 }],
    nothing: [{ sql: 'select name from customers where id = 2', equals: 'Zoë' }],
  },
  documents: {
    right: [
      { collection: 'bookings', equals: '1000' },
      { collection: 'bookings', filter: { amount: { $gt: 500 } }, equals: '500' },
      {
        collection: 'bookings',
        filter: { placed: { $gte: { $date: '2026-01-02T00:00:00Z' } } },
        atLeast: 1,
      },
      {
        collection: 'bookings',
        pipeline: [{ $sort: { amount: -1 } }, { $limit: 1 }, { $project: { amount: 1 } }],
        equals: '1000',
      },
      { collection: 'customers', pipeline: [{ $project: { name: 1 } }], equals: 'Zoë 東京' },
    ],
    more: [{ collection: 'bookings', atLeast: 1_001 }],
    missing: [{ collection: 'invoices', atLeast: 1 }],
    nothing: [{ collection: 'invoices', pipeline: [{ $limit: 1 }], equals: 'Zoë' }],
  },
};
/** Statements that take half a minute; what takes as long in Amazon DocumentDB is a connection that falls silent. */
const SLOW: Readonly<Record<string, string>> = {
  postgres: 'select pg_sleep(30)',
  mariadb: 'select sleep(30)',
};

async function main(): Promise<number> {
  resolveNames();
  const { certificate } = input;
  const runtime = new FakeRuntime();
  await runtime.start();
  process.env.IN_VPC = 'true';
  const { validate } = require(BUNDLE);
  const log = console.log;
  let failures = 0;
  const servers: Server[] = [];
  const silent = await listen(createServer(), servers);

  const judge = async (engine: Engine, each: Case): Promise<void> => {
    const isDocumentDb = engine.engine === 'docdb';
    const questions = isDocumentDb ? QUESTIONS.documents : QUESTIONS.sql;
    const id = runtime.restored({
      engine: engine.engine,
      engineVersion: isDocumentDb ? '5.0.0' : '15.18',
      host: HOST,
      port: engine.port,
      password: PASSWORD,
      ...each.database,
    });
    const check = {
      type: isDocumentDb ? 'DocumentDB' : 'RDS',
      level: 'queries',
      queries: questions.right,
      secretArn: id,
      database: 'ledger',
      ...each.check,
    };
    const start = Date.now();
    process.env.SETTINGS = JSON.stringify({
      planArn: PLAN,
      restoreTestingPlan: 'weekly',
      bucket: 'evidence',
      windowHours: 4,
      restoreHours: 24,
      checks: [check],
    });
    const done = validate({ detail: { restoreJobId: id } }, { getRemainingTimeInMillis: () => 840_000 });
    await done.catch((error: Error) => runtime.results.set(id, { verdict: 'THROWN', reason: error.message }));
    const seconds = (Date.now() - start) / 1_000;
    const { verdict, reason } = runtime.results.get(id) ?? { verdict: 'NONE', reason: '' };
    const isRight =
      each.expected === 'SUCCESSFUL'
        ? verdict === 'SUCCESSFUL'
        : verdict === 'FAILED' && each.expected.test(reason);
    const isFast = seconds <= (each.seconds ?? 15);
    if (!isRight || !isFast) failures++;
    const mark = isRight && isFast ? green('✓') : red('✗');
    log(`${mark} ${engine.engine}: ${each.title}`);
    if (!isRight || !isFast) log(`  ${verdict} after ${seconds} s: ${reason}; expected ${each.expected}`);
  };

  console.log = () => undefined; // the function's own lines
  try {
    for (const engine of input.engines) if (input.isTrusted) await fill(engine);
    const all: Promise<void>[] = [];
    for (const engine of input.engines) {
      const cases = input.isTrusted
        ? await casesOf(engine, silent, certificate, servers)
        : [
            {
              title: 'an authority that is not trusted',
              expected: /no connection over TLS.*(certificate|issuer)/i,
            },
          ];
      all.push(...cases.map((each) => judge(engine, each)));
    }
    await Promise.all(all);
  } finally {
    console.log = log;
    runtime.stop();
    for (const server of servers) server.close();
  }
  return failures;
}

async function casesOf(
  { engine, port, plainPort }: Engine,
  silent: number,
  { certificate, key }: Certificate,
  servers: Server[],
): Promise<Case[]> {
  const isDocumentDb = engine === 'docdb';
  const questions = isDocumentDb ? QUESTIONS.documents : QUESTIONS.sql;
  const closed = await freePort();
  const slow: Case = isDocumentDb
    ? {
        title: 'a connection that falls silent',
        database: { port: await silentOn('aggregate', plainPort, certificate, key, servers) },
        check: { querySeconds: 2 },
        expected: /no answer within 2 seconds/,
        seconds: 8,
      }
    : {
        title: 'a query that takes too long',
        check: { querySeconds: 2, queries: [{ sql: SLOW[engine], equals: '0' }] },
        expected: /failed: no answer within 2 seconds/,
        seconds: 8,
      };
  return [
    { title: 'the right content', expected: 'SUCCESSFUL' },
    {
      title: 'missing rows',
      check: { queries: questions.more },
      expected: /returned 1000, expected at least 1001/,
    },
    {
      title: 'missing rows, which the port does not show',
      check: { level: 'opens', queries: questions.more },
      expected: 'SUCCESSFUL',
    },
    {
      title: 'a table or collection that is missing',
      check: { queries: questions.missing },
      expected: isDocumentDb ? /returned 0, expected at least 1/ : /invoices.* (does not|doesn't) exist/,
    },
    { title: 'no row', check: { queries: questions.nothing }, expected: /returned nothing, expected Zoë/ },
    { title: 'another database', check: { database: 'other' }, expected: /^queries: / },
    { title: 'a wrong password', database: { password: 'no' }, expected: /accepts neither the current nor/ },
    {
      title: 'a secret that rotated',
      database: { password: 'tomorrow', previous: PASSWORD },
      expected: 'SUCCESSFUL',
    },
    {
      title: 'a closed port',
      database: { port: closed },
      expected: /^opens: port \d+ of the .* does not open: .*ECONNREFUSED/,
    },
    slow,
    {
      title: 'a server that never answers',
      database: { port: silent },
      expected: /no connection over TLS to port/,
      seconds: 20,
    },
    {
      title: 'a server without TLS',
      database: { port: plainPort },
      expected: /no connection over TLS to port/,
      seconds: 20,
    },
    {
      title: 'a certificate for another name',
      database: { host: 'other.example', port },
      expected: /no connection over TLS.*(altname|Hostname)/,
    },
  ];
}

/** Names that end in `.example` are this machine. */
function resolveNames(): void {
  const original = dns.lookup as (...args: unknown[]) => unknown;
  Object.assign(dns, {
    lookup: (host: string, ...more: unknown[]) =>
      original(host.endsWith('.example') ? '127.0.0.1' : host, ...more),
  });
}

function listen(server: Server, servers: Server[]): Promise<number> {
  servers.push(server);
  server.on('connection', (socket) => {
    socket.on('error', () => undefined);
    socket.unref();
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
  );
}

/** A server with TLS that passes on everything to another port, until a word comes. */
function silentOn(
  word: string,
  port: number,
  certificate: string,
  key: string,
  servers: Server[],
): Promise<number> {
  const server = createTlsServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (socket) => {
    const upstream = connect({ port, host: '127.0.0.1' });
    upstream.pipe(socket);
    socket.on('data', (chunk) => {
      if (!chunk.includes(word)) upstream.write(chunk);
    });
    for (const each of [socket, upstream]) each.on('error', () => upstream.destroy());
    socket.on('close', () => upstream.destroy());
  });
  return listen(server, servers);
}

/** The content that was backed up. */
async function fill({ engine, port }: Engine): Promise<void> {
  const common = { host: HOST, port, user: USER, password: PASSWORD };
  const numbers = Array.from({ length: 1_000 }, (_, n) => n + 1);
  const statements = (type: string) => [
    'create table bookings (id int primary key, amount decimal(10, 2))',
    `insert into bookings values ${numbers.map((n) => `(${n}, ${n})`).join(', ')}`,
    `create table customers (id int primary key, name ${type})`,
    "insert into customers values (1, 'Zoë 東京')",
  ];
  if (engine === 'postgres') {
    const { Client }: typeof pg = require('pg');
    const first = new Client({ ...common, database: 'postgres', ssl: true });
    await first.connect();
    await first.query('create database ledger');
    await first.end();
    const client = new Client({ ...common, database: 'ledger', ssl: true });
    await client.connect();
    for (const statement of statements('text')) await client.query(statement);
    await client.end();
  } else if (engine === 'mariadb') {
    const { createConnection }: typeof mysql2 = require('mysql2/promise');
    const connection = await createConnection({ ...common, database: 'ledger', ssl: {} });
    for (const statement of statements('varchar(50) character set utf8mb4'))
      await connection.query(statement);
    await connection.end();
  } else {
    const { MongoClient }: typeof mongodb = require('mongodb');
    const auth = { username: USER, password: PASSWORD };
    const client = new MongoClient(`mongodb://${HOST}:${port}/`, { auth, tls: true, directConnection: true });
    const placed = (n: number) => new Date(Date.UTC(2026, 0, 1 + n));
    const ledger = client.db('ledger');
    await ledger.collection('bookings').insertMany(numbers.map((n) => ({ amount: n, placed: placed(n) })));
    await ledger.collection('customers').insertOne({ name: 'Zoë 東京' });
    await client.close();
  }
}

main().then(
  (failures) => process.exit(failures > 0 ? 1 : 0), // connections to silent servers may still be open
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
