import { Token } from 'aws-cdk-lib';
import { isKnown, show } from '../core/amounts';
import type { Problem, Sentence } from '../core/problem';
import { problem } from '../core/problem';
import { QUOTAS, quotaProblems } from '../core/quotas';

/**
 * The law for the ARNs in a selection, one by one.
 *
 * AWS contradicts itself on wildcards: the API reference requires `*` at the end of the resource, while the guide also uses
 * it for the Region and the account, and allows it anywhere elsewhere. So only what isn't an ARN at all is an error.
 *
 * Source: API reference `BackupSelection` (2026-08) and Developer Guide "Assigning resources" (2026-04).
 */
export function selectionArnProblems(arns: readonly unknown[], property: string): Problem[] {
  return arns.flatMap((arn) => selectionArnProblem(arn, property));
}

/**
 * The law for one ARN in a selection.
 *
 * @param shown what messages show instead of the ARN, if it has examples in it
 * @param meant how to write the ARN of the resource that was meant, if that is known
 */
export function selectionArnProblem(
  arn: unknown,
  property: string,
  shown: unknown = arn,
  meant?: string,
): Problem[] {
  if (!isKnown(arn) || isListToken(arn) || arn === '*') return [];
  if (typeof arn !== 'string' || !/^arn:[a-z-]+:[a-z0-9-]+:\S+$/.test(arn))
    return [
      problem({
        id: 'Backup-SelectionArn',
        property,
        message: (label) =>
          `${label(property)} must be ARNs such as \`arn:aws:dynamodb:*:*:table/orders\`, got ${show(shown)}`,
        fix:
          meant === undefined
            ? 'write the full ARN; `*` is allowed at its end and in place of the Region and the account'
            : `write \`${meant}\``,
      }),
    ];
  const resource = arn.split(':').slice(5).join(':');
  if (!/[*?]/.test(resource.slice(0, -1)) && !resource.endsWith('?')) return [];
  return [
    problem({
      id: 'Backup-SelectionWildcard',
      property,
      message: (label) =>
        `${label(property)} has a wildcard before the end of ${show(shown)}, which AWS Backup isn't known to support: it may select nothing`,
      fix: 'put one `*` at the end, or select by tag',
    }),
  ];
}

/** Whether an element of a list stands for a whole list that is known only at deployment. */
export function isListToken(element: unknown): boolean {
  return typeof element === 'string' && Token.isUnresolved([element]) && !Token.isUnresolved(element);
}

/**
 * The law for the number of ARNs in a selection: 500, 30 of them with a wildcard.
 *
 * @param whose the properties that the ARNs come from
 */
export function selectionSizeProblems(
  arns: readonly unknown[],
  property: string,
  whose: Sentence = (label) => label(property),
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
      whose,
      what,
      of: 'a selection',
      fix: 'select by tag, or create several selections',
    }),
  );
}
