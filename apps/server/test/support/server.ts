import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type App, type AppOptions, startApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config/load.ts';
import { memorySource } from '../../src/config/memory-source.ts';
import { FakeClock } from '../../src/testing/fake-clock.ts';

export interface TestServerOptions {
  /** Variables as in the environment. */
  env?: Record<string, string>;
  /** A clock of the test's own; a standing one by default. */
  clock?: AppOptions['clock'];
  /** Keeps the data directory of an earlier server. */
  dataDir?: string;
}

export interface TestServer extends AsyncDisposable {
  url: string;
  app: App;
  clock: FakeClock;
  dataDir: string;
  /** The keys of the first project. */
  keys: { write: string; read: string; ping: string };
}

/** Noon of a Wednesday. */
export const START = Date.UTC(2026, 6, 15, 12, 0, 0);

const KEYS = {
  write: `hcw_${'w'.repeat(28)}`,
  read: `hcr_${'r'.repeat(28)}`,
  ping: 'pingkeypingkeypingkey1',
};

/** A whole server on a free loopback port, with a temporary data directory and a clock that stands still. */
export async function testServer(options: TestServerOptions = {}): Promise<TestServer> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'vigie-test-'));
  const env = {
    VIGIE_HOST: '127.0.0.1',
    VIGIE_PORT: '0',
    VIGIE_SMTP_PORT: 'off',
    VIGIE_DATA_DIR: dataDir,
    VIGIE_SECRET_KEY: 'a secret key for tests only, 0123456789',
    VIGIE_ADMIN_TOKEN: 'an-admin-token-for-tests-only',
    VIGIE_ADMIN_EMAIL: 'alice@example.org',
    VIGIE_ADMIN_PASSWORD: 'correct horse battery',
    VIGIE_METRICS_KEY: 'a-metrics-key-for-tests',
    VIGIE_API_KEY: KEYS.write,
    VIGIE_READ_KEY: KEYS.read,
    VIGIE_PING_KEY: KEYS.ping,
    ...options.env,
  };
  const { config } = loadConfig(memorySource({ env }));
  const clock = new FakeClock(START);
  const app = await startApp({
    config,
    log: pino({ level: 'silent' }),
    clock: options.clock ?? clock,
  });
  return {
    url: app.url,
    app,
    clock,
    dataDir,
    keys: KEYS,
    async [Symbol.asyncDispose]() {
      await app.close();
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
