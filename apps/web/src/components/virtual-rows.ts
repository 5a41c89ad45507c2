import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useLayoutEffect, useState } from 'react';
import type { Place } from './list-place.ts';

/** Rows drawn beyond the edges of the window. */
const OVERSCAN = 8;
/** Pixels that the bars at the edges of the window cover: rows that the keys come to stay clear of them. */
const EDGES = { top: 110, bottom: 72 } as const;

interface RowsSetting {
  body: { readonly current: HTMLElement | null };
  /** What stands above the rows. */
  above: ReactNode;
  count: number;
  /** Pixels of a row; another function when rows have other heights. */
  heightOf(index: number): number;
  /** The row that is brought into the window. */
  place: Place;
}

interface VirtualRows {
  /** The rows in and near the window, with pixels from the top of the list. */
  items: { index: number; top: number }[];
  /** Pixels of all rows. */
  total: number;
}

/** Which rows of a long list are drawn; the window scrolls it. */
export function useVirtualRows({ body, above, count, heightOf, place }: RowsSetting): VirtualRows {
  const offset = useOffset(body, above);
  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: heightOf,
    overscan: OVERSCAN,
    scrollMargin: offset,
    scrollPaddingStart: EDGES.top,
    scrollPaddingEnd: EDGES.bottom,
    // Drawing at once, within the event, would hold up the scrolling.
    useFlushSync: false,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are measured anew when they all change
  useLayoutEffect(() => virtualizer.measure(), [heightOf]);
  useEffect(() => {
    if (place.turn > 0) virtualizer.scrollToIndex(place.index, { align: 'auto' });
  }, [place, virtualizer]);
  const items = virtualizer.getVirtualItems().map(({ index, start }) => ({ index, top: start - offset }));
  return { items, total: virtualizer.getTotalSize() };
}

/** Pixels from the top of the document to the rows; measured when what stands above is drawn anew. */
function useOffset(body: { readonly current: HTMLElement | null }, above: ReactNode): number {
  const [offset, setOffset] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is what stands above that moves the rows
  useLayoutEffect(() => {
    const measure = (): void => {
      const top = body.current?.getBoundingClientRect().top ?? 0;
      setOffset(Math.round(top + window.scrollY));
    };
    measure();
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, [body, above]);
  return offset;
}
