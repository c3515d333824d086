import { type FindingFacts, GUIDE } from './finding';

/** Findings and problems about objectives. */
export const OBJECTIVE_FINDINGS = {
  'Backup-Objective': {
    severity: 'error',
    what: 'The backups of a resource certainly miss an objective of the app: RPO, retention, what survives a loss, or restore tests.',
    why: 'The app states what its backups must achieve, and the forecast of its plans says that they do not.',
    fix: 'use a plan that achieves it, or relax the objective',
    docs: `${GUIDE}plan-options-and-configuration.html`,
    source: 'The forecast of this library, from `objectives` of `BackupChecks`',
    asOf: '2026-11-29',
  },
  'Backup-ObjectiveUnknown': {
    severity: 'warning',
    what: 'Whether the backups of a resource meet an objective of the app depends on what is not known before deployment.',
    why: 'An objective that cannot be proved may be missed.',
    fix: 'set the account and Region of the stacks, or add the stacks of the vaults to the app',
    docs: `${GUIDE}plan-options-and-configuration.html`,
    source: 'The forecast of this library, from `objectives` of `BackupChecks`',
    asOf: '2026-11-29',
  },
  'Backup-ObjectiveUnused': {
    severity: 'warning',
    what: 'An objective applies to no resource of the app.',
    why: 'A tag, type or stack in it is likely misspelled, so that nothing is checked.',
    fix: 'check its `tags`, `resourceTypes` and `stacks`, or remove it',
    docs: `${GUIDE}plan-options-and-configuration.html`,
    source: 'The forecast of this library, from `objectives` of `BackupChecks`',
    asOf: '2026-11-29',
  },
  'Backup-Objectives': {
    severity: 'error',
    what: '`objectives` of `BackupChecks` is not a list of `BackupObjective`, or an objective demands nothing or something impossible.',
    why: 'The objectives decide which resources are checked, and for what.',
    fix: 'set at least one of `maxRpo`, `minRetention`, `survives` and `tested`',
    docs: 'https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html',
    source: 'Type of the property in this library',
    asOf: '2026-11-29',
  },
} as const satisfies Record<string, FindingFacts>;
