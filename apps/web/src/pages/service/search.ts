/** What the address of a service's page says besides its path. */
export interface ServiceSearch {
  /** Which measurements are shown: part of a name or of a label. */
  measure?: string;
}

/** Characters that are searched for. */
const TEXT_LENGTH = 200;

export function readSearch({ measure }: Record<string, unknown>): ServiceSearch {
  const given = typeof measure === 'string' || typeof measure === 'number' ? String(measure) : '';
  const text = given.slice(0, TEXT_LENGTH);
  return text === '' ? {} : { measure: text };
}
