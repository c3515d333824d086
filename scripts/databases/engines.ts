import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Skipped } from '../skipped';

/** The user and the password of every database. */
export const USER = 'app';
export const PASSWORD = 'today';
/** The name in the certificate of every database. */
export const HOST = 'db.example';

/** A running database: the same content with TLS, and without. */
export interface Engine {
  /** As Amazon RDS calls it. */
  readonly engine: 'docdb' | 'mariadb' | 'postgres';
  readonly port: number;
  readonly plainPort: number;
}

/** A certificate for `db.example`, and the authority that signed it. */
export interface Certificate {
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

const FERRETDB = 'github.com/FerretDB/FerretDB';
const FERRETDB_VERSION = 'v1.24.2';
const POSTGRES = '/usr/lib/postgresql';
const MARIADB = ['/usr/share/mysql/mysql_', '/usr/share/mariadb/mariadb_', '/usr/share/mysql/mariadb_'];
const isRoot = process.getuid?.() === 0;
/** `nobody`: PostgreSQL and MariaDB don't run as root. */
const owner = isRoot ? idOf('nobody') : undefined;

/** Starts and stops databases in a folder. */
export class Engines {
  private readonly processes: ChildProcess[] = [];

  constructor(
    private readonly folder: string,
    private readonly certificate: Certificate,
    /** Whether only programs are used that needn't be built. */
    private readonly isQuick: boolean,
  ) {}

  public async postgres(): Promise<Engine> {
    const programs = postgresFolder() ?? installed('postgresql', postgresFolder);
    const data = this.folderFor('postgres');
    const password = join(this.folder, 'password');
    writeFileSync(password, PASSWORD);
    const options = ['--auth=scram-sha-256', `--pwfile=${password}`, '--no-sync', '--encoding=UTF8'];
    run(join(programs, 'initdb'), [`--pgdata=${data}`, `--username=${USER}`, ...options]);
    const common = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];
    const { certificate, key } = this.certificate;
    const tls = ['ssl=on', `ssl_cert_file=${certificate}`, `ssl_key_file=${key}`];
    const start = (folder: string, port: number, more: readonly string[]) => {
      const settings = [...common, `port=${port}`, ...more].flatMap((setting) => ['-c', setting]);
      return this.start(join(programs, 'postgres'), ['-D', folder, ...settings], port);
    };
    return this.twice(
      'postgres',
      data,
      (folder, port) => start(folder, port, tls),
      (folder, port) => start(folder, port, ['ssl=off']),
    );
  }

  public async mariadb(): Promise<Engine> {
    const find = () => ['/usr/sbin/mariadbd', '/usr/local/sbin/mariadbd'].find((path) => existsSync(path));
    const program = find() ?? installed('mariadb-server-core', find);
    const data = this.folderFor('mariadb');
    const small = ['--innodb-log-file-size=4M', '--innodb-flush-log-at-trx-commit=0'];
    // as `mariadb-install-db` does, which needs programs of the client
    const tables = ['tables', 'tables_data'].map((name) =>
      readFileSync(mariadbScript(`system_${name}.sql`), 'utf8'),
    );
    const bootstrap = ['create database mysql;', 'use mysql;', ...tables].join('\n');
    run(program, ['--no-defaults', '--bootstrap', `--datadir=${data}`, ...small], bootstrap);
    const script = join(this.folder, 'users.sql');
    const grants = [
      'CREATE DATABASE ledger',
      `CREATE USER ${USER}@'%' IDENTIFIED BY '${PASSWORD}'`,
      `GRANT ALL ON *.* TO ${USER}@'%'`,
    ];
    writeFileSync(script, `${grants.join(';\n')};\n`);
    const { authority, certificate, key } = this.certificate;
    const tls = [`--ssl-ca=${authority}`, `--ssl-cert=${certificate}`, `--ssl-key=${key}`];
    const start = (folder: string, port: number, more: readonly string[]) =>
      this.start(
        program,
        [
          '--no-defaults',
          `--datadir=${folder}`,
          `--socket=${folder}/socket`,
          `--port=${port}`,
          '--bind-address=127.0.0.1',
          `--init-file=${script}`,
          ...small,
          ...more,
        ],
        port,
      );
    return this.twice(
      'mariadb',
      data,
      (folder, port) => start(folder, port, tls),
      (folder, port) => start(folder, port, ['--skip-ssl']),
    );
  }

  /** FerretDB speaks the protocol of MongoDB, as Amazon DocumentDB does, and keeps documents in SQLite. */
  public async documentDb(): Promise<Engine> {
    const program = ferretDb(this.isQuick);
    const data = this.folderFor('docdb');
    const [port, plainPort] = [await freePort(), await freePort()];
    const { certificate, key } = this.certificate;
    await this.start(
      program,
      [
        '--handler=sqlite',
        `--sqlite-url=file:${data}/`,
        `--state-dir=${data}`,
        '--telemetry=disable',
        '--debug-addr=-',
        `--listen-addr=127.0.0.1:${plainPort}`,
        `--listen-tls=127.0.0.1:${port}`,
        `--listen-tls-cert-file=${certificate}`,
        `--listen-tls-key-file=${key}`,
        '--setup-database=admin',
        `--setup-username=${USER}`,
        `--setup-password=${PASSWORD}`,
        '--test-enable-new-auth',
      ],
      port,
    );
    return { engine: 'docdb', port, plainPort };
  }

  public stop(): void {
    for (const each of this.processes) each.kill('SIGKILL'); // the folder is deleted anyway
  }

  /** Two servers with the same users: one with TLS, one without. */
  private async twice(
    engine: Engine['engine'],
    data: string,
    withTls: (folder: string, port: number) => Promise<void>,
    plain: (folder: string, port: number) => Promise<void>,
  ): Promise<Engine> {
    const copy = `${data}-plain`;
    cpSync(data, copy, { recursive: true });
    own(copy);
    const [port, plainPort] = [await freePort(), await freePort()];
    await Promise.all([withTls(data, port), plain(copy, plainPort)]);
    return { engine, port, plainPort };
  }

  private folderFor(name: string): string {
    const path = join(this.folder, name);
    mkdirSync(path, { mode: 0o700 });
    own(path);
    return path;
  }

  /** Starts a program, and waits until its port opens. */
  private async start(program: string, args: readonly string[], port: number): Promise<void> {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...owner });
    this.processes.push(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk) => {
        output = `${output}${chunk}`.slice(-2_000);
      });
    for (let attempt = 0; attempt < 300; attempt++) {
      if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}: ${output}`);
      if (await opens(port)) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`${program} does not open port ${port}: ${output}`);
  }
}

/** A certificate for `db.example` that an authority of its own has signed. */
export function makeCertificate(folder: string): Certificate {
  const path = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });
  const [authority, certificate, key] = [path('authority.pem'), path('certificate.pem'), path('key.pem')];
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...newKey,
    '-days',
    '2',
    '-subj',
    '/CN=Authority',
    '-keyout',
    path('a.key'),
    '-out',
    authority,
  );
  openssl('req', ...newKey, '-subj', `/CN=${HOST}`, '-keyout', key, '-out', path('request.pem'));
  writeFileSync(path('names'), `subjectAltName=DNS:${HOST}\n`);
  const signing = ['-CA', authority, '-CAkey', path('a.key'), '-CAcreateserial', '-extfile', path('names')];
  openssl('x509', '-req', '-in', path('request.pem'), ...signing, '-days', '2', '-out', certificate);
  chmodSync(folder, 0o755);
  chmodSync(key, 0o600);
  own(key);
  return { authority, certificate, key };
}

/** A port that nothing listens to. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

function opens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

function run(program: string, args: readonly string[], input = ''): void {
  const options = { encoding: 'utf8', input, cwd: '/', ...owner } as const;
  const { status, stderr, error } = spawnSync(program, args, options);
  if (status !== 0) throw new Error(`${program} failed: ${stderr ?? error}`);
}

/** Gives a file or folder to the user who runs the databases. */
function own(path: string): void {
  if (owner) spawnSync('chown', ['-R', `${owner.uid}:${owner.gid}`, path]);
  else chownSync(path, process.getuid?.() ?? 0, process.getgid?.() ?? 0);
}

function idOf(user: string): { readonly uid: number; readonly gid: number } {
  const [uid, gid] = ['-u', '-g'].map((which) =>
    Number(execFileSync('id', [which, user], { encoding: 'utf8' }).trim()),
  );
  return { uid, gid };
}

/** The programs of the newest PostgreSQL of Debian. */
function postgresFolder(): string | undefined {
  const versions = existsSync(POSTGRES) ? readdirSync(POSTGRES).sort((a, b) => Number(b) - Number(a)) : [];
  return versions
    .map((version) => join(POSTGRES, version, 'bin'))
    .find((path) => existsSync(join(path, 'initdb')));
}

/**
 * Installs a package of Debian, and finds what it brings.
 *
 * @throws Skipped where it can't be installed
 */
function installed(name: string, find: () => string | undefined): string {
  if (!isRoot || spawnSync('apt-get', ['--version']).status !== 0)
    throw new Skipped(`there is no ${name}, and only root can install it with apt-get`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: string[]) => spawnSync('apt-get', args, { env, encoding: 'utf8', timeout: 300_000 });
  apt('update', '-qq');
  const { stderr } = apt('install', '-y', '-qq', '--no-install-recommends', name);
  const found = find();
  if (!found) throw new Skipped(`${name} can't be installed: ${stderr?.trim().split('\n').pop()}`);
  return found;
}

/** A script of MariaDB; its folder and its name have changed. */
function mariadbScript(name: string): string {
  const found = MARIADB.map((start) => `${start}${name}`).find((path) => existsSync(path));
  if (!found) throw new Skipped(`MariaDB has no script ${name} here`);
  return found;
}

/** FerretDB: that of `FERRETDB`, or built once with Go, which takes two minutes. */
function ferretDb(isQuick: boolean): string {
  const folder = join(process.cwd(), '.databases');
  const program = process.env.FERRETDB ?? join(folder, 'ferretdb');
  if (existsSync(program)) return program;
  if (isQuick) throw new Skipped('FerretDB is not built here; run `npx projen test:databases`');
  const go = (args: readonly string[], cwd: string) => {
    const { status, stdout, stderr, error } = spawnSync('go', args, {
      cwd,
      encoding: 'utf8',
      timeout: 900_000,
    });
    if (status === 0) return stdout;
    throw new Skipped(`FerretDB can't be built: ${error?.message ?? stderr.trim().split('\n').pop()}`);
  };
  const { Dir } = JSON.parse(go(['mod', 'download', '-json', `${FERRETDB}@${FERRETDB_VERSION}`], tmpdir()));
  // a module can't be built where it is: it wants its version in a file
  const sources = join(folder, 'sources');
  cpSync(Dir, sources, { recursive: true });
  spawnSync('chmod', ['-R', 'u+w', sources]);
  writeFileSync(join(sources, 'build', 'version', 'version.txt'), FERRETDB_VERSION);
  go(['build', '-o', program, './cmd/ferretdb'], sources);
  rmSync(sources, { recursive: true });
  return program;
}
