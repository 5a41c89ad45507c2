import type { Fault } from '../input-fault.ts';

/** One entry, and where in the document it stands. */
export interface Entry<T> {
  key: string;
  body: T;
  path: PropertyKey[];
}

/** An entry as it stands there. */
export type RawEntry = Entry<unknown>;

/** A section that is there with nothing in it, or an entry, is one without anything. */
export function asRecord(value: unknown, path: PropertyKey[], faults: Fault[]): Record<string, unknown> {
  if (value === undefined || value === null) return {};
  if (typeof value === 'object' && !Array.isArray(value)) return Object.fromEntries(Object.entries(value));
  faults.push({ path, reason: 'must be a section of names' });
  return {};
}

/** The entries of a section, unread. */
export function rawEntries(section: unknown, path: PropertyKey[], faults: Fault[]): RawEntry[] {
  return Object.entries(asRecord(section, path, faults)).map(([key, body]) => ({
    key,
    body: body ?? {},
    path: [...path, key],
  }));
}
