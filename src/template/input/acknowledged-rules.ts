import { isObject, own, ownText } from './files';
import { metadataOf } from './metadata';

/** The prefix of ids that are acknowledged without a plugin, as for warnings of constructs. */
export const ANNOTATION = 'Annotation::';

/** Reasons by rule, by the path of the construct that acknowledges it. */
export type AcknowledgedRules = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** What constructs of a stack acknowledge. The assembly doesn't contain what an app or a stage acknowledges. */
export function* manifestAcknowledgements(
  folder: string,
  artifact: unknown,
): Iterable<readonly [path: string, rule: string, reason: string]> {
  for (const [constructPath, entry] of metadataOf(folder, artifact)) {
    if (ownText(entry, 'type') !== 'aws:cdk:acknowledged-rules') continue;
    const rules = own(entry, 'data');
    if (!isObject(rules)) continue;
    for (const rule of Object.keys(rules)) {
      const reason = ownText(rules, rule);
      if (reason !== undefined) yield [constructPath, rule, reason];
    }
  }
}
