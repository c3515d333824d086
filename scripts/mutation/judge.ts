import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { ACCEPTED } from './accepted';

/** A changed source, and whether a test noticed it. */
export interface Mutant {
  readonly id: string;
  readonly fileName: string;
  readonly location: { readonly start: { readonly line: number; readonly column: number } };
  readonly mutatorName: string;
  readonly replacement: string;
  readonly status: string;
}

/** What `reporter.js` wrote: which mutants there are, in an order by chance, and those that were tested. */
export interface Results {
  /** The ids of the mutants that were to be tested. */
  readonly order: readonly string[];
  /** How many mutants there are in the files. */
  readonly of: number;
  readonly tested: readonly Mutant[];
}

/** The results in lines of JSON; undefined if Stryker was stopped before it began to test. */
export function resultsIn(text: string): Results | undefined {
  const lines = text.split('\n').filter((line) => line !== '');
  if (lines.length === 0) return undefined;
  const [{ order, of }, ...tested] = lines.map((line) => JSON.parse(line));
  return { order, of, tested };
}

/** How many mutants must be noticed. */
export const REQUIRED = 0.9;
/** How improbable a result must be before it fails, where only some mutants were tested. */
const IMPROBABLE = 0.001;

/** A file with tests that can't be loaded with a mutant is an error of Stryker's. */
const NOTICED = ['Killed', 'Timeout', 'RuntimeError'];
const UNNOTICED = ['Survived', 'NoCoverage'];

/**
 * The mutants that a run has judged when it was stopped. Stryker reports at once which mutants no test reaches, and the
 * others one by one: all of the former count only if all of the latter were tested. So only those count that come before
 * the last one that was tested; since their order is by chance, these are a sample of all.
 */
export function judged({ order, tested }: Results): Mutant[] {
  const byId = new Map(tested.map((mutant) => [mutant.id, mutant]));
  const wasRun = (id: string) => (byId.get(id)?.status ?? 'NoCoverage') !== 'NoCoverage';
  const end = tested.length === order.length ? order.length : order.map(wasRun).lastIndexOf(true) + 1;
  return order.slice(0, end).flatMap((id) => byId.get(id) ?? []);
}

/** The chance that of so many mutants at least so many survive, if nine tenths are noticed. */
export function chance(count: number, survivors: number): number {
  let term = REQUIRED ** count; // of no survivor
  let below = 0;
  for (let k = 0; k < survivors; k++) {
    below += term;
    term *= ((count - k) / (k + 1)) * ((1 - REQUIRED) / REQUIRED);
  }
  return 1 - below;
}

/** How good the tests are. */
export interface Verdict {
  readonly noticed: number;
  readonly survived: readonly Mutant[];
  readonly explained: number;
  /** Noticed of those that aren't explained. */
  readonly score: number;
  readonly enough: boolean;
}

/** All mutants must reach the score; a sample fails only if that is improbable. */
export function verdictOn(results: Results, isExplained: (mutant: Mutant) => boolean = isAccepted): Verdict {
  const mutants = judged(results);
  const noticed = mutants.filter(({ status }) => NOTICED.includes(status)).length;
  const survivors = mutants.filter(({ status }) => UNNOTICED.includes(status));
  const survived = survivors.filter((mutant) => !isExplained(mutant));
  const count = noticed + survived.length;
  const score = count === 0 ? 1 : noticed / count;
  const enough =
    mutants.length === results.of ? score >= REQUIRED : chance(count, survived.length) >= IMPROBABLE;
  return { noticed, survived, explained: survivors.length - survived.length, score, enough };
}

const sources = new Map<string, string[]>();

/** The line of the source that is mutated. */
export function lineOf({ fileName, location }: Mutant): string {
  const lines = sources.get(fileName) ?? readFileSync(fileName, 'utf8').split('\n');
  sources.set(fileName, lines);
  return lines[location.start.line - 1]?.trim() ?? '';
}

function isAccepted(mutant: Mutant): boolean {
  const file = relative('.', mutant.fileName);
  const line = lineOf(mutant);
  return ACCEPTED.some(
    (one) =>
      (one.file === file || (one.file.endsWith('/') && file.startsWith(one.file))) &&
      line.includes(one.line) &&
      (one.replacement === undefined || one.replacement === mutant.replacement),
  );
}
