import assert from 'node:assert/strict';
import { type ErrorBody, errorSchema, type Role } from '@vigie/contract';
import fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { storedKey } from '../accounts/keys.ts';
import { hashToken } from '../accounts/secret-token.ts';
import { SESSION_COOKIE } from '../accounts/sessions.ts';
import { restPlugin } from '../api/rest/plugin.ts';
import { type RestApi, restApi } from '../api/rest/routes.ts';
import { type TestContext, testContext } from './test-context.ts';

/** Who calls: a person's session, a key, the admin token, or nobody. */
export type Caller = 'alice' | 'mary' | 'bob' | 'rita' | 'charlie' | 'write' | 'read' | 'admin' | 'nobody';

/** Alice owns the project, Mary manages it, Bob is a member, Rita reads; Charlie is a stranger. */
const ROLES: Record<string, Role> = { alice: 'owner', mary: 'manager', bob: 'member', rita: 'readonly' };
const KEYS = { write: `hcw_${'w'.repeat(28)}`, read: `hcr_${'r'.repeat(28)}` };
/** With spaces: a passphrase is a fine token. */
const ADMIN_TOKEN = 'an admin token for tests only';

/** An answer, whose body was checked against the route's schema when all went well. */
export interface Answer<T> {
  status: number;
  headers: Record<string, unknown>;
  body: T;
  text: string;
}

export interface RestServer extends TestContext {
  app: FastifyInstance;
  api: RestApi;
  project: { id: number; code: string };
  ids: Record<string, number>;
  /** Calls the API; `T` is what the test expects back. */
  call<T = ErrorBody>(caller: Caller, method: string, path: string, body?: unknown): Promise<Answer<T>>;
  /** The headers with which somebody calls. */
  headersOf(caller: Caller): Record<string, string>;
}

/** The native API over an empty database with one project, its people and its keys. */
export async function restServer(env: Record<string, string> = {}): Promise<RestServer> {
  const test = await testContext({ VIGIE_ADMIN_TOKEN: ADMIN_TOKEN, ...env });
  const { context, writer, store } = test;
  const ids: Record<string, number> = {};
  for (const name of [...Object.keys(ROLES), 'charlie']) {
    const user = { email: `${name}@example.org`, name, password: '', timeZone: 'UTC' };
    ids[name] = (await writer.run('accounts.register', user)).id;
    const session = { userId: ids[name] ?? 0, remoteAddr: '127.0.0.1', userAgent: 'test', password: '' };
    await writer.run('sessions.open', { ...session, hash: hashToken(name) });
  }
  const input = { name: 'Team', environments: ['production', 'staging'], pingKey: 'teampingkey' };
  const made = await writer.run('projects.create', { ...input, ownerId: ids['alice'] ?? 0, actor: 'x' });
  for (const [name, role] of Object.entries(ROLES).slice(1)) {
    const member = { project_id: made.id, user_id: ids[name] ?? 0, role, created_at: 0 };
    await store.db.insertInto('members').values(member).execute();
  }
  for (const scope of ['write', 'read'] as const) {
    const key = storedKey(context.secretKey, KEYS[scope]);
    await writer.run('keys.create', { projectId: made.id, scope, name: scope, key, actor: 'x' });
  }
  const complaints: string[] = [];
  const loggerInstance: FastifyBaseLogger = pino(
    { level: 'warn' },
    { write: (line) => complaints.push(line) },
  );
  const app = fastify({ loggerInstance, routerOptions: { maxParamLength: 2000 } });
  const api = restApi(context);
  await app.register(restPlugin(api, context.log));

  const headersOf = (caller: Caller): Record<string, string> => {
    if (caller === 'nobody') return {};
    if (caller === 'admin') return { authorization: `Bearer ${ADMIN_TOKEN}` };
    if (caller === 'write' || caller === 'read') return { 'x-api-key': KEYS[caller] };
    return { cookie: `${SESSION_COOKIE}=${caller}`, 'sec-fetch-site': 'same-origin' };
  };
  return {
    ...test,
    app,
    api,
    project: { id: made.id, code: made.code },
    ids,
    headersOf,
    async call<T>(caller: Caller, method: string, path: string, body?: unknown) {
      const json = body === undefined ? {} : { 'content-type': 'application/json' };
      const response = await app.inject({
        method: method as 'GET',
        url: urlOf(path),
        headers: { ...headersOf(caller), ...json },
        ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
      });
      const text = response.body;
      const isJson = String(response.headers['content-type']).startsWith('application/json');
      const parsed: unknown = isJson ? JSON.parse(text) : null;
      if (response.statusCode < 300) requireShape(api, method, path, parsed);
      else if (response.statusCode >= 400) assert.deepEqual(errorSchema.parse(parsed), parsed);
      return { status: response.statusCode, headers: response.headers, text, body: parsed as T };
    },
    async [Symbol.asyncDispose]() {
      await app.close();
      assert.deepEqual(complaints, [], 'the framework complained');
      await test[Symbol.asyncDispose]();
    },
  };
}

/** Paths follow `/api/vigie`; one that begins with `/api/` is whole already. */
function urlOf(path: string): string {
  return path.startsWith('/api/') ? path : `/api/vigie${path}`;
}

/** Every answer has exactly the shape that the contract tells. */
function requireShape(api: RestApi, method: string, path: string, body: unknown): void {
  const [bare = ''] = urlOf(path).split('?');
  const route = api.table.find(
    (one) => one.method === method && new RegExp(`^${one.path.replace(/:\w+/g, '[^/]+')}$`).test(bare),
  );
  const schema = route?.success.schema;
  if (schema !== undefined) assert.deepEqual(schema.parse(body), body);
}
