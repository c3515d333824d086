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
/** Browsers draw no larger pictures at once. */
const TALLEST = 12_000;

/** How a report is shown. */
interface View {
  readonly width: number;
  readonly colorScheme: 'light' | 'dark';
}

const VIEWS: readonly View[] = [
  { width: 1280, colorScheme: 'light' },
  { width: 768, colorScheme: 'dark' },
  { width: 360, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
  { width: 768, colorScheme: 'light' },
  { width: 360, colorScheme: 'dark' },
];
/** Reports that aren't drawn in full: each width once, and light and dark both. */
const FEW = 3;
/** More sheets of one kind are the same again. */
const MAX_SHEETS = 8;

/** A report, and how it is shown. */
interface Exhibit {
  readonly name: string;
  /** The arguments of `cdk-backup report`. */
  readonly arguments: () => readonly string[];
  /** Whether it is drawn in all sizes, light and dark, unfolded and in print; otherwise smaller, and each size once. */
  readonly inFull?: boolean;
  /** Whether its print is drawn. */
  readonly prints?: boolean;
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
  const gallery = await Gallery.open(browser, out);
  try {
    for (const exhibit of exhibits(folder)) {
      const { name } = exhibit;
      if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue;
      const started = Date.now();
      try {
        await gallery.draw(reportOf(exhibit, folder), exhibit);
      } catch (error) {
        if (!browser.isConnected()) throw error;
        // the others are drawn nevertheless
        process.exitCode = 1;
        console.log(`${name} can't be drawn: ${(error as Error).stack}`);
      }
      console.log(`${name}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
    }
  } finally {
    await gallery.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function reportOf(exhibit: Exhibit, folder: string): string {
  const file = join(folder, `${exhibit.name}.html`);
  const home = process.cwd();
  process.chdir(folder); // reports show their path
  try {
    cdkBackup('report', ...exhibit.arguments(), '--from', '2027-01-01', '--out', file);
  } finally {
    process.chdir(home);
  }
  return file;
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
      prints: true,
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
      prints: true,
      arguments: () => [at('large.out', largeApp(10_000)), '--standard', 'nist-800-53'],
    },
    { name: 'hostile', prints: true, arguments: () => [at('hostile.out', hostileShop()), ...standard] },
    { name: 'long', prints: true, arguments: () => [at('long.out', longNames()), ...standard] },
    { name: 'empty', arguments: () => [json('empty.template.json', { Resources: {} })] },
    ...readdirSync(EXAMPLES)
      .filter((file) => file.endsWith('.ts'))
      .map(
        (file): Exhibit => ({
          name: `example-${file.slice(0, -3)}`,
          prints: /quick|cross/.test(file),
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
  const listeners = process.listeners('beforeExit');
  console.error = () => {}; // what examples find on purpose
  try {
    require(join(EXAMPLES, file));
  } finally {
    console.error = error;
    // apps would be synthesized again
    for (const listener of process.listeners('beforeExit'))
      if (!listeners.includes(listener)) process.off('beforeExit', listener);
    for (const [key, value] of Object.entries({ CDK_CONTEXT_JSON, CDK_OUTDIR }))
      if (value === undefined) delete process.env[key];
      else process.env[key] = value;
  }
  return name;
}

/** Opens everything that can be opened. */
export async function unfold(page: Page): Promise<void> {
  await page.evaluate(
    "document.querySelectorAll('details:not([open]) > summary').forEach((each) => each.click())",
  );
  await page.waitForTimeout(100);
}

/** Two pages of one browser, which are used again and again: one shows reports, one puts pictures beside each other. */
class Gallery {
  private constructor(
    private readonly page: Page,
    private readonly wall: Page,
    private readonly out: string,
  ) {}

  public static async open(browser: Browser, out: string): Promise<Gallery> {
    const page = await browser.newPage({ reducedMotion: 'reduce' });
    return new Gallery(page, await browser.newPage({ viewport: SHEET }), out);
  }

  public async close(): Promise<void> {
    await this.page.close();
    await this.wall.close();
  }

  public async draw(file: string, { name, inFull, prints }: Exhibit): Promise<void> {
    const views = inFull ? VIEWS : VIEWS.slice(0, FEW);
    // reports that are drawn in part are smaller, so that there is less to look at
    const scaleOf = (width: number) => (inFull || width < 700 ? 1 : (SHEET.width - GAP) / 2 / width);
    for (const [index, { width, colorScheme }] of views.entries()) {
      const title = `${name}-${width}-${colorScheme}`;
      await this.show(file, { width, colorScheme });
      if (index < FEW) await this.measure(title);
      await this.drawSheets(title, scaleOf(width));
      await unfold(this.page);
      if (index < FEW) await this.measure(`${title} unfolded`);
      if (!inFull || index >= FEW) continue;
      await this.drawSheets(`${title}-unfolded`, width < 1000 ? 1 : scaleOf(width));
      await this.page.evaluate("document.querySelector('.two a')?.click()");
      await this.page.waitForTimeout(50);
      if ((await this.page.locator('dialog[open]').count()) > 0)
        await this.page.screenshot({ path: join(this.out, `${title}-dialog.png`) });
    }
    if (prints) await this.drawPrint(file, `${name}-print`);
  }

  private async show(file: string, { width, colorScheme }: View): Promise<void> {
    const { page } = this;
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await page.goto('about:blank'); // nothing is left of what was opened and scrolled
    await page.goto(`file://${file}`);
    await page.waitForSelector('footer');
  }

  private async measure(title: string): Promise<void> {
    for (const fault of await faultsIn(this.page)) console.log(`${title}: ${fault}`);
  }

  /** The whole page, in columns of sheets. */
  private async drawSheets(title: string, scale: number): Promise<void> {
    const { page } = this;
    const width = page.viewportSize()?.width ?? 0;
    const columns = Math.max(1, Math.floor((SHEET.width + GAP) / (width * scale + GAP)));
    const column = Math.floor(SHEET.height / scale);
    const whole = Number(await page.evaluate('document.documentElement.scrollHeight'));
    const height = Math.min(whole, MAX_SHEETS * columns * column);
    const perPicture = Math.floor(TALLEST / column);
    const parts: string[] = [];
    for (let top = 0; top < height; top += column * perPicture) {
      const size = { width, height: Math.min(column * perPicture, height - top) };
      const picture = await page.screenshot({ fullPage: true, clip: { x: 0, y: top, ...size } });
      for (let y = 0; y < size.height; y += column)
        parts.push(part(picture, { width, height: Math.min(column, size.height - y), y, scale }));
    }
    await this.compose(parts, columns, title);
  }

  private async drawPrint(file: string, title: string): Promise<void> {
    await this.show(file, VIEWS[3]); // from the dark
    const path = join(this.out, `${title}.pdf`);
    await this.page.pdf({ format: 'A4', path });
    const folder = mkdtempSync(join(tmpdir(), 'print-'));
    try {
      const { error, stderr } = spawnSync(
        'pdftoppm',
        ['-r', '88', '-l', '16', '-png', path, join(folder, 'page')],
        {
          encoding: 'utf8',
        },
      );
      if (error) console.log(`no pictures of ${path}: pdftoppm is not installed`);
      else if (stderr) console.log(stderr);
      const pages = readdirSync(folder)
        .sort()
        .map((name) => part(readFileSync(join(folder, name)), { width: 728, height: 1029, y: 0, scale: 1 }));
      await this.compose(pages, 2, title);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  /** Puts pictures beside each other. */
  private async compose(parts: readonly string[], columns: number, title: string): Promise<void> {
    for (let first = 0; first < parts.length; first += columns) {
      await this.wall.setContent(
        `<style>body{margin:0;background:#c6a;display:flex;align-items:start;gap:${GAP}px;width:max-content}</style>${parts.slice(first, first + columns).join('')}`,
      );
      await this.wall
        .locator('body')
        .screenshot({ path: join(this.out, `${title}-${first / columns + 1}.png`) });
    }
  }
}

/** A part of a picture, as an element. */
function part(
  picture: Buffer,
  of: { readonly width: number; readonly height: number; readonly y: number; readonly scale: number },
): string {
  const { width, height, y, scale } = of;
  const url = `data:image/png;base64,${picture.toString('base64')}`;
  return `<div style="width:${width * scale}px;height:${height * scale}px;overflow:hidden"><img src="${url}" style="width:${width * scale}px;margin-top:${-y * scale}px"></div>`;
}
