import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Ajv from 'ajv';
import * as fc from 'fast-check';
import { ALL_CHECKS } from '../../src/checks/all-checks';
import { CONFIGURATION_SCHEMA, publishedSchema } from '../../src/configuration/configuration-schema';
import { jsonProblems } from '../../src/configuration/json-schema';
import { cdkBackup, planTemplate, TABLES, workFolder } from '../cli/core/command';
import { budget } from '../support/budget';

const file = workFolder();
const template = file('orders.json', JSON.stringify(planTemplate('daily', 'no!')));
let configurations = 0;

/** A configuration file of its own. */
const configuration = (content: unknown) =>
  file(`config-${configurations++}.json`, typeof content === 'string' ? content : JSON.stringify(content));

interface Reported {
  readonly id: string;
  readonly severity: string;
  readonly message: string;
  readonly reason?: string;
}

function check(content: unknown, ...more: string[]) {
  const args = ['check', template, '--config', configuration(content), '--format', 'json', ...more];
  const { code, stdout, stderr } = cdkBackup(args);
  expect(stderr).toBe('');
  const report = JSON.parse(stdout) as {
    findings: Reported[];
    acknowledged?: Reported[];
    remarks?: string[];
  };
  return { code, ...report };
}

const ids = (findings: readonly Reported[] = []) => [...new Set(findings.map(({ id }) => id))].sort();

describe('a configuration file', () => {
  test('changes severities, and with them what fails', () => {
    const { code, findings } = check({
      severities: { 'Backup-RuleName': 'note', 'Backup-DefaultVault': 'error' },
    });
    const severityOf = (id: string) => findings.find((finding) => finding.id === id)?.severity;
    expect([severityOf('Backup-RuleName'), severityOf('Backup-DefaultVault'), code]).toEqual([
      'note',
      'error',
      1,
    ]);
    expect(check({ severities: { 'Backup-RuleName': 'note' } }).code).toBe(0);
  });

  test('turns checks off', () => {
    const before = ids(check({}).findings);
    expect(ids(check({ disabled: ['Backup-RuleName'] }).findings)).toEqual(
      before.filter((id) => id !== 'Backup-RuleName'),
    );
  });

  test('sets the severity that fails, which --fail-on overrides', () => {
    const only = ['--only', 'Backup-RuleName'];
    expect(check({ failOn: 'never' }, ...only).code).toBe(0);
    expect(check({ failOn: 'never' }, ...only, '--fail-on', 'error').code).toBe(1);
  });

  test.each([
    ['its stack and logical id', 'orders/Plan'],
    ['its stack', 'orders'],
    ['a pattern', 'ord*/Pl*'],
  ])('accepts findings in a place, by %s, with the reason', (_, place) => {
    const reason = 'never deployed';
    const { code, findings, acknowledged, remarks } = check({
      ignore: [{ place, ids: ['Backup-RuleName'], reason, until: '2026-11-21' }],
    });
    expect(code).toBe(0);
    expect(ids(findings)).not.toContain('Backup-RuleName');
    expect(acknowledged).toMatchObject([{ id: 'Backup-RuleName', reason }]);
    expect(remarks).toBeUndefined();
  });

  test('accepts all findings in a place if it names no checks', () => {
    expect(check({ ignore: [{ place: 'orders', reason: 'legacy' }] }).findings).toEqual([]);
  });

  test('an expired exception accepts nothing, and its findings say so', () => {
    const { code, findings, remarks } = check({
      ignore: [{ place: 'orders/Plan', ids: ['Backup-RuleName'], reason: 'later', until: '2026-11-20' }],
    });
    expect(code).toBe(1);
    expect(findings.find(({ id }) => id === 'Backup-RuleName')?.message).toBe(
      '`RuleName` of plan `gold` must be 1 to 50 characters from `a-z`, `A-Z`, `0-9`, `-`, `_` and `.`, got `no!` (the exception “later” expired on 2026-11-20)',
    );
    expect(remarks).toEqual([
      expect.stringMatching(
        /config-\d+\.json: `ignore\/0`: the exception for `orders\/Plan` expired on 2026-11-20; fix its findings, or set a later `until`$/,
      ),
    ]);
  });

  test('an exception that matches nothing is reported', () => {
    const { remarks } = check({ ignore: [{ place: 'order', reason: 'x' }] });
    expect(remarks).toEqual([
      expect.stringMatching(/: `ignore\/0`: `order` matches no finding; remove the exception$/),
    ]);
  });

  test('requires a minimum coverage of `check`, as of the plugin, and of `coverage`', () => {
    const tables = file('tables.json', JSON.stringify(TABLES));
    const config = configuration({ minimumCoverage: 1 });
    const { stdout } = cdkBackup(['check', tables, '--config', config, '--format', 'json']);
    expect(ids(JSON.parse(stdout).findings)).toContain('Backup-Unprotected');
    expect(cdkBackup(['coverage', tables, '--config', config]).code).toBe(1);
    expect(cdkBackup(['coverage', tables, '--config', config, '--minimum', '0']).code).toBe(0);
    expect(cdkBackup(['coverage', tables, '--config', configuration({})]).code).toBe(0);
  });

  test('overrides capabilities of resource types', () => {
    const cold = {
      Resources: {
        Plan: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: {
              BackupPlanName: 'gold',
              BackupPlanRule: [
                {
                  RuleName: 'daily',
                  TargetBackupVault: 'v',
                  Lifecycle: { DeleteAfterDays: 200, MoveToColdStorageAfterDays: 30 },
                },
              ],
            },
          },
        },
        Selection: {
          Type: 'AWS::Backup::BackupSelection',
          Properties: {
            BackupPlanId: { Ref: 'Plan' },
            BackupSelection: {
              SelectionName: 'all',
              IamRoleArn: 'arn:aws:iam::111122223333:role/backup',
              Resources: [{ 'Fn::GetAtt': ['Cluster', 'DBClusterArn'] }],
            },
          },
        },
        Cluster: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-mysql' } },
      },
    };
    const path = file('cold.json', JSON.stringify(cold));
    const found = (content: object) =>
      ids(
        JSON.parse(cdkBackup(['check', path, '--config', configuration(content), '--format', 'json']).stdout)
          .findings,
      );
    const before = found({});
    const after = found({
      resourceTypes: { Aurora: { coldStorage: true, source: 'announced', asOf: '2026-11-01' } },
    });
    expect(before.filter((id) => !after.includes(id))).toEqual(before.filter((id) => /ColdStorage/.test(id)));
    expect(before.length).toBeGreaterThan(after.length);
  });

  test('is looked for in the working directory and above, up to the root of the repository', () => {
    const inner = file('repository/.cdk-backup.json', JSON.stringify({ disabled: ['Backup-RuleName'] }));
    const folder = join(dirname(inner), 'a', 'b');
    mkdirSync(folder, { recursive: true });
    const found = () =>
      ids(JSON.parse(cdkBackup(['check', template, '--format', 'json'], { cwd: folder }).stdout).findings);
    expect(found()).not.toContain('Backup-RuleName');
    mkdirSync(join(folder, '.git'));
    writeFileSync(join(folder, '.git', 'HEAD'), 'ref: refs/heads/main\n');
    expect(found()).toContain('Backup-RuleName');
  });

  test('changes what `explain` says of the severity', () => {
    const config = configuration({ severities: { 'Backup-TagCase': 'error' } });
    const { stdout } = cdkBackup(['explain', 'Backup-TagCase', '--config', config, '--format', 'json']);
    expect(JSON.parse(stdout).findings).toMatchObject([
      { id: 'Backup-TagCase', severity: 'warning', configured: `error in ${config}` },
    ]);
  });
});

describe('mistakes are reported all at once, one line each, with file, path and reason, and exit code 2', () => {
  test.each<[string, unknown, string[]]>([
    ['no object', [], [': must be an object, got an array']],
    ['no JSON', '{', [': is not valid JSON: it ends unexpectedly']],
    ['an unknown property', { severity: {} }, [': `severity`: is not a known property; use `severities`']],
    [
      'a property that resembles none',
      { colour: true },
      [
        ': `colour`: is not a known property; use `$schema`, `severities`, `disabled`, `ignore`, `acceptedChanges`, `minimumCoverage`, `failOn`, `baseline`, `resourceTypes`',
      ],
    ],
    [
      'unknown ids everywhere',
      {
        severities: { 'Backup-TagCas': 'error' },
        disabled: ['Backup-Nope'],
        ignore: [{ place: 'x', reason: 'y', ids: ['RuleName'] }],
      },
      [
        ': `severities/Backup-TagCas`: is not the ID of a check; use `Backup-TagCase`',
        expect.stringMatching(
          /: `disabled\/0`: must be the ID of a check, got `Backup-Nope`; use `Backup-\w+`$/,
        ) as never,
        ': `ignore/0/ids/0`: must be the ID of a check, got `RuleName`; use `Backup-RuleName`',
      ],
    ],
    [
      'an unknown severity',
      { severities: { 'Backup-TagCase': 'warn' }, failOn: 'note' },
      [
        ': `severities/Backup-TagCase`: must be `error`, `warning` or `note`, got `warn`; use `warning`',
        ': `failOn`: must be `error`, `warning` or `never`, got `note`; use `never`',
      ],
    ],
    [
      'an exception without a reason, with a day that the calendar lacks',
      {
        ignore: [
          { place: 'a', until: '2026-02-30' },
          { place: ' ', reason: '' },
        ],
      },
      [
        ': `ignore/0`: must have `reason`',
        ': `ignore/0/until`: must be a day as `YYYY-MM-DD`, got `2026-02-30`',
        ': `ignore/1/place`: must be a construct path, or `STACK/LOGICAL-ID`, got ` `',
        ': `ignore/1/reason`: must be text that says why, got an empty string',
      ],
    ],
    [
      'a share beyond 1',
      { minimumCoverage: 80 },
      [': `minimumCoverage`: must be a number from 0 to 1, got 80'],
    ],
    [
      'unknown capabilities, and a type in the wrong case',
      { resourceTypes: { Aurora: { coldstorage: true } } },
      [': `resourceTypes/Aurora/coldstorage`: is not a known property; use `coldStorage`'],
    ],
    [
      'a type in the wrong case',
      { resourceTypes: { dynamodb: { coldStorage: true } } },
      [
        ': `resourceTypes/dynamodb`: `name` of a resource type is case sensitive, got `dynamodb`; use `DynamoDB`',
      ],
    ],
  ])('%s', (_, content, lines) => {
    const path = configuration(content);
    const { code, stdout, stderr } = cdkBackup(['check', template, '--config', path]);
    expect([code, stdout]).toEqual([2, '']);
    const reported = stderr
      .trimEnd()
      .split('\n')
      .map((line) => line.replace(`cdk-backup: ${path}`, ''));
    expect(reported).toEqual(lines);
  });

  test('a file that does not exist', () => {
    expect(cdkBackup(['check', template, '--config', 'no/such.json'], { cwd: '/' })).toMatchObject({
      code: 2,
      stderr: 'cdk-backup: /no/such.json: no such file\n',
    });
  });

  test.each(['coverage', 'preflight', 'explain', 'effective-policy'])('of the %s command too', (command) => {
    const path = configuration({ nope: 1 });
    const operand = command === 'explain' ? 'Backup-TagCase' : template;
    expect(cdkBackup([command, operand, '--config', path])).toMatchObject({ code: 2 });
  });
});

describe('the schema for editors', () => {
  const schema = JSON.parse(publishedSchema());
  const ajv = new Ajv({ allErrors: true, format: 'full' });
  const validate = ajv.compile(schema);

  test('is up to date in the package; `npx projen checks-doc` writes it', () => {
    const shipped = readFileSync(join(__dirname, '../../schema/cdk-backup.schema.json'), 'utf8');
    expect(shipped).toBe(publishedSchema());
  });

  test('accepts the same files as the command', () => {
    const some = ALL_CHECKS.slice(0, 3).map(({ id }) => id);
    const junk = fc.oneof(
      fc.constantFrom<unknown>(
        null,
        0,
        1,
        0.5,
        80,
        true,
        '',
        ' ',
        'error',
        'never',
        '2026-02-28',
        '2026-02-30',
        '2026-2-1',
        ...some,
        'Backup-Nope',
      ),
      fc.jsonValue({ maxDepth: 1 }),
    );
    const exception = fc.record(
      { place: junk, reason: junk, until: junk, ids: fc.array(junk, { maxLength: 2 }), more: junk },
      { requiredKeys: [] },
    );
    const content = fc.oneof(
      junk,
      fc.record(
        {
          $schema: junk,
          severities: fc.oneof(
            junk,
            fc.dictionary(fc.constantFrom(...some, 'Backup-Nope'), junk, { maxKeys: 2 }),
          ),
          disabled: fc.oneof(junk, fc.array(junk, { maxLength: 2 })),
          ignore: fc.oneof(junk, fc.array(exception, { maxLength: 2 })),
          minimumCoverage: junk,
          failOn: junk,
          baseline: junk,
          resourceTypes: fc.oneof(
            junk,
            fc.dictionary(
              fc.constantFrom('DynamoDB', 'New'),
              fc.oneof(junk, fc.dictionary(fc.constantFrom('coldStorage', 'arnPatterns', 'asOf', 'x'), junk)),
              { maxKeys: 2 },
            ),
          ),
          other: junk,
        },
        { requiredKeys: [] },
      ),
    );
    const name = fc.constantFrom(...some);
    const sound = fc.record(
      {
        severities: fc.dictionary(name, fc.constantFrom('error', 'warning', 'note'), { maxKeys: 2 }),
        disabled: fc.uniqueArray(name),
        minimumCoverage: fc.double({ min: 0, max: 1, noNaN: true }),
        failOn: fc.constantFrom('error', 'warning', 'never'),
      },
      { requiredKeys: [] },
    );
    let accepted = 0;
    fc.assert(
      fc.property(fc.oneof({ arbitrary: content, weight: 4 }, sound), (value) => {
        const ours = jsonProblems(value, CONFIGURATION_SCHEMA).length === 0;
        if (ours) accepted++;
        expect(ours).toBe(validate(value));
      }),
      { numRuns: 3_000 },
    );
    expect(accepted).toBeGreaterThan(budget(300));
  });
});
