/** A thread of probes whose kind does what its settings say, also to the thread. */
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { defineProbe } from '../kind.ts';
import type { FromThread } from '../messages.ts';
import { serveProbes } from '../serve-probes.ts';
import { UnderWay } from '../under-way.ts';

const send = (message: FromThread): void => parentPort?.postMessage(message);

const DEEDS: Record<string, () => Promise<void>> = {
  well: async () => undefined,
  hang: () => new Promise(() => undefined),
  exit: async () => process.exit(3),
  hog: async () => {
    for (const kept: number[][] = []; ; ) kept.push(new Array<number>(100_000).fill(0.5));
  },
  spin: async () => {
    send({ type: 'fault', message: 'it spins now' });
    for (;;);
  },
};

const kind = defineProbe({
  kind: 'told',
  title: 'Told',
  interval: 1,
  timeout: 1,
  settings: z.strictObject({ does: z.string() }),
  instance: ({ does }) => does,
  probe: async ({ does }) => DEEDS[does]?.(),
});

parentPort?.on('message', serveProbes([kind], {}, send, new UnderWay(workerData as SharedArrayBuffer)));
