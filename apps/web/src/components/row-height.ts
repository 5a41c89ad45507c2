import { useSyncExternalStore } from 'react';

/** Heights in the reader's own letters (rem): of a card on a phone, else of a row. */
export interface RowHeights {
  card: number;
  row: number;
}

const NARROW = '(max-width: 47.99rem)';

/** Pixels of a row now. */
export function useRowHeight(heights: RowHeights): number {
  return useSyncExternalStore(subscribe, () => height(heights));
}

function subscribe(listener: () => void): () => void {
  const narrow = matchMedia(NARROW);
  narrow.addEventListener('change', listener);
  return () => narrow.removeEventListener('change', listener);
}

function height({ card, row }: RowHeights): number {
  const letter = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return Math.round(letter * (matchMedia(NARROW).matches ? card : row));
}
