import { Duration } from 'aws-cdk-lib';
import type { IBackupVaultRef } from 'aws-cdk-lib/aws-backup';
import { listProblems, propsProblems, requiredKindProblems } from '../../resources/core/argument-checks';
import { destinationPartition } from '../../resources/plan/plan-laws';
import { lockOf, vaultLabel } from '../../resources/vault/vault-facts';
import { isAirGappedVault, isVault } from '../../resources/vault/vault-reference';
import { copyPartitionProblems } from '../../values/copy/copy-laws';
import { dayCount, isKnown } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
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
    ...unknownPropertyProblems(props, 'DisasterRecoveryProps'),
    ...requiredKindProblems(source, (given) => isVault(given) && !isAirGappedVault(given), {
      id: 'Backup-RecoverySource',
      property: 'source',
      what: 'the backup vault that plans back up into',
      fix: 'import an existing one with `BackupVault.fromBackupVaultName`',
    }),
    ...hopKindProblems(hops),
    ...listProblems(resourceTypes, (type: unknown) => type instanceof ResourceType, {
      id: 'Backup-ResourceTypes',
      property: 'resourceTypes',
      what: 'a `ResourceType`',
      fix: 'for example, use `ResourceType.RDS`',
    }),
  ];
}

function hopKindProblems(hops: unknown): Problem[] {
  const expected = {
    id: 'Backup-RecoveryHops',
    property: 'hops',
    what: 'a `RecoveryHop`',
    fix: 'for example, use `RecoveryHop.toVault(vault, { retention: Retention.days(35) })`',
  } as const;
  if (!Array.isArray(hops))
    return requiredKindProblems(hops, () => false, {
      ...expected,
      what: 'a list, each element a `RecoveryHop`',
    });
  if (hops.length > 0) return listProblems(hops, (hop: unknown) => hop instanceof RecoveryHop, expected);
  return [
    problem({
      id: expected.id,
      property: 'hops',
      message: (label) => `${label('hops')} must name at least one vault to copy into, got none`,
      fix: expected.fix,
    }),
  ];
}

/** What is wrong with the hops: each vault is used once, each hop follows an earlier one, each retention fits its lock. */
export function routeProblems(
  source: IBackupVaultRef,
  routes: readonly Route[],
  types: readonly ResourceType[],
): Problem[] {
  return routes.flatMap((route) => [
    ...placeProblems(source, routes, route),
    ...copyPartitionProblems(
      from(source, route).env.region,
      destinationPartition(route.hop.copy),
      hopName(route),
      'the source',
    ),
    ...lockProblems(route),
    ...copyGaps(from(source, route).env, route.hop.copy, types, hopName(route)),
    ...stayProblems(route),
  ]);
}

/** Types, known only at synthesis, that copies on arrival don't support. */
export function synthesisRouteProblems(
  source: IBackupVaultRef,
  routes: readonly Route[],
  types: readonly ResourceType[],
): Problem[] {
  return routes
    .filter(({ after }) => after !== undefined)
    .flatMap((route) => [...copyGaps(from(source, route).env, route.hop.copy, types, hopName(route))]);
}

/** The vault that a hop starts at. */
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
      problem({
        id: 'Backup-CopyLoop',
        property,
        message: (label) =>
          `${label(property)} should go to a vault other than \`source\`, got ${vaultLabel(vault)} for both`,
        fix: 'copy to a vault in another Region or account',
      }),
    ];
  const before = routes.find((other) => other.index < index && isInto(other, vault));
  if (before)
    return [
      problem({
        id: 'Backup-DuplicateHop',
        property,
        message: (label) =>
          `${label(property)} must go to a vault of its own, got ${vaultLabel(vault)}, that of \`${hopName(before)}\``,
        fix: 'omit one of them',
      }),
    ];
  if (after === undefined || through) return [];
  const earlier = routes.slice(0, index).map(({ hop: { copy } }) => copy._vault && vaultLabel(copy._vault));
  return [
    problem({
      id: 'Backup-RecoveryHopAfter',
      property,
      message: (label) =>
        `\`after\` of ${label(property)} must be the vault of an earlier hop (${earlier.length > 0 ? earlier.join(', ') : 'there is none'}), got ${vaultLabel(after)}`,
      fix: sameVault(after, source)
        ? 'omit it: hops start at the source'
        : 'add a hop to that vault before this one',
    }),
  ];
}

function isInto({ hop }: Route, vault: NonNullable<RecoveryHop['copy']['_vault']>): boolean {
  return hop.copy._vault !== undefined && sameVault(hop.copy._vault, vault);
}

function lockProblems(route: Route): Problem[] {
  const { copy } = route.hop;
  const lock = copy._vault && lockOf(copy._vault);
  if (!copy._vault || !lock) return [];
  return lockRangeProblems(copy.retention.inDays, lock, 'retention', vaultLabel(copy._vault)).map((problem) =>
    problem.as({ of: `\`${hopName(route)}\`` }),
  );
}

/**
 * A recovery point that is copied on must exist, in warm storage, until the copy is complete.
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
          problem({
            id: 'Backup-RecoveryHopStay',
            property,
            message: (label) =>
              `${label(property)} of \`${hopName(through)}\` should be at least as long as copies from there can take (${dayCount(days)}), got ${dayCount(stay)}`,
            fix: `use ${dayCount(days)} or more, or a shorter \`timeout\` of \`${hopName(route)}\``,
          }),
        ],
  );
}
