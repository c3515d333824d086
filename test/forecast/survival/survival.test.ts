import type { Scenario } from '../../../src/forecast/survival/survival';
import type { Inventory } from '../../../src/inventory/inventory';
import type { StackSource } from '../../../src/template/input/source';
import { inventoryOfStacks, plan, resource, rule, selection, stack } from '../../support/backups';
import { forecast } from '../support/forecast-template';

const YEAR = ['2027-01-01', '2028-01-01'] as const;
const BACKUP: Partial<StackSource> = { account: '222222222222', region: 'eu-west-1' };
const COPY_ARN = 'arn:aws:backup:eu-west-1:222222222222:backup-vault:central';

interface Parts {
  readonly rule?: object;
  readonly vault?: object;
  readonly copy?: boolean;
  /** The vault that is copied to; without it, that vault is in no template. */
  readonly central?: object;
  readonly thing?: object;
  readonly more?: object;
  readonly backup?: object;
}

function app({ rule: extra, vault, copy, central, thing, more, backup }: Parts): Inventory {
  const copies = copy && { CopyActions: [{ DestinationBackupVaultArn: COPY_ARN }] };
  return inventoryOfStacks(
    stack('App', {
      Vault: resource('Backup::BackupVault', { BackupVaultName: 'gold', ...vault }),
      Plan: plan('gold', rule('daily', { ...copies, ...extra })),
      Selection: selection({ Resources: ['*'] }),
      Table: thing ?? resource('DynamoDB::Table'),
      ...more,
    }),
    stack(
      'Backup',
      {
        ...(central && {
          Central: resource('Backup::BackupVault', { BackupVaultName: 'central', ...central }),
        }),
        ...backup,
      },
      BACKUP,
    ),
  );
}

const only = (parts: Parts) => forecast(app(parts), ...YEAR).resources[0];
const statuses = (parts: Parts) =>
  Object.fromEntries(
    Object.entries(only(parts).survives).map(([scenario, { status }]) => [scenario, status]),
  );
const why = (parts: Parts, scenario: Scenario) => only(parts).survives[scenario];

const LOCK = { LockConfiguration: { MinRetentionDays: 7, ChangeableForDays: 3 } };
const GOVERNANCE = { LockConfiguration: { MinRetentionDays: 7 } };
const KEY = { EncryptionKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] } };
const key = (policy?: string) => ({
  Key: resource('KMS::Key', { KeyPolicy: {} }, policy ? { DeletionPolicy: policy } : {}),
});

test('a vault without a lock beside its resource survives only smaller losses', () => {
  expect(statuses({})).toEqual({
    resource: 'survives',
    stack: 'survives',
    key: 'survives',
    workloadAccount: 'lost',
    region: 'lost',
    backupAccount: 'survives',
    managementAccount: 'lost',
  });
  expect(only({}).killingSets).toEqual([
    ['Region us-east-1'],
    ['account 111111111111'],
    ['management account'],
  ]);
  expect(why({}, 'workloadAccount')).toEqual({
    status: 'lost',
    because: 'vault `gold` has no lock',
    point: null,
  });
});

test.each<[Scenario, string]>([
  ['resource', 'recovery points outlive their resource'],
  ['key', 'no customer managed key encrypts the resource or its backups'],
  ['backupAccount', 'no recovery point is in another account'],
])('a loss of the %s that touches nothing says so', (scenario, because) => {
  expect(why({}, scenario)).toEqual({
    status: 'survives',
    because,
    point: 'recovery point of 2027-12-31T05:00Z in vault `gold` (111111111111/us-east-1)',
  });
});

test('a lock in compliance mode survives the account, not the Region', () => {
  expect(statuses({ vault: LOCK })).toMatchObject({
    workloadAccount: 'survives',
    region: 'lost',
    managementAccount: 'unknown',
  });
  expect(why({ vault: LOCK }, 'workloadAccount')).toEqual({
    status: 'survives',
    because:
      'the lock of vault `gold` is in compliance mode: nobody can delete its points before they expire',
    point: 'recovery point of 2027-12-31T05:00Z in vault `gold` (111111111111/us-east-1)',
  });
  expect(only({ vault: LOCK }).killingSets).toEqual([['Region us-east-1']]);
});

test('a governance lock, and a compliance lock in its cooling-off period, do not stop an administrator', () => {
  expect(why({ vault: GOVERNANCE }, 'workloadAccount')).toMatchObject({
    status: 'lost',
    because: 'an administrator can remove the governance lock of vault `gold`',
  });
  const cooling = { LockConfiguration: { MinRetentionDays: 7, ChangeableForDays: 400 } };
  expect(why({ vault: cooling }, 'workloadAccount')).toMatchObject({
    status: 'lost',
    because: 'the compliance lock of vault `gold` is still in its cooling-off period',
  });
});

test('whoever can delete the key needs no way around the lock', () => {
  const parts = { vault: { ...LOCK, ...KEY }, more: key() };
  expect(statuses(parts)).toMatchObject({ key: 'lost', workloadAccount: 'lost', stack: 'lost' });
  expect(why(parts, 'stack').because).toBe('the stack deletes the key `Key`');
  expect(statuses({ ...parts, more: key('Retain') })).toMatchObject({ stack: 'survives', key: 'lost' });
  expect(only(parts).killingSets).toContainEqual(['key App/Key']);
});

test('the key of the vault does not matter to backups that use the key of their source', () => {
  const volume = (extra: Record<string, unknown>) => resource('EC2::Volume', extra);
  const parts = { vault: KEY, more: key() };
  expect(statuses({ ...parts, thing: volume({ Encrypted: true }) }).key).toBe('survives');
  expect(statuses({ ...parts, thing: volume({ Encrypted: true, KmsKeyId: { Ref: 'Key' } }) }).key).toBe(
    'lost',
  );
});

test.each([
  ['a key in no template', 'arn:aws:kms:us-east-1:111111111111:key/1234', 'lost'],
  ['the key of the service', 'alias/aws/ebs', 'survives'],
])(
  'backups that use %s of their source are lost with it only if it can be deleted',
  (_, KmsKeyId, status) => {
    const thing = resource('EC2::Volume', { Encrypted: true, KmsKeyId });
    expect(statuses({ thing }).key).toBe(status);
  },
);

describe('a copy in another account and Region', () => {
  const parts: Parts = { copy: true, central: LOCK };

  test('survives the workload account and its Region', () => {
    expect(statuses(parts)).toMatchObject({
      workloadAccount: 'survives',
      region: 'survives',
      backupAccount: 'survives',
    });
    expect(why(parts, 'region')).toEqual({
      status: 'survives',
      because: 'vault `central` is in another Region',
      point: 'copy of 2027-12-31T05:00Z in vault `central` (222222222222/eu-west-1)',
    });
  });

  test('survives the key of its source if it has none of its own', () => {
    expect(why({ ...parts, vault: KEY, more: key() }, 'key')).toEqual({
      status: 'survives',
      because: 'no customer managed key encrypts the points',
      point: 'copy of 2027-12-31T05:00Z in vault `central` (222222222222/eu-west-1)',
    });
  });

  test('takes two Regions to destroy', () => {
    expect(only(parts).killingSets).toEqual([
      ['Region eu-west-1', 'Region us-east-1'],
      ['Region eu-west-1', 'account 111111111111'],
      ['Region eu-west-1', 'management account'],
    ]);
  });

  test('is lost with the backup account if it has no lock there, and what is in the workload account is left', () => {
    const open: Parts = { copy: true, central: {} };
    expect(why(open, 'backupAccount')).toMatchObject({
      status: 'survives',
      because: 'vault `gold` is in another account',
    });
    expect(only(open).killingSets).toContainEqual(['account 111111111111', 'account 222222222222']);
  });

  test('in a vault that is in no template may survive the key of its source', () => {
    expect(why({ copy: true, vault: KEY, more: key() }, 'key')).toEqual({
      status: 'unknown',
      because: 'the key of vault `central` decides, which is in no template',
      point: null,
    });
  });

  test('in a vault that is in no template may survive, and the answer names what decides', () => {
    expect(why({ copy: true }, 'workloadAccount').status).toBe('survives');
    expect(why({ copy: true }, 'managementAccount')).toEqual({
      status: 'unknown',
      because: 'the lock and the key of vault `central` decide, which is in no template',
      point: null,
    });
  });
});

describe('a logically air-gapped vault', () => {
  const primary = (team: boolean): Parts => ({
    rule: { TargetLogicallyAirGappedBackupVaultArn: { 'Fn::GetAtt': ['Gap', 'BackupVaultArn'] } },
    more: {
      Gap: resource('Backup::LogicallyAirGappedBackupVault', {
        BackupVaultName: 'gap',
        MinRetentionDays: 7,
        MaxRetentionDays: 90,
        ...(team && { MpaApprovalTeamArn: 'arn:aws:mpa:us-east-1:111111111111:approval-team/team' }),
      }),
    },
  });

  test('survives the workload account, and with an approval team the management account', () => {
    expect(statuses(primary(false))).toMatchObject({
      workloadAccount: 'survives',
      managementAccount: 'unknown',
    });
    expect(why(primary(false), 'workloadAccount').because).toBe(
      'vault `gap` is logically air-gapped: nobody can delete its points before they expire',
    );
    expect(why(primary(false), 'managementAccount').because).toBe(
      'AWS deletes locked recovery points 90 days after an account is closed',
    );
    expect(why(primary(true), 'managementAccount')).toMatchObject({
      status: 'survives',
      because: 'the approval team of vault `gap` gives access from another account',
    });
  });
});

describe('a service control policy', () => {
  const scp = (statement: object, target: string) => ({
    Policy: resource('Organizations::Policy', {
      Name: 'p',
      Type: 'SERVICE_CONTROL_POLICY',
      TargetIds: [target],
      Content: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Deny', Action: 'backup:Delete*', Resource: '*', ...statement }],
      },
    }),
  });
  const of = (statement: object, target = '111111111111') =>
    why({ more: scp(statement, target) }, 'workloadAccount');

  test('of the account that denies deletion protects it', () => {
    expect(of({})).toMatchObject({
      status: 'survives',
      because: 'a service control policy denies deleting recovery points',
    });
  });

  test('with a condition, or of a unit, may protect it', () => {
    expect(of({ Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/x' } } }).status).toBe(
      'unknown',
    );
    expect(of({}, 'ou-abcd-12345678').status).toBe('unknown');
  });

  test('with a condition leaves it open, and the answer says so', () => {
    const statement = { Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/x' } } };
    expect(of(statement).because).toBe(
      'a service control policy denies deleting recovery points, under conditions',
    );
  });

  test('of another account, or of other actions, does not', () => {
    expect(of({}, '333333333333').status).toBe('lost');
    expect(of({ Action: 'backup:Create*' }).status).toBe('lost');
  });
});

describe('a role', () => {
  const roleOf = (...Action: string[]) =>
    resource('IAM::Role', {
      AssumeRolePolicyDocument: {},
      Policies: [
        { PolicyName: 'p', PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource: '*' }] } },
      ],
    });
  const DELETE = 'backup:DeleteRecoveryPoint';
  const UNLOCK = 'backup:DeleteBackupVaultLockConfiguration';
  const DENIED = resource('Organizations::Policy', {
    Name: 'p',
    Type: 'SERVICE_CONTROL_POLICY',
    TargetIds: ['111111111111'],
    Content: { Statement: [{ Effect: 'Deny', Action: ['backup:Delete*', 'kms:*'], Resource: '*' }] },
  });
  const KEYS = { vault: { ...LOCK, ...KEY } };
  const OTHER = { AWS: 'arn:aws:iam::222222222222:root' };
  const policyOf = (Effect: string, Action = DELETE, Principal: unknown = '*') => ({
    AccessPolicy: { Statement: [{ Effect, Principal, Action, Resource: '*' }] },
  });

  test.each<[string, boolean, Parts, string[]]>([
    ['that may remove the governance lock', true, { vault: GOVERNANCE }, [DELETE, UNLOCK]],
    ['that may delete keys, where there is none', false, {}, ['kms:ScheduleKeyDeletion']],
    ['that may delete keys, where there is none, in a locked vault', false, { vault: LOCK }, ['kms:*']],
    ['that may do either', true, { vault: GOVERNANCE }, [DELETE, UNLOCK, 'kms:*']],
    ['that may remove the lock, but delete nothing', false, { vault: GOVERNANCE }, [UNLOCK]],
    ['that may delete nothing', false, {}, [UNLOCK]],
    ['that may delete recovery points', true, {}, [DELETE]],
    ['that the policy of the vault stops', false, { vault: policyOf('Deny') }, [DELETE]],
    [
      'that the policy of the vault stops with others',
      false,
      { vault: policyOf('Deny', 'backup:*') },
      [DELETE],
    ],
    [
      'that the policy of the vault keeps from something else',
      true,
      { vault: policyOf('Deny', UNLOCK) },
      [DELETE],
    ],
    ['that the policy of the vault lets delete', true, { vault: policyOf('Allow') }, [DELETE]],
    [
      'that is not the one that the policy of the vault stops',
      true,
      { vault: policyOf('Deny', DELETE, OTHER) },
      [DELETE],
    ],
    ['that a service control policy stops', false, { more: { DENIED } }, [DELETE]],
    [
      'that may delete the key of a locked vault',
      true,
      { ...KEYS, more: key() },
      ['kms:ScheduleKeyDeletion'],
    ],
    ['that may disable that key', true, { ...KEYS, more: key() }, ['kms:DisableKey']],
    ['that may read that key', false, { ...KEYS, more: key() }, ['kms:DescribeKey']],
    [
      'that a service control policy keeps from that key',
      false,
      { ...KEYS, more: { ...key(), DENIED } },
      ['kms:DisableKey'],
    ],
  ])('%s is a killing set of its own: %p', (_, kills, parts, actions) => {
    const { killingSets } = only({ ...parts, more: { ...parts.more, Role: roleOf(...actions) } });
    const own = killingSets.filter((set) => set.includes('role App/Role'));
    expect(own).toEqual(kills ? [['role App/Role']] : []);
  });

  test.each<[string, Parts]>([
    ['recovery points', {}],
    ['a key', { ...KEYS, more: key() }],
    ['the lock of a vault', { vault: GOVERNANCE }],
  ])('of another account can not delete %s', (_, parts) => {
    const Role = roleOf(DELETE, UNLOCK, 'kms:*');
    expect(only({ ...parts, backup: { Role } }).killingSets.flat()).not.toContain('role Backup/Role');
  });

  test('can delete the copies of its own account alone', () => {
    const Role = roleOf(DELETE);
    const { killingSets } = only({ copy: true, central: {}, vault: LOCK, backup: { Role } });
    expect(killingSets.filter((set) => set.includes('role Backup/Role'))).toEqual([
      ['Region us-east-1', 'role Backup/Role'],
    ]);
  });
});

describe('of several keys, the worst decides', () => {
  const OwnKey = resource('KMS::Key', { KeyPolicy: {} });
  const files = resource('EFS::FileSystem', { Encrypted: true, KmsKeyId: { Ref: 'OwnKey' } });

  test('recovery points with the key of the vault are lost with it, not with that of the resource', () => {
    const { survives, killingSets } = only({ vault: KEY, thing: files, more: { ...key(), OwnKey } });
    expect(survives.key).toEqual({
      status: 'lost',
      because: 'the points are encrypted with the key `App/Key`',
      point: null,
    });
    expect(killingSets).toContainEqual(['key App/Key']);
    expect(killingSets.flat()).not.toContain('key App/OwnKey');
  });

  test('recovery points of which the vault has no key survive that of the resource', () => {
    expect(why({ thing: files, more: { OwnKey } }, 'key')).toMatchObject({
      status: 'survives',
      because: 'no customer managed key encrypts the points',
    });
  });

  test('recovery points in a vault that is in no template may be lost', () => {
    const parts = { rule: { TargetBackupVault: 'elsewhere' }, thing: files, more: { OwnKey } };
    expect(why(parts, 'key')).toEqual({
      status: 'unknown',
      because: 'the key of vault `elsewhere` decides, which is in no template',
      point: null,
    });
    expect(why(parts, 'workloadAccount')).toMatchObject({
      status: 'unknown',
      because: 'decided by the lock of the vault: vault `elsewhere` is in no template',
    });
  });

  test('everything is lost if each place is, for each reason once', () => {
    const parts = { copy: true, central: {}, vault: { ...KEY } };
    expect(why({ ...parts, more: key() }, 'managementAccount')).toEqual({
      status: 'lost',
      because: 'whoever controls the organization can delete the key `App/Key`; vault `central` has no lock',
      point: null,
    });
  });
});

test('a Region that is not known may be the one that is lost', () => {
  const arn = {
    'Fn::Join': ['', ['arn:aws:backup:', { Ref: 'AWS::NotificationARNs' }, ':222222222222:backup-vault:far']],
  };
  const copied = { rule: { CopyActions: [{ DestinationBackupVaultArn: arn }] } };
  expect(only(copied).survives.region.status).toBe('unknown');
});

test('a key of another account is lost with that account, too', () => {
  const elsewhere = 'arn:aws:kms:us-east-1:333333333333:key/1';
  const { killingSets, survives } = only({
    vault: { ...LOCK, EncryptionKeyArn: elsewhere },
    thing: resource('EFS::FileSystem'),
  });
  expect(killingSets).toEqual([
    ['Region us-east-1'],
    ['account 333333333333'],
    [`key ${elsewhere}`],
    ['management account'],
  ]);
  expect(survives.workloadAccount).toMatchObject({
    status: 'survives',
    because:
      'the lock of vault `gold` is in compliance mode: nobody can delete its points before they expire',
  });
  expect(survives.managementAccount.because).toBe(
    `whoever controls the organization can delete the key \`${elsewhere}\``,
  );
});

test('a role that may delete recovery points is a killing set of its own, unless the vault denies it', () => {
  const role = resource('IAM::Role', {
    AssumeRolePolicyDocument: {},
    Policies: [
      {
        PolicyName: 'p',
        PolicyDocument: {
          Statement: [{ Effect: 'Allow', Action: 'backup:DeleteRecoveryPoint', Resource: '*' }],
        },
      },
    ],
  });
  const more = { Role: role };
  expect(only({ more }).killingSets).toContainEqual(['role App/Role']);
  const AccessPolicy = {
    Statement: [{ Effect: 'Deny', Principal: '*', Action: 'backup:DeleteRecoveryPoint', Resource: '*' }],
  };
  for (const vault of [{ AccessPolicy }, LOCK, GOVERNANCE])
    expect(only({ more, vault }).killingSets).not.toContainEqual(['role App/Role']);
});

test('what empties the vault with its stack loses everything with it', () => {
  const more = {
    Contents: { Type: 'Custom::BackupVaultContents', Properties: { vaultName: { Ref: 'Vault' } } },
  };
  expect(why({ more }, 'stack')).toMatchObject({
    status: 'lost',
    because: '`Contents` empties vault `gold`',
  });
  expect(why({ more, vault: GOVERNANCE }, 'stack')).toMatchObject({
    status: 'survives',
    because: 'AWS Backup keeps a vault that has recovery points',
  });
});

test('stacks that leave account and Region open have places without a name', () => {
  const open = { account: undefined, region: undefined };
  const inventory = inventoryOfStacks(
    stack(
      'App',
      {
        Vault: resource('Backup::BackupVault', { BackupVaultName: 'gold', ...KEY }),
        Plan: plan('gold', rule('daily')),
        Selection: selection({ Resources: ['*'] }),
        File: resource('EFS::FileSystem'),
        ...key(),
      },
      open,
    ),
  );
  const [one] = forecast(inventory, ...YEAR).resources;
  expect(one.killingSets).toEqual(
    expect.arrayContaining([['account of the stacks'], ['Region of the stacks'], ['key App/Key']]),
  );
  expect(one.survives.resource.point).toBe(
    'recovery point of 2027-12-31T05:00Z in vault `gold` (any account/any Region)',
  );
});

test('what empties a vault from another stack leaves it when its own stack goes', () => {
  const Contents = { Type: 'Custom::BackupVaultContents', Properties: { vaultName: 'gold' } };
  const inventory = inventoryOfStacks(
    stack('App', {
      Vault: resource('Backup::BackupVault', { BackupVaultName: 'gold' }),
      Plan: plan('gold', rule('daily')),
      Selection: selection({ Resources: ['*'] }),
      Table: resource('DynamoDB::Table'),
    }),
    stack('Other', { Contents, Unreadable: { Type: 'Custom::BackupVaultContents', Properties: {} } }),
  );
  expect(inventory.vaultContents.map(({ vault }) => vault?.to)).toEqual([inventory.vaults[0].id, undefined]);
  expect(forecast(inventory, ...YEAR).resources[0].survives.stack).toMatchObject({
    status: 'survives',
    because: 'AWS Backup keeps a vault that has recovery points',
  });
});

test('a resource without recovery points survives nothing', () => {
  const inventory = inventoryOfStacks(stack('App', { Table: resource('DynamoDB::Table') }));
  const [one] = forecast(inventory, ...YEAR).resources;
  for (const answer of Object.values(one.survives))
    expect(answer).toEqual({ status: 'lost', because: 'there are no recovery points', point: null });
  expect(one.killingSets).toEqual([]);
});

test('resources whose keys depend on different parameters are lost with their own keys', () => {
  const Parameters = { Blue: { Type: 'String' }, Green: { Type: 'String' } };
  const volume = (KmsKeyId: unknown, Encrypted: unknown = true) =>
    resource('EC2::Volume', { Encrypted, KmsKeyId });
  const app = stack('App', {});
  const inventory = inventoryOfStacks({
    ...app,
    template: {
      Parameters,
      Resources: {
        Vault: resource('Backup::BackupVault', { BackupVaultName: 'gold' }),
        Plan: plan('gold', rule('daily')),
        Selection: selection({ Resources: ['*'] }),
        A: volume({ Ref: 'Blue' }),
        B: volume({ Ref: 'Green' }),
        C: volume({ Ref: 'Green' }, false),
        D: volume(undefined),
        E: resource('EC2::Instance'),
      },
    },
  });
  const keys = forecast(inventory, ...YEAR).resources.map(({ coverage, killingSets }) => [
    coverage.resource.place.logicalId,
    ...killingSets.flat().filter((loss) => loss.startsWith('key')),
  ]);
  expect(keys).toEqual([['A', `key \${Blue}`], ['B', `key \${Green}`], ['C'], ['D'], ['E']]);
});

describe('recovery points of several rules in one vault', () => {
  const second = (more: object) => ({
    Second: resource('Backup::BackupVault', { BackupVaultName: 'second' }),
    More: plan(
      'more',
      rule('more', {
        TargetBackupVault: 'second',
        CopyActions: [{ DestinationBackupVaultArn: { 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] } }],
      }),
    ),
    MoreSelection: selection({ Resources: ['*'] }, { Ref: 'More' }),
    ...more,
  });

  test('are lost only with all their keys', () => {
    const volumeKey = { OfVolume: resource('KMS::Key', { KeyPolicy: {} }) };
    const { killingSets } = only({
      vault: KEY,
      thing: resource('EC2::Volume', { Encrypted: true, KmsKeyId: { Ref: 'OfVolume' } }),
      more: second({ ...key(), ...volumeKey }),
    });
    expect(killingSets.filter((set) => set.every((loss) => loss.startsWith('key')))).toEqual([
      ['key App/Key', 'key App/OfVolume'],
    ]);
  });

  test('are those of the first rule where they are equal', () => {
    expect(why({ more: second({}) }, 'stack').point).toBe(
      'recovery point of 2027-12-31T05:00Z in vault `gold` (111111111111/us-east-1)',
    );
  });
});

test.each<[string, Partial<StackSource>, unknown[] | undefined, string]>([
  ['to the account of the stack', {}, ['111111111111'], 'survives'],
  ['to that account among others', {}, ['222222222222', '111111111111'], 'survives'],
  ['to other accounts', {}, ['222222222222', '333333333333'], 'lost'],
  ['to another account and a unit', {}, ['222222222222', 'ou-abcd-12345678'], 'unknown'],
  ['to a root', {}, ['r-abcd'], 'unknown'],
  ['to a target that is not known', {}, ['222222222222', { Ref: 'AWS::NotificationARNs' }], 'unknown'],
  ['to nothing in the template', {}, undefined, 'unknown'],
  ['to an account, which may be that of the stack', { account: undefined }, ['222222222222'], 'unknown'],
])('a service control policy that is attached %s', (_, options, TargetIds, status) => {
  const Statement = [{ Effect: 'Deny', Action: 'backup:DeleteRecoveryPoint', Resource: '*' }];
  const Policy = resource('Organizations::Policy', {
    Name: 'p',
    Type: 'SERVICE_CONTROL_POLICY',
    TargetIds,
    Content: { Version: '2012-10-17', Statement },
  });
  const app = stack(
    'App',
    {
      Vault: resource('Backup::BackupVault', { BackupVaultName: 'gold' }),
      Plan: plan('gold', rule('daily')),
      Selection: selection({ Resources: ['*'] }),
      Table: resource('DynamoDB::Table'),
    },
    options,
  );
  const management = stack('Management', { Policy }, { account: '999999999999' });
  const [one] = forecast(inventoryOfStacks(app, management), ...YEAR).resources;
  expect(one.survives.workloadAccount.status).toBe(status);
});
