/** Problems in input files, one line each: lower case, no full stop. */
export class InputProblems extends Error {
  constructor(public readonly lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'InputProblems';
  }
}
