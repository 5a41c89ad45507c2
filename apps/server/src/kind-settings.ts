/** Settings of a channel: read by its kind's schema, shown without secrets, changed without knowing them. */
import { z } from 'zod';
import { AppError } from './errors.ts';
import { inputFault } from './input-fault.ts';

type Settings = Record<string, unknown>;

/** What has settings by a schema: a kind of channel, a kind of probe. */
export interface Settable {
  settings: z.ZodObject;
  /** Other names that settings come under. */
  aliases?: ReadonlyMap<string, string>;
}

/** The names of a schema's secret settings. */
export function secretFields(schema: z.ZodObject): Set<string> {
  const names = Object.entries(schema.shape).filter(([, field]) => {
    const meta = z.globalRegistry.get(field as z.ZodType);
    return meta?.['secret'] === true;
  });
  return new Set(names.map(([name]) => name));
}

/**
 * Settings as a client gave them, complete and ready to be stored. `stored` (JSON) are those to be changed: a
 * setting that is left out keeps its value, null takes one away. So nobody needs to know a secret to keep it.
 * @throws AppError `invalid`, naming the setting.
 */
export function readSettings(kind: Settable, given: unknown, stored = '{}'): string {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new AppError('invalid', 'settings must be an object', { field: 'settings' });
  }
  const result = parseSettings(kind, given, stored);
  if (result.success) return JSON.stringify(result.data);
  throw inputFault(result.error, ['settings']);
}

/** The same with everything that is wrong. */
export function parseSettings(kind: Settable, given: object, stored = '{}') {
  const named = new Map(Object.entries(JSON.parse(stored) as Settings));
  for (const [name, value] of Object.entries(given)) {
    const own = kind.aliases?.get(name) ?? name;
    if (value === null) named.delete(own);
    else named.set(own, value);
  }
  return kind.settings.safeParse(Object.fromEntries(named));
}

/** Stored settings as they may be shown: without the secrets, and which of those are set. */
export function shownSettings(kind: Settable, stored: string): { settings: Settings; secrets: string[] } {
  const hidden = secretFields(kind.settings);
  const entries = Object.entries(JSON.parse(stored) as Settings);
  return {
    settings: Object.fromEntries(entries.filter(([name]) => !hidden.has(name))),
    secrets: entries.filter(([name, value]) => hidden.has(name) && isSet(value)).map(([name]) => name),
  };
}

/** Whether a setting says anything. */
export function isSet(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return value !== undefined && value !== null && value !== '';
}
