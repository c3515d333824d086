import { isKnown, show } from './amounts';
import { type Problem, throwErrors } from './problem';

/** How AWS Backup names the tag of a resource in the conditions of a selection. */
export const TAG_KEY_PREFIX = 'aws:ResourceTag/';

/** The operators of a condition, as CloudFormation spells them. */
export type TagOperator = 'StringEquals' | 'StringNotEquals' | 'StringLike' | 'StringNotLike';

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
  public static equals(key: string, value: string): TagCondition {
    return new TagCondition('StringEquals', key, value);
  }

  /**
   * The resource doesn't have the tag with this value.
   *
   * @param key the bare tag key
   * @param value the tag value, 0 to 256 characters
   */
  public static notEquals(key: string, value: string): TagCondition {
    return new TagCondition('StringNotEquals', key, value);
  }

  /**
   * The value of the tag matches a pattern, in which `*` stands for any characters but blanks.
   *
   * @param key the bare tag key
   * @param pattern such as `prod*`
   */
  public static like(key: string, pattern: string): TagCondition {
    return new TagCondition('StringLike', key, pattern);
  }

  /**
   * The value of the tag doesn't match a pattern, in which `*` stands for any characters but blanks.
   *
   * @param key the bare tag key
   * @param pattern such as `test*`
   */
  public static notLike(key: string, pattern: string): TagCondition {
    return new TagCondition('StringNotLike', key, pattern);
  }

  /** The bare tag key, without `aws:ResourceTag/`. */
  public readonly key: string;

  /** The value or pattern. */
  public readonly value: string;

  /** `StringEquals`, `StringNotEquals`, `StringLike` or `StringNotLike`. */
  public readonly operator: string;

  private constructor(operator: TagOperator, key: string, value: string) {
    const bare =
      typeof key === 'string' && key.startsWith(TAG_KEY_PREFIX) ? key.slice(TAG_KEY_PREFIX.length) : key;
    throwErrors([...tagKeyProblems(bare), ...tagValueProblems(value)], `TagCondition ${operator}`);
    this.operator = operator;
    this.key = bare;
    this.value = value;
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
  if (typeof key !== 'string' || key.length < 1 || key.length > 128)
    return [
      {
        id: 'Backup-TagKey',
        severity: 'error',
        property,
        message: `\`${property}\` must be a tag key of 1 to 128 characters, got ${show(key)}`,
      },
    ];
  if (key.startsWith(TAG_KEY_PREFIX))
    return [
      {
        id: 'Backup-TagKey',
        severity: 'error',
        property,
        message: `\`${property}\` has \`${TAG_KEY_PREFIX}\` twice, got ${show(TAG_KEY_PREFIX + key)}`,
        fix: `use the bare tag key; the prefix is added`,
      },
    ];
  return [];
}

/** The law of a tag value: 0 to 256 characters. */
export function tagValueProblems(value: unknown, property = 'value'): Problem[] {
  if (!isKnown(value) || (typeof value === 'string' && value.length <= 256)) return [];
  const got = typeof value === 'string' ? `${value.length} characters` : show(value);
  return [
    {
      id: 'Backup-TagValue',
      severity: 'error',
      property,
      message: `\`${property}\` must be a tag value of at most 256 characters, got ${got}`,
    },
  ];
}

/** What is accepted by AWS but holds otherwise than it reads; a warning each. */
export function tagConditionProblems(condition: TagCondition): Problem[] {
  const { operator, value } = condition;
  if (!isKnown(value) || !value.includes('*')) return [];
  if (operator === 'StringEquals' || operator === 'StringNotEquals')
    return [
      {
        id: 'Backup-WildcardInEquals',
        severity: 'warning',
        property: 'tags',
        message: `\`tags\` compares \`${condition.key}\` with ${show(value)} letter by letter: a \`*\` is no wildcard there`,
        fix: `use \`TagCondition.${operator === 'StringEquals' ? 'like' : 'notLike'}\` for a pattern`,
      },
    ];
  return [];
}
