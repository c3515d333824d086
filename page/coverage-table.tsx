import { type ReadonlySignal, useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { daysText, durationText } from '../src/report/page/amounts';
import { numberText } from '../src/values/core/plain-text';
import type { Resource } from './model';
import { printing, type SortColumn, sortBy } from './state';
import { count, Glyph, ResourceLink, STATUS_TEXT } from './text';

export const ROW_HEIGHT = 46;
/** The height of the table, which shows half a row where there is more, so that one sees that it scrolls. */
const HEIGHT = 13.5 * ROW_HEIGHT;
/** Shorter tables don't scroll. */
const SHORT = 20;
/** Rows above and below what is visible. */
const MARGIN = 8;
/** More rows would be a book. */
const MAX_PRINTED = 500;

/** A resource, or the headline of a group. */
export interface TableRow {
  readonly resource?: Resource;
  readonly group?: { readonly name: string; readonly text: string };
}

const COLUMNS: readonly { readonly title: string; readonly sort?: SortColumn }[] = [
  { title: 'Resource', sort: 'name' },
  { title: 'Plans' },
  { title: 'RPO', sort: 'rpo' },
  { title: 'Retention', sort: 'retention' },
  { title: 'Copies' },
  { title: 'Lock' },
  { title: 'Restore test' },
  { title: 'Findings', sort: 'findings' },
];

/** A table that draws only the rows in sight. */
export function CoverageTable({ rows }: { readonly rows: ReadonlySignal<readonly TableRow[]> }) {
  const top = useSignal(0);
  const height = useSignal(SHORT * ROW_HEIGHT);
  const body = useRef<HTMLDivElement>(null);
  const all = rows.value;
  const first = printing.value ? 0 : Math.max(0, Math.floor(top.value / ROW_HEIGHT) - MARGIN);
  const last = printing.value
    ? Math.min(all.length, MAX_PRINTED)
    : Math.min(all.length, Math.ceil((top.value + height.value) / ROW_HEIGHT) + MARGIN);
  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-row]');
    if (step === 0 || !row || !body.current) return;
    event.preventDefault();
    focusRow(body.current, all, Number(row.dataset.row) + step, step);
  };
  return (
    <div class="table" role="table" aria-label="Resources" aria-rowcount={all.length + 1}>
      <div class="table-row head" role="row" aria-rowindex={1}>
        {COLUMNS.map(({ title, sort }) => (
          <Header key={title} title={title} sort={sort} />
        ))}
      </div>
      <div
        class="table-body"
        role="rowgroup"
        ref={body}
        tabIndex={0}
        style={{ maxHeight: all.length > SHORT && !printing.value ? `${HEIGHT}px` : 'none' }}
        onScroll={(event) => {
          top.value = event.currentTarget.scrollTop;
          height.value = event.currentTarget.clientHeight;
        }}
        onKeyDown={move}
      >
        <div style={{ height: printing.value ? 'auto' : `${all.length * ROW_HEIGHT}px` }} role="presentation">
          <div
            style={{ transform: printing.value ? 'none' : `translateY(${first * ROW_HEIGHT}px)` }}
            role="presentation"
          >
            {all.slice(first, last).map((row, index) => (
              <Row key={row.resource?.index ?? row.group?.name} row={row} position={first + index} />
            ))}
          </div>
        </div>
        {all.length === 0 && <p class="quiet empty">No resource matches.</p>}
      </div>
      {printing.value && all.length > MAX_PRINTED && <p>and {numberText(all.length - MAX_PRINTED)} more</p>}
    </div>
  );
}

function focusRow(body: HTMLElement, all: readonly TableRow[], from: number, step: number): void {
  let target = from;
  while (all[target]?.group) target += step;
  if (target < 0 || target >= all.length) return;
  const y = target * ROW_HEIGHT;
  if (y < body.scrollTop) body.scrollTop = y;
  else if (y + ROW_HEIGHT > body.scrollTop + body.clientHeight)
    body.scrollTop = y + ROW_HEIGHT - body.clientHeight;
  // once it is drawn
  requestAnimationFrame(() =>
    requestAnimationFrame(() =>
      body.querySelector<HTMLElement>(`[data-row="${target}"] a`)?.focus({ preventScroll: true }),
    ),
  );
}

function Header({ title, sort }: { readonly title: string; readonly sort?: SortColumn }) {
  if (!sort)
    return (
      <span role="columnheader" class="cell">
        {title}
      </span>
    );
  const { column, descending } = sortBy.value;
  const mine = column === sort;
  const next = () => {
    if (!mine) sortBy.value = { column: sort, descending: sort !== 'name' };
    else if (descending === (sort !== 'name')) sortBy.value = { column: sort, descending: !descending };
    else sortBy.value = { column: 'order', descending: false };
  };
  return (
    <span
      role="columnheader"
      class="cell"
      aria-sort={mine ? (descending ? 'descending' : 'ascending') : 'none'}
    >
      <button type="button" onClick={next}>
        {title}
        <span aria-hidden="true">{mine ? (descending ? ' ↓' : ' ↑') : ''}</span>
      </button>
    </span>
  );
}

function Cell(props: {
  readonly class?: string;
  readonly title?: string;
  readonly children: ComponentChildren;
}) {
  return (
    <span role="cell" title={props.title} class={`cell ${props.class ?? ''}`}>
      {props.children}
    </span>
  );
}

function Row({ row: { resource, group }, position }: { readonly row: TableRow; readonly position: number }) {
  if (group)
    return (
      <div class="table-row group" role="row" aria-rowindex={position + 2} data-row={position}>
        <Cell>
          <strong>{group.name}</strong> <span class="quiet">{group.text}</span>
        </Cell>
      </div>
    );
  if (!resource) return null;
  const { profile, status, type, findings, optOut } = resource;
  const plans = profile.plans.map((plan) => plan.name).join(', ');
  const copies = profile.copies.length;
  // where there is no room for the columns
  const brief =
    plans &&
    ` · ${daysText(profile.retention.longest)}${copies > 0 ? ` · ${count(copies, 'copy', 'copies')}` : ''} · ${plans}`;
  return (
    <div class={`table-row ${status}`} role="row" aria-rowindex={position + 2} data-row={position}>
      <Cell class="name">
        <Glyph of={status} />
        <span class="visually-hidden">{STATUS_TEXT[status]}</span>
        <span class="two">
          <ResourceLink of={resource} />
          <span class="quiet" title={type + brief}>
            {type}
            <span class="brief">{brief}</span>
          </span>
        </span>
      </Cell>
      <Cell title={plans}>
        {plans || <span class="quiet">{optOut?.reason ?? profile.reasons[0] ?? STATUS_TEXT[status]}</span>}
      </Cell>
      <Cell class="number">{profile.rpoMinutes === null ? '–' : durationText(profile.rpoMinutes)}</Cell>
      <Cell class="number">{daysText(profile.retention.longest)}</Cell>
      <Cell class="number">{copies || '–'}</Cell>
      <Cell>{profile.lock ?? '–'}</Cell>
      <Cell>{profile.tested ? 'yes' : 'no'}</Cell>
      <Cell class="number">{findings.length || '–'}</Cell>
    </div>
  );
}
