import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { exitWith, Skipped } from '../skipped';

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * Chromium: that of `CHROMIUM`, one that is installed, or the package of Debian, which this installs.
 *
 * @throws Skipped where there is none, and none can be installed
 */
async function launchBrowser(): Promise<Browser> {
  const executablePath =
    [process.env.CHROMIUM, ...PATHS].find((path) => path && existsSync(path)) ?? install();
  return chromium.launch({
    executablePath,
    // Chromium refuses to run as root with its sandbox, as in containers
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
}

/**
 * Runs a script in a browser, with a folder of its own, and sets the exit code: what the script returns, 77 where there is no
 * Chromium, 1 if it fails.
 */
export function runInBrowser(run: (browser: Browser, folder: string) => Promise<number>): void {
  const main = async (): Promise<number> => {
    const browser = await launchBrowser();
    const folder = mkdtempSync(join(tmpdir(), 'report-'));
    try {
      return await run(browser, folder);
    } finally {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    }
  };
  exitWith(main);
}

function install(): string {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0)
    throw new Skipped('there is no Chromium, and only root can install it with apt-get');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = (...args: string[]) => spawnSync('apt-get', args, { env, encoding: 'utf8', timeout: 300_000 });
  run('update', '-qq');
  const { status, stderr } = run('install', '-y', '-qq', '--no-install-recommends', 'chromium');
  if (status !== 0 || !existsSync(PATHS[0]))
    throw new Skipped(`Chromium can't be installed: ${stderr?.trim().split('\n').pop()}`);
  return PATHS[0];
}
