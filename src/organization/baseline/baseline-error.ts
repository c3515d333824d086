import type { Problem } from '../../values/core/problem';

/** An error of a baseline. */
export const baselineError = (id: string, property: string, message: string, fix?: string): Problem => ({
  id,
  severity: 'error',
  property,
  message,
  fix,
});
