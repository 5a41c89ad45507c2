/** Changing settings without knowing their secrets, and without carrying these elsewhere. */
import { AppError } from '../errors.ts';
import { isSet, readSettings, type Settable, secretFields } from '../kind-settings.ts';

/** Settings that say where a probe goes, and whether what it sends can be read on the way. */
const PLACES = [
  'url',
  'broker',
  'brokers',
  'endpoint',
  'management_url',
  'monitoring',
  'host',
  'port',
  'tls',
];

type Settings = Record<string, unknown>;

/**
 * Stored settings changed as {@link readSettings} does it. Secrets that are left out stay, unless the probe goes
 * elsewhere: whoever may change where it goes would be sent what others entered.
 * @throws AppError `invalid`, naming the setting.
 */
export function changedSettings(kind: Settable, given: Settings, stored: string): string {
  const after = readSettings(kind, given, stored);
  const before = JSON.parse(stored) as Settings;
  const now = JSON.parse(after) as Settings;
  const isElsewhere = PLACES.some(
    (name) => isSet(before[name]) && placeOf(before[name]) !== placeOf(now[name]),
  );
  if (!isElsewhere) return after;
  const kept = [...secretFields(kind.settings)].find(
    (name) => !PLACES.includes(name) && !Object.hasOwn(given, name) && isSet(before[name]),
  );
  if (kept === undefined) return after;
  const field = `settings.${kept}`;
  throw new AppError('invalid', `${field} must be given again, as the probe goes elsewhere`, { field });
}

/** Of an address only where it leads: its path may change. */
function placeOf(value: unknown): string {
  if (typeof value !== 'string' || !value.includes('://')) return JSON.stringify(value ?? null);
  const url = URL.parse(value.replaceAll(/\$\{secret:[A-Za-z0-9_]+\}/g, 'x'));
  return url === null ? value : `${url.protocol}//${url.host}${url.protocol === 'unix:' ? url.pathname : ''}`;
}
