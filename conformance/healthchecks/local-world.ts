import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { generateKey, generatePingKey, storedKey } from '../../apps/server/src/accounts/keys.ts';
import { healthchecksPlugin } from '../../apps/server/src/api/healthchecks/plugin.ts';
import { healthchecksRoutes } from '../../apps/server/src/api/healthchecks/routes.ts';
import { SelfMetrics } from '../../apps/server/src/api/operations/self-metrics.ts';
import { peerReader } from '../../apps/server/src/api/peer.ts';
import { pingListener } from '../../apps/server/src/api/ping/listener.ts';
import type { Context } from '../../apps/server/src/context.ts';
import { createHttp } from '../../apps/server/src/http-server.ts';
import { type TestServer, testServer } from '../../apps/server/test/support/server.ts';
import type { Case } from './case.ts';
import type { World } from './world.ts';

/** A server of ours, in this process, on a clock that stands still. */
export interface LocalServer extends AsyncDisposable {
  /** A project of its own for a case, and another one's key if the case needs it. */
  world(one: Case): Promise<World>;
}

export async function localServer(env: Record<string, string> = {}): Promise<LocalServer> {
  const server = await testServer({ env: { VIGIE_BASE_URL: 'http://vigie.test', ...env } });
  const { url, close } = await listen(server.app.context);
  return {
    world: (one) => localWorld(server, url, one),
    async [Symbol.asyncDispose]() {
      await close();
      await server[Symbol.asyncDispose]();
    },
  };
}

async function listen(context: Context): Promise<{ url: string; close(): Promise<void> }> {
  const config = context.config();
  const metrics = new SelfMetrics({ queuedWrites: () => 0, nextDeadline: () => 0 });
  const first = pingListener(context, metrics, peerReader(config.trustedProxies));
  const app = createHttp({ tls: null, log: pino({ level: 'silent' }), first });
  await app.register(healthchecksPlugin(healthchecksRoutes(context)));
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { url, close: () => app.close() };
}

async function localWorld(server: TestServer, url: string, one: Case): Promise<World> {
  const { context } = server.app;
  const project = await makeProject(context);
  const hasOther = one.steps.some((step) => 'key' in step && step.key === 'other');
  const other = hasOther ? { other: (await makeProject(context)).write } : {};
  const { baseUrl, pingEndpoint } = context.config();
  return {
    url,
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
    advance: (seconds) => server.clock.advance(seconds * 1000),
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
