import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnResource, Duration, Lazy, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { CfnBackupPlan, CfnBackupSelection } from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { AwsSolutionsChecks, HIPAASecurityChecks } from 'cdk-nag';
import * as cdkNagRules from 'cdk-nag/lib/rules';
import type { Construct, IConstruct } from 'constructs';
import manifest from '../../package.json';
import { BackupPlan, BackupRule, BackupVault, ComplianceStandard, ResourceType, Retention } from '../../src';
import { BackupChecks } from '../../src/plugin/backup-checks';
import type { BackupChecksProps } from '../../src/plugin/backup-checks-props';
import { CheckSeverity } from '../../src/plugin/check-severity';
import { ChecksFailOn } from '../../src/plugin/checks-fail-on';
import type { PageData } from '../../src/report/data/page-data';
import { BackupOptOut } from '../../src/resources/selection/backup-opt-out';
import { testApp } from '../support/app';
import { refusal } from '../support/refusal';
import { type PluginReport, type ReportedViolation, validated } from '../support/validation';

const TWICE = 'Backup-DuplicateRuleName'; // a warning
const NAME = 'Backup-RuleName'; // an error
const UNPROTECTED = 'Backup-Unprotected';
const NOT_READ = 'Backup-UnreadInput'; // a note
const MISSED = 'Backup-Objective'; // an error, of objectives
const STANDARDS = 'Backup-Conformance'; // a warning, of standards
const RULES = [TWICE, NAME, UNPROTECTED, NOT_READ, MISSED, STANDARDS];

/** A plan, which has a warning with two rules of one name, and an error with a name such as `no!`. */
function plan(scope: Construct, id: string, ...ruleNames: string[]): CfnBackupPlan {
  return new CfnBackupPlan(scope, id, {
    backupPlan: {
      backupPlanName: id,
      backupPlanRule: ruleNames.map((ruleName) => ({ ruleName, targetBackupVault: 'Default' })),
    },
  });
}

/** A stack in an app with the checks. */
function stackWith(props?: BackupChecksProps, region = 'eu-west-1', context = {}): Stack {
  const app = testApp({ context });
  Validations.of(app).addPlugins(new BackupChecks(props));
  return new Stack(app, 'Orders', { env: { account: '111122223333', region } });
}

function acknowledge(construct: IConstruct, rule: string, reason: string): void {
  Validations.of(construct).acknowledge({ id: `BackupChecks::${rule}`, reason });
}

/** The report of the checks, of the rules that these tests are about. */
function reportOf(scope: Construct): PluginReport {
  const report = validated(App.of(scope) as App).plugins.find(
    ({ pluginName }) => pluginName === 'BackupChecks',
  );
  return {
    pluginName: 'none',
    conclusion: 'success',
    ...report,
    violations: ofInterest(report?.violations),
    suppressedViolations: ofInterest(report?.suppressedViolations),
  };
}

function ofInterest(violations: readonly ReportedViolation[] = []): ReportedViolation[] {
  return violations.filter(
    ({ ruleName }) => /InBackupPlan/.test(ruleName) || RULES.some((rule) => ruleName.startsWith(rule)),
  );
}

/** `rule construct/path`, whatever aws-cdk-lib appends to the rule. */
function places(violations: readonly ReportedViolation[] | undefined): string[] {
  return ofInterest(violations)
    .flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => `${ruleName.replace(/\[.*/, '')} ${constructPath}`),
    )
    .sort();
}

describe('a finding in the report of the CDK', () => {
  test('names the construct, the property, the severity, why it matters, the fix and the page', () => {
    const stack = stackWith();
    plan(stack, 'Plan', 'daily', 'no!');
    expect(reportOf(stack)).toMatchObject({
      pluginName: 'BackupChecks',
      pluginVersion: manifest.version,
      conclusion: 'failure',
      violations: [
        {
          ruleName: NAME,
          severity: 'error',
          description:
            '`RuleName` of plan `Plan` must be 1 to 50 characters from `a-z`, `A-Z`, `0-9`, `-`, `_` and `.`, got `no!`',
          suggestedFix: 'use `no`',
          ruleMetadata: {
            id: NAME,
            severity: 'error',
            why: 'AWS Backup refuses the name, and the deployment is rolled back.',
            docs: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRuleInput.html',
          },
          violatingConstructs: [
            {
              constructPath: 'Orders/Plan',
              cloudFormationResource: {
                templatePath: 'Orders.template.json',
                logicalId: 'Plan',
                propertyPaths: ['Properties.BackupPlan.BackupPlanRule.1.RuleName'],
              },
            },
          ],
        },
      ],
    });
  });

  test('is printed with the source line, the fix and how to acknowledge it', () => {
    const traced = { 'aws:cdk:disable-stack-trace': false, 'aws:cdk:disable-creation-stack-traces': false };
    const stack = stackWith({}, 'eu-west-1', traced);
    plan(stack, 'Plan', 'no!');
    const { text } = validated(App.of(stack) as App);
    expect(text).toContain('backup-checks.test.ts:');
    expect(text).toContain('ERROR `RuleName` of plan `Plan` must be');
    expect(text).toContain('Orders/Plan (Plan)');
    expect(text).toContain('Suggested fix: use `no`');
    expect(text).toContain(`Acknowledge with 'BackupChecks::${NAME}'`);
  });

  test('is reported once for each place, in every account, Region, stage and nested stack', () => {
    const stack = stackWith();
    const app = App.of(stack) as App;
    plan(stack, 'Plan', 'no!');
    plan(new NestedStack(stack, 'Nested'), 'Inner', 'no!');
    plan(
      new Stack(app, 'Elsewhere', { env: { account: '444455556666', region: 'us-east-1' } }),
      'Plan',
      'no!',
    );
    plan(new Stack(new Stage(app, 'Prod'), 'Orders'), 'Plan', 'no!');
    expect(places(reportOf(stack).violations)).toEqual([
      `${NAME} Elsewhere/Plan`,
      `${NAME} Orders/Nested/Inner`,
      `${NAME} Orders/Plan`,
      `${NAME} Prod/Orders/Plan`,
    ]);
  });

  test('is about the stage if the plugin was added to a stage', () => {
    const app = testApp();
    plan(new Stack(app, 'Outside'), 'Plan', 'no!');
    const stage = new Stage(app, 'Prod');
    plan(new Stack(stage, 'Inside'), 'Plan', 'no!');
    Validations.of(stage).addPlugins(new BackupChecks());
    expect(places(reportOf(app).violations)).toEqual([`${NAME} Prod/Inside/Plan`]);
  });

  test('is from the latest synthesis', () => {
    const stack = stackWith();
    const broken = plan(stack, 'Plan', 'no!');
    expect(reportOf(stack).conclusion).toBe('failure');
    broken.addPropertyOverride('BackupPlan.BackupPlanRule.0.RuleName', 'daily');
    expect(reportOf(stack)).toMatchObject({ conclusion: 'success', violations: [] });
  });
});

describe('synthesis', () => {
  test('fails on an error', () => {
    const stack = stackWith();
    plan(stack, 'Plan', 'no!');
    expect(validated(App.of(stack) as App).success).toBe(false);
  });

  test('continues with a warning, which is printed', () => {
    const stack = stackWith();
    plan(stack, 'Plan', 'daily', 'daily');
    const { success, text } = validated(App.of(stack) as App);
    expect(success).toBe(true);
    expect(text).toContain(
      'WARNING `BackupPlanRule` of plan `Plan` should have unique names, got `daily` twice',
    );
  });

  test('fails on a warning on request, even next to an acknowledged one', () => {
    const stack = stackWith({ failOn: ChecksFailOn.WARNING });
    plan(stack, 'Plan', 'daily', 'daily');
    acknowledge(plan(stack, 'Known', 'no!'), NAME, 'never deployed');
    const { success, plugins } = validated(App.of(stack) as App);
    expect(success).toBe(false);
    expect(ofInterest(plugins[0].violations)).toMatchObject([
      { severity: 'error', ruleMetadata: { severity: 'warning' } },
    ]);
  });

  test('never fails on request, even next to an acknowledged finding', () => {
    const stack = stackWith({ failOn: ChecksFailOn.NEVER });
    plan(stack, 'Plan', 'no!');
    acknowledge(plan(stack, 'Known', 'daily', 'daily'), TWICE, 'history');
    const { success, plugins } = validated(App.of(stack) as App);
    expect(success).toBe(true);
    expect(ofInterest(plugins[0].violations)).toMatchObject([
      { severity: 'warning', ruleMetadata: { severity: 'error' } },
    ]);
  });

  test('is silent if nothing is found', () => {
    const stack = stackWith();
    new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
    expect(validated(App.of(stack) as App)).toEqual({ success: true, text: '', plugins: [] });
  });
});

describe('an acknowledged finding', () => {
  test('stays in the report with its reason, and does not fail synthesis', () => {
    const stack = stackWith();
    acknowledge(plan(stack, 'Plan', 'no!'), NAME, 'never deployed');
    const { conclusion, violations, suppressedViolations } = reportOf(stack);
    expect(conclusion).toBe('success');
    expect(violations).toEqual([]);
    expect(places(suppressedViolations)).toEqual([`${NAME} Orders/Plan`]);
    expect(suppressedViolations).toMatchObject([{ reason: 'never deployed' }]);
  });

  test('is suppressed there and below, and nowhere else', () => {
    const stack = stackWith();
    const app = App.of(stack) as App;
    plan(stack, 'One', 'no!');
    plan(stack, 'Two', 'no!');
    plan(new Stack(app, 'Other'), 'Plan', 'no!');
    acknowledge(stack, NAME, 'the whole stack is a test');
    const report = reportOf(stack);
    expect(report.conclusion).toBe('failure');
    expect(places(report.violations)).toEqual([`${NAME} Other/Plan`]);
    expect(places(report.suppressedViolations)).toEqual([`${NAME} Orders/One`, `${NAME} Orders/Two`]);
  });

  test('has the closest reason', () => {
    const stack = stackWith();
    const one = plan(stack, 'One', 'no!');
    plan(stack, 'Two', 'no!');
    acknowledge(one, NAME, 'of the plan');
    acknowledge(stack, NAME, 'of the stack');
    const reasons = reportOf(stack).suppressedViolations?.map(({ violatingConstructs, reason }) => [
      violatingConstructs[0].constructPath,
      reason,
    ]);
    expect(reasons?.sort()).toEqual([
      ['Orders/One', 'of the plan'],
      ['Orders/Two', 'of the stack'],
    ]);
  });

  test('can be named by its ID alone, which also silences the warning of the construct', () => {
    const stack = stackWith();
    Validations.of(plan(stack, 'Plan', 'no!')).acknowledge({ id: NAME, reason: 'never deployed' });
    plan(stack, 'Other', 'no!');
    const { conclusion, violations, suppressedViolations } = reportOf(stack);
    expect(conclusion).toBe('failure');
    expect(violations).toHaveLength(1);
    expect(suppressedViolations).toHaveLength(1);
  });

  test('can be about the whole app, and is acknowledged as the report shows', () => {
    const stack = stackWith();
    plan(stack, 'Plan', 'no!');
    plan(stack, 'Other', 'daily', 'daily');
    const { text } = validated(App.of(stack) as App);
    for (const [, id] of text.matchAll(/Acknowledge with '(.+)'/g))
      Validations.of(App.of(stack) as App).acknowledge({ id, reason: 'as it is' });
    expect(reportOf(stack)).toMatchObject({ conclusion: 'success', violations: [] });
  });
});

describe('checks', () => {
  test('get the configured severity', () => {
    const stack = stackWith({
      severities: { [TWICE]: CheckSeverity.ERROR, [NAME]: CheckSeverity.WARNING },
    });
    plan(stack, 'Plan', 'daily', 'daily', 'no!');
    const severities = reportOf(stack).violations.map(({ ruleName, severity }) => [ruleName, severity]);
    expect(severities?.sort()).toEqual([
      [TWICE, 'error'],
      [NAME, 'warning'],
    ]);
  });

  test('can be disabled', () => {
    const stack = stackWith({ disabled: [NAME] });
    plan(stack, 'Plan', 'daily', 'daily', 'no!');
    expect(places(reportOf(stack).violations)).toEqual([`${TWICE} Orders/Plan`]);
  });

  test('report notes only on request', () => {
    const nested = (props?: BackupChecksProps) => {
      const stack = stackWith(props);
      new CfnResource(stack, 'Nested', {
        type: 'AWS::CloudFormation::Stack',
        properties: { TemplateURL: 'https://example.com/elsewhere.json' },
      });
      return reportOf(stack);
    };
    expect(nested().violations).toEqual([]);
    expect(nested({ notes: true })).toMatchObject({
      conclusion: 'success',
      violations: [{ ruleName: NOT_READ, severity: 'info' }],
    });
  });

  test('are listed by the plugin', () => {
    const checks = new BackupChecks();
    expect(checks.name).toBe('BackupChecks');
    expect(checks.ruleIds).toEqual(expect.arrayContaining([NAME, TWICE, 'Backup-Unprotected']));
  });
});

function table(scope: Construct, id: string, backup?: string): dynamodb.CfnTable {
  return new dynamodb.CfnTable(scope, id, {
    keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
    attributeDefinitions: [{ attributeName: 'id', attributeType: 'S' }],
    billingMode: 'PAY_PER_REQUEST',
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    tags: backup ? [{ key: 'backup', value: backup }] : undefined,
  });
}

/** Everything with the tag `backup: gold` is selected. */
function gold(scope: Construct): void {
  new CfnBackupSelection(scope, 'Gold', {
    backupPlanId: plan(scope, 'Plan', 'daily').ref,
    backupSelection: {
      selectionName: 'gold',
      iamRoleArn: 'arn:aws:iam::111122223333:role/backup',
      listOfTags: [{ conditionType: 'STRINGEQUALS', conditionKey: 'backup', conditionValue: 'gold' }],
    },
  });
}

test('a report is a page with a summary beside it, with acknowledged findings and their reasons', () => {
  const folder = mkdtempSync(join(tmpdir(), 'checks-report-'));
  try {
    const stack = stackWith({ reportFile: join(folder, 'new', 'backup.html') });
    acknowledge(plan(stack, 'Plan', 'daily', 'no!'), NAME, 'known');
    new dynamodb.CfnTable(stack, 'Carts', { keySchema: [{ attributeName: 'id', keyType: 'HASH' }] });
    expect(reportOf(stack).conclusion).toBe('success');
    const [page, summary] = ['html', 'md'].map((kind) =>
      readFileSync(join(folder, 'new', `backup.${kind}`), 'utf8'),
    );
    const data = JSON.parse(/id="data">(.*?)<\/script>/s.exec(page)?.[1] ?? '') as PageData;
    expect(data.summary).toMatchObject({ total: 1, unprotected: 1 });
    expect(data.acknowledged).toMatchObject([{ id: NAME, reason: 'known' }]);
    expect(data.findings.map(({ id }) => id)).not.toContain(NAME);
    expect(summary).toContain('### Not protected\n\n- Orders/Carts (DynamoDB)\n');
    expect(summary).toContain('```mermaid\nflowchart LR\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe('a minimum of coverage', () => {
  test('makes every unprotected resource an error if too few are protected', () => {
    const stack = stackWith({ minimumCoverage: 0.8 });
    gold(stack);
    table(stack, 'Kept', 'gold');
    table(stack, 'Lost');
    const report = reportOf(stack);
    expect(report.conclusion).toBe('failure');
    expect(places(report.violations)).toEqual([`${UNPROTECTED} Orders/Lost`]);
    expect(report.violations[0].description).toBe(
      'no backup plan certainly protects this DynamoDB resource: 1 of 2 resources are protected or opted out, but at least 80% must be',
    );
  });

  test.each([
    ['as many as asked for are protected', { minimumCoverage: 0.5 }],
    ['nothing is asked for', {}],
    ['the check is disabled', { minimumCoverage: 1, disabled: [UNPROTECTED] }],
  ])('finds nothing if %s', (_, props) => {
    const stack = stackWith(props);
    gold(stack);
    table(stack, 'Kept', 'gold');
    table(stack, 'Lost');
    expect(places(reportOf(stack).violations)).toEqual([]);
  });

  test('counts opted-out and acknowledged resources as protected', () => {
    const stack = stackWith({ minimumCoverage: 0.75 });
    gold(stack);
    table(stack, 'Kept', 'gold');
    new BackupOptOut({ reason: 'rebuilt from events' }).applyTo(table(stack, 'Cache'));
    acknowledge(table(stack, 'Scratch'), UNPROTECTED, 'gone tomorrow');
    table(stack, 'Lost');
    expect(places(reportOf(stack).violations)).toEqual([]);
  });

  test('has a configurable severity like any other check', () => {
    const stack = stackWith({ minimumCoverage: 1, severities: { [UNPROTECTED]: CheckSeverity.WARNING } });
    table(stack, 'Lost');
    expect(reportOf(stack)).toMatchObject({
      conclusion: 'success',
      violations: [{ ruleName: UNPROTECTED, severity: 'warning' }],
    });
  });
});

describe('together with the packs of cdk-nag', () => {
  /** A table that is selected by its tag, and one that isn't. */
  function tables(props: BackupChecksProps): Stack {
    const stack = stackWith(props);
    gold(stack);
    table(stack, 'Kept', 'gold');
    table(stack, 'Lost');
    return stack;
  }
  const RULE = 'HIPAA.Security-DynamoDBInBackupPlan';

  test('both report what they find', () => {
    const stack = tables({ minimumCoverage: 1 });
    const app = App.of(stack) as App;
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new HIPAASecurityChecks(app));
    const { success, plugins } = validated(app);
    expect(success).toBe(false);
    const of = (name: string) => places(plugins.find(({ pluginName }) => pluginName === name)?.violations);
    expect(of('BackupChecks')).toEqual([`${UNPROTECTED} Orders/Lost`]);
    expect(of('HIPAA.Security').filter((place) => place.startsWith(RULE))).toEqual([
      `${RULE} Orders/Kept`,
      `${RULE} Orders/Lost`,
    ]);
  });

  test('their rules about backup plans are acknowledged on request for exactly the protected resources', () => {
    const stack = tables({ acknowledgeNagRules: true });
    const app = App.of(stack) as App;
    Validations.of(app).addPlugins(new HIPAASecurityChecks(app));
    const { plugins } = validated(app);
    const nag = plugins.find(({ pluginName }) => pluginName === 'HIPAA.Security');
    expect(places(nag?.violations).filter((place) => place.startsWith(RULE))).toEqual([
      `${RULE} Orders/Lost`,
    ]);
    for (const { reason } of nag?.suppressedViolations ?? [])
      expect(reason).toBe('AWS Backup protects it: plan Plan (daily)');
  });

  test('the instances of a protected cluster are protected with it', () => {
    const stack = stackWith({ acknowledgeNagRules: true });
    const app = App.of(stack) as App;
    gold(stack);
    const cluster = new CfnResource(stack, 'Cluster', {
      type: 'AWS::RDS::DBCluster',
      properties: { Engine: 'aurora-postgresql', Tags: [{ Key: 'backup', Value: 'gold' }] },
    });
    const { CfnDBInstance } = require('aws-cdk-lib/aws-rds') as typeof import('aws-cdk-lib/aws-rds');
    new CfnDBInstance(stack, 'Writer', {
      engine: 'aurora-postgresql',
      dbInstanceClass: 'db.r6g.large',
      dbClusterIdentifier: cluster.ref,
    });
    Validations.of(app).addPlugins(new HIPAASecurityChecks(app));
    const nag = validated(app).plugins.find(({ pluginName }) => pluginName === 'HIPAA.Security');
    expect(places(nag?.violations).filter((place) => place.includes('InBackupPlan'))).toEqual([]);
  });

  test('cdk-nag has no other rule about backup plans', () => {
    const rules = Object.values(cdkNagRules).flatMap((service) => Object.keys(service));
    expect(rules.filter((rule) => /InBackupPlan/.test(rule)).sort()).toEqual([
      'DynamoDBInBackupPlan',
      'EC2EBSInBackupPlan',
      'EFSInBackupPlan',
      'RDSInBackupPlan',
    ]);
  });
});

describe('invalid props are refused', () => {
  test.each<[string, unknown, string]>([
    [
      'a percentage',
      { minimumCoverage: 80 },
      '`minimumCoverage` must be a number from 0 to 1, known at synthesis, got 80; write 0.8 for 80 %',
    ],
    [
      'no number',
      { minimumCoverage: Number.NaN },
      '`minimumCoverage` must be a number from 0 to 1, known at synthesis, got NaN',
    ],
    [
      'an unknown failOn',
      { failOn: 'note' },
      '`failOn` must be `ChecksFailOn.ERROR`, `WARNING` or `NEVER`, got `note`',
    ],
    [
      'an unknown id',
      { disabled: ['Backup-RuleNames'] },
      '`disabled` must contain check IDs, got `Backup-RuleNames`; use Backup-RuleName, or another ID from docs/checks.md',
    ],
    ['an id that is not a string', { disabled: [7] }, '`disabled[0]` must be the ID of a check, got 7'],
    [
      'an unknown severity',
      { severities: { 'Backup-RuleName': 'off' } },
      "`severities['Backup-RuleName']` must be `CheckSeverity.ERROR`, `WARNING` or `NOTE`, got `off`; to disable the check, add it to `disabled`",
    ],
    [
      'an unknown id with a severity',
      { severities: { RuleName: 'error' } },
      '`severities` must contain check IDs, got `RuleName`; use Backup-RuleName, or another ID from docs/checks.md',
    ],
    [
      'severities in a list',
      { severities: [] },
      '`severities` must be an object with check IDs as keys, got an array',
    ],
    [
      'types that are none',
      { resourceTypes: ['DynamoDB'] },
      '`resourceTypes[0]` must be a `ResourceType`, got `DynamoDB`; for example, use `ResourceType.of`',
    ],
    ['a flag that is none', { notes: 'yes' }, '`notes` must be true or false, got `yes`'],
    [
      'a report that is no page',
      { reportFile: 'report.md' },
      '`reportFile` must be the path of a file that ends with `.html`, got `report.md`',
    ],
    ['another flag', { acknowledgeNagRules: 1 }, '`acknowledgeNagRules` must be true or false, got 1'],
    ['no properties', 'all', '`props` must be an object with properties, got `all`'],
    ['null', null, '`props` must be an object with properties, got null'],
  ])('%s', (_, props, message) => {
    expect(() => new BackupChecks(props as BackupChecksProps)).toThrow(`${message} (in \`BackupChecks\`)`);
  });
});

test('an objective that a resource misses is an error on its construct, which can be acknowledged', () => {
  const objectives = [
    { name: 'hourly', resourceTypes: [ResourceType.DYNAMODB], maxRpo: Duration.hours(1) },
    { name: 'ledgers', tags: { kind: 'ledger' }, tested: true },
  ];
  const stack = stackWith({ objectives });
  const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };
  const orders = new dynamodb.Table(stack, 'Table', { partitionKey });
  new dynamodb.Table(stack, 'Scratch', { partitionKey });
  new BackupPlan(stack, 'Plan', {
    vault: new BackupVault(stack, 'Vault'),
    rules: [BackupRule.daily({ retention: Retention.days(35) })],
  }).addSelection('Orders', { resources: [orders] });
  acknowledge(orders, 'Backup-Objective', 'a day is enough until the next release');
  const { conclusion, violations, suppressedViolations } = reportOf(stack);
  expect(conclusion).toBe('failure');
  expect(places(violations)).toEqual([`${MISSED} Orders/Scratch/Resource`, `${MISSED}Unused `]);
  const ofPath = (path: string) =>
    violations.find(({ violatingConstructs: [{ constructPath }] }) => constructPath === path);
  expect(ofPath('Orders/Scratch/Resource')).toMatchObject({
    severity: 'error',
    description: 'this DynamoDB resource misses objective `hourly`: no backup plan certainly protects it',
    suggestedFix: 'use a plan that achieves it, or relax the objective',
  });
  expect(ofPath('')).toMatchObject({
    severity: 'warning',
    description: 'objective `ledgers` applies to no resource of the app',
  });
  expect(places(suppressedViolations)).toEqual([`${MISSED} Orders/Table/Resource`]);
});

test('a disabled check of objectives reports nothing, and objectives that are wrong are refused', () => {
  const objectives = [{ maxRpo: Duration.hours(1) }];
  const stack = stackWith({ objectives, disabled: [MISSED] });
  new dynamodb.Table(stack, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
  expect(reportOf(stack).violations).toEqual([]);
  expect(refusal(() => new BackupChecks({ objectives: [{ name: 'gold' }] }))).toContain(
    '`objectives[0]` must demand something, got none of `maxRpo`, `minRetention`, `survives`, `tested`, `maxTestInterval` and `standards`',
  );
});

test('requirements of standards that are not met are findings on what misses them, with their clauses', () => {
  const stack = stackWith({ standards: [ComplianceStandard.CIS_CONTROLS, ComplianceStandard.CSA_CCM] });
  const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };
  const orders = new dynamodb.Table(stack, 'Table', { partitionKey });
  const scratch = new dynamodb.Table(stack, 'Scratch', { partitionKey });
  new BackupPlan(stack, 'Plan', {
    vault: new BackupVault(stack, 'Vault'),
    rules: [BackupRule.weekly({ retention: Retention.days(35) })],
  }).addSelection('Orders', { resources: [orders] });
  acknowledge(scratch, STANDARDS, 'it is filled again every day');
  const { conclusion, violations, suppressedViolations } = reportOf(stack);
  expect(conclusion).toBe('success'); // warnings
  const messages = violations.map(({ description, violatingConstructs: [{ constructPath }] }) => [
    constructPath,
    description,
  ]);
  expect(messages).toContainEqual([
    'Orders/Table/Resource',
    "RPO 7 days; at most 24 hours, which doesn't meet csa-ccm BCR-08",
  ]);
  expect(messages).toContainEqual([
    'Orders/Table/Resource',
    "no restore testing selection covers it, which doesn't meet cis-controls 11.5 and csa-ccm BCR-08",
  ]);
  expect(places(suppressedViolations)).toEqual([`${STANDARDS} Orders/Scratch/Resource`]);
});

test.each<[string, BackupChecksProps, string]>([
  [
    'nothing',
    { standards: [] },
    '`standards` must be a list of `ComplianceStandard`, each once, got none; for example, use `[ComplianceStandard.CIS_CONTROLS]` (in `BackupChecks`)',
  ],
  [
    'a name',
    { standards: ['hipaa' as unknown as ComplianceStandard] },
    '`standards` must be a list of `ComplianceStandard`, each once, got `hipaa`; for example, use `[ComplianceStandard.CIS_CONTROLS]` (in `BackupChecks`)',
  ],
  [
    'a token',
    { standards: Lazy.any({ produce: () => [] }) as unknown as ComplianceStandard[] },
    '`standards` must be a list of `ComplianceStandard`, each once, got a token; for example, use `[ComplianceStandard.CIS_CONTROLS]` (in `BackupChecks`)',
  ],
  [
    'one twice',
    { objectives: [{ standards: [ComplianceStandard.HIPAA, ComplianceStandard.HIPAA] }] },
    '`objectives[0].standards` must be a list of `ComplianceStandard`, each once, got `hipaa` twice; remove one of them (in `BackupChecks`)',
  ],
])('standards that are %s are refused', (_, props, message) => {
  expect(refusal(() => new BackupChecks(props))).toBe(message);
});
