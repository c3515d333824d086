import { explain, Failure } from '../core/failure';
import type { Work } from '../core/runtime';
import { FirstSeen, type MemoryClient } from './first-seen';
import type { Finding } from './freshness-message';
import type { Deadlines } from './objective';
import { selectableKind } from './selectable-arns';
import { SelectedResources, type SelectionReader } from './selected-resources';

/** A plan whose selections are compared with the recovery points of its vaults. */
export interface PlanRequest {
  /** The ID by which AWS Backup knows it. */
  readonly id: string;
  /** Its name, which is the tier of its objectives too. */
  readonly name: string;
  /** The indexes of its objectives. */
  readonly objectives: readonly number[];
}

/** What is known of an objective. */
export interface ObjectiveState {
  readonly deadlines: Deadlines;
  /** The resources that have recovery points for it, or had some. */
  readonly arns: ReadonlySet<string>;
}

/**
 * Resources that a plan selects, and that have no recovery point in its vaults: AWS Backup lists only what it backed up once.
 * Each is late after the first run that follows the check that first saw it.
 *
 * @param states by the index of the objective; those of objectives that could not be read are missing
 */
export async function neverBackedUp(
  { plans, memory }: { readonly plans: readonly PlanRequest[]; readonly memory: string },
  client: SelectionReader & MemoryClient,
  work: Work,
  { states, now }: { readonly states: ReadonlyMap<number, ObjectiveState>; readonly now: number },
): Promise<{ findings: Finding[]; broken: string[] }> {
  const findings: Finding[] = [];
  const broken: string[] = [];
  const selected = new SelectedResources(client, work);
  let seen: FirstSeen | undefined;
  for (const { id, name, objectives } of plans)
    try {
      const own = objectives.flatMap((index) => states.get(index) ?? []);
      if (own.length < objectives.length) throw new Failure('its vaults could not be read');
      const missing = [...(await selected.of(id))].filter((arn) => !own.some(({ arns }) => arns.has(arn)));
      for (const arn of missing) {
        if (await selected.isMember(arn)) continue;
        seen ??= await FirstSeen.read(client, memory, work);
        const first = seen.at(`${name} ${arn}`, now);
        const deadline = Math.min(
          ...own.map(({ deadlines }) => deadlines.after(first) ?? Number.POSITIVE_INFINITY),
        );
        const type = selectableKind(arn)?.type ?? 'Unknown';
        findings.push({
          tier: name,
          type,
          share: (now - first) / (deadline - first),
          late:
            now >= deadline ? { arn, type, what: `selected by plan ${name}`, since: deadline } : undefined,
        });
      }
    } catch (error) {
      broken.push(`selections of plan ${name}: ${explain(error)}`);
    }
  if (broken.length === 0)
    try {
      seen ??= await FirstSeen.read(client, memory, work);
      await seen.write(work);
    } catch (error) {
      broken.push(`parameter ${memory}: ${explain(error)}`);
    }
  return { findings, broken };
}
