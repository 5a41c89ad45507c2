/** The OpenAPI 3.1 document, from the same schemas that validate. */
import { z } from 'zod';
import { errorSchema } from './error.ts';

/** One call of the API. */
export interface Operation {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With parameters in braces: `/api/vigie/checks/{check}`. */
  path: string;
  /** The noun it belongs to. */
  tag: string;
  summary: string;
  /** Needs no credentials. */
  open: boolean;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Its answer when all goes well. */
  success: Success;
}

/** The answer of a call that went well. Without schema and type it has no body. */
export interface Success {
  status: 200 | 201 | 202 | 204;
  description: string;
  schema?: z.ZodType;
  /** `application/json` unless given. */
  type?: string;
}

/** A JSON Schema, 2020-12. */
export type JsonSchema = Record<string, unknown>;

/** An OpenAPI 3.1 document, as plain data. */
export interface OpenApiDocument {
  openapi: '3.1.0';
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  security: Record<string, never[]>[];
  paths: Record<string, Record<string, JsonSchema>>;
  components: { schemas: Record<string, JsonSchema>; securitySchemes: Record<string, JsonSchema> };
}

/** What the document says of the server. */
export interface ApiInfo {
  version: string;
  /** Where the API is reached; no trailing slash. */
  url: string;
}

const SECURITY_SCHEMES = {
  key: { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
  bearer: { type: 'http', scheme: 'bearer', description: 'An API key, or the admin token' },
  basic: { type: 'http', scheme: 'basic', description: 'The API key as password; any user name' },
  session: { type: 'apiKey', in: 'cookie', name: 'vigie_session' },
} as const;

/** Describes the given operations. Schemas with an id become components; one id must mean one schema. */
export function openApiDocument(info: ApiInfo, operations: readonly Operation[]): OpenApiDocument {
  const components = new Components();
  const paths: OpenApiDocument['paths'] = {};
  for (const operation of operations) {
    const methods = paths[operation.path] ?? {};
    methods[operation.method.toLowerCase()] = describe(operation, components);
    paths[operation.path] = methods;
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Vigie',
      version: info.version,
      description: 'The native API of Vigie. Times are RFC 3339 in UTC, durations are seconds.',
    },
    servers: [{ url: info.url }],
    security: Object.keys(SECURITY_SCHEMES).map((name) => ({ [name]: [] })),
    paths,
    components: { schemas: components.schemas, securitySchemes: SECURITY_SCHEMES },
  };
}

/** Collects the named schemas that others refer to. */
class Components {
  readonly schemas: Record<string, JsonSchema> = {};

  /** The schema, with references to its named parts. */
  refer(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const { $schema: _, ...own } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonSchema;
    const { $defs: parts = {}, ...rest } = relocate(own) as { $defs?: Record<string, JsonSchema> };
    for (const [name, part] of Object.entries(parts)) this.#add(name, part);
    return rest;
  }

  #add(name: string, schema: JsonSchema): void {
    const known = this.schemas[name];
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(schema)) {
      throw new Error(`BUG: two different schemas are named ${name}`);
    }
    this.schemas[name] = schema;
  }
}

/** Points references from the schema's own definitions to the document's components. */
function relocate(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(relocate);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      key === '$ref' && typeof part === 'string'
        ? part.replace(/^#\/\$defs\//, '#/components/schemas/')
        : relocate(part),
    ]),
  );
}

function describe(operation: Operation, components: Components): JsonSchema {
  const { success, body } = operation;
  const request =
    body === undefined
      ? {}
      : { requestBody: { required: true, content: json(components.refer(body, 'input')) } };
  return {
    operationId: operationId(operation),
    tags: [operation.tag],
    summary: operation.summary,
    ...(operation.open ? { security: [] } : {}),
    parameters: [...pathParameters(operation.path), ...queryParameters(operation.query, components)],
    ...request,
    responses: {
      [success.status]: { description: success.description, ...contentOf(success, components) },
      default: { description: 'It failed', content: json(components.refer(errorSchema, 'output')) },
    },
  };
}

function contentOf({ schema, type }: Success, components: Components): JsonSchema {
  if (schema === undefined) return type === undefined ? {} : { content: { [type]: {} } };
  return { content: json(components.refer(schema, 'output'), type) };
}

function json(schema: JsonSchema, type = 'application/json'): JsonSchema {
  return { [type]: { schema } };
}

/** Unique, and stable as long as the path is: `get_projects_project_keys`. */
function operationId({ method, path }: Operation): string {
  const words = path.replace(/^\/api\/vigie\//, '').match(/[a-z]+/gi) ?? [];
  return [method.toLowerCase(), ...words].join('_');
}

function pathParameters(path: string): JsonSchema[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

/** Parameters are described as what they become: a whole number, though the URL holds text. */
function queryParameters(query: z.ZodObject | undefined, components: Components): JsonSchema[] {
  return Object.entries(query?.shape ?? {}).map(([name, schema]) => {
    const { description, ...rest } = components.refer(schema as z.ZodType, 'output');
    const required = !(schema as z.ZodType).safeParse(undefined).success;
    return {
      name,
      in: 'query',
      required,
      ...(description === undefined ? {} : { description }),
      schema: rest,
    };
  });
}
