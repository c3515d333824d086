import { isObject, own, ownText } from './files';
import { metadataOf } from './metadata';

/** What is acknowledged with an id alone is kept like this, as it is for the warnings of constructs. */
export const ANNOTATION = 'Annotation::';

/** Reasons by rule, by the path of the construct that acknowledges it. */
export type AcknowledgedRules = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** What constructs of a stack acknowledge, as the assembly has it; what an app or a stage does is not in there. */
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
