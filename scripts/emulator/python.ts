import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Exit code of what can't run here. */
export const SKIPPED = 77;

/** What a machine lacks to run something; nothing is wrong with the project then. */
export class Skipped extends Error {}

/**
 * A package of PyPI in a virtual environment of its own, which is kept for the next time.
 *
 * @returns the Python of the environment
 * @throws Skipped where there is no Python, or no PyPI
 */
export function pythonWith(folder: string, requirement: string): string {
  const python = join(folder, 'bin', 'python');
  const stamp = join(folder, '.installed');
  if (existsSync(python) && existsSync(stamp) && readFileSync(stamp, 'utf8') === requirement) return python;
  rmSync(folder, { recursive: true, force: true });
  if (spawnSync('python3', ['-m', 'venv', folder]).status !== 0)
    throw new Skipped('there is no python3 with venv here');
  const { status, stderr } = spawnSync(
    python,
    ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', requirement],
    { encoding: 'utf8', timeout: 180_000 },
  );
  if (status !== 0)
    throw new Skipped(`${requirement} can't be installed from PyPI: ${stderr.trim().split('\n').pop()}`);
  writeFileSync(stamp, requirement);
  return python;
}
