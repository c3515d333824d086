import { show } from './amounts';

/** `a`, `a and b`, `a, b and c`; or with `or`. */
export function enumerate(texts: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  return texts.length < 2
    ? (texts[0] ?? '')
    : `${texts.slice(0, -1).join(', ')} ${conjunction} ${texts.at(-1)}`;
}

/** `` `a`, `b` and `c` ``. */
export function enumerateNames(names: readonly string[]): string {
  return enumerate(names.map((name) => show(name)));
}

const MOST_NAMES = 3;

/** The names of up to three things, otherwise their number: `` `Orders` and `Users` ``, `5 resources`. */
export function summarizeNames(names: readonly string[], what: string): string {
  return names.length > MOST_NAMES ? `${names.length} ${what}` : enumerateNames(names);
}

/** The first three names, and how many there are besides: `` `A`, `B`, `C` and 2 more ``. */
export function firstNames(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  if (more <= 0) return enumerateNames(names);
  const first = names.slice(0, MOST_NAMES).map((name) => show(name));
  return `${first.join(', ')} and ${more} more`;
}
