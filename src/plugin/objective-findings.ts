import type { Finding } from '../checks/engine/check';
import { objectiveResults } from '../forecast/objectives/objective-results';
import type { Forecast } from '../forecast/outlook/forecast';
import type { Place } from '../inventory/core/item';
import { known } from '../template/evaluation/unknown';
import { FINDINGS, type FindingId } from '../values/findings/registry';
import type { BackupObjective } from '../values/objectives/backup-objective';

/** A finding for each resource that misses an objective in the forecast, or may, and for objectives without resources. */
export function objectiveFindings(forecast: Forecast, objectives: readonly BackupObjective[]): Finding[] {
  const { inventory } = forecast;
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
