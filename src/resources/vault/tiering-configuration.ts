import { Arn, ArnFormat, Fn, Resource, Stack } from 'aws-cdk-lib';
import {
  CfnTieringConfiguration,
  type IBackupVaultRef,
  type ITieringConfigurationRef,
  type TieringConfigurationReference,
} from 'aws-cdk-lib/aws-backup';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { isKnown } from '../../values/core/amounts';
import { backupArnProblems } from '../../values/core/backup-arns';
import { NAME_LAWS, nameProblems } from '../../values/core/names';
import { type Problem, problem, throwErrors } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { neverTiersProblems, tieringSelectionsProblems } from '../../values/vault/tiering-laws';
import { flagProblems, kindProblems, listProblems, propsProblems } from '../core/argument-checks';
import { enforce } from '../core/enforce';
import { generatedName } from '../core/generated-name';
import { duplicateNameProblems, isInTree, siblingsInEnvironment } from '../core/siblings-in-environment';
import { TieringSelection } from './tiering-selection';
import { differentEnvironment, lockOf, resourceOf, vaultLabel } from './vault-facts';
import { isVault } from './vault-reference';

/** Properties of a `TieringConfiguration`. */
export interface TieringConfigurationProps {
  /** The backups to move, and after which time: 1 to 5 selections. */
  readonly selections: TieringSelection[];

  /**
   * The vault whose backups are moved, in the account and Region of the configuration. It may be locked or logically
   * air-gapped. A vault can have one configuration of its own, which takes precedence over one for all vaults.
   *
   * @default - none; `allVaults` must be true
   */
  readonly vault?: IBackupVaultRef;

  /**
   * Whether to move the backups of all vaults in the account and Region, including vaults created later.
   *
   * @default false
   */
  readonly allVaults?: boolean;

  /**
   * The name: 1 to 200 letters, digits and `_`. Changing it replaces the configuration.
   *
   * @default - generated from the path of the construct: unique in the app, and stable
   */
  readonly tieringConfigurationName?: string;
}

/**
 * Moves Amazon S3 backups to the low-cost warm tier when they reach a certain age, for one vault or for all vaults.
 *
 * Restores work the same from that tier. Moved backups never move back; copies start in the standard tier.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-tiering.html
 */
@propertyInjectable
export class TieringConfiguration extends Resource implements ITieringConfigurationRef {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.TieringConfiguration';

  /** Refers to an existing tiering configuration by its ARN; it may be in another account or Region. */
  public static fromTieringConfigurationArn(
    scope: Construct,
    id: string,
    tieringConfigurationArn: string,
  ): ITieringConfigurationRef {
    throwErrors(
      backupArnProblems('tiering-configuration', tieringConfigurationArn, 'tieringConfigurationArn'),
      `${scope.node.path}/${id}`,
    );
    return new ImportedTieringConfiguration(scope, id, tieringConfigurationArn);
  }

  /** The name of the configuration. */
  public readonly tieringConfigurationName: string;

  /** The vault whose backups are moved; undefined for all vaults. */
  public readonly vault?: IBackupVaultRef;

  private readonly resource: CfnTieringConfiguration;

  constructor(scope: Construct, id: string, props: TieringConfigurationProps) {
    super(scope, id);
    throwErrors(inputProblems(this, props), this.node.path);
    const { max: maxLength } = NAME_LAWS.tieringConfiguration;
    const { selections, vault, tieringConfigurationName: name } = props;
    this.vault = vault;
    this.tieringConfigurationName =
      name === undefined ? generatedName(scope, id, { maxLength, separator: '_' }) : name;
    const others = siblingsInEnvironment<TieringConfiguration>(this, 'tiering configuration');
    enforce(this, [
      ...nameProblems('tieringConfiguration', this.tieringConfigurationName, 'tieringConfigurationName'),
      ...tieringSelectionsProblems(
        selections.map((selection) => selection._values()),
        'selections',
      ),
      ...(vault ? lockProblems(vault, selections) : []),
      ...duplicateNameProblems(
        this,
        others,
        (other) => other.tieringConfigurationName,
        'tieringConfigurationName',
      ),
      ...this.duplicateVaultProblems(others),
    ]);

    this.resource = new CfnTieringConfiguration(this, 'Resource', {
      tieringConfigurationName: this.tieringConfigurationName,
      backupVaultName: vault ? vault.backupVaultRef.backupVaultName : '*',
      resourceSelection: selections.map((selection) => selection._render()),
    });
  }

  /** The ARN of the configuration. */
  public get tieringConfigurationArn(): string {
    return this.resource.attrTieringConfigurationArn;
  }

  /** How other constructs refer to this configuration. */
  public get tieringConfigurationRef(): TieringConfigurationReference {
    return {
      tieringConfigurationName: this.tieringConfigurationName,
      tieringConfigurationArn: this.tieringConfigurationArn,
    };
  }

  private duplicateVaultProblems(others: readonly TieringConfiguration[]): Problem[] {
    const mine = vaultKey(this.vault);
    const other = others.find((each) => each !== this && vaultKey(each.vault) === mine && isInTree(each));
    if (!other) return [];
    const [property, what] = this.vault ? ['vault', vaultLabel(this.vault)] : ['allVaults', 'true'];
    return [
      problem({
        id: 'Backup-DuplicateTiering',
        property,
        message: (label) =>
          `${label(property)} is ${what}, as in \`${other.node.path}\`, but AWS Backup rejects a second tiering configuration for it`,
        fix: 'put the selections of both into one configuration',
      }),
    ];
  }
}

/** Checks the types of the properties, for untyped callers, and that exactly one of the vault properties is set. */
function inputProblems(configuration: Construct, props: TieringConfigurationProps): Problem[] {
  const wrong = propsProblems('Backup-TieringConfiguration', props);
  if (wrong.length > 0) return wrong;
  const { selections, vault, allVaults }: Partial<TieringConfigurationProps> = props ?? {};
  const isSelection = (value: unknown) => value instanceof TieringSelection;
  return [
    ...unknownPropertyProblems(props, 'TieringConfigurationProps'),
    ...listProblems(selections ?? null, isSelection, {
      id: 'Backup-TieringSelections',
      property: 'selections',
      what: 'a `TieringSelection`',
      fix: 'for example, use `TieringSelection.allBuckets({ after: Duration.days(60) })`',
    }),
    ...kindProblems(vault, isVault, {
      id: 'Backup-TieringVault',
      property: 'vault',
      what: 'a backup vault',
      fix: 'import an existing one with `BackupVault.fromBackupVaultName`',
    }),
    ...flagProblems('Backup-TieringVault', 'allVaults', allVaults),
    ...vaultProblems(configuration, vault, allVaults),
  ];
}

function vaultProblems(
  configuration: Construct,
  vault: IBackupVaultRef | undefined,
  allVaults: boolean | undefined,
): Problem[] {
  const refusal = (message: string, fix: string): Problem[] => [
    problem({ id: 'Backup-TieringVault', property: 'vault', message, fix }),
  ];
  if (vault === undefined && !allVaults)
    return refusal(
      '`vault` or `allVaults` must be set, got neither',
      'set `vault`, or `allVaults: true` to move the backups of all vaults',
    );
  if (vault !== undefined && allVaults)
    return refusal('`vault` must not be set together with `allVaults`', 'omit one of them');
  if (!isVault(vault)) return [];
  const elsewhere = differentEnvironment(configuration, vault);
  return elsewhere
    ? refusal(
        `\`vault\` must be in the ${elsewhere.what} of the tiering configuration (${elsewhere.here}), got ${elsewhere.there}`,
        'create the configuration in the account and Region of the vault',
      )
    : [];
}

/** A lock whose maximum retention is over before the backups would move. */
function lockProblems(vault: IBackupVaultRef, selections: readonly TieringSelection[]): Problem[] {
  const longest = lockOf(vault)?.maxRetentionDays;
  if (longest === undefined) return [];
  return selections.flatMap(({ afterDays }, index) =>
    neverTiersProblems(afterDays, longest, `selections[${index}]`, `the lock of ${vaultLabel(vault)}`),
  );
}

/** Identifies a vault: by its name if it is known, otherwise by its path. */
function vaultKey(vault: IBackupVaultRef | undefined): string {
  if (!vault) return '*';
  const { backupVaultName: literal } = (resourceOf(vault) ?? {}) as { backupVaultName?: string };
  const name = literal ?? vault.backupVaultRef.backupVaultName;
  return isKnown(name) ? `name ${name}` : `path ${vault.node.path}`;
}

/** A tiering configuration created elsewhere. */
class ImportedTieringConfiguration extends Resource implements ITieringConfigurationRef {
  public readonly tieringConfigurationRef: TieringConfigurationReference;

  constructor(scope: Construct, id: string, tieringConfigurationArn: string) {
    super(scope, id, { environmentFromArn: tieringConfigurationArn });
    const { resourceName = '' } = isKnown(tieringConfigurationArn)
      ? Arn.split(tieringConfigurationArn, ArnFormat.COLON_RESOURCE_NAME)
      : Stack.of(this).splitArn(tieringConfigurationArn, ArnFormat.COLON_RESOURCE_NAME);
    // names contain no hyphens: the ID follows the first one
    const [name] = isKnown(resourceName)
      ? resourceName.split('-')
      : [Fn.select(0, Fn.split('-', resourceName))];
    this.tieringConfigurationRef = { tieringConfigurationName: name, tieringConfigurationArn };
  }
}
