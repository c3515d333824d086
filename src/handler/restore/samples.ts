import { createHash } from 'node:crypto';
import type { Tools } from './aws-calls';
import { type Check, fail, pass, type Step } from './check';

const DEFAULT_SAMPLES = 20;
/** Sources go on changing after the recovery point was made. */
const DEFAULT_SAMPLE_SHARE = 0.8;

/** How samples are read and compared. */
export interface Sampling<T> {
  /** In the plural, such as `items`. */
  readonly what: string;
  /** Reads a sample, and returns a hash of it. */
  hash(sample: T): Promise<string>;
  /** The hash of the same thing in the source; undefined if the source has it no more, or changed it since. */
  readonly sourceHash?: (sample: T) => Promise<string | undefined>;
}

/** Reads some things at random, and compares them with the source where it has them. */
export async function* compareSamples<T>(
  all: readonly T[],
  { samples: wanted = DEFAULT_SAMPLES, sampleShare = DEFAULT_SAMPLE_SHARE }: Check,
  tools: Tools,
  { what, hash, sourceHash }: Sampling<T>,
): AsyncGenerator<Step> {
  const samples = pick(all, wanted, tools);
  if (samples.length === 0) return yield fail('samples', `there are no ${what} to read`);
  let compared = 0;
  let equal = 0;
  for (const sample of samples) {
    const own = await hash(sample);
    const theirs = await sourceHash?.(sample);
    if (theirs === undefined) continue;
    compared++;
    if (own === theirs) equal++;
  }
  const read = `${samples.length} ${what} read`;
  if (compared === 0) return yield pass('samples', `${read}, none compared: the source has none of them`);
  const result = `${read}, ${equal} of ${compared} equal to the source`;
  yield equal >= Math.ceil(compared * sampleShare)
    ? pass('samples', result)
    : fail('samples', `${result}, expected at least ${Math.ceil(compared * sampleShare)}`);
}

export function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Some elements at random, each once. */
function pick<T>(all: readonly T[], count: number, tools: Tools): T[] {
  const left = [...all];
  const picked: T[] = [];
  while (picked.length < count && left.length > 0)
    picked.push(...left.splice(Math.floor(tools.random() * left.length), 1));
  return picked;
}
