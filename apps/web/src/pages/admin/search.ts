/** Which people are shown. */
export interface PeopleSearch {
  /** Part of a name or an address. */
  q?: string;
}

/** What the address of the people says besides its path. */
export function readSearch({ q }: Record<string, unknown>): PeopleSearch {
  return typeof q === 'string' && q !== '' ? { q } : {};
}
