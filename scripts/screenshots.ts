/**
 * `npx projen screenshots`: draws the pictures of README and docs: the verdict with the topology, and the timeline, of the demo
 * shop. They are compressed as WebP, a format that every browser and GitHub show.
 *
 * `npx projen screenshots --gallery FOLDER [NAME…]` draws reports of all examples and of more apps instead, at many sizes, to be
 * looked at after changes to the page.
 *
 * Exit code 77: skipped, since there is no Chromium here.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { runInBrowser } from './report/browser';
import { cdkBackup } from './report/command';
import { drawGallery } from './report/gallery';
import { SHOP_SIZES, shop, writeAssembly } from './report/shop';

const FOLDER = join(__dirname, '../docs/images');

/** A part of the page, as WebP. */
async function picture(page: Page, name: string, clip: { height: number; top: number }): Promise<void> {
  await page.evaluate((top) => {
    (document.activeElement as HTMLElement | null)?.blur();
    scrollTo(0, top);
  }, clip.top);
  await page.waitForTimeout(200);
  const png = await page.screenshot({ clip: { x: 0, y: 0, width: 1200, height: clip.height } });
  const webp = await page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width;
    canvas.height = image.height;
    canvas.getContext('2d')?.drawImage(image, 0, 0);
    return canvas.toDataURL('image/webp', 0.8).split(',')[1];
  }, png.toString('base64'));
  writeFileSync(join(FOLDER, `${name}.webp`), Buffer.from(webp, 'base64'));
}

const [option, out, ...wanted] = process.argv.slice(2);

runInBrowser(async (browser, folder) => {
  if (option === '--gallery') {
    if (!out) throw new Error('specify the folder of the pictures: `--gallery FOLDER`');
    await drawGallery(browser, resolve(out), wanted);
    return 0;
  }
  const home = process.cwd();
  try {
    writeAssembly(join(folder, 'cdk.out'), shop());
    writeFileSync(join(folder, 'sizes.json'), JSON.stringify(SHOP_SIZES));
    process.chdir(folder); // the page shows the path
    cdkBackup('report', 'cdk.out', '--sizes', 'sizes.json', '--from', '2027-01-01', '--out', 'report.html');
    mkdirSync(FOLDER, { recursive: true });
    const context = await browser.newContext({
      viewport: { width: 1200, height: 1200 },
      reducedMotion: 'reduce',
      bypassCSP: true, // the picture is compressed in the page
    });
    const page = await context.newPage();
    await page.goto(`file://${join(folder, 'report.html')}`);
    await page.waitForSelector('footer');
    await picture(page, 'report', { top: 0, height: 1180 });
    await page.goto(`file://${join(folder, 'report.html')}#timeline=resource%20Orders%2FDatabase`);
    await page.fill('#timeline input[type=date]', '2027-08-14');
    await page.locator('#timeline input[type=date]').dispatchEvent('change');
    const top = await page.evaluate(
      () => (document.getElementById('timeline')?.getBoundingClientRect().top ?? 0) + scrollY,
    );
    await picture(page, 'report-timeline', { top: top - 20, height: 860 });
    await context.close();
  } finally {
    process.chdir(home);
  }
  return 0;
});
