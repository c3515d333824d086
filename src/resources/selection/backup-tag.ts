import { Mixin, TagManager, Tags } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { throwErrors } from '../../values/core/problem';
import { ownTagKeyProblems, TagCondition, tagValueProblems } from '../../values/core/tag-condition';
import { ResourceType } from '../../values/resource-type/resource-type';
import { resolveResource } from '../core/resource-arns';

/** Options of a `BackupTag`. */
export interface BackupTagOptions {
  /**
   * The tag key.
   *
   * @default 'backup'
   */
  readonly key?: string;
}

/** As the AWS::Tags aspect does, so that the nearer tag wins. */
const TAG_PRIORITY = 100;

/**
 * The tag by which a selection finds what it backs up.
 *
 * As a mixin, `bucket.with(new BackupTag('gold'))`, it tags the resources that AWS Backup protects in the construct
 * as it is now, and nothing else. `applyBelow()` also tags what is added to a scope later.
 */
export class BackupTag extends Mixin {
  /** The tag key where none is said. */
  public static readonly DEFAULT_KEY: string = 'backup';

  /** The tag key. */
  public readonly key: string;

  /** The tag value. */
  public readonly value: string;

  /**
   * @param value the tag value, such as the name of a tier
   */
  constructor(value: string, options: BackupTagOptions = {}) {
    super();
    this.key = options.key ?? BackupTag.DEFAULT_KEY;
    this.value = value;
    throwErrors([...ownTagKeyProblems(this.key), ...tagValueProblems(value)], 'BackupTag');
  }

  /** The condition with which a selection finds the tag. */
  public get condition(): TagCondition {
    return TagCondition.stringEquals(this.key, this.value);
  }

  /** Whether the construct carries tags and is a resource that AWS Backup protects. */
  public override supports(construct: IConstruct): boolean {
    return TagManager.of(construct) !== undefined && resolveResource(construct) !== undefined;
  }

  /** Tags a resource. */
  public applyTo(construct: IConstruct): void {
    TagManager.of(construct)?.setTag(this.key, this.value, TAG_PRIORITY);
  }

  /** Tags every resource that AWS Backup protects in a scope, those that are added later included. */
  public applyBelow(scope: IConstruct): void {
    Tags.of(scope).add(this.key, this.value, {
      includeResourceTypes: ResourceType.all().flatMap((type) => type.cloudFormationTypes),
    });
  }
}
