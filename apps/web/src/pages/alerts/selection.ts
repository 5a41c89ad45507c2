import type { Alert } from '@vigie/contract';
import { useCallback, useMemo, useState } from 'react';
import { isOpen } from './acknowledge.ts';

export interface AlertSelection {
  /** The chosen alerts that somebody may still take up; what is out of sight is not among them. */
  chosen: readonly Alert[];
  turn(id: string): void;
  clear(): void;
}

/** Several alerts chosen out of those that are shown. */
export function useAlertSelection(shown: readonly Alert[]): AlertSelection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const turn = useCallback((id: string) => {
    setIds((before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id]));
  }, []);
  const clear = useCallback(() => setIds(new Set()), []);
  const chosen = useMemo(
    () => (ids.size === 0 ? [] : shown.filter((alert) => ids.has(alert.id) && isOpen(alert))),
    [shown, ids],
  );
  return { chosen, turn, clear };
}
