import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { listProblems, propsProblems, requiredKindProblems } from '../core/argument-checks';
import { differentEnvironment, isAirGapped, resourceOf, vaultLabel } from '../vault/vault-facts';
import { copyFromProblems, deletionDenialProblems, lockProblems } from '../vault/vault-laws';
import { notificationProblems } from '../vault/vault-notifications';
import { isVault } from '../vault/vault-reference';
import { commonProblems } from './settings-laws';

/** What the laws look at: the properties of `BackupVaultSettings`, as callers without types may give them. */
interface VaultSettingsInput {
  readonly vault?: unknown;
  readonly lock?: unknown;
  readonly accessStatements?: unknown;
  readonly copyFrom?: unknown;
  readonly deletionDenial?: unknown;
  readonly notifications?: unknown;
  readonly onRemoval?: unknown;
  readonly trigger?: unknown;
}

const ID = 'Backup-VaultSettings';
const SETTINGS = ['lock', 'accessStatements', 'copyFrom', 'deletionDenial', 'notifications'] as const;

/** The laws of settings on a vault that exists already. */
export function vaultSettingsProblems(construct: IConstruct, props: VaultSettingsInput): Problem[] {
  const wrong = propsProblems(ID, props ?? null);
  if (wrong.length > 0) return wrong;
  const { vault, deletionDenial, notifications } = props;
  return [
    ...unknownPropertyProblems(props, 'BackupVaultSettingsProps'),
    ...requiredKindProblems(vault, (given) => isVault(given), {
      id: ID,
      property: 'vault',
      what: 'a backup vault that exists already',
      fix: "refer to it with `BackupVault.fromBackupVaultName(this, 'Vault', 'Default')`",
    }),
    ...(isVault(vault) ? vaultProblems(construct, vault, props) : []),
    ...lockProblems(props.lock),
    ...listProblems(
      props.accessStatements,
      (given: PolicyStatement) => typeof given.toStatementJson === 'function',
      { id: ID, property: 'accessStatements', what: 'a `PolicyStatement`' },
    ),
    ...copyFromProblems(construct, props.copyFrom, false),
    ...(deletionDenial === undefined ? [] : deletionDenialProblems(deletionDenial)),
    ...(notifications === undefined ? [] : notificationProblems(construct, notifications as never)),
    ...commonProblems(ID, props),
    ...emptyProblems(props),
  ];
}

/** Two constructs that set the same vault would undo each other. */
export function secondSettingsProblem(vault: IBackupVaultRef, other: IConstruct): Problem {
  return problem({
    id: ID,
    property: 'vault',
    message: (label) =>
      `${label('vault')} must be one whose settings nothing else sets, got ${vaultLabel(vault)}, which \`${other.node.path}\` sets`,
    fix: 'set all settings of a vault in one place',
  });
}

function vaultProblems(
  construct: IConstruct,
  vault: IBackupVaultRef,
  { lock }: VaultSettingsInput,
): Problem[] {
  const refused = (message: string, fix: string): Problem[] => [
    problem({ id: ID, property: 'vault', message, fix }),
  ];
  if (resourceOf(vault))
    return refused(
      `\`vault\` must exist already, got ${vaultLabel(vault)}, which this app makes`,
      'set them where the vault is made',
    );
  const elsewhere = differentEnvironment(construct, vault);
  if (elsewhere)
    return refused(
      `\`vault\` must be in the ${elsewhere.what} of the stack (${elsewhere.here}), got ${elsewhere.there}`,
      'set it in a stack of that place',
    );
  return lock !== undefined && isAirGapped(vault)
    ? refused(
        `\`vault\` must not be a logically air-gapped vault if \`lock\` is set, since such a vault has a lock of its own, got ${vaultLabel(vault)}`,
        'omit `lock`',
      )
    : [];
}

function emptyProblems(props: VaultSettingsInput): Problem[] {
  if (SETTINGS.some((property) => props[property] !== undefined)) return [];
  return [
    problem({
      id: ID,
      property: 'lock',
      message: `one of ${SETTINGS.map((property) => `\`${property}\``).join(', ')} must be set, got none`,
      fix: 'set at least one of them',
    }),
  ];
}
