import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import type { Browser, Page } from 'playwright-core';
import { cdkBackup } from './command';
import { faultsIn } from './faults';
import {
  earlierShop,
  hostileShop,
  largeApp,
  longNames,
  SHOP_ORGANIZATION,
  SHOP_SIZES,
  shop,
  writeAssembly,
} from './shop';

const EXAMPLES = join(__dirname, '../../examples');
/** A sheet is as large as one can look at without scaling it. */
const SHEET = { width: 1560, height: 1500 };
const GAP = 12;

/** A report, and how it is shown. */
interface Exhibit {
  readonly name: string;
  /** The arguments of `cdk-backup report`. */
  readonly arguments: () => readonly string[];
  /** What is drawn in all sizes, light and dark, unfolded and in print. */
  readonly inFull?: boolean;
}

/**
 * Draws reports of many apps at many sizes, light and dark, unfolded and in print, as sheets to look at: PNG files of at most
 * 1560 × 1500 pixels. Prints what can be measured to be wrong.
 *
 * @param wanted draws only reports with one of these in their names; all if empty
 */
export async function drawGallery(browser: Browser, out: string, wanted: readonly string[]): Promise<void> {
  mkdirSync(out, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'gallery-'));
  try {
    for (const exhibit of exhibits(folder)) {
      if (wanted.length > 0 && !wanted.some((part) => exhibit.name.includes(part))) continue;
      const file = join(folder, `${exhibit.name}.html`);
      const home = process.cwd();
      process.chdir(folder); // reports show their path
      try {
        cdkBackup('report', ...exhibit.arguments(), '--from', '2027-01-01', '--out', file);
      } finally {
        process.chdir(home);
      }
      await drawExhibit(browser, file, out, exhibit);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function exhibits(folder: string): Exhibit[] {
  const at = (name: string, stacks: Parameters<typeof writeAssembly>[1]) => {
    writeAssembly(join(folder, name), stacks);
    return name;
  };
  const json = (name: string, content: unknown) => {
    writeFileSync(join(folder, name), JSON.stringify(content));
    return name;
  };
  const standard = ['--standard', 'cis-controls,gdpr,sec-17a-4'];
  return [
    {
      name: 'shop',
      inFull: true,
      arguments: () => [
        at('shop.out', shop()),
        json('organization.json', SHOP_ORGANIZATION),
        ...['--before', at('earlier.out', earlierShop())],
        ...['--sizes', json('sizes.json', SHOP_SIZES)],
        ...standard,
      ],
    },
    {
      name: 'large',
      inFull: true,
      arguments: () => [at('large.out', largeApp(10_000)), '--standard', 'nist-800-53'],
    },
    { name: 'hostile', arguments: () => [at('hostile.out', hostileShop()), ...standard] },
    { name: 'long', arguments: () => [at('long.out', longNames()), ...standard] },
    { name: 'empty', arguments: () => [json('empty.template.json', { Resources: {} })] },
    ...readdirSync(EXAMPLES)
      .filter((file) => file.endsWith('.ts'))
      .map(
        (file): Exhibit => ({
          name: `example-${file.slice(0, -3)}`,
          arguments: () => [exampleAssembly(file, folder), '--standard', 'cis-controls'],
        }),
      ),
  ];
}

/** Runs an example as `cdk synth` does; returns the folder of its assembly. */
function exampleAssembly(file: string, folder: string): string {
  const name = `${file.slice(0, -3)}.out`;
  const { CDK_CONTEXT_JSON, CDK_OUTDIR } = process.env;
  const { error } = console;
  process.env.CDK_CONTEXT_JSON = JSON.stringify(recommendedFlags);
  process.env.CDK_OUTDIR = join(folder, name);
  console.error = () => {}; // what examples find on purpose
  try {
    require(join(EXAMPLES, file));
  } finally {
    console.error = error;
    for (const [key, value] of Object.entries({ CDK_CONTEXT_JSON, CDK_OUTDIR }))
      if (value === undefined) delete process.env[key];
      else process.env[key] = value;
  }
  return name;
}

async function drawExhibit(browser: Browser, file: string, out: string, exhibit: Exhibit): Promise<void> {
  const { name, inFull } = exhibit;
  for (const [index, width] of [1440, 768, 360].entries())
    for (const colorScheme of inFull
      ? (['light', 'dark'] as const)
      : [index % 2 ? ('dark' as const) : ('light' as const)]) {
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme,
        reducedMotion: 'reduce',
      });
      const page = await context.newPage();
      await page.goto(`file://${file}`);
      await page.waitForSelector('footer');
      const title = `${name}-${width}-${colorScheme}`;
      await tell(page, title);
      await drawSheets(browser, page, join(out, title));
      if (width !== 768) {
        await unfold(page);
        await tell(page, `${title} unfolded`);
        if (inFull) await drawSheets(browser, page, join(out, `${title}-unfolded`));
      }
      await page.evaluate("document.querySelector('.two a')?.click()");
      await page.waitForTimeout(50);
      if (inFull && (await page.locator('dialog[open]').count()) > 0)
        await page.screenshot({ path: join(out, `${title}-dialog.png`) });
      await context.close();
    }
  if (inFull || /hostile|long|quick|cross/.test(name))
    await drawPrint(browser, file, join(out, `${name}-print`));
}

/** Opens everything that can be opened. */
export async function unfold(page: Page): Promise<void> {
  await page.evaluate(
    "document.querySelectorAll('details:not([open]) > summary').forEach((each) => each.click())",
  );
  await page.waitForTimeout(100);
}

async function tell(page: Page, title: string): Promise<void> {
  for (const fault of await faultsIn(page)) console.log(`${title}: ${fault}`);
}

/** The whole page, in columns of sheets. */
async function drawSheets(browser: Browser, page: Page, path: string): Promise<void> {
  const width = page.viewportSize()?.width ?? 0;
  const height = Number(await page.evaluate('document.documentElement.scrollHeight'));
  const columns = Math.max(1, Math.floor((SHEET.width + GAP) / (width + GAP)));
  const slices: Buffer[] = [];
  for (let y = 0; y < height; y += SHEET.height)
    slices.push(
      await page.screenshot({
        fullPage: true,
        clip: { x: 0, y, width, height: Math.min(SHEET.height, height - y) },
      }),
    );
  for (let first = 0; first < slices.length; first += columns)
    await compose(browser, slices.slice(first, first + columns), `${path}-${first / columns + 1}.png`);
}

async function drawPrint(browser: Browser, file: string, path: string): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: 'dark' });
  const page = await context.newPage();
  await page.goto(`file://${file}`);
  await page.waitForSelector('footer');
  await page.pdf({ format: 'A4', path: `${path}.pdf` });
  await context.close();
  const folder = mkdtempSync(join(tmpdir(), 'print-'));
  const { error, stderr } = spawnSync('pdftoppm', ['-r', '88', '-png', `${path}.pdf`, join(folder, 'page')], {
    encoding: 'utf8',
  });
  if (error) console.log(`no pictures of ${path}.pdf: pdftoppm is not installed`);
  else if (stderr) console.log(stderr);
  const pages = readdirSync(folder)
    .sort()
    .slice(0, 16)
    .map((name) => readFileSync(join(folder, name)));
  for (let first = 0; first < pages.length; first += 2)
    await compose(browser, pages.slice(first, first + 2), `${path}-${first / 2 + 1}.png`);
  rmSync(folder, { recursive: true });
}

/** Puts pictures beside each other. */
async function compose(browser: Browser, pictures: readonly Buffer[], path: string): Promise<void> {
  const context = await browser.newContext({ viewport: SHEET });
  const page = await context.newPage();
  const images = pictures.map((one) => `<img src="data:image/png;base64,${one.toString('base64')}">`);
  await page.setContent(
    `<style>body{margin:0;background:#c6a;display:flex;align-items:start;gap:${GAP}px;width:max-content}</style>${images.join('')}`,
  );
  await page.locator('body').screenshot({ path });
  await context.close();
}
