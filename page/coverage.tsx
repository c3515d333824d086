import { useComputed } from '@preact/signals';
import { STATUSES } from '../src/report/data/page-data';
import { numberText } from '../src/values/core/plain-text';
import { CoverageMap } from './coverage-map';
import { CoverageTable, type TableRow } from './coverage-table';
import type { Page, Resource } from './model';
import { groupBy, isFound, type SortColumn, search, sortBy, status, type } from './state';
import { Choice, count, Glyph, Section, STATUS_TEXT } from './text';

const GROUPS: readonly (readonly [string, string])[] = [
  ['none', 'No groups'],
  ['stack', 'By stack'],
  ['type', 'By type'],
  ['account', 'By account'],
  ['region', 'By Region'],
];

/** Every resource: a map, filters and a table. */
export function Coverage({ page }: { readonly page: Page }) {
  const found = useComputed(() => filtered(page.resources));
  const rows = useComputed(() => grouped(sorted(found.value), groupBy.value));
  const { resources } = page;
  if (resources.length === 0)
    return (
      <Section
        id="coverage"
        title="Coverage"
        lead="No resource in this input can be protected by AWS Backup. Plans may select resources outside of it."
      />
    );
  const counts = new Map(
    STATUSES.map((one) => [one, resources.filter((each) => each.status === one).length]),
  );
  const tagKeys = [...new Set(page.data.names.tags.map(([key]) => key))].slice(0, 100);
  const types = [...new Set(resources.map((resource) => resource.type))].sort();
  return (
    <Section
      id="coverage"
      title="Coverage"
      lead="Each square is a resource. A resource whose backup jobs certainly fail counts as not protected."
    >
      <fieldset class="chips">
        <legend>Status</legend>
        <Chip of="all" label={`all ${numberText(resources.length)}`} />
        {STATUSES.map((one) =>
          counts.get(one) ? (
            <Chip key={one} of={one} label={`${STATUS_TEXT[one]} ${numberText(counts.get(one) ?? 0)}`} />
          ) : null,
        )}
      </fieldset>
      <CoverageMap resources={resources} found={found} />
      <div class="filters">
        <label>
          <span>Search</span>
          <input
            type="search"
            placeholder="Name, type, plan, account, tag=value"
            value={search.value}
            onInput={(event) => {
              search.value = event.currentTarget.value;
            }}
          />
        </label>
        <Choice
          title="Type"
          of={type}
          options={[['all', 'All types'], ...types.map((one) => [one, one] as const)]}
        />
        <Choice
          title="Groups"
          of={groupBy}
          options={[...GROUPS, ...tagKeys.map((key) => [`tag ${key}`, `By tag ${key}`] as const)]}
        />
        <output aria-live="polite" data-number="found">
          {count(found.value.length, 'resource')}
        </output>
      </div>
      <CoverageTable rows={rows} />
    </Section>
  );
}

function Chip({ of, label }: { readonly of: typeof status.value; readonly label: string }) {
  return (
    <label class={`chip ${of}`}>
      <input
        type="radio"
        name="status"
        checked={status.value === of}
        onChange={() => {
          status.value = of;
        }}
      />
      {of !== 'all' && <Glyph of={of} />}
      {label}
    </label>
  );
}

function filtered(resources: readonly Resource[]): Resource[] {
  const [wantedStatus, wantedType] = [status.value, type.value];
  return resources.filter(
    (resource) =>
      (wantedStatus === 'all' || resource.status === wantedStatus) &&
      (wantedType === 'all' || resource.type === wantedType) &&
      isFound(resource),
  );
}

function sorted(resources: readonly Resource[]): readonly Resource[] {
  const { column, descending } = sortBy.value;
  if (column === 'order') return resources;
  const value = VALUES[column];
  const factor = descending ? -1 : 1;
  return [...resources].sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x === y) return 0;
    // what has no value comes last, whichever way
    if (x === null || y === null) return x === null ? 1 : -1;
    return (x < y ? -1 : 1) * factor;
  });
}

const VALUES: Readonly<Record<Exclude<SortColumn, 'order'>, (resource: Resource) => string | number | null>> =
  {
    name: ({ text }) => text,
    rpo: ({ profile }) => profile.rpoMinutes,
    retention: ({ profile: { retention } }) =>
      retention.longest === 'forever' ? Number.POSITIVE_INFINITY : retention.longest,
    findings: ({ findings }) => findings.length,
  };

function grouped(resources: readonly Resource[], by: string): TableRow[] {
  if (by === 'none') return resources.map((resource) => ({ resource }));
  const groups = new Map<string, Resource[]>();
  for (const resource of resources) {
    const name = groupName(resource, by);
    const group = groups.get(name);
    if (group) group.push(resource);
    else groups.set(name, [resource]);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, own]): TableRow[] => {
      const protectedOnes = own.filter((resource) => resource.status === 'protected').length;
      const group = { name, text: `${protectedOnes} of ${own.length} protected` };
      return [{ group }, ...own.map((resource) => ({ resource }))];
    });
}

function groupName(resource: Resource, by: string): string {
  switch (by) {
    case 'stack':
      return resource.stack;
    case 'type':
      return resource.type;
    case 'account':
      return resource.account;
    case 'region':
      return resource.region;
    default: {
      const key = by.slice('tag '.length);
      const tag = resource.tags.find(([name]) => name === key);
      return tag ? `${key} = ${tag[1]}` : `without tag ${key}`;
    }
  }
}
