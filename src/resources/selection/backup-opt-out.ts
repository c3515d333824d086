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
import { MixinReach } from './mixin-reach';

/** Properties of a `BackupOptOut`. */
export interface BackupOptOutProps {
  /**
   * Why the resource needs no backup: 1 to 256 letters, digits, spaces and `+ - = . _ : / @`, because it is stored as a
   * tag value.
   */
  readonly reason: string;

  /**
   * The last day of the opt-out, in UTC, as `YYYY-MM-DD`. After that day, coverage counts the resource as unprotected.
   *
   * @default - no end
   */
  readonly until?: string;
}

/** The priority of CDK's own tags, so that the tag set closest to the resource wins. */
const TAG_PRIORITY = 100;

/**
 * Marks a resource as intentionally not backed up, with the reason. Coverage then doesn't count it as unprotected.
 *
 * As a mixin, `cache.with(new BackupOptOut({ reason: 'rebuilt from the orders table' }))`, it tags the resources in the
 * construct that AWS Backup can protect. `applyBelow()` also tags resources that are added to a scope later. It doesn't
 * exclude resources from selections: a resource that a plan selects is still backed up.
 */
export class BackupOptOut extends Mixin {
  /** The key of the tag that contains the reason. */
  public static readonly REASON_KEY: string = OPT_OUT_REASON_TAG;

  /** The key of the tag that contains the last day. */
  public static readonly UNTIL_KEY: string = OPT_OUT_UNTIL_TAG;

  /** Why the resource needs no backup. */
  public readonly reason: string;

  /** The last day of the opt-out, as `YYYY-MM-DD`; undefined if it has no end. */
  public readonly until?: string;

  private readonly reach = new MixinReach('BackupOptOut');

  constructor(props: BackupOptOutProps) {
    super();
    throwErrors(propsProblems('Backup-OptOutProps', props ?? null, 'BackupOptOutProps'), 'BackupOptOut');
    throwErrors([...optOutReasonProblems(props.reason), ...optOutUntilProblems(props.until)], 'BackupOptOut');
    this.reason = props.reason;
    this.until = props.until;
  }

  /** Whether the construct is taggable and a resource that AWS Backup can protect. */
  public override supports(construct: IConstruct): boolean {
    const isSupported = TagManager.of(construct) !== undefined && resolveResource(construct) !== undefined;
    this.reach.ask(construct, isSupported);
    return isSupported;
  }

  /** Tags a resource. */
  public applyTo(construct: IConstruct): void {
    const tags = TagManager.of(construct);
    tags?.setTag(OPT_OUT_REASON_TAG, this.reason, TAG_PRIORITY);
    // removes the last day of an opt-out on an outer scope
    if (this.until === undefined) tags?.removeTag(OPT_OUT_UNTIL_TAG, TAG_PRIORITY);
    else tags?.setTag(OPT_OUT_UNTIL_TAG, this.until, TAG_PRIORITY);
  }

  /** Tags all resources in a scope that AWS Backup can protect, including those added later. */
  public applyBelow(scope: IConstruct): void {
    const includeResourceTypes = ResourceType.all().flatMap((type) => type.cloudFormationTypes);
    const options = { includeResourceTypes, priority: TAG_PRIORITY };
    this.reach.below(scope);
    const tags = Tags.of(scope);
    tags.add(OPT_OUT_REASON_TAG, this.reason, options);
    if (this.until === undefined) tags.remove(OPT_OUT_UNTIL_TAG, options);
    else tags.add(OPT_OUT_UNTIL_TAG, this.until, options);
  }
}
