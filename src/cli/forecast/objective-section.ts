import type { ObjectiveResults } from '../../forecast/objectives/objective-results';
import { resourceName } from '../../inventory/labels';
import { type Section, section, toLeft } from './section';

/** A resource that misses the objectives of a standard, or may. */
export interface ObjectiveJson {
  readonly stack: string;
  readonly logicalId: string;
  readonly standard: string;
  /** What it certainly misses. */
  readonly missed: readonly string[];
  /** What can't be determined before deployment. */
  readonly open: readonly string[];
}

export function objectivesJson({ results }: ObjectiveResults): ObjectiveJson[] {
  return results.map(({ resource: { place }, objective, missed, open }) => ({
    stack: place.stack,
    logicalId: place.logicalId,
    standard: nameOf(objective),
    missed,
    open,
  }));
}

/** What the standards demand, and what misses it. */
export function objectivesSection({ results }: ObjectiveResults): Section {
  return section(
    'What misses the RPO, the retention or the copies of a standard',
    [toLeft('resource'), toLeft('standard'), toLeft('because')],
    results.map(({ resource, objective, missed, open }) => [
      resourceName(resource),
      nameOf(objective),
      [...missed, ...open.map((text) => `perhaps: ${text}`)].join('; '),
    ]),
  );
}

/** `objective `hipaa`` is `hipaa`: the objectives of standards have their names. */
function nameOf(objective: string): string {
  return /`(.*)`/.exec(objective)?.[1] ?? objective;
}
