import { RunTimes } from '../src/forecast/core/run-times';
import type { Lineage } from '../src/forecast/points/resource-points';
import {
  type FindingData,
  type LineageData,
  type Profile,
  STATUSES,
  type Status,
} from '../src/report/data/page-data';
import { decodeRuns } from '../src/report/data/runs';
import type { ShownData } from '../src/report/page/summary-lines';

/** A resource, with the names that the data stores once. */
export interface Resource {
  readonly index: number;
  /** `Stack/LogicalId`: what links to it. */
  readonly key: string;
  /** The construct path, or the key. */
  readonly name: string;
  readonly stack: string;
  readonly logicalId: string;
  readonly account: string;
  readonly region: string;
  readonly type: string;
  readonly status: Status;
  readonly profile: Profile;
  readonly tags: readonly (readonly [string, string])[];
  readonly optOut?: { readonly reason: string; readonly until?: string };
  readonly findings: readonly FindingData[];
  /** What a search looks into, in lowercase. */
  readonly text: string;
}

/** A lineage with its runs, as the analyses of the library take it. */
export type Series = Pick<
  Lineage,
  'kind' | 'times' | 'retentionDays' | 'coldAfterDays' | 'windowDays' | 'holds'
> & { readonly data: LineageData };

/** The data of the page, ready to show. */
export class Page {
  public readonly resources: readonly Resource[];
  private readonly byKey: ReadonlyMap<string, Resource>;
  private readonly series: (Series | undefined)[] = [];
  private readonly times: (RunTimes | undefined)[] = [];

  constructor(public readonly data: ShownData) {
    const { resources: columns, names, profiles, findings } = data;
    const byPlace = new Map<string, FindingData[]>();
    for (const finding of findings) {
      const key = `${finding.stack}/${finding.logicalId}`;
      const own = byPlace.get(key);
      if (own) own.push(finding);
      else byPlace.set(key, [finding]);
    }
    this.resources = columns.logicalId.map((logicalId, index): Resource => {
      const stack = names.stacks[columns.stack[index]];
      const key = `${stack}/${logicalId}`;
      const profile = profiles[columns.profile[index]];
      const tags = columns.tags[index].map((position) => names.tags[position]);
      const resource = {
        index,
        key,
        name: columns.path[index] || key,
        stack,
        logicalId,
        account: names.accounts[columns.account[index]] ?? 'any account',
        region: names.regions[columns.region[index]] ?? 'any Region',
        type: names.types[columns.type[index]],
        status: STATUSES[columns.status[index]],
        profile,
        tags,
        optOut: columns.optOuts[index],
        findings: byPlace.get(key) ?? [],
      };
      const words = [
        resource.name,
        key,
        resource.type,
        resource.account,
        resource.region,
        ...profile.plans.map(({ name }) => name),
        ...tags.map(([name, value]) => `${name}=${value}`),
      ];
      return { ...resource, text: words.join('\n').toLowerCase() };
    });
    this.byKey = new Map(this.resources.map((resource) => [resource.key, resource]));
  }

  public find(key: string): Resource | undefined {
    return this.byKey.get(key);
  }

  /** A lineage by its position. */
  public lineage(position: number): Series {
    const known = this.series[position];
    if (known) return known;
    const data = this.data.lineages[position];
    const times = this.times[data.runs] ?? new RunTimes(decodeRuns(this.data.runs[data.runs]));
    this.times[data.runs] = times;
    const series: Series = {
      data,
      kind: data.kind,
      times,
      retentionDays: data.retentionDays ?? Number.POSITIVE_INFINITY,
      coldAfterDays: data.coldAfterDays ?? Number.POSITIVE_INFINITY,
      windowDays: data.windowDays,
      holds: data.holds,
    };
    this.series[position] = series;
    return series;
  }
}
