import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { printing } from './state';

/** What fits between the margins of A4 and of US Letter, in pixels. */
const PAPER = 680;

/** The width of an element that is drawn to fit, in pixels: `initial` until it is measured, and that of paper in print. */
export function useWidth<E extends HTMLElement>(initial: number) {
  const frame = useRef<E>(null);
  const width = useSignal(initial);
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      width.value = Math.max(240, Math.floor(entry.contentRect.width));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  // nothing is measured between the announcement of a print and the print
  const shown = useComputed(() => (printing.value ? PAPER : width.value));
  return { frame, width: shown };
}
