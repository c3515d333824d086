import type { CfnResource } from 'aws-cdk-lib';
import type { ISecretRef } from 'aws-cdk-lib/aws-secretsmanager';
import type { IConstruct } from 'constructs';
import { flagProblems, kindProblems, listProblems } from '../../resources/core/argument-checks';
import { resolveResource } from '../../resources/core/resource-arns';
import { isKnown, readMinutes, show, wholeNumberProblems } from '../../values/core/amounts';
import { type Problem, problem } from '../../values/core/problem';
import { unknownPropertyProblemsAt } from '../../values/core/unknown-properties';
import { ID } from './restore-check-parts';
import type { AuroraCheckOptions, DocumentQuery, RestoreQuery } from './restore-query-options';

/** The options of checks that query databases. */
export type QueryOptions = Omit<AuroraCheckOptions, 'queries'> & {
  readonly queries?: readonly (Partial<RestoreQuery> & Partial<DocumentQuery>)[];
};

/** RDS engines that speak a protocol for which there is a driver. */
const ENGINES: readonly string[] = ['mariadb', 'mysql', 'postgres'];
const FIRST_DOCUMENTDB = 5;

function of(property: string, message: string, fix?: string): Problem {
  return problem({ id: ID, property, message: (label) => `${label(property)} ${message}`, fix });
}

/** Options about queries that aren't of their kind. */
export function queryKindProblems(o: QueryOptions, name: string): Problem[] {
  const asksDocuments = name === 'DocumentDB';
  const text = asksDocuments ? 'collection' : 'sql';
  const isText = (value: unknown) => typeof value === 'string' && value !== '';
  const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
  const queries: unknown[] = Array.isArray(o.queries) ? o.queries : [];
  const timeout = o.queryTimeout === undefined ? undefined : readMinutes('queryTimeout', o.queryTimeout);
  return [
    ...kindProblems(o.secret, (each: Partial<ISecretRef>) => each.secretRef?.secretId !== undefined, {
      id: ID,
      property: 'secret',
      what: 'a secret',
    }),
    ...kindProblems(o.database, isText, { id: ID, property: 'database', what: 'the name of a database' }),
    ...kindProblems(o.instanceClass, isText, {
      id: ID,
      property: 'instanceClass',
      what: 'the class of an instance',
    }),
    ...flagProblems(ID, 'directConnection', o.directConnection),
    ...flagProblems(ID, 'resetPassword', o.resetPassword),
    ...(timeout?.problems ?? []),
    ...(typeof timeout?.amount === 'number'
      ? wholeNumberProblems(ID, 'queryTimeout', timeout.amount, { min: 1, max: 10, unit: 'minutes' })
      : []),
    ...listProblems(o.queries, (each: Readonly<Record<string, unknown>>) => isText(each[text]), {
      id: ID,
      property: 'queries',
      what: `a query with \`${text}\``,
    }),
    ...queries.flatMap((query, index) => [
      ...unknownPropertyProblemsAt(
        `queries[${index}]`,
        query,
        asksDocuments ? 'DocumentQuery' : 'RestoreQuery',
      ),
      ...partProblems(`queries[${index}]`, query as Partial<DocumentQuery> | undefined, isObject),
    ]),
  ];
}

function partProblems(
  at: string,
  query: Partial<DocumentQuery> | undefined,
  isObject: (value: unknown) => boolean,
): Problem[] {
  return [
    ...kindProblems(query?.filter, isObject, { id: ID, property: `${at}.filter`, what: 'an object' }),
    ...listProblems(query?.pipeline, isObject, { id: ID, property: `${at}.pipeline`, what: 'an object' }),
    ...kindProblems(query?.expected, (value: unknown) => typeof value === 'string', {
      id: ID,
      property: `${at}.expected`,
      what: 'a string',
    }),
    ...kindProblems(query?.minimum, (value: unknown) => typeof value === 'number' && !Number.isNaN(value), {
      id: ID,
      property: `${at}.minimum`,
      what: 'a number',
    }),
  ];
}

/** What queries lack, and what contradicts them. */
export function queryProblems(o: QueryOptions, name: string): Problem[] {
  const { queries = [] } = o;
  if (queries.length === 0) return [];
  const found: Problem[] = [];
  if (!o.secret && !o.resetPassword)
    found.push(
      of(
        'secret',
        'must be set for `queries`, which need a user of the database',
        'pass the secret of the source',
      ),
    );
  if (o.secret && o.resetPassword)
    found.push(of('resetPassword', 'must not be set with `secret`, which it replaces', 'remove one of them'));
  if (o.resetPassword && name === 'Aurora' && !o.directConnection)
    found.push(
      of(
        'resetPassword',
        'must be set with `directConnection`, since the Data API reads a secret',
        'set `directConnection`, or use `secret`',
      ),
    );
  if (name === 'DocumentDB' && o.database === undefined)
    found.push(
      of('database', 'must be set for `queries`, which name collections', 'add the name of the database'),
    );
  for (const [index, { expected, minimum, filter, pipeline }] of queries.entries()) {
    if (expected === undefined && minimum === undefined)
      found.push(
        of(
          `queries[${index}]`,
          'must have `expected` or `minimum`, otherwise any result would do',
          'add one of them',
        ),
      );
    if (filter && pipeline)
      found.push(
        of(
          `queries[${index}]`,
          'must have `filter` or `pipeline`, got both',
          'move the filter into a `$match` stage',
        ),
      );
  }
  return [...found, ...engineProblems(o, name)];
}

/** Sources whose engine has no built-in queries, where the engine is known. */
function engineProblems({ resources = [] }: QueryOptions, name: string): Problem[] {
  return resources.flatMap((resource, index) => {
    const { engine, engineVersion } = engineOf(resource);
    const at = `resources[${index}]`;
    if (name === 'RDS' && engine !== undefined && !ENGINES.includes(engine))
      return [
        of(
          at,
          `must be PostgreSQL, MySQL or MariaDB for \`queries\`, got ${show(engine)}`,
          'remove `queries`, and use a `validator` of your own',
        ),
      ];
    if (name === 'DocumentDB' && Number.parseInt(engineVersion ?? '', 10) < FIRST_DOCUMENTDB)
      return [
        of(
          at,
          `must be Amazon DocumentDB 5.0 or later for \`queries\`, got ${show(engineVersion)}`,
          'remove `queries`, and use a `validator` of your own',
        ),
      ];
    return [];
  });
}

function engineOf(resource: IConstruct): { readonly engine?: string; readonly engineVersion?: string } {
  const l1 = resolveResource(resource)?.resource as
    | (CfnResource & { readonly engine?: unknown; readonly engineVersion?: unknown })
    | undefined;
  const known = (value: unknown) => (typeof value === 'string' && isKnown(value) ? value : undefined);
  return { engine: known(l1?.engine), engineVersion: known(l1?.engineVersion) };
}
