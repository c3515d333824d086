/**
 * An upper estimate of how wide a text is in common sans-serif fonts, in pixels. Fonts differ from one system to the next, so
 * the widths are those of DejaVu Sans, a wide one.
 */
export function textWidth(text: string, fontSize: number): number {
  let units = 0;
  for (const character of text) units += unitsOf(character);
  return units * fontSize;
}

/** The text, shortened after its first two thirds if it is wider than allowed: names often differ in their ends. */
export function fittedText(text: string, fontSize: number, width: number): string {
  if (textWidth(text, fontSize) <= width) return text;
  const characters = [...text];
  const budget = width / fontSize - unitsOf('…');
  let used = 0;
  let [start, end] = [0, characters.length];
  while (start < end) {
    const atStart = start <= 2 * (characters.length - end);
    used += unitsOf(characters[atStart ? start : end - 1]);
    if (used > budget) break;
    if (atStart) start++;
    else end--;
  }
  return `${characters.slice(0, start).join('')}…${characters.slice(end).join('')}`;
}

/** The text in one line or two, broken between words if possible; the second is shortened if it is wider than allowed. */
export function wrappedText(text: string, fontSize: number, width: number): readonly string[] {
  if (textWidth(text, fontSize) <= width) return [text];
  let [used, end, stop, last] = [0, 0, 0, ''];
  // words of CamelCase count only where no other words end
  let hasWords = false;
  for (const character of text) {
    const isWord = /[-_/.:,\s]/.test(last);
    hasWords ||= isWord;
    if (isWord || (!hasWords && /[A-Z]/.test(character) && /[a-z]/.test(last))) stop = end;
    used += unitsOf(character) * fontSize;
    if (used > width) break;
    end += character.length;
    last = character;
  }
  const at = stop > end / 3 ? stop : end;
  return [text.slice(0, at).trimEnd(), fittedText(text.slice(at).trimStart(), fontSize, width)];
}

function unitsOf(character: string): number {
  if (character > '\u024f') return character < '\u2500' ? 1 : 1.2;
  if (/[ijl'|]/.test(character)) return 0.34;
  if (/[ftrI.,:;`!()[\]\s-]/.test(character)) return 0.42;
  if (/[sczkxvyJ]/.test(character)) return 0.6;
  if (/[mMW@%]/.test(character)) return 1;
  if (/[A-Zw]/.test(character)) return 0.82;
  return 0.65;
}
