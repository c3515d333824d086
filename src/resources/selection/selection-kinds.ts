import type { IConstruct } from 'constructs';
import type { Problem } from '../../values/core/problem';
import { TagCondition } from '../../values/core/tag-condition';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { ResourceType } from '../../values/resource-type/resource-type';
import { flagProblems, listProblems, requiredKindProblems } from '../core/argument-checks';
import { roleProblems } from '../role/selection-role';
import type { BackupSelectionOptions, BackupSelectionProps } from './backup-selection-options';

/** Checks the types of the properties of a selection, for untyped callers. */
export function selectionKindProblems(props: BackupSelectionProps): Problem[] {
  const wrong = requiredKindProblems(props, (value) => typeof value === 'object' && !Array.isArray(value), {
    id: 'Backup-SelectionProps',
    property: 'props',
    what: 'an object with properties',
  });
  if (wrong.length > 0) return wrong;
  return [
    ...unknownPropertyProblems(props, 'BackupSelectionProps'),
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

/** Checks the types of the lists of a selection. */
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
  return lists
    .filter(({ property }) => options[property] !== undefined)
    .flatMap(({ property, fits, what, fix }) =>
      listProblems(options[property], fits, { id, property, what, fix }).map((problem, index, all) =>
        problem.with({ fix: l2Fix(property, options[property], all.length, index) ?? fix }),
      ),
    );
}

/** The parts of a `BackupResource` of aws-cdk-lib, which its own selections take. */
interface L2Resource {
  readonly resource?: unknown;
  readonly tagCondition?: { readonly key?: unknown; readonly value?: unknown };
}

/** What to write instead of a `BackupResource` of aws-cdk-lib. */
function l2Fix(property: string, values: unknown, problems: number, index: number): string | undefined {
  if (!Array.isArray(values) || (property !== 'resources' && property !== 'exclude')) return undefined;
  const wrong = values.filter((value) => !isConstruct(value ?? {}));
  if (wrong.length !== problems) return undefined;
  const { tagCondition, resource } = (wrong[index] ?? {}) as L2Resource;
  if (tagCondition)
    return property === 'exclude'
      ? `use \`tags: [TagCondition.stringNotEquals('${tagCondition.key}', '${tagCondition.value}')]\` instead of a \`BackupResource\` of aws-cdk-lib`
      : `use \`tags: [TagCondition.stringEquals('${tagCondition.key}', '${tagCondition.value}')]\` instead of a \`BackupResource\` of aws-cdk-lib`;
  if (typeof resource !== 'string') return undefined;
  return `pass the construct itself, or its ARN in \`${property === 'exclude' ? 'excludeArns' : 'arns'}\`, instead of a \`BackupResource\` of aws-cdk-lib`;
}

const TYPE = { what: 'a `ResourceType`', fix: 'for example, use `ResourceType.DYNAMODB`' };
const TAG = {
  what: 'a `TagCondition`',
  fix: "for example, use `TagCondition.stringEquals('backup', 'gold')`",
};

const isPlan = (value: { backupPlanRef?: { backupPlanId?: unknown } }) =>
  typeof value.backupPlanRef?.backupPlanId === 'string';
const isConstruct = (value: IConstruct) => typeof value.node?.path === 'string';
const isText = (value: unknown) => typeof value === 'string';
const isType = (value: unknown) => value instanceof ResourceType;
const isTagCondition = (value: unknown) => value instanceof TagCondition;
