import { ProbeFailure } from '../../failure.ts';
import type { ProbeRun } from '../../kind.ts';
import { fieldAt, itemsAt, listOf, type Management, management, numberAt, textAt } from './management.ts';
import { vhostOf } from './over-amqp.ts';
import type { Queues } from './queue-facts.ts';
import type { Settings } from './settings.ts';

/** Queues that are measured without being named. */
const MOST_QUEUES = 500;
const COLUMNS = 'name,vhost,messages_ready,messages_unacknowledged,consumers';

/** The exporter's names (RabbitMQ's own Prometheus plugin) and the fields of `/api/nodes`. */
const NODE_GAUGES: Record<string, string> = {
  rabbitmq_process_resident_memory_bytes: 'mem_used',
  rabbitmq_resident_memory_limit_bytes: 'mem_limit',
  rabbitmq_disk_space_available_bytes: 'disk_free',
  rabbitmq_disk_space_available_limit_bytes: 'disk_free_limit',
  rabbitmq_process_open_fds: 'fd_used',
  rabbitmq_process_max_fds: 'fd_total',
  rabbitmq_alarms_memory_used_watermark: 'mem_alarm',
  rabbitmq_alarms_free_disk_space_watermark: 'disk_free_alarm',
  rabbitmq_node_running: 'running',
};

/** Of `object_totals` in `/api/overview`. */
const TOTALS: Record<string, string> = {
  rabbitmq_connections: 'connections',
  rabbitmq_channels: 'channels',
  rabbitmq_queues: 'queues',
  rabbitmq_consumers: 'consumers',
};

/**
 * Asks the management API, whose counts are some seconds behind.
 * @returns what is wrong, in words; empty = nothing.
 * @throws ProbeFailure
 */
export async function lookOverHttp(settings: Settings, queues: Queues, run: ProbeRun): Promise<string[]> {
  const api = management(settings, run);
  await overview(api, run);
  const stopped = await nodes(api, run);
  await allQueues(api, queues);
  await namedQueues(api, settings, queues);
  const alarms = await api.check('alarms');
  const vhosts = await api.check('virtual-hosts');
  const critical = await api.check('node-is-quorum-critical');
  run.measure('rabbitmq_quorum_critical', critical === null ? 0 : 1);
  return [
    ...stopped.map((node) => `the node ${node} does not run`),
    ...(alarms === null ? [] : [`alarms: ${alarms}`]),
    ...(vhosts === null ? [] : [`virtual hosts: ${vhosts}`]),
  ];
}

async function overview(api: Management, run: ProbeRun): Promise<void> {
  const found = await api.get('overview');
  const version = textAt(found, 'rabbitmq_version');
  if (version === '') throw new ProbeFailure('protocol', '/api/overview did not answer as RabbitMQ does');
  run.detail('version', `RabbitMQ ${version}`);
  run.detail('cluster', textAt(found, 'cluster_name'));
  for (const [metric, name] of Object.entries(TOTALS)) {
    run.measure(metric, numberAt(fieldAt(found, 'object_totals'), name));
  }
  const totals = fieldAt(found, 'queue_totals');
  run.detail('messages_ready', numberAt(totals, 'messages_ready') || 0);
  run.detail('messages_unacked', numberAt(totals, 'messages_unacknowledged') || 0);
}

/** Gives the names of nodes that do not run. */
async function nodes(api: Management, run: ProbeRun): Promise<string[]> {
  const columns = ['name', ...Object.values(NODE_GAUGES)].join(',');
  const found = listOf(await api.get(`nodes?columns=${columns}`), 'nodes');
  for (const node of found) {
    for (const [metric, name] of Object.entries(NODE_GAUGES)) {
      run.measure(metric, numberAt(node, name), { node: textAt(node, 'name') });
    }
  }
  run.detail(
    'nodes',
    found.map((node) => textAt(node, 'name')),
  );
  return found.filter((node) => numberAt(node, 'running') === 0).map((node) => textAt(node, 'name'));
}

async function allQueues(api: Management, queues: Queues): Promise<void> {
  const page = await api.get(`queues?page=1&page_size=${MOST_QUEUES}&columns=${COLUMNS}`);
  for (const queue of itemsAt(page, 'items')) add(queue, queues);
}

async function namedQueues(api: Management, settings: Settings, queues: Queues): Promise<void> {
  const vhost = vhostOf(settings.url);
  for (const name of settings.queues) {
    if (queues.has(vhost, name)) continue;
    const path = `queues/${encodeURIComponent(vhost)}/${encodeURIComponent(name)}`;
    add(
      await api.get(`${path}?columns=${COLUMNS}`).catch((error: unknown) => missing(error, name, vhost)),
      queues,
    );
  }
}

function missing(error: unknown, name: string, vhost: string): never {
  if (!(error instanceof ProbeFailure) || error.reason !== 'not_found') throw error;
  throw new ProbeFailure('not_found', `there is no queue ${name} in the vhost ${vhost}`, { cause: error });
}

/** A queue that was made just now has no counts yet. */
function add(queue: unknown, queues: Queues): void {
  queues.add({
    vhost: textAt(queue, 'vhost'),
    name: textAt(queue, 'name'),
    ready: numberAt(queue, 'messages_ready'),
    unacked: numberAt(queue, 'messages_unacknowledged'),
    consumers: numberAt(queue, 'consumers'),
  });
}
