import { Token } from 'aws-cdk-lib';
import { readPolicy } from '../../../src/policy/admission/admission';
import { planNeeds } from '../../../src/policy/document/plan-needs';
import { plan, set } from '../documents';

const ROLE = 'arn:aws:iam::$account:role/service-role/Backup';
const GAP = 'arn:aws:backup:$region:$account:backup-vault:gap';
const FAR = 'arn:aws:backup:eu-west-1:222222222222:backup-vault:far';
const NEAR = 'arn:aws-cn:backup:cn-north-1:$account:backup-vault:near';

const needs = (...documents: object[]) =>
  documents.map((content) => planNeeds(readPolicy(content).fragment)).map((all) => Object.fromEntries(all));
const needsOf = (inside: object) => needs(plan(inside))[0].daily;
const NOTHING = {
  name: 'daily',
  path: 'plans/daily',
  regions: [],
  vaults: [],
  airGappedVaults: [],
  copies: [],
  roles: [],
  scannerRole: undefined,
};

test('a plan needs its Regions, vaults, copies and roles, each with where the document names it', () => {
  const rules = {
    Night: {
      target_backup_vault_name: set('main'),
      target_logically_air_gapped_backup_vault_arn: set(GAP),
      copy_actions: { [FAR]: { target_backup_vault_arn: set(FAR) }, [NEAR]: {} },
    },
    noon: { target_backup_vault_name: set('main') },
  };
  const selections = {
    tags: { cost: { iam_role_arn: set(ROLE) } },
    resources: { some: { iam_role_arn: set('arn:aws:iam::$account:role/Other') } },
  };
  const scan_settings = { GUARDDUTY: { scanner_role_arn: set('arn:aws:iam::$account:role/Scanner') } };
  expect(needsOf({ regions: set(['us-east-1', 'eu-west-1']), rules, selections, scan_settings })).toEqual({
    ...NOTHING,
    regions: ['us-east-1', 'eu-west-1'],
    vaults: [
      { name: 'main', path: 'plans/daily/rules/Night/target_backup_vault_name' },
      { name: 'main', path: 'plans/daily/rules/noon/target_backup_vault_name' },
    ],
    airGappedVaults: [
      { name: 'gap', path: 'plans/daily/rules/Night/target_logically_air_gapped_backup_vault_arn' },
    ],
    copies: [
      {
        region: 'eu-west-1',
        account: '222222222222',
        vault: 'far',
        path: `plans/daily/rules/Night/copy_actions/${FAR}`,
      },
      {
        region: 'cn-north-1',
        account: '$account',
        vault: 'near',
        path: `plans/daily/rules/Night/copy_actions/${NEAR}`,
      },
    ],
    roles: [
      { name: 'service-role/Backup', path: 'plans/daily/selections/tags/cost/iam_role_arn' },
      { name: 'Other', path: 'plans/daily/selections/resources/some/iam_role_arn' },
    ],
    scannerRole: { name: 'Scanner', path: 'plans/daily/scan_settings/GUARDDUTY/scanner_role_arn' },
  });
});

test('plans are found by their names in lower case, and keep them as written', () => {
  expect(needs({ plans: { Gold: {}, silver: {} } }, { plans: {} }, {})).toEqual([
    {
      gold: { ...NOTHING, name: 'Gold', path: 'plans/Gold' },
      silver: { ...NOTHING, name: 'silver', path: 'plans/silver' },
    },
    {},
    {},
  ]);
});

test.each<[string, object, string[]]>([
  ['assigns', set(['us-east-1']), ['us-east-1']],
  ['appends', { '@@append': ['us-east-1'] }, ['us-east-1']],
  [
    'assigns and appends',
    { ...set(['us-east-1']), '@@append': ['eu-west-1', 'us-east-1'] },
    ['us-east-1', 'eu-west-1'],
  ],
  ['assigns and removes', { ...set(['us-east-1', 'eu-west-1']), '@@remove': ['us-east-1'] }, ['eu-west-1']],
  ['appends and removes', { '@@append': ['us-east-1'], '@@remove': ['us-east-1'] }, []],
  ['removes', { '@@remove': ['us-east-1'] }, []],
  ['assigns, as far as they are known', set(['us-east-1', Token.asString({ Ref: 'Region' })]), ['us-east-1']],
  ['leaves to deployment', set(Token.asList({ Ref: 'Regions' })), []],
])('a plan needs the Regions that it %s', (_, regions, expected) => {
  expect(needsOf({ regions })).toEqual({ ...NOTHING, regions: expected });
});

test.each<[string, object]>([
  [
    'a vault that is known only at deployment',
    { target_backup_vault_name: set(Token.asString({ Ref: 'V' })) },
  ],
  ['a vault without a name', { target_backup_vault_name: set('') }],
  ['an ARN that is not one of a vault', { target_logically_air_gapped_backup_vault_arn: set('gap') }],
  [
    'an ARN with too many parts',
    { target_logically_air_gapped_backup_vault_arn: set('arn:aws:backup:a:b:c:backup-vault:gap') },
  ],
  [
    'an ARN in part known',
    { target_logically_air_gapped_backup_vault_arn: set(`${GAP}${Token.asString({ Ref: 'V' })}`) },
  ],
  ['a copy to something else', { copy_actions: { 'arn:aws:s3:::bucket': {} } }],
  ['a copy to an ARN of another service', { copy_actions: { [FAR.replace(':backup:', ':other:')]: {} } }],
  ['a copy to an ARN with something before it', { copy_actions: { [`x${FAR}`]: {} } }],
])('a rule needs nothing for %s', (_, inside) => {
  expect(needsOf({ rules: { daily: inside } })).toEqual(NOTHING);
});

test.each([
  'arn:aws:iam::111111111111:role/Backup',
  'arn:aws:iam::$account:user/Backup',
  `x${ROLE}`,
  'Backup',
])('a selection needs nothing for a role that is not one of each account: %s', (role) => {
  expect(needsOf({ selections: { tags: { cost: { iam_role_arn: set(role) } } } })).toEqual(NOTHING);
});
