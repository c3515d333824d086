import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Ajv from 'ajv';
import { ALL_CHECKS } from '../../../src/checks/all-checks';
import { cdkBackup, planTemplate, TABLES, workFolder } from './command';

const SCHEMA = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const EVERYTHING = join(__dirname, '../../support/everything.json');

/** What the JSON schema of SARIF 2.1.0 says of a log. */
const schemaProblems = (() => {
  const ajv = new Ajv({ schemaId: 'auto', logger: false, allErrors: true });
  ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-04.json'));
  const validate = ajv.compile(SCHEMA);
  return (log: unknown) => (validate(log) ? [] : (validate.errors ?? []));
})();

const file = workFolder();
const broken = file('a folder/broken plan.json', JSON.stringify(planTemplate('daily', 'no!'), undefined, 2));

/** Two policies of the root that assign the same, and that nobody completes. */
const ORGANIZATION = JSON.stringify({
  root: {
    id: 'r-root',
    policies: ['us-east-1', 'eu-west-1'].map((region) => ({
      name: region,
      content: { plans: { gold: { regions: { '@@assign': [region] } } } },
    })),
    accounts: [{ id: '111111111111' }],
  },
});

function sarif(args: string[], cwd?: string) {
  return JSON.parse(cdkBackup([...args, '--format', 'sarif'], { cwd }).stdout);
}

/** The results of one check. */
function results(path: string, id = 'Backup-RuleName', cwd?: string) {
  return sarif(['check', path], cwd).runs[0].results.filter(
    ({ ruleId }: { ruleId: string }) => ruleId === id,
  );
}

test.each([
  ['a finding', ['check', broken]],
  ['many', ['check', EVERYTHING, broken]],
  ['none', ['check', file('empty.json', '{"Resources": {}}')]],
  ['an organization', ['effective-policy', file('organization.json', ORGANIZATION)]],
  ['unprotected resources', ['coverage', file('tables.json', JSON.stringify(TABLES))]],
])('a log of %s fits the schema', (_, args) => {
  const log = sarif(args);
  expect(log.version).toBe('2.1.0');
  expect(schemaProblems(log)).toEqual([]);
});

test('the schema refuses invalid SARIF', () => {
  expect(schemaProblems({ version: '2.1.0', runs: [{ results: [{ level: 'bad' }] }] })).not.toEqual([]);
});

test('a result has its rule, level, message with the fix, file, line, and place in the stack', () => {
  const folder = dirname(dirname(broken));
  expect(results(broken, 'Backup-RuleName', folder)).toEqual([
    {
      ruleId: 'Backup-RuleName',
      ruleIndex: ALL_CHECKS.findIndex(({ id }) => id === 'Backup-RuleName'),
      level: 'error',
      message: { text: expect.stringMatching(/^`RuleName` of plan `gold` must be .*, got `no!`; use `no`$/) },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'a%20folder/broken%20plan.json', uriBaseId: '%SRCROOT%' },
            region: { startLine: 14 },
          },
          logicalLocations: [{ name: 'Plan', fullyQualifiedName: 'broken plan/Plan', kind: 'resource' }],
        },
      ],
      partialFingerprints: { primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{16}:1$/) },
    },
  ]);
});

test('a file outside the working directory has an absolute URI', () => {
  const [{ locations }] = results(broken, 'Backup-RuleName', join(dirname(broken), 'elsewhere'));
  expect(locations[0].physicalLocation.artifactLocation).toEqual({ uri: pathToFileURL(broken).href });
});

test('every check is a rule, with the texts that code scanning shows', () => {
  const { rules } = sarif(['check', broken]).runs[0].tool.driver;
  expect(rules.map(({ id }: { id: string }) => id)).toEqual(ALL_CHECKS.map(({ id }) => id));
  for (const rule of rules) {
    expect(rule.shortDescription.text.length).toBeLessThanOrEqual(1024);
    expect(rule.fullDescription.text.length).toBeLessThanOrEqual(1024);
    expect(rule).toMatchObject({
      name: expect.stringMatching(/^Backup[A-Za-z0-9]+$/),
      help: { text: expect.any(String), markdown: expect.stringContaining('https://') },
      helpUri: expect.stringMatching(/^https:/),
      defaultConfiguration: { level: expect.stringMatching(/^(error|warning|note)$/) },
    });
  }
});

test('a fingerprint stays the same when a finding moves, and differs for each place', () => {
  const two = planTemplate('no!', 'no?') as { Resources: object };
  const at = (content: object) => {
    const path = file('moving.json', JSON.stringify(content, undefined, 2));
    return results(path).map(
      ({ partialFingerprints }: { partialFingerprints: object }) => partialFingerprints,
    );
  };
  const before = at(two);
  expect(at({ Description: 'a line more', ...two })).toEqual(before);
  expect(before).toHaveLength(2);
  expect(before[0]).not.toEqual(before[1]);
});

test.each([
  ['one line', JSON.stringify(planTemplate('daily', 'no!')), 1],
  [
    'YAML',
    `Resources:
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanName: gold
        BackupPlanRule:
          - RuleName: daily
            TargetBackupVault: Default
          - TargetBackupVault: Default
            RuleName: no!
`,
    11,
  ],
  [
    'brackets, quotes and escapes in texts',
    `{
  "Description": "{ [ \\" Resources \\\\",
  "Metadata": [1, [2, "x"], {"Resources": {"Plan": 1}}],
  "Resources": {
    "Other": {"Type": "A::B::C"},
    "Plan": {
      "Type": "AWS::Backup::BackupPlan",
      "Properties": {"BackupPlan": {"BackupPlanName": "gold", "BackupPlanRule": [
        {"RuleName": "daily", "TargetBackupVault": "Default"},
        {"RuleName":
          "no!"}
      ]}}
    }
  }
}`,
    10,
  ],
])('the line is found in a template of %s', (name, text, line) => {
  const path = file(`lines ${name}.yaml`, text);
  expect(results(path)[0].locations[0].physicalLocation.region.startLine).toBe(line);
  writeFileSync(path, ''); // so that nothing is left behind that looks like a template
});
