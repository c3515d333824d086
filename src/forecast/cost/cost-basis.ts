import type { ResourceItem } from '../../inventory/protected-resource/resource-item';
import { known } from '../../template/evaluation/unknown';
import { BackupCapability } from '../../values/resource-type/capability';
import { checkpointsOf, type Period } from '../core/period';
import { MAX_CONTINUOUS_DAYS, supports } from '../points/lifecycles';
import type { ResourcePoints } from '../points/resource-points';
import { isAirGapped, type VaultPlace } from '../points/vault-place';
import { alternativesFor } from './cost-alternatives';
import { type ChainContext, chainsOf, MIN_INCREMENTAL_DAYS } from './cost-chains';
import { metersOf } from './cost-meters';
import {
  type CostAlternative,
  type CostBasis,
  type CostChain,
  type CostGroup,
  type CostResource,
  type CostSpan,
  type CostVault,
  MONTH_MS,
} from './cost-model';
import type { CostedForecast, CostedResource } from './costed-forecast';
import { type StorageFacts, storageFacts } from './storage-facts';

/** Everything that the estimate of a forecast needs, except sizes and prices. */
export function costBasisOf(forecast: CostedForecast): CostBasis {
  return new BasisBuilder(forecast).build();
}

/** The times between the entries of the timeline, and the month before the end. */
export function spansOf(period: Period): CostSpan[] {
  let { from } = period;
  const spans = checkpointsOf(period).map((to) => {
    const span = { from, to };
    from = to;
    return span;
  });
  return [...spans, { from: Math.max(period.from, period.to - MONTH_MS), to: period.to }];
}

class BasisBuilder {
  private readonly spans: readonly CostSpan[];
  private readonly vaults = new Map<string, number>();
  private readonly places: CostVault[] = [];
  private readonly resources: CostResource[] = [];
  private readonly byPoints = new Map<ResourcePoints, Map<string, number[]>>();
  private readonly groups: CostGroup[] = [];
  private readonly alternatives: CostAlternative[] = [];
  private readonly leftOut = new Set<string>();
  private readonly assumptions = new Set<string>();

  constructor(private readonly forecast: CostedForecast) {
    this.spans = spansOf(forecast.period);
  }

  public build(): CostBasis {
    for (const resource of this.forecast.resources) this.add(resource);
    this.note();
    return {
      spans: this.spans,
      resources: this.resources,
      vaults: this.places,
      groups: this.groups,
      alternatives: this.alternatives,
      meters: metersOf(this.forecast, this.spans, this.resources),
      leftOut: [...this.leftOut],
      assumptions: [...this.assumptions],
    };
  }

  private add({ coverage: { resource }, resourceType, points }: CostedResource): void {
    if (points.lineages.every(({ times }) => times.length === 0)) return;
    const { stack, logicalId, constructPath } = resource.place;
    const facts = resourceType === undefined ? undefined : storageFacts(resourceType, resource.variant);
    if (resourceType === undefined || !facts) {
      this.leftOut.add(
        resourceType === undefined
          ? `\`${stack}/${logicalId}\`, whose type in AWS Backup isn't known before deployment`
          : `backups of ${resourceType}, which this estimate has no price item for`,
      );
      return;
    }
    const index = this.resources.length;
    this.resources.push({
      id: `${stack}/${logicalId}`,
      path: constructPath,
      resourceType,
      sizeGiB: known(resource.volume?.sizeGiB),
    });
    if (points.lineages.some(({ kind }) => kind === 'temporary'))
      this.leftOut.add(
        'temporary recovery points in standard vaults, until they are in the logically air-gapped vault',
      );
    const automatic = automatedDays(resource, points);
    const key = `${resourceType}|${facts.item}|${automatic}`;
    const byType = this.byPoints.get(points) ?? new Map<string, number[]>();
    this.byPoints.set(points, byType);
    const indexes = byType.get(key);
    if (indexes) indexes.push(index);
    else {
      const own = [index];
      byType.set(key, own);
      this.addGroup(resource, own, facts, automatic, { resourceType, points });
    }
  }

  private addGroup(
    resource: ResourceItem,
    resources: readonly number[],
    facts: StorageFacts,
    automatedRetentionDays: number,
    { resourceType, points: { lineages } }: Required<Pick<CostedResource, 'resourceType' | 'points'>>,
  ): void {
    const type = this.forecast.types.of(resource);
    const context: ChainContext = {
      facts,
      managed: supports(type, BackupCapability.FULL_MANAGEMENT),
      automatedRetentionDays,
      spans: this.spans,
      vaultOf: (vault) => this.vaultIndex(vault),
      tierAfterDays: (vault) => this.tierAfterDays(vault),
    };
    const group = this.groups.length;
    this.groups.push({ resourceType, resources, chains: chainsOf(lineages, context) });
    const last = { ...context, spans: this.spans.slice(-1) };
    const alternatives = alternativesFor(lineages, type);
    const before = alternatives.length === 0 ? [] : chainsOf(lineages, last);
    for (const { plan, rule, change, lineages: others } of alternatives)
      this.alternatives.push({ group, plan, rule, change, before, after: chainsOf(others, last) });
  }

  private vaultIndex(vault: VaultPlace): number {
    let index = this.vaults.get(vault.key);
    if (index === undefined) {
      index = this.places.length;
      this.vaults.set(vault.key, index);
      const { name, account = null, region = null } = vault;
      this.places.push({ name, account, region, airGapped: isAirGapped(vault) });
    }
    return index;
  }

  /** The shortest time after which a tiering configuration moves S3 backups of a vault; one of the vault wins over `*`. */
  private tierAfterDays(vault: VaultPlace): number | undefined {
    let everywhere: number | undefined;
    for (const { vault: link, selections, place } of this.forecast.inventory.tiering) {
      if (place.account !== vault.account || place.region !== vault.region) continue;
      const days = selections.items.flatMap(({ resourceType, afterDays }) =>
        resourceType === 'S3' ? (known(afterDays) ?? []) : [],
      );
      if (days.length === 0) continue;
      const shortest = Math.min(...days);
      if (link?.text === '*') everywhere = shortest;
      else if (link?.to === undefined ? known(link?.text) === vault.name : link.to === vault.key)
        return shortest;
    }
    return everywhere;
  }

  private note(): void {
    const chains = this.groups.flatMap((group) => group.chains);
    const some = (test: (chain: CostChain) => boolean, text: string, into = this.assumptions) => {
      if (chains.some(test)) into.add(text);
    };
    some(
      ({ storage }) => storage === 'setting',
      'each backup of DynamoDB is full, except in Regions that the sizes list in `incrementalDynamoDb`',
    );
    some(
      ({ storage }) => storage === 'incremental',
      `the first backup is full, and later ones store what changed; those kept less than ${MIN_INCREMENTAL_DAYS} days in warm storage are full`,
    );
    some(
      ({ item, freeSizes }) => item === 'RDS' && freeSizes > 0,
      'RDS: as much storage as the database has is free of charge in its Region',
    );
    some(
      ({ item }) => item === 'Aurora',
      'Aurora: snapshots within the automated retention of the cluster are free of charge in its Region, and so is as much continuous backup as the cluster has data',
    );
    some(
      ({ airGapped }) => airGapped,
      'storage in logically air-gapped vaults costs 1.15 times as much as in standard vaults, by two known prices',
    );
    some(
      ({ region }) => region === null,
      'stacks without a Region, and vaults whose Region is not known, have the prices of us-east-1',
    );
    some(
      ({ item }) => item === 'S3',
      'requests and events that backups of S3 cause in the bucket',
      this.leftOut,
    );
    some(
      ({ tierAfterDays }) => tierAfterDays !== undefined,
      'S3: objects move to the low-cost warm tier at the age that the tiering configuration sets',
    );
    if (this.groups.length > 0) {
      this.assumptions.add('sizes do not grow, and a month has 730 hours');
      this.leftOut.add('restores, searches and indexes, and AWS Backup access points');
      this.leftOut.add('what exists before the first day, taxes and discounts');
    }
  }
}

/** The days for which a database keeps its own backups, or those of AWS Backup as its own. */
function automatedDays({ database }: ResourceItem, { lineages }: ResourcePoints): number {
  const own = known(database?.retentionDays) ?? 1;
  const windows = lineages.map(({ windowDays = 0 }) => windowDays);
  return Math.min(MAX_CONTINUOUS_DAYS, Math.max(own, ...windows));
}
