import { nameOf } from './labels';
import type { OrganizationPolicyItem } from './organization/organization-policies';

/** Pages of the AWS Organizations User Guide. */
export const ORGANIZATIONS = 'https://docs.aws.amazon.com/organizations/latest/userguide/';
export const POLICY_SYNTAX = `${ORGANIZATIONS}orgs_manage_policies_backup_syntax.html`;
export const SYNTAX_GUIDE = 'AWS Organizations User Guide, Backup policy syntax and examples';

/** `backup policy `gold``. */
export function policyLabel({ name, place }: OrganizationPolicyItem): string {
  return `backup policy ${nameOf(name, place)}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function together(texts: readonly string[]): string {
  if (texts.length < 2) return texts.join('');
  return `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
}
