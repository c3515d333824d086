import type { LocatedFinding } from '../../checks/engine/located-findings';
import { pathInResource } from '../../inventory/core/item';
import type { CheckReport } from '../core/check-report';
import { fails } from '../core/fail-on';
import { FindingPlaces } from '../core/finding-place';
import { StackLabels } from '../core/place-labels';
import { plain } from '../core/style';

export interface JunitOptions {
  readonly cwd: string;
  readonly now: Date;
  /** The severity from which findings are failures. */
  readonly failOn?: string;
}

interface Case {
  readonly xml: string;
  readonly outcome: 'failure' | 'skipped' | 'passed';
}

/**
 * Findings as JUnit XML: a suite for each stack, with a test case for each finding. Findings below the threshold pass, with the
 * finding as output; acknowledged ones are skipped, with the reason. A stack without findings has one case, which passes.
 */
export function checkJunit(report: CheckReport, options: JunitOptions): string {
  const { findings, acknowledged, stacks } = report;
  const labels = new StackLabels(stacks.map((stack) => ({ ...stack, stack: stack.name, stackId: stack.id })));
  const places = new FindingPlaces(findings, options.cwd);
  const cases = new Map<string, Case[]>(stacks.map(({ id }) => [id, []]));
  for (const finding of findings)
    cases.get(finding.place.stackId)?.push(findingCase(finding, labels, places, options));
  for (const { reason, ...finding } of acknowledged)
    cases.get(finding.place.stackId)?.push(skippedCase(finding, reason, labels));
  const suites = stacks.map((stack) => {
    const own = cases.get(stack.id) ?? [];
    const name = labels.of({ stack: stack.name, stackId: stack.id });
    return suite(name, own.length > 0 ? own : [passedCase(name)], options.now);
  });
  const all = [...cases.values()].flat();
  const failures = all.filter(({ outcome }) => outcome === 'failure').length;
  const tests = suites.reduce((sum, { tests: amount }) => sum + amount, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="cdk-backup" tests="${tests}" failures="${failures}" errors="0" time="0">`,
    ...suites.map(({ xml }) => xml),
    '</testsuites>\n',
  ].join('\n');
}

function suite(
  name: string,
  cases: readonly Case[],
  now: Date,
): { readonly xml: string; readonly tests: number } {
  const amount = (outcome: Case['outcome']) => cases.filter((one) => one.outcome === outcome).length;
  const counts = `tests="${cases.length}" failures="${amount('failure')}" errors="0" skipped="${amount('skipped')}"`;
  const timestamp = now.toISOString().slice(0, 'YYYY-MM-DDTHH:MM:SS'.length);
  const lines = [
    `  <testsuite name=${quoted(name)} ${counts} time="0" timestamp="${timestamp}">`,
    ...cases.map(({ xml }) => xml),
    '  </testsuite>',
  ];
  return { xml: lines.join('\n'), tests: cases.length };
}

function findingCase(
  finding: LocatedFinding,
  labels: StackLabels,
  places: FindingPlaces,
  { failOn }: JunitOptions,
): Case {
  const { severity, message, fix, docs } = finding;
  const { file, line } = places.of(finding);
  const text = content(`${message}\nfix: ${fix}\n${file}:${line}\n${docs}`);
  if (!fails(severity, failOn))
    return {
      xml: testcase(finding, labels, `<system-out>${severity}: ${text}</system-out>`),
      outcome: 'passed',
    };
  const failure = `<failure type="${severity}" message=${quoted(message)}>${text}</failure>`;
  return { xml: testcase(finding, labels, failure), outcome: 'failure' };
}

function skippedCase(finding: LocatedFinding, reason: string, labels: StackLabels): Case {
  return {
    xml: testcase(finding, labels, `<skipped message=${quoted(`acknowledged: ${reason}`)}/>`),
    outcome: 'skipped',
  };
}

function passedCase(stack: string): Case {
  return { xml: `    <testcase name="all checks" classname=${quoted(stack)} time="0"/>`, outcome: 'passed' };
}

function testcase({ id, place }: LocatedFinding, labels: StackLabels, inside: string): string {
  const name = [`${id}:`, place.constructPath ?? place.logicalId, pathInResource(place)].join(' ').trim();
  return `    <testcase name=${quoted(name)} classname=${quoted(labels.of(place))} time="0">${inside}</testcase>`;
}

function quoted(text: string): string {
  return `"${content(plain(text)).replace(/"/g, '&quot;')}"`;
}

/** Text without the characters that XML 1.0 doesn't allow. */
function content(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}
