import {
  flagProblems,
  kindProblems,
  listProblems,
  requiredKindProblems,
} from '../../resources/core/argument-checks';
import { BackupRule } from '../../resources/plan/backup-rule';
import { selectionOptionProblems } from '../../resources/selection/selection-kinds';
import { isKnown } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { TagCondition } from '../../values/core/tag-condition';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { ResourceType } from '../../values/resource-type/resource-type';
import type { OrganizationBackupPlanOptions } from './organization-backup-plan-options';

const ID = 'Backup-OrganizationPlan';

/** Wrong types of arguments: callers without static types pass anything. */
export function planListProblems(plans: unknown): Problem[] {
  const property = 'plans';
  const wrong = [
    ...requiredKindProblems(plans, Array.isArray, { id: ID, property, what: 'a list of plans' }),
    ...listProblems(plans, isObject, { id: ID, property, what: 'a plan' }),
  ];
  if (wrong.length > 0) return wrong;
  if ((plans as unknown[]).length > 0)
    return (plans as OrganizationBackupPlanOptions[]).flatMap((plan, index) =>
      planKindProblems(plan, `${property}[${index}]`),
    );
  return [
    problem({
      id: ID,
      property,
      message: (label) => `${label(property)} must have at least one plan, got none`,
      fix: 'add one, because the policy has no effect without it',
    }),
  ];
}

function planKindProblems(plan: OrganizationBackupPlanOptions, path: string): Problem[] {
  const of = (property: string) => `${path}.${property}`;
  const text = { fits: (given: unknown) => typeof given === 'string', what: 'a string' };
  return [
    ...unknownPropertyProblems(plan, 'OrganizationBackupPlanOptions'),
    ...requiredKindProblems(plan.name, text.fits, { id: ID, property: of('name'), what: text.what }),
    ...requiredKindProblems(plan.regions, Array.isArray, {
      id: ID,
      property: of('regions'),
      what: 'a list of Regions',
      fix: "for example, use `regions: ['eu-west-1']`",
    }),
    ...(Array.isArray(plan.regions)
      ? listProblems(plan.regions, text.fits, { id: ID, property: of('regions'), what: 'a Region' })
      : []),
    ...requiredKindProblems(plan.rules, Array.isArray, {
      id: ID,
      property: of('rules'),
      what: 'a list of rules',
      fix: 'for example, use `BackupRule.daily({ retention: Retention.days(35) })`',
    }),
    ...(Array.isArray(plan.rules)
      ? listProblems(plan.rules, (rule: unknown) => rule instanceof BackupRule, {
          id: ID,
          property: of('rules'),
          what: 'a `BackupRule`',
        })
      : []),
    ...(['vaultName', 'roleName', 'scannerRoleName'] as const).flatMap((property) =>
      kindProblems(plan[property], text.fits, { id: ID, property: of(property), what: text.what }),
    ),
    ...(['windowsVss', 's3BackupAcls', 's3BackupObjectTags', 'locked'] as const).flatMap((property) =>
      flagProblems(ID, of(property), plan[property]),
    ),
    ...listProblems(plan.scanTypes, (type: unknown) => type instanceof ResourceType, {
      id: ID,
      property: of('scanTypes'),
      what: 'a `ResourceType`',
    }),
    ...kindProblems(plan.planTags, isTags, {
      id: ID,
      property: of('planTags'),
      what: 'an object with string values',
    }),
    ...whatToBackUpProblems(plan, of),
  ];
}

/** Exactly one of `tags` and `selections` selects what is backed up. */
function whatToBackUpProblems(
  { tags, selections }: OrganizationBackupPlanOptions,
  of: (property: string) => string,
): Problem[] {
  const base = { id: ID, property: of('selections') } as const;
  const [one, other] = [`\`${of('tags')}\``, `\`${of('selections')}\``];
  if (tags === undefined && selections === undefined)
    return [
      problem({
        ...base,
        message: `${one} or ${other} must select what is backed up, got neither`,
        fix: "for example, set `tags: [TagCondition.stringEquals('backup', 'gold')]`",
      }),
    ];
  if (tags !== undefined && selections !== undefined)
    return [
      problem({
        ...base,
        message: `${one} and ${other} can't be combined, got both`,
        fix: 'move the conditions into a selection',
      }),
    ];
  if (tags !== undefined)
    return listProblems(tags, (tag: unknown) => tag instanceof TagCondition, {
      id: ID,
      property: of('tags'),
      what: 'a `TagCondition`',
      fix: "for example, use `TagCondition.stringEquals('backup', 'gold')`",
    });
  const wrong = listProblems(selections, isObject, {
    id: ID,
    property: of('selections'),
    what: 'a selection',
  });
  return wrong.length > 0 || !Array.isArray(selections)
    ? wrong
    : selections.flatMap((selection, index) =>
        selectionOptionProblems(selection).map((each) =>
          each.as({ names: (property) => `${of('selections')}[${index}].${property}` }),
        ),
      );
}

const isObject = (given: unknown) => typeof given === 'object' && given !== null && !Array.isArray(given);
const isTags = (given: object) =>
  !isKnown(given) || (isObject(given) && Object.values(given).every((value) => typeof value === 'string'));
