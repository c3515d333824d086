import { isKnown } from '../../values/core/amounts';

/** The default role of backup policies and of the baseline. */
export const DEFAULT_ROLE_NAME = 'AwsBackupOrganizationRole';

/**
 * The roles of StackSets in member accounts, with permissions managed by AWS Organizations. Anybody who may create roles can
 * create one with such a name: exempt it only where a service control policy denies that.
 */
export const STACK_SETS_ROLE = 'stacksets-exec-*';

/** Path and name of a role; `aws-service-role/` is reserved for AWS. */
const ROLE = /^(?!aws-service-role\/)([\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/;

/** Whether it is path and name of a role, or a token. */
export const isRoleName = (given: unknown): boolean =>
  typeof given === 'string' && (!isKnown(given) || ROLE.test(given));

/** Whether it is path and name of a role, possibly with wildcards, or a token. */
export const isRolePattern = (given: unknown): boolean =>
  typeof given === 'string' && (!isKnown(given) || /^(?!\*$)[\w+=,.@*/-]{1,512}$/.test(given));
