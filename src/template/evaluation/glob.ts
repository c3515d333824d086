/**
 * Whether a text matches a pattern in which `*` stands for any characters. Takes linear time for each star, whatever the
 * pattern.
 *
 * @param barrier a character that `*` doesn't match
 * @param joker a character of the pattern that stands for any one character
 */
export function globMatches(pattern: string, text: string, barrier?: string, joker?: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.length && (pattern[p] === text[t] || pattern[p] === joker)) {
      p++;
      t++;
    } else if (star >= 0 && text[resume] !== barrier) {
      p = star + 1;
      t = ++resume;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

/** Whether IAM matches a text with a pattern: `*` stands for any characters, `?` for one. */
export function iamMatches(pattern: string, text: string): boolean {
  return globMatches(pattern, text, undefined, '?');
}
