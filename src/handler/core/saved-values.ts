import { renewed } from './mutex';
import { type ParameterClient, readParameters, removeParameter, writeParameter } from './parameters';
import type { Work } from './runtime';

/** AWS Systems Manager accepts 4,096 bytes for a parameter of the standard tier. */
const WHOLE = 4_000;
const PART = 3_000;

/**
 * Texts of any length in parameters of AWS Systems Manager. A short text is one parameter. A long one is parts, and a
 * parameter that names their generation: the parts of a new generation are written first, then the name is switched,
 * then the old parts are removed. A function that stops anywhere leaves the old text or the new one, never a mixture.
 */
interface Head {
  readonly generation: string;
  readonly parts: number;
}

const HEAD = /^parts:(\d+):([\w-]+)$/;
const GENERATION = /^g[0-9a-z]+-[0-9a-z]+$/;

/** Whether a part of a name is a generation. */
export function isGeneration(name: string | undefined): boolean {
  return name !== undefined && GENERATION.test(name);
}

/** The text of a name, among parameters that were read; undefined if there is none, or parts are missing. */
export function readSaved(name: string, parameters: ReadonlyMap<string, string>): string | undefined {
  const value = parameters.get(name);
  if (value === undefined) return undefined;
  const head = headOf(value);
  if (!head) return value;
  const parts = Array.from({ length: head.parts }, (_, index) =>
    parameters.get(partName(name, head.generation, index)),
  );
  if (parts.some((part) => part === undefined)) return undefined;
  return Buffer.from(parts.join(''), 'base64').toString('utf8');
}

/** Saves a text under a name, in place of the one before. */
export async function writeSaved(
  client: ParameterClient,
  name: string,
  text: string,
  work: Work,
): Promise<void> {
  await renewed(work);
  const generation = `g${work.now().toString(36)}-${Math.floor(work.random() * 2 ** 32).toString(36)}`;
  let value = text;
  if (Buffer.byteLength(text) > WHOLE) {
    const encoded = Buffer.from(text, 'utf8').toString('base64');
    const count = Math.ceil(encoded.length / PART);
    for (let index = 0; index < count; index++)
      await writeParameter(
        client,
        partName(name, generation, index),
        encoded.slice(index * PART, (index + 1) * PART),
        work,
      );
    value = `parts:${count}:${generation}`;
  }
  await writeParameter(client, name, value, work);
  for (const old of (await readParameters(client, name, work)).keys())
    if (!old.startsWith(`${name}/${generation}/`)) await removeParameter(client, old, work);
}

/** Removes a text with everything below its name; succeeds if there is none. */
export async function removeSaved(client: ParameterClient, name: string, work: Work): Promise<void> {
  // the name first: parts without it are nothing
  await removeParameter(client, name, work);
  for (const part of (await readParameters(client, name, work)).keys())
    await removeParameter(client, part, work);
}

/**
 * The texts below a name as an earlier version wrote them: `<topic>/<index>`, of which the first says how many there
 * are. Texts of which parts are missing were being written when the function stopped, and are ignored.
 */
export function findLegacyValue(name: string, parameters: ReadonlyMap<string, string>): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [key, value] of parameters) {
    const [topic, index] = key.startsWith(`${name}/`) ? key.slice(name.length + 1).split('/') : [];
    const [, count, first] = index === '0' ? (/^(\d{1,3}):(.*)$/s.exec(value) ?? []) : [];
    if (count === undefined) continue;
    const parts = Array.from({ length: Number(count) }, (_, part) =>
      part === 0 ? first : parameters.get(`${name}/${topic}/${part}`),
    );
    if (parts.every((part) => part !== undefined))
      texts.set(topic, Buffer.from(parts.join(''), 'base64').toString('utf8'));
  }
  return texts;
}

function headOf(value: string): Head | undefined {
  const [, parts, generation] = HEAD.exec(value) ?? [];
  return generation === undefined ? undefined : { parts: Number(parts), generation };
}

function partName(name: string, generation: string, index: number): string {
  return `${name}/${generation}/${index}`;
}
