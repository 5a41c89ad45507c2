import type { Worker } from 'node:worker_threads';
import { pino } from 'pino';
import { type App, startApp } from './app.ts';
import { loadConfig } from './config/load.ts';
import { reloadConfig } from './config/reload.ts';
import { processSource } from './config/source.ts';
import { messageOf } from './errors.ts';
import { releaseStartUpMemory } from './release-memory.ts';

/** Milliseconds that a stop may take. */
const STOP_WITHIN = 10_000;

/** Runs the server with these flags until SIGTERM or SIGINT, its writer on the thread of `startWriterThread`. */
export async function runServer(argv: readonly string[], writerThread: Worker): Promise<void> {
  const source = processSource(argv);
  const { config, warnings } = loadConfig(source);
  const log = pino({ level: config.logLevel });
  let stop: ((code: number) => void) | null = null;
  for (const warning of warnings) log.warn(warning);
  const app: App = await startApp({
    config,
    log,
    writerThread,
    // Whoever supervises the process starts it again; while it starts, the failure ends the start itself.
    onWriterFailure: () => stop?.(1),
    reload: (current) => {
      const result = reloadConfig(current, source);
      if (!result.ok) return { config: current, problems: [result.error.message] };
      log.level = result.config.logLevel;
      for (const key of result.needRestart) log.warn(`${key} has changed and holds from the next start`);
      return { config: result.config, problems: [] };
    },
  });
  stop = stopper(app, (message) => log.fatal(message));
  process.once('SIGTERM', () => stop(0));
  process.once('SIGINT', () => stop(0));
  process.on('SIGHUP', () => {
    app.reload().then(
      (problems) => {
        for (const problem of problems) log.error(problem);
      },
      (error: unknown) => log.error(`the configuration could not be read again: ${messageOf(error)}`),
    );
  });
  for (const line of app.announcements) console.log(line);
  log.info({ url: app.url, publicUrl: app.publicUrl }, 'Vigie takes pings');
  await app.warmUp().catch((error: unknown) => log.error(messageOf(error)));
  releaseStartUpMemory();
}

/** What ends the process: with `code`, or with 1 when the stop fails or takes too long. */
function stopper(app: App, onFailure: (message: string) => void): (code: number) => void {
  return (code) => {
    setTimeout(() => {
      onFailure(`not stopped within ${STOP_WITHIN} ms`);
      process.exit(1);
    }, STOP_WITHIN).unref();
    app.close().then(
      () => process.exit(code),
      (error: unknown) => {
        onFailure(messageOf(error));
        process.exit(1);
      },
    );
  };
}
