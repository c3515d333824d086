/** True, false, or undefined if it isn't known. */
export type Verdict = boolean | undefined;

/** True if both are true, false if one is false. */
export function and(a: Verdict, b: Verdict): Verdict {
  if (a === false || b === false) return false;
  return a === undefined || b === undefined ? undefined : true;
}

/** True if one is true, false if both are false. */
export function or(a: Verdict, b: Verdict): Verdict {
  if (a === true || b === true) return true;
  return a === undefined || b === undefined ? undefined : false;
}

export function not(verdict: Verdict): Verdict {
  return verdict === undefined ? undefined : !verdict;
}
