import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import {
  flagProblems,
  kindProblems,
  listProblems,
  requiredKindProblems,
  textProblems,
} from '../resources/input';
import { VaultEvent } from '../resources/vault-event';
import { isKnown, show, wholeNumberProblems } from '../values/amounts';
import { nameProblems } from '../values/names';
import { REGION_NAME } from '../values/organization/regions';
import { partitionOf } from '../values/partitions';
import type { Problem } from '../values/problem';
import { ResourceType } from '../values/resource-type';
import { VaultLock } from '../values/vault-lock';
import type { MemberBaselineProps, RolloutPreferences } from './member-baseline-props';
import { targetListProblems } from './organization-targets';

const ID = 'Backup-Baseline';

/** What can be told of a baseline before it is made; what its parts are told, they tell themselves. */
export function baselineProblems(baseline: IConstruct, props: MemberBaselineProps): Problem[] {
  const wrong = requiredKindProblems(props, isObject, {
    id: ID,
    property: 'props',
    what: 'an object with properties',
  });
  if (wrong.length > 0) return wrong;
  return [
    ...placeProblems(baseline),
    ...targetProblems(props),
    ...regionProblems(props),
    ...vaultProblems(props),
    ...airGappedProblems(props),
    ...roleProblems(props),
    ...notificationProblems(props),
    ...stackSetProblems(props),
    ...preferenceProblems(props.preferences),
  ];
}

const error = (id: string, property: string, message: string, fix?: string): Problem => ({
  id,
  severity: 'error',
  property,
  message,
  fix,
});

/** The template of a nested stack is put together before that of the members is known. */
function placeProblems(baseline: IConstruct): Problem[] {
  if (Stack.of(baseline).nestedStackParent === undefined) return [];
  return [
    error(
      ID,
      'scope',
      `\`scope\` must not be in a nested stack, got \`${Stack.of(baseline).node.path}\``,
      'make the baseline in the stack above',
    ),
  ];
}

function targetProblems({ targets, excludedAccounts }: MemberBaselineProps): Problem[] {
  const id = 'Backup-BaselineTargets';
  const wrong = [
    ...requiredKindProblems(targets, Array.isArray, { id, property: 'targets', what: 'a list of targets' }),
    ...(Array.isArray(targets) ? targetListProblems(targets) : []),
    ...listProblems(excludedAccounts, isAccount, {
      id,
      property: 'excludedAccounts',
      what: 'an account id of 12 digits',
      fix: 'write it in quotes',
    }),
  ];
  if (wrong.length > 0) return wrong;
  if (targets.length === 0)
    return [
      error(id, 'targets', '`targets` must name at least one organizational unit, or the root, got none'),
    ];
  return targets
    .filter(({ _kind }) => _kind === 'account')
    .map((target) =>
      error(
        id,
        'targets',
        `\`targets\` must be organizational units or the root, through which StackSets reaches accounts, got the account ${target}`,
        'name its unit, and the other accounts of the unit in `excludedAccounts`',
      ),
    );
}

function regionProblems({ regions, homeRegion }: MemberBaselineProps): Problem[] {
  const id = 'Backup-BaselineRegions';
  const isRegion = (given: unknown) =>
    typeof given === 'string' && (!isKnown(given) || REGION_NAME.test(given));
  const wrong = [
    ...requiredKindProblems(regions, Array.isArray, {
      id,
      property: 'regions',
      what: 'a list of Regions',
      fix: "write for instance `regions: ['eu-west-1']`",
    }),
    ...(Array.isArray(regions)
      ? listProblems(regions, isRegion, { id, property: 'regions', what: 'the name of a Region' })
      : []),
    ...kindProblems(homeRegion, isRegion, { id, property: 'homeRegion', what: 'the name of a Region' }),
  ];
  if (wrong.length > 0) return wrong;
  if (regions.length === 0)
    return [error(id, 'regions', '`regions` must name at least one Region, got none')];
  const problems: Problem[] = [];
  const twice = regions.find((region, index) => regions.indexOf(region) < index);
  if (twice !== undefined)
    problems.push(
      error(
        id,
        'regions',
        `\`regions\` must have each Region once, got \`${twice}\` twice`,
        'keep one of them',
      ),
    );
  const partitions = [...new Set(regions.filter(isKnown).map(partitionOf))];
  if (partitions.length > 1)
    problems.push(
      error(
        id,
        'regions',
        `\`regions\` must be in one partition, got ${partitions.join(' and ')}`,
        'make a baseline for each organization',
      ),
    );
  if (homeRegion === undefined && regions.length > 1)
    problems.push(
      error(
        id,
        'homeRegion',
        `\`homeRegion\` must be said where there are several Regions (${regions.join(', ')}), since it must not change with their order`,
        'name the Region whose stack makes the role; once it is deployed, keep it',
      ),
    );
  if (homeRegion !== undefined && !regions.includes(homeRegion))
    problems.push(
      error(
        id,
        'homeRegion',
        `\`homeRegion\` must be one of \`regions\` (${regions.join(', ')}), got ${show(homeRegion)}`,
      ),
    );
  return problems;
}

function vaultProblems({ vaults, exemptRoles }: MemberBaselineProps): Problem[] {
  const id = 'Backup-BaselineVaults';
  const wrong = [
    ...requiredKindProblems(vaults, Array.isArray, { id, property: 'vaults', what: 'a list of vaults' }),
    ...(Array.isArray(vaults)
      ? listProblems(vaults, isObject, {
          id,
          property: 'vaults',
          what: 'a vault',
          fix: "write for instance `{ name: 'gold' }`",
        })
      : []),
    ...listProblems(exemptRoles, isRolePattern, {
      id,
      property: 'exemptRoles',
      what: 'the path and name of a role, in which `*` stands for any characters',
      fix: 'write for instance `BreakGlass`',
    }),
  ];
  if (wrong.length > 0) return wrong;
  if (vaults.length === 0) return [error(id, 'vaults', '`vaults` must have at least one vault, got none')];
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

/** A name of which the same vault is in every account. */
function literalNameProblems(name: unknown, property: string, region?: string): Problem[] {
  const id = 'Backup-BaselineVaults';
  if (name !== undefined && !isKnown(name))
    return [
      error(
        id,
        property,
        `\`${property}\` must be known at synthesis, got a token`,
        'give it as a literal: policies find the vault by its name',
      ),
    ];
  const filled = typeof name === 'string' && region !== undefined ? name.replaceAll('$region', region) : name;
  const problems = requiredNameProblems(filled, property);
  if (problems.length > 0 || name !== 'Default') return problems;
  return [
    {
      id: 'Backup-BaselineExisting',
      severity: 'warning',
      property,
      message: `\`${property}\` is \`Default\`, the vault that AWS Backup makes itself where somebody has opened its console: the rollout fails there`,
      fix: 'use a name of your own',
    },
  ];
}

/** A Region of the longest name. */
const LONGEST_REGION = 'ap-northeast-1';

function requiredNameProblems(name: unknown, property: string): Problem[] {
  return requiredKindProblems(name, () => true, {
    id: 'Backup-BaselineVaults',
    property,
    what: 'the name of a vault, known at synthesis',
    fix: 'policies find the vault by its name',
  }).concat(name === undefined || name === null ? [] : nameProblems('vault', name, property));
}

function repeatedNames(names: readonly unknown[], property: string): Problem[] {
  const twice = names.find((name, index) => names.indexOf(name) < index);
  return twice === undefined || typeof twice !== 'string'
    ? []
    : [
        error(
          'Backup-BaselineVaults',
          property,
          `\`${property}\` must have different names, got \`${twice}\` twice`,
          'keep one of them',
        ),
      ];
}

function airGappedProblems({ airGappedVaults, vaults }: MemberBaselineProps): Problem[] {
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

const ROLE = /^(?!aws-service-role\/)([\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/;

function roleProblems({ roleName, resourceTypes, restores }: MemberBaselineProps): Problem[] {
  const id = 'Backup-BaselineRole';
  const fits = (given: unknown) => typeof given === 'string' && isKnown(given) && ROLE.test(given);
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
      fix: 'use for instance `ResourceType.DYNAMODB`',
    }),
    ...flagProblems(id, 'restores', restores),
  ];
  if (problems.length === 0 && roleName?.endsWith('AWSBackupDefaultServiceRole'))
    problems.push({
      id: 'Backup-BaselineExisting',
      severity: 'warning',
      property: 'roleName',
      message:
        '`roleName` is `AWSBackupDefaultServiceRole`, the role that AWS Backup makes itself where somebody has used its console: the rollout fails there',
      fix: 'use a name of your own',
    });
  return problems;
}

function notificationProblems({ notifications }: MemberBaselineProps): Problem[] {
  const id = 'Backup-BaselineNotifications';
  const wrong = kindProblems(notifications, isObject, {
    id,
    property: 'notifications',
    what: 'an object with properties',
  });
  if (wrong.length > 0 || notifications === undefined) return wrong;
  const isTopicName = (given: unknown) =>
    typeof given === 'string' && (!isKnown(given) || /^[\w-]{1,256}$/.test(given));
  return [
    ...kindProblems(notifications.topicName, isTopicName, {
      id,
      property: 'notifications.topicName',
      what: '1 to 256 letters, digits, `-` and `_`',
    }),
    ...listProblems(notifications.events, (event: unknown) => event instanceof VaultEvent, {
      id,
      property: 'notifications.events',
      what: 'a `VaultEvent`',
      fix: 'use for instance `VaultEvent.BACKUP_JOB_COMPLETED`',
    }),
  ];
}

function stackSetProblems(props: MemberBaselineProps): Problem[] {
  const id = 'Backup-BaselineStackSet';
  const isName = (given: unknown) =>
    typeof given === 'string' && (!isKnown(given) || /^[a-zA-Z][a-zA-Z0-9-]{0,127}$/.test(given));
  return [
    ...kindProblems(props.stackSetName, isName, {
      id,
      property: 'stackSetName',
      what: '1 to 128 letters, digits and `-`, a letter first',
    }),
    ...textProblems(id, 'description', props.description, 1024),
    ...flagProblems(id, 'delegatedAdmin', props.delegatedAdmin),
    ...flagProblems(id, 'retainsStacks', props.retainsStacks),
  ];
}

function preferenceProblems(preferences: RolloutPreferences | undefined): Problem[] {
  const id = 'Backup-BaselinePreferences';
  const wrong = kindProblems(preferences, isObject, {
    id,
    property: 'preferences',
    what: 'an object with properties',
  });
  if (wrong.length > 0 || preferences === undefined) return wrong;
  const problems: Problem[] = [];
  for (const [percentage, count, min] of [
    ['maxConcurrentPercentage', 'maxConcurrentCount', 1],
    ['failureTolerancePercentage', 'failureToleranceCount', 0],
  ] as const) {
    const of = (property: string) => `preferences.${property}`;
    if (preferences[percentage] !== undefined && preferences[count] !== undefined)
      problems.push(
        error(
          id,
          of(count),
          `\`${of(percentage)}\` and \`${of(count)}\` say the same, got both`,
          'leave one of them out',
        ),
      );
    for (const [property, max, unit] of [
      [percentage, 100, 'percent'],
      [count, 10_000, 'accounts'],
    ] as const)
      if (preferences[property] !== undefined)
        problems.push(...wholeNumberProblems(id, of(property), preferences[property], { min, max, unit }));
  }
  return [
    ...problems,
    ...flagProblems(id, 'preferences.parallelRegions', preferences.parallelRegions),
    ...flagProblems(id, 'preferences.strict', preferences.strict),
  ];
}

const isObject = (given: unknown) => typeof given === 'object' && given !== null && !Array.isArray(given);
const isAccount = (given: unknown) =>
  typeof given === 'string' && (!isKnown(given) || /^\d{12}$/.test(given));
const isRolePattern = (given: unknown) =>
  typeof given === 'string' && (!isKnown(given) || /^(?!\*$)[\w+=,.@*/-]{1,512}$/.test(given));
