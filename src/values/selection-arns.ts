import { isKnown, show } from './amounts';
import type { Problem } from './problem';
import { QUOTAS } from './quotas';

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
  if (!isKnown(arn) || arn === '*') return [];
  if (typeof arn !== 'string' || !/^arn:[a-z-]+:[a-z0-9-]+:/.test(arn) || /\s/.test(arn))
    return [
      {
        id: 'Backup-SelectionArn',
        severity: 'error',
        property,
        message: `\`${property}\` must be ARNs such as \`arn:aws:dynamodb:*:*:table/orders\`, got ${show(arn)}`,
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

/** How many ARNs a selection may hold: 500, of which 30 with a wildcard. */
export function selectionSizeProblems(arns: readonly unknown[], property: string): Problem[] {
  const { arnsPerSelection, wildcardArnsPerSelection } = QUOTAS;
  const problems: Problem[] = [];
  if (arns.length > arnsPerSelection.max)
    problems.push({
      id: 'Backup-SelectionSize',
      severity: arnsPerSelection.severity,
      property,
      message: `\`${property}\` can be at most ${arnsPerSelection.max} ARNs in a selection, got ${arns.length}`,
      fix: 'select by tag, or make several selections',
    });
  const wildcards = arns.filter((arn) => typeof arn === 'string' && arn.includes('*'));
  if (wildcards.length > wildcardArnsPerSelection.max)
    problems.push({
      id: 'Backup-SelectionSize',
      severity: wildcardArnsPerSelection.severity,
      property,
      message: `\`${property}\` can be at most ${wildcardArnsPerSelection.max} ARNs with a wildcard in a selection, got ${wildcards.length}`,
      fix: 'select by tag, or make several selections',
    });
  return problems;
}
