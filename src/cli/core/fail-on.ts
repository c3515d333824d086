import type { Severity } from '../../values/findings/registry';
import type { Option } from './options';

/** The severity from which a command exits with 1. */
export const FAIL_ON: Option = {
  name: 'fail-on',
  value: 'SEVERITY',
  choices: ['error', 'warning', 'never'],
  help: 'exit with 1 on error (default), on warning, or never',
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
