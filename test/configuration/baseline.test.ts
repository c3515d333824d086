import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import type { Finding } from '../../src/checks/engine/check';
import { baselineOf, compareWithBaseline } from '../../src/configuration/baseline';
import { cdkBackup, planTemplate, workFolder } from '../cli/core/command';

const file = workFolder();
const NOTHING = 'nothing new';

/** A template with a plan; its name is its own, since equal names are a finding of several stacks. */
const stackText = (plan: string, ...rules: string[]) =>
  JSON.stringify(planTemplate(...rules), undefined, 2).replace('"gold"', JSON.stringify(plan));

/** A hundred stacks with ten findings each. */
function stacks(folder: string, amount = 100): string[] {
  const rules = ['no!', 'no?', 'daily', 'daily', 'hourly'];
  return Array.from({ length: amount }, (_, i) =>
    file(`${folder}/stack-${i}.json`, stackText(`gold-${i}`, ...rules)),
  );
}

function check(paths: readonly string[], ...more: string[]) {
  const { code, stdout, stderr } = cdkBackup([
    'check',
    ...paths,
    '--format',
    'json',
    '--fail-on',
    'warning',
    ...more,
  ]);
  expect(stderr).toBe('');
  const { findings, baselined, stale = [] } = JSON.parse(stdout);
  return { code, findings, baselined, stale };
}

describe('a baseline of a thousand findings', () => {
  const paths = stacks('before');
  const baseline = join(dirname(paths[0]), 'baseline.json');
  const found = check(paths).findings.length;
  const written = cdkBackup(['check', ...paths, '--write-baseline', baseline]);
  const compare = (all: readonly string[]) => check(all, '--baseline', baseline);

  test('is written, and from then on nothing fails', () => {
    expect(found).toBeGreaterThanOrEqual(1_000);
    expect(written.code).toBe(0);
    expect(written.stdout).toContain(`${NOTHING}, ${found} in the baseline (`);
    expect(compare(paths)).toEqual({ code: 0, findings: [], baselined: found, stale: [] });
  });

  test('has a line for each place, in an order that does not depend on that of the files', () => {
    const text = readFileSync(baseline, 'utf8');
    const again = join(dirname(paths[0]), 'again.json');
    cdkBackup(['check', ...[...paths].reverse(), '--write-baseline', again]);
    expect(readFileSync(again, 'utf8')).toBe(text);
    expect(text.split('\n').length).toBeGreaterThan(500);
  });

  test('does not catch old findings when lines move', () => {
    const moved = paths.map((path, i) =>
      file(`moved/stack-${i}.json`, `\n\n\n${readFileSync(path, 'utf8').replace(/\n/g, '\n\n')}`),
    );
    expect(compare(moved)).toMatchObject({ code: 0, findings: [], stale: [] });
  });

  test('does not when stacks are inserted before, and catches what these have', () => {
    const fine = file('inserted/a.json', '{"Resources": {}}');
    expect(compare([fine, ...paths])).toMatchObject({ code: 0, findings: [] });
    const wrong = file('inserted/b.json', stackText('other', 'no!'));
    const { code, findings } = compare([wrong, ...paths]);
    expect(code).toBe(1);
    expect(new Set(findings.map(({ stack }: { stack: string }) => stack))).toEqual(new Set(['b']));
  });

  test('does not when files are renamed', () => {
    const renamed = paths.map((path, i) => file(`renamed/other-${i}.json`, readFileSync(path, 'utf8')));
    expect(compare(renamed)).toMatchObject({ code: 0, findings: [], stale: [] });
  });

  test('does not when a rule is inserted, and catches what that has', () => {
    const changed = file(
      'before-changed/stack-7.json',
      stackText('gold-7', 'new!', 'no!', 'no?', 'daily', 'daily', 'hourly'),
    );
    const all = paths.map((path, i) => (i === 7 ? changed : path));
    const { findings } = compare(all);
    const names = findings.filter(({ id }: { id: string }) => id === 'Backup-RuleName');
    expect(names).toHaveLength(1);
    expect(names[0].stack).toBe('stack-7');
  });

  test('catches a single new finding', () => {
    const changed = file(
      'one-new/stack-42.json',
      stackText('a name!', 'no!', 'no?', 'daily', 'daily', 'hourly'),
    );
    const { code, findings, baselined } = compare(paths.map((path, i) => (i === 42 ? changed : path)));
    expect([code, findings.length, baselined]).toEqual([1, 1, found]);
    expect(findings[0]).toMatchObject({ id: 'Backup-PlanName', stack: 'stack-42' });
  });

  test('reports entries whose findings are gone, unless their check did not run', () => {
    const fixed = file('fixed/stack-3.json', stackText('gold-3', 'daily', 'hourly'));
    const all = paths.map((path, i) => (i === 3 ? fixed : path));
    const { stale } = compare(all);
    expect(stale).toContainEqual({
      id: 'Backup-RuleName',
      stack: 'stack-3',
      place: 'Plan',
      property: 'Properties/BackupPlan/BackupPlanRule/0/RuleName',
    });
    const { stdout } = cdkBackup(['check', ...all, '--baseline', baseline]);
    expect(stdout).toMatch(
      /note {2}\d+ findings of the baseline no longer exist \(Backup-.*, and \d+ more\); write the baseline again with `--write-baseline`/,
    );
    const { stale: others } = check(all, '--baseline', baseline, '--only', 'Backup-PlanName');
    expect(others).toEqual([]);
  });

  test('may be named in the configuration, relative to that file', () => {
    const config = file('before/config.json', JSON.stringify({ baseline: 'baseline.json' }));
    expect(check(paths, '--config', config)).toMatchObject({ code: 0, findings: [] });
  });
});

describe('mistakes in a baseline are reported with file, path and reason, and exit code 2', () => {
  const template = file('t.json', JSON.stringify(planTemplate('daily')));

  test.each<[string, string, string]>([
    ['no JSON', '{"version": 1', ': is not valid JSON: it ends unexpectedly'],
    ['another version', '{"version": 2, "findings": []}', ': `version`: must be 1, got 2'],
    ['no findings', '{"version": 1}', ': must have `findings`'],
    [
      'an unknown id',
      '{"version": 1, "findings": [{"id": "Backup-RulName", "stack": "a", "place": "b"}]}',
      ': `findings/0/id`: must be the ID of a check, got `Backup-RulName`; use `Backup-RuleName`',
    ],
    [
      'a count of none',
      '{"version": 1, "findings": [{"id": "Backup-RuleName", "stack": "a", "place": "b", "count": 0}]}',
      ': `findings/0/count`: must be a whole number of at least 1, got 0',
    ],
  ])('%s', (name, text, line) => {
    const path = file(`mistakes/${name}.json`, text);
    expect(cdkBackup(['check', template, '--baseline', path])).toEqual({
      code: 2,
      stdout: '',
      stderr: `cdk-backup: ${path}${line}\n`,
    });
  });

  test('a file that does not exist, or that can be written nowhere', () => {
    const gone = join(dirname(template), 'gone.json');
    rmSync(gone, { force: true });
    expect(cdkBackup(['check', template, '--baseline', gone]).stderr).toBe(
      `cdk-backup: ${gone}: no such file\n`,
    );
    expect(cdkBackup(['check', template, '--write-baseline', 'no/such/folder/x'])).toMatchObject({
      code: 2,
      stderr: "cdk-backup: no/such/folder/x: can't be written (no such folder); see `cdk-backup --help`\n",
    });
  });
});

describe('for any findings', () => {
  const findings = fc.array(
    fc
      .record({
        id: fc.constantFrom('Backup-RuleName', 'Backup-TagCase'),
        stack: fc.constantFrom('a', 'b'),
        logicalId: fc.constantFrom('X', 'Y'),
        index: fc.nat(2),
        construct: fc.boolean(),
      })
      .map(
        ({ id, stack, logicalId, index, construct }) =>
          ({
            id,
            place: {
              stack,
              stackId: stack,
              logicalId,
              constructPath: construct ? `${stack}/${logicalId}` : undefined,
              pathInTemplate: `Resources/${logicalId}/Properties/List/${index}/Name`,
            },
          }) as Finding,
      ),
    { maxLength: 12 },
  );
  const names = new Set(['a', 'b']);

  test('their own baseline leaves nothing', () => {
    fc.assert(
      fc.property(findings, (all) => {
        const compared = compareWithBaseline(all, baselineOf(all), names);
        expect(compared).toEqual({ added: [], baselined: all.length, stale: [] });
      }),
    );
  });

  test('as many are new as there are more of them, and no entry accounts for two', () => {
    fc.assert(
      fc.property(findings, findings, (before, after) => {
        const { added, baselined, stale } = compareWithBaseline(after, baselineOf(before), names);
        const gone = stale.reduce((sum, { count = 1 }) => sum + count, 0);
        expect(added.length + baselined).toBe(after.length);
        expect(baselined + gone).toBe(before.length);
        // the simple way: by check and place alone
        const key = ({ id, place }: Finding) =>
          [id, place.constructPath ?? place.logicalId, place.stack].join(' ');
        for (const one of new Set(after.map(key))) {
          const of = (list: readonly Finding[]) => list.filter((finding) => key(finding) === one).length;
          expect(of(added)).toBe(Math.max(0, of(after) - of(before)));
        }
      }),
    );
  });
});
