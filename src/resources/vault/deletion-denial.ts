import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type Problem, problem, refuse, throwErrors } from '../../values/core/problem';
import { listProblems } from '../core/argument-checks';

/**
 * Denies deleting recovery points, shortening their retention, and changing the access policy that contains the denial.
 * Its first statement has the form that the AWS Config rule `backup-recovery-point-manual-deletion-disabled` accepts:
 * all three actions, for every principal and every resource. The second one denies what would undo the first: deleting
 * the access policy, and disassociating recovery points from the vault.
 *
 * It prevents manual deletion. AWS doesn't document whether it also blocks the deletion of expired recovery points,
 * which AWS Backup deletes with the role that created them. If recovery points stay in the status `EXPIRED`, exempt
 * that role.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/backup-recovery-point-manual-deletion-disabled.html
 */
export class DeletionDenial {
  /**
   * Exempts nobody. Nobody, not even CloudFormation, can then change or delete the access policy of the vault. It stays
   * after its construct is deleted. AWS documents no way to remove it.
   */
  public static forEveryone(): DeletionDenial {
    return new DeletionDenial([]);
  }

  /**
   * Exempts some roles. Include the role that CloudFormation deploys with, so that it can change the policy, and the
   * roles that may delete in an emergency. The AWS Config rule accepts up to five in its `principalArnList`.
   *
   * @param roles one or more roles
   */
  public static exceptFor(...roles: IRoleRef[]): DeletionDenial {
    if (roles.length === 0)
      throw refuse(
        'Backup-DeletionDenialRoles',
        'roles',
        '`roles` of `DeletionDenial.exceptFor` must contain at least one role, got none',
        'use `DeletionDenial.forEveryone()` to exempt nobody',
      );
    throwErrors(
      listProblems(roles, (role: IRoleRef) => typeof role.roleRef?.roleArn === 'string', {
        id: 'Backup-DeletionDenialRoles',
        property: 'roles',
        what: 'a role',
        fix: 'refer to an existing one with `Role.fromRoleArn`',
      }),
      'DeletionDenial.exceptFor',
    );
    return new DeletionDenial(roles.map((role) => role.roleRef.roleArn));
  }

  /** The ARNs of the exempt roles. */
  public readonly exemptRoleArns: string[];

  private constructor(exemptRoleArns: string[]) {
    this.exemptRoleArns = exemptRoleArns;
  }

  /**
   * @param furtherRoleArn another exempt role, used only if other roles are exempt
   * @internal
   */
  public _statements(furtherRoleArn?: string): iam.PolicyStatement[] {
    const exempt = [...this.exemptRoleArns, ...(furtherRoleArn === undefined ? [] : [furtherRoleArn])];
    return Object.entries(DENIED).map(
      ([sid, actions]) =>
        new iam.PolicyStatement({
          sid,
          effect: iam.Effect.DENY,
          principals: [new iam.AnyPrincipal()],
          actions,
          resources: ['*'],
          conditions:
            this.exemptRoleArns.length > 0 ? { ArnNotEquals: { 'aws:PrincipalArn': exempt } } : undefined,
        }),
    );
  }
}

/**
 * The denied actions of each statement. AWS doesn't document whether its Config rule accepts further actions in the first.
 *
 * Source: AWS Config, `backup-recovery-point-manual-deletion-disabled`; Service Authorization Reference, 2026-11.
 */
const DENIED: Readonly<Record<string, string[]>> = {
  DenyDeletionOfRecoveryPoints: [
    'backup:DeleteRecoveryPoint',
    'backup:PutBackupVaultAccessPolicy',
    'backup:UpdateRecoveryPointLifecycle',
  ],
  DenyCircumvention: [
    'backup:DeleteBackupVaultAccessPolicy',
    'backup:DisassociateRecoveryPoint',
    'backup:DisassociateRecoveryPointFromParent',
  ],
};

/** A second denial on the same vault. */
export function secondDenialProblem(): Problem {
  return problem({
    id: 'Backup-DeletionDenial',
    property: 'deletionDenial',
    message: (label) =>
      `${label('deletionDenial')} can be set only once, since a second denial would deny the roles that the first one exempts`,
    fix: 'pass all roles to one `DeletionDenial.exceptFor(…)`',
  });
}
