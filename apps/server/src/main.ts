/** The command `vigie-server`: arguments, signals, and nothing else. */
import { existsSync, readFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { pino } from 'pino';
import { startApp } from './app.ts';
import { loadConfig } from './config/load.ts';
import { ConfigError } from './config/problem.ts';
import { reloadConfig } from './config/reload.ts';
import type { ConfigSource } from './config/source.ts';
import { messageOf } from './errors.ts';

/** Milliseconds that a stop may take. */
const STOP_WITHIN = 10_000;

enableCompileCache();

const source: ConfigSource = {
  env: process.env,
  argv: process.argv.slice(2),
  readFile: (path) => readFileSync(path, 'utf8'),
  fileExists: existsSync,
};

async function main(): Promise<void> {
  const { config, warnings } = loadConfig(source);
  const log = pino({ level: config.logLevel });
  for (const warning of warnings) log.warn(warning);
  let current = config;
  const app = await startApp({
    config,
    log,
    reload: () => {
      const result = reloadConfig(current, source);
      current = result.config;
      return { config: current, problems: result.ok ? [] : [result.error.message] };
    },
  });
  log.info({ url: app.url, publicUrl: app.publicUrl }, 'Vigie takes pings');

  const stop = (signal: string): void => {
    log.info({ signal }, 'stopping');
    const deadline = setTimeout(() => process.exit(1), STOP_WITHIN);
    app.close().then(
      () => {
        clearTimeout(deadline);
        process.exit(0);
      },
      (error: unknown) => {
        log.fatal(messageOf(error));
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.on('SIGHUP', () => {
    for (const problem of app.reload()) log.error(problem);
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
});
