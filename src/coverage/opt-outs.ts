import { tagValue } from '../inventory/core/tags';
import type { ResourceItem } from '../inventory/protected-resource/resource-item';
import { showText } from '../template/evaluation/text';
import { isUnknown } from '../template/evaluation/unknown';
import { isExpired, OPT_OUT_REASON_TAG, OPT_OUT_UNTIL_TAG } from '../values/selection/opt-out';

/** A resource that is intentionally not backed up. */
export interface OptOut {
  readonly reason: string;
  /** The last day of the opt-out, as `YYYY-MM-DD`. */
  readonly until?: string;
  readonly expired: boolean;
}

/** The opt-out in the tags of a resource. */
export function optOutOf({ tags }: ResourceItem, now: Date): OptOut | undefined {
  const reason = tags.items.find((tag) => tag.key === OPT_OUT_REASON_TAG)?.value;
  if (reason === undefined || (typeof reason === 'string' && reason.trim() === '')) return undefined;
  const until = tags.items.some((tag) => tag.key === OPT_OUT_UNTIL_TAG)
    ? tagValue(tags, OPT_OUT_UNTIL_TAG)
    : undefined;
  return {
    reason: showText(reason),
    until: until === undefined ? undefined : showText(until),
    expired: !isUnknown(until) && isExpired(until, now),
  };
}
