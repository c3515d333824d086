import { readFileSync } from 'node:fs';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PROPERTY_NAMES_FILE, propertyNames } from '../../../scripts/property-names';
import { BackupPlan, BackupRule, BackupVault, CopyAction, Retention, VaultContents } from '../../../src';
import { likelyProperty, unknownPropertyProblems } from '../../../src/values/core/unknown-properties';
import { testApp } from '../../support/app';
import { refusal } from '../../support/refusal';

const retention = Retention.days(35);

test('the table of property names is up to date; `npx projen property-names` writes it', () => {
  expect(readFileSync(PROPERTY_NAMES_FILE, 'utf8')).toBe(propertyNames());
});

test('properties that a construct does not have are reported together, with what was likely meant', () => {
  const stack = new Stack(testApp(), 'Stack');
  const props = { encryptionKey: 'key', removalPolcy: 'destroy', team: 'data' };
  expect(refusal(() => new BackupVault(stack, 'Vault', props as never))).toBe(
    [
      '3 problems of `Stack/Vault`:',
      '  - `encryptionKey` is not a property of `BackupVaultProps`; did you mean `encryption`?',
      '  - `removalPolcy` is not a property of `BackupVaultProps`; did you mean `removalPolicy`?',
      '  - `team` is not a property of `BackupVaultProps`; remove it',
    ].join('\n'),
  );
});

test('a class of the app that extends ours may pass its own properties on', () => {
  class TeamVault extends BackupVault {
    constructor(scope: Stack, id: string, props: { readonly team: string }) {
      super(scope, id, props as object);
    }
  }
  expect(() => new TeamVault(new Stack(testApp(), 'Stack'), 'Vault', { team: 'shop' })).not.toThrow();
});

test('a class of the app that extends ours is held to everything else', () => {
  class TeamContents extends VaultContents {
    constructor(scope: Stack, id: string, props: object) {
      super(scope, id, props as never);
    }
  }
  const stack = new Stack(testApp(), 'Stack');
  const vault = new BackupVault(stack, 'Vault', { removalPolicy: RemovalPolicy.DESTROY });
  const message = refusal(() => new TeamContents(stack, 'Contents', { vault, team: 'shop' }));
  expect(message).toContain('`acknowledgeDataLoss`');
  expect(message).not.toContain('team');
});

test('a property that is undefined counts as left out', () => {
  const stack = new Stack(testApp(), 'Stack');
  expect(() => new BackupVault(stack, 'Vault', { encryptionKey: undefined } as never)).not.toThrow();
});

test.each<[string, () => unknown, string]>([
  [
    'a rule',
    () => BackupRule.daily({ retention, coldStorage: Duration.days(30) } as never),
    '`coldStorage` is not a property of `DailyRuleOptions`; did you mean `coldStorageAfter`? (in `BackupRule.daily`)',
  ],
  [
    'a copy',
    () =>
      CopyAction.toVaultArn('arn:aws:backup:eu-west-1:111122223333:backup-vault:far', {
        retention,
        moveToCold: 1,
      } as never),
    '`moveToCold` is not a property of `CopyActionOptions`; remove it (in `CopyAction.toVaultArn`)',
  ],
  [
    'a plan',
    () => new BackupPlan(new Stack(testApp(), 'Stack'), 'Plan', { rule: [] } as never),
    '`rule` is not a property of `BackupPlanProps`; did you mean `rules`? (in `Stack/Plan`)',
  ],
])('%s reports a property that it does not have', (_, make, message) => {
  expect(refusal(make)).toBe(message);
});

test.each([
  ['encryptionKey', 'encryption'],
  ['LOCK', 'lock'],
  ['notifcations', 'notifications'],
  ['retentionDays', undefined],
])('the nearest name to %s is %s', (name, expected) => {
  expect(likelyProperty(name, ['encryption', 'lock', 'notifications'])).toBe(expected);
});

test('what is not an object has no properties', () => {
  for (const value of [undefined, null, 5, 'x', []])
    expect(unknownPropertyProblems(value, 'BackupVaultProps')).toEqual([]);
});
