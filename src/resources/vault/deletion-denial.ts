import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type Problem, refuse, throwErrors } from '../../values/core/problem';
import { listProblems } from '../core/argument-checks';

/**
 * Denies to delete recovery points, to shorten their life and to change the access policy that says so, in the
 * form that the AWS Config rule `backup-recovery-point-manual-deletion-disabled` accepts: all three actions, for
 * every principal and every resource.
 *
 * It is meant against deletion by hand. AWS doesn't say that it spares the deletion of expired recovery points,
 * which happens in the name of the role that made them: where recovery points stay as `EXPIRED`, exempt that role.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/backup-recovery-point-manual-deletion-disabled.html
 */
export class DeletionDenial {
  /**
   * Nobody is exempt. Nobody can change the access policy of the vault any more either, CloudFormation included,
   * until the root user of the account deletes it.
   */
  public static forEveryone(): DeletionDenial {
    return new DeletionDenial([]);
  }

  /**
   * Some roles are exempt: name the role with which CloudFormation deploys, so that it can change the policy, and
   * those that may delete in an emergency. The AWS Config rule takes up to five as its `principalArnList`.
   *
   * @param roles at least one
   */
  public static exceptFor(...roles: IRoleRef[]): DeletionDenial {
    if (roles.length === 0)
      throw refuse(
        'Backup-DeletionDenialRoles',
        'roles',
        '`roles` of `DeletionDenial.exceptFor` must name at least one role, got none',
        'use `DeletionDenial.forEveryone()` where nobody is exempt',
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
   * @param furtherRoleArn exempt too, where any role is
   * @internal
   */
  public _statement(furtherRoleArn?: string): iam.PolicyStatement {
    const exempt = [...this.exemptRoleArns, ...(furtherRoleArn === undefined ? [] : [furtherRoleArn])];
    return new iam.PolicyStatement({
      sid: 'DenyDeletionOfRecoveryPoints',
      effect: iam.Effect.DENY,
      principals: [new iam.AnyPrincipal()],
      actions: [
        'backup:DeleteRecoveryPoint',
        'backup:PutBackupVaultAccessPolicy',
        'backup:UpdateRecoveryPointLifecycle',
      ],
      resources: ['*'],
      conditions:
        this.exemptRoleArns.length > 0 ? { ArnNotEquals: { 'aws:PrincipalArn': exempt } } : undefined,
    });
  }
}

/** What is said of a second denial on one vault. */
export function secondDenialProblem(): Problem {
  return {
    id: 'Backup-DeletionDenial',
    severity: 'error',
    property: 'deletionDenial',
    message: '`deletionDenial` can be said once, since a second one would deny whom the first exempts',
    fix: 'name all roles in one `DeletionDenial.exceptFor(…)`',
  };
}
