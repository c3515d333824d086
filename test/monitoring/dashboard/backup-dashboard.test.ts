import { Duration, type Stack } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { Dashboard, type IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { BackupFreshnessCheck } from '../../../src/monitoring/absence/backup-freshness-check';
import { BackupActivityLog } from '../../../src/monitoring/activity/backup-activity-log';
import { BackupDashboard } from '../../../src/monitoring/dashboard/backup-dashboard';
import type { BackupDashboardProps } from '../../../src/monitoring/dashboard/backup-dashboard-props';
import { RestoreTestingPlan } from '../../../src/resources/restore-testing/restore-testing-plan';
import { BackupVault } from '../../../src/resources/vault/backup-vault';
import { BACKUP_METRICS } from '../../../src/values/core/backup-metrics';
import { refusal } from '../../support/refusal';
import { schemaProblems } from '../../support/schema';
import { propertiesOf, synthesize, testStack } from '../../support/synthesis';

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly metrics?: unknown[];
    readonly yAxis?: { readonly left?: { readonly label?: string } };
    readonly annotations?: unknown;
  };
}

let stack: Stack;
beforeEach(() => {
  stack = testStack();
});

function widgetsOf(props?: BackupDashboardProps): Widget[] {
  new BackupDashboard(stack, 'Dashboard', props);
  const [{ DashboardBody }] = propertiesOf(stack, 'AWS::CloudWatch::Dashboard');
  return JSON.parse(bodyOf(DashboardBody)).widgets;
}

function bodyOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const join = (value as { 'Fn::Join'?: [string, unknown[]] })['Fn::Join'];
  return join ? join[1].map(bodyOf).join(join[0]) : 'reference';
}

const everything = (): BackupDashboardProps => {
  const vault = new BackupVault(stack, 'Vault');
  return {
    vaults: [vault],
    checks: [new BackupFreshnessCheck(stack, 'Check', { vaults: [{ vault, maxAge: Duration.hours(26) }] })],
    activityLog: new BackupActivityLog(stack, 'Activity'),
    runbook: 'https://wiki.example.com/backup',
  };
};

describe.each<[string, () => BackupDashboardProps]>([
  ['with everything', everything],
  [
    'with a target for copies',
    () => {
      const check = new BackupFreshnessCheck(stack, 'Check', {
        vaults: [{ vault: new BackupVault(stack, 'Vault'), maxAge: Duration.hours(26) }],
        copyTarget: Duration.hours(4),
        restoreTests: [
          {
            restoreTestingPlan: RestoreTestingPlan.fromRestoreTestingPlanAttributes(stack, 'Tests', {
              restoreTestingPlanName: 'weekly',
              restoreTestingPlanArn: 'arn:aws:backup:eu-west-1:111122223333:restore-testing-plan:weekly-1',
            }),
            target: Duration.hours(2),
          },
        ],
      });
      return { checks: [check] };
    },
  ],
  ['of a Region, with nothing else', () => ({})],
])('a dashboard %s', (_, props) => {
  test('has no widgets that overlap, or that are wider than the screen', () => {
    const widgets = widgetsOf(props());
    for (const [index, a] of widgets.entries()) {
      expect(a.x + a.width).toBeLessThanOrEqual(24);
      for (const b of widgets.slice(index + 1))
        expect(
          a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y,
        ).toBe(true);
    }
  });

  test('has no gaps: each row is full', () => {
    const widths = new Map<number, number>();
    for (const { y, width } of widgetsOf(props())) widths.set(y, (widths.get(y) ?? 0) + width);
    expect([...widths.values()].every((width) => width === 24)).toBe(true);
  });

  test('has a title on each widget, a unit on each axis, and a line in each graph', () => {
    for (const { type, properties } of widgetsOf(props())) {
      if (type === 'text') continue;
      expect(properties.title).toMatch(/^[A-Z]/);
      if (type !== 'metric') continue;
      expect(properties.yAxis?.left?.label).toMatch(/^(Count|Percent|Days|Seconds)$/);
      expect(properties.metrics).not.toEqual([]);
    }
  });

  test('reads metrics that AWS Backup publishes, or that this library does', () => {
    const text = JSON.stringify(widgetsOf(props()));
    const names = [...text.matchAll(/NumberOf\w+/g)].map(([name]) => name);
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => !BACKUP_METRICS.includes(name))).toEqual([]);
  });
});

test('the age of the newest backups and the alarms come first', () => {
  const widgets = widgetsOf(everything());
  expect(widgets.slice(0, 5).map(({ properties }) => properties.title ?? properties.markdown)).toEqual([
    '# Backups\n[Runbook](https://wiki.example.com/backup) · [AWS Backup](https://console.aws.amazon.com/backup/home?region=eu-west-1)',
    'Age of the newest backup against its objective',
    'Resources out of objective',
    'Days until locks become final',
    'Alarms',
  ]);
  expect(JSON.stringify(widgets[1].properties.annotations)).toContain('"value":100');
});

test('fits the schema of CloudFormation', () => {
  new BackupDashboard(stack, 'Dashboard', everything());
  expect(schemaProblems(synthesize(stack).toJSON())).toEqual([]);
});

test('a log of aws-cdk-lib is refused', () => {
  expect(refusal(() => widgetsOf({ activityLog: 'log' as never }))).toBe(
    '`activityLog` must be a `BackupActivityLog`, got `log` (in `Stack/Dashboard`)',
  );
});

describe('a segment of cdk-monitoring-constructs', () => {
  /** As cdk-monitoring-constructs 9.x declares it, which is no dependency: an optional library has to accept the shape. */
  interface IDashboardSegment {
    alarmWidgets(): IWidget[];
    summaryWidgets(): IWidget[];
    widgets(): IWidget[];
  }

  test('adds its widgets to the dashboards of a facade, in rows that do not overlap', () => {
    const segment: IDashboardSegment = new BackupDashboard(stack, 'Segment', everything());
    const parts = {
      Service: segment.widgets(),
      Summary: segment.summaryWidgets(),
      Alarms: segment.alarmWidgets(),
    };
    for (const [id, widgets] of Object.entries(parts)) {
      expect(widgets.length).toBeGreaterThan(0);
      new Dashboard(stack, id).addWidgets(...widgets); // what the factory of the library does
    }
    const template = synthesize(stack);
    for (const id of Object.keys(parts)) {
      const cells = placed(template, id).flatMap(({ x, y, width, height }) =>
        Array.from({ length: width * height }, (_, i) => `${x + (i % width)},${y + Math.floor(i / width)}`),
      );
      expect(new Set(cells).size).toBe(cells.length);
    }
  });

  /** The widgets of a dashboard of the stack. */
  function placed(template: Template, id: string): Widget[] {
    const dashboards = template.findResources('AWS::CloudWatch::Dashboard');
    const [name] = Object.keys(dashboards).filter((each) => each.startsWith(id));
    return JSON.parse(bodyOf(dashboards[name].Properties.DashboardBody)).widgets;
  }
});
