/** `2026-07-15T12:00:00+00:00`: whole seconds, rounded down. Takes epoch milliseconds. */
export function isoSeconds(at: number): string {
  return `${new Date(at).toISOString().slice(0, -'.000Z'.length)}+00:00`;
}

/** `2026-07-15T12:00:00.123000+00:00`: always six decimals, so that one format string reads every date. */
export function isoMicroseconds(at: number): string {
  return `${new Date(at).toISOString().slice(0, -'Z'.length)}000+00:00`;
}
