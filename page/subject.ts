import { computed } from '@preact/signals';
import type { Page, Series } from './model';
import { subject } from './state';

/** What is shown: series, and how many resources have each. */
export interface Subject {
  readonly title: string;
  readonly series: readonly { readonly series: Series; readonly factor: number }[];
  /** Of one resource: the name of its type in AWS Backup. */
  readonly resourceType?: string;
}

let cached: { page: Page; shown: { value: Subject } } | undefined;

/** Computed once for each choice, not for each day. */
export function chosenSubject(page: Page): Subject {
  if (cached?.page !== page) cached = { page, shown: computed(() => subjectOf(page, subject.value)) };
  return cached.shown.value;
}

function subjectOf(page: Page, chosen: string): Subject {
  const [kind, ...rest] = chosen.split(' ');
  const name = rest.join(' ');
  const resource = kind === 'resource' ? page.find(name) : undefined;
  if (resource)
    return {
      title: resource.name,
      resourceType: resource.type,
      series: resource.profile.lineages.map((position) => ({ series: page.lineage(position), factor: 1 })),
    };
  const keys = new Map<number, string>();
  const factors = new Map<string, { position: number; factor: number }>();
  for (const { profile } of page.resources)
    for (const position of profile.lineages) {
      const lineage = page.data.lineages[position];
      const { vault, plan, rule } = lineage;
      if (kind === 'vault' && vault !== Number(name)) continue;
      if (kind === 'rule' && `${plan}/${rule}` !== name) continue;
      // resources of several types have equal series
      const key = keys.get(position) ?? JSON.stringify(lineage);
      keys.set(position, key);
      const known = factors.get(key);
      if (known) known.factor++;
      else factors.set(key, { position, factor: 1 });
    }
  return {
    title:
      kind === 'vault'
        ? `vault ${page.data.vaults[Number(name)]?.name}`
        : kind === 'rule'
          ? `rule ${name}`
          : 'all resources',
    series: [...factors.values()].map(({ position, factor }) => ({ series: page.lineage(position), factor })),
  };
}
