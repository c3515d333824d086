import { show } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { QUOTAS } from '../../values/core/quotas';
import { TAG_KEY_PREFIX } from '../../values/core/tag-condition';
import type { ScheduleLaw } from './policy-schedule';
import { REGION_NAME, REGIONS } from './regions';

/**
 * What AWS Organizations accepts as one value, as a string: numbers and flags are strings too. What it was observed to refuse
 * in 2026-09 is an error.
 */
export type ValueLaw = (text: string, path: string, schedules: ScheduleLaw) => Problem[];

export const POLICY_VALUE = 'Backup-PolicyValue';

/** @param fix the fix, if there is one */
function law(
  allowed: string,
  accepts: (text: string) => boolean,
  fix?: (text: string) => string | undefined,
): ValueLaw {
  return (text, path) => (accepts(text) ? [] : [refused(path, allowed, text, fix?.(text))]);
}

function refused(path: string, allowed: string, text: string, fix?: string): Problem {
  return problem({
    id: POLICY_VALUE,
    property: path,
    message: (label) =>
      `${label(path)} must be ${allowed}, got ${text.length > 300 ? `${text.length} characters` : show(text)}`,
    fix,
  });
}

const oneOf = (...values: string[]) =>
  law(
    values.length === 1 ? `\`${values[0]}\`` : `one of ${values.map((value) => `\`${value}\``).join(', ')}`,
    (text) => values.includes(text),
    (text) => {
      const meant = values.find((value) => value.toLowerCase() === text.trim().toLowerCase());
      return meant && `write \`${meant}\``;
    },
  );

/** AWS was observed to accept 16 digits and to refuse 17. */
const MOST = 9_999_999_999_999_999n;

const wholeNumber = (min: number) =>
  law(
    `a whole number from ${min} to ${MOST}`,
    (text) => /^\d+$/.test(text) && BigInt(text) >= min && BigInt(text) <= MOST,
    (text) => {
      const meant = Number(text);
      if (text.trim() === '' || !Number.isFinite(meant)) return undefined;
      if (meant > MOST) return `use ${MOST} or less`;
      return meant < min ? `use ${min} or more` : `write ${Math.ceil(meant)}`;
    },
  );

const length = (what: string, min: number, max: number) =>
  law(`${what} of ${min} to ${max} characters`, (text) => {
    const characters = [...text].length;
    return characters >= min && characters <= max;
  });

/** The windows of a rule, in minutes. */
export const MINUTES = wholeNumber(60);
/** The days of a lifecycle. */
export const DAYS = wholeNumber(1);
export const FLAG = oneOf('true', 'false');
export const SETTING = oneOf('enabled', 'disabled');
export const SCAN_MODE = oneOf('INCREMENTAL_SCAN', 'FULL_SCAN');
export const INDEX_TYPE = oneOf('EBS', 'S3');
export const SCAN_TYPE = oneOf('EBS', 'EC2', 'S3', 'ALL');
export const TAG_KEY = length('a tag key', 1, 128);
export const TAG_VALUE = length('a tag value', 0, 256);

export const SCHEDULE: ValueLaw = (text, path, schedules) => schedules.problems(text, path);

export const REGION: ValueLaw = (text, path) => {
  if (REGIONS.includes(text)) return [];
  if (!REGION_NAME.test(text))
    return [
      refused(path, 'Regions such as `eu-west-1`', text, text === '*' ? 'list each Region' : undefined),
    ];
  return [
    problem({
      id: 'Backup-PolicyRegionUnknown',
      property: path,
      message: (label) =>
        `${label(path)} has ${show(text)}, which is not a known Region, and AWS Organizations refuses names that are not Regions`,
      fix: 'check the name',
    }),
  ];
};

const anyConditionKey = length('a condition key', 1, 128 + TAG_KEY_PREFIX.length);

export const CONDITION_KEY: ValueLaw = (text, path, schedules) => {
  const problems = anyConditionKey(text, path, schedules);
  if (problems.length > 0 || (text.startsWith(TAG_KEY_PREFIX) && text !== TAG_KEY_PREFIX)) return problems;
  return [
    problem({
      id: 'Backup-PolicyConditionKey',
      property: path,
      message: (label) =>
        `${label(path)} should be \`${TAG_KEY_PREFIX}\` followed by a tag key, the only conditions that AWS Backup documents, got ${show(text)}`,
      fix: `for example, write \`${TAG_KEY_PREFIX}backup\``,
    }),
  ];
};

const NAME = /^[A-Za-z0-9_.-]{1,50}$/;
export const isPolicyName = (name: string) => NAME.test(name);
export const NAME_ALLOWED = '1 to 50 letters, digits, `-`, `_` and `.`';

export const VAULT_NAME = law(
  'the name of a vault: 1 to 50 letters, digits, `-` and `_`',
  (text) => /^[A-Za-z0-9_-]{1,50}$/.test(text),
  (text) => (text.startsWith('arn:') ? 'use the name alone, which is the last part of the ARN' : undefined),
);

const PARTITION = '(?:aws|aws-us-gov|aws-cn)';
const ROLE_ARN = new RegExp(`^arn:${PARTITION}:iam::\\$account:role/[A-Za-z0-9_+=,.@/-]+$`);
const COPY_ARN = new RegExp(
  `^arn:${PARTITION}:backup:(?:[a-z]{2,4}(?:-[a-z]+)+-\\d):(?:\\$account|\\d{12}):backup-vault:[A-Za-z0-9_-]{1,50}$`,
);
const AIR_GAPPED_ARN = new RegExp(
  `^arn:${PARTITION}:backup:\\$region:\\$account:backup-vault:[A-Za-z0-9_-]{1,50}$`,
);

export const isCopyArn = (text: string) => COPY_ARN.test(text);
export const COPY_ARN_ALLOWED =
  'the ARN of a vault, `arn:<partition>:backup:<region>:<account>:backup-vault:<name>`, with a Region, and with an account ID or `$account`';

/** The fix for an ARN that can't be the destination of a copy. */
export function copyArnFix(text: string): string | undefined {
  if (text.toLowerCase().includes('$region'))
    return 'write the name of the Region; to copy within each Region, use one plan per Region';
  return undefined;
}

export const COPY_TARGET = law(COPY_ARN_ALLOWED, isCopyArn, copyArnFix);

export const ROLE = law(
  'the ARN of a role with `$account` for the account, such as `arn:aws:iam::$account:role/Backup`',
  (text) => ROLE_ARN.test(text),
  (text) => suggestion(text.replace(/:iam::[^:]*:/, ':iam::$account:'), ROLE_ARN),
);

export const AIR_GAPPED_VAULT = law(
  'the ARN of a vault with `$region` and `$account`, such as `arn:aws:backup:$region:$account:backup-vault:air-gapped`',
  (text) => AIR_GAPPED_ARN.test(text),
  (text) => suggestion(text.replace(/:backup:[^:]*:[^:]*:/, ':backup:$region:$account:'), AIR_GAPPED_ARN),
);

function suggestion(text: string, accepted: RegExp): string | undefined {
  return accepted.test(text) ? `write ${show(text)}` : undefined;
}

/**
 * The resource types that a backup policy supports: AWS Organizations User Guide, "Backup policy syntax and examples", 2026.
 * Types of other services were observed to be refused.
 */
export const RESOURCE_PATTERNS: readonly string[] = [
  'backup-gateway:*:*:vm/*',
  'cloudformation:*:*:stack/*',
  'dsql:*:*:cluster/*',
  'dynamodb:*:*:table/*',
  'ec2:*:*:instance/*',
  'ec2:*:*:volume/*',
  'eks:*:*:cluster/*',
  'elasticfilesystem:*:*:file-system/*',
  'fsx:*:*:file-system/*',
  'fsx:*:*:volume/*',
  'rds:*:*:cluster:*',
  'rds:*:*:db:*',
  'redshift:*:*:cluster:*',
  'redshift-serverless:*:*:namespace/*',
  's3:::*',
  'ssm-sap:*:*:HANA/*',
  'storagegateway:*:*:gateway/*',
  'timestream:*:*:database/*',
];

export const RESOURCE_TYPE = law(
  '`*` or an ARN pattern that backup policies support, such as `arn:aws:ec2:*:*:volume/*`',
  (text) => {
    if (text === '*') return true;
    const pattern = /^arn:(?:aws|aws-us-gov|aws-cn):(.*)$/.exec(text)?.[1];
    return pattern !== undefined && RESOURCE_PATTERNS.includes(pattern);
  },
  () => 'select other resources by tag: a backup policy selects types, never individual resources',
);

/** AWS Backup: conditions of all operators together. */
export const MAX_CONDITIONS = QUOTAS.conditionsPerSelection.max;
