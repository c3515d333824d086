/** The same text for values that mean the same to AWS: in any order, and with one element instead of a list of one. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    const elements = value.map(canonical).sort();
    return elements.length === 1 ? elements[0] : `[${elements.join()}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join()}}`;
}
