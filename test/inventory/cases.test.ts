import * as fc from 'fast-check';
import { ALL_CHECKS } from '../../src/checks/all-checks';
import { runChecks } from '../../src/checks/engine/check';
import { inventoryOf } from '../../src/inventory/inventory';
import { resource } from '../support/backups';
import { source } from '../support/templates';

const NOW = new Date('2026-11-29T00:00:00Z');
const BACKUP_POLICY = 'arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup';

const If = (name: string, yes: unknown, no: unknown) => ({ 'Fn::If': [name, yes, no] });
const att = (name: string, attribute: string) => ({ 'Fn::GetAtt': [name, attribute] });
const NO_VALUE = { Ref: 'AWS::NoValue' };

const kept = (body: object) => ({ ...body, DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });

const role = (policies: unknown, service = 'backup.amazonaws.com') =>
  resource('IAM::Role', {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
    },
    ManagedPolicyArns: policies,
  });

/** A template whose parts can be replaced. */
interface Parts {
  roleArn?: unknown;
  vault?: unknown;
  plan?: unknown;
  days?: unknown;
  cron?: unknown;
  tag?: unknown;
  key?: unknown;
}

const template = (parts: Parts = {}) => ({
  Parameters: { Stage: { Type: 'String' }, Other: { Type: 'String' } },
  Conditions: {
    IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
    NotProd: { 'Fn::Not': [{ Condition: 'IsProd' }] },
    HasOther: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Other' }, ''] }] },
  },
  Resources: {
    Good: kept(role([BACKUP_POLICY])),
    Weak: kept(role([])),
    Weaker: kept(role([])),
    Stranger: kept(role([BACKUP_POLICY], 'ec2.amazonaws.com')),
    Vault: kept(
      resource('Backup::BackupVault', {
        BackupVaultName: 'main',
        EncryptionKeyArn: parts.key ?? NO_VALUE,
      }),
    ),
    Second: kept(resource('Backup::BackupVault', { BackupVaultName: 'second' })),
    Table: resource('DynamoDB::Table', {
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
      Tags: [{ Key: 'backup', Value: 'daily' }],
    }),
    Plan: resource('Backup::BackupPlan', {
      BackupPlan: {
        BackupPlanName: 'daily',
        BackupPlanRule: [
          {
            RuleName: 'daily',
            TargetBackupVault: parts.vault ?? { Ref: 'Vault' },
            ScheduleExpression: parts.cron ?? 'cron(0 5 ? * * *)',
            Lifecycle: { DeleteAfterDays: parts.days ?? 35 },
          },
        ],
      },
    }),
    Selection: resource('Backup::BackupSelection', {
      BackupPlanId: parts.plan ?? { Ref: 'Plan' },
      BackupSelection: {
        SelectionName: 'tagged',
        IamRoleArn: parts.roleArn ?? att('Good', 'Arn'),
        ListOfTags: [
          { ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: parts.tag ?? 'daily' },
        ],
      },
    }),
  },
});

const found = (parts: Parts) =>
  runChecks(ALL_CHECKS, inventoryOf([source(template(parts))]), { now: NOW }).filter(
    ({ id }) => !id.startsWith('Backup-PlanWithout'),
  );
const seen = (parts: Parts) => found(parts).map(({ id, message }) => `${id}: ${message}`);
const ids = (parts: Parts) => [...new Set(found(parts).map(({ id }) => id))].sort();

test('without choices there is nothing to report', () => {
  expect(seen({})).toEqual([]);
});

describe('a choice by a condition that is not known', () => {
  test.each<[string, Parts, string[]]>([
    [
      'roles that both lack permissions',
      { roleArn: If('IsProd', att('Weak', 'Arn'), att('Weaker', 'Arn')) },
      ['Backup-RolePolicies', 'Backup-RoleTagAccess'],
    ],
    [
      'roles that lack different things',
      { roleArn: If('IsProd', att('Weak', 'Arn'), att('Stranger', 'Arn')) },
      [],
    ],
    ['names of roles', { roleArn: If('IsProd', { Ref: 'Good' }, { Ref: 'Weak' }) }, ['Backup-RoleArn']],
    ['retentions that are both short', { days: If('IsProd', 2, 3) }, ['Backup-ShortRetention']],
    ['invalid schedules', { cron: If('IsProd', 'rate(1 day)', 'at noon') }, ['Backup-ScheduleExpression']],
    ['tags that nothing has', { tag: If('IsProd', 'weekly', 'hourly') }, ['Backup-SelectsNothing']],
    ['keys by alias', { key: If('IsProd', 'alias/a', 'alias/b') }, ['Backup-VaultKeyAlias']],
    [
      'nested choices that are all wrong',
      { days: If('IsProd', If('HasOther', 2, 3), 4) },
      ['Backup-ShortRetention'],
    ],
  ])('is reported if either branch is wrong: %s', (_, parts, expected) => {
    expect(ids(parts)).toEqual(expected);
  });

  test.each<[string, Parts]>([
    ['roles', { roleArn: If('IsProd', att('Good', 'Arn'), att('Weak', 'Arn')) }],
    ['a role that the user passes', { roleArn: If('IsProd', { Ref: 'Other' }, att('Good', 'Arn')) }],
    ['vaults', { vault: If('IsProd', { Ref: 'Vault' }, { Ref: 'Second' }) }],
    ['plans', { plan: If('IsProd', { Ref: 'Plan' }, att('Plan', 'BackupPlanId')) }],
    ['retentions', { days: If('IsProd', 35, 2) }],
    ['no retention in one branch', { days: If('IsProd', 35, NO_VALUE) }],
    ['schedules', { cron: If('IsProd', 'cron(0 5 ? * * *)', 'rate(1 day)') }],
    ['tags', { tag: If('IsProd', 'daily', 'weekly') }],
    ['keys', { key: If('IsProd', NO_VALUE, 'alias/a') }],
    ['opposite conditions', { days: If('IsProd', If('NotProd', 2, 35), If('NotProd', 36, 3)) }],
  ])('is not reported if a branch is right: %s', (_, parts) => {
    expect(seen(parts)).toEqual([]);
  });

  test('is reported with the condition if the branches are wrong in different ways', () => {
    expect(seen({ days: If('IsProd', 2, 3) })).toEqual([
      'Backup-ShortRetention: `DeleteAfterDays` of rule `daily` of plan `daily` should be at least 7 days, got 2 days: below that, AWS Backup may make a full backup every time, if `IsProd` is true',
      'Backup-ShortRetention: `DeleteAfterDays` of rule `daily` of plan `daily` should be at least 7 days, got 3 days: below that, AWS Backup may make a full backup every time, if `IsProd` is false',
    ]);
  });

  test.each<[string, Parts, string]>([
    [
      '`Ref`',
      { vault: If('IsProd', { Ref: 'Vault' }, { Ref: 'Vaultt' }) },
      '`Vaultt` is not a resource or parameter of the template',
    ],
    [
      '`Fn::GetAtt`',
      { roleArn: If('IsProd', att('Rolle', 'Arn'), att('Good', 'Arn')) },
      '`Rolle` is not a resource of the template',
    ],
    [
      '`Fn::Sub`',
      { vault: If('IsProd', 'main', { 'Fn::Sub': `\${Nowhere}-x` }) },
      '`Nowhere` is not a resource or parameter of the template',
    ],
    ['a condition', { days: If('IsProdd', 35, 36) }, '`IsProdd` is not a condition of the template'],
    [
      'a nested condition',
      { days: If('IsProd', If('Nothing', 35, 36), 37) },
      '`Nothing` is not a condition of the template',
    ],
  ])('has each branch resolved: %s', (_, parts, message) => {
    expect(
      found(parts)
        .filter(({ id }) => id === 'Backup-UnresolvedName')
        .map((one) => one.message),
    ).toEqual([message]);
  });
});

const CHOICES: Readonly<Record<keyof Parts, readonly unknown[]>> = {
  roleArn: [
    att('Good', 'Arn'),
    att('Weak', 'Arn'),
    att('Stranger', 'Arn'),
    { Ref: 'Good' },
    { Ref: 'Other' },
  ],
  vault: [{ Ref: 'Vault' }, { Ref: 'Second' }, 'Default', 'x'],
  plan: [{ Ref: 'Plan' }, att('Plan', 'BackupPlanId'), 'daily'],
  days: [1, 6, 35, 40_000, 0],
  cron: ['cron(0 5 ? * * *)', 'rate(1 day)', 'cron(0 5 31 2 ? *)', 'cron(0 5 ? * * 2020)'],
  tag: ['daily', 'Daily', 'weekly', 'dailly'],
  key: [NO_VALUE, 'alias/a', 'arn:aws:kms:us-east-1:111111111111:alias/b'],
};

test('an error about a choice is an error about each branch, and one about both is reported', () => {
  const key = ({ id, place }: { id: string; place: { pathInTemplate: string } }) =>
    `${id}|${place.pathInTemplate}`;
  const errors = (parts: Parts) =>
    new Set(
      found(parts)
        .filter(({ severity }) => severity === 'error')
        .map(key),
    );
  const part = fc.constantFrom(...(Object.keys(CHOICES) as (keyof Parts)[]));
  fc.assert(
    fc.property(
      part.chain((name) =>
        fc.tuple(fc.constant(name), fc.constantFrom(...CHOICES[name]), fc.constantFrom(...CHOICES[name])),
      ),
      ([name, yes, no]) => {
        const [chosen, one, other] = [If('IsProd', yes, no), yes, no].map((value) =>
          errors({ [name]: value }),
        );
        const idsOf = (some: Iterable<string>) => new Set([...some].map((each) => each.split('|')[0]));
        for (const each of one) if (other.has(each)) expect([...chosen]).toContain(each);
        for (const each of chosen) expect([...one, ...other]).toContain(each);
        const [idsOfOne, idsOfOther] = [idsOf(one), idsOf(other)];
        expect([...idsOf(chosen)].sort()).toEqual([...idsOfOne].filter((id) => idsOfOther.has(id)).sort());
      },
    ),
    { numRuns: 150 },
  );
});
