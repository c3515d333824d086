import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readResult } from '../../../../src/handler/restore/mount/mount-script';
import { Folders, type RunOptions, runScript, write } from './script-run';

const FILES = {
  'a.txt': 'hello',
  'b c/d e.txt': 'x'.repeat(5_000),
  'two\nlines': 'newline',
  'größe/日本.txt': 'ü',
  '-rf': 'dash',
  "quote'$(touch hacked)": 'quote',
  '.hidden/x': 'hidden',
  empty: '',
};
const BYTES = Object.values(FILES).reduce((sum, content) => sum + Buffer.byteLength(content), 0);

let folders: Folders;
beforeEach(() => {
  folders = new Folders();
});
afterEach(() => folders.remove());

/** The shell of this machine, and BusyBox, which is the default image, where it is installed. */
const busyBox =
  spawnSync('busybox', ['--help']).status === 0 ? mkdtempSync(join(tmpdir(), 'busybox-')) : undefined;
if (busyBox) {
  chmodSync(busyBox, 0o755); // for nobody
  execFileSync('busybox', ['--install', '-s', busyBox]);
}
afterAll(() => busyBox && rmSync(busyBox, { recursive: true }));
const SHELLS: [string, string | undefined][] = [
  ['the shell of this machine', undefined],
  ...(busyBox ? [['BusyBox', busyBox] as [string, string]] : []),
];

describe.each(SHELLS)('the script in %s', (_shell, programs) => {
  const run = (options: RunOptions = {}) => runScript(folders, { programs, ...options });

  test('counts files with any name, and finds that they equal their source', () => {
    write(folders.restored, FILES);
    write(folders.source, FILES);
    const counted = { files: 8, bytes: BYTES };
    expect(run({ level: 'queries', commands: ['test -f a.txt', 'test -r "$SOURCE/a.txt"'] })).toMatchObject({
      opens: 'yes',
      counted,
      source: counted,
      sampled: { equal: 8, different: 0, alone: 0, unread: 0 },
      passed: 2,
      failed: undefined,
    });
  });

  test('goes only as deep as it must', () => {
    write(folders.restored, FILES);
    write(folders.source, FILES);
    const deepest = (['opens', 'counts', 'samples'] as const).map((level) => {
      const { counted, sampled, passed } = run({ level, commands: ['false'] });
      return [counted !== undefined, sampled !== undefined, passed !== undefined];
    });
    expect(deepest).toEqual([
      [false, false, false],
      [true, false, false],
      [true, true, false],
    ]);
  });

  test('meters as Amazon EFS does: 2 KiB for each entry, and its content in steps of 4 KiB', () => {
    write(folders.restored, { empty: '', small: 'x', exact: 'x'.repeat(4_096), large: 'x'.repeat(4_097) });
    mkdirSync(join(folders.restored, 'folder'));
    symlinkSync('small', join(folders.restored, 'link'));
    expect(run({ level: 'counts' }).counted).toEqual({
      files: 5,
      bytes: 1 + 4_096 + 4_097,
      metered: 6 * 2_048 + 7 * 4_096,
    });
  });

  describe('finds what was restored', () => {
    const RECOVERED = 'aws-backup-restore_2026-11-29T03-00-00-000Z';
    const inside = () => join(folders.restored, RECOVERED);

    test('in the folder that AWS Backup restores into', () => {
      write(inside(), FILES);
      write(folders.restored, { 'aws-backup-lost+found_2026/piece': 'lost' });
      write(folders.source, FILES);
      expect(run({ level: 'queries', commands: ['test -f a.txt'] })).toMatchObject({
        counted: { files: 8 },
        sampled: { equal: 8, alone: 0 },
        passed: 1,
      });
    });

    test('in the root, if it has anything else', () => {
      write(inside(), { old: 'old' });
      write(folders.restored, FILES);
      write(folders.source, FILES);
      expect(run()).toMatchObject({ counted: { files: 9 }, sampled: { equal: 8, alone: 1 } });
    });

    test('in the root, if the folder is one that the source has itself', () => {
      write(inside(), FILES);
      write(join(folders.source, RECOVERED), FILES);
      expect(run().sampled).toMatchObject({ equal: 8, alone: 0 });
    });
  });

  test('counts nothing in an empty folder', () => {
    write(folders.source, FILES);
    expect(run()).toMatchObject({
      counted: { files: 0, bytes: 0, metered: 0 },
      sampled: { equal: 0, different: 0, alone: 0, unread: 0 },
    });
  });

  test('counts fewer files where some are missing', () => {
    write(folders.restored, FILES);
    write(folders.source, FILES);
    unlinkSync(join(folders.restored, 'b c/d e.txt'));
    const { counted, source, sampled } = run();
    expect([counted?.files, source?.files, sampled?.equal]).toEqual([7, 8, 7]);
  });

  test.each<[string, (folder: string) => void]>([
    ['of the same size', (folder) => writeFileSync(join(folder, 'b c/d e.txt'), `${'x'.repeat(4_999)}y`)],
    ['that is longer', (folder) => writeFileSync(join(folder, 'b c/d e.txt'), 'x'.repeat(5_001))],
    [
      'that became a link',
      (folder) => {
        renameSync(join(folder, 'b c/d e.txt'), join(folder, 'b c/other'));
        symlinkSync('other', join(folder, 'b c/d e.txt'));
        unlinkSync(join(folder, 'empty'));
      },
    ],
  ])('finds content %s', (_title, spoil) => {
    write(folders.restored, FILES);
    write(folders.source, FILES);
    spoil(folders.restored);
    const { counted, sampled } = run();
    expect([counted?.files, sampled?.different]).toEqual([8, 1]);
  });

  test('reads the beginning and the end of large files', () => {
    const large = Buffer.alloc(20 * 1_024 * 1_024, 'x');
    writeFileSync(join(folders.source, 'large'), large);
    const differs = (at: number) => {
      const changed = Buffer.from(large);
      changed[at] = 0;
      writeFileSync(join(folders.restored, 'large'), changed);
      return run().sampled?.different;
    };
    expect([differs(0), differs(large.length - 1), differs(large.length / 2)]).toEqual([1, 1, 0]);
  });

  test('compares links by where they lead, and follows none', () => {
    for (const folder of [folders.restored, folders.source]) symlinkSync('/etc', join(folder, 'same'));
    symlinkSync('/etc', join(folders.restored, 'other'));
    symlinkSync('/usr', join(folders.source, 'other'));
    expect(run()).toMatchObject({ counted: { files: 2 }, sampled: { equal: 1, different: 1 } });
  });

  test('does not wait for named pipes', () => {
    for (const folder of [folders.restored, folders.source]) execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect(run()).toMatchObject({ counted: { files: 1, bytes: 0 }, sampled: { equal: 1 } });
  });

  test('does not compare what the source changed since, or has no more', () => {
    write(folders.restored, { changed: 'old', gone: 'old', same: 'same' });
    write(folders.source, { changed: 'new', same: 'same' });
    expect(run({ since: Math.floor(Date.now() / 1_000) - 60 }).sampled).toMatchObject({
      alone: 3,
      different: 0,
    });
    expect(run({ since: Math.floor(Date.now() / 1_000) + 60 }).sampled).toMatchObject({
      equal: 1,
      different: 1,
      alone: 1,
    });
  });

  test('only reads files where there is no source', () => {
    write(folders.restored, FILES);
    const { source, sampled } = run({ withSource: false });
    expect([source, sampled]).toEqual([undefined, { equal: 0, different: 0, alone: 8, unread: 0 }]);
  });

  test('says which files and folders it can not read', () => {
    write(folders.restored, { ...FILES, 'closed/file': 'x' });
    chmodSync(join(folders.restored, 'a.txt'), 0);
    chmodSync(join(folders.restored, 'closed'), 0);
    const { unread, sampled } = run();
    chmodSync(join(folders.restored, 'closed'), 0o755);
    expect(unread).toMatch(/^1 .*closed.*Permission denied/);
    expect(sampled?.unread).toBe(1);
  });

  test('says why the folder can not be listed', () => {
    chmodSync(folders.restored, 0);
    const { opens, closed, counted } = run();
    chmodSync(folders.restored, 0o755);
    expect([opens, counted]).toEqual([undefined, undefined]);
    expect(closed).toMatch(/Permission denied/);
  });

  test('runs commands until one fails, and says how', () => {
    write(folders.restored, FILES);
    const { passed, failed } = run({
      level: 'queries',
      commands: ['true', 'echo one; echo two >&2; exit 3', 'touch ran'],
    });
    expect([passed, failed]).toEqual([undefined, { number: 2, code: 3, output: 'one two' }]);
  });

  test('samples some of 10,000 files, others with another seed', () => {
    const many = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, n) => [`${n % 100}/${n}`, `content ${n}`]),
    );
    write(folders.restored, many);
    write(folders.source, many);
    const bad = Array.from({ length: 10_000 }, (_, n) => n).filter((n) => n % 2 === 0);
    for (const n of bad) writeFileSync(join(folders.restored, `${n % 100}/${n}`), 'spoiled');
    const found = [1, 2].map((seed) => run({ seed, samples: 100 }));
    for (const { counted, sampled } of found) {
      expect(counted?.files).toBe(10_000);
      expect((sampled?.equal ?? 0) + (sampled?.different ?? 0)).toBe(100);
      // half of them: 50, more than five standard deviations from either bound
      expect(sampled?.different).toBeGreaterThan(24);
      expect(sampled?.different).toBeLessThan(76);
    }
  });

  test('draws each file about as often as any other', () => {
    write(folders.restored, Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`${n}`, ''])));
    write(folders.source, { '0': 'spoiled' });
    const hits = Array.from({ length: 25 }, (_, seed) => run({ seed: seed * 7_919, samples: 3 })).filter(
      ({ sampled }) => sampled?.different === 1,
    );
    // 7 or 8 are expected; fixed seeds, but each implementation of awk has its own numbers
    expect(hits.length).toBeGreaterThan(0);
    expect(hits.length).toBeLessThan(20);
  });
});

// not in BusyBox, whose shell has a `stat` of its own
test('the script does not mind that files of the source disappear meanwhile', () => {
  write(folders.restored, { stays: 'x', vanished: 'x' });
  write(folders.source, { stays: 'x', vanished: 'y' });
  const shims = join(folders.root, 'shims');
  const real = execFileSync('sh', ['-c', 'command -v stat'], { encoding: 'utf8' }).trim();
  write(shims, {
    stat: `#!/bin/sh
for last; do case "$last" in */source/vanished) gone=$last ;; esac; done
[ -z "$gone" ] || echo "stat: cannot stat '$gone': No such file or directory" >&2
[ "$last" != "$gone" ] || [ $# -ne 3 ] || exit 1
exec ${real} "$@"
`,
  });
  chmodSync(join(shims, 'stat'), 0o755);
  const { sourceunread, sampled } = runScript(folders, { programs: `${shims}:${process.env.PATH}` });
  expect([sourceunread, sampled]).toEqual([undefined, { equal: 1, different: 0, alone: 1, unread: 0 }]);
});

test('a result is read only when it is complete, from the lines with the mark of the job, in any order', () => {
  const mark = 'restore-check job-1';
  const others = ['restore-check job-2 opens yes', 'restore-check job-10 counted 9 9 9', 'noise'];
  const own = [`${mark} done 2`, `${mark} counted 3 30 300`];
  expect(readResult([...others, ...own], mark)).toBeUndefined();
  expect(readResult([...others, `${mark} opens yes`, `${mark} counted 3 30 300`], mark)).toBeUndefined();
  expect(readResult([...own, ...others, `${mark} opens yes`], mark)).toEqual({
    opens: 'yes',
    counted: { files: 3, bytes: 30, metered: 300 },
  });
});
