import type { StackItem } from '../../inventory/core/stack-item';
import { ANNOTATION } from '../../template/input/acknowledged-rules';
import type { Finding } from './check';

/** A finding that is acknowledged on its construct or on a parent, with the reason. */
export interface AcknowledgedFinding extends Finding {
  readonly reason: string;
}

/** Separates findings that are acknowledged in the assembly from the others. Keeps their order. */
export function partFindings(
  findings: readonly Finding[],
  stacks: readonly StackItem[],
  plugin: string,
): { readonly open: readonly Finding[]; readonly acknowledged: readonly AcknowledgedFinding[] } {
  const byId = new Map(stacks.map((stack) => [stack.id, stack]));
  const open: Finding[] = [];
  const acknowledged: AcknowledgedFinding[] = [];
  for (const finding of findings) {
    const reason = reasonOf(finding, byId.get(finding.place.stackId), plugin);
    if (reason === undefined) open.push(finding);
    else acknowledged.push({ ...finding, reason });
  }
  return { open, acknowledged };
}

/** The reason nearest to the construct. */
function reasonOf({ id, place }: Finding, stack: StackItem | undefined, plugin: string): string | undefined {
  const rules = stack?.acknowledged();
  if (!rules || rules.size === 0) return undefined;
  let path = place.constructPath;
  while (path !== undefined && path !== '') {
    const own = rules.get(path);
    const reason = own?.get(`${plugin}::${id}`) ?? own?.get(`${ANNOTATION}${id}`);
    if (reason !== undefined) return reason;
    path = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  }
  return undefined;
}
