import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Skipped } from '../skipped';

/**
 * Packages of PyPI in a virtual environment of their own, which is kept for the next time.
 *
 * @returns the Python of the environment
 * @throws Skipped where there is no Python, or no PyPI
 */
export function pythonWith(folder: string, ...requirements: readonly string[]): string {
  const wanted = requirements.join(' ');
  const python = join(folder, 'bin', 'python');
  const stamp = join(folder, '.installed');
  if (existsSync(python) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return python;
  rmSync(folder, { recursive: true, force: true });
  if (spawnSync('python3', ['-m', 'venv', folder]).status !== 0)
    throw new Skipped('there is no python3 with venv here');
  const { status, stderr } = spawnSync(
    python,
    ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...requirements],
    { encoding: 'utf8', timeout: 600_000 },
  );
  if (status !== 0)
    throw new Skipped(`${wanted} can't be installed from PyPI: ${stderr.trim().split('\n').pop()}`);
  writeFileSync(stamp, wanted);
  return python;
}
