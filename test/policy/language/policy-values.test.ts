import { ScheduleLaw } from '../../../src/policy/language/policy-schedule';
import {
  AIR_GAPPED_VAULT,
  CONDITION_KEY,
  COPY_ARN_ALLOWED,
  COPY_TARGET,
  DAYS,
  FLAG,
  INDEX_TYPE,
  isPolicyName,
  MINUTES,
  REGION,
  RESOURCE_TYPE,
  ROLE,
  SCAN_MODE,
  SCAN_TYPE,
  SCHEDULE,
  SETTING,
  TAG_KEY,
  TAG_VALUE,
  VAULT_NAME,
  type ValueLaw,
} from '../../../src/policy/language/policy-values';
import { show } from '../../../src/values/core/amounts';
import { sentence } from '../../../src/values/core/problem';

const SCHEDULES = new ScheduleLaw();
const LAWS = {
  AIR_GAPPED_VAULT,
  CONDITION_KEY,
  COPY_TARGET,
  DAYS,
  FLAG,
  INDEX_TYPE,
  MINUTES,
  REGION,
  RESOURCE_TYPE,
  ROLE,
  SCAN_MODE,
  SCAN_TYPE,
  SCHEDULE,
  SETTING,
  TAG_KEY,
  TAG_VALUE,
  VAULT_NAME,
};
const said = (law: ValueLaw, text: string) => law(text, 'here', SCHEDULES).map(sentence);

const WHOLE = (min: number) => `\`here\` must be a whole number from ${min} to 9999999999999999, got`;
const BAD_ROLE =
  '`here` must be the ARN of a role with `$account` for the account, such as `arn:aws:iam::$account:role/Backup`, got';
const GAP =
  '`here` must be the ARN of a vault with `$region` and `$account`, such as `arn:aws:backup:$region:$account:backup-vault:air-gapped`, got';
const COPY = `\`here\` must be ${COPY_ARN_ALLOWED}, got`;
const TYPE =
  '`here` must be `*` or an ARN pattern that backup policies support, such as `arn:aws:ec2:*:*:volume/*`, got';
const OTHERS = '; select other resources by tag: a backup policy selects types, never individual resources';
const VAULT = '`here` must be the name of a vault: 1 to 50 letters, digits, `-` and `_`, got';
const CONDITION =
  '`here` should be `aws:ResourceTag/` followed by a tag key, the only conditions that AWS Backup documents, got';
const vault = 'arn:aws:backup:eu-west-1:$account:backup-vault:main';

const long = (length: number) => 'x'.repeat(length);

describe('a value of a policy is accepted', () => {
  test.each<[keyof typeof LAWS, ...string[]]>([
    ['MINUTES', '60', '061', '9999999999999999', '0000000000000000000060'],
    ['DAYS', '1', '36500'],
    ['FLAG', 'true', 'false'],
    ['SETTING', 'enabled', 'disabled'],
    ['SCAN_MODE', 'FULL_SCAN', 'INCREMENTAL_SCAN'],
    ['INDEX_TYPE', 'EBS', 'S3'],
    ['SCAN_TYPE', 'EBS', 'EC2', 'S3', 'ALL'],
    ['TAG_KEY', 'k', long(128), '😀'.repeat(128)],
    ['TAG_VALUE', '', long(256), '😀'.repeat(256)],
    ['REGION', 'eu-west-1', 'us-gov-west-1', 'cn-north-1'],
    ['CONDITION_KEY', 'aws:ResourceTag/k', `aws:ResourceTag/${long(128)}`],
    ['VAULT_NAME', 'v', long(50), 'A-z_0'],
    ['ROLE', 'arn:aws:iam::$account:role/Backup', 'arn:aws-cn:iam::$account:role/a/b+=,.@-_c'],
    ['AIR_GAPPED_VAULT', 'arn:aws-us-gov:backup:$region:$account:backup-vault:main'],
    ['COPY_TARGET', vault, vault.replace('$account', '111111111111'), vault.replace('main', long(50))],
    ['RESOURCE_TYPE', '*', 'arn:aws:s3:::*', 'arn:aws-cn:ec2:*:*:volume/*', 'arn:aws-us-gov:rds:*:*:db:*'],
    ['SCHEDULE', 'cron(0 5 ? * * *)'],
  ])('as %s', (law, ...texts) => {
    for (const text of texts) expect(said(LAWS[law], text)).toEqual([]);
  });
});

describe('a value of a policy is refused', () => {
  test.each<[keyof typeof LAWS, string, string]>([
    ['MINUTES', '59', `${WHOLE(60)} \`59\`; use 60 or more`],
    ['MINUTES', '60.0', `${WHOLE(60)} \`60.0\`; write 60`],
    ['MINUTES', '60.5', `${WHOLE(60)} \`60.5\`; write 61`],
    ['MINUTES', '1e2', `${WHOLE(60)} \`1e2\`; write 100`],
    ['MINUTES', '', `${WHOLE(60)} an empty string`],
    ['MINUTES', 'an hour', `${WHOLE(60)} \`an hour\``],
    ['DAYS', '0', `${WHOLE(1)} \`0\`; use 1 or more`],
    ['DAYS', '-1', `${WHOLE(1)} \`-1\`; use 1 or more`],
    ['DAYS', '10000000000000000', `${WHOLE(1)} \`10000000000000000\`; use 9999999999999999 or less`],
    ['FLAG', 'True', '`here` must be one of `true`, `false`, got `True`; write `true`'],
    ['FLAG', 'yes', '`here` must be one of `true`, `false`, got `yes`'],
    ['SETTING', ' Enabled ', '`here` must be one of `enabled`, `disabled`, got ` Enabled `; write `enabled`'],
    ['TAG_KEY', '', '`here` must be a tag key of 1 to 128 characters, got an empty string'],
    ['TAG_KEY', long(129), `\`here\` must be a tag key of 1 to 128 characters, got \`${long(129)}\``],
    ['TAG_VALUE', long(257), `\`here\` must be a tag value of 0 to 256 characters, got ${show(long(257))}`],
    ['TAG_VALUE', long(300), `\`here\` must be a tag value of 0 to 256 characters, got ${show(long(300))}`],
    ['TAG_VALUE', long(301), '`here` must be a tag value of 0 to 256 characters, got 301 characters'],
    ['REGION', '*', '`here` must be Regions such as `eu-west-1`, got `*`; list each Region'],
    ['REGION', 'Ireland', '`here` must be Regions such as `eu-west-1`, got `Ireland`'],
    [
      'REGION',
      'eu-west-9',
      '`here` has `eu-west-9`, which is not a known Region, and AWS Organizations refuses names that are not Regions; check the name',
    ],
    ['CONDITION_KEY', '', '`here` must be a condition key of 1 to 144 characters, got an empty string'],
    [
      'CONDITION_KEY',
      long(145),
      `\`here\` must be a condition key of 1 to 144 characters, got \`${long(145)}\``,
    ],
    ['CONDITION_KEY', 'backup', `${CONDITION} \`backup\`; for example, write \`aws:ResourceTag/backup\``],
    [
      'CONDITION_KEY',
      'aws:ResourceTag/',
      `${CONDITION} \`aws:ResourceTag/\`; for example, write \`aws:ResourceTag/backup\``,
    ],
    ['VAULT_NAME', '', `${VAULT} an empty string`],
    ['VAULT_NAME', long(51), `${VAULT} \`${long(51)}\``],
    ['VAULT_NAME', 'a.b', `${VAULT} \`a.b\``],
    ['VAULT_NAME', vault, `${VAULT} \`${vault}\`; use the name alone, which is the last part of the ARN`],
    [
      'ROLE',
      'arn:aws:iam::111111111111:role/Backup',
      `${BAD_ROLE} \`arn:aws:iam::111111111111:role/Backup\`; write \`arn:aws:iam::$account:role/Backup\``,
    ],
    [
      'ROLE',
      'arn:aws:iam:::role/Backup',
      `${BAD_ROLE} \`arn:aws:iam:::role/Backup\`; write \`arn:aws:iam::$account:role/Backup\``,
    ],
    ['ROLE', 'Backup', `${BAD_ROLE} \`Backup\``],
    [
      'ROLE',
      'arn:aws:iam::111111111111:user/Backup',
      `${BAD_ROLE} \`arn:aws:iam::111111111111:user/Backup\``,
    ],
    ['ROLE', 'xarn:aws:iam::$account:role/Backup', `${BAD_ROLE} \`xarn:aws:iam::$account:role/Backup\``],
    ['ROLE', 'arn:aws:iam::$account:role/Back up', `${BAD_ROLE} \`arn:aws:iam::$account:role/Back up\``],
    [
      'AIR_GAPPED_VAULT',
      vault,
      `${GAP} \`${vault}\`; write \`arn:aws:backup:$region:$account:backup-vault:main\``,
    ],
    ['AIR_GAPPED_VAULT', 'main', `${GAP} \`main\``],
    [
      'COPY_TARGET',
      vault.replace('eu-west-1', '$Region'),
      `${COPY} \`${vault.replace('eu-west-1', '$Region')}\`; write the name of the Region; to copy within each Region, use one plan per Region`,
    ],
    ['COPY_TARGET', 'main', `${COPY} \`main\``],
    ['COPY_TARGET', vault.replace('main', long(51)), `${COPY} \`${vault.replace('main', long(51))}\``],
    ['COPY_TARGET', vault.replace('$account', '11'), `${COPY} \`${vault.replace('$account', '11')}\``],
    ['COPY_TARGET', `${vault}.`, `${COPY} \`${vault}.\``],
    ['COPY_TARGET', ` ${vault}`, `${COPY} \` ${vault}\``],
    ['RESOURCE_TYPE', 'arn:aws:ec2:*:*:volume/vol-1', `${TYPE} \`arn:aws:ec2:*:*:volume/vol-1\`${OTHERS}`],
    ['RESOURCE_TYPE', 'arn:aws-iso:s3:::*', `${TYPE} \`arn:aws-iso:s3:::*\`${OTHERS}`],
    ['RESOURCE_TYPE', 's3:::*', `${TYPE} \`s3:::*\`${OTHERS}`],
    ['RESOURCE_TYPE', 'xarn:aws:s3:::*', `${TYPE} \`xarn:aws:s3:::*\`${OTHERS}`],
  ])('as %s: %j', (law, text, message) => {
    expect(said(LAWS[law], text)).toEqual([message]);
  });
});

test.each<[string, boolean]>([
  ['a', true],
  [long(50), true],
  ['A.b-c_0', true],
  ['', false],
  [long(51), false],
  ['a b', false],
  ['a/b', false],
  ['ü', false],
])('%j is a name in a policy: %p', (name, expected) => {
  expect(isPolicyName(name)).toBe(expected);
});
