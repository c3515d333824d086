import type { Tools } from './aws-calls';
import type { Question } from './database/connection';
import type { Mount } from './mount/mount';

/** How deep a check looks, from fast to slow; each level includes those before it. */
export const LEVELS = ['restored', 'opens', 'counts', 'samples', 'queries'] as const;
export type Level = (typeof LEVELS)[number];

/** A query, and what its first value must be. */
export interface Query extends Question {
  /** As text. */
  readonly equals?: string;
  readonly atLeast?: number;
}

/** How the restored resources of one type are validated, as the construct writes it. */
export interface Check {
  readonly type: string;
  /** The ARNs of the sources that it is for; undefined: all of the type. */
  readonly sources?: readonly string[];
  readonly level: Level;
  /** The least share of the items of the source, from 0 to 1. */
  readonly share?: number;
  /** The least number of items. */
  readonly atLeast?: number;
  /** How many items are read. */
  readonly samples?: number;
  /** The least share of samples that equal their source, from 0 to 1. */
  readonly sampleShare?: number;
  readonly queries?: readonly Query[];
  readonly database?: string;
  readonly secretArn?: string;
  /** How long each query may take. */
  readonly querySeconds?: number;
  /** Whether the master user of the restored database gets a new password, instead of that of the secret. */
  readonly resetPassword?: boolean;
  /** Whether Aurora is queried over a connection, not through the Data API. */
  readonly direct?: boolean;
  /** The class of the instance that a restored cluster gets for queries. */
  readonly instanceClass?: string;
  /** Shell commands, which must exit with 0: in a restored instance, or beside a restored file system. */
  readonly commands?: readonly string[];
  /** The least number of files. */
  readonly minimumFiles?: number;
  /** Where a restored file system is mounted; undefined: not at all. */
  readonly mount?: Mount;
  /** A function that gets the subject and answers `{ valid, reason }`. */
  readonly functionArn?: string;
  /** Whether a malware scan of the recovery point must have found nothing. */
  readonly cleanScan?: boolean;
}

/** What is validated. */
export interface Subject {
  readonly jobId: string;
  readonly type: string;
  readonly restoredArn: string;
  readonly sourceArn?: string;
  readonly recoveryPointArn?: string;
  readonly vaultName?: string;
  readonly recoveryPointCreated?: Date;
}

/** What one level found. */
export interface Step {
  readonly level: Level | 'scan' | 'function';
  readonly ok: boolean;
  readonly says: string;
}

/** Looks at a restored resource level by level. Throws `NotYet` for what must be waited for. */
export type Validator = (subject: Subject, check: Check, tools: Tools) => AsyncGenerator<Step, void, void>;

export function pass(level: Step['level'], says: string): Step {
  return { level, ok: true, says };
}

export function fail(level: Step['level'], says: string): Step {
  return { level, ok: false, says };
}

/** The last part of an ARN: the name or the ID. */
export function nameOfArn(arn: string): string {
  return arn.split(/[:/]/).at(-1) as string;
}

/**
 * Compares numbers of items: with the source if it is known, and with the least number.
 *
 * @param what in the plural, such as `items`
 */
export function compareCounts(
  what: string,
  restored: number,
  source: number | undefined,
  { share = 0.9, atLeast = 1 }: Check,
): Step {
  const least = Math.max(atLeast, source === undefined ? 0 : Math.floor(source * share));
  const of = source === undefined ? '' : `, the source has ${source}`;
  return restored >= least
    ? pass('counts', `${restored} ${what}${of}`)
    : fail('counts', `${restored} ${what}, expected at least ${least}${of}`);
}
