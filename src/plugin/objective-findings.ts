import type { Finding } from '../checks/engine/check';
import { DAY_MS } from '../forecast/core/period';
import { periodFrom } from '../forecast/core/period-input';
import { objectiveResults } from '../forecast/objectives/objective-results';
import { forecastOf } from '../forecast/outlook/forecast';
import type { Place } from '../inventory/core/item';
import type { Inventory } from '../inventory/inventory';
import { known } from '../template/evaluation/unknown';
import { FINDINGS, type FindingId } from '../values/findings/registry';
import type { BackupObjective } from '../values/objectives/backup-objective';
import type { ResourceType } from '../values/resource-type/resource-type';

/** A finding for each resource that misses an objective in the coming year, or may, and for objectives without resources. */
export function objectiveFindings(
  inventory: Inventory,
  objectives: readonly BackupObjective[],
  options: { readonly now: Date; readonly resourceTypes?: readonly ResourceType[] },
): Finding[] {
  const from = Math.floor(options.now.getTime() / DAY_MS) * DAY_MS;
  const period = periodFrom(from, { months: 12, milliseconds: 0 });
  if (!period) return [];
  const forecast = forecastOf(inventory, { period, resourceTypes: options.resourceTypes });
  const { results, unused } = objectiveResults(forecast, objectives);
  const findings = results.map(({ resource, objective, missed, open }) => {
    const what = `this ${known(resource.resourceType) ?? resource.type} resource`;
    return missed.length > 0
      ? finding('Backup-Objective', resource.place, `${what} misses ${objective}: ${missed.join('; ')}`)
      : finding(
          'Backup-ObjectiveUnknown',
          resource.place,
          `${what} may miss ${objective}: ${open.join('; ')}`,
        );
  });
  const [stack] = inventory.stacks;
  if (!stack) return findings;
  const { id, name, file, constructPath, account, region } = stack;
  const place = {
    stack: name,
    stackId: id,
    logicalId: '',
    file,
    constructPath,
    account,
    region,
    pathInTemplate: '',
  };
  return [
    ...findings,
    ...unused.map((objective) =>
      finding('Backup-ObjectiveUnused', place, `${objective} applies to no resource of the app`),
    ),
  ];
}

function finding(id: FindingId, place: Place, message: string): Finding {
  const { severity, why, fix, docs } = FINDINGS[id];
  return { id, severity, place, message, why, fix, docs };
}
