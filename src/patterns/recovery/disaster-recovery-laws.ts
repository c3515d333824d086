import { Duration } from 'aws-cdk-lib';
import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import { listProblems, propsProblems, requiredKindProblems } from '../../resources/core/argument-checks';
import { partitionThere } from '../../resources/plan/plan-laws';
import { lockOf, vaultLabel } from '../../resources/vault/vault-facts';
import { isAirGappedVault, isVault } from '../../resources/vault/vault-reference';
import { copyPartitionProblems } from '../../values/copy/copy-laws';
import { dayCount, isKnown } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { ResourceType } from '../../values/resource-type/resource-type';
import { lockRangeProblems } from '../../values/vault/vault-lock';
import { sameVault } from '../copy/copy-cycles';
import { copyGaps, timeoutSeconds } from '../copy/event-copy-laws';
import type { DisasterRecoveryProps } from './disaster-recovery-props';
import { RecoveryHop } from './recovery-hop';
import type { Route } from './recovery-route';

/** Whether the properties are of the right kinds; callers without types pass anything. */
export function recoveryKindProblems(props: DisasterRecoveryProps): Problem[] {
  const wrong = propsProblems('Backup-DisasterRecoveryProps', props);
  if (wrong.length > 0) return wrong;
  const { source, hops, resourceTypes } = props ?? {};
  return [
    ...requiredKindProblems(source, (given) => isVault(given) && !isAirGappedVault(given), {
      id: 'Backup-RecoverySource',
      property: 'source',
      what: 'the backup vault that plans back up into',
      fix: 'refer to an existing one with `BackupVault.fromBackupVaultName`',
    }),
    ...hopKindProblems(hops),
    ...listProblems(resourceTypes, (type: unknown) => type instanceof ResourceType, {
      id: 'Backup-ResourceTypes',
      property: 'resourceTypes',
      what: 'a `ResourceType`',
      fix: 'use for instance `ResourceType.RDS`',
    }),
  ];
}

function hopKindProblems(hops: unknown): Problem[] {
  const expected = {
    id: 'Backup-RecoveryHops',
    property: 'hops',
    what: 'a `RecoveryHop`',
    fix: 'use for instance `RecoveryHop.toVault(vault, { retention: Retention.days(35) })`',
  };
  if (!Array.isArray(hops))
    return requiredKindProblems(hops, () => false, {
      ...expected,
      what: 'a list, each element a `RecoveryHop`',
    });
  if (hops.length > 0) return listProblems(hops, (hop: unknown) => hop instanceof RecoveryHop, expected);
  return [
    {
      id: expected.id,
      severity: 'error',
      property: 'hops',
      message: '`hops` must name at least one vault to copy into, got none',
      fix: expected.fix,
    },
  ];
}

/** What can be told of a topology: each vault once, each hop after one before it, and each retention within its lock. */
export function routeProblems(
  source: IBackupVaultRef,
  routes: readonly Route[],
  types: readonly ResourceType[],
): Problem[] {
  return routes.flatMap((route) => [
    ...placeProblems(source, routes, route),
    ...copyPartitionProblems(
      from(source, route).env.region,
      partitionThere(route.hop.copy),
      hopName(route),
      'the source',
    ),
    ...lockProblems(route),
    ...copyGaps(from(source, route).env, route.hop.copy, types, hopName(route)),
    ...stayProblems(route),
  ]);
}

/** What types that are only known at synthesis can't do of the hops that no plan tells of. */
export function lateRouteProblems(
  source: IBackupVaultRef,
  routes: readonly Route[],
  types: readonly ResourceType[],
): Problem[] {
  return routes
    .filter(({ after }) => after !== undefined)
    .flatMap((route) => [...copyGaps(from(source, route).env, route.hop.copy, types, hopName(route))]);
}

/** The vault that a hop begins at. */
function from(source: IBackupVaultRef, { after }: Route): IBackupVaultRef {
  return after ?? source;
}

function hopName({ index }: Route): string {
  return `hops[${index}]`;
}

function placeProblems(source: IBackupVaultRef, routes: readonly Route[], route: Route): Problem[] {
  const property = hopName(route);
  const { hop, index, through, after } = route;
  const vault = hop.copy._vault;
  if (!vault) return [];
  if (sameVault(vault, source))
    return [
      {
        id: 'Backup-CopyIntoSource',
        severity: 'error',
        property,
        message: `\`${property}\` must go into another vault than \`source\`, got ${vaultLabel(vault)} for both`,
        fix: 'copy into a vault of another Region or account',
      },
    ];
  const before = routes.find((other) => other.index < index && isInto(other, vault));
  if (before)
    return [
      {
        id: 'Backup-DuplicateCopy',
        severity: 'error',
        property,
        message: `\`${property}\` must go into a vault of its own, got ${vaultLabel(vault)}, that of \`${hopName(before)}\``,
        fix: 'leave one of them out',
      },
    ];
  if (after === undefined || through) return [];
  const earlier = routes.slice(0, index).map(({ hop: { copy } }) => copy._vault && vaultLabel(copy._vault));
  return [
    {
      id: 'Backup-RecoveryHopAfter',
      severity: 'error',
      property,
      message: `\`after\` of \`${property}\` must be the vault of an earlier hop (${earlier.length > 0 ? earlier.join(', ') : 'there is none'}), got ${vaultLabel(after)}`,
      fix: sameVault(after, source)
        ? 'leave it out: hops begin at the source'
        : 'say the hop into that vault before this one',
    },
  ];
}

function isInto({ hop }: Route, vault: NonNullable<RecoveryHop['copy']['_vault']>): boolean {
  return hop.copy._vault !== undefined && sameVault(hop.copy._vault, vault);
}

function lockProblems(route: Route): Problem[] {
  const { copy } = route.hop;
  const lock = copy._vault && lockOf(copy._vault);
  if (!copy._vault || !lock) return [];
  return lockRangeProblems(copy.retention.inDays, lock, 'retention', vaultLabel(copy._vault)).map(
    (problem) => ({
      ...problem,
      message: problem.message.replace('`retention`', `\`retention\` of \`${hopName(route)}\``),
    }),
  );
}

/**
 * What is copied on must be there, and warm, until the copy is complete.
 *
 * Source: AWS Backup Developer Guide, "Creating a copy of a backup" (what is in cold storage can't be copied), 2026-09;
 * that a copy needs its source to the end is inferred.
 */
function stayProblems(route: Route): Problem[] {
  const { through, hop } = route;
  if (!through) return [];
  const { timeout } = hop._options;
  const days = Math.ceil(Duration.seconds(timeoutSeconds(timeout)).toDays({ integral: false }));
  const { retention, coldStorageAfterDays } = through.hop.copy;
  const stays = [
    { property: 'retention', stay: retention.inDays },
    { property: 'coldStorageAfter', stay: coldStorageAfterDays },
  ];
  return stays.flatMap(({ property, stay }): Problem[] =>
    stay === undefined || !isKnown(stay) || stay >= days
      ? []
      : [
          {
            id: 'Backup-RecoveryHopStay',
            severity: 'warning',
            property,
            message: `\`${property}\` of \`${hopName(through)}\` should be at least as long as copies from there may take (${dayCount(days)}), got ${dayCount(stay)}`,
            fix: `use ${dayCount(days)} or more, or a shorter \`timeout\` of \`${hopName(route)}\``,
          },
        ],
  );
}
