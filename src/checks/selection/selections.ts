import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { DEPLOYMENTS, LIMITS, planLabel } from '../../inventory/labels';
import { linkedPlan } from '../../inventory/lookups';
import type { SelectionItem } from '../../inventory/plan/selections';
import { ASSIGNING, ASSIGNING_JSON, inSelection, selectionLabel } from '../../inventory/selection-labels';
import { show } from '../../values/core/amounts';
import { QUOTAS, selectionsPerPlanProblems } from '../../values/core/quotas';
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
import type { Check } from '../engine/check';
import { type CheckFacts, type Seen, subject, told } from '../engine/subject';

const FACTS: readonly CheckFacts[] = [
  {
    id: 'Backup-EmptySelection',
    severity: 'error',
    what: 'A selection has neither `Resources` nor `ListOfTags`; conditions alone are not enough.',
    why: 'AWS Backup refuses the selection, and the deployment is rolled back.',
    fix: 'add `Resources: ["*"]` where the conditions shall decide alone, or say what is selected',
    docs: ASSIGNING_JSON,
    source: DEPLOYMENTS,
    asOf: '2026-09-24',
  },
  {
    id: 'Backup-ConditionPrefix',
    severity: 'error',
    what: 'The key of a condition does not begin with `aws:ResourceTag/`, or begins with it twice.',
    why: 'Without the prefix AWS Backup refuses the selection; with two, no resource has such a tag.',
    fix: 'write `aws:ResourceTag/` and the key of the tag',
    docs: ASSIGNING_JSON,
    source: DEPLOYMENTS,
    asOf: '2026-09-24',
  },
  {
    id: 'Backup-AnyTagOperator',
    severity: 'error',
    what: 'An element of `ListOfTags` has another operator than `STRINGEQUALS`.',
    why: 'AWS Backup refuses the selection, and the deployment is rolled back.',
    fix: 'use `STRINGEQUALS`, or `Conditions`, which know four operators and must all hold',
    docs: ASSIGNING_JSON,
    source: DEPLOYMENTS,
    asOf: '2026-09-24',
  },
  {
    id: 'Backup-AnyTagUnion',
    severity: 'warning',
    what: 'A selection has `Resources` and `ListOfTags`, which AWS Backup joins: it selects the resources and, besides, everything with one of the tags.',
    why: 'More is backed up than was meant, or what was to be left out by its tags is backed up nevertheless.',
    fix: 'use `Conditions` in place of `ListOfTags` where both shall hold, or make two selections',
    docs: ASSIGNING_JSON,
    source: 'AWS Backup Developer Guide, Assigning resources using JSON; aws/aws-cdk#18911',
    asOf: '2026-04-13',
  },
  {
    id: 'Backup-ConditionsPerSelection',
    severity: QUOTAS.conditionsPerSelection.severity,
    what: 'A selection has more conditions or tags than AWS Backup takes.',
    why: 'AWS Backup refuses the selection.',
    fix: 'make several selections',
    docs: LIMITS,
    source: 'AWS Backup Developer Guide, Quotas',
    asOf: QUOTAS.conditionsPerSelection.asOf,
  },
  {
    id: 'Backup-SelectionsPerPlan',
    severity: QUOTAS.selectionsPerPlan.severity,
    what: 'A plan has more selections than AWS Backup takes.',
    why: 'AWS Backup refuses the next selection, and the quota can not be raised.',
    fix: 'select by tags that more resources share, or make a second plan',
    docs: LIMITS,
    source: 'AWS Backup Developer Guide, Quotas',
    asOf: QUOTAS.selectionsPerPlan.asOf,
  },
  {
    id: 'Backup-WildcardInEquals',
    severity: 'warning',
    what: 'A condition compares a tag letter by letter with a value that has a `*`.',
    why: 'The `*` is no wildcard there: hardly any resource has such a tag, and the rest is silently not backed up.',
    fix: 'use `StringLike` or `StringNotLike` for a pattern',
    docs: ASSIGNING_JSON,
    source: 'AWS Backup Developer Guide, Assigning resources using JSON',
    asOf: '2026-04-13',
  },
  {
    id: 'Backup-ContradictoryTags',
    severity: 'warning',
    what: 'Conditions of a selection exclude each other: all of them must hold.',
    why: 'Nothing is selected, and nothing says so.',
    fix: 'use `ListOfTags` where one of the values is enough, or make two selections',
    docs: ASSIGNING_JSON,
    source: 'AWS Backup Developer Guide, Assigning resources using JSON',
    asOf: '2026-04-13',
  },
  {
    id: 'Backup-SelectsEverything',
    severity: 'warning',
    what: 'A selection takes every resource of the Region, or all but what has some tag.',
    why: 'It also takes what is made later, of every type, at a cost that grows unseen.',
    fix: 'add a condition on a tag that resources must have',
    docs: ASSIGNING,
    source: 'AWS Backup Developer Guide, Selecting AWS services to back up',
    asOf: '2026-04-13',
  },
];

/** What selections say of tags, and how much they select. */
export const selectionChecks: readonly Check[] = subject(FACTS, look);

function* look(inventory: Inventory): Iterable<Seen> {
  const perPlan = new Map<string, number>();
  for (const selection of inventory.selections) {
    yield* emptiness(selection);
    yield* conditionSeen(selection);
    yield* choiceSeen(selection);
    yield* everythingSeen(selection);
    const plan = linkedPlan(inventory, selection.plan);
    if (plan) perPlan.set(plan.id, (perPlan.get(plan.id) ?? 0) + 1);
  }
  for (const plan of inventory.plans)
    yield* told(
      plan.place,
      selectionsPerPlanProblems(perPlan.get(plan.id) ?? 0, 'BackupPlanId', planLabel(plan)),
    );
}

function* emptiness(selection: SelectionItem): Iterable<Seen> {
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

function* conditionSeen(selection: SelectionItem): Iterable<Seen> {
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
        message: `\`ConditionKey\` of ${of()} must begin with \`${TAG_KEY_PREFIX}\`, got ${show(key)}`,
        fix: /^aws:[a-z]+tag\//i.test(key) ? undefined : `write ${show(`${TAG_KEY_PREFIX}${key}`)}`,
      };
    else if (bare.startsWith(TAG_KEY_PREFIX))
      yield {
        id: 'Backup-ConditionPrefix',
        severity: 'warning',
        place: here,
        message: `\`ConditionKey\` of ${of()} should have \`${TAG_KEY_PREFIX}\` once, got ${show(key)}, which asks for a tag named ${show(bare)}`,
        fix: `write ${show(bare)}`,
      };
  }
  const known = knownConditions(selection);
  for (const { condition, pathInTemplate } of known)
    yield* told(
      at(place, `${pathInTemplate}/ConditionValue`),
      tagConditionProblems(condition, condition.operator).map(withoutFix),
      of,
    );
  const all = inSelection(selection, 'Conditions');
  const values = known.map(({ condition }) => condition);
  yield* told(all, contradictoryTagProblems(values, 'Conditions').map(withoutFix), of);
  yield* told(all, tagQuotaProblems(conditions.items.length, 'Conditions', 'conditionsPerSelection'), of);
}

/** The conditions that are known, with bare keys. */
function knownConditions({ conditions }: SelectionItem) {
  return conditions.items.flatMap(({ operator, key, value, pathInTemplate }) => {
    if (typeof key !== 'string' || typeof value !== 'string' || !key.startsWith(TAG_KEY_PREFIX)) return [];
    const condition: TagConditionValues = { operator, key: key.slice(TAG_KEY_PREFIX.length), value };
    return [{ condition, pathInTemplate }];
  });
}

function* choiceSeen(selection: SelectionItem): Iterable<Seen> {
  const { resources, listOfTags, place } = selection;
  const of = selectionLabel(selection);
  for (const { type, pathInTemplate } of listOfTags.items)
    if (typeof type === 'string' && type !== 'STRINGEQUALS')
      yield {
        id: 'Backup-AnyTagOperator',
        place: at(place, `${pathInTemplate}/ConditionType`),
        message: `\`ConditionType\` in \`ListOfTags\` of ${of} must be \`STRINGEQUALS\`, got ${show(type)}`,
      };
  const list = inSelection(selection, 'ListOfTags');
  yield* told(list, tagQuotaProblems(listOfTags.items.length, 'ListOfTags', 'tagsPerSelection'), () => of);
  if (resources.items.length > 0 && listOfTags.items.length > 0 && !resources.items.includes('*'))
    yield {
      id: 'Backup-AnyTagUnion',
      place: list,
      message: `\`Resources\` and \`ListOfTags\` of ${of} don't limit each other: AWS Backup selects these resources and, besides, everything with one of the tags`,
    };
}

function* everythingSeen(selection: SelectionItem): Iterable<Seen> {
  const { resources, conditions } = selection;
  if (!resources.items.includes('*') || conditions.rest) return;
  const of = () => selectionLabel(selection);
  const values = conditions.items.map(({ operator }) => ({ operator, key: '', value: '' }));
  if (values.some(isPositive)) return;
  const problems =
    values.length > 0
      ? negativeTagProblems(values, 'Conditions', 'add a condition on a tag that resources must have')
      : [everythingProblem('Resources', undefined, 'add a condition on a tag that resources must have')];
  yield* told(inSelection(selection, values.length > 0 ? 'Conditions' : 'Resources'), problems, of);
}

/** Laws advise in the words of our constructs; what a check advises holds for templates. */
function withoutFix<P extends { readonly fix?: string }>(problem: P): P {
  return { ...problem, fix: undefined };
}
