import { App, Duration, Stack } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { BackupAlert } from '../../../src/monitoring/alerts/backup-alert';
import { OrganizationTarget } from '../../../src/organization/core/organization-target';
import { BackupTier } from '../../../src/patterns/core/backup-tier';
import { BackupMonitoring } from '../../../src/patterns/monitoring/backup-monitoring';
import type { BackupMonitoringProps } from '../../../src/patterns/monitoring/backup-monitoring-props';
import { BackupSeverity } from '../../../src/patterns/monitoring/backup-severity';
import { OrganizationBackup } from '../../../src/patterns/organization/organization-backup';
import { DisasterRecovery } from '../../../src/patterns/recovery/disaster-recovery';
import { RecoveryHop } from '../../../src/patterns/recovery/recovery-hop';
import { CentralVault } from '../../../src/patterns/vault/central-vault';
import { WorkloadBackup } from '../../../src/patterns/workload/workload-backup';
import { BackupPlan } from '../../../src/resources/plan/backup-plan';
import { BackupRule } from '../../../src/resources/plan/backup-rule';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import { CopySource } from '../../../src/resources/vault/copy-source';
import { Retention } from '../../../src/values/plan/retention';
import { EVENTS } from '../../monitoring/core/sample-events';
import { eventMatches } from '../../support/event-rule';
import { refusal } from '../../support/refusal';
import { schemaProblems } from '../../support/schema';
import { propertiesOf, synthesize, testStack } from '../../support/synthesis';
import { warningsOf } from '../../support/warnings';

let stack: Stack;
beforeEach(() => {
  stack = testStack();
});

const planOf = (id: string, rules: BackupRule[], vault = new BackupVault(stack, `${id}Vault`)) =>
  new BackupPlan(stack, id, { vault, rules });
const quick = () => BackupRule.daily({ retention: Retention.days(35), startWindow: Duration.hours(1) });
const monitor = (props: Partial<BackupMonitoringProps> = {}) =>
  new BackupMonitoring(
    stack,
    'Monitoring',
    'plans' in props ? props : { plans: [planOf('Plan', [quick()])], ...props },
  );

describe('what did not happen', () => {
  test('is noticed by an alarm where one rule has a vault of its own', () => {
    const { absenceAlarms, check } = monitor();
    expect(absenceAlarms).toHaveLength(1);
    expect(check).toBeUndefined();
  });

  test.each<[string, () => BackupMonitoringProps]>([
    ['rules share a vault', () => ({ plans: [planOf('Plan', BackupTier.SILVER.rules)] })],
    ['no alarm catches each missed run', () => ({ plans: [planOf('Plan', BackupTier.BRONZE.rules)] })],
    [
      'another plan has the same vault',
      () => {
        const vault = new BackupVault(stack, 'Vault');
        planOf('Other', BackupTier.BRONZE.rules, vault);
        return { plans: [planOf('Plan', [quick()], vault)] };
      },
    ],
    ['each resource matters', () => ({ plans: [planOf('Plan', [quick()])], perResource: true })],
    [
      'a workload has several rules',
      () => ({ workloads: [new WorkloadBackup(stack, 'Shop', { tier: BackupTier.GOLD })] }),
    ],
    [
      'copies arrive in a central vault',
      () => ({
        centralVaults: [
          new CentralVault(stack, 'Central', { copyFrom: [CopySource.organization('o-a1b2c3d4e5')] }),
        ],
        copiesWithin: Duration.hours(36),
      }),
    ],
  ])('is found by the check where %s', (_, props) => {
    const { absenceAlarms, check } = new BackupMonitoring(stack, 'Monitoring', props());
    expect(absenceAlarms).toEqual([]);
    expect(check).toBeDefined();
  });

  test('plans are watched by one thing each: nothing alarms twice', () => {
    const gold = planOf('Gold', BackupTier.SILVER.rules);
    const plan = planOf('Plan', [quick()]);
    const { absenceAlarms } = monitor({ plans: [plan, gold] });
    expect(absenceAlarms).toHaveLength(1);
    const [{ Targets }] = propertiesOf(stack, 'AWS::Events::Rule').filter(
      ({ ScheduleExpression }) => ScheduleExpression,
    ) as { Targets: { Input: unknown }[] }[];
    const input = JSON.stringify(Targets[0].Input);
    expect(input).toContain(gold.backupPlanName);
    expect(input).not.toContain(plan.backupPlanName);
  });
});

describe('what failed', () => {
  const rules = () =>
    propertiesOf(stack, 'AWS::Events::Rule').filter(
      ({ EventPattern, Description }) => EventPattern && /message/.test(String(Description)),
    ) as {
      EventPattern: unknown;
      Targets: { Arn: unknown }[];
    }[];
  /** The events that each topic gets. */
  const eventsTo = (topic: Topic) =>
    rules()
      .filter(
        ({ Targets }) => JSON.stringify(Targets[0].Arn) === JSON.stringify(stack.resolve(topic.topicArn)),
      )
      .flatMap(({ EventPattern }) =>
        Object.keys(EVENTS).filter((name) => eventMatches(EventPattern, EVENTS[name])),
      );

  test('goes to the topic of its severity, each event once', () => {
    const [criticalTopic, warningTopic] = ['Critical', 'Warning'].map((id) => new Topic(stack, id));
    monitor({ criticalTopic, warningTopic, hasTrail: true });
    const [critical, warning] = [eventsTo(criticalTopic), eventsTo(warningTopic)];
    expect(critical).toEqual(
      expect.arrayContaining([
        'scan COMPLETED with threats',
        'call of DeleteRecoveryPoint',
        'restore test FAILED',
      ]),
    );
    expect(warning).toEqual(expect.arrayContaining(['backup job FAILED', 'copy job PARTIAL']));
    expect(new Set([...critical, ...warning]).size).toBe(critical.length + warning.length);
  });

  test('can have other severities, and none', () => {
    const [criticalTopic, warningTopic] = ['Critical', 'Warning'].map((id) => new Topic(stack, id));
    monitor({
      criticalTopic,
      warningTopic,
      severities: {
        [BackupAlert.COPY_FAILED]: BackupSeverity.CRITICAL,
        [BackupAlert.BACKUP_WITH_ISSUES]: BackupSeverity.NONE,
      },
    });
    expect(eventsTo(criticalTopic)).toContain('copy job FAILED');
    expect([...eventsTo(criticalTopic), ...eventsTo(warningTopic)]).not.toContain(
      'backup job COMPLETED with issues',
    );
  });
});

describe('a second one in the same account and Region', () => {
  const TWICE = (other: string, or = '') =>
    `Backup-MonitoringTwice: \`severities\` must send each alert of an account and Region from one place, but \`${other}\`${or} sends the same alerts: each event would send two messages; add the plans to \`${other}\`, or set the severities of one of them to \`BackupSeverity.NONE\``;
  const another = (scope: Stack, id: string, severities?: BackupMonitoringProps['severities']) =>
    new BackupMonitoring(scope, id, {
      plans: [
        new BackupPlan(scope, `${id}Plan`, {
          vault: new BackupVault(scope, `${id}Vault`),
          rules: [quick()],
        }),
      ],
      severities,
    });
  const NONE = Object.fromEntries(Object.values(BackupAlert).map((alert) => [alert, BackupSeverity.NONE]));

  test('sends every alert again, which is warned about', () => {
    for (const id of ['One', 'Two']) another(stack, id);
    expect(warningsOf(stack)).toEqual([TWICE('Stack/One')]);
  });

  test('may be one in stacks without an environment', () => {
    const app = new App();
    const [one, two] = ['A', 'B'].map((id) => new Stack(app, id));
    another(one, 'Monitoring');
    another(two, 'Monitoring');
    expect(warningsOf(two)).toEqual([TWICE('A/Monitoring', ', which may be deployed to the same one,')]);
  });

  test.each<[string, () => void]>([
    ['it sends no alerts', () => void another(stack, 'Two', NONE)],
    [
      'it is in another Region',
      () =>
        void another(
          new Stack(stack.node.root as App, 'Far', { env: { ...stack.env, region: 'eu-north-1' } as never }),
          'Two',
        ),
    ],
    [
      'the first one left the tree',
      () => {
        stack.node.tryRemoveChild('One');
        another(stack, 'Two');
      },
    ],
  ])('is fine if %s', (_, make) => {
    another(stack, 'One');
    make();
    expect(warningsOf(stack.node.root)).toEqual([]);
  });
});

test('a log of all events and a dashboard come along, unless they are turned off', () => {
  const { activityLog, dashboard } = monitor();
  expect([activityLog, dashboard].every(Boolean)).toBe(true);
  stack = testStack();
  const none = monitor({ activityLog: false, dashboard: false });
  expect([none.activityLog, none.dashboard]).toEqual([undefined, undefined]);
});

test('an observability account has a sink for the organization, and its members link their metrics to it', () => {
  const app = stack.node.root as App;
  const management = new Stack(app, 'Management', { env: { account: '111111111111', region: 'eu-west-1' } });
  const organization = new OrganizationBackup(management, 'Backup', {
    organizationId: 'o-a1b2c3d4e5',
    targets: [OrganizationTarget.organizationalUnit('ou-a1b2-c3d4e5f6')],
    regions: ['eu-west-1'],
    tiers: [{ tier: BackupTier.BRONZE }],
  });
  const sinkArn = 'arn:aws:oam:eu-west-1:111122223333:sink/1a2b3c4d';
  new BackupMonitoring(stack, 'Monitoring', {
    organization,
    organizationId: 'o-a1b2c3d4e5',
    observability: true,
    observabilitySinkArn: sinkArn,
    hasTrail: true,
  });
  const template = synthesize(stack);
  template.hasResourceProperties('AWS::Oam::Sink', {
    Policy: { Statement: [{ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }] },
  });
  const members = JSON.stringify(propertiesOf(management, 'AWS::CloudFormation::StackSet'));
  for (const part of ['AWS::Oam::Link', sinkArn, 'ScheduleKeyDeletion', 'DetachPolicy'])
    expect(members).toContain(part);
  expect(schemaProblems(template.toJSON())).toEqual([]);
});

test('an organization sends its events to one bus, where each becomes one message', () => {
  const app = stack.node.root as App;
  const management = new Stack(app, 'Management', { env: { account: '111111111111', region: 'eu-west-1' } });
  const organization = new OrganizationBackup(management, 'Backup', {
    organizationId: 'o-a1b2c3d4e5',
    targets: [OrganizationTarget.organizationalUnit('ou-a1b2-c3d4e5f6')],
    regions: ['eu-west-1'],
    tiers: [{ tier: BackupTier.BRONZE }],
  });
  const { eventBusArn } = new BackupMonitoring(stack, 'Monitoring', {
    organization,
    organizationId: 'o-a1b2c3d4e5',
  });
  expect(eventBusArn).toMatch(/^arn:aws:events:eu-west-1:111122223333:event-bus\/backup-/);
  const template = synthesize(stack);
  template.hasResourceProperties('AWS::Events::EventBusPolicy', {
    Statement: { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } },
  });
  const onBus = propertiesOf(stack, 'AWS::Events::Rule').filter(({ EventBusName }) => EventBusName);
  expect(onBus.length).toBe(Object.values(BackupAlert).length - 4);
  const members = JSON.stringify(propertiesOf(management, 'AWS::CloudFormation::StackSet'));
  expect(members).toContain(eventBusArn);
  expect(schemaProblems(template.toJSON())).toEqual([]);
});

/** What the function of the check gets, as text. */
const requestIn = (scope: Stack) => {
  const rules = propertiesOf(scope, 'AWS::Events::Rule') as {
    ScheduleExpression?: string;
    Targets: { Input: unknown }[];
  }[];
  return JSON.stringify(rules.find(({ ScheduleExpression }) => ScheduleExpression)?.Targets[0].Input);
};

describe('a disaster recovery', () => {
  const FAR = { account: '111122223333', region: 'eu-central-1' };
  const setUp = () => {
    const far = new Stack(stack.node.root as App, 'Far', { env: FAR });
    const recovery = new DisasterRecovery(stack, 'Recovery', {
      source: new BackupVault(stack, 'Source', { backupVaultName: 'source' }),
      hops: [
        RecoveryHop.toVault(new BackupVault(far, 'Destination', { backupVaultName: 'far' }), {
          retention: Retention.days(35),
        }),
      ],
    });
    return { far, recovery };
  };

  test('is watched where copies arrive, by their age', () => {
    const { far, recovery } = setUp();
    const { check } = new BackupMonitoring(far, 'Monitoring', {
      recoveries: [recovery],
      copiesWithin: Duration.hours(36),
    });
    expect(check).toBeDefined();
    expect(requestIn(far)).toMatch(/vault.{1,200}maxAge[^,]{1,9}2160/);
  });

  test('is watched where copies leave, by how long they take', () => {
    const { recovery } = setUp();
    new BackupMonitoring(stack, 'Monitoring', { recoveries: [recovery], copyTarget: Duration.hours(12) });
    expect(requestIn(stack)).toContain('copySources');
    expect(requestIn(stack)).toMatch(/copyTarget[^,]{1,9}720/);
  });

  test.each<[string, () => BackupMonitoringProps, 'far' | 'here' | 'elsewhere', string]>([
    [
      'a destination without an age',
      () => ({}),
      'far',
      '`copiesWithin` must be set for the destinations of `Stack/Recovery`, got none; for daily backups, use `Duration.hours(36)`',
    ],
    [
      'a source without a target',
      () => ({}),
      'here',
      '`copyTarget` must be set for the copies of `Stack/Recovery`, got none; for example, use `Duration.hours(12)`',
    ],
    [
      'neither source nor destination',
      () => ({ copiesWithin: Duration.hours(36) }),
      'elsewhere',
      '`recoveries` must be monitored in the account and Region of the source or of a destination of `Stack/Recovery`, got none; create a `BackupMonitoring` in each of their stacks',
    ],
  ])('refuses %s', (_, props, where, message) => {
    const { far, recovery } = setUp();
    const elsewhere = new Stack(stack.node.root as App, 'Elsewhere', {
      env: { account: '111122223333', region: 'eu-north-1' },
    });
    const scope = { far, here: stack, elsewhere }[where];
    expect(
      refusal(() => new BackupMonitoring(scope, 'Monitoring', { recoveries: [recovery], ...props() })),
    ).toBe(`${message} (in \`${scope.node.id}/Monitoring\`)`);
  });
});

describe('calls that AWS CloudTrail records', () => {
  const waitsForCalls = () =>
    JSON.stringify(propertiesOf(stack, 'AWS::Events::Rule')).includes('AWS API Call via CloudTrail');

  test('are alerts where there is a trail: by your word, by a new trail, or by the log group of one', () => {
    monitor();
    expect(waitsForCalls()).toBe(false);
    for (const props of [
      () => ({ hasTrail: true }),
      () => ({ auditTrail: true }),
      () => ({ trailLogGroup: LogGroup.fromLogGroupName(stack, 'Trail', 'trail') }),
    ]) {
      stack = testStack();
      monitor(props());
      expect(waitsForCalls()).toBe(true);
    }
  });

  test('get saved queries for audits in the log group of the trail', () => {
    monitor({ trailLogGroup: LogGroup.fromLogGroupName(stack, 'Trail', 'trail') });
    const audits = propertiesOf(stack, 'AWS::Logs::QueryDefinition').filter(({ Name }) =>
      /Audit: /.test(String(Name)),
    );
    expect(audits).toHaveLength(5);
    expect(audits.every(({ LogGroupNames }) => JSON.stringify(LogGroupNames) === '["trail"]')).toBe(true);
  });

  test.each<[string, () => Partial<BackupMonitoringProps>, string]>([
    [
      'two trails',
      () => ({ auditTrail: true, trailLogGroup: LogGroup.fromLogGroupName(stack, 'Trail', 'trail') }),
      '`trailLogGroup` must be omitted with `auditTrail`; omit one of them (in `Stack/Monitoring`)',
    ],
    [
      'a trail that is not there',
      () => ({ auditTrail: true, hasTrail: false }),
      '`hasTrail` must be omitted with `auditTrail` if it is false; omit one of them (in `Stack/Monitoring`)',
    ],
  ])('%s are refused', (_, props, message) => {
    expect(refusal(() => monitor(props()))).toBe(message);
  });
});

test('messages for chat are so everywhere', () => {
  monitor({ plans: [planOf('Gold', BackupTier.SILVER.rules)], chat: true });
  expect(requestIn(stack)).toMatch(/chat[^,]{1,6}true/);
  const templates = JSON.stringify(propertiesOf(stack, 'AWS::Events::Rule'));
  expect(templates).toContain('client-markdown');
  expect(templates).not.toContain('\\"\\\\n\\"');
});

describe('mistakes', () => {
  const IN = ' (in `Stack/Monitoring`)';
  test.each<[string, () => object, string]>([
    [
      'nothing',
      () => ({ plans: [] }),
      '`plans`, `workloads`, `centralVaults`, `recoveries`, `vaults` or `organization` must name what to monitor, got none; for example, pass the plan whose backups matter',
    ],
    [
      'a plan of another library',
      () => ({ plans: ['plan-1'] }),
      '`plans[0]` must be a `BackupPlan` of this library, got `plan-1`; for what other apps create, use `vaults`',
    ],
    [
      'an unknown alert',
      () => ({ severities: { Fire: 'CRITICAL' } }),
      '`severities` must have values of `BackupAlert` as keys, got `Fire`; for example, use `{ [BackupAlert.COPY_FAILED]: BackupSeverity.CRITICAL }`',
    ],
    [
      'an unknown severity',
      () => ({ severities: { CopyFailed: 'LOUD' } }),
      '`severities` must have a `BackupSeverity` for `CopyFailed`, got `LOUD`; for example, use `{ [BackupAlert.COPY_FAILED]: BackupSeverity.CRITICAL }`',
    ],
    [
      'a central vault without an age',
      () => ({
        centralVaults: [
          new CentralVault(stack, 'Central', { copyFrom: [CopySource.organization('o-a1b2c3d4e5')] }),
        ],
      }),
      '`copiesWithin` must be set for `centralVaults`, got none; for daily backups, use `Duration.hours(36)`',
    ],
  ])('%s', (_, props, message) => {
    expect(refusal(() => monitor(props()))).toBe(message + IN);
  });

  test('an organization in a stack without an account', () => {
    const there = new Stack(new App(), 'There');
    expect(refusal(() => new BackupMonitoring(there, 'Monitoring', { organization: {} as never }))).toContain(
      '`organization` must be monitored in a stack with an account and a Region, since member accounts send their events there; set `env` on the stack',
    );
  });
});
