import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import { evidenceOf } from '../../src/compliance/evidence/statement';
import { forecastOf } from '../../src/forecast/outlook/forecast';
import { ComplianceStandard } from '../../src/values/standards/compliance-standard';
import type { Statement, VerifiedTemplate } from '../../src/verifier/statement';
import { verifyStatement } from '../../src/verifier/verifier';
import { cdkBackup } from '../cli/core/command';
import { BACKUP, inventoryOfTemplates, MAIN, protectedApp, type Templates } from './protected-app';

// biome-ignore lint/suspicious/noExplicitAny: lies change any part of a statement
type Json = any;

const PERIOD = { from: Date.parse('2027-01-01T00:00:00Z'), to: Date.parse('2028-01-01T00:00:00Z') };
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function verified({ app, backup }: Templates): VerifiedTemplate[] {
  return [
    {
      stack: 'App',
      name: 'App.template.json',
      sha256: sha256(JSON.stringify(app)),
      account: MAIN,
      region: 'eu-west-1',
      template: app,
    },
    {
      stack: 'Backup',
      name: 'Backup.json',
      sha256: sha256(JSON.stringify(backup)),
      account: BACKUP,
      region: 'eu-central-1',
      template: backup,
    },
  ];
}

function statementOf(templates: Templates): Json {
  const statement = evidenceOf(forecastOf(inventoryOfTemplates(templates), { period: PERIOD }), {
    standards: [ComplianceStandard.CIS_CONTROLS],
    templates: verified(templates),
    accepted: [],
    version: '0.0.0',
  });
  return JSON.parse(JSON.stringify(statement));
}

/** The app of the conformance tests, with a second table that nothing protects. */
function twoTables(): Templates {
  const templates = protectedApp();
  templates.app.Resources.Carts = { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'carts' } };
  return templates;
}

test('a statement on a design is verified from its templates', () => {
  const templates = twoTables();
  expect(verifyStatement(statementOf(templates) as Statement, verified(templates))).toEqual([]);
  expect(statementOf(templates).predicate.resources[0]).toEqual({
    stack: 'App',
    logicalId: 'Orders',
    type: 'AWS::DynamoDB::Table',
    protected: true,
    optedOut: null,
    rules: [
      {
        stack: 'App',
        plan: 'Plan',
        rule: 'daily',
        schedule: 'cron(0 5 ? * * *)',
        continuous: false,
        retentionDays: 90,
        vault: 'App/Vault',
        copies: [{ vault: 'Backup/Vault', account: BACKUP, region: 'eu-central-1', retentionDays: 120 }],
      },
    ],
    furtherCopies: [],
    rpoMinutes: 1_440,
    retentionDays: 120,
    immutability: 'compliance',
    encryption: 'vault-key',
    restoreTestDays: 7,
    monitored: true,
    survives: {
      resource: 'survives',
      stack: 'survives',
      key: 'survives',
      workloadAccount: 'survives',
      region: 'survives',
      backupAccount: expect.any(String),
      managementAccount: expect.any(String),
    },
  });
});

/** Every claim of a resource, changed to something else that could be claimed. */
const OTHERS: Readonly<Record<string, readonly unknown[]>> = {
  stack: ['Backup'],
  logicalId: ['Elsewhere', 'Vault'],
  type: ['AWS::EC2::Volume'],
  protected: [false],
  optedOut: ['no need'],
  rpoMinutes: [5, 60, 1_439, 2_880, null],
  retentionDays: [35, 119, 121, 365, 'forever', null],
  immutability: ['governance', 'none'],
  encryption: ['resource-key', 'aws-key', 'none', 'unknown'],
  restoreTestDays: [1, 6, 30, null],
  monitored: [false],
  rules: [[]],
};
const RULE_OTHERS: Readonly<Record<string, readonly unknown[]>> = {
  stack: ['Backup'],
  plan: ['Other'],
  rule: ['hourly'],
  schedule: ['cron(0 * ? * * *)', 'cron(0 5 ? * SUN *)'],
  continuous: [true],
  retentionDays: [35, 91, 'forever', null],
  vault: ['Backup/Vault', 'Default'],
  copies: [[]],
};
const COPY_OTHERS: Readonly<Record<string, readonly unknown[]>> = {
  vault: ['App/Vault', 'elsewhere'],
  account: [MAIN, null],
  region: ['eu-west-1', null],
  retentionDays: [119, 365, 'forever'],
};

type Lie = readonly [what: string, tell: (statement: Json) => unknown];

function liesOf(
  others: Readonly<Record<string, readonly unknown[]>>,
  where: string,
  find: (statement: Json) => Json,
): Lie[] {
  return Object.entries(others).flatMap(([name, values]) =>
    values.map(
      (value): Lie => [
        `${where}.${name} = ${JSON.stringify(value)}`,
        (statement) => {
          find(statement)[name] = value;
        },
      ],
    ),
  );
}

const resource = (index: number) => (statement: Json) => statement.predicate.resources[index];
const CARTS = 1;
const BUCKET = 2;

const LIES: readonly Lie[] = [
  ...liesOf(OTHERS, 'resource', resource(0)),
  ...liesOf(RULE_OTHERS, 'rule', (statement) => resource(0)(statement).rules[0]),
  ...liesOf(COPY_OTHERS, 'copy', (statement) => resource(0)(statement).rules[0].copies[0]),
  [
    'a table that nothing protects is protected',
    (s) => {
      resource(CARTS)(s).protected = true;
    },
  ],
  [
    'a table that nothing protects is opted out',
    (s) => {
      resource(CARTS)(s).optedOut = 'no need';
    },
  ],
  [
    'a table that nothing protects has the rules of another',
    (s) => {
      Object.assign(resource(CARTS)(s), { protected: true, rules: resource(0)(s).rules });
    },
  ],
  [
    'a table that nothing protects has an RPO',
    (s) => {
      resource(CARTS)(s).rpoMinutes = 1_440;
    },
  ],
  [
    'a table that nothing protects is kept',
    (s) => {
      resource(CARTS)(s).retentionDays = 35;
    },
  ],
  [
    'a table that nothing protects is locked',
    (s) => {
      resource(CARTS)(s).immutability = 'compliance';
    },
  ],
  [
    'a table that nothing protects is encrypted',
    (s) => {
      resource(CARTS)(s).encryption = 'vault-key';
    },
  ],
  [
    'a table that nothing protects is tested',
    (s) => {
      resource(CARTS)(s).restoreTestDays = 7;
    },
  ],
  [
    'a table that nothing protects is monitored',
    (s) => {
      resource(CARTS)(s).monitored = true;
    },
  ],
  [
    'a table that nothing protects survives its Region',
    (s) => {
      resource(CARTS)(s).survives.region = 'survives';
    },
  ],
  [
    'a table that nothing protects survives its account',
    (s) => {
      resource(CARTS)(s).survives.workloadAccount = 'survives';
    },
  ],
  [
    'a copy in another Region is lost with its own',
    (s) => {
      resource(0)(s).survives.region = 'lost';
    },
  ],
  [
    'a copy in another account is lost with its own',
    (s) => {
      resource(0)(s).survives.workloadAccount = 'lost';
    },
  ],
  [
    'a survival of another kind',
    (s) => {
      resource(0)(s).survives.region = 'yes';
    },
  ],
  [
    'no word on the loss of the Region',
    (s) => {
      delete resource(0)(s).survives.region;
    },
  ],
  [
    'a table is left out',
    (s) => {
      s.predicate.resources.splice(CARTS, 1);
    },
  ],
  [
    'a table is claimed twice',
    (s) => {
      s.predicate.resources.push(resource(0)(s));
    },
  ],
  [
    'a table that does not exist',
    (s) => {
      s.predicate.resources.push({ ...resource(0)(s), logicalId: 'Ghost' });
    },
  ],
  [
    'a rule is claimed twice',
    (s) => {
      resource(0)(s).rules.push(resource(0)(s).rules[0]);
    },
  ],
  [
    'a copy is claimed twice',
    (s) => {
      resource(0)(s).rules[0].copies.push(resource(0)(s).rules[0].copies[0]);
    },
  ],
  [
    'a copy that no state machine makes',
    (s) => {
      resource(0)(s).furtherCopies = [{ vault: 'Backup/Vault', account: BACKUP, region: 'eu-central-1' }];
    },
  ],
  [
    'another hash',
    (s) => {
      s.subject[0].digest.sha256 = '0'.repeat(64);
    },
  ],
  [
    'no hash',
    (s) => {
      delete s.subject[0].digest;
    },
  ],
  [
    'a template is left out',
    (s) => {
      s.subject.pop();
    },
  ],
  [
    'a template that is not there',
    (s) => {
      s.subject.push({ name: 'Ghost.json', digest: { sha256: '0'.repeat(64) } });
    },
  ],
  [
    'another type of statement',
    (s) => {
      s._type = 'https://in-toto.io/Statement/v0.1';
    },
  ],
  [
    'another type of predicate',
    (s) => {
      s.predicateType = 'https://slsa.dev/provenance/v1';
    },
  ],
  [
    'the opted-out bucket is no longer so',
    (s) => {
      resource(BUCKET)(s).optedOut = null;
    },
  ],
];

test('there are at least 50 lies', () => {
  expect(LIES.length).toBeGreaterThanOrEqual(50);
  expect(
    statementOf(twoTables()).predicate.resources.map(({ logicalId }: { logicalId: string }) => logicalId),
  ).toEqual(['Orders', 'Carts', 'Reports']);
});

test.each(LIES)('the verifier rejects: %s', (_, tell) => {
  const templates = twoTables();
  const statement = statementOf(templates);
  tell(statement);
  expect(verifyStatement(statement as Statement, verified(templates))).not.toEqual([]);
});

test('templates that changed after the statement reject it', () => {
  const statement = statementOf(twoTables()) as Statement;
  const changed = twoTables();
  changed.app.Resources.Plan.Properties.BackupPlan.BackupPlanRule[0].Lifecycle.DeleteAfterDays = 30;
  expect(verifyStatement(statement, verified(changed))).toEqual([
    'subject App.template.json: the template has another hash',
    expect.stringMatching(/^App\/Orders: rule daily is .*"retentionDays":30.*, not .*"retentionDays":90/),
  ]);
});

describe('cdk-backup evidence', () => {
  const folder = mkdtempSync(join(tmpdir(), 'evidence-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const app = join(folder, 'App.template.json');
  writeFileSync(app, JSON.stringify(twoTables().app));
  const write = (out: string) =>
    cdkBackup([
      'evidence',
      app,
      '--standard',
      'cis-controls,hipaa',
      '--out',
      join(folder, out),
      '--at',
      '2027-01-01',
    ]);
  const read = (out: string) => readFileSync(join(folder, out, 'evidence.json'), 'utf8');

  test('writes the same statement each time, which has the published schema and is verified', () => {
    expect(write('one')).toMatchObject({ code: 0, stderr: '' });
    expect(write('two')).toMatchObject({ code: 0 });
    expect(read('two')).toBe(read('one'));
    const schema = JSON.parse(readFileSync(join(__dirname, '../../schema/evidence.schema.json'), 'utf8'));
    const ajv = new Ajv();
    expect([ajv.validate(schema, JSON.parse(read('one'))), ajv.errors]).toEqual([true, null]);
    const verify = cdkBackup(['evidence', app, '--verify', join(folder, 'one', 'evidence.json')]);
    expect(verify).toEqual({ code: 0, stdout: 'every claim holds: 3 resources\n', stderr: '' });
  });

  test('has a page for people', () => {
    write('page');
    const page = readFileSync(join(folder, 'page', 'evidence.md'), 'utf8');
    expect(page).toContain('| CIS Critical Security Controls | 8.1 |');
    expect(page).toContain(
      '| App/Orders | daily: cron(0 5 ? \\* \\* \\*), kept 90 days | 1440 minutes | 120 days |',
    );
    expect(page).toContain(sha256(readFileSync(app, 'utf8')));
  });

  test('a false claim is exit code 1, with the claim', () => {
    write('lie');
    const file = join(folder, 'lie', 'evidence.json');
    writeFileSync(file, read('lie').replace('"rpoMinutes": 1440', '"rpoMinutes": 15'));
    expect(cdkBackup(['evidence', app, '--verify', file])).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('Orders: `rpoMinutes` is 1440, not 15'),
    });
  });

  test.each([
    [['--standard', 'hippa', '--out', 'x'], 'did you mean `hipaa`?'],
    [['--standard', 'hipaa'], 'specify a folder with `--out`'],
    [['--out', 'x'], 'specify a standard with `--standard`'],
    [['--verify', join(folder, 'none.json')], "can't be read"],
    [['--verify', app], 'not a statement of `cdk-backup evidence`'],
    [['--standard', 'hipaa', '--out', 'x', '--threshold', 'minRetentionDays'], 'must be NAME=VALUE'],
    [['--standard', 'hipaa', '--out', 'x', '--threshold', 'minDays=3'], '`--threshold` must name one of'],
    [
      ['--standard', 'hipaa', '--out', 'x', '--threshold', 'allowedRegions=eu-west-1'],
      'none is measured with it; remove it',
    ],
    [
      ['--standard', 'cis', '--out', 'x', '--threshold', 'maxBackupIntervalHours=400'],
      'must be at most 168 hours, as `cis-controls` 11.2 says',
    ],
  ])('%j is exit code 2, on one line', (args, message) => {
    const { code, stderr } = cdkBackup(['evidence', app, ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
