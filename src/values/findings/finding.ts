/** Pages of the AWS Backup Developer Guide. */
export const GUIDE = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/';

/**
 * `error`: AWS was seen, or is documented, to refuse it, or the job certainly fails. `warning`: silently ignored,
 * degraded, or costs money. `note`: can't be determined before deployment.
 */
export type Severity = 'error' | 'warning' | 'note';

/** What a finding says, wherever it comes up: as an error, a warning, or a finding of a check. */
export interface FindingFacts {
  readonly severity: Severity;
  /** One sentence: what is reported. */
  readonly what: string;
  /** Why it matters: what AWS does about it. */
  readonly why: string;
  /** The fix, in the imperative. */
  readonly fix: string;
  /** The AWS page. */
  readonly docs: string;
  /** Where the fact comes from. */
  readonly source: string;
  /** When the fact was true: `2026-09-24`. */
  readonly asOf: string;
}
