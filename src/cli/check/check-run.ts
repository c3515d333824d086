import { ALL_CHECKS } from '../../checks/all-checks';
import { partFindings } from '../../checks/engine/acknowledged-findings';
import { type Finding, runChecks } from '../../checks/engine/check';
import { locateFindings } from '../../checks/engine/located-findings';
import { withSeverities } from '../../checks/engine/severities';
import { UNPROTECTED, unprotectedFindings } from '../../checks/engine/unprotected';
import { type BaselineEntry, baselineOf, compareWithBaseline } from '../../configuration/baseline';
import type { Configuration } from '../../configuration/configuration';
import { applyExceptions } from '../../configuration/exceptions';
import { coverageOf } from '../../coverage/coverage';
import { type Inventory, readInventory } from '../../inventory/inventory';
import type { CheckReport } from '../core/check-report';
import type { Io } from '../core/io';
import { Progress } from '../core/progress';
import { count } from '../core/style';

/** The prefix of acknowledged IDs: the name of the validation plugin. Importing the plugin would load the CDK. */
const PLUGIN = 'BackupChecks';

/** What to check, and what to leave out of the report. */
export interface CheckRunOptions {
  readonly paths: readonly string[];
  readonly configuration: Configuration;
  /** Whether a check runs. */
  readonly includes: (id: string) => boolean;
  /** Known findings; undefined without a baseline. */
  readonly baseline?: readonly BaselineEntry[];
}

export interface CheckRun {
  readonly report: CheckReport;
  /** The entries of a new baseline with all findings that are neither acknowledged nor ignored. */
  readonly entries: readonly BaselineEntry[];
}

/** Runs the checks over an input. */
export function runCheck(options: CheckRunOptions, io: Io): CheckRun {
  const { paths } = options;
  const progress = new Progress(io);
  try {
    progress.step(`reading ${paths.join(', ')}`);
    return checkInventory(readInventory(paths, io.stdin), options, progress, io.now);
  } finally {
    progress.done();
  }
}

/** Runs the checks over an inventory. */
export function checkInventory(
  inventory: Inventory,
  options: Omit<CheckRunOptions, 'paths'>,
  progress: Progress,
  now: Date,
): CheckRun {
  return reportOf(inventory, findingsIn(inventory, options, progress, now), options, now);
}

function findingsIn(
  inventory: Inventory,
  { configuration, includes }: Omit<CheckRunOptions, 'paths'>,
  progress: Progress,
  now: Date,
): Finding[] {
  const { minimumCoverage, resourceTypes, severities } = configuration;
  const checks = ALL_CHECKS.filter(({ id }) => includes(id));
  const options = { now, resourceTypes };
  const findings = checks.flatMap((one, index) => {
    progress.tick(`checking: ${index + 1} of ${checks.length}`);
    return runChecks([one], inventory, options);
  });
  if (minimumCoverage !== undefined && includes(UNPROTECTED))
    findings.push(...unprotectedFindings(coverageOf(inventory, options), minimumCoverage));
  return withSeverities(findings, severities);
}

function reportOf(
  { stacks }: Inventory,
  all: readonly Finding[],
  { configuration, includes, baseline }: Omit<CheckRunOptions, 'paths'>,
  now: Date,
): CheckRun {
  const { open, acknowledged } = partFindings(all, stacks, PLUGIN);
  const { open: left, accepted, remarks } = applyExceptions(open, configuration.exceptions, now);
  const entries = baselineOf(left);
  const names = new Set(stacks.map(({ name }) => name));
  const compared = baseline && compareWithBaseline(left, baseline, names);
  const stale = (compared?.stale ?? []).filter(({ id }) => includes(id));
  const { file = '' } = configuration;
  const report = {
    findings: locateFindings(compared?.added ?? left, stacks),
    acknowledged: locateFindings([...acknowledged, ...accepted], stacks),
    baselined: compared?.baselined,
    stale,
    remarks: [...remarks.map((remark) => `${file}: ${remark}`), ...staleRemarks(stale)],
    checks: ALL_CHECKS.filter(({ id }) => includes(id)),
    stacks,
  };
  return { report, entries };
}

function staleRemarks(stale: readonly BaselineEntry[]): string[] {
  if (stale.length === 0) return [];
  const shown = stale
    .slice(0, 3)
    .map(({ id, place, property }) => `${id} at ${place}${property === undefined ? '' : ` ${property}`}`);
  const more = stale.length > shown.length ? `, and ${stale.length - shown.length} more` : '';
  return [
    `${count(stale.length, 'finding')} of the baseline no longer ${stale.length === 1 ? 'exists' : 'exist'} (${shown.join(', ')}${more}); write the baseline again with \`--write-baseline\``,
  ];
}
