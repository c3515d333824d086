/**
 * Text of an input file on one line, without control characters, which a terminal would interpret. Like everything here,
 * it takes linear time: an input file can be megabytes of blanks.
 */
export function oneLine(text: string): string {
  return text
    .replace(/\s+/g, (blanks) => (/[\r\n]/.test(blanks) ? ' ' : blanks))
    .replace(/[\p{Cc}\p{Bidi_Control}]/gu, '\ufffd');
}

/** The text without characters of a set at its ends. */
export function trimmed(text: string, atStart: RegExp, atEnd = atStart): string {
  let start = 0;
  let end = text.length;
  while (start < end && atStart.test(text[start])) start++;
  while (end > start && atEnd.test(text[end - 1])) end--;
  return text.slice(start, end);
}

/**
 * `1,234`, `1,234.50`. Not `toLocaleString`, whose first call in a process loads the data of all locales: that takes longer than
 * checking a small app.
 */
export function numberText(amount: number, digits = 0): string {
  const [whole, fraction] = amount.toFixed(digits).split('.');
  let grouped = whole;
  for (let at = whole.length - 3; at > (amount < 0 ? 1 : 0); at -= 3)
    grouped = `${grouped.slice(0, at)},${grouped.slice(at)}`;
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
