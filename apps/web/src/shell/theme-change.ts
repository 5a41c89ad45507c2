import { useSyncExternalStore } from 'react';
import { theme } from './theme.ts';

const DARK = '(prefers-color-scheme: dark)';

/** The theme that is shown: changes when somebody chooses another, or the system does. */
export function useThemeChange(): 'light' | 'dark' {
  return useSyncExternalStore(watch, shown);
}

function shown(): 'light' | 'dark' {
  const chosen = theme();
  if (chosen !== 'system') return chosen;
  return window.matchMedia(DARK).matches ? 'dark' : 'light';
}

function watch(changed: () => void): () => void {
  const system = window.matchMedia(DARK);
  const choice = new MutationObserver(changed);
  choice.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  system.addEventListener('change', changed);
  return () => {
    choice.disconnect();
    system.removeEventListener('change', changed);
  };
}
