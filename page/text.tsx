import type { ComponentChildren } from 'preact';
import type { Status } from '../src/report/data/page-data';

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

const SHAPES = {
  protected: <rect x="1" y="1" width="10" height="10" rx="2" class="solid" />,
  survives: <rect x="1" y="1" width="10" height="10" rx="5" class="solid" />,
  'opted-out': <circle cx="6" cy="6" r="4.5" class="outline" />,
  unprotected: <path d="M2 2l8 8M10 2l-8 8" class="stroke" />,
  lost: <path d="M2 2l8 8M10 2l-8 8" class="stroke" />,
  unknown: <path d="M6 1l5 5-5 5-5-5z" class="outline" />,
  error: <path d="M2 2l8 8M10 2l-8 8" class="stroke" />,
  warning: <path d="M6 1.5l5 9H1z" class="outline" />,
  note: <circle cx="6" cy="6" r="2" class="solid" />,
  met: <rect x="1" y="1" width="10" height="10" rx="2" class="solid" />,
  'not-met': <path d="M2 2l8 8M10 2l-8 8" class="stroke" />,
  'not-visible': <path d="M6 1l5 5-5 5-5-5z" class="outline" />,
  'not-applicable': <circle cx="6" cy="6" r="2" class="solid" />,
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

/** A section of the page. */
export function Section(props: {
  readonly id: string;
  readonly title: string;
  readonly lead?: ComponentChildren;
  readonly children: ComponentChildren;
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

/** Copies text, also where browsers have no clipboard. */
export function Copy({ text, label }: { readonly text: string; readonly label: string }) {
  const copy = async (event: MouseEvent) => {
    const button = event.currentTarget as HTMLButtonElement;
    await copyText(text);
    button.textContent = 'Copied';
    setTimeout(() => {
      button.textContent = 'Copy';
    }, 1500);
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
  return `${amount.toLocaleString('en-US')} ${amount === 1 ? one : many}`;
}

export function dateOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

export function momentOf(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
