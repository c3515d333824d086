/**
 * - `protected`: a plan certainly selects it, and at least one of its rules certainly makes recovery points
 * - `opted-out`: intentionally not backed up
 * - `unprotected`: neither; possibly protected if `perhaps` isn't empty
 */
export type CoverageStatus = 'protected' | 'opted-out' | 'unprotected';
