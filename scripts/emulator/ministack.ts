import { type ChildProcess, spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const TIME_TO_START = 60_000;
const TIME_TO_STOP = 5_000;

/**
 * [ministack](https://pypi.org/project/ministack/): CloudFormation, IAM, S3, AWS Lambda, AWS Systems Manager and more in
 * one process. It runs functions as processes of their own, with the Node.js that runs this script.
 */
export class Ministack {
  /** Starts it on a port that is free, and waits until it answers. */
  public static async start(python: string, folder: string, env: NodeJS.ProcessEnv): Promise<Ministack> {
    const port = await freePort();
    const log = join(folder, 'ministack.log');
    const output = openSync(log, 'w');
    const child = spawn(python, ['-m', 'ministack'], {
      // a group of its own, so that the functions that it starts can be stopped with it
      detached: true,
      stdio: ['ignore', output, output],
      env: {
        ...env,
        BIND_HOST: '127.0.0.1',
        MINISTACK_HOST: '127.0.0.1',
        GATEWAY_PORT: String(port),
        IOT_MTLS_ENABLED: '0', // listens on fixed ports
        SFTP_ENABLED: '0',
        TMPDIR: folder,
      },
    });
    const ministack = new Ministack(child, `http://127.0.0.1:${port}`, log);
    try {
      await ministack.untilReady();
      return ministack;
    } catch (error) {
      await ministack.stop();
      throw error;
    }
  }

  private constructor(
    private readonly child: ChildProcess,
    /** Where all services answer. */
    public readonly endpoint: string,
    private readonly log: string,
  ) {}

  /** What it wrote last. */
  public lastWords(lines = 40): string {
    return readFileSync(this.log, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  }

  /** Stops it and the functions that it runs. */
  public async stop(): Promise<void> {
    this.signal('SIGTERM');
    const end = Date.now() + TIME_TO_STOP;
    while (this.isThere() && Date.now() < end) await sleep(50);
    this.signal('SIGKILL');
  }

  /** Ends all of it at once, for the end of this process. */
  public kill(): void {
    this.signal('SIGKILL');
  }

  private async untilReady(): Promise<void> {
    const end = Date.now() + TIME_TO_START;
    while (Date.now() < end) {
      if (this.child.exitCode !== null) break;
      const { ok } = await fetch(`${this.endpoint}/_ministack/health`).catch(() => ({ ok: false }));
      if (ok) return;
      await sleep(100);
    }
    throw new Error(`ministack doesn't start:\n${this.lastWords()}`);
  }

  private isThere(): boolean {
    return this.signal(0);
  }

  /** To the whole group; false where nothing of it is left. */
  private signal(signal: NodeJS.Signals | 0): boolean {
    if (this.child.pid === undefined) return false;
    try {
      return process.kill(-this.child.pid, signal);
    } catch {
      return false;
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('there is no port');
  return address.port;
}
