import { checkCommand } from './check-command';
import type { Command } from './command';
import { coverageCommand } from './coverage-command';
import { effectivePolicyCommand } from './effective-policy-command';
import { preflightCommand } from './preflight-command';

/** In the order of the help. */
export const COMMANDS: readonly Command[] = [
  checkCommand,
  coverageCommand,
  preflightCommand,
  effectivePolicyCommand,
];
