import type { IConstruct } from 'constructs';
import type { Problem } from '../../values/core/problem';
import { TagCondition } from '../../values/core/tag-condition';
import { ResourceType } from '../../values/resource-type/resource-type';
import { flagProblems, listProblems, requiredKindProblems } from '../core/argument-checks';
import { roleProblems } from '../role/selection-role';
import type { BackupSelectionOptions, BackupSelectionProps } from './backup-selection-options';

/** Whether the properties of a selection are of the right kinds; callers without types pass anything. */
export function selectionKindProblems(props: BackupSelectionProps): Problem[] {
  const wrong = requiredKindProblems(props, (given) => typeof given === 'object' && !Array.isArray(given), {
    id: 'Backup-SelectionProps',
    property: 'props',
    what: 'an object with properties',
  });
  if (wrong.length > 0) return wrong;
  return [
    ...requiredKindProblems(props.backupPlan, isPlan, {
      id: 'Backup-SelectionPlan',
      property: 'backupPlan',
      what: 'a backup plan',
      fix: 'refer to an existing one with `BackupPlan.fromBackupPlanId`',
    }),
    ...selectionOptionProblems(props),
    ...flagProblems('Backup-SelectionOptions', 'everything', props.everything),
    ...roleProblems(props.role),
  ];
}

/** What a selection says, of the right kinds. */
export function selectionOptionProblems(options: BackupSelectionOptions): Problem[] {
  const id = 'Backup-SelectionOptions';
  const lists = [
    { property: 'resources', fits: isConstruct, what: 'a construct', fix: 'use `arns` for ARNs' },
    { property: 'arns', fits: isText, what: 'an ARN', fix: 'use `resources` for constructs' },
    { property: 'resourceTypes', fits: isType, ...TYPE },
    { property: 'tags', fits: isTagCondition, ...TAG },
    { property: 'anyTag', fits: isTagCondition, ...TAG },
    { property: 'exclude', fits: isConstruct, what: 'a construct', fix: 'use `excludeArns` for ARNs' },
    { property: 'excludeArns', fits: isText, what: 'an ARN', fix: 'use `exclude` for constructs' },
    { property: 'excludeTypes', fits: isType, ...TYPE },
  ] as const;
  return lists.flatMap(({ property, fits, what, fix }) =>
    listProblems(options[property], fits, { id, property, what, fix }),
  );
}

const TYPE = { what: 'a `ResourceType`', fix: 'use for instance `ResourceType.DYNAMODB`' };
const TAG = {
  what: 'a `TagCondition`',
  fix: "use for instance `TagCondition.stringEquals('backup', 'gold')`",
};

const isPlan = (given: { backupPlanRef?: { backupPlanId?: unknown } }) =>
  typeof given.backupPlanRef?.backupPlanId === 'string';
const isConstruct = (given: IConstruct) => typeof given.node?.path === 'string';
const isText = (given: unknown) => typeof given === 'string';
const isType = (given: unknown) => given instanceof ResourceType;
const isTagCondition = (given: unknown) => given instanceof TagCondition;
