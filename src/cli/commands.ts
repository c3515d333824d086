import { checkCommand } from './check-command';
import type { Command } from './command';
import { coverageCommand } from './coverage-command';
import { effectivePolicyCommand } from './effective-policy-command';

/** In the order of the help. */
export const COMMANDS: readonly Command[] = [checkCommand, coverageCommand, effectivePolicyCommand];
