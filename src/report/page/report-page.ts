import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import type { PageData } from '../data/page-data';
import { TOPOLOGY_STYLE } from '../topology/svg';
import { htmlText, visibleText } from './html-text';
import { staticSummary } from './static-summary';
import { type ShownData, summaryLines } from './summary-lines';

/** Larger data is compressed. Browsers decompress it without a library. */
const MAX_PLAIN = 200_000;

/** The built code and style of the page. */
interface Asset {
  readonly script: string;
  readonly style: string;
}

let loaded: Asset | undefined;

/**
 * One file with everything in it: code, style and data. The Content-Security-Policy allows exactly this code and this style, and
 * no request to anywhere.
 */
export function reportPage(data: PageData): string {
  const shown: ShownData = { ...data, lines: summaryLines(data) };
  loaded ??= readAsset();
  const { script, style } = loaded;
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${htmlText(`Backup report: ${data.title}`)}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    `<div id="app">${staticSummary(shown)}</div>`,
    dataElement(visibleJson(shown)),
    `<script>${script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** What `visibleText` may replace, as it stands in JSON. */
const HIDDEN = /[\p{Zl}\p{Zp}\p{Bidi_Control}\u007f-\u009f]|\\[bfrtu]/u;

/** Each text is looked at only if one of them needs it. */
function visibleJson(data: ShownData): string {
  const json = JSON.stringify(data);
  return HIDDEN.test(json)
    ? JSON.stringify(data, (_key, value) => (typeof value === 'string' ? visibleText(value) : value))
    : json;
}

/** Inert: browsers run no script of this type. */
function dataElement(json: string): string {
  const compressed = json.length > MAX_PLAIN;
  const content = compressed
    ? deflateRawSync(json, { level: 9 }).toString('base64')
    : json.replaceAll('<', '\\u003c');
  return `<script type="application/${compressed ? 'octet-stream' : 'json'}" id="data">${content}</script>`;
}

function readAsset(): Asset {
  const read = (name: string) =>
    fs.readFileSync(path.join(__dirname, '../../../assets/report', name), 'utf8').trim();
  return {
    script: read('page.js').replace(/<(?=\/script|!--)/gi, '\\x3c'),
    // the page has all variables
    style: `${read('page.css').replace(/(?<![\w-])(--[\w-]+): /g, '$1:')}\n${TOPOLOGY_STYLE.replace(/,#[\da-f]+\)/g, ')')}`,
  };
}

function hashOf(content: string): string {
  return `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
}
