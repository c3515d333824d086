import {
  flagProblems,
  kindProblems,
  listProblems,
  requiredKindProblems,
} from '../../resources/core/argument-checks';
import { isKnown } from '../../values/core/amounts';
import { nameProblems } from '../../values/core/names';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { ResourceType } from '../../values/resource-type/resource-type';
import { VaultLock } from '../../values/vault/vault-lock';
import { isRoleName, isRolePattern } from '../core/role-names';
import { baselineError } from './baseline-error';
import type { MemberBaselineProps } from './member-baseline-props';

/** The law of the vaults. */
export function vaultProblems({ vaults, exemptRoles }: MemberBaselineProps): Problem[] {
  const id = 'Backup-BaselineVaults';
  const wrong = [
    ...requiredKindProblems(vaults, Array.isArray, { id, property: 'vaults', what: 'a list of vaults' }),
    ...(Array.isArray(vaults)
      ? listProblems(vaults, isObject, {
          id,
          property: 'vaults',
          what: 'a vault',
          fix: "for example, use `{ name: 'gold' }`",
        })
      : []),
    ...listProblems(exemptRoles, isRolePattern, {
      id,
      property: 'exemptRoles',
      what: 'the path and name of a role, with `*` as a wildcard',
      fix: 'for example, use `BreakGlass`',
    }),
  ];
  if (wrong.length > 0) return wrong;
  if (vaults.length === 0)
    return [baselineError(id, 'vaults', '`vaults` must contain at least one vault, got none')];
  const problems = vaults.flatMap(({ name, lock, deniesDeletion }, index) => [
    ...literalNameProblems(name, `vaults[${index}].name`, LONGEST_REGION),
    ...kindProblems(lock, (given: unknown) => given instanceof VaultLock, {
      id,
      property: `vaults[${index}].lock`,
      what: 'a `VaultLock`',
    }),
    ...flagProblems(id, `vaults[${index}].deniesDeletion`, deniesDeletion),
  ]);
  return [
    ...problems,
    ...repeatedNames(
      vaults.map(({ name }) => name),
      'vaults',
    ),
  ];
}

/** A name that the vault has in every account. */
function literalNameProblems(name: unknown, property: string, region?: string): Problem[] {
  const id = 'Backup-BaselineVaults';
  if (name !== undefined && !isKnown(name))
    return [
      baselineError(
        id,
        property,
        `\`${property}\` must be known at synthesis, got a token`,
        'use a literal: policies refer to the vault by its name',
      ),
    ];
  const filled = typeof name === 'string' && region !== undefined ? name.replaceAll('$region', region) : name;
  const problems = requiredNameProblems(filled, property);
  if (problems.length > 0 || name !== 'Default') return problems;
  return [
    problem({
      id: 'Backup-BaselineExisting',
      property,
      message: (label) =>
        `${label(property)} is \`Default\`, the vault that AWS Backup creates when its console is first opened: the rollout fails in accounts that have it`,
      fix: 'use another name',
    }),
  ];
}

/** A Region with the longest name. */
const LONGEST_REGION = 'ap-northeast-1';

function requiredNameProblems(name: unknown, property: string): Problem[] {
  return requiredKindProblems(name, () => true, {
    id: 'Backup-BaselineVaults',
    property,
    what: 'the name of a vault, known at synthesis',
    fix: 'policies refer to the vault by its name',
  }).concat(name === undefined || name === null ? [] : nameProblems('vault', name, property));
}

function repeatedNames(names: readonly unknown[], property: string): Problem[] {
  const twice = names.find((name, index) => names.indexOf(name) < index);
  return twice === undefined || typeof twice !== 'string'
    ? []
    : [
        baselineError(
          'Backup-BaselineVaults',
          property,
          `\`${property}\` must have unique names, got \`${twice}\` twice`,
          'keep one of them',
        ),
      ];
}

/** The law of the air-gapped vaults. */
export function airGappedProblems({ airGappedVaults, vaults }: MemberBaselineProps): Problem[] {
  const property = 'airGappedVaults';
  const wrong = listProblems(airGappedVaults, isObject, {
    id: 'Backup-BaselineVaults',
    property,
    what: 'an object with properties',
  });
  if (wrong.length > 0 || !airGappedVaults) return wrong;
  const names = airGappedVaults.map(({ backupVaultName }) => backupVaultName);
  const others = Array.isArray(vaults) ? vaults.map((vault) => vault?.name) : [];
  return [
    ...names.flatMap((name, index) => literalNameProblems(name, `${property}[${index}].backupVaultName`)),
    ...repeatedNames([...others.filter((name, index) => others.indexOf(name) === index), ...names], property),
  ];
}

/** The law of the role. */
export function roleProblems({ roleName, resourceTypes, restores }: MemberBaselineProps): Problem[] {
  const id = 'Backup-BaselineRole';
  const fits = (given: unknown) => isKnown(given) && isRoleName(given);
  const problems = [
    ...kindProblems(roleName, fits, {
      id,
      property: 'roleName',
      what: 'the path and name of a role, known at synthesis, such as `service-role/MyBackupRole`',
    }),
    ...listProblems(resourceTypes, (type: unknown) => type instanceof ResourceType, {
      id,
      property: 'resourceTypes',
      what: 'a `ResourceType`',
      fix: 'for example, use `ResourceType.DYNAMODB`',
    }),
    ...flagProblems(id, 'restores', restores),
  ];
  if (problems.length === 0 && roleName?.endsWith('AWSBackupDefaultServiceRole'))
    problems.push(
      problem({
        id: 'Backup-BaselineExisting',
        property: 'roleName',
        message: (label) =>
          `${label('roleName')} is \`AWSBackupDefaultServiceRole\`, the role that AWS Backup creates when its console is first used: the rollout fails in accounts that have it`,
        fix: 'use another name',
      }),
    );
  return problems;
}

const isObject = (given: unknown) => typeof given === 'object' && given !== null && !Array.isArray(given);
