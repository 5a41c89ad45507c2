import { useCallback } from 'react';
import { useToasts } from './toast.tsx';

interface HeldBack {
  /** Says what seems done already. */
  text: string;
  /** Does it; `keepalive` when the page is being left. */
  commit(keepalive: boolean): Promise<void>;
  /** Shows things again as they were. */
  undo(): void;
}

/**
 * For what the server cannot take back: the page shows it as done at once, and does it when the notice with its
 * "undo" has gone, or when the page is left.
 */
export function useHeldBack(): (action: HeldBack) => void {
  const toasts = useToasts();
  return useCallback(
    ({ text, commit, undo }: HeldBack) => {
      const settle = (): void => window.removeEventListener('pagehide', leave);
      const leave = (): void => {
        settle();
        void commit(true);
      };
      window.addEventListener('pagehide', leave);
      toasts.say(text, {
        undo() {
          settle();
          undo();
        },
        onGone() {
          settle();
          commit(false).catch((error: unknown) => {
            undo();
            toasts.fail(error);
          });
        },
      });
    },
    [toasts],
  );
}
