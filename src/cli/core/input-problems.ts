/** Several things that are wrong in input files: each a line of its own, lower case, no full stop. */
export class InputProblems extends Error {
  constructor(public readonly lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'InputProblems';
  }
}
