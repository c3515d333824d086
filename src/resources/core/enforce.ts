import { Annotations, Stage, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { type Problem, sentence, throwErrors } from '../../values/core/problem';

/**
 * Throws the errors among the problems of a construct, all in one, and adds the others to it as annotations:
 * warnings at once, notes at synthesis.
 *
 * An annotation has the id of its problem: `Validations.of(construct).acknowledge({ id, reason })` silences it.
 */
export function enforce(construct: IConstruct, problems: readonly Problem[]): void {
  const own = isSubclassed(construct) ? problems.filter(({ id }) => id !== 'Backup-UnknownOption') : problems;
  throwErrors(own, construct.node.path);
  addWarnings(construct, own);
  const notes = own.filter(isNote);
  if (notes.length === 0) return;
  // at synthesis, since aws-cdk-lib removes an acknowledged warning, but not an acknowledged info (2.264)
  const validate = () => {
    addInfos(construct, notes);
    return [];
  };
  construct.node.addValidation({ validate });
}

/** What `node.addValidation` expects: the sentences of the errors; the other problems are added as annotations. */
export function synthesisErrors(construct: IConstruct, problems: readonly Problem[]): string[] {
  const [errors, others] = [problems.filter(isError), problems.filter((each) => !isError(each))];
  addWarnings(construct, others);
  addInfos(construct, others.filter(isNote));
  return errors.map(sentence);
}

/**
 * Warns of what the checks find in templates as errors, with the same id. A construct warns only, so that
 * `Validations` can acknowledge it. If the app has `BackupChecks`, that reports it instead.
 */
export function warnOfFindings(construct: IConstruct, problems: readonly Problem[]): void {
  if (problems.length === 0 || hasChecks(construct)) return;
  addWarnings(construct, problems);
}

/** Whether `BackupChecks` checks the stage of a construct, or a stage around it. */
function hasChecks(construct: IConstruct): boolean {
  return construct.node.scopes.some(
    (scope) => Stage.isStage(scope) && scope._validationPlugins?.some(({ name }) => name === 'BackupChecks'),
  );
}

function addWarnings(construct: IConstruct, problems: readonly Problem[]): void {
  for (const problem of problems)
    if (!isNote(problem) && !isAcknowledged(construct, problem.id))
      Validations.of(construct).addWarning(problem.id, sentence(problem));
}

/** Adds infos with the prefix that `Validations` gives the ids of annotations, so that it can acknowledge them. */
function addInfos(construct: IConstruct, notes: readonly Problem[]): void {
  for (const note of notes)
    if (!isAcknowledged(construct, note.id))
      Annotations.of(construct).addInfoV2(`Annotation::${note.id}`, sentence(note));
}

/**
 * Whether an id was acknowledged on the construct itself: aws-cdk-lib looks only above the construct for what is
 * added at synthesis (2.264).
 */
function isAcknowledged(construct: IConstruct, id: string): boolean {
  return construct.node.metadata.some(
    ({ type, data }) =>
      type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY &&
      Object.keys(data ?? {}).some((key) => key === id || key.endsWith(`::${id}`)),
  );
}

/**
 * Whether an app extends the class: it may pass its own wider props on to ours. The class that `propertyInjectable` makes of
 * ours stands directly above the one with the ID.
 */
function isSubclassed(construct: IConstruct): boolean {
  const ours = Object.getPrototypeOf(construct.constructor);
  return !Object.hasOwn(ours, 'PROPERTY_INJECTION_ID');
}

const isError = ({ severity }: Problem) => severity === 'error';
const isNote = ({ severity }: Problem) => severity === 'note';
