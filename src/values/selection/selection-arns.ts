import { Token } from 'aws-cdk-lib';
import { isKnown, show } from '../core/amounts';
import type { Problem } from '../core/problem';
import { QUOTAS, quotaProblems } from '../core/quotas';

/**
 * The law of the ARNs in a selection, one by one.
 *
 * AWS's texts contradict each other on wildcards: the API asks for a `*` at the end of the resource, the guide also
 * uses it in the place of Region and account, and elsewhere allows it anywhere. So only what is no ARN at all is an
 * error.
 *
 * Source: API reference `BackupSelection` (2026-08) and Developer Guide "Assigning resources" (2026-04).
 */
export function selectionArnProblems(arns: readonly unknown[], property: string): Problem[] {
  return arns.flatMap((arn) => arnProblems(arn, property));
}

function arnProblems(arn: unknown, property: string): Problem[] {
  if (!isKnown(arn) || isListToken(arn) || arn === '*') return [];
  if (typeof arn !== 'string' || !/^arn:[a-z-]+:[a-z0-9-]+:\S+$/.test(arn))
    return [
      {
        id: 'Backup-SelectionArn',
        severity: 'error',
        property,
        message: `\`${property}\` must be ARNs such as \`arn:aws:dynamodb:*:*:table/orders\`, got ${show(arn)}`,
        fix: 'write the whole ARN; a `*` may end it, and stand for the Region and the account',
      },
    ];
  const resource = arn.split(':').slice(5).join(':');
  if (!/[*?]/.test(resource.slice(0, -1)) && !resource.endsWith('?')) return [];
  return [
    {
      id: 'Backup-SelectionWildcard',
      severity: 'warning',
      property,
      message: `\`${property}\` has a wildcard before the end of ${show(arn)}, which AWS Backup isn't known to support: it may select nothing`,
      fix: 'put one `*` at the end, or select by tag',
    },
  ];
}

/** Whether an element of a list stands for a whole list that is known at deployment only. */
export function isListToken(element: unknown): boolean {
  return typeof element === 'string' && Token.isUnresolved([element]) && !Token.isUnresolved(element);
}

/**
 * How many ARNs a selection may hold: 500, of which 30 with a wildcard.
 *
 * @param words how the message names the properties that the ARNs come from
 */
export function selectionSizeProblems(
  arns: readonly unknown[],
  property: string,
  words = `\`${property}\``,
): Problem[] {
  const { arnsPerSelection, wildcardArnsPerSelection } = QUOTAS;
  const wildcards = arns.filter((arn) => typeof arn === 'string' && arn.includes('*'));
  return (
    [
      ['ARNs', arns.length, arnsPerSelection],
      ['ARNs with a wildcard', wildcards.length, wildcardArnsPerSelection],
    ] as const
  ).flatMap(([what, count, quota]) =>
    quotaProblems('Backup-SelectionSize', property, count, quota, {
      whose: words,
      what,
      of: 'a selection',
      fix: 'select by tag, or make several selections',
    }),
  );
}
