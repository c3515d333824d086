import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import type { Problem } from '../../values/core/problem';
import { kindProblems } from '../core/argument-checks';

/** Whether something is a role; callers without types pass anything. */
export function isRole(given: unknown): given is IRoleRef {
  const { roleRef } = (given ?? {}) as Partial<IRoleRef>;
  return typeof roleRef === 'object' && roleRef !== null && 'roleArn' in roleRef;
}

/** The law of the role of selections: AWS Backup can't assume its own service-linked role. */
export function roleProblems(role: IRoleRef | undefined): Problem[] {
  if (!isRole(role))
    return kindProblems(role, () => false, {
      id: 'Backup-SelectionRole',
      property: 'role',
      what: 'a role',
      fix: 'refer to an existing one with `Role.fromRoleArn`',
    });
  // what is literal in an ARN can be read, even where the account is a token
  if (!/:role\/(aws-service-role\/|AWSServiceRoleForBackup)/.test(role.roleRef.roleArn)) return [];
  return [
    {
      id: 'Backup-ServiceLinkedRole',
      severity: 'error',
      property: 'role',
      message: "`role` must not be a service-linked role, which AWS Backup can't assume for a selection",
      fix: 'leave it out, and a `BackupRole` is made',
    },
  ];
}
