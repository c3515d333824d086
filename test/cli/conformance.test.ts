import { protectedApp } from '../compliance/protected-app';
import { cdkBackup, workFolder } from './core/command';

const file = workFolder();
const app = file('app.json', JSON.stringify(protectedApp().app));
const run = (...args: string[]) => cdkBackup(['conformance', app, '--from', '2027-01-01', ...args]);

test('as JSON, each clause has an answer for each of its keys, with evidence; what is not met is exit code 1', () => {
  const { code, stdout, stderr } = run('--standard', 'cis-controls', '--format', 'json');
  expect([code, stderr]).toEqual([1, '']);
  const { standards } = JSON.parse(stdout);
  expect(standards).toMatchObject([{ id: 'cis-controls', version: '8.1', summary: { total: 10 } }]);
  expect(
    standards[0].requirements.find(
      ({ clause, key }: { clause: string; key: string }) => `${clause} ${key}` === '11.2 FREQ',
    ),
  ).toMatchObject({
    status: 'met',
    thresholds: { maxBackupIntervalHours: { value: 168, origin: 'clause' } },
    evidence: [{ logicalId: 'Orders', value: 'RPO 24 hours; at most 7 days' }],
  });
});

test('as text and as Markdown, each standard has a table, what to fix, and a summary', () => {
  const { stdout } = run('--standard', 'csa-ccm', '--threshold', 'maxTestIntervalDays=6');
  expect(stdout.split('\n').map((line) => line.trimEnd())).toEqual([
    'CSA Cloud Controls Matrix 4',
    '',
    '  clause  key   answer   because',
    '  BCR-08  FREQ  met      Orders: RPO 24 hours; at most 24 hours',
    '  BCR-08  ENC   met      Vault: encrypted with the key of vault `main`, which you manage',
    '  BCR-08  TEST  not met  Orders: restores are tested every 7 days; at least every 6 days',
    '',
    'To fix:',
    '- add a restore testing selection for the type, in a plan that runs often enough (BCR-08)',
    '',
    'csa-ccm: 3 requirements, 2 met, 1 not met, 0 not visible, 0 not applicable',
    '',
    'This is no legal advice, and proves no compliance: policies, drills and approvals are in no template.',
    '',
  ]);
  expect(run('--standard', 'csa-ccm', '--format', 'markdown').stdout).toContain(
    '### CSA Cloud Controls Matrix 4',
  );
});

test('as SARIF, each thing that is not met is a result with its clauses', () => {
  const { stdout } = run(
    '--standard',
    'csa-ccm',
    '--threshold',
    'maxTestIntervalDays=6',
    '--format',
    'sarif',
  );
  const [{ results }] = JSON.parse(stdout).runs;
  expect(
    results.map(({ ruleId, message }: { ruleId: string; message: { text: string } }) => [
      ruleId,
      message.text,
    ]),
  ).toEqual([
    [
      'Backup-Conformance',
      "restores are tested every 7 days; at least every 6 days, which doesn't meet csa-ccm BCR-08; add a restore testing selection for the type, in a plan that runs often enough",
    ],
  ]);
});

test.each([
  [['--standard', 'secnumcloud'], 0],
  [['--standard', 'csa-ccm', '--threshold', 'maxTestIntervalDays=6'], 1],
  [['--standard', 'csa-ccm', '--threshold', 'maxTestIntervalDays=6', '--fail-on', 'never'], 0],
  [['--standard', 'nis2', '--fail-on', 'not-visible'], 1],
  [['--standard', 'csa-ccm@5'], 2],
  [[], 2],
] as const)('%j is exit code %i', (args, code) => {
  expect(run(...args).code).toBe(code);
});
