import type { Problem } from '../../values/core/problem';

/** Gathers what is wrong in a document, each with the path inside it. */
export class PolicyProblems {
  public readonly all: Problem[] = [];

  /** @param path empty for the whole document */
  public refuse(id: string, path: string, message: string, fix?: string): void {
    this.add(id, 'error', path, message, fix);
  }

  public warn(id: string, path: string, message: string, fix?: string): void {
    this.add(id, 'warning', path, message, fix);
  }

  private add(id: string, severity: Problem['severity'], path: string, message: string, fix?: string): void {
    const property = path === '' ? 'the document' : path;
    const subject = path === '' ? property : `\`${path}\``;
    this.all.push({ id, severity, property, message: `${subject} ${message}`, fix });
  }
}

/** The path of something in an object. */
export function join(path: string, key: string | number): string {
  return path === '' ? String(key) : `${path}/${key}`;
}
