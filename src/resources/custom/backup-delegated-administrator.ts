import { type CustomResource, Resource, Stack } from 'aws-cdk-lib';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { show } from '../../values/core/amounts';
import { type Problem, problem, throwErrors } from '../../values/core/problem';
import { propsProblems } from '../core/argument-checks';
import { handledResource } from '../provider/handler-provider';
import { delegatedAdministratorStatements } from '../provider/handler-statements';
import { removalProblems } from './settings-laws';
import { SettingsRemoval } from './settings-removal';

/** Properties of a `BackupDelegatedAdministrator`. */
export interface BackupDelegatedAdministratorProps {
  /**
   * The account of the organization that administers AWS Backup: 12 digits, known at synthesis, not the management
   * account.
   */
  readonly accountId: string;

  /**
   * What happens to the account when the construct is removed or names another one. By default, it stays registered. RESTORE
   * deregisters it, unless it was registered before or another stack wants it too.
   *
   * @default SettingsRemoval.KEEP
   */
  readonly onRemoval?: SettingsRemoval;
}

const ID = 'Backup-DelegatedAdministrator';

/**
 * Registers an account of the organization as delegated administrator of AWS Backup, which sees the jobs of all accounts.
 * CloudFormation has no resource type for it. To manage backup policies from there, add a `BackupPolicyDelegation`.
 *
 * Turn on trusted access first: add a dependency on the `BackupOrganizationSettings` that does so. In any account other
 * than the management account, the deployment fails with that reason.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/manage-cross-account.html
 */
@propertyInjectable
export class BackupDelegatedAdministrator extends Resource {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupDelegatedAdministrator';

  /** The account that administers AWS Backup. */
  public readonly accountId: string;

  private readonly resource: CustomResource;

  constructor(scope: Construct, id: string, props: BackupDelegatedAdministratorProps) {
    super(scope, id);
    throwErrors(delegatedAdministratorProblems(this, props), this.node.path);
    this.accountId = props.accountId;
    this.resource = handledResource(this, {
      type: 'Custom::BackupDelegatedAdministrator',
      statements: delegatedAdministratorStatements(Stack.of(this)),
      properties: {
        administrators: { [props.accountId]: true },
        restores: props.onRemoval === SettingsRemoval.RESTORE,
      },
    });
  }

  /** What the last deployment changed; empty if the account was already registered. Known at deployment. */
  public get changed(): string {
    return this.resource.getAttString('Changed');
  }
}

function delegatedAdministratorProblems(
  scope: Construct,
  props: BackupDelegatedAdministratorProps,
): Problem[] {
  const shape = [
    ...propsProblems(ID, props, 'BackupDelegatedAdministratorProps'),
    ...removalProblems(ID, props?.onRemoval),
  ];
  const account: unknown = props?.accountId;
  const here = Stack.of(scope).account;
  if (typeof account !== 'string' || !/^\d{12}$/.test(account))
    shape.push(
      problem({
        id: ID,
        property: 'accountId',
        message: (label) =>
          `${label('accountId')} must be a 12-digit account ID that is known at synthesis, got ${show(account)}`,
        fix: 'name the account that administers AWS Backup, such as `444455556666`',
      }),
    );
  else if (account === here)
    shape.push(
      problem({
        id: ID,
        property: 'accountId',
        message: (label) =>
          `${label('accountId')} must be another account than that of the stack, which has to be the management account, got ${show(account)}`,
        fix: 'name a member account: the management account administers AWS Backup anyway',
      }),
    );
  return shape;
}
