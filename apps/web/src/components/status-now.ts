import type { Check } from '@vigie/contract';
import { useEffect, useReducer } from 'react';

/** Milliseconds that a browser's timer can wait. */
const LONGEST = 2_147_483_647;

/** A check's status as time goes on: it turns late without anything arriving. */
export function useStatusNow({ status, started, next_ping }: Check): Check['status'] {
  const [, tick] = useReducer((count: number) => count + 1, 0);
  // With a run in progress the expected time may be that of its end: the server tells then.
  const due = status === 'up' && !started && next_ping !== null ? Date.parse(next_ping) : null;
  useEffect(() => {
    if (due === null || due <= Date.now()) return;
    const timer = setTimeout(tick, Math.min(due - Date.now() + 1, LONGEST));
    return () => clearTimeout(timer);
  }, [due]);
  return due !== null && due <= Date.now() ? 'grace' : status;
}
