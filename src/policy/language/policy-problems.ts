import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import type { FindingId } from '../../values/findings/registry';

/** Collects the problems of a document, each with the path inside it. */
export class PolicyProblems {
  public readonly all: Problem[] = [];

  /** @param path empty for the whole document */
  public add(id: FindingId, path: string, message: string, fix?: string): void {
    this.all.push(
      path === ''
        ? problem({ id, property: 'the document', message: `the document ${message}`, fix })
        : problem({ id, property: path, message: (label) => `${label(path)} ${message}`, fix }),
    );
  }
}

/** The path of a key in an object. */
export function join(path: string, key: string | number): string {
  return path === '' ? String(key) : `${path}/${key}`;
}
