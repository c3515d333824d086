import { Mixin, TagManager, Tags } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { throwErrors } from '../../values/core/problem';
import { ownTagKeyProblems, TagCondition, tagValueProblems } from '../../values/core/tag-condition';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { ResourceType } from '../../values/resource-type/resource-type';
import { resolveResource } from '../core/resource-arns';
import { MixinReach } from './mixin-reach';

/** Options of a `BackupTag`. */
export interface BackupTagOptions {
  /**
   * The tag key.
   *
   * @default 'backup'
   */
  readonly key?: string;
}

/** The priority of CDK's own tags, so that the tag set closest to the resource wins. */
const TAG_PRIORITY = 100;

/**
 * A tag by which a selection selects resources.
 *
 * As a mixin, `bucket.with(new BackupTag('gold'))`, it tags only the resources in the construct that AWS Backup can
 * protect. `applyBelow()` also tags resources that are added to a scope later.
 */
export class BackupTag extends Mixin {
  /** The default tag key. */
  public static readonly DEFAULT_KEY: string = 'backup';

  /** The tag key. */
  public readonly key: string;

  /** The tag value. */
  public readonly value: string;

  private readonly reach = new MixinReach('BackupTag');

  /**
   * @param value the tag value, such as the name of a tier
   */
  constructor(value: string, options: BackupTagOptions = {}) {
    super();
    this.key = options.key ?? BackupTag.DEFAULT_KEY;
    this.value = value;
    throwErrors(
      [
        ...unknownPropertyProblems(options, 'BackupTagOptions'),
        ...ownTagKeyProblems(this.key),
        ...tagValueProblems(value),
      ],
      'BackupTag',
    );
  }

  /** The condition that matches the tag. */
  public get condition(): TagCondition {
    return TagCondition.stringEquals(this.key, this.value);
  }

  /** Whether the construct is taggable and a resource that AWS Backup can protect. */
  public override supports(construct: IConstruct): boolean {
    const isSupported = TagManager.of(construct) !== undefined && resolveResource(construct) !== undefined;
    this.reach.ask(construct, isSupported);
    return isSupported;
  }

  /** Tags a resource. */
  public applyTo(construct: IConstruct): void {
    TagManager.of(construct)?.setTag(this.key, this.value, TAG_PRIORITY);
  }

  /** Tags all resources in a scope that AWS Backup can protect, including those added later. */
  public applyBelow(scope: IConstruct): void {
    this.reach.below(scope);
    applyTagBelow(scope, this);
  }
}

/** Tags all resources in a scope that AWS Backup can protect, without a report if there are none. */
export function applyTagBelow(scope: IConstruct, { key, value }: BackupTag): void {
  Tags.of(scope).add(key, value, {
    includeResourceTypes: ResourceType.all().flatMap((type) => type.cloudFormationTypes),
  });
}
