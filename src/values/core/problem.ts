import { FINDINGS, type FindingId, type Severity } from '../findings/registry';

/** A reader's name of a property, in backticks: a prop of this library, or a CloudFormation property. */
export type Label = (property: string) => string;

/** A sentence. If it names properties, it is a function that renders it with the reader's labels. */
export type Sentence = string | ((label: Label) => string);

/** The reader's names for what a problem is about. */
export interface Naming {
  /** The reader's name of a prop of this library; undefined keeps the name. */
  readonly names?: (property: string) => string | undefined;
  /** The owner of the property, such as "rule `daily` of plan `gold`"; follows the first mention of the property. */
  readonly of?: string;
}

/** What a problem is made of. */
export interface ProblemOptions {
  readonly id: FindingId;
  /** The property as named in this library, without backticks. */
  readonly property: string;
  /** What is wrong: the property in backticks, what is allowed, what was found. Lower case, no full stop. */
  readonly message: Sentence;
  /** The fix, in the imperative. */
  readonly fix?: Sentence;
}

/**
 * What a law reports about one value or one group of values.
 *
 * A law is a pure function that returns problems. The caller decides what to do with them: a constructor throws the
 * errors and warns about the rest; a check turns each of them into a finding.
 */
export class Problem {
  /** Stable id, public API: `Backup-<RuleName>` in PascalCase. */
  public readonly id: FindingId;
  /** The severity that the registry gives the id. */
  public readonly severity: Severity;
  /** The reader's name of the property, without backticks. */
  public readonly property: string;
  public readonly message: string;
  public readonly fix?: string;
  readonly #options: ProblemOptions;
  readonly #naming: Naming;

  constructor(options: ProblemOptions, naming: Naming = {}) {
    const { id, property, message, fix } = options;
    const label = labelFor(property, naming);
    this.id = id;
    this.severity = FINDINGS[id].severity;
    this.property = naming.names?.(property) ?? property;
    this.message = render(message, label);
    this.fix = fix === undefined ? undefined : render(fix, label);
    this.#options = options;
    this.#naming = naming;
  }

  /** The same problem in a reader's names, applied on top of the current ones. */
  public as({ names, of }: Naming): Problem {
    const current = this.#naming;
    const owners = [current.of, of].filter((owner) => owner !== undefined);
    return new Problem(this.#options, {
      names: (property) => {
        const name = current.names?.(property) ?? property;
        return names?.(name) ?? name;
      },
      of: owners.length > 0 ? owners.join(' of ') : undefined,
    });
  }

  /** The same problem with text appended to its message. */
  public followedBy(text: string): Problem {
    const { message } = this.#options;
    return this.with({ message: (label) => `${render(message, label)}${text}` });
  }

  /** The same problem with another id, property, message or fix. */
  public with(options: Partial<ProblemOptions>): Problem {
    return new Problem({ ...this.#options, ...options }, this.#naming);
  }
}

/** A problem in the names of this library's props. */
export function problem(options: ProblemOptions): Problem {
  return new Problem(options);
}

function render(sentence: Sentence, label: Label): string {
  return typeof sentence === 'string' ? sentence : sentence(label);
}

/** Labels properties; the owner follows the first mention of the problem's own property. */
function labelFor(own: string, { names, of }: Naming): Label {
  let owner = of;
  return (property) => {
    const quoted = `\`${names?.(property) ?? property}\``;
    if (owner === undefined || property !== own) return quoted;
    const owned = `${quoted} of ${owner}`;
    owner = undefined;
    return owned;
  };
}

/** The sentence of a problem: what is wrong and the fix. */
export function sentence({ message, fix }: Pick<Problem, 'message' | 'fix'>): string {
  return fix ? `${message}; ${fix}` : message;
}

/**
 * What the constructors of this library throw. Not exported: jsii doesn't support exception classes, so other
 * languages see only the message.
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
 * Throws all errors among the problems as one error; warnings are left to the caller.
 *
 * @param subject what the problems are about: a construct path, or the name of a rule
 */
export function throwErrors(problems: readonly Problem[], subject?: string): void {
  const errors = problems.filter((problem) => problem.severity === 'error');
  if (errors.length > 0) throw new BackupError(errors, subject);
}

/**
 * An error with one problem, for places where only one thing can be wrong.
 *
 * @param subject what the problem is about: a construct path, or the name of a rule
 */
export function refuse(
  id: FindingId,
  property: string,
  message: Sentence,
  fix?: Sentence,
  subject?: string,
): BackupError {
  return new BackupError([problem({ id, property, message, fix })], subject);
}
