import { ArnFormat, type Duration, Stack } from 'aws-cdk-lib';
import type { IBackupVaultRef, ILogicallyAirGappedBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { IConstruct } from 'constructs';
import { readDays, show } from '../../values/core/amounts';
import { type Problem, problem, refuse, throwErrors } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { restoreTestingPlanProblems } from '../../values/restore-testing/restore-testing-laws';
import { differentEnvironment } from '../vault/vault-facts';

/** The type of a recovery point. */
export enum RecoveryPointType {
  /** Snapshots, from one point in time. */
  SNAPSHOT = 'SNAPSHOT',
  /** Continuous backups, restored to a point in time within their window. */
  CONTINUOUS = 'CONTINUOUS',
}

/** The recovery points that a restore testing plan can choose from. */
export interface RecoveryPointSelectionOptions {
  /**
   * Vaults whose recovery points are tested, in the account and Region of the restore testing plan.
   *
   * @default - none; set at least one of the vault properties
   */
  readonly vaults?: IBackupVaultRef[];

  /**
   * Logically air-gapped vaults whose recovery points are tested, in the account and Region of the restore testing plan.
   *
   * @default - none
   */
  readonly airGappedVaults?: ILogicallyAirGappedBackupVaultRef[];

  /**
   * ARNs of vaults whose recovery points are tested. The Region, account and name can contain wildcards:
   * `arn:aws:backup:*:*:backup-vault:gold-*`.
   *
   * @default - none
   */
  readonly vaultArns?: string[];

  /**
   * Tests the recovery points of all vaults in the account and Region, except the exclusions.
   *
   * @default false
   */
  readonly allVaults?: boolean;

  /**
   * Vaults whose recovery points are never tested.
   *
   * @default - none
   */
  readonly excludeVaults?: IBackupVaultRef[];

  /**
   * ARNs of vaults whose recovery points are never tested, as in `vaultArns`.
   *
   * @default - none
   */
  readonly excludeVaultArns?: string[];

  /**
   * The types of recovery points to test.
   *
   * @default [RecoveryPointType.SNAPSHOT, RecoveryPointType.CONTINUOUS]
   */
  readonly types?: RecoveryPointType[];

  /**
   * The maximum age of recovery points: whole days, 1 to 365. If it is shorter than the time between two backups, a test
   * may find no recovery point, without reporting it.
   *
   * @default Duration.days(30)
   */
  readonly window?: Duration;
}

/**
 * Selects the recovery point of each resource that is restored for a test.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html
 */
export class RecoveryPointSelection {
  /** The latest recovery point in the window, to test that the latest backup can be restored. */
  public static latest(options: RecoveryPointSelectionOptions): RecoveryPointSelection {
    return new RecoveryPointSelection('latest', 'LATEST_WITHIN_WINDOW', options);
  }

  /** A random recovery point in the window, to test that older backups can be restored too. */
  public static random(options: RecoveryPointSelectionOptions): RecoveryPointSelection {
    return new RecoveryPointSelection('random', 'RANDOM_WITHIN_WINDOW', options);
  }

  /** `LATEST_WITHIN_WINDOW` or `RANDOM_WITHIN_WINDOW`. */
  public readonly algorithm: string;

  /** The type of a recovery point. */
  public readonly types: RecoveryPointType[];

  /** The maximum age of recovery points in days; undefined for AWS Backup's default of 30. */
  public readonly windowDays?: number;

  /** Problems that are not errors; the restore testing plan adds them as annotations. @internal */
  public readonly _warnings: Problem[];

  private readonly options: RecoveryPointSelectionOptions;

  private constructor(factory: string, algorithm: string, options: RecoveryPointSelectionOptions) {
    if (typeof options !== 'object' || options === null)
      throw refuse(
        'Backup-RecoveryPointSelection',
        'options',
        `\`options\` of \`RecoveryPointSelection.${factory}\` must be an object, got ${show(options)}`,
        'pass vaults, for example `{ vaults: [vault] }`',
      );
    this.options = options;
    this.algorithm = algorithm;
    this.types = list('types', options.types) ?? [RecoveryPointType.SNAPSHOT, RecoveryPointType.CONTINUOUS];
    const window = options.window === undefined ? undefined : readDays('window', options.window);
    if (window) this.windowDays = window.amount;
    this._warnings = [
      ...unknownPropertyProblems(options, 'RecoveryPointSelectionOptions'),
      ...(window?.problems ?? []),
      ...restoreTestingPlanProblems({
        algorithm,
        recoveryPointTypes: this.types,
        selectionWindowDays: this.windowDays,
        includeVaults: this.included((_vault, index) => `${ANY_VAULT}-${index}`),
        excludeVaults: this.excluded(),
      }),
    ];
    throwErrors(this._warnings, `RecoveryPointSelection.${factory}`);
  }

  /** The ARNs of the vaults, resolved for a restore testing plan. @internal */
  public _vaultArns(plan: IConstruct): { include: string[]; exclude: string[] } {
    return { include: this.included((vault) => airGappedArn(plan, vault)), exclude: this.excluded() };
  }

  /** Vaults in other accounts or Regions, whose recovery points are never tested. @internal */
  public _environmentProblems(plan: IConstruct): Problem[] {
    return [...(this.options.vaults ?? []), ...(this.options.airGappedVaults ?? [])].flatMap((vault) => {
      const elsewhere = differentEnvironment(plan, vault);
      if (!elsewhere) return [];
      return [
        problem({
          id: 'Backup-RestoreTestingVault',
          property: 'vaults',
          message: (label) =>
            `${label('vaults')} contains \`${vault.node.path}\` in another ${elsewhere.what} (${elsewhere.there}) than the plan (${elsewhere.here}), so its recovery points are never tested`,
          fix: 'create a restore testing plan in the account and Region of that vault',
        }),
      ];
    });
  }

  private included(airGapped: (vault: ILogicallyAirGappedBackupVaultRef, index: number) => string): string[] {
    const { vaults, airGappedVaults, vaultArns, allVaults = false } = this.options;
    return [
      ...(allVaults ? ['*'] : []),
      ...(list('vaults', vaults) ?? []).map((vault) => vaultArn('vaults', vault)),
      ...(list('airGappedVaults', airGappedVaults) ?? []).map((vault, index) => {
        if (vault?.logicallyAirGappedBackupVaultRef === undefined)
          throw notVaults('airGappedVaults', 'logically air-gapped vaults', vault);
        return airGapped(vault, index);
      }),
      ...(list('vaultArns', vaultArns) ?? []),
    ];
  }

  private excluded(): string[] {
    const { excludeVaults, excludeVaultArns } = this.options;
    return [
      ...(list('excludeVaults', excludeVaults) ?? []).map((vault) => vaultArn('excludeVaults', vault)),
      ...(list('excludeVaultArns', excludeVaultArns) ?? []),
    ];
  }
}

/** Placeholder for the ARN of an air-gapped vault until the account and Region are known. */
const ANY_VAULT = 'arn:aws:backup:*:*:backup-vault:air-gapped';

function list<T>(property: string, items: T[] | undefined): T[] | undefined {
  if (items === undefined || Array.isArray(items)) return items;
  throw refuse(
    'Backup-RecoveryPointSelection',
    property,
    `\`${property}\` must be an array, got ${show(items)}`,
  );
}

function vaultArn(property: string, vault: IBackupVaultRef): string {
  const arn = vault?.backupVaultRef?.backupVaultArn;
  if (arn === undefined) throw notVaults(property, 'backup vaults', vault);
  return arn;
}

function notVaults(property: string, what: string, got: unknown) {
  return refuse(
    'Backup-RecoveryPointSelection',
    property,
    `\`${property}\` must be ${what}, got ${show(got)}`,
    'use `vaultArns` for ARNs',
  );
}

/** The reference of an air-gapped vault has no ARN, but the vault is in the account and Region of the plan. */
function airGappedArn(plan: IConstruct, vault: ILogicallyAirGappedBackupVaultRef): string {
  return Stack.of(plan).formatArn({
    service: 'backup',
    resource: 'backup-vault',
    resourceName: vault.logicallyAirGappedBackupVaultRef.backupVaultName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
