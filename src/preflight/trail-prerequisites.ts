import type { Inventory } from '../inventory/inventory';
import { resourceName } from '../inventory/labels';
import type { PrerequisiteCollector } from './prerequisite';
import { isCertainlyCreated } from './region-prerequisites';

/** The detail-types of what a trail records. */
const OF_TRAILS = ['AWS API Call via CloudTrail', 'AWS Service Event via CloudTrail'];

/** What the trail is called in the command that creates one. */
const NAME = 'management-events';

/**
 * Rules on the calls of AWS Backup match nothing where no trail records management events.
 *
 * Source: Amazon EventBridge User Guide, AWS service events delivered via AWS CloudTrail, 2026-11.
 */
export function collectTrailPrerequisites(
  { eventRules }: Inventory,
  prerequisites: PrerequisiteCollector,
): void {
  for (const rule of eventRules)
    if (rule.active && rule.kinds?.some((kind) => OF_TRAILS.includes(kind)))
      prerequisites.need(
        'trail',
        NAME,
        rule.place,
        isCertainlyCreated(rule),
        (names) => `EventBridge gets the calls that ${names} waits for from a trail`,
        resourceName(rule),
      );
}
