import { policyDocumentChecks } from '../../../src/checks/organization/policy-documents';
import { complete, control, plan, rule, set } from '../../policy/documents';
import { resource } from '../../support/backups';
import { findings, PARAMETERS, UNKNOWN } from '../../support/findings';

const CONTENT = 'Resources/O/Properties/Content';
const OF = 'of backup policy `gold`';

function found(Content: unknown, Type: unknown = 'BACKUP_POLICY'): string[] {
  const O = resource('Organizations::Policy', {
    Name: 'gold',
    Type,
    Content,
    TargetIds: ['ou-ab12-34567890'],
  });
  return findings(policyDocumentChecks, { O }, undefined, PARAMETERS);
}

const daily = (inside: object) =>
  complete({
    daily: {
      target_backup_vault_name: set('vault'),
      schedule_expression: set('cron(0 5 ? * * *)'),
      ...inside,
    },
  });
const lifecycle = (cold: unknown, kept: unknown) => ({
  lifecycle: { move_to_cold_storage_after_days: set(cold), delete_after_days: set(kept) },
});
describe('the document of a backup policy', () => {
  test('that is whole has no findings', () => {
    expect(found(daily({}))).toEqual([]);
    expect(found(JSON.stringify(daily({})))).toEqual([]);
  });

  test.each([['{"plans":"'], [{ 'Fn::Join': ['', ['{"plans":', '"']] }]])(
    'is JSON, which %j is not',
    (content) => {
      expect(found(content)).toEqual([
        `error Backup-PolicyJson at ${CONTENT}: the document ${OF} has an unterminated string at line 1, column 10; set \`Content\` to an object or to JSON text`,
      ]);
    },
  );

  test.each<[string, unknown, string]>([
    [
      'that is text with a key twice',
      '{"plans":{},"plans":{}}',
      `error Backup-PolicyJson at ${CONTENT}: \`plans\` ${OF}: the key occurs twice in its object; set \`Content\` to an object or to JSON text`,
    ],
    [
      'with a key of AWS Backup',
      rule({ schedule_expression_timezone: set('Asia/Seoul') }),
      `error Backup-PolicyStructure at ${CONTENT}/plans/daily/rules/daily/schedule_expression_timezone: \`plans/daily/rules/daily/schedule_expression_timezone\` ${OF} is not an allowed key of a backup policy here, expected one of \`schedule_expression\`, \`target_backup_vault_name\`, \`target_logically_air_gapped_backup_vault_arn\`, \`start_backup_window_minutes\`, \`complete_backup_window_minutes\`, \`enable_continuous_backup\`, \`lifecycle\`, \`copy_actions\`, \`recovery_point_tags\`, \`index_actions\`, \`scan_actions\`; omit it: schedules of a backup policy are in UTC`,
    ],
    [
      'with keys that differ in capitals alone',
      { plans: { Gold: {}, GOLD: {} } },
      `error Backup-PolicyStructure at ${CONTENT}/plans/GOLD: \`plans/GOLD\` ${OF} must occur once in its object, got \`Gold\` too: AWS Organizations ignores the case of keys; remove one of them`,
    ],
    [
      'with an operator on an object',
      { plans: set({}) },
      `error Backup-PolicyOperator at ${CONTENT}/plans/@@assign: \`plans/@@assign\` ${OF} can't be used on an object, which has no value of its own; set the individual settings inside it`,
    ],
    [
      'with an invalid value',
      plan({ regions: set(['*']) }),
      `error Backup-PolicyValue at ${CONTENT}/plans/daily/regions/@@assign/0: \`plans/daily/regions/@@assign/0\` ${OF} must be Regions such as \`eu-west-1\`, got \`*\`; list each Region`,
    ],
    [
      'with an invalid name',
      { plans: { 'a b': {} } },
      `error Backup-PolicyName at ${CONTENT}/plans/a b: \`plans/a b\` ${OF} must be a name of 1 to 50 letters, digits, \`-\`, \`_\` and \`.\`, got \`a b\`; use 1 to 50 letters, digits, \`-\`, \`_\` and \`.\``,
    ],
    [
      'with a copy that does not repeat its target',
      rule({ copy_actions: { 'arn:aws:backup:us-east-1:$account:backup-vault:far': {} } }),
      `error Backup-PolicyIncomplete at ${CONTENT}/plans/daily/rules/daily/copy_actions/arn:aws:backup:us-east-1:$account:backup-vault:far/target_backup_vault_arn: \`plans/daily/rules/daily/copy_actions/arn:aws:backup:us-east-1:$account:backup-vault:far/target_backup_vault_arn\` ${OF} is missing, but a policy must set it here even if it is inherited; repeat \`target_backup_vault_arn\``,
    ],
    [
      'with continuous backup without its retention',
      rule({ enable_continuous_backup: set(true) }),
      `error Backup-PolicyDependency at ${CONTENT}/plans/daily/rules/daily/enable_continuous_backup: \`plans/daily/rules/daily/enable_continuous_backup\` ${OF} must not be true without \`lifecycle/delete_after_days\` in the same document, even if that is inherited; set \`lifecycle/delete_after_days\` to at most 35 in this document too`,
    ],
    [
      'with a schedule that runs every minute',
      rule({ schedule_expression: set('cron(* * * * ? *)') }),
      `error Backup-PolicySchedule at ${CONTENT}/plans/daily/rules/daily/schedule_expression/@@assign: \`plans/daily/rules/daily/schedule_expression/@@assign\` ${OF} must leave at least 60 minutes between runs, got \`cron(* * * * ? *)\`; use a single minute, such as \`0\``,
    ],
  ])('%s', (_, content, line) => {
    expect(found(content)).toContain(line);
  });

  test('has at most 10,000 characters, as text with its blanks', () => {
    const said = (got: number) =>
      `error Backup-PolicySize at ${CONTENT}: the document ${OF} must be at most 10000 characters, got ${got}; split it, and attach the parts to different organizational units`;
    const many = (count: number) => ({ plans: { a: { regions: set(Array(count).fill('eu-west-1')) } } });
    const { length } = JSON.stringify(many(900));
    expect(found(many(900))).toContain(said(length));
    expect(found(JSON.stringify(many(900)))).toContain(said(length));
    expect(found(many(800)).join()).not.toContain('PolicySize');
    expect(found(`${JSON.stringify(daily({}))}${' '.repeat(10_000)}`).join()).toContain(
      'error Backup-PolicySize',
    );
  });

  test('that locks an object, and not what is in it', () => {
    const locked = complete();
    Object.assign(locked.plans.daily, control('@@none'));
    expect(found(locked)).toEqual([
      `warning Backup-PolicyLockHole at ${CONTENT}/plans/daily: \`plans/daily\` ${OF} restricts child policies, but they can still change \`plans/daily/regions\`, \`plans/daily/rules\`, \`plans/daily/rules/daily\`, \`plans/daily/rules/daily/target_backup_vault_name\`, \`plans/daily/selections\` and 5 more; add \`@@operators_allowed_for_child_policies\` there too: it protects only the level where it is set`,
      `warning Backup-PolicyPlan at ${CONTENT}/plans/daily/rules/daily/schedule_expression: \`plans/daily/rules/daily/schedule_expression\` ${OF} should be set: AWS documents it as required, although AWS Organizations accepts a rule without it; set when the rule runs`,
    ]);
  });

  test('that AWS Organizations accepts, and AWS Backup refuses', () => {
    const place = 'plans/daily/rules/daily/lifecycle';
    expect(found(daily(lifecycle(30, 60)))).toEqual([
      `warning Backup-PolicyPlan at ${CONTENT}/${place}/delete_after_days: \`${place}/delete_after_days\` ${OF} must be at least 90 days after \`${place}/move_to_cold_storage_after_days\` (30 days), got 60 days; use 120 days or more, or omit \`${place}/move_to_cold_storage_after_days\``,
    ]);
    expect(found(daily(lifecycle(30, 120)))).toEqual([]);
    expect(found(daily(lifecycle(30, UNKNOWN)))).toEqual([]);
  });

  test('that is a fragment, which others complete, is at most a note', () => {
    expect(found(rule({ lifecycle: { delete_after_days: set(7) } }))).toEqual([
      `note Backup-PolicyInvalidAlone at ${CONTENT}: no policy of the app completes backup policy \`gold\` (\`plans/daily\`: 'regions' is missing; \`plans/daily\`: 'selections' is missing; \`plans/daily/rules/daily\`: 'target_backup_vault_name' is missing), so AWS Organizations publishes nothing for accounts where no other policy does; complete the policy, or attach one that does to the same accounts`,
    ]);
    const Base = resource('Organizations::Policy', {
      Name: 'base',
      Type: 'BACKUP_POLICY',
      Content: daily({}),
    });
    const Child = resource('Organizations::Policy', {
      Name: 'child',
      Type: 'BACKUP_POLICY',
      Content: rule({ lifecycle: { delete_after_days: set(7) } }),
    });
    expect(findings(policyDocumentChecks, { Base, Child })).toEqual([]);
  });

  test('that has more rules than a plan may have never comes into force', () => {
    const rules = Object.fromEntries(
      Array.from({ length: 11 }, (_, i) => [
        `r${i}`,
        { target_backup_vault_name: set('vault'), schedule_expression: set('cron(0 5 ? * * *)') },
      ]),
    );
    expect(found(complete(rules))).toEqual([
      `warning Backup-PolicyInvalid at ${CONTENT}/plans/daily/rules: \`plans/daily/rules\` ${OF} prevents effective policies from being published, ELEMENTS_TOO_MANY: 'rules' exceeds the allowed maximum limit 10; correct the setting in this policy, or in one above or below it`,
    ]);
  });

  test('that takes all Regions away may be corrected by another policy', () => {
    const content = complete();
    Object.assign(content.plans.daily, { regions: set([]) });
    expect(found(content).filter((line) => line.includes('ELEMENTS'))).toEqual([
      `note Backup-PolicyInvalidAlone at ${CONTENT}/plans/daily/regions: \`plans/daily/regions\` ${OF} prevents effective policies from being published unless another policy changes it, ELEMENTS_TOO_FEW: 'regions' is less than the allowed minimum limit 1; complete the policy, or attach one that does to the same accounts`,
    ]);
  });

  test('that is not known, or of another type, is not reported', () => {
    expect(found(UNKNOWN)).toEqual([]);
    expect(found({ plans: { daily: UNKNOWN } })).toEqual([]);
    expect(found({ plans: { daily: { regions: set(UNKNOWN), rules: { a: UNKNOWN } } } })).toEqual([]);
    expect(
      found({ 'Fn::Sub': `{"plans":{"\${Unknown}":{"regions":{"@@assign":["\${Unknown}"]}}}}` }),
    ).toEqual([]);
    expect(found({ plan: {} }, 'TAG_POLICY')).toEqual([]);
    expect(found({ plan: {} }, UNKNOWN)).toEqual([]);
  });
});
