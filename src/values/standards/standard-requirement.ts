import type { RequirementKey } from './requirement-key';
import type { StandardThresholds } from './standard-thresholds';

/** How well a clause is known to this library. */
export enum ClauseConfidence {
  /** The text of the clause, or a faithful copy of it, was read. */
  HIGH = 'high',
  /** The number and the gist of the clause come from a mapping or a commentary. */
  MEDIUM = 'medium',
  /** The number of the clause is known; its text was not read. */
  LOW = 'low',
}

/** The data that a clause is about, by the value of the tag `backup:data` of the resources. */
export enum DataClass {
  /** Every resource. */
  EVERYTHING = 'everything',
  /** Audit logs: resources with the tag `backup:data` = `audit-logs`. */
  AUDIT_LOGS = 'audit-logs',
  /** Records that must be kept by law: resources with the tag `backup:data` = `records`. */
  RECORDS = 'records',
}

/** The tag that classifies data where a clause is about some data only. */
export const DATA_CLASS_TAG = 'backup:data';

/** A clause of a standard, and what it asks of backups. In our words, not those of the standard. */
export interface StandardRequirement {
  /** The number of the clause, as the standard writes it. */
  readonly clause: string;

  /** What it asks for, in our words. */
  readonly requirement: string;

  /** What the clause asks of backups. A template shows some of it; each key is answered separately. */
  readonly keys: RequirementKey[];

  /** How well the clause is known. */
  readonly confidence: ClauseConfidence;

  /** Where the clause was read. */
  readonly source: string;

  /** When: `2026-11-28`. */
  readonly asOf: string;

  /**
   * The level or baseline of the standard that the clause belongs to, such as `IG1` or `required`.
   *
   * @default - all levels
   */
  readonly level?: string;

  /**
   * What the clause itself says in numbers.
   *
   * @default - nothing: the numbers are choices
   */
  readonly thresholds?: StandardThresholds;

  /**
   * The data that the clause is about.
   *
   * @default DataClass.EVERYTHING
   */
  readonly data?: DataClass;

  /**
   * The types of resources that the clause is about, by their names in AWS Backup, such as `DynamoDB`.
   *
   * @default - all types
   */
  readonly resourceTypes?: string[];

  /**
   * The AWS Config rules that a conformance pack of AWS has for this clause.
   *
   * @default - none: the mapping is ours
   */
  readonly configRules?: string[];

  /**
   * The Security Hub controls that AWS maps to this clause.
   *
   * @default - none: the mapping is ours
   */
  readonly securityHubControls?: string[];

  /**
   * A remark, such as why the clause doesn't apply to backups in AWS.
   *
   * @default - none
   */
  readonly note?: string;

  /**
   * Whether the clause can't apply to backups in AWS at all; `note` says why.
   *
   * @default false
   */
  readonly notApplicable?: boolean;
}

/** A conformance pack of AWS Config that AWS publishes for a standard. */
export interface ConformancePackFacts {
  readonly name: string;
  /** The managed rules on backups that it has. */
  readonly rules: readonly string[];
  readonly source: string;
  readonly asOf: string;
}

/** The data of one standard. */
export interface StandardFacts {
  /** Stable: the name in the command line. */
  readonly id: string;
  /** Other names that people use for it. */
  readonly aliases?: readonly string[];
  readonly title: string;
  readonly version: string;
  /** One or two sentences: what the standard is, and what to keep in mind. */
  readonly about: string;
  readonly requirements: readonly StandardRequirement[];
  /** AWS's own pack; undefined if AWS has none. */
  readonly pack?: ConformancePackFacts;
}
