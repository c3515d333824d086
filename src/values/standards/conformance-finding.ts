import type { FindingId } from '../findings/registry';

/** The id of findings about requirements of standards, which are checked only where there are standards. */
export const CONFORMANCE = 'Backup-Conformance' satisfies FindingId;
