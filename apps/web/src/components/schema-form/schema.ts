/** The part of JSON Schema that settings are described in, and the form that follows from it. */

/** A setting as its schema describes it. */
export interface PropertySchema {
  type?: string;
  title?: string;
  description?: string;
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
  const { type, enum: choices, maxLength = 0, secret = false } = heldBy(schema);
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
      return maxLength >= LONG && !secret ? 'text' : 'line';
  }
}

/** `url_down` -> "Url down": a name for a setting whose schema gives it none. */
export function labelOf(name: string, { title }: PropertySchema): string {
  if (title !== undefined) return title;
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
