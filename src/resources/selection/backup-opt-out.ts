import { Mixin, TagManager, Tags } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { throwErrors } from '../../values/core/problem';
import { ResourceType } from '../../values/resource-type/resource-type';
import {
  OPT_OUT_REASON_TAG,
  OPT_OUT_UNTIL_TAG,
  optOutReasonProblems,
  optOutUntilProblems,
} from '../../values/selection/opt-out';
import { propsProblems } from '../core/argument-checks';
import { resolveResource } from '../core/resource-arns';

/** Properties of a `BackupOptOut`. */
export interface BackupOptOutProps {
  /**
   * Why the resource needs no backup: 1 to 256 letters, digits, spaces and `+ - = . _ : / @`, since it becomes the
   * value of a tag.
   */
  readonly reason: string;

  /**
   * The last day on which that holds, in UTC, as `YYYY-MM-DD`. After it, coverage counts the resource as
   * unprotected.
   *
   * @default - for good
   */
  readonly until?: string;
}

/** As the AWS::Tags aspect does, so that the nearer tag wins. */
const TAG_PRIORITY = 100;

/**
 * Says that a resource is not backed up on purpose, and why: coverage counts it apart from what was forgotten.
 *
 * As a mixin, `cache.with(new BackupOptOut({ reason: 'rebuilt from the orders table' }))`, it tags the resources
 * that AWS Backup protects in the construct as it is now. `applyBelow()` also tags what is added to a scope later.
 * It takes nothing out of a selection: what a plan selects is backed up nevertheless.
 */
export class BackupOptOut extends Mixin {
  /** The key of the tag that holds the reason. */
  public static readonly REASON_KEY: string = OPT_OUT_REASON_TAG;

  /** The key of the tag that holds the last day. */
  public static readonly UNTIL_KEY: string = OPT_OUT_UNTIL_TAG;

  /** Why the resource needs no backup. */
  public readonly reason: string;

  /** The last day on which that holds, as `YYYY-MM-DD`; undefined where it holds for good. */
  public readonly until?: string;

  constructor(props: BackupOptOutProps) {
    super();
    throwErrors(propsProblems('Backup-OptOutProps', props ?? null), 'BackupOptOut');
    throwErrors([...optOutReasonProblems(props.reason), ...optOutUntilProblems(props.until)], 'BackupOptOut');
    this.reason = props.reason;
    this.until = props.until;
  }

  /** Whether the construct carries tags and is a resource that AWS Backup protects. */
  public override supports(construct: IConstruct): boolean {
    return TagManager.of(construct) !== undefined && resolveResource(construct) !== undefined;
  }

  /** Tags a resource. */
  public applyTo(construct: IConstruct): void {
    const tags = TagManager.of(construct);
    tags?.setTag(OPT_OUT_REASON_TAG, this.reason, TAG_PRIORITY);
    // the day of an opt-out further out isn't this one's
    if (this.until === undefined) tags?.removeTag(OPT_OUT_UNTIL_TAG, TAG_PRIORITY);
    else tags?.setTag(OPT_OUT_UNTIL_TAG, this.until, TAG_PRIORITY);
  }

  /** Tags every resource that AWS Backup protects in a scope, those that are added later included. */
  public applyBelow(scope: IConstruct): void {
    const includeResourceTypes = ResourceType.all().flatMap((type) => type.cloudFormationTypes);
    const options = { includeResourceTypes, priority: TAG_PRIORITY };
    const tags = Tags.of(scope);
    tags.add(OPT_OUT_REASON_TAG, this.reason, options);
    if (this.until === undefined) tags.remove(OPT_OUT_UNTIL_TAG, options);
    else tags.add(OPT_OUT_UNTIL_TAG, this.until, options);
  }
}
