/** What the address of the choice of kinds says besides its path. */
export interface KindsSearch {
  /** Part of the name of a kind. */
  q?: string;
}

/** Characters that are searched for. */
const TEXT_LENGTH = 100;

export function readSearch({ q }: Record<string, unknown>): KindsSearch {
  const text = (typeof q === 'string' || typeof q === 'number' ? String(q) : '').slice(0, TEXT_LENGTH);
  return text === '' ? {} : { q: text };
}
