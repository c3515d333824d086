import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import type { FindingId } from '../../values/findings/registry';

/** A problem with the props of a baseline. */
export const baselineError = (id: FindingId, property: string, message: string, fix?: string): Problem =>
  problem({
    id,
    property,
    message,
    fix,
  });
