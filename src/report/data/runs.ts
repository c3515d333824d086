const MINUTE_MS = 60_000;

/**
 * The runs of a schedule in few numbers: the minute of the first, then pairs of the minutes to the next and how often this
 * repeats. AWS schedules run on whole minutes.
 */
export function encodeRuns(times: { readonly length: number; at(index: number): number }): number[] {
  if (times.length === 0) return [];
  const encoded = [times.at(0) / MINUTE_MS];
  for (let i = 1; i < times.length; i++) {
    const gap = (times.at(i) - times.at(i - 1)) / MINUTE_MS;
    const last = encoded.length - 2;
    if (last > 0 && encoded[last] === gap) encoded[last + 1]++;
    else encoded.push(gap, 1);
  }
  return encoded;
}

/** The instants in milliseconds. */
export function decodeRuns(encoded: readonly number[]): Float64Array {
  if (encoded.length === 0) return new Float64Array();
  let length = 1;
  for (let i = 2; i < encoded.length; i += 2) length += encoded[i];
  const times = new Float64Array(length);
  let at = encoded[0];
  let index = 0;
  times[index++] = at * MINUTE_MS;
  for (let i = 1; i < encoded.length; i += 2)
    for (let repeat = 0; repeat < encoded[i + 1]; repeat++) {
      at += encoded[i];
      times[index++] = at * MINUTE_MS;
    }
  return times;
}
