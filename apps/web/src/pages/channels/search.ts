const STATES = ['queued', 'sent', 'failed', 'skipped', 'gathered'] as const;

/** Which deliveries of a channel are shown. */
export interface DeliveriesSearch {
  state?: (typeof STATES)[number];
}

/** What the address of a channel's page says besides its path. */
export function readSearch({ state }: Record<string, unknown>): DeliveriesSearch {
  const known = STATES.find((one) => one === state);
  return known === undefined ? {} : { state: known };
}
