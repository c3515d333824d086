import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { earlierShop, HOSTILE_NAMES, hostileShop, largeApp, shop } from '../../scripts/report/shop';
import { conformanceOf } from '../../src/compliance/conformance/conformance';
import { coverageJson } from '../../src/coverage/coverage-json';
import { RunTimes } from '../../src/forecast/core/run-times';
import { costOutlook, DEFAULT_COST_INPUTS } from '../../src/forecast/outlook/cost-outlook';
import { forecastOf } from '../../src/forecast/outlook/forecast';
import { forecastJson } from '../../src/forecast/outlook/forecast-json';
import { SCENARIOS } from '../../src/forecast/survival/scenarios';
import { inventoryOf } from '../../src/inventory/inventory';
import { conformanceData } from '../../src/report/data/conformance-data';
import { costData } from '../../src/report/data/cost-data';
import { type PageData, STATUSES } from '../../src/report/data/page-data';
import { pageDataOf } from '../../src/report/data/page-data-of';
import { decodeRuns, encodeRuns } from '../../src/report/data/runs';
import { daysText, durationText, shareText } from '../../src/report/page/amounts';
import { reportPage } from '../../src/report/page/report-page';
import { summaryLines } from '../../src/report/page/summary-lines';
import { topologyOf } from '../../src/report/topology/topology-builder';
import { numberText } from '../../src/values/core/plain-text';
import { ComplianceStandard } from '../../src/values/standards/compliance-standard';
import { stack } from '../support/backups';

const PERIOD = { from: Date.UTC(2027, 0, 1), to: Date.UTC(2028, 0, 1) };

function analyzed(stacks: ReturnType<typeof shop>) {
  const sources = stacks.map(({ name, account, region, resources }) =>
    stack(name, resources, { account, region }),
  );
  const forecast = forecastOf(inventoryOf(sources), { period: PERIOD });
  const data = pageDataOf({
    title: 'cdk.out',
    version: '1.2.3',
    now: new Date('2026-12-31T00:00:00Z'),
    forecast,
    cost: costData(costOutlook(forecast, DEFAULT_COST_INPUTS), DEFAULT_COST_INPUTS),
    topology: topologyOf(forecast.inventory, forecast.coverage, []),
    findings: [],
    acknowledged: [],
    cwd: '/work',
  });
  return { forecast, data };
}

const SHOP = analyzed(shop());

/** What the page contains as data. */
function dataIn(html: string): PageData {
  const [, type, content] =
    /<script type="application\/([a-z-]+)" id="data">(.*?)<\/script>/s.exec(html) ?? [];
  return JSON.parse(
    type === 'json' ? content : inflateRawSync(Buffer.from(content, 'base64')).toString('utf8'),
  );
}

test('runs are stored in few numbers, and read back exactly', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 20_000_000, max: 40_000_000 }),
      fc.array(fc.tuple(fc.integer({ min: 1, max: 50_000 }), fc.integer({ min: 1, max: 20 })), {
        maxLength: 20,
      }),
      (first, gaps) => {
        const minutes = [first];
        for (const [gap, times] of gaps)
          for (let i = 0; i < times; i++) minutes.push(minutes[minutes.length - 1] + gap);
        const times = Float64Array.from(minutes, (minute) => minute * 60_000);
        const encoded = encodeRuns(new RunTimes(times));
        expect(decodeRuns(encoded)).toEqual(times);
        expect(encoded.length).toBeLessThanOrEqual(1 + 2 * gaps.length);
      },
    ),
  );
  expect(decodeRuns(encodeRuns(RunTimes.NONE))).toHaveLength(0);
});

test('a daily rule in a time zone takes a few numbers a year: the clocks change twice', () => {
  expect(SHOP.data.runs.map((encoded) => encoded.length).sort((a, b) => a - b)[0]).toBeLessThan(14);
});

test('the data says of each resource what coverage and forecast say', () => {
  const { data, forecast } = SHOP;
  const coverage = coverageJson(forecast.coverage);
  const { resources } = forecastJson(forecast, costOutlook(forecast, DEFAULT_COST_INPUTS));
  const { resources: columns, profiles, names } = data;
  expect(data.summary).toEqual(coverage.summary);
  for (const [index, one] of resources.entries()) {
    const profile = profiles[columns.profile[index]];
    const of = coverage.resources[index];
    expect({
      stack: names.stacks[columns.stack[index]],
      logicalId: columns.logicalId[index],
      protected: STATUSES[columns.status[index]] === 'protected',
      rpo: profile.rpoMinutes,
      plans: profile.plans,
      tested: profile.tested,
      points: profile.points,
      copies: profile.copied,
      survives: profile.survives,
      killingSets: profile.killingSets,
      reason: columns.optOuts[index]?.reason,
    }).toEqual({
      stack: one.stack,
      logicalId: one.logicalId,
      protected: of.protected,
      rpo: of.recoveryPointObjectiveMinutes ?? null,
      plans: of.plans,
      tested: of.tested,
      points: one.recoveryPoints,
      copies: one.copies,
      survives: SCENARIOS.map((scenario) => one.survives[scenario]),
      killingSets: one.killingSets,
      reason: of.optedOut?.reason,
    });
  }
});

test('each answer to the standards is stored once, with at most some of its places, and counts all', () => {
  const { forecast } = analyzed(largeApp(500));
  const conformance = conformanceOf(forecast, [ComplianceStandard.NIST_800_53, ComplianceStandard.DORA]);
  const data = conformanceData(conformance);
  const texts = data.answers.map((answer) => JSON.stringify(answer));
  expect(new Set(texts).size).toBe(texts.length);
  expect(JSON.stringify(data).length).toBeLessThan(40_000);
  for (const [index, { requirements }] of conformance.standards.entries())
    for (const [position, { evidence, status }] of requirements.entries()) {
      const answer = data.answers[data.standards[index].requirements[position].answer];
      expect(answer.status).toBe(status);
      const kinds = new Map<string, number>();
      for (const { value, place, ...one } of evidence) {
        const kind = `${one.status} ${value}`;
        kinds.set(kind, (kinds.get(kind) ?? 0) + (place ? 1 : 0));
      }
      expect(answer.evidence.length + answer.more).toBe(kinds.size);
      for (const { value, count, places, ...one } of answer.evidence) {
        expect(count).toBe(kinds.get(`${one.status} ${value}`));
        expect(places.length).toBe(Math.min(5, count));
      }
    }
});

test('numbers have the separators of American English', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -1e12, max: 1e12, noNaN: true }),
      fc.constantFrom(0, 2),
      (amount, digits) => {
        const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
        const text = numberText(amount, digits);
        // both round a value in the middle, but not to the same side of it
        expect(Math.abs(Number(text.replaceAll(',', '')) - amount)).toBeLessThanOrEqual(
          0.5001 * 10 ** -digits,
        );
        expect(text).toBe(Number(text.replaceAll(',', '')).toLocaleString('en-US', options));
      },
    ),
  );
  expect([0, 999, 1000, 1_234_567].map((amount) => numberText(amount))).toEqual([
    '0',
    '999',
    '1,000',
    '1,234,567',
  ]);
  expect(numberText(1234.5, 2)).toBe('1,234.50');
});

test('the verdict has the share, the worst RPO, and what survives', () => {
  expect(summaryLines(SHOP.data).map(({ key, value, state }) => [key, value, state])).toEqual([
    ['protected', '71 %', 'bad'],
    ['unprotected', '4', 'bad'],
    ['rpo', '72 h', 'neutral'],
    ['errors', '0', 'good'],
    ['account', '4 of 14', 'bad'],
    ['region', '4 of 14', 'bad'],
    ['cost', '–', 'neutral'],
  ]);
});

test('an app without resources has nothing to protect, and nothing wrong', () => {
  const { data } = analyzed([]);
  expect(summaryLines(data).map(({ value }) => value)).toEqual(['–', '0', '–', '0', '–', '–']);
  expect(dataIn(reportPage(data)).resources.logicalId).toEqual([]);
});

test('the policy allows exactly the code and the style of the page', () => {
  const html = reportPage(SHOP.data);
  const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
  const [, style] = /<style>(.*?)<\/style>/s.exec(html) ?? [];
  const [, script] = /<script>(.*?)<\/script>\n<\/body>/s.exec(html) ?? [];
  const hash = (content: string) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
  expect(policy).toBe(
    `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`,
  );
  expect(html.match(/<\/script/gi)).toHaveLength(2);
  expect(script.length + style.length).toBeLessThan(100_000);
});

test('whatever names say, the data can be read back, and is the only thing in its element', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.constantFrom(...HOSTILE_NAMES), fc.string({ unit: 'binary', maxLength: 30 })),
      (name) => {
        const html = reportPage({ ...SHOP.data, title: name, names: { ...SHOP.data.names, stacks: [name] } });
        const [shown] = dataIn(html).names.stacks;
        expect(shown).toBe(
          name.replace(/(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]|\p{Surrogate}/gu, '\ufffd'),
        );
        expect(html.match(/<\/?script/gi)).toHaveLength(4);
        expect(/[\p{Zl}\p{Zp}\p{Bidi_Control}]/u.test(html)).toBe(false);
      },
    ),
    { numRuns: 60 },
  );
});

test('a large app is compressed: 10,000 resources take far less than 1 MB', () => {
  const { data } = analyzed(largeApp(10_000));
  const html = reportPage(data);
  expect(dataIn(html).resources.logicalId).toEqual(data.resources.logicalId);
  expect(html.length).toBeLessThan(500_000);
});

test('versions of an app differ in their data only where the app differs', () => {
  const [now, before] = [SHOP.data, analyzed(earlierShop()).data];
  expect(before.summary.unprotected).toBe(now.summary.unprotected - 1);
  expect(before.resources.logicalId).toEqual(now.resources.logicalId);
});

test('hostile names stay in the topology as text', () => {
  const { svg } = analyzed(hostileShop()).data.topology;
  expect(svg).not.toMatch(/<(script|img|!--)/);
  expect(svg).toContain('&lt;script&gt;');
});

test.each([
  [5, '5 min'],
  [60, '1 h'],
  [1440, '24 h'],
  [4320, '72 h'],
  [5760, '4 days'],
  [44_640, '31 days'],
])('%i minutes read %s', (minutes, text) => {
  expect(durationText(minutes)).toBe(text);
});

test.each([
  [0, '0 %'],
  [0.001, '< 1 %'],
  [0.5, '50 %'],
  [0.999, '> 99 %'],
  [1, '100 %'],
])('a share of %d reads %s', (share, text) => {
  expect(shareText(share)).toBe(text);
});

test.each([
  [1, '1 day'],
  [35, '35 days'],
  ['forever', 'forever'],
  [null, '–'],
] as const)('a retention of %s reads %s', (days, text) => {
  expect(daysText(days)).toBe(text);
});
