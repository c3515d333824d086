import type { IConstruct } from 'constructs';
import { enumerateNames } from '../../values/core/enumeration';
import type { TagCondition } from '../../values/core/tag-condition';
import { BackupCapability, CapabilitySupport } from '../../values/resource-type/capability';
import { ResourceType } from '../../values/resource-type/resource-type';
import { missingMetadataProblems } from '../../values/restore-testing/restore-metadata-laws';
import { RESTORE_TESTING_QUOTAS } from '../../values/restore-testing/restore-testing-quotas';
import { collectResources, resolveResource } from '../core/resource-arns';
import type { RestoreMetadata } from '../restore-testing/restore-metadata';
import type { RestoreTestingSelectionOptions } from '../restore-testing/restore-testing-selection-options';
import type { BackupSelectionOptions } from '../selection/backup-selection-options';
import { typesOfArn } from '../selection/selected-resources';

/** The criteria of a restore testing selection. */
type Criteria = Pick<
  RestoreTestingSelectionOptions,
  'resourceType' | 'resources' | 'arns' | 'tags' | 'everything' | 'metadata'
>;

/** The selections that test what a plan backs up, and why something isn't tested. */
export interface DerivedSelections {
  readonly selections: readonly { readonly id: string; readonly criteria: Criteria }[];
  /** Each a clause such as `EKS: restore testing doesn't support it`. */
  readonly untested: readonly string[];
  /** What the tests reach beyond the selections of the plan, each a clause. */
  readonly widened: readonly string[];
}

/** What is tested of one type. */
class TypeTests {
  public readonly resources: IConstruct[] = [];
  public readonly arns: string[] = [];
  public readonly tagSets: TagCondition[][] = [];
  public everything = false;

  constructor(public readonly type: ResourceType) {}
}

/**
 * Derives the restore testing selections of a plan from its backup selections: the same resources, or the same tags. Where
 * a restore testing selection can't express the criteria, it tests every resource of the type that has recovery points in
 * the vaults of the plan.
 */
export function deriveSelections(
  backups: readonly BackupSelectionOptions[],
  metadata: readonly RestoreMetadata[],
  only: readonly ResourceType[] | undefined,
): DerivedSelections {
  const tests = new Map<string, TypeTests>();
  const untested = new Map<string, string[]>();
  const widened = new Set<string>();
  const metadataOf = (type: ResourceType) => metadata.find(({ _type }) => _type === type.name);
  const skip = (reason: string, name: string) => {
    const names = untested.get(reason) ?? [];
    if (!names.includes(name)) untested.set(reason, [...names, name]);
  };
  /** What collects the tests of a type; undefined if it can't be tested. */
  const testsOf = (type: ResourceType, name: string): TypeTests | undefined => {
    if (only && !only.some((each) => each.name === type.name)) return undefined;
    if (type.supports(BackupCapability.RESTORE_TESTING) !== CapabilitySupport.YES)
      skip("restore testing doesn't support the type", name);
    else if (!metadataOf(type) && missingMetadataProblems(type.name, type.variantName, '').length > 0)
      skip('restores of the type need `metadata`', name);
    else {
      const found = tests.get(type.name) ?? new TypeTests(withoutVariant(type));
      tests.set(type.name, found);
      return found;
    }
    return undefined;
  };
  const widen = (type: ResourceType, why: string) => widened.add(`${type.name}: ${why}`);

  for (const backup of backups) {
    const { resources = [], arns = [], resourceTypes = [], tags = [], anyTag = [] } = backup;
    for (const construct of resources) {
      const resolved = resolveResource(construct);
      const found = resolved ? [{ type: resolved.type, construct }] : collectResources(construct);
      for (const each of found)
        testsOf(each.type, `${each.construct.node.path} (${each.type.name})`)?.resources.push(each.construct);
    }
    for (const arn of arns) {
      const types = typesOfArn(arn);
      const isExact = types.length === 1 && !arn.includes('*');
      if (types.length === 0) skip('the type of the ARN is not known', arn);
      for (const type of types) {
        const found = testsOf(type, `${arn} (${type.name})`);
        if (!found) continue;
        if (isExact) found.arns.push(arn);
        else {
          found.everything = true;
          if (!type.arnPatterns('aws').includes(arn))
            widen(type, `\`${arn}\` can match other types or names`);
        }
      }
    }
    const byTag = resources.length + arns.length + resourceTypes.length === 0;
    const excluded = (backup.excludeTypes ?? []).map(({ name }) => name);
    const types = byTag
      ? ResourceType.all().filter(({ name }) => !excluded.includes(name))
      : resourceTypes.filter(({ name }) => !excluded.includes(name));
    for (const type of types) {
      const found = testsOf(type, type.name);
      if (!found) continue;
      const conditions = anyTag.length === 1 ? [...tags, ...anyTag] : tags;
      const plain = conditions.every(({ operator }) => /^String(Not)?Equals$/.test(operator));
      if (conditions.length > 0 && anyTag.length <= 1 && plain) found.tagSets.push(conditions);
      else {
        found.everything = true;
        if (anyTag.length > 1) widen(type, 'tests have no condition for one of several tags');
        else if (!plain) widen(type, 'tests have no conditions with wildcards');
      }
    }
  }
  const derived = [...tests.values()].flatMap((test) => selectionsOf(test, metadataOf(test.type), widen));
  return {
    selections: derived,
    untested: [...untested].map(([reason, names]) => `${enumerateNames(names)}: ${reason}`),
    widened: [...widened],
  };
}

/** The selections for one type: all of it, or its tags and its resources, at most 30 in each. */
function selectionsOf(
  test: TypeTests,
  metadata: RestoreMetadata | undefined,
  widen: (type: ResourceType, why: string) => void,
): { id: string; criteria: Criteria }[] {
  const { type: resourceType, tagSets } = test;
  const id = resourceType.name.replaceAll(' ', '');
  const max = RESTORE_TESTING_QUOTAS.arnsPerSelection.max;
  const resources = [...new Set(test.resources)];
  const arns = [...new Set(test.arns)];
  const isMany = resources.length + arns.length > max || tagSets.length > 1;
  if (test.everything || isMany) {
    if (!test.everything && isMany)
      widen(resourceType, `a selection has at most ${max} resources and one set of tags`);
    return [{ id, criteria: { resourceType, metadata, everything: true } }];
  }
  const byTag = tagSets.map((tags) => ({ id: `${id}ByTag`, criteria: { resourceType, metadata, tags } }));
  if (resources.length + arns.length === 0) return byTag;
  return [...byTag, { id, criteria: { resourceType, metadata, resources, arns } }];
}

/** Selections name the type; the variants of its resources decide about their metadata. */
function withoutVariant(type: ResourceType): ResourceType {
  return type.variantName === undefined
    ? type
    : (ResourceType.all().find(({ name }) => name === type.name) ?? type);
}
