import type { IConstruct } from 'constructs';
import { type Problem, problem } from '../../values/core/problem';

const SYNTHESIZED = new WeakSet<IConstruct>();

/** Registers that the template of a construct is being written. For its validation at synthesis. */
export function markSynthesized(construct: IConstruct): void {
  SYNTHESIZED.add(construct);
}

/** A change that is in no template, because it comes after synthesis. */
export function lateChangeProblems(construct: IConstruct, property: string): Problem[] {
  if (!SYNTHESIZED.has(construct)) return [];
  return [
    problem({
      id: 'Backup-LateChange',
      property,
      message: (label) =>
        `${label(property)} must come before synthesis, which has already written the template of \`${construct.node.path}\``,
      fix: 'move it before `app.synth()` or `Template.fromStack()`',
    }),
  ];
}
