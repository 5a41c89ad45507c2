import fastify, { type FastifyInstance } from 'fastify';
import { generateKey, generatePingKey, storedKey } from '../../../accounts/keys.ts';
import type { Context } from '../../../context.ts';
import { type TestContext, testContext } from '../../../testing/test-context.ts';
import { healthchecksPlugin } from '../plugin.ts';
import { healthchecksRoutes } from '../routes.ts';

export interface TestApi extends AsyncDisposable {
  app: FastifyInstance;
  test: TestContext;
  projectId: number;
  /** Headers with the project's keys. */
  write: Record<string, string>;
  read: Record<string, string>;
}

/** The API over an empty database in memory with one project; `change` replaces parts of what handlers may use. */
export async function testApi(change: (context: Context) => Partial<Context> = () => ({})): Promise<TestApi> {
  const test = await testContext({ VIGIE_METRICS_KEY: 'a-metrics-key' });
  const { writer, secretKey } = test.context;
  const project = {
    name: 'A',
    environments: ['production'],
    pingKey: generatePingKey(),
    ownerId: null,
    actor: 'system',
  };
  const { id: projectId } = await writer.run('projects.create', project);
  const headers = async (scope: 'write' | 'read'): Promise<Record<string, string>> => {
    const key = generateKey(scope);
    const input = { projectId, scope, name: '', key: storedKey(secretKey, key), actor: 'system' };
    await writer.run('keys.create', input);
    return { 'x-api-key': key };
  };
  const [write, read] = [await headers('write'), await headers('read')];
  const app = fastify();
  await app.register(healthchecksPlugin(healthchecksRoutes({ ...test.context, ...change(test.context) })));
  return {
    app,
    test,
    projectId,
    write,
    read,
    async [Symbol.asyncDispose]() {
      await app.close();
      await test[Symbol.asyncDispose]();
    },
  };
}
