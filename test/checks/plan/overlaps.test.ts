import { overlapChecks } from '../../../src/checks/plan/overlaps';
import { findings, ids, PARAMETERS, plan, rulePath, UNKNOWN } from '../../support/findings';

const kept = (DeleteAfterDays: number, more: object = {}) => ({ Lifecycle: { DeleteAfterDays }, ...more });
const at = (cron: string) => ({ ScheduleExpression: `cron(${cron})` });
const rules = (...all: object[]) => ({ Plan: plan(...all) });

describe('the rules of a plan', () => {
  test('leave each other time to run', () => {
    expect(findings(overlapChecks, rules(kept(35), kept(90, at('0 6 ? * * *'))))).toEqual([
      `warning Backup-RuleNeverRuns at ${rulePath(0)}: \`BackupPlanRule\` of plan \`gold\` has \`rule-1\` (kept 35 days), which never runs: its start window always overlaps with the start window of \`rule-2\` (kept 90 days), and AWS Backup runs only the rule with the longer retention; move the schedules further apart than their start windows (480 and 480 minutes), or shorten these windows`,
    ]);
    const short = { StartWindowMinutes: 60 };
    expect(ids(overlapChecks, rules(kept(35, short), kept(90, { ...at('0 6 ? * * *'), ...short })))).toEqual(
      [],
    );
  });

  test('are compared in their time zones', () => {
    const seoul = { ScheduleExpressionTimezone: 'Asia/Seoul' };
    expect(ids(overlapChecks, rules(kept(35), kept(90, at('0 14 ? * * *'))))).toEqual([]);
    expect(ids(overlapChecks, rules(kept(35), kept(90, { ...at('0 14 ? * * *'), ...seoul })))).toEqual([
      'Backup-RuleNeverRuns',
    ]);
  });

  test('have no start window that swallows many runs of another', () => {
    const hourly = kept(1, { ...at('0 * ? * * *'), StartWindowMinutes: 60 });
    expect(findings(overlapChecks, rules(hourly, kept(35)))).toEqual([
      `warning Backup-RuleLosesRuns at ${rulePath(0)}: \`BackupPlanRule\` of plan \`gold\` has \`rule-1\` (kept 1 day), which loses 8 runs for each run of \`rule-2\` (kept 35 days), whose start window is 480 minutes: where start windows overlap, AWS Backup runs only the rule with the longer retention; shorten the start window of \`rule-2\` to as little as 60 minutes`,
    ]);
    expect(ids(overlapChecks, rules(hourly, kept(35, { StartWindowMinutes: 60 })))).toEqual([]);
  });

  test('may run daily, weekly and monthly, as presets do', () => {
    const preset = [kept(35), kept(90, at('0 5 ? * SAT *')), kept(365, at('0 5 1 * ? *'))];
    expect(ids(overlapChecks, rules(...preset))).toEqual([]);
  });

  test.each([
    ['a schedule', { ScheduleExpression: UNKNOWN }],
    ['a time zone', { ScheduleExpressionTimezone: UNKNOWN }],
    ['a start window', { StartWindowMinutes: UNKNOWN }],
    ['a retention', { Lifecycle: UNKNOWN }],
    ['what is continuous', { EnableContinuousBackup: UNKNOWN }],
  ])('%s that isn’t known is not compared', (_, open) => {
    expect(ids(overlapChecks, rules(kept(35, open), kept(90)), PARAMETERS)).toEqual([]);
  });

  test.each([
    ['a schedule', { ScheduleExpression: 'rate(1 day)' }],
    ['a time zone', { ScheduleExpressionTimezone: 'Nowhere' }],
    ['a retention', { Lifecycle: { DeleteAfterDays: 0.5 } }],
  ])('%s that AWS refuses is not compared', (_, refused) => {
    expect(ids(overlapChecks, rules(kept(35, refused), kept(90)))).toEqual([]);
  });
});

describe('plans that select the same resources', () => {
  const selection = (BackupPlanId: string, body: object, more: object = {}) => ({
    Type: 'AWS::Backup::BackupSelection',
    Properties: { BackupPlanId: { Ref: BackupPlanId }, BackupSelection: { SelectionName: 'all', ...body } },
    ...more,
  });
  const tag = (value: unknown) => ({
    ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: value }],
  });
  const two = (first: object, second: object, other: object = {}, more: object = {}) => ({
    Plan: plan({}),
    Other: {
      Type: 'AWS::Backup::BackupPlan',
      Properties: {
        BackupPlan: {
          BackupPlanName: 'silver',
          BackupPlanRule: [
            { RuleName: 'nightly', TargetBackupVault: 'vault', ...at('0 5 ? * * *'), ...other },
          ],
        },
      },
    },
    First: selection('Plan', first),
    Second: selection('Other', second, more),
  });

  test('run at different times', () => {
    expect(findings(overlapChecks, two(tag('gold'), tag('gold')))).toEqual([
      'warning Backup-PlansOverlap at Resources/Other/Properties/BackupPlan/BackupPlanRule/0/ScheduleExpression: `ScheduleExpression` of rule `nightly` of plan `silver` is the same as that of rule `rule-1` of plan `gold`, which selects the same resources: if two jobs start for one resource, one waits and may expire; move the rules into one plan, or move their schedules apart',
    ]);
    expect(ids(overlapChecks, two(tag('gold'), tag('gold'), at('0 13 ? * * *')))).toEqual([]);
  });

  test('are found by what they select, in any order', () => {
    const arns = ['arn:aws:dynamodb:*:*:table/a', 'arn:aws:dynamodb:*:*:table/b'];
    expect(ids(overlapChecks, two({ Resources: arns }, { Resources: [...arns].reverse() }))).toEqual([
      'Backup-PlansOverlap',
    ]);
    expect(ids(overlapChecks, two({ Resources: arns }, { Resources: arns.slice(1) }))).toEqual([]);
    expect(ids(overlapChecks, two(tag('gold'), tag('silver')))).toEqual([]);
    expect(ids(overlapChecks, two({}, {}))).toEqual([]);
  });

  test('are compared where what they select is known, and sure to be selected', () => {
    const template = { ...PARAMETERS, Conditions: { Prod: { 'Fn::Equals': [UNKNOWN, 'prod'] } } };
    expect(ids(overlapChecks, two(tag({ 'Fn::Join': ['', [UNKNOWN, 'x']] }), tag('gold')), template)).toEqual(
      [],
    );
    expect(ids(overlapChecks, two(tag('gold'), tag('gold'), {}, { Condition: 'Prod' }), template)).toEqual(
      [],
    );
  });

  test('may be continuous beside periodic', () => {
    expect(ids(overlapChecks, two(tag('gold'), tag('gold'), { EnableContinuousBackup: true }))).toEqual([]);
  });
});
