import { useLocation } from '@tanstack/react-router';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The line that a new check was made of: kept in this tab alone, for its command may hold secrets. */
    crontab?: string | null;
  }
}

/** The line that the check of this page was made of, if it was made in this tab. */
export function useCrontabLine(): string | null {
  return useLocation().state.crontab ?? null;
}
