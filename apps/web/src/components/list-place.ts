import { type RefObject, useCallback, useMemo, useRef, useState } from 'react';

/** The row that the keys came to; `turn` goes up each time they move. */
export interface Place {
  index: number;
  turn: number;
}

interface ListPlace {
  place: Place;
  /** The row that has the focus, however it came there; -1 = none had it yet. */
  here: RefObject<number>;
  /** The focus is in this row now: keys go on from here. */
  arrive(index: number): void;
  /** The keys `j` and `k`. */
  move: Readonly<Record<'j' | 'k', () => void>>;
}

/** Where one is in a list of so many rows that the keys walk along. */
export function useListPlace(count: number): ListPlace {
  const [place, setPlace] = useState<Place>({ index: 0, turn: 0 });
  const here = useRef(-1);
  const rows = useRef(count);
  rows.current = count;
  const arrive = useCallback((index: number) => {
    here.current = index;
  }, []);
  const move = useMemo(() => {
    const by = (step: number) => (): void => {
      const index = Math.max(0, Math.min(here.current + step, rows.current - 1));
      here.current = index;
      setPlace(({ turn }) => ({ index, turn: turn + 1 }));
    };
    return { j: by(1), k: by(-1) };
  }, []);
  return { place, here, arrive, move };
}
