import { effect, type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Status } from '../src/report/data/page-data';
import type { Resource } from './model';
import { opened, printing, resourceLink } from './state';
import { STATUS_TEXT } from './text';

/** The area of all squares together, roughly. */
const AREA = 110_000;
const LARGEST = 22;

/** A square for each resource, with a sign for each status. */
export function CoverageMap(props: {
  readonly resources: readonly Resource[];
  readonly found: ReadonlySignal<readonly Resource[]>;
}) {
  const { resources, found } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useSignal(0);
  const active = useSignal<number | undefined>(undefined);
  const scheme = useSignal(0);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      width.value = Math.floor(entry.contentRect.width);
    });
    observer.observe(element.parentElement as HTMLElement);
    const media = matchMedia('(prefers-color-scheme: dark)');
    const repaint = () => {
      scheme.value++;
    };
    media.addEventListener('change', repaint);
    return () => {
      observer.disconnect();
      media.removeEventListener('change', repaint);
    };
  }, []);
  // not `useSignalEffect`, which waits for a frame: a print would have the colors of the screen
  useEffect(
    () =>
      effect(() => {
        const element = canvas.current;
        const changes = scheme.value + Number(printing.value); // of colors
        if (element && width.value > 0 && changes >= 0)
          paint(element, resources, new Set(found.value), width.value, active.value);
      }),
    [],
  );
  if (resources.length === 0) return null;
  const at = (event: MouseEvent): number | undefined => {
    const { columns, size } = gridOf(resources.length, width.value);
    const { left, top } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const [column, row] = [
      Math.floor((event.clientX - left) / size),
      Math.floor((event.clientY - top) / size),
    ];
    const index = row * columns + column;
    return column >= 0 && column < columns && index < resources.length ? index : undefined;
  };
  const show = (index: number | undefined) => {
    if (index !== undefined) location.hash = resourceLink(resources[index].key);
  };
  const move = (event: KeyboardEvent) => {
    const { columns } = gridOf(resources.length, width.value);
    const steps: Record<string, number> = {
      ArrowRight: 1,
      ArrowLeft: -1,
      ArrowDown: columns,
      ArrowUp: -columns,
    };
    const step = steps[event.key];
    if (event.key === 'Enter' || event.key === ' ') show(active.value);
    else if (step !== undefined)
      active.value = Math.min(
        resources.length - 1,
        Math.max(0, active.value === undefined ? 0 : active.value + step),
      );
    else return;
    event.preventDefault();
  };
  const current = active.value === undefined ? undefined : resources[active.value];
  const counts = [...new Set(resources.map(({ status }) => status))].map(
    (status) => `${resources.filter((one) => one.status === status).length} ${STATUS_TEXT[status]}`,
  );
  return (
    <div class="map">
      <canvas
        ref={canvas}
        tabIndex={0}
        role="application"
        aria-label={`Map of resources: ${counts.join(', ')}. Arrow keys move, Enter opens.`}
        aria-describedby="map-current"
        onMouseMove={(event) => {
          active.value = at(event);
        }}
        onMouseLeave={() => {
          active.value = undefined;
        }}
        onClick={(event) => show(at(event))}
        onKeyDown={move}
        onBlur={() => {
          if (opened.value === undefined) active.value = undefined;
        }}
      />
      <p class="map-current" id="map-current" aria-live="polite">
        {current ? `${current.name} · ${current.type} · ${STATUS_TEXT[current.status]}` : '\u00a0'}
      </p>
    </div>
  );
}

function gridOf(count: number, width: number): { columns: number; size: number } {
  // a map of many resources isn't higher than a phone by much
  const smallest = width < 600 ? 4 : 6;
  const size = Math.max(smallest, Math.min(LARGEST, Math.floor(Math.sqrt(AREA / Math.max(1, count)))));
  return { columns: Math.max(1, Math.floor(width / size)), size };
}

function paint(
  canvas: HTMLCanvasElement,
  resources: readonly Resource[],
  found: ReadonlySet<Resource>,
  width: number,
  active: number | undefined,
): void {
  const { columns, size } = gridOf(resources.length, width);
  const height = Math.ceil(resources.length / columns) * size;
  const ratio = devicePixelRatio || 1;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.scale(ratio, ratio);
  const style = getComputedStyle(canvas);
  const color = (name: string) => style.getPropertyValue(name).trim();
  const colors: Record<Status, string> = {
    protected: color('--accent'),
    'opted-out': color('--ink-3'),
    unprotected: color('--bad'),
    unknown: color('--warn'),
  };
  const inner = size - Math.max(1, Math.round(size / 8));
  for (const [index, resource] of resources.entries()) {
    const [x, y] = [(index % columns) * size, Math.floor(index / columns) * size];
    context.globalAlpha = found.has(resource) ? 1 : 0.15;
    sign(context, resource.status, colors[resource.status], x, y, inner);
  }
  context.globalAlpha = 1;
  if (active === undefined) return;
  const [x, y] = [(active % columns) * size, Math.floor(active / columns) * size];
  context.strokeStyle = color('--ink');
  context.lineWidth = 2;
  context.strokeRect(x - 0.5, y - 0.5, inner + 1, inner + 1);
}

/** As `Glyph` draws them: filled: protected; a cross: not protected; a ring: opted out; a diamond: perhaps. */
function sign(
  context: CanvasRenderingContext2D,
  status: Status,
  color: string,
  x: number,
  y: number,
  size: number,
): void {
  context.fillStyle = color;
  context.strokeStyle = color;
  context.lineWidth = Math.max(1, size / 7);
  const half = context.lineWidth / 2;
  switch (status) {
    case 'protected':
      context.fillRect(x, y, size, size);
      return;
    case 'opted-out':
      context.beginPath();
      context.arc(x + size / 2, y + size / 2, size / 2 - half, 0, 2 * Math.PI);
      context.stroke();
      return;
    case 'unknown':
      context.beginPath();
      context.moveTo(x + size / 2, y + half);
      context.lineTo(x + size - half, y + size / 2);
      context.lineTo(x + size / 2, y + size - half);
      context.lineTo(x + half, y + size / 2);
      context.closePath();
      context.stroke();
      return;
    default:
      context.beginPath();
      context.moveTo(x + half, y + half);
      context.lineTo(x + size - half, y + size - half);
      context.moveTo(x + size - half, y + half);
      context.lineTo(x + half, y + size - half);
      context.stroke();
      context.strokeRect(x + half, y + half, size - 2 * half, size - 2 * half);
  }
}
