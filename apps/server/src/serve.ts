/** The server's command. Its two threads load their halves of the program at the same time. */
import { ConfigError } from './config/problem.ts';
import { StartError } from './start-error.ts';
import { startWriterThread } from './start-writer-thread.ts';

/** Runs the server until SIGTERM or SIGINT. `argv`: the flags after the command's name. */
export async function serve(argv: readonly string[]): Promise<void> {
  if (argv.includes('--help')) {
    const { helpText } = await import('./config/help.ts');
    console.log(helpText());
    return;
  }
  const writerThread = startWriterThread();
  const { runServer } = await import('./run-server.ts');
  await runServer(argv, writerThread);
}

/** Ends the process with what went wrong: what was foreseen in its own words, anything else with its stack. */
export function failStart(error: unknown): never {
  const foreseen = error instanceof ConfigError || error instanceof StartError;
  console.error(foreseen ? error.message : error);
  process.exit(1);
}
