/** A value as messages quote it: short, and on one line. */
export function show(value: unknown): string {
  if (typeof value === 'string') {
    const text = value.length > 80 ? `${value.slice(0, 80)}…` : value;
    return /^[\x20-\x5f\x61-\x7e…]+$/.test(text) ? `\`${text}\`` : JSON.stringify(text);
  }
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'an invalid date' : value.toISOString();
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'function' || typeof value === 'symbol' ? `a ${typeof value}` : String(value);
}
