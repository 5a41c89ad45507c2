import { randomUUID } from 'node:crypto';
import { generateKey, generatePingKey, storedKey } from '../../apps/server/src/accounts/keys.ts';
import type { Context } from '../../apps/server/src/context.ts';
import { type TestServer, testServer } from '../../apps/server/test/support/server.ts';
import type { Case } from './case.ts';
import type { World } from './world.ts';

/** A server of ours, in this process, on a clock that stands still. */
export interface LocalServer extends AsyncDisposable {
  /** A project of its own for a case, and another one's key if the case needs it. */
  world(one: Case): Promise<World>;
}

/** Starts a server with these settings, by their environment names. */
export async function localServer(env: Record<string, string>): Promise<LocalServer> {
  const server = await testServer({ env: { VIGIE_BASE_URL: 'http://vigie.test', ...env } });
  return {
    world: (one) => localWorld(server, one),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

async function localWorld(server: TestServer, one: Case): Promise<World> {
  const { context } = server.app;
  const project = await makeProject(context);
  const hasOther = one.steps.some((step) => 'key' in step && step.key === 'other');
  const other = hasOther ? { other: (await makeProject(context)).write } : {};
  const { baseUrl, pingEndpoint } = context.config();
  return {
    url: server.url,
    names: {
      base: baseUrl,
      ping_endpoint: pingEndpoint,
      ping_key: project.pingKey,
      project: project.code,
      metrics_key: 'a-metrics-key-for-tests',
      read_key: project.read,
      write_key: project.write,
      fresh_uuid: randomUUID(),
    },
    keys: { write: project.write, read: project.read, ...other },
    now: () => server.clock.now(),
    tolerance: 0,
    async advance(seconds) {
      await server.clock.advance(seconds * 1000);
      // Writes are done in order: when this one is done, which changes nothing, so is what became due.
      await context.writer.run('keys.touch', 0);
    },
    async makeChannel(name, kind) {
      const settings = JSON.stringify({ value: 'alice@example.org' });
      const input = { projectId: project.id, kind, name, settings, assignAll: false };
      return (await context.writer.run('channels.create', input)).code;
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

async function makeProject(context: Context) {
  const { writer, secretKey } = context;
  const pingKey = generatePingKey();
  const fields = { name: 'A project', environments: ['production'], pingKey, ownerId: null, actor: 'system' };
  const { id, code } = await writer.run('projects.create', fields);
  const [write, read] = [generateKey('write'), generateKey('read')];
  for (const [scope, key] of [
    ['write', write],
    ['read', read],
  ] as const) {
    const stored = storedKey(secretKey, key);
    await writer.run('keys.create', { projectId: id, scope, name: '', key: stored, actor: 'system' });
  }
  return { id, code, pingKey, write, read };
}
