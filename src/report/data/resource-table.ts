import type { CopyFacts, ResourceCoverage } from '../../coverage/coverage';
import type { ResourceForecast, VaultForecast } from '../../forecast/outlook/forecast';
import type { Lineage, ResourcePoints } from '../../forecast/points/resource-points';
import { isAirGapped } from '../../forecast/points/vault-place';
import { SCENARIOS } from '../../forecast/survival/scenarios';
import { known, type Text } from '../../template/evaluation/unknown';
import { NameList } from './name-list';
import type {
  CopyData,
  Days,
  LineageData,
  PageData,
  Profile,
  ResourceColumns,
  Status,
  VaultData,
} from './page-data';
import { STATUSES } from './page-data';
import { encodeRuns } from './runs';

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

/** The resources of a page, in columns, with the profiles that they share. */
export class ResourceTable {
  private readonly stacks = new NameList();
  private readonly accounts = new NameList();
  private readonly regions = new NameList();
  private readonly types = new NameList();
  private readonly tags = new NameList<readonly [string, string]>(([key, value]) => `${key}\0${value}`);
  private readonly profiles = new NameList<Profile>(JSON.stringify);
  private readonly runs = new NameList<readonly number[]>((encoded) => encoded.join());
  private readonly lineages: LineageData[] = [];
  private readonly lineageOf = new Map<Lineage, number>();
  private readonly encoded = new Map<unknown, number>();
  private readonly vaults: ReadonlyMap<string, number>;
  private readonly vaultData: readonly VaultData[];
  private readonly optOuts: Record<number, { reason: string; until?: string }> = {};
  private readonly memo = new Map<ResourcePoints, Map<string, number>>();
  private readonly columns: Mutable<Omit<ResourceColumns, 'optOuts'>> = {
    stack: [],
    logicalId: [],
    path: [],
    account: [],
    region: [],
    type: [],
    status: [],
    profile: [],
    tags: [],
  };

  constructor(vaults: readonly VaultForecast[]) {
    this.vaults = new Map(vaults.map(({ vault }, index) => [vault.key, index]));
    this.vaultData = vaults.map(({ vault, recoveryPoints }) => ({
      name: vault.name,
      account: vault.account,
      region: vault.region,
      airGapped: isAirGapped(vault),
      points: recoveryPoints,
    }));
  }

  public add(forecast: ResourceForecast): void {
    const { coverage } = forecast;
    const { resource, optOut } = coverage;
    const { place } = resource;
    const { columns } = this;
    const status = statusOf(coverage);
    if (status === 'opted-out' && optOut)
      this.optOuts[columns.stack.length] = { reason: optOut.reason, until: optOut.until };
    columns.stack.push(this.stacks.of(place.stack));
    columns.logicalId.push(place.logicalId);
    columns.path.push(place.constructPath?.replace(/\/Resource$/, '') ?? '');
    columns.account.push(this.accounts.of(place.account));
    columns.region.push(this.regions.of(place.region));
    columns.type.push(this.types.of(known(resource.resourceType) ?? resource.type));
    columns.status.push(STATUSES.indexOf(status));
    columns.profile.push(this.profileOf(forecast));
    columns.tags.push(resource.tags.items.flatMap(({ key, value }) => this.tag(key, value)));
  }

  public data(): Pick<PageData, 'names' | 'resources' | 'profiles' | 'lineages' | 'runs' | 'vaults'> {
    return {
      names: {
        stacks: this.stacks.all,
        accounts: this.accounts.all,
        regions: this.regions.all,
        types: this.types.all,
        tags: this.tags.all,
      },
      resources: { ...this.columns, optOuts: this.optOuts },
      profiles: this.profiles.all,
      lineages: this.lineages,
      runs: this.runs.all,
      vaults: this.vaultData,
    };
  }

  private tag(key: Text, value: Text): number[] {
    const [name, content] = [known(key), known(value)];
    return name === undefined || content === undefined || name.startsWith('aws:')
      ? []
      : [this.tags.of([name, content])];
  }

  /** Resources whose forecast is the same object are likely the same in everything else. */
  private profileOf(forecast: ResourceForecast): number {
    const { coverage, points, survives } = forecast;
    let byRest = this.memo.get(points);
    if (!byRest) {
      byRest = new Map();
      this.memo.set(points, byRest);
    }
    const rest = JSON.stringify([
      coverageProfile(coverage),
      survives,
      forecast.killingSets,
      forecast.continuousRpoMinutes,
    ]);
    let profile = byRest.get(rest);
    if (profile === undefined) {
      profile = this.profiles.of(this.profile(forecast));
      byRest.set(rest, profile);
    }
    return profile;
  }

  private profile(forecast: ResourceForecast): Profile {
    const { coverage, points } = forecast;
    return {
      ...coverageProfile(coverage),
      points: forecast.recoveryPoints,
      copied: forecast.copies,
      oldest: forecast.oldestAlive ?? null,
      newest: forecast.newestAlive ?? null,
      longestGapMinutes: forecast.rpoMinutes ?? null,
      continuousRpoMinutes: forecast.continuousRpoMinutes ?? null,
      forecastReasons: points.reasons,
      survives: SCENARIOS.map((scenario) => forecast.survives[scenario]),
      killingSets: forecast.killingSets,
      lineages: points.lineages.flatMap((lineage) =>
        lineage.kind === 'temporary' ? [] : [this.lineage(lineage)],
      ),
    };
  }

  private lineage(lineage: Lineage): number {
    const known = this.lineageOf.get(lineage);
    if (known !== undefined) return known;
    const { kind, vault, plan, rule, retentionDays, coldAfterDays, windowDays, holds, times } = lineage;
    let runs = this.encoded.get(times);
    if (runs === undefined) {
      runs = this.runs.of(encodeRuns(times));
      this.encoded.set(times, runs);
    }
    const data: LineageData = {
      kind,
      vault: this.vaults.get(vault.key) ?? -1,
      plan,
      rule,
      runs,
      retentionDays: finite(retentionDays),
      coldAfterDays: finite(coldAfterDays),
      windowDays,
      holds: holds.map(({ from, to }) => ({ from, to })),
    };
    this.lineages.push(data);
    this.lineageOf.set(lineage, this.lineages.length - 1);
    return this.lineages.length - 1;
  }
}

type CoverageProfile = Pick<
  Profile,
  | 'plans'
  | 'perhaps'
  | 'tested'
  | 'reasons'
  | 'rpoMinutes'
  | 'worstCaseMinutes'
  | 'retention'
  | 'copies'
  | 'lock'
  | 'notes'
>;

function coverageProfile(coverage: ResourceCoverage): CoverageProfile {
  const { plans, perhaps, tested, reasons, notes, copies, immutability } = coverage;
  return {
    plans: plans.map(({ name, rules }) => ({ name, rules: rules.map((rule) => rule.name) })),
    perhaps: [...new Set(perhaps.map(({ name }) => name))],
    tested,
    reasons,
    rpoMinutes: coverage.objectiveMinutes ?? null,
    worstCaseMinutes: coverage.worstCaseMinutes ?? null,
    retention: {
      shortest: days(coverage.shortestRetentionDays) ?? null,
      longest: days(coverage.longestRetentionDays) ?? null,
    },
    copies: copies.map(copyData),
    lock: immutability ?? null,
    notes,
  };
}

function statusOf({ status, perhaps }: ResourceCoverage): Status {
  return status === 'unprotected' && perhaps.length > 0 ? 'unknown' : status;
}

function copyData({ vault, account, region, retentionDays, immutability }: CopyFacts): CopyData {
  const name = vault.replace(/^arn:.*:backup-vault:/, '');
  return { vault: name, account, region, retention: days(retentionDays), lock: immutability };
}

function days(amount: number | undefined): Days | undefined {
  return amount === Number.POSITIVE_INFINITY ? 'forever' : amount;
}

/** Null instead of infinity, which JSON has no word for. */
function finite(amount: number): number | null {
  return Number.isFinite(amount) ? amount : null;
}
