import { own, ownText } from './files';
import { metadataOf } from './metadata';

/** A line of the user's code. */
export interface SourceLine {
  /** As the CDK recorded it: an absolute path, usually. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column?: number;
}

/** Frames of packages and of runtimes aren't the user's code. */
const FOREIGN =
  /[\\/]node_modules[\\/]|[\\/]site-packages[\\/]|^node:|^internal[\\/]|^<|^native$|^evalmachine/;

/** `new Orders (/app/lib/orders.ts:12:5)`, `at /app/lib/orders.ts:12:5`, `/app/lib/orders.ts:12`. */
const FRAME = /^(?:at )?(?:.*?\()?([^()]+?):(\d+)(?::(\d+))?\)?$/;

/**
 * The lines that create the constructs of a stack, by construct path, from the creation stack traces in the metadata of the
 * assembly. Constructs that no line of the user's code creates have none.
 */
export function* manifestSources(
  folder: string,
  artifact: unknown,
): Iterable<readonly [path: string, source: SourceLine]> {
  for (const [constructPath, entry] of metadataOf(folder, artifact)) {
    const type = ownText(entry, 'type');
    // older versions have the trace of a resource in the entry of its logical id
    const trace =
      type === 'aws:cdk:creationStack'
        ? own(entry, 'data')
        : type === 'aws:cdk:logicalId'
          ? own(entry, 'trace')
          : undefined;
    const source = Array.isArray(trace) ? userLine(trace) : undefined;
    if (source) yield [constructPath, source];
  }
}

/** The innermost frame of the user's code. */
export function userLine(trace: readonly unknown[]): SourceLine | undefined {
  for (const frame of trace) {
    if (typeof frame !== 'string' || frame.length > MAX_FRAME) continue;
    const [, file, line, column] = FRAME.exec(frame.trim()) ?? [];
    if (file === undefined || FOREIGN.test(file) || file.startsWith('...')) continue;
    return {
      file: file.replace(/^file:\/\//, ''),
      line: Number(line),
      column: column === undefined ? undefined : Number(column),
    };
  }
  return undefined;
}

const MAX_FRAME = 4_096;
