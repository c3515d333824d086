import { isKnown, show, wholeNumberProblems } from '../core/amounts';
import type { Problem } from '../core/problem';
import { problem } from '../core/problem';
import { TAG_KEY_PREFIX } from '../core/tag-condition';
import { BackupCapability, CapabilitySupport } from '../resource-type/capability';
import { typesForArn } from '../resource-type/cloudformation-resources';
import { ResourceType } from '../resource-type/resource-type';
import { RESTORE_TESTING_QUOTAS } from './restore-testing-quotas';

/** The law for the validation window of a restored resource. */
export function validationWindowProblems(hours: unknown, property = 'validationWindow'): Problem[] {
  const id = 'Backup-ValidationWindow';
  if (hours === undefined) return [];
  if (hours === 0)
    return [
      problem({
        id: 'Backup-ValidationWindowZero',
        property,
        message: (label) =>
          `${label(property)} should be 1 to 168 hours, since AWS documents both 0 and 1 as the minimum, got 0`,
        fix: 'omit it if nothing validates the restored resource',
      }),
    ];
  return wholeNumberProblems(id, property, hours, { min: 1, max: 168, unit: 'hours' });
}

/**
 * The law for the type that a selection tests. A type that the catalog lacks is a warning, because AWS adds types.
 *
 * Source: AWS's error in a CloudFormation deployment of 2026-09-24, which names the same ten types as the API reference.
 */
export function restoreTestingTypeProblems(type: ResourceType, property = 'resourceType'): Problem[] {
  const { support, note } = type.fact(BackupCapability.RESTORE_TESTING);
  if (support === CapabilitySupport.YES) return [];
  const id = 'Backup-RestoreTestingType';
  if (support === CapabilitySupport.UNKNOWN)
    return [
      problem({
        id: 'Backup-RestoreTestingTypeUnknown',
        property,
        message: (label) =>
          `${label(property)} is ${type}, which restore testing isn't known to support${note ? ` (${note})` : ''}`,
        fix: 'try it with one resource, and record the result with `ResourceType.withCapabilities()`',
      }),
    ];
  const tested = ResourceType.all().filter(
    (each) => each.supports(BackupCapability.RESTORE_TESTING) === CapabilitySupport.YES,
  );
  return [
    problem({
      id,
      property,
      message: (label) =>
        `${label(property)} must be a type that restore testing supports (${tested.join(', ')}), got ${type}`,
      fix: 'if AWS has added it, declare it with `ResourceType.withCapabilities({ restoreTesting: true })`',
    }),
  ];
}

/**
 * The law for the ARNs of a selection: full ARNs of resources of its type, or only `*`; at most 30.
 *
 * Source: AWS's error about malformed ARNs in a CloudFormation deployment of 2026-09-24, and the API reference.
 *
 * @param type the type of the selection; undefined if unknown
 */
export function restoreTestingArnProblems(
  arns: readonly unknown[],
  type: ResourceType | undefined,
  property = 'arns',
): Problem[] {
  const id = 'Backup-RestoreTestingArn';
  if (arns.length === 1 && arns[0] === '*') return [];
  const error = (message: string, fix?: string): Problem =>
    problem({
      id,
      property,
      message: (label) => `${label(property)} ${message}`,
      fix,
    });
  const problems = arns.flatMap((arn) => {
    if (!isKnown(arn)) return [];
    if (typeof arn !== 'string' || !/^arn:[a-z-]+:[a-z0-9-]+:[^:*]*:[^:*]*:[^*\s]+$/.test(arn))
      return [
        error(
          `must be full ARNs without wildcards, got ${show(arn)}`,
          'use `everything: true` for every resource of the type, or `tags`',
        ),
      ];
    const types = typesForArn(arn, type?.isInCatalog === false ? [type] : []);
    if (!type || types.length === 0 || types.some(({ name }) => name === type.name)) return [];
    const names = [...new Set(types.map(({ name }) => name))].join(' or ');
    return [
      error(`must be ARNs of ${type.name}, got ${show(arn)} (${names})`, 'create a selection for each type'),
    ];
  });
  const { max } = RESTORE_TESTING_QUOTAS.arnsPerSelection;
  if (arns.length > max)
    problems.push(error(`can be at most ${max} in a selection, got ${arns.length}`, 'use `tags`'));
  return problems;
}

/** A condition in CloudFormation. */
export interface RestoreTestingCondition {
  readonly operator: unknown;
  readonly key: unknown;
  readonly value: unknown;
}

/** The characters that AWS Backup allows in the keys and values of conditions. Source: API reference `KeyValue`, 2026-08. */
const CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/**
 * The law for the conditions of a selection: equal or not equal, keys with `aws:ResourceTag/`, at most 30.
 *
 * Source: API reference `ProtectedResourceConditions`, 2026-08.
 */
export function restoreTestingConditionProblems(
  conditions: readonly RestoreTestingCondition[],
  property = 'tags',
): Problem[] {
  const id = 'Backup-RestoreTestingCondition';
  const error = (message: string, fix?: string): Problem =>
    problem({
      id,
      property,
      message: (label) => `${label(property)} ${message}`,
      fix,
    });
  const problems = conditions.flatMap(({ operator, key, value }) => {
    const wrong: Problem[] = [];
    if (isKnown(operator) && operator !== 'StringEquals' && operator !== 'StringNotEquals')
      wrong.push(
        error(
          `can only be \`StringEquals\` or \`StringNotEquals\` in restore testing, got ${show(operator)}`,
          'use `TagCondition.stringEquals` with the whole value',
        ),
      );
    if (isKnown(key) && !(typeof key === 'string' && key.startsWith(TAG_KEY_PREFIX)))
      wrong.push(error(`must have keys that begin with \`${TAG_KEY_PREFIX}\`, got ${show(key)}`));
    for (const text of [key, value])
      if (isKnown(text) && typeof text === 'string' && !CHARACTERS.test(text))
        wrong.push(
          error(
            `can only contain letters, digits, spaces and \`_.:/=+-@\` in restore testing, got ${show(text)}`,
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
 * The law for what a selection tests: ARNs or conditions, never both.
 *
 * Source: AWS's error in a CloudFormation deployment of 2026-09-24, which accepted conditions alone. AWS documents
 * conditions together with `*`.
 */
export function restoreTestingChoiceProblems(
  arns: readonly unknown[],
  conditions: readonly unknown[],
): Problem[] {
  const id = 'Backup-RestoreTestingChoice';
  const everything = arns.length === 1 && arns[0] === '*';
  if (arns.length > 0 && conditions.length > 0 && !everything)
    return [
      problem({
        id,
        property: 'resources',
        message: (label) =>
          `${label('resources')} and ${label('tags')} can't both be set: a selection tests either named or tagged resources`,
        fix: 'create two selections',
      }),
    ];
  if (arns.length > 0 || conditions.length > 0) return [];
  return [
    problem({
      id,
      property: 'resources',
      message: (label) =>
        `a selection must specify what it tests with ${label('resources')} or ${label('tags')}, got neither`,
      fix: 'use `everything: true` to test every resource of the type',
    }),
  ];
}
