import { show } from '../core/amounts';
import { type Problem, problem } from '../core/problem';
import type { FindingId } from '../findings/registry';
import { ComplianceStandard } from './compliance-standard';

/** The law for a list of standards: at least one, each once. */
export function standardListProblems(
  standards: unknown,
  property = 'standards',
  id: FindingId = 'Backup-Standard',
): Problem[] {
  const refused = (got: string, fix: string): Problem[] => [
    problem({
      id,
      property,
      message: (label) =>
        `${label(property)} must be a list of \`ComplianceStandard\`, each once, got ${got}`,
      fix,
    }),
  ];
  const example = 'for example, use `[ComplianceStandard.CIS_CONTROLS]`';
  if (!Array.isArray(standards) || standards.length === 0)
    return refused(Array.isArray(standards) ? 'none' : show(standards), example);
  const wrong = standards.find((one) => !(one instanceof ComplianceStandard));
  if (wrong !== undefined || standards.includes(undefined)) return refused(show(wrong), example);
  const ids = (standards as ComplianceStandard[]).map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) < index);
  return twice === undefined ? [] : refused(`${show(twice)} twice`, 'remove one of them');
}
