import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Level } from '../../../../src/handler/restore/check';
import {
  MOUNT_SCRIPT,
  readResult,
  type ScriptResult,
  scriptEnvironment,
} from '../../../../src/handler/restore/mount/mount-script';

const MARK = 'restore-check job-1';
/** Nobody: files that root could read must be unreadable. */
const NOBODY = 65_534;

/** Temporary folders in which the script really runs. */
export class Folders {
  public readonly root = mkdtempSync(join(tmpdir(), 'restore-mount-'));
  public readonly restored = this.folder('restored');
  public readonly source = this.folder('source');

  constructor() {
    chmodSync(this.root, 0o755);
    chmodSync(this.folder('scratch'), 0o777);
  }

  public remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  private folder(name: string): string {
    const path = join(this.root, name);
    mkdirSync(path);
    return path;
  }
}

/** Writes files, and the folders around them. */
export function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

/** What the script gets besides its folders. */
export interface RunOptions {
  readonly level?: Level;
  readonly withSource?: boolean;
  readonly samples?: number;
  readonly seed?: number;
  readonly since?: number;
  readonly commands?: readonly string[];
  /** A folder with the programs that the script calls. */
  readonly programs?: string;
}

/** Runs the script as the container does. */
export function runScript(folders: Folders, options: RunOptions = {}): ScriptResult {
  const { level = 'samples', withSource = true, samples = 20, seed = 7, since, commands = [] } = options;
  const { status, stdout, stderr } = spawnSync('sh', ['-c', MOUNT_SCRIPT, 'restore-check', ...commands], {
    encoding: 'utf8',
    uid: process.getuid?.() === 0 ? NOBODY : undefined,
    cwd: folders.root,
    env: {
      PATH: options.programs ?? process.env.PATH,
      TMPDIR: join(folders.root, 'scratch'),
      ...scriptEnvironment({
        mark: MARK,
        level,
        restored: folders.restored,
        source: withSource ? folders.source : undefined,
        samples,
        seed,
        since,
      }),
    },
  });
  const result = readResult(stdout.split('\n'), MARK);
  if (status !== 0 || !result) throw new Error(`exit code ${status}: ${stdout}${stderr}`);
  return result;
}
