import type { Items, Maybe, Text } from '../../template/evaluation/unknown';
import type { Context } from '../core/context';
import { type Cursor, mapItems } from '../core/cursor';
import type { Item, Link } from '../core/item';
import { type Tags, tagsOf } from '../core/tags';
import { ROLES } from '../role/roles';
import { VAULTS } from '../vault/vaults';

export interface RestoreTestingPlanItem extends Item {
  readonly name: Text;
  readonly schedule?: Text;
  readonly timeZone?: Text;
  readonly startWindowHours?: Maybe<number>;
  readonly algorithm?: Text;
  readonly recoveryPointTypes: Items<Text>;
  readonly selectionWindowDays?: Maybe<number>;
  /** ARNs and patterns; the link of a pattern leads nowhere. */
  readonly includeVaults: Items<Link>;
  readonly excludeVaults: Items<Link>;
  readonly tags: Tags;
}

export interface RestoreTestingSelectionItem extends Item {
  readonly name?: Text;
  readonly plan?: Link;
  readonly resourceType?: Text;
  readonly role?: Link;
  readonly resources: Items<Text>;
  readonly conditions: Items<RestoreTestingCondition>;
  readonly overrides: Tags;
  readonly validationWindowHours?: Maybe<number>;
}

export interface RestoreTestingCondition {
  readonly operator: 'StringEquals' | 'StringNotEquals';
  readonly pathInTemplate: string;
  readonly key?: Text;
  readonly value?: Text;
}

const PLAN = 'AWS::Backup::RestoreTestingPlan';
const PLANS: ReadonlySet<string> = new Set([PLAN]);
const OPERATORS = ['StringEquals', 'StringNotEquals'] as const;
const NONE = { items: [] };

export function readRestoreTestingPlans(context: Context): RestoreTestingPlanItem[] {
  return [...context.all(PLAN)].map(({ item, properties, stack, resource }) => {
    const points = properties.object('RecoveryPointSelection');
    return {
      ...item,
      name: context.literal.identities.name(stack, resource),
      schedule: properties.text('ScheduleExpression'),
      timeZone: properties.text('ScheduleExpressionTimezone'),
      startWindowHours: properties.number('StartWindowHours'),
      algorithm: points?.text('Algorithm'),
      recoveryPointTypes: points?.texts('RecoveryPointTypes') ?? NONE,
      selectionWindowDays: points?.number('SelectionWindowDays'),
      includeVaults: points?.links('IncludeVaults', VAULTS, 'arn') ?? NONE,
      excludeVaults: points?.links('ExcludeVaults', VAULTS, 'arn') ?? NONE,
      tags: tagsOf(properties, 'Tags'),
    };
  });
}

export function readRestoreTestingSelections(context: Context): RestoreTestingSelectionItem[] {
  return [...context.all('AWS::Backup::RestoreTestingSelection')].map(({ item, properties }) => ({
    ...item,
    name: properties.text('RestoreTestingSelectionName'),
    plan: properties.link('RestoreTestingPlanName', PLANS, 'name'),
    resourceType: properties.text('ProtectedResourceType'),
    role: properties.link('IamRoleArn', ROLES, 'arn'),
    resources: properties.texts('ProtectedResourceArns'),
    conditions: conditions(properties.object('ProtectedResourceConditions')),
    overrides: tagsOf(properties, 'RestoreMetadataOverrides'),
    validationWindowHours: properties.number('ValidationWindowHours'),
  }));
}

function conditions(cursor: Cursor | undefined): Items<RestoreTestingCondition> {
  if (!cursor) return NONE;
  if (cursor.unknown) return { items: [], rest: cursor.unknown };
  const all = OPERATORS.map((operator) =>
    mapItems(cursor.list(operator), (entry) => ({
      operator,
      pathInTemplate: entry.path,
      key: entry.text('Key'),
      value: entry.text('Value'),
    })),
  );
  return { items: all.flatMap((of) => of.items), rest: all.find((of) => of.rest)?.rest };
}
