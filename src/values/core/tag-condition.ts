import { isKnown, show } from './amounts';
import { type Problem, problem, throwErrors } from './problem';

/** The prefix of tag keys in the conditions of a selection. */
export const TAG_KEY_PREFIX = 'aws:ResourceTag/';

const MAX_KEY = 128;
const MAX_VALUE = 256;

/** The operators of a condition, as spelled in CloudFormation. */
export type TagOperator = 'StringEquals' | 'StringNotEquals' | 'StringLike' | 'StringNotLike';

/** The parts of a condition. */
export interface TagConditionValues {
  readonly operator: string;
  /** The bare key. */
  readonly key: string;
  readonly value: string;
}

/**
 * A condition on a resource tag. All conditions of a selection must match. Keys and values are case-sensitive.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources-json.html
 */
export class TagCondition {
  /**
   * The resource has the tag with exactly this value.
   *
   * @param key the bare tag key, such as `backup`
   * @param value the tag value, 0 to 256 characters
   */
  public static stringEquals(key: string, value: string): TagCondition {
    return new TagCondition('StringEquals', key, value);
  }

  /**
   * The resource doesn't have the tag with exactly this value.
   *
   * @param key the bare tag key
   * @param value the tag value, 0 to 256 characters
   */
  public static stringNotEquals(key: string, value: string): TagCondition {
    return new TagCondition('StringNotEquals', key, value);
  }

  /**
   * The value of the tag matches a pattern, in which `*` stands for any characters except spaces.
   *
   * @param key the bare tag key
   * @param pattern such as `prod*`
   */
  public static stringLike(key: string, pattern: string): TagCondition {
    return new TagCondition('StringLike', key, pattern);
  }

  /**
   * The value of the tag doesn't match a pattern, in which `*` stands for any characters except spaces.
   *
   * @param key the bare tag key
   * @param pattern such as `test*`
   */
  public static stringNotLike(key: string, pattern: string): TagCondition {
    return new TagCondition('StringNotLike', key, pattern);
  }

  /** The bare tag key. A key with the prefix `aws:ResourceTag/` is refused. */
  public readonly key: string;

  /** The value or pattern. */
  public readonly value: string;

  /** `StringEquals`, `StringNotEquals`, `StringLike` or `StringNotLike`. */
  public readonly operator: string;

  private constructor(operator: TagOperator, key: string, value: string) {
    this.operator = operator;
    this.key = key;
    this.value = value;
    const valueName = operator.endsWith('Like') ? 'pattern' : 'value';
    throwErrors([...tagKeyProblems(this.key), ...tagValueProblems(value, valueName)], factoryOf(operator));
  }

  /** The key in the form that AWS Backup expects, with the prefix `aws:ResourceTag/`. */
  public get conditionKey(): string {
    return `${TAG_KEY_PREFIX}${this.key}`;
  }

  /** For example `backup = gold`, `stage ≠ dev` or `name like prod*`. */
  public toString(): string {
    const sign = { StringEquals: '=', StringNotEquals: '≠', StringLike: 'like', StringNotLike: 'not like' }[
      this.operator as TagOperator
    ];
    return `${this.key} ${sign} ${this.value}`;
  }
}

/** Whether a resource with these tags meets a condition; undefined if that is known only at deployment. */
export function meetsTagCondition(
  { key, operator, value }: TagConditionValues,
  tags: Readonly<Record<string, string>>,
): boolean | undefined {
  const isNegative = operator.startsWith('StringNot');
  // a resource without the tag differs from every value, as in conditions of IAM
  if (!Object.hasOwn(tags, key)) return isNegative;
  const tag = tags[key];
  if (tag === value && !operator.endsWith('Like')) return !isNegative;
  if (!isKnown(value) || !isKnown(tag)) return undefined;
  const isMatch = operator.endsWith('Like') ? isLike(value, tag) : tag === value;
  return isMatch !== isNegative;
}

/**
 * Whether a tag value matches a pattern, in which `*` stands for any characters except spaces.
 *
 * Source: Developer Guide "Troubleshooting" (2026-09): a wildcard doesn't match values with spaces.
 */
function isLike(pattern: string, value: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^ ]*')}$`, 's').test(value);
}

/** The law for a tag key: 1 to 128 characters, without the prefix. */
export function tagKeyProblems(key: unknown, property = 'key'): Problem[] {
  // a token after the prefix doesn't change that
  if (!isKnown(key) && !startsWithPrefix(key)) return [];
  const base = { id: 'Backup-TagKey', property } as const;
  if (typeof key !== 'string' || key.length < 1 || key.length > MAX_KEY)
    return [
      problem({
        ...base,
        message: (label) =>
          `${label(property)} must be a tag key of 1 to ${MAX_KEY} characters, got ${showText(key)}`,
        fix: tagKeyFix(key),
      }),
    ];
  if (startsWithPrefix(key))
    return [
      problem({
        ...base,
        message: (label) =>
          `${label(property)} must be a bare tag key, because \`${TAG_KEY_PREFIX}\` is added automatically, got ${show(key)}`,
        fix: bareKeyFix(key),
      }),
    ];
  return [];
}

/** The law for the key of a tag to set: keys that begin with `aws:` are reserved for AWS. */
export function ownTagKeyProblems(key: unknown, property = 'key'): Problem[] {
  if (typeof key !== 'string' || !isKnown(key) || !/^aws:/i.test(key)) return tagKeyProblems(key, property);
  return [
    problem({
      id: 'Backup-TagKey',
      property,
      message: (label) =>
        `${label(property)} must not begin with \`aws:\`, which is reserved for AWS, got ${show(key)}`,
      fix: 'use another key',
    }),
  ];
}

/** The law for a tag value: 0 to 256 characters. */
export function tagValueProblems(value: unknown, property = 'value'): Problem[] {
  if (!isKnown(value) || (typeof value === 'string' && value.length <= MAX_VALUE)) return [];
  return [
    problem({
      id: 'Backup-TagValue',
      property,
      message: (label) =>
        `${label(property)} must be a tag value of at most ${MAX_VALUE} characters, got ${showText(value)}`,
      fix: tagValueFix(value),
    }),
  ];
}

/**
 * The law for conditions that AWS accepts, but that don't mean what they seem to mean.
 *
 * @param property the property that holds the condition
 */
export function tagConditionProblems(condition: TagConditionValues, property = 'tags'): Problem[] {
  const { key, operator, value } = condition;
  const exact = operator === 'StringEquals' || operator === 'StringNotEquals';
  if (!exact || !isKnown(value) || !value.includes('*')) return [];
  return [
    problem({
      id: 'Backup-WildcardInEquals',
      property,
      message: (label) =>
        `${label(property)} compares the tag ${show(key)} with ${show(value)} literally, so \`*\` is not a wildcard`,
      fix: `use \`${factoryOf(operator.replace('Equals', 'Like'))}\` for a pattern`,
    }),
  ];
}

/** The factory of an operator: `TagCondition.stringEquals` for `StringEquals`. */
function factoryOf(operator: string): string {
  return `TagCondition.${operator.replace('String', 'string')}`;
}

function startsWithPrefix(key: unknown): key is string {
  return typeof key === 'string' && key.toLowerCase().startsWith(TAG_KEY_PREFIX.toLowerCase());
}

function bareKeyFix(key: string): string | undefined {
  const bare = key.replace(new RegExp(`^(${TAG_KEY_PREFIX})+`, 'i'), '');
  if (!isKnown(bare)) return 'remove the prefix';
  return bare === '' ? tagKeyFix(bare) : `use ${show(bare)}`;
}

function tagKeyFix(key: unknown): string | undefined {
  if (typeof key === 'string' && key !== '') return undefined; // no such tag can exist
  return typeof key === 'number' ? `write it in quotes: '${key}'` : "set the key, for example 'backup'";
}

function tagValueFix(value: unknown): string | undefined {
  if (value === undefined || value === null) return "use '' for a tag without a value";
  return typeof value === 'number' || typeof value === 'boolean'
    ? `write it in quotes: '${value}'`
    : undefined;
}

/** Like `show`, but with the length of a string that is too long. */
function showText(value: unknown): string {
  return typeof value === 'string' && value.length > MAX_KEY ? `${value.length} characters` : show(value);
}
