/** Yes, no, or undefined where it isn't known. */
export type Verdict = boolean | undefined;

/** Yes where both are; no as soon as one is. */
export function and(a: Verdict, b: Verdict): Verdict {
  if (a === false || b === false) return false;
  return a === undefined || b === undefined ? undefined : true;
}

/** Yes as soon as one is; no where both are. */
export function or(a: Verdict, b: Verdict): Verdict {
  if (a === true || b === true) return true;
  return a === undefined || b === undefined ? undefined : false;
}

export function not(verdict: Verdict): Verdict {
  return verdict === undefined ? undefined : !verdict;
}
