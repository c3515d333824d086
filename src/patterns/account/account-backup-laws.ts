import { Stack } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';
import type { AppResource } from '../../resources/core/app-resources';
import { listProblems, propsProblems, requiredKindProblems } from '../../resources/core/argument-checks';
import { findNameConflict } from '../../resources/core/explicit-names';
import { collectResources } from '../../resources/core/resource-arns';
import { isCertainlyShared } from '../../resources/core/siblings-in-environment';
import { differentEnvironment } from '../../resources/vault/vault-facts';
import { show } from '../../values/core/amounts';
import { enumerateNames, firstNames } from '../../values/core/enumeration';
import { nearestOf } from '../../values/core/nearest';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { BackupTier } from '../core/backup-tier';
import type { AccountBackupProps } from './account-backup-props';

const ID = 'Backup-AccountTiers';

/** What is wrong with the props of an account backup. Its parts check their own props. */
export function accountBackupProblems(props: AccountBackupProps): Problem[] {
  const wrong = propsProblems(ID, props ?? null);
  if (wrong.length > 0) return wrong;
  const problems = [...unknownPropertyProblems(props, 'AccountBackupProps'), ...tierProblems(props.tiers)];
  if (props.vault && props.vaultOptions)
    problems.push(
      problem({
        id: 'Backup-VaultOptions',
        property: 'vaultOptions',
        message: (label) => `${label('vaultOptions')} can't change the existing \`vault\`, got both`,
        fix: 'omit one of them',
      }),
    );
  return problems;
}

function tierProblems(tiers: unknown): Problem[] {
  const expected = {
    id: ID,
    property: 'tiers',
    what: 'a `BackupTier`',
    fix: 'use `BackupTier.GOLD`, or `BackupTier.of(name, rules)` for your own rules',
  } as const;
  if (!Array.isArray(tiers))
    return requiredKindProblems(tiers, () => false, {
      ...expected,
      what: 'a list, each element a `BackupTier`',
    });
  const wrong = listProblems(tiers, (tier: unknown) => tier instanceof BackupTier, expected);
  if (wrong.length > 0) return wrong;
  if (tiers.length === 0)
    return [
      problem({
        ...expected,
        message: (label) => `${label('tiers')} must contain at least one tier, got none`,
      }),
    ];
  const names = (tiers as BackupTier[]).map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice === undefined) return [];
  return [
    problem({
      ...expected,
      message: (label) => `${label('tiers')} must have unique names, got ${show(twice)} twice`,
      fix: 'rename one of them with `BackupTier.of(name, rules)`',
    }),
  ];
}

/** Two of them would back up the same resources. */
export function secondAccountBackupProblems(account: Construct, tagKey: string): Problem[] {
  return findNameConflict(account, 'accountBackups', tagKey, (other) =>
    problem({
      id: isCertainlyShared(account, other)
        ? 'Backup-AccountBackupTwice'
        : 'Backup-PossibleAccountBackupTwice',
      property: 'tagKey',
      message: (label) =>
        `${label('tagKey')} must differ from that of \`${other.node.path}\` in the same account and Region, got ${show(tagKey)} for both: each would back up the resources of both`,
      fix: 'add the tiers to one `AccountBackup`, or use `WorkloadBackup` to protect the resources of one app',
    }),
  );
}

/** Resources whose tag looks like a tier, but is not one. */
export function tagTypoProblems(
  tagKey: string,
  tiers: readonly string[],
  resources: readonly AppResource[],
): Problem[] {
  const found = new Map<string, string[]>();
  for (const { construct, tags } of resources) {
    const value = tags[tagKey];
    if (value !== undefined && !tiers.includes(value))
      found.set(value, [...(found.get(value) ?? []), construct.node.path]);
  }
  return [...found].flatMap(([value, paths]) => {
    const near = nearestOf(value, tiers);
    if (near === undefined) return [];
    return [
      problem({
        id: 'Backup-TagTypo',
        property: 'tiers',
        message: (label) =>
          `${label('tiers')} must include the value of the tag \`${tagKey}\` of ${firstNames(paths)} to back it up, got ${enumerateNames(tiers)} and the tag ${show(value)}`,
        fix: `write ${show(near)}`,
      }),
    ];
  });
}

/** What got the tag of a tier: a resource, or a scope. */
export interface TaggedScope {
  readonly scope: IConstruct;
  readonly tierName: string;
}

/**
 * Resources with the tag of a tier of this account and Region that are in another one, where no other one of the app has
 * the tier.
 */
export function taggedElsewhereProblems(
  account: Construct,
  tagged: readonly TaggedScope[],
  isBackedUp: (resource: IConstruct, tierName: string) => boolean,
): Problem[] {
  const byPlace = new Map<string, Set<string>>();
  for (const { scope, tierName } of tagged)
    for (const { construct, resource } of collectResources(scope)) {
      const elsewhere = differentEnvironment(account, { env: Stack.of(resource) });
      if (!elsewhere || isBackedUp(resource, tierName)) continue;
      const place = `${elsewhere.what} ${elsewhere.there}`;
      byPlace.set(place, (byPlace.get(place) ?? new Set()).add(construct.node.path));
    }
  return [...byPlace].map(([place, paths]) =>
    problem({
      id: 'Backup-TierTagElsewhere',
      property: 'tagOf',
      message: (label) =>
        `${label('tagOf')} has ${firstNames([...paths])} in ${place}, but \`${account.node.path}\` backs up only resources in its own account and Region`,
      fix: 'create an `AccountBackup` there, or use `new BackupTag()` if another app has one there',
    }),
  );
}
