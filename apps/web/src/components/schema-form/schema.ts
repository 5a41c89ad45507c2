/** The part of JSON Schema that settings are described in, and the form that follows from it. */
import type { Language } from '../../i18n/messages.ts';

/** A setting as its schema describes it. */
export interface PropertySchema {
  type?: string;
  title?: string;
  description?: string;
  /** The same in other languages, e.g. `title_fr`. */
  [words: `${'title' | 'description'}_${string}`]: string | undefined;
  /** What the values of an `enum` are called, where they do not speak for themselves. */
  choices?: Readonly<Record<string, string>>;
  default?: unknown;
  enum?: readonly string[];
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  /** Never shown once it is set. */
  secret?: boolean;
  anyOf?: readonly PropertySchema[];
  items?: PropertySchema;
  additionalProperties?: PropertySchema | boolean;
}

export interface SettingsSchema {
  properties?: Readonly<Record<string, PropertySchema>>;
  required?: readonly string[];
}

/** What a setting is edited by. */
export type Control = 'choice' | 'switch' | 'number' | 'line' | 'text' | 'lines' | 'pairs';

/** Characters from which on a text gets several lines. */
const LONG = 500;

/** The schema of what a setting holds when it is not null. */
export function heldBy(schema: PropertySchema): PropertySchema {
  const held = schema.anyOf?.find(({ type }) => type !== 'null');
  return held === undefined ? schema : { ...held, ...schema };
}

/** Which control a setting gets. */
export function controlOf(schema: PropertySchema): Control {
  const { type, enum: choices, maxLength = 0, secret = false, default: usual } = heldBy(schema);
  const inner = schema.anyOf?.find((one) => one.type !== 'null');
  switch (type ?? inner?.type) {
    case 'boolean':
      return 'switch';
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return 'lines';
    case 'object':
      return 'pairs';
    default:
      if (choices !== undefined) return 'choice';
      // An address is long but has no lines.
      if (secret || (typeof usual === 'string' && URL.canParse(usual))) return 'line';
      return maxLength >= LONG ? 'text' : 'line';
  }
}

/** `url_down` -> "Url down": a name for a setting whose schema gives it none. */
export function labelOf(name: string, property: PropertySchema, language: Language): string {
  const title = wordOf(property, 'title', language);
  if (title !== undefined) return title;
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What a schema says of a setting in the reader's language, else in English. */
export function wordOf(
  property: PropertySchema,
  word: 'title' | 'description',
  language: Language,
): string | undefined {
  return property[`${word}_${language}`] ?? property[word];
}
