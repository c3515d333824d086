/**
 * `npx projen test:databases`: starts PostgreSQL, MariaDB, and FerretDB in place of Amazon DocumentDB, with TLS and without,
 * fills them, and has the bundled function validate them as if they had been restored: the right content, missing rows and
 * tables, wrong passwords, closed ports, servers that are slow, silent, or without TLS, and certificates that don't fit.
 * Only AWS is a fake. Takes half a minute.
 *
 * PostgreSQL and MariaDB are packages of Debian, which it installs as root. FerretDB is built with Go once, which takes two
 * minutes: with `--quick`, and without the program in `FERRETDB` or `.databases`, it is left out.
 *
 * Exit code 77: skipped, since no engine can be had here.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Input } from './databases/cases';
import { type Engine, Engines, makeCertificate } from './databases/engines';
import { exitWith, SKIPPED, Skipped } from './skipped';
import { dim, green, red } from './terminal';

async function main(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'databases-'));
  const certificate = makeCertificate(folder);
  const engines = new Engines(folder, certificate, process.argv.includes('--quick'));
  try {
    const starting = await Promise.allSettled([engines.postgres(), engines.mariadb(), engines.documentDb()]);
    const running: Engine[] = [];
    for (const each of starting)
      if (each.status === 'fulfilled') running.push(each.value);
      else if (each.reason instanceof Skipped) console.log(dim(`skipped: ${each.reason.message}`));
      else throw each.reason;
    if (running.length === 0) return SKIPPED;
    const codes = [true, false].map((isTrusted) => {
      const input: Input = { engines: running, certificate, isTrusted };
      const authorities = isTrusted ? { NODE_EXTRA_CA_CERTS: certificate.authority } : {};
      return spawnSync(
        process.execPath,
        [
          require.resolve('ts-node/dist/bin'),
          '--project',
          'tsconfig.dev.json',
          'scripts/databases/cases.ts',
          JSON.stringify(input),
        ],
        { stdio: 'inherit', env: { ...process.env, ...authorities }, timeout: 120_000 },
      ).status;
    });
    const isRight = codes.every((code) => code === 0);
    console.log(isRight ? green('every database was judged right') : red('a database was judged wrong'));
    return isRight ? 0 : 1;
  } finally {
    engines.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

exitWith(main);
