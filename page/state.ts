import { computed, effect, type Signal, signal } from '@preact/signals';
import { options } from 'preact';
import type { Status } from '../src/report/data/page-data';

/** What the reader asks for. */
export const search = signal('');
const words = computed(() =>
  search.value
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== ''),
);
/** Whether a resource has every word of the search. */
export function isFound({ text }: { readonly text: string }): boolean {
  return words.value.every((word) => text.includes(word));
}
export const status = signal<Status | 'all'>('all');
export const type = signal('all');
export const groupBy = signal('none');
export const sortBy = signal<{ readonly column: SortColumn; readonly descending: boolean }>({
  column: 'order',
  descending: false,
});
export type SortColumn = 'order' | 'name' | 'rpo' | 'retention' | 'findings';

/** The key of the resource in the dialog. */
export const opened = signal<string | undefined>(undefined);
/** The check whose findings are unfolded. */
export const unfolded = signal<ReadonlySet<string>>(new Set());
/** What the timeline shows: `resource:KEY`, `vault:POSITION`, `rule:PLAN/RULE`, or everything. */
export const subject = signal('all');
/** Whether the page is printed: lists are printed as a whole. */
export const printing = signal(false);

/** What a `details` element does for the list of what is unfolded; printing unfolds without it. */
export function remember(list: Signal<ReadonlySet<string>>, id: string) {
  return ({ currentTarget }: { readonly currentTarget: HTMLDetailsElement }): void => {
    if (printing.value) return;
    const next = new Set(list.value);
    if (currentTarget.open) next.add(id);
    else next.delete(id);
    list.value = next;
  };
}

/** Follows the address: `#resource=Stack/LogicalId`, `#finding=Backup-…`, `#timeline=resource Stack/LogicalId`. */
export function followAddress(): void {
  const read = () => {
    const [name, ...rest] = location.hash.slice(1).split('=');
    const value = decoded(rest.join('='));
    if (name === 'resource') opened.value = value;
    else opened.value = undefined;
    if (name === 'timeline' && value !== '') {
      subject.value = value;
      requestAnimationFrame(() => document.getElementById('timeline')?.scrollIntoView());
    }
    if (name === 'finding') {
      unfolded.value = new Set([...unfolded.value, value]);
      requestAnimationFrame(() => {
        const group = document.getElementById(`finding-${value}`);
        group?.scrollIntoView();
        (group?.querySelector('summary') ?? group)?.focus();
      });
    }
  };
  addEventListener('hashchange', read);
  read();
  addEventListener('beforeprint', () => print(true));
  addEventListener('afterprint', () => print(false));
  // printing to a file without a dialog
  const media = matchMedia('print');
  media.addEventListener('change', ({ matches }) => print(matches));
  effect(() => {
    if (opened.value === undefined && location.hash.startsWith('#resource='))
      history.replaceState(null, '', location.pathname + location.search);
  });
}

/** Draws what is printed at once: browsers print what is there when the event ends. */
function print(isPrinting: boolean): void {
  const { debounceRendering } = options;
  options.debounceRendering = (render) => render();
  // while browsers announce a print, the style is still that of the screen
  document.documentElement.toggleAttribute('data-printing', isPrinting);
  printing.value = isPrinting;
  options.debounceRendering = debounceRendering;
  // not what repeats something else, and not what is met
  const closed = isPrinting
    ? 'details:not([open], .requirement, .in-words, .repeated)'
    : 'details[data-printed]';
  for (const details of document.querySelectorAll<HTMLDetailsElement>(closed)) {
    details.open = isPrinting;
    details.toggleAttribute('data-printed', isPrinting);
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function resourceLink(key: string): string {
  return `#resource=${encodeURIComponent(key)}`;
}
