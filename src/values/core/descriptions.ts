import { isKnown, show } from './amounts';
import type { Problem } from './problem';

const MAX_DESCRIPTION = 1024;

/**
 * The law of the description of a framework or a report plan: at most 1024 characters, of which one isn't blank.
 *
 * Source: CloudFormation schema of `AWS::Backup::Framework` and `AWS::Backup::ReportPlan`, 2026-09.
 */
export function descriptionProblems(id: string, description: unknown, property = 'description'): Problem[] {
  if (description === undefined || !isKnown(description)) return [];
  if (typeof description === 'string' && description.length <= MAX_DESCRIPTION && /\S/.test(description))
    return [];
  const length = typeof description === 'string' ? description.length : 0;
  return [
    {
      id,
      severity: 'error',
      property,
      message: `\`${property}\` must be a text of at most ${MAX_DESCRIPTION} characters that isn't blank, got ${
        length > MAX_DESCRIPTION ? `${length} characters` : show(description)
      }`,
      fix: length > MAX_DESCRIPTION ? 'shorten it' : 'leave it out where there is nothing to say',
    },
  ];
}
