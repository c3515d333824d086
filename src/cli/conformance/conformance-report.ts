import type {
  Conformance,
  RequirementConformance,
  StandardConformance,
} from '../../compliance/conformance/conformance';
import { summaryOf } from '../../compliance/conformance/conformance-json';
import type { RequirementStatus, Verdict } from '../../compliance/conformance/verdict';
import { layOutTable } from '../core/layout';
import { cell, markdownTable } from '../core/markdown';
import { count, plain, type Style } from '../core/style';

const LABELS: Readonly<Record<RequirementStatus, string>> = {
  met: 'met',
  'not-met': 'not met',
  'not-visible': 'not visible',
  'not-applicable': 'not applicable',
};

const HEADER = ['clause', 'key', 'answer', 'because'];

/** The most pieces of evidence in a row. */
const MOST = 3;

const CONFLICTS = 'These clauses contradict each other; protect the data of each with its own plan:';

const DISCLAIMER =
  'This is no legal advice, and proves no compliance: policies, drills and approvals are in no template.';

/** Conformance as text: one table for each standard, then what to fix. */
export function conformanceText({ standards, conflicts }: Conformance, style: Style): string {
  const sections = standards.map((one) => {
    const rows = one.requirements.map((requirement) => rowOf(requirement).map(plain));
    const table = layOutTable(HEADER, rows, { width: style.width, header: style.dim });
    const fixes = fixesOf(one.requirements).map((fix) => style.wrap(`- ${plain(fix)}`));
    const closing = (one.requirements.some(({ status }) => status === 'not-met') ? style.red : style.green)(
      style.wrap(summaryLine(one)),
    );
    return [
      style.bold(plain(String(one.standard))),
      table,
      ...(fixes.length > 0 ? [['To fix:', ...fixes].join('\n')] : []),
      closing,
    ].join('\n\n');
  });
  const contradictions = conflicts.map((text) => style.wrap(`- ${plain(text)}`));
  return `${[
    ...sections,
    ...(conflicts.length > 0 ? [[style.red(CONFLICTS), ...contradictions].join('\n')] : []),
    style.wrap(DISCLAIMER),
  ].join('\n\n')}\n`;
}

/** Conformance for a pull request or a wiki. */
export function conformanceMarkdown({ standards, conflicts }: Conformance): string {
  const sections = standards.map((one) => {
    const rows = one.requirements.map((requirement) => rowOf(requirement).map(cell));
    const fixes = fixesOf(one.requirements).map((fix) => `- ${cell(fix)}`);
    return [
      `### ${cell(String(one.standard))}`,
      `${summaryLine(one)}.`,
      markdownTable(HEADER, rows),
      ...(fixes.length > 0 ? [['To fix:', '', ...fixes].join('\n')] : []),
    ].join('\n\n');
  });
  const contradictions = conflicts.map((text) => `- ${cell(text)}`);
  return `${[
    '## AWS Backup: conformance',
    ...sections,
    ...(conflicts.length > 0 ? [[CONFLICTS, '', ...contradictions].join('\n')] : []),
    DISCLAIMER,
  ].join('\n\n')}\n`;
}

function rowOf({ requirement, key, status, evidence }: RequirementConformance): string[] {
  return [requirement.clause, key, LABELS[status], because(evidence, status)];
}

/** The evidence that decides the answer; equal values once, with their places. */
function because(evidence: readonly Verdict[], status: RequirementStatus): string {
  const places = new Map<string, string[]>();
  for (const { status: own, place, value } of evidence) {
    if (own !== status) continue;
    const found = places.get(value) ?? [];
    if (place) found.push(place.constructPath?.replace(/\/Resource$/, '') ?? place.logicalId);
    places.set(value, found);
  }
  const texts = [...places].map(([value, found]) =>
    found.length > 0 ? `${shortList(found)}: ${value}` : value,
  );
  return shortList(texts, '; ');
}

function shortList(texts: readonly string[], separator = ', '): string {
  const once = [...new Set(texts)];
  const more = once.length - MOST;
  return [...once.slice(0, MOST), ...(more > 0 ? [`and ${more} more`] : [])].join(separator);
}

function fixesOf(requirements: readonly RequirementConformance[]): string[] {
  const byFix = new Map<string, string[]>();
  for (const { fix, requirement } of requirements) {
    if (fix === undefined) continue;
    const clauses = byFix.get(fix) ?? [];
    if (!clauses.includes(requirement.clause)) clauses.push(requirement.clause);
    byFix.set(fix, clauses);
  }
  return [...byFix].map(([fix, clauses]) => `${fix} (${clauses.join(', ')})`);
}

function summaryLine({ standard, requirements }: StandardConformance): string {
  const { total, met, notMet, notVisible, notApplicable } = summaryOf(requirements);
  return `${standard.id}: ${count(total, 'requirement')}, ${met} met, ${notMet} not met, ${notVisible} not visible, ${notApplicable} not applicable`;
}
