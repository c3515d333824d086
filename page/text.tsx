import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { Status } from '../src/report/data/page-data';
import { numberText } from '../src/values/core/plain-text';
import type { Resource } from './model';
import { resourceLink } from './state';

export const STATUS_TEXT: Readonly<Record<Status, string>> = {
  protected: 'protected',
  'opted-out': 'opted out',
  unprotected: 'not protected',
  unknown: 'perhaps protected',
};

/** A sign that differs in shape, not only in color. */
export function Glyph({ of }: { readonly of: keyof typeof SHAPES }) {
  return (
    <svg class={`glyph ${of}`} viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      {SHAPES[of]}
    </svg>
  );
}

const CROSS = <path d="M2 2l8 8M10 2l-8 8" class="stroke" />;
const SQUARE = <rect x="1" y="1" width="10" height="10" rx="2" class="solid" />;
const DIAMOND = <path d="M6 1l5 5-5 5-5-5z" class="outline" />;
const DOT = <circle cx="6" cy="6" r="2" class="solid" />;
const SHAPES = {
  protected: SQUARE,
  survives: <circle cx="6" cy="6" r="5" class="solid" />,
  'opted-out': <circle cx="6" cy="6" r="4.5" class="outline" />,
  unprotected: CROSS,
  lost: CROSS,
  unknown: DIAMOND,
  error: CROSS,
  warning: <path d="M6 1.5l5 9H1z" class="outline" />,
  note: DOT,
  met: SQUARE,
  'not-met': CROSS,
  'not-visible': DIAMOND,
  'not-applicable': DOT,
};

/** Text of the library: what stands in backticks is code. */
export function Prose({ children }: { readonly children: string }) {
  return (
    <>
      {children
        .split(/`([^`]*)`/g)
        .map((part, index) => (index % 2 ? <code key={index}>{part}</code> : part))}
    </>
  );
}

/** Asks for the rest of a list. */
export function More(props: {
  readonly amount: number;
  readonly one: string;
  readonly many?: string;
  readonly onMore: () => void;
}) {
  const { amount, one, many, onMore } = props;
  return amount > 0 ? (
    <button type="button" class="more" onClick={onMore}>
      Show more of {count(amount, `further ${one}`, many && `further ${many}`)}
    </button>
  ) : null;
}

type Options<T> = readonly (readonly [value: T, label: string])[];

/** A choice of one of several values. */
export function Choice<T extends string>(props: {
  readonly title: string;
  readonly of: Signal<T>;
  readonly options: Options<T>;
  readonly groups?: readonly (readonly [label: string, options: Options<T>])[];
}) {
  const { title, of, options, groups = [] } = props;
  const list = (all: Options<T>) =>
    all.map(([value, label]) => (
      <option key={value} value={value}>
        {label}
      </option>
    ));
  return (
    <label>
      <span>{title}</span>
      <select
        value={of.value}
        onChange={({ currentTarget }) => {
          of.value = currentTarget.value as T;
        }}
      >
        {list(options)}
        {groups.map(([label, own]) => (
          <optgroup key={label} label={label}>
            {list(own)}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

/** What may be wider than the window, and scrolls then. */
export function Scroll({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ComponentChildren;
}) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={`${label}, scrolls`}>
      {children}
    </div>
  );
}

/** A section of the page. */
export function Section(props: {
  readonly id: string;
  readonly title: string;
  readonly lead?: ComponentChildren;
  readonly children?: ComponentChildren;
}) {
  const { id, title, lead, children } = props;
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {lead !== undefined && <p class="lead">{lead}</p>}
      {children}
    </section>
  );
}

/** A name that gives way in its middle: the last part of a construct path matters most. */
export function ResourceLink({ of: { key, name } }: { readonly of: Pick<Resource, 'key' | 'name'> }) {
  const parts = name.split('/');
  const end = parts.length > 1 ? `/${parts.pop()}` : '';
  return (
    <a class="ends" href={resourceLink(key)} title={name}>
      <span>{parts.length > 1 ? `${parts[0]}/…` : parts[0]}</span>
      {end && <span>{end}</span>}
    </a>
  );
}

/** Copies text, also where browsers have no clipboard. */
export function Copy({ text, label }: { readonly text: string; readonly label: string }) {
  const copy = async (event: MouseEvent) => {
    const button = event.currentTarget as HTMLButtonElement;
    await copyText(text);
    const say = (content: string, name: string) => {
      button.textContent = content;
      button.setAttribute('aria-label', name);
    };
    say('Copied', 'Copied');
    setTimeout(() => say('Copy', label), 1500);
  };
  return (
    <button type="button" class="copy" aria-label={label} onClick={copy}>
      Copy
    </button>
  );
}

async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
}

/** `1 resource`, `2 resources`. */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${numberText(amount)} ${amount === 1 ? one : many}`;
}

/** A day, which stays on one line. */
export function Day({ at }: { readonly at: number }) {
  return <time>{dateOf(at)}</time>;
}

/** What the signs and colors of a chart mean. */
export function Legend({
  entries,
}: {
  readonly entries: readonly (readonly [sign: ComponentChildren, text: string])[];
}) {
  return (
    <ul class="legend">
      {entries.map(([sign, text]) => (
        <li key={text}>
          <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
            {sign}
          </svg>
          {text}
        </li>
      ))}
    </ul>
  );
}

export function dateOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

export function momentOf(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
