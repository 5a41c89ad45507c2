const SHOWN = ['active', 'pending', 'expired', 'unused'] as const;

/** Which silences are shown; those that are not over unless it says so. */
export interface SilencesSearch {
  show?: (typeof SHOWN)[number];
}

/** What the address of the silences says besides its path. */
export function readSearch({ show }: Record<string, unknown>): SilencesSearch {
  const known = SHOWN.find((one) => one === show);
  return known === undefined ? {} : { show: known };
}

/** The same as the native API asks for it. */
export function queryOf({ show }: SilencesSearch): { state?: readonly string[]; unused?: string } {
  if (show === 'unused') return { unused: 'true' };
  return { state: show === undefined ? ['active', 'pending'] : [show] };
}
