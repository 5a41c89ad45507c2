/** Entry of the thread that runs probes: nothing that they do delays a ping. */
import { enableCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { FromThread } from './messages.ts';
import { UnderWay } from './under-way.ts';

enableCompileCache();
const [{ PROBE_KINDS }, { serveProbes }] = await Promise.all([
  import('./kinds/index.ts'),
  import('./serve-probes.ts'),
]);
const underWay = new UnderWay(workerData as SharedArrayBuffer);
const take = serveProbes(PROBE_KINDS, process.env, (message) => parentPort?.postMessage(message), underWay);
parentPort?.on('message', take);
// A client library that throws outside of its run must not end the runs of others; its own ends at its deadline.
const fault = (error: unknown): void => {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  parentPort?.postMessage({ type: 'fault', message } satisfies FromThread);
};
process.on('uncaughtException', fault);
process.on('unhandledRejection', fault);
