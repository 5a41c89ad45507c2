import { pino } from 'pino';
import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/load.ts';
import { memorySource } from '../config/memory-source.ts';
import type { Context } from '../context.ts';
import { EventHub } from '../events.ts';
import { type TestStore, testStore } from './test-store.ts';

export interface TestContext extends TestStore {
  context: Context;
  /** Changes the configuration, as a reload does. */
  configure(changes: Partial<Config>): void;
}

/** A context over an empty database in memory; `env` as for a start. */
export async function testContext(env: Record<string, string> = {}): Promise<TestContext> {
  const events = new EventHub();
  const test = await testStore((effects) => events.publish(effects));
  let { config } = loadConfig(memorySource({ env: { VIGIE_BASE_URL: 'http://vigie.test', ...env } }));
  const { store, writer, clock } = test;
  const log = pino({ level: 'silent' });
  const secretKey = 'a secret key for tests only';
  return {
    ...test,
    context: { config: () => config, clock, store, writer, secretKey, events, log },
    configure: (changes) => {
      config = { ...config, ...changes };
    },
  };
}
