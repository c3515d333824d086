import {
  flagProblems,
  kindProblems,
  listProblems,
  requiredKindProblems,
} from '../../resources/core/argument-checks';
import { aliasProblems } from '../../resources/vault/backup-key';
import { isKnown } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { targetListProblems } from '../core/organization-targets';
import { policyNameProblems } from '../policy/organization-backup-policy-laws';
import type { BackupProtectionPolicyProps } from './backup-protection-policy-props';

const ID = 'Backup-ProtectionPolicy';

/** How long a service control policy may be. Source: AWS Organizations User Guide, "Quotas", 2026. */
const MAX_CHARACTERS = 5120;

/** What can be told of a protection policy before it is made. */
export function protectionProblems(props: BackupProtectionPolicyProps): Problem[] {
  const wrong = requiredKindProblems(props, (given: unknown) => typeof given === 'object', {
    id: ID,
    property: 'props',
    what: 'an object with properties',
  });
  if (wrong.length > 0) return wrong;
  const { policyName, targets, roleName, vaultNames, keyAlias, exemptRoles, protectsMemberPlans } = props;
  return [
    ...policyNameProblems(policyName),
    ...requiredTargetProblems(targets),
    ...kindProblems(roleName, isRole, {
      id: ID,
      property: 'roleName',
      what: 'the path and name of a role, such as `service-role/MyBackupRole`',
    }),
    ...listProblems(vaultNames, isVault, {
      id: ID,
      property: 'vaultNames',
      what: 'the name of a vault, in which `*` stands for any characters',
    }),
    ...aliasProblems(keyAlias).map((problem) => ({
      ...problem,
      property: 'keyAlias',
      message: problem.message.replace('`alias`', '`keyAlias`'),
    })),
    ...listProblems(exemptRoles, isRolePattern, {
      id: ID,
      property: 'exemptRoles',
      what: 'the path and name of a role, in which `*` stands for any characters',
      fix: 'write for instance `BreakGlass`',
    }),
    ...flagProblems(ID, 'protectsMemberPlans', protectsMemberPlans),
  ];
}

/** The law of targets that must be there. */
export function requiredTargetProblems(targets: unknown): Problem[] {
  const wrong = requiredKindProblems(targets, Array.isArray, {
    id: 'Backup-OrganizationTarget',
    property: 'targets',
    what: 'a list of targets',
  });
  if (wrong.length > 0) return wrong;
  if ((targets as unknown[]).length > 0) return targetListProblems(targets);
  return [
    {
      id: 'Backup-OrganizationTarget',
      severity: 'error',
      property: 'targets',
      message: '`targets` must name at least one root, organizational unit or account, got none',
    },
  ];
}

/** The law of the length. */
export function protectionSizeProblems(characters: number): Problem[] {
  if (characters <= MAX_CHARACTERS) return [];
  return [
    {
      id: ID,
      severity: 'error',
      property: 'vaultNames',
      message: `the policy must be at most ${MAX_CHARACTERS} characters, got ${characters}`,
      fix: 'use `*` in `vaultNames` and `exemptRoles`, or make two policies',
    },
  ];
}

const matches = (pattern: RegExp) => (given: unknown) =>
  typeof given === 'string' && (!isKnown(given) || pattern.test(given));
const isRole = matches(/^(?!aws-service-role\/)([\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/);
const isRolePattern = matches(/^(?!\*$)[\w+=,.@*/-]{1,512}$/);
const isVault = matches(/^[\w*-]{1,50}$/);
