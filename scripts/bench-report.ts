/**
 * `npx projen bench:report`: the report page of 10,000 resources: how long the command takes, how large the page and its code
 * are, and how soon Chromium shows and filters it. Measures, and never fails for what it measures.
 *
 * Exit code 77: skipped, since there is no Chromium here.
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { runInBrowser } from './report/browser';
import { cdkBackup } from './report/command';
import { largeApp, writeAssembly } from './report/shop';
import { bold, green, red, table } from './terminal';

const RESOURCES = 10_000;
const RUNS = 5;
const GOALS = { code: 100, page: 1000, paint: 1000, filter: 150 };

interface Times {
  /** Until the page shows its verdict, in milliseconds. */
  readonly paint: number;
  /** From a key press in the search to the new rows. */
  readonly filter: number;
}

async function measure(browser: Browser, file: string): Promise<Times> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(`file://${file}`);
  await page.waitForSelector('footer');
  const paint = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
  );
  const filter = await page.evaluate(async () => {
    const input = document.querySelector('input[type=search]') as HTMLInputElement;
    const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    let worst = 0;
    for (const text of ['t', 'te', 'team-3', 'nothing like it', '']) {
      const started = performance.now();
      input.value = text;
      input.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await painted();
      worst = Math.max(worst, performance.now() - started);
    }
    return worst;
  });
  await context.close();
  return { paint, filter };
}

runInBrowser(async (browser, folder) => {
  const app = writeAssembly(join(folder, 'app'), largeApp(RESOURCES));
  const file = join(folder, 'report.html');
  const started = process.cpuUsage();
  cdkBackup('report', app, '--from', '2027-01-01', '--standard', 'nist-800-53,dora', '--out', file);
  const { user, system } = process.cpuUsage(started);
  const code = ['js', 'css'].reduce(
    (sum, kind) => sum + readFileSync(join(__dirname, `../assets/report/page.${kind}`)).length,
    0,
  );
  const times: Times[] = [];
  for (let run = 0; run < RUNS; run++) times.push(await measure(browser, file));
  const median = (of: (time: Times) => number) => times.map(of).sort((a, b) => a - b)[RUNS >> 1];
  const row = (what: string, amount: number, goal: number, unit: string) => [
    what,
    `${Math.round(amount)} ${unit}`,
    amount <= goal ? green(`at most ${goal}`) : red(`more than ${goal}`),
  ];
  console.log(bold(`The report page of ${RESOURCES.toLocaleString('en-US')} resources`));
  console.log(
    table(
      ['what', '>measured', 'goal'],
      [
        row('code and style', code / 1000, GOALS.code, 'kB'),
        row('the whole page', statSync(file).size / 1000, GOALS.page, 'kB'),
        row(
          'first paint, median',
          median(({ paint }) => paint),
          GOALS.paint,
          'ms',
        ),
        row(
          'slowest filter, median',
          median(({ filter }) => filter),
          GOALS.filter,
          'ms',
        ),
        ['CPU time of the command', `${Math.round((user + system) / 1000)} ms`, ''],
      ],
    ),
  );
  return 0;
});
