import { listProblems, requiredKindProblems } from '../../resources/core/argument-checks';
import { isKnown } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { OrganizationTarget } from './organization-target';

const ID = 'Backup-OrganizationTarget';

/** The law of a list of targets: each of them once. */
export function targetListProblems(targets: unknown, property = 'targets'): Problem[] {
  const wrong = listProblems(targets, (target: unknown) => target instanceof OrganizationTarget, {
    id: ID,
    property,
    what: 'an `OrganizationTarget`',
    fix: "for example, use `OrganizationTarget.organizationalUnit('ou-ab12-11111111')`",
  });
  if (wrong.length > 0 || targets === undefined) return wrong;
  const ids = (targets as OrganizationTarget[]).map((target) => target.id);
  return [...new Set(ids)]
    .filter((each) => isKnown(each) && ids.filter((other) => other === each).length > 1)
    .map((each) =>
      problem({
        id: ID,
        property,
        message: (label) =>
          `${label(property)} must list each target once, got \`${each}\` ${ids.filter((other) => other === each).length} times`,
        fix: 'remove the duplicates',
      }),
    );
}

/** The law of a list of targets that needs at least one. */
export function requiredTargetProblems(targets: unknown): Problem[] {
  const property = 'targets';
  const wrong = requiredKindProblems(targets, Array.isArray, { id: ID, property, what: 'a list of targets' });
  if (wrong.length > 0) return wrong;
  if ((targets as unknown[]).length > 0) return targetListProblems(targets);
  return [
    problem({
      id: ID,
      property,
      message: (label) =>
        `${label(property)} must name at least one root, organizational unit or account, got none`,
    }),
  ];
}
