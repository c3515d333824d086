import {
  flagProblems,
  kindProblems,
  listProblems,
  requiredKindProblems,
} from '../../resources/core/argument-checks';
import { aliasProblems } from '../../resources/vault/backup-key';
import { isKnown } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { policyLengthProblems, policyNameProblems } from '../core/attached-policy';
import { requiredTargetProblems } from '../core/organization-targets';
import { isRoleName, isRolePattern } from '../core/role-names';
import type { BackupProtectionPolicyProps } from './backup-protection-policy-props';

const ID = 'Backup-ProtectionPolicy';

const FLAGS = [
  'protectsJobs',
  'protectsLegalHolds',
  'protectsSettings',
  'protectsSharing',
  'protectsTags',
  'protectsAudits',
  'protectsMembership',
  'protectsMemberPlans',
] as const;

/** The longest service control policy. Source: AWS Organizations User Guide, "Quotas", 2026. */
const MAX_CHARACTERS = 5120;

/** What is wrong with the props of a protection policy. */
export function protectionProblems(props: BackupProtectionPolicyProps): Problem[] {
  const wrong = requiredKindProblems(props, (given: unknown) => typeof given === 'object', {
    id: ID,
    property: 'props',
    what: 'an object with properties',
  });
  if (wrong.length > 0) return wrong;
  const { policyName, targets, roleName, vaultNames, keyAlias, exemptRoles, functionDeployers } = props;
  return [
    ...unknownPropertyProblems(props, 'BackupProtectionPolicyProps'),
    ...policyNameProblems(policyName),
    ...requiredTargetProblems(targets),
    ...kindProblems(roleName, isRoleName, {
      id: ID,
      property: 'roleName',
      what: 'the path and name of a role, such as `service-role/MyBackupRole`',
    }),
    ...listProblems(vaultNames, isVault, {
      id: ID,
      property: 'vaultNames',
      what: 'the name of a vault, with `*` as a wildcard',
    }),
    ...aliasProblems(keyAlias).map((problem) => problem.as({ names: () => 'keyAlias' })),
    ...listProblems(exemptRoles, isRolePattern, {
      id: ID,
      property: 'exemptRoles',
      what: 'the path and name of a role, with `*` as a wildcard',
      fix: 'for example, use `BreakGlass`',
    }),
    ...listProblems(functionDeployers, isRolePattern, {
      id: ID,
      property: 'functionDeployers',
      what: 'the path and name of a role, with `*` as a wildcard',
      fix: 'for example, use `cdk-hnb659fds-cfn-exec-role-*`',
    }),
    ...FLAGS.flatMap((flag) => flagProblems(ID, flag, props[flag])),
  ];
}

/** The law of the length. */
export function protectionLengthProblems(characters: number): Problem[] {
  return policyLengthProblems(characters, MAX_CHARACTERS, {
    id: ID,
    property: 'vaultNames',
    fix: 'use `*` in `vaultNames` and `exemptRoles`, or create two policies',
  });
}

const isVault = (given: unknown) =>
  typeof given === 'string' && (!isKnown(given) || /^[\w*-]{1,50}$/.test(given));
