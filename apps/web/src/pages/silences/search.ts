/** What a new silence begins with. */
export interface SilenceSearch {
  /** Matchers in their textual form, e.g. `team="db"`. */
  matcher?: readonly string[];
}

/** What the address of a new silence says besides its path. */
export function readSearch({ matcher }: Record<string, unknown>): SilenceSearch {
  const given = (Array.isArray(matcher) ? matcher : [matcher]).filter((one) => typeof one === 'string');
  return given.length === 0 ? {} : { matcher: given };
}
