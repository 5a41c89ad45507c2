/** What the server's monitoring port tells. */
import { z } from 'zod';
import { ProbeFailure } from '../../failure.ts';
import { fetchJson, httpUrlOf } from '../../http-answer.ts';
import { httpExchange } from '../../http-exchange.ts';
import type { ProbeRun } from '../../kind.ts';

/** Bytes of the state of all streams and consumers. */
const STATE_LIMIT = 8 * 1_048_576;

const VARZ = [
  'connections',
  'total_connections',
  'max_connections',
  'subscriptions',
  'slow_consumers',
  'mem',
  'cpu',
  'in_msgs',
  'out_msgs',
  'in_bytes',
  'out_bytes',
  'routes',
  'leafnodes',
] as const;

const varz = z.record(z.string(), z.unknown());

const consumer = z.object({
  stream_name: z.string(),
  name: z.string(),
  num_pending: z.number().default(0),
  num_ack_pending: z.number().default(0),
  num_redelivered: z.number().default(0),
});
const stream = z.object({
  name: z.string(),
  state: z.object({ messages: z.number(), bytes: z.number() }),
  consumer_detail: z.array(consumer).default([]),
});
const jsz = z.object({
  streams: z.number().default(0),
  consumers: z.number().default(0),
  messages: z.number().default(0),
  bytes: z.number().default(0),
  account_details: z
    .array(z.object({ name: z.string().default(''), stream_detail: z.array(stream).default([]) }))
    .default([]),
});

/** Measures what the monitoring port at this address says. @throws ProbeFailure */
export async function measureMonitoring(setting: string, hasStreams: boolean, run: ProbeRun): Promise<void> {
  const base = httpUrlOf(setting, run);
  const url = (path: string): URL => new URL(path, base);
  await requireHealthy(url('/healthz'), run);
  const read = varz.safeParse(await fetchJson({ url: url('/varz') }, run));
  if (!read.success) throw new ProbeFailure('protocol', '/varz did not answer as a NATS server does');
  for (const name of VARZ) run.measure(`gnatsd_varz_${name}`, Number(read.data[name] ?? Number.NaN));
  run.detail('connections', Number(read.data['connections'] ?? 0));
  run.detail('slow_consumers', Number(read.data['slow_consumers'] ?? 0));
  if (hasStreams) await measureStreams(url('/jsz?consumers=1'), run);
}

async function requireHealthy(url: URL, run: ProbeRun): Promise<void> {
  const { status, body } = await httpExchange({ url }, run);
  if (status === 200) return;
  const said = /"error":"([^"]{1,200})"/.exec(body.toString('utf8', 0, 2_000))?.[1] ?? `status ${status}`;
  const reason = status === 503 ? 'unhealthy' : 'protocol';
  throw new ProbeFailure(reason, `the server's /healthz says that it is not well: ${said}`);
}

async function measureStreams(url: URL, run: ProbeRun): Promise<void> {
  const read = jsz.safeParse(await fetchJson({ url, limit: STATE_LIMIT }, run));
  if (!read.success) throw new ProbeFailure('protocol', '/jsz did not answer as a NATS server does');
  const { streams, consumers, messages, bytes, account_details } = read.data;
  run.measure('jetstream_server_total_streams', streams);
  run.measure('jetstream_server_total_consumers', consumers);
  run.measure('jetstream_server_total_messages', messages);
  run.measure('jetstream_server_total_message_bytes', bytes);
  run.detail('streams', streams);
  for (const { name: account, stream_detail } of account_details) {
    for (const { name: stream_name, state, consumer_detail } of stream_detail) {
      run.measure('jetstream_stream_total_messages', state.messages, { account, stream_name });
      run.measure('jetstream_stream_total_bytes', state.bytes, { account, stream_name });
      for (const each of consumer_detail) {
        const labels = { account, stream_name, consumer_name: each.name };
        run.measure('jetstream_consumer_num_pending', each.num_pending, labels);
        run.measure('jetstream_consumer_num_ack_pending', each.num_ack_pending, labels);
        run.measure('jetstream_consumer_num_redelivered', each.num_redelivered, labels);
      }
    }
  }
}
