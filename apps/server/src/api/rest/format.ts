/** How instants and durations look in the native API. */

/** RFC 3339, UTC, milliseconds. */
export function instant(at: number): string {
  return new Date(at).toISOString();
}

export function instantOrNull(at: number | null): string | null {
  return at === null ? null : instant(at);
}

/** Milliseconds as seconds. */
export function seconds(milliseconds: number): number {
  return milliseconds / 1000;
}
