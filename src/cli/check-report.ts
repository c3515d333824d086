import type { Check, Finding, Severity } from '../analysis/checks/check';
import type { StackItem } from '../analysis/inventory/stack-item';
import { count } from './style';

/** What the checks found, in the order of the checks. */
export interface CheckReport {
  readonly findings: readonly Finding[];
  readonly checks: readonly Check[];
  readonly stacks: readonly StackItem[];
}

const ORDER: readonly Severity[] = ['error', 'warning', 'note'];

/** The findings of each stack that has some, in the order of the input, the worst first. */
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

/** `2 errors, 1 warning`; undefined where nothing was found. */
export function summary({ findings }: Pick<CheckReport, 'findings'>): string | undefined {
  const counts = ORDER.map((severity) => {
    const amount = findings.filter((finding) => finding.severity === severity).length;
    return amount > 0 ? count(amount, severity) : undefined;
  });
  return counts.filter((text) => text !== undefined).join(', ') || undefined;
}
