import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { type Problem, sentence, throwErrors } from '../../values/core/problem';

/**
 * What a construct does with what the laws say: throws the errors, all in one, and warns of the rest.
 *
 * Warnings carry the id of the law: `Validations.of(construct).acknowledge({ id, reason })` silences one.
 */
export function report(construct: IConstruct, problems: readonly Problem[]): void {
  throwErrors(problems, construct.node.path);
  warn(construct, problems);
}

/** Warns of the problems, whatever their severity. */
export function warn(construct: IConstruct, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const validations = Validations.of(construct);
  for (const problem of problems)
    if (!isAcknowledged(construct, problem.id)) validations.addWarning(problem.id, sentence(problem));
}

/**
 * Whether a warning was acknowledged on the construct itself before it is given, as those at synthesis always are:
 * aws-cdk-lib looks only above the construct then (2.264).
 */
function isAcknowledged(construct: IConstruct, id: string): boolean {
  return construct.node.metadata.some(
    ({ type, data }) =>
      type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY &&
      Object.keys(data ?? {}).some((key) => key === id || key.endsWith(`::${id}`)),
  );
}

/** What `node.addValidation` wants: the sentences of the errors, after having warned of the rest. */
export function lateErrors(construct: IConstruct, problems: readonly Problem[]): string[] {
  warn(
    construct,
    problems.filter((problem) => problem.severity === 'warning'),
  );
  return problems.filter((problem) => problem.severity === 'error').map(sentence);
}
