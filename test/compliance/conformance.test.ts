import { conformanceOf } from '../../src/compliance/conformance/conformance';
import { conformanceFindings } from '../../src/compliance/conformance/conformance-findings';
import { conformanceJson } from '../../src/compliance/conformance/conformance-json';
import { forecastOf } from '../../src/forecast/outlook/forecast';
import type { Inventory } from '../../src/inventory/inventory';
import { ComplianceStandard } from '../../src/values/standards/compliance-standard';
import { RequirementKey } from '../../src/values/standards/requirement-key';
import { ClauseConfidence } from '../../src/values/standards/standard-requirement';
import { ImmutabilityLevel, type StandardThresholds } from '../../src/values/standards/standard-thresholds';
import { inventoryOfTemplates, MAIN, protectedApp, type Templates } from './protected-app';

const PERIOD = { from: Date.parse('2027-01-01T00:00:00Z'), to: Date.parse('2028-01-01T00:00:00Z') };

/** One clause for each key. */
const EVERY_KEY = ComplianceStandard.custom({
  id: 'every-key',
  title: 'Every key',
  version: '1',
  requirements: Object.values(RequirementKey).map((key) => ({
    clause: key,
    requirement: `answer ${key}`,
    keys: [key],
    confidence: ClauseConfidence.HIGH,
    source: 'this test',
    asOf: '2026-11-28',
  })),
});

const THRESHOLDS: StandardThresholds = {
  maxBackupIntervalHours: 24,
  minRetentionDays: 90,
  maxRetentionDays: 120,
  maxErasureDays: 120,
  maxTestIntervalDays: 7,
  maxRestoreTimeMinutes: 240,
  minEvidenceRetentionDays: 3_650,
  allowedRegions: ['eu-west-1', 'eu-central-1'],
  immutability: ImmutabilityLevel.COMPLIANCE,
  ownKey: true,
  randomSample: true,
};

function conformance(inventory: Inventory, standards: readonly ComplianceStandard[]) {
  return conformanceOf(forecastOf(inventory, { period: PERIOD }), standards);
}

function answers(templates: Templates, thresholds = THRESHOLDS): Record<string, string> {
  const [{ requirements }] = conformance(inventoryOfTemplates(templates), [
    EVERY_KEY.withThresholds(thresholds),
  ]).standards;
  return Object.fromEntries(requirements.map(({ key, status }) => [key, status]));
}

const BASELINE: Readonly<Record<string, string>> = {
  SCOPE: 'met',
  FREQ: 'met',
  RETMIN: 'met',
  RETMAX: 'met',
  ERASE: 'met',
  IMM: 'met',
  ISO: 'met',
  XACC: 'met',
  XREG: 'met',
  LOC: 'met',
  ENC: 'met',
  ACC: 'met',
  TEST: 'met',
  RTO: 'met',
  SCAN: 'not-visible', // AWS Backup can't scan tables
  MON: 'met',
  EVID: 'met',
  HOLD: 'met',
  OWN: 'met',
  TIER: 'met',
  DOC: 'not-visible',
};

test('an app that does everything meets every key that a template can show, exactly at the thresholds', () => {
  expect(answers(protectedApp())).toEqual(BASELINE);
});

const PROTECTED_KEYS = Object.keys(BASELINE).filter(
  (key) => !['SCOPE', 'EVID', 'HOLD', 'OWN', 'DOC'].includes(key),
);

type Mutation = readonly [
  what: string,
  change: (templates: Templates) => unknown,
  turns: Record<string, string>,
];

const rule = ({ app }: Templates) => app.Resources.Plan.Properties.BackupPlan.BackupPlanRule[0];
const properties = ({ app }: Templates, logicalId: string) => app.Resources[logicalId].Properties;

/** A value that is known at deployment. */
function later({ app }: Templates): object {
  app.Parameters = { Later: { Type: 'String' } };
  return { Ref: 'Later' };
}

const MUTATIONS: readonly Mutation[] = [
  [
    'another value of the tag',
    (t) => {
      properties(t, 'Orders').Tags[0].Value = 'silver';
    },
    { SCOPE: 'not-met', ...Object.fromEntries(PROTECTED_KEYS.map((key) => [key, 'not-applicable'])) },
  ],
  [
    'a schedule every two days',
    (t) => {
      rule(t).ScheduleExpression = 'cron(0 5 */2 * ? *)';
    },
    { FREQ: 'not-met' },
  ],
  [
    'a schedule known at deployment',
    (t) => {
      rule(t).ScheduleExpression = later(t);
    },
    {
      ...Object.fromEntries(
        ['FREQ', 'ERASE', 'IMM', 'ISO', 'XACC', 'XREG', 'LOC', 'ENC', 'ACC'].map((key) => [
          key,
          'not-visible',
        ]),
      ),
    },
  ],
  [
    'a copy that ends before the minimum, and a backup too',
    (t) => {
      rule(t).Lifecycle.DeleteAfterDays = 89;
      rule(t).CopyActions[0].Lifecycle.DeleteAfterDays = 89;
    },
    { RETMIN: 'not-met' },
  ],
  [
    'a backup that is kept a day longer',
    (t) => {
      rule(t).Lifecycle.DeleteAfterDays = 121;
    },
    { RETMAX: 'not-met' },
  ],
  [
    'a copy that is kept a day longer',
    (t) => {
      rule(t).CopyActions[0].Lifecycle.DeleteAfterDays = 121;
    },
    { RETMAX: 'not-met', ERASE: 'not-met' },
  ],
  [
    'a backup that is kept forever',
    (t) => {
      rule(t).Lifecycle = undefined;
    },
    { RETMAX: 'not-met' },
  ],
  [
    'a retention known at deployment',
    (t) => {
      rule(t).Lifecycle.DeleteAfterDays = later(t);
    },
    Object.fromEntries(
      ['RETMAX', 'ERASE', 'IMM', 'ISO', 'XACC', 'XREG', 'LOC', 'ENC', 'ACC'].map((key) => [
        key,
        'not-visible',
      ]),
    ),
  ],
  [
    'a governance lock',
    (t) => {
      delete t.backup.Resources.Vault.Properties.LockConfiguration.ChangeableForDays;
    },
    { IMM: 'not-met', ACC: 'not-met' },
  ],
  [
    'no lock',
    (t) => {
      delete t.backup.Resources.Vault.Properties.LockConfiguration;
    },
    { IMM: 'not-met', ACC: 'not-met' },
  ],
  [
    'a lock known at deployment',
    (t) => {
      t.backup.Resources.Vault.Properties.LockConfiguration = {
        'Fn::If': ['Locked', { MinRetentionDays: 7, ChangeableForDays: 3 }, { Ref: 'AWS::NoValue' }],
      };
      t.backup.Conditions = { Locked: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } };
      t.backup.Parameters = { Stage: { Type: 'String' } };
    },
    { IMM: 'not-visible', ACC: 'not-met' },
  ],
  [
    'a denial without one of its actions',
    (t) => {
      properties(t, 'Vault').AccessPolicy.Statement[0].Action.pop();
    },
    { ACC: 'not-met' },
  ],
  [
    'a denial that is an allowance',
    (t) => {
      properties(t, 'Vault').AccessPolicy.Statement[0].Effect = 'Allow';
    },
    { ACC: 'not-met' },
  ],
  [
    'a denial for one principal',
    (t) => {
      properties(t, 'Vault').AccessPolicy.Statement[0].Principal = { AWS: `arn:aws:iam::${MAIN}:role/other` };
    },
    { ACC: 'not-met' },
  ],
  [
    'a denial with another condition',
    (t) => {
      properties(t, 'Vault').AccessPolicy.Statement[0].Condition = {
        StringEquals: { 'aws:PrincipalTag/a': 'b' },
      };
    },
    { ACC: 'not-met' },
  ],
  [
    'no copy',
    (t) => {
      delete rule(t).CopyActions;
      rule(t).Lifecycle.DeleteAfterDays = 100;
    },
    { IMM: 'not-met', ISO: 'not-met', XACC: 'not-met', XREG: 'not-met' },
  ],
  [
    'no key on the vault',
    (t) => {
      delete properties(t, 'Vault').EncryptionKeyArn;
    },
    { ENC: 'not-met' },
  ],
  [
    'a test every two weeks',
    (t) => {
      properties(t, 'Testing').ScheduleExpression = 'cron(0 9 1,15 * ? *)';
    },
    { TEST: 'not-met' },
  ],
  [
    'a test of the latest point',
    (t) => {
      properties(t, 'Testing').RecoveryPointSelection.Algorithm = 'LATEST_WITHIN_WINDOW';
    },
    { TEST: 'not-met' },
  ],
  [
    'a test of another type',
    (t) => {
      properties(t, 'Tested').ProtectedResourceType = 'EBS';
    },
    { TEST: 'not-met' },
  ],
  [
    'a slower target',
    (t) => {
      properties(t, 'Framework').FrameworkControls[0].ControlInputParameters[0].ParameterValue = '241';
    },
    { RTO: 'not-met' },
  ],
  [
    'a target for another type',
    (t) => {
      properties(t, 'Framework').FrameworkControls[0].ControlScope = { ComplianceResourceTypes: ['EBS'] };
    },
    { RTO: 'not-met' },
  ],
  [
    'a rule for successful jobs',
    (t) => {
      properties(t, 'Failed').EventPattern.detail.state = ['COMPLETED'];
    },
    { MON: 'not-met' },
  ],
  [
    'a rule for copy jobs',
    (t) => {
      properties(t, 'Failed').EventPattern['detail-type'] = ['Copy Job State Change'];
    },
    { MON: 'not-met' },
  ],
  [
    'a disabled rule',
    (t) => {
      properties(t, 'Failed').State = 'DISABLED';
    },
    { MON: 'not-met' },
  ],
  [
    'a rule without a target',
    (t) => {
      delete properties(t, 'Failed').Targets;
    },
    { MON: 'not-met' },
  ],
  [
    'reports that expire a day earlier',
    (t) => {
      properties(t, 'Reports').LifecycleConfiguration.Rules[0].ExpirationInDays = 3_649;
    },
    { EVID: 'not-met' },
  ],
  [
    'reports in a bucket elsewhere',
    (t) => {
      properties(t, 'Jobs').ReportDeliveryChannel.S3BucketName = 'elsewhere';
    },
    { EVID: 'not-visible' },
  ],
  [
    'no report plan',
    (t) => {
      delete t.app.Resources.Jobs;
    },
    { EVID: 'not-met' },
  ],
  [
    'no legal hold',
    (t) => {
      delete t.app.Resources.Hold;
    },
    { HOLD: 'not-visible' },
  ],
  [
    'no point-in-time recovery',
    (t) => {
      delete properties(t, 'Orders').PointInTimeRecoverySpecification;
    },
    { OWN: 'not-met' },
  ],
  [
    'a selection by ARN',
    (t) => {
      const own = properties(t, 'Selection').BackupSelection;
      delete own.ListOfTags;
      own.Resources = [{ 'Fn::GetAtt': ['Orders', 'Arn'] }];
    },
    { TIER: 'not-visible' },
  ],
];

test.each(MUTATIONS)('%s turns exactly its keys', (_, change, turns) => {
  const templates = protectedApp();
  change(templates);
  const found = answers(templates);
  const turned = Object.fromEntries(
    Object.entries(found).filter(([key, status]) => status !== BASELINE[key]),
  );
  expect(turned).toEqual(turns);
});

test.each([
  [{ maxBackupIntervalHours: 23 }, 'FREQ'],
  [{ minRetentionDays: 91, maxRetentionDays: 121 }, undefined],
  [{ minRetentionDays: 121, maxRetentionDays: 121 }, 'RETMIN'],
  [{ maxRetentionDays: 119 }, 'RETMAX'],
  [{ maxErasureDays: 119 }, 'ERASE'],
  [{ maxTestIntervalDays: 6 }, 'TEST'],
  [{ maxRestoreTimeMinutes: 239 }, 'RTO'],
  [{ minEvidenceRetentionDays: 3_651 }, 'EVID'],
  [{ allowedRegions: ['eu-west-1'] }, 'LOC'],
  [{ approvalTeam: true }, 'ACC'],
] as const)('the threshold %j turns exactly %s', (thresholds, key) => {
  const found = answers(protectedApp(), { ...THRESHOLDS, ...(thresholds as StandardThresholds) });
  expect(Object.keys(BASELINE).filter((one) => found[one] !== BASELINE[one])).toEqual(key ? [key] : []);
});

test('every clause with a key has the answer of the key, in each standard', () => {
  const templates = protectedApp();
  rule(templates).ScheduleExpression = 'cron(0 5 1 * ? *)';
  delete templates.app.Resources.Tested;
  const { standards } = conformance(inventoryOfTemplates(templates), ComplianceStandard.all());
  for (const { standard, requirements } of standards) {
    expect([standard.id, requirements.length]).toEqual([
      standard.id,
      standard.requirements.flatMap(({ keys }) => keys).length,
    ]);
    for (const { key, status, requirement } of requirements)
      if (
        !requirement.notApplicable &&
        !requirement.data &&
        !requirement.resourceTypes &&
        ['FREQ', 'TEST'].includes(key)
      )
        expect(`${standard.id} ${requirement.clause} ${key}: ${status}`).toBe(
          `${standard.id} ${requirement.clause} ${key}: not-met`,
        );
  }
});

test('the evidence names the resource and the value, and what is not met has a fix', () => {
  const templates = protectedApp();
  delete templates.app.Resources.Selection;
  const inventory = inventoryOfTemplates(templates);
  const found = conformance(inventory, [ComplianceStandard.CIS_CONTROLS]);
  const { standards } = conformanceJson(found);
  expect(standards[0].requirements.find(({ key }) => key === 'SCOPE')).toMatchObject({
    clause: '11.2',
    level: 'IG1',
    status: 'not-met',
    evidence: [
      {
        status: 'not-met',
        stack: 'App',
        logicalId: 'Orders',
        account: MAIN,
        region: 'eu-west-1',
        value: 'no backup plan certainly protects it',
      },
      { status: 'not-applicable', logicalId: 'Reports', value: 'opted out: delivered again every day' },
    ],
    fix: 'select the resource in a backup plan, or opt it out with a reason',
    mappedByAws: [
      'DYNAMODB_IN_BACKUP_PLAN',
      'EBS_IN_BACKUP_PLAN',
      'EFS_IN_BACKUP_PLAN',
      'RDS_IN_BACKUP_PLAN',
    ],
    confidence: 'high',
  });
  expect(conformanceFindings(found, inventory)).toMatchObject([
    {
      id: 'Backup-Conformance',
      severity: 'warning',
      place: { logicalId: 'Orders' },
      message: "no backup plan certainly protects it, which doesn't meet cis-controls 11.2",
      fix: 'select the resource in a backup plan, or opt it out with a reason',
    },
  ]);
});

test('clauses about some data apply to resources with the tag of the data, and are not visible without one', () => {
  const status = (templates: Templates) =>
    conformanceJson(
      conformance(inventoryOfTemplates(templates), [ComplianceStandard.PCI_DSS]),
    ).standards[0].requirements.find(({ clause }) => clause === '10.5.1');
  const templates = protectedApp();
  expect(status(templates)).toMatchObject({
    status: 'not-visible',
    evidence: [
      {
        value:
          "no resource has the tag `backup:data` = `audit-logs`, so it isn't known which ones it is about",
      },
    ],
  });
  properties(templates, 'Orders').Tags.push({ Key: 'backup:data', Value: 'audit-logs' });
  expect(status(templates)).toMatchObject({
    status: 'not-met',
    evidence: [{ value: 'kept 120 days; at least 365 days' }],
  });
});

/** What a platform team deploys: the plan, without the resources that it selects. */
function plansOnly(): Templates {
  const templates = protectedApp();
  delete templates.app.Resources.Orders;
  return templates;
}

test('an input with plans only is judged by what the plans do for whatever they select', () => {
  const notVisible = ['SCOPE', 'ENC', 'TEST', 'RTO', 'SCAN'];
  const found = answers(plansOnly());
  expect(
    Object.fromEntries(Object.entries(found).filter(([key, status]) => status !== BASELINE[key])),
  ).toEqual({
    ...Object.fromEntries(
      notVisible.filter((key) => BASELINE[key] === 'met').map((key) => [key, 'not-visible']),
    ),
    OWN: 'not-applicable', // of resources, not of plans
  });
  const { standards } = conformanceJson(
    conformance(inventoryOfTemplates(plansOnly()), [ComplianceStandard.CSA_CCM]),
  );
  expect(
    standards[0].requirements.map(({ key, evidence }) => [key, evidence.map(({ value }) => value)]),
  ).toEqual([
    ['FREQ', ['RPO 24 hours; at most 24 hours']],
    ['ENC', ['plan `gold` selects resources that are in no template']],
    ['TEST', ['plan `gold` selects resources that are in no template']],
  ]);
});

test.each<Mutation>([
  [
    'a schedule every two days',
    (t) => {
      rule(t).ScheduleExpression = 'cron(0 5 */2 * ? *)';
    },
    { FREQ: 'not-met' },
  ],
  [
    'a backup that is kept forever',
    (t) => {
      rule(t).Lifecycle = undefined;
    },
    { RETMAX: 'not-met' },
  ],
  [
    'a governance lock',
    (t) => {
      delete t.backup.Resources.Vault.Properties.LockConfiguration.ChangeableForDays;
    },
    { IMM: 'not-met', ACC: 'not-met' },
  ],
  [
    'no copy',
    (t) => {
      delete rule(t).CopyActions;
    },
    { IMM: 'not-met', ISO: 'not-met', XACC: 'not-met', XREG: 'not-met' },
  ],
  [
    'a rule that reports nothing',
    (t) => {
      properties(t, 'Failed').State = 'DISABLED';
    },
    { MON: 'not-met' },
  ],
  [
    'no selection, so that the plan does nothing',
    (t) => {
      delete t.app.Resources.Selection;
    },
    Object.fromEntries(['SCOPE', ...PROTECTED_KEYS].map((key) => [key, 'not-applicable'])),
  ],
])('in an input with plans only, %s turns exactly its keys', (_, change, turns) => {
  const templates = plansOnly();
  const before = answers(templates);
  change(templates);
  const found = answers(templates);
  expect(Object.fromEntries(Object.entries(found).filter(([key, status]) => status !== before[key]))).toEqual(
    turns,
  );
});

test('a resource that a plan may protect is not visible, not "not applicable"', () => {
  const templates = protectedApp();
  properties(templates, 'Orders').Tags[0].Value = later(templates);
  expect(answers(templates)).toMatchObject({ SCOPE: 'not-visible', FREQ: 'not-visible', IMM: 'not-visible' });
});

describe('erasure', () => {
  const article17 = (templates: Templates) =>
    conformanceJson(
      conformance(inventoryOfTemplates(templates), [ComplianceStandard.GDPR]),
    ).standards[0].requirements.find(({ clause, key }) => clause === '17' && key === 'ERASE');

  test('is not met by what a compliance lock holds longer than a request may take', () => {
    expect(article17(protectedApp())).toMatchObject({
      status: 'not-met',
      thresholds: { maxErasureDays: { value: 30, origin: 'default' } },
      evidence: [
        { status: 'met', value: 'vault `main`: backups can be deleted early' },
        {
          status: 'not-met',
          stack: 'Backup',
          logicalId: 'Vault',
          value:
            'vault `central`: locked in compliance mode, so nobody can erase its backups, which are kept 120 days; at most 30 days',
        },
      ],
    });
  });

  test.each<[string, (templates: Templates) => unknown, string]>([
    [
      'a governance lock, which can be removed',
      (t) => {
        delete t.backup.Resources.Vault.Properties.LockConfiguration.ChangeableForDays;
      },
      'met',
    ],
    [
      'copies that expire within a month',
      (t) => {
        rule(t).CopyActions[0].Lifecycle.DeleteAfterDays = 30;
      },
      'met',
    ],
    [
      'copies that are kept forever',
      (t) => {
        delete t.backup.Resources.Vault.Properties.LockConfiguration.MaxRetentionDays;
        delete rule(t).CopyActions[0].Lifecycle;
        rule(t).Lifecycle = undefined;
      },
      'not-met',
    ],
    [
      'a vault that is in no template',
      (t) => {
        delete t.backup.Resources.Vault;
      },
      'not-visible',
    ],
  ])('with %s', (_, change, status) => {
    const templates = protectedApp();
    change(templates);
    expect(article17(templates)?.status).toBe(status);
  });
});

test('clauses that contradict each other are named, whatever the app does', () => {
  const { GDPR, SEC_17A_4, HIPAA } = ComplianceStandard;
  const conflicts = (...standards: ComplianceStandard[]) =>
    conformanceJson(conformance(inventoryOfTemplates(protectedApp()), standards)).conflicts;
  expect(conflicts(GDPR, HIPAA)).toEqual([]);
  expect(conflicts(GDPR, SEC_17A_4)).toEqual([
    '`sec-17a-4` 240.17a-4(b) demands at least 1096 days, and `gdpr` 17, where nobody can delete backups early, allows at most 30 days',
  ]);
  expect(conflicts(GDPR.withThresholds({ maxErasureDays: 1_096 }), SEC_17A_4)).toEqual([]);
  expect(conflicts(GDPR.withThresholds({ maxRetentionDays: 20 }), HIPAA)).toEqual([
    '`hipaa` 164.308(a)(7)(ii)(A) demands at least 35 days, and `gdpr` 5(1)(e) allows at most 20 days',
  ]);
});
