import type {
  Entries,
  PolicyCondition,
  PolicyConditions,
  PolicyResourceSelection,
  PolicySelections,
  PolicyTagSelection,
} from '../../policy/document/policy-document';
import { modelKey } from '../../policy/document/policy-text';
import { isPolicyName } from '../../policy/language/policy-values';
import type { TagCondition } from '../../values/core/tag-condition';
import type { ResourceType } from '../../values/resource-type/resource-type';
import type { NamedSelection } from './plan-names';

/**
 * Selections as a backup policy expresses them. A plan has either tag selections or resource selections: tag selections
 * where all of them use tags alone, because they are shorter and as old as backup policies.
 *
 * @param roleArn the role of the selections
 */
export function policySelections(
  selections: readonly NamedSelection[],
  roleArn: string,
  partition: string,
): PolicySelections {
  if (selections.every(usesTagsAlone)) {
    const entries = selections.flatMap((selection) => tagSelections(selection, roleArn));
    return { tags: { entries: new Map(entries) } };
  }
  const entries = selections.flatMap((selection) => resourceSelections(selection, roleArn, partition));
  return { resources: { entries: new Map(entries) } };
}

/** The names of the selections in the policy: one with `anyTag` may become several. */
export function selectionNames(selections: readonly NamedSelection[]): string[] {
  const render = selections.every(usesTagsAlone) ? tagSelections : resourceSelections;
  return selections.flatMap((selection) => render(selection, '', 'aws')).map(([name]) => name);
}

const isEqual = ({ operator }: TagCondition) => operator === 'StringEquals';

function usesTagsAlone(selection: NamedSelection): boolean {
  const { resourceTypes, excludeTypes = [], everything, tags = [], anyTag = [] } = selection;
  if (resourceTypes || excludeTypes.length > 0 || everything) return false;
  return anyTag.length > 0 || tags.some(isEqual);
}

function tagSelections(selection: NamedSelection, role: string): [string, PolicyTagSelection][] {
  const { name, tags = [], anyTag = [] } = selection;
  if (anyTag.length === 0) {
    const first = tags.find(isEqual) as TagCondition;
    const others = tags.filter((tag) => tag !== first);
    return [[name, tagSelection(role, first.key, [first.value], others)]];
  }
  const byKey = new Map<string, string[]>();
  for (const { key, value } of anyTag) byKey.set(key, [...(byKey.get(key) ?? []), value]);
  return [...byKey].map(([key, values], index) => [
    byKey.size === 1 ? name : `${name}-${index + 1}`,
    tagSelection(role, key, [...new Set(values)], tags),
  ]);
}

function tagSelection(
  role: string,
  key: string,
  values: readonly string[],
  tags: readonly TagCondition[],
): PolicyTagSelection {
  return {
    iamRoleArn: { assign: role },
    tagKey: { assign: key },
    tagValue: { assign: values },
    ...conditionsOf(tags),
  };
}

function resourceSelections(
  { name, resourceTypes, excludeTypes = [], everything, tags = [], anyTag = [] }: NamedSelection,
  role: string,
  partition: string,
): [string, PolicyResourceSelection][] {
  const selection = (
    types: readonly string[],
    conditions: readonly TagCondition[],
  ): PolicyResourceSelection => ({
    iamRoleArn: { assign: role },
    resourceTypes: { assign: types },
    ...(excludeTypes.length > 0 ? { notResourceTypes: { assign: patterns(excludeTypes, partition) } } : {}),
    ...conditionsOf(conditions),
  });
  const all: [string, PolicyResourceSelection][] = [];
  if (resourceTypes || everything || anyTag.length === 0)
    all.push([name, selection(resourceTypes ? patterns(resourceTypes, partition) : ['*'], tags)]);
  for (const [index, tag] of anyTag.entries())
    all.push([`${name}-${index + 1}`, selection(['*'], [...tags, tag])]);
  return all;
}

function patterns(types: readonly ResourceType[], partition: string): string[] {
  return [...new Set(types.flatMap((type) => type.arnPatterns(partition)))];
}

/** Conditions are named after their tag key where that is a valid name, so that child policies can find them. */
function conditionsOf(tags: readonly TagCondition[]): { conditions?: PolicyConditions } {
  if (tags.length === 0) return {};
  const operators = new Map<string, Map<string, PolicyCondition>>();
  for (const { operator, key, conditionKey, value } of tags) {
    const property = modelKey(operator.replace(/(?<!^)[A-Z]/g, (letter) => `_${letter}`));
    const entries = operators.get(property) ?? new Map<string, PolicyCondition>();
    operators.set(property, entries);
    entries.set(conditionName(key, entries), {
      conditionKey: { assign: conditionKey },
      conditionValue: { assign: value },
    });
  }
  const conditions = [...operators].map(([property, entries]): [string, Entries<PolicyCondition>] => [
    property,
    { entries },
  ]);
  return { conditions: Object.fromEntries(conditions) };
}

function conditionName(key: string, taken: ReadonlyMap<string, unknown>): string {
  const names = new Set([...taken.keys()].map((name) => name.toLowerCase()));
  if (isPolicyName(key) && !names.has(key.toLowerCase())) return key;
  let count = taken.size + 1;
  while (names.has(`condition-${count}`)) count++;
  return `condition-${count}`;
}
