/** Characters that break lines, or would hide or reorder what is shown, as a sign. */
export function visibleText(content: string): string {
  return content.replace(/(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]|\p{Surrogate}/gu, '\ufffd');
}

/** Text in HTML. */
export function htmlText(content: string): string {
  return visibleText(content)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
