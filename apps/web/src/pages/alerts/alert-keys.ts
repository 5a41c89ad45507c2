import type { Alert } from '@vigie/contract';
import { useMemo, useRef } from 'react';
import { useKeys } from '../../shell/keys.ts';
import { useMay } from '../../shell/project.ts';
import { isOpen, useAcknowledge } from './acknowledge.ts';
import type { AlertSelection } from './selection.ts';

/**
 * The keys of the list: `j` and `k` move the focus along the rows, so that Enter opens as on every link; `a`
 * acknowledges what is chosen, else the row with the focus; `x` chooses.
 */
export function useAlertKeys(alerts: readonly Alert[], selection: AlertSelection): void {
  const mayWrite = useMay('member');
  const acknowledge = useAcknowledge();
  /** Where the focus was last: a row that goes takes the focus with it. */
  const last = useRef(-1);
  const keys = useMemo(() => {
    const here = (): number => {
      const id = document.activeElement?.closest<HTMLElement>('[data-alert]')?.dataset['alert'];
      const at = alerts.findIndex((alert) => alert.id === id);
      if (at >= 0) last.current = at;
      return at;
    };
    const go = (index: number): void => {
      const id = alerts[Math.max(0, Math.min(index, alerts.length - 1))]?.id;
      if (id === undefined) return;
      document.querySelector<HTMLElement>(`[data-alert="${CSS.escape(id)}"] a`)?.focus();
      here();
    };
    const moves = {
      j: () => go(here() < 0 ? Math.max(last.current, 0) : last.current + 1),
      k: () => go(here() < 0 ? Math.max(last.current, 0) : last.current - 1),
    };
    if (!mayWrite) return moves;
    return {
      ...moves,
      a: () => {
        const alert = alerts[here()];
        if (selection.chosen.length > 0) acknowledge(selection.chosen);
        else if (alert !== undefined) acknowledge([alert]);
      },
      x: () => {
        const alert = alerts[here()];
        if (alert !== undefined && isOpen(alert)) selection.turn(alert.id);
      },
      Escape: selection.clear,
    };
  }, [alerts, mayWrite, acknowledge, selection]);
  useKeys(keys);
}
