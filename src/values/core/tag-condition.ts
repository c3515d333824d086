import { isKnown, show } from './amounts';
import { type Problem, throwErrors } from './problem';

/** How AWS Backup names the tag of a resource in the conditions of a selection. */
export const TAG_KEY_PREFIX = 'aws:ResourceTag/';

const MAX_KEY = 128;
const MAX_VALUE = 256;

/** The operators of a condition, as CloudFormation spells them. */
export type TagOperator = 'StringEquals' | 'StringNotEquals' | 'StringLike' | 'StringNotLike';

/** A condition as its laws see it. */
export interface TagConditionValues {
  readonly operator: string;
  /** The bare key. */
  readonly key: string;
  readonly value: string;
}

/**
 * A condition on a tag of the resource. In a selection all conditions must hold; keys and values are case
 * sensitive.
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
   * The resource doesn't have the tag with this value.
   *
   * @param key the bare tag key
   * @param value the tag value, 0 to 256 characters
   */
  public static stringNotEquals(key: string, value: string): TagCondition {
    return new TagCondition('StringNotEquals', key, value);
  }

  /**
   * The value of the tag matches a pattern, in which `*` stands for any characters but blanks.
   *
   * @param key the bare tag key
   * @param pattern such as `prod*`
   */
  public static stringLike(key: string, pattern: string): TagCondition {
    return new TagCondition('StringLike', key, pattern);
  }

  /**
   * The value of the tag doesn't match a pattern, in which `*` stands for any characters but blanks.
   *
   * @param key the bare tag key
   * @param pattern such as `test*`
   */
  public static stringNotLike(key: string, pattern: string): TagCondition {
    return new TagCondition('StringNotLike', key, pattern);
  }

  /** The bare tag key, without `aws:ResourceTag/`. */
  public readonly key: string;

  /** The value or pattern. */
  public readonly value: string;

  /** `StringEquals`, `StringNotEquals`, `StringLike` or `StringNotLike`. */
  public readonly operator: string;

  private constructor(operator: TagOperator, key: string, value: string) {
    this.operator = operator;
    this.key = bareKey(key);
    this.value = value;
    const valueName = operator.endsWith('Like') ? 'pattern' : 'value';
    throwErrors([...tagKeyProblems(this.key), ...tagValueProblems(value, valueName)], factoryOf(operator));
  }

  /** The key as AWS Backup wants it: with `aws:ResourceTag/`, once. */
  public get conditionKey(): string {
    return `${TAG_KEY_PREFIX}${this.key}`;
  }

  /** Such as `backup = gold`, `stage ≠ dev`, `name like prod*`. */
  public toString(): string {
    const sign = { StringEquals: '=', StringNotEquals: '≠', StringLike: 'like', StringNotLike: 'not like' }[
      this.operator as TagOperator
    ];
    return `${this.key} ${sign} ${this.value}`;
  }
}

/** The law of a tag key: 1 to 128 characters, said without the prefix. */
export function tagKeyProblems(key: unknown, property = 'key'): Problem[] {
  if (!isKnown(key)) return [];
  const problem = { id: 'Backup-TagKey', severity: 'error', property } as const;
  if (typeof key !== 'string' || key.length < 1 || key.length > MAX_KEY)
    return [
      {
        ...problem,
        message: `\`${property}\` must be a tag key of 1 to ${MAX_KEY} characters, got ${showText(key)}`,
        fix: tagKeyFix(key),
      },
    ];
  if (key.toLowerCase().startsWith(TAG_KEY_PREFIX.toLowerCase()))
    return [
      {
        ...problem,
        message: `\`${property}\` must be a bare tag key, since \`${TAG_KEY_PREFIX}\` is added to it, got ${show(key)}`,
        fix: bareKeyFix(key),
      },
    ];
  return [];
}

/** The law of the key of a tag that is set, by AWS Backup or by us: keys that begin with `aws:` belong to AWS. */
export function ownTagKeyProblems(key: unknown, property = 'key'): Problem[] {
  if (typeof key !== 'string' || !isKnown(key) || !/^aws:/i.test(key)) return tagKeyProblems(key, property);
  return [
    {
      id: 'Backup-TagKey',
      severity: 'error',
      property,
      message: `\`${property}\` must not begin with \`aws:\`, which AWS keeps for itself, got ${show(key)}`,
      fix: 'use another key',
    },
  ];
}

/** The law of a tag value: 0 to 256 characters. */
export function tagValueProblems(value: unknown, property = 'value'): Problem[] {
  if (!isKnown(value) || (typeof value === 'string' && value.length <= MAX_VALUE)) return [];
  return [
    {
      id: 'Backup-TagValue',
      severity: 'error',
      property,
      message: `\`${property}\` must be a tag value of at most ${MAX_VALUE} characters, got ${showText(value)}`,
      fix: tagValueFix(value),
    },
  ];
}

/**
 * What AWS accepts but what holds otherwise than it reads; a warning each.
 *
 * @param property where the condition stands
 */
export function tagConditionProblems(condition: TagConditionValues, property = 'tags'): Problem[] {
  const { key, operator, value } = condition;
  const exact = operator === 'StringEquals' || operator === 'StringNotEquals';
  if (!exact || !isKnown(value) || !value.includes('*')) return [];
  return [
    {
      id: 'Backup-WildcardInEquals',
      severity: 'warning',
      property,
      message: `\`${property}\` compares the tag ${show(key)} with ${show(value)} letter by letter, where \`*\` is no wildcard`,
      fix: `use \`${factoryOf(operator.replace('Equals', 'Like'))}\` for a pattern`,
    },
  ];
}

/** How the caller wrote it: `StringEquals` is made by `TagCondition.stringEquals`. */
function factoryOf(operator: string): string {
  return `TagCondition.${operator.replace('String', 'string')}`;
}

/** Takes the prefix off once. A key that has it twice stays as written, for the law to refuse. */
function bareKey(key: string): string {
  if (typeof key !== 'string' || !key.startsWith(TAG_KEY_PREFIX)) return key;
  const bare = key.slice(TAG_KEY_PREFIX.length);
  return bare.startsWith(TAG_KEY_PREFIX) ? key : bare;
}

function bareKeyFix(key: string): string | undefined {
  const bare = key.replace(new RegExp(`^(${TAG_KEY_PREFIX})+`, 'i'), '');
  return bare === '' ? tagKeyFix(bare) : `use ${show(bare)}`;
}

function tagKeyFix(key: unknown): string | undefined {
  if (typeof key === 'string' && key !== '') return undefined; // AWS knows no such tag
  return typeof key === 'number' ? `write it in quotes: '${key}'` : "say the key, for example 'backup'";
}

function tagValueFix(value: unknown): string | undefined {
  if (value === undefined || value === null) return "use '' for a tag without a value";
  return typeof value === 'number' || typeof value === 'boolean'
    ? `write it in quotes: '${value}'`
    : undefined;
}

/** As `show`; of a text that is too long, its length says more. */
function showText(value: unknown): string {
  return typeof value === 'string' && value.length > MAX_KEY ? `${value.length} characters` : show(value);
}
