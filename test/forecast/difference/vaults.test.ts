import { resource, stack } from '../../support/backups';
import { changesBetween, changesBetweenStacks, type Json } from '../support/app-changes';

const vault = (properties: Json, rest: Json = {}) =>
  resource('Backup::BackupVault', { BackupVaultName: 'gold', ...properties }, rest);
const airGapped = (properties: Json = {}) =>
  resource('Backup::LogicallyAirGappedBackupVault', {
    BackupVaultName: 'gap',
    MinRetentionDays: 7,
    MaxRetentionDays: 90,
    ...properties,
  });
const ofVault = (before: Json, after: Json) =>
  changesBetween({ Vault: vault(before) }, { Vault: vault(after) });
const lock = (LockConfiguration: Json) => ({ LockConfiguration });
const retained = (policy: string) => ({ DeletionPolicy: policy, UpdateReplacePolicy: policy });

describe('a vault that is removed', () => {
  test.each([['Retain'], ['RetainExceptOnCreate']])(
    'with the deletion policy %s stays with its recovery points',
    (policy) => {
      expect(changesBetween({ Vault: vault({}, { DeletionPolicy: policy }) }, {})).toEqual([
        'vault weaker: vault `gold` is removed: it stays outside of CloudFormation, with its recovery points (gold -> null)',
      ]);
    },
  );

  test('is called by its logical id if it has no name', () => {
    expect(changesBetween({ Vault: resource('Backup::BackupVault') }, {})).toEqual([
      'vault weaker: vault `Vault` is removed: CloudFormation fails to delete it while it has recovery points (Vault -> null)',
    ]);
  });
});

test.each([
  ['Retain', 'RetainExceptOnCreate'],
  ['Delete', 'Snapshot'],
])(
  'a vault with the policies %s before and %s after changes nothing for its recovery points',
  (before, after) => {
    expect(
      changesBetween({ Vault: vault({}, retained(before)) }, { Vault: vault({}, retained(after)) }),
    ).toEqual([]);
  },
);

const REPLACED =
  'replaced weaker: vault `gold` is replaced: its recovery points stay behind in the old vault (gold -> gold)';

test.each<[string, Json, Json, string[]]>([
  ['another account', { account: '111111111111' }, { account: '222222222222' }, [REPLACED]],
  ['another Region', { region: 'eu-west-1' }, { region: 'eu-central-1' }, [REPLACED]],
  ['an account that was open', { account: undefined }, { account: '222222222222' }, []],
  ['a Region that is open', { region: 'eu-west-1' }, { region: undefined }, []],
])('a stack in %s has another vault only if both are known', (_, before, after, expected) => {
  const version = (place: Json) => stack('App', { Vault: vault({}) }, place);
  expect(changesBetweenStacks([version(before)], [version(after)])).toEqual(expected);
});

describe('a lock', () => {
  const UNKNOWN = { 'Fn::GetAtt': ['Vault', 'Unknown'] };
  test.each<[string, Json | undefined, Json | undefined, string, string, string]>([
    [
      'with a stricter mode is stronger in spite of a lower minimum',
      { MinRetentionDays: 30 },
      { MinRetentionDays: 7, ChangeableForDays: 3 },
      'stronger: vault `gold` has another lock',
      'governance, minimum 30 days',
      'compliance, minimum 7 days, changeable for 3 days',
    ],
    [
      'with a looser mode is weaker in spite of a higher minimum',
      { MinRetentionDays: 7, ChangeableForDays: 3 },
      { MinRetentionDays: 30 },
      'weaker: vault `gold` has another lock',
      'compliance, minimum 7 days, changeable for 3 days',
      'governance, minimum 30 days',
    ],
    [
      'with a minimum of its own is stronger',
      {},
      { MinRetentionDays: 1 },
      'stronger: vault `gold` has another lock',
      'governance',
      'governance, minimum 1 day',
    ],
    [
      'with another maximum is neither weaker nor stronger',
      { MaxRetentionDays: 30 },
      { MaxRetentionDays: 1 },
      'neutral: vault `gold` has another lock',
      'governance, maximum 30 days',
      'governance, maximum 1 day',
    ],
    [
      'without a minimum is stronger than none',
      undefined,
      {},
      'stronger: vault `gold` gets a lock',
      'none',
      'governance',
    ],
    [
      'whose content is not known counts as governance',
      { MinRetentionDays: 1, ChangeableForDays: 3 },
      UNKNOWN,
      'weaker: vault `gold` has another lock',
      'compliance, minimum 1 day, changeable for 3 days',
      'mode not known',
    ],
  ])('%s', (_, before, after, direction, was, is) => {
    const [change, ...others] = ofVault(before ? lock(before) : {}, after ? lock(after) : {});
    expect(others).toEqual([]);
    const final = is.includes('changeable') ? "; it can't be removed from 2027-01-04 on" : '';
    expect(change).toBe(
      `lock ${direction}: ${was} before, ${is} after${final} (${was === 'none' ? null : was} -> ${is})`,
    );
  });
});

describe('the access policy of a vault', () => {
  const policy = (statement: Json) => ({
    AccessPolicy: {
      Statement: [
        { Effect: 'Deny', Principal: '*', Action: 'backup:DeleteRecoveryPoint', Resource: '*', ...statement },
      ],
    },
  });
  const ALLOW = policy({ Effect: 'Allow' });
  test.each<[string, Json, Json, string]>([
    ['is new', {}, ALLOW, 'access neutral: the access policy of vault `gold` changes (null -> a policy)'],
    ['is removed', ALLOW, {}, 'access neutral: the access policy of vault `gold` changes (a policy -> null)'],
    [
      'denies deletion to one principal alone',
      ALLOW,
      policy({ Principal: { AWS: 'arn:aws:iam::111111111111:role/Some' } }),
      'access neutral: the access policy of vault `gold` changes (a policy -> a policy)',
    ],
    [
      'denies another action',
      ALLOW,
      policy({ Action: 'backup:StartBackupJob' }),
      'access neutral: the access policy of vault `gold` changes (a policy -> a policy)',
    ],
    [
      'denies deletion to everyone',
      ALLOW,
      policy({ Action: 'backup:Delete*' }),
      'access stronger: the access policy of vault `gold` now denies deleting recovery points (a policy -> denies deletion)',
    ],
    [
      'allows what it denied',
      policy({}),
      ALLOW,
      'access weaker: the access policy of vault `gold` no longer denies deleting recovery points (denies deletion -> a policy)',
    ],
  ])('%s', (_, before, after, expected) => {
    expect(ofVault(before, after)).toEqual([expected]);
  });
});

test('a vault without a key has one of AWS, and another key replaces the vault', () => {
  const EncryptionKeyArn = 'arn:aws:kms:us-east-1:111111111111:key/own';
  const REPLACES = 'which replaces the vault: its recovery points stay behind in the old vault';
  expect(
    changesBetween(
      { Vault: vault({}), Gap: airGapped() },
      { Vault: vault({ EncryptionKeyArn }), Gap: airGapped({ EncryptionKeyArn }) },
    ),
  ).toEqual([
    `key weaker: vault \`gold\` gets another key, ${REPLACES} (the AWS managed key -> ${EncryptionKeyArn})`,
    `key weaker: logically air-gapped vault \`gap\` gets another key, ${REPLACES} (a key of AWS Backup -> ${EncryptionKeyArn})`,
  ]);
});

test.each<[string, string | undefined, string | undefined, string]>([
  ['gets', undefined, 'team-1', 'stronger'],
  ['changes', 'team-1', 'team-2', 'neutral'],
  ['loses', 'team-1', undefined, 'weaker'],
])('a logically air-gapped vault %s its approval team', (_, before, after, direction) => {
  const team = (name: string | undefined) =>
    name === undefined ? undefined : `arn:aws:mpa:us-east-1:111111111111:approval-team/${name}`;
  const version = (name: string | undefined) => ({ Gap: airGapped({ MpaApprovalTeamArn: team(name) }) });
  expect(changesBetween(version(before), version(after))).toEqual([
    `access ${direction}: the approval team of logically air-gapped vault \`gap\` changes (${team(before) ?? null} -> ${team(after) ?? null})`,
  ]);
});
