import { type FindingFacts, GUIDE } from './finding';

const TABLE = 'the table of standards of this library, docs/compliance.md';

/** Findings about compliance standards. */
export const COMPLIANCE_FINDINGS = {
  'Backup-Compliance': {
    severity: 'error',
    what: 'A property of a `BackupCompliance` is missing or malformed.',
    why: 'Nothing could be evaluated.',
    fix: 'name at least one standard',
    docs: `${GUIDE}aws-backup-audit-manager.html`,
    source: 'this library',
    asOf: '2026-11-28',
  },
  'Backup-Conformance': {
    severity: 'warning',
    what: 'An app does not meet a requirement of a compliance standard.',
    why: 'An auditor will ask for it. Meeting every requirement proves no legal compliance: policies, drills and approvals are in no template.',
    fix: 'change what the finding names, or acknowledge the finding with the reason that you would give an auditor',
    docs: `${GUIDE}aws-backup-audit-manager.html`,
    source: TABLE,
    asOf: '2026-11-28',
  },
  'Backup-CustomStandard': {
    severity: 'error',
    what: 'An option of a compliance standard of your own is missing or malformed.',
    why: 'The standard could not be evaluated.',
    fix: 'give each clause a number, a text, a source with a date, and at least one key',
    docs: `${GUIDE}aws-backup-audit-manager.html`,
    source: 'this library',
    asOf: '2026-11-28',
  },
  'Backup-MeetingTier': {
    severity: 'error',
    what: 'An option of `BackupTier.meeting` is missing or malformed.',
    why: 'The retention of the tier could not be computed.',
    fix: 'name the standards, and whole days for the durations',
    docs: `${GUIDE}plan-options-and-configuration.html`,
    source: 'this library',
    asOf: '2026-11-28',
  },
  'Backup-Standard': {
    severity: 'error',
    what: 'A compliance standard, or its version, is unknown.',
    why: 'Nothing can be evaluated.',
    fix: 'use one of the names in docs/compliance.md',
    docs: `${GUIDE}aws-backup-audit-manager.html`,
    source: TABLE,
    asOf: '2026-11-28',
  },
  'Backup-StandardConflict': {
    severity: 'error',
    what: 'Two requirements contradict each other: one demands a retention that the other, or a lock, forbids.',
    why: 'No backup plan can meet both.',
    fix: 'change one of the two thresholds or the lock, or protect the data of each standard with its own plan',
    docs: `${GUIDE}vault-lock.html`,
    source: TABLE,
    asOf: '2026-11-28',
  },
  'Backup-StandardThreshold': {
    severity: 'error',
    what: 'A threshold of a compliance standard is unknown, out of range, or looser than the clause that it measures.',
    why: 'The result would claim less than the clause asks for.',
    fix: 'use a number in the range, at least as strict as the clause',
    docs: `${GUIDE}aws-backup-audit-manager.html`,
    source: TABLE,
    asOf: '2026-11-28',
  },
} as const satisfies Record<string, FindingFacts>;
