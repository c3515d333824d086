import { checkCommand } from './check/check-command';
import type { Command } from './core/command';
import { coverageCommand } from './coverage/coverage-command';
import { diffCommand } from './diff/diff-command';
import { effectivePolicyCommand } from './effective-policy/effective-policy-command';
import { explainCommand } from './explain/explain-command';
import { forecastCommand } from './forecast/forecast-command';
import { preflightCommand } from './preflight/preflight-command';
import { reportCommand } from './report/report-command';

/** In the order of the help. */
export const COMMANDS: readonly Command[] = [
  checkCommand,
  explainCommand,
  coverageCommand,
  forecastCommand,
  diffCommand,
  reportCommand,
  preflightCommand,
  effectivePolicyCommand,
];
