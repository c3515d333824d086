import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { planLabel, selectionLabel } from '../../inventory/labels';
import { linkedPlan } from '../../inventory/lookups';
import { placeInSelection, type SelectionItem } from '../../inventory/plan/selections';
import { beginningOf, showText } from '../../template/evaluation/text';
import { isUnknown } from '../../template/evaluation/unknown';
import { show } from '../../values/core/amounts';
import { enumerate } from '../../values/core/enumeration';
import type { Problem } from '../../values/core/problem';
import { selectionsPerPlanProblems } from '../../values/core/quotas';
import {
  TAG_KEY_PREFIX,
  type TagConditionValues,
  tagConditionProblems,
} from '../../values/core/tag-condition';
import {
  everythingProblem,
  isPositive,
  negativeTagProblems,
  tagQuotaProblems,
} from '../../values/selection/selection-laws';
import { contradictoryTagProblems } from '../../values/selection/selection-tags';
import { type Detection, detectionsFrom } from '../core/detection';

/** The tags and conditions of selections, and how much they select. */
export function* findSelectionProblems(inventory: Inventory): Iterable<Detection> {
  const perPlan = new Map<string, number>();
  for (const selection of inventory.selections) {
    yield* findEmptySelection(selection);
    yield* ofConditions(selection);
    yield* ofListOfTags(selection);
    yield* ofEverything(selection);
    const plan = linkedPlan(inventory, selection.plan);
    yield* ofPlanId(inventory, selection);
    if (plan) perPlan.set(plan.id, (perPlan.get(plan.id) ?? 0) + 1);
  }
  const elsewhere = inventory.selections.some(
    ({ plan }) => plan && plan.to === undefined && isUnknown(plan.text),
  );
  for (const plan of inventory.plans) {
    if (!perPlan.has(plan.id) && !elsewhere)
      yield {
        id: 'Backup-PlanWithoutSelection',
        place: plan.place,
        message: `${planLabel(plan)} has no selection in the input, so it backs up nothing unless resources are assigned elsewhere`,
      };
    yield* detectionsFrom(
      plan.place,
      selectionsPerPlanProblems(perPlan.get(plan.id) ?? 0, 'BackupPlanId', planLabel(plan)),
    );
  }
}

/** A plan that is given by its ARN or its name. */
function* ofPlanId({ plans }: Inventory, selection: SelectionItem): Iterable<Detection> {
  const { plan: link, place } = selection;
  if (!link) return;
  const isArn = beginningOf(link.text).startsWith('arn:');
  const named = plans.find(({ name }) => typeof name === 'string' && name === link.text);
  if (isArn || named)
    yield {
      id: 'Backup-PlanId',
      place: at(place, `${place.pathInTemplate}/Properties/BackupPlanId`),
      message: `\`BackupPlanId\` of ${selectionLabel(selection)} should be the ID of a plan, got ${isArn ? 'the ARN' : 'the name'} ${show(showText(link.text))}`,
      fix: named && `write \`!Ref ${named.place.logicalId}\``,
    };
}

function* findEmptySelection(selection: SelectionItem): Iterable<Detection> {
  const { resources, listOfTags, conditions, notResources } = selection;
  if (resources.items.length + listOfTags.items.length > 0 || resources.rest || listOfTags.rest) return;
  const others = [
    ...(conditions.items.length > 0 ? ['`Conditions`'] : []),
    ...(notResources.items.length > 0 ? ['`NotResources`'] : []),
  ];
  yield {
    id: 'Backup-EmptySelection',
    place: at(selection.place, selection.pathInTemplate),
    message: `${selectionLabel(selection)} must have \`Resources\` or \`ListOfTags\`, got ${others.length > 0 ? `only ${others.join(' and ')}` : 'neither'}`,
  };
}

function* ofConditions(selection: SelectionItem): Iterable<Detection> {
  const { conditions, place } = selection;
  const of = () => selectionLabel(selection);
  for (const { key, pathInTemplate } of conditions.items) {
    if (typeof key !== 'string') continue;
    const here = at(place, `${pathInTemplate}/ConditionKey`);
    const bare = key.slice(TAG_KEY_PREFIX.length);
    if (!key.startsWith(TAG_KEY_PREFIX))
      yield {
        id: 'Backup-ConditionPrefix',
        place: here,
        message: `\`ConditionKey\` of ${of()} must start with \`${TAG_KEY_PREFIX}\`, got ${show(key)}`,
        fix: /^aws:[a-z]+tag\//i.test(key) ? undefined : `use ${show(`${TAG_KEY_PREFIX}${key}`)}`,
      };
    else if (bare.startsWith(TAG_KEY_PREFIX))
      yield {
        id: 'Backup-ConditionPrefixTwice',
        place: here,
        message: `\`ConditionKey\` of ${of()} should contain \`${TAG_KEY_PREFIX}\` once, got ${show(key)}, which matches a tag named ${show(bare)}`,
        fix: `use ${show(bare)}`,
      };
  }
  const known = knownConditions(selection);
  for (const { condition, pathInTemplate } of known)
    yield* detectionsFrom(
      at(place, `${pathInTemplate}/ConditionValue`),
      tagConditionProblems(condition, condition.operator).map(withoutFix),
      of,
    );
  const all = placeInSelection(selection, 'Conditions');
  const values = known.map(({ condition }) => condition);
  yield* detectionsFrom(all, contradictoryTagProblems(values, 'Conditions').map(withoutFix), of);
  yield* detectionsFrom(
    all,
    tagQuotaProblems(conditions.items.length, 'Conditions', 'conditionsPerSelection'),
    of,
  );
}

/** The conditions that are known, with bare keys. */
function knownConditions({ conditions }: SelectionItem) {
  return conditions.items.flatMap(({ operator, key, value, pathInTemplate }) => {
    if (typeof key !== 'string' || typeof value !== 'string' || !key.startsWith(TAG_KEY_PREFIX)) return [];
    const condition: TagConditionValues = { operator, key: key.slice(TAG_KEY_PREFIX.length), value };
    return [{ condition, pathInTemplate }];
  });
}

/** What the keys of `Conditions` begin with. */
const CONDITION_PREFIX = /^aws:[a-z]+tag\//i;

function* ofListOfTags(selection: SelectionItem): Iterable<Detection> {
  const { resources, listOfTags, place } = selection;
  const of = selectionLabel(selection);
  for (const { type, pathInTemplate } of listOfTags.items)
    if (typeof type === 'string' && type !== 'STRINGEQUALS')
      yield {
        id: 'Backup-AnyTagOperator',
        place: at(place, `${pathInTemplate}/ConditionType`),
        message: `\`ConditionType\` in \`ListOfTags\` of ${of} must be \`STRINGEQUALS\`, got ${show(type)}`,
      };
  for (const { key, pathInTemplate } of listOfTags.items)
    if (key !== undefined && CONDITION_PREFIX.test(beginningOf(key)))
      yield {
        id: 'Backup-AnyTagPrefix',
        place: at(place, `${pathInTemplate}/ConditionKey`),
        message: `\`ConditionKey\` in \`ListOfTags\` of ${of} should be a bare tag key, got ${show(showText(key))}, which no resource has`,
        fix: `use ${show(showText(key).replace(CONDITION_PREFIX, ''))}`,
      };
  const list = placeInSelection(selection, 'ListOfTags');
  const keys = new Set(listOfTags.items.flatMap(({ key }) => (typeof key === 'string' ? [key] : [])));
  if (keys.size > 1)
    yield {
      id: 'Backup-AnyTagKeys',
      place: list,
      message: `\`ListOfTags\` of ${of} has the tags ${enumerate([...keys].map(show), 'and')}, any of which is enough: AWS Backup also selects resources that have only one of them`,
    };
  yield* detectionsFrom(
    list,
    tagQuotaProblems(listOfTags.items.length, 'ListOfTags', 'tagsPerSelection'),
    () => of,
  );
  if (resources.items.length > 0 && listOfTags.items.length > 0 && !resources.items.includes('*'))
    yield {
      id: 'Backup-AnyTagUnion',
      place: list,
      message: `\`Resources\` and \`ListOfTags\` of ${of} do not restrict each other: AWS Backup selects these resources and everything with one of the tags`,
    };
}

function* ofEverything(selection: SelectionItem): Iterable<Detection> {
  const { resources, conditions } = selection;
  if (!resources.items.includes('*') || conditions.rest) return;
  const of = () => selectionLabel(selection);
  const values = conditions.items.map(({ operator }) => ({ operator, key: '', value: '' }));
  if (values.some(isPositive)) return;
  const problems =
    values.length > 0
      ? negativeTagProblems(values, 'Conditions', 'add a condition on a tag that resources must have')
      : [everythingProblem('Resources', undefined, 'add a condition on a tag that resources must have')];
  yield* detectionsFrom(
    placeInSelection(selection, values.length > 0 ? 'Conditions' : 'Resources'),
    problems,
    of,
  );
}

/** The fixes of laws name props of our constructs; those of the registry fit templates. */
function withoutFix(problem: Problem): Problem {
  return problem.with({ fix: undefined });
}
