/**
 * `npx projen test:report`: opens pages of `cdk-backup report` in Chromium, which it installs where it can, and uses them:
 * every section, filters, links, keyboard alone, light and dark, narrow, in print. axe-core judges how accessible they are.
 * The numbers must be those of the other commands, and names that look like code must stay text.
 *
 * An argument chooses the tests with this text in their names.
 *
 * Exit code 77: skipped, since there is no Chromium here.
 */
import { deepStrictEqual, ok, strictEqual } from 'node:assert';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { SCENARIO_TEXT } from '../page/scenario-text';
import type { ConformanceJson } from '../src/compliance/conformance/conformance-json';
import type { CoverageJson } from '../src/coverage/coverage-json';
import type { Difference } from '../src/forecast/difference/summary';
import type { ForecastJson } from '../src/forecast/outlook/forecast-json';
import { daysText, durationText, moneyText, shareText } from '../src/report/page/amounts';
import { runInBrowser } from './report/browser';
import { cdkBackup } from './report/command';
import { faultsIn, SMALLEST_ON_PAPER } from './report/faults';
import {
  earlierShop,
  HOSTILE_NAMES,
  hostileShop,
  largeApp,
  longNames,
  SHOP_ORGANIZATION,
  SHOP_SIZES,
  shop,
  writeAssembly,
} from './report/shop';
import { dim, green, red } from './terminal';

const PERIOD = ['--from', '2027-01-01', '--for', 'P1Y'];
const WIDE = { viewport: { width: 1440, height: 900 } };
const NARROW = { viewport: { width: 360, height: 740 } };
const WORKERS = 3;
let folder = '';
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

interface Check {
  readonly id: string;
  readonly severity: string;
  readonly stack: string;
  readonly logicalId: string;
}

/** A page of an input, opened in a browser. */
class Opened {
  /** What must not happen: errors, messages on the console, requests. */
  public readonly faults: string[] = [];

  private constructor(
    public readonly page: Page,
    public readonly close: () => Promise<void>,
  ) {}

  public static async at(
    browser: Browser,
    file: string,
    options: BrowserContextOptions & { readonly hash?: string } = WIDE,
  ): Promise<Opened> {
    const { hash = '', ...rest } = options;
    const context = await browser.newContext(rest);
    const page = await context.newPage();
    const opened = new Opened(page, () => context.close());
    const url = `file://${file}`;
    page.on('console', (message) => opened.faults.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => opened.faults.push(`error: ${error.message}`));
    page.on('request', (request) => {
      if (!request.url().startsWith(url)) opened.faults.push(`request: ${request.url()}`);
    });
    await page.goto(url + hash);
    await page.waitForSelector('footer');
    return opened;
  }

  public async text(selector: string): Promise<string> {
    return (await this.page.locator(selector).first().innerText()).trim();
  }

  /**
   * Serious findings of axe-core.
   *
   * @param within a selector of the part that is judged
   * @param rules the rules; all if absent
   */
  public async barriers(within: string, rules?: readonly string[]): Promise<string[]> {
    await this.page.evaluate(axe);
    const { violations } = await this.page.evaluate(
      ([selector, only]) =>
        (window as unknown as { axe: Axe }).axe.run(selector, {
          resultTypes: ['violations'],
          ...(only ? { runOnly: only } : {}),
        }),
      [within, rules] as const,
    );
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`);
  }

  /** Opens everything that can be opened. */
  public async unfold(): Promise<void> {
    await this.page.evaluate(() => {
      for (const summary of document.querySelectorAll<HTMLElement>('details:not([open]) > summary'))
        summary.click();
    });
    await this.page.waitForFunction(() => document.querySelectorAll('details:not([open])').length === 0);
  }

  /** How far the page is wider than the window. */
  public overflow(): Promise<number> {
    return this.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  }
}

interface Axe {
  run(within: string, options: object): Promise<{ violations: AxeViolation[] }>;
}

interface AxeViolation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

function write(name: string, ...args: readonly string[]): string {
  const file = join(folder, `${name}.html`);
  cdkBackup('report', ...args, ...PERIOD, '--out', file);
  return file;
}

type Test = readonly [name: string, run: (browser: Browser) => Promise<void>];

function testsOf(): Test[] {
  const app = writeAssembly(join(folder, 'shop'), shop());
  const before = writeAssembly(join(folder, 'earlier'), earlierShop());
  const organization = join(folder, 'organization.json');
  writeFileSync(organization, JSON.stringify(SHOP_ORGANIZATION));
  const sizes = ['--sizes', join(folder, 'sizes.json')];
  writeFileSync(sizes[1], JSON.stringify(SHOP_SIZES));
  const standards = ['--standard', 'cis-controls,gdpr,sec-17a-4', '--threshold', 'maxErasureDays=90'];
  const whole = write('whole', app, organization, '--before', before, ...sizes, ...standards);
  const hostile = write('hostile', writeAssembly(join(folder, 'hostile'), hostileShop()));
  const long = write('long', writeAssembly(join(folder, 'long'), longNames()));
  const empty = write('empty', writeAssembly(join(folder, 'empty'), []));
  const config = join(folder, 'accepted.json');
  writeFileSync(
    config,
    JSON.stringify({ ignore: [{ place: '*', ids: ['Backup-LockRange'], reason: 'until the next quarter' }] }),
  );
  const accepted = write('accepted', app, '--config', config);
  const large = write('large', writeAssembly(join(folder, 'large'), largeApp(10_000)));

  const coverage = JSON.parse(cdkBackup('coverage', app, '--format', 'json')) as CoverageJson;
  const forecast = JSON.parse(
    cdkBackup('forecast', app, ...PERIOD, ...sizes, '--format', 'json'),
  ) as ForecastJson;
  const checks = JSON.parse(cdkBackup('check', app, '--format', 'json')) as { findings: Check[] };
  const conformance = JSON.parse(
    cdkBackup('conformance', app, ...PERIOD, ...standards, '--format', 'json'),
  ) as ConformanceJson;
  const difference = JSON.parse(
    cdkBackup('diff', before, app, ...PERIOD, ...sizes, '--format', 'json'),
  ) as Difference;

  const on =
    (
      file: string,
      options: BrowserContextOptions & { readonly hash?: string },
      run: (opened: Opened) => Promise<void>,
    ) =>
    async (browser: Browser) => {
      const opened = await Opened.at(browser, file, options);
      try {
        await run(opened);
        deepStrictEqual(opened.faults, []);
      } finally {
        await opened.close();
      }
    };
  const rows = (opened: Opened) => opened.page.locator('.table-row[data-row]:not(.group)');

  return [
    [
      'the numbers are those of coverage, check, forecast and diff',
      on(whole, WIDE, async (opened) => {
        const number = (key: string) => opened.text(`[data-number=${key}]`);
        const { total, unprotected } = coverage.summary;
        strictEqual(await number('protected'), shareText((total - unprotected) / total));
        strictEqual(await number('unprotected'), String(unprotected));
        const objectives = coverage.resources
          .filter((one) => one.protected)
          .flatMap((one) => one.recoveryPointObjectiveMinutes ?? []);
        strictEqual(await number('rpo'), durationText(Math.max(...objectives)));
        const errors = checks.findings.filter(({ severity }) => severity === 'error');
        strictEqual(await number('errors'), String(errors.length));
        const surviving = (scenario: 'workloadAccount' | 'region') =>
          forecast.resources.filter(({ survives }) => survives[scenario].status === 'survives').length;
        strictEqual(await number('account'), `${surviving('workloadAccount')} of ${total}`);
        strictEqual(await number('region'), `${surviving('region')} of ${total}`);
        strictEqual(
          await opened.text('#changes .lead'),
          `${difference.summary.weaker} weaker, ${difference.summary.stronger} stronger, ${difference.summary.neutral} neutral.`,
        );
        strictEqual(await number('cost'), moneyText(forecast.cost.perMonth, forecast.cost.currency));
        strictEqual(await number('found'), `${total} resources`);
        const places = await opened.page.locator('.finding .count').allInnerTexts();
        strictEqual(
          places.reduce((sum, text) => sum + Number.parseInt(text, 10), 0),
          checks.findings.length,
        );
      }),
    ],
    [
      'the timeline counts the recovery points that forecast counts, on every first of a month',
      on(whole, WIDE, async (opened) => {
        for (const { date, alive } of forecast.timeline) {
          await opened.page.fill('#timeline input[type=date]', date);
          await opened.page.locator('#timeline input[type=date]').dispatchEvent('change');
          const text = await opened.text('[data-number=restorable]');
          ok(
            text.startsWith(`On ${date}, ${alive.toLocaleString('en-US')} recovery point`),
            `${text} must have ${alive}`,
          );
        }
      }),
    ],
    [
      'each resource shows what forecast says about it: points, copies and losses',
      on(whole, WIDE, async (opened) => {
        for (const { stack, logicalId, recoveryPoints, copies, survives } of forecast.resources) {
          const key = `${stack}/${logicalId}`;
          await opened.page.evaluate((to) => {
            location.hash = `#resource=${encodeURIComponent(to)}`;
          }, key);
          await opened.page.locator('#resource-title', { hasText: key }).waitFor();
          const facts = await opened.page.locator('dialog dd').allInnerTexts();
          ok(
            facts.includes(
              `${recoveryPoints.alive} of ${recoveryPoints.created}${recoveryPoints.cold > 0 ? `, ${recoveryPoints.cold} cold` : ''}`,
            ),
            key,
          );
          ok(facts.includes(`${copies.alive} of ${copies.created}`), key);
          const fates = await opened.page.locator('.fates li').allInnerTexts();
          for (const [index, { status }] of Object.values(survives).entries())
            ok(fates[index].includes(status), `${key}: ${fates[index]} must be ${status}`);
        }
      }),
    ],
    [
      'search, status, type, groups and sorting choose and order the rows',
      on(whole, WIDE, async (opened) => {
        const { page } = opened;
        await page.fill('input[type=search]', 'team=catalog');
        strictEqual(await opened.text('[data-number=found]'), '5 resources');
        await page.fill('input[type=search]', 'no such thing');
        strictEqual(await opened.text('.empty'), 'No resource matches.');
        await page.fill('input[type=search]', '');
        await page.locator('.chip.unprotected').click();
        strictEqual(await rows(opened).count(), coverage.summary.unprotected);
        await page.locator('.chip.all').click();
        await page.selectOption('#coverage select >> nth=0', 'S3');
        strictEqual(
          await rows(opened).count(),
          coverage.resources.filter(({ resourceType }) => resourceType === 'S3').length,
        );
        await page.selectOption('#coverage select >> nth=0', 'all');
        await page.selectOption('#coverage select >> nth=1', 'stack');
        deepStrictEqual(
          await page.locator('.table-row.group strong').allInnerTexts(),
          [...new Set(coverage.resources.map(({ stack }) => stack))].sort(),
        );
        await page.selectOption('#coverage select >> nth=1', 'none');
        await page.locator('.head button', { hasText: 'Resource' }).click();
        const names = await page
          .locator('.two a')
          .evaluateAll((all) => all.map(({ textContent }) => textContent ?? ''));
        deepStrictEqual(
          names,
          [...names].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)),
        );
      }),
    ],
    [
      'each row shows plans, RPO, retention, copies, lock, restore test, findings, and why a resource is opted out',
      on(whole, WIDE, async (opened) => {
        const shown = await rows(opened).evaluateAll((all) =>
          all.map((row) => [...row.children].map((cell) => (cell as HTMLElement).innerText.trim())),
        );
        const found = new Map(
          shown.map(([name, ...cells]) => [name.split('\n').slice(1).join(' ').replace(' /', '/'), cells]),
        );
        for (const {
          stack,
          logicalId,
          resourceType,
          plans,
          tested,
          optedOut,
          ...one
        } of coverage.resources) {
          const key = `${stack}/${logicalId}`;
          const cells = found.get(`${key} ${resourceType}`);
          ok(cells, `${key} in ${[...found.keys()].join()}`);
          const [plan, rpo, retention, copyCount, lock, test, findings] = cells;
          const minutes = one.recoveryPointObjectiveMinutes;
          strictEqual(
            plan,
            plans.map(({ name }) => name).join(', ') || (optedOut ? optedOut.reason : 'not protected'),
          );
          strictEqual(rpo, minutes === undefined ? '–' : durationText(minutes));
          strictEqual(retention, daysText(one.retention?.longest ?? null));
          strictEqual(copyCount, String(one.copies?.length || '–'));
          strictEqual(lock, { gold: 'compliance', bronze: 'compliance', silver: 'governance' }[plan] ?? '–');
          strictEqual(test, tested ? 'yes' : 'no');
          const own = checks.findings.filter(
            (each) => each.stack === stack && each.logicalId === logicalId,
          ).length;
          strictEqual(findings, own === 0 ? '–' : String(own));
        }
      }),
    ],
    [
      'resources are grouped by type, account, Region and tag, too, with the share of each group',
      on(whole, WIDE, async (opened) => {
        const { page } = opened;
        const groups = async (by: string) => {
          await page.selectOption('#coverage select >> nth=1', by);
          const texts = await page.locator('.table-row.group').allInnerTexts();
          return texts.map((text) => text.trim());
        };
        const count = (of: readonly (typeof coverage.resources)[number][]) =>
          `${of.filter((one) => one.protected).length} of ${of.length} protected`;
        const types = [...new Set(coverage.resources.map(({ resourceType }) => resourceType ?? ''))].sort();
        deepStrictEqual(
          await groups('type'),
          types.map(
            (name) =>
              `${name} ${count(coverage.resources.filter(({ resourceType }) => resourceType === name))}`,
          ),
        );
        const lab = coverage.resources.filter(({ stack }) => stack === 'Lab');
        const others = coverage.resources.filter(({ stack }) => stack !== 'Lab');
        deepStrictEqual(await groups('account'), [
          `111122223333 ${count(others)}`,
          `777788889999 ${count(lab)}`,
        ]);
        deepStrictEqual(await groups('region'), [`eu-central-1 ${count(coverage.resources)}`]);
        deepStrictEqual(await groups('tag team'), [
          'team = billing 2 of 2 protected',
          'team = catalog 4 of 5 protected',
          'team = lab 0 of 2 protected',
          'team = orders 3 of 5 protected',
        ]);
      }),
    ],
    [
      'a vault and a rule have the recovery points of forecast, and the clock changes and gaps of their time zone',
      on(whole, WIDE, async (opened) => {
        const { page } = opened;
        for (const { vault, region, account, recoveryPoints } of forecast.vaults) {
          await page.selectOption('#timeline select', { label: `${vault} (${account}/${region})` });
          const text = await opened.text('[data-number=restorable]');
          ok(
            text.includes(` ${recoveryPoints.alive.toLocaleString('en-US')} recovery point`),
            `${vault}: ${text} must have ${recoveryPoints.alive}`,
          );
        }
        await page.selectOption('#timeline select', 'rule silver/daily');
        // RDS takes no part in it: its rule has another plan
        ok((await opened.text('.strip')).startsWith('daily in shop silver · 14 days · 4 resources'));
        await page.selectOption('#timeline select', 'rule gold/daily');
        strictEqual(await page.locator('.strip').first().locator('.clock').count(), 2);
        const remark = (await page.locator('#timeline .remarks').allInnerTexts()).join('\n');
        ok(remark.includes('The clocks change before 2027-03-28, 2027-10-31'), remark);
        await page.selectOption('#timeline select', 'rule bronze/weekdays');
        strictEqual(await page.locator('.strip .gap').count(), 1);
        // from Friday to Monday, over the end of daylight saving time
        strictEqual(await opened.text('.strip .remarks'), 'Longest gap 3 days, from 2027-10-29.');
      }),
    ],
    [
      'acknowledged findings have their reasons, and a link to one leads there',
      on(accepted, { ...WIDE, hash: '#finding=Backup-LockRange' }, async (opened) => {
        const { page } = opened;
        strictEqual(
          await opened.text('[id="finding-Backup-LockRange"]'),
          'Backup-LockRange is acknowledged: the reason is below.',
        );
        const text = await opened.text('.acknowledged .rows');
        ok(text.includes('Backup/BronzePlan') && text.includes('Reason: until the next quarter'), text);
        strictEqual(await page.locator('.finding.error').count(), 1);
        // it still doesn't arrive
        ok((await opened.text('.refused-list')).includes('weekdays · 7 days, from shop to central'));
      }),
    ],
    [
      'the organization has its units and accounts, with the effective policy of each account',
      on(whole, WIDE, async (opened) => {
        const { page } = opened;
        const entries = await page.locator('.tree > li').allInnerTexts();
        deepStrictEqual(
          entries.map((text) => text.replace(/\s+/g, ' ').trim()),
          [
            'r-shop every-account',
            'ou-work-11111111 workloads',
            '111122223333 effective policy 1',
            '777788889999 effective policy 1',
            'ou-central-22222222',
            '444455556666 monthly effective policy 2',
            'ou-suspended-33333333',
          ],
        );
        const account = page.locator('.tree > li', { hasText: '111122223333' });
        await account.locator('summary').focus();
        await page.keyboard.press('Enter');
        const policy = (await account.locator('.settings').innerText()).replace(/\s+/g, ' ');
        for (const words of [
          'plan nightly',
          'regions eu-central-1 every-account',
          'delete_after_days 90 workloads',
        ])
          ok(policy.includes(words), policy);
      }),
    ],
    [
      'a link to a resource opens it, Escape closes it, and the address forgets it',
      on(whole, { ...WIDE, hash: '#resource=Orders%2FDatabase' }, async (opened) => {
        strictEqual(await opened.text('#resource-title'), 'Orders/Database');
        await opened.page.keyboard.press('Escape');
        await opened.page.locator('dialog[open]').waitFor({ state: 'detached' });
        strictEqual(new URL(opened.page.url()).hash, '');
      }),
    ],
    [
      'findings unfold with why, fix and places, and copy what they say',
      on(whole, { ...WIDE, permissions: ['clipboard-read', 'clipboard-write'] }, async (opened) => {
        const { page } = opened;
        const group = page.locator('.finding').first();
        await group.locator('summary').click();
        const fix = (await group.locator('.fix').first().innerText())
          .replace(/^Fix\s+/, '')
          .replace(/\s+Copy$/, '');
        await group.locator('.fix .copy').first().click();
        await group.locator('.copy', { hasText: 'Copied' }).first().waitFor();
        const copied = await page.evaluate(() => navigator.clipboard.readText());
        strictEqual(copied.replaceAll('`', ''), fix);
        ok((await group.locator('.places li').count()) > 0);
        await page.goto(`${page.url().split('#')[0]}#finding=Backup-LockRange`);
        await page.locator('#finding-Backup-LockRange[open]').waitFor();
      }),
    ],
    [
      'the slider moves the day, and a continuous backup goes back to any moment',
      on(
        whole,
        { ...WIDE, hash: `#timeline=${encodeURIComponent('resource Orders/Database')}` },
        async (opened) => {
          const { page } = opened;
          const slider = page.locator('#timeline input[type=range]');
          await slider.focus();
          await page.keyboard.press('Home');
          strictEqual(
            await opened.text('[data-number=restorable]'),
            'On 2027-01-01 you can’t go back to anything.',
          );
          for (let day = 0; day < 40; day++) await page.keyboard.press('ArrowRight');
          const text = await opened.text('[data-number=restorable]');
          ok(text.startsWith('On 2027-02-10 you can go back to '), text);
          ok(text.includes('and to any moment from 2027-01-27'), text);
        },
      ),
    ],
    [
      'the cost is that of forecast, and its sliders change it',
      on(whole, WIDE, async (opened) => {
        const { perMonth, total, currency, byVault } = forecast.cost;
        strictEqual(
          await opened.text('[data-number=estimate]'),
          `${moneyText(perMonth, currency)} a month at the end, ${moneyText(total, currency)} in the whole period.`,
        );
        const cells = await opened.page.locator('.amounts tbody tr td:nth-child(5)').allInnerTexts();
        deepStrictEqual(
          cells,
          byVault.flatMap(({ byType }) => byType.map((of) => moneyText(of.perMonth, currency))),
        );
        const [size, change] = [0, 1].map((index) =>
          opened.page.locator('#cost input[type=range]').nth(index),
        );
        const amount = async () =>
          Number.parseFloat((await opened.text('[data-number=estimate]')).replace(',', ''));
        const before = await amount();
        await size.focus();
        await opened.page.keyboard.press('ArrowRight');
        await opened.page.keyboard.press('ArrowRight');
        const doubled = await amount();
        ok(Math.abs(doubled - 2 * before) < 0.03 * before, `${doubled} must be twice ${before}`);
        await change.focus();
        await opened.page.keyboard.press('End');
        ok((await amount()) > doubled);
      }),
    ],
    [
      'the standards have the answers of conformance, which unfold with evidence and fix, and can be chosen',
      on(whole, WIDE, async (opened) => {
        const { page } = opened;
        strictEqual(await opened.text('[data-number=conformance]'), String(conformance.summary.notMet));
        for (const { id, summary, requirements } of conformance.standards) {
          const own = page.locator(`[data-standard="${id}"]`);
          const amount = async (answer: string) =>
            Number(await own.locator(`[data-count=${answer}]`).innerText());
          deepStrictEqual(
            [
              await amount('met'),
              await amount('not-met'),
              await amount('not-visible'),
              await amount('not-applicable'),
            ],
            [summary.met, summary.notMet, summary.notVisible, summary.notApplicable],
          );
          deepStrictEqual(
            await own
              .locator('.requirement')
              .evaluateAll((all) =>
                all.map((one) => [...one.classList].find((name) => name !== 'requirement')),
              ),
            requirements.map(({ status }) => status),
          );
        }
        deepStrictEqual(
          await page.locator('.contradictions li').allInnerTexts(),
          conformance.conflicts.map((text) => text.replaceAll('`', '')),
        );
        ok(conformance.conflicts.length > 0);
        const missed = page.locator('.requirement.not-met').first();
        await missed.locator('summary').focus();
        await page.keyboard.press('Enter');
        await missed.locator('.evidence li').first().waitFor();
        ok((await missed.locator('.fix').innerText()).startsWith('Fix'));
        await page.selectOption('#conformance select', 'met');
        strictEqual(await page.locator('.requirement').count(), conformance.summary.met);
        strictEqual(await page.locator('.requirement.met').count(), conformance.summary.met);
      }),
    ],
    [
      'a cell of the loss matrix explains itself',
      on(whole, WIDE, async (opened) => {
        const answer = opened.page.locator('.answer.survives').first();
        await answer.click();
        strictEqual(await answer.getAttribute('aria-expanded'), 'true');
        ok((await opened.text('.because')).includes('Left: '));
      }),
    ],
    [
      'the keyboard alone reaches every section, and moves through rows and squares',
      on(whole, WIDE, async (opened) => {
        const { page } = opened;
        const reached = await page.evaluateHandle(() => {
          const ids = new Set<string>();
          addEventListener('focusin', ({ target }) =>
            ids.add((target as Element).closest('section')?.id ?? ''),
          );
          return ids;
        });
        for (let press = 0; press < 600; press++) {
          await page.keyboard.press('Tab');
          if (press % 20 === 0 && (await reached.evaluate((ids) => ids.has('organization')))) break;
        }
        const ids = await reached.evaluate((all) => [...all]);
        for (const id of [
          'verdict',
          'changes',
          'topology',
          'coverage',
          'findings',
          'losses',
          'timeline',
          'conformance',
          'cost',
          'organization',
        ])
          ok(ids.includes(id), `Tab must reach ${id}`);
        await page.locator('.two a').first().focus();
        await page.keyboard.press('ArrowDown');
        await page.waitForFunction(() => document.activeElement?.closest('[data-row="1"]') !== null);
        await page.keyboard.press('Enter');
        await page.locator('dialog[open]').waitFor();
        await page.keyboard.press('Escape');
        await page.locator('dialog[open]').waitFor({ state: 'detached' });
        await page.locator('canvas').focus();
        await page.keyboard.press('ArrowRight');
        await page.keyboard.press('ArrowRight');
        await page.keyboard.press('Enter');
        await page.locator('dialog[open]').waitFor();
        await page.keyboard.press('Escape');
        await page.locator('dialog[open]').waitFor({ state: 'detached' });
        await page.locator('nav a').first().focus();
        await page.keyboard.press('Tab');
        const outline = await page.evaluate(() =>
          getComputedStyle(document.activeElement as Element).getPropertyValue('outline-style'),
        );
        strictEqual(outline, 'solid');
      }),
    ],
    ...(['light', 'dark'] as const).flatMap((colorScheme) =>
      [WIDE, NARROW].map(
        (size): Test => [
          `axe-core finds no serious barrier, ${colorScheme}, ${size.viewport.width} px wide, and nothing is cut off`,
          on(whole, { ...size, colorScheme, reducedMotion: 'reduce' }, async (opened) => {
            strictEqual(await opened.overflow(), 0);
            await opened.unfold();
            // in the dark only colors differ
            const rules = colorScheme === 'dark' ? ['color-contrast'] : undefined;
            deepStrictEqual(await opened.barriers('body', rules), []);
            deepStrictEqual(await faultsIn(opened.page), []);
            await opened.page.evaluate(() => {
              location.hash = '#resource=Orders%2FDatabase';
            });
            await opened.page.locator('dialog[open]').waitFor();
            deepStrictEqual(await opened.barriers('dialog', rules), []);
          }),
        ],
      ),
    ),
    ...[hostile, long, empty].flatMap((file) =>
      [WIDE, { viewport: { width: 768, height: 1024 } }, NARROW].map(
        (size): Test => [
          `nothing runs over or out of anything: ${basename(file)}, ${size.viewport.width} px wide`,
          on(file, size, async (opened) => {
            deepStrictEqual(await faultsIn(opened.page), []);
            const values = await opened.page
              .locator('.tile .value')
              .evaluateAll((all) => all.map(({ clientHeight }) => clientHeight));
            if (size !== NARROW) ok(Math.max(...values) < 40, `numbers must stay on one line: ${values}`);
            await opened.unfold();
            deepStrictEqual(await faultsIn(opened.page), []);
            if (file === empty) return;
            await opened.page.locator('.two a').first().click();
            await opened.page.locator('dialog[open]').waitFor();
            strictEqual(
              await opened.page.evaluate(() => {
                const { scrollWidth, clientWidth } = document.querySelector('dialog') as HTMLDialogElement;
                return scrollWidth - clientWidth;
              }),
              0,
            );
          }),
        ],
      ),
    ),
    ...[WIDE, { viewport: { width: 768, height: 1024 } }, NARROW].map(
      (size): Test => [
        `every loss is in sight, named and explained, ${size.viewport.width} px wide`,
        on(whole, size, async (opened) => {
          const { page } = opened;
          const [first] = await page.evaluate(() =>
            [...document.querySelectorAll('.matrix tbody tr')].map((row) =>
              [...row.querySelectorAll<HTMLElement>('td')].map((cell) => {
                const { left, right, width } = cell.getBoundingClientRect();
                const name = getComputedStyle(cell, '::before').content;
                return { isVisible: left >= 0 && right <= innerWidth && width > 40, name };
              }),
            ),
          );
          strictEqual(first.length, 8);
          ok(
            first.every(({ isVisible }) => isVisible),
            JSON.stringify(first),
          );
          if (size === WIDE) strictEqual(await page.locator('.matrix thead').isVisible(), true);
          else
            deepStrictEqual(
              first.map(({ name }) => name),
              [...Object.values(SCENARIO_TEXT), 'Together fatal'].map((name) => `"${name}"`),
            );
          const heights = await page
            .locator('.matrix tbody tr')
            .evaluateAll((all) => all.map(({ clientHeight }) => clientHeight));
          ok(Math.max(...heights) < (size === NARROW ? 380 : 240), `rows are ${heights} px high`);
          await page.locator('.answer').first().click();
          const { width } = (await page.locator('.because').boundingBox()) ?? { width: 0 };
          ok(width > 0.85 * Math.min(size.viewport.width, 1240), `the reason is ${width} px wide`);
          // the resources that have the same answers
          await page.locator('.matrix details summary').first().click();
          strictEqual(await page.locator('.matrix details[open] li').count(), 4);
        }),
      ],
    ),
    ...[{ viewport: { width: 768, height: 1024 } }, NARROW].map(
      (size): Test => [
        `the sentence of a finding has the width of the window, and keeps its code, ${size.viewport.width} px wide`,
        on(whole, size, async ({ page }) => {
          const findings = await page.locator('.finding > summary').evaluateAll((all) =>
            all.map((summary) => {
              const sentence = summary.querySelector('.sentence') as HTMLElement;
              return {
                share: sentence.getBoundingClientRect().width / summary.clientWidth,
                codes: [...summary.querySelectorAll('code')].map((code) => code.checkVisibility()),
              };
            }),
          );
          for (const { share, codes } of findings) {
            ok(share > 0.8, `a sentence has ${share} of the width`);
            ok(codes.every((isVisible) => isVisible));
          }
          ok(findings.some(({ codes }) => codes.length > 1));
        }),
      ],
    ),
    [
      'each number of the verdict leads to its place',
      on(whole, { ...WIDE, reducedMotion: 'reduce' }, async (opened) => {
        const { page } = opened;
        const follow = async (key: string, section: string) => {
          await page.fill('input[type=search]', 'no such thing');
          await page.locator(`.tile a:has([data-number=${key}])`).click();
          strictEqual(new URL(page.url()).hash, `#${section}`);
          await page.waitForFunction((id) => {
            const { top } = (document.getElementById(id) as HTMLElement).getBoundingClientRect();
            return top >= 0 && top < innerHeight / 2;
          }, section);
        };
        await follow('unprotected', 'coverage');
        strictEqual(await rows(opened).count(), coverage.summary.unprotected);
        await follow('protected', 'coverage');
        strictEqual(await rows(opened).count(), coverage.summary.total);
        await follow('rpo', 'coverage');
        const worst = await opened.text('[data-number=rpo]');
        strictEqual(await rows(opened).first().locator('.cell').nth(2).innerText(), worst);
        for (const [key, section] of [
          ['errors', 'findings'],
          ['account', 'losses'],
          ['region', 'losses'],
          ['conformance', 'conformance'],
          ['cost', 'cost'],
        ])
          await follow(key, section);
      }),
    ],
    [
      'a table of few resources shows all of them, and what has no value is sorted last',
      on(whole, WIDE, async (opened) => {
        const { page } = opened;
        const hidden = await page
          .locator('.table-body')
          .evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight);
        strictEqual(hidden, 0);
        for (const direction of ['descending', 'ascending']) {
          await page.locator('.head button', { hasText: 'RPO' }).click();
          strictEqual(await page.locator(`[aria-sort=${direction}]`).count(), 1);
          const cells = await rows(opened).evaluateAll((all) =>
            all.map(({ children }) => children[2].textContent),
          );
          const known = cells.indexOf('–');
          ok(known > 0 && cells.slice(known).every((text) => text === '–'), cells.join());
        }
      }),
    ],
    [
      'the losses follow the search, and say so',
      on(whole, WIDE, async (opened) => {
        const { page } = opened;
        const all = await page.locator('.matrix tbody tr').count();
        await page.fill('input[type=search]', 'catalog dynamodb');
        strictEqual(await opened.text('.filtered'), 'Only resources that match “catalog dynamodb”. Show all');
        strictEqual(await page.locator('.matrix tbody tr').count(), 1);
        await page.fill('input[type=search]', 'no such thing');
        strictEqual(await opened.text('.filtered'), 'No resource matches “no such thing”. Show all');
        await page.locator('.filtered button').click();
        strictEqual(await page.locator('.matrix tbody tr').count(), all);
        strictEqual(await opened.text('[data-number=found]'), `${coverage.summary.total} resources`);
      }),
    ],
    [
      'a link to a finding that is gone says so',
      on(whole, { ...WIDE, hash: '#finding=Backup-Gone' }, async (opened) => {
        strictEqual(
          await opened.text('[id="finding-Backup-Gone"]'),
          'This report has no finding Backup-Gone.',
        );
      }),
    ],
    [
      'the link to a resource that is copied opens it',
      on(
        whole,
        { ...WIDE, hash: '#resource=Orders%2FCarts', permissions: ['clipboard-read', 'clipboard-write'] },
        async (opened) => {
          const { page } = opened;
          await page.locator('dialog .copy', { hasText: 'Copy' }).last().click();
          await page.locator('dialog .copy', { hasText: 'Copied' }).waitFor();
          strictEqual(await page.evaluate(() => navigator.clipboard.readText()), page.url());
        },
      ),
    ],
    [
      'the topology can be read: every card and every flow has a name, and stands there in words',
      on(whole, WIDE, async (opened) => {
        const { page } = opened;
        await page.locator('.in-words summary').click();
        const text = await opened.text('.in-words');
        for (const words of [
          'backed up to shop: continuous · 14 days, PITR',
          'copied to central: daily · 90 days',
          'weekdays · 7 days never arrives: Backup-LockRange',
        ])
          ok(text.includes(words), `${words} must be in ${text}`);
        const names = await page.locator('#topology svg g[role=img] > title').allTextContents();
        ok(
          names.some((name) => name.startsWith('copy from shop to central: daily')),
          names.join('\n'),
        );
      }),
    ],
    [
      'the labels of the topology are as narrow as their cards, in the fonts that are here',
      on(whole, WIDE, async (opened) => {
        const wide = await opened.page.evaluate(() =>
          [...document.querySelectorAll<SVGGElement>('#topology svg g')].flatMap((group) => {
            const card = group.querySelector('rect')?.getBoundingClientRect();
            return [...group.querySelectorAll('text')]
              .filter((text) => card && text.getBoundingClientRect().right > card.right)
              .map((text) => text.textContent);
          }),
        );
        deepStrictEqual(wide, []);
      }),
    ],
    [
      'it prints: every resource, every finding, and no controls',
      on(whole, WIDE, async (opened) => {
        const pdf = await opened.page.pdf({ format: 'A4' });
        ok(pdf.length > 20_000);
        ok(pdf.subarray(0, 5).toString() === '%PDF-');
        const picture = () => (document.querySelector('canvas') as HTMLCanvasElement).toDataURL();
        await opened.page.emulateMedia({ media: 'screen', colorScheme: 'light' });
        const light = await opened.page.evaluate(picture);
        await opened.page.emulateMedia({ media: 'screen', colorScheme: 'dark' });
        await opened.page.waitForFunction(
          (before) => (document.querySelector('canvas') as HTMLCanvasElement).toDataURL() !== before,
          light,
        );
        // browsers print what is there when this event ends
        const drawn = await opened.page.evaluate((before) => {
          const map = document.querySelector('canvas') as HTMLCanvasElement;
          dispatchEvent(new Event('beforeprint'));
          const count = (selector: string) => document.querySelectorAll(selector).length;
          return {
            places: count('.finding .body .places li'),
            closed: count('.finding:not([open]), .changes:not([open])'),
            isMapLight: map.toDataURL() === before,
          };
        }, light);
        deepStrictEqual(drawn, { places: checks.findings.length, closed: 0, isMapLight: true });
        await opened.page.evaluate(() => dispatchEvent(new Event('afterprint')));
        strictEqual(await opened.page.locator('.changes:not([open])').count(), 2);
        await opened.page.emulateMedia({ media: 'print', colorScheme: 'dark' });
        await opened.page.waitForFunction(() => document.querySelectorAll('.finding[open]').length > 0);
        strictEqual(
          await opened.page.evaluate(() => getComputedStyle(document.body).backgroundColor),
          'rgb(255, 255, 255)',
        );
        strictEqual(await rows(opened).count(), coverage.summary.total);
        // on paper nothing scrolls
        await opened.page.setViewportSize({ width: 690, height: 1000 });
        deepStrictEqual(await faultsIn(opened.page, SMALLEST_ON_PAPER), []);
        strictEqual(
          await opened.page
            .locator('.flow.copy')
            .first()
            .evaluate((flow) => getComputedStyle(flow).display),
          'inline',
        );
        strictEqual(await opened.page.locator('.filters').first().isVisible(), false);
        strictEqual(await opened.page.locator('.finding:not([open])').count(), 0);
      }),
    ],
    [
      'the print of many resources has the first of them below each other, and says how many more there are',
      on(large, WIDE, async ({ page }) => {
        await page.emulateMedia({ media: 'print' });
        await page.setViewportSize({ width: 690, height: 1000 });
        await page.waitForFunction(() => document.querySelectorAll('.finding[open]').length > 0);
        deepStrictEqual(await faultsIn(page, SMALLEST_ON_PAPER), []);
        ok((await page.locator('#coverage').innerText()).includes('and 9,500 more'));
      }),
    ],
    [
      'names that look like code are shown, and never run',
      on(hostile, WIDE, async (opened) => {
        const { page } = opened;
        await opened.unfold();
        strictEqual(await page.evaluate(() => (window as { hacked?: number }).hacked), undefined);
        await page.fill('input[type=search]', 'window.hacked');
        ok((await rows(opened).count()) >= 4);
        for (const name of HOSTILE_NAMES.filter((one) => one.includes('hacked')))
          ok((await page.locator('body').innerText()).includes(name), `${name} must be shown`);
        const elements = await page.evaluate(() => [
          document.querySelectorAll('main img, main script, main iframe').length,
          document.scripts.length,
        ]);
        deepStrictEqual(elements, [0, 2]);
        ok(!/[\p{Bidi_Control}]/u.test(await page.content()));
      }),
    ],
    [
      'no script can be added, and nothing can be loaded',
      async (browser) => {
        const opened = await Opened.at(browser, whole);
        const ran = await opened.page.evaluate(async () => {
          const script = document.createElement('script');
          script.textContent = 'window.hacked = 1';
          document.body.append(script);
          const image = new Image();
          const failed = new Promise((done) => {
            image.onerror = () => done('blocked');
            image.onload = () => done('loaded');
          });
          image.src = 'https://example.com/x.png';
          return [(window as { hacked?: number }).hacked, await failed];
        });
        deepStrictEqual(ran, [undefined, 'blocked']);
        await opened.close();
      },
    ],
    [
      '10,000 resources are found, scrolled and opened',
      on(large, WIDE, async (opened) => {
        const { page } = opened;
        strictEqual(await opened.text('[data-number=found]'), '10,000 resources');
        ok((await rows(opened).count()) < 60);
        await page.fill('input[type=search]', 'team=team-3');
        ok(Number.parseInt((await opened.text('[data-number=found]')).replace(',', ''), 10) > 500);
        await page.fill('input[type=search]', '');
        await page.evaluate(() => {
          const body = document.querySelector('.table-body') as HTMLElement;
          body.scrollTop = body.scrollHeight;
        });
        await page.locator('[data-row="9999"]').waitFor();
        strictEqual(await opened.overflow(), 0);
      }),
    ],
    [
      'without JavaScript, the page shows the verdict',
      async (browser) => {
        const context = await browser.newContext({ ...WIDE, javaScriptEnabled: false });
        const page = await context.newPage();
        await page.goto(`file://${whole}`);
        const text = await page.locator('main').innerText();
        ok(text.includes(`${coverage.summary.unprotected} not protected`), text);
        await context.close();
      },
    ],
  ];
}

runInBrowser(async (browser, own) => {
  folder = own;
  let failures = 0;
  const wanted = process.argv[2] ?? '';
  const queue = testsOf().filter(([title]) => title.includes(wanted));
  if (queue.length === 0) throw new Error(`no test has \`${wanted}\` in its name`);
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [name, run] = next;
      const started = Date.now();
      try {
        await run(browser);
        console.log(`${green('✓')} ${name} ${dim(`${Date.now() - started} ms`)}`);
      } catch (error) {
        failures++;
        console.log(`${red('✗')} ${name}\n${(error as Error).stack}`);
      }
    }
  };
  // each test has a context of its own
  await Promise.all(Array.from({ length: WORKERS }, work));
  return failures > 0 ? 1 : 0;
});
