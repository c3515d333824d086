import type { Duration } from 'aws-cdk-lib';
import type { ISecretRef } from 'aws-cdk-lib/aws-secretsmanager';
import type { RestoreCheckOptions } from './restore-check-options';

/** A query of a restored database, and what the first column of its first row must be. */
export interface RestoreQuery {
  /** The SQL statement. */
  readonly sql: string;

  /**
   * The exact result, as text: as the database writes it, booleans as `true` and `false`.
   *
   * @default - any result
   */
  readonly expected?: string;

  /**
   * The least result, a number.
   *
   * @default - any result
   */
  readonly minimum?: number;
}

/**
 * A query of a restored Amazon DocumentDB database: the number of documents of a collection, or the first value that an
 * aggregation returns.
 */
export interface DocumentQuery {
  /** The collection. One that doesn't exist has 0 documents. */
  readonly collection: string;

  /**
   * Counts only the documents that match, in MongoDB Extended JSON: for example `{ status: 'open' }`, or
   * `{ placed: { $gte: { $date: '2026-01-01T00:00:00Z' } } }`. Not with `pipeline`.
   *
   * @default - all documents
   */
  readonly filter?: { [key: string]: unknown };

  /**
   * The stages of an aggregation, in MongoDB Extended JSON. The result is the first field of the first document, `_id` only
   * if there is no other: for example `[{ $sort: { version: -1 } }, { $limit: 1 }, { $project: { version: 1 } }]`.
   *
   * @default - the documents are counted
   */
  readonly pipeline?: { [key: string]: unknown }[];

  /**
   * The exact result, as text: dates in ISO 8601, objects and lists as JSON.
   *
   * @default - any result
   */
  readonly expected?: string;

  /**
   * The least result, a number.
   *
   * @default - any result
   */
  readonly minimum?: number;
}

/** Options of checks that query databases. */
export interface QueryingCheckOptions extends RestoreCheckOptions {
  /**
   * The secret with the user and password of the source: a JSON object with `username` and `password`, as Amazon RDS writes
   * it. Required for `queries`, unless `resetPassword` is set. The restored database has the password of the day of the
   * backup, so the previous version of the secret is tried, too. Pass the key of a secret that isn't a `Secret` of aws-cdk-lib with `keys` of the validation.
   *
   * @default - none
   */
  readonly secret?: ISecretRef;

  /**
   * Gives the master user of the restored database a new, random password, and queries as this user. The function then needs no
   * secret, and secrets may rotate. Only what a restore test restored is changed. Aurora also needs `directConnection`.
   *
   * @default false
   */
  readonly resetPassword?: boolean;

  /**
   * The database that is queried. Required for queries of Amazon DocumentDB.
   *
   * @default - `dbname` of the secret; without it, `postgres` of PostgreSQL, and none of MySQL and MariaDB
   */
  readonly database?: string;

  /**
   * How long each query may take: whole seconds, 1 to 600. The function itself has 15 minutes for all of them. The Data API
   * stops each statement after 45 seconds.
   *
   * @default Duration.minutes(1)
   */
  readonly queryTimeout?: Duration;
}

/** Options of checks of RDS instances and Multi-AZ clusters. */
export interface RdsCheckOptions extends QueryingCheckOptions {
  /**
   * Queries of PostgreSQL, MySQL and MariaDB, over TLS. The validation needs `subnets` from which the restored database can
   * be reached. Use `validator` for Db2, Oracle and SQL Server.
   *
   * @default - no queries
   */
  readonly queries?: RestoreQuery[];
}

/** Options of checks of Aurora clusters. */
export interface AuroraCheckOptions extends QueryingCheckOptions {
  /**
   * Queries. The restored cluster gets an instance for them, which is deleted afterwards. They go through the Data API. If the
   * version of the cluster has none, they go over TLS from the `subnets` of the validation.
   *
   * @default - no queries
   */
  readonly queries?: RestoreQuery[];

  /**
   * Queries over TLS from the `subnets` of the validation, and never through the Data API.
   *
   * @default false
   */
  readonly directConnection?: boolean;

  /**
   * The class of the instance for the queries, such as `db.r7g.large`.
   *
   * @default 'db.t4g.medium'
   */
  readonly instanceClass?: string;
}

/** Options of checks of Amazon DocumentDB clusters. */
export interface DocumentDbCheckOptions extends QueryingCheckOptions {
  /**
   * Queries of Amazon DocumentDB 5.0 and later, over TLS. The validation needs `subnets` from which the restored cluster can
   * be reached. The cluster gets an instance for them, which is deleted afterwards.
   *
   * @default - no queries
   */
  readonly queries?: DocumentQuery[];

  /**
   * The class of the instance for the queries, such as `db.r6g.large`.
   *
   * @default 'db.t4g.medium'
   */
  readonly instanceClass?: string;
}
