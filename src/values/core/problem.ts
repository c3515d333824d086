/**
 * What a law of AWS Backup says about one value or one group of values.
 *
 * Laws are pure functions that return problems; who calls them decides what to do: a constructor throws the
 * errors and warns of the rest, a check turns each into a finding.
 */
export interface Problem {
  /** Stable id, public API: `Backup-<RuleName>` in PascalCase. */
  readonly id: string;
  /**
   * `error`: AWS was seen, or is documented, to refuse it, or the job certainly fails. `warning`: silently
   * ignored, degraded, or costs money.
   */
  readonly severity: 'error' | 'warning';
  /** The property as the caller names it, without backticks. */
  readonly property: string;
  /** What is wrong: the property in backticks, what is allowed, what was got. Lower case, no full stop. */
  readonly message: string;
  /** The way out, in the imperative. */
  readonly fix?: string;
}

/** The whole sentence of a problem: what is wrong and the way out. */
export function sentence(problem: Problem): string {
  return problem.fix ? `${problem.message}; ${problem.fix}` : problem.message;
}

/**
 * What the constructors of this library throw. Not exported: jsii has no exceptions of its own, other languages
 * see the message.
 */
export class BackupError extends Error {
  constructor(
    public readonly problems: readonly Problem[],
    subject?: string,
  ) {
    const sentences = problems.map(sentence);
    const where = subject ? ` of \`${subject}\`` : '';
    super(
      sentences.length === 1
        ? `${sentences[0]}${subject ? ` (in \`${subject}\`)` : ''}`
        : `${sentences.length} problems${where}:\n${sentences.map((s) => `  - ${s}`).join('\n')}`,
    );
    this.name = 'BackupError';
  }
}

/**
 * Throws the errors among the problems, all in one error; warnings are left to the caller.
 *
 * @param subject what the problems are about: a construct path, or the name of a rule
 */
export function throwErrors(problems: readonly Problem[], subject?: string): void {
  const errors = problems.filter((problem) => problem.severity === 'error');
  if (errors.length > 0) throw new BackupError(errors, subject);
}

/** An error about a single property, for the many places where only one thing can be wrong. */
export function refuse(id: string, property: string, message: string, fix?: string): BackupError {
  return new BackupError([{ id, severity: 'error', property, message, fix }]);
}
