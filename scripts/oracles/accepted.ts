/** A finding of a foreign validator that is no mistake of ours, with the reason. */
export interface Accepted {
  readonly validator: string;
  readonly rule: string;
  /** Only findings whose template, logical ID and detail match. */
  readonly where?: RegExp;
  readonly reason: string;
}

export const ACCEPTED: readonly Accepted[] = [];
