/** What a form holds of each setting, as its control shows it, and as the API takes it. */
import { controlOf, heldBy, type PropertySchema, type SettingsSchema } from './schema.ts';

/** Null: a secret that is set is to be taken away. */
export type Shown = Readonly<Record<string, string | boolean | null>>;
export type Settings = Readonly<Record<string, unknown>>;

/** What the controls show at first: what is set, else the defaults. Secrets are never shown. */
export function shownValues(schema: SettingsSchema, settings: Settings = {}): Shown {
  const entries = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const value = settings[name] ?? (property.secret === true ? undefined : property.default);
    return [name, shownValue(property, value)] as const;
  });
  return Object.fromEntries(entries);
}

function shownValue(property: PropertySchema, value: unknown): string | boolean {
  switch (controlOf(property)) {
    case 'switch':
      return value === true;
    case 'lines':
      return Array.isArray(value) ? value.join('\n') : '';
    case 'pairs':
      return Object.entries(value ?? {})
        .map(([key, text]) => `${key}: ${String(text)}`)
        .join('\n');
    default:
      return value === undefined || value === null ? '' : String(value);
  }
}

/**
 * The settings as the API takes them. An empty control of a new channel is left out; of one that exists it takes
 * the setting away, except for a secret, which stays unless it is null.
 */
export function givenSettings(schema: SettingsSchema, shown: Shown, isNew: boolean): Settings {
  const given: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const value = shown[name] ?? '';
    if (shown[name] === null) given[name] = takenAway(property);
    else if (value !== '') given[name] = givenValue(property, value);
    else if (!isNew && property.secret !== true) given[name] = null;
  }
  return given;
}

/** Nothing, in place of what is set: a null alone would bring back a default, e.g. the headers of notices. */
function takenAway(property: PropertySchema): unknown {
  switch (controlOf(property)) {
    case 'lines':
      return [];
    case 'pairs':
      return {};
    default:
      return null;
  }
}

function givenValue(property: PropertySchema, value: string | boolean): unknown {
  if (typeof value === 'boolean') return value;
  switch (controlOf(property)) {
    case 'number':
      return Number(value);
    case 'lines':
      return isNumber(heldBy(property).items) ? linesOf(value).map(Number) : linesOf(value);
    case 'pairs':
      return Object.fromEntries(linesOf(value).map(pairOf));
    default:
      return value;
  }
}

function isNumber(schema: PropertySchema | undefined): boolean {
  return schema?.type === 'integer' || schema?.type === 'number';
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function pairOf(line: string): [string, string] {
  const colon = line.indexOf(':');
  return colon < 0 ? [line, ''] : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
}
