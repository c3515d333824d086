import type { Inventory } from '../../src/inventory/inventory';
import { findPrerequisites, type PrerequisiteOptions } from '../../src/preflight/prerequisite-report';
import type { StackSource } from '../../src/template/input/source';
import { ResourceType } from '../../src/values/resource-type/resource-type';
import {
  choice,
  condition,
  inventoryOfStacks,
  plan,
  resource,
  rule,
  selection,
  stack,
  tags,
} from '../support/backups';

const HERE = 'account 111111111111, us-east-1';
const GOLD = { Tags: tags({ backup: 'gold' }) };
const BY_TAG = selection({ ListOfTags: [choice('backup', 'gold')] });
const table = resource('DynamoDB::Table', GOLD);
const cluster = (Engine: string) => resource('RDS::DBCluster', { Engine, ...GOLD });
const far = (account = '222222222222', region = 'us-east-1', name = 'far') =>
  `arn:aws:backup:${region}:${account}:backup-vault:${name}`;
const copying = (arn: unknown) =>
  plan('gold', rule('daily', { CopyActions: [{ DestinationBackupVaultArn: arn }] }));
const PRINCIPAL = (AWS: unknown, more = {}) => ({
  Statement: [
    { Effect: 'Allow', Principal: { AWS }, Action: 'backup:CopyIntoBackupVault', Resource: '*', ...more },
  ],
});
const vault = (properties = {}) => resource('Backup::BackupVault', { BackupVaultName: 'far', ...properties });

/** Each prerequisite in one line: where it is set, what, whether it is certain, what sets it. */
function prerequisites(inventory: Inventory, options?: PrerequisiteOptions): string[] {
  return findPrerequisites(inventory, options).prerequisites.map(
    ({ kind, name, scope, account, region, certain, setBy }) => {
      const where = { organization: 'organization', account, region: `${account} ${region}` }[scope];
      return `${where}: ${kind} ${name}${certain ? '' : ' perhaps'}${setBy ? ` by ${setBy}` : ''}`;
    },
  );
}

const app = (resources: object, options?: Partial<StackSource>) =>
  inventoryOfStacks(stack('App', resources, options));

const US = '111111111111 us-east-1';

describe('opt-ins of a Region', () => {
  test.each<[string, object, string[]]>([
    [
      'what a tag selects',
      { Plan: plan('gold'), S: BY_TAG, B: resource('S3::Bucket', GOLD) },
      [`${US}: opt-in S3`],
    ],
    [
      'what `*` with conditions selects',
      {
        Plan: plan('gold'),
        S: selection({ Resources: ['*'], Conditions: condition('StringEquals', 'backup', 'gold') }),
        B: resource('S3::Bucket', GOLD),
      },
      [`${US}: opt-in S3`],
    ],
    [
      'what is selected by its whole service',
      { Plan: plan('gold'), S: selection({ Resources: ['arn:aws:dynamodb:*'] }), T: table },
      [`${US}: opt-in DynamoDB`],
    ],
    ['nothing that no plan selects', { Plan: plan('gold'), S: BY_TAG, T: resource('DynamoDB::Table') }, []],
    [
      'nothing that is selected by its type',
      { Plan: plan('gold'), S: selection({ Resources: ['arn:aws:dynamodb:*:*:table/*'] }), T: table },
      [],
    ],
    [
      'no bucket of all that are selected by their type, whose pattern has no more than a star',
      {
        Plan: plan('gold'),
        S: selection({ Resources: ['arn:aws:s3:::*'] }),
        B: resource('S3::Bucket', GOLD),
      },
      [],
    ],
    [
      'nothing that is selected by its ARN',
      { Plan: plan('gold'), S: selection({ Resources: [{ 'Fn::GetAtt': ['T', 'Arn'] }] }), T: table },
      [],
    ],
    [
      'nothing that an ARN names beside a tag that selects it as well',
      {
        Plan: plan('gold'),
        S: selection({ Resources: ['arn:aws:dynamodb:*:*:table/*'], ListOfTags: [choice('backup', 'gold')] }),
        T: table,
      },
      [],
    ],
    [
      'Aurora, however it is selected',
      {
        Plan: plan('gold'),
        S: selection({ Resources: ['arn:aws:rds:*:*:cluster:*'] }),
        C: cluster('aurora-mysql'),
      },
      [`${US}: opt-in Aurora`],
    ],
    [
      'what a selection made under an open condition selects, perhaps',
      { Plan: plan('gold'), S: { ...BY_TAG, Condition: 'C' }, B: resource('S3::Bucket', GOLD) },
      [`${US}: opt-in S3 perhaps`],
    ],
    [
      'what a tag known at deployment may select, perhaps',
      {
        Plan: plan('gold'),
        S: selection({ ListOfTags: [choice('backup', { 'Fn::ImportValue': 'tier' })] }),
        B: resource('S3::Bucket', GOLD),
      },
      [`${US}: opt-in S3 perhaps`],
    ],
    [
      'nothing where a plan has no rules',
      { Plan: { ...plan('gold'), Properties: {} }, S: BY_TAG, T: table },
      [],
    ],
  ])('are needed for %s', (_, resources, expected) => {
    const template = { Resources: resources, Parameters: { P: { Type: 'String' } }, Conditions: CONDITIONS };
    expect(prerequisites(inventoryOfStacks({ ...stack('App', resources), template }))).toEqual(expected);
  });

  const CONDITIONS = { C: { 'Fn::Equals': [{ Ref: 'P' }, 'yes'] } };

  test('are needed in each Region by itself', () => {
    const resources = { Plan: plan('gold'), S: BY_TAG, B: resource('S3::Bucket', GOLD) };
    const inventory = inventoryOfStacks(
      stack('One', resources),
      stack('Two', resources, { region: 'eu-west-1' }),
      stack('Open', resources, { account: undefined, region: undefined }),
    );
    expect(prerequisites(inventory)).toEqual([
      '111111111111 eu-west-1: opt-in S3',
      '111111111111 us-east-1: opt-in S3',
      'undefined undefined: opt-in S3',
    ]);
  });

  test('for a stack that is backed up whole are those of CloudFormation, and perhaps of what is in it', () => {
    const stacks = [
      stack('Plans', { Plan: plan('gold'), S: selection({ Resources: ['arn:aws:cloudformation:*'] }) }),
      stack('App', { C: resource('RDS::DBCluster', { Engine: 'neptune' }) }),
    ];
    expect(prerequisites(inventoryOfStacks(...stacks))).toContain(`${US}: opt-in Neptune perhaps`);
    expect(prerequisites(inventoryOfStacks(...stacks))).toContain(`${US}: opt-in CloudFormation`);
  });

  test('are named as the user says that a type is named', () => {
    const type = ResourceType.of('S3', { optInName: 'Amazon S3' });
    const inventory = app({ Plan: plan('gold'), S: BY_TAG, B: resource('S3::Bucket', GOLD) });
    expect(prerequisites(inventory, { resourceTypes: [type] })).toEqual([`${US}: opt-in Amazon S3`]);
  });

  test('that the app sets in the same account and Region say by what, elsewhere they count nothing', () => {
    const resources = { Plan: plan('gold'), S: BY_TAG, B: resource('S3::Bucket', GOLD) };
    const settings = {
      Settings: { Type: 'Custom::BackupRegionSettings', Properties: { optIn: { S3: true } } },
    };
    expect(prerequisites(inventoryOfStacks(stack('App', resources), stack('Beside', settings)))).toEqual([
      `${US}: opt-in S3 by Beside/Settings`,
    ]);
    expect(
      prerequisites(
        inventoryOfStacks(stack('App', resources), stack('There', settings, { region: 'eu-west-1' })),
      ),
    ).toEqual([`${US}: opt-in S3`]);
  });
});

describe('full management', () => {
  const select = { S: selection({ Resources: ['arn:aws:dynamodb:*:*:table/*'] }), T: table };
  const cold = rule('daily', { Lifecycle: { MoveToColdStorageAfterDays: 30, DeleteAfterDays: 200 } });
  const airGapped = rule('daily', { TargetLogicallyAirGappedBackupVaultArn: far('111111111111') });

  test.each([
    [
      'copies',
      plan(
        'gold',
        rule(),
        rule('copied', { CopyActions: [{ DestinationBackupVaultArn: far('111111111111') }] }),
      ),
    ],
    ['cold storage', plan('gold', cold)],
    ['an air-gapped vault', plan('gold', airGapped)],
    ['tags of recovery points', plan('gold', rule('daily', { RecoveryPointTags: { tier: 'gold' } }))],
  ])('of DynamoDB is needed with its opt-in for %s', (_, Plan) => {
    expect(prerequisites(app({ Plan, ...select })).filter((line) => !line.includes('role'))).toEqual([
      `${US}: opt-in DynamoDB`,
      `${US}: full-management DynamoDB`,
    ]);
  });

  test('of DynamoDB is not needed for plain backups', () => {
    expect(prerequisites(app({ Plan: plan('gold'), ...select }))).toEqual([]);
  });

  test('of EFS is possibly needed, since AWS tells nothing of it', () => {
    const S = selection({ Resources: ['arn:aws:elasticfilesystem:*:*:file-system/*'] });
    expect(prerequisites(app({ Plan: plan('gold', cold), S, F: resource('EFS::FileSystem') }))).toEqual([
      `${US}: opt-in EFS perhaps`,
      `${US}: full-management EFS perhaps`,
    ]);
  });
});

describe('service-linked roles', () => {
  test.each<[string, object, string[]]>([
    [
      'copies, where they begin',
      { Plan: copying(far('111111111111')) },
      ['111111111111: service-linked-role backup.amazonaws.com'],
    ],
    [
      'copies to another account, at both ends',
      { Plan: copying(far()) },
      [
        'organization: global-flag crossAccountBackup',
        '111111111111: service-linked-role backup.amazonaws.com',
        '222222222222: service-linked-role backup.amazonaws.com',
      ],
    ],
    [
      'frameworks and reports',
      { F: resource('Backup::Framework'), R: resource('Backup::ReportPlan') },
      ['111111111111: service-linked-role reports.backup.amazonaws.com'],
    ],
    [
      'restore tests',
      { T: resource('Backup::RestoreTestingPlan') },
      ['111111111111: service-linked-role restore-testing.backup.amazonaws.com'],
    ],
    [
      'policies of keys that name them, in the account that they name',
      {
        K: resource('KMS::Key', {
          KeyPolicy: PRINCIPAL(
            'arn:aws:iam::333333333333:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup',
            { Action: 'kms:CreateGrant' },
          ),
        }),
      },
      ['333333333333: service-linked-role backup.amazonaws.com'],
    ],
    [
      'copies, where the app makes them',
      {
        Plan: copying(far('111111111111')),
        L: resource('IAM::ServiceLinkedRole', { AWSServiceName: 'backup.amazonaws.com' }),
      },
      ['111111111111: service-linked-role backup.amazonaws.com by App/L'],
    ],
  ])('are needed for %s', (_, resources, expected) => {
    expect(prerequisites(app(resources))).toEqual(expected);
  });
});

describe('flags of the organization', () => {
  const flags = (resources: object, options?: PrerequisiteOptions) =>
    prerequisites(app(resources), options).filter((line) => line.startsWith('organization'));

  test.each<[string, object, string[]]>([
    ['a copy to another account', { Plan: copying(far()) }, ['crossAccountBackup']],
    ['a copy to the same account', { Plan: copying(far('111111111111')) }, []],
    [
      'a copy to who knows where',
      { Plan: copying({ 'Fn::ImportValue': 'vault' }) },
      ['crossAccountBackup perhaps'],
    ],
    [
      'a vault that lets another account copy into it',
      { V: vault({ AccessPolicy: PRINCIPAL('arn:aws:iam::222222222222:root') }) },
      ['crossAccountBackup'],
    ],
    [
      'a vault that lets anybody copy into it',
      { V: vault({ AccessPolicy: PRINCIPAL('*') }) },
      ['crossAccountBackup'],
    ],
    [
      'a vault that lets its own account copy into it',
      { V: vault({ AccessPolicy: PRINCIPAL('111111111111') }) },
      [],
    ],
    [
      'a vault that lets in who is known at deployment',
      { V: vault({ AccessPolicy: PRINCIPAL({ 'Fn::ImportValue': 'account' }) }) },
      ['crossAccountBackup perhaps'],
    ],
    ['a vault that keeps others out', { V: vault({ AccessPolicy: PRINCIPAL('*', { Effect: 'Deny' }) }) }, []],
    [
      'an air-gapped vault with an approval team',
      { V: resource('Backup::LogicallyAirGappedBackupVault', { MpaApprovalTeamArn: 'arn:aws:mpa:…' }) },
      ['multiPartyApproval'],
    ],
    [
      'a report of other accounts, which perhaps is in the management account',
      { R: resource('Backup::ReportPlan', { ReportSetting: { Accounts: ['ROOT'] } }) },
      ['delegatedAdministrator perhaps'],
    ],
  ])('%s', (_, resources, expected) => {
    expect(flags(resources)).toEqual(expected.map((flag) => `organization: global-flag ${flag}`));
  });

  test('delegated administrators are needed for a report of other accounts that is not in the management account', () => {
    const report = { R: resource('Backup::ReportPlan', { ReportSetting: { Accounts: ['ROOT'] } }) };
    expect(flags(report, { managementAccount: '999999999999' })).toEqual([
      'organization: global-flag delegatedAdministrator',
    ]);
    expect(flags(report, { managementAccount: '111111111111' })).toEqual([]);
  });

  test('a copy between stacks that leave their account open stays in it', () => {
    const inventory = app(
      { Plan: copying({ 'Fn::GetAtt': ['V', 'BackupVaultArn'] }), V: vault() },
      { account: undefined },
    );
    expect(prerequisites(inventory)).toEqual(['undefined: service-linked-role backup.amazonaws.com']);
    const byText = {
      'Fn::Join': ['', ['arn:aws:backup:eu-west-1:', { Ref: 'AWS::AccountId' }, ':backup-vault:far']],
    };
    expect(prerequisites(app({ Plan: copying(byText) }, { account: undefined }))).toEqual([
      'undefined: service-linked-role backup.amazonaws.com',
    ]);
  });

  test('that the app sets say by what, and where the management account is', () => {
    const settings = {
      G: {
        Type: 'Custom::BackupGlobalSettings',
        Properties: { flags: { isCrossAccountBackupEnabled: true } },
      },
    };
    const inventory = inventoryOfStacks(
      stack('App', { Plan: copying(far()) }),
      stack('Organization', settings, { account: '999999999999' }),
    );
    expect(prerequisites(inventory)[0]).toBe(
      'organization: global-flag crossAccountBackup by Organization/G',
    );
    expect(findPrerequisites(inventory).managementAccount).toBe('999999999999');
  });

  test('a backup policy needs trusted access and its type', () => {
    const policy = resource('Organizations::Policy', { Name: 'gold', Type: 'BACKUP_POLICY', Content: {} });
    expect(flags({ P: policy })).toEqual([
      'organization: trusted-access backup.amazonaws.com',
      'organization: policy-type BACKUP_POLICY',
    ]);
  });
});

test('trusted access and types of policies that a stack turns on are set by it', () => {
  const settings = (policyTypes: object) => ({
    P: resource('Organizations::Policy', { Name: 'gold', Type: 'BACKUP_POLICY', Content: {} }),
    O: {
      Type: 'Custom::BackupOrganizationSettings',
      Properties: { services: { 'backup.amazonaws.com': true }, policyTypes },
    },
  });
  const of = (policyTypes: object) =>
    prerequisites(inventoryOfStacks(stack('Management', settings(policyTypes), { account: '999999999999' })));
  expect(of({ BACKUP_POLICY: true })).toEqual([
    'organization: trusted-access backup.amazonaws.com by Management/O',
    'organization: policy-type BACKUP_POLICY by Management/O',
  ]);
  expect(of({ BACKUP_POLICY: false, TAG_POLICY: true })[1]).toBe('organization: policy-type BACKUP_POLICY');
});

describe('Regions that accounts turn on', () => {
  test('are needed for copies there, and perhaps in the account that copies', () => {
    expect(prerequisites(app({ Plan: copying(far('222222222222', 'eu-south-1')) }))).toEqual([
      'organization: global-flag crossAccountBackup',
      '111111111111: region eu-south-1 perhaps',
      '111111111111: service-linked-role backup.amazonaws.com',
      '222222222222: region eu-south-1',
      '222222222222: service-linked-role backup.amazonaws.com',
    ]);
    expect(prerequisites(app({ Plan: copying(far('111111111111', 'eu-south-1')) }))[0]).toBe(
      '111111111111: region eu-south-1',
    );
  });

  test('are needed for vaults and plans that stand there', () => {
    const there = { region: 'me-south-1' };
    expect(prerequisites(app({ V: vault() }, there))).toEqual(['111111111111: region me-south-1']);
    expect(prerequisites(app({ Plan: plan('gold') }, there))).toEqual(['111111111111: region me-south-1']);
  });
});

describe('what is not known is said', () => {
  const unknown = (resources: object) => findPrerequisites(app(resources)).unknown;

  test.each<[string, object, string]>([
    [
      'a selection that selects nothing of the app',
      { Plan: plan('gold'), S: BY_TAG },
      `selection \`some\` of plan \`gold\` selects no resource of the app in ${HERE}: opt in to the types that it is meant for`,
    ],
    [
      'a type that hangs on a property',
      {
        Plan: plan('gold'),
        S: BY_TAG,
        C: resource('RDS::DBCluster', { Engine: { 'Fn::ImportValue': 'e' }, ...GOLD }),
      },
      "the type of `App/C`, which plan `gold` selects, can't be determined before deployment",
    ],
    [
      'a nested stack without its template',
      { N: resource('CloudFormation::Stack', { TemplateURL: 'https://example.com/t.json' }) },
      'nested stack `N` is not read: its template is not part of the input',
    ],
    [
      'a backup policy, which makes plans elsewhere',
      { P: resource('Organizations::Policy', { Name: 'gold', Type: 'BACKUP_POLICY', Content: {} }) },
      'backup policy `gold` creates plans in accounts whose resources are not in the app: opt in there to the types that it is meant for, and check that the vaults and roles that it names exist',
    ],
  ])('%s', (_, resources, message) => {
    expect(unknown(resources)).toEqual([message]);
  });
});

test('reasons of what is certain leave out what is perhaps so, and name a few', () => {
  const buckets = Object.fromEntries(
    ['A', 'B', 'C', 'D', 'E'].map((id) => [id, resource('S3::Bucket', GOLD)]),
  );
  const { prerequisites: all } = findPrerequisites(
    app({
      Plan: plan('gold'),
      S: BY_TAG,
      Other: plan('silver'),
      T: selection({ ListOfTags: [choice('backup', { 'Fn::ImportValue': 'tier' })] }, { Ref: 'Other' }),
      ...buckets,
    }),
  );
  expect(all).toMatchObject([
    { reasons: ['plan `gold` selects `App/A`, `App/B`, `App/C` and 2 more by tag or by service'] },
  ]);
});

test('nothing in an input gets into a command or out of its line', () => {
  const odd = { Plan: plan('gold\n\u001b[31m'), S: BY_TAG, B: resource('S3::Bucket', GOLD) };
  const [demand] = findPrerequisites(app(odd, { region: '$(reboot)' })).prerequisites;
  expect(demand.region).toBeUndefined();
  expect(demand.reasons).toEqual(['plan "gold\\n\\u001b[31m" selects `App/B` by tag or by service']);
});

describe('trails of AWS CloudTrail', () => {
  const calls = (more = {}) =>
    resource('Events::Rule', {
      EventPattern: { source: ['aws.backup'], 'detail-type': ['AWS API Call via CloudTrail'] },
      Targets: [{ Id: 'Topic', Arn: 'arn:aws:sns:us-east-1:111111111111:t' }],
      ...more,
    });
  const trail = (properties = {}) => resource('CloudTrail::Trail', { IsLogging: true, ...properties });

  test.each<[string, object, string[]]>([
    ['a rule on calls needs one', { Rule: calls() }, [`${US}: trail management-events`]],
    ['a rule that is disabled does not', { Rule: calls({ State: 'DISABLED' }) }, []],
    [
      'a rule on jobs does not',
      {
        Rule: calls({ EventPattern: { source: ['aws.backup'], 'detail-type': ['Backup Job State Change'] } }),
      },
      [],
    ],
    ['one of the app', { Rule: calls(), Trail: trail() }, [`${US}: trail management-events by App/Trail`]],
    [
      'one that logs nothing',
      { Rule: calls(), Trail: trail({ IsLogging: false }) },
      [`${US}: trail management-events`],
    ],
    [
      'one that logs objects of buckets only',
      { Rule: calls(), Trail: trail({ EventSelectors: [{ IncludeManagementEvents: false }] }) },
      [`${US}: trail management-events`],
    ],
    [
      'one that logs what only reads',
      { Rule: calls(), Trail: trail({ EventSelectors: [{ ReadWriteType: 'ReadOnly' }] }) },
      [`${US}: trail management-events`],
    ],
  ])('%s', (_, resources, expected) => {
    expect(prerequisites(app(resources))).toEqual(expected);
  });
});
