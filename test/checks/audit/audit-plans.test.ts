import { auditPlanChecks } from '../../../src/checks/audit/audit-plans';
import { findings, ids, PARAMETERS, plan, rulePath, UNKNOWN, vault } from '../../support/findings';

const PATH = rulePath(0).replace(/\/0$/, '');
const CONTROL = 'control `BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK` of framework `audit`';
const HOURLY = { ScheduleExpression: 'cron(0 * ? * * *)' };
const WEEKLY = { ScheduleExpression: 'cron(0 5 ? * SUN *)' };

const audit = (parameters: Record<string, unknown> = {}, ControlScope?: object) => ({
  Type: 'AWS::Backup::Framework',
  Properties: {
    FrameworkName: 'audit',
    FrameworkControls: [
      {
        ControlName: 'BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK',
        ControlInputParameters: Object.entries(parameters).map(([ParameterName, ParameterValue]) => ({
          ParameterName,
          ParameterValue,
        })),
        ControlScope,
      },
    ],
  },
});
const kept = (DeleteAfterDays: unknown, more: object = {}) => ({ Lifecycle: { DeleteAfterDays }, ...more });

test.each<[string, object, object, string]>([
  [
    'keeps recovery points 35 days, where the control sets nothing',
    { Plan: plan(kept(30)), Audit: audit() },
    { Plan: plan(kept(35)), Audit: audit() },
    `has no rule that runs at least every 1 day and keeps recovery points for at least 35 days, as ${CONTROL} requires: rule \`rule-1\` runs every 1 day and keeps them for 30 days; use 35 days or more for \`DeleteAfterDays\` of rule \`rule-1\``,
  ],
  [
    'runs as often as the control requires',
    { Plan: plan(kept(-1)), Audit: audit({ requiredFrequencyUnit: 'hours', requiredFrequencyValue: '12' }) },
    {
      Plan: plan(kept(-1, HOURLY)),
      Audit: audit({ requiredFrequencyUnit: 'hours', requiredFrequencyValue: '12' }),
    },
    `has no rule that runs at least every 12 hours and keeps recovery points for at least 35 days, as ${CONTROL} requires: rule \`rule-1\` runs every 1 day and keeps them forever; add a rule that meets the frequency and the retention, or change the parameters of the control`,
  ],
  [
    'does both in one rule',
    { Plan: plan(kept(7), kept(365, WEEKLY)), Audit: audit({ requiredRetentionDays: '90' }) },
    { Plan: plan(kept(90), kept(365, WEEKLY)), Audit: audit({ requiredRetentionDays: '90' }) },
    `has no rule that runs at least every 1 day and keeps recovery points for at least 90 days, as ${CONTROL} requires: rule \`rule-1\` runs every 1 day and keeps them for 7 days, rule \`rule-2\` runs every 7 days and keeps them for 365 days; use 90 days or more for \`DeleteAfterDays\` of rule \`rule-1\``,
  ],
])('a plan under the control %s', (_, bad, good, message) => {
  expect(findings(auditPlanChecks, bad)).toEqual([
    `warning Backup-AuditPlan at ${PATH}: \`BackupPlanRule\` of plan \`gold\` ${message}`,
  ]);
  expect(ids(auditPlanChecks, good)).toEqual([]);
});

test('the way out is one that the lock of the vault allows, or names the lock', () => {
  const locked = (MaxRetentionDays: number) => ({
    Plan: plan(kept(20, { TargetBackupVault: { Ref: 'Vault' } })),
    Vault: vault({ LockConfiguration: { MinRetentionDays: 1, MaxRetentionDays } }),
    Audit: audit(),
  });
  expect(findings(auditPlanChecks, locked(90))[0]).toMatch(
    /; use 35 to 90 days for `DeleteAfterDays` of rule `rule-1`$/,
  );
  expect(findings(auditPlanChecks, locked(30))[0]).toMatch(
    /; the lock of vault `vault` allows 1 to 30 days: choose another vault than vault `vault`, or lower `requiredRetentionDays` of the control$/,
  );
});

test('a control looks at what is in its scope', () => {
  const scoped = (scope: object, tags?: object) => {
    const Plan = plan(kept(7)) as { Properties: object };
    return {
      Plan: { ...Plan, Properties: { ...Plan.Properties, BackupPlanTags: tags } },
      Audit: audit({}, scope),
    };
  };
  const found = [true, false];
  expect(
    [
      scoped({
        ComplianceResourceTypes: ['AWS::Backup::BackupPlan'],
        ComplianceResourceIds: [{ Ref: 'Plan' }],
      }),
      scoped({ ComplianceResourceTypes: ['AWS::Backup::BackupPlan'], ComplianceResourceIds: ['other'] }),
    ].map((template) => ids(auditPlanChecks, template).length === 1),
  ).toEqual(found);
  const Tags = [{ Key: 'tier', Value: 'gold' }];
  expect(
    [scoped({ Tags }, { tier: 'gold' }), scoped({ Tags }, { tier: 'silver' }), scoped({ Tags })].map(
      (template) => ids(auditPlanChecks, template).length,
    ),
  ).toEqual([1, 0, 0]);
});

test.each<[string, object]>([
  ['a schedule', { Plan: plan(kept(35, { ScheduleExpression: UNKNOWN })), Audit: audit() }],
  ['a retention', { Plan: plan(kept(UNKNOWN)), Audit: audit() }],
  ['a parameter', { Plan: plan(kept(1)), Audit: audit({ requiredRetentionDays: UNKNOWN }) }],
  ['a unit', { Plan: plan(kept(1)), Audit: audit({ requiredFrequencyUnit: UNKNOWN }) }],
  ['a scope', { Plan: plan(kept(1)), Audit: audit({}, { Tags: UNKNOWN }) }],
  ['a rule', { Plan: plan(UNKNOWN), Audit: audit() }],
])('%s that isn’t known is not checked', (_, template) => {
  expect(ids(auditPlanChecks, template, PARAMETERS)).toEqual([]);
});
