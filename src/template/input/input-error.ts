/**
 * An input file that can't be read or understood: one line that names the file, the path inside it and the
 * reason. The command prints the message and exits with 2; no stack trace reaches a user.
 */
export class InputError extends Error {
  /**
   * @param file as the user named it
   * @param reason lower case, no full stop
   * @param path inside the file, such as `artifacts/Orders/properties/templateFile`
   */
  constructor(
    public readonly file: string,
    public readonly reason: string,
    public readonly path?: string,
  ) {
    super(oneLine(`${file}: ${path ? `\`${path}\`: ` : ''}${reason}`));
    this.name = 'InputError';
  }
}

/** File names and parser messages may hold line breaks. */
function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 500 ? `${line.slice(0, 497)}...` : line;
}
