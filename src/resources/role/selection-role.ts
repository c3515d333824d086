import type { IRoleRef } from 'aws-cdk-lib/aws-iam';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { kindProblems } from '../core/argument-checks';

/** Whether a value is a role; untyped callers can pass anything. */
export function isRole(value: unknown): value is IRoleRef {
  const { roleRef } = (value ?? {}) as Partial<IRoleRef>;
  return typeof roleRef === 'object' && roleRef !== null && 'roleArn' in roleRef;
}

/** What AWS Backup accepts as the role of a selection: it can't assume its own service-linked role. */
export function roleProblems(role: IRoleRef | undefined): Problem[] {
  if (!isRole(role))
    return kindProblems(role, () => false, {
      id: 'Backup-SelectionRole',
      property: 'role',
      what: 'a role',
      fix: 'refer to an existing one with `Role.fromRoleArn`',
    });
  // the literal parts of an ARN can be read even if its account is a token
  if (!/:role\/(aws-service-role\/|AWSServiceRoleForBackup)/.test(role.roleRef.roleArn)) return [];
  return [
    problem({
      id: 'Backup-ServiceLinkedRole',
      property: 'role',
      message: (label) =>
        `${label('role')} must not be a service-linked role, which AWS Backup can't assume for a selection`,
      fix: 'omit it to have a `BackupRole` created',
    }),
  ];
}
