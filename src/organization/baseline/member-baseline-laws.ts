import { Stack } from 'aws-cdk-lib';
import { Construct, type IConstruct } from 'constructs';
import { REGION_NAME } from '../../policy/language/regions';
import {
  flagProblems,
  kindProblems,
  listProblems,
  requiredKindProblems,
  textProblems,
} from '../../resources/core/argument-checks';
import { isKnown, show, wholeNumberProblems } from '../../values/core/amounts';
import { partitionOf } from '../../values/core/partitions';
import type { Problem } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { VaultEvent } from '../../values/vault/vault-event';
import { targetListProblems } from '../core/organization-targets';
import { baselineError } from './baseline-error';
import type { MemberBaselineProps, RolloutPreferenceOptions } from './member-baseline-props';
import { airGappedProblems, roleProblems, vaultProblems } from './member-vault-laws';

const ID = 'Backup-Baseline';

/** What is wrong with the props of a baseline. Its parts check their own props. */
export function baselineProblems(baseline: IConstruct, props: MemberBaselineProps): Problem[] {
  const wrong = requiredKindProblems(props, isObject, {
    id: ID,
    property: 'props',
    what: 'an object with properties',
  });
  if (wrong.length > 0) return wrong;
  return [
    ...unknownPropertyProblems(props, 'MemberBaselineProps'),
    ...[props.vaults ?? []].flat().flatMap((vault) => unknownPropertyProblems(vault, 'BaselineVaultOptions')),
    ...unknownPropertyProblems(props.notifications, 'BaselineNotificationOptions'),
    ...unknownPropertyProblems(props.preferences, 'RolloutPreferenceOptions'),
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

/** A baseline can be deployed outside of the rollout once in each of its Regions. */
export function deployedScopeProblems(
  scope: unknown,
  { regions }: MemberBaselineProps,
  before: readonly string[],
): Problem[] {
  const property = 'scope';
  const wrong = requiredKindProblems(scope, (given: unknown) => Construct.isConstruct(given), {
    id: ID,
    property,
    what: 'a stack, or a scope in one',
  });
  if (wrong.length > 0) return wrong;
  const { region, node } = Stack.of(scope as Construct);
  const must = `\`${property}\` must be in one of \`regions\` (${regions.join(', ')})`;
  if (!isKnown(region))
    return [
      baselineError(
        ID,
        property,
        `${must}, but the Region of the stack \`${node.path}\` isn't known`,
        'set `env` on the stack',
      ),
    ];
  if (!regions.includes(region)) return [baselineError(ID, property, `${must}, got one in ${region}`)];
  return before.includes(region)
    ? [baselineError(ID, property, `${must}, each once, got a second one in ${region}`)]
    : [];
}

/** The template of a nested stack is synthesized before that of the member stack is known. */
function placeProblems(baseline: IConstruct): Problem[] {
  if (Stack.of(baseline).nestedStackParent === undefined) return [];
  return [
    baselineError(
      ID,
      'scope',
      `\`scope\` must not be in a nested stack, got \`${Stack.of(baseline).node.path}\``,
      'create the baseline in the parent stack',
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
      what: 'a 12-digit account ID',
      fix: 'write it in quotes',
    }),
  ];
  if (wrong.length > 0) return wrong;
  if (targets.length === 0)
    return [
      baselineError(
        id,
        'targets',
        '`targets` must contain at least one organizational unit, or the root, got none',
      ),
    ];
  return targets
    .filter(({ _kind }) => _kind === 'account')
    .map((target) =>
      baselineError(
        id,
        'targets',
        `\`targets\` must be organizational units or the root, which StackSets deploys to, got the account ${target}`,
        'use its organizational unit, and list the other accounts of the unit in `excludedAccounts`',
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
      fix: "for example, use `regions: ['eu-west-1']`",
    }),
    ...(Array.isArray(regions)
      ? listProblems(regions, isRegion, { id, property: 'regions', what: 'the name of a Region' })
      : []),
    ...kindProblems(homeRegion, isRegion, { id, property: 'homeRegion', what: 'the name of a Region' }),
  ];
  if (wrong.length > 0) return wrong;
  if (regions.length === 0)
    return [baselineError(id, 'regions', '`regions` must contain at least one Region, got none')];
  const problems: Problem[] = [];
  const twice = regions.find((region, index) => regions.indexOf(region) < index);
  if (twice !== undefined)
    problems.push(
      baselineError(
        id,
        'regions',
        `\`regions\` must list each Region once, got \`${twice}\` twice`,
        'keep one of them',
      ),
    );
  const partitions = [...new Set(regions.filter(isKnown).map(partitionOf))];
  if (partitions.length > 1)
    problems.push(
      baselineError(
        id,
        'regions',
        `\`regions\` must be in one partition, got ${partitions.join(' and ')}`,
        'create a baseline for each organization',
      ),
    );
  if (homeRegion === undefined && regions.length > 1)
    problems.push(
      baselineError(
        id,
        'homeRegion',
        `\`homeRegion\` must be set if there are several Regions (${regions.join(', ')}), so that it does not change with their order`,
        'use the Region whose stack creates the role; keep it after the first deployment',
      ),
    );
  if (homeRegion !== undefined && !regions.includes(homeRegion))
    problems.push(
      baselineError(
        id,
        'homeRegion',
        `\`homeRegion\` must be one of \`regions\` (${regions.join(', ')}), got ${show(homeRegion)}`,
      ),
    );
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
      fix: 'for example, use `VaultEvent.BACKUP_JOB_COMPLETED`',
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
      what: '1 to 128 letters, digits and `-`, starting with a letter',
    }),
    ...textProblems(id, 'description', props.description, 1024),
    ...flagProblems(id, 'delegatedAdmin', props.delegatedAdmin),
    ...flagProblems(id, 'retainsStacks', props.retainsStacks),
  ];
}

function preferenceProblems(preferences: RolloutPreferenceOptions | undefined): Problem[] {
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
        baselineError(
          id,
          of(count),
          `\`${of(percentage)}\` and \`${of(count)}\` can't be combined, got both`,
          'omit one of them',
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
