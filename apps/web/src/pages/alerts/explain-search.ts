/** How far back the account of what happened reaches, in hours. */
export const EXPLAIN_HOURS = [1, 6, 24, 72, 168] as const;

/** What the address of the account says besides its path. */
export function readSearch({ hours }: Record<string, unknown>): { hours: (typeof EXPLAIN_HOURS)[number] } {
  return { hours: EXPLAIN_HOURS.find((one) => one === hours) ?? 24 };
}
