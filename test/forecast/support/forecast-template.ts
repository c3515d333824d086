import { type Forecast, forecastOf } from '../../../src/forecast/outlook/forecast';
import type { Inventory } from '../../../src/inventory/inventory';
import { backupReady, inventoryOfStacks, plan, resource, selection, stack } from '../../support/backups';
import { awsSpelling } from '../../values/schedule/cron-generator';
import { type RandomLife, type RandomPlan, TYPES } from './random-plan';

/** A forecast of an inventory; the period is given by dates. */
export function forecast(inventory: Inventory, from: string, to: string): Forecast {
  return forecastOf(inventory, { period: { from: Date.parse(from), to: Date.parse(to) } });
}

const OTHER = { account: '222222222222', region: 'eu-west-1' };

/** The app of a random plan: three vaults beside it, and one in another account and Region. */
export function randomInventory(given: RandomPlan): Inventory {
  const vault = (n: number) =>
    resource('Backup::BackupVault', {
      BackupVaultName: `v${n}`,
      ...(given.locks[n] && {
        LockConfiguration: {
          MinRetentionDays: given.locks[n]?.min,
          ...(given.locks[n]?.max !== undefined && { MaxRetentionDays: given.locks[n]?.max }),
        },
      }),
    });
  const rules = given.rules.map((rule, i) => ({
    RuleName: `r${i}`,
    TargetBackupVault: `v${rule.vault}`,
    ScheduleExpression: `cron(${awsSpelling(rule.expression)})`,
    ...(rule.zone !== 'UTC' && { ScheduleExpressionTimezone: rule.zone }),
    ...(rule.windowMinutes !== undefined && { StartWindowMinutes: rule.windowMinutes }),
    ...(rule.continuous && { EnableContinuousBackup: true }),
    Lifecycle: lifecycle(rule.life),
    CopyActions: rule.copies.map(({ vault: to, life }) => ({
      DestinationBackupVaultArn: `arn:aws:backup:${to === 3 ? 'eu-west-1:222222222222' : 'us-east-1:111111111111'}:backup-vault:v${to}`,
      ...(life && { Lifecycle: lifecycle(life) }),
    })),
  }));
  const { hold, type } = given;
  const date = (instant: number) => new Date(instant).toISOString();
  return inventoryOfStacks(
    stack('App', {
      V0: vault(0),
      V1: vault(1),
      V2: vault(2),
      Plan: plan('random', ...rules),
      Selection: selection({ Resources: ['*'] }),
      Protected: backupReady(TYPES[type].cloudFormation.slice('AWS::'.length), {
        ...(type === 'Aurora' && { Engine: 'aurora-postgresql' }),
      }),
      ...(hold && {
        Hold: resource('Backup::LegalHold', {
          Title: 'case',
          Description: 'case',
          RecoveryPointSelection: {
            VaultNames: hold.vaults.map((n) => `v${n}`),
            ...(hold.from !== undefined &&
              hold.to !== undefined && { DateRange: { FromDate: date(hold.from), ToDate: date(hold.to) } }),
          },
        }),
      }),
    }),
    stack('Far', { V3: vault(3) }, OTHER),
  );
}

function lifecycle({ deleteAfter, coldAfter, archive }: RandomLife) {
  return {
    ...(deleteAfter !== undefined && { DeleteAfterDays: deleteAfter }),
    ...(coldAfter !== undefined && { MoveToColdStorageAfterDays: coldAfter }),
    ...(archive && { OptInToArchiveForSupportedResources: true }),
  };
}
