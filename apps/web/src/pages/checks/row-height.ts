import { useSyncExternalStore } from 'react';

/** Heights of a row, in the reader's own letters (rem): of a card on a phone, else of a row. The styles say the same. */
const HEIGHTS = { card: 5.5, row: 3.5 } as const;
const NARROW = '(max-width: 47.99rem)';

/** Pixels of a row now. */
export function useRowHeight(): number {
  return useSyncExternalStore(subscribe, height);
}

function subscribe(listener: () => void): () => void {
  const narrow = matchMedia(NARROW);
  narrow.addEventListener('change', listener);
  return () => narrow.removeEventListener('change', listener);
}

function height(): number {
  const letter = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return Math.round(letter * (matchMedia(NARROW).matches ? HEIGHTS.card : HEIGHTS.row));
}
