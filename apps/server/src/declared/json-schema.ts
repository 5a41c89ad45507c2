/** The JSON Schema of what a file declares: the contract's, with the settings of each kind, as YAML may write it. */
import { configDocumentSchema } from '@vigie/contract';
import { z } from 'zod';
import { CHANNEL_KINDS } from '../notify/channels/index.ts';
import { allProbeKinds } from '../probes/probe-kinds.ts';
import { DURATIONS } from './file.ts';

type Schema = Record<string, unknown>;

/** `${NAME}` may stand for a value of any type. */
const REFERENCE: Schema = { type: 'string', pattern: '\\$\\{' };
const DURATION: Schema = { type: 'string', pattern: '^\\d{1,9}(s|m|h|d|w|y)$|\\$\\{' };

interface Kind {
  kind: string;
  settings: z.ZodObject;
  aliases?: ReadonlyMap<string, string>;
}

/** The sections by name, and the definitions that they refer to. */
export function declaredSchemas(): { sections: Record<string, Schema>; $defs: Record<string, Schema> } {
  const whole: Schema = z.toJSONSchema(configDocumentSchema, { io: 'input', unrepresentable: 'any' });
  const { ConfigDocument: document = {}, ...definitions } = recordOf(whole['$defs']);
  const $defs = mapped(definitions, written);
  withKinds($defs, ['ConfigService', 'TenantSource'], 'Probe', allProbeKinds());
  withKinds($defs, ['ConfigChannel'], 'Channel', CHANNEL_KINDS);
  const sections = mapped(recordOf(document['properties']), (section) => ({
    anyOf: [written(withEmptyEntries(section)), { type: 'null' }],
  }));
  return { sections, $defs };
}

/** An entry of which all is left out is null in YAML. */
function withEmptyEntries(section: Schema): Schema {
  const entry = section['additionalProperties'];
  return entry === undefined
    ? section
    : { ...section, additionalProperties: { anyOf: [entry, { type: 'null' }] } };
}

/** Which settings an entry takes depends on its kind. */
function withKinds(
  $defs: Record<string, Schema>,
  names: readonly string[],
  prefix: string,
  kinds: readonly Kind[],
): void {
  for (const kind of kinds) $defs[`${prefix}.${kind.kind}`] = settingsOf(kind);
  for (const name of names) {
    const definition = $defs[name] ?? {};
    const properties = recordOf(definition['properties']);
    $defs[name] = {
      ...definition,
      properties: { ...properties, kind: { enum: kinds.map(({ kind }) => kind) } },
      allOf: kinds.map(({ kind }) => ({
        if: { properties: { kind: { const: kind } }, required: ['kind'] },
        // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own word
        then: { properties: { settings: { $ref: `#/$defs/${prefix}.${kind}` } } },
      })),
    };
  }
}

function settingsOf({ settings, aliases }: Kind): Schema {
  const { $schema: _, ...schema } = written(
    z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' }),
  );
  const properties = recordOf(schema['properties']);
  const others = [...(aliases ?? [])].map(([alias, own]) => [alias, properties[own] ?? {}]);
  return { ...schema, properties: { ...properties, ...Object.fromEntries(others) } };
}

/** A schema as a file may write it: with variables, and durations in words. */
function written(schema: Schema, name = ''): Schema {
  const inner = Object.fromEntries(
    Object.entries(schema).map(([key, part]): [string, unknown] => {
      if (key === 'properties') return [key, mapped(recordOf(part), written)];
      if (key === 'additionalProperties' || key === 'items')
        return [key, isRecord(part) ? written(part) : part];
      if (key === 'anyOf' || key === 'oneOf') return [key, listOf(part).map((one) => written(one, name))];
      return [key, part];
    }),
  );
  if (schema['type'] === undefined && schema['enum'] === undefined && schema['const'] === undefined)
    return inner;
  if (schema['type'] === 'object' && schema['additionalProperties'] === false) return inner;
  const isNumber = schema['type'] === 'number' || schema['type'] === 'integer';
  const { description, title, ...rest } = inner;
  const words = {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
  };
  if (isNumber && DURATIONS.has(name)) return { ...words, anyOf: [rest, DURATION] };
  const isAnyText = schema['type'] === 'string' && !('pattern' in rest || 'format' in rest);
  return isAnyText ? inner : { ...words, anyOf: [rest, REFERENCE] };
}

function mapped(schemas: Record<string, Schema>, change: (schema: Schema, name: string) => Schema) {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, change(schema, name)]));
}

function isRecord(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function recordOf(value: unknown): Record<string, Schema> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, Schema] => isRecord(entry[1])),
  );
}

function listOf(value: unknown): Schema[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
