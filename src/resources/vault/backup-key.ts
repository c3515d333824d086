import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { isKnown, readDays, toDays, wholeNumberProblems } from '../../values/core/amounts';
import { type Problem, throwErrors } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import {
  flagProblems,
  kindProblems,
  listProblems,
  propsProblems,
  removalPolicyProblems,
  textProblems,
} from '../core/argument-checks';
import { backupKeyStatements } from './backup-key-policy';

/** Properties of a `BackupKey`. */
export interface BackupKeyProps {
  /**
   * An alias for the key, with or without `alias/`.
   *
   * @default - no alias
   */
  readonly alias?: string;

  /**
   * The description of the key, at most 8192 characters.
   *
   * @default 'Encrypts the recovery points of AWS Backup'
   */
  readonly description?: string;

  /**
   * How often the key material is rotated: whole days, 90 to 2560.
   *
   * @default Duration.days(365)
   */
  readonly rotationPeriod?: Duration;

  /**
   * Whether the key is a multi-Region key, so that a vault in another Region can use a replica of it.
   *
   * @default false
   */
  readonly multiRegion?: boolean;

  /**
   * Principals that may administer the key, in addition to those that IAM policies of the account allow.
   *
   * @default - none
   */
  readonly admins?: iam.IPrincipal[];

  /**
   * What happens to the key when it is removed from the stack. Recovery points can't be restored without their key.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * A customer-managed KMS key for backup vaults: rotated, retained, usable through AWS Backup in this account, and
 * without grants for anything but AWS services.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html
 */
@propertyInjectable
export class BackupKey extends kms.Key {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupKey';

  constructor(scope: Construct, id: string, props: BackupKeyProps = {}) {
    throwErrors(keyProblems(props), `${scope.node.path}/${id}`);
    super(scope, id, {
      alias: props.alias,
      description: props.description ?? 'Encrypts the recovery points of AWS Backup',
      enableKeyRotation: true,
      multiRegion: props.multiRegion,
      admins: props.admins,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
    });
    if (props.rotationPeriod) {
      const resource = this.node.defaultChild as kms.CfnKey; // the L2 validates tokens as if they were numbers
      resource.rotationPeriodInDays = toDays('rotationPeriod', props.rotationPeriod);
    }
    for (const statement of backupKeyStatements(this)) this.addToResourcePolicy(statement);
  }
}

/** What AWS KMS accepts for a key. Source: AWS KMS API Reference, `EnableKeyRotation` and `CreateAlias`, 2026-08. */
function keyProblems(props: BackupKeyProps): Problem[] {
  const wrong = propsProblems('Backup-KeyProps', props);
  if (wrong.length > 0) return wrong;
  return [
    ...unknownPropertyProblems(props, 'BackupKeyProps'),
    ...aliasProblems(props.alias),
    ...textProblems('Backup-KeyDescription', 'description', props.description, 8192),
    ...rotationProblems(props.rotationPeriod),
    ...flagProblems('Backup-KeyMultiRegion', 'multiRegion', props.multiRegion),
    ...adminProblems(props.admins),
    ...removalPolicyProblems(props.removalPolicy),
  ];
}

/** Checks the administrators of a key. */
export function adminProblems(admins: unknown): Problem[] {
  return listProblems(
    admins,
    (admin: iam.IPrincipal) => typeof admin.grantPrincipal?.addToPrincipalPolicy === 'function',
    { id: 'Backup-KeyAdmins', property: 'admins', what: 'a principal' },
  );
}

/** What AWS KMS accepts as an alias. Source: AWS KMS API Reference, `CreateAlias`, 2026-08. */
export function aliasProblems(alias: unknown): Problem[] {
  return kindProblems(alias, isAlias, {
    id: 'Backup-KeyAlias',
    property: 'alias',
    what: '1 to 250 characters from `a-z`, `A-Z`, `0-9`, `/`, `_` and `-`, not starting with `aws/`',
  });
}

function isAlias(alias: unknown): boolean {
  return (
    typeof alias === 'string' &&
    (!isKnown(alias) || /^(alias\/)?(?!alias\/|aws\/)[a-zA-Z0-9/_-]{1,250}$/.test(alias))
  );
}

function rotationProblems(period: Duration | undefined): Problem[] {
  if (period === undefined) return [];
  const { amount, problems } = readDays('rotationPeriod', period);
  const bounds = { min: 90, max: 2560, unit: 'days' };
  return problems.length > 0
    ? [...problems]
    : wholeNumberProblems('Backup-KeyRotationPeriod', 'rotationPeriod', amount, bounds);
}
