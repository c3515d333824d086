import type { AcknowledgedFinding } from '../../checks/engine/acknowledged-findings';
import type { Check, Finding } from '../../checks/engine/check';
import type { StackItem } from '../../inventory/core/stack-item';
import type { Severity } from '../../values/findings/registry';
import { count } from './style';

/** What the checks found, in the order of the checks. */
export interface CheckReport {
  readonly findings: readonly Finding[];
  /** Findings that the assembly acknowledges. They never fail the command. */
  readonly acknowledged: readonly AcknowledgedFinding[];
  readonly checks: readonly Check[];
  readonly stacks: readonly StackItem[];
}

const ORDER: readonly Severity[] = ['error', 'warning', 'note'];

/** The findings of each stack that has any: stacks in input order, findings by severity. */
export function byStack({ findings, stacks }: CheckReport): [stack: StackItem, findings: Finding[]][] {
  const found = new Map<string, Finding[]>(stacks.map(({ id }) => [id, []]));
  for (const finding of findings) found.get(finding.place.stackId)?.push(finding);
  return stacks
    .map((stack): [StackItem, Finding[]] => [stack, worstFirst(found.get(stack.id) ?? [])])
    .filter(([, own]) => own.length > 0);
}

function worstFirst(findings: readonly Finding[]): Finding[] {
  return ORDER.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
}

/** `2 errors, 1 warning, 3 acknowledged`; undefined if nothing was found. */
export function summary({ findings, acknowledged }: CheckReport): string | undefined {
  const counts = ORDER.map((severity) => {
    const amount = findings.filter((finding) => finding.severity === severity).length;
    return amount > 0 ? count(amount, severity) : undefined;
  });
  if (acknowledged.length > 0) counts.push(`${acknowledged.length} acknowledged`);
  return counts.filter((text) => text !== undefined).join(', ') || undefined;
}
