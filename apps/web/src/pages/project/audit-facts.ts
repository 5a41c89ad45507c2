/** What an entry of the audit log tells beside who did what: facts that are short enough to be shown as they are. */
import { isId } from './audit-id.ts';

/** A value as it is shown. */
export type Fact =
  | { as: 'instant'; at: string }
  | { as: 'duration'; seconds: number }
  | { as: 'ids'; ids: readonly string[] }
  | { as: 'text'; text: string };

/** Characters up to which facts stand in their row; longer ones are opened. */
const SHORT = 160;
/** Settings that are lengths of time, in seconds. */
const DURATIONS = new Set(['timeout', 'grace', 'interval', 'duration']);
const INSTANT = /^\d{4}-\d\d-\d\dT.*Z$/;

/** The facts of a detail by name; null when it is too much for a row. */
export function factsOf(detail: Readonly<Record<string, unknown>>): [name: string, fact: Fact][] | null {
  const entries = Object.entries(detail);
  const isPlain = entries.every(([, value]) => isScalar(value) || isShortList(value));
  if (!isPlain || JSON.stringify(detail).length > SHORT) return null;
  return entries.map(([name, value]) => [name, factOf(name, value)]);
}

function factOf(name: string, value: unknown): Fact {
  if (typeof value === 'string' && name.endsWith('_at') && INSTANT.test(value))
    return { as: 'instant', at: value };
  if (typeof value === 'number' && DURATIONS.has(name)) return { as: 'duration', seconds: value };
  const all = Array.isArray(value) ? value.map(String) : [String(value)];
  if (all.length > 0 && all.every(isId)) return { as: 'ids', ids: all };
  return { as: 'text', text: value === null || value === '' || all.length === 0 ? '–' : all.join(', ') };
}

function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

function isShortList(value: unknown): boolean {
  return Array.isArray(value) && value.every(isScalar);
}
