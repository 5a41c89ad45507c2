/** Entry of the thread that runs probes: nothing that they do delays a ping. */
import { enableCompileCache } from 'node:module';
import { parentPort } from 'node:worker_threads';

enableCompileCache();
const [{ PROBE_KINDS }, { serveProbes }] = await Promise.all([
  import('./kinds/index.ts'),
  import('./serve-probes.ts'),
]);
const take = serveProbes(PROBE_KINDS, process.env, (message) => parentPort?.postMessage(message));
parentPort?.on('message', take);
