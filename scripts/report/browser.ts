import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { Skipped } from '../emulator/python';

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * Chromium: that of `CHROMIUM`, one that is installed, or the package of Debian, which this installs.
 *
 * @throws Skipped where there is none, and none can be installed
 */
export async function launchBrowser(): Promise<Browser> {
  const executablePath =
    [process.env.CHROMIUM, ...PATHS].find((path) => path && existsSync(path)) ?? install();
  return chromium.launch({
    executablePath,
    // Chromium refuses to run as root with its sandbox, as in containers
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
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
