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
import { type Problem, throwErrors } from '../../values/core/problem';
import { neverTiersProblems, tieringSelectionsProblems } from '../../values/vault/tiering-laws';
import { flagProblems, kindProblems, listProblems, propsProblems } from '../core/argument-checks';
import { report } from '../core/enforce';
import { generatedName } from '../core/generated-name';
import { duplicateNameProblems, neighbours } from '../core/siblings-in-environment';
import { TieringSelection } from './tiering-selection';
import { differentEnvironment, lockOf, resourceOf, vaultLabel } from './vault-facts';
import { isVault } from './vault-reference';

/** Properties of a `TieringConfiguration`. */
export interface TieringConfigurationProps {
  /** Which backups move, and when: 1 to 5 selections. */
  readonly selections: TieringSelection[];

  /**
   * The vault whose backups move, in the account and Region of the configuration; a locked or logically air-gapped one
   * too. A vault has one configuration of its own, which wins over that for all vaults.
   *
   * @default - `allVaults` must be said
   */
  readonly vault?: IBackupVaultRef;

  /**
   * Whether the backups of all vaults move, in the account and Region, also of those that are made later.
   *
   * @default false
   */
  readonly allVaults?: boolean;

  /**
   * The name, 1 to 200 letters, digits and `_`. Changing it replaces the configuration.
   *
   * @default - a name made from the path of the construct: unique in the app, and stable
   */
  readonly tieringConfigurationName?: string;
}

/**
 * Moves backups of Amazon S3 to the low-cost warm tier when they have reached an age, for one vault or for all.
 *
 * Restores are the same there. What has moved never moves back; copies begin in the standard tier.
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

  /** The vault whose backups move; undefined where those of all do. */
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
    const others = neighbours<TieringConfiguration>(this, 'tiering configuration');
    report(this, [
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
    const other = others.find((each) => each !== this && vaultKey(each.vault) === mine);
    if (!other) return [];
    const [property, what] = this.vault
      ? ['vault', `${vaultLabel(this.vault)}, which`]
      : ['allVaults', 'all vaults, which'];
    return [
      {
        id: 'Backup-DuplicateTiering',
        severity: 'warning',
        property,
        message: `\`${property}\` is ${what} \`${other.node.path}\` is for already, and AWS Backup refuses a second tiering configuration`,
        fix: 'put the selections of both into one',
      },
    ];
  }
}

/** What callers without types may mistake, and whether it is said for which vaults. */
function inputProblems(configuration: Construct, props: TieringConfigurationProps): Problem[] {
  const wrong = propsProblems('Backup-TieringConfiguration', props);
  if (wrong.length > 0) return wrong;
  const { selections, vault, allVaults }: Partial<TieringConfigurationProps> = props ?? {};
  const isSelection = (given: unknown) => given instanceof TieringSelection;
  return [
    ...listProblems(selections ?? null, isSelection, {
      id: 'Backup-TieringSelections',
      property: 'selections',
      what: 'a `TieringSelection`',
      fix: 'use for example `TieringSelection.allBuckets({ after: Duration.days(60) })`',
    }),
    ...kindProblems(vault, isVault, {
      id: 'Backup-TieringVault',
      property: 'vault',
      what: 'a backup vault',
      fix: 'refer to an existing one with `BackupVault.fromBackupVaultName`',
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
  const problem = (message: string, fix: string): Problem[] => [
    { id: 'Backup-TieringVault', severity: 'error', property: 'vault', message, fix },
  ];
  if (vault === undefined && !allVaults)
    return problem(
      '`vault` must be said, got none',
      'say `allVaults: true` where those of all vaults are to move',
    );
  if (vault !== undefined && allVaults)
    return problem('`vault` must not be said together with `allVaults`', 'leave one of them out');
  if (!isVault(vault)) return [];
  const elsewhere = differentEnvironment(configuration, vault);
  return elsewhere
    ? problem(
        `\`vault\` must be in the ${elsewhere.what} of the tiering configuration (${elsewhere.here}), got ${elsewhere.there}`,
        'make the configuration beside the vault',
      )
    : [];
}

/** A vault whose lock ends every retention before the age is reached. */
function lockProblems(vault: IBackupVaultRef, selections: readonly TieringSelection[]): Problem[] {
  const longest = lockOf(vault)?.maxRetentionDays;
  if (longest === undefined) return [];
  return selections.flatMap(({ afterDays }, index) =>
    neverTiersProblems(afterDays, longest, `selections[${index}]`, `the lock of ${vaultLabel(vault)}`),
  );
}

/** What tells vaults apart, as far as it is known: the name, otherwise the construct. */
function vaultKey(vault: IBackupVaultRef | undefined): string {
  if (!vault) return '*';
  const { backupVaultName: literal } = (resourceOf(vault) ?? {}) as { backupVaultName?: string };
  const name = literal ?? vault.backupVaultRef.backupVaultName;
  return isKnown(name) ? `name ${name}` : `path ${vault.node.path}`;
}

/** A tiering configuration that was made elsewhere. */
class ImportedTieringConfiguration extends Resource implements ITieringConfigurationRef {
  public readonly tieringConfigurationRef: TieringConfigurationReference;

  constructor(scope: Construct, id: string, tieringConfigurationArn: string) {
    super(scope, id, { environmentFromArn: tieringConfigurationArn });
    const { resourceName = '' } = isKnown(tieringConfigurationArn)
      ? Arn.split(tieringConfigurationArn, ArnFormat.COLON_RESOURCE_NAME)
      : Stack.of(this).splitArn(tieringConfigurationArn, ArnFormat.COLON_RESOURCE_NAME);
    // names know no hyphen: what follows one is the id
    const [name] = isKnown(resourceName)
      ? resourceName.split('-')
      : [Fn.select(0, Fn.split('-', resourceName))];
    this.tieringConfigurationRef = { tieringConfigurationName: name, tieringConfigurationArn };
  }
}
