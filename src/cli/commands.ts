import { checkCommand } from './check/check-command';
import { conformanceCommand } from './conformance/conformance-command';
import type { Command } from './core/command';
import { coverageCommand } from './coverage/coverage-command';
import { diffCommand } from './diff/diff-command';
import { effectivePolicyCommand } from './effective-policy/effective-policy-command';
import { evidenceCommand } from './evidence/evidence-command';
import { explainCommand } from './explain/explain-command';
import { forecastCommand } from './forecast/forecast-command';
import { preflightCommand } from './preflight/preflight-command';
import { reportCommand } from './report/report-command';
import { runbookCommand } from './runbook/runbook-command';

/** In the order of the help. */
export const COMMANDS: readonly Command[] = [
  checkCommand,
  explainCommand,
  coverageCommand,
  forecastCommand,
  diffCommand,
  reportCommand,
  conformanceCommand,
  evidenceCommand,
  preflightCommand,
  runbookCommand,
  effectivePolicyCommand,
];
