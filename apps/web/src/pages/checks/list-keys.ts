import type { Check } from '@vigie/contract';
import { type RefObject, useCallback, useMemo, useRef, useState } from 'react';
import type { CheckActions } from '../../components/check-actions.ts';
import { useKeys } from '../../shell/keys.ts';

/** The row that the keys came to; `turn` goes up each time they move. */
export interface Place {
  index: number;
  turn: number;
}

interface KeyTargets {
  checks: readonly Check[];
  selected: readonly Check[];
  actions: CheckActions;
  mayChange: boolean;
  search: RefObject<HTMLInputElement | null>;
  select(id: string, isRange: boolean): void;
  /** Nothing is selected any more. */
  clear(): void;
}

/**
 * The keys of the list: `j` and `k` move the focus along the links of the rows, so that Enter opens as it does
 * on every link.
 */
export function useListKeys(targets: KeyTargets): { place: Place; arrive: (index: number) => void } {
  const [place, setPlace] = useState<Place>({ index: 0, turn: 0 });
  /** The row that has the focus, however it came there; -1 = none had it yet. */
  const here = useRef(-1);
  const current = useRef(targets);
  current.current = targets;
  const arrive = useCallback((index: number) => {
    here.current = index;
  }, []);
  const keys = useMemo(() => {
    const move = (step: number) => (): void => {
      const index = Math.max(0, Math.min(here.current + step, current.current.checks.length - 1));
      here.current = index;
      setPlace(({ turn }) => ({ index, turn: turn + 1 }));
    };
    return {
      j: move(1),
      k: move(-1),
      x() {
        const check = current.current.checks[here.current];
        if (check !== undefined && current.current.mayChange) current.current.select(check.id, false);
      },
      p() {
        const { checks, selected, actions, mayChange } = current.current;
        const check = checks[here.current];
        const meant = selected.length > 0 ? selected : check === undefined ? [] : [check];
        if (mayChange && meant.length > 0) turnOver(meant, actions);
      },
      '/': () => current.current.search.current?.focus(),
      Escape: () => current.current.clear(),
    };
  }, []);
  useKeys(keys);
  return { place, arrive };
}

/** Pauses them; resumes them when all are paused. */
function turnOver(checks: readonly Check[], actions: CheckActions): void {
  if (checks.every(({ status }) => status === 'paused')) actions.resume(checks);
  else actions.pause(checks);
}
