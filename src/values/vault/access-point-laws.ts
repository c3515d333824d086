import { isKnown, show } from '../core/amounts';
import type { Problem, Sentence } from '../core/problem';
import { problem } from '../core/problem';
import type { TimeForm } from './legal-hold-laws';

const MAX_POLICY_LENGTH = 200_000;

/**
 * The law for the name of an access point, which shares a namespace with those of Amazon S3.
 *
 * Source: API model of AWS Backup, `CreateBackupAccessPoint`, 2026-08.
 */
export function accessPointNameProblems(name: unknown, property = 'accessPointName'): Problem[] {
  if (!isKnown(name)) return [];
  const id = 'Backup-AccessPointName';
  if (typeof name !== 'string' || !/^[\da-z][\da-z-]{1,48}[\da-z]$/.test(name))
    return [
      problem({
        id,
        property,
        message: (label) =>
          `${label(property)} must be 3 to 50 characters from \`a-z\`, \`0-9\` and \`-\`, not starting or ending with \`-\`, got ${show(name)}`,
        fix: 'omit it to let AWS Backup generate one',
      }),
    ];
  const suffix = /-(?:ext-)?s3alias$/.exec(name)?.[0];
  if (suffix === undefined) return [];
  return [
    problem({
      id,
      property,
      message: (label) =>
        `${label(property)} must not end with \`${suffix}\`, which Amazon S3 reserves for aliases, got ${show(name)}`,
      fix: `use \`${name.slice(0, -suffix.length)}\``,
    }),
  ];
}

/**
 * The law for the recovery point of an access point: one of Amazon S3, which AWS Backup fully manages.
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
    problem({
      id: 'Backup-AccessPointRecoveryPoint',
      property,
      message: (label) =>
        `${label(property)} must be the ARN of an Amazon S3 recovery point, \`arn:<partition>:backup:<region>:<account>:recovery-point:<id>\`, got ${show(arn)}`,
    }),
  ];
}

const A_DATE: TimeForm = { what: 'a `Date`', example: "`new Date('2026-01-31T03:30:27Z')`" };

/** The law for the point in time of a continuous recovery point: in the past, in whole seconds like AWS Backup's. */
export function accessPointTimeProblems(
  at: unknown,
  now: Date,
  property = 'at',
  form: TimeForm = A_DATE,
): Problem[] {
  const refusal = (message: Sentence, fix: string): Problem[] => [
    problem({ id: 'Backup-AccessPointInTime', property, message, fix }),
  ];
  if (!(at instanceof Date) || Number.isNaN(at.getTime()))
    return refusal(
      (label) => `${label(property)} must be ${form.what}, got ${show(at)}`,
      `for example, write ${form.example}`,
    );
  if (at > now)
    return refusal(
      (label) => `${label(property)} must not be in the future, got ${show(at)}`,
      'use a time that the recovery point covers',
    );
  return at.getUTCMilliseconds() === 0
    ? []
    : refusal(
        (label) => `${label(property)} must be in whole seconds, got ${show(at)}`,
        'leave out the milliseconds',
      );
}

/** The maximum number of access points on a recovery point. Source: Developer Guide "Access points", 2026-08. */
const MAX_ACCESS_POINTS = 5;

/**
 * The law for the number of access points that one app creates on a recovery point.
 *
 * @param arn the recovery point
 */
export function accessPointQuotaProblems(arn: string, count: number, property = 'recoveryPoint'): Problem[] {
  if (count <= MAX_ACCESS_POINTS) return [];
  return [
    problem({
      id: 'Backup-AccessPointQuota',
      property,
      message: (label) =>
        `${label(property)} can have at most ${MAX_ACCESS_POINTS} access points, got ${count} on ${show(arn)}`,
      fix: 'share one access point among several readers, with a policy statement for each',
    }),
  ];
}

/** The law for the size of the policy of an access point. Source: API model of AWS Backup, 2026-08. */
export function accessPointPolicySizeProblems(length: number, property = 'policy'): Problem[] {
  if (length <= MAX_POLICY_LENGTH) return [];
  return [
    problem({
      id: 'Backup-AccessPointPolicy',
      property,
      message: (label) =>
        `${label(property)} can be at most ${MAX_POLICY_LENGTH} characters of JSON, got ${length}`,
      fix: 'allow whole prefixes instead of single objects',
    }),
  ];
}
