/** Entry of the store writer's thread. */
import { workerData } from 'node:worker_threads';
import { type CommandOptions, createCommands } from './commands.ts';
import { serveWriter } from './store/serve-writer.ts';

serveWriter(createCommands((workerData as { options: CommandOptions }).options));
