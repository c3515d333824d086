import * as path from 'node:path';
import { isFile, isObject, MAX_MANIFEST_BYTES, own, ownText, readJson } from './files';

/** Far longer than any path of CDK. */
const MAX_PATH = 4_096;

/** The metadata of the constructs of a stack and its nested stacks, from the manifest or a separate file. */
export function* metadataOf(
  folder: string,
  artifact: unknown,
): Iterable<readonly [constructPath: string, entry: unknown]> {
  yield* entries(own(artifact, 'metadata'));
  const file = ownText(artifact, 'additionalMetadataFile');
  if (file === undefined || path.basename(file) !== file) return;
  const full = path.join(folder, file);
  if (isFile(full)) yield* entries(readJson(full, MAX_MANIFEST_BYTES));
}

function* entries(metadata: unknown): Iterable<readonly [string, unknown]> {
  if (!isObject(metadata)) return;
  for (const constructPath of Object.keys(metadata)) {
    const own = metadata[constructPath];
    if (!Array.isArray(own) || constructPath.length > MAX_PATH) continue;
    for (const entry of own) yield [constructPath.replace(/^\//, ''), entry];
  }
}
