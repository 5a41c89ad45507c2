/** The server's command: arguments and signals, nothing else. */
import { pino } from 'pino';
import { type App, startApp } from './app.ts';
import { helpText } from './config/help.ts';
import { loadConfig } from './config/load.ts';
import { ConfigError } from './config/problem.ts';
import { reloadConfig } from './config/reload.ts';
import { processSource } from './config/source.ts';
import { messageOf } from './errors.ts';
import { releaseStartUpMemory } from './release-memory.ts';

/** Milliseconds that a stop may take. */
const STOP_WITHIN = 10_000;

/** Runs the server until SIGTERM or SIGINT. `argv`: the flags after the command's name. */
export async function serve(argv: readonly string[]): Promise<void> {
  if (argv.includes('--help')) {
    console.log(helpText());
    return;
  }
  const source = processSource(argv);
  const { config, warnings } = loadConfig(source);
  const log = pino({ level: config.logLevel });
  for (const warning of warnings) log.warn(warning);
  const app = await startApp({
    config,
    log,
    reload: (current) => {
      const result = reloadConfig(current, source);
      if (!result.ok) return { config: current, problems: [result.error.message] };
      for (const key of result.needRestart) log.warn(`${key} has changed and holds from the next start`);
      return { config: result.config, problems: [] };
    },
  });
  for (const line of app.announcements) console.log(line);
  log.info({ url: app.url, publicUrl: app.publicUrl }, 'Vigie takes pings');
  releaseStartUpMemory();
  stopOnSignal(app, (message) => log.fatal(message));
  process.on('SIGHUP', () => {
    for (const problem of app.reload()) log.error(problem);
  });
}

function stopOnSignal(app: App, onFailure: (message: string) => void): void {
  const stop = (): void => {
    setTimeout(() => {
      onFailure(`not stopped within ${STOP_WITHIN} ms`);
      process.exit(1);
    }, STOP_WITHIN).unref();
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        onFailure(messageOf(error));
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

/** Ends the process with what went wrong: a bad configuration in its own words. */
export function failStart(error: unknown): never {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
}
