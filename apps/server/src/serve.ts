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
import { StartError } from './start-error.ts';

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
  let stop: ((code: number) => void) | null = null;
  for (const warning of warnings) log.warn(warning);
  const app: App = await startApp({
    config,
    log,
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

/** Ends the process with what went wrong: what was foreseen in its own words, anything else with its stack. */
export function failStart(error: unknown): never {
  const foreseen = error instanceof ConfigError || error instanceof StartError;
  console.error(foreseen ? error.message : error);
  process.exit(1);
}
