import type { FindingId } from '../findings/registry';
import { isKnown, show } from './amounts';
import type { Problem } from './problem';
import { problem } from './problem';

const MAX_DESCRIPTION = 1024;

/**
 * The law for the description of a framework or report plan: a non-blank string of at most 1024 characters.
 *
 * Source: CloudFormation schema of `AWS::Backup::Framework` and `AWS::Backup::ReportPlan`, 2026-09.
 */
export function descriptionProblems(
  id: FindingId,
  description: unknown,
  property = 'description',
): Problem[] {
  if (description === undefined || !isKnown(description)) return [];
  if (typeof description === 'string' && description.length <= MAX_DESCRIPTION && /\S/.test(description))
    return [];
  const length = typeof description === 'string' ? description.length : 0;
  return [
    problem({
      id,
      property,
      message: (label) =>
        `${label(property)} must be a non-blank string of at most ${MAX_DESCRIPTION} characters, got ${
          length > MAX_DESCRIPTION ? `${length} characters` : show(description)
        }`,
      fix: length > MAX_DESCRIPTION ? 'shorten it' : 'omit it if there is nothing to say',
    }),
  ];
}
