import { z } from 'zod';
import { declaredSchemas } from '../declared/json-schema.ts';
import { type AnySetting, FILE_SUFFIX } from './setting.ts';
import { allSettings } from './settings.ts';

type Schema = Record<string, unknown>;

/** The JSON Schema of `vigie.yml`, for editors. Looser than the server where a rule cannot be said in it. */
export function jsonSchema(): Schema {
  const sections = Map.groupBy(allSettings, ({ path }) =>
    path.includes('.') ? path.replace(/\..*/, '') : '',
  );
  const top = sections.get('') ?? [];
  sections.delete('');
  const nested = [...sections].map(([name, rows]): [string, Schema] => [name, section(rows, {})]);
  const { sections: declared, $defs } = declaredSchemas();
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'vigie.yml',
    description: 'Settings of a Vigie server, and what it watches.',
    ...section(top, { ...Object.fromEntries(nested), ...declared }),
    $defs,
  };
}

/** An object whose unknown names are refused; a section of which every setting is left out may be null. */
function section(rows: readonly AnySetting[], nested: Record<string, Schema>): Schema {
  const own = rows.flatMap((setting) => {
    const name = setting.path.replace(/.*\./, '');
    const file = { type: 'string', description: `File that holds ${name}.` };
    const value: [string, Schema] = [name, valueSchema(setting)];
    return setting.secret ? [value, [name + FILE_SUFFIX.path, file] satisfies [string, Schema]] : [value];
  });
  return {
    type: ['object', 'null'],
    additionalProperties: false,
    properties: { ...Object.fromEntries(own), ...nested },
  };
}

function valueSchema({ type, description, fallback, fallbackText }: AnySetting): Schema {
  const { $schema: _, ...schema }: Schema = z.toJSONSchema(type.schema, { io: 'input' });
  const known = fallback === null || fallbackText !== undefined ? {} : { default: fallback };
  return { description: description.replaceAll('`', ''), ...known, ...orText(schema) };
}

/** What `${NAME}` looks like: it may stand for a value of any type. */
const REFERENCE: Schema = { type: 'string', pattern: '\\$\\{' };

function orText(schema: Schema): Schema {
  const isAnyText = schema['type'] === 'string' && Object.keys(schema).length === 1;
  if (isAnyText) return schema;
  // A list may be written as text with commas.
  return { anyOf: [schema, schema['type'] === 'array' ? { type: 'string' } : REFERENCE] };
}
