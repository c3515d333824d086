import type { Items, Text } from '../../template/evaluation/unknown';
import type { Context, Found } from '../core/context';
import { type Cursor, mapItems } from '../core/cursor';
import { at, type Item, type Link, type Place } from '../core/item';
import { ROLES } from '../role/roles';
import { PLANS } from './plans';

export interface SelectionItem extends Item {
  readonly name?: Text;
  /** The plan, by its id. */
  readonly plan?: Link;
  readonly role?: Link;
  readonly pathInTemplate: string;
  /** ARNs and patterns; a reference to a resource is that resource's ARN. */
  readonly resources: Items<Text>;
  readonly notResources: Items<Text>;
  /** One of them must match. */
  readonly listOfTags: Items<TagChoice>;
  /** All of them must match. */
  readonly conditions: Items<TagTest>;
}

/** An element of `ListOfTags`. */
export interface TagChoice {
  readonly pathInTemplate: string;
  /** `STRINGEQUALS`, in valid templates. */
  readonly type?: Text;
  /** The bare key. */
  readonly key?: Text;
  readonly value?: Text;
}

/** An element of `Conditions`. */
export interface TagTest {
  readonly pathInTemplate: string;
  readonly operator: 'StringEquals' | 'StringNotEquals' | 'StringLike' | 'StringNotLike';
  /** As written: with `aws:ResourceTag/`, in valid templates. */
  readonly key?: Text;
  readonly value?: Text;
}

const OPERATORS = ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike'] as const;
const NONE = { items: [] };

export function readSelections(context: Context): SelectionItem[] {
  return [...context.all('AWS::Backup::BackupSelection')].map(selection);
}

function selection({ item, properties }: Found): SelectionItem {
  const body = properties.object('BackupSelection');
  const conditions = body?.object('Conditions');
  return {
    ...item,
    name: body?.text('SelectionName'),
    plan: properties.link('BackupPlanId', PLANS, 'either'),
    role: body?.link('IamRoleArn', ROLES, 'arn'),
    pathInTemplate: body?.path ?? `${properties.path}/BackupSelection`,
    resources: body?.texts('Resources') ?? NONE,
    notResources: body?.texts('NotResources') ?? NONE,
    listOfTags: body ? mapItems(body.list('ListOfTags'), choice) : NONE,
    conditions: conditions ? tests(conditions) : NONE,
  };
}

function choice(cursor: Cursor): TagChoice {
  return {
    pathInTemplate: cursor.path,
    type: cursor.text('ConditionType'),
    key: cursor.text('ConditionKey'),
    value: cursor.text('ConditionValue'),
  };
}

function tests(conditions: Cursor): Items<TagTest> {
  if (conditions.unknown) return { items: [], rest: conditions.unknown };
  const all = OPERATORS.map((operator) =>
    mapItems(conditions.list(operator), (cursor) => ({
      pathInTemplate: cursor.path,
      operator,
      key: cursor.text('ConditionKey'),
      value: cursor.text('ConditionValue'),
    })),
  );
  return { items: all.flatMap((of) => of.items), rest: all.find((of) => of.rest)?.rest };
}

/** Where a property of a selection is. */
export function placeInSelection({ place, pathInTemplate }: SelectionItem, path: string): Place {
  return at(place, `${pathInTemplate}/${path}`);
}
