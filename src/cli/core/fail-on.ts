import type { Severity } from '../../checks/engine/check';
import type { Option } from './options';

/** When a command that finds something is to exit with 1. */
export const FAIL_ON: Option = {
  name: 'fail-on',
  value: 'SEVERITY',
  choices: ['error', 'warning', 'never'],
  help: 'exit with 1 on an error (the default), on a warning too, or never',
};

export function fails(severity: Severity, failOn: string | undefined): boolean {
  switch (failOn) {
    case 'never':
      return false;
    case 'warning':
      return severity !== 'note';
    default:
      return severity === 'error';
  }
}
