import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import {
  BackupActivityLog,
  BackupDashboard,
  BackupFreshnessCheck,
  BackupSchedule,
  BackupVault,
  RecoveryPointSelection,
  RestoreTestingPlan,
} from '../src';

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly alarms?: unknown[];
    readonly metrics?: unknown[][];
    readonly annotations?: { readonly horizontal?: { readonly value: number; readonly label: string }[] };
    readonly query?: string;
    readonly yAxis?: { readonly left?: { readonly label?: string } };
  };
}

const [CELL_X, CELL_Y, GAP] = [48, 40, 6];
const COLORS = ['#1f77b4', '#ff7f0e', '#2ca02c'];

/** The dashboard of a vault, a check with targets, and a log of events, as CloudWatch gets it. */
function widgets(): Widget[] {
  const stack = new Stack(new App(), 'Picture', { env: { account: '111122223333', region: 'eu-west-1' } });
  const vault = new BackupVault(stack, 'Vault');
  const restoreTestingPlan = new RestoreTestingPlan(stack, 'Tests', {
    schedule: BackupSchedule.weekly(),
    recoveryPoints: RecoveryPointSelection.latest({ vaults: [vault] }),
  });
  const dashboard = new BackupDashboard(stack, 'Dashboard', {
    vaults: [vault],
    checks: [
      new BackupFreshnessCheck(stack, 'Check', {
        vaults: [{ vault, maxAge: Duration.hours(26) }],
        copyTarget: Duration.hours(6),
        restoreTests: [{ restoreTestingPlan, target: Duration.hours(2) }],
      }),
    ],
    activityLog: new BackupActivityLog(stack, 'Activity'),
    runbook: 'https://wiki.example.com/backup',
  });
  const { dashboardBody } = dashboard.dashboard.node.defaultChild as unknown as { dashboardBody: unknown };
  const textOf = (value: unknown): string => {
    if (typeof value === 'string') return value;
    const parts = (value as { 'Fn::Join'?: [string, unknown[]] })['Fn::Join'];
    return parts ? parts[1].map(textOf).join(parts[0]) : 'reference';
  };
  return JSON.parse(textOf(stack.resolve(dashboardBody))).widgets;
}

/** Sample data: the same in each run. */
function sample(seed: number, isRare: boolean): number[] {
  return Array.from({ length: 56 }, (_, i) => {
    if (isRare) return (i + seed * 13) % 47 === 0 ? 1 : 0;
    return 20 + ((i * 7 + seed * 11) % 8) * (8 - seed) + (i % 8) * 3;
  });
}

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const label = (x: number, y: number, text: string, more = '') =>
  `<text x="${x}" y="${y}" ${more}>${escaped(text)}</text>`;

function graphOf({ properties }: Widget, x: number, y: number, w: number, h: number): string {
  const lines = (properties.metrics ?? []).flatMap((row) => {
    const options = row.at(-1) as { label?: string; color?: string; expression?: string };
    const names = options.expression?.includes('AgeAgainstObjective')
      ? ['gold EBS', 'gold EFS', 'silver S3']
      : options.expression?.includes('DaysUntilLockIsFinal')
        ? ['vault gold']
        : [options.label ?? ''];
    return names.map((name, index) => ({ name, color: options.color ?? COLORS[index] }));
  });
  const limit = properties.annotations?.horizontal?.[0];
  const top = limit ? limit.value * 1.4 : 100;
  const plot = { x: x + 40, y: y + 34, w: w - 56, h: h - 72 };
  const at = (value: number) => plot.y + plot.h - (Math.min(value, top) / top) * plot.h;
  const paths = lines.map(({ color, name }, index) => {
    const isRare = /fail|expired|cancel|late|incomplete|not deleted|issues/.test(name);
    const values = /vault gold/.test(name)
      ? Array.from({ length: 56 }, (_, i) => 90 - i)
      : sample(index, isRare).map((value) => (isRare ? value * 25 : (value * top) / (limit ? 140 : 100)));
    const points = values.map(
      (value, i) => `${(plot.x + (i / 55) * plot.w).toFixed(1)},${at(value).toFixed(1)}`,
    );
    return `<polyline points="${points.join(' ')}" fill="none" stroke="${color}" stroke-width="1.5"/>`;
  });
  let left = plot.x;
  const legend = lines.map(({ name, color }) => {
    const entry = `<rect x="${left}" y="${y + h - 20}" width="10" height="10" fill="${color}"/>${label(left + 14, y + h - 11, name, 'font-size="11"')}`;
    left += 18 + name.length * 5.6;
    return entry;
  });
  return [
    `<line x1="${plot.x}" y1="${at(0)}" x2="${plot.x + plot.w}" y2="${at(0)}" stroke="#999"/>`,
    ...(limit
      ? [
          `<line x1="${plot.x}" y1="${at(limit.value)}" x2="${plot.x + plot.w}" y2="${at(limit.value)}" stroke="#d62728" stroke-dasharray="4"/>`,
          label(
            plot.x + 4,
            at(limit.value) - 4,
            `${limit.label} (${limit.value})`,
            'font-size="11" fill="#d62728"',
          ),
        ]
      : []),
    label(x + 10, plot.y + 8, properties.yAxis?.left?.label ?? '', 'font-size="11" fill="#666"'),
    ...paths,
    ...legend,
  ].join('');
}

function contentOf(widget: Widget, x: number, y: number, w: number, h: number): string {
  const { type, properties } = widget;
  if (type === 'text') {
    const [title = '', links = ''] = (properties.markdown ?? '').split('\n');
    return (
      label(x + 12, y + 32, title.replace('# ', ''), 'font-size="24" font-weight="bold"') +
      label(x + 12, y + 56, links.replace(/\[([^\]]+)\]\([^)]*\)/g, '$1'), 'font-size="13" fill="#0972d3"')
    );
  }
  const title = label(x + 10, y + 20, properties.title ?? '', 'font-size="13" font-weight="bold"');
  if (type === 'alarm') {
    const names = ['Resources out of objective', 'Check is silent'];
    return (
      title +
      (properties.alarms ?? [])
        .map(
          (_, i) =>
            `<rect x="${x + 10 + i * 260}" y="${y + 34}" width="250" height="40" rx="4" fill="#e9f6e9" stroke="#2ca02c"/>${label(x + 22 + i * 260, y + 59, `OK   ${names[i] ?? 'Alarm'}`, 'font-size="12"')}`,
        )
        .join('')
    );
  }
  if (type === 'log') {
    const rows = ['arn:…:volume/vol-1    41', 'arn:…:file-system/fs-1    28', 'arn:…:table/orders    12'];
    return (
      title + rows.map((row, i) => label(x + 12, y + 48 + i * 24, row, 'font-size="12" fill="#444"')).join('')
    );
  }
  return title + graphOf(widget, x, y, w, h);
}

const all = widgets();
const height = Math.max(...all.map(({ y, height }) => y + height)) * CELL_Y;
const boxes = all.map((widget) => {
  const [x, y] = [widget.x * CELL_X + GAP / 2, widget.y * CELL_Y + GAP / 2];
  const [w, h] = [widget.width * CELL_X - GAP, widget.height * CELL_Y - GAP];
  return `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="6" fill="#fff" stroke="#d5dbdb"/>${contentOf(widget, x, y, w, h)}`;
});
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${24 * CELL_X} ${height}" font-family="sans-serif"><rect width="100%" height="100%" fill="#f2f3f3"/>\n${boxes.join('\n')}\n</svg>\n`;
writeFileSync(join(__dirname, '..', 'docs', 'dashboard.svg'), svg);
