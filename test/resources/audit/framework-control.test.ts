import { Duration, Stack, Token } from 'aws-cdk-lib';
import {
  CfnBackupPlan,
  CfnBackupVault,
  type IBackupPlanRef,
  type IBackupVaultRef,
} from 'aws-cdk-lib/aws-backup';
import { type IRoleRef, Role } from 'aws-cdk-lib/aws-iam';
import * as fc from 'fast-check';
import { ControlScope } from '../../../src/resources/audit/control-scope';
import { FrameworkControl } from '../../../src/resources/audit/framework-control';
import { sentence } from '../../../src/values/core/problem';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { anything } from '../../support/anything';
import { refusal, thrown } from '../../support/refusal';

const stack = new Stack();
const role = (name: string) => Role.fromRoleArn(stack, name, `arn:aws:iam::111122223333:role/${name}`);
const vault = CfnBackupVault.fromBackupVaultName(stack, 'Vault', 'gold');
const plan = CfnBackupPlan.fromBackupPlanId(stack, 'Plan', '1234-5678');
const token = (unit: 'days' | 'hours' | 'minutes') => Duration[unit](Token.asNumber({ Ref: 'Time' }));
const rendered = (control: FrameworkControl) => {
  const { controlName, controlInputParameters = [], controlScope } = stack.resolve(control._render());
  const parameters: [string, unknown][] = controlInputParameters.map(
    ({ parameterName, parameterValue }: { parameterName: string; parameterValue: unknown }) => [
      parameterName,
      parameterValue,
    ],
  );
  return { name: controlName, parameters: Object.fromEntries(parameters), scope: controlScope };
};

describe('the eleven controls render as documented', () => {
  test.each<[string, FrameworkControl, string, object]>([
    [
      'resourcesProtectedByBackupPlan',
      FrameworkControl.resourcesProtectedByBackupPlan(),
      'BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
      {},
    ],
    [
      'minFrequencyAndRetention, as AWS Config has it by default',
      FrameworkControl.minFrequencyAndRetention(),
      'BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK',
      { requiredFrequencyUnit: 'days', requiredFrequencyValue: '1', requiredRetentionDays: '35' },
    ],
    [
      'minFrequencyAndRetention, in hours',
      FrameworkControl.minFrequencyAndRetention({
        frequency: Duration.hours(12),
        retention: Duration.days(90),
      }),
      'BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK',
      { requiredFrequencyUnit: 'hours', requiredFrequencyValue: '12', requiredRetentionDays: '90' },
    ],
    [
      'manualDeletionDisabled, for everyone',
      FrameworkControl.manualDeletionDisabled(),
      'BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED',
      {},
    ],
    [
      'manualDeletionDisabled, but for two roles',
      FrameworkControl.manualDeletionDisabled({ exemptRoles: [role('Deploy'), role('Emergency')] }),
      'BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED',
      {
        principalArnList: 'arn:aws:iam::111122223333:role/Deploy,arn:aws:iam::111122223333:role/Emergency',
      },
    ],
    [
      'recoveryPointsEncrypted',
      FrameworkControl.recoveryPointsEncrypted(),
      'BACKUP_RECOVERY_POINT_ENCRYPTED',
      {},
    ],
    [
      'minRetention, as AWS Config has it by default',
      FrameworkControl.minRetention(),
      'BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK',
      { requiredRetentionDays: '35' },
    ],
    [
      'minRetention of a year',
      FrameworkControl.minRetention({ retention: Duration.days(365) }),
      'BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK',
      { requiredRetentionDays: '365' },
    ],
    [
      'resourcesProtectedByCrossRegion, in any Region',
      FrameworkControl.resourcesProtectedByCrossRegion(),
      'BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION',
      {},
    ],
    [
      'resourcesProtectedByCrossRegion, in two Regions',
      FrameworkControl.resourcesProtectedByCrossRegion({ regions: ['us-east-1', 'us-west-2'] }),
      'BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION',
      { crossRegionList: 'us-east-1,us-west-2' },
    ],
    [
      'resourcesProtectedByCrossAccount',
      FrameworkControl.resourcesProtectedByCrossAccount({ accounts: ['111122223333'] }),
      'BACKUP_RESOURCES_PROTECTED_BY_CROSS_ACCOUNT',
      { crossAccountList: '111122223333' },
    ],
    [
      'resourcesProtectedByVaultLock',
      FrameworkControl.resourcesProtectedByVaultLock({
        minRetention: Duration.days(7),
        maxRetention: Duration.days(365),
      }),
      'BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK',
      { minRetentionDays: '7', maxRetentionDays: '365' },
    ],
    [
      'lastRecoveryPointCreated, within a day',
      FrameworkControl.lastRecoveryPointCreated(),
      'BACKUP_LAST_RECOVERY_POINT_CREATED',
      { recoveryPointAgeUnit: 'days', recoveryPointAgeValue: '1' },
    ],
    [
      'lastRecoveryPointCreated, within 36 hours',
      FrameworkControl.lastRecoveryPointCreated({ within: Duration.hours(36) }),
      'BACKUP_LAST_RECOVERY_POINT_CREATED',
      { recoveryPointAgeUnit: 'hours', recoveryPointAgeValue: '36' },
    ],
    [
      'restoreTimeMeetsTarget',
      FrameworkControl.restoreTimeMeetsTarget({ maxRestoreTime: Duration.hours(12) }),
      'RESTORE_TIME_FOR_RESOURCES_MEET_TARGET',
      { maxRestoreTime: '720' },
    ],
    [
      'resourcesInLogicallyAirGappedVault, within a week',
      FrameworkControl.resourcesInLogicallyAirGappedVault(),
      'RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT',
      { recoveryPointAgeUnit: 'days', recoveryPointAgeValue: '7' },
    ],
    [
      'what AWS adds',
      FrameworkControl.of('BACKUP_SCANNED_FOR_MALWARE', { parameters: { within: '7' } }),
      'BACKUP_SCANNED_FOR_MALWARE',
      { within: '7' },
    ],
  ])('%s', (_title, control, name, parameters) => {
    expect(rendered(control)).toEqual({ name, parameters });
    expect(control.controlName).toBe(name);
    expect(control.parameters).toEqual(parameters);
  });

  test('with numbers that are known only at deployment', () => {
    const ref = { Ref: 'Time' };
    expect(
      rendered(
        FrameworkControl.minFrequencyAndRetention({ frequency: token('hours'), retention: token('days') }),
      ).parameters,
    ).toEqual({ requiredFrequencyUnit: 'hours', requiredFrequencyValue: ref, requiredRetentionDays: ref });
    expect(rendered(FrameworkControl.lastRecoveryPointCreated({ within: token('days') })).parameters).toEqual(
      {
        recoveryPointAgeUnit: 'days',
        recoveryPointAgeValue: ref,
      },
    );
    expect(
      rendered(FrameworkControl.restoreTimeMeetsTarget({ maxRestoreTime: token('minutes') })).parameters,
    ).toEqual({ maxRestoreTime: ref });
  });

  test('with roles created in the same app', () => {
    const made = { node: stack.node, roleRef: { roleArn: Token.asString({ Ref: 'Role' }), roleName: '' } };
    const control = FrameworkControl.manualDeletionDisabled({ exemptRoles: [made as unknown as IRoleRef] });
    expect(rendered(control).parameters).toEqual({ principalArnList: { Ref: 'Role' } });
  });
});

describe('a scope', () => {
  test('of a kind that AWS does not document for the control gets a warning', () => {
    const scope = ControlScope.tag('backup');
    const control = FrameworkControl.resourcesInLogicallyAirGappedVault({ scope });
    expect(control._warnings.map(sentence)).toEqual([
      '`scope` of `RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT` should be everything, resource types or one resource, got one tag',
    ]);
  });

  const scoped = (scope?: ControlScope) =>
    rendered(FrameworkControl.of('A_CONTROL_OF_LATER', { scope })).scope;

  test.each<[string, ControlScope | undefined, object | undefined, string]>([
    ['of nothing is everything', undefined, undefined, 'everything'],
    ['of everything, excludes', ControlScope.everything(), undefined, 'everything'],
    [
      'of types has their names in AWS Backup, each once',
      ControlScope.resourceTypes(ResourceType.EFS, ResourceType.STORAGE_GATEWAY, ResourceType.EFS),
      { ComplianceResourceTypes: ['EFS', 'Storage Gateway'] },
      'EFS, Storage Gateway, EFS',
    ],
    [
      'of a tag has key and value',
      ControlScope.tag('backup', 'gold'),
      { Tags: [{ Key: 'backup', Value: 'gold' }] },
      'backup = gold',
    ],
    [
      'of a tag key has an empty value',
      ControlScope.tag('backup'),
      { Tags: [{ Key: 'backup', Value: '' }] },
      'backup',
    ],
    [
      'of a resource has its type and its id',
      ControlScope.resource(ResourceType.DYNAMODB, 'orders'),
      { ComplianceResourceTypes: ['DynamoDB'], ComplianceResourceIds: ['orders'] },
      'DynamoDB orders',
    ],
    [
      'of a plan has the type of AWS Config',
      ControlScope.backupPlan(plan),
      { ComplianceResourceTypes: ['AWS::Backup::BackupPlan'], ComplianceResourceIds: ['1234-5678'] },
      'the plan Default/Plan',
    ],
    [
      'of a vault has the type of AWS Config',
      ControlScope.backupVault(vault),
      { ComplianceResourceTypes: ['AWS::Backup::BackupVault'], ComplianceResourceIds: ['gold'] },
      'the vault Default/Vault',
    ],
  ])('%s', (_title, scope, values, label) => {
    expect(scoped(scope)).toEqual(values);
    expect(String(FrameworkControl.of('A_CONTROL_OF_LATER', { scope }))).toBe(
      `A_CONTROL_OF_LATER (${label})`,
    );
  });

  test("with a type that AWS Backup Audit Manager doesn't evaluate gets a warning", () => {
    const scope = ControlScope.resourceTypes(ResourceType.EFS, ResourceType.DOCUMENTDB);
    const control = FrameworkControl.resourcesProtectedByBackupPlan({ scope });
    expect(control._warnings.map(sentence)).toEqual([
      '`scope` names DocumentDB, which AWS Backup Audit Manager is not known to evaluate; remove it, or declare the support that you verified with `ResourceType.withCapabilities()`',
    ]);
    const found = ResourceType.DOCUMENTDB.withCapabilities({ auditManager: true });
    expect(ControlScope.resourceTypes(found)._warnings).toEqual([]);
  });

  test.each<[string, () => ControlScope, string]>([
    [
      'no type',
      () => ControlScope.resourceTypes(),
      '`types` of `ControlScope.resourceTypes` must have at least one type, got none; use `ControlScope.everything()` to evaluate all types',
    ],
    [
      'the name of a type',
      () => ControlScope.resourceTypes('EFS' as unknown as ResourceType),
      '`resourceType` must be a `ResourceType`, got `EFS`; for example, use `ResourceType.EFS`',
    ],
    [
      'an empty id',
      () => ControlScope.resource(ResourceType.EFS, ''),
      '`resource` must have a resource ID as a string, got an empty string (in `ControlScope.resource`)',
    ],
    [
      'a tag without a key',
      () => ControlScope.tag(''),
      "`key` must be a tag key of 1 to 128 characters, got an empty string; set the key, for example 'backup' (in `ControlScope.tag`)",
    ],
    [
      'no plan',
      () => ControlScope.backupPlan(vault as unknown as IBackupPlanRef),
      '`plan` must be a backup plan, got an instance of `Import`',
    ],
    [
      'no vault',
      () => ControlScope.backupVault('gold' as unknown as IBackupVaultRef),
      '`vault` must be a backup vault, got `gold`',
    ],
  ])('of %s is refused', (_title, make, message) => {
    expect(refusal(make)).toBe(message);
  });
});

describe('a control is refused if AWS would reject it', () => {
  test.each<[string, () => FrameworkControl, string]>([
    [
      'a frequency beyond a month',
      () => FrameworkControl.minFrequencyAndRetention({ frequency: Duration.days(32) }),
      '`frequency` must be 1 to 24 hours, or 1 to 31 days, got 32 days; use 31 days or less (in `BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK`)',
    ],
    [
      'a frequency of 36 hours',
      () => FrameworkControl.minFrequencyAndRetention({ frequency: Duration.hours(36) }),
      '`frequency` must be 1 to 24 hours, or 1 to 31 days, got 36 hours; use 24 hours or less (in `BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK`)',
    ],
    [
      'a frequency in minutes',
      () => FrameworkControl.minFrequencyAndRetention({ frequency: Duration.minutes(90) }),
      '`frequency` must be a whole number of hours, got 1 hour 30 minutes; write `Duration.hours(2)` (in `BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK`)',
    ],
    [
      'several things at once',
      () =>
        FrameworkControl.minFrequencyAndRetention({
          frequency: Duration.days(0),
          retention: Duration.days(36_501),
        }),
      `2 problems of \`BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK\`:
  - \`frequency\` must be 1 to 24 hours, or 1 to 31 days, got 0 days; use 1 day or more
  - \`retention\` must be a whole number from 1 to 36500 days, got 36501; use 36500 or less`,
    ],
    [
      'six exempt roles',
      () =>
        FrameworkControl.manualDeletionDisabled({
          exemptRoles: ['A', 'B', 'C', 'D', 'E', 'F'].map(role),
        }),
      '`exemptRoles` can be at most 5, got 6 (in `BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED`)',
    ],
    [
      'a retention of zero days',
      () => FrameworkControl.minRetention({ retention: Duration.days(0) }),
      '`retention` must be a whole number from 1 to 36500 days, got 0; use 1 or more (in `BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK`)',
    ],
    [
      'a value that is not a Region',
      () => FrameworkControl.resourcesProtectedByCrossRegion({ regions: ['Ireland'] }),
      '`regions` must be Regions such as `eu-west-1`, got `Ireland` (in `BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION`)',
    ],
    [
      'no Region',
      () => FrameworkControl.resourcesProtectedByCrossRegion({ regions: [] }),
      '`regions` must be Regions such as `eu-west-1`, got none; omit it (in `BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION`)',
    ],
    [
      'an account of 11 digits',
      () => FrameworkControl.resourcesProtectedByCrossAccount({ accounts: ['11112222333'] }),
      '`accounts` must be 12-digit account IDs, got `11112222333` (in `BACKUP_RESOURCES_PROTECTED_BY_CROSS_ACCOUNT`)',
    ],
    [
      'a lock upside down',
      () =>
        FrameworkControl.resourcesProtectedByVaultLock({
          minRetention: Duration.days(35),
          maxRetention: Duration.days(7),
        }),
      '`maxRetention` must not be shorter than `minRetention` (35 days), got 7 days; use 35 days or more (in `BACKUP_RESOURCES_PROTECTED_BY_BACKUP_VAULT_LOCK`)',
    ],
    [
      'a missing restore time',
      () => FrameworkControl.restoreTimeMeetsTarget({} as never),
      '`maxRestoreTime` must be set, in minutes (in `RESTORE_TIME_FOR_RESOURCES_MEET_TARGET`)',
    ],
    [
      'a restore time in seconds',
      () => FrameworkControl.restoreTimeMeetsTarget({ maxRestoreTime: Duration.seconds(30) }),
      '`maxRestoreTime` must be a whole number of minutes, got 30 seconds; write `Duration.minutes(1)` (in `RESTORE_TIME_FOR_RESOURCES_MEET_TARGET`)',
    ],
    [
      'a year for an air-gapped vault',
      () => FrameworkControl.resourcesInLogicallyAirGappedVault({ within: Duration.days(365) }),
      '`within` must be 24 to 2184 hours, or 1 to 91 days, got 365 days; use 91 days or less (in `RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT`)',
    ],
    [
      'a parameter that is a number',
      () => FrameworkControl.of('A_CONTROL_OF_LATER', { parameters: { days: 7 as unknown as string } }),
      '`days` must be a string, got 7 (in `FrameworkControl.of`)',
    ],
    [
      'no name',
      () => FrameworkControl.of(undefined as unknown as string),
      '`name` must be the name of a control, 1 to 256 characters, got nothing; for example, use `BACKUP_RECOVERY_POINT_ENCRYPTED` (in `FrameworkControl.of`)',
    ],
    [
      'a value that is not a scope',
      () => FrameworkControl.recoveryPointsEncrypted({ scope: 'EFS' as unknown as ControlScope }),
      '`scope` must be a `ControlScope`, got `EFS`; for example, use `ControlScope.resourceTypes(ResourceType.EFS)`',
    ],
  ])('%s', (_title, make, message) => {
    expect(refusal(make)).toBe(message);
  });
});

test('untyped callers get a control or an error message', () => {
  const factories = [
    'resourcesProtectedByBackupPlan',
    'minFrequencyAndRetention',
    'manualDeletionDisabled',
    'recoveryPointsEncrypted',
    'minRetention',
    'resourcesProtectedByCrossRegion',
    'resourcesProtectedByCrossAccount',
    'resourcesProtectedByVaultLock',
    'lastRecoveryPointCreated',
    'restoreTimeMeetsTarget',
    'resourcesInLogicallyAirGappedVault',
  ] as const;
  const options = fc.oneof(
    anything,
    fc.dictionary(
      fc.constantFrom(
        'scope',
        'frequency',
        'retention',
        'within',
        'exemptRoles',
        'regions',
        'accounts',
        'minRetention',
        'maxRetention',
        'maxRestoreTime',
      ),
      fc.oneof(anything, fc.array(anything, { maxLength: 6 })),
    ),
  );
  fc.assert(
    fc.property(fc.constantFrom(...factories), options, (factory, given) => {
      const error = thrown(() => FrameworkControl[factory](given as never));
      for (const problem of error?.problems ?? []) expect(sentence(problem)).toMatch(/^`[^`]+` [^\n]+[^.]$/);
    }),
  );
});
