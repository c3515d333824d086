import { listProblems } from '../../resources/core/argument-checks';
import { isKnown } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { OrganizationTarget } from './organization-target';

/** The law of a list of targets: each of them once. */
export function targetListProblems(targets: unknown, property = 'targets'): Problem[] {
  const id = 'Backup-OrganizationTarget';
  const wrong = listProblems(targets, (target: unknown) => target instanceof OrganizationTarget, {
    id,
    property,
    what: 'an `OrganizationTarget`',
    fix: "use for instance `OrganizationTarget.organizationalUnit('ou-ab12-11111111')`",
  });
  if (wrong.length > 0 || targets === undefined) return wrong;
  const ids = (targets as OrganizationTarget[]).map((target) => target.id);
  return [...new Set(ids)]
    .filter((each) => isKnown(each) && ids.filter((other) => other === each).length > 1)
    .map((each) => ({
      id,
      severity: 'error',
      property,
      message: `\`${property}\` must have each target once, got \`${each}\` ${ids.filter((other) => other === each).length} times`,
      fix: 'keep one of them',
    }));
}
