import { z } from 'zod';
import { ProbeFailure } from '../../failure.ts';
import type { ProbeRun } from '../../kind.ts';

/** BSON has several kinds of numbers; the driver gives plain ones, or longs that turn into them. */
const number = z.preprocess((value) => (typeof value === 'number' ? value : Number(value)), z.number());
const counters = z.record(z.string(), z.unknown());

/** What is read of serverStatus; what a server does not tell is left out. */
const STATUS = z.object({
  version: z.string(),
  uptime: number,
  connections: z.object({ current: number, available: number, active: number.optional() }).optional(),
  opcounters: counters.optional(),
  asserts: counters.optional(),
  mem: z.object({ resident: number }).optional(),
  network: z.object({ bytesIn: number, bytesOut: number }).optional(),
  globalLock: z.object({ currentQueue: z.object({ readers: number, writers: number }) }).optional(),
});

/** Measures what a server tells of itself. @throws ProbeFailure `protocol` when that is none of MongoDB. */
export function measureStatus(answer: unknown, run: Pick<ProbeRun, 'measure' | 'detail'>): void {
  const { success, data } = STATUS.safeParse(answer);
  if (!success) throw new ProbeFailure('protocol', 'the answer to serverStatus is none of MongoDB');
  run.measure('mongodb_uptime_seconds', data.uptime);
  if (data.connections !== undefined) measureConnections(data.connections, run);
  count('mongodb_op_counters_total', data.opcounters, run);
  count('mongodb_asserts_total', data.asserts, run);
  if (data.mem !== undefined) run.measure('mongodb_memory_resident_bytes', data.mem.resident * 2 ** 20);
  if (data.network !== undefined) {
    run.measure('mongodb_network_bytes_total', data.network.bytesIn, { state: 'in_bytes' });
    run.measure('mongodb_network_bytes_total', data.network.bytesOut, { state: 'out_bytes' });
  }
  if (data.globalLock !== undefined) {
    const { readers, writers } = data.globalLock.currentQueue;
    run.measure('mongodb_global_lock_current_queue', readers, { type: 'reader' });
    run.measure('mongodb_global_lock_current_queue', writers, { type: 'writer' });
  }
  run.detail('version', data.version);
  run.detail('uptime_days', Math.round(data.uptime / 864) / 100);
}

function measureConnections(
  { current, available, active }: NonNullable<z.output<typeof STATUS>['connections']>,
  run: Pick<ProbeRun, 'measure' | 'detail'>,
): void {
  run.measure('mongodb_connections', current, { state: 'current' });
  run.measure('mongodb_connections', available, { state: 'available' });
  if (active !== undefined) run.measure('mongodb_connections', active, { state: 'active' });
  run.measure('mongodb_connections_ratio', current / (current + available));
  run.detail('active_connections', current);
}

/** Each number of a document as a series of its own; what else it holds is no counter. */
function count(
  name: string,
  counted: Record<string, unknown> | undefined,
  run: Pick<ProbeRun, 'measure'>,
): void {
  for (const [type, value] of Object.entries(counted ?? {})) {
    const parsed = number.safeParse(value);
    if (parsed.success) run.measure(name, parsed.data, { type });
  }
}
