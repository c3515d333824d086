import { isKnown, show } from '../core/amounts';
import type { Problem } from '../core/problem';
import type { TimeForm } from './legal-hold-laws';

const MAX_POLICY_LENGTH = 200_000;

/**
 * The law of the name of an access point: it shares its names with those of Amazon S3.
 *
 * Source: API model of AWS Backup, `CreateBackupAccessPoint`, 2026-08.
 */
export function accessPointNameProblems(name: unknown, property = 'accessPointName'): Problem[] {
  if (!isKnown(name)) return [];
  const id = 'Backup-AccessPointName';
  if (typeof name !== 'string' || !/^[\da-z][\da-z-]{1,48}[\da-z]$/.test(name))
    return [
      {
        id,
        severity: 'error',
        property,
        message: `\`${property}\` must be 3 to 50 characters of \`a-z\`, \`0-9\` and \`-\`, no \`-\` first or last, got ${show(name)}`,
        fix: 'leave it out, and AWS Backup makes one',
      },
    ];
  const suffix = /-(?:ext-)?s3alias$/.exec(name)?.[0];
  if (suffix === undefined) return [];
  return [
    {
      id,
      severity: 'error',
      property,
      message: `\`${property}\` must not end with \`${suffix}\`, which Amazon S3 keeps for aliases, got ${show(name)}`,
      fix: `use \`${name.slice(0, -suffix.length)}\``,
    },
  ];
}

/**
 * The law of the recovery point of an access point: one of Amazon S3, which AWS Backup fully manages.
 *
 * Source: API model of AWS Backup, `CreateBackupAccessPoint`, 2026-08.
 */
export function s3RecoveryPointProblems(arn: unknown, property = 'recoveryPointArn'): Problem[] {
  if (!isKnown(arn)) return [];
  if (
    typeof arn === 'string' &&
    /^arn:aws(-[a-z]+)*:backup:[a-z]{2,4}(-[a-z]+)+-\d+:\d{12}:recovery-point:\S+$/.test(arn) &&
    !arn.endsWith('*')
  )
    return [];
  return [
    {
      id: 'Backup-AccessPointRecoveryPoint',
      severity: 'error',
      property,
      message: `\`${property}\` must be the ARN of a recovery point of Amazon S3, \`arn:<partition>:backup:<region>:<account>:recovery-point:<id>\`, got ${show(arn)}`,
    },
  ];
}

const A_DATE: TimeForm = { what: 'a `Date`', example: "`new Date('2026-01-31T03:30:27Z')`" };

/** The law of the point in time of a continuous recovery point: past, in whole seconds, as AWS Backup writes it. */
export function accessPointTimeProblems(
  at: unknown,
  now: Date,
  property = 'at',
  form: TimeForm = A_DATE,
): Problem[] {
  const problem = (message: string, fix: string): Problem[] => [
    { id: 'Backup-AccessPointInTime', severity: 'error', property, message, fix },
  ];
  if (!(at instanceof Date) || Number.isNaN(at.getTime()))
    return problem(
      `\`${property}\` must be ${form.what}, got ${show(at)}`,
      `write for example ${form.example}`,
    );
  if (at > now)
    return problem(
      `\`${property}\` must not lie in the future, got ${show(at)}`,
      'use a time within the recovery point',
    );
  return at.getUTCMilliseconds() === 0
    ? []
    : problem(`\`${property}\` must be in whole seconds, got ${show(at)}`, 'leave out the milliseconds');
}

/** How many access points a recovery point can have. Source: Developer Guide "Access points", 2026-08. */
const MAX_ACCESS_POINTS = 5;

/**
 * The law of the number of access points on one recovery point, that one app makes.
 *
 * @param arn the recovery point
 */
export function accessPointQuotaProblems(arn: string, count: number, property = 'recoveryPoint'): Problem[] {
  if (count <= MAX_ACCESS_POINTS) return [];
  return [
    {
      id: 'Backup-AccessPointQuota',
      severity: 'warning',
      property,
      message: `\`${property}\` can have at most ${MAX_ACCESS_POINTS} access points, got ${count} on ${show(arn)}`,
      fix: 'let several readers use one access point, with a policy for each',
    },
  ];
}

/** The law of the size of an access point's policy. Source: API model of AWS Backup, 2026-08. */
export function accessPointPolicySizeProblems(length: number, property = 'policy'): Problem[] {
  if (length <= MAX_POLICY_LENGTH) return [];
  return [
    {
      id: 'Backup-AccessPointPolicy',
      severity: 'error',
      property,
      message: `\`${property}\` can be at most ${MAX_POLICY_LENGTH} characters of JSON, got ${length}`,
      fix: 'allow whole prefixes instead of single objects',
    },
  ];
}
