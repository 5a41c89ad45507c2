import type { Check } from '@vigie/contract';
import { type RefObject, useMemo, useRef } from 'react';
import type { CheckActions } from '../../components/check-actions.ts';
import { type Place, useListPlace } from '../../components/list-place.ts';
import { useKeys } from '../../shell/keys.ts';

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
  const { place, here, arrive, move } = useListPlace(targets.checks.length);
  const current = useRef(targets);
  current.current = targets;
  const keys = useMemo(() => {
    return {
      ...move,
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
  }, [here, move]);
  useKeys(keys);
  return { place, arrive };
}

/** Pauses them; resumes them when all are paused. */
function turnOver(checks: readonly Check[], actions: CheckActions): void {
  if (checks.every(({ status }) => status === 'paused')) actions.resume(checks);
  else actions.pause(checks);
}
