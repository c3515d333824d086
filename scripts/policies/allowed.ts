import type { Document } from './documents';

/** A finding that is no mistake. */
export interface Allowed {
  readonly tool: string;
  readonly issue: string;
  readonly kind?: Document['kind'];
  readonly detail?: RegExp;
  readonly reason: string;
}

export const ALLOWED: readonly Allowed[] = [
  {
    tool: 'parliament',
    issue: 'MALFORMED',
    kind: 'trust',
    detail: /^Statement contains neither Resource nor NotResource/,
    reason: 'the resource of a trust policy is its role; IAM refuses one that names it',
  },
  {
    tool: 'parliament',
    issue: 'RESOURCE_STAR',
    kind: 'resource',
    detail: /"kms:/,
    reason: 'in a key policy, `*` is the key itself, the only resource that it applies to',
  },
  {
    tool: 'parliament',
    issue: 'RESOURCE_STAR',
    kind: 'resource',
    detail: /^\["backup:CopyIntoBackupVault"\]/,
    reason: 'in the access policy of a vault, `*` is that vault; AWS Backup asks for it',
  },
  {
    tool: 'parliament',
    issue: 'RESOURCE_STAR',
    kind: 'resource',
    detail: /^\["organizations:(Describe|Delete|Update)/,
    reason:
      'policies that do not exist yet have no ARN; conditions on the policy type limit all but the reading of accounts and units',
  },
  {
    tool: 'parliament',
    issue: 'UNKNOWN_ACTION',
    kind: 'service-control',
    detail: /backup:(A|Disa)ssociateBackupVaultMpaApprovalTeam/,
    reason: 'newer than the data of parliament; a test compares the actions with the SDK',
  },
  {
    tool: 'parliament',
    issue: 'UNKNOWN_CONDITION_FOR_ACTION',
    kind: 'service-control',
    detail: /^Unknown condition kms:ResourceAliases for action kms:/,
    reason:
      'a condition of every operation on a key, by the KMS Developer Guide; the reference lists it for none',
  },
];
