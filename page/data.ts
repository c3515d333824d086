import type { ShownData } from '../src/report/page/summary-lines';

/** The data in the page: JSON, compressed if there is much of it. */
export async function readData(): Promise<ShownData> {
  const element = document.getElementById('data') as HTMLScriptElement;
  const content = element.textContent ?? '';
  if (element.type === 'application/json') return JSON.parse(content);
  const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return JSON.parse(await new Response(stream).text());
}
