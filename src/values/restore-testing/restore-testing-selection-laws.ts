import { isKnown, show, wholeNumberProblems } from '../core/amounts';
import type { Problem } from '../core/problem';
import { TAG_KEY_PREFIX } from '../core/tag-condition';
import { Capability, Support } from '../resource-type/capability';
import { typesForArn } from '../resource-type/cloudformation-resources';
import { ResourceType } from '../resource-type/resource-type';
import { RESTORE_TESTING_QUOTAS } from './restore-testing-quotas';

/** The law of the hours in which a restored resource can be validated. */
export function validationWindowProblems(hours: unknown, property = 'validationWindow'): Problem[] {
  const id = 'Backup-ValidationWindow';
  if (hours === undefined) return [];
  if (hours === 0)
    return [
      {
        id,
        severity: 'warning',
        property,
        message: `\`${property}\` should be 1 to 168 hours, since AWS documents both 0 and 1 as the least, got 0`,
        fix: 'leave it out where nothing validates what was restored',
      },
    ];
  return wholeNumberProblems(id, property, hours, { min: 1, max: 168, unit: 'hours' });
}

/**
 * The law of the type that a selection tests. One that the catalog doesn't have is a warning, since AWS adds types.
 *
 * Source: AWS's text in a CloudFormation deployment of 2026-09-24, which names the same ten types as the API reference.
 */
export function restoreTestingTypeProblems(type: ResourceType, property = 'resourceType'): Problem[] {
  const { support, note } = type.fact(Capability.RESTORE_TESTING);
  if (support === Support.YES) return [];
  const id = 'Backup-RestoreTestingType';
  if (support === Support.UNKNOWN)
    return [
      {
        id,
        severity: 'warning',
        property,
        message: `\`${property}\` is ${type}, which restore testing isn't known to support${note ? ` (${note})` : ''}`,
        fix: 'try it with one resource, and say what you found with `ResourceType.withCapabilities()`',
      },
    ];
  const tested = ResourceType.all().filter(
    (each) => each.supports(Capability.RESTORE_TESTING) === Support.YES,
  );
  return [
    {
      id,
      severity: 'error',
      property,
      message: `\`${property}\` must be a type that restore testing supports (${tested.join(', ')}), got ${type}`,
      fix: 'where AWS has added it, say so with `ResourceType.withCapabilities({ restoreTesting: true })`',
    },
  ];
}

/**
 * The law of the ARNs of a selection: whole ARNs of resources of its type, or `*` alone; at most 30.
 *
 * Source: AWS's text on malformed ARNs in a CloudFormation deployment of 2026-09-24, and the API reference.
 *
 * @param type the type of the selection; undefined where it isn't known
 */
export function restoreTestingArnProblems(
  arns: readonly unknown[],
  type: ResourceType | undefined,
  property = 'arns',
): Problem[] {
  const id = 'Backup-RestoreTestingArn';
  if (arns.length === 1 && arns[0] === '*') return [];
  const error = (message: string, fix?: string): Problem => ({
    id,
    severity: 'error',
    property,
    message: `\`${property}\` ${message}`,
    fix,
  });
  const problems = arns.flatMap((arn) => {
    if (!isKnown(arn)) return [];
    if (typeof arn !== 'string' || !/^arn:[a-z-]+:[a-z0-9-]+:[^:*]*:[^:*]*:[^*\s]+$/.test(arn))
      return [
        error(
          `must be whole ARNs without a wildcard, got ${show(arn)}`,
          'use `everything: true` for every resource of the type, or `tags`',
        ),
      ];
    const types = typesForArn(arn, type?.isInCatalog === false ? [type] : []);
    if (!type || types.length === 0 || types.some(({ name }) => name === type.name)) return [];
    const names = [...new Set(types.map(({ name }) => name))].join(' or ');
    return [
      error(`must be ARNs of ${type.name}, got ${show(arn)} (${names})`, 'make a selection for each type'),
    ];
  });
  const { max } = RESTORE_TESTING_QUOTAS.arnsPerSelection;
  if (arns.length > max)
    problems.push(error(`can be at most ${max} in a selection, got ${arns.length}`, 'use `tags`'));
  return problems;
}

/** A condition as CloudFormation has it. */
export interface RestoreTestingCondition {
  readonly operator: unknown;
  readonly key: unknown;
  readonly value: unknown;
}

/** What AWS Backup allows in the keys and values of conditions. Source: API reference `KeyValue`, 2026-08. */
const CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/**
 * The law of the conditions of a selection: equal or not equal, keys with `aws:ResourceTag/`, at most 30.
 *
 * Source: API reference `ProtectedResourceConditions`, 2026-08.
 */
export function restoreTestingConditionProblems(
  conditions: readonly RestoreTestingCondition[],
  property = 'tags',
): Problem[] {
  const id = 'Backup-RestoreTestingCondition';
  const error = (message: string, fix?: string): Problem => ({
    id,
    severity: 'error',
    property,
    message: `\`${property}\` ${message}`,
    fix,
  });
  const problems = conditions.flatMap(({ operator, key, value }) => {
    const wrong: Problem[] = [];
    if (isKnown(operator) && operator !== 'StringEquals' && operator !== 'StringNotEquals')
      wrong.push(
        error(
          `can only be \`StringEquals\` and \`StringNotEquals\` in restore testing, got ${show(operator)}`,
          'use `TagCondition.stringEquals` with the whole value',
        ),
      );
    if (isKnown(key) && !(typeof key === 'string' && key.startsWith(TAG_KEY_PREFIX)))
      wrong.push(error(`must have keys that begin with \`${TAG_KEY_PREFIX}\`, got ${show(key)}`));
    for (const text of [key, value])
      if (isKnown(text) && typeof text === 'string' && !CHARACTERS.test(text))
        wrong.push(
          error(
            `can only have letters, digits, blanks and \`_.:/=+-@\` in restore testing, got ${show(text)}`,
          ),
        );
    return wrong;
  });
  const { max } = RESTORE_TESTING_QUOTAS.conditionsPerSelection;
  if (conditions.length > max)
    problems.push(error(`can be at most ${max} in a selection, got ${conditions.length}`));
  return problems;
}

/**
 * The law of what a selection tests: ARNs or conditions, never both.
 *
 * Source: AWS's text in a CloudFormation deployment of 2026-09-24. Conditions alone were accepted; beside `*` they are
 * documented.
 */
export function restoreTestingChoiceProblems(
  arns: readonly unknown[],
  conditions: readonly unknown[],
  words: { readonly arns: string; readonly tags: string } = { arns: 'resources', tags: 'tags' },
): Problem[] {
  const id = 'Backup-RestoreTestingChoice';
  const everything = arns.length === 1 && arns[0] === '*';
  if (arns.length > 0 && conditions.length > 0 && !everything)
    return [
      {
        id,
        severity: 'error',
        property: words.arns,
        message: `\`${words.arns}\` and \`${words.tags}\` can't both be said: a selection tests named resources, or what carries tags`,
        fix: 'make two selections',
      },
    ];
  if (arns.length > 0 || conditions.length > 0) return [];
  return [
    {
      id,
      severity: 'error',
      property: words.arns,
      message: `a selection must say what it tests with \`${words.arns}\` or \`${words.tags}\`, got neither`,
      fix: 'use `everything: true` where every resource of the type is meant',
    },
  ];
}
